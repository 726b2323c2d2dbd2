#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-compose.h"

#include <math.h>

#include "emend-marks-private.h"
#include "emend-raster-private.h"
#include "emend-scale-private.h"

#define OPAQUE 0xff000000u
#define GROUND_COLOR 0x1d1d20
#define PAGE_COLOR 0x2a2a2e
#define MAX_SIDE 32767

/* Logical pixels. */
#define SHADOW_REACH 14
#define SHADOW_DROP 2
#define SHADOW_STRENGTH 0.38

/* A tile with less than this of the pixels of its part of the page is a coarse one that stands in for
 * better ones. */
#define FULL_DETAIL 0.75

/**
 * emend_compose_input_init:
 * @input: (out): the input to set
 *
 * Nothing in an empty view, with the colours for images. Any thread.
 */
void
emend_compose_input_init (EmendComposeInput *input)
{
  *input = (EmendComposeInput){ .selected = -1, .background = GROUND_COLOR, .page_color = PAGE_COLOR };
  emend_viewport_init (&input->viewport);
}

/**
 * emend_compose_get_size:
 * @viewport: a viewport
 * @width: (out): device pixels
 * @height: (out): device pixels
 *
 * Any thread.
 */
void
emend_compose_get_size (const EmendViewport *viewport,
                        int *width,
                        int *height)
{
  *width = (int) CLAMP (ceil (viewport->view_width * viewport->device_scale), 0, MAX_SIDE);
  *height = (int) CLAMP (ceil (viewport->view_height * viewport->device_scale), 0, MAX_SIDE);
}

static EmendPixelBox
to_pixels (const EmendViewport *viewport,
           const EmendRect *image)
{
  double zoom = emend_viewport_get_zoom (viewport);
  double left = viewport->offset_x * viewport->device_scale;
  double top = viewport->offset_y * viewport->device_scale;

  /* Both edges are rounded on their own: neighbours share an edge, so there is no seam between them. */
  return (EmendPixelBox){
    emend_pixel_snap (image->x * zoom + left),
    emend_pixel_snap (image->y * zoom + top),
    emend_pixel_snap ((image->x + image->width) * zoom + left),
    emend_pixel_snap ((image->y + image->height) * zoom + top),
  };
}

static void
draw_ground (const EmendRaster *raster,
             const EmendComposeInput *input,
             const EmendPixelBox *page)
{
  const EmendPixelBox *c = &raster->clip;
  EmendPixelBox inside = emend_pixel_box_intersect (page, c);
  guint32 pixel = OPAQUE | input->background;

  if (emend_pixel_box_is_empty (&inside)) {
    emend_raster_fill (raster, c, pixel);
    return;
  }
  emend_raster_fill (raster, &(EmendPixelBox){ c->x1, c->y1, c->x2, inside.y1 }, pixel);
  emend_raster_fill (raster, &(EmendPixelBox){ c->x1, inside.y2, c->x2, c->y2 }, pixel);
  emend_raster_fill (raster, &(EmendPixelBox){ c->x1, inside.y1, inside.x1, inside.y2 }, pixel);
  emend_raster_fill (raster, &(EmendPixelBox){ inside.x2, inside.y1, c->x2, inside.y2 }, pixel);
}

/* How dark the shadow is at a distance from the page, in parts of 256. */
static guint
shadow_at (double dx,
           double dy,
           double reach)
{
  double near = 1 - hypot (dx, dy) / reach;

  return near > 0 ? (guint) lround (256 * SHADOW_STRENGTH * near * near) : 0;
}

static void
shadow_pixels (const EmendRaster *raster,
               const EmendPixelBox *box,
               const EmendPixelBox *caster,
               double reach)
{
  EmendPixelBox b = emend_pixel_box_intersect (box, &raster->clip);

  for (int y = b.y1; y < b.y2; y++) {
    double dy = fmax (0, fmax (caster->y1 - y, y + 1 - caster->y2));

    for (int x = b.x1; x < b.x2; x++) {
      double dx = fmax (0, fmax (caster->x1 - x, x + 1 - caster->x2));

      emend_raster_mix (raster, &(EmendPixelBox){ x, y, x + 1, y + 1 }, OPAQUE, shadow_at (dx, dy, reach));
    }
  }
}

