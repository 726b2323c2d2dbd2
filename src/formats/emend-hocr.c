#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-document-format.h"
#include "emend-formats-private.h"
#include "emend-number.h"
#include "emend-xml.h"

/* hOCR 1.2: recognised text as XHTML or HTML, with what is known of an element in its `title`. */
EMEND_DEFINE_FORMAT (EmendHocr, emend_hocr)

/* Elements that are words or lines, innermost last; the parser bounds the depth. */
typedef enum {
  PART_NONE,
  PART_PAGE,
  PART_LINE,
  PART_WORD,
} Part;

typedef struct {
  EmendDocument *document;
  GArray *parts; /* (element-type guint8): what each open element is */
  gboolean asked;
  int page;
  EmendPoint origin; /* of the page's box */
  guint line;
  gboolean line_has_words;
  GString *word;
  GString *line_text;
  EmendRect word_box;
  EmendRect line_box;
  double confidence;
  char *engine;
  char *language;
} Reader;

static int
detect (const char *path,
        const char *text)
{
  if (strstr (text, "ocr_page") == NULL)
    return 0;
  return emend_xml_find_root (text, "html") ? 95 : 0;
}

/* The words of a property of `title`: "bbox 1 2 3 4; x_wconf 90". Semicolons in quotes do not end it. */
static char *
get_property (const char *title,
              const char *name)
{
  const char *at = title;

  while (at != NULL && *at != '\0') {
    const char *start = at + strspn (at, " \t\r\n;");
    char quote = '\0';
    gsize length = strlen (name);

    for (at = start; *at != '\0' && (*at != ';' || quote != '\0'); at++) {
      if (quote != '\0' && *at == quote)
        quote = '\0';
      else if (quote != '\0')
        continue;
      else if (*at == '"' || *at == '\'')
        quote = *at;
    }
    if (strncmp (start, name, length) == 0 && g_ascii_isspace (start[length])) {
      char *value = g_strndup (start + length, (gsize) (at - start) - length);
      return g_strstrip (value);
    }
  }
  return NULL;
}

static gboolean
get_numbers (const char *title,
             const char *name,
             double *numbers,
             guint n_numbers)
{
  g_autofree char *text = title != NULL ? get_property (title, name) : NULL;
  g_auto (GStrv) parts = text != NULL ? g_strsplit_set (text, " \t\r\n", 64) : NULL;
  guint n = 0;

  for (gsize i = 0; parts != NULL && parts[i] != NULL && n < n_numbers; i++) {
    if (*parts[i] == '\0')
      continue;
    if (!emend_number_parse (parts[i], strlen (parts[i]), &numbers[n]) || fabs (numbers[n]) > 1e7)
      return FALSE;
    n++;
  }
  return n == n_numbers;
}

static gboolean
get_box (const char *title,
         EmendRect *box)
{
  double c[4];

  if (!get_numbers (title, "bbox", c, 4) || c[2] < c[0] || c[3] < c[1])
    return FALSE;
  *box = (EmendRect){ c[0], c[1], c[2] - c[0], c[3] - c[1] };
  return TRUE;
}

/* The first page names the picture. Pages count as they come: `ppageno` of single files is often 0 for each. */
static void
begin_page (Reader *reader,
            const char *title)
{
  g_autofree char *image = title != NULL ? get_property (title, "image") : NULL;
  EmendRect box;

  if (image != NULL && (*image == '"' || *image == '\'')) {
    image[0] = ' ';
    if (strlen (image) > 1)
      image[strlen (image) - 1] = '\0';
    g_strstrip (image);
  }
  if (!reader->asked)
    emend_document_find (reader->document, image);
  reader->asked = TRUE;
  reader->page++;
  reader->origin = (EmendPoint){ 0, 0 };
  if (get_box (title, &box)) {
    reader->origin = (EmendPoint){ box.x, box.y };
    emend_document_set_page (reader->document, reader->page, box.width, box.height);
  } else
    emend_document_use_pixels (reader->document, reader->page);
}

static void
begin_word (Reader *reader,
            const char *title)
{
  double confidence;

  g_string_truncate (reader->word, 0);
  reader->confidence = NAN;
  reader->word_box = reader->line_box;
  get_box (title, &reader->word_box);
  if (get_numbers (title, "x_wconf", &confidence, 1) || get_numbers (title, "x_conf", &confidence, 1))
    reader->confidence = confidence / 100;
}

static void
begin_line (Reader *reader,
            const char *title)
{
  reader->line++;
  reader->line_has_words = FALSE;
  g_string_truncate (reader->line_text, 0);
  reader->line_box = (EmendRect){ 0, 0, 0, 0 };
  get_box (title, &reader->line_box);
}

