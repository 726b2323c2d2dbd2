#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "emend-picture-private.h"
#include "emend-test.h"
#include "media-fixtures.h"

#define MEGABYTE ((guint64) 1024 * 1024)

static void
test_formats (gconstpointer data)
{
  const char *name = data;
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = media_make_file (folder, name, 1501, 1003);
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, path, 0);
  const double scales[] = { 0.1, 0.25, 0.4, 1, 3 };

  media_wait_opened (picture);
  g_assert_no_error (emend_picture_get_error (picture));
  g_assert_cmpint (emend_picture_get_width (picture), ==, 1501);
  g_assert_cmpint (emend_picture_get_height (picture), ==, 1003);
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++) {
    EmendRect visible = { 300, 200, 600, 500 };
    g_autoptr (GArray) tiles = media_wait_view (picture, &visible, scales[i]);
    g_autoptr (EmendPixmap) view = media_compose (tiles, &visible, scales[i]);
    media_assert_position (view, 0, 0, 300 / 1501., 200 / 1003., 6);
    media_assert_position (view, view->width - 1, view->height - 1, 900 / 1501., 700 / 1003., 6);
    media_assert_position (view, view->width / 2, view->height / 2, 600 / 1501., 450 / 1003., 6);
  }
  emend_test_remove_folder (folder);
}

/* Sides of one pixel, and sides much longer than the other. */
static void
test_thin (void)
{
  static const int sizes[][2] = { { 1, 1 }, { 1, 5000 }, { 5000, 1 }, { 7, 513 }, { 512, 512 }, { 16000, 3 } };
  static const char *const names[] = { "a.png", "a.jpg", "a.tif[tile]", "a.webp[lossless]" };
  g_autofree char *folder = emend_test_make_folder ();

  for (gsize i = 0; i < G_N_ELEMENTS (sizes) * G_N_ELEMENTS (names); i++) {
    const int *size = sizes[i % G_N_ELEMENTS (sizes)];
    g_autofree char *path = media_make_file (folder, names[i / G_N_ELEMENTS (sizes)], size[0], size[1]);
    g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
    g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, path, 0);
    EmendRect all = { 0, 0, size[0], size[1] };
    g_autoptr (GArray) small = media_wait_view (picture, &all, 0.01);
    g_autoptr (GArray) full = media_wait_view (picture, &all, 1);
    g_autoptr (EmendPixmap) view = media_compose (full, &all, 1);
    g_autoptr (EmendPixmap) decoded = emend_image_decode (path, 0, 50, 50, NULL, NULL);
    g_assert_no_error (emend_picture_get_error (picture));
    g_assert_cmpuint (small->len, ==, 1);
    for (int x = 0; x < view->width; x += 97)
      g_assert_cmphex (media_pixel (view, x, view->height - 1) >> 24, ==, 0xff);
    g_assert_cmpint (decoded->width, ==, MAX (MIN (size[0], size[0] * 50 / MAX (MAX (size[0], size[1]), 50)), 1));
  }
  emend_test_remove_folder (folder);
}

/* All orientations, cut into tiles at sizes that are no multiple of them. */
static void
test_orientations (gconstpointer data)
{
  int orientation = GPOINTER_TO_INT (data);
  g_autofree char *folder = emend_test_make_folder ();
  g_autoptr (VipsImage) image = media_make_image (1301, 777);
  g_autoptr (VipsImage) stored = NULL;
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();

  g_assert_cmpint (vips_copy (image, &stored, NULL), ==, 0);
  vips_image_set_int (stored, VIPS_META_ORIENTATION, orientation);
  g_autofree char *path = media_save (stored, folder, "o.tif[tile,compression=lzw]");
  g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, path, 0);
  g_autoptr (EmendPixmap) whole = emend_image_decode (path, 0, 2000, 2000, NULL, NULL);

  media_wait_opened (picture);
  g_assert_cmpint (emend_picture_get_width (picture), ==, orientation < 5 ? 1301 : 777);
  g_assert_cmpint (emend_picture_get_height (picture), ==, orientation < 5 ? 777 : 1301);
  EmendRect visible = { 0, 0, emend_picture_get_width (picture), emend_picture_get_height (picture) };
  g_autoptr (GArray) tiles = media_wait_view (picture, &visible, 1);
  g_autoptr (EmendPixmap) view = media_compose (tiles, &visible, 1);
  g_assert_cmpint (view->width, ==, whole->width);
  g_assert_cmpint (view->height, ==, whole->height);
  g_assert_cmpint (memcmp (view->data, whole->data, view->stride * (gsize) view->height), ==, 0);
  emend_test_remove_folder (folder);
}

