#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-marks-private.h"

#include <math.h>

#include "emend-outline.h"
#include "emend-tag.h"

#define OPAQUE 0xff000000u
#define MARKS_BETWEEN_CHECKS 256

/* Logical pixels. */
#define DENSITY_SIDE 2.0 /* a thing smaller than this is a tint */
#define OUTLINE_SIDE 6.0 /* of a thing smaller than this only the bounds are drawn */
#define SHORT_SIDE 24.0  /* a box smaller than this has shorter dashes */
#define SIGN_SIDE 20.0   /* a box smaller than this has no sign in its corner */
#define SIGN_SIZE 8
#define TAG_SIDE 14.0 /* a box smaller than this has no tag */

#define DENSITY_ALPHA 144
#define DIM_TAG_OPACITY 150
#define REJECTED_ALPHA 102 /* 40 % */

/* More marks in the view than this have thin frames: a mess of lines otherwise. */
#define CROWD 25000

/* More undecided marks in the view than this have no tags: there would hardly be room for one. */
#define MAX_TAGS 400

#define LINE_CACHE 64

typedef struct {
  const EmendRaster *raster;
  const EmendComposeInput *input;
  double zoom; /* device pixels per image pixel */
  double left; /* of the page, in device pixels */
  double top;
  double scale; /* device pixels per logical pixel */
  int unit;     /* the same, whole: the width of a line of one logical pixel */
  gboolean crowded;
  EmendDashes solid;
  EmendDashes dashed;
  EmendDashes short_dashed;
  cairo_surface_t *surface;
  cairo_t *cr;                /* made when something needs it */
  guint32 colors[LINE_CACHE]; /* of labels … */
  guint32 lines[LINE_CACHE];  /* … and of their lines */
  GArray *tagged;             /* guint32: shown and undecided marks with room for a tag */
} Painter;

static guint32
line_color (Painter *painter,
            guint32 color)
{
  guint slot = (color ^ color >> 6 ^ color >> 12 ^ color >> 18) % LINE_CACHE;

  if (painter->colors[slot] != color) {
    painter->colors[slot] = color;
    painter->lines[slot] = OPAQUE | emend_outline_get_line_color (color);
  }
  return painter->lines[slot];
}

static EmendPixelBox
to_pixels (const Painter *painter,
           const EmendRect *box)
{
  return (EmendPixelBox){
    emend_pixel_snap (box->x * painter->zoom + painter->left),
    emend_pixel_snap (box->y * painter->zoom + painter->top),
    emend_pixel_snap ((box->x + box->width) * painter->zoom + painter->left),
    emend_pixel_snap ((box->y + box->height) * painter->zoom + painter->top),
  };
}

/* Lines of half the strength over a weak halo, or full ones over a dark halo. */
static void
set_rules (EmendFrame *frame,
           guint32 color,
           gboolean dim)
{
  if (dim) {
    frame->shift = 1;
    frame->line_rule = (EmendPixelRule){ 0x7f7f7f, OPAQUE | ((color >> 1) & 0x7f7f7f) };
    frame->halo_rule = (EmendPixelRule){ 0x7f7f7f, OPAQUE };
  } else {
    frame->shift = 2;
    frame->line_rule = (EmendPixelRule){ 0, color };
    frame->halo_rule = (EmendPixelRule){ 0x3f3f3f, OPAQUE };
  }
}

static void
draw_density (const Painter *painter,
              const EmendPixelBox *box,
              guint32 color)
{
  EmendPixelBox b = *box;

  b.x2 = MAX (b.x2, b.x1 + 1);
  b.y2 = MAX (b.y2, b.y1 + 1);
  emend_raster_mix (painter->raster, &b, color, DENSITY_ALPHA);
}

/* A triangle in the upper left corner inside the line. */
static void
draw_corner (const Painter *painter,
             const EmendFrame *frame)
{
  int size = SIGN_SIZE * painter->unit;
  int inset = frame->line - frame->line / 2;
  int x = frame->box.x1 + inset;
  int y = frame->box.y1 + inset;

  for (int i = 0; i < size; i++) {
    EmendPixelBox line = { x, y + i, x + size - i, y + i + 1 };
    EmendPixelBox halo = { x + size - i, y + i, x + size - i + frame->halo, y + i + 1 };

    emend_raster_apply (painter->raster, &halo, frame->shift, frame->halo_rule);
    emend_raster_apply (painter->raster, &line, frame->shift, frame->line_rule);
  }
}

