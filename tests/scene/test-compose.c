#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-compose.h"
#include "emend-outline.h"

#include <math.h>
#include <string.h>

#define WHITE 0xffffffffu
#define GREY 0xff808080u
#define COLOR 0xe69f00u
#define LINE (0xff000000u | COLOR)
#define HALO_ON_WHITE 0xff3f3f3fu

typedef struct {
  EmendComposeInput input;
  GArray *tiles;
  EmendPixmap pixmap;
} Scene;

static EmendPixmap *
make_pixmap (int width,
             int height)
{
  EmendPixmap *pixmap = g_new0 (EmendPixmap, 1);

  pixmap->width = width;
  pixmap->height = height;
  pixmap->stride = (gsize) width * 4;
  pixmap->data = g_malloc0 (pixmap->stride * (gsize) height);
  return pixmap;
}

static guint32 *
pixel_at (const EmendPixmap *pixmap,
          int x,
          int y)
{
  g_assert_cmpint (x, <, pixmap->width);
  g_assert_cmpint (y, <, pixmap->height);
  return (guint32 *) (void *) (pixmap->data + (gsize) y * pixmap->stride) + x;
}

static void
free_tile (gpointer data)
{
  EmendTile *tile = data;

  g_free (tile->pixmap->data);
  g_free (tile->pixmap);
}

static void
add_tile (Scene *scene,
          EmendPixmap *pixmap,
          const EmendRect *rect)
{
  EmendTile tile = { pixmap, *rect };

  g_array_append_val (scene->tiles, tile);
}

/* A page that is shown 1:1 with its corner in the corner of a view of its size. */
static void
scene_init (Scene *scene,
            int width,
            int height,
            double device_scale)
{
  emend_compose_input_init (&scene->input);
  scene->tiles = g_array_new (FALSE, FALSE, sizeof (EmendTile));
  g_array_set_clear_func (scene->tiles, free_tile);
  scene->input.tiles = scene->tiles;
  scene->input.hide_tags = TRUE;
  emend_viewport_set_page (&scene->input.viewport, width, height);
  emend_viewport_set_view_size (&scene->input.viewport, width, height, device_scale);
  scene->input.viewport.scale = 1;
  scene->input.viewport.offset_x = scene->input.viewport.offset_y = 0;
  scene->pixmap = (EmendPixmap){ 0 };
}

static void
scene_clear (Scene *scene)
{
  g_array_unref (scene->tiles);
  g_clear_pointer (&scene->input.overlay, emend_overlay_unref);
  g_free (scene->pixmap.data);
}

static void
scene_compose (Scene *scene)
{
  int width;
  int height;

  emend_compose_get_size (&scene->input.viewport, &width, &height);
  g_free (scene->pixmap.data);
  scene->pixmap = (EmendPixmap){ width, height, (gsize) width * 4 + 16, NULL };
  scene->pixmap.data = g_malloc (scene->pixmap.stride * (gsize) height);
  memset (scene->pixmap.data, 0x5a, scene->pixmap.stride * (gsize) height);
  g_assert_true (emend_compose (&scene->input, &scene->pixmap, NULL));
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++)
      g_assert_cmphex (*pixel_at (&scene->pixmap, x, y) >> 24, ==, 0xff);
    /* Nothing is written beside the picture. */
    guint8 *beside = scene->pixmap.data + (gsize) y * scene->pixmap.stride + (gsize) width * 4;
    g_assert_cmphex (*(guint32 *) (void *) beside, ==, 0x5a5a5a5a);
  }
}

static void
scene_set_mark (Scene *scene,
                const EmendRect *box,
                EmendVerdict verdict)
{
  EmendOverlayMark mark = { .color = COLOR, .verdict = verdict, .score = 0.5, .tag = (char *) "car" };

  emend_shape_init_box (&mark.shape, box);
  g_clear_pointer (&scene->input.overlay, emend_overlay_unref);
  scene->input.overlay = emend_overlay_new (&mark, 1);
}