static void
assert_view (EmendPicture *picture,
             const EmendRect *visible,
             double scale)
{
  g_autoptr (GArray) tiles = media_wait_view (picture, visible, scale);
  g_autoptr (EmendPixmap) view = media_compose (tiles, visible, scale);
  double width = emend_picture_get_width (picture);
  double height = emend_picture_get_height (picture);

  g_assert_no_error (emend_picture_get_error (picture));
  for (int i = 0; i < 5; i++) {
    int x = (view->width - 1) * i / 4;
    int y = (view->height - 1) * i / 4;
    media_assert_position (view, x, y, (visible->x + x / scale) / width, (visible->y + y / scale) / height, 8);
  }
}

/* A tiled file is read tile by tile, with and without sizes of its own. */
static void
test_tiled (gconstpointer data)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = media_make_file (folder, data, 5003, 4001);
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, path, 0);
  EmendRect all = { 0, 0, 5003, 4001 };
  EmendRect part = { 2500, 1800, 900, 700 };
  guint64 whole = (guint64) 5003 * 4001 * 4;

  assert_view (picture, &all, 0.2);
  assert_view (picture, &part, 1);
  assert_view (picture, &part, 0.7);
  /* Nothing but what is looked at was decoded at full size. */
  g_assert_cmpuint (emend_picture_cache_get_bytes (cache), <, whole / 2);
  emend_test_remove_folder (folder);
}

/* What can only be read from the top, and is too large for the memory, is kept decoded on disk. */
static void
test_copied (gconstpointer data)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = media_make_file (folder, data, 4001, 3003);
  g_autofree char *copies = g_build_filename (g_get_user_cache_dir (), "emend", "pictures", NULL);
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  g_autoptr (EmendPicture) picture = NULL;
  EmendRect all = { 0, 0, 4001, 3003 };
  EmendRect part = { 3000, 2200, 1001, 803 };

  if (g_file_test (copies, G_FILE_TEST_EXISTS))
    emend_test_remove_folder (copies);
  emend_picture_cache_set_limit (cache, 16 * MEGABYTE);
  picture = emend_picture_cache_get (cache, path, 0);
  assert_view (picture, &all, 0.25);
  assert_view (picture, &part, 1);
  assert_view (picture, &part, 0.5);
  assert_view (picture, &all, 0.25);
  g_assert_cmpuint (emend_picture_cache_get_bytes (cache), <=, 16 * MEGABYTE);

  /* The next one finds the copy, and what is no copy is made anew. */
  g_autoptr (GDir) entries = g_dir_open (copies, 0, NULL);
  g_autofree char *copy = g_build_filename (copies, g_dir_read_name (entries), NULL);
  GStatBuf before;
  GStatBuf after;
  g_assert_cmpint (g_stat (copy, &before), ==, 0);
  g_clear_object (&picture);
  g_clear_object (&cache);
  cache = emend_picture_cache_new ();
  emend_picture_cache_set_limit (cache, 16 * MEGABYTE);
  picture = emend_picture_cache_get (cache, path, 0);
  assert_view (picture, &part, 1);
  g_assert_cmpint (g_stat (copy, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, ==, after.st_ino);

  g_clear_object (&picture);
  g_clear_object (&cache);
  g_assert_true (g_file_set_contents (copy, "no copy", -1, NULL));
  cache = emend_picture_cache_new ();
  emend_picture_cache_set_limit (cache, 16 * MEGABYTE);
  picture = emend_picture_cache_get (cache, path, 0);
  assert_view (picture, &part, 1);
  g_assert_cmpint (g_stat (copy, &after), ==, 0);
  g_assert_cmpint (after.st_size, ==, before.st_size);
  emend_test_remove_folder (folder);
}

/* Where no copy can be made the picture is shown less sharp, and says that nothing better comes. */
static void
test_copy_impossible (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = media_make_file (folder, "big.png", 4001, 3003);
  g_autofree char *parent = g_build_filename (g_get_user_cache_dir (), "emend", NULL);
  g_autofree char *copies = g_build_filename (parent, "pictures", NULL);
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  g_autoptr (EmendPicture) picture = NULL;
  EmendRect part = { 3000, 2200, 1001, 803 };

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  if (g_file_test (copies, G_FILE_TEST_EXISTS))
    emend_test_remove_folder (copies);
  g_assert_true (g_file_set_contents (copies, "in the way", -1, NULL));
  emend_picture_cache_set_limit (cache, 16 * MEGABYTE);
  picture = emend_picture_cache_get (cache, path, 0);
  assert_view (picture, &part, 1);
  g_assert_cmpint (g_unlink (copies), ==, 0);
  emend_test_remove_folder (folder);
}

