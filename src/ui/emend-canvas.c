#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-canvas-private.h"

#include <math.h>

/* The view travels this long to the next thing, in microseconds. */
#define GLIDE_TIME 150000

/* What is gone to is enlarged no further than this, in device pixels per image pixel: letters are read long before. */
#define SHOW_MAX_ZOOM 8
#define SHOW_MAX_ZOOM_DOCUMENT 2

G_DEFINE_FINAL_TYPE (EmendCanvas, emend_canvas, GTK_TYPE_WIDGET)

guint emend_canvas_signals[EMEND_CANVAS_N_SIGNALS];

static void
stop_glide (EmendCanvas *self)
{
  self->gliding = FALSE;
  if (self->glide_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->glide_tick);
  self->glide_tick = 0;
}

static void
emend_canvas_dispose (GObject *object)
{
  EmendCanvas *self = EMEND_CANVAS (object);

  stop_glide (self);
  emend_canvas_drop_pixels (self);
  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_clear_object (&self->picture);
  g_clear_object (&self->turning);
  g_clear_pointer (&self->overlay, emend_overlay_unref);
  G_OBJECT_CLASS (emend_canvas_parent_class)->dispose (object);
}

static void
emend_canvas_finalize (GObject *object)
{
  EmendCanvas *self = EMEND_CANVAS (object);

  g_clear_pointer (&self->tool, emend_tool_free);
  g_clear_pointer (&self->words, emend_words_unref);
  g_clear_pointer (&self->taken, g_array_unref);
  g_clear_pointer (&self->found, g_array_unref);
  g_clear_pointer (&self->filled, g_array_unref);
  g_clear_pointer (&self->unread, g_array_unref);
  emend_shape_clear (&self->preview);
  emend_shape_clear (&self->ghost);
  G_OBJECT_CLASS (emend_canvas_parent_class)->finalize (object);
}

static void
place_viewport (EmendCanvas *self,
                const EmendViewport *viewport)
{
  gboolean changed = !emend_viewport_equal (&self->viewport, viewport);

  self->viewport = *viewport;
  if (!changed)
    return;
  emend_canvas_redraw (self);
  g_signal_emit (self, emend_canvas_signals[EMEND_CANVAS_VIEW_CHANGED], 0);
}

static void
update_view_size (EmendCanvas *self)
{
  EmendViewport viewport = self->viewport;
  GtkWidget *widget = GTK_WIDGET (self);

  emend_viewport_set_view_size (&viewport, gtk_widget_get_width (widget), gtk_widget_get_height (widget),
                                gtk_widget_get_scale_factor (widget));
  emend_viewport_set_view_size (&self->home, viewport.view_width, viewport.view_height, viewport.device_scale);
  if (self->gliding)
    emend_viewport_set_view_size (&self->glide_to, viewport.view_width, viewport.view_height, viewport.device_scale);
  place_viewport (self, &viewport);
}