/* Rows above or below the page are of one shade over its whole width: only corners are by pixel. */
static void
draw_shadow (const EmendRaster *raster,
             const EmendViewport *viewport,
             const EmendPixelBox *page)
{
  double reach = SHADOW_REACH * viewport->device_scale;
  int r = (int) ceil (reach);
  int drop = (int) lround (SHADOW_DROP * viewport->device_scale);
  EmendPixelBox caster = { page->x1, page->y1 + drop, page->x2, page->y2 + drop };

  for (int i = 0; i < r; i++) {
    guint shade = shadow_at (0, i + 1, reach);
    int above = caster.y1 - 1 - i;
    int below = caster.y2 + i;

    if (above < page->y1)
      emend_raster_mix (raster, &(EmendPixelBox){ page->x1, above, page->x2, above + 1 }, OPAQUE, shade);
    emend_raster_mix (raster, &(EmendPixelBox){ page->x1, below, page->x2, below + 1 }, OPAQUE, shade);
  }
  for (int i = 0; i < drop; i++)
    emend_raster_mix (raster, &(EmendPixelBox){ page->x1, page->y2 + i, page->x2, page->y2 + i + 1 }, OPAQUE,
                      shadow_at (0, 0, reach));
  shadow_pixels (raster, &(EmendPixelBox){ page->x1 - r, caster.y1 - r, page->x1, caster.y2 + r }, &caster, reach);
  shadow_pixels (raster, &(EmendPixelBox){ page->x2, caster.y1 - r, page->x2 + r, caster.y2 + r }, &caster, reach);
}

/* Whether one of the tiles alone covers all of the page that shows. */
static gboolean
has_whole_tile (const EmendRaster *raster,
                const EmendComposeInput *input,
                const EmendPixelBox *page)
{
  EmendPixelBox shown = emend_pixel_box_intersect (page, &raster->clip);

  for (guint i = 0; input->tiles != NULL && i < input->tiles->len; i++) {
    EmendPixelBox b = to_pixels (&input->viewport, &g_array_index (input->tiles, EmendTile, i).rect);

    if (b.x1 <= shown.x1 && b.y1 <= shown.y1 && b.x2 >= shown.x2 && b.y2 >= shown.y2)
      return TRUE;
  }
  return FALSE;
}

static gboolean
draw_tiles (const EmendRaster *raster,
            const EmendComposeInput *input,
            const EmendPixelBox *page,
            const int *cancelled)
{
  EmendRaster on_page = { raster->data, raster->stride, emend_pixel_box_intersect (page, &raster->clip) };
  gboolean enlarged = emend_viewport_get_zoom (&input->viewport) >= 1;

  if (emend_pixel_box_is_empty (&on_page.clip))
    return TRUE;
  if (!has_whole_tile (raster, input, page))
    emend_raster_fill (raster, page, OPAQUE | input->page_color);
  for (guint i = 0; input->tiles != NULL && i < input->tiles->len; i++) {
    const EmendTile *tile = &g_array_index (input->tiles, EmendTile, i);
    EmendPixelBox target = to_pixels (&input->viewport, &tile->rect);
    gboolean coarse = tile->pixmap->width < tile->rect.width * FULL_DETAIL;

    if (!emend_scale_draw (&on_page, tile->pixmap, &target, coarse || !enlarged, cancelled))
      return FALSE;
  }
  return TRUE;
}

/**
 * emend_compose:
 * @input: what the view shows
 * @target: (inout): filled
 * @cancelled: (nullable): stops soon when it is not 0
 *
 * The same input gives the same pixels. Any thread, also several at once.
 *
 * Returns: whether it was finished.
 */
gboolean
emend_compose (const EmendComposeInput *input,
               EmendPixmap *target,
               const int *cancelled)
{
  EmendRaster raster = { target->data, target->stride, { 0, 0, target->width, target->height } };
  EmendRect whole = { 0, 0, input->viewport.page_width, input->viewport.page_height };
  EmendPixelBox page = to_pixels (&input->viewport, &whole);
  int width;
  int height;

  emend_compose_get_size (&input->viewport, &width, &height);
  raster.clip.x2 = MIN (raster.clip.x2, width);
  raster.clip.y2 = MIN (raster.clip.y2, height);
  if (emend_pixel_box_is_empty (&raster.clip))
    return TRUE;
  draw_ground (&raster, input, &page);
  if (input->page_shadow && !emend_pixel_box_is_empty (&page))
    draw_shadow (&raster, &input->viewport, &page);
  if (!draw_tiles (&raster, input, &page, cancelled))
    return FALSE;
  return input->overlay == NULL || emend_marks_draw (&raster, input, cancelled);
}
