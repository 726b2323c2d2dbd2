#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-page-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-question.h"
#include "emend-text.h"

static void
by_keyboard (EmendReviewPage *self)
{
  emend_review_note_activity (self->review);
  emend_review_set_source (self->review, EMEND_DECISION_BY_KEYBOARD);
}

static void
accept_action (GSimpleAction *action,
               GVariant *value,
               gpointer data)
{
  EmendReviewPage *self = data;

  by_keyboard (self);
  emend_review_accept (self->review, emend_review_get_selected (self->review), TRUE);
}

static void
reject_action (GSimpleAction *action,
               GVariant *value,
               gpointer data)
{
  EmendReviewPage *self = data;

  by_keyboard (self);
  emend_review_reject (self->review, emend_review_get_selected (self->review), TRUE);
}

static void
take_back_action (GSimpleAction *action,
                  GVariant *value,
                  gpointer data)
{
  EmendReviewPage *self = data;

  by_keyboard (self);
  emend_review_take_back (self->review, emend_review_get_selected (self->review));
}

static void
accept_mark_action (GSimpleAction *action,
                    GVariant *value,
                    gpointer data)
{
  EmendReviewPage *self = data;

  emend_review_set_source (self->review, EMEND_DECISION_BY_POINTER);
  emend_review_accept (self->review, g_variant_get_int32 (value), FALSE);
}

static void
reject_mark_action (GSimpleAction *action,
                    GVariant *value,
                    gpointer data)
{
  EmendReviewPage *self = data;

  emend_review_set_source (self->review, EMEND_DECISION_BY_POINTER);
  emend_review_reject (self->review, g_variant_get_int32 (value), FALSE);
}

static void
take_back_mark_action (GSimpleAction *action,
                       GVariant *value,
                       gpointer data)
{
  EmendReviewPage *self = data;

  emend_review_set_source (self->review, EMEND_DECISION_BY_POINTER);
  emend_review_take_back (self->review, g_variant_get_int32 (value));
}

static void
relabel_action (GSimpleAction *action,
                GVariant *value,
                gpointer data)
{
  EmendReviewPage *self = data;
  int label = g_variant_get_int32 (value);

  by_keyboard (self);
  /* While something new is drawn the label is for that. */
  if (emend_canvas_get_tool (self->canvas) == EMEND_TOOL_SELECT && emend_review_get_selected (self->review) >= 0)
    emend_review_relabel (self->review, emend_review_get_selected (self->review), label);
  else
    emend_review_page_set_pen (self, label);
}

static void
choose_label_action (GSimpleAction *action,
                     GVariant *value,
                     gpointer data)
{
  emend_review_page_choose_label (data);
}

static void
next_mark_action (GSimpleAction *action,
                  GVariant *value,
                  gpointer data)
{
  emend_review_step (((EmendReviewPage *) data)->review, 1);
}

static void
previous_mark_action (GSimpleAction *action,
                      GVariant *value,
                      gpointer data)
{
  emend_review_step (((EmendReviewPage *) data)->review, -1);
}

static void
next_item_action (GSimpleAction *action,
                  GVariant *value,
                  gpointer data)
{
  emend_queue_step (((EmendReviewPage *) data)->queue, 1);
}

static void
previous_item_action (GSimpleAction *action,
                      GVariant *value,
                      gpointer data)
{
  emend_queue_step (((EmendReviewPage *) data)->queue, -1);
}

static void
next_page_action (GSimpleAction *action,
                  GVariant *value,
                  gpointer data)
{
  emend_review_turn (((EmendReviewPage *) data)->review, 1);
}

static void
previous_page_action (GSimpleAction *action,
                      GVariant *value,
                      gpointer data)
{
  emend_review_turn (((EmendReviewPage *) data)->review, -1);
}

static void
next_waiting_action (GSimpleAction *action,
                     GVariant *value,
                     gpointer data)
{
  emend_review_open_next_waiting (((EmendReviewPage *) data)->review);
}

static void
done_answer_cb (int answer,
                gboolean remember,
                gpointer data)
{
  g_autoptr (EmendReviewPage) self = data;

  if (answer < 0 || answer > 1)
    return;
  if (remember)
    g_settings_set_string (self->settings, "undecided-at-done", answer == 0 ? "accept" : "leave");
  emend_review_done (self->review, answer == 0);
}

static void
ask_about_rest (EmendReviewPage *self,
                guint n)
{
  g_autofree char *heading = g_strdup_printf (ngettext ("%u proposal is undecided", "%u proposals are undecided", n),
                                              n);
  const char *const answers[] = { _ ("_Accept the Rest"), _ ("_Leave Open"), _ ("_Cancel"), NULL };

  emend_question_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading,
                      _ ("The item becomes done. What is left open can be decided later."), answers, TRUE,
                      done_answer_cb, g_object_ref (self));
}

