/* Every other dialog and page: made, filled, shown, closed, under fatal warnings. */
#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-about.h"
#include "emend-dialog-test.h"
#include "emend-error-bar.h"
#include "emend-export-dialog.h"
#include "emend-label-editor.h"
#include "emend-label-row.h"
#include "emend-labels-dialog.h"
#include "emend-preferences.h"
#include "emend-progress-page.h"
#include "emend-ratio-bar.h"
#include "emend-recent-row.h"
#include "emend-report-table.h"
#include "emend-report-window.h"
#include "emend-result-page.h"
#include "emend-reviewer-dialog.h"
#include "emend-settings.h"
#include "emend-stat-tile.h"
#include "emend-test.h"
#include "emend-welcome-page.h"

static GtkWindow *
in_window (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), child);
  return GTK_WINDOW (window);
}

static void
open_cb (GtkWidget *page,
         const char *path,
         char **opened)
{
  g_free (*opened);
  *opened = g_strdup (path);
}

static void
test_welcome (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "recent.ini", NULL);
  g_autoptr (EmendRecentList) list = emend_recent_list_new (path);
  GtkWidget *page = emend_welcome_page_new ();
  GtkWindow *window = in_window (page);
  const EmendRecentFacts facts = { "/x/y.emend", "Name <b>&amp;", NULL, 3, 2 };
  g_autofree char *opened = NULL;
  GtkWidget *row;

  g_signal_connect (page, "open", G_CALLBACK (open_cb), &opened);
  emend_welcome_page_set_recent (EMEND_WELCOME_PAGE (page), list, NULL);
  g_assert_null (emend_dialog_test_find (page, EMEND_TYPE_RECENT_ROW));
  emend_recent_list_note (list, &facts);
  row = emend_dialog_test_find (page, EMEND_TYPE_RECENT_ROW);
  g_assert_nonnull (emend_dialog_test_find_label (row, "Name <b>&amp;"));
  g_assert_nonnull (emend_dialog_test_find_label (row, "2 left"));
  g_signal_emit_by_name (row, "activate");
  g_assert_cmpstr (opened, ==, "/x/y.emend");
  emend_welcome_page_set_message (EMEND_WELCOME_PAGE (page), "The project could not be opened.");
  gtk_widget_activate_action (row, "recent.remove", NULL);
  g_assert_null (emend_dialog_test_find (page, EMEND_TYPE_RECENT_ROW));
  emend_dialog_test_show_and_destroy (window);
  emend_test_remove_folder (folder);
}

static void
test_progress (void)
{
  EmendProgressPage *page = g_object_new (EMEND_TYPE_PROGRESS_PAGE, NULL);
  g_autoptr (EmendTaskProgress) progress = emend_task_progress_new (EMEND_PROGRESS_BYTES);
  GtkWindow *window = in_window (GTK_WIDGET (page));

  g_assert_false (emend_progress_page_cancel (page));
  emend_progress_page_start (page, "Packing", progress);
  gtk_widget_activate_action (GTK_WIDGET (page), "progress.cancel", NULL);
  g_assert_true (g_cancellable_is_cancelled (emend_task_progress_get_cancellable (progress)));
  g_assert_nonnull (emend_dialog_test_find_label (GTK_WIDGET (page), "Stopping…"));
  emend_dialog_test_show_and_destroy (window);
}

static void
test_result (void)
{
  EmendResultPage *page = g_object_new (EMEND_TYPE_RESULT_PAGE, NULL);
  GtkWindow *window = in_window (GTK_WIDGET (page));

  for (int round = 0; round < 2; round++) {
    emend_result_page_begin (page, round == 0 ? EMEND_RESULT_BAD : EMEND_RESULT_GOOD, "Title", NULL);
    emend_result_page_add_fact (page, "SHA-256", "<not & markup>", TRUE);
    for (int i = 0; i < 205; i++)
      emend_result_page_add_problem (page, "A <problem> & more.");
    emend_result_page_add_button (page, "_Done", "window.close");
  }
  g_assert_nonnull (emend_dialog_test_find_label (GTK_WIDGET (page), "and 5 more"));
  g_assert_nonnull (emend_dialog_test_find_label (GTK_WIDGET (page), "<not & markup>"));
  emend_dialog_test_show_and_destroy (window);
}

