#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-field.h"

#include <math.h>

static const char *const type_names[] = {
  NULL,
  "text",
  "number",
  "integer",
  "amount",
  "date",
  "time",
  "code",
  "email",
  "choice",
  "mark",
  "table",
};

/**
 * emend_field_new:
 * @id: number within the project, from 1; 0 for a column and for one that has none yet
 * @name: as in files
 * @type: what its values are
 *
 * Returns: (transfer full): a field without rules, dates day first; a table has an empty list of columns. Any thread.
 */
EmendField *
emend_field_new (int id,
                 const char *name,
                 EmendFieldType type)
{
  EmendField *field = g_new0 (EmendField, 1);

  field->id = id;
  field->name = g_strdup (name);
  field->type = type;
  field->date_order = EMEND_DATE_DMY;
  field->minimum = NAN;
  field->maximum = NAN;
  if (type == EMEND_FIELD_TABLE)
    field->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);
  return field;
}

/**
 * emend_field_copy:
 * @field: a field
 *
 * Returns: (transfer full): the same, with copies of its columns. Any thread.
 */
EmendField *
emend_field_copy (const EmendField *field)
{
  EmendField *copy = g_new (EmendField, 1);

  *copy = *field;
  copy->name = g_strdup (field->name);
  copy->title = g_strdup (field->title);
  copy->currency = g_strdup (field->currency);
  copy->pattern = g_strdup (field->pattern);
  copy->choices = g_strdupv (field->choices);
  copy->list = g_strdup (field->list);
  if (field->columns != NULL) {
    copy->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);
    for (guint i = 0; i < field->columns->len; i++)
      g_ptr_array_add (copy->columns, emend_field_copy (g_ptr_array_index (field->columns, i)));
  }
  return copy;
}

/**
 * emend_field_free:
 * @field: (transfer full) (nullable): a field
 *
 * Any thread.
 */
void
emend_field_free (EmendField *field)
{
  if (field == NULL)
    return;
  g_free (field->name);
  g_free (field->title);
  g_free (field->currency);
  g_free (field->pattern);
  g_strfreev (field->choices);
  g_free (field->list);
  g_clear_pointer (&field->columns, g_ptr_array_unref);
  g_free (field);
}

/**
 * emend_field_get_title:
 * @field: a field
 *
 * Returns: (transfer none): what people read: its title, or its name
 */
const char *
emend_field_get_title (const EmendField *field)
{
  return field->title != NULL ? field->title : field->name;
}

/**
 * emend_field_find_column:
 * @field: a field
 * @name: of a column, exactly
 *
 * Returns: (transfer none) (nullable): the column; %NULL as well when @field is no table
 */
const EmendField *
emend_field_find_column (const EmendField *field,
                         const char *name)
{
  for (guint i = 0; field->columns != NULL && i < field->columns->len; i++) {
    const EmendField *column = g_ptr_array_index (field->columns, i);
    if (g_str_equal (column->name, name))
      return column;
  }
  return NULL;
}

/**
 * emend_field_type_to_name:
 * @type: a type
 *
 * Returns: (transfer none): its name in files
 */
const char *
emend_field_type_to_name (EmendFieldType type)
{
  g_return_val_if_fail (type >= EMEND_FIELD_TEXT && type <= EMEND_FIELD_TABLE, NULL);

  return type_names[type];
}

/**
 * emend_field_type_from_name:
 * @name: a name as in files
 * @type: (out): the type; not touched when there is none of that name
 *
 * Returns: whether there is a type of that name
 */
gboolean
emend_field_type_from_name (const char *name,
                            EmendFieldType *type)
{
  for (guint i = EMEND_FIELD_TEXT; i < G_N_ELEMENTS (type_names); i++) {
    if (g_str_equal (type_names[i], name)) {
      *type = (EmendFieldType) i;
      return TRUE;
    }
  }
  return FALSE;
}

static const char *const order_names[] = { NULL, "dmy", "mdy", "ymd" };

/**
 * emend_date_order_to_name:
 * @order: an order, or 0
 *
 * Returns: (transfer none) (nullable): its name in files, %NULL for 0. Any thread.
 */
const char *
emend_date_order_to_name (EmendDateOrder order)
{
  return order_names[order];
}

/**
 * emend_date_order_from_name:
 * @name: (nullable): a name in a file
 *
 * Returns: the order, or 0 when it is none. Any thread.
 */
EmendDateOrder
emend_date_order_from_name (const char *name)
{
  for (guint i = EMEND_DATE_DMY; i < G_N_ELEMENTS (order_names); i++) {
    if (g_strcmp0 (name, order_names[i]) == 0)
      return (EmendDateOrder) i;
  }
  return (EmendDateOrder) 0;
}