static void
draw_plus (const Painter *painter,
           const EmendFrame *frame)
{
  int u = painter->unit;
  int x = frame->box.x1 + 4 * u;
  int y = frame->box.y1 + 4 * u;
  EmendPixelBox across = { x, y + 3 * u, x + SIGN_SIZE * u, y + 5 * u };
  EmendPixelBox up = { x + 3 * u, y, x + 5 * u, y + 3 * u };
  EmendPixelBox down = { x + 3 * u, y + 5 * u, x + 5 * u, y + SIGN_SIZE * u };
  EmendPixelBox across_halo = { across.x1 - u, across.y1 - u, across.x2 + u, across.y2 + u };
  EmendPixelBox up_halo = { up.x1 - u, up.y1 - u, up.x2 + u, across_halo.y1 };
  EmendPixelBox down_halo = { down.x1 - u, across_halo.y2, down.x2 + u, down.y2 + u };

  emend_raster_apply (painter->raster, &across_halo, frame->shift, frame->halo_rule);
  emend_raster_apply (painter->raster, &up_halo, frame->shift, frame->halo_rule);
  emend_raster_apply (painter->raster, &down_halo, frame->shift, frame->halo_rule);
  emend_raster_apply (painter->raster, &across, frame->shift, frame->line_rule);
  emend_raster_apply (painter->raster, &up, frame->shift, frame->line_rule);
  emend_raster_apply (painter->raster, &down, frame->shift, frame->line_rule);
}

/* The same for a line of any thickness: the first and the last pixel across it are covered in part. */
static void
mix_across (const Painter *painter,
            EmendPoint at,
            gboolean steep,
            guint32 color,
            guint alpha)
{
  double from = (steep ? at.x : at.y) - painter->unit / 2.0;
  int first = (int) floor (from);
  int major = (int) (steep ? at.y : at.x);

  for (int i = first; i <= first + painter->unit; i++) {
    double covered = fmin (i + 1, from + painter->unit) - fmax (i, from);
    int x = steep ? i : major;
    int y = steep ? major : i;
    EmendPixelBox b = { x, y, x + 1, y + 1 };

    if (covered > 0)
      emend_raster_mix (painter->raster, &b, color, (guint) lround (covered * alpha));
  }
}

static void
draw_diagonal (const Painter *painter,
               const EmendPixelBox *box,
               guint32 color,
               guint alpha)
{
  const EmendPixelBox *clip = &painter->raster->clip;
  int width = box->x2 - box->x1;
  int height = box->y2 - box->y1;
  gboolean steep = height > width;
  int start = steep ? MAX (box->y1, clip->y1) : MAX (box->x1, clip->x1);
  int end = steep ? MIN (box->y2, clip->y2) : MIN (box->x2, clip->x2);

  for (int i = start; i < end; i++) {
    double along = steep ? (i + 0.5 - box->y1) / height : (i + 0.5 - box->x1) / width;
    EmendPoint at = { steep ? box->x1 + along * width : i, steep ? i : box->y1 + along * height };

    mix_across (painter, at, steep, color, alpha);
  }
}

static void
mix_ring (const Painter *painter,
          const EmendPixelBox *outer,
          int thick,
          guint32 color,
          guint alpha)
{
  EmendPixelBox top = { outer->x1, outer->y1, outer->x2, outer->y1 + thick };
  EmendPixelBox bottom = { outer->x1, MAX (outer->y2 - thick, top.y2), outer->x2, outer->y2 };
  EmendPixelBox left = { outer->x1, top.y2, outer->x1 + thick, bottom.y1 };
  EmendPixelBox right = { MAX (outer->x2 - thick, left.x2), top.y2, outer->x2, bottom.y1 };

  emend_raster_mix (painter->raster, &top, color, alpha);
  emend_raster_mix (painter->raster, &bottom, color, alpha);
  emend_raster_mix (painter->raster, &left, color, alpha);
  emend_raster_mix (painter->raster, &right, color, alpha);
}

/* A thin, faint, struck box. */
static void
draw_rejected (const Painter *painter,
               const EmendPixelBox *box,
               guint32 color,
               gboolean dim)
{
  int u = painter->unit;
  guint alpha = dim ? REJECTED_ALPHA / 2 : REJECTED_ALPHA;
  EmendPixelBox halo = { box->x1 - 1 - u, box->y1 - 1 - u, box->x2 + 1 + u, box->y2 + 1 + u };
  EmendPixelBox line = { box->x1 - 1, box->y1 - 1, box->x2 + 1, box->y2 + 1 };
  EmendPixelBox inner = { line.x1 + u, line.y1 + u, line.x2 - u, line.y2 - u };

  mix_ring (painter, &halo, u, OPAQUE, alpha);
  mix_ring (painter, &line, u, color, alpha);
  if (emend_pixel_box_is_empty (&inner))
    return;
  mix_ring (painter, &inner, u, OPAQUE, alpha);
  draw_diagonal (painter, &inner, color, alpha);
}

