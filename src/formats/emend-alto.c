#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-alto-write.h"
#include "emend-document-format.h"
#include "emend-formats-private.h"
#include "emend-number.h"
#include "emend-xml.h"

/* ALTO 2 to 4: pages of blocks, lines and strings. */
EMEND_DEFINE_FORMAT (EmendAlto, emend_alto)

typedef struct {
  EmendDocument *document;
  gboolean is_alto;
  GString *text; /* (nullable): of the element whose text is wanted */
  char *file_name;
  char *engine;
  gboolean is_tesseract;
  gboolean is_pixel;
  int page;
  guint line;
  EmendRect line_box;
  gboolean has_line_box;
} Reader;

static int
detect (const char *path,
        const char *text)
{
  return emend_xml_find_root (text, "alto") ? 95 : 0;
}

/* Sizes and places are in one unit, so their ratio needs no resolution; without sizes they must be pixels. */
static void
begin_page (Reader *reader,
            const char *const *attributes)
{
  double width = 0;
  double height = 0;

  if (reader->page < 0)
    emend_document_find (reader->document, reader->file_name);
  reader->page++;
  emend_xml_get_number (attributes, "WIDTH", &width);
  emend_xml_get_number (attributes, "HEIGHT", &height);
  if (emend_document_set_page (reader->document, reader->page, width, height))
    return;
  if (reader->is_pixel)
    emend_document_use_pixels (reader->document, reader->page);
  else
    emend_document_tell (reader->document, 0, _ ("A page has no size, so nothing on it has a place."));
}

static gboolean
get_box (const char *const *attributes,
         EmendRect *box)
{
  EmendRect found;

  if (!emend_xml_get_number (attributes, "HPOS", &found.x) || !emend_xml_get_number (attributes, "VPOS", &found.y) ||
      !emend_xml_get_number (attributes, "WIDTH", &found.width) ||
      !emend_xml_get_number (attributes, "HEIGHT", &found.height) || found.width < 0 || found.height < 0)
    return FALSE;
  *box = found;
  return TRUE;
}

/* One digit a character, where 0 is sure and 9 is not: the mean of them. */
static double
character_confidence (const char *digits)
{
  int sum = 0;
  int n = 0;

  for (; *digits != '\0'; digits++) {
    if (g_ascii_isdigit (*digits)) {
      sum += *digits - '0';
      n++;
    }
  }
  return n > 0 ? 1 - sum / 9.0 / n : NAN;
}

/* Tesseract up to 5.x prints "0." and the whole percent without a leading zero, so that 7 % reads as 0.7 and 100 % as
 * 0.100: only two digits can be trusted, see altorenderer.cpp. */
static gboolean
is_suspect (const char *text)
{
  return g_str_has_prefix (text, "0.") && strlen (text) != 4 && strcmp (text, "0.0") != 0;
}

static double
get_confidence (Reader *reader,
                const char *const *attributes)
{
  const char *text = emend_xml_get (attributes, "WC");
  const char *digits = emend_xml_get (attributes, "CC");
  double confidence = NAN;

  if (text == NULL)
    return digits != NULL ? character_confidence (digits) : NAN;
  if (reader->is_tesseract && is_suspect (text)) {
    emend_document_tell (reader->document, 0,
                         /* xgettext:no-c-format */
                         _ ("Tesseract writes confidences below 10 % and of 100 % in a way that cannot be told from "
                            "others, so these words have none."));
    return NAN;
  }
  emend_xml_get_number (attributes, "WC", &confidence);
  return confidence;
}

static void
add_string (Reader *reader,
            const char *const *attributes)
{
  const char *content = emend_xml_get (attributes, "CONTENT");
  EmendRect box = reader->line_box;

  if (content == NULL)
    return;
  if (!get_box (attributes, &box) && !reader->has_line_box) {
    emend_document_tell (reader->document, 0, _ ("A word has no place that can be used and was left out."));
    return;
  }
  emend_document_add_word (reader->document, reader->page, content, &box, get_confidence (reader, attributes),
                           reader->line);
}

static void
start (gpointer data,
       const char *name,
       const char *const *attributes)
{
  Reader *reader = data;

  reader->is_alto = reader->is_alto || g_str_equal (name, "alto");
  if (g_str_equal (name, "fileName") || g_str_equal (name, "softwareName") || g_str_equal (name, "softwareVersion") ||
      g_str_equal (name, "MeasurementUnit"))
    g_string_truncate (reader->text, 0);
  else if (g_str_equal (name, "Page"))
    begin_page (reader, attributes);
  else if (reader->page < 0)
    return;
  else if (g_str_equal (name, "TextLine")) {
    reader->line++;
    reader->has_line_box = get_box (attributes, &reader->line_box);
  } else if (g_str_equal (name, "String"))
    add_string (reader, attributes);
}

static void
end (gpointer data,
     const char *name)
{
  Reader *reader = data;
  g_autofree char *text = NULL;

  if (reader->page >= 0)
    return;
  text = g_strstrip (g_strdup (reader->text->str));
  if (g_str_equal (name, "fileName") && reader->file_name == NULL)
    reader->file_name = g_steal_pointer (&text);
  else if (g_str_equal (name, "MeasurementUnit"))
    reader->is_pixel = g_str_equal (text, "pixel");
  else if (g_str_equal (name, "softwareName") && *text != '\0') {
    g_free (reader->engine);
    reader->engine = g_steal_pointer (&text);
    reader->is_tesseract = g_ascii_strncasecmp (reader->engine, "tesseract", strlen ("tesseract")) == 0;
  }
}

static void
take_text (gpointer data,
           const char *text,
           gsize length)
{
  Reader *reader = data;

  if (reader->page < 0 && reader->text->len < 4096)
    g_string_append_len (reader->text, text, (gssize) length);
}

static gboolean
read_document (EmendDocument *document,
               char *text,
               gsize length,
               GError **error)
{
  static const EmendXmlHandler handler = { start, end, take_text };
  Reader reader = { .document = document, .text = g_string_new (NULL), .page = -1, .is_pixel = TRUE };
  gboolean done = emend_xml_parse (document->path, text, length, &handler, &reader, document->cancellable, error);

  if (done && (!reader.is_alto || reader.page < 0))
    done = emend_document_refuse (document->path, EMEND_FORMATS_ERROR_INVALID, _ ("It has no page of ALTO."), error);
  if (done)
    done = emend_document_give_only_words (document, reader.engine != NULL ? reader.engine : "alto", NULL, error);
  g_string_free (reader.text, TRUE);
  g_free (reader.file_name);
  g_free (reader.engine);
  return done;
}

static const char *const suffixes[] = { ".xml", ".alto", NULL };
static const EmendDocumentReader document_reader = { suffixes, detect, read_document };

static void
emend_alto_format_init (EmendFormatInterface *iface)
{
  iface->id = "alto";
  iface->name = "ALTO";
  iface->writes_folder = TRUE;
  iface->write = emend_alto_write;
  emend_document_format_init (iface, &document_reader, FALSE);
}
