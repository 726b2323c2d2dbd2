#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-report-window.h"

#include <math.h>

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "emend-count-text.h"
#include "emend-error-bar.h"
#include "emend-progress-page.h"
#include "emend-report-table.h"
#include "emend-report-text.h"
#include "emend-stat-tile.h"

struct _EmendReportWindow {
  GtkWindow parent_instance;

  AdwWindowTitle *heading;
  GtkMenuButton *copy;
  GtkStack *stack;
  EmendErrorBar *error;
  AdwToastOverlay *toasts;
  EmendProgressPage *progress_page;
  EmendStatTile *items;
  EmendStatTile *left;
  EmendStatTile *accepted;
  EmendStatTile *overridden;
  EmendStatTile *added;
  EmendStatTile *time;
  GtkWidget *reference;
  EmendStatTile *precision;
  EmendStatTile *recall;
  EmendStatTile *reviewed_precision;
  EmendStatTile *reviewed_recall;
  GtkStack *tables;
  GtkStackPage *labels_page;
  GtkStackPage *fields_page;
  EmendReportTable *labels;
  EmendReportTable *fields;
  EmendReportTable *runs;

  EmendStore *store;   /* (nullable) */
  EmendReport *report; /* (nullable) */
  EmendTaskProgress *progress;
};

G_DEFINE_FINAL_TYPE (EmendReportWindow, emend_report_window, GTK_TYPE_WINDOW)

static void
set_count (EmendStatTile *tile,
           gint64 n,
           const char *caption)
{
  g_autofree char *text = emend_count_to_text ((guint64) n);

  emend_stat_tile_set (tile, text, caption, NAN);
}

static void
set_share (EmendStatTile *tile,
           double share,
           const char *caption)
{
  g_autofree char *text = emend_report_format_share (share);

  emend_stat_tile_set (tile, text, caption, share);
}

static void
show_totals (EmendReportWindow *self,
             const EmendReport *report)
{
  const EmendReportRow *total = report->total;
  gint64 decided = total->n_accepted + total->n_corrected + total->n_rejected;
  g_autofree char *n_items = emend_count_to_text ((guint64) report->n_items);
  g_autofree char *n_done = emend_count_to_text ((guint64) report->n_items_done);
  /* TRANSLATORS: below a number of done items; how many there are. */
  g_autofree char *of_items = g_strdup_printf (ngettext ("of %s item done", "of %s items done",
                                                         (gulong) report->n_items),
                                               n_items);
  g_autofree char *time = emend_report_format_ms (total->mean_ms);

  emend_stat_tile_set (self->items, n_done, of_items,
                       report->n_items > 0 ? (double) report->n_items_done / (double) report->n_items : NAN);
  set_count (self->left, total->n_undecided, _ ("left to look at"));
  set_share (self->accepted, decided > 0 ? (double) total->n_accepted / (double) decided : NAN,
             _ ("accepted as proposed"));
  set_share (self->overridden, total->override_rate, _ ("corrected or rejected"));
  set_count (self->added, total->n_added, _ ("missed by the model"));
  emend_stat_tile_set (self->time, time, _ ("for a decision"), NAN);
}

static void
show_reference (EmendReportWindow *self,
                const EmendReport *report)
{
  gtk_widget_set_visible (self->reference, report->has_reference);
  if (!report->has_reference)
    return;
  set_share (self->precision, report->total->precision, _ ("precision, as proposed"));
  set_share (self->recall, report->total->recall, _ ("recall, as proposed"));
  set_share (self->reviewed_precision, report->reviewed != NULL ? report->reviewed->precision : NAN,
             _ ("precision, as reviewed"));
  set_share (self->reviewed_recall, report->reviewed != NULL ? report->reviewed->recall : NAN,
             _ ("recall, as reviewed"));
}

/* A schema without fields shows no table of them, one with nothing but fields none of labels. */
static void
show_tables (EmendReportWindow *self,
             const EmendReport *report)
{
  EmendReportColumns things = report->has_reference ? EMEND_REPORT_COLUMNS_REFERENCE : EMEND_REPORT_COLUMNS_THINGS;
  gboolean has_fields = report->fields->len > 0;
  gboolean has_labels = report->labels->len > 0 || !has_fields;

  emend_report_table_set_rows (self->labels, report->labels, things);
  emend_report_table_set_rows (self->fields, report->fields, EMEND_REPORT_COLUMNS_FIELDS);
  emend_report_table_set_rows (self->runs, report->runs, things);
  gtk_stack_page_set_visible (self->labels_page, has_labels);
  gtk_stack_page_set_visible (self->fields_page, has_fields);
  if (!has_labels && gtk_stack_get_visible_child (self->tables) == GTK_WIDGET (self->labels))
    gtk_stack_set_visible_child (self->tables, GTK_WIDGET (self->fields));
}

