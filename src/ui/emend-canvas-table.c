#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-canvas-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

/* Of the labels above the columns, in logical pixels. */
#define LABEL_SIZE 20.0f
#define LABEL_GAP 4.0f
#define LABEL_PAD 6.0f

/* In what all parts of the table are drawn: the page turned level about the middle of the table. */
typedef struct {
  EmendCanvas *canvas;
  GtkSnapshot *snapshot;
  const EmendTableGrid *grid;
  EmendPoint middle; /* of the table, in page pixels */
  double scale;
  GdkRGBA accent;
} Drawing;

/**
 * emend_canvas_set_table:
 * @self: a canvas
 * @tool: (nullable): draws a table over the page, and has the pointer as long as it is there; it belongs to the caller,
 *   who takes it away before it is freed
 */
void
emend_canvas_set_table (EmendCanvas *self,
                        EmendTableTool *tool)
{
  self->table = tool;
  g_clear_pointer (&self->filled, g_array_unref);
  g_clear_pointer (&self->unread, g_array_unref);
  emend_canvas_end_input (self);
  self->hovered_word = -1;
  emend_canvas_set_cursor (self, tool != NULL ? "crosshair" : "default");
  emend_canvas_redraw (self);
}

/**
 * emend_canvas_set_table_cells:
 * @self: a canvas
 * @filled: (element-type EmendRect): places that the table is filled from, in page pixels
 * @unread: (element-type EmendRect): places that cannot be read as what their columns are
 */
