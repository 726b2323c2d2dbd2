#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-canvas-private.h"

#include <math.h>

#include "emend-handles.h"
#include "emend-outline.h"
#include "emend-tag.h"

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
draw_pixels (EmendCanvas *self,
             GtkSnapshot *snapshot)
{
  const EmendViewport *then = &self->pixels_viewport;
  const EmendViewport *now = &self->viewport;
  double factor = now->scale / then->scale;
  graphene_rect_t bounds;

  if (self->pixels == NULL)
    return;
  graphene_rect_init (&bounds, 0, 0, (float) emend_pixels_get_width (self->pixels),
                      (float) emend_pixels_get_height (self->pixels));
  graphene_rect_scale (&bounds, (float) (1 / then->device_scale), (float) (1 / then->device_scale), &bounds);
  if (emend_viewport_equal (then, now)) {
    emend_pixels_snapshot (self->pixels, GTK_WIDGET (self), snapshot, &bounds);
    return;
  }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) round (now->offset_x - then->offset_x * factor),
                                                (float) round (now->offset_y - then->offset_y * factor)));
  if (factor > 1.0001 || factor < 0.9999)
    gtk_snapshot_scale (snapshot, (float) factor, (float) factor);
  emend_pixels_snapshot (self->pixels, GTK_WIDGET (self), snapshot, &bounds);
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

/* A square or a disc about the origin of @snapshot. */
static void
fill_handle (GtkSnapshot *snapshot,
             float size,
             gboolean is_round,
             const GdkRGBA *color)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (-size / 2, -size / 2, size, size);
  GskRoundedRect disc;

  if (!is_round) {
    gtk_snapshot_append_color (snapshot, color, &bounds);
    return;
  }
  gsk_rounded_rect_init_from_rect (&disc, &bounds, size / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, color, &bounds);
  gtk_snapshot_pop (snapshot);
}

/* White with a dark outline: square what moves something, round what makes or turns something; the corner that has
 * the keys in the colour of what can be done next. */
static void
draw_grip (EmendCanvas *self,
           GtkSnapshot *snapshot,
           const EmendGripPlace *place,
           gboolean is_active)
{
  EmendHandle handle = place->grip.handle;
  gboolean is_round = handle == EMEND_HANDLE_MIDDLE || handle == EMEND_HANDLE_ROTATE;
  int more = is_active ? 4 : handle == EMEND_HANDLE_MIDDLE ? -2 :
                           is_round                        ? 2 :
                                                             0;
  float size = (float) (EMEND_HANDLE_SIZE + more);
  GdkRGBA halo = to_rgba (EMEND_OUTLINE_HALO_COLOR, 1);
  GdkRGBA white = to_rgba (0xffffff, 1);
  GdkRGBA accent = { 0.21f, 0.52f, 0.89f, 1 };

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) floor (place->at.x) + 0.5f,
                                                          (float) floor (place->at.y) + 0.5f));
  if (!is_round && fmod (place->degrees, 90) != 0)
    gtk_snapshot_rotate (snapshot, (float) place->degrees);
  fill_handle (snapshot, size + 2, is_round, &halo);
  fill_handle (snapshot, size, is_round, &white);
  if (is_active) {
    gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "accent_bg_color", &accent);
    fill_handle (snapshot, size - 4, is_round, &accent);
  }
  gtk_snapshot_restore (snapshot);
}

/* From the middle of a rotated box to the handle that turns it: only its outer part shows. */
static void
draw_stem (EmendCanvas *self,
           GtkSnapshot *snapshot,
           const EmendShape *shape,
           EmendPoint handle)
{
  EmendPoint image = { shape->box.x + shape->box.width / 2, shape->box.y + shape->box.height / 2 };
  EmendPoint middle = emend_viewport_to_view (&self->viewport, image);
  double length = hypot (handle.x - middle.x, handle.y - middle.y);
  GdkRGBA halo = to_rgba (EMEND_OUTLINE_HALO_COLOR, 0.75f);
  GdkRGBA white = to_rgba (0xffffff, 1);
  float stem = (float) fmin (length, EMEND_HANDLE_ROTATE_DISTANCE - EMEND_OUTLINE_SELECTED_LINE / 2);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) handle.x, (float) handle.y));
  gtk_snapshot_rotate (snapshot, (float) (atan2 (middle.y - handle.y, middle.x - handle.x) * 180 / G_PI));
  gtk_snapshot_append_color (snapshot, &halo, &GRAPHENE_RECT_INIT (0, -1.75f, stem, 3.5f));
  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (0, -0.75f, stem, 1.5f));
  gtk_snapshot_restore (snapshot);
}

