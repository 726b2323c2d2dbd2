#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-raster-private.h"

#include <string.h>

#define OPAQUE 0xff000000u
#define LANES 4

/* Device pixels of a logical one up to which frames are drawn by vector code. */
#define USUAL_UNITS 2

typedef guint32 Lanes __attribute__ ((vector_size (LANES * sizeof (guint32))));

/**
 * emend_dashes_init:
 * @dashes: (out): the dashes to set
 * @on: length of a dash in device pixels
 * @off: length of a gap, 0 for a solid line
 *
 * Any thread.
 */
void
emend_dashes_init (EmendDashes *dashes,
                   int on,
                   int off)
{
  dashes->on = on;
  dashes->off = off;
  for (int i = 0, phase = 0; i < EMEND_DASHES_SIZE; i++, phase++) {
    if (phase == on + off)
      phase = 0;
    dashes->forward[i] = phase < on ? G_MAXUINT32 : 0;
    dashes->backward[EMEND_DASHES_SIZE - 1 - i] = dashes->forward[i];
  }
}

/**
 * emend_raster_fill:
 * @raster: a raster
 * @box: what to fill
 * @pixel: 0xffRRGGBB
 *
 * Any thread.
 */
void
emend_raster_fill (const EmendRaster *raster,
                   const EmendPixelBox *box,
                   guint32 pixel)
{
  EmendPixelBox b = emend_pixel_box_intersect (box, &raster->clip);

  for (int y = b.y1; y < b.y2; y++) {
    guint32 *row = emend_raster_row (raster, 0, y);

    for (int x = b.x1; x < b.x2; x++)
      row[x] = pixel;
  }
}

static guint32
mix_pixel (guint32 below,
           guint32 above,
           guint alpha)
{
  guint32 red_blue = ((below & 0xff00ff) * (256 - alpha) + (above & 0xff00ff) * alpha) >> 8;
  guint32 green = ((below & 0xff00) * (256 - alpha) + (above & 0xff00) * alpha) >> 8;

  return OPAQUE | (red_blue & 0xff00ff) | (green & 0xff00);
}

/**
 * emend_raster_mix:
 * @raster: a raster
 * @box: where to draw
 * @pixel: 0xffRRGGBB
 * @alpha: how much of @pixel, 0 to 256
 *
 * Any thread.
 */
void
emend_raster_mix (const EmendRaster *raster,
                  const EmendPixelBox *box,
                  guint32 pixel,
                  guint alpha)
{
  EmendPixelBox b = emend_pixel_box_intersect (box, &raster->clip);

  for (int y = b.y1; y < b.y2; y++) {
    guint32 *row = emend_raster_row (raster, 0, y);

    for (int x = b.x1; x < b.x2; x++)
      row[x] = mix_pixel (row[x], pixel, alpha);
  }
}

/**
 * emend_raster_apply:
 * @raster: a raster
 * @box: where
 * @shift: of @rule
 * @rule: what becomes of the pixels
 *
 * Any thread.
 */
void
emend_raster_apply (const EmendRaster *raster,
                    const EmendPixelBox *box,
                    int shift,
                    EmendPixelRule rule)
{
  EmendPixelBox b = emend_pixel_box_intersect (box, &raster->clip);

  if (rule.keep == 0) {
    emend_raster_fill (raster, box, rule.add);
    return;
  }
  for (int y = b.y1; y < b.y2; y++) {
    guint32 *row = emend_raster_row (raster, 0, y);

    for (int x = b.x1; x < b.x2; x++)
      row[x] = ((row[x] >> shift) & rule.keep) + rule.add;
  }
}

/* Rows of an upper or lower line, dashed: from both ends to the middle, so that all corners of a box look
 * the same; the gaps are halo. */
