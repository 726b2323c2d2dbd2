#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-report-table.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-count-text.h"
#include "emend-ratio-bar.h"
#include "emend-report-text.h"
#include "emend-text.h"

typedef enum {
  CELL_COUNT = 0,
  CELL_SHARE,
  CELL_NUMBER,
  CELL_TIME,
} CellKind;

/* One column with numbers. */
typedef struct {
  const char *title; /* translated when it is used */
  CellKind kind;
  guint shown; /* bit n for #EmendReportColumns n */
  double (*value) (const EmendReportRow *row);
} Column;

#define THINGS (1u << EMEND_REPORT_COLUMNS_THINGS | 1u << EMEND_REPORT_COLUMNS_REFERENCE)
#define REFERENCE (1u << EMEND_REPORT_COLUMNS_REFERENCE)
#define FIELDS (1u << EMEND_REPORT_COLUMNS_FIELDS)
#define ALL (THINGS | FIELDS)

struct _EmendReportTable {
  GtkBox parent_instance;

  GtkScrolledWindow *scroller;
  GtkColumnView *view;

  GListStore *rows;
  GtkColumnViewColumn *name_column;
};

#define EMEND_TYPE_REPORT_ENTRY (emend_report_entry_get_type ())
G_DECLARE_FINAL_TYPE (EmendReportEntry, emend_report_entry, EMEND, REPORT_ENTRY, GObject)

/* A row of the report with memory of its own. */
struct _EmendReportEntry {
  GObject parent_instance;

  EmendReportRow row;
};

G_DEFINE_FINAL_TYPE (EmendReportEntry, emend_report_entry, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (EmendReportTable, emend_report_table, GTK_TYPE_BOX)

static double
get_proposals (const EmendReportRow *row)
{
  return (double) row->n_proposals;
}

static double
get_undecided (const EmendReportRow *row)
{
  return (double) row->n_undecided;
}

static double
get_accepted (const EmendReportRow *row)
{
  return (double) row->n_accepted;
}

static double
get_corrected (const EmendReportRow *row)
{
  return (double) row->n_corrected;
}

static double
get_rejected (const EmendReportRow *row)
{
  return (double) row->n_rejected;
}

static double
get_added (const EmendReportRow *row)
{
  return (double) row->n_added;
}

static double
get_absent (const EmendReportRow *row)
{
  return (double) row->n_absent;
}

static double
get_illegible (const EmendReportRow *row)
{
  return (double) row->n_illegible;
}

static double
get_agreement (const EmendReportRow *row)
{
  return row->agreement;
}

static double
get_override_rate (const EmendReportRow *row)
{
  return row->override_rate;
}

static double
get_mean_iou (const EmendReportRow *row)
{
  return row->mean_iou;
}

static double
get_mean_ms (const EmendReportRow *row)
{
  return row->mean_ms;
}

static double
get_precision (const EmendReportRow *row)
{
  return row->precision;
}

static double
get_recall (const EmendReportRow *row)
{
  return row->recall;
}

static const Column columns[] = {
  { N_ ("Proposals"), CELL_COUNT, ALL, get_proposals },
  { N_ ("Left"), CELL_COUNT, ALL, get_undecided },
  { N_ ("Accepted"), CELL_COUNT, ALL, get_accepted },
  { N_ ("Corrected"), CELL_COUNT, ALL, get_corrected },
  { N_ ("Rejected"), CELL_COUNT, ALL, get_rejected },
  { N_ ("Absent"), CELL_COUNT, FIELDS, get_absent },
  { N_ ("Illegible"), CELL_COUNT, FIELDS, get_illegible },
  { N_ ("Added"), CELL_COUNT, ALL, get_added },
  { N_ ("Overridden"), CELL_SHARE, ALL, get_override_rate },
  { N_ ("Agreement"), CELL_SHARE, FIELDS, get_agreement },
  { N_ ("Overlap"), CELL_NUMBER, THINGS, get_mean_iou },
  { N_ ("Time"), CELL_TIME, ALL, get_mean_ms },
  { N_ ("Precision"), CELL_SHARE, REFERENCE, get_precision },
  { N_ ("Recall"), CELL_SHARE, REFERENCE, get_recall },
};

static void
emend_report_entry_finalize (GObject *object)
{
  g_free (EMEND_REPORT_ENTRY (object)->row.name);
  G_OBJECT_CLASS (emend_report_entry_parent_class)->finalize (object);
}

static void
emend_report_entry_class_init (EmendReportEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = emend_report_entry_finalize;
}

static void
emend_report_entry_init (EmendReportEntry *self)
{
}

static char *
cell_text (const Column *column,
           const EmendReportRow *row)
{
  double value = column->value (row);

  switch (column->kind) {
  case CELL_SHARE:
    return emend_report_format_share (value);
  case CELL_NUMBER:
    return emend_report_format_number (value, 2);
  case CELL_TIME:
    return emend_report_format_ms (value);
  case CELL_COUNT:
  default:
    return emend_count_to_text ((guint64) value);
  }
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory,
               GtkListItem *item,
               gpointer data)
{
  const Column *column = data;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (NULL);

  if (column->kind == CELL_SHARE) {
    GtkWidget *bar = emend_ratio_bar_new ();
    gtk_box_append (GTK_BOX (box), bar);
  }
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_width_chars (GTK_LABEL (label), 5);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory,
              GtkListItem *item,
              gpointer data)
{
  const Column *column = data;
  EmendReportEntry *entry = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  g_autofree char *text = cell_text (column, &entry->row);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), text);
  if (column->kind == CELL_SHARE)
    emend_ratio_bar_set_value (EMEND_RATIO_BAR (gtk_widget_get_first_child (box)), column->value (&entry->row));
}

