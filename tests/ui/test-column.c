#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>
#include <string.h>

#include <adwaita.h>

#include "emend-column-list.h"
#include "emend-column-window.h"
#include "emend-image.h"
#include "emend-import.h"
#include "emend-test.h"
#include "ui-fixture.h"

#define N_ITEMS 40

/* Numbers of the fields. */
enum {
  TOTAL = 1,
  NOTE,
  SECRET,
  DATE,
};

/* A column over a project of its own. */
typedef struct {
  UiFixture ui;
  EmendColumnModel *model;
  EmendColumnEntry *first; /* kept by the model */
  gboolean is_listed;
} Column;

static EmendSchema *
make_schema (void)
{
  EmendSchema *schema = emend_schema_new ();
  EmendField *note = emend_field_new (0, "note", EMEND_FIELD_TEXT);
  EmendField *secret = emend_field_new (0, "secret", EMEND_FIELD_TEXT);

  note->repeatable = TRUE;
  secret->blind = TRUE;
  g_assert_cmpint (emend_schema_add_field (schema, emend_field_new (0, "total", EMEND_FIELD_AMOUNT)), ==, TOTAL);
  g_assert_cmpint (emend_schema_add_field (schema, note), ==, NOTE);
  g_assert_cmpint (emend_schema_add_field (schema, secret), ==, SECRET);
  g_assert_cmpint (emend_schema_add_field (schema, emend_field_new (0, "date", EMEND_FIELD_DATE)), ==, DATE);
  return schema;
}

static void
new_item_free (EmendNewItem *item)
{
  emend_item_free (item->item);
  g_free (item);
}

static void
add_items (EmendProject *project)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) new_item_free);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < N_ITEMS; i++) {
    EmendNewItem *item = g_new0 (EmendNewItem, 1);

    item->item = emend_item_new ();
    item->item->path = g_strdup_printf ("%02d.png", i);
    item->item->width = 400;
    item->item->height = 300;
    item->item->size = 1;
    g_ptr_array_add (items, item);
  }
  emend_project_add_items (project, items, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
add_value (EmendImport *import,
           gint64 item,
           int field,
           const char *text,
           double score)
{
  g_autoptr (EmendProposal) proposal = emend_proposal_new ();
  g_autoptr (GError) error = NULL;

  proposal->item = item;
  proposal->label = field;
  proposal->score = score;
  proposal->value = emend_value_new (text);
  emend_shape_init_box (&proposal->shape, &(EmendRect){ 20, 30, 60, 12 });
  emend_import_add (import, proposal, &error);
  g_assert_no_error (error);
}

/* Totals 40.00 down to 1.00 of confidences that rise with the item; that of item 7 is no amount. One note and one date
 * of item 1. */
static void
add_values (EmendProject *project)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;
  g_autoptr (GError) error = NULL;

  run->name = g_strdup ("model");
  import = emend_import_begin (project, run, &error);
  g_assert_no_error (error);
  for (int i = 1; i <= N_ITEMS; i++) {
    g_autofree char *text = i == 7 ? g_strdup ("seven") : g_strdup_printf ("%d.00", N_ITEMS + 1 - i);

    add_value (import, i, TOTAL, text, i / 100.0);
  }
  add_value (import, 1, NOTE, "paid", NAN);
  add_value (import, 1, DATE, "09/02/2020", NAN);
  emend_import_finish (import, &error);
  g_assert_no_error (error);
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  Column *column = data;
  g_autoptr (GError) error = NULL;

  column->ui.store = emend_store_open_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
is_open (UiFixture *fixture)
{
  return fixture->store != NULL;
}

static gboolean
has_facts (UiFixture *fixture)
{
  return emend_review_get_info (fixture->review) != NULL && emend_review_get_item (fixture->review) != NULL;
}

static gboolean
is_listed (UiFixture *fixture)
{
  return ((Column *) fixture)->is_listed;
}

static void
listed_cb (Column *column,
           const GError *error)
{
  g_assert_no_error (error);
  column->is_listed = TRUE;
}

static EmendColumnEntry *
entry_at (Column *column,
          guint index)
{
  g_autoptr (EmendColumnEntry) entry = g_list_model_get_item (G_LIST_MODEL (column->model), index);

  return entry; /* the model keeps it */
}

static gboolean
is_known (UiFixture *fixture)
{
  return emend_column_entry_get_proposal (((Column *) fixture)->first) != NULL;
}

static void
show_field (Column *column,
            int field)
{
  column->is_listed = FALSE;
  emend_column_model_set_field (column->model, field);
  ui_fixture_wait (&column->ui, is_listed);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (column->model)); i++)
    entry_at (column, i);
  column->first = entry_at (column, 0);
  ui_fixture_wait (&column->ui, is_known);
}

