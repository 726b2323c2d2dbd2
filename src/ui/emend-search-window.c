#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-search-window.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "emend-count-text.h"
#include "emend-error-bar.h"
#include "emend-search-hit.h"

/* Whoever finds more has to say more of what is looked for. */
#define MAX_PLACES 500

struct _EmendSearchWindow {
  GtkWindow parent_instance;

  AdwWindowTitle *heading;
  GtkSearchEntry *entry;
  EmendErrorBar *error;
  GtkStack *stack;
  GtkListView *list;
  GtkLabel *status;
  GtkWidget *unread;
  GtkLabel *unread_text;

  GtkWindow *parent;   /* (nullable): weak: shows the documents */
  EmendReview *review; /* (nullable) */
  GListStore *hits;    /* (nullable) (element-type EmendSearchHit) */
  GCancellable *query; /* (nullable): what is being asked */
  char *asked;         /* (nullable): what was asked last */
  char *answered;      /* (nullable): what the list answers */
  gboolean open_first; /* once it is answered */
};

G_DEFINE_FINAL_TYPE (EmendSearchWindow, emend_search_window, GTK_TYPE_WINDOW)

static gboolean
is_blank (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  return *stripped == '\0';
}

static void
show_status (EmendSearchWindow *self,
             const EmendFound *found)
{
  guint n = found->places->len;
  g_autofree char *places = emend_count_to_text (n);
  g_autofree char *pages = emend_count_to_text (found->n_pages);
  g_autofree char *text = NULL;

  if (found->is_cut)
    text = g_strdup_printf (ngettext ("Only the first place is shown. Type more to find less.",
                                      "Only the first %u places are shown. Type more to find less.", n),
                            n);
  else if (n > 0)
    /* TRANSLATORS: what was found: a number of places, then the number of pages on which they are. */
    text = g_strdup_printf (_ ("Places: %s · Pages: %s"), places, pages);
  gtk_label_set_text (self->status, text != NULL ? text : "");
}

static void
show_unread (EmendSearchWindow *self,
             const EmendFound *found)
{
  gint64 n = found->n_all - found->n_read;
  g_autofree char *unread = emend_count_to_text ((guint64) MAX (n, 0));
  g_autofree char *all = emend_count_to_text ((guint64) found->n_all);
  g_autofree char *text = NULL;

  /* TRANSLATORS: how many pages are not read yet, then how many there are. */
  text = g_strdup_printf (ngettext ("%s of %s page is not read yet, so that nothing is found there.",
                                    "%s of %s pages are not read yet, so that nothing is found there.",
                                    (gulong) found->n_all),
                          unread, all);
  gtk_label_set_text (self->unread_text, text);
  gtk_widget_set_visible (self->unread, n > 0);
}

static void
activate_hit (EmendSearchWindow *self,
              guint position)
{
  g_autoptr (EmendSearchHit) hit = g_list_model_get_item (G_LIST_MODEL (self->hits), position);

  if (hit == NULL)
    return;
  emend_review_show_found (self->review, self->answered, emend_search_hit_get_item (hit),
                           emend_search_hit_get_page (hit), emend_search_hit_get_word (hit));
  if (self->parent != NULL)
    gtk_window_present (self->parent);
}

static void
fill (EmendSearchWindow *self,
      const EmendFound *found)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func (g_object_unref);
  const char *page = "list";

  for (guint i = 0; i < found->places->len; i++)
    g_ptr_array_add (hits, emend_search_hit_new (g_ptr_array_index (found->places, i)));
  g_list_store_splice (self->hits, 0, g_list_model_get_n_items (G_LIST_MODEL (self->hits)), hits->pdata, hits->len);
  if (is_blank (self->answered))
    page = "start";
  else if (hits->len == 0)
    page = "nothing";
  gtk_stack_set_visible_child_name (self->stack, page);
  show_status (self, found);
  show_unread (self, found);
  if (self->open_first)
    activate_hit (self, 0);
  self->open_first = FALSE;
}

/* What is asked of the project. */
typedef struct {
  EmendSearchWindow *window;
  GCancellable *cancellable;
  char *text;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->window);
  g_object_unref (question->cancellable);
  g_free (question->text);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
answered_cb (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (Question) question = data;
  EmendSearchWindow *self = question->window;
  g_autoptr (GError) error = NULL;
  EmendFound *found = emend_store_run_finish (EMEND_STORE (source), result, &error);

  /* An answer may have been under way when the next question was asked. */
  if (self->review != NULL && question->cancellable == self->query) {
    g_clear_object (&self->query);
    emend_error_bar_set_error (self->error, error);
    g_free (self->answered);
    self->answered = g_steal_pointer (&question->text);
    if (found != NULL)
      fill (self, found);
  }
  g_clear_pointer (&found, emend_found_free);
}

static gpointer
search_worker (EmendProject *project,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  return emend_word_search (project, data, MAX_PLACES, cancellable, error);
}

