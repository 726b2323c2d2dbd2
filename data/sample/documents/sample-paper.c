/* The paper on the scanner or the table, and what happened to it before. */
#include "sample-paper.h"

#include <math.h>

#include "sample-noise.h"

static gboolean
is_receipt (const SampleDocument *document)
{
  return document->company->layout == SAMPLE_LAYOUT_TILL || document->company->layout == SAMPLE_LAYOUT_CAFE;
}

static double
resolution (const SampleDocument *document)
{
  if (is_receipt (document))
    return document->medium == SAMPLE_MEDIUM_PHOTO ? 220 : 210;
  return document->medium == SAMPLE_MEDIUM_COPY ? 200 : 185;
}

/**
 * sample_paper_new:
 * @document: what will stand on it
 * @width: in points
 * @height: in points
 *
 * Returns: (transfer full): paper, turned as it will lie, with nothing on it
 */
SamplePaper *
sample_paper_new (const SampleDocument *document,
                  double width,
                  double height)
{
  SamplePaper *paper = g_new0 (SamplePaper, 1);
  double scale = resolution (document) / 72;
  double margin = document->medium == SAMPLE_MEDIUM_PHOTO ? 52 : is_receipt (document) ? 17 :
                                                                                         3;
  double pixels_x, pixels_y;

  pixels_x = floor ((width + 2 * margin) * scale);
  pixels_y = floor ((height + 2 * margin) * scale);
  paper->document = document;
  paper->dpi = scale * 72;
  paper->width = width;
  paper->height = height;
  paper->seed = document->seed;
  paper->random = g_rand_new_with_seed (document->seed);
  paper->ground = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) pixels_x, (int) pixels_y);
  paper->ink = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) pixels_x, (int) pixels_y);
  cairo_matrix_init_translate (&paper->matrix, pixels_x / 2, pixels_y / 2);
  cairo_matrix_rotate (&paper->matrix, document->turn * G_PI / 180);
  cairo_matrix_scale (&paper->matrix, scale, scale);
  cairo_matrix_translate (&paper->matrix, -width / 2, -height / 2);
  return paper;
}

/**
 * sample_paper_free:
 * @paper: (transfer full) (nullable): paper
 */
void
sample_paper_free (SamplePaper *paper)
{
  if (paper == NULL)
    return;
  cairo_surface_destroy (paper->ground);
  cairo_surface_destroy (paper->ink);
  g_rand_free (paper->random);
  g_free (paper);
}

/* Boards of a table, their grain along y. */
static void
paint_wood (cairo_surface_t *surface,
            guint32 seed)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  guint8 *data = cairo_image_surface_get_data (surface);

  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      guint8 *pixel = data + (gsize) y * stride + (gsize) x * 4;
      double across = (x + 90.0) / 330;
      guint32 board = seed + (guint32) across * 31;
      double bend = sample_noise_at (board, x * 0.004, y * 0.0016) * 7;
      double rings = sample_noise_at (board + 1, x * 0.035 + bend, y * 0.0011);
      double fibre = sample_noise_at (board + 2, x * 0.45, y * 0.011);
      double tone = 0.72 + 0.22 * sample_noise_at (board + 3, 0.5, 0.5) + 0.3 * (rings - 0.5) + 0.16 * (fibre - 0.5);
      double edge = MIN (across - floor (across), ceil (across) - across) * 330;

      tone *= edge < 2.5 ? 0.42 : edge < 6 ? 0.88 :
                                             1;
      pixel[2] = (guint8) CLAMP (176 * tone, 0, 255);
      pixel[1] = (guint8) CLAMP (128 * tone - 4, 0, 255);
      pixel[0] = (guint8) CLAMP (88 * tone - 8, 0, 255);
    }
  }
  cairo_surface_mark_dirty (surface);
}

/* The outline of the paper; what was cut from a roll has teeth at both ends. */
static void
trace_paper (SamplePaper *paper,
             cairo_t *cr)
{
  double tooth = 3.4;
  int n_teeth = (int) (paper->width / tooth);

  if (!is_receipt (paper->document)) {
    cairo_rectangle (cr, 0, 0, paper->width, paper->height);
    return;
  }
  tooth = paper->width / n_teeth;
  cairo_move_to (cr, 0, 0);
  for (int i = 0; i < n_teeth; i++) {
    cairo_line_to (cr, (i + 0.5) * tooth, 2);
    cairo_line_to (cr, (i + 1) * tooth, 0);
  }
  for (int i = n_teeth; i > 0; i--) {
    cairo_line_to (cr, i * tooth, paper->height);
    cairo_line_to (cr, (i - 0.5) * tooth, paper->height - 2);
  }
  cairo_line_to (cr, 0, paper->height);
  cairo_close_path (cr);
}

