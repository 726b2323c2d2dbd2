#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-page-private.h"

#include <glib/gi18n-lib.h>

#include "emend-table-guide.h"

/* Room around a table in the view, as a part of its larger side. */
#define TABLE_MARGIN 0.05
/* Room for the labels above it, as a part of its height. */
#define LABEL_ROOM 0.06

/* The columns of a table are drawn over the page: what the tool knows goes to canvas, bar and form. */

static GPtrArray *
list_marks (EmendReviewPage *self)
{
  guint n = emend_review_get_n_marks (self->review);
  GPtrArray *marks = g_ptr_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (marks, (gpointer) emend_review_get_mark (self->review, i));
  return marks;
}

static GArray *
list_places (GPtrArray *fills)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (EmendRect));

  for (guint i = 0; i < fills->len; i++)
    g_array_append_val (places, ((const EmendTableFill *) g_ptr_array_index (fills, i))->place.box);
  return places;
}

/* NULL when no table is drawn yet. */
static EmendTableFilling *
make_filling (EmendReviewPage *self)
{
  const EmendTableGrid *grid = emend_table_tool_get_grid (self->table);
  g_autoptr (GPtrArray) marks = list_marks (self);

  if (grid == NULL)
    return NULL;
  return emend_table_filling_new (grid, emend_review_get_schema (self->review),
                                  emend_table_tool_get_field (self->table), self->table_page, marks,
                                  emend_review_get_date_order (self->review));
}

/* Tells a screen reader which line has the keys, and what is to the right of it. */
static void
describe (EmendReviewPage *self)
{
  const EmendTableGrid *grid = emend_table_tool_get_grid (self->table);
  const EmendField *table = emend_table_tool_get_field (self->table);
  g_autofree char *text = NULL;

  if (grid != NULL) {
    guint line = emend_table_tool_get_selected (self->table);
    int column = g_array_index (grid->columns, EmendTableColumn, emend_table_tool_get_column (self->table)).column;

    /* TRANSLATORS: number of a line between the columns of a table, how many there are, then what the column beside it
     * is. */
    text = g_strdup_printf (_ ("Line %u of %u, column: %s"), line + 1, grid->columns->len + 1,
                            column >= 0 ? emend_field_get_title (g_ptr_array_index (table->columns, (guint) column)) :
                                          C_ ("column", "Left out"));
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->canvas), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

static void
show_table (EmendReviewPage *self)
{
  g_autoptr (EmendTableFilling) filling = make_filling (self);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GArray) filled = list_places (filling != NULL ? filling->fills : none);
  g_autoptr (GArray) unread = list_places (filling != NULL ? filling->unread : none);

  emend_canvas_set_table_cells (self->canvas, filled, unread);
  emend_grid_bar_show_table (self->grid_bar, self->table, filling);
  describe (self);
}

static char *
get_key (EmendReviewPage *self)
{
  return g_strdup_printf ("grid-%d", emend_table_tool_get_field (self->table)->id);
}

/* Where cells of the table are proposed on the page. */
static EmendRect
find_proposed (EmendReviewPage *self,
               int field)
{
  EmendRect all = { 0 };

  for (guint i = 0; i < emend_review_get_n_marks (self->review); i++) {
    const EmendMark *mark = emend_review_get_mark (self->review, i);
    const EmendRect *box = mark != NULL ? &emend_mark_get_shape (mark)->box : NULL;

    if (mark == NULL || emend_mark_get_label (mark) != field || emend_mark_get_page (mark) != self->table_page ||
        emend_rect_area (box) <= 0)
      continue;
    all = emend_rect_area (&all) > 0 ? emend_rect_union (&all, box) : *box;
  }
  return all;
}

/* The lines that were drawn over the last table, else the table whose heading is found, else where cells are proposed;
 * else it is drawn. */
