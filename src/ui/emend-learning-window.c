#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-learning-window.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "emend-count-text.h"
#include "emend-error-bar.h"
#include "emend-learning-row.h"

struct _EmendLearningWindow {
  GtkWindow parent_instance;

  AdwWindowTitle *heading;
  GtkWidget *activity;
  GtkSpinner *spinner;
  GtkLabel *told;
  GtkWidget *cancel;
  EmendErrorBar *error;
  GtkStack *stack;
  GtkLabel *summary;
  GtkListBox *rows;

  EmendReview *review;        /* (nullable) */
  EmendFieldLearner *learner; /* (nullable) */
  gboolean asked;             /* that it learns, and not told yet how that ended */
};

G_DEFINE_FINAL_TYPE (EmendLearningWindow, emend_learning_window, GTK_TYPE_WINDOW)

static void
clear_rows (EmendLearningWindow *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, row);
}

static void
show_model (EmendLearningWindow *self,
            EmendFieldsModel *model)
{
  guint n = model != NULL ? emend_fields_model_get_n_documents (model) : 0;
  EmendSchema *schema = emend_review_get_schema (self->review);
  g_autofree char *summary = NULL;

  clear_rows (self);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "learned" : "empty");
  if (n == 0)
    return;
  summary = g_strdup_printf (ngettext ("Learned from %u document that was done.",
                                       "Learned from %u documents that were done.", n),
                             n);
  gtk_label_set_text (self->summary, summary);
  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    const EmendField *field = emend_schema_get_field (schema, i);
    const EmendFieldStatistics *statistics = emend_fields_model_get_statistics (model, field->id);

    if (statistics != NULL)
      gtk_list_box_append (self->rows, emend_learning_row_new (emend_field_get_title (field), statistics));
  }
}

static gpointer
load_worker (EmendProject *project,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (!emend_project_get_learned (project, &bytes, error) || bytes == NULL)
    return NULL;
  return emend_fields_model_from_bytes (bytes, error);
}

static void
load_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  g_autoptr (EmendLearningWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendFieldsModel) model = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (self->review == NULL)
    return;
  if (error != NULL)
    emend_error_bar_set_error (self->error, error);
  show_model (self, model);
}

/* What the project keeps is shown, so that a project that cannot be written shows it as well. */
static void
load (EmendLearningWindow *self)
{
  if (self->review != NULL)
    emend_store_run_async (emend_review_get_store (self->review), load_worker, NULL, NULL,
                           (GDestroyNotify) emend_fields_model_unref, NULL, load_cb, g_object_ref (self));
}

static void
tell (EmendLearningWindow *self,
      const char *text)
{
  gtk_label_set_text (self->told, text);
  gtk_widget_set_visible (self->activity, *text != '\0');
}

static const char *
describe_phase (EmendLearnerPhase phase)
{
  switch (phase) {
  case EMEND_LEARNER_READING:
    return _ ("Reading the documents that are done…");
  case EMEND_LEARNER_LEARNING:
    return _ ("Learning from the documents that are done…");
  case EMEND_LEARNER_PROPOSING:
    return _ ("Proposing for the documents that come next…");
  case EMEND_LEARNER_IDLE:
  default:
    return "";
  }
}

static void
tell_proposed (EmendLearningWindow *self,
               gint64 n)
{
  g_autofree char *values = emend_count_to_text ((guint64) n);
  g_autofree char *text =
    g_strdup_printf (ngettext ("Learned anew; %s value was proposed in the documents that come next.",
                               "Learned anew; %s values were proposed in the documents that come next.", (gulong) n),
                     values);

  tell (self, n > 0 ? text : _ ("Learned anew; nothing changes in the documents that come next."));
}

static void
tell_end (EmendLearningWindow *self)
{
  const GError *error;
  gint64 n_proposed;

  switch (emend_field_learner_get_end (self->learner, &n_proposed, &error)) {
  case EMEND_LEARNER_LEARNED:
    tell_proposed (self, n_proposed);
    break;
  case EMEND_LEARNER_NOTHING:
    tell (self, _ ("There is nothing to learn from yet: no document is done whose pages were read and of which "
                   "something was decided."));
    break;
  case EMEND_LEARNER_CANCELLED:
    tell (self, _ ("Cancelled. What was learned before is kept."));
    break;
  case EMEND_LEARNER_FAILED:
    emend_error_bar_set_error (self->error, error);
    tell (self, "");
    break;
  case EMEND_LEARNER_NOT_ENDED:
  default:
    tell (self, "");
  }
}

static void
show_phase (EmendLearningWindow *self)
{
  EmendLearnerPhase phase = emend_field_learner_get_phase (self->learner);
  gboolean busy = phase != EMEND_LEARNER_IDLE;

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (self->cancel, busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "learning.learn",
                                 !busy && emend_review_is_writable (self->review));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "learning.cancel", busy);
  if (busy || !self->asked)
    tell (self, describe_phase (phase));
  else
    tell_end (self);
  self->asked = self->asked && busy;
}

static void
learn_action (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  EmendLearningWindow *self = EMEND_LEARNING_WINDOW (widget);

  self->asked = TRUE;
  emend_error_bar_set_error (self->error, NULL);
  emend_field_learner_learn (self->learner);
}

static void
cancel_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  EmendLearningWindow *self = EMEND_LEARNING_WINDOW (widget);

  self->asked = TRUE;
  emend_field_learner_cancel (self->learner);
}

static void
emend_learning_window_dispose (GObject *object)
{
  EmendLearningWindow *self = EMEND_LEARNING_WINDOW (object);

  g_clear_object (&self->review);
  g_clear_object (&self->learner);
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_LEARNING_WINDOW);
  G_OBJECT_CLASS (emend_learning_window_parent_class)->dispose (object);
}

static void
emend_learning_window_class_init (EmendLearningWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_learning_window_dispose;
  g_type_ensure (EMEND_TYPE_ERROR_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-learning-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendLearningWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, EmendLearningWindow, activity);
  gtk_widget_class_bind_template_child (widget_class, EmendLearningWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, EmendLearningWindow, told);
  gtk_widget_class_bind_template_child (widget_class, EmendLearningWindow, cancel);
  gtk_widget_class_bind_template_child (widget_class, EmendLearningWindow, error);
  gtk_widget_class_bind_template_child (widget_class, EmendLearningWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendLearningWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, EmendLearningWindow, rows);
  gtk_widget_class_install_action (widget_class, "learning.learn", NULL, learn_action);
  gtk_widget_class_install_action (widget_class, "learning.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "learning.learn", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
emend_learning_window_init (EmendLearningWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_learning_window_new:
 * @parent: (nullable): the window it belongs to
 * @review: the work
 * @learner: what learns from it
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWindow *
emend_learning_window_new (GtkWindow *parent,
                           EmendReview *review,
                           EmendFieldLearner *learner)
{
  EmendLearningWindow *self = g_object_new (EMEND_TYPE_LEARNING_WINDOW, "transient-for", parent, NULL);
  const EmendProjectInfo *info = emend_review_get_info (review);

  self->review = g_object_ref (review);
  self->learner = g_object_ref (learner);
  adw_window_title_set_subtitle (self->heading, info->name);
  g_signal_connect_object (learner, "learned", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (learner, "phase-changed", G_CALLBACK (show_phase), self, G_CONNECT_SWAPPED);
  show_phase (self);
  if (info->read_only_reason != NULL)
    tell (self, info->read_only_reason);
  load (self);
  return GTK_WINDOW (self);
}
