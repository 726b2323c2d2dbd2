#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-formats-private.h"
#include "emend-small-file.h"
#include "emend-yolo-files.h"
#include "emend-yolo-line.h"
#include "emend-yolo-names.h"
#include "emend-yolo-write.h"

/* Labels of one image; a million outlines would be less. */
#define MAX_LABEL_FILE ((gsize) 64 * 1024 * 1024)

/* A text file for each image, one line for each thing: class number and numbers as parts of the size. */
struct _EmendYolo {
  GObject parent_instance;
};

typedef struct {
  const EmendReadOptions *options;
  const EmendReadSink *sink;
  GPtrArray *names; /* (element-type utf8) */
  const EmendYoloFile *file;
  gboolean found;
  EmendSourceImage image;
  EmendYoloLine line;
  EmendProposal proposal;
} Reader;

static gboolean
is_yaml (const char *path)
{
  return g_str_has_suffix (path, ".yaml") || g_str_has_suffix (path, ".yml");
}

/* The folder or file with the labels: a `data.yaml` stands for its folder. */
static char *
root_of (const char *path)
{
  return is_yaml (path) ? g_path_get_dirname (path) : g_strdup (path);
}

static char *
names_file_of (const char *path,
               const EmendReadOptions *options,
               GError **error)
{
  g_autofree char *folder = NULL;

  if (options != NULL && options->names_file != NULL)
    return g_strdup (options->names_file);
  if (is_yaml (path))
    return g_strdup (path);
  folder = g_file_test (path, G_FILE_TEST_IS_DIR) ? g_strdup (path) : g_path_get_dirname (path);
  return emend_yolo_names_find (folder, error);
}

/* Whether the first line is what a line of labels is: a class number and at least four numbers. */
static gboolean
looks_like_labels (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;
  EmendYoloLine line;
  gboolean question = FALSE;
  gboolean good;
  char *end;

  text = emend_small_file_read (path, MAX_LABEL_FILE, &length, NULL);
  if (text == NULL)
    return FALSE;
  end = strchr (text, '\n');
  if (end != NULL)
    *end = '\0';
  emend_yolo_line_init (&line);
  good = emend_yolo_line_parse (&line, text, EMEND_TRAILING_ASK, &question) || question;
  emend_yolo_line_clear (&line);
  return good;
}

/* Whether a folder without any sign holds at least one file that looks like labels. */
static gboolean
folder_looks_like_labels (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_str_has_suffix (name, ".txt"))
      return looks_like_labels (path);
  }
  return FALSE;
}

static int
emend_yolo_detect (EmendFormat *format,
                   const char *path)
{
  static const char *const signs[] = { "data.yaml", "data.yml", "dataset.yaml", "obj.names", "classes.txt", "labels",
                                       "train/labels", "valid/labels", "obj_train_data", NULL };

  if (!g_file_test (path, G_FILE_TEST_IS_DIR)) {
    if (is_yaml (path)) {
      g_autoptr (GPtrArray) names = emend_yolo_names_load (path, NULL);
      return names != NULL ? 60 : 0;
    }
    return g_str_has_suffix (path, ".txt") && looks_like_labels (path) ? 50 : 0;
  }
  for (guint i = 0; signs[i] != NULL; i++) {
    g_autofree char *sign = g_build_filename (path, signs[i], NULL);
    if (g_file_test (sign, G_FILE_TEST_EXISTS))
      return 80;
  }
  return folder_looks_like_labels (path) ? 40 : 0;
}

static void
tell (Reader *reader,
      gint64 number,
      const char *reason)
{
  reader->sink->problem (reader->sink->data, reader->file->path, number, reason);
}

static gboolean
skip (Reader *reader,
      gint64 number,
      const char *reason)
{
  if (reason != NULL)
    tell (reader, number, reason);
  reader->sink->skip_record (reader->sink->data);
  return TRUE;
}

static gboolean
ask (Reader *reader,
     gint64 number,
     GError **error)
{
  g_autofree char *name = g_filename_display_name (reader->file->path);

  g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION,
               _ ("Line %" PRId64 " of “%s” has one column more than the shape needs. It can be a confidence, at the "
                  "end or behind the class, or the number of a track. Say which it is."),
               number, name);
  return FALSE;
}

static gboolean
add_record (Reader *reader,
            gint64 number,
            int label,
            GError **error)
{
  EmendProposal *proposal = &reader->proposal;

  emend_shape_clear (&proposal->shape);
  g_clear_pointer (&proposal->score_text, g_free);
  g_clear_pointer (&proposal->attributes, g_free);
  proposal->score = NAN;
  if (!emend_yolo_line_place (&reader->line, &reader->image, reader->options->frame, proposal))
    return skip (reader, number, reader->line.problem);
  if (reader->line.remark != NULL)
    tell (reader, number, reader->line.remark);
  proposal->item = reader->image.item;
  proposal->label = label;
  return reader->sink->add_record (reader->sink->data, proposal, error);
}

