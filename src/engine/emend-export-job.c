#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include <errno.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>

#include "emend-import-job.h"
#include "emend-tree-hash.h"

/* The items of an export, one after the other. */
typedef struct {
  EmendProject *project;
  GArray *ids; /* (element-type gint64) */
  guint at;
  gboolean all;
  EmendItemContent *content; /* (nullable): of the item given last */
  GPtrArray *marks;          /* (element-type EmendMark) (unowned elements): of them, those that are written */
  EmendExportReport *report;
} Source;

/**
 * emend_export_report_free:
 * @report: (transfer full): a report
 */
void
emend_export_report_free (EmendExportReport *report)
{
  g_free (report->sha256);
  g_free (report);
}

static gboolean
is_final (const EmendMark *mark)
{
  EmendVerdict verdict = emend_mark_get_verdict (mark);

  return verdict != EMEND_VERDICT_NONE && verdict != EMEND_VERDICT_REJECTED && verdict != EMEND_VERDICT_ABSENT;
}

static gboolean
next_item (gpointer data,
           EmendWriteItem *item,
           GError **error)
{
  Source *source = data;
  const EmendItem *from;

  g_clear_pointer (&source->content, emend_item_content_free);
  g_ptr_array_set_size (source->marks, 0);
  if (source->at >= source->ids->len)
    return FALSE;
  source->content = emend_project_load_final (source->project, g_array_index (source->ids, gint64, source->at++),
                                              NULL, error);
  if (source->content == NULL)
    return FALSE;
  for (guint i = 0; i < source->content->marks->len; i++) {
    EmendMark *mark = g_ptr_array_index (source->content->marks, i);
    if (source->all || is_final (mark))
      g_ptr_array_add (source->marks, mark);
  }
  from = source->content->item;
  *item = (EmendWriteItem){
    .path = from->path,
    .width = from->width,
    .height = from->height,
    .marks = source->marks,
    .pages = source->content->pages,
    .reviewed = from->reading == EMEND_READING_DONE,
  };
  source->report->n_items++;
  source->report->n_records += source->marks->len;
  source->report->n_undone += item->reviewed ? 0 : 1;
  return TRUE;
}

static gboolean
load_words (gpointer data,
            int page,
            EmendWords **words,
            GError **error)
{
  Source *source = data;

  return emend_project_load_words (source->project, &source->content->item->sha256, page, words, error);
}

static gboolean
check_target (const char *path,
              GError **error)
{
  g_autofree char *name = NULL;
  struct stat info;

  if (lstat (path, &info) != 0 && errno == ENOENT)
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_EXISTS,
               _ ("There is already something called “%s”. It was not touched; choose another name."), name);
  return FALSE;
}

static gboolean
note_export (EmendProject *project,
             const char *path,
             const EmendExportOptions *options,
             const EmendExportReport *report,
             GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (body, FALSE);

  emend_json_begin_object (writer);
  emend_json_key (writer, "format");
  emend_json_string (writer, options->format);
  emend_json_key (writer, "file");
  emend_json_string (writer, name);
  emend_json_key (writer, "sha256");
  emend_json_string (writer, report->sha256);
  emend_json_key (writer, "state");
  emend_json_string (writer, options->all ? "all" : "final");
  emend_json_key (writer, "items");
  emend_json_int (writer, report->n_items);
  emend_json_key (writer, "records");
  emend_json_int (writer, report->n_records);
  emend_json_key (writer, "not_done");
  emend_json_int (writer, report->n_undone);
  emend_json_end_object (writer);
  return emend_project_record (project, "exported", body->str, error);
}

static EmendFormat *
choose_format (const char *id,
               GError **error)
{
  g_autoptr (EmendFormat) format = emend_formats_find (id);

  if (format != NULL && emend_format_can_write (format))
    return g_steal_pointer (&format);
  g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_UNKNOWN,
               _ ("There is no format “%s” that can be written."), id);
  return NULL;
}

static gboolean
write_items (EmendFormat *format,
             const char *path,
             Source *items,
             GCancellable *cancellable,
             EmendProgressFunc progress,
             gpointer progress_data,
             GError **error)
{
  EmendWriteSource source = {
    .next = next_item,
    .load_words = load_words,
    .schema = emend_project_get_schema (items->project),
    .all = items->all,
    .n_items = items->ids->len,
    .progress = progress,
    .progress_data = progress_data,
    .data = items,
  };

  return emend_format_write (format, path, &source, cancellable, error);
}

/**
 * emend_export_run:
 * @project: the project
 * @path: the new file or folder
 * @options: what to write
 * @cancellable: (nullable): to stop early
 * @progress: (nullable): told items
 * @progress_data: its data
 * @error: EMEND_FORMATS_ERROR_*, EMEND_BASE_ERROR_EXISTS, EMEND_STORE_ERROR_* or G_IO_ERROR_CANCELLED
 *
 * Writes what was decided, in the order of the queue. The final state is all that was decided and not
 * rejected; with @all of the options also what waits and what was rejected, each with its state.
 * Not for the main thread.
 *
 * Returns: (transfer full) (nullable): what was written. When only the note in the journal failed, the
 *   file stands, and the error says why it was not noted.
 */
EmendExportReport *
emend_export_run (EmendProject *project,
                  const char *path,
                  const EmendExportOptions *options,
                  GCancellable *cancellable,
                  EmendProgressFunc progress,
                  gpointer progress_data,
                  GError **error)
{
  g_autoptr (EmendFormat) format = choose_format (options->format, error);
  g_autoptr (EmendExportReport) report = g_new0 (EmendExportReport, 1);
  g_autoptr (GPtrArray) marks = g_ptr_array_new ();
  g_autoptr (GArray) ids = NULL;
  Source source = { .project = project, .all = options->all, .marks = marks, .report = report };
  gboolean written;

  if (format == NULL || !check_target (path, error))
    return NULL;
  ids = source.ids = emend_project_query_items (project, options->filter, EMEND_ITEM_ORDER_POSITION, 0, error);
  if (ids == NULL)
    return NULL;
  written = write_items (format, path, &source, cancellable, progress, progress_data, error);
  g_clear_pointer (&source.content, emend_item_content_free);
  if (!written)
    return NULL;
  report->sha256 = emend_tree_hash (path, NULL, error);
  if (report->sha256 == NULL || !note_export (project, path, options, report, error))
    return NULL;
  return g_steal_pointer (&report);
}
