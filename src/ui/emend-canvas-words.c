#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-canvas-private.h"

#include <math.h>

#include <adwaita.h>

#include "emend-handles.h"
#include "emend-word-pick.h"

/* A press that moves less than this is a click, in logical pixels. */
#define CLICK_DISTANCE 4.0
/* How far beside a word a click still means it, in logical pixels. */
#define REACH 3.0
/* Words that were read with less confidence are marked. */
#define DOUBT 0.9

/**
 * emend_canvas_set_words:
 * @self: a canvas
 * @words: (nullable): the words of the page, in its pixels; with words, the pointer takes words where nothing else is
 */
void
emend_canvas_set_words (EmendCanvas *self,
                        EmendWords *words)
{
  if (self->words == words)
    return;
  g_clear_pointer (&self->words, emend_words_unref);
  self->words = words != NULL ? emend_words_ref (words) : NULL;
  g_clear_pointer (&self->taken, g_array_unref);
  self->taking = EMEND_TAKING_NOTHING;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * emend_canvas_set_document:
 * @self: a canvas
 * @is_document: whether the page is shown as a sheet on a ground of middle grey
 */
void
emend_canvas_set_document (EmendCanvas *self,
                           gboolean is_document)
{
  if (self->is_document == is_document)
    return;
  self->is_document = is_document;
  emend_canvas_redraw (self);
  if (is_document)
    g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (emend_canvas_redraw), self,
                             G_CONNECT_SWAPPED);
  else
    g_signal_handlers_disconnect_by_data (adw_style_manager_get_default (), self);
}

/**
 * emend_canvas_set_taken:
 * @self: a canvas
 * @indices: (element-type guint) (nullable): words that are shown as taken
 */
