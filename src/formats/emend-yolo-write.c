#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-yolo-write.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-part-folder.h"
#include "emend-text.h"

typedef struct {
  const EmendWriteSource *source;
  EmendPartFolder *folder;
  GHashTable *classes; /* (element-type gint guint): class number + 1 by label number */
  GHashTable *written; /* (element-type utf8 utf8): item path by label path */
  GString *text;
} Writer;

/* Class numbers count the labels in the schema's order, from 0. */
static gboolean
write_names (Writer *writer,
             GError **error)
{
  g_autoptr (GString) text = g_string_new ("# Reviewed with Emend " EMEND_VERSION "\npath: .\ntrain: images\nval: "
                                           "images\n");
  gsize n_labels = emend_schema_get_n_labels (writer->source->schema);

  g_string_append_printf (text, "nc: %" PRIuPTR "\nnames:%s\n", n_labels, n_labels == 0 ? " []" : "");
  for (gsize i = 0; i < n_labels; i++) {
    const EmendLabel *label = emend_schema_get_label (writer->source->schema, i);
    g_autoptr (EmendJsonWriter) quoted = emend_json_writer_new (text, FALSE);

    /* A JSON string is a YAML string too. */
    g_string_append_printf (text, "  %" PRIuPTR ": ", i);
    emend_json_string (quoted, label->name);
    g_string_append_c (text, '\n');
    g_hash_table_insert (writer->classes, GINT_TO_POINTER (label->id), GUINT_TO_POINTER (i + 1));
  }
  return emend_part_folder_add (writer->folder, "data.yaml", text->str, text->len, error);
}

/**
 * emend_yolo_write_label_path:
 * @item_path: of an item, relative to the project's folder
 *
 * The last folder `images` becomes `labels`; without one, `labels` is put before the path. What leads out of
 * the folder is left out. Any thread.
 *
 * Returns: (transfer full): path of its file with labels in the exported folder
 */
char *
emend_yolo_write_label_path (const char *item_path)
{
  g_auto (GStrv) parts = g_strsplit (item_path, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autofree char *path = NULL;
  gboolean swapped = FALSE;
  char *dot;

  for (gsize i = 0; parts[i] != NULL; i++) {
    if (*parts[i] != '\0' && !g_str_equal (parts[i], ".") && !g_str_equal (parts[i], ".."))
      g_ptr_array_add (kept, parts[i]);
  }
  for (guint i = kept->len > 0 ? kept->len - 1 : 0; i > 0 && !swapped; i--) {
    swapped = g_str_equal (kept->pdata[i - 1], "images");
    if (swapped)
      kept->pdata[i - 1] = (gpointer) "labels";
  }
  g_ptr_array_add (kept, NULL);
  path = g_strjoinv ("/", (char **) kept->pdata);
  dot = strrchr (path, '.');
  if (dot != NULL && dot != path && dot[-1] != '/' && strchr (dot, '/') == NULL)
    *dot = '\0';
  return g_strconcat (swapped ? "" : "labels/", path, ".txt", NULL);
}

static void
append_part (GString *text,
             double value,
             int size)
{
  char buffer[EMEND_TEXT_DOUBLE_SIZE];

  g_string_append_c (text, ' ');
  g_string_append (text, emend_text_from_double (buffer, CLAMP (value / size, 0, 1)));
}

static void
append_box (GString *text,
            const EmendWriteItem *item,
            const EmendRect *box)
{
  EmendRect page = { 0, 0, item->width, item->height };
  EmendRect clipped = *box;

  if (box->x < 0 || box->y < 0 || box->x + box->width > page.width || box->y + box->height > page.height)
    clipped = emend_rect_intersect (box, &page);
  append_part (text, clipped.x + clipped.width / 2, item->width);
  append_part (text, clipped.y + clipped.height / 2, item->height);
  append_part (text, clipped.width, item->width);
  append_part (text, clipped.height, item->height);
}

static void
append_mark (Writer *writer,
             const EmendWriteItem *item,
             const EmendMark *mark)
{
  const EmendShape *shape = emend_mark_get_shape (mark);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (writer->classes,
                                                        GINT_TO_POINTER (emend_mark_get_label (mark))));

  g_string_append_printf (writer->text, "%u", number - 1);
  if (shape->kind == EMEND_SHAPE_POLYGON && emend_shape_get_n_rings (shape) == 1) {
    gsize n_points;
    const EmendPoint *points = emend_shape_get_ring (shape, 0, &n_points);

    for (gsize i = 0; i < n_points; i++) {
      append_part (writer->text, points[i].x, item->width);
      append_part (writer->text, points[i].y, item->height);
    }
  } else
    append_box (writer->text, item, &shape->box);
  if (mark->annotation == NULL && isfinite (emend_mark_get_score (mark))) {
    char buffer[EMEND_TEXT_DOUBLE_SIZE];

    /* Always with a point, so that it cannot be taken for the number of a track. */
    emend_text_from_double (buffer, emend_mark_get_score (mark));
    if (strchr (buffer, 'e') != NULL)
      g_ascii_formatd (buffer, sizeof buffer, "%.15f", emend_mark_get_score (mark));
    g_string_append_printf (writer->text, " %s%s", buffer, strchr (buffer, '.') == NULL ? ".0" : "");
  }
  g_string_append_c (writer->text, '\n');
}

