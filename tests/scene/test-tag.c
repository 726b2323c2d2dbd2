#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-tag.h"

#include <math.h>

static void
test_cache (void)
{
  g_autoptr (EmendTag) a = emend_tag_get ("car", 0.5, 0xe69f00, 1);
  g_autoptr (EmendTag) b = emend_tag_get ("car", 0.504, 0xe69f00, 1);
  g_autoptr (EmendTag) c = emend_tag_get ("car", 0.5, 0xe69f00, 2);
  g_autoptr (EmendTag) nothing = emend_tag_get (NULL, NAN, 0xe69f00, 1);

  g_assert_true (a == b);
  g_assert_true (a != c);
  g_assert_cmpint (c->height - a->height, ==, a->height);
  g_assert_cmpint (c->width, >, a->width);
  g_assert_null (nothing);
}

/* What is below is never told as certain, and binary fractions are not told one too low. */
static void
test_percent (void)
{
  g_assert_cmpint (emend_tag_get_percent (0.997), ==, 99);
  g_assert_cmpint (emend_tag_get_percent (1), ==, 100);
  g_assert_cmpint (emend_tag_get_percent (0.29), ==, 29);
  g_assert_cmpint (emend_tag_get_percent (0.57), ==, 57);
  g_assert_cmpint (emend_tag_get_percent (-1), ==, 0);
  g_assert_cmpint (emend_tag_get_percent (7), ==, 100);
}

/* The pill is there in its colour, the corners are free, the text is there in black. */
static void
test_pixels (void)
{
  g_autoptr (EmendTag) tag = emend_tag_get ("car", 0.5, 0xe69f00, 1);
  int black = 0;

  g_assert_cmphex (*(guint32 *) (void *) tag->data, ==, 0);
  g_assert_cmphex (((guint32 *) (void *) (tag->data + 2 * tag->stride))[tag->width / 2], ==, 0xffe69f00);
  for (int y = 0; y < tag->height; y++) {
    for (int x = 0; x < tag->width; x++) {
      guint32 pixel = ((guint32 *) (void *) (tag->data + (gsize) y * tag->stride))[x];

      black += pixel >> 24 == 255 && ((pixel >> 16) & 0xff) < 60;
    }
  }
  g_assert_cmpint (black, >, 10);
}

static void
test_strange_text (void)
{
  g_autoptr (EmendTag) longest = emend_tag_get ("0123456789012345678901234567890123456789", NAN, 0, 1);
  g_autoptr (EmendTag) invalid = emend_tag_get ("a\xff\xfe", 2, 0, 1);
  g_autoptr (EmendTag) lines = emend_tag_get ("a\nb\tc", NAN, 0xffffff, 1.5);

  g_assert_cmpint (longest->width, <, 240);
  g_assert_nonnull (invalid);
  g_assert_cmpint (lines->height, ==, 27);
}

static void
test_place (void)
{
  EmendRect box = { 100, 100, 50, 50 };
  EmendRect top = { 100, 5, 50, 50 };
  EmendRect right = { 790, 100, 50, 50 };
  EmendRect around = { -100, -100, 2000, 2000 };
  EmendPoint at = emend_tag_place (&box, 60, 18, 800, 600);

  g_assert_cmpfloat (at.x, ==, 98);
  g_assert_cmpfloat (at.y, ==, 80);
  at = emend_tag_place (&top, 60, 18, 800, 600);
  g_assert_cmpfloat (at.y, ==, 7);
  at = emend_tag_place (&right, 60, 18, 800, 600);
  g_assert_cmpfloat (at.x, ==, 740);
  at = emend_tag_place (&around, 60, 18, 800, 600);
  g_assert_cmpfloat (at.x, ==, 0);
  g_assert_cmpfloat (at.y, ==, 2);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/tag/get/cache", test_cache);
  g_test_add_func ("/scene/tag/get-percent/honest", test_percent);
  g_test_add_func ("/scene/tag/get/pixels", test_pixels);
  g_test_add_func ("/scene/tag/get/strange-text", test_strange_text);
  g_test_add_func ("/scene/tag/place/inside-view", test_place);
  return g_test_run ();
}