static void
item_done_action (GSimpleAction *action,
                  GVariant *value,
                  gpointer data)
{
  EmendReviewPage *self = data;
  g_autofree char *policy = g_settings_get_string (self->settings, "undecided-at-done");
  guint n = emend_review_count_undecided (self->review);

  by_keyboard (self);
  if (emend_form_is_used (self->form))
    emend_review_page_finish_document (self);
  else if (n > 0 && g_str_equal (policy, "ask") && emend_review_is_writable (self->review))
    ask_about_rest (self, n);
  else
    emend_review_done (self->review, g_str_equal (policy, "accept"));
}

static void
reopen_action (GSimpleAction *action,
               GVariant *value,
               gpointer data)
{
  emend_review_reopen (((EmendReviewPage *) data)->review);
}

/* In a text field the key belongs to the text. */
static gboolean
give_to_text (EmendReviewPage *self,
              const char *name)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (!GTK_IS_TEXT (focus) || *gtk_editable_get_text (GTK_EDITABLE (focus)) == '\0')
    return FALSE;
  if (gtk_widget_is_ancestor (focus, GTK_WIDGET (self->form)) && !emend_form_is_typing (self->form))
    return FALSE;
  return gtk_widget_activate_action (focus, name, NULL);
}

static void
undo_action (GSimpleAction *action,
             GVariant *value,
             gpointer data)
{
  EmendReviewPage *self = data;

  if (!give_to_text (self, "text.undo"))
    emend_review_undo (self->review);
}

static void
redo_action (GSimpleAction *action,
             GVariant *value,
             gpointer data)
{
  EmendReviewPage *self = data;

  if (!give_to_text (self, "text.redo"))
    emend_review_redo (self->review);
}

/* The settings are the state: they change from the preferences too. */
static void
set_boolean (EmendReviewPage *self,
             GVariant *value,
             const char *key)
{
  g_settings_set_boolean (self->settings, key, g_variant_get_boolean (value));
}

static void
show_rejected_state (GSimpleAction *action,
                     GVariant *value,
                     gpointer data)
{
  set_boolean (data, value, "show-rejected");
}

static void
follow_state (GSimpleAction *action,
              GVariant *value,
              gpointer data)
{
  set_boolean (data, value, "follow");
  g_signal_emit_by_name (data, "told",
                         g_variant_get_boolean (value) ? _ ("The view moves to what is asked.") :
                                                         _ ("The view stays where it is."),
                         FALSE);
}

static void
show_queue_state (GSimpleAction *action,
                  GVariant *value,
                  gpointer data)
{
  set_boolean (data, value, "queue-visible");
}

static void
show_inspector_state (GSimpleAction *action,
                      GVariant *value,
                      gpointer data)
{
  set_boolean (data, value, "inspector-visible");
}

static void
swap_panes_state (GSimpleAction *action,
                  GVariant *value,
                  gpointer data)
{
  g_simple_action_set_state (action, value);
  emend_review_page_set_swapped (data, g_variant_get_boolean (value));
}

static void
keep_zoom (EmendReviewPage *self,
           double zoom)
{
  char text[EMEND_TEXT_DOUBLE_SIZE];

  emend_review_set_setting (self->review, "zoom", zoom > 0 ? emend_text_from_double (text, zoom) : "fit");
}

static void
zoom_to (EmendReviewPage *self,
         double zoom)
{
  emend_canvas_zoom (self->canvas, zoom);
  keep_zoom (self, zoom);
}

static void
zoom_in_action (GSimpleAction *action,
                GVariant *value,
                gpointer data)
{
  emend_canvas_zoom_step (((EmendReviewPage *) data)->canvas, 1);
}

static void
zoom_out_action (GSimpleAction *action,
                 GVariant *value,
                 gpointer data)
{
  emend_canvas_zoom_step (((EmendReviewPage *) data)->canvas, -1);
}

static void
zoom_fit_action (GSimpleAction *action,
                 GVariant *value,
                 gpointer data)
{
  emend_canvas_fit (((EmendReviewPage *) data)->canvas);
  keep_zoom (data, 0);
}

static void
zoom_one_action (GSimpleAction *action,
                 GVariant *value,
                 gpointer data)
{
  zoom_to (data, 1);
}

static void
zoom_to_action (GSimpleAction *action,
                GVariant *value,
                gpointer data)
{
  zoom_to (data, g_variant_get_double (value));
}