static gboolean
claim_name (Writer *writer,
            const char *label_path,
            const EmendWriteItem *item,
            GError **error)
{
  const char *other = g_hash_table_lookup (writer->written, label_path);

  if (other == NULL) {
    g_hash_table_insert (writer->written, g_strdup (label_path), g_strdup (item->path));
    return TRUE;
  }
  g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID,
               _ ("YOLO names labels by the image's name without its ending, so “%s” and “%s” would share one file. "
                  "Export them apart, with a filter. Nothing was written."),
               other, item->path);
  return FALSE;
}

/* Whether YOLO can say it: it knows no rejected proposals, and one page of each file. */
static gboolean
is_written (const EmendMark *mark)
{
  return emend_mark_get_value (mark) == NULL && emend_mark_get_verdict (mark) != EMEND_VERDICT_REJECTED &&
         emend_mark_get_page (mark) == 0;
}

static gboolean
write_item (Writer *writer,
            const EmendWriteItem *item,
            GError **error)
{
  g_autofree char *label_path = NULL;

  g_string_truncate (writer->text, 0);
  for (guint i = 0; i < item->marks->len && item->width > 0 && item->height > 0; i++) {
    const EmendMark *mark = g_ptr_array_index (item->marks, i);
    if (is_written (mark))
      append_mark (writer, item, mark);
  }
  /* An empty file says that nothing is there; no file says nothing. */
  if (writer->text->len == 0 && !item->reviewed)
    return TRUE;
  label_path = emend_yolo_write_label_path (item->path);
  return claim_name (writer, label_path, item, error) &&
         emend_part_folder_add (writer->folder, label_path, writer->text->str, writer->text->len, error);
}

static gboolean
write_items (Writer *writer,
             GCancellable *cancellable,
             GError **error)
{
  const EmendWriteSource *source = writer->source;
  g_autoptr (GError) problem = NULL;
  EmendWriteItem item;
  guint64 done = 0;

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

/**
 * emend_yolo_write_folder:
 * @path: the new folder; there must be nothing of that name
 * @source: what to write
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_*, EMEND_BASE_ERROR_EXISTS or what the source said
 *
 * Writes `data.yaml` and a text file for each image that was reviewed or has something. A box is a line of five
 * numbers, a polygon of one ring a line of its points; of any other shape the box that bounds it is
 * written. What reaches out of the image is clipped. Proposals that wait carry their confidence as the
 * last column; rejected ones and pages after the first cannot be said. Not for the main thread.
 *
 * Returns: whether the folder stands under its name now
 */
gboolean
emend_yolo_write_folder (const char *path,
                         const EmendWriteSource *source,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (EmendPartFolder) folder = emend_part_folder_new (path, error);
  g_autoptr (GHashTable) classes = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autoptr (GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GString) text = g_string_new (NULL);
  Writer writer = { .source = source, .folder = folder, .classes = classes, .written = written, .text = text };

  return folder != NULL && write_names (&writer, error) && write_items (&writer, cancellable, error) &&
         emend_part_folder_commit (folder, error);
}