static void
draw_box (Painter *painter,
          const EmendOverlayMark *mark,
          const EmendPixelBox *box,
          gboolean dim)
{
  guint32 color = line_color (painter, mark->color);
  int u = painter->unit;
  int side = MIN (box->x2 - box->x1, box->y2 - box->y1);
  int larger = MAX (box->x2 - box->x1, box->y2 - box->y1);
  EmendFrame frame = { .box = *box, .line = (int) EMEND_OUTLINE_LINE * u, .halo = u, .dashes = &painter->solid };

  if (mark->verdict == EMEND_VERDICT_REJECTED) {
    draw_rejected (painter, box, color, dim);
    return;
  }
  if (painter->crowded) {
    emend_raster_thin_frame (painter->raster, box, color);
    return;
  }
  set_rules (&frame, color, dim);
  if (mark->verdict == EMEND_VERDICT_NONE)
    frame.dashes = larger < SHORT_SIDE * u ? &painter->short_dashed : &painter->dashed;
  emend_raster_frame (painter->raster, &frame);
  if (side < SIGN_SIDE * u)
    return;
  if (mark->verdict == EMEND_VERDICT_CORRECTED)
    draw_corner (painter, &frame);
  else if (mark->verdict == EMEND_VERDICT_ADDED)
    draw_plus (painter, &frame);
}

/* Everything that is no upright box, by cairo. */
static void
draw_outline (Painter *painter,
              const EmendOverlayMark *mark,
              gboolean dim)
{
  const EmendPixelBox *clip = &painter->raster->clip;

  if (painter->cr == NULL) {
    painter->surface = cairo_image_surface_create_for_data (
      painter->raster->data, CAIRO_FORMAT_ARGB32, clip->x2, clip->y2, (int) painter->raster->stride);
    painter->cr = cairo_create (painter->surface);
    cairo_rectangle (painter->cr, clip->x1, clip->y1, clip->x2 - clip->x1, clip->y2 - clip->y1);
    cairo_clip (painter->cr);
    cairo_scale (painter->cr, painter->scale, painter->scale);
  }
  cairo_surface_mark_dirty (painter->surface);
  emend_outline_draw (painter->cr, mark, &painter->input->viewport, EMEND_OUTLINE_LINE, dim ? 0.5 : 1);
  cairo_surface_flush (painter->surface);
}

static void
draw_mark (Painter *painter,
           guint32 index,
           const EmendOverlayMark *mark)
{
  EmendPixelBox box = to_pixels (painter, &mark->shape.box);
  double side = fmax (mark->shape.box.width, mark->shape.box.height) * painter->zoom;
  gboolean dim = mark->dimmed || painter->input->dim_others;
  gboolean is_point = mark->shape.kind == EMEND_SHAPE_POINT;

  if (side < DENSITY_SIDE * painter->scale && !is_point)
    draw_density (painter, &box, line_color (painter, mark->color));
  else if (mark->shape.kind == EMEND_SHAPE_BOX ||
           (!is_point && (painter->crowded || side < OUTLINE_SIDE * painter->scale)))
    draw_box (painter, mark, &box, dim);
  else
    draw_outline (painter, mark, dim);
  if (mark->verdict == EMEND_VERDICT_NONE && side >= TAG_SIDE * painter->scale)
    g_array_append_val (painter->tagged, index);
}

static gboolean
boxes_meet (const EmendPixelBox *a,
            const EmendPixelBox *b)
{
  EmendPixelBox common = emend_pixel_box_intersect (a, b);

  return !emend_pixel_box_is_empty (&common);
}

/* Whether the tag would cover another tag or cross the line of another mark. */
static gboolean
is_in_the_way (const Painter *painter,
               const EmendPixelBox *tag,
               guint32 owner,
               GArray *placed)
{
  const EmendComposeInput *input = painter->input;
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (guint32));
  EmendRect image = {
    (tag->x1 - painter->left) / painter->zoom,
    (tag->y1 - painter->top) / painter->zoom,
    (tag->x2 - tag->x1) / painter->zoom,
    (tag->y2 - tag->y1) / painter->zoom,
  };

  for (guint i = 0; i < placed->len; i++) {
    if (boxes_meet (tag, &g_array_index (placed, EmendPixelBox, i)))
      return TRUE;
  }
  emend_overlay_query (input->overlay, &image, near);
  for (guint i = 0; i < near->len; i++) {
    guint32 index = g_array_index (near, guint32, i);
    const EmendOverlayMark *mark = emend_overlay_get_mark (input->overlay, index);
    EmendPixelBox box = to_pixels (painter, &mark->shape.box);
    gboolean around = box.x1 < tag->x1 && box.y1 < tag->y1 && box.x2 > tag->x2 && box.y2 > tag->y2;

    if (index != owner && !around && emend_overlay_mark_is_shown (mark, &input->filter))
      return TRUE;
  }
  return FALSE;
}

