#define G_LOG_DOMAIN "emend-bench"

#include "config.h"

#include <math.h>

#include "emend-bench.h"
#include "emend-compose.h"

/* Time to compose a view of 1440 x 900 while the page is panned, with boxes and without. How much boxes cost of
 * a whole frame is measured by bench-window, where the frame is drawn as well; the picture alone is composed in
 * so short a time that a ratio to it says nothing here. */
#define PAGE_WIDTH 6000
#define PAGE_HEIGHT 4000
#define TILE 512
#define VIEW_WIDTH 1440
#define VIEW_HEIGHT 900
#define N_FRAMES 40
#define N_ROUNDS 5

/* What the canvas composes on the main thread must leave room for the rest of the frame (LONGEST_IN_FRAME of
 * emend-canvas-compose.c); what takes longer is composed on another thread, once a frame of 16 ms. */
#define BUDGET_IN_FRAME 9
#define BUDGET 16

static const guint32 colors[] = { 0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7, 0x44aa99 };

static void
free_tile (gpointer data)
{
  EmendTile *tile = data;

  g_free (tile->pixmap->data);
  g_free (tile->pixmap);
}

/* The page in tiles, each reduced by @shrink as the levels of a pyramid are. */
static GArray *
make_tiles (int shrink)
{
  GArray *tiles = g_array_new (FALSE, FALSE, sizeof (EmendTile));
  int side = TILE * shrink;

  g_array_set_clear_func (tiles, free_tile);
  for (int y = 0; y < PAGE_HEIGHT; y += side) {
    for (int x = 0; x < PAGE_WIDTH; x += side) {
      int width = MIN (side, PAGE_WIDTH - x);
      int height = MIN (side, PAGE_HEIGHT - y);
      EmendPixmap *pixmap = g_new0 (EmendPixmap, 1);
      EmendTile tile = { pixmap, { x, y, width, height } };

      pixmap->width = (width + shrink - 1) / shrink;
      pixmap->height = (height + shrink - 1) / shrink;
      pixmap->stride = (gsize) pixmap->width * 4;
      pixmap->data = g_malloc (pixmap->stride * (gsize) pixmap->height);
      for (gsize i = 0; i < pixmap->stride * (gsize) pixmap->height; i++)
        pixmap->data[i] = i % 4 == 3 ? 255 : (guint8) (i * 7 + (gsize) x);
      g_array_append_val (tiles, tile);
    }
  }
  return tiles;
}

static EmendOverlayMark *
make_marks (gsize n_marks)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  EmendOverlayMark *marks = g_new0 (EmendOverlayMark, n_marks);

  for (gsize i = 0; i < n_marks; i++) {
    EmendRect box = { g_rand_double_range (rand, 0, PAGE_WIDTH - 120),
                      g_rand_double_range (rand, 0, PAGE_HEIGHT - 120), g_rand_double_range (rand, 20, 120),
                      g_rand_double_range (rand, 20, 120) };

    emend_shape_init_box (&marks[i].shape, &box);
    marks[i].color = colors[i % G_N_ELEMENTS (colors)];
    marks[i].verdict = i % 3 == 0 ? EMEND_VERDICT_ACCEPTED : EMEND_VERDICT_NONE;
    marks[i].tag = (char *) "thing";
    marks[i].score = g_rand_double (rand);
  }
  return marks;
}

/* The CPU time to compose a frame in ms: the median of several rounds of panning. */
static double
time_frames (EmendComposeInput *input)
{
  EmendPixmap pixmap = { VIEW_WIDTH, VIEW_HEIGHT, (gsize) VIEW_WIDTH * 4, NULL };
  EmendViewport start = input->viewport;
  g_autofree guint8 *data = g_malloc (pixmap.stride * VIEW_HEIGHT);
  double rounds[N_ROUNDS];

  pixmap.data = data;
  emend_compose (input, &pixmap, NULL);
  for (int round = 0; round < N_ROUNDS; round++) {
    double before = emend_bench_cpu ();

    input->viewport = start;
    for (int frame = 0; frame < N_FRAMES; frame++) {
      emend_viewport_pan (&input->viewport, -3, -2);
      emend_compose (input, &pixmap, NULL);
    }
    rounds[round] = (emend_bench_cpu () - before) * 1000 / N_FRAMES;
  }
  input->viewport = start;
  return emend_bench_median (rounds, N_ROUNDS);
}

static void
bench_frames (const char *name,
              double zoom,
              int shrink)
{
  static const struct {
    gsize n_marks;
    double budget;
  } cases[] = { { 0, BUDGET_IN_FRAME }, { 1000, BUDGET_IN_FRAME }, { 10000, BUDGET_IN_FRAME }, { 100000, BUDGET } };
  g_autoptr (GArray) tiles = make_tiles (shrink);
  EmendComposeInput input;

  emend_compose_input_init (&input);
  emend_viewport_set_page (&input.viewport, PAGE_WIDTH, PAGE_HEIGHT);
  emend_viewport_set_view_size (&input.viewport, VIEW_WIDTH, VIEW_HEIGHT, 1);
  if (zoom > 0)
    emend_viewport_set_zoom (&input.viewport, zoom);
  input.tiles = tiles;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree EmendOverlayMark *marks = make_marks (cases[i].n_marks);
    g_autofree char *title = g_strdup_printf ("%s, %d boxes", name, (int) cases[i].n_marks);

    input.overlay = emend_overlay_new (marks, cases[i].n_marks);
    emend_bench_report (title, time_frames (&input), "ms", NAN, cases[i].budget);
    g_clear_pointer (&input.overlay, emend_overlay_unref);
  }
}

static void
bench_overlay (gsize n_marks)
{
  g_autofree EmendOverlayMark *marks = make_marks (n_marks);
  g_autofree char *build_title = g_strdup_printf ("overlay of %d boxes", (int) n_marks);
  g_autofree char *change_title = g_strdup_printf ("one change in an overlay of %d boxes", (int) n_marks);
  double builds[N_ROUNDS];
  double changes[N_ROUNDS];

  for (int round = 0; round < N_ROUNDS; round++) {
    double before = emend_bench_cpu ();
    g_autoptr (EmendOverlay) overlay = emend_overlay_new (marks, n_marks);

    builds[round] = (emend_bench_cpu () - before) * 1000;
    before = emend_bench_cpu ();
    for (gsize i = 0; i < 1000; i++) {
      g_autoptr (EmendOverlay) old = g_steal_pointer (&overlay);

      overlay = emend_overlay_with_mark (old, i * 7 % n_marks, &marks[i]);
    }
    changes[round] = emend_bench_cpu () - before;
  }
  emend_bench_report (build_title, emend_bench_median (builds, N_ROUNDS), "ms", 1, n_marks <= 10000 ? 5 : 30);
  emend_bench_report (change_title, emend_bench_median (changes, N_ROUNDS), "ms", 1, 5);
}

int
main (void)
{
  bench_frames ("compose, page fitted", 0, 4);
  bench_frames ("compose, 1:1", 1, 1);
  bench_frames ("compose, enlarged 4 times", 4, 1);
  bench_overlay (10000);
  bench_overlay (100000);
  return 0;
}
