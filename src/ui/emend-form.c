#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-form-private.h"

#include "emend-word-pick.h"

/* Bytes of decoded pictures for the strips beside the fields. */
#define CROP_MEMORY ((guint64) 96 * 1024 * 1024)

guint emend_form_signals[EMEND_FORM_N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendForm, emend_form, GTK_TYPE_BOX)

/**
 * emend_form_slot_free:
 * @slot: (transfer full): something that was asked for; its widgets belong to the form
 */
void
emend_form_slot_free (EmendFormSlot *slot)
{
  if (slot == NULL)
    return;
  g_free (slot->printed);
  g_clear_pointer (&slot->taken, g_array_unref);
  g_free (slot);
}

static void
emend_form_dispose (GObject *object)
{
  EmendForm *self = EMEND_FORM (object);

  g_clear_handle_id (&self->crop_idle, g_source_remove);
  g_clear_handle_id (&self->focus_idle, g_source_remove);
  g_clear_handle_id (&self->rules_idle, g_source_remove);
  g_clear_handle_id (&self->refresh_idle, g_source_remove);
  g_ptr_array_set_size (self->slots, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), EMEND_TYPE_FORM);
  g_clear_pointer (&self->schema, emend_schema_unref);
  g_clear_object (&self->review);
  g_clear_object (&self->document);
  g_clear_object (&self->pictures);
  g_clear_object (&self->row_menu);
  G_OBJECT_CLASS (emend_form_parent_class)->dispose (object);
}

static void
emend_form_finalize (GObject *object)
{
  g_clear_pointer (&EMEND_FORM (object)->slots, g_ptr_array_unref);
  G_OBJECT_CLASS (emend_form_parent_class)->finalize (object);
}