static void
set_up (Column *column,
        gconstpointer data)
{
  UiFixture *fixture = &column->ui;
  g_autoptr (EmendSchema) schema = make_schema ();
  g_autoptr (GError) error = NULL;
  EmendProject *project;

  fixture->folder = emend_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "p.emend", NULL);
  project = emend_project_create (fixture->path, "Receipts", schema, "Ada", &error);
  g_assert_no_error (error);
  add_items (project);
  add_values (project);
  emend_project_close (project);
  emend_store_open_async (fixture->path, data != NULL ? EMEND_PROJECT_READ_ONLY : 0, "Ada", NULL, opened_cb, column);
  ui_fixture_wait (fixture, is_open);
  fixture->review = emend_review_new (fixture->store);
  emend_review_start (fixture->review, NULL);
  ui_fixture_wait (fixture, has_facts);
  column->model = emend_column_model_new (fixture->review);
  g_signal_connect_swapped (column->model, "listed", G_CALLBACK (listed_cb), column);
  show_field (column, TOTAL);
}

static void
tear_down (Column *column,
           gconstpointer data)
{
  ui_fixture_wait (&column->ui, ui_fixture_is_saved);
  g_assert_finalize_object (column->model);
  ui_fixture_tear_down (&column->ui, data);
}

static EmendVerdict
verdict_at (Column *column,
            guint index)
{
  return emend_column_entry_get_verdict (entry_at (column, index));
}

static void
test_rows (Column *column,
           gconstpointer data)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (column->model)), ==, N_ITEMS);
  g_assert_cmpstr (emend_column_entry_get_text (entry_at (column, 0)), ==, "40.00");
  g_assert_cmpstr (emend_column_entry_get_proposal (entry_at (column, 39))->path, ==, "39.png");
  g_assert_nonnull (emend_column_entry_get_problem (entry_at (column, 6)));
  g_assert_null (emend_column_entry_get_problem (entry_at (column, 5)));
}

/* A screenful is one step; what is marked, typed or wrong is not touched. */
static void
test_accept (Column *column,
             gconstpointer data)
{
  EmendColumnTally tally;

  emend_column_model_leave_out (column->model, 1);
  emend_column_entry_set_draft (entry_at (column, 2), "38.50");
  emend_column_model_tally (column->model, 0, 9, &tally);
  g_assert_cmpuint (tally.n_accepted, ==, 7);
  g_assert_true (emend_column_model_accept (column->model, 0, 9, &tally));
  g_assert_cmpuint (tally.n_accepted, ==, 7);
  g_assert_cmpuint (tally.n_left_out, ==, 1);
  g_assert_cmpuint (tally.n_drafts, ==, 1);
  g_assert_cmpuint (tally.n_problems, ==, 1);
  g_assert_cmpint (verdict_at (column, 0), ==, EMEND_VERDICT_ACCEPTED);
  g_assert_true (emend_review_is_saving (column->ui.review));
  ui_fixture_wait (&column->ui, ui_fixture_is_saved);
  g_assert_cmpint (emend_review_get_info (column->ui.review)->n_accepted, ==, 7);
  for (guint i = 1; i <= 2; i++)
    g_assert_cmpint (verdict_at (column, i), ==, EMEND_VERDICT_NONE);
  g_assert_cmpint (verdict_at (column, 6), ==, EMEND_VERDICT_NONE);
  g_assert_false (emend_column_model_accept (column->model, 0, 9, &tally));
  emend_review_step_in_place (column->ui.review, FALSE);
  ui_fixture_wait (&column->ui, ui_fixture_is_saved);
  g_assert_cmpint (emend_review_get_info (column->ui.review)->n_accepted, ==, 0);
  g_assert_cmpint (verdict_at (column, 0), ==, EMEND_VERDICT_NONE);
  g_assert_cmpint (emend_review_get_item (column->ui.review)->id, ==, 1);
}

static void
test_accept_one (Column *column,
                 gconstpointer data)
{
  emend_column_model_leave_out (column->model, 0);
  g_assert_true (emend_column_model_accept_one (column->model, 0));
  g_assert_false (emend_column_entry_is_left_out (entry_at (column, 0)));
  g_assert_false (emend_column_model_accept_one (column->model, 6));
  ui_fixture_wait (&column->ui, ui_fixture_is_saved);
  g_assert_cmpint (verdict_at (column, 0), ==, EMEND_VERDICT_ACCEPTED);
  g_assert_cmpint (emend_review_get_info (column->ui.review)->n_accepted, ==, 1);
}