static gboolean
read_line (Reader *reader,
           char *text,
           gint64 number,
           GError **error)
{
  EmendYoloLine *line = &reader->line;
  gboolean question = FALSE;
  const char *name;
  int label;

  if (!emend_yolo_line_parse (line, text, reader->options->trailing, &question))
    return question ? ask (reader, number, error) : skip (reader, number, line->problem);
  name = line->label < reader->names->len ? g_ptr_array_index (reader->names, line->label) : NULL;
  if (name == NULL) {
    g_autofree char *reason = g_strdup_printf (_ ("The class %" PRId64 " has no name."), line->label);
    return skip (reader, number, reason);
  }
  label = reader->sink->find_label (reader->sink->data, name);
  return label != 0 && reader->found ? add_record (reader, number, label, error) : skip (reader, number, NULL);
}

static gboolean
read_lines (Reader *reader,
            char *text,
            gsize length,
            GError **error)
{
  char *at = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;
  const char *end = text + length;
  gint64 number = 0;
  gboolean empty = TRUE;

  while (at < end) {
    char *next = memchr (at, '\n', (gsize) (end - at));
    char *line_end = next != NULL ? next : text + length;

    *line_end = '\0';
    number++;
    if (strlen (at) != (gsize) (line_end - at)) {
      empty = FALSE;
      skip (reader, number, _ ("The line holds a zero byte."));
    } else if (at[strspn (at, " \t\r\v\f")] != '\0') {
      empty = FALSE;
      if (!read_line (reader, at, number, error))
        return FALSE;
    }
    at = line_end + 1;
  }
  if (empty && reader->found)
    return reader->sink->reviewed_empty (reader->sink->data, reader->image.item, error);
  return TRUE;
}

static gboolean
read_file (Reader *reader,
           GError **error)
{
  const EmendReadSink *sink = reader->sink;
  g_autofree char *text = NULL;
  gsize length;

  reader->found = sink->find_image (sink->data, reader->file->image, TRUE, &reader->image);
  text = emend_small_file_read (reader->file->path, MAX_LABEL_FILE, &length, error);
  return text != NULL && read_lines (reader, text, length, error);
}

static gboolean
read_files (Reader *reader,
            GPtrArray *files,
            GCancellable *cancellable,
            GError **error)
{
  gboolean done = TRUE;

  emend_yolo_line_init (&reader->line);
  for (guint i = 0; done && i < files->len; i++) {
    reader->file = g_ptr_array_index (files, i);
    done = !g_cancellable_set_error_if_cancelled (cancellable, error) && read_file (reader, error);
    if (done && reader->sink->progress != NULL)
      reader->sink->progress (i + 1, files->len, reader->sink->progress_data);
  }
  emend_yolo_line_clear (&reader->line);
  emend_shape_clear (&reader->proposal.shape);
  g_clear_pointer (&reader->proposal.score_text, g_free);
  g_clear_pointer (&reader->proposal.attributes, g_free);
  return done;
}

static gboolean
no_labels (const char *path,
           GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID,
               _ ("There is no file with YOLO labels in “%s”."), name);
  return FALSE;
}

static gboolean
emend_yolo_read (EmendFormat *format,
                 const char *const *paths,
                 const EmendReadOptions *options,
                 const EmendReadSink *sink,
                 GCancellable *cancellable,
                 GError **error)
{
  for (gsize i = 0; paths[i] != NULL; i++) {
    Reader reader = { .options = options, .sink = sink };
    g_autofree char *root = root_of (paths[i]);
    g_autofree char *names_file = NULL;
    g_autoptr (GPtrArray) names = NULL;
    g_autoptr (GPtrArray) files = emend_yolo_files_list (root, cancellable, error);

    if (files == NULL)
      return FALSE;
    if (files->len == 0)
      return no_labels (root, error);
    names_file = names_file_of (paths[i], options, error);
    names = reader.names = names_file != NULL ? emend_yolo_names_load (names_file, error) : NULL;
    if (names == NULL)
      return FALSE;
    for (guint j = 0; j < names->len; j++) {
      if (g_ptr_array_index (names, j) != NULL)
        sink->declare_label (sink->data, g_ptr_array_index (names, j));
    }
    if (!read_files (&reader, files, cancellable, error))
      return FALSE;
  }
  return TRUE;
}

static GStrv
emend_yolo_list_labels (EmendFormat *format,
                        const char *path,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *names_file = names_file_of (path, NULL, error);
  g_autoptr (GPtrArray) names = names_file != NULL ? emend_yolo_names_load (names_file, error) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (names == NULL)
    return NULL;
  for (guint i = 0; i < names->len; i++) {
    if (g_ptr_array_index (names, i) != NULL)
      g_strv_builder_add (builder, g_ptr_array_index (names, i));
  }
  return g_strv_builder_end (builder);
}

static gboolean
emend_yolo_write (EmendFormat *format,
                  const char *path,
                  const EmendWriteSource *source,
                  GCancellable *cancellable,
                  GError **error)
{
  return emend_yolo_write_folder (path, source, cancellable, error);
}

static void
format_init (EmendFormatInterface *iface)
{
  iface->id = "yolo";
  iface->name = "YOLO";
  iface->writes_folder = TRUE;
  iface->detect = emend_yolo_detect;
  iface->read = emend_yolo_read;
  iface->write = emend_yolo_write;
  iface->list_labels = emend_yolo_list_labels;
}

/* clang-format off */
G_DEFINE_FINAL_TYPE_WITH_CODE (EmendYolo, emend_yolo, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EMEND_TYPE_FORMAT, format_init))
/* clang-format on */

static void
emend_yolo_class_init (EmendYoloClass *klass)
{
}

static void
emend_yolo_init (EmendYolo *yolo)
{
}
