#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-page-private.h"

#include <glib/gi18n-lib.h>

#include "emend-phrases.h"

/* Colour and tag of a label, or of a field, which gets a colour by its place in the form. */
static void
name_mark (EmendReviewPage *self,
           const EmendMark *mark,
           EmendOverlayMark *drawn)
{
  EmendSchema *schema = emend_review_get_schema (self->review);
  const EmendLabel *label = emend_schema_find_label (schema, emend_mark_get_label (mark));

  drawn->color = label != NULL ? label->color : 0x888888;
  drawn->tag = label != NULL ? label->name : NULL;
  if (emend_mark_get_value (mark) == NULL)
    return;
  /* A value that stands nowhere has a box without area. */
  drawn->hidden = drawn->hidden || emend_rect_area (&drawn->shape.box) <= 0;
  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    const EmendField *field = emend_schema_get_field (schema, i);

    if (field->id != emend_mark_get_label (mark))
      continue;
    drawn->color = emend_schema_get_color (i);
    drawn->tag = (char *) emend_field_get_title (field);
  }
}

/**
 * emend_review_page_get_overlay_mark:
 * @self: a review page
 * @index: number of a mark
 *
 * Returns: how it is drawn; one of another page keeps its number and is hidden
 */
EmendOverlayMark
emend_review_page_get_overlay_mark (EmendReviewPage *self,
                                    guint index)
{
  const EmendMark *mark = emend_review_get_mark (self->review, index);
  const EmendPage *page = emend_review_get_page (self->review);
  EmendOverlayMark drawn = { .hidden = TRUE };

  if (mark == NULL)
    return drawn;
  drawn.shape = *emend_mark_get_shape (mark);
  drawn.verdict = emend_mark_get_verdict (mark);
  drawn.score = emend_mark_get_score (mark);
  drawn.hidden = page == NULL || emend_mark_get_page (mark) != page->number;
  name_mark (self, mark, &drawn);
  return drawn;
}

/**
 * emend_review_page_show_marks:
 * @self: a review page
 *
 * Draws the marks of the open item.
 */
void
emend_review_page_show_marks (EmendReviewPage *self)
{
  guint n = emend_review_get_n_marks (self->review);
  g_autofree EmendOverlayMark *marks = g_new0 (EmendOverlayMark, MAX (n, 1));
  g_autoptr (EmendOverlay) overlay = NULL;

  for (guint i = 0; i < n; i++)
    marks[i] = emend_review_page_get_overlay_mark (self, i);
  overlay = emend_overlay_new (marks, n);
  emend_canvas_set_overlay (self->canvas, overlay);
}

/**
 * emend_review_page_select_mark:
 * @self: a review page
 * @index: number of a mark, or -1
 *
 * Shows it as the selected one, with what was proposed when it stood elsewhere.
 */
void
emend_review_page_select_mark (EmendReviewPage *self,
                               int index)
{
  const EmendMark *mark = index < 0 ? NULL : emend_review_get_mark (self->review, (guint) index);
  const EmendShape *ghost = NULL;

  if (mark != NULL && mark->proposal != NULL && mark->annotation != NULL &&
      mark->annotation->verdict == EMEND_VERDICT_CORRECTED &&
      !emend_shape_equal (&mark->proposal->shape, &mark->annotation->shape))
    ghost = &mark->proposal->shape;
  emend_canvas_set_selected (self->canvas, index, ghost);
}

/**
 * emend_review_page_describe:
 * @self: a review page
 *
 * Tells a screen reader what the canvas shows.
 */
void
emend_review_page_describe (EmendReviewPage *self)
{
  const EmendItem *item = emend_review_get_item (self->review);
  int selected = emend_review_get_selected (self->review);
  const EmendMark *mark = selected < 0 ? NULL : emend_review_get_mark (self->review, (guint) selected);
  g_autofree char *name = item == NULL ? g_strdup (_ ("Item")) : emend_item_get_name (item);
  g_autofree char *what = mark == NULL ? NULL : emend_phrase_mark (mark, emend_review_get_schema (self->review));
  /* TRANSLATORS: name of an item, then what is selected on it: “street.jpg: car, 92 %, undecided”. */
  g_autofree char *text = what == NULL ? g_strdup (name) : g_strdup_printf (_ ("%s: %s"), name, what);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->canvas), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}
