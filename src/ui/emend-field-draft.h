#pragma once

#include <gio/gio.h>

#include "emend-normal.h"
#include "emend-schema.h"

G_BEGIN_DECLS

/**
 * EmendFieldPart:
 * @EMEND_FIELD_PART_NAME: as in files
 * @EMEND_FIELD_PART_TITLE: for people
 * @EMEND_FIELD_PART_CURRENCY: three letters
 * @EMEND_FIELD_PART_PATTERN: a regular expression
 * @EMEND_FIELD_PART_MINIMUM: a number
 * @EMEND_FIELD_PART_MAXIMUM: a number
 * @EMEND_FIELD_PART_MIN_LENGTH: a whole number
 * @EMEND_FIELD_PART_MAX_LENGTH: a whole number
 * @EMEND_FIELD_PART_CHOICES: one a line
 * @EMEND_FIELD_PART_TYPE: not typed but chosen, from here on
 * @EMEND_FIELD_PART_DATE_ORDER: chosen
 * @EMEND_FIELD_PART_LIST: chosen
 * @EMEND_FIELD_PART_REPEATABLE: a switch
 * @EMEND_FIELD_PART_COLUMNS: fields of their own
 *
 * What can be said of a field.
 */
typedef enum {
  EMEND_FIELD_PART_NAME = 0,
  EMEND_FIELD_PART_TITLE,
  EMEND_FIELD_PART_CURRENCY,
  EMEND_FIELD_PART_PATTERN,
  EMEND_FIELD_PART_MINIMUM,
  EMEND_FIELD_PART_MAXIMUM,
  EMEND_FIELD_PART_MIN_LENGTH,
  EMEND_FIELD_PART_MAX_LENGTH,
  EMEND_FIELD_PART_CHOICES,
  EMEND_FIELD_PART_TYPE,
  EMEND_FIELD_PART_DATE_ORDER,
  EMEND_FIELD_PART_LIST,
  EMEND_FIELD_PART_REPEATABLE,
  EMEND_FIELD_PART_COLUMNS,
} EmendFieldPart;

#define EMEND_FIELD_N_TEXTS EMEND_FIELD_PART_TYPE
#define EMEND_FIELD_N_PARTS (EMEND_FIELD_PART_COLUMNS + 1)

/**
 * EmendFieldDraft:
 *
 * A field, or a column of a table, while it is being edited: what is typed is kept as it stands, also where it is not
 * valid yet. Properties: "required", "repeatable", "blind", "retired". Signal "changed" whenever anything of it or of
 * its columns is another.
 */
#define EMEND_TYPE_FIELD_DRAFT (emend_field_draft_get_type ())
G_DECLARE_FINAL_TYPE (EmendFieldDraft, emend_field_draft, EMEND, FIELD_DRAFT, GObject)

gboolean emend_field_part_fits (EmendFieldType type,
                                EmendFieldPart part);

EmendFieldDraft *emend_field_draft_new (const EmendField *field,
                                        EmendFieldDraft *table);
void emend_field_draft_set_siblings (EmendFieldDraft *self,
                                     GListModel *siblings);
EmendFieldDraft *emend_field_draft_get_table (EmendFieldDraft *self);
int emend_field_draft_get_id (EmendFieldDraft *self);
const char *emend_field_draft_get_text (EmendFieldDraft *self,
                                        EmendFieldPart part);
void emend_field_draft_set_text (EmendFieldDraft *self,
                                 EmendFieldPart part,
                                 const char *text);
const char *emend_field_draft_get_title (EmendFieldDraft *self);
char *emend_field_draft_get_path (EmendFieldDraft *self);
EmendFieldType emend_field_draft_get_field_type (EmendFieldDraft *self);
void emend_field_draft_set_field_type (EmendFieldDraft *self,
                                       EmendFieldType type);
EmendDateOrder emend_field_draft_get_date_order (EmendFieldDraft *self);
void emend_field_draft_set_date_order (EmendFieldDraft *self,
                                       EmendDateOrder order);
const char *emend_field_draft_get_list (EmendFieldDraft *self);
void emend_field_draft_set_list (EmendFieldDraft *self,
                                 const char *list);
gboolean emend_field_draft_get_required (EmendFieldDraft *self);
gboolean emend_field_draft_get_retired (EmendFieldDraft *self);
void emend_field_draft_set_retired (EmendFieldDraft *self,
                                    gboolean retired);
gboolean emend_field_draft_get_used (EmendFieldDraft *self);
void emend_field_draft_set_used (EmendFieldDraft *self,
                                 gboolean used);
GListModel *emend_field_draft_get_columns (EmendFieldDraft *self);
EmendFieldDraft *emend_field_draft_add_column (EmendFieldDraft *self);
void emend_field_draft_remove_column (EmendFieldDraft *self,
                                      EmendFieldDraft *column);

char *emend_field_draft_find_problem (EmendFieldDraft *self,
                                      EmendFieldPart part);
char *emend_field_draft_find_any_problem (EmendFieldDraft *self);
EmendField *emend_field_draft_to_field (EmendFieldDraft *self);
gboolean emend_field_draft_read_sample (EmendFieldDraft *self,
                                        const EmendList *list,
                                        const char *sample,
                                        char **sentence);

gboolean emend_draft_parse_number (const char *text,
                                   double *number);
char *emend_draft_free_name (GListModel *drafts,
                             const char *base);
void emend_draft_move (GListStore *drafts,
                       guint position,
                       guint target);

G_END_DECLS
