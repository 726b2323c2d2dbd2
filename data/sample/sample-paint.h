#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* The kinds of goods on the shelves; the order is that of the sample's labels. */
typedef enum {
  SAMPLE_BOTTLE,
  SAMPLE_CAN,
  SAMPLE_JAR,
  SAMPLE_BOX,
  SAMPLE_CARTON,
  SAMPLE_BAG,
  SAMPLE_N_KINDS,
} SampleKind;

typedef struct {
  double x;
  double y;
  double width;
  double height;
} SampleBox;

typedef struct {
  double red;
  double green;
  double blue;
} SampleColor;

/* Paints one thing that stands with its bottom middle at @x, @y; gives its bounds in device pixels. */
void sample_paint_thing (cairo_t *cr,
                         GRand *random,
                         SampleKind kind,
                         double x,
                         double y,
                         double width,
                         double height,
                         SampleBox *bounds);

/* Paints the back wall and the boards of a shelf; @boards are the y of their tops, @n_boards of them. */
void sample_paint_shelf (cairo_t *cr,
                         GRand *random,
                         double width,
                         double height,
                         const double *boards,
                         int n_boards);

/* What a camera does to a picture: unsharp, darker to the corners, grainy. */
void sample_paint_camera (cairo_surface_t *surface,
                          GRand *random);

G_END_DECLS
