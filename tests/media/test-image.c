#include "config.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "emend-test.h"
#include "media-fixtures.h"

/* libvips warns of what is in a file; those are no bugs. */
static gboolean
is_fatal_cb (const char *domain,
             GLogLevelFlags level,
             const char *message,
             gpointer data)
{
  return g_strcmp0 (domain, "VIPS") != 0;
}

static EmendPixmap *
decode (const char *path,
        int page,
        int width,
        int height)
{
  g_autoptr (GError) error = NULL;
  EmendPixmap *pixmap = emend_image_decode (path, page, width, height, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pixmap);
  g_assert_cmpint (pixmap->width, <=, width);
  g_assert_cmpint (pixmap->height, <=, height);
  return pixmap;
}

static void
assert_colour (const EmendPixmap *pixmap,
               int x,
               int y,
               guint32 expected,
               int tolerance)
{
  guint32 pixel = media_pixel (pixmap, x, y);

  for (int shift = 0; shift < 32; shift += 8)
    g_assert_cmpint (ABS ((int) (pixel >> shift & 0xff) - (int) (expected >> shift & 0xff)), <=, tolerance);
}

static VipsImage *
make_plain (int width,
            int height,
            int bands,
            VipsBandFormat format,
            VipsInterpretation interpretation,
            const double *values)
{
  g_autoptr (VipsImage) black = NULL;
  g_autoptr (VipsImage) filled = NULL;
  g_autoptr (VipsImage) cast = NULL;
  VipsImage *out = NULL;
  double ones[5] = { 1, 1, 1, 1, 1 };

  g_assert_cmpint (vips_black (&black, width, height, "bands", bands, NULL), ==, 0);
  g_assert_cmpint (vips_linear (black, &filled, ones, values, bands, NULL), ==, 0);
  g_assert_cmpint (vips_cast (filled, &cast, format, NULL), ==, 0);
  g_assert_cmpint (vips_copy (cast, &out, "interpretation", interpretation, NULL), ==, 0);
  return out;
}

static void
test_probe_formats (void)
{
  static const char *const files[][2] = {
    { "a.jpg", "JPEG" },
    { "a.png", "PNG" },
    { "a.tif", "TIFF" },
    { "a.webp[lossless]", "WebP" },
    { "a.gif", "GIF" },
    { "a.jxl[lossless]", "JPEG XL" },
  };
  g_autofree char *folder = emend_test_make_folder ();

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = media_make_file (folder, files[i][0], 301, 203);
    g_autoptr (GError) error = NULL;
    EmendImageInfo info;
    g_assert_true (emend_image_probe (path, &info, NULL, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (info.format, ==, files[i][1]);
    g_assert_cmpint (info.width, ==, 301);
    g_assert_cmpint (info.height, ==, 203);
    g_assert_cmpint (info.orientation, ==, 1);
    g_assert_cmpint (info.n_pages, ==, 1);
    g_assert_cmpint (info.bits, ==, 8);

    g_autoptr (EmendPixmap) whole = decode (path, 0, 1000, 1000);
    g_assert_cmpint (whole->width, ==, 301);
    g_assert_cmpint (whole->height, ==, 203);
    media_assert_position (whole, 150, 101, 0.5, 0.5, 20);
    media_assert_position (whole, 280, 20, 280 / 300., 20 / 202., 20);
    g_autoptr (EmendPixmap) small = decode (path, 0, 50, 50);
    g_assert_cmpint (small->width, ==, 50);
    g_assert_cmpint (small->height, ==, 34);
    media_assert_position (small, 25, 17, 25.5 / 50, 17.5 / 34, 20);
  }
  emend_test_remove_folder (folder);
}

static void
test_probe_errors (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *missing = g_build_filename (folder, "none.png", NULL);
  g_autofree char *text = emend_test_write (folder, "text.png", "This is not a picture.");
  g_autofree char *empty = emend_test_write (folder, "empty.jpg", "");
  g_autofree char *bmp = emend_test_write (folder, "a.bmp", "BM..............................");
  g_autofree char *jxl = emend_test_write (folder, "a.jxl", "\xff\x0a..............");
  g_autofree char *broken = emend_test_write (folder, "broken.png", "\x89PNG\r\n\x1a\n and no more than this");
  g_autofree char *pipe = g_build_filename (folder, "pipe.jpg", NULL);
  const struct {
    const char *path;
    int code;
    const char *part;
  } cases[] = {
    { missing, EMEND_MEDIA_ERROR_NOT_FOUND, "none.png" },
    { folder, EMEND_MEDIA_ERROR_NOT_FOUND, "not a file" },
    { pipe, EMEND_MEDIA_ERROR_NOT_FOUND, "pipe.jpg" },
    { text, EMEND_MEDIA_ERROR_UNSUPPORTED, "text.png" },
    { empty, EMEND_MEDIA_ERROR_UNSUPPORTED, "empty.jpg" },
    { bmp, EMEND_MEDIA_ERROR_UNSUPPORTED, "BMP" },
    { jxl, EMEND_MEDIA_ERROR_DAMAGED, "a.jxl" },
    { broken, EMEND_MEDIA_ERROR_DAMAGED, "broken.png" },
  };

  g_test_log_set_fatal_handler (is_fatal_cb, NULL);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    EmendImageInfo info;
    g_assert_false (emend_image_probe (cases[i].path, &info, NULL, &error));
    g_assert_error (error, EMEND_MEDIA_ERROR, cases[i].code);
    g_assert_nonnull (strstr (error->message, cases[i].part));
    g_assert_true (g_str_has_suffix (error->message, "."));
  }
  emend_test_remove_folder (folder);
}

