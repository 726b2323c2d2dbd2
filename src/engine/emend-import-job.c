#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-import-job.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-hash.h"
#include "emend-import-sink.h"
#include "emend-tree-hash.h"

static const char *const frame_names[] = { "auto", "upright", "stored" };
static const char *const trailing_names[] = { "ask", "confidence", "track", "confidence-second" };

static EmendFormat *
choose_format (const char *path,
               const EmendImportOptions *options,
               GError **error)
{
  g_autoptr (EmendFormat) format = NULL;

  if (options->format == NULL)
    return emend_formats_detect (path, error);
  format = emend_formats_find (options->format);
  if (format == NULL || !emend_format_can_read (format)) {
    g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_UNKNOWN,
                 _ ("There is no format “%s” that can be read."), options->format);
    return NULL;
  }
  return g_steal_pointer (&format);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
append_map (EmendJsonWriter *writer,
            GHashTable *map)
{
  GHashTableIter iter;
  gpointer name;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_hash_table_iter_init (&iter, map);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_names);
  emend_json_key (writer, "map");
  emend_json_begin_object (writer);
  for (guint i = 0; i < names->len; i++) {
    emend_json_key (writer, g_ptr_array_index (names, i));
    emend_json_string (writer, g_hash_table_lookup (map, g_ptr_array_index (names, i)));
  }
  emend_json_end_object (writer);
}

static gboolean
append_files (EmendJsonWriter *writer,
              const char *const *paths,
              char **sha256,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (EmendHasher) hasher = emend_hasher_new (EMEND_HASH_SHA256);
  g_autofree char *hash = NULL;
  gsize n;

  emend_json_key (writer, "files");
  emend_json_begin_array (writer);
  for (n = 0; paths[n] != NULL; n++) {
    g_autofree char *name = g_path_get_basename (paths[n]);
    g_autofree char *line = NULL;

    g_free (hash);
    hash = emend_tree_hash (paths[n], cancellable, error);
    if (hash == NULL)
      return FALSE;
    line = g_strdup_printf ("%s  %s\n", hash, name);
    emend_hasher_update (hasher, line, strlen (line));
    emend_json_begin_object (writer);
    emend_json_key (writer, "name");
    emend_json_string (writer, name);
    emend_json_key (writer, "sha256");
    emend_json_string (writer, hash);
    emend_json_end_object (writer);
  }
  emend_json_end_array (writer);
  *sha256 = n == 1 ? g_steal_pointer (&hash) : emend_hasher_finish_hex (hasher);
  return TRUE;
}

static gboolean
describe_run (EmendRun *run,
              EmendFormat *format,
              const char *const *paths,
              const EmendImportOptions *options,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (text, FALSE);

  emend_json_begin_object (writer);
  emend_json_key (writer, "format");
  emend_json_string (writer, emend_format_get_id (format));
  if (!append_files (writer, paths, &run->source_sha256, cancellable, error))
    return FALSE;
  emend_json_key (writer, "frame");
  emend_json_string (writer, frame_names[options->read.frame]);
  emend_json_key (writer, "trailing");
  emend_json_string (writer, trailing_names[options->read.trailing]);
  if (options->read.names_file != NULL) {
    g_autofree char *name = g_path_get_basename (options->read.names_file);

    emend_json_key (writer, "names_file");
    emend_json_string (writer, name);
  }
  emend_json_key (writer, "add_labels");
  emend_json_bool (writer, options->add_labels);
  if (options->map != NULL)
    append_map (writer, options->map);
  emend_json_end_object (writer);
  run->params = g_strdup (text->str);
  return TRUE;
}

static EmendRun *
make_run (EmendFormat *format,
          const char *const *paths,
          const EmendImportOptions *options,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autofree char *base = g_path_get_basename (paths[0]);
  g_autofree char *name = g_utf8_make_valid (base, -1);

  run->role = options->role;
  run->model = g_strdup (options->model);
  run->name = g_strdup (options->run_name != NULL ? options->run_name : name);
  run->source = g_steal_pointer (&name);
  return describe_run (run, format, paths, options, cancellable, error) ? g_steal_pointer (&run) : NULL;
}

/* The project numbers the runs; ours is known by its identity. */
static gboolean
find_run_number (EmendProject *project,
                 const EmendUuid *uuid,
                 int *number,
                 GError **error)
{
  g_autoptr (GPtrArray) runs = emend_project_list_runs (project, error);

  if (runs == NULL)
    return FALSE;
  for (guint i = 0; i < runs->len; i++) {
    const EmendRun *run = g_ptr_array_index (runs, i);
    if (emend_uuid_equal (&run->uuid, uuid))
      *number = run->id;
  }
  return TRUE;
}

/**
 * emend_import_run:
 * @project: the project
 * @paths: (array zero-terminated=1): one or more files or folders of one format
 * @options: what to do
 * @cancellable: (nullable): to stop early
 * @progress: (nullable): told bytes
 * @progress_data: its data
 * @error: EMEND_FORMATS_ERROR_*, EMEND_STORE_ERROR_* or G_IO_ERROR_CANCELLED
 *
 * Reads records into one new run, in one transaction: a failure or cancel leaves nothing. Problems of
 * single records are no failure; they are told in the report. A dry run reads the same and never
 * writes to the project. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): what was done, or would be
 */
EmendImportReport *
emend_import_run (EmendProject *project,
                  const char *const *paths,
                  const EmendImportOptions *options,
                  GCancellable *cancellable,
                  EmendProgressFunc progress,
                  gpointer progress_data,
                  GError **error)
{
  g_autoptr (EmendFormat) format = NULL;
  g_autoptr (EmendRun) run = NULL;
  g_autoptr (EmendImport) import = NULL;
  g_autoptr (EmendImportSink) sink = NULL;
  g_autoptr (EmendImportReport) report = NULL;
  EmendReadSink reader;

  g_return_val_if_fail (paths[0] != NULL, NULL);

  format = choose_format (paths[0], options, error);
  if (format == NULL)
    return NULL;
  if (!options->dry_run) {
    run = make_run (format, paths, options, cancellable, error);
    import = run != NULL ? emend_import_begin (project, run, error) : NULL;
    if (import == NULL)
      return NULL;
  }
  sink = emend_import_sink_new (project, options, import, error);
  if (sink == NULL)
    return NULL;
  emend_import_sink_connect (sink, &reader);
  reader.progress = progress;
  reader.progress_data = progress_data;
  if (!emend_format_read (format, paths, &options->read, &reader, cancellable, error))
    return NULL;
  report = emend_import_sink_finish (sink, error);
  if (report == NULL)
    return NULL;
  report->format = g_strdup (emend_format_get_id (format));
  if (import != NULL && (!emend_import_finish (import, error) ||
                         !find_run_number (project, &run->uuid, &report->run, error)))
    return NULL;
  return g_steal_pointer (&report);
}
