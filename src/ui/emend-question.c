#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-question.h"

struct _EmendQuestion {
  GtkWindow parent_instance;
  GtkLabel *heading;
  GtkLabel *body;
  GtkCheckButton *remember;
  GtkBox *answers;
  EmendQuestionFunc func;
  gpointer data;
};

G_DEFINE_FINAL_TYPE (EmendQuestion, emend_question, GTK_TYPE_WINDOW)

static void
emend_question_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_QUESTION);
  G_OBJECT_CLASS (emend_question_parent_class)->dispose (object);
}

static void
answer (EmendQuestion *self,
        int number)
{
  EmendQuestionFunc func = g_steal_pointer (&self->func);
  gboolean remember = gtk_check_button_get_active (self->remember);

  gtk_window_destroy (GTK_WINDOW (self));
  if (func != NULL)
    func (number, remember, self->data);
}

static void
clicked_cb (GtkButton *button,
            EmendQuestion *self)
{
  g_object_ref (self);
  answer (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "emend-answer")));
  g_object_unref (self);
}

static gboolean
close_request_cb (EmendQuestion *self)
{
  g_object_ref (self);
  answer (self, -1);
  g_object_unref (self);
  return GDK_EVENT_STOP;
}

static void
emend_question_class_init (EmendQuestionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_question_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-question.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendQuestion, heading);
  gtk_widget_class_bind_template_child (widget_class, EmendQuestion, body);
  gtk_widget_class_bind_template_child (widget_class, EmendQuestion, remember);
  gtk_widget_class_bind_template_child (widget_class, EmendQuestion, answers);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
emend_question_init (EmendQuestion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_answer (EmendQuestion *self,
            const char *text,
            int number)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (text);

  g_object_set_data (G_OBJECT (button), "emend-answer", GINT_TO_POINTER (number));
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, 0);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_box_append (self->answers, button);
  if (number == 0) {
    gtk_widget_add_css_class (button, "suggested-action");
    gtk_window_set_default_widget (GTK_WINDOW (self), button);
    gtk_window_set_focus (GTK_WINDOW (self), button);
  }
}

/**
 * emend_question_ask:
 * @parent: the window that it is about
 * @heading: the question, short
 * @body: what follows from each answer, whole sentences
 * @answers: (array zero-terminated=1): the buttons
 * @may_remember: whether it can be told not to ask again
 * @func: called with the answer
 * @data: for @func
 */
void
emend_question_ask (GtkWindow *parent,
                    const char *heading,
                    const char *body,
                    const char *const *answers,
                    gboolean may_remember,
                    EmendQuestionFunc func,
                    gpointer data)
{
  EmendQuestion *self = g_object_new (EMEND_TYPE_QUESTION, "transient-for", parent, "title", heading, NULL);

  self->func = func;
  self->data = data;
  gtk_label_set_text (self->heading, heading);
  gtk_label_set_text (self->body, body);
  gtk_widget_set_visible (GTK_WIDGET (self->remember), may_remember);
  for (int i = 0; answers[i] != NULL; i++)
    add_answer (self, answers[i], i);
  gtk_window_present (GTK_WINDOW (self));
}