static void
draw_dashes (const EmendRaster *raster,
             const EmendFrame *frame,
             const EmendPixelBox *line)
{
  int half = (line->x2 - line->x1 + 1) / 2;
  int at = 0;

  for (gboolean on = TRUE; at < half; on = !on) {
    int end = MIN (at + (on ? frame->dashes->on : frame->dashes->off), half);
    EmendPixelBox left = { line->x1 + at, line->y1, line->x1 + end, line->y2 };
    EmendPixelBox right = { MAX (line->x2 - end, left.x2), line->y1, line->x2 - at, line->y2 };
    EmendPixelRule rule = on ? frame->line_rule : frame->halo_rule;

    if (left.x1 >= raster->clip.x2 && right.x2 <= raster->clip.x1)
      break;
    emend_raster_apply (raster, &left, frame->shift, rule);
    emend_raster_apply (raster, &right, frame->shift, rule);
    at = end;
  }
}

/* The rows of the upper or lower line, with halo at both ends. */
static void
draw_horizontal (const EmendRaster *raster,
                 const EmendFrame *frame,
                 const EmendPixelBox *rows)
{
  EmendPixelBox line = { rows->x1 + frame->halo, rows->y1, rows->x2 - frame->halo, rows->y2 };
  EmendPixelBox start = { rows->x1, rows->y1, line.x1, rows->y2 };
  EmendPixelBox end = { line.x2, rows->y1, rows->x2, rows->y2 };

  if (rows->y2 <= raster->clip.y1 || rows->y1 >= raster->clip.y2)
    return;
  emend_raster_apply (raster, &start, frame->shift, frame->halo_rule);
  emend_raster_apply (raster, &end, frame->shift, frame->halo_rule);
  if (frame->dashes->off == 0)
    emend_raster_apply (raster, &line, frame->shift, frame->line_rule);
  else
    draw_dashes (raster, frame, &line);
}

/* The left or right edge: a strip of halo, line, halo from @strip->y1 to y2. */
static void
draw_vertical (const EmendRaster *raster,
               const EmendFrame *frame,
               const EmendPixelBox *strip)
{
  EmendPixelBox b = emend_pixel_box_intersect (strip, &raster->clip);
  int top = frame->box.y1 - frame->line / 2;
  int length = frame->box.y2 - frame->box.y1 + frame->line;
  int period = frame->dashes->on + frame->dashes->off;

  for (int y = b.y1; y < b.y2; y++) {
    guint32 *row = emend_raster_row (raster, 0, y);
    gboolean on = MIN (y - top, length - 1 - (y - top)) % period < frame->dashes->on;

    for (int x = b.x1; x < b.x2; x++) {
      gboolean is_line = on && x >= strip->x1 + frame->halo && x < strip->x2 - frame->halo;
      const EmendPixelRule *rule = is_line ? &frame->line_rule : &frame->halo_rule;

      row[x] = ((row[x] >> frame->shift) & rule->keep) + rule->add;
    }
  }
}

/* A box whose lines would overlap: a blot with a halo. */
static void
draw_blot (const EmendRaster *raster,
           const EmendFrame *frame,
           const EmendPixelBox *outer)
{
  int halo = frame->halo;
  EmendPixelBox inner = { outer->x1 + halo, outer->y1 + halo, outer->x2 - halo, outer->y2 - halo };

  emend_raster_apply (raster, &(EmendPixelBox){ outer->x1, outer->y1, outer->x2, inner.y1 }, frame->shift,
                      frame->halo_rule);
  emend_raster_apply (raster, &(EmendPixelBox){ outer->x1, inner.y2, outer->x2, outer->y2 }, frame->shift,
                      frame->halo_rule);
  emend_raster_apply (raster, &(EmendPixelBox){ outer->x1, inner.y1, inner.x1, inner.y2 }, frame->shift,
                      frame->halo_rule);
  emend_raster_apply (raster, &(EmendPixelBox){ inner.x2, inner.y1, outer->x2, inner.y2 }, frame->shift,
                      frame->halo_rule);
  emend_raster_apply (raster, &inner, frame->shift, frame->line_rule);
}

static inline Lanes
all_lanes (guint32 value)
{
  return (Lanes){ value, value, value, value };
}