static void
test_probe_page (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autoptr (VipsImage) first = media_make_image (64, 300);
  g_autoptr (VipsImage) tall = NULL;
  g_autoptr (GError) error = NULL;
  EmendImageInfo info;

  /* libvips writes one page for every 100 rows. */
  g_assert_cmpint (vips_copy (first, &tall, NULL), ==, 0);
  vips_image_set_int (tall, VIPS_META_PAGE_HEIGHT, 100);
  g_autofree char *path = media_save (tall, folder, "pages.tif");
  g_assert_true (emend_image_probe_page (path, 2, &info, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (info.n_pages, ==, 3);
  g_assert_cmpint (info.height, ==, 100);
  g_autoptr (EmendPixmap) third = decode (path, 2, 64, 100);
  media_assert_position (third, 32, 50, 32 / 63., 250 / 299., 3);

  g_test_log_set_fatal_handler (is_fatal_cb, NULL);
  g_assert_false (emend_image_probe_page (path, 3, &info, NULL, &error));
  g_assert_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_DAMAGED);
  emend_test_remove_folder (folder);
}

static void
test_probe_too_large (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autoptr (VipsImage) black = NULL;
  g_autoptr (GError) error = NULL;
  EmendImageInfo info;

  g_assert_cmpint (vips_black (&black, 17000, 17000, NULL), ==, 0);
  g_autofree char *strips = media_save (black, folder, "strips.tif[compression=deflate]");
  g_autofree char *tiles = media_save (black, folder, "tiles.tif[compression=deflate,tile]");
  g_assert_false (emend_image_probe (strips, &info, NULL, &error));
  g_assert_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "strips.tif"));
  g_assert_nonnull (strstr (error->message, "17000 × 17000"));
  g_clear_error (&error);
  /* What can be read by region may be larger. */
  g_assert_true (emend_image_probe (tiles, &info, NULL, &error));
  g_assert_no_error (error);
  emend_test_remove_folder (folder);
}