void
emend_canvas_set_taken (EmendCanvas *self,
                        const GArray *indices)
{
  g_clear_pointer (&self->taken, g_array_unref);
  if (indices != NULL && indices->len > 0)
    self->taken = g_array_copy ((GArray *) indices);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * emend_canvas_set_found:
 * @self: a canvas
 * @places: (element-type EmendRect) (nullable): words that are shown as found, in pixels of the page
 */
void
emend_canvas_set_found (EmendCanvas *self,
                        const GArray *places)
{
  g_clear_pointer (&self->found, g_array_unref);
  if (places != NULL && places->len > 0)
    self->found = g_array_copy ((GArray *) places);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static EmendPoint
to_image (EmendCanvas *self,
          double x,
          double y)
{
  return emend_viewport_to_image (&self->viewport, (EmendPoint){ x, y });
}

static GArray *
word_at (EmendCanvas *self,
         double x,
         double y)
{
  return emend_word_pick_at (self->words, to_image (self, x, y), REACH / self->viewport.scale);
}

/* The box of the selected field has handles; its inside is for the words in it, so that nobody drags it by accident.
 * The box of another field is chosen by a click. */
static gboolean
belongs_to_tool (EmendCanvas *self,
                 const EmendPointerEvent *event)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  const EmendOverlayMark *mark = NULL;

  if (self->overlay == NULL)
    return FALSE;
  if (self->selected >= 0 && (gsize) self->selected < emend_overlay_get_n_marks (self->overlay))
    mark = emend_overlay_get_mark (self->overlay, (gsize) self->selected);
  if (mark != NULL && !mark->hidden && !self->read_only) {
    EmendRect box = emend_viewport_rect_to_view (&self->viewport, &mark->shape.box);
    EmendHandle handle = emend_handles_hit (&box, (EmendPoint){ event->x, event->y });

    if (handle < EMEND_HANDLE_INSIDE)
      return TRUE;
    if (handle == EMEND_HANDLE_INSIDE)
      return FALSE;
  }
  emend_overlay_pick (self->overlay, &self->filter, to_image (self, event->x, event->y), 0, found);
  return found->len > 0 && (int) g_array_index (found, guint32, 0) != self->selected &&
         (event->modifiers & EMEND_MODIFIER_SHIFT) == 0;
}

static EmendRect
taking_rect (EmendCanvas *self,
             const EmendPointerEvent *event)
{
  return emend_rect_from_corners (to_image (self, self->taking_from.x, self->taking_from.y),
                                  to_image (self, event->x, event->y));
}

static void
press (EmendCanvas *self,
       const EmendPointerEvent *event)
{
  self->taking = (event->modifiers & EMEND_MODIFIER_CONTROL) != 0 ? EMEND_TAKING_REGION : EMEND_TAKING_WORDS;
  self->taking_from = (EmendPoint){ event->x, event->y };
  self->taking_to = self->taking_from;
}

static void
release (EmendCanvas *self,
         const EmendPointerEvent *event)
{
  EmendTaking taking = self->taking;
  gboolean clicked = hypot (event->x - self->taking_from.x, event->y - self->taking_from.y) < CLICK_DISTANCE;
  EmendRect rect = taking_rect (self, event);
  g_autoptr (GArray) indices = NULL;

  self->taking = EMEND_TAKING_NOTHING;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (taking == EMEND_TAKING_REGION) {
    if (!clicked)
      g_signal_emit (self, emend_canvas_signals[EMEND_CANVAS_REGION_DRAWN], 0, &rect);
    return;
  }
  indices = clicked ? word_at (self, event->x, event->y) : emend_word_pick_in (self->words, &rect);
  if (indices->len > 0)
    g_signal_emit (self, emend_canvas_signals[EMEND_CANVAS_WORDS_TAKEN], 0, indices,
                   (event->modifiers & EMEND_MODIFIER_SHIFT) != 0);
}

/* What the pointer would take is shown while it is over it. */
static void
hover (EmendCanvas *self,
       const EmendPointerEvent *event)
{
  g_autoptr (GArray) word = word_at (self, event->x, event->y);
  int index = word->len > 0 ? (int) g_array_index (word, guint, 0) : -1;

  emend_canvas_set_cursor (self, index >= 0 ? "text" : "crosshair");
  if (index == self->hovered_word)
    return;
  self->hovered_word = index;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * emend_canvas_point_words:
 * @self: a canvas
 * @event: what the pointer did
 *
 * Takes words, or draws the place of a field, where the tool in hand has nothing to do.
 *
 * Returns: whether the event was meant for words
 */
gboolean
emend_canvas_point_words (EmendCanvas *self,
                          const EmendPointerEvent *event)
{
  if (self->words == NULL || self->table != NULL || emend_tool_get_kind (self->tool) != EMEND_TOOL_SELECT ||
      self->has_preview)
    return FALSE;
  if (self->taking != EMEND_TAKING_NOTHING) {
    self->taking_to = (EmendPoint){ event->x, event->y };
    if (event->kind == EMEND_POINTER_RELEASE)
      release (self, event);
    else
      gtk_widget_queue_draw (GTK_WIDGET (self));
    return TRUE;
  }
  if ((event->modifiers & EMEND_MODIFIER_SPACE) != 0 || belongs_to_tool (self, event)) {
    self->hovered_word = -1;
    return FALSE;
  }
  if (event->kind == EMEND_POINTER_MOTION && !gtk_gesture_is_active (self->drag)) {
    hover (self, event);
    return TRUE;
  }
  if ((event->kind != EMEND_POINTER_PRESS && event->kind != EMEND_POINTER_DOUBLE) || event->button != 1)
    return FALSE;
  press (self, event);
  return TRUE;
}

static void
fill_place (EmendCanvas *self,
            GtkSnapshot *snapshot,
            const EmendRect *place,
            const GdkRGBA *color)
{
  EmendRect box = emend_viewport_rect_to_view (&self->viewport, place);

  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT ((float) box.x - 1, (float) box.y - 1, (float) box.width + 2,
                                                  (float) box.height + 2));
}

static void
fill_word (EmendCanvas *self,
           GtkSnapshot *snapshot,
           guint index,
           const GdkRGBA *color)
{
  if (index < emend_words_get_n (self->words))
    fill_place (self, snapshot, &emend_words_get (self->words, index)->box, color);
}

/* As with a marker pen, and with an edge, which also tells it from paper of that colour. */
static void
mark_found (EmendCanvas *self,
            GtkSnapshot *snapshot,
            const EmendRect *place)
{
  const GdkRGBA pen = { 1.0f, 0.82f, 0.0f, 0.42f };
  const GdkRGBA edge = { 0.72f, 0.36f, 0.0f, 1 };
  EmendRect box = emend_viewport_rect_to_view (&self->viewport, place);
  GskRoundedRect outline;

  fill_place (self, snapshot, place, &pen);
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT ((float) box.x - 2, (float) box.y - 2, (float) box.width + 4,
                                                        (float) box.height + 4),
                                   2);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1.5f, 1.5f, 1.5f, 1.5f },
                              (GdkRGBA[4]){ edge, edge, edge, edge });
}

