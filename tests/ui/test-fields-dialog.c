/* The dialog for fields and rules: what is typed reaches the project, and what is wrong does not. */
#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-checked-row.h"
#include "emend-field-column-row.h"
#include "emend-dialog-test.h"
#include "emend-draft-row.h"
#include "emend-error-bar.h"
#include "emend-field-pane.h"
#include "emend-fields-dialog.h"
#include "emend-fields-editor.h"
#include "emend-rule-pane.h"
#include "emend-test.h"

static GtkWidget *
find (GtkWindow *window,
      GType type)
{
  return emend_dialog_test_find (GTK_WIDGET (window), type);
}

static EmendFieldsEditor *
find_editor (GtkWindow *window)
{
  return EMEND_FIELDS_EDITOR (find (window, EMEND_TYPE_FIELDS_EDITOR));
}

static EmendFieldsDraft *
find_draft (GtkWindow *window)
{
  return emend_fields_editor_get_draft (find_editor (window));
}

static gpointer
peek (GListModel *list,
      guint position)
{
  g_autoptr (GObject) object = g_list_model_get_item (list, position);
  return object;
}

static GListModel *
fields_of (GtkWindow *window)
{
  return G_LIST_MODEL (emend_fields_draft_get_fields (find_draft (window)));
}

static GtkWidget *
find_by_title (GtkWidget *root,
               const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (root) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_by_title (child, title);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
type_into (GtkWidget *root,
           const char *title,
           const char *text)
{
  GtkWidget *row = find_by_title (root, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (emend_dialog_test_find (row, GTK_TYPE_ENTRY)), text);
}

static EmendSchema *
make_schema (EmendSchema *base)
{
  const char *const operands[] = { "net", NULL };
  EmendSchema *schema = emend_schema_copy (base);
  EmendField *table = emend_field_new (0, "lines", EMEND_FIELD_TABLE);

  emend_schema_add_field (schema, emend_field_new (0, "date", EMEND_FIELD_DATE));
  emend_schema_add_field (schema, emend_field_new (0, "net", EMEND_FIELD_AMOUNT));
  emend_schema_add_field (schema, emend_field_new (0, "total", EMEND_FIELD_AMOUNT));
  g_ptr_array_add (table->columns, emend_field_new (0, "price", EMEND_FIELD_AMOUNT));
  emend_schema_add_field (schema, table);
  emend_schema_add_rule (schema, emend_rule_new ("sum", EMEND_RULE_SUM, "total", operands));
  return schema;
}

static gpointer
schema_worker (EmendProject *project,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  if (data != NULL && !emend_project_set_schema (project, data, error))
    return NULL;
  return emend_schema_copy (emend_project_get_schema (project));
}

static void
schema_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(EmendSchema **) data = emend_store_run_finish (EMEND_STORE (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

/* The schema of the project, after it was given @schema when there is one. */
static EmendSchema *
exchange_schema (EmendDialogTest *test,
                 EmendSchema *schema)
{
  EmendSchema *now = NULL;

  emend_store_run_async (test->store, schema_worker, schema, NULL, (GDestroyNotify) emend_schema_unref, NULL, schema_cb,
                         &now);
  emend_dialog_test_wait_for (is_set, &now);
  return now;
}

static GtkWindow *
show_dialog (EmendDialogTest *test,
             EmendSchema **stored)
{
  g_autoptr (EmendSchema) schema = make_schema (test->schema);
  GtkWindow *window;

  *stored = exchange_schema (test, schema);
  window = emend_fields_dialog_new (NULL, test->store, *stored, NULL);
  gtk_window_present (window);
  return window;
}

static gboolean
is_unused (gpointer field)
{
  return !emend_field_draft_get_used (field);
}

static void
count_cb (gpointer object,
          guint *n)
{
  (*n)++;
}

static void
test_saves (EmendDialogTest *test,
            gconstpointer data)
{
  g_autoptr (EmendSchema) before = NULL;
  g_autoptr (EmendSchema) after = NULL;
  GtkWindow *window = show_dialog (test, &before);
  GtkWidget *editor = GTK_WIDGET (find_editor (window));
  GtkWidget *pane = find (window, EMEND_TYPE_FIELD_PANE);
  const EmendField *field;
  gpointer weak = window;
  guint n = 0;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  g_signal_connect (window, "saved", G_CALLBACK (count_cb), &n);
  gtk_widget_activate_action (editor, "fields.add-field", NULL);
  type_into (pane, "Name in Files", "iban");
  type_into (pane, "Title for People", "Account");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_by_title (pane, "Type")), EMEND_FIELD_CODE - 1);
  type_into (pane, "Pattern That the Whole Value Follows", "[A-Z]{2}[0-9]+");
  gtk_switch_set_active (GTK_SWITCH (emend_dialog_test_find (find_by_title (pane, "Blind Key"), GTK_TYPE_SWITCH)),
                         TRUE);
  gtk_widget_activate_action (GTK_WIDGET (window), "fields-dialog.save", NULL);
  emend_dialog_test_assert_gone (&weak);
  g_assert_cmpuint (n, ==, 1);
  after = exchange_schema (test, NULL);
  g_assert_cmpuint (emend_schema_get_version (after), ==, emend_schema_get_version (before) + 1);
  field = emend_schema_find_field_by_name (after, "iban");
  g_assert_nonnull (field);
  g_assert_cmpint (field->type, ==, EMEND_FIELD_CODE);
  g_assert_cmpstr (field->title, ==, "Account");
  g_assert_cmpstr (field->pattern, ==, "[A-Z]{2}[0-9]+");
  g_assert_true (field->blind);
  g_assert_cmpuint (emend_schema_get_n_labels (after), ==, emend_schema_get_n_labels (before));
  g_assert_cmpuint (emend_schema_get_n_rules (after), ==, 1);
}

/* What is wrong is shown where it is and not saved; closing then changes nothing. */
static void
test_refuses (EmendDialogTest *test,
              gconstpointer data)
{
  g_autoptr (EmendSchema) before = NULL;
  g_autoptr (EmendSchema) after = NULL;
  GtkWindow *window = show_dialog (test, &before);
  GtkWidget *pane = find (window, EMEND_TYPE_FIELD_PANE);
  GtkWidget *bar = find (window, EMEND_TYPE_ERROR_BAR);
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  emend_fields_editor_select (find_editor (window), peek (fields_of (window), 1));
  type_into (pane, "Greatest Value", "much");
  g_assert_nonnull (emend_dialog_test_find_label (pane, "“much” is not a number."));
  emend_fields_editor_select (find_editor (window), peek (fields_of (window), 0));
  gtk_widget_activate_action (GTK_WIDGET (window), "fields-dialog.save", NULL);
  g_assert_true (gtk_widget_get_visible (bar));
  g_assert_cmpstr (emend_error_bar_get_text (EMEND_ERROR_BAR (bar)), ==, "Field “net”: “much” is not a number.");
  /* It has gone to the field that is wrong. */
  g_assert_nonnull (emend_dialog_test_find_label (pane, "“much” is not a number."));
  type_into (pane, "Greatest Value", "12,5");
  g_assert_null (emend_dialog_test_find_label (pane, "“much” is not a number."));
  g_assert_false (gtk_widget_get_visible (bar));
  gtk_window_close (window);
  emend_dialog_test_assert_gone (&weak);
  after = exchange_schema (test, NULL);
  g_assert_cmpuint (emend_schema_get_version (after), ==, emend_schema_get_version (before));
}

static void
test_rows (EmendDialogTest *test,
           gconstpointer data)
{
  g_autoptr (EmendSchema) stored = NULL;
  GtkWindow *window = show_dialog (test, &stored);
  GListModel *fields = fields_of (window);
  GtkWidget *row = find (window, EMEND_TYPE_DRAFT_ROW);
  EmendFieldDraft *date = peek (fields, 0);

  g_assert_true (emend_draft_row_get_draft (EMEND_DRAFT_ROW (row)) == date);
  gtk_widget_activate_action (row, "draft.down", NULL);
  g_assert_true (peek (fields, 1) == date);
  row = find (window, EMEND_TYPE_DRAFT_ROW);
  gtk_widget_activate_action (row, "draft.up", NULL);
  g_assert_true (peek (fields, 1) == date);
  emend_dialog_test_wait_for (is_unused, date);
  gtk_widget_activate_action (row, "draft.remove", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (fields), ==, 3);
  g_assert_true (peek (fields, 0) == date);
  emend_dialog_test_show_and_destroy (window);
}

static void
test_columns (EmendDialogTest *test,
              gconstpointer data)
{
  g_autoptr (EmendSchema) stored = NULL;
  GtkWindow *window = show_dialog (test, &stored);
  EmendFieldDraft *table = peek (fields_of (window), 3);
  GtkWidget *pane = find (window, EMEND_TYPE_FIELD_PANE);
  GtkWidget *row;

  emend_dialog_test_wait_for (is_unused, table);
  emend_fields_editor_select (find_editor (window), table);
  gtk_widget_activate_action (pane, "field.add-column", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (emend_field_draft_get_columns (table)), ==, 2);
  row = emend_dialog_test_find (pane, EMEND_TYPE_FIELD_COLUMN_ROW);
  gtk_editable_set_text (GTK_EDITABLE (emend_dialog_test_find (row, GTK_TYPE_ENTRY)), "cost");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (emend_dialog_test_find (row, GTK_TYPE_DROP_DOWN)),
                              EMEND_FIELD_CHOICE - 1);
  /* A choice needs more than a row has room for. */
  gtk_widget_activate_action (row, "column.edit", NULL);
  gtk_text_buffer_set_text (
    gtk_text_view_get_buffer (GTK_TEXT_VIEW (emend_dialog_test_find (pane, GTK_TYPE_TEXT_VIEW))), "low\nhigh", -1);
  gtk_widget_activate_action (pane, "field.back", NULL);
  g_assert_cmpstr (
    emend_field_draft_get_text (peek (emend_field_draft_get_columns (table), 0), EMEND_FIELD_PART_CHOICES), ==,
    "low\nhigh");
  row = emend_dialog_test_find (pane, EMEND_TYPE_FIELD_COLUMN_ROW);
  gtk_widget_activate_action (row, "column.down", NULL);
  g_assert_cmpstr (emend_field_draft_get_title (peek (emend_field_draft_get_columns (table), 1)), ==, "cost");
  row = emend_dialog_test_find (pane, EMEND_TYPE_FIELD_COLUMN_ROW);
  gtk_widget_activate_action (row, "column.remove", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (emend_field_draft_get_columns (table)), ==, 1);
  emend_dialog_test_show_and_destroy (window);
}