static void
test_order (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = media_make_file (folder, "a.png", 4000, 3000);
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, path, 0);
  EmendRect part = { 500, 500, 1400, 900 };
  gboolean complete = FALSE;
  gboolean coarse_seen = FALSE;

  media_wait_opened (picture);
  emend_picture_request (picture, &part, 1);
  while (!complete) {
    g_autoptr (GArray) tiles = emend_picture_take_tiles (picture, &part, 1, &complete);
    double before = G_MAXDOUBLE;
    for (guint i = 0; i < tiles->len; i++) {
      const EmendTile *tile = &g_array_index (tiles, EmendTile, i);
      double grain = tile->rect.width / tile->pixmap->width;
      EmendRect common = emend_rect_intersect (&tile->rect, &part);
      g_assert_cmpfloat (grain, <=, before + 0.01);
      g_assert_cmpfloat (emend_rect_area (&common), >, 0);
      coarse_seen = coarse_seen || (grain > 1.5 && !complete);
      before = grain;
    }
    if (complete)
      for (guint i = 0; i < tiles->len; i++)
        g_assert_cmpint (g_array_index (tiles, EmendTile, i).pixmap->width, ==, 512);
    g_main_context_iteration (NULL, FALSE);
  }
  /* Something of the whole page was there before the sharp tiles. */
  g_assert_true (coarse_seen);
  emend_test_remove_folder (folder);
}

static void
failed_cb (EmendPicture *picture,
           GError *error,
           gpointer data)
{
  int *count = data;

  g_assert_true (error->domain == EMEND_MEDIA_ERROR);
  (*count)++;
}

static void
test_failed (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *text = emend_test_write (folder, "no.png", "no picture");
  g_autofree char *missing = g_build_filename (folder, "none.png", NULL);
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  const char *const paths[] = { text, missing };
  EmendRect visible = { 0, 0, 100, 100 };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, paths[i], 0);
    gboolean complete = FALSE;
    int count = 0;
    g_signal_connect (picture, "failed", G_CALLBACK (failed_cb), &count);
    emend_picture_request (picture, &visible, 1);
    media_wait_opened (picture);
    g_assert_cmpint (count, ==, 1);
    g_assert_nonnull (emend_picture_get_error (picture));
    g_autoptr (GArray) tiles = emend_picture_take_tiles (picture, &visible, 1, &complete);
    g_assert_cmpuint (tiles->len, ==, 0);
    g_assert_true (complete);
    g_assert_cmpstr (emend_picture_get_path (picture), ==, paths[i]);
    g_assert_cmpint (emend_picture_get_page (picture), ==, 0);
    g_signal_handlers_disconnect_by_data (picture, &count);
  }
  emend_test_remove_folder (folder);
}

static void
count_cb (EmendPicture *picture,
          gpointer data)
{
  (*(int *) data)++;
}

/* However many tiles there are, nobody is told more often than a screen can show. */
static void
test_coalesced (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = media_make_file (folder, "a.tif[tile,pyramid]", 8000, 6000);
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, path, 0);
  EmendRect all = { 0, 0, 8000, 6000 };
  int count = 0;

  media_wait_opened (picture);
  g_signal_connect (picture, "changed", G_CALLBACK (count_cb), &count);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GArray) tiles = media_wait_view (picture, &all, 1);
  gint64 frames = (g_get_monotonic_time () - start) / (15 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpuint (tiles->len, ==, 192);
  g_assert_cmpint (count, >, 0);
  g_assert_cmpint (count, <=, frames + 2);
  g_signal_handlers_disconnect_by_data (picture, &count);
  emend_test_remove_folder (folder);
}

static void
test_limit (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  const guint64 limit = 20 * MEGABYTE;
  EmendRect all = { 0, 0, 1400, 1000 };

  emend_picture_cache_set_limit (cache, limit);
  for (int i = 0; i < 12; i++) {
    g_autofree char *name = g_strdup_printf ("%d.png", i);
    g_autofree char *path = media_make_file (folder, name, 1400, 1000);
    g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, path, 0);
    assert_view (picture, &all, 1);
    g_assert_cmpuint (emend_picture_cache_get_bytes (cache), <=, limit);
    g_assert_cmpuint (emend_picture_cache_get_bytes (cache), >=, (guint64) 1400 * 1000 * 4);
  }

  /* What is looked at stays even when the limit is too small for it. */
  g_autofree char *path = g_build_filename (folder, "0.png", NULL);
  g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, path, 0);
  gboolean complete = FALSE;
  assert_view (picture, &all, 1);
  emend_picture_cache_set_limit (cache, 1);
  g_autoptr (GArray) tiles = emend_picture_take_tiles (picture, &all, 1, &complete);
  g_assert_true (complete);
  g_assert_cmpuint (tiles->len, ==, 6);

  /* And goes when it is not looked at any more. */
  g_clear_object (&picture);
  emend_picture_cache_set_limit (cache, 1);
  g_assert_cmpuint (emend_picture_cache_get_bytes (cache), <=, 1);
  emend_test_remove_folder (folder);
}

