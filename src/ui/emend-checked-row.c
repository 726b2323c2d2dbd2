#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-checked-row.h"

struct _EmendCheckedRow {
  AdwPreferencesRow parent_instance;

  GtkLabel *caption;
  GtkEntry *entry;
  GtkLabel *problem;
  gboolean setting;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendCheckedRow, emend_checked_row, ADW_TYPE_PREFERENCES_ROW)

static void
changed_cb (EmendCheckedRow *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * emend_checked_row_get_text:
 * @self: the row
 *
 * Returns: (transfer none): what is typed
 */
const char *
emend_checked_row_get_text (EmendCheckedRow *self)
{
  g_return_val_if_fail (EMEND_IS_CHECKED_ROW (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/**
 * emend_checked_row_set_text:
 * @self: the row
 * @text: what shall stand there; no "changed" is emitted
 */
void
emend_checked_row_set_text (EmendCheckedRow *self,
                            const char *text)
{
  g_return_if_fail (EMEND_IS_CHECKED_ROW (self));

  if (g_str_equal (emend_checked_row_get_text (self), text))
    return;
  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  self->setting = FALSE;
}

/**
 * emend_checked_row_set_problem:
 * @self: the row
 * @problem: (nullable): what is wrong with what is typed, a whole sentence
 */
void
emend_checked_row_set_problem (EmendCheckedRow *self,
                               const char *problem)
{
  g_return_if_fail (EMEND_IS_CHECKED_ROW (self));

  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  problem != NULL ? problem : "", -1);
}

/**
 * emend_checked_row_set_placeholder:
 * @self: the row
 * @text: (nullable): what stands there, dim, while nothing is typed
 */
void
emend_checked_row_set_placeholder (EmendCheckedRow *self,
                                   const char *text)
{
  g_return_if_fail (EMEND_IS_CHECKED_ROW (self));

  gtk_entry_set_placeholder_text (self->entry, text);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (EMEND_CHECKED_ROW (widget)->entry));
}

static void
title_changed_cb (EmendCheckedRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));

  gtk_label_set_text (self->caption, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
emend_checked_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_CHECKED_ROW);
  G_OBJECT_CLASS (emend_checked_row_parent_class)->dispose (object);
}

static void
emend_checked_row_class_init (EmendCheckedRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_checked_row_dispose;
  widget_class->grab_focus = grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-checked-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendCheckedRow, caption);
  gtk_widget_class_bind_template_child (widget_class, EmendCheckedRow, entry);
  gtk_widget_class_bind_template_child (widget_class, EmendCheckedRow, problem);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);

  /**
   * EmendCheckedRow::changed:
   *
   * Somebody typed.
   */
  signals[CHANGED] = g_signal_new ("changed", EMEND_TYPE_CHECKED_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
emend_checked_row_init (EmendCheckedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self, "notify::title", G_CALLBACK (title_changed_cb), self, G_CONNECT_SWAPPED);
}