static void
test_rule (EmendDialogTest *test,
           gconstpointer data)
{
  g_autoptr (EmendSchema) stored = NULL;
  GtkWindow *window = show_dialog (test, &stored);
  GtkWidget *editor = GTK_WIDGET (find_editor (window));
  GtkWidget *pane = find (window, EMEND_TYPE_RULE_PANE);
  GListModel *rules = G_LIST_MODEL (emend_fields_draft_get_rules (find_draft (window)));
  EmendRuleDraft *rule;
  g_autofree char *formula = NULL;
  g_autofree char *problem = NULL;

  gtk_widget_activate_action (editor, "fields.add-rule", NULL);
  rule = peek (rules, 1);
  type_into (pane, "Name", "lines");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_by_title (pane, "Field")), 1);
  gtk_widget_activate_action (pane, "rule.add-operand", NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (emend_dialog_test_find (
                                emend_dialog_test_find_label (pane, "net = total") != NULL ? pane : NULL,
                                GTK_TYPE_DROP_DOWN)),
                              3);
  formula = emend_rule_draft_get_formula (rule);
  g_assert_cmpstr (formula, ==, "net = lines.price");
  problem = emend_rule_draft_find_any_problem (rule);
  g_assert_cmpstr (problem, ==, NULL);
  gtk_widget_activate_action (pane, "rule.remove", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (rules), ==, 1);
  emend_dialog_test_show_and_destroy (window);
}

