#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-error-bar.h"

struct _EmendErrorBar {
  GtkBox parent_instance;

  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (EmendErrorBar, emend_error_bar, GTK_TYPE_BOX)

/**
 * emend_error_bar_set_text:
 * @self: the bar
 * @text: (nullable): whole sentences; %NULL hides the bar
 */
void
emend_error_bar_set_text (EmendErrorBar *self,
                          const char *text)
{
  g_return_if_fail (EMEND_IS_ERROR_BAR (self));

  gtk_label_set_text (self->label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

/**
 * emend_error_bar_get_text:
 * @self: the bar
 *
 * Returns: (transfer none): what it says, possibly empty
 */
const char *
emend_error_bar_get_text (EmendErrorBar *self)
{
  g_return_val_if_fail (EMEND_IS_ERROR_BAR (self), NULL);

  return gtk_label_get_text (self->label);
}

/**
 * emend_error_bar_set_error:
 * @self: the bar
 * @error: (nullable): what failed; that something was cancelled is not told
 */
void
emend_error_bar_set_error (EmendErrorBar *self,
                           const GError *error)
{
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    emend_error_bar_set_text (self, NULL);
  else
    emend_error_bar_set_text (self, error->message);
}

static void
emend_error_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_ERROR_BAR);
  G_OBJECT_CLASS (emend_error_bar_parent_class)->dispose (object);
}

static void
emend_error_bar_class_init (EmendErrorBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_error_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-error-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendErrorBar, label);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
emend_error_bar_init (EmendErrorBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
