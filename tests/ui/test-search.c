/* The search in the words of all pages, and what it shows on the page. */
#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <adwaita.h>

#include "emend-canvas-private.h"
#include "emend-image.h"
#include "emend-review-page.h"
#include "emend-search-window.h"
#include "emend-settings.h"
#include "emend-word-search.h"
#include "ui-fixture.h"

/* A window over the project of the fixture, of which the first page and the third of the second item are read. */
typedef struct {
  UiFixture ui;
  GtkWindow *window; /* (nullable): once it is closed */
  GListModel *hits;  /* kept by the list */
  gboolean is_written;
} Shown;

/* What is to be found more often than is shown. */
#define N_MANY 600

static EmendWords *
make_words (const char *text)
{
  EmendWords *words = emend_words_new (400, 300, "test", "eng");
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    emend_words_add (words, parts[i], &(EmendRect){ 10 + 40 * i, 20, 30, 10 }, 1, 0);
  return words;
}

static EmendWords *
make_many (void)
{
  EmendWords *words = emend_words_new (400, 300, "test", "eng");

  for (int i = 0; i < N_MANY; i++)
    emend_words_add (words, "many", &(EmendRect){ 10, 10 + i / 10.0, 30, 10 }, 1, (guint) i);
  return words;
}

static gboolean
keep (EmendProject *project,
      gint64 id,
      int page,
      EmendWords *words,
      GError **error)
{
  g_autoptr (GPtrArray) items = emend_project_load_items (project, &id, 1, error);

  return items != NULL &&
         emend_project_store_words (project, &((EmendItem *) g_ptr_array_index (items, 0))->sha256, page, words, error);
}

static gpointer
keep_worker (EmendProject *project,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (EmendWords) first = make_words ("Grand Total 12.50 <b> & Total \u0641\u0627\u062a\u0648\u0631\u0629");
  g_autoptr (EmendWords) third = make_words ("One K\u00f6ln Totally");
  g_autoptr (EmendWords) many = make_many ();

  return GINT_TO_POINTER (keep (project, 1, 0, first, error) && keep (project, 2, 2, third, error) &&
                          keep (project, 2, 1, many, error));
}

static void
kept_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (emend_store_run_finish (EMEND_STORE (source), result, &error) != NULL);
  g_assert_no_error (error);
  ((Shown *) data)->is_written = TRUE;
}

static gboolean
is_written (UiFixture *fixture)
{
  return ((Shown *) fixture)->is_written;
}

static GtkWidget *
find_widget (GtkWidget *widget,
             GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);
  return found;
}

static GtkWidget *
find (Shown *shown,
      GType type)
{
  return find_widget (GTK_WIDGET (shown->window), type);
}

/* Whether a label with this text can be seen. */
static gboolean
is_told (GtkWidget *widget,
         const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (is_told (child, text))
      return TRUE;
  }
  return FALSE;
}

static guint
count_hits (UiFixture *fixture)
{
  return g_list_model_get_n_items (((Shown *) fixture)->hits);
}

static gboolean
has_three (UiFixture *fixture)
{
  return count_hits (fixture) == 3;
}

static gboolean
has_one (UiFixture *fixture)
{
  return count_hits (fixture) == 1;
}

static gboolean
has_found_nothing (UiFixture *fixture)
{
  GtkStack *stack = GTK_STACK (find ((Shown *) fixture, GTK_TYPE_STACK));

  return count_hits (fixture) == 0 && g_str_equal (gtk_stack_get_visible_child_name (stack), "nothing");
}

static gboolean
has_many (UiFixture *fixture)
{
  return count_hits (fixture) > 3;
}

static gboolean
is_at_third_page (UiFixture *fixture)
{
  const EmendPage *page = emend_review_get_page (fixture->review);

  return emend_review_get_item (fixture->review)->id == 2 && page != NULL && page->number == 2;
}

static gboolean
is_first_item (UiFixture *fixture)
{
  return emend_review_get_item (fixture->review)->id == 1;
}

static void
type (Shown *shown,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (shown, GTK_TYPE_SEARCH_ENTRY)), text);
}

static void
open_hit (Shown *shown,
          guint position)
{
  g_signal_emit_by_name (find (shown, GTK_TYPE_LIST_VIEW), "activate", position);
}

