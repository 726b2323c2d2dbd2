#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-document-parts.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-document-json.h"
#include "emend-small-file.h"

/* A result in more parts is none of one document. */
#define MAX_PARTS 10000u

/**
 * emend_document_is_numbered:
 * @path: of a file
 *
 * Returns: whether its name is nothing but digits, as services call the parts of a result. Any thread.
 */
gboolean
emend_document_is_numbered (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);

  return *base != '\0' && strspn (base, "0123456789") == strlen (base);
}

/**
 * emend_document_count_parts:
 * @reader: of a format
 * @paths: (element-type filename): files of it, in natural order
 * @first: index of the first part
 *
 * Returns: how many of the files, from the first on, are one document: in one folder, and each goes on from that
 *   before
 */
guint
emend_document_count_parts (const EmendDocumentReader *reader,
                            GPtrArray *paths,
                            guint first)
{
  guint n = 1;

  while (reader->goes_on != NULL && first + n < paths->len && n < MAX_PARTS) {
    const char *before = g_ptr_array_index (paths, first + n - 1);
    const char *next = g_ptr_array_index (paths, first + n);
    g_autofree char *folder = g_path_get_dirname (before);
    g_autofree char *next_folder = g_path_get_dirname (next);

    if (!g_str_equal (folder, next_folder) || !reader->goes_on (before, next))
      break;
    n++;
  }
  return n;
}

/* "a" of "a-1.json", "a_02.json" and "a.3.json"; NULL when the name does not end like that. */
static char *
without_number (const char *path)
{
  gsize length = strlen (path) - (g_str_has_suffix (path, ".json") ? strlen (".json") : 0);
  gsize end = length;

  while (end > 0 && g_ascii_isdigit (path[end - 1]))
    end--;
  if (end == length || end < 2 || strchr ("-_. ", path[end - 1]) == NULL || path[end - 2] == G_DIR_SEPARATOR)
    return NULL;
  return g_strndup (path, end - 1);
}

/* The document is called like the first part, like that without its number, or like the folder of the parts. */
static char *
choose_name (EmendDocument *document,
             const char *first)
{
  g_autofree char *folder = g_path_get_dirname (first);
  g_autofree char *shorter = without_number (first);
  const char *names[3] = { first, shorter, folder };

  if (emend_document_is_numbered (first))
    return g_steal_pointer (&folder);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (names[i] != NULL && emend_document_names_item (document, names[i]))
      return g_strdup (names[i]);
  }
  return g_strdup (first);
}

static gboolean
append_part (json_t *all,
             const char *path,
             gsize *size,
             GError **error)
{
  gsize length;
  g_autofree char *text = emend_small_file_read (path, EMEND_DOCUMENT_MAX_FILE, &length, error);
  g_autoptr (json_t) tree = NULL;

  if (text == NULL)
    return FALSE;
  *size += length;
  if (*size > EMEND_DOCUMENT_MAX_FILE)
    return emend_document_refuse (path, EMEND_FORMATS_ERROR_LIMIT, _ ("The parts of the document are too large."),
                                  error);
  tree = emend_document_parse_json (path, text, length, error);
  if (tree == NULL)
    return FALSE;
  if (json_is_array (tree))
    json_array_extend (all, tree);
  else
    json_array_append (all, tree);
  return TRUE;
}

/**
 * emend_document_read_parts:
 * @reader: of a format
 * @paths: (array length=n_paths): the parts, in order
 * @n_paths: at least 1
 * @options: how to read
 * @sink: where to
 * @cancellable: (nullable): to stop
 * @error: EMEND_FORMATS_ERROR, with the part that cannot be read
 *
 * Returns: whether the document was read
 */
gboolean
emend_document_read_parts (const EmendDocumentReader *reader,
                           const char *const *paths,
                           guint n_paths,
                           const EmendReadOptions *options,
                           const EmendReadSink *sink,
                           GCancellable *cancellable,
                           GError **error)
{
  g_auto (EmendDocument) document = { 0 };
  g_autoptr (json_t) all = json_array ();
  g_autofree char *name = NULL;
  gsize size = 0;

  for (guint i = 0; i < n_paths; i++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !append_part (all, paths[i], &size, error))
      return FALSE;
  }
  emend_document_init (&document, sink, options, paths[0], cancellable);
  name = choose_name (&document, paths[0]);
  document.path = name;
  return reader->read_tree (&document, all, error);
}
