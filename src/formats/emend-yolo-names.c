#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-yolo-names.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-format.h"
#include "emend-small-file.h"
#include "emend-yolo-yaml.h"

/* A list of classes is written by hand. */
#define MAX_SIZE ((gsize) 1024 * 1024)

static const char *const usual_names[] = { "data.yaml", "data.yml", "dataset.yaml", "dataset.yml", "obj.names",
                                           "classes.txt", NULL };

static const char *const inner_folders[] = { "labels", "train", "val", "valid", "test", "train2017", "val2017", NULL };

static gboolean
is_yaml (const char *path)
{
  return g_str_has_suffix (path, ".yaml") || g_str_has_suffix (path, ".yml");
}

/* One name a line; an empty line in between is a class without a name. NULL when it is no such list. */
static GPtrArray *
parse_lines (const char *text)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_lines = g_strv_length (lines);

  while (n_lines > 0 && *g_strstrip (lines[n_lines - 1]) == '\0')
    n_lines--;
  if (n_lines == 0 || n_lines > EMEND_FORMATS_MAX_LABELS)
    return NULL;
  for (guint i = 0; i < n_lines; i++) {
    const char *name = g_strstrip (lines[i]);

    if (strlen (name) > EMEND_FORMATS_MAX_LABEL_NAME)
      return NULL;
    g_ptr_array_add (names, *name != '\0' ? g_strdup (name) : NULL);
  }
  return g_steal_pointer (&names);
}

/**
 * emend_yolo_names_load:
 * @path: `data.yaml`, or a list with one name a line (`obj.names`, `classes.txt`)
 * @error: EMEND_FORMATS_ERROR_IO, EMEND_FORMATS_ERROR_LIMIT or EMEND_FORMATS_ERROR_INVALID
 *
 * Not for the main thread.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the names by class number, NULL for a number
 *   without a name
 */
GPtrArray *
emend_yolo_names_load (const char *path,
                       GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  const char *start;
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *display = g_filename_display_name (path);

  text = emend_small_file_read (path, MAX_SIZE, &length, error);
  if (text == NULL)
    return NULL;
  if (!g_utf8_validate (text, (gssize) length, NULL)) {
    g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID,
                 _ ("The file “%s” with the names of the classes is no UTF-8 text."), display);
    return NULL;
  }
  start = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;
  if (is_yaml (path))
    return emend_yolo_yaml_parse_names (start, display, error);
  names = parse_lines (start);
  if (names == NULL)
    g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID,
                 _ ("The file “%s” is no list of the names of classes: it is empty, or has too many lines or too long "
                    "ones."),
                 display);
  return g_steal_pointer (&names);
}

/* The only file of @folder that ends in a way that lists of names do; several are a question. */
static char *
find_only (const char *folder,
           gboolean *several)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *found = NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (!is_yaml (name) && !g_str_has_suffix (name, ".names"))
      continue;
    if (found != NULL) {
      *several = TRUE;
      return NULL;
    }
    found = g_build_filename (folder, name, NULL);
  }
  return g_steal_pointer (&found);
}

static char *
find_in (const char *folder,
         gboolean *several)
{
  for (guint i = 0; usual_names[i] != NULL; i++) {
    g_autofree char *path = g_build_filename (folder, usual_names[i], NULL);
    if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
      return g_steal_pointer (&path);
  }
  return find_only (folder, several);
}

static gboolean
is_inner (const char *folder)
{
  g_autofree char *name = g_path_get_basename (folder);

  return g_strv_contains (inner_folders, name) || (g_str_has_prefix (name, "obj_") && g_str_has_suffix (name, "_data"));
}

/**
 * emend_yolo_names_find:
 * @folder: with label files, or above them
 * @error: EMEND_FORMATS_ERROR_QUESTION when there is no list of names, or several that could be it
 *
 * Looks for the list of names in @folder, and above it as long as the folders have the names that folders of
 * labels have. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the file that names the classes
 */
char *
emend_yolo_names_find (const char *folder,
                       GError **error)
{
  g_autofree char *at = g_canonicalize_filename (folder, NULL);
  g_autofree char *display = g_filename_display_name (folder);
  gboolean several = FALSE;

  for (;;) {
    g_autofree char *found = find_in (at, &several);
    char *above;

    if (found != NULL)
      return g_steal_pointer (&found);
    if (several || !is_inner (at))
      break;
    above = g_path_get_dirname (at);
    g_free (at);
    at = above;
  }
  if (several)
    g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION,
                 _ ("Several files in “%s” could name the classes. Choose the one that does as the file of names."),
                 display);
  else
    g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION,
                 _ ("The labels in “%s” name their classes only by number. Give the file with the names in their "
                    "order: data.yaml, obj.names or classes.txt."),
                 display);
  return NULL;
}
