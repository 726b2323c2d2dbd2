#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-picture.h"

#include <string.h>

#include <glib/gstdio.h>

#include "emend-disk-cache-private.h"
#include "emend-loader-private.h"
#include "emend-part-file.h"
#include "emend-queue-private.h"

/* So many failed pictures are remembered, and then all forgotten. */
#define MAX_FAILED 10000
#define QUALITY 88
/* All thumbnails of a folder together; looked at with the first and then with every thousandth. */
#define FOLDER_LIMIT ((guint64) 512 * 1024 * 1024)
#define STORES_PER_TRIM 1000

/* What the threads remember while the thumbnailer lives. */
typedef struct {
  gatomicrefcount references;
  GMutex lock;
  GHashTable *errors; /* name of the thumbnail to GError */
  int stored;         /* atomic: thumbnails written */
} Session;

struct _EmendThumbnailer {
  GObject parent;

  char *folder;
  Session *session;
};

/* One request, as a thread reads it. */
typedef struct {
  char *folder;
  Session *session;
  char *path;
  int width;
  int height;
} Request;

G_DEFINE_FINAL_TYPE (EmendThumbnailer, emend_thumbnailer, G_TYPE_OBJECT)

static Session *
session_new (void)
{
  Session *session = g_new0 (Session, 1);

  g_atomic_ref_count_init (&session->references);
  g_mutex_init (&session->lock);
  session->errors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_error_free);
  return session;
}

static Session *
session_ref (Session *session)
{
  g_atomic_ref_count_inc (&session->references);
  return session;
}

static void
session_unref (Session *session)
{
  if (!g_atomic_ref_count_dec (&session->references))
    return;
  g_hash_table_unref (session->errors);
  g_mutex_clear (&session->lock);
  g_free (session);
}

static GError *
session_find (Session *session,
              const char *name)
{
  g_mutex_lock (&session->lock);
  const GError *found = g_hash_table_lookup (session->errors, name);
  GError *error = found != NULL ? g_error_copy (found) : NULL;
  g_mutex_unlock (&session->lock);
  return error;
}

static void
session_add (Session *session,
             const char *name,
             const GError *error)
{
  g_mutex_lock (&session->lock);
  if (g_hash_table_size (session->errors) >= MAX_FAILED)
    g_hash_table_remove_all (session->errors);
  g_hash_table_replace (session->errors, g_strdup (name), g_error_copy (error));
  g_mutex_unlock (&session->lock);
}

static void
request_free (Request *request)
{
  g_free (request->folder);
  session_unref (request->session);
  g_free (request->path);
  g_free (request);
}

static void
emend_thumbnailer_finalize (GObject *object)
{
  EmendThumbnailer *thumbnailer = EMEND_THUMBNAILER (object);

  g_clear_pointer (&thumbnailer->session, session_unref);
  g_free (thumbnailer->folder);
  G_OBJECT_CLASS (emend_thumbnailer_parent_class)->finalize (object);
}

static void
emend_thumbnailer_class_init (EmendThumbnailerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = emend_thumbnailer_finalize;
}

static void
emend_thumbnailer_init (EmendThumbnailer *thumbnailer)
{
  thumbnailer->session = session_new ();
}

/**
 * emend_thumbnailer_new:
 * @cache_folder: (nullable): where thumbnails are kept; %NULL for the user's cache folder
 *
 * Main thread.
 *
 * Returns: (transfer full): a thumbnailer
 */
EmendThumbnailer *
emend_thumbnailer_new (const char *cache_folder)
{
  EmendThumbnailer *thumbnailer = g_object_new (EMEND_TYPE_THUMBNAILER, NULL);

  if (cache_folder != NULL)
    thumbnailer->folder = g_strdup (cache_folder);
  else
    thumbnailer->folder = g_build_filename (g_get_user_cache_dir (), "emend", "thumbnails", NULL);
  return thumbnailer;
}

static void
write_file (const char *path,
            gconstpointer data,
            gsize size)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  /* Without a place to keep it, the thumbnail is made again next time. */
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_debug ("No folder for thumbnails");
    return;
  }
  g_autoptr (EmendPartFile) part = emend_part_file_new (path, &error);
  if (part == NULL || !emend_part_file_write (part, data, size, &error) ||
      !emend_part_file_commit (part, TRUE, &error))
    g_debug ("A thumbnail was not kept: %s", error->message);
}

