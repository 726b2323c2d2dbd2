#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-page-private.h"

/* Keys of the canvas; those of the list are also keys of the inspector. Keys that are held with Control
 * elsewhere too are accelerators of the program. */
static const struct {
  guint keyval;
  GdkModifierType modifiers;
  const char *action;
  gboolean in_list;
} keys[] = {
  { GDK_KEY_Return, 0, "win.accept", TRUE },
  { GDK_KEY_KP_Enter, 0, "win.accept", TRUE },
  { GDK_KEY_ISO_Enter, 0, "win.accept", TRUE },
  { GDK_KEY_Delete, 0, "win.reject", TRUE },
  { GDK_KEY_KP_Delete, 0, "win.reject", TRUE },
  { GDK_KEY_BackSpace, 0, "win.reject", TRUE },
  { GDK_KEY_Delete, GDK_CONTROL_MASK, "win.take-back", TRUE },
  { GDK_KEY_Escape, 0, "win.escape", TRUE },
  { GDK_KEY_Tab, 0, "win.next-mark", FALSE },
  { GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK, "win.previous-mark", FALSE },
  { GDK_KEY_Tab, GDK_SHIFT_MASK, "win.previous-mark", FALSE },
  { GDK_KEY_Page_Down, 0, "win.next-item", FALSE },
  { GDK_KEY_KP_Page_Down, 0, "win.next-item", FALSE },
  { GDK_KEY_Page_Up, 0, "win.previous-item", FALSE },
  { GDK_KEY_KP_Page_Up, 0, "win.previous-item", FALSE },
  { GDK_KEY_plus, 0, "win.zoom-in", FALSE },
  { GDK_KEY_plus, GDK_SHIFT_MASK, "win.zoom-in", FALSE },
  { GDK_KEY_equal, 0, "win.zoom-in", FALSE },
  { GDK_KEY_KP_Add, 0, "win.zoom-in", FALSE },
  { GDK_KEY_minus, 0, "win.zoom-out", FALSE },
  { GDK_KEY_KP_Subtract, 0, "win.zoom-out", FALSE },
  { GDK_KEY_0, 0, "win.zoom-fit", FALSE },
  { GDK_KEY_KP_0, 0, "win.zoom-fit", FALSE },
};

/* Each begins to draw, and again ends it. A label whose own key is one of these comes first; with Shift the
 * tool does. */
static const struct {
  guint keyval;
  EmendToolKind tool;
} tool_keys[] = {
  { GDK_KEY_b, EMEND_TOOL_BOX },
  { GDK_KEY_r, EMEND_TOOL_ROTATED_BOX },
  { GDK_KEY_e, EMEND_TOOL_ELLIPSE },
  { GDK_KEY_p, EMEND_TOOL_POLYGON },
  { GDK_KEY_l, EMEND_TOOL_POLYLINE },
  { GDK_KEY_k, EMEND_TOOL_POINT },
};

/* A digit or letter of a label: by the key that the schema gives it, else digits by place. */
static int
find_label (EmendReviewPage *self,
            guint keyval)
{
  EmendSchema *schema = emend_review_get_schema (self->review);
  gunichar typed = g_unichar_tolower (gdk_keyval_to_unicode (keyval));
  const EmendLabel *label = typed == 0 ? NULL : emend_schema_find_label_by_key (schema, typed);
  int place = 0;

  if (label != NULL && !label->retired)
    return label->id;
  if (typed < '1' || typed > '9')
    return 0;
  for (gsize i = 0; i < emend_schema_get_n_labels (schema); i++) {
    label = emend_schema_get_label (schema, i);
    if (!label->retired && label->key == 0 && ++place == (int) (typed - '0'))
      return label->id;
    if (!label->retired && label->key != 0)
      place++;
  }
  return 0;
}

static gboolean
press_tool_key (EmendReviewPage *self,
                guint keyval)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tool_keys); i++) {
    if (tool_keys[i].keyval != gdk_keyval_to_lower (keyval))
      continue;
    emend_review_page_use_tool (self, tool_keys[i].tool);
    return TRUE;
  }
  return FALSE;
}

static gboolean
press (EmendReviewPage *self,
       guint keyval,
       GdkModifierType state,
       gboolean in_list)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  int label = in_list || (modifiers != 0 && modifiers != GDK_SHIFT_MASK) ? 0 : find_label (self, keyval);

  emend_review_note_activity (self->review);
  if (!in_list && modifiers == GDK_SHIFT_MASK && press_tool_key (self, keyval))
    return GDK_EVENT_STOP;
  if (label != 0) {
    gtk_widget_activate_action (GTK_WIDGET (self), "win.relabel", "i", label);
    return GDK_EVENT_STOP;
  }
  if (!in_list && emend_canvas_key (self->canvas, keyval, state))
    return GDK_EVENT_STOP;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (keys[i].keyval != keyval || keys[i].modifiers != modifiers || (in_list && !keys[i].in_list))
      continue;
    gtk_widget_activate_action (GTK_WIDGET (self), keys[i].action, NULL);
    return GDK_EVENT_STOP;
  }
  return !in_list && modifiers == 0 && press_tool_key (self, keyval) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static gboolean
canvas_key_cb (GtkEventControllerKey *controller,
               guint keyval,
               guint keycode,
               GdkModifierType state,
               EmendReviewPage *self)
{
  return press (self, keyval, state, FALSE);
}

static gboolean
list_key_cb (GtkEventControllerKey *controller,
             guint keyval,
             guint keycode,
             GdkModifierType state,
             EmendReviewPage *self)
{
  return press (self, keyval, state, TRUE);
}

/* Nobody needed the key, so nobody is typing. */
static gboolean
window_key_cb (GtkEventControllerKey *controller,
               guint keyval,
               guint keycode,
               GdkModifierType state,
               EmendReviewPage *self)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (keyval != GDK_KEY_question || (modifiers != 0 && modifiers != GDK_SHIFT_MASK) ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.shortcuts", NULL);
  return GDK_EVENT_STOP;
}

/* The keys that mean the same wherever the focus is, also in the header, are those of the window. */
static void
root_cb (EmendReviewPage *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  if (self->window != NULL)
    gtk_widget_remove_controller (self->window, self->window_keys);
  self->window_keys = NULL;
  g_set_weak_pointer (&self->window, root);
  if (root == NULL)
    return;
  self->window_keys = gtk_event_controller_key_new ();
  g_signal_connect_object (self->window_keys, "key-pressed", G_CALLBACK (window_key_cb), self, 0);
  gtk_widget_add_controller (root, self->window_keys);
}

/**
 * emend_review_page_add_keys:
 * @self: a new review page
 *
 * Listens to the keys of canvas, inspector and window.
 */
void
emend_review_page_add_keys (EmendReviewPage *self)
{
  GtkEventController *canvas = gtk_event_controller_key_new ();
  GtkEventController *list = gtk_event_controller_key_new ();

  /* Before the widgets: the canvas would move the focus with Tab, the list activate a row with Enter. */
  gtk_event_controller_set_propagation_phase (canvas, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (list, GTK_PHASE_CAPTURE);
  g_signal_connect_object (canvas, "key-pressed", G_CALLBACK (canvas_key_cb), self, 0);
  g_signal_connect_object (list, "key-pressed", G_CALLBACK (list_key_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->canvas), canvas);
  gtk_widget_add_controller (emend_inspector_get_list (self->inspector), list);
  g_signal_connect (self, "notify::root", G_CALLBACK (root_cb), NULL);
}
