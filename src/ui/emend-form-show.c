#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-form-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

static void
fill_slot (EmendForm *self,
           EmendFormSlot *slot)
{
  EmendSchema *schema = emend_review_get_schema (self->review);
  const EmendField *field = emend_form_get_field (self, slot);
  const EmendMark *mark = emend_form_get_mark (self, slot);
  EmendFieldState state = {
    .field = field,
    .schema = schema,
    .list = emend_schema_find_list (schema, field->list),
    .score = NAN
  };

  if (mark != NULL) {
    state.verdict = emend_mark_get_verdict (mark);
    state.value = emend_mark_get_value (mark);
    state.proposed = mark->proposal != NULL ? mark->proposal->value : NULL;
    state.score = emend_mark_get_score (mark);
  }
  state.date_order = state.verdict != EMEND_VERDICT_NONE && state.value != NULL ?
                       state.value->date_order :
                       self->date_order;
  state.hidden = field->blind && state.verdict == EMEND_VERDICT_NONE;
  emend_field_row_set_state (slot->row, &state);
  emend_form_mark_doubtful (self, slot);
  slot->stale = FALSE;
}

/**
 * emend_form_make_stale:
 * @self: a form
 *
 * All rows show anew what their marks say, when they show it next.
 */
void
emend_form_make_stale (EmendForm *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    ((EmendFormSlot *) g_ptr_array_index (self->slots, i))->stale = TRUE;
}

/**
 * emend_form_show_values:
 * @self: a form
 *
 * Shows in the rows what their marks say now; a decision changes few of those that are there.
 */
void
emend_form_show_values (EmendForm *self)
{
  EmendSchema *schema = emend_review_get_schema (self->review);
  EmendDateOrder order = emend_review_get_date_order (self->review);

  if (order != self->date_order || schema != self->schema)
    emend_form_make_stale (self);
  self->date_order = order;
  if (schema != self->schema) {
    g_clear_pointer (&self->schema, emend_schema_unref);
    self->schema = emend_schema_ref (schema);
  }
  for (guint i = 0; i < self->slots->len; i++) {
    EmendFormSlot *slot = g_ptr_array_index (self->slots, i);

    if (slot->stale)
      fill_slot (self, slot);
  }
}

/* Asks the pictures for what the strips show, all strips of a page at once. */
static gboolean
crop_cb (gpointer data)
{
  EmendForm *self = data;
  const char *path = emend_review_get_media_path (self->review);

  self->crop_idle = 0;
  for (int page = 0; path != NULL && page < emend_review_get_n_pages (self->review); page++) {
    EmendRect all = { 0 };
    double finest = 0;

    for (guint i = 0; i < self->slots->len; i++) {
      EmendFormSlot *slot = g_ptr_array_index (self->slots, i);
      const EmendMark *mark = emend_form_get_mark (self, slot);
      double scale;
      EmendRect needed = emend_crop_get_needed (emend_field_row_get_crop (slot->row), &scale);
      int own = slot->has_pending ? slot->pending.page : mark != NULL ? emend_mark_get_page (mark) :
                                                                        -1;

      if (own != page || emend_rect_area (&needed) <= 0)
        continue;
      all = emend_rect_area (&all) > 0 ? emend_rect_union (&all, &needed) : needed;
      finest = MAX (finest, scale);
    }
    if (finest > 0) {
      g_autoptr (EmendPicture) picture = emend_picture_cache_get (self->pictures, path, page);
      emend_picture_request (picture, &all, finest);
    }
  }
  return G_SOURCE_REMOVE;
}

/**
 * emend_form_show_crops:
 * @self: a form
 *
 * Shows the strips of the page that values were read from.
 */
void
emend_form_show_crops (EmendForm *self)
{
  const char *path = emend_review_get_media_path (self->review);
  gboolean ready = emend_review_get_state (self->review) == EMEND_REVIEW_READY && path != NULL;

  for (guint i = 0; i < self->slots->len; i++) {
    EmendFormSlot *slot = g_ptr_array_index (self->slots, i);
    const EmendMark *mark = emend_form_get_mark (self, slot);
    EmendRegion place = { 0 };
    g_autoptr (EmendPicture) picture = NULL;

    if (slot->has_pending)
      place = slot->pending;
    else if (mark != NULL)
      place = (EmendRegion){ emend_mark_get_page (mark), emend_mark_get_shape (mark)->box };
    if (ready && emend_rect_area (&place.box) > 0)
      picture = emend_picture_cache_get (self->pictures, path, place.page);
    if (slot->table_row < 0)
      emend_crop_set_place (emend_field_row_get_crop (slot->row), picture, &place.box);
  }
  /* After the strips have their widths. */
  if (self->crop_idle == 0)
    self->crop_idle = g_timeout_add (30, crop_cb, self);
}

/**
 * emend_form_show_count:
 * @self: a form
 *
 * Says how many fields wait for a person, and whether words are being read.
 */
void
emend_form_show_count (EmendForm *self)
{
  guint n = emend_form_count_pending (self);
  g_autofree char *text = n == 0 ? g_strdup (_ ("All fields decided")) :
                                   g_strdup_printf (ngettext ("%u field to look at", "%u fields to look at", n), n);
  gboolean reading = emend_document_is_reading (self->document);

  gtk_label_set_text (self->count, text);
  gtk_spinner_set_spinning (self->spinner, reading);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), reading);
  gtk_widget_set_visible (GTK_WIDGET (self->reading), reading);
}
