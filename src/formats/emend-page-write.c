#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-page-write.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-corrected.h"
#include "emend-document-write.h"
#include "emend-part-folder.h"
#include "emend-text.h"

typedef struct {
  const EmendWriteSource *source;
  EmendPartFolder *folder;
  GHashTable *written; /* (element-type utf8 utf8) */
  GString *out;
} Writer;

/* The schema asks for times; the same state gives the same bytes, so it is always the same time. */
static void
append_head (GString *out,
             const EmendWriteItem *item,
             const EmendPage *page)
{
  g_string_assign (out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<PcGts xmlns=\"http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15\""
                        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                        " xsi:schemaLocation=\"http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
                        " http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15/pagecontent.xsd\">\n"
                        "  <Metadata>\n"
                        "    <Creator>Emend " EMEND_VERSION "</Creator>\n"
                        "    <Created>1970-01-01T00:00:00</Created>\n"
                        "    <LastChange>1970-01-01T00:00:00</LastChange>\n"
                        "  </Metadata>\n"
                        "  <Page imageFilename=\"");
  emend_corrected_append_xml (out, item->path);
  g_string_append_printf (out, "\" imageWidth=\"%d\" imageHeight=\"%d\">\n", page->width, page->height);
}

/* Whole pixels that hold the box. */
static void
append_coords (GString *out,
               const char *indent,
               const EmendRect *box)
{
  int left = (int) floor (box->x);
  int top = (int) floor (box->y);
  int right = (int) ceil (box->x + box->width);
  int bottom = (int) ceil (box->y + box->height);

  g_string_append_printf (out, "%s<Coords points=\"%d,%d %d,%d %d,%d %d,%d\"/>\n", indent, left, top, right, top, right,
                          bottom, left, bottom);
}

static void
append_text (GString *out,
             const char *attributes,
             double confidence,
             const char *text)
{
  char buffer[EMEND_TEXT_DOUBLE_SIZE];

  g_string_append_printf (out, "          <TextEquiv%s", attributes);
  if (isfinite (confidence))
    g_string_append_printf (out, " conf=\"%s\"", emend_text_from_double (buffer, round (confidence * 10000) / 10000));
  g_string_append (out, "><Unicode>");
  emend_corrected_append_xml (out, text);
  g_string_append (out, "</Unicode></TextEquiv>\n");
}

static void
append_word (GString *out,
             guint number,
             const EmendCorrectedWord *word)
{
  g_string_append_printf (out, "        <Word id=\"w%u\">\n", number + 1);
  append_coords (out, "          ", &word->box);
  if (word->original == NULL)
    append_text (out, "", word->confidence, word->text);
  else {
    append_text (out, " index=\"0\"", NAN, word->text);
    append_text (out, " index=\"1\"", word->confidence, word->original);
  }
  g_string_append (out, "        </Word>\n");
}

static void
append_lines (GString *out,
              GArray *words)
{
  guint end;

  for (guint from = 0; from < words->len; from = end) {
    EmendRect box = emend_corrected_line_box (words, from, &end);

    g_string_append_printf (out, "      <TextLine id=\"l%u\">\n", from + 1);
    append_coords (out, "        ", &box);
    for (guint i = from; i < end; i++)
      append_word (out, i, &g_array_index (words, EmendCorrectedWord, i));
    g_string_append (out, "        <TextEquiv><Unicode>");
    for (guint i = from; i < end; i++) {
      g_string_append (out, i > from ? " " : "");
      emend_corrected_append_xml (out, g_array_index (words, EmendCorrectedWord, i).text);
    }
    g_string_append (out, "</Unicode></TextEquiv>\n      </TextLine>\n");
  }
}

static gboolean
write_page (Writer *writer,
            const EmendWriteItem *item,
            const EmendPage *page,
            GError **error)
{
  g_autoptr (EmendWords) words = NULL;
  g_autoptr (GArray) corrected = NULL;
  g_autofree char *stem = emend_write_safe_path (item->path, FALSE);
  g_autofree char *name = item->pages->len > 1 ? g_strdup_printf ("%s_%04d.xml", stem, page->number + 1) :
                                                 g_strconcat (stem, ".xml", NULL);
  EmendRect whole = { 0, 0, page->width, page->height };

  if (!writer->source->load_words (writer->source->data, page->number, &words, error))
    return FALSE;
  if (words != NULL)
    corrected = emend_corrected_words (writer->source, item, page->number, words);
  if (corrected == NULL || corrected->len == 0)
    return TRUE;
  append_head (writer->out, item, page);
  g_string_append (writer->out, "    <TextRegion id=\"r1\">\n");
  append_coords (writer->out, "      ", &whole);
  append_lines (writer->out, corrected);
  g_string_append (writer->out, "    </TextRegion>\n  </Page>\n</PcGts>\n");
  return emend_write_claim (writer->written, name, item, error) &&
         emend_part_folder_add (writer->folder, name, writer->out->str, writer->out->len, error);
}

static gboolean
write_item (gpointer data,
            const EmendWriteItem *item,
            GError **error)
{
  Writer *writer = data;

  for (guint i = 0; writer->source->load_words != NULL && i < item->pages->len; i++) {
    if (!write_page (writer, item, &g_array_index (item->pages, EmendPage, i), error))
      return FALSE;
  }
  return TRUE;
}

/**
 * emend_page_write:
 * @format: PAGE XML
 * @path: the new folder; there must be nothing of that name
 * @source: what to write
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_*, EMEND_BASE_ERROR_EXISTS or what the source said
 *
 * Writes PAGE XML of 2019 for each page whose words were read. A word that a decision corrected has the right text with
 * the index 0 and what was read with the index 1. Not for the main thread.
 *
 * Returns: whether the folder stands under its name now
 */
gboolean
emend_page_write (EmendFormat *format,
                  const char *path,
                  const EmendWriteSource *source,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (EmendPartFolder) folder = emend_part_folder_new (path, error);
  g_autoptr (GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GString) out = g_string_new (NULL);
  Writer writer = { source, folder, written, out };

  return folder != NULL && emend_write_each (source, write_item, &writer, cancellable, error) &&
         emend_part_folder_commit (folder, error);
}
