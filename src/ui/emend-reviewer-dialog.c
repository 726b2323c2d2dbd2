#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-reviewer-dialog.h"

#include <adwaita.h>

#define MAX_CHARACTERS 80

struct _EmendReviewerDialog {
  GtkWindow parent_instance;

  GtkButton *cancel;
  GtkButton *primary;
  AdwEntryRow *name;
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendReviewerDialog, emend_reviewer_dialog, GTK_TYPE_WINDOW)

/**
 * emend_reviewer_dialog_clean_name:
 * @text: what somebody typed
 *
 * Returns: (transfer full) (nullable): the name without control characters and with single spaces, of
 *   at most 80 characters; %NULL when nothing is left
 */
char *
emend_reviewer_dialog_clean_name (const char *text)
{
  g_autoptr (GString) name = g_string_new (NULL);
  glong n = 0;

  for (; *text != '\0' && n < MAX_CHARACTERS; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);
    gboolean space = g_unichar_isspace (c) || g_unichar_iscntrl (c);

    if (space && (name->len == 0 || name->str[name->len - 1] == ' '))
      continue;
    g_string_append_unichar (name, space ? ' ' : c);
    n++;
  }
  if (name->len > 0 && name->str[name->len - 1] == ' ')
    g_string_truncate (name, name->len - 1);
  return name->len > 0 ? g_string_free (g_steal_pointer (&name), FALSE) : NULL;
}

static void
changed_cb (EmendReviewerDialog *self)
{
  g_autofree char *name = emend_reviewer_dialog_clean_name (gtk_editable_get_text (GTK_EDITABLE (self->name)));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reviewer.choose", name != NULL);
}

static void
choose_action (GtkWidget *widget,
               const char *action,
               GVariant *parameter)
{
  EmendReviewerDialog *self = EMEND_REVIEWER_DIALOG (widget);
  g_autofree char *name = emend_reviewer_dialog_clean_name (gtk_editable_get_text (GTK_EDITABLE (self->name)));

  if (name == NULL)
    return;
  g_signal_emit (self, signals[CHOSEN], 0, name);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
emend_reviewer_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_REVIEWER_DIALOG);
  G_OBJECT_CLASS (emend_reviewer_dialog_parent_class)->dispose (object);
}

static void
emend_reviewer_dialog_class_init (EmendReviewerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_reviewer_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-reviewer-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendReviewerDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewerDialog, primary);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewerDialog, name);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_install_action (widget_class, "reviewer.choose", NULL, choose_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  /**
   * EmendReviewerDialog::chosen:
   * @name: the reviewer's name
   */
  signals[CHOSEN] = g_signal_new ("chosen", EMEND_TYPE_REVIEWER_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
emend_reviewer_dialog_init (EmendReviewerDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_reviewer_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @name: (nullable): the name so far; the system's name of the user is proposed without one
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWindow *
emend_reviewer_dialog_new (GtkWindow *parent,
                           const char *name)
{
  EmendReviewerDialog *self = g_object_new (EMEND_TYPE_REVIEWER_DIALOG, "transient-for", parent, NULL);
  const char *real = g_get_real_name ();

  if (name == NULL || *name == '\0')
    name = g_strcmp0 (real, "Unknown") != 0 && g_utf8_validate (real, -1, NULL) ? real : "";
  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  return GTK_WINDOW (self);
}