static void
store (const char *path,
       const EmendPixmap *pixmap)
{
  gsize n = (gsize) pixmap->width * (gsize) pixmap->height;
  g_autofree guint8 *rgb = g_malloc_n (n, 3);
  g_autoptr (VipsImage) image = NULL;
  void *data = NULL;
  size_t size;

  for (gsize i = 0; i < n; i++) {
    rgb[3 * i] = pixmap->data[4 * i + 2];
    rgb[3 * i + 1] = pixmap->data[4 * i + 1];
    rgb[3 * i + 2] = pixmap->data[4 * i];
  }
  image = vips_image_new_from_memory (rgb, n * 3, pixmap->width, pixmap->height, 3, VIPS_FORMAT_UCHAR);
  if (image == NULL || vips_jpegsave_buffer (image, &data, &size, "Q", QUALITY, "strip", TRUE, NULL) != 0) {
    vips_error_clear ();
    return;
  }
  write_file (path, data, size);
  g_free (data);
}

static EmendPixmap *
get (const Request *request,
     GCancellable *cancellable,
     GError **error)
{
  g_autofree char *detail = g_strdup_printf ("%dx%d", request->width, request->height);
  g_autofree char *name = emend_disk_cache_name (request->path, detail);
  EmendPixmap *pixmap;

  /* There is no such file; this says so. */
  if (name == NULL)
    return emend_image_decode (request->path, 0, request->width, request->height, cancellable, error);

  g_autofree char *file = g_strconcat (name + 2, ".jpg", NULL);
  g_autofree char *part = g_strndup (name, 2);
  g_autofree char *path = g_build_filename (request->folder, part, file, NULL);
  g_autoptr (GError) local = session_find (request->session, name);

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  /* A thumbnail that is damaged is as good as none. */
  pixmap = emend_image_decode (path, 0, request->width, request->height, cancellable, NULL);
  if (pixmap != NULL) {
    emend_disk_cache_touch (path);
    return pixmap;
  }

  pixmap = emend_image_decode (request->path, 0, request->width, request->height, cancellable, &local);
  if (pixmap != NULL) {
    if (g_atomic_int_add (&request->session->stored, 1) % STORES_PER_TRIM == 0)
      emend_disk_cache_trim (request->folder, FOLDER_LIMIT);
    store (path, pixmap);
    return pixmap;
  }
  if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    session_add (request->session, name, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static void
get_worker (gpointer data,
            GCancellable *job_cancellable)
{
  GTask *task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  EmendPixmap *pixmap = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    pixmap = get (g_task_get_task_data (task), cancellable, &error);
  if (pixmap != NULL)
    g_task_return_pointer (task, pixmap, (GDestroyNotify) emend_pixmap_unref);
  else
    g_task_return_error (task, error);
}

/**
 * emend_thumbnailer_get_async:
 * @thumbnailer: a thumbnailer
 * @path: an image file
 * @width: the thumbnail is at most this wide, in pixels
 * @height: the thumbnail is at most this high
 * @cancellable: (nullable): to drop the request
 * @callback: called when it is made
 * @user_data: for @callback
 *
 * Main thread.
 */
void
emend_thumbnailer_get_async (EmendThumbnailer *thumbnailer,
                             const char *path,
                             int width,
                             int height,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (EMEND_IS_THUMBNAILER (thumbnailer));
  g_return_if_fail (path != NULL);
  g_return_if_fail (width > 0 && height > 0);

  g_autoptr (GTask) task = g_task_new (thumbnailer, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);
  request->folder = g_strdup (thumbnailer->folder);
  request->session = session_ref (thumbnailer->session);
  request->path = g_strdup (path);
  request->width = width;
  request->height = height;
  g_task_set_source_tag (task, (gpointer) (guintptr) emend_thumbnailer_get_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  emend_job_unref (emend_job_start (EMEND_PRIORITY_THUMBNAIL, get_worker, g_object_ref (task), g_object_unref));
}

/**
 * emend_thumbnailer_get_finish:
 * @thumbnailer: a thumbnailer
 * @result: what the callback was given
 * @error: (out) (optional): an #EmendMediaError or %G_IO_ERROR_CANCELLED
 *
 * Main thread.
 *
 * Returns: (transfer full) (nullable): the thumbnail
 */
EmendPixmap *
emend_thumbnailer_get_finish (EmendThumbnailer *thumbnailer,
                              GAsyncResult *result,
                              GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, thumbnailer), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
