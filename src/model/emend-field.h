#pragma once

#include "emend-json.h"
#include "emend-types.h"

G_BEGIN_DECLS

/**
 * EmendFieldType:
 * @EMEND_FIELD_TEXT: one or more lines of text
 * @EMEND_FIELD_NUMBER: a decimal number
 * @EMEND_FIELD_INTEGER: a whole number
 * @EMEND_FIELD_AMOUNT: money: a decimal number with or without a currency
 * @EMEND_FIELD_DATE: a day
 * @EMEND_FIELD_TIME: a time of day
 * @EMEND_FIELD_CODE: a text that follows a pattern
 * @EMEND_FIELD_EMAIL: an e-mail address
 * @EMEND_FIELD_CHOICE: one of a list
 * @EMEND_FIELD_MARK: yes or no: a box that is ticked or not
 * @EMEND_FIELD_TABLE: rows of columns, each a field of its own type
 */
typedef enum {
  EMEND_FIELD_TEXT = 1,
  EMEND_FIELD_NUMBER,
  EMEND_FIELD_INTEGER,
  EMEND_FIELD_AMOUNT,
  EMEND_FIELD_DATE,
  EMEND_FIELD_TIME,
  EMEND_FIELD_CODE,
  EMEND_FIELD_EMAIL,
  EMEND_FIELD_CHOICE,
  EMEND_FIELD_MARK,
  EMEND_FIELD_TABLE,
} EmendFieldType;

/* In which order the numbers of a date stand where they could be read in several. */
typedef enum {
  EMEND_DATE_DMY = 1,
  EMEND_DATE_MDY,
  EMEND_DATE_YMD,
} EmendDateOrder;

/**
 * EmendField:
 * @id: number within the project, from 1, never used again; labels and fields share one sequence, so that the
 *   `label` of a proposal or annotation tells which of either it is
 * @name: as in files, unique in the schema (of a column: in its table)
 * @title: (nullable): for people, when that is not the name
 * @type: what its values are
 * @required: whether a document without it breaks a rule
 * @repeatable: whether a document may have several values of it
 * @blind: whether the proposal is hidden until the reviewer has typed
 * @retired: no longer asked for; what it has stays readable
 * @date_order: of dates that can be read in several ways
 * @currency: (nullable): ISO 4217 code that is meant where none stands
 * @pattern: (nullable): regular expression (PCRE) that the whole value must match
 * @minimum: least number, or NaN
 * @maximum: greatest number, or NaN
 * @min_length: least characters, 0 for any
 * @max_length: most characters, 0 for any
 * @choices: (nullable): the values of a choice
 * @list: (nullable): name of the look-up list that its values come from
 * @columns: (nullable) (element-type EmendField): of a table; their ids are 0
 *
 * A value that documents have.
 */
struct _EmendField {
  int id;
  char *name;
  char *title;
  EmendFieldType type;
  gboolean required;
  gboolean repeatable;
  gboolean blind;
  gboolean retired;
  EmendDateOrder date_order;
  char *currency;
  char *pattern;
  double minimum;
  double maximum;
  int min_length;
  int max_length;
  char **choices;
  char *list;
  GPtrArray *columns;
};

/**
 * EmendListEntry:
 * @value: the name that is meant
 * @aliases: (nullable): other spellings of it
 */
typedef struct {
  char *value;
  char **aliases;
} EmendListEntry;

/**
 * EmendLearnedAlias:
 * @text: as it stood in a document
 * @value: the name that is meant
 *
 * Another spelling that a correction taught.
 */
typedef struct {
  char *text;
  char *value;
} EmendLearnedAlias;

/**
 * EmendList:
 * @name: unique in the schema
 * @entries: (element-type EmendListEntry): in the order of their file; emend_list_add() adds
 * @learned: (element-type EmendLearnedAlias): spellings that follow from corrections, by their letters and digits. They
 *   belong to what was decided and not to the schema, so that they are not written with it
 * @refused: (element-type utf8): spellings that are not learned, as somebody took them away
 * @exact: for emend_list_find()
 * @folded: for emend_list_find()
 *
 * Names that the values of a field come from.
 */
typedef struct {
  char *name;
  GPtrArray *entries;
  GPtrArray *learned;
  GPtrArray *refused;
  GHashTable *exact;
  GHashTable *folded;
} EmendList;

EmendField *emend_field_new (int id,
                             const char *name,
                             EmendFieldType type);
EmendField *emend_field_copy (const EmendField *field);
void emend_field_free (EmendField *field);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendField, emend_field_free)
const char *emend_field_get_title (const EmendField *field);
const EmendField *emend_field_find_column (const EmendField *field,
                                           const char *name);
const char *emend_field_type_to_name (EmendFieldType type);
gboolean emend_field_type_from_name (const char *name,
                                     EmendFieldType *type);
const char *emend_date_order_to_name (EmendDateOrder order);
EmendDateOrder emend_date_order_from_name (const char *name);
void emend_field_to_json (const EmendField *field,
                          EmendJsonWriter *writer);
EmendField *emend_field_from_json (const json_t *json,
                                   GError **error);

EmendList *emend_list_new (const char *name);
EmendList *emend_list_copy (const EmendList *list);
void emend_list_free (EmendList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendList, emend_list_free)
void emend_list_to_json (const EmendList *list,
                         EmendJsonWriter *writer);
EmendList *emend_list_from_json (const json_t *json,
                                 GError **error);
void emend_list_add (EmendList *list,
                     const char *value,
                     const char *const *aliases);
const char *emend_list_find (const EmendList *list,
                             const char *text);
const char *emend_list_find_own (const EmendList *list,
                                 const char *text);
gboolean emend_list_learn (EmendList *list,
                           const char *text,
                           const char *value);
void emend_list_forget (EmendList *list);
void emend_list_refuse (EmendList *list,
                        const char *text);
void emend_list_go_on_from (EmendList *list,
                            const EmendList *other);
EmendList *emend_list_copy_with_learned (const EmendList *list);
gboolean emend_list_learned_alike (const EmendList *a,
                                   const EmendList *b);

G_END_DECLS
