#pragma once

#include "emend-review.h"

G_BEGIN_DECLS

typedef enum {
  EMEND_MARK_SECTION_LOOK,
  EMEND_MARK_SECTION_DECIDED,
  EMEND_N_MARK_SECTIONS,
} EmendMarkSection;

/**
 * EmendMarkEntry:
 *
 * A row of the inspector: the head of a section, or a mark. When another item is opened, the rows that
 * are in use stay and become those of its marks: making new widgets for them would take longer than all
 * the rest.
 *
 * Signals:
 *   changed ()   it stands for another head or mark
 */
#define EMEND_TYPE_MARK_ENTRY (emend_mark_entry_get_type ())
G_DECLARE_FINAL_TYPE (EmendMarkEntry, emend_mark_entry, EMEND, MARK_ENTRY, GObject)

int emend_mark_entry_get_mark (EmendMarkEntry *self);
EmendMarkSection emend_mark_entry_get_section (EmendMarkEntry *self);

/**
 * EmendMarkModel:
 *
 * The marks of the open item in two sections, each under a head: what waits, and what is decided.
 * Follows the work by itself. Main thread.
 */
#define EMEND_TYPE_MARK_MODEL (emend_mark_model_get_type ())
G_DECLARE_FINAL_TYPE (EmendMarkModel, emend_mark_model, EMEND, MARK_MODEL, GObject)

EmendMarkModel *emend_mark_model_new (EmendReview *review);
guint emend_mark_model_get_count (EmendMarkModel *self,
                                  EmendMarkSection section);
guint emend_mark_model_find (EmendMarkModel *self,
                             int mark);

G_END_DECLS