static void
test_small_ones (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tile = emend_stat_tile_new ();
  GtkWidget *bar = emend_ratio_bar_new ();
  EmendErrorBar *error = g_object_new (EMEND_TYPE_ERROR_BAR, NULL);
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  g_autoptr (GError) failed = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "It failed.");

  gtk_box_append (GTK_BOX (box), tile);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (error));
  emend_stat_tile_set (EMEND_STAT_TILE (tile), "12", "things", 0.5);
  emend_ratio_bar_set_value (EMEND_RATIO_BAR (bar), 7);
  g_assert_cmpfloat (emend_ratio_bar_get_value (EMEND_RATIO_BAR (bar)), ==, 1);
  emend_error_bar_set_error (error, failed);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (error)));
  g_assert_cmpstr (emend_error_bar_get_text (error), ==, "It failed.");
  emend_error_bar_set_error (error, cancelled);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (error)));
  emend_dialog_test_show_and_destroy (in_window (box));
}

static void
test_label_editor (void)
{
  EmendLabelEditor *editor = g_object_new (EMEND_TYPE_LABEL_EDITOR, NULL);
  GtkWindow *window = in_window (GTK_WIDGET (editor));
  GListStore *drafts;
  GtkWidget *row;

  emend_label_editor_add_text (editor, "cat\ndog\nbird");
  drafts = emend_label_editor_get_drafts (editor);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (drafts)), ==, 3);
  row = emend_dialog_test_find (GTK_WIDGET (editor), EMEND_TYPE_LABEL_ROW);
  gtk_widget_activate_action (row, "label.add-attribute", NULL);
  gtk_widget_activate_action (row, "label.down", NULL);
  row = emend_dialog_test_find (GTK_WIDGET (editor), EMEND_TYPE_LABEL_ROW);
  g_assert_nonnull (row);
  gtk_widget_activate_action (row, "label.remove", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (drafts)), ==, 2);
  emend_label_editor_add_text (editor, "cat");
  g_assert_true (gtk_widget_get_visible (emend_dialog_test_find (GTK_WIDGET (editor), EMEND_TYPE_ERROR_BAR)));
  emend_dialog_test_show_and_destroy (window);
}

static gboolean
has_three (gpointer drafts)
{
  return g_list_model_get_n_items (drafts) == 3;
}

static void
test_label_file (EmendDialogTest *test,
                 gconstpointer data)
{
  g_autofree char *schema = emend_test_write (test->folder, "labels.json",
                                              "{\"labels\": [{\"name\": \"zebra\", \"color\": \"#112233\"}]}");
  EmendLabelEditor *editor = g_object_new (EMEND_TYPE_LABEL_EDITOR, NULL);
  GtkWindow *window = in_window (GTK_WIDGET (editor));

  emend_label_editor_add_file (editor, test->coco);
  emend_label_editor_add_file (editor, schema);
  emend_dialog_test_wait_for (has_three, emend_label_editor_get_drafts (editor));
  emend_dialog_test_show_and_destroy (window);
}

static void
count_cb (gpointer object,
          guint *n)
{
  (*n)++;
}