static void
test_correct (Column *column,
              gconstpointer data)
{
  const EmendAnnotation *annotation;

  g_assert_false (emend_column_model_correct (column->model, 0, "forty"));
  g_assert_false (emend_column_model_correct (column->model, 0, "  "));
  g_assert_true (emend_column_model_correct (column->model, 0, " 41.00 "));
  g_assert_cmpint (verdict_at (column, 0), ==, EMEND_VERDICT_CORRECTED);
  g_assert_true (emend_column_model_correct (column->model, 1, "39.00"));
  g_assert_true (emend_column_model_correct (column->model, 6, "34.00"));
  ui_fixture_wait (&column->ui, ui_fixture_is_saved);
  annotation = emend_column_entry_get_proposal (entry_at (column, 0))->mark->annotation;
  g_assert_cmpstr (annotation->value->value, ==, "41.00");
  g_assert_cmpstr (annotation->value->text, ==, "40.00"); /* as it is printed */
  g_assert_cmpfloat (annotation->shape.box.x, ==, 20);
  g_assert_cmpint (verdict_at (column, 1), ==, EMEND_VERDICT_ACCEPTED);
  g_assert_null (emend_column_entry_get_problem (entry_at (column, 6)));
}

static const EmendValue *
value_at (Column *column,
          guint index)
{
  return emend_mark_get_value (emend_column_entry_get_proposal (entry_at (column, index))->mark);
}

/* A date that a person read the other way round stays so, also when it is corrected here. */
static void
test_date_order (Column *column,
                 gconstpointer data)
{
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_decision_free);
  EmendDecision *decision = emend_decision_new (EMEND_DECISION_CORRECT, 1);

  show_field (column, DATE);
  decision->proposal = emend_column_entry_get_proposal (column->first)->mark->proposal->id;
  decision->label = DATE;
  decision->sets = EMEND_DECISION_SETS_VALUE;
  decision->value = emend_value_copy (value_at (column, 0));
  decision->value->date_order = EMEND_DATE_MDY;
  g_ptr_array_add (decisions, decision);
  g_assert_true (emend_review_decide_all (column->ui.review, decisions));
  ui_fixture_wait (&column->ui, ui_fixture_is_saved);
  g_assert_nonnull (strstr (emend_column_entry_get_spelled (column->first), "September"));
  g_assert_true (emend_column_model_correct (column->model, 0, "10/02/2020"));
  g_assert_nonnull (strstr (emend_column_entry_get_spelled (column->first), "October"));
  ui_fixture_wait (&column->ui, ui_fixture_is_saved);
  g_assert_cmpstr (value_at (column, 0)->normal, ==, "2020-10-02");
  g_assert_cmpint (value_at (column, 0)->date_order, ==, EMEND_DATE_MDY);
}

/* Of a field that may repeat, one value is wrong; else the document has none. */
static void
test_absent (Column *column,
             gconstpointer data)
{
  g_assert_true (emend_column_model_set_absent (column->model, 0));
  g_assert_cmpint (verdict_at (column, 0), ==, EMEND_VERDICT_ABSENT);
  g_assert_null (emend_column_entry_get_text (entry_at (column, 0)));
  ui_fixture_wait (&column->ui, ui_fixture_is_saved);
  g_assert_cmpint (verdict_at (column, 0), ==, EMEND_VERDICT_ABSENT);
  show_field (column, NOTE);
  g_assert_true (emend_column_model_set_absent (column->model, 0));
  g_assert_cmpint (verdict_at (column, 0), ==, EMEND_VERDICT_REJECTED);
  ui_fixture_wait (&column->ui, ui_fixture_is_saved);
  g_assert_cmpint (verdict_at (column, 0), ==, EMEND_VERDICT_REJECTED);
}

static void
keep_error_cb (EmendReview *review,
               const GError *error,
               GError **kept)
{
  g_clear_error (kept);
  *kept = g_error_copy (error);
}