void
emend_canvas_set_table_cells (EmendCanvas *self,
                              const GArray *filled,
                              const GArray *unread)
{
  g_clear_pointer (&self->filled, g_array_unref);
  g_clear_pointer (&self->unread, g_array_unref);
  self->filled = g_array_copy ((GArray *) filled);
  self->unread = g_array_copy ((GArray *) unread);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * emend_canvas_point_table:
 * @self: a canvas
 * @event: what the pointer did
 *
 * Gives it to the tool that draws a table.
 *
 * Returns: whether there is one that wanted it
 */
gboolean
emend_canvas_point_table (EmendCanvas *self,
                          const EmendPointerEvent *event)
{
  const char *cursor;
  EmendTableToolAction action;

  if (self->table == NULL)
    return FALSE;
  action = emend_table_tool_pointer (self->table, &self->viewport, event, &cursor);
  if (action == EMEND_TABLE_TOOL_PASS)
    return FALSE;
  if (cursor != NULL)
    emend_canvas_set_cursor (self, cursor);
  if (action == EMEND_TABLE_TOOL_REDRAW) {
    gtk_widget_queue_draw (GTK_WIDGET (self));
    g_signal_emit (self, emend_canvas_signals[EMEND_CANVAS_TABLE_CHANGED], 0);
  }
  return TRUE;
}

static void
fill_places (EmendCanvas *self,
             GtkSnapshot *snapshot,
             const GArray *places,
             const GdkRGBA *color)
{
  for (guint i = 0; places != NULL && i < places->len; i++) {
    EmendRect box = emend_viewport_rect_to_view (&self->viewport, &g_array_index (places, EmendRect, i));

    gtk_snapshot_append_color (snapshot, color,
                               &GRAPHENE_RECT_INIT ((float) box.x - 1, (float) box.y - 1, (float) box.width + 2,
                                                    (float) box.height + 2));
  }
}

static graphene_rect_t
to_view (const Drawing *drawing,
         double left,
         double top,
         double right,
         double bottom)
{
  graphene_rect_t rect;

  graphene_rect_init (&rect, (float) ((left - drawing->middle.x) * drawing->scale),
                      (float) ((top - drawing->middle.y) * drawing->scale),
                      (float) ((right - left) * drawing->scale), (float) ((bottom - top) * drawing->scale));
  return rect;
}

static void
fill (const Drawing *drawing,
      const graphene_rect_t *rect,
      float alpha)
{
  GdkRGBA color = drawing->accent;

  color.alpha = alpha;
  gtk_snapshot_append_color (drawing->snapshot, &color, rect);
}

/* What is left out is pale, the heading is tinted, and a light line parts rows. */
static void
draw_rows (const Drawing *drawing)
{
  const EmendTableGrid *grid = drawing->grid;
  double right = grid->rect.x + grid->rect.width;
  double before = grid->heading_bottom;
  graphene_rect_t rect = to_view (drawing, grid->rect.x, grid->heading_top, right, grid->heading_bottom);

  if (grid->heading_bottom > grid->heading_top)
    fill (drawing, &rect, 0.16f);
  for (guint i = 0; i < grid->rows->len; i++) {
    const EmendTableRow *row = g_ptr_array_index (grid->rows, i);
    double y = (before + row->top) / 2;

    rect = to_view (drawing, grid->rect.x, y, right, y);
    rect.size.height = 1;
    if (i > 0 || grid->heading_bottom > grid->heading_top)
      fill (drawing, &rect, 0.45f);
    before = row->bottom;
  }
}

static void
draw_left_out (const Drawing *drawing)
{
  const EmendRect *table = &drawing->grid->rect;
  const GdkRGBA pale = { 0.5f, 0.5f, 0.5f, 0.28f };

  for (guint i = 0; i < drawing->grid->columns->len; i++) {
    const EmendTableColumn *column = &g_array_index (drawing->grid->columns, EmendTableColumn, i);
    graphene_rect_t rect = to_view (drawing, column->left, table->y, column->right, table->y + table->height);

    if (column->column < 0)
      gtk_snapshot_append_color (drawing->snapshot, &pale, &rect);
  }
}

/* With a white edge, so that it is seen on any paper; the one that has the keys is thicker and has a knob. */
static void
draw_line (const Drawing *drawing,
           double x,
           gboolean selected)
{
  const EmendRect *table = &drawing->grid->rect;
  const GdkRGBA white = { 1, 1, 1, 0.85f };
  graphene_rect_t rect = to_view (drawing, x, table->y, x, table->y + table->height);
  float width = selected ? 3 : 1.5f;
  GskRoundedRect knob;

  rect.origin.x -= width / 2;
  rect.size.width = width;
  graphene_rect_inset (&rect, -1, 0);
  gtk_snapshot_append_color (drawing->snapshot, &white, &rect);
  graphene_rect_inset (&rect, 1, 0);
  fill (drawing, &rect, 1);
  if (!selected)
    return;
  for (int i = 0; i < 2; i++) {
    float size = i == 0 ? 14 : 10;
    graphene_rect_t disc = GRAPHENE_RECT_INIT (rect.origin.x + width / 2 - size / 2,
                                               rect.origin.y + rect.size.height - size / 2, size, size);

    gsk_rounded_rect_init_from_rect (&knob, &disc, size / 2);
    gtk_snapshot_push_rounded_clip (drawing->snapshot, &knob);
    gtk_snapshot_append_color (drawing->snapshot, i == 0 ? &white : &drawing->accent, &disc);
    gtk_snapshot_pop (drawing->snapshot);
  }
}

static void
draw_lines (const Drawing *drawing)
{
  const EmendRect *table = &drawing->grid->rect;
  guint selected = emend_table_tool_get_selected (drawing->canvas->table);
  guint n = drawing->grid->columns->len;
  graphene_rect_t rect = to_view (drawing, table->x, table->y, table->x + table->width, table->y + table->height);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &rect, 0);
  gtk_snapshot_append_border (drawing->snapshot, &outline, (float[4]){ 1.5f, 1.5f, 1.5f, 1.5f },
                              (GdkRGBA[4]){ drawing->accent, drawing->accent, drawing->accent, drawing->accent });
  for (guint i = 0; i <= n; i++) {
    double x = i < n ? g_array_index (drawing->grid->columns, EmendTableColumn, i).left : table->x + table->width;

    if ((i > 0 && i < n) || i == selected)
      draw_line (drawing, x, i == selected);
  }
}

static void
draw_text (const Drawing *drawing,
           const char *text,
           const graphene_rect_t *rect)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (drawing->canvas), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  const GdkRGBA white = { 1, 1, 1, 1 };
  float room = rect->size.width - 2 * LABEL_PAD;
  int width;
  int height;

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (MAX (room, 1) * PANGO_SCALE));
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (drawing->snapshot);
  gtk_snapshot_translate (drawing->snapshot,
                          &GRAPHENE_POINT_INIT (rect->origin.x + LABEL_PAD,
                                                rect->origin.y + (rect->size.height - (float) height) / 2));
  gtk_snapshot_append_layout (drawing->snapshot, layout, &white);
  gtk_snapshot_restore (drawing->snapshot);
}

