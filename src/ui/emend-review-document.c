#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-page-private.h"

#include <glib/gi18n-lib.h>

#include "emend-question.h"
#include "emend-word-find.h"

/* Where the form meets the page: words of the page go to the current field, and the page goes to what is asked. */

static void
words_taken_cb (EmendReviewPage *self,
                GArray *indices,
                gboolean extend)
{
  emend_review_set_source (self->review, EMEND_DECISION_BY_POINTER);
  emend_form_take_words (self->form, indices, extend);
}

static void
region_drawn_cb (EmendReviewPage *self,
                 const EmendRect *rect)
{
  emend_review_set_source (self->review, EMEND_DECISION_BY_POINTER);
  emend_form_take_region (self->form, rect);
}

static void
show_rect_cb (EmendReviewPage *self,
              const EmendRect *rect)
{
  emend_canvas_show_rect (self->canvas, rect);
}

static void
go_to_found (EmendReviewPage *self,
             EmendWords *words,
             const GArray *found)
{
  int wanted = emend_review_take_found_word (self->review);
  EmendRect box;
  guint position = 0;
  guint n;

  if (wanted < 0 || found->len == 0)
    return;
  for (guint i = 0; i < found->len; i++) {
    if (g_array_index (found, guint, i) == (guint) wanted)
      position = i;
  }
  n = emend_word_find_run (words, found, position);
  box = emend_words_get (words, g_array_index (found, guint, position))->box;
  for (guint i = 1; i < n; i++)
    box = emend_rect_union (&box, &emend_words_get (words, g_array_index (found, guint, position + i))->box);
  emend_canvas_show_rect (self->canvas, &box);
}

/* Marks what was looked for on the page, as soon as its words are known. */
static void
show_found (EmendReviewPage *self)
{
  g_auto (GStrv) beginnings = NULL;
  g_autoptr (GArray) found = NULL;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (EmendRect));
  const EmendPage *page;
  const char *question;
  EmendWords *words;

  if (self->review == NULL) /* the window of what was found closes with this page */
    return;
  page = emend_review_get_page (self->review);
  question = emend_review_get_question (self->review);
  words = page != NULL ? emend_document_get_words (self->document, page->number) : NULL;
  if (question != NULL)
    beginnings = emend_word_find_split (question);
  if (words != NULL && beginnings != NULL)
    found = emend_word_find (words, (const char *const *) beginnings);
  for (guint i = 0; found != NULL && i < found->len; i++)
    g_array_append_val (places, emend_words_get (words, g_array_index (found, guint, i))->box);
  emend_canvas_set_found (self->canvas, places);
  if (found != NULL)
    go_to_found (self, words, found);
}

static void
words_changed_cb (EmendReviewPage *self)
{
  const EmendPage *page = emend_review_get_page (self->review);
  const EmendItem *item = emend_review_get_item (self->review);
  gboolean is_asked = page != NULL && emend_form_is_used (self->form);
  EmendWords *words = is_asked ? emend_document_get_words (self->document, page->number) : NULL;

  emend_canvas_set_words (self->canvas, words);
  show_found (self);
  /* A document of which nothing is proposed yet gets what can be said of it. */
  if (words != NULL && item != NULL && item->n_proposals == 0 && item->reading == EMEND_READING_NONE)
    emend_field_learner_kick (self->learner);
}

static void
progress_cb (EmendReviewPage *self)
{
  guint done;
  guint total;
  gboolean reading = emend_document_get_progress (self->document, &done, &total);
  g_autofree char *text = NULL;

  if (reading && total > 0)
    text = g_strdup_printf (ngettext ("Reading page %u of %u", "Reading page %u of %u", total), MIN (done + 1, total),
                            total);
  emend_status_bar_set_activity (self->status, text);
  emend_review_page_update_actions (self);
}

static void
all_read_cb (EmendReviewPage *self,
             guint n_failed)
{
  g_autofree char *text = NULL;

  if (n_failed > 0)
    text = g_strdup_printf (ngettext ("%u page could not be read.", "%u pages could not be read.", n_failed), n_failed);
  emend_review_page_tell (self, text != NULL ? text : _ ("All pages are read."));
}

