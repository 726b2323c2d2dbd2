#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-format.h"

#include <glib/gi18n-lib.h>

#include "emend-formats-private.h"

/* clang-format off */
G_DEFINE_QUARK (emend_formats_error, emend_formats_error)
G_DEFINE_INTERFACE (EmendFormat, emend_format, G_TYPE_OBJECT)
/* clang-format on */

static void
emend_format_default_init (EmendFormatInterface *iface)
{
}

/**
 * emend_formats_list:
 *
 * Returns: (transfer full): all formats, in the order in which they are offered. Any thread.
 */
GListModel *
emend_formats_list (void)
{
  const GType types[] = { EMEND_TYPE_COCO, EMEND_TYPE_COCO_RESULTS, EMEND_TYPE_YOLO, EMEND_TYPE_VALUES,
                          EMEND_TYPE_VALUES_CSV, EMEND_TYPE_DOCUMENT_CSV, EMEND_TYPE_JSONL, EMEND_TYPE_AZURE,
                          EMEND_TYPE_AZURE_LABELS, EMEND_TYPE_TEXTRACT, EMEND_TYPE_PPOCRLABEL, EMEND_TYPE_HOCR,
                          EMEND_TYPE_ALTO, EMEND_TYPE_PAGE_XML, EMEND_TYPE_FUNSD, EMEND_TYPE_SROIE,
                          EMEND_TYPE_DOCILE };
  GListStore *list = g_list_store_new (EMEND_TYPE_FORMAT);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autoptr (GObject) format = g_object_new (types[i], NULL);
    g_list_store_append (list, format);
  }
  return G_LIST_MODEL (list);
}

/**
 * emend_formats_find:
 * @id: the short name of a format
 *
 * Returns: (transfer full) (nullable): the format of that name. Any thread.
 */
EmendFormat *
emend_formats_find (const char *id)
{
  g_autoptr (GListModel) list = emend_formats_list ();

  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (EmendFormat) format = g_list_model_get_item (list, i);
    if (g_str_equal (emend_format_get_id (format), id))
      return g_steal_pointer (&format);
  }
  return NULL;
}

/**
 * emend_formats_detect:
 * @path: a file or folder
 * @error: EMEND_FORMATS_ERROR_UNKNOWN
 *
 * Asks every format how sure it is. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the one that is surest
 */
EmendFormat *
emend_formats_detect (const char *path,
                      GError **error)
{
  g_autoptr (GListModel) list = emend_formats_list ();
  g_autoptr (EmendFormat) best = NULL;
  int best_score = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (EmendFormat) format = g_list_model_get_item (list, i);
    EmendFormatInterface *iface = EMEND_FORMAT_GET_IFACE (format);
    int score = iface->detect != NULL ? iface->detect (format, path) : 0;

    if (score > best_score) {
      best_score = score;
      g_set_object (&best, format);
    }
  }
  if (best == NULL) {
    g_autofree char *name = g_filename_display_name (path);

    g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_UNKNOWN,
                 _ ("“%s” is in none of the formats that can be read. Choose the format if you know it."),
                 name);
  }
  return g_steal_pointer (&best);
}

/**
 * emend_format_get_id:
 * @format: a format
 *
 * Returns: its short name, on the command line and in project files. Any thread.
 */
const char *
emend_format_get_id (EmendFormat *format)
{
  return EMEND_FORMAT_GET_IFACE (format)->id;
}

/**
 * emend_format_get_name:
 * @format: a format
 *
 * Returns: its name for people. Any thread.
 */
const char *
emend_format_get_name (EmendFormat *format)
{
  return EMEND_FORMAT_GET_IFACE (format)->name;
}

/**
 * emend_format_can_read:
 * @format: a format
 *
 * Returns: whether it can be imported. Any thread.
 */
gboolean
emend_format_can_read (EmendFormat *format)
{
  return EMEND_FORMAT_GET_IFACE (format)->read != NULL;
}

/**
 * emend_format_can_write:
 * @format: a format
 *
 * Returns: whether it can be exported. Any thread.
 */
gboolean
emend_format_can_write (EmendFormat *format)
{
  return EMEND_FORMAT_GET_IFACE (format)->write != NULL;
}

/**
 * emend_format_writes_folder:
 * @format: a format
 *
 * Returns: whether an export is a folder and not one file. Any thread.
 */
gboolean
emend_format_writes_folder (EmendFormat *format)
{
  return EMEND_FORMAT_GET_IFACE (format)->writes_folder;
}

/**
 * emend_format_get_suffix:
 * @format: a format
 *
 * Returns: (nullable): the end of its files' names, with the point. Any thread.
 */
const char *
emend_format_get_suffix (EmendFormat *format)
{
  return EMEND_FORMAT_GET_IFACE (format)->suffix;
}

/**
 * emend_format_read:
 * @format: a format that can be read
 * @paths: (array zero-terminated=1): files or folders
 * @options: how to read
 * @sink: where the records go
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_* or what the sink said
 *
 * Reads record by record, in the memory of one record and of the source's list of images. What the
 * sink has taken before a failure is for the caller to take back. Not for the main thread.
 *
 * Returns: whether all was read
 */
gboolean
emend_format_read (EmendFormat *format,
                   const char *const *paths,
                   const EmendReadOptions *options,
                   const EmendReadSink *sink,
                   GCancellable *cancellable,
                   GError **error)
{
  g_return_val_if_fail (emend_format_can_read (format), FALSE);

  return EMEND_FORMAT_GET_IFACE (format)->read (format, paths, options, sink, cancellable, error);
}

/**
 * emend_format_write:
 * @format: a format that can be written
 * @path: the new file or folder; there must be nothing of that name
 * @source: what to write
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_*, EMEND_BASE_ERROR_* or what the source said
 *
 * Under @path there is nothing before the whole is written. Not for the main thread.
 *
 * Returns: whether it stands under its name now
 */
gboolean
emend_format_write (EmendFormat *format,
                    const char *path,
                    const EmendWriteSource *source,
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (emend_format_can_write (format), FALSE);

  return EMEND_FORMAT_GET_IFACE (format)->write (format, path, source, cancellable, error);
}

/**
 * emend_format_list_labels:
 * @format: a format
 * @path: a file or folder
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_*
 *
 * Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the names of the labels in the file's own order
 */
GStrv
emend_format_list_labels (EmendFormat *format,
                          const char *path,
                          GCancellable *cancellable,
                          GError **error)
{
  EmendFormatInterface *iface = EMEND_FORMAT_GET_IFACE (format);

  if (iface->list_labels == NULL) {
    g_autofree char *name = g_filename_display_name (path);

    g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_UNKNOWN,
                 /* TRANSLATORS: a file name, then the name of a format. */
                 _ ("“%s” is in the format %s, whose files do not name their labels."), name, iface->name);
    return NULL;
  }
  return iface->list_labels (format, path, cancellable, error);
}