static void
emend_form_class_init (EmendFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_form_finalize;

  emend_form_signals[EMEND_FORM_WORDS_TAKEN] = g_signal_new ("words-taken", EMEND_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                                             NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
  emend_form_signals[EMEND_FORM_TOLD] = g_signal_new ("told", EMEND_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                      G_TYPE_NONE, 1, G_TYPE_STRING);
  emend_form_signals[EMEND_FORM_SHOW_RECT] = g_signal_new ("show-rect", EMEND_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                                           NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  emend_form_signals[EMEND_FORM_DRAW_TABLE] = g_signal_new ("draw-table", EMEND_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                                            NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-form.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendForm, count);
  gtk_widget_class_bind_template_child (widget_class, EmendForm, spinner);
  gtk_widget_class_bind_template_child (widget_class, EmendForm, reading);
  gtk_widget_class_bind_template_child (widget_class, EmendForm, scroller);
  gtk_widget_class_bind_template_child (widget_class, EmendForm, rows);
  emend_form_install_row_actions (widget_class);
}

static void
emend_form_init (EmendForm *self)
{
  self->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_form_slot_free);
  self->current = -1;
  self->word = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_form_new:
 *
 * Returns: (transfer floating): an empty form
 */
GtkWidget *
emend_form_new (void)
{
  return g_object_new (EMEND_TYPE_FORM, NULL);
}

/**
 * emend_form_get_current:
 * @self: a form
 *
 * Returns: (transfer none) (nullable): the field that is asked about
 */
EmendFormSlot *
emend_form_get_current (EmendForm *self)
{
  return self->current >= 0 && (guint) self->current < self->slots->len ?
           g_ptr_array_index (self->slots, (guint) self->current) :
           NULL;
}

/**
 * emend_form_get_mark:
 * @self: a form
 * @slot: one of its fields
 *
 * Returns: (transfer none) (nullable): its proposal and decision
 */
const EmendMark *
emend_form_get_mark (EmendForm *self,
                     const EmendFormSlot *slot)
{
  return slot->mark >= 0 ? emend_review_get_mark (self->review, (guint) slot->mark) : NULL;
}

/**
 * emend_form_get_standing:
 * @self: a form
 * @index: number of a mark
 *
 * Returns: (transfer none) (nullable): it, unless it was rejected: then its value is on no page
 */
const EmendMark *
emend_form_get_standing (EmendForm *self,
                         guint index)
{
  const EmendMark *mark = emend_review_get_mark (self->review, index);

  return mark != NULL && emend_mark_get_verdict (mark) != EMEND_VERDICT_REJECTED ? mark : NULL;
}

/**
 * emend_form_get_field:
 * @self: a form
 * @slot: one of its fields
 *
 * Returns: (transfer none): what is asked for; of a cell the column of its table
 */
const EmendField *
emend_form_get_field (EmendForm *self,
                      const EmendFormSlot *slot)
{
  const EmendField *field = emend_schema_find_field (emend_review_get_schema (self->review), slot->field);

  return slot->table_row < 0 ? field : g_ptr_array_index (field->columns, (guint) slot->column);
}

/**
 * emend_form_get_name:
 * @self: a form
 * @slot: one of its fields
 *
 * Returns: (transfer full): how rules call it: "field", or "table.column" for a cell
 */
char *
emend_form_get_name (EmendForm *self,
                     const EmendFormSlot *slot)
{
  EmendSchema *schema = emend_review_get_schema (self->review);
  const char *name = emend_schema_find_entry_name (schema, slot->field);

  if (slot->table_row < 0)
    return g_strdup (name);
  return g_strdup_printf ("%s.%s", name, emend_form_get_field (self, slot)->name);
}

/**
 * emend_form_get_verdict:
 * @self: a form
 * @slot: one of its fields
 *
 * Returns: what is decided of it
 */
EmendVerdict
emend_form_get_verdict (EmendForm *self,
                        const EmendFormSlot *slot)
{
  const EmendMark *mark = emend_form_get_mark (self, slot);

  return mark != NULL ? emend_mark_get_verdict (mark) : EMEND_VERDICT_NONE;
}

/**
 * emend_form_get_words:
 * @self: a form
 *
 * Returns: (transfer none) (nullable): the words of the page that is shown, when they are known
 */
EmendWords *
emend_form_get_words (EmendForm *self)
{
  const EmendPage *page = emend_review_get_page (self->review);

  return page != NULL ? emend_document_get_words (self->document, page->number) : NULL;
}

/**
 * emend_form_forget_words:
 * @self: a form
 * @slot: one of its fields
 *
 * The words that were taken for it and not confirmed are not meant any more.
 */
void
emend_form_forget_words (EmendForm *self,
                         EmendFormSlot *slot)
{
  slot->has_pending = FALSE;
  slot->compared = FALSE;
  g_clear_pointer (&slot->printed, g_free);
  g_array_set_size (slot->taken, 0);
}

static int
find_row (EmendForm *self,
          EmendFieldRow *row)
{
  for (guint i = 0; i < self->slots->len; i++) {
    if (((EmendFormSlot *) g_ptr_array_index (self->slots, i))->row == row)
      return (int) i;
  }
  return -1;
}

/* The field that has the focus is asked about: the page goes to it. */
static void
enter (EmendForm *self,
       int index)
{
  EmendFormSlot *slot = g_ptr_array_index (self->slots, (guint) index);

  if (index != self->current && emend_form_get_current (self) != NULL)
    emend_field_row_set_current (emend_form_get_current (self)->row, FALSE);
  self->current = index;
  emend_field_row_set_current (slot->row, TRUE);
  emend_form_allow_row_actions (self);
  emend_review_select (self->review, slot->mark, TRUE);
  g_signal_emit (self, emend_form_signals[EMEND_FORM_WORDS_TAKEN], 0, slot->taken);
}

static void
entered_cb (EmendFieldRow *row,
            EmendForm *self)
{
  int index = find_row (self, row);

  if (index >= 0)
    enter (self, index);
}

static void
confirmed_cb (EmendFieldRow *row,
              gboolean with_reason,
              EmendForm *self)
{
  emend_form_confirm (self, with_reason);
}

static void
date_swapped_cb (EmendForm *self)
{
  emend_form_swap_date (self);
}

static gboolean
rules_cb (gpointer data)
{
  EmendForm *self = data;

  self->rules_idle = 0;
  emend_form_show_rules (self);
  return G_SOURCE_REMOVE;
}

/* The rules follow what is typed, once for what comes at a time. */
static void
edited_cb (EmendForm *self)
{
  if (self->rules_idle == 0)
    self->rules_idle = g_idle_add (rules_cb, self);
}

/**
 * emend_form_new_slot:
 * @self: a form
 *
 * Returns: (transfer full): something that is asked for, with a row that is in no container yet
 */
EmendFormSlot *
emend_form_new_slot (EmendForm *self)
{
  EmendFormSlot *slot = g_new0 (EmendFormSlot, 1);

  slot->row = EMEND_FIELD_ROW (emend_field_row_new ());
  slot->mark = -1;
  slot->stale = TRUE;
  slot->taken = g_array_new (FALSE, FALSE, sizeof (guint));
  g_signal_connect_object (slot->row, "confirmed", G_CALLBACK (confirmed_cb), self, 0);
  g_signal_connect_object (slot->row, "date-swapped", G_CALLBACK (date_swapped_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (slot->row, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (slot->row, "entered", G_CALLBACK (entered_cb), self, 0);
  return slot;
}

static void
refresh (EmendForm *self)
{
  gboolean lost;

  g_clear_handle_id (&self->refresh_idle, g_source_remove);
  lost = emend_form_arrange (self);
  emend_form_show_values (self);
  emend_form_show_rules (self);
  emend_form_show_crops (self);
  emend_form_show_count (self);
  if (lost)
    emend_form_go_to (self, MIN (self->current, (int) self->slots->len - 1));
  emend_form_allow_row_actions (self);
}

/**
 * emend_form_catch_up:
 * @self: a form
 *
 * Shows at once what was decided and is not shown yet. Who asks about the fields after a decision calls it first.
 */
void
emend_form_catch_up (EmendForm *self)
{
  if (self->refresh_idle != 0)
    refresh (self);
}

/**
 * emend_form_go_to:
 * @self: a form
 * @index: of one of its fields
 *
 * Asks about it: it gets the focus.
 */
void
emend_form_go_to (EmendForm *self,
                  int index)
{
  if (index < 0 || (guint) index >= self->slots->len)
    return;
  emend_field_row_grab_focus (((EmendFormSlot *) g_ptr_array_index (self->slots, (guint) index))->row);
  /* The entry may have had the focus already, for another document. */
  if (self->current != index)
    enter (self, index);
}

static gboolean
needs_person (EmendForm *self,
              const EmendFormSlot *slot)
{
  const EmendField *field = emend_form_get_field (self, slot);

  if (emend_form_get_verdict (self, slot) != EMEND_VERDICT_NONE)
    return FALSE;
  /* The room for one more value of a field that has some, or for one more row of a table, asks nobody. */
  return slot->mark >= 0 || (!field->repeatable && slot->table_row < 0);
}

/**
 * emend_form_count_pending:
 * @self: a form
 *
 * Returns: how many fields nobody has decided
 */
guint
emend_form_count_pending (EmendForm *self)
{
  guint n = 0;

  emend_form_catch_up (self);
  for (guint i = 0; i < self->slots->len; i++)
    n += needs_person (self, g_ptr_array_index (self->slots, i)) ? 1 : 0;
  return n;
}

/**
 * emend_form_go_on_after:
 * @self: a form
 * @index: of one of its fields, or -1
 *
 * Goes to the next field after it that needs a person, round the end.
 *
 * Returns: whether there was one
 */
gboolean
emend_form_go_on_after (EmendForm *self,
                        int index)
{
  guint n;
  guint from;

  emend_form_catch_up (self);
  n = self->slots->len;
  from = (guint) (index < 0 ? (int) n - 1 : index);
  for (guint i = 1; i <= n; i++) {
    guint next = (from + i) % n;

    if (!needs_person (self, g_ptr_array_index (self->slots, next)))
      continue;
    emend_form_go_to (self, (int) next);
    return TRUE;
  }
  return FALSE;
}

/**
 * emend_form_go_on:
 * @self: a form
 *
 * Goes to the next field that needs a person, from the current one on, round the end.
 *
 * Returns: whether there was one
 */
gboolean
emend_form_go_on (EmendForm *self)
{
  emend_form_catch_up (self);
  return emend_form_go_on_after (self, self->current);
}

static gboolean
focus_cb (gpointer data)
{
  EmendForm *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->focus_idle = 0;
  /* Who types into another entry goes on there. */
  if (focus == NULL || !GTK_IS_TEXT (focus) || gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    emend_form_grab_focus (self);
  return G_SOURCE_REMOVE;
}

/* Another document begins at its first field that needs a person; another page of the same one changes nothing. */
static void
opened_cb (EmendForm *self)
{
  const EmendItem *item = emend_review_get_item (self->review);
  gboolean is_new = item == NULL || item->id != self->item;

  if (!emend_form_is_used (self))
    return;
  if (is_new) {
    self->item = item != NULL ? item->id : 0;
    self->current = -1;
    self->word = -1;
    for (guint i = 0; i < self->slots->len; i++) {
      EmendFormSlot *slot = g_ptr_array_index (self->slots, i);

      emend_form_forget_words (self, slot);
      emend_field_row_set_current (slot->row, FALSE);
      emend_field_row_forget (slot->row);
    }
  }
  emend_form_make_stale (self);
  refresh (self);
  if (is_new && self->focus_idle == 0)
    self->focus_idle = g_idle_add (focus_cb, self);
}

static gboolean
refresh_cb (gpointer data)
{
  EmendForm *self = data;

  self->refresh_idle = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* Many may change at a time: they are shown together, before the window is drawn. */
static void
mark_changed_cb (EmendForm *self,
                 guint mark)
{
  for (guint i = 0; i < self->slots->len; i++) {
    EmendFormSlot *slot = g_ptr_array_index (self->slots, i);

    slot->stale = slot->stale || slot->mark == (int) mark;
  }
  if (emend_form_is_used (self) && self->refresh_idle == 0)
    self->refresh_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, refresh_cb, self, NULL);
}

static void
words_changed_cb (EmendForm *self)
{
  if (!emend_form_is_used (self))
    return;
  for (guint i = 0; i < self->slots->len; i++)
    emend_form_mark_doubtful (self, g_ptr_array_index (self->slots, i));
  emend_form_show_count (self);
}

/* A field's box was chosen on the page: its entry is asked about. */
static void
selected_cb (EmendForm *self,
             int mark)
{
  emend_form_catch_up (self);
  for (guint i = 0; mark >= 0 && i < self->slots->len; i++) {
    EmendFormSlot *slot = g_ptr_array_index (self->slots, i);

    if (slot->mark == mark && self->current != (int) i)
      emend_form_go_to (self, (int) i);
  }
}

/**
 * emend_form_set_review:
 * @self: a form
 * @review: the work whose fields it asks for
 * @document: the words of the open document
 */
void
emend_form_set_review (EmendForm *self,
                       EmendReview *review,
                       EmendDocument *document)
{
  g_return_if_fail (self->review == NULL);

  self->review = g_object_ref (review);
  self->document = g_object_ref (document);
  self->pictures = emend_picture_cache_new ();
  emend_picture_cache_set_limit (self->pictures, CROP_MEMORY);
  g_signal_connect_object (review, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (review, "mark-changed", G_CALLBACK (mark_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (review, "selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (document, "words-changed", G_CALLBACK (words_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "progress", G_CALLBACK (words_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * emend_form_is_used:
 * @self: a form
 *
 * Returns: whether the project asks for fields
 */
gboolean
emend_form_is_used (EmendForm *self)
{
  return self->document != NULL && emend_document_has_fields (self->document);
}

/**
 * emend_form_grab_focus:
 * @self: a form
 *
 * Gives the focus to the field that is asked about, else to the first that needs a person, else to the first.
 */
void
emend_form_grab_focus (EmendForm *self)
{
  emend_form_catch_up (self);
  if (emend_form_get_current (self) != NULL)
    emend_form_go_to (self, self->current);
  else if (!emend_form_go_on (self))
    emend_form_go_to (self, 0);
}

/**
 * emend_form_is_typing:
 * @self: a form
 *
 * Returns: whether the current field has text that is not confirmed, so that undoing belongs to the text
 */
gboolean
emend_form_is_typing (EmendForm *self)
{
  EmendFormSlot *slot;

  emend_form_catch_up (self);
  slot = emend_form_get_current (self);
  return slot != NULL && emend_field_row_is_changed (slot->row);
}

/* The words that were taken last for the field go on with these on the same line; others take their place. */
static void
take_indices (EmendFormSlot *slot,
              EmendWords *words,
              const GArray *indices,
              gboolean extend)
{
  gboolean goes_on = slot->taken->len > 0 && (extend || emend_word_pick_same_line (words, slot->taken, indices));

  if (!goes_on)
    g_array_set_size (slot->taken, 0);
  for (guint i = 0; i < indices->len; i++) {
    guint index = g_array_index (indices, guint, i);
    guint at = 0;

    while (at < slot->taken->len && g_array_index (slot->taken, guint, at) < index)
      at++;
    if (at == slot->taken->len || g_array_index (slot->taken, guint, at) != index)
      g_array_insert_val (slot->taken, at, index);
  }
}

/**
 * emend_form_take_words:
 * @self: a form
 * @indices: (element-type guint): of words of the page that is shown
 * @extend: added to what was taken before, also from another line
 *
 * Fills the current field with them; Enter confirms it.
 */
void
emend_form_take_words (EmendForm *self,
                       const GArray *indices,
                       gboolean extend)
{
  EmendFormSlot *slot;
  EmendWords *words = emend_form_get_words (self);
  const EmendPage *page = emend_review_get_page (self->review);
  g_autoptr (GArray) copy = g_array_copy ((GArray *) indices);
  g_autofree char *line = NULL;

  emend_form_catch_up (self);
  slot = emend_form_get_current (self);
  if (slot == NULL || words == NULL || indices->len == 0)
    return;
  take_indices (slot, words, copy, extend);
  slot->pending = (EmendRegion){ page->number, emend_word_pick_bounds (words, slot->taken) };
  slot->has_pending = TRUE;
  slot->compared = FALSE;
  g_free (slot->printed);
  slot->printed = emend_words_join (words, (const guint *) (gpointer) slot->taken->data, slot->taken->len);
  line = g_strdup (slot->printed);
  g_strdelimit (line, "\n", ' ');
  emend_field_row_set_text (slot->row, line);
  emend_field_row_grab_focus (slot->row);
  g_signal_emit (self, emend_form_signals[EMEND_FORM_WORDS_TAKEN], 0, slot->taken);
  emend_form_show_crops (self);
}

/**
 * emend_form_take_region:
 * @self: a form
 * @rect: place on the page that is shown, in page pixels
 *
 * The current field stands there; its text stays.
 */
void
emend_form_take_region (EmendForm *self,
                        const EmendRect *rect)
{
  EmendFormSlot *slot;
  const EmendPage *page = emend_review_get_page (self->review);
  const EmendMark *mark;
  EmendRegion place;

  emend_form_catch_up (self);
  slot = emend_form_get_current (self);
  if (slot == NULL || page == NULL)
    return;
  place = (EmendRegion){ page->number, *rect };
  mark = emend_form_get_mark (self, slot);
  if (mark != NULL && emend_mark_get_value (mark)->value != NULL && !emend_field_row_is_changed (slot->row)) {
    emend_review_set_place (self->review, slot->mark, &place);
    emend_form_grab_focus (self);
    return;
  }
  slot->pending = place;
  slot->has_pending = TRUE;
  emend_form_show_crops (self);
  emend_form_grab_focus (self);
}