/* A key that types nothing belongs to the form wherever the focus is, but for another window's entries. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        EmendReviewPage *self)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean on_canvas = focus == GTK_WIDGET (self->canvas);
  gboolean in_form = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->form));

  if (!emend_form_is_used (self->form) || (!on_canvas && !in_form))
    return GDK_EVENT_PROPAGATE;
  emend_review_note_activity (self->review);
  if (keyval == GDK_KEY_F7 && modifiers == 0 && self->table == NULL) {
    emend_review_page_draw_table (self, emend_form_find_table (self->form));
    return GDK_EVENT_STOP;
  }
  if (on_canvas && self->table != NULL)
    return emend_review_page_table_key (self, keyval, modifiers) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
  if (on_canvas && modifiers == 0 && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)) {
    emend_form_grab_focus (self->form);
    emend_form_confirm (self->form, FALSE);
    return GDK_EVENT_STOP;
  }
  /* On the page the arrows move what is selected there. */
  if (on_canvas && modifiers == 0 && keyval != GDK_KEY_F3 && keyval != GDK_KEY_F8)
    return GDK_EVENT_PROPAGATE;
  return emend_form_handle_key (self->form, keyval, modifiers) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

/* Pages that are read from now on; what was read stays. */
static void
language_cb (EmendDocument *document,
             const char *key,
             GSettings *settings)
{
  g_autofree char *language = g_settings_get_string (settings, key);

  emend_document_set_language (document, language);
}

/**
 * emend_review_page_set_up_document:
 * @self: a new review page with its review and settings
 *
 * Makes what documents need; it does nothing as long as the project asks for no fields.
 */
void
emend_review_page_set_up_document (EmendReviewPage *self)
{
  g_autofree char *language = g_settings_get_string (self->settings, "ocr-language");
  g_autoptr (EmendPageReader) reader = emend_page_reader_new (language);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->document = emend_document_new (self->review, reader);
  g_signal_connect_object (self->settings, "changed::ocr-language", G_CALLBACK (language_cb), self->document,
                           G_CONNECT_SWAPPED);
  self->learner = emend_field_learner_new (self->review);
  emend_form_set_review (self->form, self->review, self->document);
  g_signal_connect_object (self->document, "words-changed", G_CALLBACK (words_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->review, "found", G_CALLBACK (show_found), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "all-read", G_CALLBACK (all_read_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "words-taken", G_CALLBACK (emend_canvas_set_taken), self->canvas,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "show-rect", G_CALLBACK (show_rect_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "told", G_CALLBACK (emend_review_page_tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "words-taken", G_CALLBACK (words_taken_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "region-drawn", G_CALLBACK (region_drawn_cb), self, G_CONNECT_SWAPPED);
  emend_review_page_set_up_tables (self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * emend_review_page_show_side:
 * @self: a review page whose project is known
 *
 * Shows the form where the project asks for fields, and the list of marks where it has labels.
 */
void
emend_review_page_show_side (EmendReviewPage *self)
{
  EmendSchema *schema = emend_review_get_schema (self->review);
  gboolean has_fields = emend_form_is_used (self->form);
  gboolean has_labels = FALSE;

  for (gsize i = 0; i < emend_schema_get_n_labels (schema); i++)
    has_labels = has_labels || !emend_schema_get_label (schema, i)->retired;
  gtk_widget_set_visible (GTK_WIDGET (self->form), has_fields);
  gtk_widget_set_visible (GTK_WIDGET (self->inspector), has_labels || !has_fields);
  emend_canvas_set_document (self->canvas, has_fields);
}

static void
answer_cb (int answer,
           gboolean remember,
           gpointer data)
{
  g_autoptr (EmendReviewPage) self = data;

  if (answer == 0 || answer == 1)
    emend_review_done (self->review, answer == 0);
}

static void
sure_cb (int answer,
         gboolean remember,
         gpointer data)
{
  g_autoptr (EmendReviewPage) self = data;

  if (answer == 0)
    emend_review_done (self->review, FALSE);
}

/**
 * emend_review_page_finish_document:
 * @self: a review page
 *
 * The document is done. Where something is undecided or does not hold, it is asked about first.
 */
void
emend_review_page_finish_document (EmendReviewPage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *objection = emend_form_get_objection (self->form);
  guint n = emend_review_count_undecided (self->review);
  const char *const answers[] = { _ ("_Accept the Rest"), _ ("_Leave Open"), _ ("_Cancel"), NULL };
  const char *const sure[] = { _ ("_Done All the Same"), _ ("_Cancel"), NULL };

  if (!emend_review_is_writable (self->review) || (n == 0 && objection == NULL)) {
    emend_review_done (self->review, FALSE);
    return;
  }
  if (n > 0) {
    g_autofree char *heading = g_strdup_printf (ngettext ("%u proposal is undecided", "%u proposals are undecided", n),
                                                n);

    emend_question_ask (window, heading,
                        objection != NULL ? objection :
                                            _ ("The document becomes done. What is left open can be decided later."),
                        answers, FALSE, answer_cb, g_object_ref (self));
    return;
  }
  emend_question_ask (window, _ ("Something is not right yet"), objection, sure, FALSE, sure_cb, g_object_ref (self));
}
