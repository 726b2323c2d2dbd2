#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-alto-write.h"

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

static void
append_head (GString *out,
             const EmendWriteItem *item)
{
  g_string_assign (out,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\""
                   " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                   " xsi:schemaLocation=\"http://www.loc.gov/standards/alto/ns-v4#"
                   " http://www.loc.gov/standards/alto/v4/alto-4-2.xsd\">\n"
                   "  <Description>\n"
                   "    <MeasurementUnit>pixel</MeasurementUnit>\n"
                   "    <sourceImageInformation>\n"
                   "      <fileName>");
  emend_corrected_append_xml (out, item->path);
  g_string_append (out, "</fileName>\n"
                        "    </sourceImageInformation>\n"
                        "    <Processing ID=\"reviewed\">\n"
                        "      <processingStepDescription>reviewed</processingStepDescription>\n"
                        "      <processingSoftware>\n"
                        "        <softwareName>Emend</softwareName>\n"
                        "        <softwareVersion>" EMEND_VERSION "</softwareVersion>\n"
                        "      </processingSoftware>\n"
                        "    </Processing>\n"
                        "  </Description>\n"
                        "  <Layout>\n");
}

static void
append_number (GString *out,
               const char *name,
               double value)
{
  char buffer[EMEND_TEXT_DOUBLE_SIZE];

  g_string_append_printf (out, " %s=\"%s\"", name, emend_text_from_double (buffer, value));
}

static void
append_box (GString *out,
            const EmendRect *box)
{
  append_number (out, "HPOS", box->x);
  append_number (out, "VPOS", box->y);
  append_number (out, "WIDTH", box->width);
  append_number (out, "HEIGHT", box->height);
}

static void
append_word (GString *out,
             int page,
             guint number,
             const EmendCorrectedWord *word)
{
  g_string_append_printf (out, "            <String ID=\"p%d_s%u\"", page + 1, number + 1);
  append_box (out, &word->box);
  if (word->original != NULL)
    g_string_append (out, " CS=\"true\"");
  else if (isfinite (word->confidence))
    append_number (out, "WC", round (word->confidence * 10000) / 10000);
  g_string_append (out, " CONTENT=\"");
  emend_corrected_append_xml (out, word->text);
  g_string_append (out, "\"/>\n");
}

static void
append_lines (GString *out,
              int page,
              GArray *words)
{
  guint end;

  for (guint from = 0; from < words->len; from = end) {
    EmendRect box = emend_corrected_line_box (words, from, &end);

    g_string_append_printf (out, "          <TextLine ID=\"p%d_l%u\"", page + 1, from + 1);
    append_box (out, &box);
    g_string_append (out, ">\n");
    for (guint i = from; i < end; i++)
      append_word (out, page, i, &g_array_index (words, EmendCorrectedWord, i));
    g_string_append (out, "          </TextLine>\n");
  }
}

static gboolean
append_page (Writer *writer,
             const EmendWriteItem *item,
             const EmendPage *page,
             gboolean *filled,
             GError **error)
{
  g_autoptr (EmendWords) words = NULL;
  g_autoptr (GArray) corrected = NULL;
  GString *out = writer->out;
  EmendRect whole = { 0, 0, page->width, page->height };

  if (!writer->source->load_words (writer->source->data, page->number, &words, error))
    return FALSE;
  g_string_append_printf (out,
                          "    <Page ID=\"p%d\" PHYSICAL_IMG_NR=\"%d\" WIDTH=\"%d\" HEIGHT=\"%d\">\n      <PrintSpace",
                          page->number + 1, page->number + 1, page->width, page->height);
  append_box (out, &whole);
  g_string_append (out, ">\n");
  if (words != NULL)
    corrected = emend_corrected_words (writer->source, item, page->number, words);
  if (corrected != NULL && corrected->len > 0) {
    *filled = TRUE;
    g_string_append_printf (out, "        <TextBlock ID=\"p%d_b1\"", page->number + 1);
    append_box (out, &whole);
    g_string_append (out, ">\n");
    append_lines (out, page->number, corrected);
    g_string_append (out, "        </TextBlock>\n");
  }
  g_string_append (out, "      </PrintSpace>\n    </Page>\n");
  return TRUE;
}

static gboolean
write_item (gpointer data,
            const EmendWriteItem *item,
            GError **error)
{
  Writer *writer = data;
  g_autofree char *stem = emend_write_safe_path (item->path, FALSE);
  g_autofree char *name = g_strconcat (stem, ".xml", NULL);
  gboolean filled = FALSE;

  append_head (writer->out, item);
  for (guint i = 0; writer->source->load_words != NULL && i < item->pages->len; i++) {
    if (!append_page (writer, item, &g_array_index (item->pages, EmendPage, i), &filled, error))
      return FALSE;
  }
  if (!filled)
    return TRUE;
  g_string_append (writer->out, "  </Layout>\n</alto>\n");
  return emend_write_claim (writer->written, name, item, error) &&
         emend_part_folder_add (writer->folder, name, writer->out->str, writer->out->len, error);
}

/**
 * emend_alto_write:
 * @format: ALTO
 * @path: the new folder; there must be nothing of that name
 * @source: what to write
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_*, EMEND_BASE_ERROR_EXISTS or what the source said
 *
 * Writes ALTO 4 for each item whose words were read, with all its pages, in pixels. Words that a decision corrected
 * have `CS="true"` and no confidence. Not for the main thread.
 *
 * Returns: whether the folder stands under its name now
 */
gboolean
emend_alto_write (EmendFormat *format,
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
