#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-canvas-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

/* One notch of the wheel with Control. */
#define WHEEL_FACTOR 1.2
/* One press of an arrow key when nothing is selected, and one notch of the wheel, in logical pixels. */
#define PAN_STEP 48.0
/* How far the second press of a double click may be from the first. */
#define DOUBLE_DISTANCE 6.0

static EmendModifiers
get_modifiers (EmendCanvas *self,
               GdkModifierType state)
{
  EmendModifiers modifiers = EMEND_MODIFIER_NONE;

  if ((state & GDK_SHIFT_MASK) != 0)
    modifiers |= EMEND_MODIFIER_SHIFT;
  if ((state & GDK_CONTROL_MASK) != 0)
    modifiers |= EMEND_MODIFIER_CONTROL;
  if ((state & GDK_ALT_MASK) != 0)
    modifiers |= EMEND_MODIFIER_ALT;
  if (self->space)
    modifiers |= EMEND_MODIFIER_SPACE;
  return modifiers;
}

/**
 * emend_canvas_get_context:
 * @self: a canvas
 *
 * Returns: what its tool must know now; valid until something changes
 */
EmendToolContext
emend_canvas_get_context (EmendCanvas *self)
{
  return (EmendToolContext){ &self->viewport, self->overlay, self->filter, self->selected,
                             self->pen, self->read_only, self->pen_shapes };
}

static void
pan (EmendCanvas *self,
     double dx,
     double dy)
{
  EmendViewport viewport = self->viewport;

  emend_viewport_pan (&viewport, dx, dy);
  emend_canvas_set_viewport (self, &viewport, FALSE);
}