static void
test_probe_pyramid (gconstpointer data)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = media_make_file (folder, data, 1500, 1001);
  g_autoptr (GError) error = NULL;
  EmendImageInfo info;

  g_assert_true (emend_image_probe (path, &info, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (info.n_pages, ==, 1);
  g_autoptr (EmendPixmap) pixmap = decode (path, 0, 150, 150);
  g_assert_cmpint (pixmap->width, ==, 150);
  media_assert_position (pixmap, 100, 50, 100.5 / 150, 50.5 / 100, 4);
  emend_test_remove_folder (folder);
}

static void
test_decode_colours (void)
{
  static const double grey16[] = { 0x8080 };
  static const double grey_alpha[] = { 0, 0 };
  static const double rgba16[] = { 0, 65535, 0, 32767.5 };
  static const double cyan[] = { 255, 0, 0, 0 };
  static const double white_ink[] = { 0, 0, 0, 0 };
  const struct {
    const char *name;
    int bands;
    VipsBandFormat format;
    VipsInterpretation interpretation;
    const double *values;
    guint32 expected;
    int tolerance;
  } cases[] = {
    { "grey16.png", 1, VIPS_FORMAT_USHORT, VIPS_INTERPRETATION_GREY16, grey16, 0xff808080, 1 },
    { "grey16.tif", 1, VIPS_FORMAT_USHORT, VIPS_INTERPRETATION_GREY16, grey16, 0xff808080, 1 },
    { "clear.png", 2, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_B_W, grey_alpha, 0xffffffff, 0 },
    { "half.png", 4, VIPS_FORMAT_USHORT, VIPS_INTERPRETATION_RGB16, rgba16, 0xff80ff80, 1 },
    { "cyan.tif", 4, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_CMYK, cyan, 0xff00a0e0, 48 },
    { "cyan.jpg", 4, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_CMYK, cyan, 0xff00a0e0, 48 },
    { "paper.jpg", 4, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_CMYK, white_ink, 0xffffffff, 8 },
  };
  g_autofree char *folder = emend_test_make_folder ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (VipsImage) image = make_plain (40, 30, cases[i].bands, cases[i].format, cases[i].interpretation,
                                              cases[i].values);
    g_autofree char *path = media_save (image, folder, cases[i].name);
    g_autoptr (EmendPixmap) whole = decode (path, 0, 40, 30);
    g_autoptr (EmendPixmap) small = decode (path, 0, 7, 7);
    g_test_message ("%s", cases[i].name);
    assert_colour (whole, 20, 15, cases[i].expected, cases[i].tolerance);
    assert_colour (small, 3, 2, cases[i].expected, cases[i].tolerance);
  }
  emend_test_remove_folder (folder);
}

/* Samples without an agreed white are shown from the least to the largest. */
static void
test_decode_float (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  float values[64 * 4];

  for (int i = 0; i < 64 * 4; i++)
    values[i] = -1000.f + (float) (i % 64) * 50.f;
  values[0] = NAN;
  values[64] = INFINITY;
  g_autoptr (VipsImage) image = vips_image_new_from_memory (values, sizeof values, 64, 4, 1, VIPS_FORMAT_FLOAT);
  g_autofree char *path = media_save (image, folder, "float.tif");
  g_autoptr (EmendPixmap) pixmap = decode (path, 0, 64, 4);
  assert_colour (pixmap, 0, 3, 0xff000000, 1);
  assert_colour (pixmap, 63, 3, 0xffffffff, 1);
  assert_colour (pixmap, 32, 3, 0xff818181, 2);
  emend_test_remove_folder (folder);
}

static void
test_decode_bits (gconstpointer data)
{
  g_autofree char *path = emend_test_shared (data);

  if (path == NULL)
    return;
  g_autoptr (EmendPixmap) pixmap = decode (path, 0, 256, 4);
  g_assert_cmpint (pixmap->width, ==, 256);
  assert_colour (pixmap, 0, 1, 0xff000000, 0);
  assert_colour (pixmap, 255, 1, 0xffffffff, 0);
}

static void
test_decode_profile (void)
{
  g_autofree char *with = emend_test_shared ("conformance/images_libvips/sample-xyb.jpg");
  g_autofree char *without = with != NULL ? emend_test_shared ("conformance/images_libvips/sample.png") : NULL;

  if (without == NULL)
    return;
  /* Channels of this JPEG are not red, green and blue at all without its profile. */
  g_autoptr (EmendPixmap) one = decode (with, 0, 29, 44);
  g_autoptr (EmendPixmap) two = decode (without, 0, 29, 44);
  for (int y = 2; y < 42; y += 4)
    for (int x = 2; x < 27; x += 4)
      assert_colour (one, x, y, media_pixel (two, x, y), 24);
}