static gboolean
has_list (gpointer field)
{
  return emend_field_draft_get_list (field) != NULL;
}

static gboolean
has_rows (gpointer list)
{
  return g_list_model_get_n_items (list) > 4;
}

static gboolean
file_is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* A list from CSV, a schema from JSON, and the whole as JSON again. */
static void
test_files (EmendDialogTest *test,
            gconstpointer data)
{
  g_autoptr (EmendSchema) stored = NULL;
  g_autoptr (EmendSchema) written = NULL;
  g_autoptr (GError) error = NULL;
  GtkWindow *window = show_dialog (test, &stored);
  EmendFieldsEditor *editor = find_editor (window);
  EmendFieldPane *pane = EMEND_FIELD_PANE (find (window, EMEND_TYPE_FIELD_PANE));
  g_autofree char *csv = emend_test_write (test->folder, "shops.csv", "Aldi,ALDI SUED\n\"Tesco, plc\"\n");
  g_autofree char *json = emend_test_write (test->folder, "other.json",
                                            "{\"labels\": [], \"fields\": [{\"name\": \"shop\", \"type\": \"text\"}]}");
  g_autofree char *out = g_build_filename (test->folder, "out.json", NULL);
  g_autofree char *text = NULL;
  EmendFieldDraft *shop;

  emend_fields_editor_add_file (editor, json);
  emend_dialog_test_wait_for (has_rows, fields_of (window));
  shop = peek (fields_of (window), 4);
  emend_field_pane_load_list (pane, csv);
  emend_dialog_test_wait_for (has_list, shop);
  g_assert_cmpstr (emend_field_draft_get_list (shop), ==, "shops");
  emend_field_pane_set_sample (pane, "aldi sued");
  g_assert_nonnull (emend_dialog_test_find_label (GTK_WIDGET (pane), "Read as Aldi."));
  emend_fields_editor_save_file (editor, out);
  emend_dialog_test_wait_for (file_is_there, out);
  g_assert_true (g_file_get_contents (out, &text, NULL, &error));
  written = emend_schema_from_json (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (emend_schema_get_n_labels (written), ==, emend_schema_get_n_labels (stored));
  g_assert_cmpuint (emend_schema_get_n_fields (written), ==, 5);
  g_assert_cmpuint (emend_schema_find_list (written, "shops")->entries->len, ==, 2);
  emend_dialog_test_show_and_destroy (window);
}

static void
test_templates (EmendDialogTest *test,
                gconstpointer data)
{
  g_autoptr (EmendSchema) stored = NULL;
  GtkWindow *window = show_dialog (test, &stored);
  GtkWidget *bar = find (window, EMEND_TYPE_ERROR_BAR);
  GtkWidget *editor = GTK_WIDGET (find_editor (window));

  gtk_widget_activate_action (editor, "fields.from-template", "s", "invoice");
  g_assert_cmpuint (g_list_model_get_n_items (fields_of (window)), >, 10);
  g_assert_null (emend_fields_draft_find_wrong (find_draft (window)));
  g_assert_false (gtk_widget_get_visible (bar));
  gtk_widget_activate_action (editor, "fields.from-template", "s", "invoice");
  g_assert_true (gtk_widget_get_visible (bar));
  emend_dialog_test_show_and_destroy (window);
}

static void
test_read_only (EmendDialogTest *test,
                gconstpointer data)
{
  g_autoptr (EmendSchema) schema = make_schema (test->schema);
  GtkWindow *window = emend_fields_dialog_new (NULL, test->store, schema, "The file cannot be written.");
  GtkWidget *row = find (window, EMEND_TYPE_DRAFT_ROW);
  GtkWidget *name = find_by_title (find (window, EMEND_TYPE_FIELD_PANE), "Name in Files");

  gtk_window_present (window);
  g_assert_nonnull (emend_dialog_test_find_label (GTK_WIDGET (window), "The file cannot be written."));
  g_assert_false (gtk_widget_is_sensitive (name));
  gtk_widget_activate_action (row, "draft.down", NULL);
  gtk_widget_activate_action (row, "draft.remove", NULL);
  gtk_widget_activate_action (GTK_WIDGET (find_editor (window)), "fields.add-field", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (fields_of (window)), ==, 4);
  g_assert_cmpstr (emend_field_draft_get_title (peek (fields_of (window), 0)), ==, "date");
  emend_dialog_test_show_and_destroy (window);
}

static void
test_right_to_left (EmendDialogTest *test,
                    gconstpointer data)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  test_columns (test, data);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static gpointer
teach_worker (EmendProject *project,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (EmendDecision) decision = emend_decision_new (EMEND_DECISION_ADD, 1);
  const EmendDecision *decisions[] = { decision };

  decision->label = emend_schema_find_field_by_name (emend_project_get_schema (project), "shop")->id;
  decision->value = emend_value_new ("Acme Limited");
  g_free (decision->value->text);
  decision->value->text = g_strdup ("ACME & CO <1>");
  emend_outcome_free (emend_project_decide (project, decisions, 1, error));
  return emend_schema_ref (emend_project_get_schema (project));
}

static GtkWidget *
find_button (GtkWidget *root,
             const char *tooltip)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_widget_get_tooltip_text (root), tooltip) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, tooltip);
  return found;
}

