#pragma once

#include "emend-field.h"
#include "emend-rule.h"
#include "emend-shape.h"

G_BEGIN_DECLS

typedef enum {
  EMEND_ATTRIBUTE_TEXT = 1,
  EMEND_ATTRIBUTE_NUMBER,
  EMEND_ATTRIBUTE_BOOLEAN,
  EMEND_ATTRIBUTE_CHOICE,
} EmendAttributeKind;

/**
 * EmendAttribute:
 * @name: as in files, unique in its label
 * @kind: the type of its value
 * @choices: (nullable): the values of a choice
 *
 * Something more that can be said about a thing of a label.
 */
struct _EmendAttribute {
  char *name;
  EmendAttributeKind kind;
  char **choices;
};

/**
 * EmendLabel:
 * @id: number within the project, from 1; never used again
 * @name: as in files, unique in the schema
 * @color: 0xRRGGBB
 * @key: the letter or digit that gives this label, or 0
 * @shapes: which shapes it may have, bit n for #EmendShapeKind n
 * @retired: no longer offered; what carries it stays readable
 * @attributes: (element-type EmendAttribute): possibly empty
 *
 * A class of thing.
 */
struct _EmendLabel {
  int id;
  char *name;
  guint32 color;
  gunichar key;
  guint shapes;
  gboolean retired;
  GPtrArray *attributes;
};

/* How many colours emend_schema_get_color() cycles through before it varies their lightness. */
#define EMEND_SCHEMA_N_COLORS 12

EmendSchema *emend_schema_new (void);
EmendSchema *emend_schema_copy (EmendSchema *schema);
EmendSchema *emend_schema_ref (EmendSchema *schema);
void emend_schema_unref (EmendSchema *schema);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendSchema, emend_schema_unref)

guint emend_schema_get_version (EmendSchema *schema);
void emend_schema_set_version (EmendSchema *schema,
                               guint version);
gsize emend_schema_get_n_labels (EmendSchema *schema);
const EmendLabel *emend_schema_get_label (EmendSchema *schema,
                                          gsize index);
const EmendLabel *emend_schema_find_label (EmendSchema *schema,
                                           int id);
const EmendLabel *emend_schema_find_label_by_name (EmendSchema *schema,
                                                   const char *name);
const EmendLabel *emend_schema_find_label_by_key (EmendSchema *schema,
                                                  gunichar key);
const char *const *emend_schema_get_item_decisions (EmendSchema *schema);
guint32 emend_schema_get_color (gsize index);

/* What documents have: fields, rules across them, and the lists that values come from. */
gsize emend_schema_get_n_fields (EmendSchema *schema);
const EmendField *emend_schema_get_field (EmendSchema *schema,
                                          gsize index);
const EmendField *emend_schema_find_field (EmendSchema *schema,
                                           int id);
const EmendField *emend_schema_find_field_by_name (EmendSchema *schema,
                                                   const char *name);
const char *emend_schema_find_entry_name (EmendSchema *schema,
                                          int id);
gboolean emend_schema_has_cell (EmendSchema *schema,
                                int id,
                                const EmendValue *value);
const EmendField *emend_schema_match_table (EmendSchema *schema,
                                            const char *const *headers,
                                            gsize n_headers,
                                            const EmendField **columns);
void emend_schema_normalise (EmendSchema *schema,
                             int id,
                             EmendValue *value);
EmendSchema *emend_schema_copy_with_learned (EmendSchema *schema);
gboolean emend_schema_reads_alike (EmendSchema *schema,
                                   EmendSchema *other,
                                   int id);
gsize emend_schema_get_n_rules (EmendSchema *schema);
const EmendRule *emend_schema_get_rule (EmendSchema *schema,
                                        gsize index);
gsize emend_schema_get_n_lists (EmendSchema *schema);
const EmendList *emend_schema_get_list (EmendSchema *schema,
                                        gsize index);
const EmendList *emend_schema_find_list (EmendSchema *schema,
                                         const char *name);

/* The setters are for a schema that only its maker holds; a shared one is never changed. */
int emend_schema_add_label (EmendSchema *schema,
                            const char *name,
                            guint32 color,
                            gunichar key);
gboolean emend_schema_rename_label (EmendSchema *schema,
                                    int id,
                                    const char *name);
void emend_schema_set_label_color (EmendSchema *schema,
                                   int id,
                                   guint32 color);
void emend_schema_set_label_key (EmendSchema *schema,
                                 int id,
                                 gunichar key);
void emend_schema_set_label_retired (EmendSchema *schema,
                                     int id,
                                     gboolean retired);
void emend_schema_add_attribute (EmendSchema *schema,
                                 int id,
                                 const char *name,
                                 EmendAttributeKind kind,
                                 const char *const *choices);
void emend_schema_set_item_decisions (EmendSchema *schema,
                                      const char *const *decisions);
int emend_schema_add_field (EmendSchema *schema,
                            EmendField *field);
gboolean emend_schema_set_field (EmendSchema *schema,
                                 EmendField *field);
void emend_schema_move_field (EmendSchema *schema,
                              int id,
                              gsize index);
void emend_schema_clear_fields (EmendSchema *schema);
gboolean emend_schema_add_rule (EmendSchema *schema,
                                EmendRule *rule);
void emend_schema_clear_rules (EmendSchema *schema);
void emend_schema_set_list (EmendSchema *schema,
                            EmendList *list);

char *emend_schema_to_json (EmendSchema *schema,
                            gboolean pretty);
EmendSchema *emend_schema_from_json (const char *text,
                                     gsize length,
                                     GError **error);

G_END_DECLS
