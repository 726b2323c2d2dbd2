#include "sample-paint.h"

#include <math.h>
#include <string.h>

static const SampleColor palette[] = {
  { 0.78, 0.16, 0.14 },
  { 0.93, 0.56, 0.13 },
  { 0.96, 0.80, 0.25 },
  { 0.32, 0.56, 0.23 },
  { 0.11, 0.42, 0.36 },
  { 0.16, 0.40, 0.66 },
  { 0.10, 0.20, 0.42 },
  { 0.45, 0.22, 0.50 },
  { 0.72, 0.30, 0.42 },
  { 0.90, 0.86, 0.78 },
  { 0.35, 0.22, 0.14 },
  { 0.55, 0.72, 0.78 },
};

static SampleColor
pick_color (GRand *random)
{
  SampleColor color = palette[g_rand_int_range (random, 0, G_N_ELEMENTS (palette))];
  double shift = g_rand_double_range (random, -0.06, 0.06);

  color.red = CLAMP (color.red + shift, 0, 1);
  color.green = CLAMP (color.green + shift, 0, 1);
  color.blue = CLAMP (color.blue + shift, 0, 1);
  return color;
}

static void
set_color (cairo_t *cr,
           SampleColor color,
           double light,
           double alpha)
{
  cairo_set_source_rgba (cr, CLAMP (color.red * light, 0, 1), CLAMP (color.green * light, 0, 1),
                         CLAMP (color.blue * light, 0, 1), alpha);
}

static void
add_stop (cairo_pattern_t *pattern,
          double at,
          SampleColor color,
          double light,
          double alpha)
{
  cairo_pattern_add_color_stop_rgba (pattern, at, CLAMP (color.red * light, 0, 1),
                                     CLAMP (color.green * light, 0, 1),
                                     CLAMP (color.blue * light, 0, 1), alpha);
}

/* Light on something round that stands upright, over the current path. */
static void
fill_round (cairo_t *cr,
            double x,
            double width,
            SampleColor color,
            double alpha)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (x - width / 2, 0, x + width / 2, 0);

  add_stop (pattern, 0, color, 0.42, alpha);
  add_stop (pattern, 0.18, color, 0.95, alpha);
  add_stop (pattern, 0.32, color, 1.28, alpha);
  add_stop (pattern, 0.55, color, 0.95, alpha);
  add_stop (pattern, 1, color, 0.38, alpha);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
}