static void
set_hovered (EmendCanvas *self,
             int index)
{
  if (index == self->hovered)
    return;
  self->hovered = index;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
commit_shape (EmendCanvas *self,
              const EmendToolResult *result,
              gboolean by_key)
{
  g_auto (EmendShape) shape = { 0 };

  emend_shape_copy (result->shape, &shape);
  emend_canvas_set_preview (self, -1, NULL);
  if (result->action == EMEND_TOOL_ACTION_COMMIT_NEW)
    g_signal_emit (self, emend_canvas_signals[EMEND_CANVAS_SHAPE_ADDED], 0, &shape);
  else
    g_signal_emit (self, emend_canvas_signals[EMEND_CANVAS_SHAPE_CHANGED], 0, result->index, &shape, by_key,
                   result->is_step);
}

/* Tells a screen reader which corner has the keys. */
static void
describe_active (EmendCanvas *self)
{
  EmendToolContext context = emend_canvas_get_context (self);
  g_autofree char *text = NULL;
  EmendGrip active;

  if (emend_tool_get_active (self->tool, &context, &active)) {
    const EmendShape *shape = &emend_overlay_get_mark (self->overlay, (gsize) self->selected)->shape;
    gsize n_points;
    const EmendPoint *at = &emend_shape_get_ring (shape, active.ring, &n_points)[active.vertex];

    /* TRANSLATORS: number of a corner of a polygon, how many it has, then where it is in image pixels. */
    text = g_strdup_printf (_ ("Corner %u of %u at %.1f, %.1f"), active.vertex + 1, (guint) n_points, at->x, at->y);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "",
                                  -1);
}

static void
tell_too_few (EmendCanvas *self)
{
  EmendToolContext context = emend_canvas_get_context (self);
  EmendShapeKind kind = emend_tool_kind_get_shape (emend_tool_get_kind (self->tool));
  EmendToolSketch sketch;

  if (!emend_tool_get_sketch (self->tool, &sketch) && context.selected >= 0)
    kind = emend_overlay_get_mark (self->overlay, (gsize) context.selected)->shape.kind;
  g_signal_emit (self, emend_canvas_signals[EMEND_CANVAS_TOLD], 0,
                 kind == EMEND_SHAPE_POLYGON ? _ ("A polygon needs three corners that are not on one line.") :
                                               _ ("A line needs two points."));
}

static void
act (EmendCanvas *self,
     const EmendToolResult *result,
     gboolean by_key)
{
  switch (result->action) {
  case EMEND_TOOL_ACTION_HOVER:
    set_hovered (self, result->index);
    break;
  case EMEND_TOOL_ACTION_SELECT:
  case EMEND_TOOL_ACTION_CYCLE_BELOW:
    g_signal_emit (self, emend_canvas_signals[EMEND_CANVAS_SELECT], 0, result->index);
    break;
  case EMEND_TOOL_ACTION_OPEN:
    g_signal_emit (self, emend_canvas_signals[EMEND_CANVAS_OPENED], 0, result->index);
    break;
  case EMEND_TOOL_ACTION_PREVIEW:
    emend_canvas_set_preview (self, result->index, result->shape);
    break;
  case EMEND_TOOL_ACTION_COMMIT_SHAPE:
  case EMEND_TOOL_ACTION_COMMIT_NEW:
    commit_shape (self, result, by_key);
    break;
  case EMEND_TOOL_ACTION_CANCEL:
    emend_canvas_set_preview (self, -1, NULL);
    break;
  case EMEND_TOOL_ACTION_PAN:
    pan (self, result->dx, result->dy);
    break;
  case EMEND_TOOL_ACTION_TOO_FEW:
    tell_too_few (self);
    break;
  case EMEND_TOOL_ACTION_REDRAW:
    gtk_widget_queue_draw (GTK_WIDGET (self));
    break;
  case EMEND_TOOL_ACTION_NONE:
  default:
    break;
  }
  if (result->action == EMEND_TOOL_ACTION_REDRAW || result->action == EMEND_TOOL_ACTION_COMMIT_SHAPE)
    describe_active (self);
  if (result->cursor != NULL)
    emend_canvas_set_cursor (self, result->cursor);
}

static void
point (EmendCanvas *self,
       EmendPointerKind kind,
       double x,
       double y,
       GtkEventController *controller)
{
  GdkModifierType state = controller == NULL ? 0 : gtk_event_controller_get_current_event_state (controller);
  EmendPointerEvent event = { kind, x, y, kind == EMEND_POINTER_MOTION ? 0 : self->button,
                              get_modifiers (self, state), g_get_monotonic_time () / 1000 };
  EmendToolContext context = emend_canvas_get_context (self);
  EmendToolResult result;

  self->pointer = (EmendPoint){ x, y };
  if (!emend_canvas_point_table (self, &event) && !emend_canvas_point_words (self, &event)) {
    result = emend_tool_pointer (self->tool, &context, &event);
    act (self, &result, FALSE);
  }
  g_signal_emit (self, emend_canvas_signals[EMEND_CANVAS_ACTIVITY], 0);
}

static gboolean
is_double (EmendCanvas *self,
           double x,
           double y)
{
  gint64 now = g_get_monotonic_time ();
  gboolean close = hypot (x - self->press.x, y - self->press.y) <= DOUBLE_DISTANCE;
  gboolean twice;
  int limit;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-double-click-time", &limit, NULL);
  twice = close && self->button == 1 && now - self->press_time < (gint64) limit * 1000;
  self->press = (EmendPoint){ x, y };
  self->press_time = twice ? 0 : now;
  return twice;
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double x,
               double y,
               EmendCanvas *self)
{
  /* Words are taken for the entry that has the focus. */
  if (self->words == NULL || self->table != NULL || emend_tool_get_kind (self->tool) != EMEND_TOOL_SELECT)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  self->button = (int) gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  if (self->button == 0)
    self->button = 1; /* a finger */
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  point (self, is_double (self, x, y) ? EMEND_POINTER_DOUBLE : EMEND_POINTER_PRESS, x, y,
         GTK_EVENT_CONTROLLER (gesture));
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double dx,
                double dy,
                EmendCanvas *self)
{
  double x;
  double y;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    point (self, EMEND_POINTER_MOTION, x + dx, y + dy, GTK_EVENT_CONTROLLER (gesture));
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double dx,
             double dy,
             EmendCanvas *self)
{
  double x;
  double y;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    point (self, EMEND_POINTER_RELEASE, x + dx, y + dy, GTK_EVENT_CONTROLLER (gesture));
  self->button = 0;
}

/* What was placed by clicks before stays. */
static void
end_drag (EmendCanvas *self)
{
  EmendToolSketch sketch;

  self->taking = EMEND_TAKING_NOTHING;
  if (self->table != NULL && emend_table_tool_cancel_drag (self->table))
    g_signal_emit (self, emend_canvas_signals[EMEND_CANVAS_TABLE_CHANGED], 0);
  emend_tool_end_drag (self->tool);
  if (!emend_tool_get_sketch (self->tool, &sketch))
    emend_canvas_set_preview (self, -1, NULL);
}

static void
drag_cancel_cb (GtkGesture *gesture,
                GdkEventSequence *sequence,
                EmendCanvas *self)
{
  end_drag (self);
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double x,
           double y,
           EmendCanvas *self)
{
  if (!gtk_gesture_is_active (self->drag) && hypot (x - self->pointer.x, y - self->pointer.y) > 0)
    point (self, EMEND_POINTER_MOTION, x, y, GTK_EVENT_CONTROLLER (controller));
}

static void
leave_cb (GtkEventControllerMotion *controller,
          EmendCanvas *self)
{
  EmendPointerEvent event = { EMEND_POINTER_LEAVE, self->pointer.x, self->pointer.y, 0, EMEND_MODIFIER_NONE,
                              g_get_monotonic_time () / 1000 };
  EmendToolContext context = emend_canvas_get_context (self);
  EmendToolResult result;

  if (gtk_gesture_is_active (self->drag))
    return;
  result = emend_tool_pointer (self->tool, &context, &event);
  act (self, &result, FALSE);
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double dx,
           double dy,
           EmendCanvas *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  EmendViewport viewport = self->viewport;

  g_signal_emit (self, emend_canvas_signals[EMEND_CANVAS_ACTIVITY], 0);
  if ((state & GDK_CONTROL_MASK) != 0) {
    emend_viewport_zoom_at (&viewport, pow (WHEEL_FACTOR, -dy), self->pointer);
    emend_canvas_set_viewport (self, &viewport, FALSE);
  } else if ((state & GDK_SHIFT_MASK) != 0)
    pan (self, -dy * PAN_STEP, -dx * PAN_STEP);
  else
    pan (self, -dx * PAN_STEP, -dy * PAN_STEP);
  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (GtkGesture *gesture,
                GdkEventSequence *sequence,
                EmendCanvas *self)
{
  end_drag (self);
  self->pinch_scale = 1;
}

static void
pinch_cb (GtkGestureZoom *gesture,
          double scale,
          EmendCanvas *self)
{
  EmendViewport viewport = self->viewport;
  EmendPoint at;

  if (scale <= 0 || !gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &at.x, &at.y))
    return;
  emend_viewport_zoom_at (&viewport, scale / self->pinch_scale, at);
  self->pinch_scale = scale;
  emend_canvas_set_viewport (self, &viewport, FALSE);
}

static gboolean
get_arrow (guint keyval,
           EmendToolKey *key,
           double *dx,
           double *dy)
{
  static const struct {
    guint keyval;
    guint keypad;
    EmendToolKey key;
    int dx;
    int dy;
  } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, EMEND_TOOL_KEY_LEFT, 1, 0 },
    { GDK_KEY_Right, GDK_KEY_KP_Right, EMEND_TOOL_KEY_RIGHT, -1, 0 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, EMEND_TOOL_KEY_UP, 0, 1 },
    { GDK_KEY_Down, GDK_KEY_KP_Down, EMEND_TOOL_KEY_DOWN, 0, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (arrows); i++) {
    if (keyval != arrows[i].keyval && keyval != arrows[i].keypad)
      continue;
    *key = arrows[i].key;
    *dx = arrows[i].dx;
    *dy = arrows[i].dy;
    return TRUE;
  }
  return FALSE;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                EmendCanvas *self)
{
  EmendModifiers modifiers = get_modifiers (self, state);
  EmendToolContext context = emend_canvas_get_context (self);
  EmendToolResult result;
  EmendToolKey key;
  double dx;
  double dy;

  g_signal_emit (self, emend_canvas_signals[EMEND_CANVAS_ACTIVITY], 0);
  if (keyval == GDK_KEY_space) {
    if (!self->space)
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grab");
    self->space = TRUE;
    return GDK_EVENT_STOP;
  }
  if (!get_arrow (keyval, &key, &dx, &dy))
    return GDK_EVENT_PROPAGATE;
  result = emend_tool_key (self->tool, &context, key, modifiers);
  if (result.action != EMEND_TOOL_ACTION_NONE)
    act (self, &result, TRUE);
  else if ((state & GDK_ALT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  else if (self->selected < 0)
    pan (self, dx * PAN_STEP, dy * PAN_STEP);
  return GDK_EVENT_STOP;
}

static void
key_released_cb (GtkEventControllerKey *controller,
                 guint keyval,
                 guint keycode,
                 GdkModifierType state,
                 EmendCanvas *self)
{
  if (keyval != GDK_KEY_space)
    return;
  self->space = FALSE;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

static void
focus_leave_cb (GtkEventControllerFocus *controller,
                EmendCanvas *self)
{
  self->space = FALSE;
}

/**
 * emend_canvas_key:
 * @self: a canvas
 * @keyval: a key that was pressed
 * @state: what is held with it
 *
 * Gives a key to what is being drawn or to the corner that has the keys, before it means something else.
 *
 * Returns: whether it was used
 */
gboolean
emend_canvas_key (EmendCanvas *self,
                  guint keyval,
                  GdkModifierType state)
{
  static const struct {
    guint keyval;
    GdkModifierType modifiers;
    EmendToolKey key;
  } keys[] = {
    { GDK_KEY_Return, 0, EMEND_TOOL_KEY_ENTER },
    { GDK_KEY_KP_Enter, 0, EMEND_TOOL_KEY_ENTER },
    { GDK_KEY_ISO_Enter, 0, EMEND_TOOL_KEY_ENTER },
    { GDK_KEY_BackSpace, 0, EMEND_TOOL_KEY_BACKSPACE },
    { GDK_KEY_Delete, 0, EMEND_TOOL_KEY_DELETE },
    { GDK_KEY_KP_Delete, 0, EMEND_TOOL_KEY_DELETE },
    { GDK_KEY_Insert, 0, EMEND_TOOL_KEY_INSERT },
    { GDK_KEY_KP_Insert, 0, EMEND_TOOL_KEY_INSERT },
    { GDK_KEY_v, 0, EMEND_TOOL_KEY_NEXT_VERTEX },
    { GDK_KEY_v, GDK_SHIFT_MASK, EMEND_TOOL_KEY_PREVIOUS_VERTEX },
  };
  EmendToolContext context = emend_canvas_get_context (self);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    EmendToolResult result;

    if (keys[i].keyval != gdk_keyval_to_lower (keyval) ||
        keys[i].modifiers != (state & gtk_accelerator_get_default_mod_mask ()))
      continue;
    result = emend_tool_key (self->tool, &context, keys[i].key, get_modifiers (self, state));
    if (result.action == EMEND_TOOL_ACTION_NONE)
      return FALSE;
    act (self, &result, TRUE);
    return TRUE;
  }
  return FALSE;
}

/**
 * emend_canvas_cancel:
 * @self: a canvas
 *
 * Gives up a drag, the last step of a drawing, or the corner that has the keys.
 *
 * Returns: whether there was one
 */
gboolean
emend_canvas_cancel (EmendCanvas *self)
{
  EmendToolContext context = emend_canvas_get_context (self);
  EmendToolResult result;
  EmendGrip active;

  if (!emend_tool_is_busy (self->tool) && !emend_tool_get_active (self->tool, &context, &active))
    return FALSE;
  result = emend_tool_key (self->tool, &context, EMEND_TOOL_KEY_ESCAPE, EMEND_MODIFIER_NONE);
  act (self, &result, TRUE);
  return TRUE;
}

/**
 * emend_canvas_add_controllers:
 * @self: a new canvas
 *
 * Listens to pointer, wheel, fingers and keys.
 */
void
emend_canvas_add_controllers (EmendCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->drag = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (self->drag), 0);
  g_signal_connect (self->drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (self->drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (self->drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (self->drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (self->drag));
  self->pinch = gtk_gesture_zoom_new ();
  g_signal_connect (self->pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (self->pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (self->pinch));
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, scroll);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect (key, "key-released", G_CALLBACK (key_released_cb), self);
  gtk_widget_add_controller (widget, key);
  g_signal_connect (focus, "leave", G_CALLBACK (focus_leave_cb), self);
  gtk_widget_add_controller (widget, focus);
}

/**
 * emend_canvas_end_input:
 * @self: a canvas
 *
 * Gives up what is under way, without a result: the page or its marks change.
 */
void
emend_canvas_end_input (EmendCanvas *self)
{
  emend_tool_cancel (self->tool);
  self->hovered = -1;
  emend_canvas_set_preview (self, -1, NULL);
}