static void
wait_prefetched (EmendPictureCache *cache,
                 guint64 bytes)
{
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  while (emend_picture_cache_get_bytes (cache) < bytes && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_cmpuint (emend_picture_cache_get_bytes (cache), >=, bytes);
}

static void
test_prefetch (void)
{
  const EmendHeader header = { .width = 2800, .height = 2000 };
  const guint64 one_picture = emend_tiles_bytes (&header, 1);
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *one = media_make_file (folder, "1.jpg", 2800, 2000);
  g_autofree char *two = media_make_file (folder, "2.jpg", 2800, 2000);
  g_autofree char *three = media_make_file (folder, "3.jpg", 2800, 2000);
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  const char *const paths[] = { one, two, NULL };
  const char *const others[] = { three, NULL };
  const char *const none[] = { NULL };
  EmendRect all = { 0, 0, 2800, 2000 };
  gboolean complete = FALSE;

  emend_picture_cache_prefetch (cache, paths, 1400, 1000);
  wait_prefetched (cache, 2 * one_picture);
  /* Everything is there without another turn of the main loop. */
  g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, two, 0);
  g_assert_cmpint (emend_picture_get_width (picture), ==, 2800);
  emend_picture_request (picture, &all, 0.5);
  g_autoptr (GArray) tiles = emend_picture_take_tiles (picture, &all, 0.5, &complete);
  g_assert_true (complete);
  g_assert_cmpuint (tiles->len, >, 0);

  /* What is asked for ahead outlives what was shown before. */
  emend_picture_cache_prefetch (cache, others, 1400, 1000);
  wait_prefetched (cache, 3 * one_picture);
  emend_picture_cache_set_limit (cache, 16 * MEGABYTE);
  g_autoptr (EmendPicture) third = emend_picture_cache_get (cache, three, 0);
  g_autoptr (GArray) kept = emend_picture_take_tiles (third, &all, 0.5, &complete);
  g_assert_true (complete);
  g_assert_cmpuint (kept->len, ==, 6);
  g_autoptr (GArray) shown = emend_picture_take_tiles (picture, &all, 0.5, &complete);
  g_assert_true (complete);
  g_assert_cmpuint (shown->len, ==, 6);
  g_autoptr (EmendPicture) first = emend_picture_cache_get (cache, one, 0);
  g_autoptr (GArray) dropped = emend_picture_take_tiles (first, &all, 0.5, &complete);
  g_assert_false (complete);
  g_assert_cmpuint (dropped->len, <, 6);
  emend_picture_cache_prefetch (cache, none, 1400, 1000);
  emend_test_remove_folder (folder);
}

/* What could not be decoded ahead is told to whoever looks at it, and tried again. */
static void
test_prefetch_failed (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = emend_test_write (folder, "a.png", "no picture");
  g_autofree char *good = media_make_file (folder, "b.png", 100, 100);
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  const char *const paths[] = { path, good, NULL };
  const EmendHeader header = { .width = 100, .height = 100 };
  int count = 0;

  /* The second comes after the first, so the first has failed by then. */
  emend_picture_cache_prefetch (cache, paths, 500, 500);
  wait_prefetched (cache, emend_tiles_bytes (&header, 0));
  g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, path, 0);
  g_signal_connect (picture, "failed", G_CALLBACK (failed_cb), &count);
  media_wait_opened (picture);
  g_assert_cmpint (count, ==, 1);
  g_signal_handlers_disconnect_by_data (picture, &count);

  g_clear_object (&picture);
  g_free (media_make_file (folder, "a.png", 100, 100));
  picture = emend_picture_cache_get (cache, path, 0);
  media_wait_opened (picture);
  g_assert_no_error (emend_picture_get_error (picture));
  emend_test_remove_folder (folder);
}

