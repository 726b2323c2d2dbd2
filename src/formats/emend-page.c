#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-document-format.h"
#include "emend-formats-private.h"
#include "emend-number.h"
#include "emend-page-write.h"
#include "emend-xml.h"

/* PAGE XML (PcGts), 2009 to 2024: one page with regions, lines, words and glyphs, in pixels of its picture. */
EMEND_DEFINE_FORMAT (EmendPageXml, emend_page_xml)

/* A line or word while it is open. */
typedef struct {
  gboolean is_open;
  gboolean has_box;
  gboolean has_parts; /* a line: it has words */
  EmendPoint least;
  EmendPoint most;
  double index; /* of the text that is kept; the lowest counts */
  double confidence;
  GString *text;
} Part;

typedef struct {
  EmendDocument *document;
  gboolean is_page;
  gboolean has_page;
  Part line;
  Part word;
  int glyphs; /* open glyphs and what else has text and places of its own below a word */
  guint number;
  double index; /* of the text that is read */
  double confidence;
  GString *unicode; /* of it */
  gboolean in_unicode;
  char *creator;
} Reader;

static int
detect (const char *path,
        const char *text)
{
  return emend_xml_find_root (text, "PcGts") ? 95 : 0;
}

static void
open_part (Part *part)
{
  part->is_open = TRUE;
  part->has_box = part->has_parts = FALSE;
  part->index = INFINITY;
  part->confidence = NAN;
  g_string_truncate (part->text, 0);
}

/* The innermost line or word that is open; %NULL inside a glyph. */
static Part *
current_part (Reader *reader)
{
  if (reader->glyphs > 0)
    return NULL;
  return reader->word.is_open ? &reader->word : reader->line.is_open ? &reader->line :
                                                                       NULL;
}

static void
add_point (Reader *reader,
           double x,
           double y)
{
  Part *part = current_part (reader);

  if (part == NULL || fabs (x) > 1e7 || fabs (y) > 1e7)
    return;
  part->least = part->has_box ? (EmendPoint){ MIN (part->least.x, x), MIN (part->least.y, y) } : (EmendPoint){ x, y };
  part->most = part->has_box ? (EmendPoint){ MAX (part->most.x, x), MAX (part->most.y, y) } : (EmendPoint){ x, y };
  part->has_box = TRUE;
}

/* "x,y x,y …" */
static void
add_points (Reader *reader,
            const char *text)
{
  while (*text != '\0') {
    gsize x_length = strcspn (text, ",");
    const char *y_text = text + x_length + 1;
    gsize y_length;
    double x;
    double y;

    if (text[x_length] != ',')
      return;
    y_length = strcspn (y_text, " \t\r\n");
    if (!emend_number_parse (text, x_length, &x) || !emend_number_parse (y_text, y_length, &y))
      return;
    add_point (reader, x, y);
    text = y_text + y_length;
    text += strspn (text, " \t\r\n");
  }
}

static void
begin_page (Reader *reader,
            const char *const *attributes)
{
  double width = 0;
  double height = 0;

  reader->has_page = TRUE;
  emend_document_find (reader->document, emend_xml_get (attributes, "imageFilename"));
  emend_xml_get_number (attributes, "imageWidth", &width);
  emend_xml_get_number (attributes, "imageHeight", &height);
  if (!emend_document_set_page (reader->document, 0, width, height))
    emend_document_use_pixels (reader->document, 0);
}

/* The text without an index counts as the first. */
static void
begin_text (Reader *reader,
            const char *const *attributes)
{
  reader->index = -1;
  reader->confidence = NAN;
  emend_xml_get_number (attributes, "index", &reader->index);
  emend_xml_get_number (attributes, "conf", &reader->confidence);
}