static void
test_labels (EmendDialogTest *test,
             gconstpointer data)
{
  GtkWindow *window = emend_labels_dialog_new (NULL, test->store, test->schema);
  EmendLabelEditor *editor = EMEND_LABEL_EDITOR (emend_dialog_test_find (GTK_WIDGET (window), EMEND_TYPE_LABEL_EDITOR));
  gpointer weak = window;
  guint n = 0;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  g_signal_connect (window, "saved", G_CALLBACK (count_cb), &n);
  gtk_window_present (window);
  emend_label_editor_add_text (editor, "zebra");
  gtk_widget_activate_action (GTK_WIDGET (window), "labels-dialog.save", NULL);
  emend_dialog_test_assert_gone (&weak);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_export (EmendDialogTest *test,
             gconstpointer data)
{
  GtkWindow *window = emend_export_dialog_new (NULL, test->store, test->info);
  guint before = emend_dialog_test_count_files (test->folder);
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_present (window);
  gtk_widget_activate_action (GTK_WIDGET (window), "export.run", NULL);
  emend_dialog_test_wait_page (gtk_window_get_child (window), "result");
  g_assert_nonnull (emend_dialog_test_find_label (GTK_WIDGET (window), "Exported"));
  g_assert_cmpuint (emend_dialog_test_count_files (test->folder), ==, before + 1);
  gtk_window_close (window);
  emend_dialog_test_assert_gone (&weak);
  /* The same once more: nothing is replaced. */
  window = emend_export_dialog_new (NULL, test->store, test->info);
  gtk_window_present (window);
  gtk_widget_activate_action (GTK_WIDGET (window), "export.run", NULL);
  emend_dialog_test_wait_page (gtk_window_get_child (window), "form");
  emend_dialog_test_wait_for ((gboolean (*) (gpointer)) gtk_widget_get_visible,
                              emend_dialog_test_find (GTK_WIDGET (window), EMEND_TYPE_ERROR_BAR));
  gtk_window_destroy (window);
}

static void
test_report (EmendDialogTest *test,
             gconstpointer data)
{
  GtkWindow *window = emend_report_window_new (NULL, test->store, test->info);
  GtkWidget *toasts = gtk_window_get_child (window);

  gtk_window_present (window);
  emend_dialog_test_wait_page (toasts, "empty");
  gtk_widget_activate_action (GTK_WIDGET (window), "report.refresh", NULL);
  emend_dialog_test_wait_page (toasts, "empty");
  emend_dialog_test_show_and_destroy (window);
}

static EmendReportRow *
report_row (const char *name,
            gint64 n)
{
  EmendReportRow *row = g_new0 (EmendReportRow, 1);

  row->name = g_strdup (name);
  row->n_proposals = n;
  row->mean_iou = NAN;
  row->override_rate = n > 2 ? 0.25 : NAN;
  row->mean_ms = 1500;
  row->precision = 0.5;
  row->recall = NAN;
  return row;
}

static void
row_free (gpointer data)
{
  EmendReportRow *row = data;

  g_free (row->name);
  g_free (row);
}

static void
test_report_table (void)
{
  EmendReportTable *table = g_object_new (EMEND_TYPE_REPORT_TABLE, NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  GtkWindow *window = in_window (GTK_WIDGET (table));
  GtkColumnView *view = GTK_COLUMN_VIEW (emend_dialog_test_find (GTK_WIDGET (table), GTK_TYPE_COLUMN_VIEW));
  g_autoptr (GtkColumnViewColumn) proposals = g_list_model_get_item (gtk_column_view_get_columns (view), 1);
  g_autoptr (GtkColumnViewColumn) recall = g_list_model_get_item (gtk_column_view_get_columns (view), 14);
  g_autoptr (GtkColumnViewColumn) agreement = g_list_model_get_item (gtk_column_view_get_columns (view), 10);
  GListModel *model;

  for (int i = 0; i < 3; i++) {
    g_autofree char *name = g_strdup_printf ("label %d", i);
    g_ptr_array_add (rows, report_row (name, i + 1));
  }
  emend_report_table_set_rows (table, rows, EMEND_REPORT_COLUMNS_FIELDS);
  g_assert_false (gtk_column_view_column_get_visible (recall));
  g_assert_true (gtk_column_view_column_get_visible (agreement));
  emend_report_table_set_rows (table, rows, EMEND_REPORT_COLUMNS_THINGS);
  g_assert_false (gtk_column_view_column_get_visible (recall));
  emend_report_table_set_rows (table, rows, EMEND_REPORT_COLUMNS_REFERENCE);
  g_assert_true (gtk_column_view_column_get_visible (recall));
  g_assert_false (gtk_column_view_column_get_visible (agreement));
  gtk_column_view_sort_by_column (view, proposals, GTK_SORT_DESCENDING);
  model = G_LIST_MODEL (gtk_column_view_get_model (view));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 3);
  gtk_window_set_default_size (window, 900, 300);
  gtk_window_present (window);
  emend_dialog_test_show_and_destroy (window);
}

static void
chosen_cb (GtkWindow *window,
           const char *name,
           char **chosen)
{
  *chosen = g_strdup (name);
}

static void
test_reviewer (void)
{
  GtkWindow *window = emend_reviewer_dialog_new (NULL, " Ada  Lovelace ");
  g_autofree char *chosen = NULL;
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  g_signal_connect (window, "chosen", G_CALLBACK (chosen_cb), &chosen);
  gtk_window_present (window);
  gtk_widget_activate_action (GTK_WIDGET (window), "reviewer.choose", NULL);
  g_assert_cmpstr (chosen, ==, "Ada Lovelace");
  emend_dialog_test_assert_gone (&weak);
}

static void
test_preferences (void)
{
  g_autoptr (GSettings) settings = emend_settings_new ();
  GtkWindow *window = emend_preferences_new (NULL, settings);
  AdwComboRow *row = ADW_COMBO_ROW (emend_dialog_test_find (GTK_WIDGET (window), ADW_TYPE_COMBO_ROW));
  g_autofree char *nick = NULL;

  emend_preferences_follow_color_scheme (settings);
  adw_combo_row_set_selected (row, 2);
  nick = g_settings_get_string (settings, "color-scheme");
  g_assert_cmpstr (nick, ==, "dark");
  g_assert_true (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  g_settings_reset (settings, "color-scheme");
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
  emend_dialog_test_show_and_destroy (window);
}

static GtkWidget *
find_row (GtkWindow *window,
          const char *title,
          GType type)
{
  GtkWidget *label = emend_dialog_test_find_label (GTK_WIDGET (window), title);

  g_assert_nonnull (label);
  return emend_dialog_test_find (gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW), type);
}

static gboolean
tells (GtkWidget *widget,
       const char *text)
{
  gboolean told = GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !told;
       child = gtk_widget_get_next_sibling (child))
    told = tells (child, text);
  return told;
}