/* The same upright picture from each of the eight ways to store it. */
static void
test_decode_orientation (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autoptr (VipsImage) upright = media_make_image (96, 64);
  static const VipsAngle angles[9] = {
    [5] = VIPS_ANGLE_D90,
    [6] = VIPS_ANGLE_D270,
    [7] = VIPS_ANGLE_D90,
    [8] = VIPS_ANGLE_D90
  };

  for (int orientation = 1; orientation <= 8; orientation++) {
    g_autofree char *name = g_strdup_printf ("%d.tif", orientation);
    g_autoptr (VipsImage) turned = NULL;
    g_autoptr (VipsImage) flipped = NULL;
    g_autoptr (VipsImage) stored = NULL;
    g_autoptr (VipsImage) both = NULL;
    gboolean flip_x = orientation == 2 || orientation == 3 || orientation == 5;
    gboolean flip_y = orientation == 3 || orientation == 4;
    g_assert_cmpint (vips_rot (upright, &turned, angles[orientation], NULL), ==, 0);
    /* 5 is the transpose, 7 the transpose about the other diagonal. */
    if (orientation == 7)
      g_assert_cmpint (vips_flip (turned, &flipped, VIPS_DIRECTION_VERTICAL, NULL), ==, 0);
    else if (flip_x)
      g_assert_cmpint (vips_flip (turned, &flipped, VIPS_DIRECTION_HORIZONTAL, NULL), ==, 0);
    else
      g_assert_cmpint (vips_copy (turned, &flipped, NULL), ==, 0);
    if (flip_y)
      g_assert_cmpint (vips_flip (flipped, &both, VIPS_DIRECTION_VERTICAL, NULL), ==, 0);
    else
      g_assert_cmpint (vips_copy (flipped, &both, NULL), ==, 0);
    g_assert_cmpint (vips_copy (both, &stored, NULL), ==, 0);
    vips_image_set_int (stored, VIPS_META_ORIENTATION, orientation);
    g_autofree char *path = media_save (stored, folder, name);

    g_autoptr (EmendPixmap) pixmap = decode (path, 0, 1000, 1000);
    g_test_message ("orientation %d", orientation);
    g_assert_cmpint (pixmap->width, ==, 96);
    g_assert_cmpint (pixmap->height, ==, 64);
    media_assert_position (pixmap, 0, 0, 0, 0, 2);
    media_assert_position (pixmap, 95, 0, 1, 0, 2);
    media_assert_position (pixmap, 0, 63, 0, 1, 2);
    media_assert_position (pixmap, 70, 20, 70 / 95., 20 / 63., 2);
  }
  emend_test_remove_folder (folder);
}

/* The published files say which way is up by themselves: all eight show what the first shows. */
static void
test_decode_orientation_published (void)
{
  g_autofree char *first = emend_test_shared ("conformance/images_libvips/rotation/1.jpg");

  if (first == NULL)
    return;
  g_autoptr (EmendPixmap) expected = decode (first, 0, 60, 80);
  for (int i = 2; i <= 8; i++) {
    g_autofree char *name = g_strdup_printf ("conformance/images_libvips/rotation/%d.jpg", i);
    g_autofree char *path = emend_test_shared (name);
    g_autoptr (EmendPixmap) pixmap = decode (path, 0, 60, 80);
    gint64 difference = 0;
    g_assert_cmpint (pixmap->width, ==, expected->width);
    g_assert_cmpint (pixmap->height, ==, expected->height);
    for (int y = 0; y < pixmap->height; y++)
      for (int x = 0; x < pixmap->width; x++)
        difference += ABS ((int) (media_pixel (pixmap, x, y) & 0xff) - (int) (media_pixel (expected, x, y) & 0xff));
    g_test_message ("%d: %g", i, (double) difference / (pixmap->width * pixmap->height));
    g_assert_cmpfloat ((double) difference / (pixmap->width * pixmap->height), <, 12);
  }
}

static gpointer
cancel_thread (gpointer data)
{
  g_usleep (30000);
  g_cancellable_cancel (data);
  return NULL;
}