static void
propose (EmendReviewPage *self,
         EmendWords *words)
{
  const EmendField *field = emend_table_tool_get_field (self->table);
  g_autofree char *key = get_key (self);
  g_autoptr (EmendTableGuide) guide = emend_table_guide_from_text (emend_review_get_setting (self->review, key));
  g_autoptr (EmendTableGrid) placed = guide != NULL ? emend_table_guide_place (guide, words, field) : NULL;
  EmendRect rect = find_proposed (self, field->id);

  if (placed != NULL)
    emend_table_tool_set_grid (self->table, placed);
  else if (emend_table_find (words, field, &rect) || emend_rect_area (&rect) > 0)
    emend_table_tool_set_rect (self->table, &rect);
}

/* Why no table can be drawn now, or NULL. */
static const char *
find_obstacle (EmendReviewPage *self,
               const EmendField *field)
{
  const EmendPage *page = emend_review_get_page (self->review);

  if (field == NULL || field->type != EMEND_FIELD_TABLE || field->columns->len == 0)
    return _ ("This project asks for no table.");
  if (!emend_review_is_writable (self->review))
    return emend_review_get_info (self->review)->read_only_reason;
  if (emend_review_get_state (self->review) != EMEND_REVIEW_READY || page == NULL)
    return _ ("There is no page to draw on.");
  if (emend_document_get_words (self->document, page->number) == NULL)
    return _ ("The words of this page are not read yet.");
  return NULL;
}

/* The view has its size when the bar below it has been laid out, which is before the second frame. */
static gboolean
zoom_cb (GtkWidget *widget,
         GdkFrameClock *clock,
         gpointer data)
{
  EmendReviewPage *self = data;
  const EmendTableGrid *grid = self->table != NULL ? emend_table_tool_get_grid (self->table) : NULL;
  EmendRect rect;

  if (self->table_frames++ == 0)
    return G_SOURCE_CONTINUE;
  self->table_tick = 0;
  if (grid == NULL)
    return G_SOURCE_REMOVE;
  rect = grid->rect;
  rect.y -= LABEL_ROOM * rect.height;
  rect.height += LABEL_ROOM * rect.height;
  emend_canvas_zoom_to_rect (self->canvas, &rect, TABLE_MARGIN);
  return G_SOURCE_REMOVE;
}

static void
go_to_table (EmendReviewPage *self)
{
  self->table_frames = 0;
  if (self->table_tick == 0 && g_settings_get_boolean (self->settings, "follow"))
    self->table_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->canvas), zoom_cb, self, NULL);
}

/**
 * emend_review_page_draw_table:
 * @self: a review page
 * @field: number of a table, or 0
 *
 * Begins to draw its columns over the page, or tells why that cannot be.
 */
void
emend_review_page_draw_table (EmendReviewPage *self,
                              int field)
{
  const EmendField *table = emend_schema_find_field (emend_review_get_schema (self->review), field);
  const char *obstacle = find_obstacle (self, table);
  EmendWords *words;

  if (obstacle != NULL) {
    emend_review_page_tell (self, obstacle);
    return;
  }
  emend_review_page_leave_table (self, FALSE);
  self->table_item = emend_review_get_item (self->review)->id;
  self->table_page = emend_review_get_page (self->review)->number;
  words = emend_document_get_words (self->document, self->table_page);
  self->table = emend_table_tool_new (words, table);
  propose (self, words);
  emend_canvas_set_tool (self->canvas, EMEND_TOOL_SELECT);
  emend_canvas_set_table (self->canvas, self->table);
  emend_grid_bar_set_field (self->grid_bar, table);
  gtk_widget_set_visible (GTK_WIDGET (self->grid_bar), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), FALSE);
  show_table (self);
  emend_review_page_update_tools (self);
  go_to_table (self);
}

/**
 * emend_review_page_leave_table:
 * @self: a review page
 * @go_back: whether the form gets the focus again
 *
 * No table is drawn any more.
 */