static gboolean
shows_learned (gpointer window)
{
  return find_by_title (GTK_WIDGET (window), "ACME & CO <1>") != NULL;
}

/* What a list learned is shown, also when it was learned after the schema was read; what is removed stays away. */
static void
test_learned (EmendDialogTest *test,
              gconstpointer data)
{
  g_autoptr (EmendSchema) schema = emend_schema_copy (test->schema);
  g_autoptr (EmendSchema) before = NULL;
  g_autoptr (EmendSchema) taught = NULL;
  g_autoptr (EmendSchema) after = NULL;
  EmendField *shop = emend_field_new (0, "shop", EMEND_FIELD_TEXT);
  EmendList *list = emend_list_new ("shops");
  GtkWindow *window;
  GtkWidget *button;
  gpointer weak;

  shop->list = g_strdup ("shops");
  emend_list_add (list, "Acme Limited", NULL);
  emend_schema_add_field (schema, shop);
  emend_schema_set_list (schema, list);
  before = exchange_schema (test, schema);
  emend_store_run_async (test->store, teach_worker, NULL, NULL, (GDestroyNotify) emend_schema_unref, NULL, schema_cb,
                         &taught);
  emend_dialog_test_wait_for (is_set, &taught);
  window = emend_fields_dialog_new (NULL, test->store, before, NULL);
  weak = window;
  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_present (window);
  emend_dialog_test_wait_for (shows_learned, window);
  button = find_button (GTK_WIDGET (window), "No longer take “ACME & CO <1>” for “Acme Limited”");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (shows_learned (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "fields-dialog.save", NULL);
  emend_dialog_test_assert_gone (&weak);
  after = exchange_schema (test, NULL);
  g_assert_cmpuint (emend_schema_get_list (after, 0)->learned->len, ==, 0);
  g_assert_cmpstr (g_ptr_array_index (emend_schema_get_list (after, 0)->refused, 0), ==, "ACME & CO <1>");
}

#define ADD(path, func) \
  g_test_add (path, EmendDialogTest, NULL, emend_dialog_test_setup, func, emend_dialog_test_teardown)

int
main (int argc,
      char **argv)
{
  emend_dialog_test_init (&argc, &argv);
  ADD ("/ui/fields-dialog/save/saves", test_saves);
  ADD ("/ui/fields-dialog/save/refuses", test_refuses);
  ADD ("/ui/fields-dialog/rows/move-and-remove", test_rows);
  ADD ("/ui/fields-dialog/columns/edit", test_columns);
  ADD ("/ui/fields-dialog/rules/edit", test_rule);
  ADD ("/ui/fields-dialog/files/read-and-written", test_files);
  ADD ("/ui/fields-dialog/templates/once", test_templates);
  ADD ("/ui/fields-dialog/lists/learned", test_learned);
  ADD ("/ui/fields-dialog/read-only/shown", test_read_only);
  ADD ("/ui/fields-dialog/direction/right-to-left", test_right_to_left);
  return g_test_run ();
}