static void
find_action (GSimpleAction *action,
             GVariant *value,
             gpointer data)
{
  EmendReviewPage *self = data;

  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "show-queue", g_variant_new_boolean (TRUE));
  emend_queue_focus_search (self->queue);
}

static void
show_image_action (GSimpleAction *action,
                   GVariant *value,
                   gpointer data)
{
  emend_review_page_show_canvas (data);
  gtk_widget_grab_focus (GTK_WIDGET (((EmendReviewPage *) data)->canvas));
}

static void
next_pane_action (GSimpleAction *action,
                  GVariant *value,
                  gpointer data)
{
  EmendReviewPage *self = data;
  GtkWidget *panes[] = { GTK_WIDGET (self->queue), GTK_WIDGET (self->canvas), self->side };
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  guint now = 0;

  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    if (focus != NULL && (focus == panes[i] || gtk_widget_is_ancestor (focus, panes[i])))
      now = i;
  for (guint i = 1; i <= G_N_ELEMENTS (panes); i++) {
    GtkWidget *next = panes[(now + i) % G_N_ELEMENTS (panes)];

    if (gtk_widget_get_mapped (next) &&
        (next == GTK_WIDGET (self->canvas) ? gtk_widget_grab_focus (next) :
                                             gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD)))
      return;
  }
}

static void
escape_action (GSimpleAction *action,
               GVariant *value,
               gpointer data)
{
  EmendReviewPage *self = data;

  if (emend_canvas_cancel (self->canvas))
    return;
  if (emend_canvas_get_tool (self->canvas) != EMEND_TOOL_SELECT)
    emend_review_page_use_tool (self, EMEND_TOOL_SELECT);
  else
    emend_review_select (self->review, -1, FALSE);
}

static void
locate_action (GSimpleAction *action,
               GVariant *value,
               gpointer data)
{
  emend_review_locate (((EmendReviewPage *) data)->review, NULL);
}

static void
located_file_cb (GtkNativeDialog *dialog,
                 int response,
                 EmendReviewPage *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) :
                                                             NULL;

  if (file != NULL && g_file_peek_path (file) != NULL)
    emend_review_locate (self->review, g_file_peek_path (file));
  g_object_unref (dialog);
}

static void
locate_file_action (GSimpleAction *action,
                    GVariant *value,
                    gpointer data)
{
  EmendReviewPage *self = data;
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_ ("Where the File Is"),
                                                               GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (located_file_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
read_pages_action (GSimpleAction *action,
                   GVariant *value,
                   gpointer data)
{
  emend_document_read_all (EMEND_REVIEW_PAGE (data)->document);
}

static void
stop_reading_action (GSimpleAction *action,
                     GVariant *value,
                     gpointer data)
{
  emend_document_stop (EMEND_REVIEW_PAGE (data)->document);
}

static const GActionEntry entries[] = {
  { "accept", accept_action },
  { "reject", reject_action },
  { "take-back", take_back_action },
  { "accept-mark", accept_mark_action, "i" },
  { "reject-mark", reject_mark_action, "i" },
  { "take-back-mark", take_back_mark_action, "i" },
  { "relabel", relabel_action, "i" },
  { "choose-label", choose_label_action },
  { "next-mark", next_mark_action },
  { "previous-mark", previous_mark_action },
  { "next-item", next_item_action },
  { "previous-item", previous_item_action },
  { "next-page", next_page_action },
  { "previous-page", previous_page_action },
  { "next-waiting", next_waiting_action },
  { "item-done", item_done_action },
  { "reopen-item", reopen_action },
  { "undo", undo_action },
  { "redo", redo_action },
  { "show-rejected", NULL, NULL, "false", show_rejected_state },
  { "follow", NULL, NULL, "true", follow_state },
  { "show-queue", NULL, NULL, "true", show_queue_state },
  { "show-inspector", NULL, NULL, "true", show_inspector_state },
  { "swap-panes", NULL, NULL, "false", swap_panes_state },
  { "zoom-in", zoom_in_action },
  { "zoom-out", zoom_out_action },
  { "zoom-fit", zoom_fit_action },
  { "zoom-one", zoom_one_action },
  { "zoom-to", zoom_to_action, "d" },
  { "find", find_action },
  { "show-image", show_image_action },
  { "next-pane", next_pane_action },
  { "escape", escape_action },
  { "read-pages", read_pages_action },
  { "stop-reading", stop_reading_action },
  { "locate", locate_action },
  { "locate-file", locate_file_action },
};

static void
set_state (EmendReviewPage *self,
           const char *name,
           gboolean value)
{
  GAction *action = g_action_map_lookup_action (self->actions, name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (value));
}

static void
enable (EmendReviewPage *self,
        const char *name,
        gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (self->actions, name)), enabled);
}

