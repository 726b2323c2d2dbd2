#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-canvas-private.h"

#include <math.h>

#include "emend-handles.h"
#include "emend-outline.h"
#include "emend-tag.h"

#define GROUND 0x1d1d20

/* Room round a box for its line, halo and corner sign, in logical pixels. */
#define LINE_ROOM 14.0f

static GdkRGBA
to_rgba (guint32 color,
         float alpha)
{
  return (GdkRGBA){ (float) (color >> 16 & 0xff) / 255, (float) (color >> 8 & 0xff) / 255,
                    (float) (color & 0xff) / 255, alpha };
}

/* The last picture, moved and scaled to where it belongs now. */
static void
draw_texture (EmendCanvas *self,
              GtkSnapshot *snapshot)
{
  const EmendViewport *then = &self->texture_viewport;
  const EmendViewport *now = &self->viewport;
  double factor = now->scale / then->scale;
  graphene_rect_t bounds;

  if (self->texture == NULL)
    return;
  graphene_rect_init (&bounds, 0, 0, (float) gdk_texture_get_width (self->texture),
                      (float) gdk_texture_get_height (self->texture));
  graphene_rect_scale (&bounds, (float) (1 / then->device_scale), (float) (1 / then->device_scale), &bounds);
  if (emend_viewport_equal (then, now)) {
    gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
    return;
  }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) round (now->offset_x - then->offset_x * factor),
                                                (float) round (now->offset_y - then->offset_y * factor)));
  if (factor > 1.0001 || factor < 0.9999)
    gtk_snapshot_scale (snapshot, (float) factor, (float) factor);
  gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
  gtk_snapshot_restore (snapshot);
}

static gboolean
clip_to_view (EmendCanvas *self,
              graphene_rect_t *rect)
{
  graphene_rect_t view;

  graphene_rect_init (&view, 0, 0, (float) self->viewport.view_width, (float) self->viewport.view_height);
  return graphene_rect_intersection (rect, &view, rect);
}

static void
draw_part (EmendCanvas *self,
           GtkSnapshot *snapshot,
           const EmendOverlayMark *mark,
           double line,
           graphene_rect_t *part)
{
  cairo_t *cr;

  if (!clip_to_view (self, part))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, part);
  emend_outline_draw (cr, mark, &self->viewport, line, 1);
  cairo_destroy (cr);
}

/* Cairo nodes only as large as what is drawn: of a large box four strips along its edges. */
static void
draw_outline (EmendCanvas *self,
              GtkSnapshot *snapshot,
              const EmendOverlayMark *mark,
              double line)
{
  EmendRect box = emend_viewport_rect_to_view (&self->viewport, &mark->shape.box);
  const float room = LINE_ROOM;
  float x = (float) box.x;
  float y = (float) box.y;
  float w = (float) box.width;
  float h = (float) box.height;
  gboolean hollow = mark->shape.kind == EMEND_SHAPE_BOX && mark->verdict != EMEND_VERDICT_REJECTED &&
                    w > 6 * room && h > 6 * room;
  graphene_rect_t parts[4];

  if (!hollow) {
    graphene_rect_init (&parts[0], x - room, y - room, w + 2 * room, h + 2 * room);
    draw_part (self, snapshot, mark, line, &parts[0]);
    return;
  }
  graphene_rect_init (&parts[0], x - room, y - room, w + 2 * room, 2 * room);
  graphene_rect_init (&parts[1], x - room, y + h - room, w + 2 * room, 2 * room);
  graphene_rect_init (&parts[2], x - room, y + room, 2 * room, h - 2 * room);
  graphene_rect_init (&parts[3], x + w - room, y + room, 2 * room, h - 2 * room);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    draw_part (self, snapshot, mark, line, &parts[i]);
}

static void
draw_ghost (EmendCanvas *self,
            GtkSnapshot *snapshot)
{
  static const double dots[] = { 1.5, 3.5 };
  EmendRect box = emend_viewport_rect_to_view (&self->viewport, &self->ghost.box);
  graphene_rect_t bounds;
  cairo_t *cr;

  graphene_rect_init (&bounds, (float) box.x - 3, (float) box.y - 3, (float) box.width + 6, (float) box.height + 6);
  if (!clip_to_view (self, &bounds))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  emend_outline_add_path (cr, &self->ghost, &self->viewport);
  cairo_set_line_width (cr, 3);
  cairo_set_source_rgba (cr, 0.08, 0.08, 0.09, 0.7);
  cairo_set_dash (cr, dots, 2, 0);
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, 1.5);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
fill_box (GtkSnapshot *snapshot,
          double x,
          double y,
          double size,
          guint32 color)
{
  GdkRGBA rgba = to_rgba (color, 1);

  gtk_snapshot_append_color (snapshot, &rgba,
                             &GRAPHENE_RECT_INIT ((float) (x - size / 2), (float) (y - size / 2), (float) size,
                                                  (float) size));
}

static void
draw_handles (EmendCanvas *self,
              GtkSnapshot *snapshot,
              const EmendRect *box)
{
  EmendPoint at[EMEND_N_HANDLES];

  emend_handles_get_positions (box, at);
  for (int i = 0; i < EMEND_N_HANDLES; i++) {
    double x = floor (at[i].x) + 0.5;
    double y = floor (at[i].y) + 0.5;

    if (!emend_handles_is_shown (box, (EmendHandle) i))
      continue;
    fill_box (snapshot, x, y, EMEND_HANDLE_SIZE + 2, EMEND_OUTLINE_HALO_COLOR);
    fill_box (snapshot, x, y, EMEND_HANDLE_SIZE, 0xffffff);
  }
}