static void
rounded (cairo_t *cr,
         double x,
         double y,
         double width,
         double height,
         double radius)
{
  double r = MIN (radius, MIN (width, height) / 2);

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - r, y + r, r, -G_PI / 2, 0);
  cairo_arc (cr, x + width - r, y + height - r, r, 0, G_PI / 2);
  cairo_arc (cr, x + r, y + height - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

/* The bounds of the current path in device pixels; the path stays. */
static void
take_bounds (cairo_t *cr,
             SampleBox *bounds)
{
  double x1;
  double y1;
  double x2;
  double y2;

  cairo_save (cr);
  cairo_identity_matrix (cr);
  cairo_path_extents (cr, &x1, &y1, &x2, &y2);
  cairo_restore (cr);
  *bounds = (SampleBox){ x1, y1, x2 - x1, y2 - y1 };
}

static void
contact_shadow (cairo_t *cr,
                double x,
                double y,
                double width)
{
  cairo_pattern_t *pattern = cairo_pattern_create_radial (0, 0, 0, 0, 0, 1);

  cairo_pattern_add_color_stop_rgba (pattern, 0, 0, 0, 0, 0.55);
  cairo_pattern_add_color_stop_rgba (pattern, 1, 0, 0, 0, 0);
  cairo_save (cr);
  cairo_translate (cr, x + width * 0.08, y);
  cairo_scale (cr, width * 0.68, width * 0.09);
  cairo_set_source (cr, pattern);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_pattern_destroy (pattern);
}

/* A printed label: a band with a mark and lines that stand for text. */
static void
print_label (cairo_t *cr,
             GRand *random,
             double x,
             double y,
             double width,
             double height,
             SampleColor color)
{
  SampleColor ink = pick_color (random);
  int n_lines = g_rand_int_range (random, 2, 5);
  gboolean has_mark = g_rand_boolean (random);

  rounded (cr, x - width / 2, y, width, height, width * 0.03);
  fill_round (cr, x, width, color, 1);
  if (has_mark) {
    cairo_arc (cr, x, y + height * 0.34, MIN (width, height) * 0.22, 0, 2 * G_PI);
    set_color (cr, ink, 0.9, 0.92);
    cairo_fill (cr);
    cairo_arc (cr, x, y + height * 0.34, MIN (width, height) * 0.13, 0, 2 * G_PI);
    set_color (cr, color, 1.1, 0.9);
    cairo_fill (cr);
  } else {
    rounded (cr, x - width * 0.36, y + height * 0.16, width * 0.72, height * 0.26, height * 0.04);
    set_color (cr, ink, 0.9, 0.92);
    cairo_fill (cr);
  }
  for (int i = 0; i < n_lines; i++) {
    double line = width * g_rand_double_range (random, 0.28, 0.66);

    cairo_rectangle (cr, x - line / 2, y + height * (0.62 + 0.08 * i), line, MAX (1.2, height * 0.03));
    set_color (cr, ink, 0.6, 0.8);
    cairo_fill (cr);
  }
}

static void
streak (cairo_t *cr,
        double x,
        double y,
        double width,
        double height)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, y, 0, y + height);

  cairo_pattern_add_color_stop_rgba (pattern, 0, 1, 1, 1, 0);
  cairo_pattern_add_color_stop_rgba (pattern, 0.3, 1, 1, 1, 0.5);
  cairo_pattern_add_color_stop_rgba (pattern, 1, 1, 1, 1, 0.05);
  rounded (cr, x, y, width, height, width / 2);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
}

static void
bottle_path (cairo_t *cr,
             double x,
             double y,
             double w,
             double h,
             double neck)
{
  double top = y - h;
  double shoulder = top + h * 0.42;

  cairo_new_path (cr);
  cairo_move_to (cr, x - neck / 2, top);
  cairo_line_to (cr, x + neck / 2, top);
  cairo_line_to (cr, x + neck / 2, top + h * 0.2);
  cairo_curve_to (cr, x + neck / 2, top + h * 0.32, x + w / 2, top + h * 0.3, x + w / 2, shoulder);
  cairo_line_to (cr, x + w / 2, y - w * 0.08);
  cairo_curve_to (cr, x + w / 2, y, x + w / 2, y, x + w * 0.42, y);
  cairo_line_to (cr, x - w * 0.42, y);
  cairo_curve_to (cr, x - w / 2, y, x - w / 2, y, x - w / 2, y - w * 0.08);
  cairo_line_to (cr, x - w / 2, shoulder);
  cairo_curve_to (cr, x - w / 2, top + h * 0.3, x - neck / 2, top + h * 0.32, x - neck / 2, top + h * 0.2);
  cairo_close_path (cr);
}

static void
paint_bottle (cairo_t *cr,
              GRand *random,
              double x,
              double y,
              double w,
              double h,
              SampleBox *bounds)
{
  double neck = w * g_rand_double_range (random, 0.3, 0.42);
  SampleColor glass = pick_color (random);
  SampleColor cap = pick_color (random);

  bottle_path (cr, x, y, w, h, neck);
  take_bounds (cr, bounds);
  fill_round (cr, x, w, glass, 0.97);
  rounded (cr, x - neck * 0.58, y - h, neck * 1.16, h * 0.09, neck * 0.12);
  fill_round (cr, x, neck * 1.16, cap, 1);
  print_label (cr, random, x, y - h * 0.5, w * 0.985, h * 0.34, pick_color (random));
  streak (cr, x - w * 0.3, y - h * 0.55, w * 0.07, h * 0.5);
}