static void
scene_white_page (Scene *scene,
                  double device_scale)
{
  scene_init (scene, 100, 80, device_scale);
  scene->input.page_color = 0xffffff;
}

static void
assert_pixel (Scene *scene,
              int x,
              int y,
              guint32 expected)
{
  g_assert_cmphex (*pixel_at (&scene->pixmap, x, y), ==, expected);
}

/* Eight pixels of the screen for one of the picture: each a square of one colour, exactly placed. */
static void
test_crisp (void)
{
  Scene scene;
  EmendPixmap *pixmap = make_pixmap (8, 8);

  scene_init (&scene, 8, 8, 1);
  for (int i = 0; i < 64; i++)
    *pixel_at (pixmap, i % 8, i / 8) = (i % 8 + i / 8) % 2 == 0 ? WHITE : 0xff000000u + (guint32) i;
  add_tile (&scene, pixmap, &(EmendRect){ 0, 0, 8, 8 });
  emend_viewport_set_view_size (&scene.input.viewport, 70, 70, 1);
  scene.input.viewport.scale = 8;
  scene.input.viewport.offset_x = 3.4;
  scene.input.viewport.offset_y = 2.6;
  scene_compose (&scene);
  for (int y = 0; y < 64; y++) {
    for (int x = 0; x < 64; x++)
      assert_pixel (&scene, x + 3, y + 3, *pixel_at (pixmap, x / 8, y / 8));
  }
  assert_pixel (&scene, 2, 3, 0xff000000u | scene.input.background);
  assert_pixel (&scene, 67, 66, 0xff000000u | scene.input.background);
  scene_clear (&scene);
}

static void
test_equal (void)
{
  Scene scene;
  EmendPixmap *pixmap = make_pixmap (60, 50);

  scene_init (&scene, 60, 50, 2);
  for (int i = 0; i < 3000; i++)
    *pixel_at (pixmap, i % 60, i / 60) = 0xff000000u | (guint32) g_test_rand_int_range (0, 0xffffff);
  add_tile (&scene, pixmap, &(EmendRect){ 0, 0, 60, 50 });
  scene.input.viewport.scale = 0.5;
  scene_compose (&scene);
  for (int i = 0; i < 3000; i++)
    assert_pixel (&scene, i % 60, i / 60, *pixel_at (pixmap, i % 60, i / 60));
  scene_clear (&scene);
}

/* Neighbouring tiles of one colour are one area of that colour, at any scale and place. */
static void
test_no_seams (void)
{
  static const double scales[] = { 0.37, 0.5, 0.73, 0.999, 1, 1.3, 2.7, 0.11, 0.03 };

  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++) {
    Scene scene;
    int right;
    int bottom;

    scene_init (&scene, 320, 320, 1);
    scene.input.page_color = 0x000000;
    for (int tile = 0; tile < 25; tile++) {
      EmendPixmap *pixmap = make_pixmap (64, 64);
      int row = tile / 5;

      for (int at = 0; at < 64 * 64; at++)
        *pixel_at (pixmap, at % 64, at / 64) = WHITE;
      add_tile (&scene, pixmap, &(EmendRect){ tile % 5 * 64, row * 64, 64, 64 });
    }
    scene.input.viewport.scale = scales[i];
    scene.input.viewport.offset_x = g_test_rand_double_range (-3, 1);
    scene.input.viewport.offset_y = g_test_rand_double_range (-3, 1);
    scene_compose (&scene);
    right = MIN (320, (int) floor (scene.input.viewport.offset_x + 320 * scales[i]));
    bottom = MIN (320, (int) floor (scene.input.viewport.offset_y + 320 * scales[i]));
    for (int y = 1; y < bottom; y++) {
      for (int x = 1; x < right; x++)
        assert_pixel (&scene, x, y, WHITE);
    }
    scene_clear (&scene);
  }
}

