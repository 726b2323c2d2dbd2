#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-frame.h"
#include "emend-outline.h"
#include "emend-test-sink.h"
#include "emend-test.h"

/* Stored pixels are 40 wide and 30 high; the upright picture is 30 x 40 for the orientations from 5 on. */
#define STORED_WIDTH 40
#define STORED_HEIGHT 30

/* The box x 1..4, y 2..7 of the stored pixels, upright: worked out by hand from the EXIF table. */
static const EmendRect upright_boxes[9] = {
  { 0 },
  { 1, 2, 3, 5 },
  { 36, 2, 3, 5 },
  { 36, 23, 3, 5 },
  { 1, 23, 3, 5 },
  { 2, 1, 5, 3 },
  { 23, 1, 5, 3 },
  { 23, 36, 5, 3 },
  { 2, 36, 5, 3 },
};

static EmendSourceImage
image_of (int orientation)
{
  gboolean swapped = orientation >= 5;

  return (EmendSourceImage){ 1, swapped ? STORED_HEIGHT : STORED_WIDTH, swapped ? STORED_WIDTH : STORED_HEIGHT,
                             orientation };
}

static void
test_box (void)
{
  for (int orientation = 1; orientation <= 8; orientation++) {
    EmendSourceImage image = image_of (orientation);
    EmendShape shape;
    const EmendRect *want = &upright_boxes[orientation];

    emend_shape_init_box (&shape, &(EmendRect){ 1, 2, 3, 5 });
    g_assert_true (emend_outline_turn (&image, &shape));
    test_assert_box (&shape, want->x, want->y, want->width, want->height);
  }
}

static void
test_polygon (void)
{
  const EmendPoint points[] = { { 1, 2 }, { 4, 2 }, { 4, 7 }, { 10, 10 }, { 12, 10 }, { 12, 12 } };
  const guint32 sizes[] = { 3, 3 };

  for (int orientation = 1; orientation <= 8; orientation++) {
    EmendSourceImage image = image_of (orientation);
    g_auto (EmendShape) shape = { 0 };
    gsize n_points;
    EmendPoint first;

    g_assert_true (emend_shape_init_points (&shape, EMEND_SHAPE_POLYGON, points, sizes, 2));
    g_assert_true (emend_outline_turn (&image, &shape));
    g_assert_cmpuint (emend_shape_get_n_rings (&shape), ==, 2);
    first = emend_shape_get_ring (&shape, 0, &n_points)[0];
    g_assert_cmpuint (n_points, ==, 3);
    /* The corner 1, 2 is a corner of the turned box. */
    g_assert_true (first.x == upright_boxes[orientation].x ||
                   first.x == upright_boxes[orientation].x + upright_boxes[orientation].width);
    g_assert_true (first.y == upright_boxes[orientation].y ||
                   first.y == upright_boxes[orientation].y + upright_boxes[orientation].height);
    g_assert_cmpfloat (emend_shape_area (&shape), ==, 7.5 + 2);
  }
}

static void
test_mask (void)
{
  for (int orientation = 1; orientation <= 8; orientation++) {
    EmendSourceImage image = image_of (orientation);
    g_auto (EmendShape) shape = { 0 };
    g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (guint32));
    const EmendRect *want = &upright_boxes[orientation];
    /* Columns 1 to 3, rows 2 to 6. */
    const guint32 runs[] = { STORED_HEIGHT + 2, 5, STORED_HEIGHT - 5, 5, STORED_HEIGHT - 5, 5,
                             STORED_HEIGHT - 7 + (STORED_WIDTH - 4) * STORED_HEIGHT };
    guint32 width;
    guint32 height;
    gsize n_counts;
    gboolean compressed;

    g_array_append_vals (counts, runs, G_N_ELEMENTS (runs));
    g_assert_true (emend_shape_init_mask (&shape, STORED_WIDTH, STORED_HEIGHT,
                                          (const guint32 *) (void *) counts->data, counts->len, TRUE));
    g_assert_true (emend_outline_turn (&image, &shape));
    test_assert_box (&shape, want->x, want->y, want->width, want->height);
    g_assert_cmpfloat (emend_shape_area (&shape), ==, 15);
    emend_shape_get_mask (&shape, &width, &height, &n_counts, &compressed);
    g_assert_cmpuint (width, ==, (guint) image.width);
    g_assert_cmpuint (height, ==, (guint) image.height);
    g_assert_true (compressed);
  }
}

