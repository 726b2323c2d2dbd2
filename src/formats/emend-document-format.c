#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-document-format.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-document-parts.h"
#include "emend-small-file.h"
#include "emend-text.h"

#define MAX_DEPTH 16
#define MAX_FILES 1000000u
/* A folder is of a format when one of its first files is. */
#define MAX_LOOKED_AT 40

static gboolean
has_suffix (const EmendDocumentReader *reader,
            const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (gsize i = 0; reader->suffixes[i] != NULL; i++) {
    if (g_str_has_suffix (lower, reader->suffixes[i]))
      return TRUE;
  }
  return reader->goes_on != NULL && emend_document_is_numbered (name);
}

static int
detect_file (const EmendDocumentReader *reader,
             const char *path)
{
  g_autofree char *head = NULL;

  if (!has_suffix (reader, path) || !emend_small_file_read_head (path, &head))
    return 0;
  return reader->detect (path, g_str_has_prefix (head, "\xef\xbb\xbf") ? head + 3 : head);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return emend_text_compare_natural (*(const char *const *) a, *(const char *const *) b);
}

/* Appends what lies in the folder and has the right end, in natural order; links and hidden files are passed over. */
static gboolean
list_folder (const EmendDocumentReader *reader,
             const char *folder,
             int depth,
             GPtrArray *paths,
             GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &problem);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *next;

  if (dir == NULL)
    return emend_document_refuse (folder, EMEND_FORMATS_ERROR_IO, problem->message, error);
  while ((next = g_dir_read_name (dir)) != NULL && names->len <= MAX_FILES) {
    if (*next != '.')
      g_ptr_array_add (names, g_strdup (next));
  }
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

    if (g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      continue;
    if (paths->len >= MAX_FILES)
      return emend_document_refuse (folder, EMEND_FORMATS_ERROR_LIMIT, _ ("There are too many files in the folder."),
                                    error);
    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      if (depth < MAX_DEPTH && !list_folder (reader, path, depth + 1, paths, error))
        return FALSE;
    } else if (has_suffix (reader, path))
      g_ptr_array_add (paths, g_steal_pointer (&path));
  }
  return TRUE;
}

static int
detect (EmendFormat *format,
        const char *path)
{
  const EmendDocumentReader *reader = EMEND_FORMAT_GET_IFACE (format)->documents;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  int best = 0;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return detect_file (reader, path);
  if (!list_folder (reader, path, 0, paths, NULL))
    return 0;
  for (guint i = 0; i < paths->len && i < MAX_LOOKED_AT; i++)
    best = MAX (best, detect_file (reader, paths->pdata[i]));
  return MAX (0, best - 5);
}

static gboolean
read_file (const EmendDocumentReader *reader,
           const char *path,
           const EmendReadOptions *options,
           const EmendReadSink *sink,
           GCancellable *cancellable,
           GError **error)
{
  g_auto (EmendDocument) document = { 0 };
  g_autofree char *text = NULL;
  gsize length;

  text = emend_small_file_read (path, EMEND_DOCUMENT_MAX_FILE, &length, error);
  if (text == NULL)
    return FALSE;
  emend_document_init (&document, sink, options, path, cancellable);
  return reader->read (&document, text, length, error);
}

/* Whether one file is the whole document, and not a part of a result whose parts are called by numbers. */
static gboolean
is_whole (const char *path,
          guint n_parts)
{
  return n_parts == 1 && !emend_document_is_numbered (path);
}

/* A document in a folder: one of another format is passed over and a broken one is told; neither ends the import. */
static gboolean
read_in_folder (const EmendDocumentReader *reader,
                const char *const *paths,
                guint n_parts,
                const EmendReadOptions *options,
                const EmendReadSink *sink,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GError) problem = NULL;
  const char *path = paths[0];

  if (is_whole (path, n_parts) ?
        read_file (reader, path, options, sink, cancellable, &problem) :
        emend_document_read_parts (reader, paths, n_parts, options, sink, cancellable, &problem))
    return TRUE;
  if (problem->domain != EMEND_FORMATS_ERROR) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  sink->problem (sink->data, path, 0, problem->message);
  sink->skip_record (sink->data);
  return TRUE;
}

