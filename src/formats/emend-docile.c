#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-document-format.h"
#include "emend-document-json.h"
#include "emend-formats-private.h"

#define LINE_ITEMS "line_items"
#define PREFIX "line_item_"

/* DocILE: annotations, and the words of the same documents, one JSON each; boxes in fractions of the page. */
EMEND_DEFINE_FORMAT (EmendDocile, emend_docile)

static int
detect (const char *path,
        const char *text)
{
  g_auto (EmendJsonHead) head = { 0 };

  emend_json_head_init (&head, text);
  if (head.first != '{')
    return 0;
  if (emend_json_head_has (&head, 1, "field_extractions") || emend_json_head_has (&head, 1, "line_item_extractions"))
    return 95;
  return emend_json_head_has (&head, 1, "pages") && emend_json_head_has (&head, 3, "page_idx") ? 90 : 0;
}

static EmendFieldType
type_of (const char *name)
{
  if (g_str_has_prefix (name, "date_"))
    return EMEND_FIELD_DATE;
  return g_str_has_prefix (name, "amount_") ? EMEND_FIELD_AMOUNT : EMEND_FIELD_TEXT;
}

static gboolean
add_fields (EmendDocument *document,
            const json_t *list,
            gboolean in_table,
            GError **error)
{
  gsize i;
  json_t *entry;

  json_array_foreach (list, i, entry)
  {
    const char *type = emend_json_get_text (entry, "fieldtype");
    const char *plain = type != NULL && in_table && g_str_has_prefix (type, PREFIX) ? type + strlen (PREFIX) : type;
    g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (EmendRegion));
    EmendDocumentValue value = { .name = plain, .row = -1, .regions = regions, .score = NAN };
    double row;

    if (plain == NULL)
      continue;
    value.type = type_of (plain);
    if (in_table) {
      value.name = LINE_ITEMS;
      value.column = plain;
    }
    value.text = emend_json_get_text (entry, "text");
    emend_json_get_number (entry, "score", &value.score);
    emend_json_add_region (regions, emend_json_get_page (entry, "page", 0), json_object_get (entry, "bbox"));
    /* Line items count from 1. */
    if (in_table && emend_json_get_number (entry, "line_item_id", &row) && row >= 1 && row <= EMEND_DOCUMENT_MAX_ROWS)
      value.row = (int) row - 1;
    if (!emend_document_add_value (document, &value, error))
      return FALSE;
  }
  return TRUE;
}

static void
add_line (EmendDocument *document,
          int page,
          const json_t *line,
          guint number)
{
  gsize i;
  json_t *word;

  json_array_foreach (json_object_get (line, "words"), i, word)
  {
    const char *text = emend_json_get_text (word, "value");
    double confidence = NAN;
    EmendRect box;

    emend_json_get_number (word, "confidence", &confidence);
    if (text != NULL && emend_json_to_rect (json_object_get (word, "geometry"), &box))
      emend_document_add_word (document, page, text, &box, confidence, number);
  }
}

static gboolean
read_words (EmendDocument *document,
            const json_t *pages,
            GError **error)
{
  guint line = 0;
  gsize i;
  json_t *page;

  json_array_foreach (pages, i, page)
  {
    int number = emend_json_get_page (page, "page_idx", 0);
    gsize j;
    json_t *block;

    json_array_foreach (json_object_get (page, "blocks"), j, block)
    {
      gsize k;
      json_t *lines;

      json_array_foreach (json_object_get (block, "lines"), k, lines)
        add_line (document, number, lines, line++);
    }
  }
  return emend_document_give_only_words (document, "doctr", NULL, error);
}

static gboolean
read_document (EmendDocument *document,
               char *text,
               gsize length,
               GError **error)
{
  g_autoptr (json_t) tree = emend_document_parse_json (document->path, text, length, error);
  const json_t *fields = json_object_get (tree, "field_extractions");
  const json_t *items = json_object_get (tree, "line_item_extractions");
  const json_t *pages = json_object_get (tree, "pages");

  if (tree == NULL)
    return FALSE;
  if (!json_is_array (fields) && !json_is_array (items) && !json_is_array (pages))
    return emend_document_refuse (document->path, EMEND_FORMATS_ERROR_INVALID,
                                  _ ("It holds neither annotations nor words of DocILE."), error);
  emend_document_find (document, NULL);
  if (json_is_array (pages))
    return read_words (document, pages, error);
  return add_fields (document, fields, FALSE, error) && add_fields (document, items, TRUE, error);
}

static const char *const suffixes[] = { ".json", NULL };
static const EmendDocumentReader reader = { suffixes, detect, read_document };

static void
emend_docile_format_init (EmendFormatInterface *iface)
{
  iface->id = "docile";
  iface->name = "DocILE";
  emend_document_format_init (iface, &reader, TRUE);
}