/* One rule for a few pixels. */
static inline void
apply_row (guint32 *row,
           int n,
           int shift,
           EmendPixelRule rule)
{
  const Lanes keep = all_lanes (rule.keep);
  const Lanes add = all_lanes (rule.add);
  int x = 0;

  for (; x + LANES <= n; x += LANES) {
    Lanes pixels;

    memcpy (&pixels, row + x, sizeof pixels);
    pixels = ((pixels >> (guint32) shift) & keep) + add;
    memcpy (row + x, &pixels, sizeof pixels);
  }
  for (; x < n; x++)
    row[x] = ((row[x] >> shift) & rule.keep) + rule.add;
}

/* The rule of the line where @dashes is on, that of the halo where it is off. */
static inline void
apply_dashed_row (guint32 *row,
                  const guint32 *dashes,
                  int n,
                  const EmendFrame *frame)
{
  const EmendPixelRule h = frame->halo_rule;
  const EmendPixelRule l = frame->line_rule;
  const Lanes keep = all_lanes (h.keep);
  const Lanes add = all_lanes (h.add);
  const Lanes keep_change = all_lanes (h.keep ^ l.keep);
  const Lanes add_change = all_lanes (h.add ^ l.add);
  int x = 0;

  for (; x + LANES <= n; x += LANES) {
    Lanes pixels;
    Lanes on;

    memcpy (&pixels, row + x, sizeof pixels);
    memcpy (&on, dashes + x, sizeof on);
    pixels = ((pixels >> (guint32) frame->shift) & (keep ^ (keep_change & on))) + (add ^ (add_change & on));
    memcpy (row + x, &pixels, sizeof pixels);
  }
  for (; x < n; x++) {
    EmendPixelRule rule = dashes[x] != 0 ? l : h;

    row[x] = ((row[x] >> frame->shift) & rule.keep) + rule.add;
  }
}

/* The rows of the upper or lower line of a usual frame. */
static inline void
draw_line_rows (const EmendRaster *raster,
                const EmendFrame *frame,
                int y,
                int unit)
{
  int length = frame->box.x2 - frame->box.x1 + 2 * unit;
  int half = (length + 1) / 2;

  for (int i = 0; i < 2 * unit; i++) {
    guint32 *row = emend_raster_row (raster, frame->box.x1 - unit, y + i);

    apply_row (row - unit, unit, frame->shift, frame->halo_rule);
    apply_dashed_row (row, frame->dashes->forward, half, frame);
    apply_dashed_row (row + half, frame->dashes->backward + EMEND_DASHES_SIZE - length + half, length - half, frame);
    apply_row (row + length, unit, frame->shift, frame->halo_rule);
  }
}

/* What becomes of the pixels across a side, four times @unit of them: halo, line, line, halo. */
static inline void
set_across (Lanes *across,
            guint32 halo,
            guint32 line,
            int unit)
{
  for (int i = 0; i < LANES * unit; i++)
    across[i / LANES][i % LANES] = i < unit || i >= 3 * unit ? halo : line;
}

/* Both sides of a usual frame, row by row. */
static inline void
draw_sides (const EmendRaster *raster,
            const EmendFrame *frame,
            int unit)
{
  const EmendPixelRule h = frame->halo_rule;
  const EmendPixelRule l = frame->line_rule;
  Lanes keep[2][USUAL_UNITS];
  Lanes add[2][USUAL_UNITS];
  int length = frame->box.y2 - frame->box.y1 + 2 * unit;
  const guint32 *backward = frame->dashes->backward + EMEND_DASHES_SIZE - length;
  gsize to_right = (gsize) (frame->box.x2 - frame->box.x1) * sizeof (guint32);
  guint8 *at = (guint8 *) emend_raster_row (raster, frame->box.x1 - 2 * unit, frame->box.y1 + unit);

  set_across (keep[0], h.keep, h.keep, unit);
  set_across (keep[1], h.keep, l.keep, unit);
  set_across (add[0], h.add, h.add, unit);
  set_across (add[1], h.add, l.add, unit);
  for (int i = 2 * unit; i < length - 2 * unit; i++, at += raster->stride) {
    guint32 on = (i < (length + 1) / 2 ? frame->dashes->forward[i] : backward[i]) & 1;

    for (int j = 0; j < unit; j++) {
      guint8 *here = at + (gsize) j * sizeof (Lanes);
      Lanes left;
      Lanes right;

      memcpy (&left, here, sizeof left);
      memcpy (&right, here + to_right, sizeof right);
      left = ((left >> (guint32) frame->shift) & keep[on][j]) + add[on][j];
      right = ((right >> (guint32) frame->shift) & keep[on][j]) + add[on][j];
      memcpy (here, &left, sizeof left);
      memcpy (here + to_right, &right, sizeof right);
    }
  }
}