/* Every pixel as it was, with 8 and 16 bits; and the most that is decoded in one piece. */
static void
test_decode_jxl (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *jxl = media_make_file (folder, "a.jxl[lossless]", 301, 203);
  g_autofree char *png = media_make_file (folder, "a.png", 301, 203);
  g_autoptr (EmendPixmap) one = decode (jxl, 0, 301, 203);
  g_autoptr (EmendPixmap) two = decode (png, 0, 301, 203);
  static const double grey[] = { 32896 };
  g_autoptr (VipsImage) deep = make_plain (40, 30, 1, VIPS_FORMAT_USHORT, VIPS_INTERPRETATION_GREY16, grey);
  g_autofree char *deep_path = media_save (deep, folder, "deep.jxl[lossless]");
  g_autoptr (EmendPixmap) plain = decode (deep_path, 0, 40, 30);
  g_autoptr (GError) error = NULL;
  EmendImageInfo info;

  for (int y = 0; y < 203; y++)
    for (int x = 0; x < 301; x++)
      g_assert_cmphex (media_pixel (one, x, y), ==, media_pixel (two, x, y));
  assert_colour (plain, 20, 15, 0xff808080, 1);
  g_assert_true (emend_image_probe (deep_path, &info, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (info.bits, ==, 16);
  g_assert_false (emend_image_probe_page (jxl, 1, &info, NULL, &error));
  g_assert_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_DAMAGED);
  emend_test_remove_folder (folder);
}

/* A picture of 16 × 8 whose left half is red and right half blue, that is to be turned by 90° (Exif 6): as
 * another program wrote it. */
static const char turned_jxl[] =
  "\x00\x00\x00\x0c\x4a\x58\x4c\x20\x0d\x0a\x87\x0a\x00\x00\x00\x14"
  "\x66\x74\x79\x70\x6a\x78\x6c\x20\x00\x00\x00\x00\x6a\x78\x6c\x20"
  "\x00\x00\x00\x35\x6a\x78\x6c\x63\xff\x0a\xc1\x2d\x10\x50\x5c\x12"
  "\x08\x02\x01\x00\x7c\x00\x4b\x18\x8b\x15\x00\x1c\x44\xc6\x18\x63"
  "\xa4\x78\x81\x10\x00\xa2\xdb\x66\x10\xfc\x2b\x89\xb6\xa1\x8c\x3e"
  "\x02\x5e\x80\xbc\x00";

static void
test_decode_jxl_turned (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "turned.jxl", NULL);
  g_autoptr (GError) error = NULL;
  EmendImageInfo info;

  g_assert_true (g_file_set_contents (path, turned_jxl, sizeof turned_jxl - 1, NULL));
  g_assert_true (emend_image_probe (path, &info, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (info.width, ==, 8);
  g_assert_cmpint (info.height, ==, 16);
  g_assert_cmpint (info.orientation, ==, 1);
  g_autoptr (EmendPixmap) upright = decode (path, 0, 100, 100);
  g_assert_cmpint (upright->height, ==, 16);
  assert_colour (upright, 4, 3, 0xffff0000, 0);
  assert_colour (upright, 4, 12, 0xff0000ff, 0);
  emend_test_remove_folder (folder);
}

/* Nothing but a header: of 8,193 × 8,192 pixels, which is one column too many, and of 8,192 × 8,192. */
static void
test_probe_jxl_too_large (void)
{
  static const char large[24] = "\xff\x0a\xfc\xff\x00\x02\x80\x30";
  static const char largest[24] = "\xff\x0a\xfc\xff\x00\xfe\x7f\x30";
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "large.jxl", NULL);
  g_autoptr (GError) error = NULL;
  EmendImageInfo info;

  g_assert_true (g_file_set_contents (path, large, sizeof large, NULL));
  g_assert_false (emend_image_probe (path, &info, NULL, &error));
  g_assert_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "8193 × 8192"));
  g_assert_nonnull (strstr (error->message, "67 megapixels"));
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, largest, sizeof largest, NULL));
  g_assert_true (emend_image_probe (path, &info, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (info.width, ==, 8192);
  emend_test_remove_folder (folder);
}

static void
test_decode_cancelled (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autoptr (VipsImage) noise = NULL;
  g_autoptr (VipsImage) bytes = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (vips_gaussnoise (&noise, 6000, 6000, "mean", 128.0, NULL), ==, 0);
  g_assert_cmpint (vips_cast_uchar (noise, &bytes, NULL), ==, 0);
  g_autofree char *path = media_save (bytes, folder, "noise.png[compression=1]");
  GThread *thread = g_thread_new ("cancel", cancel_thread, cancellable);
  g_autoptr (EmendPixmap) pixmap = emend_image_decode (path, 0, 100, 100, cancellable, &error);
  g_thread_join (thread);
  g_assert_null (pixmap);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  emend_test_remove_folder (folder);
}

static void
test_decode_cut (gconstpointer data)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = media_make_file (folder, data, 900, 700);
  g_autofree char *bytes = NULL;
  gsize size;

  g_test_log_set_fatal_handler (is_fatal_cb, NULL);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (int i = 1; i < 20; i++) {
    g_autoptr (GError) error = NULL;
    g_assert_true (g_file_set_contents (path, bytes, (gssize) (size * (gsize) i / 20), NULL));
    g_autoptr (EmendPixmap) pixmap = emend_image_decode (path, 0, 300, 300, NULL, &error);
    g_assert_null (pixmap);
    g_assert_true (error->domain == EMEND_MEDIA_ERROR);
    g_assert_nonnull (strstr (error->message, "“"));
  }
  emend_test_remove_folder (folder);
}