/* Reduced pictures are mixed, not picked: single lines do not vanish. */
static void
test_smooth (void)
{
  static const double scales[] = { 0.25, 0.5, 0.6 };

  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++) {
    Scene scene;
    EmendPixmap *pixmap = make_pixmap (200, 200);
    double sum = 0;

    scene_init (&scene, 200, 200, 1);
    for (int at = 0; at < 200 * 200; at++)
      *pixel_at (pixmap, at % 200, at / 200) = at % 2 == 0 ? WHITE : 0xff000000u;
    add_tile (&scene, pixmap, &(EmendRect){ 0, 0, 200, 200 });
    scene.input.viewport.scale = scales[i];
    scene_compose (&scene);
    for (int x = 0; x < 40; x++)
      sum += *pixel_at (&scene.pixmap, x + 2, 10) & 0xff;
    g_assert_cmpfloat_with_epsilon (sum / 40, 127.5, 12);
    scene_clear (&scene);
  }
}

/* A coarse tile stands in, the fine one that came lies over it. */
static void
test_tile_order (void)
{
  Scene scene;
  EmendPixmap *coarse = make_pixmap (10, 10);
  EmendPixmap *fine = make_pixmap (40, 40);

  scene_init (&scene, 80, 80, 1);
  for (int i = 0; i < 100; i++)
    *pixel_at (coarse, i % 10, i / 10) = GREY;
  for (int i = 0; i < 1600; i++)
    *pixel_at (fine, i % 40, i / 40) = WHITE;
  add_tile (&scene, coarse, &(EmendRect){ 0, 0, 80, 80 });
  add_tile (&scene, fine, &(EmendRect){ 40, 40, 40, 40 });
  scene_compose (&scene);
  assert_pixel (&scene, 0, 0, GREY);
  assert_pixel (&scene, 39, 79, GREY);
  assert_pixel (&scene, 40, 40, WHITE);
  assert_pixel (&scene, 79, 79, WHITE);
  scene_clear (&scene);
}

static void
test_ground (void)
{
  Scene scene;

  scene_init (&scene, 20, 20, 1);
  emend_viewport_set_view_size (&scene.input.viewport, 100, 100, 1);
  scene.input.viewport.scale = 1;
  scene.input.viewport.offset_x = scene.input.viewport.offset_y = 40;
  scene.input.background = 0xd6d6d8;
  scene.input.page_color = 0xffffff;
  scene_compose (&scene);
  assert_pixel (&scene, 39, 50, 0xffd6d6d8);
  assert_pixel (&scene, 40, 40, WHITE);
  assert_pixel (&scene, 59, 59, WHITE);
  assert_pixel (&scene, 60, 50, 0xffd6d6d8);
  scene.input.page_shadow = TRUE;
  scene_compose (&scene);
  assert_pixel (&scene, 40, 40, WHITE);
  assert_pixel (&scene, 0, 0, 0xffd6d6d8);
  g_assert_cmphex (*pixel_at (&scene.pixmap, 50, 61), <, *pixel_at (&scene.pixmap, 50, 66));
  g_assert_cmphex (*pixel_at (&scene.pixmap, 50, 66), <, 0xffd6d6d8);
  scene_clear (&scene);
}