static void
paint_can (cairo_t *cr,
           GRand *random,
           double x,
           double y,
           double w,
           double h,
           SampleBox *bounds)
{
  static const SampleColor metal = { 0.78, 0.79, 0.81 };
  double lip = w * 0.1;
  SampleColor paint = pick_color (random);

  cairo_new_path (cr);
  cairo_move_to (cr, x - w / 2, y - h + lip);
  cairo_curve_to (cr, x - w / 2, y - h - lip * 0.35, x + w / 2, y - h - lip * 0.35, x + w / 2, y - h + lip);
  cairo_line_to (cr, x + w / 2, y - lip);
  cairo_curve_to (cr, x + w / 2, y + lip * 0.33, x - w / 2, y + lip * 0.33, x - w / 2, y - lip);
  cairo_close_path (cr);
  take_bounds (cr, bounds);
  fill_round (cr, x, w, metal, 1);
  rounded (cr, x - w / 2, y - h + lip * 1.5, w, h - lip * 2.7, w * 0.03);
  fill_round (cr, x, w, paint, 1);
  print_label (cr, random, x, y - h * 0.7, w * 0.995, h * 0.4, pick_color (random));
  cairo_save (cr);
  cairo_translate (cr, x, y - h + lip * 0.9);
  cairo_scale (cr, w * 0.45, lip * 0.55);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
  set_color (cr, metal, 0.82, 1);
  cairo_fill (cr);
  streak (cr, x - w * 0.31, y - h * 0.86, w * 0.06, h * 0.7);
}

static void
paint_jar (cairo_t *cr,
           GRand *random,
           double x,
           double y,
           double w,
           double h,
           SampleBox *bounds)
{
  static const SampleColor glass = { 0.80, 0.86, 0.86 };
  SampleColor content = pick_color (random);
  SampleColor lid = pick_color (random);

  cairo_new_path (cr);
  rounded (cr, x - w * 0.43, y - h, w * 0.86, h * 0.2, w * 0.05);
  rounded (cr, x - w / 2, y - h * 0.84, w, h * 0.84, w * 0.14);
  take_bounds (cr, bounds);
  cairo_new_path (cr);
  rounded (cr, x - w / 2, y - h * 0.84, w, h * 0.84, w * 0.14);
  fill_round (cr, x, w, glass, 0.9);
  rounded (cr, x - w * 0.47, y - h * 0.74, w * 0.94, h * 0.71, w * 0.11);
  fill_round (cr, x, w, content, 0.94);
  rounded (cr, x - w * 0.43, y - h, w * 0.86, h * 0.19, w * 0.05);
  fill_round (cr, x, w * 0.86, lid, 1);
  for (int i = 1; i < 9; i++) {
    cairo_rectangle (cr, x - w * 0.43 + i * w * 0.0955, y - h * 0.97, 1.4, h * 0.13);
    set_color (cr, lid, 0.55, 0.5);
    cairo_fill (cr);
  }
  print_label (cr, random, x, y - h * 0.56, w * 0.9, h * 0.4, pick_color (random));
  streak (cr, x - w * 0.36, y - h * 0.76, w * 0.06, h * 0.62);
}

