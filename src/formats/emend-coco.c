#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-coco-read.h"
#include "emend-coco-write.h"
#include "emend-formats-private.h"
#include "emend-small-file.h"

/* COCO instances: one object with the lists `images`, `categories` and `annotations`. */
struct _EmendCoco {
  GObject parent_instance;
};

static int
emend_coco_detect (EmendFormat *format,
                   const char *path)
{
  g_autofree char *head = NULL;
  const char *start;

  if (!emend_small_file_read_head (path, &head))
    return 0;
  start = g_str_has_prefix (head, "\xef\xbb\xbf") ? head + 3 : head;
  start += strspn (start, " \t\r\n");
  if (*start != '{')
    return 0;
  if (strstr (start, "\"images\"") == NULL && strstr (start, "\"annotations\"") == NULL &&
      strstr (start, "\"categories\"") == NULL)
    return 0;
  return strstr (start, "\"image_id\"") != NULL || strstr (start, "\"file_name\"") != NULL ||
             strstr (start, "\"supercategory\"") != NULL ?
           90 :
           40;
}

/* An image that is listed and has no annotation was looked at, and nothing is there. */
static gboolean
tell_empty (const EmendCocoTables *tables,
            const EmendReadSink *sink,
            GError **error)
{
  for (guint i = 0; i < tables->images->len; i++) {
    const EmendCocoImage *image = &g_array_index (tables->images, EmendCocoImage, i);

    if (image->at.item != 0 && !image->used && !sink->reviewed_empty (sink->data, image->at.item, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
emend_coco_read (EmendFormat *format,
                 const char *const *paths,
                 const EmendReadOptions *options,
                 const EmendReadSink *sink,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GPtrArray) streams = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_json_stream_free);
  guint64 total = 0;
  guint64 done = 0;

  for (gsize i = 0; paths[i] != NULL; i++) {
    EmendJsonStream *stream = emend_json_stream_open (paths[i], error);

    if (stream == NULL)
      return FALSE;
    g_ptr_array_add (streams, stream);
    total += 2 * emend_json_stream_get_size (stream);
  }
  for (guint i = 0; i < streams->len; i++) {
    EmendJsonStream *stream = g_ptr_array_index (streams, i);
    g_autoptr (EmendCocoTables) tables = NULL;

    emend_json_stream_set_progress (stream, sink->progress, sink->progress_data, done, total);
    tables = emend_coco_tables_read (stream, options->frame, sink, cancellable, error);
    if (tables == NULL)
      return FALSE;
    done += emend_json_stream_get_size (stream);
    emend_json_stream_set_progress (stream, sink->progress, sink->progress_data, done, total);
    if (!emend_coco_read_records (stream, tables, FALSE, sink, cancellable, error))
      return FALSE;
    done += emend_json_stream_get_size (stream);
    if (tables->has_annotations && !tell_empty (tables, sink, error))
      return FALSE;
  }
  return TRUE;
}

static GStrv
list_labels (EmendFormat *format,
             const char *path,
             GCancellable *cancellable,
             GError **error)
{
  return emend_coco_list_labels (path, cancellable, error);
}

static gboolean
emend_coco_write (EmendFormat *format,
                  const char *path,
                  const EmendWriteSource *source,
                  GCancellable *cancellable,
                  GError **error)
{
  return emend_coco_write_file (path, source, cancellable, error);
}

static void
format_init (EmendFormatInterface *iface)
{
  iface->id = "coco";
  iface->name = "COCO";
  iface->suffix = ".json";
  iface->detect = emend_coco_detect;
  iface->read = emend_coco_read;
  iface->write = emend_coco_write;
  iface->list_labels = list_labels;
}

/* clang-format off */
G_DEFINE_FINAL_TYPE_WITH_CODE (EmendCoco, emend_coco, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EMEND_TYPE_FORMAT, format_init))
/* clang-format on */

static void
emend_coco_class_init (EmendCocoClass *klass)
{
}

static void
emend_coco_init (EmendCoco *coco)
{
}