static void
test_solid (void)
{
  Scene scene;

  scene_white_page (&scene, 1);
  scene_set_mark (&scene, &(EmendRect){ 20, 20, 40, 30 }, EMEND_VERDICT_ACCEPTED);
  scene_compose (&scene);
  for (int x = 22; x < 58; x++) {
    assert_pixel (&scene, x, 17, WHITE);
    assert_pixel (&scene, x, 18, HALO_ON_WHITE);
    assert_pixel (&scene, x, 19, LINE);
    assert_pixel (&scene, x, 20, LINE);
    assert_pixel (&scene, x, 21, HALO_ON_WHITE);
    assert_pixel (&scene, x, 22, WHITE);
    assert_pixel (&scene, x, 48, HALO_ON_WHITE);
    assert_pixel (&scene, x, 50, LINE);
    assert_pixel (&scene, x, 51, HALO_ON_WHITE);
    assert_pixel (&scene, x, 52, WHITE);
  }
  for (int y = 22; y < 48; y++) {
    assert_pixel (&scene, 18, y, HALO_ON_WHITE);
    assert_pixel (&scene, 19, y, LINE);
    assert_pixel (&scene, 20, y, LINE);
    assert_pixel (&scene, 21, y, HALO_ON_WHITE);
    assert_pixel (&scene, 61, y, HALO_ON_WHITE);
    assert_pixel (&scene, 62, y, WHITE);
  }
  scene_clear (&scene);
}

/* The line is as thick at any zoom, and twice as many pixels where pixels are half as large. */
static void
test_device_scale (void)
{
  Scene scene;

  scene_white_page (&scene, 2);
  scene_set_mark (&scene, &(EmendRect){ 20, 20, 40, 30 }, EMEND_VERDICT_ACCEPTED);
  scene_compose (&scene);
  g_assert_cmpint (scene.pixmap.width, ==, 200);
  assert_pixel (&scene, 80, 35, WHITE);
  assert_pixel (&scene, 80, 36, HALO_ON_WHITE);
  assert_pixel (&scene, 80, 37, HALO_ON_WHITE);
  for (int y = 38; y < 42; y++)
    assert_pixel (&scene, 80, y, LINE);
  assert_pixel (&scene, 80, 43, HALO_ON_WHITE);
  assert_pixel (&scene, 80, 44, WHITE);
  assert_pixel (&scene, 37, 60, HALO_ON_WHITE);
  assert_pixel (&scene, 38, 60, LINE);
  scene_clear (&scene);
}

static void
test_dashes (void)
{
  Scene scene;

  scene_white_page (&scene, 1);
  scene_set_mark (&scene, &(EmendRect){ 20, 20, 60, 50 }, EMEND_VERDICT_NONE);
  scene_compose (&scene);
  for (int i = 0; i < 30; i++) {
    guint32 expected = i % 10 < 6 ? LINE : HALO_ON_WHITE;

    assert_pixel (&scene, 19 + i, 20, expected);
    assert_pixel (&scene, 80 - i, 20, expected);
    assert_pixel (&scene, 19 + i, 70, expected);
    if (i < 25) {
      assert_pixel (&scene, 19, 19 + i, expected);
      assert_pixel (&scene, 80, 70 - i, expected);
    }
    assert_pixel (&scene, 19 + i, 18, HALO_ON_WHITE);
  }
  scene_clear (&scene);
}

static void
test_rejected (void)
{
  Scene scene;
  guint32 pixel;

  scene_white_page (&scene, 1);
  scene_set_mark (&scene, &(EmendRect){ 20, 20, 40, 40 }, EMEND_VERDICT_REJECTED);
  scene_compose (&scene);
  for (int i = 0; i < 100 * 80; i++)
    assert_pixel (&scene, i % 100, i / 100, WHITE);
  scene.input.filter.show_rejected = TRUE;
  scene_compose (&scene);
  /* One faint pixel wide: 40 % of the colour, the rest of the page. */
  pixel = *pixel_at (&scene.pixmap, 40, 19);
  g_assert_cmpint ((int) (pixel & 0xff), ==, 153);
  assert_pixel (&scene, 40, 22, WHITE);
  /* Struck from corner to corner. */
  pixel = *pixel_at (&scene.pixmap, 40, 40);
  g_assert_cmpint ((int) (pixel & 0xff), <, 200);
  assert_pixel (&scene, 40, 30, WHITE);
  scene_clear (&scene);
}