/* A picture or a sentence, in bounded time. */
static void
decode_one (const char *path)
{
  g_autoptr (GError) error = NULL;
  EmendImageInfo info;
  gint64 start = g_get_monotonic_time ();
  int pages = emend_image_probe (path, &info, NULL, &error) ? info.n_pages : 0;

  g_assert_cmpint (pages > 0, ==, error == NULL);
  for (int i = 0; i < MIN (pages, 3) && error == NULL; i++) {
    g_autoptr (EmendPixmap) pixmap = emend_image_decode (path, i, 1440, 900, NULL, &error);
    g_assert_cmpint (pixmap != NULL, ==, error == NULL);
  }
  if (error != NULL) {
    g_assert_cmpuint (error->domain, ==, EMEND_MEDIA_ERROR);
    g_assert_true (g_str_has_suffix (error->message, "."));
  }
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_TIME_SPAN_SECOND);
}

/* Bytes changed anywhere in the file end in a picture or in a sentence. */
static void
test_decode_jxl_damaged (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = media_make_file (folder, "a.jxl", 200, 120);
  g_autofree char *bytes = NULL;
  gsize size;

  g_test_log_set_fatal_handler (is_fatal_cb, NULL);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (int i = 0; i < 300; i++) {
    g_autofree char *changed = g_memdup2 (bytes, size);

    for (int n = 0; n < 3; n++)
      changed[g_test_rand_int_range (0, (int) size)] = (char) g_test_rand_int_range (0, 256);
    g_assert_true (g_file_set_contents (path, changed, (gssize) size, NULL));
    decode_one (path);
  }
  emend_test_remove_folder (folder);
}

static void
decode_all (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      decode_all (path);
    else
      decode_one (path);
  }
}

/* The most that this process held, in megabytes. */
static guint64
peak_memory (void)
{
  g_autofree char *status = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  const char *line = strstr (status, "VmHWM:");
  return line != NULL ? g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) / 1024 : 0;
}

static void
test_decode_hostile (gconstpointer data)
{
  g_autofree char *folder = emend_test_shared (data);

  if (folder == NULL)
    return;
  g_test_log_set_fatal_handler (is_fatal_cb, NULL);
  decode_all (folder);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (peak_memory (), <, 600);
#else
  g_test_message ("%" G_GUINT64_FORMAT " MB with the address sanitizer", peak_memory ());
#endif
}

static void
test_supported_name (void)
{
  g_assert_true (emend_media_is_supported_name ("a.jpg"));
  g_assert_true (emend_media_is_supported_name ("/x/y.z/A.JPEG"));
  g_assert_true (emend_media_is_supported_name ("scan.TIFF"));
  g_assert_true (emend_media_is_supported_name ("b.WebP"));
  g_assert_true (emend_media_is_supported_name ("c.heic"));
  g_assert_true (emend_media_is_supported_name ("d.AvIf"));
  g_assert_false (emend_media_is_supported_name ("a.bmp"));
  g_assert_true (emend_media_is_supported_name ("e.JXL"));
  g_assert_false (emend_media_is_supported_name ("jpg"));
  g_assert_false (emend_media_is_supported_name ("a."));
  g_assert_false (emend_media_is_supported_name ("folder.png/readme"));
}

