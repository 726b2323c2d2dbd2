#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-document-json.h"
#include "emend-textract-private.h"

#define LINE_ITEMS "LINE_ITEMS"

/* Types of the service's own fields, by their names. */
static EmendFieldType
type_of (const char *name)
{
  static const char *const amounts[] = { "TOTAL", "SUBTOTAL", "TAX", "AMOUNT_DUE", "AMOUNT_PAID", "PRICE", "UNIT_PRICE",
                                         "SERVICE_CHARGE", "DISCOUNT", "GRATUITY", "SHIPPING_HANDLING_CHARGE",
                                         "PRIOR_BALANCE", NULL };

  if (g_strv_contains (amounts, name))
    return EMEND_FIELD_AMOUNT;
  if (g_str_equal (name, "DUE_DATE") || g_str_has_suffix (name, "_DATE") || g_str_has_prefix (name, "DATE_OF_") ||
      g_str_has_suffix (name, "DATE"))
    return EMEND_FIELD_DATE;
  return EMEND_FIELD_TEXT;
}

static const char *
name_of (const json_t *field)
{
  const char *type = emend_json_get_text (json_object_get (field, "Type"), "Text");
  const char *label = emend_json_get_text (json_object_get (field, "LabelDetection"), "Text");

  return type != NULL && !g_str_equal (type, "OTHER") ? type : label;
}

/* The normalised value of a date ends with a time of midnight, which nobody read. */
static char *
normal_text (const json_t *detection)
{
  const char *normal = emend_json_get_text (json_object_get (detection, "NormalizedValue"), "Value");
  const char *end = normal != NULL ? strchr (normal, 'T') : NULL;

  return end != NULL ? g_strndup (normal, (gsize) (end - normal)) : NULL;
}

static gboolean
add_detection (EmendDocument *document,
               const json_t *field,
               const char *table,
               int row,
               GError **error)
{
  const json_t *detection = json_object_get (field, "ValueDetection");
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (EmendRegion));
  const char *name = name_of (field);
  g_autofree char *plain = name != NULL ? emend_document_key_name (name) : NULL;
  g_autofree char *normal = normal_text (detection);
  EmendDocumentValue value = { .name = plain, .row = row, .regions = regions };

  value.text = emend_json_get_text (detection, "Text");
  value.value = normal;
  if (value.text == NULL || *value.text == '\0' || plain == NULL)
    return TRUE;
  value.type = type_of (plain);
  if (table != NULL) {
    value.name = table;
    value.column = plain;
  }
  emend_textract_add_region (regions, emend_json_get_page (field, "PageNumber", 1), detection);
  return emend_textract_give (document, &value, emend_textract_get_confidence (json_object_get (field, "Type")),
                              emend_textract_get_confidence (detection), error);
}

static gboolean
add_line_item (EmendDocument *document,
               const json_t *item,
               GError **error)
{
  int row = emend_document_next_row (document, LINE_ITEMS);
  gsize i;
  json_t *field;

  if (row < 0)
    return emend_document_skip (document, 0, _ ("A table has too many rows."));
  json_array_foreach (json_object_get (item, "LineItemExpenseFields"), i, field)
  {
    /* The whole row once more. */
    if (g_strcmp0 (name_of (field), "EXPENSE_ROW") == 0)
      continue;
    if (!add_detection (document, field, LINE_ITEMS, row, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_fields (EmendDocument *document,
            const json_t *fields,
            GError **error)
{
  gsize i;
  json_t *field;

  json_array_foreach (fields, i, field)
  {
    if (!add_detection (document, field, NULL, -1, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * emend_textract_add_expense:
 * @document: where it goes
 * @expense: one of `ExpenseDocuments`
 * @error: what the sink said
 *
 * Line items become the rows of one table.
 *
 * Returns: whether to go on
 */
gboolean
emend_textract_add_expense (EmendDocument *document,
                            const json_t *expense,
                            GError **error)
{
  gsize i;
  json_t *group;

  if (!add_fields (document, json_object_get (expense, "SummaryFields"), error))
    return FALSE;
  json_array_foreach (json_object_get (expense, "LineItemGroups"), i, group)
  {
    gsize j;
    json_t *item;

    json_array_foreach (json_object_get (group, "LineItems"), j, item)
    {
      if (!add_line_item (document, item, error))
        return FALSE;
    }
  }
  return TRUE;
}

/**
 * emend_textract_add_identity:
 * @document: where it goes
 * @identity: one of `IdentityDocuments`
 * @error: what the sink said
 *
 * Returns: whether to go on
 */
gboolean
emend_textract_add_identity (EmendDocument *document,
                             const json_t *identity,
                             GError **error)
{
  return add_fields (document, json_object_get (identity, "IdentityDocumentFields"), error);
}

static gboolean
add_lending_field (EmendDocument *document,
                   const json_t *field,
                   int page,
                   GError **error)
{
  const char *name = emend_json_get_text (field, "Type");
  gsize i;
  json_t *detection;

  json_array_foreach (json_object_get (field, "ValueDetections"), i, detection)
  {
    g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (EmendRegion));
    const char *status = emend_json_get_text (detection, "SelectionStatus");
    EmendDocumentValue value = { .name = name, .type = EMEND_FIELD_TEXT, .row = -1, .regions = regions };

    value.text = emend_json_get_text (detection, "Text");
    if (status != NULL) {
      value.type = EMEND_FIELD_MARK;
      value.text = g_str_equal (status, "SELECTED") ? "yes" : "no";
    }
    if (value.text == NULL || *value.text == '\0')
      continue;
    emend_textract_add_region (regions, page, detection);
    if (!emend_textract_give (document, &value, NAN, emend_textract_get_confidence (detection), error))
      return FALSE;
  }
  return TRUE;
}

/**
 * emend_textract_add_lending:
 * @document: where it goes
 * @result: one of the `Results` of lending
 * @error: what the sink said
 *
 * Returns: whether to go on
 */
gboolean
emend_textract_add_lending (EmendDocument *document,
                            const json_t *result,
                            GError **error)
{
  int page = emend_json_get_page (result, "Page", 1);
  gsize i;
  json_t *extraction;

  json_array_foreach (json_object_get (result, "Extractions"), i, extraction)
  {
    const json_t *lending = json_object_get (extraction, "LendingDocument");
    const json_t *expense = json_object_get (extraction, "ExpenseDocument");
    const json_t *identity = json_object_get (extraction, "IdentityDocument");
    gsize j;
    json_t *field;

    json_array_foreach (json_object_get (lending, "LendingFields"), j, field)
    {
      if (!add_lending_field (document, field, page, error))
        return FALSE;
    }
    if ((expense != NULL && !emend_textract_add_expense (document, expense, error)) ||
        (identity != NULL && !emend_textract_add_identity (document, identity, error)))
      return FALSE;
  }
  return TRUE;
}
