#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-document-format.h"
#include "emend-document-json.h"
#include "emend-formats-private.h"
#include "emend-number.h"

/* ICDAR 2019 SROIE: for each receipt a text file of boxes with their text, and one of four keys as JSON. */
EMEND_DEFINE_FORMAT (EmendSroie, emend_sroie)

#define N_CORNERS 8

static const EmendSourceField keys[] = {
  { "company", EMEND_FIELD_TEXT, NULL },
  { "date", EMEND_FIELD_DATE, NULL },
  { "address", EMEND_FIELD_TEXT, NULL },
  { "total", EMEND_FIELD_AMOUNT, NULL },
};

/* `x1,y1,x2,y2,x3,y3,x4,y4,text`: what follows the eighth comma is text, with commas of its own. */
static const char *
parse_box (const char *line,
           EmendRect *box)
{
  EmendPoint least = { 0, 0 };
  EmendPoint most = { 0, 0 };
  double numbers[N_CORNERS];

  for (int i = 0; i < N_CORNERS; i++) {
    gsize length = strcspn (line, ",\r\n");

    if (line[length] != ',' || !emend_number_parse (line, length, &numbers[i]) || fabs (numbers[i]) > 1e6)
      return NULL;
    line += length + 1;
  }
  least = most = (EmendPoint){ numbers[0], numbers[1] };
  for (int i = 2; i < N_CORNERS; i += 2) {
    least = (EmendPoint){ MIN (least.x, numbers[i]), MIN (least.y, numbers[i + 1]) };
    most = (EmendPoint){ MAX (most.x, numbers[i]), MAX (most.y, numbers[i + 1]) };
  }
  *box = emend_rect_from_corners (least, most);
  return line;
}

static int
detect (const char *path,
        const char *text)
{
  g_auto (EmendJsonHead) head = { 0 };
  EmendRect box;
  int n_keys = 0;

  if (parse_box (text, &box) != NULL)
    return 90;
  emend_json_head_init (&head, text);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    n_keys += emend_json_head_has (&head, 1, keys[i].name) ? 1 : 0;
  return n_keys == G_N_ELEMENTS (keys) && g_hash_table_size (head.keys) == G_N_ELEMENTS (keys) ? 80 : 0;
}

static gboolean
read_keys (EmendDocument *document,
           const char *text,
           gsize length,
           GError **error)
{
  g_autoptr (json_t) tree = emend_document_parse_json (document->path, text, length, error);

  if (tree == NULL)
    return FALSE;
  emend_document_find (document, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *plain = emend_json_to_text (json_object_get (tree, keys[i].name));
    EmendDocumentValue value = {
      .name = keys[i].name,
      .type = keys[i].type,
      .row = -1,
      .text = plain,
      .score = NAN
    };

    if (!emend_document_add_value (document, &value, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_boxes (EmendDocument *document,
            char *text,
            GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  emend_document_find (document, NULL);
  emend_document_use_pixels (document, 0);
  for (guint i = 0; lines[i] != NULL; i++) {
    const char *words;
    EmendRect box;

    g_strchomp (lines[i]);
    if (*lines[i] == '\0')
      continue;
    words = parse_box (lines[i], &box);
    if (words == NULL)
      emend_document_skip (document, i + 1, _ ("The line is not eight numbers and a text."));
    else
      emend_document_add_word (document, 0, words, &box, NAN, i);
  }
  return emend_document_give_only_words (document, "sroie", NULL, error);
}

static gboolean
read_document (EmendDocument *document,
               char *text,
               gsize length,
               GError **error)
{
  char *start = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;
  EmendRect box;

  if (strlen (text) != length)
    return emend_document_refuse (document->path, EMEND_FORMATS_ERROR_INVALID, _ ("It holds a zero byte."), error);
  if (start[strspn (start, " \t\r\n")] == '{')
    return read_keys (document, start, strlen (start), error);
  if (parse_box (start, &box) == NULL)
    return emend_document_refuse (document->path, EMEND_FORMATS_ERROR_INVALID,
                                  _ ("It holds neither boxes with text nor keys."), error);
  return read_boxes (document, start, error);
}

static const char *const suffixes[] = { ".txt", ".csv", ".json", NULL };
static const EmendDocumentReader reader = { suffixes, detect, read_document };

static void
emend_sroie_format_init (EmendFormatInterface *iface)
{
  iface->id = "sroie";
  iface->name = "SROIE";
  emend_document_format_init (iface, &reader, TRUE);
}