/* What could not be recorded is not shown as decided: the document got a total of its own meanwhile. */
static void
test_refused (Column *column,
              gconstpointer data)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_decision_free);
  EmendDecision *decision = emend_decision_new (EMEND_DECISION_ADD, 1);
  g_autoptr (GError) error = NULL;
  EmendColumnTally tally;

  g_signal_connect (column->ui.review, "failed", G_CALLBACK (keep_error_cb), &error);
  decision->label = TOTAL;
  decision->sets = EMEND_DECISION_SETS_VALUE;
  decision->value = emend_value_new ("12.00");
  g_ptr_array_add (added, decision);
  g_assert_true (emend_review_decide_all (column->ui.review, added));
  g_assert_true (emend_column_model_accept (column->model, 0, 3, &tally));
  g_assert_cmpint (verdict_at (column, 3), ==, EMEND_VERDICT_ACCEPTED);
  ui_fixture_wait (&column->ui, ui_fixture_is_saved);
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
  for (guint i = 0; i <= 3; i++)
    g_assert_cmpint (verdict_at (column, i), ==, EMEND_VERDICT_NONE);
}

static void
count_told_cb (EmendReview *review,
               const char *text,
               gboolean can_undo,
               guint *n_told)
{
  (*n_told)++;
}

static void
test_read_only (Column *column,
                gconstpointer data)
{
  guint n_told = 0;
  EmendColumnTally tally;

  g_signal_connect (column->ui.review, "told", G_CALLBACK (count_told_cb), &n_told);
  g_assert_false (emend_column_model_accept (column->model, 0, 3, &tally));
  g_assert_false (emend_column_model_set_absent (column->model, 0));
  g_assert_false (emend_column_model_correct (column->model, 0, "1.00"));
  g_assert_cmpuint (n_told, ==, 3);
  g_assert_cmpint (verdict_at (column, 0), ==, EMEND_VERDICT_NONE);
}

/* The window, shown, with its list. */
typedef struct {
  Column column;
  GtkWindow *window;
  EmendColumnList *list;
} Shown;