/* A usual frame that lies wholly in the clip; @unit is a constant where this is called. */
static inline void
draw_whole_frame (const EmendRaster *raster,
                  const EmendFrame *frame,
                  int unit)
{
  const EmendPixelBox *b = &frame->box;
  int width = b->x2 - b->x1 + 4 * unit;
  int inner = width - 8 * unit;

  for (int i = 0; i < unit; i++)
    apply_row (emend_raster_row (raster, b->x1 - 2 * unit, b->y1 - 2 * unit + i), width, frame->shift,
               frame->halo_rule);
  draw_line_rows (raster, frame, b->y1 - unit, unit);
  for (int i = 0; i < unit; i++)
    apply_row (emend_raster_row (raster, b->x1 + 2 * unit, b->y1 + unit + i), inner, frame->shift, frame->halo_rule);
  draw_sides (raster, frame, unit);
  for (int i = 0; i < unit; i++)
    apply_row (emend_raster_row (raster, b->x1 + 2 * unit, b->y2 - 2 * unit + i), inner, frame->shift,
               frame->halo_rule);
  draw_line_rows (raster, frame, b->y2 - unit, unit);
  for (int i = 0; i < unit; i++)
    apply_row (emend_raster_row (raster, b->x1 - 2 * unit, b->y2 + unit + i), width, frame->shift, frame->halo_rule);
}

/* A line of two logical pixels with a halo of one, on the usual screens, wholly in the clip. */
static gboolean
is_usual_frame (const EmendRaster *raster,
                const EmendFrame *frame,
                const EmendPixelBox *outer)
{
  const EmendPixelBox *c = &raster->clip;

  return frame->halo <= USUAL_UNITS && frame->line == 2 * frame->halo && outer->x1 >= c->x1 && outer->y1 >= c->y1 &&
         outer->x2 <= c->x2 && outer->y2 <= c->y2 && outer->x2 - outer->x1 <= EMEND_DASHES_SIZE &&
         outer->y2 - outer->y1 <= EMEND_DASHES_SIZE;
}

/**
 * emend_raster_thin_frame:
 * @raster: a raster
 * @box: its edges
 * @pixel: 0xffRRGGBB
 *
 * A frame of one pixel inside @box without a halo, for when there are more boxes than room. Any thread.
 */
void
emend_raster_thin_frame (const EmendRaster *raster,
                         const EmendPixelBox *box,
                         guint32 pixel)
{
  EmendPixelBox b = emend_pixel_box_intersect (box, &raster->clip);

  emend_raster_fill (raster, &(EmendPixelBox){ box->x1, box->y1, box->x2, box->y1 + 1 }, pixel);
  emend_raster_fill (raster, &(EmendPixelBox){ box->x1, box->y2 - 1, box->x2, box->y2 }, pixel);
  for (int y = b.y1; y < b.y2; y++) {
    if (b.x1 == box->x1 && b.x1 < b.x2)
      *emend_raster_row (raster, b.x1, y) = pixel;
    if (b.x2 == box->x2 && b.x1 < b.x2)
      *emend_raster_row (raster, b.x2 - 1, y) = pixel;
  }
}