/**
 * emend_report_window_show_report:
 * @self: the window
 * @report: (transfer full): what to show
 */
void
emend_report_window_show_report (EmendReportWindow *self,
                                 EmendReport *report)
{
  gboolean empty = report->total->n_proposals == 0 && report->total->n_added == 0;

  g_return_if_fail (EMEND_IS_REPORT_WINDOW (self));

  g_clear_pointer (&self->report, emend_report_free);
  self->report = report;
  show_totals (self, report);
  show_reference (self, report);
  show_tables (self, report);
  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "report");
  gtk_widget_set_sensitive (GTK_WIDGET (self->copy), !empty);
}

static void
report_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (EmendReportWindow) self = data;
  g_autoptr (GError) error = NULL;
  EmendReport *report = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (self->stack == NULL) {
    g_clear_pointer (&report, emend_report_free);
    return;
  }
  emend_progress_page_stop (self->progress_page);
  g_clear_object (&self->progress);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.refresh", TRUE);
  emend_error_bar_set_error (self->error, error);
  if (report != NULL)
    emend_report_window_show_report (self, report);
  else if (self->report != NULL)
    gtk_stack_set_visible_child_name (self->stack, "report");
  else
    gtk_stack_set_visible_child_name (self->stack, "nothing");
}

static gpointer
report_worker (EmendProject *project,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  return emend_report_make (project, cancellable, emend_task_progress_report, data, error);
}

static void
refresh (EmendReportWindow *self)
{
  if (self->store == NULL || self->progress != NULL)
    return;
  self->progress = emend_task_progress_new (EMEND_PROGRESS_ITEMS);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.refresh", FALSE);
  emend_progress_page_start (self->progress_page, _ ("Adding up the decisions"), self->progress);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  emend_store_run_async (self->store, report_worker, g_object_ref (self->progress), g_object_unref,
                         (GDestroyNotify) emend_report_free, emend_task_progress_get_cancellable (self->progress),
                         report_cb,
                         g_object_ref (self));
}

static void
refresh_action (GtkWidget *widget,
                const char *name,
                GVariant *parameter)
{
  refresh (EMEND_REPORT_WINDOW (widget));
}

static void
copy_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  EmendReportWindow *self = EMEND_REPORT_WINDOW (widget);
  gboolean json = g_str_equal (name, "report.copy-json");
  g_autofree char *text = NULL;

  if (self->report == NULL)
    return;
  text = json ? emend_report_to_json (self->report) : emend_report_to_csv (self->report);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (json ? _ ("Copied as JSON") : _ ("Copied as CSV")));
}

static void
emend_report_window_dispose (GObject *object)
{
  EmendReportWindow *self = EMEND_REPORT_WINDOW (object);

  if (self->progress != NULL)
    g_cancellable_cancel (emend_task_progress_get_cancellable (self->progress));
  g_clear_object (&self->progress);
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_REPORT_WINDOW);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (emend_report_window_parent_class)->dispose (object);
}

static void
emend_report_window_finalize (GObject *object)
{
  g_clear_pointer (&EMEND_REPORT_WINDOW (object)->report, emend_report_free);
  G_OBJECT_CLASS (emend_report_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, copy);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, error);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, progress_page);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, items);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, left);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, accepted);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, overridden);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, added);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, time);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, reference);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, precision);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, recall);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, reviewed_precision);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, reviewed_recall);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, tables);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, labels_page);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, fields_page);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, labels);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, fields);
  gtk_widget_class_bind_template_child (widget_class, EmendReportWindow, runs);
}

static void
emend_report_window_class_init (EmendReportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_report_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_report_window_finalize;
  g_type_ensure (EMEND_TYPE_ERROR_BAR);
  g_type_ensure (EMEND_TYPE_PROGRESS_PAGE);
  g_type_ensure (EMEND_TYPE_REPORT_TABLE);
  g_type_ensure (EMEND_TYPE_STAT_TILE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-report-window.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "report.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "report.copy-json", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "report.copy-csv", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "report.refresh", NULL);
}

static void
emend_report_window_init (EmendReportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_report_window_new:
 * @parent: (nullable): the window it belongs to
 * @store: (nullable): the project
 * @info: (nullable): facts of it
 *
 * Starts adding up at once.
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWindow *
emend_report_window_new (GtkWindow *parent,
                         EmendStore *store,
                         const EmendProjectInfo *info)
{
  EmendReportWindow *self = g_object_new (EMEND_TYPE_REPORT_WINDOW, "transient-for", parent, NULL);

  g_set_object (&self->store, store);
  if (info != NULL)
    adw_window_title_set_subtitle (self->heading, info->name);
  refresh (self);
  return GTK_WINDOW (self);
}