void
emend_review_page_leave_table (EmendReviewPage *self,
                               gboolean go_back)
{
  if (self->table == NULL)
    return;
  emend_canvas_set_table (self->canvas, NULL);
  g_clear_pointer (&self->table, emend_table_tool_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->canvas), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "", -1);
  gtk_widget_set_visible (GTK_WIDGET (self->grid_bar), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), TRUE);
  emend_review_page_update_tools (self);
  if (go_back)
    emend_form_grab_focus (self->form);
}

/**
 * emend_review_page_drop_table:
 * @self: a review page that goes
 *
 * May be called twice.
 */
void
emend_review_page_drop_table (EmendReviewPage *self)
{
  if (self->table_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->canvas), self->table_tick);
  self->table_tick = 0;
  if (self->table != NULL)
    emend_canvas_set_table (self->canvas, NULL);
  g_clear_pointer (&self->table, emend_table_tool_free);
}

static void
remember_lines (EmendReviewPage *self)
{
  g_autofree char *key = get_key (self);
  g_autoptr (EmendTableGuide) guide = emend_table_guide_new (emend_table_tool_get_grid (self->table),
                                                             emend_table_tool_get_field (self->table));
  g_autofree char *text = emend_table_guide_to_text (guide);

  emend_review_set_setting (self->review, key, text);
}

static void
take (EmendReviewPage *self)
{
  g_autoptr (EmendTableFilling) filling = make_filling (self);
  int field = emend_table_tool_get_field (self->table)->id;

  if (filling == NULL || filling->fills->len + filling->unread->len == 0) {
    emend_review_page_tell (self, _ ("There is nothing here that can be filled."));
    return;
  }
  remember_lines (self);
  emend_review_page_leave_table (self, FALSE);
  emend_review_fill_table (self->review, field, filling);
  emend_form_take_unread (self->form, field, filling->unread);
}

static void
take_cb (EmendReviewPage *self)
{
  emend_review_set_source (self->review, EMEND_DECISION_BY_POINTER);
  take (self);
}

static void
leave_cb (EmendReviewPage *self)
{
  emend_review_page_leave_table (self, TRUE);
}

static void
choose (EmendReviewPage *self,
        int column)
{
  emend_table_tool_choose (self->table, column);
  gtk_widget_queue_draw (GTK_WIDGET (self->canvas));
  show_table (self);
}