static void
draw_handles (EmendCanvas *self,
              GtkSnapshot *snapshot,
              const EmendShape *shape)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (EmendGripPlace));
  EmendToolContext context = emend_canvas_get_context (self);
  EmendGrip active;
  gboolean has_active = emend_tool_get_active (self->tool, &context, &active);

  emend_grips_list (shape, &self->viewport, places);
  for (guint i = 0; i < places->len; i++) {
    const EmendGripPlace *place = &g_array_index (places, EmendGripPlace, i);

    if (place->grip.handle == EMEND_HANDLE_ROTATE)
      draw_stem (self, snapshot, shape, place->at);
    draw_grip (self, snapshot, place, FALSE);
  }
  if (has_active && active.ring < emend_shape_get_n_rings (shape)) {
    gsize n_points;
    const EmendPoint *points = emend_shape_get_ring (shape, active.ring, &n_points);
    EmendGripPlace place = { active, { 0, 0 }, 0 };

    if (active.vertex >= n_points)
      return;
    place.at = emend_viewport_to_view (&self->viewport, points[active.vertex]);
    draw_grip (self, snapshot, &place, TRUE);
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
  /* A corner or the point itself may be where the tag would begin. */
  if (mark->shape.kind == EMEND_SHAPE_POINT || emend_shape_get_n_rings (&mark->shape) > 0)
    box = (EmendRect){ box.x - EMEND_HANDLE_SIZE, box.y - EMEND_HANDLE_SIZE, box.width + 2 * EMEND_HANDLE_SIZE,
                       box.height + 2 * EMEND_HANDLE_SIZE };
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

  if (self->has_preview && self->preview_index == self->selected)
    shown.shape = self->preview;
  shown.dimmed = FALSE;
  if (self->has_ghost)
    draw_ghost (self, snapshot);
  draw_outline (self, snapshot, &shown, EMEND_OUTLINE_SELECTED_LINE);
  if (!self->read_only && !mark->locked && emend_tool_get_kind (self->tool) == EMEND_TOOL_SELECT)
    draw_handles (self, snapshot, &shown.shape);
  if (!self->has_preview)
    draw_tag (self, snapshot, &shown);
}

/* What is drawn click by click: what is placed, and a line from there to the pointer. */
static void
draw_sketch (EmendCanvas *self,
             GtkSnapshot *snapshot,
             const EmendToolSketch *sketch)
{
  EmendRect box = emend_viewport_rect_to_view (&self->viewport, &self->preview.box);
  const float room = LINE_ROOM;
  graphene_rect_t bounds;
  cairo_t *cr;

  graphene_rect_init (&bounds, (float) box.x - room, (float) box.y - room, (float) box.width + 2 * room,
                      (float) box.height + 2 * room);
  if (!clip_to_view (self, &bounds))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  emend_outline_draw_sketch (cr, sketch->points, sketch->n_points, sketch->at, sketch->kind == EMEND_SHAPE_POLYGON,
                             self->pen_color, &self->viewport);
  cairo_destroy (cr);
  for (gsize i = 0; i < sketch->n_points; i++) {
    EmendGripPlace place = { { EMEND_HANDLE_VERTEX, 0, (guint) i }, { 0, 0 }, 0 };

    place.at = emend_viewport_to_view (&self->viewport, sketch->points[i]);
    draw_grip (self, snapshot, &place, i == 0 && sketch->closing);
  }
}

static void
draw_new (EmendCanvas *self,
          GtkSnapshot *snapshot)
{
  EmendOverlayMark mark = { .color = self->pen_color, .verdict = EMEND_VERDICT_ACCEPTED, .score = NAN };
  EmendToolSketch sketch;

  mark.shape = self->preview;
  if (emend_tool_get_sketch (self->tool, &sketch) && self->preview.kind != EMEND_SHAPE_ROTATED_BOX)
    draw_sketch (self, snapshot, &sketch);
  else
    draw_outline (self, snapshot, &mark, EMEND_OUTLINE_SELECTED_LINE);
}

static const EmendOverlayMark *
get_shown_mark (EmendCanvas *self,
                int index)
{
  const EmendOverlayMark *mark;

  if (self->overlay == NULL || self->table != NULL || index < 0 ||
      (gsize) index >= emend_overlay_get_n_marks (self->overlay))
    return NULL;
  mark = emend_overlay_get_mark (self->overlay, (gsize) index);
  return emend_overlay_mark_is_shown (mark, &self->filter) ? mark : NULL;
}

/**
 * emend_canvas_snapshot:
 * @widget: a canvas
 * @snapshot: where to draw
 *
 * The picture of the view as one, and on top what moves: hover, selection, preview.
 */
void
emend_canvas_snapshot (GtkWidget *widget,
                       GtkSnapshot *snapshot)
{
  EmendCanvas *self = EMEND_CANVAS (widget);
  GdkRGBA ground = to_rgba (emend_canvas_get_ground (self), 1);
  const EmendOverlayMark *selected = get_shown_mark (self, self->selected);
  const EmendOverlayMark *hovered = get_shown_mark (self, self->hovered);
  graphene_rect_t view;

  emend_canvas_update_pixels (self);
  graphene_rect_init (&view, 0, 0, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget));
  gtk_snapshot_push_clip (snapshot, &view);
  if (self->pixels == NULL || !emend_viewport_equal (&self->pixels_viewport, &self->viewport))
    gtk_snapshot_append_color (snapshot, &ground, &view);
  draw_pixels (self, snapshot);
  if (hovered != NULL && self->hovered != self->selected && !self->has_preview)
    draw_hover (self, snapshot, hovered);
  if (selected != NULL)
    draw_selected (self, snapshot, selected);
  if (self->has_preview && self->preview_index < 0)
    draw_new (self, snapshot);
  emend_canvas_draw_words (self, snapshot);
  emend_canvas_draw_table (self, snapshot);
  gtk_snapshot_pop (snapshot);
}
