#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-azure-fields.h"
#include "emend-document-format.h"
#include "emend-document-json.h"
#include "emend-formats-private.h"

/* Azure AI Document Intelligence: results of `analyze` (2.x, 3.x, 4.x), and the labels of its labelling tools. */
EMEND_DEFINE_FORMAT (EmendAzure, emend_azure)

/* Where a line has its words in the text of the whole. */
typedef struct {
  double start;
  double end;
  guint line;
} Span;

static int
detect (const char *path,
        const char *text)
{
  g_auto (EmendJsonHead) head = { 0 };

  emend_json_head_init (&head, text);
  if (head.first != '{')
    return 0;
  if (emend_json_head_has (&head, 1, "analyzeResult") || emend_json_head_has (&head, 1, "readResults") ||
      (emend_json_head_has (&head, 1, "modelId") && emend_json_head_has (&head, 1, "apiVersion")))
    return 95;
  return emend_json_head_has (&head, 1, "labels") && emend_json_head_has (&head, 1, "document") &&
             (emend_json_head_has (&head, 3, "boundingBoxes") || emend_json_head_has (&head, 4, "boundingBoxes") ||
              emend_json_head_has (&head, 1, "labelingState")) ?
           95 :
           0;
}

static const json_t *
points_of (const json_t *thing)
{
  const json_t *points = json_object_get (thing, "polygon");

  return points != NULL ? points : json_object_get (thing, "boundingBox");
}

static void
add_word (EmendDocument *document,
          int page,
          const json_t *word,
          const char *text,
          guint line)
{
  EmendRect box;
  double confidence = NAN;

  emend_json_get_number (word, "confidence", &confidence);
  if (text != NULL && emend_json_to_rect (points_of (word), &box))
    emend_document_add_word (document, page, text, &box, confidence, line);
}

static GArray *
list_spans (const json_t *lines)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));
  gsize i;
  json_t *line;

  json_array_foreach (lines, i, line)
  {
    gsize j;
    json_t *span;

    json_array_foreach (json_object_get (line, "spans"), j, span)
    {
      Span found = { .line = (guint) i };
      double length;

      if (!emend_json_get_number (span, "offset", &found.start) || !emend_json_get_number (span, "length", &length))
        continue;
      found.end = found.start + length;
      g_array_append_val (spans, found);
    }
  }
  return spans;
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const Span *one = a;
  const Span *two = b;

  return one->start < two->start ? -1 : one->start > two->start;
}

/* The line that has the word; @line of the word before when none has. */
static guint
find_line (GArray *spans,
           const json_t *word,
           guint line)
{
  double offset;
  guint low = 0;
  guint high = spans->len;

  if (!emend_json_get_number (json_object_get (word, "span"), "offset", &offset))
    return line;
  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (spans, Span, middle).start <= offset)
      low = middle + 1;
    else
      high = middle;
  }
  if (low > 0 && offset < g_array_index (spans, Span, low - 1).end)
    return g_array_index (spans, Span, low - 1).line;
  return line;
}

/* Since 3.0: words and lines are two lists that meet in the text of the whole. */
static void
add_page_words (EmendDocument *document,
                int page,
                const json_t *from)
{
  g_autoptr (GArray) spans = list_spans (json_object_get (from, "lines"));
  guint line = 0;
  gsize i;
  json_t *word;

  g_array_sort (spans, compare_spans);
  json_array_foreach (json_object_get (from, "words"), i, word)
  {
    line = find_line (spans, word, line);
    add_word (document, page, word, emend_json_get_text (word, "content"), line);
  }
}

/* 2.x: words are in their lines. */
static void
add_read_words (EmendDocument *document,
                int page,
                const json_t *from)
{
  gsize i;
  json_t *line;

  json_array_foreach (json_object_get (from, "lines"), i, line)
  {
    gsize j;
    json_t *word;

    json_array_foreach (json_object_get (line, "words"), j, word)
      add_word (document, page, word, emend_json_get_text (word, "text"), (guint) i);
  }
}