static void
paint_box (cairo_t *cr,
           GRand *random,
           double x,
           double y,
           double w,
           double h,
           SampleBox *bounds)
{
  SampleColor color = pick_color (random);
  SampleColor second = pick_color (random);
  double side = w * g_rand_double_range (random, 0.06, 0.16);
  double front = w - side;
  double left = x - w / 2;
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, y - h, 0, y);

  cairo_new_path (cr);
  cairo_move_to (cr, left, y - h);
  cairo_line_to (cr, left + front, y - h);
  cairo_line_to (cr, left + w, y - h + side * 0.35);
  cairo_line_to (cr, left + w, y - side * 0.3);
  cairo_line_to (cr, left + front, y);
  cairo_line_to (cr, left, y);
  cairo_close_path (cr);
  take_bounds (cr, bounds);
  set_color (cr, color, 0.5, 1);
  cairo_fill (cr);
  add_stop (pattern, 0, color, 1.16, 1);
  add_stop (pattern, 1, color, 0.78, 1);
  cairo_rectangle (cr, left, y - h, front, h);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
  cairo_move_to (cr, left, y - h * g_rand_double_range (random, 0.25, 0.5));
  cairo_line_to (cr, left + front, y - h * g_rand_double_range (random, 0.25, 0.5));
  cairo_line_to (cr, left + front, y);
  cairo_line_to (cr, left, y);
  cairo_close_path (cr);
  set_color (cr, second, 0.95, 0.95);
  cairo_fill (cr);
  rounded (cr, left + front * 0.12, y - h * 0.88, front * 0.76, h * 0.17, h * 0.02);
  cairo_set_source_rgba (cr, 0.98, 0.97, 0.94, 0.93);
  cairo_fill (cr);
  for (int i = 0; i < 3; i++) {
    cairo_rectangle (cr, left + front * 0.2, y - h * (0.85 - 0.045 * i),
                     front * g_rand_double_range (random, 0.25, 0.6), h * 0.018);
    set_color (cr, second, 0.6, 0.9);
    cairo_fill (cr);
  }
  cairo_arc (cr, left + front * g_rand_double_range (random, 0.4, 0.6), y - h * 0.36, MIN (front, h) * 0.2, 0,
             2 * G_PI);
  set_color (cr, pick_color (random), 1.05, 0.95);
  cairo_fill (cr);
}

static void
paint_carton (cairo_t *cr,
              GRand *random,
              double x,
              double y,
              double w,
              double h,
              SampleBox *bounds)
{
  static const SampleColor paper = { 0.95, 0.95, 0.93 };
  SampleColor color = pick_color (random);
  double roof = h * 0.2;

  cairo_new_path (cr);
  cairo_move_to (cr, x - w * 0.42, y - h);
  cairo_line_to (cr, x + w * 0.42, y - h);
  cairo_line_to (cr, x + w * 0.42, y - h + roof * 0.3);
  cairo_line_to (cr, x + w / 2, y - h + roof);
  cairo_line_to (cr, x + w / 2, y);
  cairo_line_to (cr, x - w / 2, y);
  cairo_line_to (cr, x - w / 2, y - h + roof);
  cairo_line_to (cr, x - w * 0.42, y - h + roof * 0.3);
  cairo_close_path (cr);
  take_bounds (cr, bounds);
  set_color (cr, paper, 0.9, 1);
  cairo_fill (cr);
  cairo_rectangle (cr, x - w * 0.42, y - h, w * 0.84, roof * 0.3);
  set_color (cr, color, 0.8, 1);
  cairo_fill (cr);
  cairo_rectangle (cr, x - w / 2, y - h + roof, w, h - roof);
  set_color (cr, paper, 1, 1);
  cairo_fill (cr);
  cairo_rectangle (cr, x - w / 2, y - h * 0.34, w, h * 0.34);
  set_color (cr, color, 1, 1);
  cairo_fill (cr);
  cairo_arc (cr, x, y - h * 0.46, w * 0.27, 0, 2 * G_PI);
  set_color (cr, pick_color (random), 1, 1);
  cairo_fill (cr);
  cairo_arc (cr, x + w * 0.2, y - h + roof * 0.72, w * 0.1, 0, 2 * G_PI);
  set_color (cr, color, 0.65, 1);
  cairo_fill (cr);
  cairo_rectangle (cr, x + w * 0.3, y - h + roof, w * 0.2, h - roof);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.13);
  cairo_fill (cr);
}