/* A thin line under each word that was read with doubt; too small ones would only be dirt. */
static void
underline_doubtful (EmendCanvas *self,
                    GtkSnapshot *snapshot)
{
  const GdkRGBA amber = { 0.90f, 0.45f, 0.0f, 0.55f };
  EmendRect visible = emend_viewport_get_visible (&self->viewport);

  for (guint i = 0; i < emend_words_get_n (self->words); i++) {
    const EmendWord *word = emend_words_get (self->words, i);
    EmendRect box;

    if (isnan (word->confidence) || (double) word->confidence >= DOUBT ||
        word->box.height * self->viewport.scale < 6)
      continue;
    box = emend_rect_intersect (&visible, &word->box);
    if (emend_rect_area (&box) <= 0)
      continue;
    box = emend_viewport_rect_to_view (&self->viewport, &word->box);
    gtk_snapshot_append_color (
      snapshot, &amber, &GRAPHENE_RECT_INIT ((float) box.x, (float) (box.y + box.height), (float) box.width, 1.5f));
  }
}

static void
draw_rubber_band (EmendCanvas *self,
                  GtkSnapshot *snapshot,
                  const GdkRGBA *accent)
{
  EmendRect rect = emend_rect_from_corners (self->taking_from, self->taking_to);
  GdkRGBA fill = *accent;
  GskRoundedRect outline;
  graphene_rect_t bounds;

  graphene_rect_init (&bounds, (float) rect.x, (float) rect.y, (float) rect.width, (float) rect.height);
  fill.alpha = 0.10f;
  gtk_snapshot_append_color (snapshot, &fill, &bounds);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ *accent, *accent, *accent, *accent });
}

/**
 * emend_canvas_draw_words:
 * @self: a canvas
 * @snapshot: where to draw
 *
 * What was read with doubt, what was found, what the pointer is over, what is taken, and the band that takes words.
 */
void
emend_canvas_draw_words (EmendCanvas *self,
                         GtkSnapshot *snapshot)
{
  GdkRGBA accent = { 0.21f, 0.52f, 0.89f, 1 };
  GdkRGBA fill;

  if (self->words != NULL)
    underline_doubtful (self, snapshot);
  for (guint i = 0; self->found != NULL && i < self->found->len; i++)
    mark_found (self, snapshot, &g_array_index (self->found, EmendRect, i));
  if (self->words == NULL)
    return;
  gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "accent_bg_color", &accent);
  fill = accent;
  fill.alpha = 0.30f;
  for (guint i = 0; self->taken != NULL && i < self->taken->len; i++)
    fill_word (self, snapshot, g_array_index (self->taken, guint, i), &fill);
  if (self->hovered_word >= 0 && self->taking == EMEND_TAKING_NOTHING) {
    fill.alpha = 0.16f;
    fill_word (self, snapshot, (guint) self->hovered_word, &fill);
  }
  if (self->taking != EMEND_TAKING_NOTHING)
    draw_rubber_band (self, snapshot, &accent);
}
