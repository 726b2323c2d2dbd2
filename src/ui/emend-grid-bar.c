#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-grid-bar.h"

#include <glib/gi18n-lib.h>

struct _EmendGridBar {
  GtkBox parent_instance;

  GtkLabel *count;
  GtkLabel *hint;
  GtkWidget *choice;
  GtkLabel *number;
  GtkDropDown *column;
  GtkWidget *leave;
  GtkWidget *take;

  gboolean is_set; /* the column is shown, not chosen */
};

enum {
  SIGNAL_TAKE,
  SIGNAL_LEAVE,
  SIGNAL_COLUMN_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendGridBar, emend_grid_bar, GTK_TYPE_BOX)

static void
emend_grid_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_GRID_BAR);
  G_OBJECT_CLASS (emend_grid_bar_parent_class)->dispose (object);
}

static void
emend_grid_bar_class_init (EmendGridBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_grid_bar_dispose;
  signals[SIGNAL_TAKE] = g_signal_new ("take", EMEND_TYPE_GRID_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
  signals[SIGNAL_LEAVE] = g_signal_new ("leave", EMEND_TYPE_GRID_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
  signals[SIGNAL_COLUMN_CHOSEN] = g_signal_new ("column-chosen", EMEND_TYPE_GRID_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-grid-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendGridBar, count);
  gtk_widget_class_bind_template_child (widget_class, EmendGridBar, hint);
  gtk_widget_class_bind_template_child (widget_class, EmendGridBar, choice);
  gtk_widget_class_bind_template_child (widget_class, EmendGridBar, number);
  gtk_widget_class_bind_template_child (widget_class, EmendGridBar, column);
  gtk_widget_class_bind_template_child (widget_class, EmendGridBar, leave);
  gtk_widget_class_bind_template_child (widget_class, EmendGridBar, take);
}

static void
take_cb (EmendGridBar *self)
{
  g_signal_emit (self, signals[SIGNAL_TAKE], 0);
}

static void
leave_cb (EmendGridBar *self)
{
  g_signal_emit (self, signals[SIGNAL_LEAVE], 0);
}

/* The first of the list is "left out". */
static void
column_cb (EmendGridBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->column);

  if (!self->is_set && selected != GTK_INVALID_LIST_POSITION)
    g_signal_emit (self, signals[SIGNAL_COLUMN_CHOSEN], 0, (int) selected - 1);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        EmendGridBar *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  leave_cb (self);
  return GDK_EVENT_STOP;
}

static void
emend_grid_bar_init (EmendGridBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->take, "clicked", G_CALLBACK (take_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leave, "clicked", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->column, "notify::selected", G_CALLBACK (column_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * emend_grid_bar_set_field:
 * @self: a bar
 * @table: a field of the type table: its columns can be chosen
 */
void
emend_grid_bar_set_field (EmendGridBar *self,
                          const EmendField *table)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, C_ ("column", "Left out"));
  for (guint i = 0; i < table->columns->len; i++)
    gtk_string_list_append (names, emend_field_get_title (g_ptr_array_index (table->columns, i)));
  self->is_set = TRUE;
  gtk_drop_down_set_model (self->column, G_LIST_MODEL (names));
  self->is_set = FALSE;
}

static char *
count_cells (const EmendTableFilling *filling)
{
  g_autofree char *rows = g_strdup_printf (ngettext ("%u row is filled", "%u rows are filled", filling->n_rows),
                                           filling->n_rows);
  g_autofree char *columns = g_strdup_printf (ngettext ("%u column", "%u columns", filling->n_columns),
                                              filling->n_columns);
  g_autofree char *unread = g_strdup_printf (ngettext ("%u cell to look at", "%u cells to look at",
                                                       filling->unread->len),
                                             filling->unread->len);

  return filling->unread->len > 0 ? g_strjoin (" · ", rows, columns, unread, NULL) :
                                    g_strjoin (" · ", rows, columns, NULL);
}

static char *
describe (const EmendTableGrid *grid,
          const EmendTableFilling *filling)
{
  if (grid == NULL)
    return g_strdup (_ ("Draw the table"));
  if (grid->rows->len == 0)
    return g_strdup (_ ("No rows here"));
  if (filling->fills->len + filling->unread->len == 0)
    return g_strdup (_ ("Nothing to fill: these cells are decided"));
  return count_cells (filling);
}

/**
 * emend_grid_bar_show_table:
 * @self: a bar
 * @tool: what is drawn
 * @filling: (nullable): what is filled from it; %NULL when no table is drawn yet
 */
void
emend_grid_bar_show_table (EmendGridBar *self,
                           const EmendTableTool *tool,
                           const EmendTableFilling *filling)
{
  const EmendTableGrid *grid = emend_table_tool_get_grid (tool);
  guint column = emend_table_tool_get_column (tool);
  g_autofree char *count = describe (grid, filling);
  g_autofree char *number = NULL;

  gtk_label_set_text (self->count, count);
  gtk_label_set_text (self->hint, grid == NULL ?
                                    _ ("Drag over it from corner to corner. Insert takes all that is on the page.") :
                                    _ ("Drag a line to move it, out of the table to remove it; click for a new one. "
                                       "Keys: Tab, ←, →, Insert, Delete; ↑, ↓ rows."));
  gtk_widget_set_sensitive (self->take, filling != NULL && filling->fills->len + filling->unread->len > 0);
  /* It keeps its room: the page does not move when the first corner is drawn. */
  gtk_widget_set_opacity (self->choice, grid != NULL ? 1 : 0);
  gtk_widget_set_sensitive (self->choice, grid != NULL);
  if (grid == NULL)
    return;
  /* TRANSLATORS: number of a column of the page, before a list of what it can be. */
  number = g_strdup_printf (_ ("Column %u"), column + 1);
  gtk_label_set_text (self->number, number);
  self->is_set = TRUE;
  gtk_drop_down_set_selected (self->column,
                              (guint) (g_array_index (grid->columns, EmendTableColumn, column).column + 1));
  self->is_set = FALSE;
}