static void
test_signs (void)
{
  Scene scene;

  scene_white_page (&scene, 1);
  scene_set_mark (&scene, &(EmendRect){ 20, 20, 40, 40 }, EMEND_VERDICT_CORRECTED);
  scene_compose (&scene);
  assert_pixel (&scene, 23, 23, LINE);
  assert_pixel (&scene, 35, 35, WHITE);
  assert_pixel (&scene, 56, 56, WHITE);
  scene_set_mark (&scene, &(EmendRect){ 20, 20, 40, 40 }, EMEND_VERDICT_ADDED);
  scene_compose (&scene);
  assert_pixel (&scene, 28, 28, LINE);
  assert_pixel (&scene, 24, 28, LINE);
  assert_pixel (&scene, 28, 24, LINE);
  assert_pixel (&scene, 24, 24, WHITE);
  assert_pixel (&scene, 23, 27, HALO_ON_WHITE);
  scene_clear (&scene);
}

static gboolean
is_drawn (Scene *scene)
{
  scene_compose (scene);
  for (int i = 0; i < 100 * 80; i++) {
    if (*pixel_at (&scene->pixmap, i % 100, i / 100) != WHITE)
      return TRUE;
  }
  return FALSE;
}

static void
test_filter (void)
{
  Scene scene;

  scene_white_page (&scene, 1);
  scene_set_mark (&scene, &(EmendRect){ 20, 20, 40, 40 }, EMEND_VERDICT_NONE);
  scene.input.filter.threshold = 0.5;
  g_assert_true (is_drawn (&scene));
  scene.input.filter.threshold = 0.51;
  g_assert_false (is_drawn (&scene));
  scene.input.filter.threshold = 0;
  scene.input.selected = 0;
  g_assert_false (is_drawn (&scene));
  scene_clear (&scene);
}

/* Fainter, but every part of the line is changed just once. */
static void
test_dim (void)
{
  Scene scene;

  scene_white_page (&scene, 1);
  scene_set_mark (&scene, &(EmendRect){ 20, 20, 40, 40 }, EMEND_VERDICT_ACCEPTED);
  scene.input.dim_others = TRUE;
  scene_compose (&scene);
  assert_pixel (&scene, 40, 18, 0xff7f7f7f);
  assert_pixel (&scene, 40, 20, 0xfff2ce7f);
  assert_pixel (&scene, 20, 40, 0xfff2ce7f);
  assert_pixel (&scene, 19, 19, 0xfff2ce7f);
  scene_clear (&scene);
}

static void
test_tiny (void)
{
  Scene scene;

  scene_white_page (&scene, 1);
  scene_set_mark (&scene, &(EmendRect){ 20, 20, 1.2, 1.2 }, EMEND_VERDICT_ACCEPTED);
  scene_compose (&scene);
  g_assert_cmphex (*pixel_at (&scene.pixmap, 20, 20), !=, WHITE);
  g_assert_cmphex (*pixel_at (&scene.pixmap, 20, 20), !=, LINE);
  assert_pixel (&scene, 19, 19, WHITE);
  assert_pixel (&scene, 22, 22, WHITE);
  scene_set_mark (&scene, &(EmendRect){ 20, 20, 3, 3 }, EMEND_VERDICT_NONE);
  scene_compose (&scene);
  assert_pixel (&scene, 21, 21, LINE);
  assert_pixel (&scene, 18, 21, HALO_ON_WHITE);
  assert_pixel (&scene, 24, 21, HALO_ON_WHITE);
  assert_pixel (&scene, 25, 21, WHITE);
  scene_clear (&scene);
}