static void
set_up (Shown *shown,
        gconstpointer data)
{
  ui_fixture_set_up (&shown->ui, NULL);
  emend_store_run_async (shown->ui.store, keep_worker, NULL, NULL, NULL, NULL, kept_cb, shown);
  ui_fixture_wait (&shown->ui, is_written);
  shown->window = emend_search_window_new (NULL, shown->ui.review);
  gtk_window_present (shown->window);
  shown->hits = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (find (shown, GTK_TYPE_LIST_VIEW))));
}

static void
tear_down (Shown *shown,
           gconstpointer data)
{
  if (shown->window != NULL)
    gtk_window_destroy (shown->window);
  ui_fixture_wait (&shown->ui, ui_fixture_is_saved);
  ui_fixture_tear_down (&shown->ui, NULL);
}

/* A place opens its item at its page; what was found is forgotten with the window. */
static void
test_activate (Shown *shown,
               gconstpointer data)
{
  g_autoptr (GObject) hit = NULL;
  g_autofree char *excerpt = NULL;

  type (shown, "TOTA");
  ui_fixture_wait (&shown->ui, has_three);
  g_assert_true (is_told (GTK_WIDGET (shown->window), "Places: 3 · Pages: 2"));
  g_assert_true (is_told (GTK_WIDGET (shown->window),
                          "2 of 5 pages are not read yet, so that nothing is found there."));
  hit = g_list_model_get_item (shown->hits, 0);
  g_object_get (hit, "excerpt", &excerpt, NULL);
  g_assert_cmpstr (excerpt, ==, "Grand <b>Total</b> 12.50 &lt;b&gt; &amp; Total \u0641\u0627\u062a\u0648\u0631\u0629");
  open_hit (shown, 2);
  ui_fixture_wait (&shown->ui, is_at_third_page);
  g_assert_cmpstr (emend_review_get_question (shown->ui.review), ==, "TOTA");
  g_assert_cmpint (emend_review_take_found_word (shown->ui.review), ==, 2);
  g_assert_cmpint (emend_review_take_found_word (shown->ui.review), ==, -1);
  gtk_window_destroy (g_steal_pointer (&shown->window));
  g_assert_null (emend_review_get_question (shown->ui.review));
}

/* Enter does not have to wait for the answer, and the answer to what was asked before is not taken for it. */
static void
test_enter (Shown *shown,
            gconstpointer data)
{
  ui_fixture_wait (&shown->ui, ui_fixture_is_saved); /* it is there, but the window may not have been told yet */
  type (shown, "ko\u0308l");
  g_signal_emit_by_name (find (shown, GTK_TYPE_SEARCH_ENTRY), "activate");
  ui_fixture_wait (&shown->ui, is_at_third_page);
  g_assert_cmpint (emend_review_take_found_word (shown->ui.review), ==, 1);
}

/* Asking again, what is typed takes the place of what was asked. */
static void
test_again (Shown *shown,
            gconstpointer data)
{
  GtkEditable *entry = GTK_EDITABLE (find (shown, GTK_TYPE_SEARCH_ENTRY));
  int start;
  int end;

  type (shown, "total");
  ui_fixture_wait (&shown->ui, has_three);
  gtk_widget_grab_focus (find (shown, GTK_TYPE_LIST_VIEW));
  g_assert_false (gtk_widget_is_ancestor (gtk_window_get_focus (shown->window), GTK_WIDGET (entry)));
  emend_search_window_ask (EMEND_SEARCH_WINDOW (shown->window));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (shown->window), GTK_WIDGET (entry)));
  g_assert_true (gtk_editable_get_selection_bounds (entry, &start, &end));
  g_assert_cmpint (end - start, ==, 5);
}

/* Enter is for what stood in the entry then: who types on opens nothing. */
static void
test_enter_and_type (Shown *shown,
                     gconstpointer data)
{
  type (shown, "ko\u0308l");
  g_signal_emit_by_name (find (shown, GTK_TYPE_SEARCH_ENTRY), "activate");
  type (shown, "totally");
  g_signal_emit_by_name (find (shown, GTK_TYPE_SEARCH_ENTRY), "search-changed");
  ui_fixture_wait (&shown->ui, has_one);
  ui_fixture_wait (&shown->ui, ui_fixture_is_saved);
  g_assert_true (is_first_item (&shown->ui));
}

