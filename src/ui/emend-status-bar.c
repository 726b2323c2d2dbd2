#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-status-bar.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

struct _EmendStatusBar {
  GtkBox parent_instance;
  GtkProgressBar *progress;
  GtkImage *saved_icon;
  GtkLabel *saved;
  GtkLabel *left;
  GtkLabel *reviewer;
  GtkLabel *activity;
  GtkLabel *hint;
  EmendReview *review;
  char *tool_hint; /* (nullable): how the tool in hand is used */
  char *problem;   /* (nullable) */
};

G_DEFINE_FINAL_TYPE (EmendStatusBar, emend_status_bar, GTK_TYPE_BOX)

static void
emend_status_bar_dispose (GObject *object)
{
  EmendStatusBar *self = EMEND_STATUS_BAR (object);

  g_clear_object (&self->review);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->tool_hint, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), EMEND_TYPE_STATUS_BAR);
  G_OBJECT_CLASS (emend_status_bar_parent_class)->dispose (object);
}

static void
show_progress (EmendStatusBar *self,
               const EmendProjectInfo *info)
{
  gint64 decided = info->n_proposals - info->n_undecided;
  double fraction = 0;
  g_autofree char *left = NULL;

  if (info->n_proposals > 0)
    fraction = (double) decided / (double) info->n_proposals;
  else if (info->n_items > 0)
    fraction = (double) info->n_items_done / (double) info->n_items;
  gtk_progress_bar_set_fraction (self->progress, CLAMP (fraction, 0, 1));
  if (info->n_undecided == 0)
    left = g_strdup (_ ("Nothing left to look at"));
  else
    left = g_strdup_printf (ngettext ("%" PRId64 " left to look at", "%" PRId64 " left to look at",
                                      (gulong) info->n_undecided),
                            info->n_undecided);
  gtk_label_set_text (self->left, left);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->progress), left);
}

static void
show_saved (EmendStatusBar *self,
            const EmendProjectInfo *info)
{
  const char *icon = "emend-accepted-symbolic";
  const char *text = C_ ("state of the project", "Saved");

  if (self->problem != NULL) {
    icon = "dialog-warning-symbolic";
    text = self->problem;
  } else if (info->read_only_reason != NULL) {
    icon = "changes-prevent-symbolic";
    text = C_ ("state of the project", "Read only");
  } else if (emend_review_is_saving (self->review)) {
    icon = "emend-undecided-symbolic";
    text = C_ ("state of the project", "Saving…");
  }
  gtk_image_set_from_icon_name (self->saved_icon, icon);
  if (g_strcmp0 (gtk_label_get_text (self->saved), text) != 0)
    gtk_label_set_text (self->saved, text);
}

static gboolean
asks_for_fields (EmendStatusBar *self)
{
  EmendSchema *schema = emend_review_get_schema (self->review);

  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    if (!emend_schema_get_field (schema, i)->retired)
      return TRUE;
  }
  return FALSE;
}

static void
show_hint (EmendStatusBar *self)
{
  int selected = emend_review_get_selected (self->review);
  const EmendMark *mark = selected < 0 ? NULL : emend_review_get_mark (self->review, (guint) selected);
  g_autofree char *shown = NULL;
  const char *text;

  if (self->tool_hint != NULL)
    text = self->tool_hint;
  else if (emend_review_get_item (self->review) == NULL)
    text = "";
  else if (!emend_review_is_writable (self->review))
    text = _ ("Tab next · ? keys");
  else if (asks_for_fields (self))
    text = _ ("Enter right, next · Ctrl+Enter document done");
  else if (mark != NULL && emend_mark_get_verdict (mark) == EMEND_VERDICT_NONE)
    text = _ ("Enter accept · ⌫ reject");
  else if (emend_review_count_undecided (self->review) > 0)
    text = _ ("Enter next to look at · Tab next");
  else
    text = _ ("Enter next item · drag to add a box");
  /* It begins with the name of a key, which may be in Latin letters in a text from right to left. */
  shown = g_strconcat (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? "\u200f" : "\u200e", text,
                       NULL);
  gtk_label_set_text (self->hint, shown);
}

static void
update (EmendStatusBar *self)
{
  const EmendProjectInfo *info = emend_review_get_info (self->review);

  if (info == NULL)
    return;
  show_progress (self, info);
  show_saved (self, info);
  show_hint (self);
  gtk_label_set_text (self->reviewer, info->reviewer != NULL ? info->reviewer : "");
}

static void
emend_status_bar_class_init (EmendStatusBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_status_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendStatusBar, progress);
  gtk_widget_class_bind_template_child (widget_class, EmendStatusBar, saved_icon);
  gtk_widget_class_bind_template_child (widget_class, EmendStatusBar, saved);
  gtk_widget_class_bind_template_child (widget_class, EmendStatusBar, left);
  gtk_widget_class_bind_template_child (widget_class, EmendStatusBar, reviewer);
  gtk_widget_class_bind_template_child (widget_class, EmendStatusBar, activity);
  gtk_widget_class_bind_template_child (widget_class, EmendStatusBar, hint);
}

static void
emend_status_bar_init (EmendStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_status_bar_set_review:
 * @self: a status bar
 * @review: the work it tells of
 */
void
emend_status_bar_set_review (EmendStatusBar *self,
                             EmendReview *review)
{
  g_return_if_fail (self->review == NULL);
  self->review = g_object_ref (review);
  g_signal_connect_object (review, "counters", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "opened", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "selected", G_CALLBACK (show_hint), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "mark-changed", G_CALLBACK (show_hint), self, G_CONNECT_SWAPPED);
}

/**
 * emend_status_bar_set_problem:
 * @self: a status bar
 * @text: (nullable): why something is not saved, in few words
 */
void
emend_status_bar_set_problem (EmendStatusBar *self,
                              const char *text)
{
  g_free (self->problem);
  self->problem = g_strdup (text);
  if (self->review != NULL)
    update (self);
}

/**
 * emend_status_bar_set_tool_hint:
 * @self: a status bar
 * @hint: (nullable): how the tool in hand is used; %NULL for the keys that matter else
 */
void
emend_status_bar_set_tool_hint (EmendStatusBar *self,
                                const char *hint)
{
  if (g_strcmp0 (hint, self->tool_hint) == 0)
    return;
  g_free (self->tool_hint);
  self->tool_hint = g_strdup (hint);
  update (self);
}

/**
 * emend_status_bar_set_activity:
 * @self: a status bar
 * @text: (nullable): what goes on in the background, in few words
 */
void
emend_status_bar_set_activity (EmendStatusBar *self,
                               const char *text)
{
  gtk_label_set_text (self->activity, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->activity), text != NULL);
}