static void
setup_name_cb (GtkSignalListItemFactory *factory,
               GtkListItem *item,
               gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_list_item_set_child (item, label);
}

static void
bind_name_cb (GtkSignalListItemFactory *factory,
              GtkListItem *item,
              gpointer data)
{
  EmendReportEntry *entry = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);

  gtk_label_set_text (GTK_LABEL (label), entry->row.name != NULL ? entry->row.name : "");
  gtk_widget_set_tooltip_text (label, entry->row.name);
}

/* What is not defined comes last, whichever way it is sorted first. */
static int
compare_values (gconstpointer a,
                gconstpointer b,
                gpointer data)
{
  const Column *column = data;
  double x = column->value (&EMEND_REPORT_ENTRY ((gpointer) a)->row);
  double y = column->value (&EMEND_REPORT_ENTRY ((gpointer) b)->row);

  if (isnan (x) || isnan (y))
    return isnan (x) - isnan (y);
  return (x > y) - (x < y);
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer data)
{
  const char *x = EMEND_REPORT_ENTRY ((gpointer) a)->row.name;
  const char *y = EMEND_REPORT_ENTRY ((gpointer) b)->row.name;

  return emend_text_compare_natural (x != NULL ? x : "", y != NULL ? y : "");
}

static void
add_name_column (EmendReportTable *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_names, NULL, NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_name_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_name_cb), NULL);
  self->name_column = gtk_column_view_column_new (_ ("Name"), factory);
  gtk_column_view_column_set_expand (self->name_column, TRUE);
  gtk_column_view_column_set_resizable (self->name_column, TRUE);
  gtk_column_view_column_set_sorter (self->name_column, sorter);
  gtk_column_view_append_column (self->view, self->name_column);
}

static void
add_column (EmendReportTable *self,
            const Column *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_values, (gpointer) column, NULL));
  g_autoptr (GtkColumnViewColumn) view_column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), (gpointer) column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), (gpointer) column);
  view_column = gtk_column_view_column_new (_ (column->title), factory);
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_append_column (self->view, view_column);
}

/* GTK 4.8 has no property for it: the titles of numbers stand above their numbers. */
static void
align_titles (EmendReportTable *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (title = title != NULL ? gtk_widget_get_next_sibling (title) :
                               NULL;
       title != NULL; title = gtk_widget_get_next_sibling (title)) {
    GtkWidget *box = gtk_widget_get_first_child (title);

    if (GTK_IS_BOX (box))
      gtk_widget_set_halign (box, GTK_ALIGN_END);
  }
}

static void
show_columns (EmendReportTable *self,
              EmendReportColumns shown)
{
  GListModel *list = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    /* The name is the first. */
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, i + 1);
    gtk_column_view_column_set_visible (column, (columns[i].shown & 1u << shown) != 0);
  }
}

/**
 * emend_report_table_set_rows:
 * @self: the table
 * @rows: (element-type EmendReportRow): copied
 * @shown: what they are about
 */
void
emend_report_table_set_rows (EmendReportTable *self,
                             GPtrArray *rows,
                             EmendReportColumns shown)
{
  g_return_if_fail (EMEND_IS_REPORT_TABLE (self));

  g_list_store_remove_all (self->rows);
  for (guint i = 0; i < rows->len; i++) {
    const EmendReportRow *row = g_ptr_array_index (rows, i);
    g_autoptr (EmendReportEntry) entry = g_object_new (EMEND_TYPE_REPORT_ENTRY, NULL);

    entry->row = *row;
    entry->row.name = g_strdup (row->name);
    g_list_store_append (self->rows, entry);
  }
  show_columns (self, shown);
}

static void
emend_report_table_dispose (GObject *object)
{
  EmendReportTable *self = EMEND_REPORT_TABLE (object);

  g_clear_object (&self->name_column);
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_REPORT_TABLE);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (emend_report_table_parent_class)->dispose (object);
}

static void
emend_report_table_class_init (EmendReportTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_report_table_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-report-table.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendReportTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, EmendReportTable, view);
}

static void
emend_report_table_init (EmendReportTable *self)
{
  GtkSortListModel *sorted;
  GtkNoSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_list_store_new (EMEND_TYPE_REPORT_ENTRY);
  add_name_column (self);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (self, &columns[i]);
  align_titles (self);
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->rows)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  selection = gtk_no_selection_new (G_LIST_MODEL (sorted));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}