/* Asks anew; what was asked before is not wanted any more. */
static void
search (EmendSearchWindow *self)
{
  Question *question;

  if (self->review == NULL)
    return;
  g_cancellable_cancel (self->query);
  g_clear_object (&self->query);
  self->query = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->window = g_object_ref (self);
  question->cancellable = g_object_ref (self->query);
  question->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_free (self->asked);
  self->asked = g_strdup (question->text);
  emend_store_query_async (emend_review_get_store (self->review), search_worker, g_strdup (question->text), g_free,
                           (GDestroyNotify) emend_found_free, self->query, answered_cb, question);
}

/* It is told a moment after the last key, when Enter may have asked already. */
static void
changed_cb (EmendSearchWindow *self)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), self->asked) == 0)
    return;
  self->open_first = FALSE;
  search (self);
}

/* Enter before the answer is there waits for it. */
static void
entry_activate_cb (EmendSearchWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (self->query == NULL && g_strcmp0 (text, self->answered) == 0)
    activate_hit (self, 0);
  else {
    self->open_first = TRUE;
    search (self);
  }
}

static gboolean
entry_key_cb (EmendSearchWindow *self,
              guint keyval)
{
  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down) ||
      g_list_model_get_n_items (G_LIST_MODEL (self->hits)) == 0)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  return GDK_EVENT_STOP;
}

/* Pages may have been read meanwhile. Once the window is placed, it does not have to stay above the page. */
static void
active_cb (EmendSearchWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    gtk_window_set_transient_for (GTK_WINDOW (self), NULL);
  if (self->review != NULL && self->query == NULL && gtk_widget_get_visible (self->unread) &&
      gtk_window_is_active (GTK_WINDOW (self)))
    search (self);
}

static void
emend_search_window_dispose (GObject *object)
{
  EmendSearchWindow *self = EMEND_SEARCH_WINDOW (object);

  g_cancellable_cancel (self->query);
  g_clear_object (&self->query);
  g_clear_weak_pointer (&self->parent);
  if (self->review != NULL)
    emend_review_forget_found (self->review);
  g_clear_object (&self->review);
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_SEARCH_WINDOW);
  g_clear_object (&self->hits);
  g_clear_pointer (&self->asked, g_free);
  g_clear_pointer (&self->answered, g_free);
  G_OBJECT_CLASS (emend_search_window_parent_class)->dispose (object);
}

static void
emend_search_window_class_init (EmendSearchWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_search_window_dispose;
  g_type_ensure (EMEND_TYPE_ERROR_BAR);
  g_type_ensure (EMEND_TYPE_SEARCH_HIT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-search-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendSearchWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, EmendSearchWindow, entry);
  gtk_widget_class_bind_template_child (widget_class, EmendSearchWindow, error);
  gtk_widget_class_bind_template_child (widget_class, EmendSearchWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendSearchWindow, list);
  gtk_widget_class_bind_template_child (widget_class, EmendSearchWindow, status);
  gtk_widget_class_bind_template_child (widget_class, EmendSearchWindow, unread);
  gtk_widget_class_bind_template_child (widget_class, EmendSearchWindow, unread_text);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
emend_search_window_init (EmendSearchWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkSelectionModel *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->hits = g_list_store_new (EMEND_TYPE_SEARCH_HIT);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->hits))));
  gtk_list_view_set_model (self->list, selection);
  g_object_unref (selection);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (entry_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activate_hit), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
}

/**
 * emend_search_window_new:
 * @parent: (nullable): the window that shows the documents, with an action "read-pages"
 * @review: the work on a project whose facts are known
 *
 * It comes up over @parent and is not kept above it, so that a page can be looked at; who makes it closes it with the
 * project.
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWindow *
emend_search_window_new (GtkWindow *parent,
                         EmendReview *review)
{
  GtkApplication *application = parent != NULL ? gtk_window_get_application (parent) : NULL;
  EmendSearchWindow *self = g_object_new (EMEND_TYPE_SEARCH_WINDOW, "application", application, "transient-for",
                                          parent, NULL);

  g_set_weak_pointer (&self->parent, parent);
  self->review = g_object_ref (review);
  adw_window_title_set_subtitle (self->heading, emend_review_get_info (review)->name);
  if (G_IS_ACTION_GROUP (parent)) {
    gtk_widget_insert_action_group (GTK_WIDGET (self), "documents", G_ACTION_GROUP (parent));
    /* Reading begins or ends. */
    g_signal_connect_object (parent, "action-enabled-changed::read-pages", G_CALLBACK (search), self,
                             G_CONNECT_SWAPPED);
  }
  search (self);
  return GTK_WINDOW (self);
}

/**
 * emend_search_window_ask:
 * @self: a window
 *
 * Brings it to the front, ready for another question: what is typed takes the place of the last one.
 */
void
emend_search_window_ask (EmendSearchWindow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
  gtk_window_present (GTK_WINDOW (self));
}

/**
 * emend_search_window_get_review:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the work that it is part of
 */
EmendReview *
emend_search_window_get_review (EmendSearchWindow *self)
{
  return self->review;
}