static void
emend_canvas_size_allocate (GtkWidget *widget,
                            int width,
                            int height,
                            int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  update_view_size (EMEND_CANVAS (widget));
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

static guint
new_signal (const char *name,
            guint n_arguments,
            GType argument)
{
  return g_signal_new (name, EMEND_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_arguments,
                       argument);
}

static void
emend_canvas_class_init (EmendCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_canvas_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_canvas_finalize;
  widget_class->snapshot = emend_canvas_snapshot;
  widget_class->size_allocate = emend_canvas_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  emend_canvas_signals[EMEND_CANVAS_SELECT] = new_signal ("select", 1, G_TYPE_INT);
  emend_canvas_signals[EMEND_CANVAS_SHAPE_CHANGED] = g_signal_new ("shape-changed", EMEND_TYPE_CANVAS,
                                                                   G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                                                   4, G_TYPE_INT, G_TYPE_POINTER, G_TYPE_BOOLEAN,
                                                                   G_TYPE_BOOLEAN);
  emend_canvas_signals[EMEND_CANVAS_SHAPE_ADDED] = new_signal ("shape-added", 1, G_TYPE_POINTER);
  emend_canvas_signals[EMEND_CANVAS_OPENED] = new_signal ("opened", 1, G_TYPE_INT);
  emend_canvas_signals[EMEND_CANVAS_WORDS_TAKEN] = g_signal_new ("words-taken", EMEND_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                                                 NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_ARRAY,
                                                                 G_TYPE_BOOLEAN);
  emend_canvas_signals[EMEND_CANVAS_REGION_DRAWN] = new_signal ("region-drawn", 1, G_TYPE_POINTER);
  emend_canvas_signals[EMEND_CANVAS_TABLE_CHANGED] = new_signal ("table-changed", 0, 0);
  emend_canvas_signals[EMEND_CANVAS_TOLD] = new_signal ("told", 1, G_TYPE_STRING);
  emend_canvas_signals[EMEND_CANVAS_VIEW_CHANGED] = new_signal ("view-changed", 0, 0);
  emend_canvas_signals[EMEND_CANVAS_ACTIVITY] = new_signal ("activity", 0, 0);
}

static void
emend_canvas_init (EmendCanvas *self)
{
  emend_viewport_init (&self->viewport);
  self->home = self->viewport;
  self->tool = emend_tool_new (EMEND_TOOL_SELECT);
  self->selected = -1;
  self->hovered = -1;
  self->hovered_word = -1;
  self->preview_index = -1;
  self->pen = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  emend_canvas_add_controllers (self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (update_view_size), NULL);
}

/**
 * emend_canvas_new:
 *
 * Returns: (transfer floating): an empty canvas
 */
GtkWidget *
emend_canvas_new (void)
{
  return g_object_new (EMEND_TYPE_CANVAS, NULL);
}

/**
 * emend_canvas_set_page:
 * @self: a canvas
 * @picture: (nullable): its pixels
 * @width: of the page in image pixels
 * @height: of the page in image pixels
 *
 * Shows another page, fitted, with nothing on it.
 */
void
emend_canvas_set_page (EmendCanvas *self,
                       EmendPicture *picture,
                       double width,
                       double height)
{
  stop_glide (self);
  emend_canvas_end_input (self);
  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_set_object (&self->picture, picture);
  if (picture != NULL)
    g_signal_connect_object (picture, "changed", G_CALLBACK (emend_canvas_redraw), self, G_CONNECT_SWAPPED);
  g_clear_pointer (&self->overlay, emend_overlay_unref);
  emend_canvas_set_selected (self, -1, NULL);
  emend_canvas_drop_pixels (self);
  emend_viewport_set_page (&self->viewport, width, height);
  self->home = self->viewport;
  emend_canvas_redraw (self);
  g_signal_emit (self, emend_canvas_signals[EMEND_CANVAS_VIEW_CHANGED], 0);
}

/**
 * emend_canvas_set_overlay:
 * @self: a canvas
 * @overlay: (nullable): what is on the page
 */
void
emend_canvas_set_overlay (EmendCanvas *self,
                          EmendOverlay *overlay)
{
  if (overlay == self->overlay)
    return;
  if (overlay != NULL)
    emend_overlay_ref (overlay);
  g_clear_pointer (&self->overlay, emend_overlay_unref);
  self->overlay = overlay;
  emend_canvas_redraw (self);
}

/**
 * emend_canvas_get_overlay:
 * @self: a canvas
 *
 * Returns: (transfer none) (nullable): what is on the page
 */
EmendOverlay *
emend_canvas_get_overlay (EmendCanvas *self)
{
  return self->overlay;
}

/**
 * emend_canvas_set_filter:
 * @self: a canvas
 * @filter: which marks are shown
 */
void
emend_canvas_set_filter (EmendCanvas *self,
                         const EmendOverlayFilter *filter)
{
  self->filter = *filter;
  emend_canvas_redraw (self);
}

/**
 * emend_canvas_set_selected:
 * @self: a canvas
 * @index: number of the mark that is drawn with handles, or -1
 * @ghost: (nullable): where it was proposed, when that is somewhere else
 */
void
emend_canvas_set_selected (EmendCanvas *self,
                           int index,
                           const EmendShape *ghost)
{
  emend_shape_clear (&self->ghost);
  self->ghost = (EmendShape){ 0 };
  self->has_ghost = ghost != NULL;
  if (ghost != NULL)
    emend_shape_copy (ghost, &self->ghost);
  if (index == self->selected)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    emend_canvas_redraw (self);
  self->selected = index;
}

/**
 * emend_canvas_get_selected:
 * @self: a canvas
 *
 * Returns: number of the selected mark, or -1
 */
int
emend_canvas_get_selected (EmendCanvas *self)
{
  return self->selected;
}

/**
 * emend_canvas_set_pen:
 * @self: a canvas
 * @label: number of the label that new things get, or -1 when nothing can be drawn
 * @color: of that label, 0xRRGGBB
 * @shapes: which shapes it may have, bit n for #EmendShapeKind n
 */
void
emend_canvas_set_pen (EmendCanvas *self,
                      int label,
                      guint32 color,
                      guint shapes)
{
  self->pen = label;
  self->pen_color = color;
  self->pen_shapes = shapes;
}

/**
 * emend_canvas_set_read_only:
 * @self: a canvas
 * @read_only: whether nothing can be drawn, moved or resized
 */
void
emend_canvas_set_read_only (EmendCanvas *self,
                            gboolean read_only)
{
  self->read_only = read_only;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * emend_canvas_set_tool:
 * @self: a canvas
 * @kind: what a drag does from now on
 */
void
emend_canvas_set_tool (EmendCanvas *self,
                       EmendToolKind kind)
{
  if (emend_tool_get_kind (self->tool) == kind)
    return;
  emend_canvas_end_input (self);
  emend_tool_free (self->tool);
  self->tool = emend_tool_new (kind);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   kind == EMEND_TOOL_SELECT || kind == EMEND_TOOL_PAN ? NULL : "crosshair");
}

/**
 * emend_canvas_get_tool:
 * @self: a canvas
 *
 * Returns: what a drag does
 */
EmendToolKind
emend_canvas_get_tool (EmendCanvas *self)
{
  return emend_tool_get_kind (self->tool);
}

/**
 * emend_canvas_set_preview:
 * @self: a canvas
 * @index: number of the mark that is being changed; -1 for a new one
 * @shape: (nullable): what it would become; %NULL takes the preview away
 */
void
emend_canvas_set_preview (EmendCanvas *self,
                          int index,
                          const EmendShape *shape)
{
  emend_shape_clear (&self->preview);
  self->preview = (EmendShape){ 0 };
  self->has_preview = shape != NULL;
  self->preview_index = index;
  if (shape != NULL)
    emend_shape_copy (shape, &self->preview);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * emend_canvas_get_viewport:
 * @self: a canvas
 *
 * Returns: (transfer none): which part of the page shows
 */
const EmendViewport *
emend_canvas_get_viewport (EmendCanvas *self)
{
  return &self->viewport;
}

static gboolean
glide_cb (GtkWidget *widget,
          GdkFrameClock *clock,
          gpointer data)
{
  EmendCanvas *self = EMEND_CANVAS (widget);
  double progress = (double) (gdk_frame_clock_get_frame_time (clock) - self->glide_start) / GLIDE_TIME;
  EmendViewport viewport;

  if (progress >= 1) {
    self->gliding = FALSE;
    self->glide_tick = 0;
    place_viewport (self, &self->glide_to);
    return G_SOURCE_REMOVE;
  }
  viewport = emend_viewport_interpolate (&self->glide_from, &self->glide_to, CLAMP (progress, 0, 1));
  place_viewport (self, &viewport);
  return G_SOURCE_CONTINUE;
}

static gboolean
may_animate (EmendCanvas *self)
{
  gboolean animations;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animations, NULL);
  return animations && gtk_widget_get_mapped (GTK_WIDGET (self)) && self->pixels != NULL;
}

static void
travel (EmendCanvas *self,
        const EmendViewport *viewport,
        gboolean glide)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  stop_glide (self);
  if (!glide || clock == NULL || !may_animate (self)) {
    place_viewport (self, viewport);
    return;
  }
  self->gliding = TRUE;
  self->glide_from = self->viewport;
  self->glide_to = *viewport;
  self->glide_start = gdk_frame_clock_get_frame_time (clock);
  self->glide_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), glide_cb, NULL, NULL);
}

