#pragma once

#include "emend-review.h"

G_BEGIN_DECLS

/**
 * EmendColumnEntry:
 *
 * One value of the column. Signal "changed": it is known now, or what is decided of it or typed over it is another.
 */
#define EMEND_TYPE_COLUMN_ENTRY (emend_column_entry_get_type ())
G_DECLARE_FINAL_TYPE (EmendColumnEntry, emend_column_entry, EMEND, COLUMN_ENTRY, GObject)

const EmendFieldMark *emend_column_entry_get_proposal (EmendColumnEntry *self);
EmendVerdict emend_column_entry_get_verdict (EmendColumnEntry *self);
const char *emend_column_entry_get_text (EmendColumnEntry *self);
const char *emend_column_entry_get_spelled (EmendColumnEntry *self);
const char *emend_column_entry_get_problem (EmendColumnEntry *self);
const char *emend_column_entry_get_draft (EmendColumnEntry *self);
void emend_column_entry_set_draft (EmendColumnEntry *self,
                                   const char *draft);
gboolean emend_column_entry_is_left_out (EmendColumnEntry *self);

/**
 * EmendColumnTally:
 * @n_accepted: right as proposed
 * @n_left_out: marked to be left out
 * @n_drafts: something was typed and not confirmed
 * @n_problems: something is wrong with the value
 *
 * What accepting a part of the column does, and what it does not touch.
 */
typedef struct {
  guint n_accepted;
  guint n_left_out;
  guint n_drafts;
  guint n_problems;
} EmendColumnTally;

/**
 * EmendColumnModel:
 *
 * The values of one field over the whole project as a list: those that waited when it was made, the most doubtful
 * first. Rows are read from the project page by page when somebody looks at them. What is decided shows at once and
 * stays in the list. Main thread.
 *
 * Signals:
 *   listed (GError, nullable)   emend_column_model_set_field() has its answer
 *   changed ()                  what can be accepted is something else now
 */
#define EMEND_TYPE_COLUMN_MODEL (emend_column_model_get_type ())
G_DECLARE_FINAL_TYPE (EmendColumnModel, emend_column_model, EMEND, COLUMN_MODEL, GObject)

EmendColumnModel *emend_column_model_new (EmendReview *review);
EmendReview *emend_column_model_get_review (EmendColumnModel *self);
void emend_column_model_set_field (EmendColumnModel *self,
                                   int field);
const EmendField *emend_column_model_get_field (EmendColumnModel *self);
gint64 emend_column_model_find_first (EmendColumnModel *self,
                                      const EmendOutcome *outcome);
gboolean emend_column_model_has_drafts (EmendColumnModel *self);
void emend_column_model_note_activity (EmendColumnModel *self);

/* What a reviewer does. */
void emend_column_model_tally (EmendColumnModel *self,
                               guint first,
                               guint last,
                               EmendColumnTally *tally);
gboolean emend_column_model_accept (EmendColumnModel *self,
                                    guint first,
                                    guint last,
                                    EmendColumnTally *tally);
gboolean emend_column_model_accept_one (EmendColumnModel *self,
                                        guint index);
gboolean emend_column_model_set_absent (EmendColumnModel *self,
                                        guint index);
gboolean emend_column_model_correct (EmendColumnModel *self,
                                     guint index,
                                     const char *text);
void emend_column_model_leave_out (EmendColumnModel *self,
                                   guint index);

G_END_DECLS
