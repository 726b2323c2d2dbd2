#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-azure-fields.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-document-json.h"
#include "emend-text.h"

/* Objects in objects; real results have three. */
#define MAX_NESTING 8

/* One field while its value is looked for. */
typedef struct {
  EmendDocument *document;
  const char *table; /* (nullable): name of the table that is read */
  int row;
  int nesting;
} Walk;

static const struct {
  const char *name;
  EmendFieldType type;
  const char *key;
} kinds[] = {
  { "string", EMEND_FIELD_TEXT, "valueString" },
  { "date", EMEND_FIELD_DATE, "valueDate" },
  { "time", EMEND_FIELD_TIME, "valueTime" },
  { "phoneNumber", EMEND_FIELD_TEXT, "valuePhoneNumber" },
  { "number", EMEND_FIELD_NUMBER, "valueNumber" },
  { "integer", EMEND_FIELD_INTEGER, "valueInteger" },
  { "currency", EMEND_FIELD_AMOUNT, "valueCurrency" },
  { "selectionMark", EMEND_FIELD_MARK, "valueSelectionMark" },
  { "boolean", EMEND_FIELD_MARK, "valueBoolean" },
  { "signature", EMEND_FIELD_MARK, "valueSignature" },
  { "countryRegion", EMEND_FIELD_TEXT, "valueCountryRegion" },
};

/**
 * emend_azure_field_type:
 * @name: (nullable): a type as Azure calls it
 *
 * Returns: what it is here; text when it is unknown. Any thread.
 */
EmendFieldType
emend_azure_field_type (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_strcmp0 (kinds[i].name, name) == 0)
      return kinds[i].type;
  }
  return EMEND_FIELD_TEXT;
}

static char *
currency_text (const json_t *currency)
{
  g_autofree char *amount = emend_json_to_text (json_object_get (currency, "amount"));
  const char *code = emend_json_get_text (currency, "currencyCode");

  if (amount == NULL)
    return NULL;
  return code != NULL ? g_strdup_printf ("%s %s", amount, code) : g_steal_pointer (&amount);
}

/* What the field means, where that is more than its text. */
static char *
meant_text (const json_t *field,
            EmendFieldType type)
{
  const char *name = emend_json_get_text (field, "type");
  char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds) && text == NULL; i++) {
    const json_t *value = json_object_get (field, kinds[i].key);

    if (g_strcmp0 (kinds[i].name, name) == 0)
      text = json_is_object (value) ? currency_text (value) : emend_json_to_text (value);
  }
  if (type == EMEND_FIELD_MARK && text != NULL) {
    gboolean yes = g_str_equal (text, "selected") || g_str_equal (text, "signed") || g_str_equal (text, "yes");
    g_free (text);
    text = g_strdup (yes ? "yes" : "no");
  }
  return text;
}

/**
 * emend_azure_get_text:
 * @field: a field or a cell
 *
 * Returns: (transfer none) (nullable): its text as printed. Any thread.
 */
const char *
emend_azure_get_text (const json_t *field)
{
  const char *text = emend_json_get_text (field, "content");

  return text != NULL ? text : emend_json_get_text (field, "text");
}

/**
 * emend_azure_get_regions:
 * @field: a field or a cell
 * @page: where it is when it names no page, from 0
 *
 * Version 2 has one box on one page, later ones a list of regions.
 *
 * Returns: (transfer full) (element-type EmendRegion): its places. Any thread.
 */
GArray *
emend_azure_get_regions (const json_t *field,
                         int page)
{
  GArray *regions = g_array_new (FALSE, FALSE, sizeof (EmendRegion));
  const json_t *list = json_object_get (field, "boundingRegions");
  gsize i;
  json_t *region;

  json_array_foreach (list, i, region)
  {
    const json_t *points = json_object_get (region, "polygon");

    emend_json_add_region (regions, emend_json_get_page (region, "pageNumber", 1),
                           points != NULL ? points : json_object_get (region, "boundingBox"));
  }
  if (list == NULL)
    emend_json_add_region (regions,
                           json_object_get (field, "page") != NULL ? emend_json_get_page (field, "page", 1) : page,
                           json_object_get (field, "boundingBox"));
  return regions;
}