static void
draw_tag (EmendCanvas *self,
          GtkSnapshot *snapshot,
          const EmendOverlayMark *mark)
{
  double scale = self->viewport.device_scale;
  g_autoptr (EmendTag) tag = emend_tag_get (mark->tag, mark->score, mark->color, scale);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  EmendRect box;
  EmendPoint at;

  if (tag == NULL)
    return;
  box = emend_viewport_rect_to_view (&self->viewport, &mark->shape.box);
  at = emend_tag_place (&box, tag->width / scale, tag->height / scale, self->viewport.view_width,
                        self->viewport.view_height);
  bytes = g_bytes_new_with_free_func (tag->data, tag->stride * (gsize) tag->height, (GDestroyNotify) emend_tag_unref,
                                      emend_tag_ref (tag));
  texture = gdk_memory_texture_new (tag->width, tag->height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, tag->stride);
  gtk_snapshot_append_texture (snapshot, texture,
                               &GRAPHENE_RECT_INIT ((float) round (at.x), (float) round (at.y),
                                                    (float) (tag->width / scale),
                                                    (float) (tag->height / scale)));
}

static void
draw_hover (EmendCanvas *self,
            GtkSnapshot *snapshot,
            const EmendOverlayMark *mark)
{
  EmendRect box = emend_viewport_rect_to_view (&self->viewport, &mark->shape.box);
  GdkRGBA tint = to_rgba (mark->color, 0.12f);
  graphene_rect_t bounds;
  cairo_t *cr;

  graphene_rect_init (&bounds, (float) box.x, (float) box.y, (float) box.width, (float) box.height);
  if (!clip_to_view (self, &bounds))
    return;
  if (mark->shape.kind == EMEND_SHAPE_BOX)
    gtk_snapshot_append_color (snapshot, &tint, &bounds);
  else {
    cr = gtk_snapshot_append_cairo (snapshot, &bounds);
    emend_outline_add_path (cr, &mark->shape, &self->viewport);
    gdk_cairo_set_source_rgba (cr, &tint);
    cairo_fill (cr);
    cairo_destroy (cr);
  }
  draw_tag (self, snapshot, mark);
}

/* The selected mark, or what it would become while it is dragged. */
static void
draw_selected (EmendCanvas *self,
               GtkSnapshot *snapshot,
               const EmendOverlayMark *mark)
{
  EmendOverlayMark shown = *mark;
  EmendRect box;

  if (self->has_preview && self->preview_index == self->selected)
    shown.shape = self->preview;
  shown.dimmed = FALSE;
  if (self->has_ghost)
    draw_ghost (self, snapshot);
  draw_outline (self, snapshot, &shown, EMEND_OUTLINE_SELECTED_LINE);
  box = emend_viewport_rect_to_view (&self->viewport, &shown.shape.box);
  if (!self->read_only && !mark->locked)
    draw_handles (self, snapshot, &box);
  if (!self->has_preview)
    draw_tag (self, snapshot, &shown);
}

static void
draw_new (EmendCanvas *self,
          GtkSnapshot *snapshot)
{
  EmendOverlayMark mark = { .color = self->pen_color, .verdict = EMEND_VERDICT_ACCEPTED, .score = NAN };

  mark.shape = self->preview;
  draw_outline (self, snapshot, &mark, EMEND_OUTLINE_SELECTED_LINE);
}

static const EmendOverlayMark *
get_shown_mark (EmendCanvas *self,
                int index)
{
  const EmendOverlayMark *mark;

  if (self->overlay == NULL || index < 0 || (gsize) index >= emend_overlay_get_n_marks (self->overlay))
    return NULL;
  mark = emend_overlay_get_mark (self->overlay, (gsize) index);
  return emend_overlay_mark_is_shown (mark, &self->filter) ? mark : NULL;
}

/**
 * emend_canvas_snapshot:
 * @widget: a canvas
 * @snapshot: where to draw
 *
 * The picture of the view in one texture, and on top what moves: hover, selection, preview.
 */
void
emend_canvas_snapshot (GtkWidget *widget,
                       GtkSnapshot *snapshot)
{
  EmendCanvas *self = EMEND_CANVAS (widget);
  GdkRGBA ground = to_rgba (GROUND, 1);
  const EmendOverlayMark *selected = get_shown_mark (self, self->selected);
  const EmendOverlayMark *hovered = get_shown_mark (self, self->hovered);
  graphene_rect_t view;

  emend_canvas_update_texture (self);
  graphene_rect_init (&view, 0, 0, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget));
  gtk_snapshot_push_clip (snapshot, &view);
  if (self->texture == NULL || !emend_viewport_equal (&self->texture_viewport, &self->viewport))
    gtk_snapshot_append_color (snapshot, &ground, &view);
  draw_texture (self, snapshot);
  if (hovered != NULL && self->hovered != self->selected && !self->has_preview)
    draw_hover (self, snapshot, hovered);
  if (selected != NULL)
    draw_selected (self, snapshot, selected);
  if (self->has_preview && self->preview_index < 0)
    draw_new (self, snapshot);
  gtk_snapshot_pop (snapshot);
}
