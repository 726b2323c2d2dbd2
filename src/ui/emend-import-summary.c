#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-import-summary.h"

#include <inttypes.h>
#include <math.h>

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "emend-count-text.h"
#include "emend-mapping-row.h"
#include "emend-stat-tile.h"

/* More rows than anybody reads; the numbers above count all. */
#define MAX_ROWS 200

struct _EmendImportSummary {
  GtkBox parent_instance;

  EmendStatTile *records;
  EmendStatTile *images;
  EmendStatTile *unmatched;
  EmendStatTile *problems;
  GtkStack *stack;
  GtkStackSwitcher *switcher;
  GtkStackPage *labels_page;
  GtkStackPage *unmatched_page;
  GtkStackPage *problems_page;
  GtkListBox *label_list;
  GtkListBox *unmatched_list;
  GtkListBox *problem_list;

  GListStore *mappings;
  EmendSchema *schema; /* (nullable) */
};

enum {
  MAPPING_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendImportSummary, emend_import_summary, GTK_TYPE_BOX)

static void
mapping_changed_cb (EmendImportSummary *self)
{
  g_signal_emit (self, signals[MAPPING_CHANGED], 0);
}

static GtkWidget *
create_mapping_row (gpointer item,
                    gpointer data)
{
  EmendImportSummary *self = data;

  g_signal_connect_object (item, "notify::target", G_CALLBACK (mapping_changed_cb), self, G_CONNECT_SWAPPED);
  return emend_mapping_row_new (item, self->schema);
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
append_row (GtkListBox *list,
            const char *title,
            const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_append (list, row);
}

static void
append_rest (GtkListBox *list,
             gint64 n_all,
             guint n_shown)
{
  if (n_all > n_shown) {
    gint64 more = n_all - n_shown;
    g_autofree char *text = g_strdup_printf (ngettext ("and %" PRId64 " more", "and %" PRId64 " more", (gulong) more),
                                             more);
    append_row (list, text, NULL);
  }
}

static void
set_tile (EmendStatTile *tile,
          gint64 n,
          const char *caption)
{
  g_autofree char *value = emend_count_to_text ((guint64) n);

  emend_stat_tile_set (tile, value, caption, NAN);
}

static void
set_page_title (GtkStackPage *page,
                const char *title,
                gint64 n)
{
  /* TRANSLATORS: title of a tab and how many rows it has. */
  g_autofree char *text = g_strdup_printf (_ ("%s (%" PRId64 ")"), title, n);

  gtk_stack_page_set_title (page, text);
  gtk_stack_page_set_visible (page, n > 0);
}

static void
fill_unmatched (EmendImportSummary *self,
                const EmendImportReport *report)
{
  guint n_shown = MIN (report->unmatched->len, MAX_ROWS);

  clear_list (self->unmatched_list);
  for (guint i = 0; i < n_shown; i++)
    append_row (self->unmatched_list, g_ptr_array_index (report->unmatched, i), NULL);
  append_rest (self->unmatched_list, report->n_unmatched + report->n_ambiguous, n_shown);
}

static void
fill_problems (EmendImportSummary *self,
               const EmendImportReport *report)
{
  guint n_shown = MIN (report->problems->len, MAX_ROWS);

  clear_list (self->problem_list);
  for (guint i = 0; i < n_shown; i++) {
    const EmendImportProblem *problem = g_ptr_array_index (report->problems, i);
    g_autofree char *name = problem->file != NULL ? g_filename_display_basename (problem->file) : NULL;
    g_autofree char *place = NULL;

    if (name != NULL && problem->line > 0)
      /* TRANSLATORS: a file and the number of a line in it. */
      place = g_strdup_printf (_ ("%s, line %" PRId64), name, problem->line);
    else
      place = g_strdup (name);
    append_row (self->problem_list, problem->reason, place);
  }
  append_rest (self->problem_list, report->n_problems, n_shown);
}

/**
 * emend_import_summary_set_report:
 * @self: the summary
 * @report: what a dry run told
 * @schema: the project's labels
 */
void
emend_import_summary_set_report (EmendImportSummary *self,
                                 const EmendImportReport *report,
                                 EmendSchema *schema)
{
  gint64 n_unmatched;

  g_return_if_fail (EMEND_IS_IMPORT_SUMMARY (self));

  n_unmatched = report->n_unmatched + report->n_ambiguous;
  if (self->schema != schema) {
    g_list_store_remove_all (self->mappings);
    g_clear_pointer (&self->schema, emend_schema_unref);
    self->schema = emend_schema_ref (schema);
  }
  emend_label_mappings_update (self->mappings, report->labels, schema);
  set_tile (self->records, report->n_records, ngettext ("thing to take", "things to take", (gulong) report->n_records));
  set_tile (self->images, report->n_images, ngettext ("item matches", "items match", (gulong) report->n_images));
  set_tile (self->unmatched, n_unmatched, ngettext ("name does not match", "names do not match", (gulong) n_unmatched));
  set_tile (self->problems, report->n_problems,
            ngettext ("line cannot be used", "lines cannot be used", (gulong) report->n_problems));
  set_page_title (self->labels_page, _ ("Labels"), report->labels->len);
  set_page_title (self->unmatched_page, _ ("Not matched"), n_unmatched);
  set_page_title (self->problems_page, _ ("Problems"), report->n_problems);
  fill_unmatched (self, report);
  fill_problems (self, report);
  gtk_widget_set_visible (GTK_WIDGET (self->switcher), n_unmatched > 0 || report->n_problems > 0);
}

/**
 * emend_import_summary_clear:
 * @self: the summary
 *
 * Forgets what was chosen for the labels: another file.
 */
void
emend_import_summary_clear (EmendImportSummary *self)
{
  g_return_if_fail (EMEND_IS_IMPORT_SUMMARY (self));

  g_list_store_remove_all (self->mappings);
  g_clear_pointer (&self->schema, emend_schema_unref);
  clear_list (self->unmatched_list);
  clear_list (self->problem_list);
}

/**
 * emend_import_summary_get_mappings:
 * @self: the summary
 *
 * Returns: (transfer none): the list of #EmendLabelMapping
 */
GListModel *
emend_import_summary_get_mappings (EmendImportSummary *self)
{
  g_return_val_if_fail (EMEND_IS_IMPORT_SUMMARY (self), NULL);

  return G_LIST_MODEL (self->mappings);
}

static void
emend_import_summary_dispose (GObject *object)
{
  EmendImportSummary *self = EMEND_IMPORT_SUMMARY (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_IMPORT_SUMMARY);
  g_clear_object (&self->mappings);
  g_clear_pointer (&self->schema, emend_schema_unref);
  G_OBJECT_CLASS (emend_import_summary_parent_class)->dispose (object);
}

static void
emend_import_summary_class_init (EmendImportSummaryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_import_summary_dispose;
  g_type_ensure (EMEND_TYPE_STAT_TILE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-import-summary.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendImportSummary, records);
  gtk_widget_class_bind_template_child (widget_class, EmendImportSummary, images);
  gtk_widget_class_bind_template_child (widget_class, EmendImportSummary, unmatched);
  gtk_widget_class_bind_template_child (widget_class, EmendImportSummary, problems);
  gtk_widget_class_bind_template_child (widget_class, EmendImportSummary, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendImportSummary, switcher);
  gtk_widget_class_bind_template_child (widget_class, EmendImportSummary, labels_page);
  gtk_widget_class_bind_template_child (widget_class, EmendImportSummary, unmatched_page);
  gtk_widget_class_bind_template_child (widget_class, EmendImportSummary, problems_page);
  gtk_widget_class_bind_template_child (widget_class, EmendImportSummary, label_list);
  gtk_widget_class_bind_template_child (widget_class, EmendImportSummary, unmatched_list);
  gtk_widget_class_bind_template_child (widget_class, EmendImportSummary, problem_list);

  /**
   * EmendImportSummary::mapping-changed:
   *
   * A label becomes another one now.
   */
  signals[MAPPING_CHANGED] = g_signal_new ("mapping-changed", EMEND_TYPE_IMPORT_SUMMARY, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
}

static void
emend_import_summary_init (EmendImportSummary *self)
{
  g_autoptr (GtkSliceListModel) first = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->mappings = g_list_store_new (EMEND_TYPE_LABEL_MAPPING);
  first = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->mappings)), 0, MAX_ROWS);
  gtk_list_box_bind_model (self->label_list, G_LIST_MODEL (first), create_mapping_row, self, NULL);
}
