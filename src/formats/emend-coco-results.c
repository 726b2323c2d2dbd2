#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-coco-read.h"
#include "emend-formats-private.h"
#include "emend-small-file.h"

/*
 * COCO results: a bare list of what a model found. It names images and categories only by the numbers of
 * an instances file, and a project does not keep another tool's numbers: so the instances file must be
 * given with it (EmendReadOptions.names_file), and nothing is guessed from file names.
 */
struct _EmendCocoResults {
  GObject parent_instance;
};

static int
emend_coco_results_detect (EmendFormat *format,
                           const char *path)
{
  g_autofree char *head = NULL;
  const char *start;

  if (!emend_small_file_read_head (path, &head))
    return 0;
  start = g_str_has_prefix (head, "\xef\xbb\xbf") ? head + 3 : head;
  start += strspn (start, " \t\r\n");
  return *start == '[' && strstr (start, "\"image_id\"") != NULL && strstr (start, "\"category_id\"") != NULL ? 95 : 0;
}

static EmendCocoTables *
read_names (const char *path,
            const EmendReadOptions *options,
            const EmendReadSink *sink,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (EmendJsonStream) stream = NULL;

  if (options->names_file == NULL) {
    g_autofree char *name = g_filename_display_name (path);

    g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION,
                 _ ("“%s” holds results that name images and categories only by number. Give the COCO instances file "
                    "with these images and categories as the file of names."),
                 name);
    return NULL;
  }
  stream = emend_json_stream_open (options->names_file, error);
  return stream != NULL ? emend_coco_tables_read (stream, options->frame, sink, cancellable, error) : NULL;
}

static gboolean
emend_coco_results_read (EmendFormat *format,
                         const char *const *paths,
                         const EmendReadOptions *options,
                         const EmendReadSink *sink,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GPtrArray) streams = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_json_stream_free);
  g_autoptr (EmendCocoTables) tables = read_names (paths[0], options, sink, cancellable, error);
  guint64 total = 0;
  guint64 done = 0;

  if (tables == NULL)
    return FALSE;
  for (gsize i = 0; paths[i] != NULL; i++) {
    EmendJsonStream *stream = emend_json_stream_open (paths[i], error);

    if (stream == NULL)
      return FALSE;
    g_ptr_array_add (streams, stream);
    total += emend_json_stream_get_size (stream);
  }
  for (guint i = 0; i < streams->len; i++) {
    EmendJsonStream *stream = g_ptr_array_index (streams, i);

    emend_json_stream_set_progress (stream, sink->progress, sink->progress_data, done, total);
    if (!emend_coco_read_records (stream, tables, TRUE, sink, cancellable, error))
      return FALSE;
    done += emend_json_stream_get_size (stream);
  }
  return TRUE;
}

static void
format_init (EmendFormatInterface *iface)
{
  iface->id = "coco-results";
  iface->name = "COCO results";
  iface->suffix = ".json";
  iface->detect = emend_coco_results_detect;
  iface->read = emend_coco_results_read;
}

/* clang-format off */
G_DEFINE_FINAL_TYPE_WITH_CODE (EmendCocoResults, emend_coco_results, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EMEND_TYPE_FORMAT, format_init))
/* clang-format on */

static void
emend_coco_results_class_init (EmendCocoResultsClass *klass)
{
}

static void
emend_coco_results_init (EmendCocoResults *results)
{
}