/**
 * emend_canvas_set_viewport:
 * @self: a canvas
 * @viewport: which part of the page the reviewer wants to see
 * @glide: travel there rather than jump
 */
void
emend_canvas_set_viewport (EmendCanvas *self,
                           const EmendViewport *viewport,
                           gboolean glide)
{
  EmendViewport copy = *viewport;

  self->home = copy;
  travel (self, &copy, glide);
}

/* Where the view is going to be. */
static EmendViewport
get_target (EmendCanvas *self)
{
  return self->gliding ? self->glide_to : self->viewport;
}

/**
 * emend_canvas_show_rect:
 * @self: a canvas
 * @rect: in image pixels
 *
 * Glides there, as little as is needed to judge it, from the view that the reviewer chose: after something tiny
 * the next thing is not seen through a magnifying glass.
 */
void
emend_canvas_show_rect (EmendCanvas *self,
                        const EmendRect *rect)
{
  EmendViewport viewport = self->home;

  emend_viewport_show (&viewport, rect, self->is_document ? SHOW_MAX_ZOOM_DOCUMENT : SHOW_MAX_ZOOM);
  travel (self, &viewport, TRUE);
}

/**
 * emend_canvas_zoom_to_rect:
 * @self: a canvas
 * @rect: in image pixels
 * @margin: room around it, as a part of its larger side
 *
 * Goes to where it fills the view; going to anything else begins at what the reviewer chose before.
 */
