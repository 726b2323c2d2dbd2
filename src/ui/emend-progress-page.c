#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-progress-page.h"

#include <glib/gi18n-lib.h>

/* How often a bar without a known whole moves. */
#define PULSE_MS 100

struct _EmendProgressPage {
  GtkBox parent_instance;

  GtkLabel *title;
  GtkProgressBar *bar;
  GtkLabel *detail;
  GtkButton *cancel;

  EmendTaskProgress *progress; /* (nullable) */
  gulong changed_id;
  guint pulse_id;
};

G_DEFINE_FINAL_TYPE (EmendProgressPage, emend_progress_page, GTK_TYPE_BOX)

static gboolean
pulse_cb (gpointer data)
{
  EmendProgressPage *self = data;

  if (emend_task_progress_get_fraction (self->progress) < 0)
    gtk_progress_bar_pulse (self->bar);
  return G_SOURCE_CONTINUE;
}

static void
changed_cb (EmendTaskProgress *progress,
            EmendProgressPage *self)
{
  double fraction = emend_task_progress_get_fraction (progress);
  g_autofree char *text = NULL;

  if (g_cancellable_is_cancelled (emend_task_progress_get_cancellable (progress)))
    return;
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->bar, fraction);
  text = emend_task_progress_get_text (progress);
  gtk_label_set_text (self->detail, text);
}

/**
 * emend_progress_page_start:
 * @self: the page
 * @title: what is done, "Packing 128 images"
 * @progress: what tells how far it is
 *
 * Shows @progress from now on, until emend_progress_page_stop().
 */
void
emend_progress_page_start (EmendProgressPage *self,
                           const char *title,
                           EmendTaskProgress *progress)
{
  g_return_if_fail (EMEND_IS_PROGRESS_PAGE (self));
  g_return_if_fail (EMEND_IS_TASK_PROGRESS (progress));

  emend_progress_page_stop (self);
  self->progress = g_object_ref (progress);
  self->changed_id = g_signal_connect_object (progress, "changed", G_CALLBACK (changed_cb), self, 0);
  self->pulse_id = g_timeout_add (PULSE_MS, pulse_cb, self);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->detail, "");
  gtk_progress_bar_set_fraction (self->bar, 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "progress.cancel", TRUE);
  changed_cb (progress, self);
}

/**
 * emend_progress_page_stop:
 * @self: the page
 *
 * The work is over.
 */
void
emend_progress_page_stop (EmendProgressPage *self)
{
  g_return_if_fail (EMEND_IS_PROGRESS_PAGE (self));

  if (self->progress != NULL)
    g_clear_signal_handler (&self->changed_id, self->progress);
  g_clear_handle_id (&self->pulse_id, g_source_remove);
  g_clear_object (&self->progress);
}

/**
 * emend_progress_page_cancel:
 * @self: the page
 *
 * Asks the work to stop, if there is any.
 *
 * Returns: whether there is work that will end soon
 */
gboolean
emend_progress_page_cancel (EmendProgressPage *self)
{
  g_return_val_if_fail (EMEND_IS_PROGRESS_PAGE (self), FALSE);

  if (self->progress == NULL)
    return FALSE;
  gtk_label_set_text (self->detail, _ ("Stopping…"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "progress.cancel", FALSE);
  g_cancellable_cancel (emend_task_progress_get_cancellable (self->progress));
  return TRUE;
}

static void
cancel_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  emend_progress_page_cancel (EMEND_PROGRESS_PAGE (widget));
}

static void
emend_progress_page_dispose (GObject *object)
{
  emend_progress_page_stop (EMEND_PROGRESS_PAGE (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_PROGRESS_PAGE);
  G_OBJECT_CLASS (emend_progress_page_parent_class)->dispose (object);
}

static void
emend_progress_page_class_init (EmendProgressPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_progress_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-progress-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendProgressPage, title);
  gtk_widget_class_bind_template_child (widget_class, EmendProgressPage, bar);
  gtk_widget_class_bind_template_child (widget_class, EmendProgressPage, detail);
  gtk_widget_class_bind_template_child (widget_class, EmendProgressPage, cancel);
  gtk_widget_class_install_action (widget_class, "progress.cancel", NULL, cancel_action);
}

static void
emend_progress_page_init (EmendProgressPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