static void
paint_bag (cairo_t *cr,
           GRand *random,
           double x,
           double y,
           double w,
           double h,
           SampleBox *bounds)
{
  SampleColor color = pick_color (random);
  SampleColor second = pick_color (random);
  double top = y - h;
  cairo_pattern_t *shine = cairo_pattern_create_radial (x - w * 0.18, y - h * 0.62, w * 0.05, x, y - h * 0.5,
                                                        w * 0.7);

  cairo_new_path (cr);
  cairo_move_to (cr, x - w * 0.44, top);
  cairo_line_to (cr, x + w * 0.44, top);
  cairo_curve_to (cr, x + w * 0.41, top + h * 0.14, x + w / 2, top + h * 0.2, x + w / 2, top + h * 0.4);
  cairo_curve_to (cr, x + w * 0.48, y - h * 0.2, x + w / 2, y - h * 0.08, x + w * 0.43, y);
  cairo_line_to (cr, x - w * 0.43, y);
  cairo_curve_to (cr, x - w / 2, y - h * 0.08, x - w * 0.48, y - h * 0.2, x - w / 2, top + h * 0.4);
  cairo_curve_to (cr, x - w / 2, top + h * 0.2, x - w * 0.41, top + h * 0.14, x - w * 0.44, top);
  cairo_close_path (cr);
  take_bounds (cr, bounds);
  add_stop (shine, 0, color, 1.5, 1);
  add_stop (shine, 0.35, color, 1.05, 1);
  add_stop (shine, 1, color, 0.5, 1);
  cairo_set_source (cr, shine);
  cairo_fill (cr);
  cairo_pattern_destroy (shine);
  cairo_rectangle (cr, x - w * 0.44, top, w * 0.88, h * 0.05);
  set_color (cr, second, 0.8, 0.9);
  cairo_fill (cr);
  cairo_save (cr);
  cairo_translate (cr, x, y - h * 0.52);
  cairo_rotate (cr, -0.12);
  cairo_scale (cr, w * 0.37, h * 0.13);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
  set_color (cr, second, 1.1, 0.96);
  cairo_fill (cr);
  for (int i = 0; i < 4; i++) {
    cairo_arc (cr, x + w * g_rand_double_range (random, -0.28, 0.28),
               y - h * g_rand_double_range (random, 0.1, 0.3),
               w * g_rand_double_range (random, 0.05, 0.09), 0, 2 * G_PI);
    set_color (cr, palette[2], 1, 0.9);
    cairo_fill (cr);
  }
}

void
sample_paint_thing (cairo_t *cr,
                    GRand *random,
                    SampleKind kind,
                    double x,
                    double y,
                    double width,
                    double height,
                    SampleBox *bounds)
{
  static void (*const painters[SAMPLE_N_KINDS]) (cairo_t *, GRand *, double, double, double, double,
                                                 SampleBox *) = {
    paint_bottle,
    paint_can,
    paint_jar,
    paint_box,
    paint_carton,
    paint_bag,
  };

  contact_shadow (cr, x, y, width);
  painters[kind](cr, random, x, y, width, height, bounds);
}

static void
price_tag (cairo_t *cr,
           GRand *random,
           double x,
           double y,
           double height)
{
  double width = height * 2.1;
  gboolean offer = g_rand_int_range (random, 0, 6) == 0;

  rounded (cr, x, y, width, height, 2);
  if (offer)
    cairo_set_source_rgb (cr, 0.96, 0.80, 0.22);
  else
    cairo_set_source_rgb (cr, 0.97, 0.97, 0.95);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.16, 0.16, 0.18);
  cairo_rectangle (cr, x + width * 0.08, y + height * 0.2, width * 0.36, height * 0.12);
  cairo_rectangle (cr, x + width * 0.08, y + height * 0.45, width * 0.28, height * 0.1);
  cairo_rectangle (cr, x + width * 0.56, y + height * 0.25, width * 0.16, height * 0.5);
  cairo_rectangle (cr, x + width * 0.77, y + height * 0.25, width * 0.14, height * 0.5);
  cairo_fill (cr);
}