void
emend_canvas_zoom_to_rect (EmendCanvas *self,
                           const EmendRect *rect,
                           double margin)
{
  EmendViewport viewport = self->home;

  emend_viewport_zoom_to_rect (&viewport, rect, margin, 1);
  travel (self, &viewport, TRUE);
}

/**
 * emend_canvas_zoom:
 * @self: a canvas
 * @zoom: device pixels per image pixel
 */
void
emend_canvas_zoom (EmendCanvas *self,
                   double zoom)
{
  EmendViewport viewport = get_target (self);

  emend_viewport_set_zoom (&viewport, zoom);
  emend_canvas_set_viewport (self, &viewport, TRUE);
}

/**
 * emend_canvas_zoom_step:
 * @self: a canvas
 * @direction: 1 in, -1 out
 */
void
emend_canvas_zoom_step (EmendCanvas *self,
                        int direction)
{
  EmendViewport viewport = get_target (self);

  emend_canvas_zoom (self, emend_viewport_get_next_zoom (&viewport, direction));
}

/**
 * emend_canvas_fit:
 * @self: a canvas
 *
 * Shows the whole page.
 */
void
emend_canvas_fit (EmendCanvas *self)
{
  EmendViewport viewport = get_target (self);

  emend_viewport_fit (&viewport);
  emend_canvas_set_viewport (self, &viewport, TRUE);
}

/**
 * emend_canvas_is_complete:
 * @self: a canvas
 *
 * Returns: whether what shows is up to date and as good as it gets
 */
gboolean
emend_canvas_is_complete (EmendCanvas *self)
{
  return self->complete && !self->dirty && self->job == NULL &&
         emend_viewport_equal (&self->pixels_viewport, &self->viewport);
}
