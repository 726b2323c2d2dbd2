#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-yolo-files.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-format.h"
#include "emend-text.h"

#define MAX_DEPTH 16
#define MAX_FILES 10000000

/* Text files that lie beside labels and are none. */
static const char *const other_files[] = {
  "classes.txt", "predefined_classes.txt", "train.txt", "val.txt", "valid.txt", "test.txt",
  "trainval.txt", "readme.txt", "license.txt", "notes.txt", "requirements.txt", NULL
};

/* Which folders hold the labels, the surest first. */
typedef enum {
  LAYOUT_LABELS,  /* below a folder `labels`: Ultralytics, Roboflow */
  LAYOUT_DARKNET, /* in `obj_train_data` and the like */
  LAYOUT_FLAT,    /* anywhere */
} Layout;

static void
file_free (EmendYoloFile *file)
{
  g_free (file->path);
  g_free (file->image);
  g_free (file);
}

static gboolean
is_label_name (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".txt") && !g_strv_contains (other_files, lower);
}

static gboolean
list_folder (const char *folder,
             int depth,
             GPtrArray *paths,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &problem);
  const char *name;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (dir == NULL || paths->len >= MAX_FILES) {
    g_autofree char *display = g_filename_display_name (folder);
    g_set_error (error, EMEND_FORMATS_ERROR, dir == NULL ? EMEND_FORMATS_ERROR_IO : EMEND_FORMATS_ERROR_LIMIT,
                 /* TRANSLATORS: a folder, then the system's reason. */
                 _ ("The folder “%s” could not be read: %s"), display,
                 problem != NULL ? problem->message : _ ("there are too many files in it."));
    return FALSE;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (name[0] == '.' || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      continue;
    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      if (depth < MAX_DEPTH && !list_folder (path, depth + 1, paths, cancellable, error))
        return FALSE;
    } else if (is_label_name (name))
      g_ptr_array_add (paths, g_steal_pointer (&path));
  }
  return TRUE;
}

static gboolean
is_darknet_folder (const char *name)
{
  return g_str_has_prefix (name, "obj_") && g_str_has_suffix (name, "_data");
}

/* Which layout the folders above the file, below @root or @root itself, belong to. */
static Layout
layout_of (const char *path,
           gsize root_length)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_auto (GStrv) parts = g_strsplit (folder + root_length, "/", -1);
  Layout layout = LAYOUT_FLAT;

  for (gsize i = 0; parts[i] != NULL; i++) {
    if (g_str_equal (parts[i], "labels"))
      return LAYOUT_LABELS;
    if (is_darknet_folder (parts[i]))
      layout = LAYOUT_DARKNET;
  }
  return layout;
}

/**
 * emend_yolo_files_image_of:
 * @path: of a file with labels
 *
 * The convention of Ultralytics: the last folder `labels` becomes `images`, the rest stays. Any thread.
 *
 * Returns: (transfer full): the path of its image without extension
 */
char *
emend_yolo_files_image_of (const char *path)
{
  g_autofree char *stem = g_str_has_suffix (path, ".txt") ||
                              g_str_has_suffix (path, ".TXT") ?
                            g_strndup (path, strlen (path) - 4) :
                            g_strdup (path);
  g_auto (GStrv) parts = g_strsplit (stem, "/", -1);
  guint n_parts = g_strv_length (parts);

  for (guint i = n_parts > 0 ? n_parts - 1 : 0; i > 0; i--) {
    if (g_str_equal (parts[i - 1], "labels")) {
      g_free (parts[i - 1]);
      parts[i - 1] = g_strdup ("images");
      break;
    }
  }
  return g_strjoinv ("/", parts);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return emend_text_compare_natural (*(const char *const *) a, *(const char *const *) b);
}

/**
 * emend_yolo_files_list:
 * @path: one file with labels, or a folder with them
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_IO or EMEND_FORMATS_ERROR_LIMIT
 *
 * When some files lie below folders called `labels`, or in a Darknet `obj_…_data`, the others are no labels.
 * Links are not followed. Not for the main thread.
 *
 * Returns: (transfer full) (nullable) (element-type EmendYoloFile): the files in natural order
 */
GPtrArray *
emend_yolo_files_list (const char *path,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *root = g_canonicalize_filename (path, NULL);
  g_autofree char *above = g_path_get_dirname (root);
  gsize above_length = strlen (above);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);
  Layout best = LAYOUT_FLAT;

  if (!g_file_test (root, G_FILE_TEST_IS_DIR))
    g_ptr_array_add (paths, g_strdup (root));
  else if (!list_folder (root, 0, paths, cancellable, error))
    return NULL;
  g_ptr_array_sort (paths, compare_paths);
  for (guint i = 0; i < paths->len; i++)
    best = MIN (best, layout_of (g_ptr_array_index (paths, i), above_length));
  for (guint i = 0; i < paths->len; i++) {
    const char *name = g_ptr_array_index (paths, i);
    EmendYoloFile *file;

    if (layout_of (name, above_length) != best)
      continue;
    file = g_new0 (EmendYoloFile, 1);
    file->path = g_strdup (name);
    file->image = emend_yolo_files_image_of (name);
    g_ptr_array_add (files, file);
  }
  return g_steal_pointer (&files);
}