static void
take_page (EmendDocument *document,
           const json_t *from,
           gboolean is_old)
{
  int page = emend_json_get_page (from, is_old ? "page" : "pageNumber", 1);
  double width = 0;
  double height = 0;

  emend_json_get_number (from, "width", &width);
  emend_json_get_number (from, "height", &height);
  if (!emend_document_set_page (document, page, width, height)) {
    emend_document_tell (document, 0, _ ("A page has no size, so nothing on it has a place."));
    return;
  }
  if (is_old)
    add_read_words (document, page, from);
  else
    add_page_words (document, page, from);
}

/* What a model said of tables is more than the layout, so that the layout counts where no model did. */
static gboolean
add_tables (EmendDocument *document,
            const json_t *result,
            GError **error)
{
  const json_t *old_pages = json_object_get (result, "pageResults");
  gsize i;
  json_t *entry;

  if (g_hash_table_size (document->rows) > 0)
    return TRUE;
  json_array_foreach (old_pages, i, entry)
  {
    if (!emend_azure_add_tables (document, json_object_get (entry, "tables"), emend_json_get_page (entry, "page", 1),
                                 error))
      return FALSE;
  }
  return emend_azure_add_tables (document, json_object_get (result, "tables"), 0, error);
}

static gboolean
read_result (EmendDocument *document,
             const json_t *result,
             GError **error)
{
  const json_t *old_pages = json_object_get (result, "readResults");
  const json_t *pages = old_pages != NULL ? old_pages : json_object_get (result, "pages");
  const json_t *documents = json_object_get (result, old_pages != NULL ? "documentResults" : "documents");
  const char *version = emend_json_get_text (result, "apiVersion");
  g_autofree char *engine = NULL;
  gsize i;
  json_t *entry;

  if (version == NULL)
    version = emend_json_get_text (result, "version");
  engine = g_strdup_printf ("azure %s", version != NULL ? version : "");
  g_strchomp (engine);
  emend_document_find (document, NULL);
  json_array_foreach (pages, i, entry)
    take_page (document, entry, old_pages != NULL);
  json_array_foreach (documents, i, entry)
  {
    if (!emend_azure_add_fields (document, json_object_get (entry, "fields"), error))
      return FALSE;
  }
  return emend_azure_add_pairs (document, json_object_get (result, "keyValuePairs"), error) &&
         add_tables (document, result, error) &&
         emend_document_give_words (document, engine, NULL, error);
}

static gboolean
refuse_status (EmendDocument *document,
               const json_t *tree,
               GError **error)
{
  const char *status = emend_json_get_text (tree, "status");
  const char *reason = emend_json_get_text (json_object_get (tree, "error"), "message");
  g_autofree char *text = NULL;

  if (status == NULL || json_object_get (tree, "analyzeResult") != NULL)
    return emend_document_refuse (document->path, EMEND_FORMATS_ERROR_INVALID,
                                  _ ("It holds neither a result nor labels of Azure."), error);
  /* TRANSLATORS: a status as the service calls it ("running"), then its own words or nothing. */
  text = g_strdup_printf (_ ("The service had no result: %s. %s"), status, reason != NULL ? reason : "");
  return emend_document_refuse (document->path, EMEND_FORMATS_ERROR_INVALID, text, error);
}

static gboolean
read_document (EmendDocument *document,
               char *text,
               gsize length,
               GError **error)
{
  g_autoptr (json_t) tree = emend_document_parse_json (document->path, text, length, error);
  const json_t *result = json_object_get (tree, "analyzeResult");

  if (tree == NULL)
    return FALSE;
  if (json_is_array (json_object_get (tree, "labels")))
    return emend_azure_read_labels (document, tree, error);
  if (result == NULL)
    result = tree;
  if (!json_is_array (json_object_get (result, "readResults")) && !json_is_array (json_object_get (result, "pages")))
    return refuse_status (document, tree, error);
  return read_result (document, result, error);
}

static const char *const suffixes[] = { ".json", NULL };
static const EmendDocumentReader reader = { suffixes, detect, read_document };

static void
emend_azure_format_init (EmendFormatInterface *iface)
{
  iface->id = "azure";
  iface->name = "Azure Document Intelligence";
  emend_document_format_init (iface, &reader, TRUE);
}
