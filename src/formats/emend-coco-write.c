#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-coco-write.h"

#include <errno.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "emend-part-file.h"

#define BUFFER_SIZE ((gsize) 64 * 1024)

/* The list of images comes before that of annotations, and both are written while the items pass by once:
 * the annotations go to a second file and are appended at the end. */
typedef struct {
  const EmendWriteSource *source;
  const char *path;
  EmendPartFile *part;
  EmendPartFile *tail;
  GString *images;
  GString *annotations;
  gint64 n_images;
  gint64 n_annotations;
} Writer;

static gboolean
flush (EmendPartFile *part,
       GString *buffer,
       gsize limit,
       GError **error)
{
  if (buffer->len <= limit)
    return TRUE;
  if (!emend_part_file_write (part, buffer->str, buffer->len, error))
    return FALSE;
  g_string_truncate (buffer, 0);
  return TRUE;
}

static void
append_category (GString *out,
                 const EmendLabel *label)
{
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (out, FALSE);

  emend_json_begin_object (writer);
  emend_json_key (writer, "id");
  emend_json_int (writer, label->id);
  emend_json_key (writer, "name");
  emend_json_string (writer, label->name);
  emend_json_key (writer, "supercategory");
  emend_json_string (writer, "");
  emend_json_end_object (writer);
}

static void
append_head (Writer *writer)
{
  g_string_append (writer->images,
                   "{\n\"info\": {\"description\":\"Reviewed with Emend\",\"version\":\"" EMEND_VERSION "\"},\n"
                   "\"licenses\": [],\n\"categories\": [");
  for (gsize i = 0; i < emend_schema_get_n_labels (writer->source->schema); i++) {
    g_string_append (writer->images, i > 0 ? ",\n" : "\n");
    append_category (writer->images, emend_schema_get_label (writer->source->schema, i));
  }
  g_string_append (writer->images, "\n],\n\"images\": [");
  g_string_append (writer->annotations, "\n],\n\"annotations\": [");
}

static void
append_image (Writer *writer,
              const EmendWriteItem *item)
{
  g_autoptr (EmendJsonWriter) json = emend_json_writer_new (writer->images, FALSE);

  g_string_append (writer->images, writer->n_images > 0 ? ",\n" : "\n");
  writer->n_images++;
  emend_json_begin_object (json);
  emend_json_key (json, "id");
  emend_json_int (json, writer->n_images);
  emend_json_key (json, "file_name");
  emend_json_string (json, item->path);
  emend_json_key (json, "width");
  emend_json_int (json, item->width);
  emend_json_key (json, "height");
  emend_json_int (json, item->height);
  if (writer->source->all) {
    emend_json_key (json, "emend");
    emend_json_begin_object (json);
    emend_json_key (json, "done");
    emend_json_bool (json, item->reviewed);
    emend_json_end_object (json);
  }
  emend_json_end_object (json);
}

static void
append_mark (Writer *writer,
             const EmendWriteItem *item,
             const EmendMark *mark)
{
  g_autoptr (EmendJsonWriter) json = emend_json_writer_new (writer->annotations, FALSE);

  g_string_append (writer->annotations, writer->n_annotations > 0 ? ",\n" : "\n");
  writer->n_annotations++;
  emend_json_begin_object (json);
  emend_json_key (json, "id");
  emend_json_int (json, writer->n_annotations);
  emend_json_key (json, "image_id");
  emend_json_int (json, writer->n_images);
  emend_coco_write_record (json, item, mark, writer->source->all);
  emend_json_end_object (json);
}

/* The format knows things with a label; a value of a field would be of a category that is not listed. */
static gboolean
is_thing (Writer *writer,
          const EmendWriteItem *item,
          guint index)
{
  int label = emend_mark_get_label (g_ptr_array_index (item->marks, index));

  return emend_schema_find_label (writer->source->schema, label) != NULL;
}

static gboolean
has_things (Writer *writer,
            const EmendWriteItem *item)
{
  for (guint i = 0; i < item->marks->len; i++) {
    if (is_thing (writer, item, i))
      return TRUE;
  }
  return FALSE;
}

static gboolean
write_item (Writer *writer,
            const EmendWriteItem *item,
            GError **error)
{
  /* An image in the list without annotations means that nothing is there; nobody said that of this one. */
  if (!writer->source->all && !item->reviewed && !has_things (writer, item))
    return TRUE;
  append_image (writer, item);
  for (guint i = 0; i < item->marks->len; i++) {
    if (!is_thing (writer, item, i))
      continue;
    append_mark (writer, item, g_ptr_array_index (item->marks, i));
    if (!flush (writer->tail, writer->annotations, BUFFER_SIZE, error))
      return FALSE;
  }
  return flush (writer->part, writer->images, BUFFER_SIZE, error);
}

static gboolean
write_items (Writer *writer,
             GCancellable *cancellable,
             GError **error)
{
  const EmendWriteSource *source = writer->source;
  EmendWriteItem item;
  guint64 done = 0;
  g_autoptr (GError) problem = NULL;

  while (source->next (source->data, &item, &problem)) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !write_item (writer, &item, error))
      return FALSE;
    if (source->progress != NULL)
      source->progress (++done, source->n_items, source->progress_data);
  }
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  return TRUE;
}

static gboolean
append_tail (Writer *writer,
             GError **error)
{
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  off_t offset = 0;

  g_string_append (writer->annotations, "\n]\n}\n");
  if (!flush (writer->part, writer->images, 0, error) || !flush (writer->tail, writer->annotations, 0, error))
    return FALSE;
  for (;;) {
    ssize_t size = pread (emend_part_file_get_fd (writer->tail), buffer, BUFFER_SIZE, offset);

    if (size < 0 && errno == EINTR)
      continue;
    if (size < 0) {
      g_autofree char *name = g_filename_display_name (writer->path);
      g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_IO,
                   _ ("The file “%s” could not be written: %s. Nothing was changed under that name."), name,
                   g_strerror (errno));
      return FALSE;
    }
    if (size == 0)
      return TRUE;
    if (!emend_part_file_write (writer->part, buffer, (gsize) size, error))
      return FALSE;
    offset += size;
  }
}

/**
 * emend_coco_write_file:
 * @path: the new file; there must be nothing of that name
 * @source: what to write
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_IO, EMEND_BASE_ERROR_* or what the source said
 *
 * Writes COCO instances. The same state gives the same bytes: items in the source's order, images and
 * annotations numbered from 1, categories by the numbers of the labels, no time of writing. In
 * the memory of one item. Not for the main thread.
 *
 * Returns: whether the file stands under its name now
 */
gboolean
emend_coco_write_file (const char *path,
                       const EmendWriteSource *source,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *tail_path = g_strconcat (path, ".annotations", NULL);
  g_autoptr (EmendPartFile) part = emend_part_file_new (path, error);
  g_autoptr (EmendPartFile) tail = part != NULL ? emend_part_file_new (tail_path, error) : NULL;
  g_autoptr (GString) images = g_string_new (NULL);
  g_autoptr (GString) annotations = g_string_new (NULL);
  Writer writer = {
    .source = source,
    .path = path,
    .part = part,
    .tail = tail,
    .images = images,
    .annotations = annotations
  };

  if (tail == NULL)
    return FALSE;
  append_head (&writer);
  return write_items (&writer, cancellable, error) && append_tail (&writer, error) &&
         emend_part_file_commit (part, FALSE, error);
}