/* Boxes that reach out of the view, or hold it all, are cut off at its edges. */
static void
test_clipped (void)
{
  static const EmendRect boxes[] = {
    { -50, -50, 60, 60 },
    { 90, 70, 5000, 5000 },
    { -1e7, -1e7, 2e7, 2e7 },
    { 0, 0, 100, 80 },
    { -3, 10, 4, 4 },
    { 99, 79, 0, 0 },
    { 50, -1e9, 3, 2e9 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++) {
    for (int verdict = 0; verdict <= 4; verdict++) {
      Scene scene;

      scene_white_page (&scene, verdict % 2 + 1);
      scene_set_mark (&scene, &boxes[i], (EmendVerdict) verdict);
      scene.input.filter.show_rejected = TRUE;
      scene.input.hide_tags = FALSE;
      scene_compose (&scene);
      if (i == 0 && verdict == 2)
        assert_pixel (&scene, 10, 5, LINE);
      scene_clear (&scene);
    }
  }
}

/* A box that is cut off at the edge of the view looks as it does where it is whole, pixel by pixel. */
static void
test_same_when_cut (void)
{
  static const double shifts[][2] = { { -30, 0 }, { 0, -30 }, { 45, 0 }, { 0, 30 }, { -30, -25 }, { 45, 28 } };

  for (int round = 0; round < 10; round++) {
    int verdict = round / 2;
    int device_scale = round % 2 + 1;
    Scene whole;

    scene_white_page (&whole, device_scale);
    scene_set_mark (&whole, &(EmendRect){ 20, 20, 47, 37 }, (EmendVerdict) verdict);
    whole.input.filter.show_rejected = TRUE;
    scene_compose (&whole);
    for (gsize i = 0; i < G_N_ELEMENTS (shifts); i++) {
      Scene cut;
      int dx = (int) shifts[i][0] * device_scale;
      int dy = (int) shifts[i][1] * device_scale;
      int width = 100 * device_scale;
      int height = 80 * device_scale;

      scene_white_page (&cut, device_scale);
      scene_set_mark (&cut, &(EmendRect){ 20, 20, 47, 37 }, (EmendVerdict) verdict);
      cut.input.filter.show_rejected = TRUE;
      cut.input.viewport.offset_x = shifts[i][0];
      cut.input.viewport.offset_y = shifts[i][1];
      scene_compose (&cut);
      for (int y = MAX (0, dy); y < MIN (height, height + dy); y++) {
        for (int x = MAX (0, dx); x < MIN (width, width + dx); x++)
          assert_pixel (&cut, x, y, *pixel_at (&whole.pixmap, x - dx, y - dy));
      }
      scene_clear (&cut);
    }
    scene_clear (&whole);
  }
}

/* Far more boxes than room: thin lines, without halos that would cover everything. */
static void
test_crowd (void)
{
  const gsize n = 30000;
  g_autofree EmendOverlayMark *marks = g_new0 (EmendOverlayMark, n);
  Scene scene;

  for (gsize i = 0; i < n; i++) {
    marks[i] = (EmendOverlayMark){ .color = COLOR, .score = NAN };
    emend_shape_init_box (&marks[i].shape, &(EmendRect){ 20, 20, 40, 30 });
  }
  scene_white_page (&scene, 1);
  scene.input.overlay = emend_overlay_new (marks, n);
  scene_compose (&scene);
  assert_pixel (&scene, 40, 20, LINE);
  assert_pixel (&scene, 20, 35, LINE);
  assert_pixel (&scene, 59, 35, LINE);
  assert_pixel (&scene, 40, 49, LINE);
  assert_pixel (&scene, 40, 19, WHITE);
  assert_pixel (&scene, 40, 21, WHITE);
  scene_clear (&scene);
}

static void
scene_set_shapes (Scene *scene)
{
  const EmendPoint points[] = { { 5, 5 }, { 30, 5 }, { 30, 30 } };
  const guint32 size = 3;
  const guint32 counts[] = { 3010, 20, 60, 20, 8000 - 3110 };
  EmendOverlayMark marks[4];

  for (int i = 0; i < 4; i++)
    marks[i] = (EmendOverlayMark){ .color = COLOR, .score = NAN, .verdict = EMEND_VERDICT_ACCEPTED };
  g_assert_true (emend_shape_init_points (&marks[0].shape, EMEND_SHAPE_POLYGON, points, &size, 1));
  emend_shape_init_rotated_box (&marks[1].shape, (EmendPoint){ 60, 20 }, 20, 10, 45);
  emend_shape_init_box (&marks[2].shape, &(EmendRect){ 60, 50, 30, 20 });
  marks[2].shape.kind = EMEND_SHAPE_ELLIPSE;
  g_assert_true (emend_shape_init_mask (&marks[3].shape, 100, 80, counts, G_N_ELEMENTS (counts), FALSE));
  scene->input.overlay = emend_overlay_new (marks, G_N_ELEMENTS (marks));
  for (int i = 0; i < 4; i++)
    emend_shape_clear (&marks[i].shape);
}

static void
test_shapes (void)
{
  Scene scene;
  guint32 inside;

  scene_white_page (&scene, 1);
  scene_set_shapes (&scene);
  scene_compose (&scene);
  assert_pixel (&scene, 15, 5, LINE);
  assert_pixel (&scene, 25, 15, WHITE);
  assert_pixel (&scene, 10, 20, WHITE);
  g_assert_cmphex (*pixel_at (&scene.pixmap, 17, 17), !=, WHITE);
  assert_pixel (&scene, 60, 20, WHITE);
  assert_pixel (&scene, 60, 60, LINE);
  assert_pixel (&scene, 75, 60, WHITE);
  assert_pixel (&scene, 61, 51, WHITE);
  /* The mask starts 3010 pixels down the columns of 80: column 37, row 50. */
  inside = *pixel_at (&scene.pixmap, 37, 55);
  g_assert_cmphex (inside, !=, WHITE);
  assert_pixel (&scene, 37, 40, WHITE);
  scene_clear (&scene);
}

/* Shapes from a file may lie anywhere. */
static void
test_far_shapes (void)
{
  const EmendPoint points[] = { { -1e300, 5 }, { 1e12, -1e9 }, { 30, 1e15 } };
  const guint32 size = 3;

  for (int i = 0; i < 4; i++) {
    Scene scene;
    EmendVerdict verdict = i == 3 ? EMEND_VERDICT_REJECTED : EMEND_VERDICT_NONE;
    EmendOverlayMark mark = { .color = COLOR, .score = NAN, .verdict = verdict };

    if (i == 0 || i == 3)
      g_assert_true (emend_shape_init_points (&mark.shape, EMEND_SHAPE_POLYGON, points, &size, 1));
    if (i == 1)
      emend_shape_init_rotated_box (&mark.shape, (EmendPoint){ 60, 20 }, 1e20, 1e9, 45);
    if (i == 2) {
      emend_shape_init_box (&mark.shape, &(EmendRect){ -1e15, 50, 2e15, 1e15 });
      mark.shape.kind = EMEND_SHAPE_ELLIPSE;
    }
    scene_white_page (&scene, 1);
    scene.input.overlay = emend_overlay_new (&mark, 1);
    scene.input.filter.show_rejected = TRUE;
    scene_compose (&scene);
    emend_shape_clear (&mark.shape);
    scene_clear (&scene);
  }
}

static void
test_tags (void)
{
  Scene scene;
  EmendOverlayMark marks[2] = { { .color = COLOR, .score = 0.5, .tag = (char *) "a" },
                                { .color = COLOR, .score = NAN, .verdict = EMEND_VERDICT_ACCEPTED } };
  int above;

  scene_white_page (&scene, 1);
  scene_set_mark (&scene, &(EmendRect){ 20, 40, 60, 30 }, EMEND_VERDICT_NONE);
  scene.input.hide_tags = FALSE;
  scene_compose (&scene);
  above = 0;
  for (int y = 20; y < 36; y++)
    above += *pixel_at (&scene.pixmap, 26, y) == LINE;
  g_assert_cmpint (above, >, 8);
  /* No room: another box runs through the place. */
  emend_shape_init_box (&marks[0].shape, &(EmendRect){ 20, 40, 60, 30 });
  emend_shape_init_box (&marks[1].shape, &(EmendRect){ 2, 28, 90, 6 });
  g_clear_pointer (&scene.input.overlay, emend_overlay_unref);
  scene.input.overlay = emend_overlay_new (marks, 2);
  scene_compose (&scene);
  assert_pixel (&scene, 26, 24, WHITE);
  scene_clear (&scene);
}

static void
test_cancel (void)
{
  Scene scene;
  int cancelled = 1;

  scene_white_page (&scene, 1);
  scene_set_mark (&scene, &(EmendRect){ 20, 40, 60, 30 }, EMEND_VERDICT_NONE);
  scene_compose (&scene);
  g_assert_false (emend_compose (&scene.input, &scene.pixmap, &cancelled));
  cancelled = 0;
  g_assert_true (emend_compose (&scene.input, &scene.pixmap, &cancelled));
  scene_clear (&scene);
}

static void
test_same_again (void)
{
  Scene scene;
  g_autofree guint8 *before = NULL;
  gsize size;

  scene_white_page (&scene, 2);
  scene_set_shapes (&scene);
  scene_compose (&scene);
  size = scene.pixmap.stride * (gsize) scene.pixmap.height;
  before = g_memdup2 (scene.pixmap.data, size);
  scene_compose (&scene);
  g_assert_cmpint (memcmp (before, scene.pixmap.data, size), ==, 0);
  scene_clear (&scene);
}

static void
test_empty (void)
{
  EmendComposeInput input;
  guint32 pixels[4] = { 0 };
  EmendPixmap pixmap = { 2, 2, 8, (guint8 *) pixels };
  int width;
  int height;

  emend_compose_input_init (&input);
  emend_compose_get_size (&input.viewport, &width, &height);
  g_assert_cmpint (width, ==, 0);
  g_assert_true (emend_compose (&input, &pixmap, NULL));
  emend_viewport_set_view_size (&input.viewport, 10, 10, 1);
  g_assert_true (emend_compose (&input, &pixmap, NULL));
  g_assert_cmphex (pixels[3], ==, 0xff000000u | input.background);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/compose/tiles/crisp", test_crisp);
  g_test_add_func ("/scene/compose/tiles/equal", test_equal);
  g_test_add_func ("/scene/compose/tiles/no-seams", test_no_seams);
  g_test_add_func ("/scene/compose/tiles/smooth", test_smooth);
  g_test_add_func ("/scene/compose/tiles/order", test_tile_order);
  g_test_add_func ("/scene/compose/ground/shadow", test_ground);
  g_test_add_func ("/scene/compose/box/solid", test_solid);
  g_test_add_func ("/scene/compose/box/device-scale", test_device_scale);
  g_test_add_func ("/scene/compose/box/dashes", test_dashes);
  g_test_add_func ("/scene/compose/box/rejected", test_rejected);
  g_test_add_func ("/scene/compose/box/signs", test_signs);
  g_test_add_func ("/scene/compose/box/filter", test_filter);
  g_test_add_func ("/scene/compose/box/dim", test_dim);
  g_test_add_func ("/scene/compose/box/tiny", test_tiny);
  g_test_add_func ("/scene/compose/box/clipped", test_clipped);
  g_test_add_func ("/scene/compose/box/same-when-cut", test_same_when_cut);
  g_test_add_func ("/scene/compose/box/crowd", test_crowd);
  g_test_add_func ("/scene/compose/shapes/kinds", test_shapes);
  g_test_add_func ("/scene/compose/shapes/far-away", test_far_shapes);
  g_test_add_func ("/scene/compose/tags/room", test_tags);
  g_test_add_func ("/scene/compose/cancel/stops", test_cancel);
  g_test_add_func ("/scene/compose/same/again", test_same_again);
  g_test_add_func ("/scene/compose/empty/nothing", test_empty);
  return g_test_run ();
}
