#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @answer: number of the button, or -1 when the question was closed; @remember: whether "Do not ask
 * again" was ticked. */
typedef void (*EmendQuestionFunc) (int answer,
                                   gboolean remember,
                                   gpointer data);

/**
 * EmendQuestion:
 *
 * A question before the window, with a button for each answer. The first one is the default.
 */
#define EMEND_TYPE_QUESTION (emend_question_get_type ())
G_DECLARE_FINAL_TYPE (EmendQuestion, emend_question, EMEND, QUESTION, GtkWindow)

void emend_question_ask (GtkWindow *parent,
                         const char *heading,
                         const char *body,
                         const char *const *answers,
                         gboolean may_remember,
                         EmendQuestionFunc func,
                         gpointer data);

G_END_DECLS