static void
paint_board (cairo_t *cr,
             GRand *random,
             double width,
             double y,
             SampleColor wood)
{
  cairo_pattern_t *front = cairo_pattern_create_linear (0, y, 0, y + 44);
  cairo_pattern_t *shadow = cairo_pattern_create_linear (0, y + 44, 0, y + 170);

  cairo_pattern_add_color_stop_rgba (shadow, 0, 0, 0, 0, 0.6);
  cairo_pattern_add_color_stop_rgba (shadow, 1, 0, 0, 0, 0);
  cairo_rectangle (cr, -100, y + 44, width + 200, 126);
  cairo_set_source (cr, shadow);
  cairo_fill (cr);
  cairo_rectangle (cr, -100, y - 16, width + 200, 22);
  set_color (cr, wood, 0.72, 1);
  cairo_fill (cr);
  add_stop (front, 0, wood, 1.2, 1);
  add_stop (front, 0.2, wood, 1, 1);
  add_stop (front, 1, wood, 0.66, 1);
  cairo_rectangle (cr, -100, y + 4, width + 200, 40);
  cairo_set_source (cr, front);
  cairo_fill (cr);
  for (double x = g_rand_double_range (random, 10, 90); x < width; x += g_rand_double_range (random, 120,
                                                                                             260))
    price_tag (cr, random, x, y + 10, 28);
  cairo_pattern_destroy (front);
  cairo_pattern_destroy (shadow);
}

void
sample_paint_shelf (cairo_t *cr,
                    GRand *random,
                    double width,
                    double height,
                    const double *boards,
                    int n_boards)
{
  static const SampleColor woods[] = {
    { 0.86, 0.85, 0.82 },
    { 0.62, 0.45, 0.30 },
    { 0.40, 0.42, 0.45 },
    { 0.75, 0.62, 0.44 }
  };
  SampleColor wood = woods[g_rand_int_range (random, 0, G_N_ELEMENTS (woods))];
  cairo_pattern_t *wall = cairo_pattern_create_linear (0, 0, 0, height);
  double warmth = g_rand_double_range (random, -0.03, 0.05);

  cairo_pattern_add_color_stop_rgb (wall, 0, 0.50 + warmth, 0.49, 0.47 - warmth);
  cairo_pattern_add_color_stop_rgb (wall, 1, 0.34 + warmth, 0.33, 0.32 - warmth);
  cairo_set_source (cr, wall);
  cairo_paint (cr);
  cairo_pattern_destroy (wall);
  for (double x = 30; x < width; x += 58) {
    cairo_rectangle (cr, x, -50, 3, height + 100);
    cairo_set_source_rgba (cr, 0, 0, 0, 0.16);
    cairo_fill (cr);
  }
  paint_board (cr, random, width, -40, wood);
  for (int i = 0; i < n_boards; i++)
    paint_board (cr, random, width, boards[i], wood);
}

/* A 3 x 3 binomial blur, in place, of three channels. */
static void
blur (guint8 *data,
      int width,
      int height,
      int stride)
{
  g_autofree guint8 *rows = g_malloc ((gsize) stride * 2);
  guint8 *above = rows;
  guint8 *here = rows + stride;

  memcpy (above, data, (gsize) stride);
  for (int y = 1; y < height - 1; y++) {
    guint8 *row = data + (gsize) y * (gsize) stride;

    memcpy (here, row, (gsize) stride);
    for (int i = 4; i < (width - 1) * 4; i++) {
      int side = here[i - 4] + here[i + 4] + above[i] + row[i + stride];
      row[i] = (guint8) ((here[i] * 4 + side) / 8);
    }
    memcpy (above, here, (gsize) stride);
  }
}

void
sample_paint_camera (cairo_surface_t *surface,
                     GRand *random)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint8 *data = cairo_image_surface_get_data (surface);
  double grain = g_rand_double_range (random, 5, 11);
  double light = g_rand_double_range (random, 0.92, 1.08);

  cairo_surface_flush (surface);
  blur (data, width, height, stride);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      guint8 *pixel = data + (gsize) y * (gsize) stride + (gsize) x * 4;
      double dx = (double) x / width - 0.46;
      double dy = (double) y / height - 0.42;
      double shade = light * (1.06 - 0.55 * (dx * dx + dy * dy));
      double noise = (g_rand_double (random) + g_rand_double (random) - 1) * grain;

      for (int channel = 0; channel < 3; channel++) {
        double value = pixel[channel] * shade + noise + (g_rand_double (random) - 0.5) * grain * 0.5;
        pixel[channel] = (guint8) CLAMP (value, 0, 255);
      }
    }
  }
  cairo_surface_mark_dirty (surface);
}