/* Nobody waits for work that nobody wants: everything may go at any time. */
static void
test_gone (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *jpeg = media_make_file (folder, "a.jpg", 5000, 4000);
  g_autofree char *png = media_make_file (folder, "b.png", 4000, 3000);
  g_autofree char *tiled = media_make_file (folder, "c.tif[tile,pyramid]", 5000, 4000);
  const char *const paths[] = { jpeg, png, tiled, NULL };
  EmendRect visible = { 100, 100, 1400, 900 };

  for (int i = 0; i < 45; i++) {
    g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
    g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, paths[i % 3], 0);
    gint64 end = g_get_monotonic_time () + (gint64) i * 2 * G_TIME_SPAN_MILLISECOND;
    if (i % 2 == 0)
      emend_picture_cache_prefetch (cache, paths, 1440, 900);
    while (g_get_monotonic_time () < end) {
      if (emend_picture_get_width (picture) > 0)
        emend_picture_request (picture, &visible, i % 5 == 0 ? 0.3 : 1);
      g_main_context_iteration (NULL, FALSE);
    }
    if (i % 4 == 0)
      g_clear_object (&cache);
    if (i % 4 == 1)
      g_clear_object (&picture);
    g_main_context_iteration (NULL, FALSE);
  }

  /* And a picture is really gone with the last reference. */
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  EmendPicture *picture = emend_picture_cache_get (cache, jpeg, 0);
  media_wait_opened (picture);
  emend_picture_request (picture, &visible, 1);
  g_assert_finalize_object (g_steal_pointer (&cache));
  g_assert_finalize_object (picture);
  emend_test_remove_folder (folder);
}

/* A picture that is no longer shown gives up the threads. */
static void
test_dropped (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *slow = media_make_file (folder, "slow.png[compression=1]", 9000, 9000);
  g_autofree char *quick = media_make_file (folder, "quick.jpg", 400, 300);
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  EmendRect all = { 0, 0, 400, 300 };

  for (int i = 0; i < 4; i++) {
    g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, slow, 0);
    EmendRect visible = { 0, 0, 9000, 9000 };
    media_wait_opened (picture);
    emend_picture_request (picture, &visible, 0.1);
  }
  gint64 start = g_get_monotonic_time ();
  g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, quick, 0);
  assert_view (picture, &all, 1);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_TIME_SPAN_SECOND);
  /* Nothing of the slow one came through. */
  g_assert_cmpuint (emend_picture_cache_get_bytes (cache), <, 2 * MEGABYTE);
  emend_test_remove_folder (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  /* G_TEST_OPTION_ISOLATE_DIRS leaks in GLib 2.74, so that a run for leaks would never be clean. */
  g_autofree char *cache = emend_test_make_folder ();
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  emend_media_init (0);

  g_test_add_data_func ("/media/picture/take_tiles/jpeg", "a.jpg", test_formats);
  g_test_add_data_func ("/media/picture/take_tiles/png", "a.png", test_formats);
  g_test_add_data_func ("/media/picture/take_tiles/tiff", "a.tif", test_formats);
  g_test_add_data_func ("/media/picture/take_tiles/webp", "a.webp[lossless]", test_formats);
  g_test_add_func ("/media/picture/take_tiles/thin", test_thin);
  for (int i = 1; i <= 8; i++) {
    g_autofree char *name = g_strdup_printf ("/media/picture/take_tiles/orientation-%d", i);
    g_test_add_data_func (name, GINT_TO_POINTER (i), test_orientations);
  }
  g_test_add_data_func ("/media/picture/take_tiles/tiled", "a.tif[tile]", test_tiled);
  g_test_add_data_func ("/media/picture/take_tiles/tiled-pages", "a.tif[tile,pyramid]", test_tiled);
  g_test_add_data_func ("/media/picture/take_tiles/tiled-subifds", "a.tif[tile,pyramid,subifd]", test_tiled);
  g_test_add_data_func ("/media/picture/take_tiles/copied-png", "a.png", test_copied);
  g_test_add_data_func ("/media/picture/take_tiles/copied-jpeg", "a.jpg[Q=95]", test_copied);
  g_test_add_func ("/media/picture/take_tiles/copy-impossible", test_copy_impossible);
  g_test_add_func ("/media/picture/take_tiles/order", test_order);
  g_test_add_func ("/media/picture/request/failed", test_failed);
  g_test_add_func ("/media/picture/request/coalesced", test_coalesced);
  g_test_add_func ("/media/picture/request/dropped", test_dropped);
  g_test_add_func ("/media/picture/finalize/at-work", test_gone);
  g_test_add_func ("/media/picture-cache/set_limit/small", test_limit);
  g_test_add_func ("/media/picture-cache/prefetch/neighbours", test_prefetch);
  g_test_add_func ("/media/picture-cache/prefetch/failed", test_prefetch_failed);

  int status = g_test_run ();
  emend_test_remove_folder (cache);
  return status;
}