static void
start (gpointer data,
       const char *name,
       const char *const *attributes)
{
  Reader *reader = data;
  const char *points = emend_xml_get (attributes, "points");
  double x;
  double y;

  reader->is_page = reader->is_page || g_str_equal (name, "PcGts");
  if (g_str_equal (name, "Creator"))
    g_string_truncate (reader->unicode, 0);
  if (g_str_equal (name, "Page") && !reader->has_page)
    begin_page (reader, attributes);
  else if (g_str_equal (name, "TextLine")) {
    reader->number++;
    open_part (&reader->line);
  } else if (g_str_equal (name, "Word")) {
    reader->line.has_parts = TRUE;
    open_part (&reader->word);
  } else if (g_str_equal (name, "Glyph"))
    reader->glyphs++;
  else if (g_str_equal (name, "Coords") && points != NULL)
    add_points (reader, points);
  else if (g_str_equal (name, "Point") && emend_xml_get_number (attributes, "x", &x) &&
           emend_xml_get_number (attributes, "y", &y))
    add_point (reader, x, y);
  else if (g_str_equal (name, "TextEquiv"))
    begin_text (reader, attributes);
  else if (g_str_equal (name, "Unicode")) {
    reader->in_unicode = TRUE;
    g_string_truncate (reader->unicode, 0);
  }
}

static void
keep_text (Reader *reader)
{
  Part *part = current_part (reader);

  reader->in_unicode = FALSE;
  if (part == NULL || !(reader->index < part->index))
    return;
  part->index = reader->index;
  part->confidence = reader->confidence;
  g_string_assign (part->text, reader->unicode->str);
}

static void
close_part (Reader *reader,
            Part *part)
{
  EmendRect box = emend_rect_from_corners (part->least, part->most);

  part->is_open = FALSE;
  if (!reader->has_page || part->has_parts || part->text->len == 0)
    return;
  if (part->has_box)
    emend_document_add_word (reader->document, 0, part->text->str, &box, part->confidence, reader->number);
  else
    emend_document_tell (reader->document, 0, _ ("A word has no place that can be used and was left out."));
}

static void
end (gpointer data,
     const char *name)
{
  Reader *reader = data;

  if (g_str_equal (name, "Unicode"))
    keep_text (reader);
  else if (g_str_equal (name, "Word") && reader->word.is_open)
    close_part (reader, &reader->word);
  else if (g_str_equal (name, "TextLine") && reader->line.is_open)
    close_part (reader, &reader->line);
  else if (g_str_equal (name, "Glyph"))
    reader->glyphs--;
  else if (g_str_equal (name, "Creator") && reader->creator == NULL && reader->unicode->len > 0)
    reader->creator = g_strstrip (g_strdup (reader->unicode->str));
}

static void
take_text (gpointer data,
           const char *text,
           gsize length)
{
  Reader *reader = data;

  if (reader->in_unicode || !reader->has_page)
    g_string_append_len (reader->unicode, text, (gssize) length);
}

static gboolean
read_document (EmendDocument *document,
               char *text,
               gsize length,
               GError **error)
{
  static const EmendXmlHandler handler = { start, end, take_text };
  Reader reader = { .document = document };
  gboolean done;

  reader.unicode = g_string_new (NULL);
  reader.line.text = g_string_new (NULL);
  reader.word.text = g_string_new (NULL);
  done = emend_xml_parse (document->path, text, length, &handler, &reader, document->cancellable, error);
  if (done && (!reader.is_page || !reader.has_page))
    done = emend_document_refuse (document->path, EMEND_FORMATS_ERROR_INVALID, _ ("It has no page of PAGE XML."),
                                  error);
  if (done)
    done = emend_document_give_only_words (document, reader.creator != NULL ? reader.creator : "page", NULL, error);
  g_string_free (reader.unicode, TRUE);
  g_string_free (reader.line.text, TRUE);
  g_string_free (reader.word.text, TRUE);
  g_free (reader.creator);
  return done;
}

static const char *const suffixes[] = { ".xml", ".page", NULL };
static const EmendDocumentReader document_reader = { suffixes, detect, read_document };

static void
emend_page_xml_format_init (EmendFormatInterface *iface)
{
  iface->id = "page";
  iface->name = "PAGE XML";
  iface->writes_folder = TRUE;
  iface->write = emend_page_write;
  emend_document_format_init (iface, &document_reader, FALSE);
}