static void
draw_label (const Drawing *drawing,
            guint index)
{
  const EmendField *table = emend_table_tool_get_field (drawing->canvas->table);
  const EmendTableColumn *column = &g_array_index (drawing->grid->columns, EmendTableColumn, index);
  const GdkRGBA gray = { 0.38f, 0.38f, 0.40f, 0.95f };
  const GdkRGBA white = { 1, 1, 1, 1 };
  double top = drawing->grid->rect.y;
  graphene_rect_t rect = to_view (drawing, column->left, top, column->right, top);
  GskRoundedRect pill;

  graphene_rect_inset (&rect, 2, 0);
  if (rect.size.width < 8)
    return;
  rect.origin.y -= LABEL_SIZE + LABEL_GAP;
  rect.size.height = LABEL_SIZE;
  gsk_rounded_rect_init_from_rect (&pill, &rect, 5);
  gtk_snapshot_push_rounded_clip (drawing->snapshot, &pill);
  gtk_snapshot_append_color (drawing->snapshot, column->column >= 0 ? &drawing->accent : &gray, &rect);
  draw_text (drawing,
             column->column >= 0 ? emend_field_get_title (g_ptr_array_index (table->columns, (guint) column->column)) :
                                   C_ ("column", "Left out"),
             &rect);
  gtk_snapshot_pop (drawing->snapshot);
  if (index == emend_table_tool_get_column (drawing->canvas->table))
    gtk_snapshot_append_border (drawing->snapshot, &pill, (float[4]){ 2, 2, 2, 2 },
                                (GdkRGBA[4]){ white, white, white, white });
}

static void
draw_band (EmendCanvas *self,
           GtkSnapshot *snapshot,
           const EmendRect *band,
           const GdkRGBA *accent)
{
  EmendRect rect = emend_viewport_rect_to_view (&self->viewport, band);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) rect.x, (float) rect.y, (float) rect.width,
                                               (float) rect.height);
  GdkRGBA tint = *accent;
  GskRoundedRect outline;

  tint.alpha = 0.12f;
  gtk_snapshot_append_color (snapshot, &tint, &bounds);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1.5f, 1.5f, 1.5f, 1.5f },
                              (GdkRGBA[4]){ *accent, *accent, *accent, *accent });
}

static void
draw_grid (EmendCanvas *self,
           GtkSnapshot *snapshot,
           const EmendTableGrid *grid,
           const GdkRGBA *accent)
{
  EmendPoint middle = { grid->rect.x + grid->rect.width / 2, grid->rect.y + grid->rect.height / 2 };
  Drawing drawing = { self, snapshot, grid, middle, self->viewport.scale, *accent };
  EmendPoint at = emend_viewport_to_view (&self->viewport, middle);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) at.x, (float) at.y));
  gtk_snapshot_rotate (snapshot, (float) (atan (grid->slope) * 180 / G_PI));
  draw_left_out (&drawing);
  draw_rows (&drawing);
  draw_lines (&drawing);
  for (guint i = 0; i < grid->columns->len; i++)
    draw_label (&drawing, i);
  gtk_snapshot_restore (snapshot);
}

/**
 * emend_canvas_draw_table:
 * @self: a canvas
 * @snapshot: where to draw
 *
 * The table that is being drawn: its columns with what they are, its rows, and the words that are taken.
 */
void
emend_canvas_draw_table (EmendCanvas *self,
                         GtkSnapshot *snapshot)
{
  const GdkRGBA amber = { 0.95f, 0.55f, 0.0f, 0.40f };
  GdkRGBA accent = { 0.21f, 0.52f, 0.89f, 1 };
  const EmendTableGrid *grid;
  GdkRGBA tint;
  EmendRect band;

  if (self->table == NULL)
    return;
  gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "accent_bg_color", &accent);
  tint = accent;
  tint.alpha = 0.20f;
  grid = emend_table_tool_get_grid (self->table);
  fill_places (self, snapshot, self->filled, &tint);
  fill_places (self, snapshot, self->unread, &amber);
  if (grid != NULL)
    draw_grid (self, snapshot, grid, &accent);
  if (emend_table_tool_get_band (self->table, &band))
    draw_band (self, snapshot, &band, &accent);
}