/* What has a meaning in the language of queries is only looked for. */
static void
test_odd (Shown *shown,
          gconstpointer data)
{
  static const char *const odd[] = { "\"", "total OR", "NEAR(", "* -", "a AND \" '", "^{}:+" };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++) {
    type (shown, "total");
    ui_fixture_wait (&shown->ui, has_three);
    type (shown, odd[i]);
    ui_fixture_wait (&shown->ui, has_found_nothing);
    g_assert_true (is_told (GTK_WIDGET (shown->window), "Nothing Found"));
  }
}

static void
test_cut (Shown *shown,
          gconstpointer data)
{
  type (shown, "man");
  ui_fixture_wait (&shown->ui, has_many);
  g_assert_cmpuint (count_hits (&shown->ui), ==, 500);
  g_assert_true (is_told (GTK_WIDGET (shown->window), "Only the first 500 places are shown. Type more to find less."));
}

static void
test_right_to_left (Shown *shown,
                    gconstpointer data)
{
  g_autoptr (GObject) hit = NULL;
  g_autofree char *excerpt = NULL;

  type (shown, "\u0641\u0627\u062a\u0648");
  ui_fixture_wait (&shown->ui, has_one);
  hit = g_list_model_get_item (shown->hits, 0);
  g_object_get (hit, "excerpt", &excerpt, NULL);
  g_assert_cmpstr (excerpt, ==, "Total 12.50 &lt;b&gt; &amp; Total <b>\u0641\u0627\u062a\u0648\u0631\u0629</b>");
}

static gboolean
is_marked (UiFixture *fixture)
{
  EmendCanvas *canvas = g_object_get_data (G_OBJECT (fixture->review), "canvas");

  return canvas->found != NULL;
}

static gboolean
is_not_marked (UiFixture *fixture)
{
  return !is_marked (fixture);
}

static int
first_mark_x (Shown *shown)
{
  EmendCanvas *canvas = g_object_get_data (G_OBJECT (shown->ui.review), "canvas");

  return (int) g_array_index (canvas->found, EmendRect, 0).x;
}

/* Found words are marked on the page of a project that asks for no field, too, and only on their item. */
static void
test_marked (Shown *shown,
             gconstpointer data)
{
  g_autoptr (GSettings) settings = emend_settings_new ();
  g_autoptr (EmendPictureCache) pictures = emend_picture_cache_new ();
  g_autoptr (EmendThumbnailer) thumbnailer = emend_thumbnailer_new (shown->ui.folder);
  g_autoptr (GtkWidget) page = g_object_ref_sink (
    emend_review_page_new (shown->ui.review, settings, pictures, thumbnailer));

  g_object_set_data (G_OBJECT (shown->ui.review), "canvas", emend_review_page_get_canvas (EMEND_REVIEW_PAGE (page)));
  type (shown, "total");
  ui_fixture_wait (&shown->ui, has_three);
  g_assert_true (is_not_marked (&shown->ui));
  open_hit (shown, 0);
  ui_fixture_wait (&shown->ui, is_marked);
  g_assert_cmpint (first_mark_x (shown), ==, 50);
  open_hit (shown, 2);
  ui_fixture_wait (&shown->ui, is_at_third_page);
  ui_fixture_wait (&shown->ui, is_marked);
  g_assert_cmpint (first_mark_x (shown), ==, 90);
  emend_review_open (shown->ui.review, 1);
  ui_fixture_wait (&shown->ui, is_first_item);
  ui_fixture_wait (&shown->ui, is_not_marked);
  open_hit (shown, 0);
  ui_fixture_wait (&shown->ui, is_marked);
  gtk_window_destroy (g_steal_pointer (&shown->window));
  g_assert_true (is_not_marked (&shown->ui));
}

#define ADD(name, func) g_test_add ("/ui/search/" name, Shown, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  emend_media_init (64 * 1024 * 1024);
  ADD ("activate", test_activate);
  ADD ("enter", test_enter);
  ADD ("again", test_again);
  ADD ("enter/type", test_enter_and_type);
  ADD ("odd", test_odd);
  ADD ("cut", test_cut);
  ADD ("right-to-left", test_right_to_left);
  ADD ("marked", test_marked);
  return g_test_run ();
}
