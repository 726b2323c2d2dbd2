#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-page-private.h"

#include <glib/gi18n-lib.h>

/* What can be drawn. Each is an action of its own, because a label may allow some and not others. */
static const struct {
  EmendToolKind kind;
  const char *action;
  const char *name;
  const char *hint;
  const char *refusal;
} tools[] = {
  /* TRANSLATORS: in the third text of each tool %s is the name of a label. */
  { EMEND_TOOL_BOX, "tool-box", NC_ ("shape", "box"), N_ ("Drag from corner to corner · Esc ends"),
    N_ ("“%s” is not drawn as a box.") },
  { EMEND_TOOL_ROTATED_BOX, "tool-rotated-box", NC_ ("shape", "rotated box"),
    N_ ("Drag along one side, then click for the width · Esc one step back"),
    N_ ("“%s” is not drawn as a rotated box.") },
  { EMEND_TOOL_ELLIPSE, "tool-ellipse", NC_ ("shape", "ellipse"), N_ ("Drag from corner to corner · Esc ends"),
    N_ ("“%s” is not drawn as an ellipse.") },
  { EMEND_TOOL_POLYGON, "tool-polygon", NC_ ("shape", "polygon"),
    N_ ("Click corner by corner · Enter closes · ⌫ one back"), N_ ("“%s” is not drawn as a polygon.") },
  { EMEND_TOOL_POLYLINE, "tool-polyline", NC_ ("shape", "line"),
    N_ ("Click point by point · Enter ends · ⌫ one back"), N_ ("“%s” is not drawn as a line.") },
  { EMEND_TOOL_POINT, "tool-point", NC_ ("shape", "point"), N_ ("Click where it is · Esc ends"),
    N_ ("“%s” is not drawn as a point.") },
};

static const EmendLabel *
get_pen (EmendReviewPage *self)
{
  return self->pen_id < 0 ? NULL : emend_schema_find_label (emend_review_get_schema (self->review), self->pen_id);
}

static gboolean
is_allowed (EmendReviewPage *self,
            EmendToolKind kind)
{
  const EmendLabel *label = get_pen (self);

  return label != NULL && (label->shapes & 1u << emend_tool_kind_get_shape (kind)) != 0;
}

static gboolean
can_draw (EmendReviewPage *self)
{
  return emend_review_is_writable (self->review) && emend_review_get_state (self->review) == EMEND_REVIEW_READY;
}

static void
refuse (EmendReviewPage *self,
        EmendToolKind kind)
{
  const EmendLabel *label = get_pen (self);

  for (gsize i = 0; label != NULL && i < G_N_ELEMENTS (tools); i++) {
    if (tools[i].kind == kind) {
      g_autofree char *text = g_strdup_printf (_ (tools[i].refusal), label->name);

      emend_review_page_tell (self, text);
    }
  }
}

/**
 * emend_review_page_update_tools:
 * @self: a review page
 *
 * Enables what the label for new things may be drawn as, and shows which tool is in hand.
 */
void
emend_review_page_update_tools (EmendReviewPage *self)
{
  EmendToolKind kind = emend_canvas_get_tool (self->canvas);
  const char *hint = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++)
    if (tools[i].kind == kind)
      hint = _ (tools[i].hint);
  if (self->table != NULL)
    hint = _ ("Enter fills the table · Esc leaves it");
  emend_status_bar_set_tool_hint (self->status, hint);
  for (gsize i = 0; self->actions != NULL && i < G_N_ELEMENTS (tools); i++) {
    GSimpleAction *action = G_SIMPLE_ACTION (g_action_map_lookup_action (self->actions, tools[i].action));

    g_simple_action_set_enabled (action, can_draw (self) && is_allowed (self, tools[i].kind));
    g_simple_action_set_state (action, g_variant_new_boolean (tools[i].kind == kind));
  }
}

/**
 * emend_review_page_use_tool:
 * @self: a review page
 * @kind: what is to be drawn; what is in hand already is put away
 *
 * Takes a tool in hand, or says why that cannot be.
 */
void
emend_review_page_use_tool (EmendReviewPage *self,
                            EmendToolKind kind)
{
  if (kind == emend_canvas_get_tool (self->canvas))
    kind = EMEND_TOOL_SELECT;
  if (kind != EMEND_TOOL_SELECT && !can_draw (self))
    return;
  if (kind != EMEND_TOOL_SELECT && !is_allowed (self, kind)) {
    refuse (self, kind);
    return;
  }
  emend_review_page_leave_table (self, FALSE);
  emend_canvas_set_tool (self->canvas, kind);
  emend_review_page_update_tools (self);
}

/* Why some tools cannot be used is told where the label is chosen. */
static void
show_allowed (EmendReviewPage *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;
  gboolean all = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++) {
    if (!is_allowed (self, tools[i].kind))
      all = FALSE;
    else
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              g_dpgettext2 (NULL, "shape", tools[i].name));
  }
  /* TRANSLATORS: %s is a list of shapes: “polygon, line”. */
  text = all ? g_strdup (_ ("Label for new things")) :
               g_strdup_printf (_ ("Label for new things; it allows: %s"), names->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pen), text);
}

/**
 * emend_review_page_check_tool:
 * @self: a review page
 *
 * New things have another label: puts away the tool that does not suit it.
 */
void
emend_review_page_check_tool (EmendReviewPage *self)
{
  EmendToolKind kind = emend_canvas_get_tool (self->canvas);

  if (kind != EMEND_TOOL_SELECT && !is_allowed (self, kind)) {
    emend_canvas_set_tool (self->canvas, EMEND_TOOL_SELECT);
    refuse (self, kind);
  }
  show_allowed (self);
  emend_review_page_update_tools (self);
}

static void
tool_state (GSimpleAction *action,
            GVariant *value,
            gpointer data)
{
  EmendReviewPage *self = data;

  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++) {
    gboolean in_hand = emend_canvas_get_tool (self->canvas) == tools[i].kind;

    if (g_variant_get_boolean (value) != in_hand &&
        g_str_equal (tools[i].action, g_action_get_name (G_ACTION (action))))
      emend_review_page_use_tool (self, tools[i].kind);
  }
}

/**
 * emend_review_page_add_tools:
 * @self: a review page whose actions are added
 *
 * Adds an action for each tool.
 */
void
emend_review_page_add_tools (EmendReviewPage *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++) {
    const GActionEntry entry = { tools[i].action, NULL, NULL, "false", tool_state, { 0 } };

    g_action_map_add_action_entries (self->actions, &entry, 1, self);
  }
}

/**
 * emend_review_page_remove_tools:
 * @map: of the window
 *
 * Takes away what emend_review_page_add_tools() added.
 */
void
emend_review_page_remove_tools (GActionMap *map)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++)
    g_action_map_remove_action (map, tools[i].action);
}