static Part
part_of (const char *class)
{
  static const char *const lines[] = { "ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption",
                                       "ocr_textfloat", NULL };
  g_auto (GStrv) names = g_strsplit_set (class, " \t\r\n", 16);

  for (gsize i = 0; names[i] != NULL; i++) {
    if (g_str_equal (names[i], "ocr_page"))
      return PART_PAGE;
    if (g_str_equal (names[i], "ocrx_word"))
      return PART_WORD;
    if (g_strv_contains (lines, names[i]))
      return PART_LINE;
  }
  return PART_NONE;
}

static void
start (gpointer data,
       const char *name,
       const char *const *attributes)
{
  Reader *reader = data;
  const char *class = emend_xml_get (attributes, "class");
  const char *title = emend_xml_get (attributes, "title");
  guint8 part = class != NULL ? (guint8) part_of (class) : PART_NONE;

  if (g_ascii_strcasecmp (name, "meta") == 0 && g_strcmp0 (emend_xml_get (attributes, "name"), "ocr-system") == 0 &&
      reader->engine == NULL)
    reader->engine = g_strdup (emend_xml_get (attributes, "content"));
  if (reader->language == NULL && part == PART_NONE && g_strcmp0 (class, "ocr_par") == 0)
    reader->language = g_strdup (emend_xml_get (attributes, "lang"));
  if (part == PART_PAGE)
    begin_page (reader, title);
  else if (reader->page < 0)
    part = PART_NONE;
  else if (part == PART_LINE)
    begin_line (reader, title);
  else if (part == PART_WORD)
    begin_word (reader, title);
  g_array_append_val (reader->parts, part);
}

static void
give (Reader *reader,
      const GString *text,
      const EmendRect *box,
      double confidence)
{
  EmendRect moved = *box;

  moved.x -= reader->origin.x;
  moved.y -= reader->origin.y;
  emend_document_add_word (reader->document, reader->page, text->str, &moved, confidence, reader->line);
}

/* A line without words is taken as one piece. */
static void
end (gpointer data,
     const char *name)
{
  Reader *reader = data;
  guint8 part;

  if (reader->parts->len == 0)
    return;
  part = g_array_index (reader->parts, guint8, reader->parts->len - 1);
  g_array_set_size (reader->parts, reader->parts->len - 1);
  if (part == PART_WORD) {
    give (reader, reader->word, &reader->word_box, reader->confidence);
    reader->line_has_words = TRUE;
    g_string_truncate (reader->word, 0);
  } else if (part == PART_LINE && !reader->line_has_words)
    give (reader, reader->line_text, &reader->line_box, NAN);
}

static void
take_text (gpointer data,
           const char *text,
           gsize length)
{
  Reader *reader = data;

  for (guint i = reader->parts->len; i > 0; i--) {
    guint8 part = g_array_index (reader->parts, guint8, i - 1);

    if (part == PART_WORD || part == PART_LINE) {
      g_string_append_len (part == PART_WORD ? reader->word : reader->line_text, text, (gssize) length);
      return;
    }
  }
}

static gboolean
parse (Reader *reader,
       const char *text,
       gsize length,
       GError **error)
{
  static const EmendXmlHandler handler = { start, end, take_text };
  EmendDocument *document = reader->document;
  const char *begin = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;
  gboolean is_xml = g_str_has_prefix (begin, "<?xml") || strstr (begin, "http://www.w3.org/1999/xhtml") != NULL;

  return is_xml ? emend_xml_parse (document->path, text, length, &handler, reader, document->cancellable, error) :
                  emend_xml_parse_html (document->path, text, length, &handler, reader, document->cancellable, error);
}

static gboolean
read_document (EmendDocument *document,
               char *text,
               gsize length,
               GError **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (guint8));
  Reader reader = { .document = document, .parts = parts, .page = -1 };
  gboolean done;

  reader.word = g_string_new (NULL);
  reader.line_text = g_string_new (NULL);
  done = parse (&reader, text, length, error);
  if (done && reader.page < 0)
    done = emend_document_refuse (document->path, EMEND_FORMATS_ERROR_INVALID, _ ("It has no page of hOCR."), error);
  if (done)
    done = emend_document_give_only_words (document, reader.engine != NULL ? reader.engine : "hocr", reader.language,
                                           error);
  g_string_free (reader.word, TRUE);
  g_string_free (reader.line_text, TRUE);
  g_free (reader.engine);
  g_free (reader.language);
  return done;
}

static const char *const suffixes[] = { ".hocr", ".html", ".htm", ".xhtml", ".xml", NULL };
static const EmendDocumentReader document_reader = { suffixes, detect, read_document };

static void
emend_hocr_format_init (EmendFormatInterface *iface)
{
  iface->id = "hocr";
  iface->name = "hOCR";
  emend_document_format_init (iface, &document_reader, FALSE);
}