static gboolean
add_plain (const Walk *walk,
           const char *name,
           const json_t *field,
           GError **error)
{
  g_autoptr (GArray) regions = emend_azure_get_regions (field, 0);
  EmendDocumentValue value = { .name = name, .row = walk->row, .regions = regions, .score = NAN };
  g_autofree char *meant = NULL;

  value.type = emend_azure_field_type (emend_json_get_text (field, "type"));
  meant = meant_text (field, value.type);
  value.text = emend_azure_get_text (field);
  value.value = value.type == EMEND_FIELD_TEXT && value.text != NULL ? NULL : meant;
  if (value.text == NULL && meant == NULL)
    return TRUE;
  emend_json_get_number (field, "confidence", &value.score);
  if (walk->table != NULL) {
    value.name = walk->table;
    value.column = name;
  }
  return emend_document_add_value (walk->document, &value, error);
}

static gboolean add_field (const Walk *walk,
                           const char *name,
                           const json_t *field,
                           GError **error);

static gboolean
add_members (const Walk *walk,
             const char *prefix,
             const json_t *members,
             GError **error)
{
  const char *key;
  json_t *member;

  json_object_foreach ((json_t *) members, key, member)
  {
    g_autofree char *name = prefix != NULL ? g_strdup_printf ("%s.%s", prefix, key) : g_strdup (key);

    if (!add_field (walk, name, member, error))
      return FALSE;
  }
  return TRUE;
}

/* A list of objects is a table, any other list a field with several values. */
static gboolean
add_list (const Walk *walk,
          const char *name,
          const json_t *list,
          GError **error)
{
  gsize i;
  json_t *entry;

  json_array_foreach (list, i, entry)
  {
    const json_t *members = json_object_get (entry, "valueObject");

    if (members != NULL && walk->table == NULL) {
      Walk row = *walk;

      row.table = name;
      row.row = emend_document_next_row (walk->document, name);
      row.nesting++;
      if (row.row < 0)
        return emend_document_skip (walk->document, 0, _ ("A table has too many rows."));
      if (!add_members (&row, NULL, members, error))
        return FALSE;
    } else if (!add_field (walk, name, entry, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_field (const Walk *walk,
           const char *name,
           const json_t *field,
           GError **error)
{
  Walk inner = *walk;
  const json_t *list = json_object_get (field, "valueArray");
  const json_t *members = json_object_get (field, "valueObject");

  if (!json_is_object (field))
    return TRUE;
  if (++inner.nesting > MAX_NESTING)
    return emend_document_skip (walk->document, 0, _ ("A field is nested too deeply."));
  if (json_is_array (list))
    return add_list (&inner, name, list, error);
  if (json_is_object (members))
    return add_members (&inner, name, members, error);
  return add_plain (&inner, name, field, error);
}

/**
 * emend_azure_add_fields:
 * @document: where they go
 * @fields: (nullable): an object with the fields of one document by name
 * @error: what the sink said
 *
 * Lists of objects become tables, objects fields with a point in their names.
 *
 * Returns: whether to go on
 */
gboolean
emend_azure_add_fields (EmendDocument *document,
                        const json_t *fields,
                        GError **error)
{
  const Walk walk = { .document = document, .row = -1 };

  return add_members (&walk, NULL, fields, error);
}

/**
 * emend_azure_add_pairs:
 * @document: where they go
 * @pairs: (nullable): a list of keys with values, as the general model finds them
 * @error: what the sink said
 *
 * Returns: whether to go on
 */
gboolean
emend_azure_add_pairs (EmendDocument *document,
                       const json_t *pairs,
                       GError **error)
{
  gsize i;
  json_t *pair;

  json_array_foreach (pairs, i, pair)
  {
    const json_t *found = json_object_get (pair, "value");
    const char *key = emend_json_get_text (json_object_get (pair, "key"), "content");
    g_autofree char *name = key != NULL ? emend_document_key_name (key) : NULL;
    g_autoptr (GArray) regions = emend_azure_get_regions (found, 0);
    EmendDocumentValue value = { .name = name, .type = EMEND_FIELD_TEXT, .row = -1, .regions = regions, .score = NAN };

    value.text = emend_json_get_text (found, "content");
    if (value.text == NULL || name == NULL)
      continue;
    emend_json_get_number (pair, "confidence", &value.score);
    if (!emend_document_add_value (document, &value, error))
      return FALSE;
  }
  return TRUE;
}