static void
test_mask_of_other_size (void)
{
  EmendSourceImage image = image_of (6);
  g_auto (EmendShape) shape = { 0 };
  const guint32 runs[] = { 10, 5, 85 };

  g_assert_true (emend_shape_init_mask (&shape, 10, 10, runs, 3, FALSE));
  g_assert_false (emend_outline_turn (&image, &shape));
}

/* Reads a file with the sizes given, into an image with orientation 6 and one with 3. */
static void
assert_read (EmendFrame frame,
             const char *size,
             const EmendRect *want6,
             const EmendRect *want3)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *text = g_strdup_printf ("{\"images\": [{\"id\": 1, \"file_name\": \"six.jpg\"%s}, {\"id\": 2, "
                                           "\"file_name\": \"three.jpg\", \"width\": 40, \"height\": "
                                           "30}],\"categories\": [{\"id\": 1, \"name\": \"cat\"}],\"annotations\": "
                                           "[{\"image_id\": 1, \"category_id\": 1, \"bbox\": [1, 2, 3, 5]}, "
                                           "{\"image_id\": 2, \"category_id\": 1, \"bbox\": [1, 2, 3, 5]}]}",
                                           size);
  g_autofree char *path = emend_test_write (folder, "in.json", text);
  const EmendReadOptions options = { .frame = frame };
  g_autoptr (TestSink) sink = test_sink_new ();
  g_autoptr (GError) error = NULL;

  test_sink_add_image (sink, "six.jpg", 30, 40, 6);
  test_sink_add_image (sink, "three.jpg", 40, 30, 3);
  test_sink_read (sink, "coco", path, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sink->problems->len, ==, 0);
  test_assert_box (&test_sink_record (sink, 0)->shape, want6->x, want6->y, want6->width, want6->height);
  test_assert_box (&test_sink_record (sink, 1)->shape, want3->x, want3->y, want3->width, want3->height);
  emend_test_remove_folder (folder);
}

static void
test_auto (void)
{
  const EmendRect *as_given = &upright_boxes[1];

  /* The sizes of six.jpg tell which frame the file uses; three.jpg looks the same in both and follows. */
  assert_read (EMEND_FRAME_AUTO, ", \"width\": 40, \"height\": 30", &upright_boxes[6], &upright_boxes[3]);
  assert_read (EMEND_FRAME_AUTO, ", \"width\": 30, \"height\": 40", as_given, as_given);
  assert_read (EMEND_FRAME_AUTO, "", as_given, as_given);
  assert_read (EMEND_FRAME_STORED, "", &upright_boxes[6], &upright_boxes[3]);
  assert_read (EMEND_FRAME_STORED, ", \"width\": 30, \"height\": 40", &upright_boxes[6], &upright_boxes[3]);
  assert_read (EMEND_FRAME_UPRIGHT, ", \"width\": 40, \"height\": 30", as_given, as_given);
}

static void
test_other_size (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = emend_test_write (folder, "in.json",
                                            "{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\", \"width\": 400, "
                                            "\"height\": 300}],\"categories\": [{\"id\": 1, \"name\": \"cat\"}], "
                                            "\"annotations\": []}");
  g_autoptr (TestSink) sink = test_sink_new ();
  g_autoptr (GError) error = NULL;

  test_sink_add_image (sink, "a.jpg", 40, 30, 1);
  test_sink_read (sink, "coco", path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sink->problems->len, ==, 1);
  emend_test_remove_folder (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/frame/turn/box", test_box);
  g_test_add_func ("/formats/frame/turn/polygon", test_polygon);
  g_test_add_func ("/formats/frame/turn/mask", test_mask);
  g_test_add_func ("/formats/frame/turn/mask-of-other-size", test_mask_of_other_size);
  g_test_add_func ("/formats/frame/guess/auto", test_auto);
  g_test_add_func ("/formats/frame/guess/other-size", test_other_size);
  return g_test_run ();
}
