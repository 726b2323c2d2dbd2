#pragma once

#include <gtk/gtk.h>

#include "emend-document.h"
#include "emend-field-learner.h"

G_BEGIN_DECLS

/**
 * EmendForm:
 *
 * The fields of the open document beside its page: each with its state, what it was read from, its value and how that
 * is read. Enter confirms the field and goes to the next that needs a person.
 *
 * Signals:
 *   words-taken (GArray)        indices (guint) of the words of the page that the current field would take
 *   told (utf8)                 a passing message
 *   show-rect (gpointer)        an EmendRect of the page that is shown, which the view shall go to
 *   draw-table (int)            the columns of the table of this number are to be drawn over the page
 */
#define EMEND_TYPE_FORM (emend_form_get_type ())
G_DECLARE_FINAL_TYPE (EmendForm, emend_form, EMEND, FORM, GtkBox)

GtkWidget *emend_form_new (void);
void emend_form_set_review (EmendForm *self,
                            EmendReview *review,
                            EmendDocument *document);
gboolean emend_form_is_used (EmendForm *self);
guint emend_form_count_pending (EmendForm *self);
char *emend_form_get_objection (EmendForm *self);
void emend_form_grab_focus (EmendForm *self);
gboolean emend_form_is_typing (EmendForm *self);
gboolean emend_form_handle_key (EmendForm *self,
                                guint keyval,
                                GdkModifierType modifiers);
void emend_form_confirm (EmendForm *self,
                         gboolean with_reason);
void emend_form_take_words (EmendForm *self,
                            const GArray *indices,
                            gboolean extend);
int emend_form_find_table (EmendForm *self);
void emend_form_take_unread (EmendForm *self,
                             int field,
                             GPtrArray *unread);
void emend_form_take_region (EmendForm *self,
                             const EmendRect *rect);

G_END_DECLS
