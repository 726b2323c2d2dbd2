#include "config.h"

#include "emend-fuzz-documents.h"

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

/* Checks what a reader promises: finite places on the page, scores of 0..1 or none, names and words in UTF-8. */
#define WIDTH 640
#define HEIGHT 480
#define N_PAGES 3

static gboolean
find_image (gpointer data,
            const char *name,
            gboolean ignore_extension,
            EmendSourceImage *image)
{
  g_assert_true (g_utf8_validate (name, -1, NULL));
  *image = (EmendSourceImage){ 1, WIDTH, HEIGHT, 6, N_PAGES };
  return *name != 'u';
}

static gboolean
has_image (gpointer data,
           const char *name,
           gboolean ignore_extension)
{
  return *name != 'u';
}

static gboolean
get_page (gpointer data,
          gint64 item,
          int page,
          int *width,
          int *height)
{
  *width = WIDTH;
  *height = HEIGHT;
  return page >= 0 && page < N_PAGES;
}

static int
find_label (gpointer data,
            const char *name)
{
  g_assert_not_reached ();
}

static void
declare_label (gpointer data,
               const char *name)
{
  g_assert_not_reached ();
}

static int
find_field (gpointer data,
            const EmendSourceField *field)
{
  g_assert_true (*field->name != '\0' && g_utf8_validate (field->name, -1, NULL));
  g_assert_true (field->column == NULL || (*field->column != '\0' && g_utf8_validate (field->column, -1, NULL)));
  g_assert_cmpint (field->type, >=, EMEND_FIELD_TEXT);
  g_assert_cmpint (field->type, <, EMEND_FIELD_TABLE);
  return *field->name == 'u' ? 0 : 1;
}

static void
check_box (const EmendRect *box)
{
  g_assert_true (emend_rect_is_finite (box));
  g_assert_true (box->width >= 0 && box->height >= 0);
  g_assert_true (box->x >= 0 && box->y >= 0 && box->x + box->width <= WIDTH + 0.001 &&
                 box->y + box->height <= HEIGHT + 0.001);
}

static gboolean
add_record (gpointer data,
            const EmendProposal *record,
            GError **error)
{
  g_autofree char *json = emend_value_to_json (record->value);
  g_autoptr (EmendValue) again = emend_value_from_json (json, NULL);

  g_assert_nonnull (again);
  g_assert_true (isnan (record->score) || (record->score >= 0 && record->score <= 1));
  g_assert_cmpint (record->page, >=, 0);
  g_assert_cmpint (record->page, <, N_PAGES);
  check_box (&record->shape.box);
  for (guint i = 0; record->value->regions != NULL && i < record->value->regions->len; i++)
    check_box (&g_array_index (record->value->regions, EmendRegion, i).box);
  if (record->attributes != NULL) {
    g_autoptr (json_t) attributes = emend_json_parse (record->attributes, strlen (record->attributes), 4096, NULL);
    g_assert_true (json_is_object (attributes));
  }
  return TRUE;
}

static gboolean
add_words (gpointer data,
           gint64 item,
           int page,
           EmendWords *words,
           GError **error)
{
  guint line = 0;

  g_assert_cmpint (page, <, N_PAGES);
  for (gsize i = 0; i < emend_words_get_n (words); i++) {
    const EmendWord *word = emend_words_get (words, i);

    check_box (&word->box);
    g_assert_true (isnan (word->confidence) || (word->confidence >= 0 && word->confidence <= 1));
    g_assert_cmpuint (word->line, >=, line);
    line = word->line;
  }
  return TRUE;
}

static gboolean
reviewed_empty (gpointer data,
                gint64 item,
                GError **error)
{
  return TRUE;
}

static void
problem (gpointer data,
         const char *file,
         gint64 line,
         const char *reason)
{
  g_assert_cmpint (line, >=, 0);
  g_assert_true (g_utf8_validate (reason, -1, NULL));
}

static void
skip_record (gpointer data)
{
}

/* Each format as "id suffix": the end of the file's name decides how some are read. */
void
emend_fuzz_documents (const char *const *formats,
                      const uint8_t *data,
                      size_t size)
{
  g_autofree char *folder = g_dir_make_tmp ("emend-fuzz-XXXXXX", NULL);
  const EmendReadOptions options = { 0 };
  const EmendReadSink sink = {
    .find_image = find_image,
    .has_image = has_image,
    .get_page = get_page,
    .find_label = find_label,
    .declare_label = declare_label,
    .find_field = find_field,
    .add_record = add_record,
    .add_words = add_words,
    .skip_record = skip_record,
    .reviewed_empty = reviewed_empty,
    .problem = problem,
  };

  g_assert_nonnull (folder);
  for (gsize i = 0; formats[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (formats[i], " ", 2);
    g_autofree char *name = g_strconcat ("a", parts[1], NULL);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    const char *const paths[] = { path, NULL };
    g_autoptr (EmendFormat) format = emend_formats_find (parts[0]);
    g_autoptr (EmendFormat) detected = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_true (g_file_set_contents_full (path, (const char *) data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600,
                                             NULL));
    if (!emend_format_read (format, paths, &options, &sink, NULL, &error))
      g_assert_nonnull (error);
    /* All formats look at it, so once is enough. */
    if (i == 0)
      detected = emend_formats_detect (path, NULL);
    g_unlink (path);
  }
  g_rmdir (folder);
}