static void
draw_tags (Painter *painter)
{
  const EmendComposeInput *input = painter->input;
  double view_width = input->viewport.view_width * painter->scale;
  double view_height = input->viewport.view_height * painter->scale;
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (EmendPixelBox));

  for (guint i = 0; i < painter->tagged->len; i++) {
    guint32 index = g_array_index (painter->tagged, guint32, i);
    const EmendOverlayMark *mark = emend_overlay_get_mark (input->overlay, index);
    EmendPixelBox box = to_pixels (painter, &mark->shape.box);
    EmendRect rect = { box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1 };
    g_autoptr (EmendTag) tag = emend_tag_get (mark->tag, mark->score, mark->color, painter->scale);
    EmendPoint at;
    EmendPixelBox taken;

    if (tag == NULL)
      continue;
    at = emend_tag_place (&rect, tag->width, tag->height, view_width, view_height);
    taken = (EmendPixelBox){ (int) at.x, (int) at.y, (int) at.x + tag->width, (int) at.y + tag->height };
    if (is_in_the_way (painter, &taken, index, placed))
      continue;
    emend_raster_blend (painter->raster, taken.x1, taken.y1, tag,
                        mark->dimmed || input->dim_others ? DIM_TAG_OPACITY : 256);
    g_array_append_val (placed, taken);
  }
}

static void
painter_init (Painter *painter,
              const EmendRaster *raster,
              const EmendComposeInput *input)
{
  double scale = input->viewport.device_scale;

  *painter = (Painter){
    .raster = raster,
    .input = input,
    .zoom = emend_viewport_get_zoom (&input->viewport),
    .left = input->viewport.offset_x * scale,
    .top = input->viewport.offset_y * scale,
    .scale = scale,
    .unit = MAX (1, (int) lround (scale)),
    .tagged = g_array_new (FALSE, FALSE, sizeof (guint32)),
  };
  painter->lines[0] = OPAQUE | emend_outline_get_line_color (0);
  emend_dashes_init (&painter->solid, 1, 0);
  emend_dashes_init (&painter->dashed, 6 * painter->unit, 4 * painter->unit);
  emend_dashes_init (&painter->short_dashed, 3 * painter->unit, 2 * painter->unit);
}

static void
painter_clear (Painter *painter)
{
  g_clear_pointer (&painter->cr, cairo_destroy);
  g_clear_pointer (&painter->surface, cairo_surface_destroy);
  g_array_unref (painter->tagged);
}

/* What of the page can show lines in the view: lines reach out of their boxes. */
static EmendRect
reach_of_view (const EmendViewport *viewport)
{
  double reach = 8;
  EmendRect view = { -reach, -reach, viewport->view_width + 2 * reach, viewport->view_height + 2 * reach };

  return emend_viewport_rect_to_image (viewport, &view);
}

/**
 * emend_marks_draw:
 * @raster: where to draw
 * @input: what to draw; has an overlay
 * @cancelled: (nullable): read now and then, stops when it is not 0
 *
 * Draws the marks of the overlay and their tags. Any thread.
 *
 * Returns: whether it was finished.
 */
gboolean
emend_marks_draw (const EmendRaster *raster,
                  const EmendComposeInput *input,
                  const int *cancelled)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  EmendRect reach = reach_of_view (&input->viewport);
  Painter painter;
  gboolean finished = TRUE;

  painter_init (&painter, raster, input);
  emend_overlay_query (input->overlay, &reach, found);
  painter.crowded = found->len > CROWD;
  for (guint i = 0; i < found->len && finished; i++) {
    guint32 index = g_array_index (found, guint32, i);
    const EmendOverlayMark *mark = emend_overlay_get_mark (input->overlay, index);

    if ((int) index != input->selected && emend_overlay_mark_is_shown (mark, &input->filter))
      draw_mark (&painter, index, mark);
    if (i % MARKS_BETWEEN_CHECKS == 0 && cancelled != NULL)
      finished = g_atomic_int_get (cancelled) == 0;
  }
  if (finished && !input->hide_tags && painter.tagged->len <= MAX_TAGS)
    draw_tags (&painter);
  painter_clear (&painter);
  return finished;
}