static GtkWidget *
find_widget (GtkWidget *root,
             GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (root = gtk_widget_get_first_child (root); root != NULL; root = gtk_widget_get_next_sibling (root)) {
    GtkWidget *found = find_widget (root, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static guint
count_acceptable (Shown *shown)
{
  EmendColumnTally tally;

  emend_column_list_tally (shown->list, &tally);
  return tally.n_accepted;
}

static gboolean
is_shown (UiFixture *fixture)
{
  return count_acceptable ((Shown *) fixture) > 5;
}

static void
set_up_window (Shown *shown,
               gconstpointer data)
{
  set_up (&shown->column, data);
  shown->window = emend_column_window_new (NULL, shown->column.ui.review, NULL);
  gtk_window_set_default_size (shown->window, 1000, 600);
  gtk_window_present (shown->window);
  shown->list = EMEND_COLUMN_LIST (find_widget (GTK_WIDGET (shown->window), EMEND_TYPE_COLUMN_LIST));
  ui_fixture_wait (&shown->column.ui, is_shown);
}

static void
tear_down_window (Shown *shown,
                  gconstpointer data)
{
  ui_fixture_wait (&shown->column.ui, ui_fixture_is_saved);
  g_object_add_weak_pointer (G_OBJECT (shown->window), (gpointer *) &shown->window);
  gtk_window_destroy (shown->window);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_null (shown->window);
  tear_down (&shown->column, data);
}

static gboolean
press (Shown *shown,
       guint key,
       GdkModifierType modifiers)
{
  return emend_column_list_handle_key (shown->list, key, modifiers);
}

/* Enter accepts what is seen but for what is left out, and goes on behind it. */
static void
test_key_enter (Shown *shown,
                gconstpointer data)
{
  guint n = count_acceptable (shown);
  const EmendProjectInfo *info = emend_review_get_info (shown->column.ui.review);

  g_assert_cmpuint (n, <, N_ITEMS);
  g_assert_true (press (shown, GDK_KEY_space, 0));
  g_assert_cmpuint (count_acceptable (shown), ==, n - 1);
  g_assert_true (press (shown, GDK_KEY_Return, 0));
  /* One row is wrong and not counted in n. */
  g_assert_cmpuint (emend_column_list_get_current (shown->list), ==, n + 1);
  ui_fixture_wait (&shown->column.ui, ui_fixture_is_saved);
  g_assert_cmpint (info->n_accepted, ==, n - 1);
  ui_fixture_wait (&shown->column.ui, is_shown);
  emend_column_list_step (shown->list, FALSE);
  ui_fixture_wait (&shown->column.ui, ui_fixture_is_saved);
  g_assert_cmpint (info->n_accepted, ==, 0);
  g_assert_cmpuint (emend_column_list_get_current (shown->list), ==, 1);
}

static void
test_key_single (Shown *shown,
                 gconstpointer data)
{
  g_assert_true (press (shown, GDK_KEY_Delete, 0));
  g_assert_true (press (shown, GDK_KEY_Return, GDK_CONTROL_MASK));
  g_assert_cmpuint (emend_column_list_get_current (shown->list), ==, 2);
  ui_fixture_wait (&shown->column.ui, ui_fixture_is_saved);
  g_assert_cmpint (verdict_at (&shown->column, 0), ==, EMEND_VERDICT_ABSENT);
  g_assert_cmpint (verdict_at (&shown->column, 1), ==, EMEND_VERDICT_ACCEPTED);
  g_assert_false (press (shown, GDK_KEY_Down, 0));
  g_assert_false (press (shown, GDK_KEY_z, GDK_CONTROL_MASK));
}

/* A character begins to correct; the entry has the keys then. */
static void
test_key_edit (Shown *shown,
               gconstpointer data)
{
  GtkWidget *entry;

  g_assert_true (press (shown, GDK_KEY_4, 0));
  entry = find_widget (GTK_WIDGET (shown->list), GTK_TYPE_ENTRY);
  g_assert_nonnull (entry);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "4");
  g_assert_false (press (shown, GDK_KEY_Delete, 0));
  gtk_editable_set_text (GTK_EDITABLE (entry), "44.00");
  g_signal_emit_by_name (entry, "activate");
  g_assert_null (find_widget (GTK_WIDGET (shown->list), GTK_TYPE_ENTRY));
  g_assert_cmpuint (emend_column_list_get_current (shown->list), ==, 1);
  ui_fixture_wait (&shown->column.ui, ui_fixture_is_saved);
  g_assert_cmpint (verdict_at (&shown->column, 0), ==, EMEND_VERDICT_CORRECTED);
}

/* What is typed and not confirmed is lost only by who closes twice. */
static void
test_close (Shown *shown,
            gconstpointer data)
{
  gboolean stays = FALSE;

  g_assert_true (press (shown, GDK_KEY_4, 0));
  g_signal_emit_by_name (shown->window, "close-request", &stays);
  g_assert_true (stays);
  g_signal_emit_by_name (shown->window, "close-request", &stays);
  g_assert_false (stays);
}

static gboolean
is_at_second (UiFixture *fixture)
{
  return emend_review_get_item (fixture->review)->id == 2;
}

static void
test_key_open (Shown *shown,
               gconstpointer data)
{
  emend_column_list_accept_screen (shown->list);
  emend_column_list_step (shown->list, FALSE);
  ui_fixture_wait (&shown->column.ui, ui_fixture_is_saved);
  g_assert_true (press (shown, GDK_KEY_Delete, 0));
  g_assert_true (press (shown, GDK_KEY_o, 0));
  ui_fixture_wait (&shown->column.ui, is_at_second);
}

/* A field that is typed blind is named, and shows no column of what it would give away. */
static void
test_blind (Shown *shown,
            gconstpointer data)
{
  GtkWidget *chooser = find_widget (GTK_WIDGET (shown->window), GTK_TYPE_DROP_DOWN);
  GtkWidget *stack = gtk_widget_get_ancestor (GTK_WIDGET (shown->list), GTK_TYPE_STACK);

  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "list");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chooser), 2);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "blind");
  g_assert_cmpuint (count_acceptable (shown), ==, 0);
}

#define ADD(name, data, func) g_test_add ("/ui/column-model/" name, Column, data, set_up, func, tear_down)
#define ADD_SHOWN(name, func) g_test_add ("/ui/column-window/" name, Shown, NULL, set_up_window, func, tear_down_window)

int
main (int argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  emend_media_init (64 * 1024 * 1024);
  ADD ("rows", NULL, test_rows);
  ADD ("accept", NULL, test_accept);
  ADD ("accept-one", NULL, test_accept_one);
  ADD ("correct", NULL, test_correct);
  ADD ("date-order", NULL, test_date_order);
  ADD ("absent", NULL, test_absent);
  ADD ("refused", NULL, test_refused);
  ADD ("read-only", "read-only", test_read_only);
  ADD_SHOWN ("keys/enter", test_key_enter);
  ADD_SHOWN ("keys/single", test_key_single);
  ADD_SHOWN ("keys/edit", test_key_edit);
  ADD_SHOWN ("keys/open", test_key_open);
  ADD_SHOWN ("blind", test_blind);
  ADD_SHOWN ("close", test_close);
  return g_test_run ();
}
