#include "config.h"

#include <math.h>

#include <glib/gstdio.h>

#include "emend-format.h"
#include "emend-fuzz.h"

/* Checks what a reader promises of each record: finite shapes, scores of 0..1 or none. */
static gboolean
find_image (gpointer data,
            const char *name,
            gboolean ignore_extension,
            EmendSourceImage *image)
{
  *image = (EmendSourceImage){ 1, 640, 480, 6 };
  return *name != 'u';
}

static int
find_label (gpointer data,
            const char *name)
{
  return *name == 'u' ? 0 : 1;
}

static gboolean
add_record (gpointer data,
            const EmendProposal *record,
            GError **error)
{
  g_assert_true (emend_rect_is_finite (&record->shape.box));
  g_assert_true (isnan (record->score) || (record->score >= 0 && record->score <= 1));
  g_assert_cmpint (record->label, ==, 1);
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
  g_assert_nonnull (reason);
}

static void
skip_record (gpointer data)
{
}

static void
declare_label (gpointer data,
               const char *name)
{
  g_assert_nonnull (name);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  static const char *const formats[] = { "coco", "coco-results" };
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("emend-fuzz-XXXXXX.json", &path, NULL);
  EmendReadSink sink = {
    .find_image = find_image,
    .declare_label = declare_label,
    .skip_record = skip_record,
    .find_label = find_label,
    .add_record = add_record,
    .reviewed_empty = reviewed_empty,
    .problem = problem,
  };
  const char *paths[] = { path, NULL };

  g_assert_cmpint (fd, >=, 0);
  g_assert_true (g_close (fd, NULL));
  g_assert_true (g_file_set_contents_full (path, (const char *) data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600,
                                           NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autoptr (EmendFormat) format = emend_formats_find (formats[i]);
    EmendReadOptions options = { EMEND_FRAME_AUTO, EMEND_TRAILING_CONFIDENCE, path };
    g_autoptr (GError) error = NULL;

    if (!emend_format_read (format, paths, &options, &sink, NULL, &error))
      g_assert_nonnull (error);
  }
  g_unlink (path);
  return 0;
}
