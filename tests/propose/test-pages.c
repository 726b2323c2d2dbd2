#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include <vips/vips.h>

#include "emend-image.h"
#include "emend-ocr.h"
#include "emend-test.h"

/* Real pages as a scanner gives them: on their side, on their head, and slanting. Their words are compared with those
 * of the page as it is, whose boxes are turned by arithmetic. */

static const char *const pages[] = { "000.jpg", "006.jpg" };

static EmendOcr *engine;

typedef struct {
  int turn;      /* clockwise, a multiple of 90 degrees */
  double slant;  /* clockwise, in degrees */
  double recall; /* of the sure words, at least */
} Case;

static EmendPixmap *
load_page (const char *name)
{
  const char *shared = g_getenv ("EMEND_SHARED_DATA");
  g_autofree char *path = g_build_filename (shared != NULL ? shared : "", "receipts", "sroie", "img", name, NULL);
  EmendImageInfo info;

  if (shared == NULL || !emend_image_probe_page (path, 0, &info, NULL, NULL))
    return NULL;
  return emend_image_decode (path, 0, info.width, info.height, NULL, NULL);
}

static EmendPixmap *
turn_page (EmendPixmap *page,
           const Case *how)
{
  static const VipsAngle angles[] = { VIPS_ANGLE_D0, VIPS_ANGLE_D90, VIPS_ANGLE_D180, VIPS_ANGLE_D270 };
  VipsArrayDouble *white = vips_array_double_newv (4, 255.0, 255.0, 255.0, 255.0);
  VipsImage *image = vips_image_new_from_memory (page->data, page->stride * (gsize) page->height, page->width,
                                                 page->height, 4, VIPS_FORMAT_UCHAR);
  VipsImage *turned = NULL;
  VipsImage *slanted = NULL;
  gsize size;
  guint8 *data;
  EmendPixmap *result;

  g_assert_cmpint ((int) page->stride, ==, page->width * 4);
  g_assert_cmpint (vips_rot (image, &turned, angles[how->turn / 90], NULL), ==, 0);
  if (how->slant != 0)
    g_assert_cmpint (vips_rotate (turned, &slanted, how->slant, "background", white, NULL), ==, 0);
  else
    slanted = g_object_ref (turned);
  data = vips_image_write_to_memory (slanted, &size);
  result = emend_pixmap_new (vips_image_get_width (slanted), vips_image_get_height (slanted));
  for (int y = 0; y < result->height; y++)
    memcpy (result->data + (gsize) y * result->stride, data + (gsize) y * (gsize) result->width * 4,
            (gsize) result->width * 4);
  g_free (data);
  g_object_unref (slanted);
  g_object_unref (turned);
  g_object_unref (image);
  vips_area_unref (VIPS_AREA (white));
  return result;
}

/* Where the centre of a box is on the turned page. */
static EmendPoint
turn_centre (const EmendRect *box,
             EmendPixmap *page,
             EmendPixmap *turned,
             const Case *how)
{
  double angle = (how->turn + how->slant) * G_PI / 180;
  double x = box->x + box->width / 2 - page->width / 2.0;
  double y = box->y + box->height / 2 - page->height / 2.0;

  return (EmendPoint){ turned->width / 2.0 + x * cos (angle) - y * sin (angle),
                       turned->height / 2.0 + x * sin (angle) + y * cos (angle) };
}

static gboolean
has_word (EmendWords *words,
          const char *text,
          EmendPoint centre,
          double tolerance)
{
  for (guint i = 0; i < emend_words_get_n (words); i++) {
    const EmendWord *word = emend_words_get (words, i);

    if (g_str_equal (emend_words_get_text (words, word->text), text) &&
        fabs (word->box.x + word->box.width / 2 - centre.x) < tolerance &&
        fabs (word->box.y + word->box.height / 2 - centre.y) < tolerance)
      return TRUE;
  }
  return FALSE;
}

static void
test_page (gconstpointer data)
{
  const Case *how = data;
  guint n_all = 0;
  guint n_found = 0;

  for (gsize p = 0; p < G_N_ELEMENTS (pages); p++) {
    g_autoptr (EmendPixmap) page = load_page (pages[p]);
    g_autoptr (EmendPixmap) turned = page != NULL ? turn_page (page, how) : NULL;
    g_autoptr (EmendWords) plain = page != NULL ? emend_ocr_read (engine, page, 0, NULL, NULL, NULL, NULL) : NULL;
    g_autoptr (EmendWords) words = page != NULL ? emend_ocr_read (engine, turned, 0, NULL, NULL, NULL, NULL) : NULL;

    if (page == NULL) {
      g_test_skip ("the shared data is not there");
      return;
    }
    g_assert_cmpint (emend_words_get_turn (words), ==, how->turn);
    g_assert_cmpfloat_with_epsilon (emend_words_get_skew (words), how->slant + emend_words_get_skew (plain), 0.5);
    for (guint i = 0; i < emend_words_get_n (plain); i++) {
      const EmendWord *word = emend_words_get (plain, i);
      const char *text = emend_words_get_text (plain, word->text);

      if (word->confidence < 0.85 || strlen (text) < 3)
        continue;
      n_all++;
      n_found += has_word (words, text, turn_centre (&word->box, page, turned, how), 8) ? 1 : 0;
    }
  }
  g_test_message ("%u of %u words", n_found, n_all);
  g_assert_cmpuint (n_all, >, 40);
  g_assert_cmpfloat (n_found, >=, how->recall * n_all);
}

int
main (int argc,
      char **argv)
{
  static const Case cases[] = {
    { 90, 0, 0.98 },
    { 180, 0, 0.98 },
    { 270, 0, 0.98 },
    { 0, 2, 0.85 },
    { 0, -3, 0.85 },
    { 0, 5, 0.85 },
    { 90, 3, 0.85 },
  };

  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C");
  emend_media_init (0);
  engine = emend_ocr_new ("eng", NULL);
  g_assert_nonnull (engine);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/propose/pages/turned/%d/slanted/%g", cases[i].turn, cases[i].slant);
    g_test_add_data_func (path, &cases[i], test_page);
  }
  return g_test_run ();
}