static void
cast_shadow (SamplePaper *paper,
             cairo_t *cr)
{
  gboolean photo = paper->document->medium == SAMPLE_MEDIUM_PHOTO;
  int n_steps = photo ? 12 : 5;

  for (int i = n_steps; i > 0; i--) {
    cairo_save (cr);
    cairo_translate (cr, photo ? 3 : 1, photo ? 4.5 : 1.2);
    trace_paper (paper, cr);
    cairo_set_source_rgba (cr, 0, 0, 0, photo ? 0.055 : 0.05);
    cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_width (cr, i * (photo ? 1.3 : 0.9));
    cairo_stroke_preserve (cr);
    cairo_fill (cr);
    cairo_restore (cr);
  }
}

/**
 * sample_paper_lay:
 * @paper: new paper
 *
 * Paints the table or the lid of the scanner, and the paper on it.
 */
void
sample_paper_lay (SamplePaper *paper)
{
  cairo_t *cr = cairo_create (paper->ground);
  double light = is_receipt (paper->document) ? 0.965 : 0.975;

  if (paper->document->medium == SAMPLE_MEDIUM_PHOTO) {
    paint_wood (paper->ground, paper->seed);
  } else {
    double lid = paper->document->medium == SAMPLE_MEDIUM_COPY ? 0.12 : 0.80;

    cairo_set_source_rgb (cr, lid, lid, lid * 1.01);
    cairo_paint (cr);
  }
  cairo_set_matrix (cr, &paper->matrix);
  cast_shadow (paper, cr);
  trace_paper (paper, cr);
  cairo_set_source_rgb (cr, light, light - 0.004, light - g_rand_double_range (paper->random, 0.008, 0.03));
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
add_gray (cairo_pattern_t *pattern,
          double at,
          double gray,
          double alpha)
{
  cairo_pattern_add_color_stop_rgba (pattern, at, gray, gray, gray, alpha);
}

/* Light on both sides of a fold across the paper. */
static void
fold (SamplePaper *paper,
      cairo_t *cr,
      double y)
{
  cairo_pattern_t *pattern;
  double reach = paper->height * 0.11;
  double strength = paper->document->medium == SAMPLE_MEDIUM_PHOTO ? 0.17 : 0.10;

  cairo_save (cr);
  cairo_translate (cr, paper->width / 2, y);
  cairo_rotate (cr, g_rand_double_range (paper->random, -0.006, 0.006));
  pattern = cairo_pattern_create_linear (0, -reach, 0, reach);
  add_gray (pattern, 0, 0, 0);
  add_gray (pattern, 0.495, 0.1, strength);
  add_gray (pattern, 0.505, 1, strength * 2);
  add_gray (pattern, 1, 1, 0);
  cairo_set_source (cr, pattern);
  cairo_rectangle (cr, -paper->width, -reach, 2 * paper->width, 2 * reach);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
  cairo_set_source_rgba (cr, 0.25, 0.24, 0.22, strength * 1.5);
  cairo_set_line_width (cr, 0.5);
  cairo_move_to (cr, -paper->width, 0);
  for (int i = 1; i <= 40; i++)
    cairo_line_to (cr, paper->width * (i / 20.0 - 1), g_rand_double_range (paper->random, -0.35, 0.35));
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* A ring that a cup left, and drops. */
static void
stain (SamplePaper *paper,
       cairo_t *cr)
{
  double x = paper->width * g_rand_double_range (paper->random, 0.62, 0.8);
  double y = paper->height * g_rand_double_range (paper->random, 0.66, 0.78);
  double radius = is_receipt (paper->document) ? 56 : 74;
  int n_pieces = 240;

  for (int i = 0; i < n_pieces; i++) {
    double angle = 2 * G_PI * i / n_pieces;
    double wet = sample_noise_at (paper->seed + 40, cos (angle) * 1.7 + 9, sin (angle) * 1.7 + 9);

    for (int layer = 0; layer < 3; layer++) {
      cairo_set_line_width (cr, (1.1 + 4.6 * wet) / (1 + layer * 1.4));
      cairo_set_source_rgba (cr, 0.42, 0.26, 0.10, 0.05 + 0.14 * wet);
      cairo_arc (cr, x, y, radius + layer * 0.7 - 2.2 * wet, angle, angle + 2 * G_PI / n_pieces);
      cairo_stroke (cr);
    }
  }
  cairo_set_source_rgba (cr, 0.50, 0.33, 0.15, 0.035);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (cr);
  for (int i = 0; i < 5; i++) {
    double angle = g_rand_double_range (paper->random, 2, 4.4);
    double far = radius + g_rand_double_range (paper->random, 8, 46);

    cairo_set_source_rgba (cr, 0.42, 0.27, 0.12, 0.14);
    cairo_arc (cr, x + far * cos (angle), y + far * sin (angle), g_rand_double_range (paper->random, 0.9, 3.4), 0,
               2 * G_PI);
    cairo_fill (cr);
  }
}

static void
holes (SamplePaper *paper,
       cairo_t *cr)
{
  double gray = paper->document->medium == SAMPLE_MEDIUM_COPY ? 0.05 : 0.70;

  for (int i = -1; i < 2; i += 2) {
    double y = paper->height / 2 + i * 113.4; /* ISO 838: 80 mm between the two */

    cairo_arc (cr, 30, y, 8.5, 0, 2 * G_PI);
    cairo_set_source_rgb (cr, gray, gray, gray);
    cairo_fill_preserve (cr);
    cairo_set_source_rgba (cr, 0.2, 0.2, 0.2, 0.35);
    cairo_set_line_width (cr, 0.7);
    cairo_stroke (cr);
    cairo_arc (cr, 30, y, 7.6, 2.9, 4.9);
    cairo_set_source_rgba (cr, 0.1, 0.1, 0.1, 0.3);
    cairo_set_line_width (cr, 1.6);
    cairo_stroke (cr);
  }
}

static void
staple (SamplePaper *paper,
        cairo_t *cr)
{
  const double tones[] = { 0.25, 0.48, 0.72 };

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++) {
    cairo_set_source_rgba (cr, tones[i], tones[i], tones[i], i == 0 ? 0.4 : 1);
    cairo_set_line_width (cr, i == 0 ? 2.6 : i == 1 ? 1.5 :
                                                      0.6);
    cairo_move_to (cr, 22 + (i == 0 ? 1 : 0), 34 + (i == 0 ? 1.4 : 0));
    cairo_line_to (cr, 45 + (i == 0 ? 1 : 0), 24 + (i == 0 ? 1.4 : 0));
    cairo_stroke (cr);
  }
}

/* The ends of a piece of a roll rise from the table. */
static void
curl (SamplePaper *paper,
      cairo_t *cr)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, 0, paper->width, 0);

  add_gray (pattern, 0, 0.05, 0.13);
  add_gray (pattern, 0.16, 0.1, 0.02);
  add_gray (pattern, 0.55, 1, 0.05);
  add_gray (pattern, 0.86, 0.1, 0.03);
  add_gray (pattern, 1, 0.05, 0.16);
  cairo_set_source (cr, pattern);
  cairo_paint (cr);
  cairo_pattern_destroy (pattern);
  pattern = cairo_pattern_create_linear (0, 0, 0, paper->height);
  add_gray (pattern, 0, 0.05, 0.12);
  add_gray (pattern, 0.07, 0.1, 0);
  add_gray (pattern, 0.92, 0.1, 0);
  add_gray (pattern, 1, 0.05, 0.16);
  cairo_set_source (cr, pattern);
  cairo_paint (cr);
  cairo_pattern_destroy (pattern);
}

/**
 * sample_paper_wear:
 * @paper: paper that was laid down
 *
 * Folds, stains and perforates it, as its document says.
 */
void
sample_paper_wear (SamplePaper *paper)
{
  const SampleDocument *document = paper->document;
  cairo_t *cr = cairo_create (paper->ground);

  cairo_set_matrix (cr, &paper->matrix);
  trace_paper (paper, cr);
  cairo_clip (cr);
  if (is_receipt (document))
    curl (paper, cr);
  if (document->wear & SAMPLE_WEAR_FOLDS) {
    fold (paper, cr, paper->height * (is_receipt (document) ? 0.47 : 0.335));
    if (!is_receipt (document))
      fold (paper, cr, paper->height * 0.665);
  }
  if (document->wear & SAMPLE_WEAR_STAIN)
    stain (paper, cr);
  if (document->wear & SAMPLE_WEAR_HOLES)
    holes (paper, cr);
  if (document->wear & SAMPLE_WEAR_STAPLE)
    staple (paper, cr);
  cairo_destroy (cr);
}
