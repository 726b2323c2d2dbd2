#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-mark-details.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-color-dot.h"
#include "emend-handles.h"
#include "emend-mark-attributes.h"
#include "emend-mark-history.h"
#include "emend-phrases.h"

struct _EmendMarkDetails {
  GtkBox parent_instance;

  EmendColorDot *dot;
  GtkLabel *label;
  GtkLabel *state;
  GtkLabel *place;
  GtkButton *relabel;
  GtkButton *take_back;
  GtkBox *attributes;
  GtkBox *comment_box;
  GtkEntry *comment;
  GtkBox *history_box;
  GtkLabel *history;

  EmendReview *review;
  GCancellable *cancellable;
  int mark;
};

G_DEFINE_FINAL_TYPE (EmendMarkDetails, emend_mark_details, GTK_TYPE_BOX)

static void
emend_mark_details_dispose (GObject *object)
{
  EmendMarkDetails *self = EMEND_MARK_DETAILS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->review);
  gtk_widget_dispose_template (GTK_WIDGET (self), EMEND_TYPE_MARK_DETAILS);
  G_OBJECT_CLASS (emend_mark_details_parent_class)->dispose (object);
}

static void
history_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (EmendMarkDetails) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = emend_mark_history_read_finish (EMEND_STORE (source), result, &error);
  g_autofree char *text = NULL;

  if (lines == NULL)
    return;
  g_ptr_array_add (lines, NULL);
  text = g_strjoinv ("\n", (char **) lines->pdata);
  gtk_label_set_text (self->history, text);
  gtk_widget_set_visible (GTK_WIDGET (self->history_box), *text != '\0');
}

static void
ask_history (EmendMarkDetails *self,
             const EmendMark *mark)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (GTK_WIDGET (self->history_box), FALSE);
  if (mark->annotation == NULL || emend_uuid_is_nil (&mark->annotation->uuid))
    return;
  self->cancellable = g_cancellable_new ();
  emend_mark_history_read_async (emend_review_get_store (self->review), emend_review_get_item (self->review)->id,
                                 &mark->annotation->uuid,
                                 self->cancellable, history_cb, g_object_ref (self));
}

static void
show_comment (EmendMarkDetails *self,
              const EmendMark *mark)
{
  const char *comment = mark->annotation == NULL || mark->annotation->comment == NULL ? "" : mark->annotation->comment;

  gtk_widget_set_visible (GTK_WIDGET (self->comment_box), mark->annotation != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->comment), emend_review_is_writable (self->review));
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->comment)), comment) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->comment), comment);
}

/* (transfer full): where it is and how large, in pixels of the image. */
static char *
describe_place (const EmendShape *shape)
{
  EmendFrame frame = emend_frame_from_shape (shape);
  const EmendRect *box = &frame.box;
  gsize n_points = 0;

  for (gsize ring = 0; ring < emend_shape_get_n_rings (shape); ring++) {
    gsize n_of_ring;

    emend_shape_get_ring (shape, ring, &n_of_ring);
    n_points += n_of_ring;
  }
  if (shape->kind == EMEND_SHAPE_POINT)
    /* TRANSLATORS: a point: left and top, in pixels of the image. */
    return g_strdup_printf (_ ("At %.0f, %.0f"), box->x, box->y);
  if (shape->kind == EMEND_SHAPE_ROTATED_BOX)
    /* TRANSLATORS: width and height, degrees clockwise, then where its middle is, in pixels of the image. */
    return g_strdup_printf (_ ("%.0f × %.0f, turned by %.1f°, about %.0f, %.0f"), box->width, box->height,
                            frame.degrees, box->x + box->width / 2, box->y + box->height / 2);
  if (n_points > 0)
    /* TRANSLATORS: number of points of a polygon or line, width and height, then left and top, in pixels. */
    return g_strdup_printf (ngettext ("%u point, %.0f × %.0f at %.0f, %.0f", "%u points, %.0f × %.0f at %.0f, %.0f",
                                      n_points),
                            (guint) n_points, box->width, box->height, box->x, box->y);
  /* TRANSLATORS: width and height, then left and top, in pixels of the image. */
  return g_strdup_printf (_ ("%.0f × %.0f at %.0f, %.0f"), box->width, box->height, box->x, box->y);
}

static void
show (EmendMarkDetails *self)
{
  const EmendMark *mark = self->mark < 0 ? NULL : emend_review_get_mark (self->review, (guint) self->mark);
  const EmendLabel *label;
  g_autofree char *place = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), mark != NULL);
  if (mark == NULL)
    return;
  label = emend_schema_find_label (emend_review_get_schema (self->review), emend_mark_get_label (mark));
  place = describe_place (emend_mark_get_shape (mark));
  emend_color_dot_set_color (self->dot, label != NULL ? label->color : 0x888888);
  gtk_label_set_text (self->label, label != NULL ? label->name : _ ("unknown label"));
  gtk_label_set_text (self->state, emend_phrase_verdict (emend_mark_get_verdict (mark)));
  gtk_label_set_text (self->place, place);
  gtk_widget_set_visible (GTK_WIDGET (self->take_back), mark->annotation != NULL && mark->proposal != NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->take_back), "i", self->mark);
  emend_mark_attributes_fill (self->attributes, self->review, self->mark);
  show_comment (self, mark);
  ask_history (self, mark);
}

static void
selected_cb (EmendMarkDetails *self,
             int index)
{
  if (index == self->mark)
    return;
  self->mark = index;
  show (self);
}

static void
mark_changed_cb (EmendMarkDetails *self,
                 guint index)
{
  if ((int) index == self->mark)
    show (self);
}

static void
opened_cb (EmendMarkDetails *self)
{
  self->mark = emend_review_get_selected (self->review);
  show (self);
}

static void
comment_cb (EmendMarkDetails *self)
{
  const EmendMark *mark = self->mark < 0 ? NULL : emend_review_get_mark (self->review, (guint) self->mark);
  g_autofree char *text = NULL;

  if (mark == NULL || mark->annotation == NULL)
    return;
  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->comment))));
  if (g_strcmp0 (text, mark->annotation->comment == NULL ? "" : mark->annotation->comment) != 0)
    emend_review_set_comment (self->review, self->mark, *text == '\0' ? NULL : text);
}

static void
emend_mark_details_class_init (EmendMarkDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_mark_details_dispose;
  g_type_ensure (EMEND_TYPE_COLOR_DOT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-mark-details.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendMarkDetails, dot);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkDetails, label);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkDetails, state);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkDetails, place);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkDetails, relabel);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkDetails, take_back);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkDetails, attributes);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkDetails, comment_box);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkDetails, comment);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkDetails, history_box);
  gtk_widget_class_bind_template_child (widget_class, EmendMarkDetails, history);
  gtk_widget_class_bind_template_callback (widget_class, comment_cb);
}

static void
emend_mark_details_init (EmendMarkDetails *self)
{
  self->mark = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_mark_details_set_review:
 * @self: the details
 * @review: the work whose selected mark is shown
 */
void
emend_mark_details_set_review (EmendMarkDetails *self,
                               EmendReview *review)
{
  g_return_if_fail (self->review == NULL);
  self->review = g_object_ref (review);
  g_signal_connect_object (review, "selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "mark-changed", G_CALLBACK (mark_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
}
