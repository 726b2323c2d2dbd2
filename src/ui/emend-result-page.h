#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  EMEND_RESULT_GOOD = 0,
  EMEND_RESULT_BAD,
} EmendResultKind;

/**
 * EmendResultPage:
 *
 * What came out of a piece of work: a sign, a sentence, facts that can be copied, problems, buttons.
 */
#define EMEND_TYPE_RESULT_PAGE (emend_result_page_get_type ())
G_DECLARE_FINAL_TYPE (EmendResultPage, emend_result_page, EMEND, RESULT_PAGE, GtkBox)

void emend_result_page_begin (EmendResultPage *self,
                              EmendResultKind kind,
                              const char *title,
                              const char *description);
void emend_result_page_add_fact (EmendResultPage *self,
                                 const char *name,
                                 const char *value,
                                 gboolean copyable);
void emend_result_page_add_problem (EmendResultPage *self,
                                    const char *text);
void emend_result_page_add_button (EmendResultPage *self,
                                   const char *label,
                                   const char *action);

G_END_DECLS