static void
column_chosen_cb (EmendReviewPage *self,
                  int column)
{
  if (self->table == NULL)
    return;
  choose (self, column);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/* Another page or document: the table that was begun is not of it. The same one, read again, may have other marks. */
static void
opened_cb (EmendReviewPage *self)
{
  const EmendItem *item = emend_review_get_item (self->review);
  const EmendPage *page = emend_review_get_page (self->review);

  if (self->table == NULL)
    return;
  if (item == NULL || item->id != self->table_item || page == NULL || page->number != self->table_page ||
      emend_review_get_state (self->review) != EMEND_REVIEW_READY)
    emend_review_page_leave_table (self, FALSE);
  else
    show_table (self);
}

static void
changed_cb (EmendReviewPage *self)
{
  if (self->table != NULL)
    show_table (self);
}

static gboolean
find_key (guint keyval,
          EmendTableKey *key)
{
  static const struct {
    guint keyval;
    EmendTableKey key;
  } keys[] = {
    { GDK_KEY_Left, EMEND_TABLE_KEY_LEFT },
    { GDK_KEY_KP_Left, EMEND_TABLE_KEY_LEFT },
    { GDK_KEY_Right, EMEND_TABLE_KEY_RIGHT },
    { GDK_KEY_KP_Right, EMEND_TABLE_KEY_RIGHT },
    { GDK_KEY_Up, EMEND_TABLE_KEY_UP },
    { GDK_KEY_KP_Up, EMEND_TABLE_KEY_UP },
    { GDK_KEY_Down, EMEND_TABLE_KEY_DOWN },
    { GDK_KEY_KP_Down, EMEND_TABLE_KEY_DOWN },
    { GDK_KEY_Tab, EMEND_TABLE_KEY_NEXT },
    { GDK_KEY_ISO_Left_Tab, EMEND_TABLE_KEY_PREVIOUS },
    { GDK_KEY_Insert, EMEND_TABLE_KEY_INSERT },
    { GDK_KEY_KP_Insert, EMEND_TABLE_KEY_INSERT },
    { GDK_KEY_Delete, EMEND_TABLE_KEY_DELETE },
    { GDK_KEY_KP_Delete, EMEND_TABLE_KEY_DELETE },
    { GDK_KEY_BackSpace, EMEND_TABLE_KEY_DELETE },
    { GDK_KEY_Return, EMEND_TABLE_KEY_ENTER },
    { GDK_KEY_KP_Enter, EMEND_TABLE_KEY_ENTER },
    { GDK_KEY_ISO_Enter, EMEND_TABLE_KEY_ENTER },
    { GDK_KEY_Escape, EMEND_TABLE_KEY_ESCAPE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (keys[i].keyval != keyval)
      continue;
    *key = keys[i].key;
    return TRUE;
  }
  return FALSE;
}

static void
press (EmendReviewPage *self,
       EmendTableKey key,
       gboolean shift)
{
  switch (emend_table_tool_key (self->table, key, shift ? EMEND_MODIFIER_SHIFT : EMEND_MODIFIER_NONE)) {
  case EMEND_TABLE_TOOL_REDRAW:
    gtk_widget_queue_draw (GTK_WIDGET (self->canvas));
    show_table (self);
    break;
  case EMEND_TABLE_TOOL_TAKE:
    emend_review_set_source (self->review, EMEND_DECISION_BY_KEYBOARD);
    take (self);
    break;
  case EMEND_TABLE_TOOL_LEAVE:
    emend_review_page_leave_table (self, TRUE);
    break;
  case EMEND_TABLE_TOOL_PASS:
  case EMEND_TABLE_TOOL_NONE:
  default:
    break;
  }
}

/* These mean on the page what they mean without a table. */
static gboolean
is_view_key (guint keyval)
{
  return keyval == GDK_KEY_space || keyval == GDK_KEY_plus || keyval == GDK_KEY_equal || keyval == GDK_KEY_minus ||
         keyval == GDK_KEY_KP_Add || keyval == GDK_KEY_KP_Subtract || keyval == GDK_KEY_question ||
         (keyval >= GDK_KEY_F1 && keyval <= GDK_KEY_F12) || keyval == GDK_KEY_Page_Up || keyval == GDK_KEY_Page_Down;
}

/**
 * emend_review_page_table_key:
 * @self: a review page
 * @keyval: what was pressed on the page
 * @modifiers: with what
 *
 * Gives a key to the table that is being drawn, before it means something else.
 *
 * Returns: whether there is one, and the key is meant for it
 */
gboolean
emend_review_page_table_key (EmendReviewPage *self,
                             guint keyval,
                             GdkModifierType modifiers)
{
  gunichar typed = gdk_keyval_to_unicode (keyval);
  gboolean shift = (modifiers & GDK_SHIFT_MASK) != 0;
  EmendTableKey key;

  if (self->table == NULL || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (keyval == GDK_KEY_Tab && shift)
    press (self, EMEND_TABLE_KEY_PREVIOUS, FALSE);
  else if (find_key (keyval, &key))
    press (self, key, shift);
  else if (typed >= '0' && typed <= '9' && emend_table_tool_get_grid (self->table) != NULL)
    choose (self, (int) typed - '1'); /* 0 is none of them */
  else
    return !is_view_key (keyval);
  return TRUE;
}

/**
 * emend_review_page_set_up_tables:
 * @self: a new review page with its form and document
 */
void
emend_review_page_set_up_tables (EmendReviewPage *self)
{
  g_signal_connect_object (self->form, "draw-table", G_CALLBACK (emend_review_page_draw_table), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "table-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->review, "mark-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->review, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->grid_bar, "take", G_CALLBACK (take_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid_bar, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid_bar, "column-chosen", G_CALLBACK (column_chosen_cb), self, G_CONNECT_SWAPPED);
}