/* Of a language that is set and whose data is missing it is told where it comes from. */
static void
test_preferences_languages (void)
{
  g_autoptr (GSettings) settings = emend_settings_new ();
  GtkWindow *window;

  g_settings_set_string (settings, "ocr-language", "eng+xx_yy");
  window = emend_preferences_new (NULL, settings);
  while (!tells (GTK_WIDGET (window), "the package tesseract-ocr-xx-yy brings it"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (tells (GTK_WIDGET (window), "the package tesseract-ocr-eng brings it"));
  gtk_window_destroy (window);
  g_settings_reset (settings, "ocr-language");
}

static void
test_preferences_numbers (void)
{
  g_autoptr (GSettings) settings = emend_settings_new ();
  GtkWindow *window = emend_preferences_new (NULL, settings);
  GtkSpinButton *threshold = GTK_SPIN_BUTTON (find_row (window, "Confidence threshold in percent",
                                                        GTK_TYPE_SPIN_BUTTON));
  GtkSpinButton *ahead = GTK_SPIN_BUTTON (find_row (window, "Pictures decoded ahead", GTK_TYPE_SPIN_BUTTON));
  AdwComboRow *memory = ADW_COMBO_ROW (find_row (window, "Memory for decoded pictures", ADW_TYPE_COMBO_ROW));

  g_assert_cmpint (gtk_spin_button_get_value_as_int (ahead), ==, 3);
  g_assert_cmpuint (adw_combo_row_get_selected (memory), ==, 0);
  gtk_spin_button_set_value (threshold, 35);
  g_assert_cmpfloat (g_settings_get_double (settings, "threshold"), ==, 0.35);
  gtk_spin_button_set_value (ahead, 20);
  g_assert_cmpint (g_settings_get_int (settings, "pictures-ahead"), ==, 8);
  adw_combo_row_set_selected (memory, 3);
  g_assert_cmpint (g_settings_get_int (settings, "picture-memory"), ==, 1024);
  /* Changed elsewhere: it shows, and a size that is not offered is left alone. */
  g_settings_set_double (settings, "threshold", 0.29);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (threshold), ==, 29);
  g_settings_set_int (settings, "picture-memory", 700);
  g_assert_cmpuint (adw_combo_row_get_selected (memory), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpint (g_settings_get_int (settings, "picture-memory"), ==, 700);
  g_settings_reset (settings, "threshold");
  g_settings_reset (settings, "pictures-ahead");
  g_settings_reset (settings, "picture-memory");
  emend_dialog_test_show_and_destroy (window);
}

static void
test_about (void)
{
  emend_dialog_test_show_and_destroy (emend_about_new (NULL));
}

static void
test_shortcuts (void)
{
  gpointer weak = emend_shortcuts_new (NULL);

  g_object_add_weak_pointer (G_OBJECT (weak), &weak);
  gtk_window_destroy (GTK_WINDOW (weak));
  emend_dialog_test_assert_gone (&weak);
}

static void
test_right_to_left (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  test_small_ones ();
  test_welcome ();
  test_report_table ();
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

#define ADD(path, func) \
  g_test_add (path, EmendDialogTest, NULL, emend_dialog_test_setup, func, emend_dialog_test_teardown)

int
main (int argc,
      char **argv)
{
  emend_dialog_test_init (&argc, &argv);
  g_test_add_func ("/ui/welcome-page/recent/rows", test_welcome);
  g_test_add_func ("/ui/progress-page/cancel/stops", test_progress);
  g_test_add_func ("/ui/result-page/add/many", test_result);
  g_test_add_func ("/ui/stat-tile/set/small-ones", test_small_ones);
  g_test_add_func ("/ui/label-editor/rows/edit", test_label_editor);
  ADD ("/ui/label-editor/file/reads", test_label_file);
  ADD ("/ui/labels-dialog/save/saves", test_labels);
  ADD ("/ui/export-dialog/run/exports", test_export);
  ADD ("/ui/report-window/refresh/empty", test_report);
  g_test_add_func ("/ui/report-table/rows/sorts", test_report_table);
  g_test_add_func ("/ui/reviewer-dialog/choose/clean", test_reviewer);
  g_test_add_func ("/ui/preferences/color-scheme/follows", test_preferences);
  g_test_add_func ("/ui/preferences/languages/missing", test_preferences_languages);
  g_test_add_func ("/ui/preferences/numbers/both-ways", test_preferences_numbers);
  g_test_add_func ("/ui/about/new/shows", test_about);
  g_test_add_func ("/ui/shortcuts/new/loads", test_shortcuts);
  g_test_add_func ("/ui/welcome-page/direction/right-to-left", test_right_to_left);
  return g_test_run ();
}