static void
locate (const char *folder,
        const char *name,
        const char *text,
        const char *expected)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GError) error = NULL;
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text));
  g_checksum_get_digest (checksum, digest, &size);
  g_autofree char *found = emend_media_locate (folder, name, strlen (text), digest, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_locate (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *outside = emend_test_make_folder ();
  g_autofree char *a = emend_test_write (folder, "one/a.png", "same bytes");
  g_autofree char *b = emend_test_write (folder, "two/deep/b.png", "same bytes");
  g_autofree char *c = emend_test_write (folder, "two/a.png", "same size!");
  g_autofree char *d = emend_test_write (outside, "d.png", "elsewhere");
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint8 digest[32] = { 0 };

  g_assert_true (a != NULL && b != NULL && c != NULL && d != NULL);
  g_assert_cmpint (symlink (outside, link), ==, 0);
  locate (folder, "a.png", "same bytes", "one/a.png");
  locate (folder, "old/b.png", "same bytes", "two/deep/b.png");
  locate (folder, "renamed.png", "same size!", "two/a.png");
  locate (folder, "a.png", "other text", NULL);
  /* Links lead out of the folder, so they are not followed. */
  locate (folder, "d.png", "elsewhere", NULL);
  locate (outside, "d.png", "elsewhere", "d.png");

  g_cancellable_cancel (cancellable);
  g_autofree char *found = emend_media_locate (folder, "a.png", 10, digest, cancellable, &error);
  g_assert_null (found);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  emend_test_remove_folder (folder);
  emend_test_remove_folder (outside);
}

static void
test_pixmap (void)
{
  EmendPixmap *pixmap = emend_pixmap_new (3, 2);

  memset (pixmap->data, 7, pixmap->stride * 2);
  g_autoptr (GBytes) bytes = emend_pixmap_to_bytes (pixmap);
  emend_pixmap_unref (emend_pixmap_ref (pixmap));
  emend_pixmap_unref (pixmap);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 24);
  g_assert_cmpint (((const guint8 *) g_bytes_get_data (bytes, NULL))[23], ==, 7);
  g_assert_null (emend_pixmap_new (G_MAXINT, G_MAXINT));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  emend_media_init (0);

  g_test_add_func ("/media/image/probe/formats", test_probe_formats);
  g_test_add_func ("/media/image/probe/errors", test_probe_errors);
  g_test_add_func ("/media/image/probe/page", test_probe_page);
  g_test_add_func ("/media/image/probe/too-large", test_probe_too_large);
  g_test_add_data_func ("/media/image/probe/pyramid-pages", "a.tif[tile,pyramid]", test_probe_pyramid);
  g_test_add_data_func ("/media/image/probe/pyramid-subifd", "a.tif[tile,pyramid,subifd]", test_probe_pyramid);
  g_test_add_func ("/media/image/decode/colours", test_decode_colours);
  g_test_add_func ("/media/image/decode/float", test_decode_float);
  g_test_add_data_func ("/media/image/decode/1-bit", "conformance/images_libvips/1bit.tif", test_decode_bits);
  g_test_add_data_func ("/media/image/decode/2-bit", "conformance/images_libvips/2bit.tif", test_decode_bits);
  g_test_add_data_func ("/media/image/decode/4-bit", "conformance/images_libvips/4bit.tif", test_decode_bits);
  g_test_add_func ("/media/image/decode/profile", test_decode_profile);
  g_test_add_func ("/media/image/decode/orientation", test_decode_orientation);
  g_test_add_func ("/media/image/decode/orientation-published", test_decode_orientation_published);
  g_test_add_func ("/media/image/decode/jxl", test_decode_jxl);
  g_test_add_func ("/media/image/decode/jxl-turned", test_decode_jxl_turned);
  g_test_add_func ("/media/image/decode/jxl-damaged", test_decode_jxl_damaged);
  g_test_add_func ("/media/image/probe/jxl-too-large", test_probe_jxl_too_large);
  g_test_add_func ("/media/image/decode/cancelled", test_decode_cancelled);
  g_test_add_data_func ("/media/image/decode/cut-jpeg", "a.jpg", test_decode_cut);
  g_test_add_data_func ("/media/image/decode/cut-png", "a.png", test_decode_cut);
  g_test_add_data_func ("/media/image/decode/cut-tiff", "a.tif[compression=deflate]", test_decode_cut);
  g_test_add_data_func ("/media/image/decode/cut-webp", "a.webp", test_decode_cut);
  g_test_add_data_func ("/media/image/decode/cut-jxl", "a.jxl", test_decode_cut);
  g_test_add_data_func ("/media/image/decode/cut-jxl-lossless", "a.jxl[lossless]", test_decode_cut);
  g_test_add_data_func ("/media/image/decode/hostile", "hostile/image", test_decode_hostile);
  g_test_add_data_func ("/media/image/decode/hostile-generated", "hostile/generated_here", test_decode_hostile);
  g_test_add_data_func ("/media/image/decode/hostile-fuzz", "hostile/gofuzz", test_decode_hostile);
  g_test_add_data_func ("/media/image/decode/conformance", "conformance/images_libvips", test_decode_hostile);
  g_test_add_func ("/media/image/supported_name/extensions", test_supported_name);
  g_test_add_func ("/media/image/locate/moved", test_locate);
  g_test_add_func ("/media/pixmap/to_bytes/counted", test_pixmap);
  return g_test_run ();
}
