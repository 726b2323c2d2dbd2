#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-document-format.h"
#include "emend-document-json.h"
#include "emend-entities.h"
#include "emend-formats-private.h"
#include "emend-ppocrlabel-write.h"

/* PPOCRLabel: `Label.txt` (or `Cache.cach`, what the model read) has a line for each image: its path, a tab, a list. */
EMEND_DEFINE_FORMAT (EmendPpocrlabel, emend_ppocrlabel)

static int
detect (const char *path,
        const char *text)
{
  const char *tab = strpbrk (text, "\t\n");
  g_auto (EmendJsonHead) head = { 0 };

  if (tab == NULL || *tab != '\t' || tab == text || *text == '{' || *text == '[')
    return 0;
  emend_json_head_init (&head, tab + 1);
  if (head.first != '[')
    return 0;
  if (emend_json_head_has (&head, 2, "transcription"))
    return 95;
  return g_str_has_prefix (tab + 1, "[]") ? 90 : 0;
}

static gboolean
is_ignored (const char *text)
{
  return text == NULL || *text == '\0' || g_str_equal (text, "###") || g_str_equal (text, "*");
}

/* The class of a box that is the value of a field; "None" and "other" say that it is none. */
static const char *
class_of (const json_t *entry)
{
  const char *name = emend_json_get_text (entry, "key_cls");

  if (name == NULL || *name == '\0' || g_ascii_strcasecmp (name, "none") == 0 ||
      g_ascii_strcasecmp (name, "other") == 0)
    return NULL;
  return name;
}

static gboolean
take_entry (EmendDocument *document,
            EmendEntities *entities,
            const json_t *entry,
            guint line,
            GError **error)
{
  const char *text = emend_json_get_text (entry, "transcription");
  const json_t *points = json_object_get (entry, "points");
  const char *name = class_of (entry);
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (EmendRegion));
  EmendDocumentValue value = { .name = name, .type = EMEND_FIELD_TEXT, .row = -1, .score = NAN, .line = line };
  EmendRect box;

  if (!json_is_object (entry) || !emend_json_to_rect (points, &box))
    return emend_document_skip (document, line, _ ("An entry has no points."));
  if (is_ignored (text))
    return TRUE;
  emend_json_get_number (entry, "score", &value.score);
  emend_document_add_word (document, 0, text, &box, value.score, document->words->len);
  emend_entities_add (entities, entry, text, points);
  if (name == NULL)
    return TRUE;
  value.text = text;
  value.regions = regions;
  emend_json_add_region (regions, 0, points);
  return emend_document_add_value (document, &value, error);
}

static gboolean
take_list (EmendDocument *document,
           const json_t *list,
           guint line,
           GError **error)
{
  g_auto (EmendEntities) entities = { 0 };
  gsize i;
  json_t *entry;

  emend_document_use_pixels (document, 0);
  emend_entities_init (&entities);
  json_array_foreach (list, i, entry)
  {
    if (!take_entry (document, &entities, entry, line, error))
      return FALSE;
  }
  if (json_array_size (list) == 0 && document->found && !g_str_has_suffix (document->path, ".cach") &&
      !document->sink->reviewed_empty (document->sink->data, document->image.item, error))
    return FALSE;
  return emend_entities_give (&entities, document, line, error) &&
         emend_document_give_words (document, "ppocr", NULL, error);
}

/* @whole is the file's; a line of it speaks of a document of its own. */
static gboolean
read_line (EmendDocument *whole,
           char *text,
           guint number,
           gboolean *good,
           GError **error)
{
  g_auto (EmendDocument) document = { 0 };
  g_autoptr (GError) problem = NULL;
  g_autoptr (json_t) list = NULL;
  char *tab = strchr (text, '\t');

  if (tab == NULL)
    return emend_document_skip (whole, number, _ ("The line has no tab between the path and the list."));
  *tab = '\0';
  list = emend_document_parse_json (whole->path, tab + 1, strlen (tab + 1), &problem);
  if (!json_is_array (list))
    return emend_document_skip (whole, number, problem != NULL ? problem->message : _ ("The line has no list."));
  if (!g_utf8_validate (text, -1, NULL) || *text == '\0')
    return emend_document_skip (whole, number, _ ("The line has no path."));
  *good = TRUE;
  emend_document_init (&document, whole->sink, whole->options, whole->path, whole->cancellable);
  document.found = whole->sink->find_image (whole->sink->data, text, FALSE, &document.image);
  return take_list (&document, list, number, error);
}

static gboolean
read_document (EmendDocument *document,
               char *text,
               gsize length,
               GError **error)
{
  char *at = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;
  guint number = 0;
  gboolean good = FALSE;

  if (strlen (text) != length)
    return emend_document_refuse (document->path, EMEND_FORMATS_ERROR_INVALID, _ ("It holds a zero byte."), error);
  while (*at != '\0') {
    char *end = at + strcspn (at, "\n");
    gboolean last = *end == '\0';

    *end = '\0';
    number++;
    g_strchomp (at);
    if (g_cancellable_set_error_if_cancelled (document->cancellable, error))
      return FALSE;
    if (*at != '\0' && !read_line (document, at, number, &good, error))
      return FALSE;
    if (last)
      break;
    at = end + 1;
  }
  if (!good)
    return emend_document_refuse (document->path, EMEND_FORMATS_ERROR_INVALID,
                                  _ ("None of its lines is a path, a tab and a list."), error);
  return TRUE;
}

/* `Cache.cach` is what the model found before a person went over it in `Label.txt`. */
static gboolean
is_spare (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *labels = g_build_filename (folder, "Label.txt", NULL);

  return g_str_has_suffix (path, "Cache.cach") && g_file_test (labels, G_FILE_TEST_IS_REGULAR);
}

static const char *const suffixes[] = { "label.txt", "cache.cach", ".txt", ".json", NULL };
static const EmendDocumentReader reader = { suffixes, detect, read_document, is_spare };

static void
emend_ppocrlabel_format_init (EmendFormatInterface *iface)
{
  iface->id = "ppocrlabel";
  iface->name = "PPOCRLabel";
  iface->writes_folder = TRUE;
  iface->write = emend_ppocrlabel_write;
  emend_document_format_init (iface, &reader, TRUE);
}