/**
 * emend_raster_frame:
 * @raster: a raster
 * @frame: what to draw; the lines lie on the edges of its box, half in and half out
 *
 * Draws a box as it is drawn at every zoom: a line in pixels of the screen with a halo on both sides. No
 * pixel is changed twice. Any thread.
 */
void
emend_raster_frame (const EmendRaster *raster,
                    const EmendFrame *frame)
{
  int line = frame->line;
  int halo = frame->halo;
  int thick = line + 2 * halo;
  int out = line / 2 + halo;
  EmendPixelBox o = { frame->box.x1 - out, frame->box.y1 - out, frame->box.x2 - out + thick,
                      frame->box.y2 - out + thick };
  EmendPixelBox top = { o.x1, o.y1 + halo, o.x2, o.y1 + halo + line };
  EmendPixelBox bottom = { o.x1, o.y2 - halo - line, o.x2, o.y2 - halo };
  EmendPixelBox left = { o.x1, top.y2, o.x1 + thick, bottom.y1 };
  EmendPixelBox right = { o.x2 - thick, top.y2, o.x2, bottom.y1 };
  EmendPixelBox above = { o.x1, o.y1, o.x2, top.y1 };
  EmendPixelBox under_top = { left.x2, top.y2, right.x1, top.y2 + halo };
  EmendPixelBox over_bottom = { left.x2, bottom.y1 - halo, right.x1, bottom.y1 };
  EmendPixelBox below = { o.x1, bottom.y2, o.x2, o.y2 };

  if (o.x2 - o.x1 < 2 * thick || o.y2 - o.y1 < 2 * thick) {
    draw_blot (raster, frame, &o);
    return;
  }
  if (is_usual_frame (raster, frame, &o)) {
    if (frame->halo == 1)
      draw_whole_frame (raster, frame, 1);
    else
      draw_whole_frame (raster, frame, 2);
    return;
  }
  emend_raster_apply (raster, &above, frame->shift, frame->halo_rule);
  emend_raster_apply (raster, &under_top, frame->shift, frame->halo_rule);
  emend_raster_apply (raster, &over_bottom, frame->shift, frame->halo_rule);
  emend_raster_apply (raster, &below, frame->shift, frame->halo_rule);
  draw_horizontal (raster, frame, &top);
  draw_horizontal (raster, frame, &bottom);
  draw_vertical (raster, frame, &left);
  draw_vertical (raster, frame, &right);
}

static guint32
blend_pixel (guint32 below,
             guint32 above)
{
  guint32 left = 256 - (above >> 24) - (above >> 31);
  guint32 red_blue = (((below & 0xff00ff) * left) >> 8) & 0xff00ff;
  guint32 green = (((below & 0xff00) * left) >> 8) & 0xff00;

  return OPAQUE | (above + (red_blue | green));
}

/* All four channels times @opacity / 256. */
static guint32
fade_pixel (guint32 pixel,
            guint opacity)
{
  return (((pixel & 0xff00ff) * opacity >> 8) & 0xff00ff) | ((((pixel >> 8) & 0xff00ff) * opacity) & 0xff00ff00);
}

/**
 * emend_raster_blend:
 * @raster: a raster
 * @x: where the left edge goes
 * @y: where the top edge goes
 * @tag: what to draw
 * @opacity: how much of it, 0 to 256
 *
 * Draws a tag over what is there. Any thread.
 */
void
emend_raster_blend (const EmendRaster *raster,
                    int x,
                    int y,
                    const EmendTag *tag,
                    guint opacity)
{
  EmendPixelBox whole = { x, y, x + tag->width, y + tag->height };
  EmendPixelBox b = emend_pixel_box_intersect (&whole, &raster->clip);

  for (int row = b.y1; row < b.y2; row++) {
    guint32 *to = emend_raster_row (raster, 0, row);
    const guint32 *from = (const guint32 *) (const void *) (tag->data + (gsize) (row - y) * tag->stride);

    for (int column = b.x1; column < b.x2; column++)
      to[column] = blend_pixel (to[column], fade_pixel (from[column - x], opacity));
  }
}
