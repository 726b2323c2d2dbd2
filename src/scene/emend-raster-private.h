#pragma once

#include "emend-pixmap.h"
#include "emend-tag.h"

G_BEGIN_DECLS

/* Pixels in device pixels of the view, half-open. */
typedef struct {
  int x1;
  int y1;
  int x2;
  int y2;
} EmendPixelBox;

/* The pixels that are composed, 0xffRRGGBB as numbers; nothing outside @clip is touched. */
typedef struct {
  guint8 *data;
  gsize stride;
  EmendPixelBox clip;
} EmendRaster;

/* What becomes of a pixel: ((pixel >> shift) & keep) + add. Painting, darkening and mixing to equal
 * parts are all of this form, which takes three instructions for four pixels. */
typedef struct {
  guint32 keep;
  guint32 add;
} EmendPixelRule;

/* The longest line, in device pixels, whose dashes are looked up. */
#define EMEND_DASHES_SIZE 2048

/* Where a dashed line is on: all bits of a pixel set where it is. Dashes run from both ends to the middle,
 * so that all corners of a box look the same; the second half is read from @backward, whose last
 * pixel is the end of the line. */
typedef struct {
  int on;
  int off;
  guint32 forward[EMEND_DASHES_SIZE];
  guint32 backward[EMEND_DASHES_SIZE];
} EmendDashes;

/* The frame of a box: its edges, and what is drawn on them. */
typedef struct {
  EmendPixelBox box;
  int line;
  int halo;
  int shift;
  EmendPixelRule line_rule;
  EmendPixelRule halo_rule;
  const EmendDashes *dashes;
} EmendFrame;

/* Positions beyond this are cut off, so that sums of them stay numbers. */
#define EMEND_PIXEL_FAR_AWAY 1e8

/* The edge of a pixel that is nearest to a position in device pixels; the greater of two. */
static inline int
emend_pixel_snap (double position)
{
  double raised = CLAMP (position, -EMEND_PIXEL_FAR_AWAY, EMEND_PIXEL_FAR_AWAY) + 0.5;
  int cut = (int) raised;

  /* As floor(), which is a call of a function on processors without SSE 4. */
  return cut - (raised < cut);
}

static inline gboolean
emend_pixel_box_is_empty (const EmendPixelBox *box)
{
  return box->x1 >= box->x2 || box->y1 >= box->y2;
}

static inline EmendPixelBox
emend_pixel_box_intersect (const EmendPixelBox *a,
                           const EmendPixelBox *b)
{
  return (EmendPixelBox){ MAX (a->x1, b->x1), MAX (a->y1, b->y1), MIN (a->x2, b->x2), MIN (a->y2, b->y2) };
}

/* A pixel of the clip, followed by the others of its row. */
static inline guint32 *
emend_raster_row (const EmendRaster *raster,
                  int x,
                  int y)
{
  return (guint32 *) (void *) (raster->data + (gsize) y * raster->stride) + x;
}

void emend_dashes_init (EmendDashes *dashes,
                        int on,
                        int off);
void emend_raster_fill (const EmendRaster *raster,
                        const EmendPixelBox *box,
                        guint32 pixel);
void emend_raster_mix (const EmendRaster *raster,
                       const EmendPixelBox *box,
                       guint32 pixel,
                       guint alpha);
void emend_raster_apply (const EmendRaster *raster,
                         const EmendPixelBox *box,
                         int shift,
                         EmendPixelRule rule);
void emend_raster_frame (const EmendRaster *raster,
                         const EmendFrame *frame);
void emend_raster_thin_frame (const EmendRaster *raster,
                              const EmendPixelBox *box,
                              guint32 pixel);
void emend_raster_blend (const EmendRaster *raster,
                         int x,
                         int y,
                         const EmendTag *tag,
                         guint opacity);

G_END_DECLS
