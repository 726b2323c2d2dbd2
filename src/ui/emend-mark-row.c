#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-mark-row.h"

#include <glib/gi18n-lib.h>

#include "emend-color-dot.h"
#include "emend-confidence-bar.h"
#include "emend-phrases.h"

struct _EmendMarkRow {
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkLabel *title;
  GtkLabel *count;
  GtkImage *icon;
  EmendColorDot *dot;
  GtkLabel *label;
  EmendConfidenceBar *bar;
  GtkLabel *score;
  GtkButton *accept;
  GtkButton *reject;
};

G_DEFINE_FINAL_TYPE (EmendMarkRow, emend_mark_row, GTK_TYPE_WIDGET)

static void
emend_mark_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_MARK_ROW);
  G_OBJECT_CLASS (emend_mark_row_parent_class)->dispose (object);
}

static void
emend_mark_row_class_init (EmendMarkRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_mark_row_dispose;
  g_type_ensure (EMEND_TYPE_COLOR_DOT);
  g_type_ensure (EMEND_TYPE_CONFIDENCE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-mark-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendMarkRow, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkRow, title);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkRow, count);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkRow, icon);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkRow, dot);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkRow, label);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkRow, bar);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkRow, score);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkRow, accept);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkRow, reject);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
emend_mark_row_init (EmendMarkRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_mark_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
emend_mark_row_new (void)
{
  return g_object_new (EMEND_TYPE_MARK_ROW, NULL);
}

/**
 * emend_mark_row_set_head:
 * @self: a row
 * @title: of a section
 * @count: how many marks are below it
 */
void
emend_mark_row_set_head (EmendMarkRow *self,
                         const char *title,
                         guint count)
{
  g_autofree char *number = g_strdup_printf ("%u", count);

  gtk_stack_set_visible_child_name (self->stack, "head");
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->count, number);
}

static void
set_style (EmendMarkRow *self,
           EmendVerdict verdict)
{
  GtkWidget *label = GTK_WIDGET (self->label);

  if (verdict == EMEND_VERDICT_REJECTED)
    gtk_widget_add_css_class (label, "rejected");
  else
    gtk_widget_remove_css_class (label, "rejected");
  gtk_widget_set_visible (GTK_WIDGET (self->accept),
                          verdict == EMEND_VERDICT_NONE || verdict == EMEND_VERDICT_REJECTED);
  gtk_widget_set_visible (GTK_WIDGET (self->reject), verdict != EMEND_VERDICT_REJECTED);
}

/**
 * emend_mark_row_set_mark:
 * @self: a row
 * @mark: what it shows
 * @index: its number, for the actions
 * @schema: for label and colour
 *
 * Returns: (transfer full): what the row says, for its accessible name
 */
char *
emend_mark_row_set_mark (EmendMarkRow *self,
                         const EmendMark *mark,
                         int index,
                         EmendSchema *schema)
{
  const EmendLabel *label = emend_schema_find_label (schema, emend_mark_get_label (mark));
  EmendVerdict verdict = emend_mark_get_verdict (mark);
  double score = emend_mark_get_score (mark);
  g_autofree char *number = emend_phrase_score (score);

  gtk_stack_set_visible_child_name (self->stack, "mark");
  gtk_image_set_from_icon_name (self->icon, emend_phrase_verdict_icon (verdict));
  /* Setting one asks the display server where the pointer is, each time. */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self->icon)), emend_phrase_verdict (verdict)) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), emend_phrase_verdict (verdict));
  emend_color_dot_set_color (self->dot, label != NULL ? label->color : 0x888888);
  gtk_label_set_text (self->label, label != NULL ? label->name : _ ("unknown label"));
  emend_confidence_bar_set_score (self->bar, score);
  gtk_label_set_text (self->score, number);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->accept), "i", index);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->reject), "i", index);
  set_style (self, verdict);
  return emend_phrase_mark (mark, schema);
}