/* Those files of the folder that are of the format and say something of their own. */
static GPtrArray *
list_ours (const EmendDocumentReader *reader,
           const char *folder,
           GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ours = g_ptr_array_new_with_free_func (g_free);

  if (!list_folder (reader, folder, 0, paths, error))
    return NULL;
  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index (paths, i);

    if ((reader->is_spare == NULL || !reader->is_spare (path)) && detect_file (reader, path) > 0)
      g_ptr_array_add (ours, g_strdup (path));
  }
  if (ours->len > 0)
    return g_steal_pointer (&ours);
  emend_document_refuse (folder, EMEND_FORMATS_ERROR_UNKNOWN, _ ("There is no file of this format in the folder."),
                         error);
  return NULL;
}

static gboolean
read_folder (const EmendDocumentReader *reader,
             const char *folder,
             const EmendReadOptions *options,
             const EmendReadSink *sink,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GPtrArray) paths = list_ours (reader, folder, error);

  if (paths == NULL)
    return FALSE;
  for (guint i = 0, n; i < paths->len; i += n) {
    n = emend_document_count_parts (reader, paths, i);
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !read_in_folder (reader, (const char *const *) paths->pdata + i, n, options, sink, cancellable, error))
      return FALSE;
    if (sink->progress != NULL)
      sink->progress (i + n, paths->len, sink->progress_data);
  }
  return TRUE;
}

static gboolean
read_paths (EmendFormat *format,
            const char *const *paths,
            const EmendReadOptions *options,
            const EmendReadSink *sink,
            GCancellable *cancellable,
            GError **error)
{
  const EmendDocumentReader *reader = EMEND_FORMAT_GET_IFACE (format)->documents;
  guint n_paths = g_strv_length ((char **) paths);

  for (guint i = 0; paths[i] != NULL; i++) {
    EmendReadSink quiet = *sink;
    gboolean done;

    if (n_paths > 1)
      quiet.progress = NULL;
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    done = g_file_test (paths[i], G_FILE_TEST_IS_DIR) ?
             read_folder (reader, paths[i], options, &quiet, cancellable, error) :
             read_file (reader, paths[i], options, &quiet, cancellable, error);
    if (!done)
      return FALSE;
    if (n_paths > 1 && sink->progress != NULL)
      sink->progress (i + 1, n_paths, sink->progress_data);
  }
  return TRUE;
}

/* A sink that only collects the names of fields. */
static gboolean
list_find_image (gpointer data,
                 const char *name,
                 gboolean ignore_extension,
                 EmendSourceImage *image)
{
  return FALSE;
}

static void
list_declare (gpointer data,
              const char *name)
{
}

static int
list_find_label (gpointer data,
                 const char *name)
{
  return 0;
}

static int
list_find_field (gpointer data,
                 const EmendSourceField *field)
{
  GPtrArray *names = data;

  if (!g_ptr_array_find_with_equal_func (names, field->name, g_str_equal, NULL) &&
      names->len < EMEND_FORMATS_MAX_FIELDS)
    g_ptr_array_add (names, g_strdup (field->name));
  return 0;
}

static void
list_skip (gpointer data)
{
}

static void
list_problem (gpointer data,
              const char *file,
              gint64 line,
              const char *reason)
{
}

static gboolean
list_empty (gpointer data,
            gint64 item,
            GError **error)
{
  return TRUE;
}

static GStrv
list_labels (EmendFormat *format,
             const char *path,
             GCancellable *cancellable,
             GError **error)
{
  const char *const paths[] = { path, NULL };
  const EmendReadOptions options = { 0 };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const EmendReadSink sink = {
    .find_image = list_find_image,
    .declare_label = list_declare,
    .find_label = list_find_label,
    .find_field = list_find_field,
    .skip_record = list_skip,
    .problem = list_problem,
    .reviewed_empty = list_empty,
    .data = names,
  };

  if (!read_paths (format, paths, &options, &sink, cancellable, error))
    return NULL;
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * emend_document_format_init:
 * @iface: of a format
 * @reader: (transfer none): how its files are read; lives as long as the program
 * @has_fields: whether its files name fields, so that they can be listed
 *
 * Gives the format what finds, detects and reads files one after the other.
 */
void
emend_document_format_init (EmendFormatInterface *iface,
                            const EmendDocumentReader *reader,
                            gboolean has_fields)
{
  iface->documents = reader;
  iface->detect = detect;
  iface->read = read_paths;
  iface->list_labels = has_fields ? list_labels : NULL;
}