/**
 * emend_review_page_update_actions:
 * @self: a review page
 *
 * Enables what can be done now.
 */
void
emend_review_page_update_actions (EmendReviewPage *self)
{
  const EmendProjectInfo *info = emend_review_get_info (self->review);
  gboolean writable = emend_review_is_writable (self->review);
  gboolean selected = emend_review_get_selected (self->review) >= 0;
  const EmendItem *item = emend_review_get_item (self->review);
  const EmendPage *page = emend_review_get_page (self->review);
  guint done;
  guint total;
  gboolean reading = emend_document_get_progress (self->document, &done, &total);

  if (self->actions == NULL)
    return;
  enable (self, "read-pages", writable && !reading);
  enable (self, "stop-reading", reading);
  enable (self, "next-page", page != NULL && page->number + 1 < emend_review_get_n_pages (self->review));
  enable (self, "previous-page", page != NULL && page->number > 0);
  enable (self, "undo", writable && (info->can_undo != NULL || emend_review_is_saving (self->review)));
  enable (self, "redo", writable && info->can_redo != NULL);
  enable (self, "accept", item != NULL);
  enable (self, "reject", writable && selected);
  enable (self, "take-back", writable && selected);
  enable (self, "choose-label", writable && selected);
  enable (self, "item-done", writable && item != NULL);
  enable (self, "reopen-item", writable && item != NULL && item->reading == EMEND_READING_DONE);
  emend_review_page_update_tools (self);
}

/* A project remembers its own threshold as soon as one is chosen. */
static double
get_threshold (EmendReviewPage *self,
               double current)
{
  gboolean is_known = emend_review_get_info (self->review) != NULL;

  if (is_known && emend_review_get_setting (self->review, "threshold") != NULL)
    return current;
  return g_settings_get_double (self->settings, "threshold");
}

/**
 * emend_review_page_take_settings:
 * @self: a review page
 *
 * Takes up what the user's settings say and what the project remembers, once the page has its actions.
 */
void
emend_review_page_take_settings (EmendReviewPage *self)
{
  EmendOverlayFilter filter = *emend_review_get_filter (self->review);
  gboolean show_rejected = g_settings_get_boolean (self->settings, "show-rejected");
  double threshold = get_threshold (self, filter.threshold);
  guint64 memory = (guint64) g_settings_get_int (self->settings, "picture-memory");

  if (self->actions == NULL)
    return;
  set_state (self, "show-rejected", show_rejected);
  set_state (self, "follow", g_settings_get_boolean (self->settings, "follow"));
  set_state (self, "show-queue", g_settings_get_boolean (self->settings, "queue-visible"));
  set_state (self, "show-inspector", g_settings_get_boolean (self->settings, "inspector-visible"));
  set_state (self, "swap-panes", emend_review_page_is_swapped (self));
  if (filter.show_rejected != show_rejected || fabs (filter.threshold - threshold) > 0) {
    filter.show_rejected = show_rejected;
    filter.threshold = threshold;
    emend_review_set_filter (self->review, &filter);
  }
  emend_picture_cache_set_limit (self->pictures, memory * 1024 * 1024);
  emend_review_page_arrange (self);
}

static void
setting_changed_cb (EmendReviewPage *self,
                    const char *key)
{
  static const char *const mine[] = { "show-rejected", "follow", "queue-visible", "inspector-visible",
                                      "panes-swapped", "threshold", "picture-memory", NULL };

  if (g_strv_contains (mine, key))
    emend_review_page_take_settings (self);
  if (g_str_equal (key, "pictures-ahead") && emend_review_get_item (self->review) != NULL)
    emend_review_page_prefetch (self);
}

/**
 * emend_review_page_add_actions:
 * @self: a review page
 * @map: of the window
 *
 * Adds what can be done on this page.
 */
void
emend_review_page_add_actions (EmendReviewPage *self,
                               GActionMap *map)
{
  self->actions = map;
  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), self);
  emend_review_page_add_tools (self);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (setting_changed_cb), self, G_CONNECT_SWAPPED);
  emend_review_page_take_settings (self);
  emend_review_page_update_actions (self);
}

/**
 * emend_review_page_remove_actions:
 * @map: of the window
 *
 * Takes away what emend_review_page_add_actions() added: the page goes.
 */
void
emend_review_page_remove_actions (GActionMap *map)
{
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    g_action_map_remove_action (map, entries[i].name);
  emend_review_page_remove_tools (map);
}
