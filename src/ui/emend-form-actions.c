#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-form-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-normal.h"
#include "emend-word-pick.h"

/* Below this confidence a character or word is marked (0..1); measured: it catches nine of ten wrong words. */
#define DOUBT 0.9

/**
 * emend_form_is_blind:
 * @self: a form
 * @slot: one of its fields
 *
 * Returns: whether what was proposed is hidden until the reviewer has typed
 */
gboolean
emend_form_is_blind (EmendForm *self,
                     const EmendFormSlot *slot)
{
  return emend_form_get_field (self, slot)->blind && emend_form_get_verdict (self, slot) == EMEND_VERDICT_NONE;
}

/**
 * emend_form_make_value:
 * @self: a form
 * @slot: one of its fields
 * @with_reason: whether it stands against the rules, for the reason in its row
 *
 * Returns: (transfer full): what Enter confirms: the typed text, with what is printed where it was taken from
 */
EmendValue *
emend_form_make_value (EmendForm *self,
                       const EmendFormSlot *slot,
                       gboolean with_reason)
{
  const EmendMark *mark = emend_form_get_mark (self, slot);
  const EmendValue *before = mark != NULL ? emend_mark_get_value (mark) : NULL;
  g_autofree char *text = g_strstrip (g_strdup (emend_field_row_get_text (slot->row)));
  EmendValue *value = emend_value_new (NULL);
  const char *reason = emend_field_row_get_reason (slot->row);

  value->value = g_steal_pointer (&text);
  value->blind = emend_form_is_blind (self, slot);
  value->date_order = emend_field_row_get_date_order (slot->row);
  if (slot->printed != NULL)
    value->text = g_strdup (slot->printed);
  else if (before != NULL && !slot->has_pending) {
    value->text = g_strdup (before->text);
    if (before->regions != NULL)
      value->regions = g_array_copy (before->regions);
  }
  if (slot->table_row >= 0) {
    value->row = slot->table_row;
    value->column = g_strdup (emend_form_get_field (self, slot)->name);
  }
  if (with_reason)
    value->override = g_strdup (*reason != '\0' ? reason : _ ("as it is printed"));
  return value;
}

static gboolean
same_normal (EmendForm *self,
             const EmendFormSlot *slot,
             const char *text)
{
  const EmendField *field = emend_form_get_field (self, slot);
  const EmendMark *mark = emend_form_get_mark (self, slot);
  const EmendList *list = emend_schema_find_list (emend_review_get_schema (self->review), field->list);
  EmendDateOrder order = emend_field_row_get_date_order (slot->row);
  g_auto (EmendNormal) typed = { 0 };
  g_auto (EmendNormal) proposed = { 0 };

  if (mark == NULL || mark->proposal == NULL || mark->proposal->value->value == NULL)
    return TRUE; /* there is nothing to differ from */
  emend_field_parse_in_order (field, list, order, text, &typed);
  emend_field_parse_in_order (field, list, order, mark->proposal->value->value, &proposed);
  if (typed.normal != NULL && proposed.normal != NULL)
    return g_str_equal (typed.normal, proposed.normal);
  return g_str_equal (text, mark->proposal->value->value);
}

/* Typed without seeing the proposal: a difference is told once, and decided against the page. */
static gboolean
compare_blind (EmendForm *self,
               EmendFormSlot *slot)
{
  const EmendMark *mark = emend_form_get_mark (self, slot);
  g_autofree char *text = NULL;

  if (slot->compared || same_normal (self, slot, emend_field_row_get_text (slot->row)))
    return TRUE;
  slot->compared = TRUE;
  text = g_strdup_printf (_ ("The model read “%s”. Look at the page: Enter keeps yours, Alt+Down offers the model’s."),
                          mark->proposal->value->value);
  emend_field_row_tell (slot->row, text);
  return FALSE;
}

/**
 * emend_form_tell_all_decided:
 * @self: a form
 *
 * Says that nothing is left to look at.
 */
void
emend_form_tell_all_decided (EmendForm *self)
{
  g_signal_emit (self, emend_form_signals[EMEND_FORM_TOLD], 0,
                 _ ("All fields are decided. Ctrl+Enter: document done."));
}

static void
go_on (EmendForm *self)
{
  if (!emend_form_go_on (self))
    emend_form_tell_all_decided (self);
}

/* Enter on an empty entry: the field is not on the document, unless it has to be. */
static gboolean
confirm_empty (EmendForm *self,
               EmendFormSlot *slot)
{
  const EmendField *field = emend_form_get_field (self, slot);
  EmendVerdict verdict = emend_form_get_verdict (self, slot);

  if (verdict == EMEND_VERDICT_ABSENT || verdict == EMEND_VERDICT_ILLEGIBLE ||
      ((field->repeatable || slot->table_row >= 0) && slot->mark < 0))
    return TRUE;
  if (emend_form_is_blind (self, slot) && slot->mark >= 0) {
    emend_field_row_tell (slot->row, _ ("Type what you see on the page first."));
    return FALSE;
  }
  if (field->required && slot->table_row < 0) {
    emend_field_row_tell (slot->row, _ ("A document should have this. Ctrl+B says that this one has not, Ctrl+U that "
                                        "nobody can read it."));
    return FALSE;
  }
  emend_review_set_without_value (self->review, slot->mark, slot->field, EMEND_DECISION_ABSENT);
  return TRUE;
}

static gboolean
confirm_text (EmendForm *self,
              EmendFormSlot *slot,
              gboolean with_reason)
{
  gboolean changed = emend_field_row_is_changed (slot->row) || slot->has_pending;
  EmendVerdict verdict = emend_form_get_verdict (self, slot);
  gboolean is_read_anew = emend_field_row_get_date_order (slot->row) != 0; /* as another date of the document was */
  g_autoptr (EmendValue) value = NULL;

  if (!changed && verdict != EMEND_VERDICT_NONE)
    return TRUE;
  if (emend_form_is_blind (self, slot) && !compare_blind (self, slot))
    return FALSE;
  if (emend_field_row_get_problem (slot->row) != NULL && !with_reason) {
    emend_field_row_ask_reason (slot->row);
    return FALSE;
  }
  if (!changed && !with_reason && !is_read_anew) {
    emend_review_accept (self->review, slot->mark, FALSE);
    return TRUE;
  }
  value = emend_form_make_value (self, slot, with_reason);
  emend_review_set_value (self->review, slot->mark, slot->field, value, slot->has_pending ? &slot->pending : NULL);
  return TRUE;
}

/**
 * emend_form_confirm:
 * @self: a form
 * @with_reason: although something is wrong with the value, for a reason that was asked for
 *
 * The current field is right as it stands; goes on to the next that needs a person.
 */
void
emend_form_confirm (EmendForm *self,
                    gboolean with_reason)
{
  EmendFormSlot *slot;
  const char *text;

  emend_form_catch_up (self);
  slot = emend_form_get_current (self);
  if (slot == NULL || !emend_review_is_writable (self->review))
    return;
  text = emend_field_row_get_text (slot->row);
  emend_review_set_source (self->review, EMEND_DECISION_BY_KEYBOARD);
  if (text[strspn (text, " \t")] == '\0' ? !confirm_empty (self, slot) : !confirm_text (self, slot, with_reason))
    return;
  emend_form_catch_up (self);
  slot = emend_form_get_current (self);
  if (slot != NULL)
    emend_form_forget_words (self, slot);
  go_on (self);
}

/**
 * emend_form_set_without_value:
 * @self: a form
 * @kind: %EMEND_DECISION_ABSENT or %EMEND_DECISION_ILLEGIBLE
 *
 * The current field is not on the document, or nobody can read it; goes on to the next that needs a person.
 */
void
emend_form_set_without_value (EmendForm *self,
                              EmendDecisionKind kind)
{
  EmendFormSlot *slot = emend_form_get_current (self);

  if (slot == NULL || !emend_review_is_writable (self->review))
    return;
  emend_form_forget_words (self, slot);
  if (slot->table_row >= 0 && slot->mark < 0) {
    go_on (self); /* an empty cell is absent already */
    return;
  }
  emend_review_set_source (self->review, EMEND_DECISION_BY_KEYBOARD);
  emend_review_set_without_value (self->review, slot->mark, slot->field, kind);
  go_on (self);
}

/**
 * emend_form_swap_date:
 * @self: a form
 *
 * Reads the date of the current field in the other way that it can be read; Enter confirms it, and then the dates of
 * the document that nobody has decided are read in the same order.
 */
void
emend_form_swap_date (EmendForm *self)
{
  EmendFormSlot *slot = emend_form_get_current (self);
  g_autofree char *spelled = NULL;
  g_autofree char *text = NULL;

  if (slot == NULL || !emend_review_is_writable (self->review))
    return;
  spelled = emend_field_row_swap_date (slot->row);
  if (spelled != NULL)
    text = g_strdup_printf (_ ("Read as %s. Enter confirms it."), spelled);
  g_signal_emit (self, emend_form_signals[EMEND_FORM_TOLD], 0,
                 text != NULL ? text : _ ("Day and month of this field cannot be swapped."));
}

/* What can be chosen instead; belongs to its row in the list. */
typedef struct {
  EmendForm *form;
  char *value;
  EmendRegion place;
} Choice;

static void
choice_free (Choice *choice)
{
  g_free (choice->value);
  g_free (choice);
}

static void
choice_cb (GtkListBox *list,
           GtkListBoxRow *row,
           GtkPopover *popover)
{
  Choice *choice = g_object_get_data (G_OBJECT (row), "choice");
  EmendFormSlot *slot = emend_form_get_current (choice->form);

  if (slot != NULL) {
    emend_form_forget_words (choice->form, slot);
    emend_field_row_set_text (slot->row, choice->value);
    if (emend_rect_area (&choice->place.box) > 0) {
      slot->pending = choice->place;
      slot->has_pending = TRUE;
      g_signal_emit (choice->form, emend_form_signals[EMEND_FORM_SHOW_RECT], 0, &choice->place.box);
    }
    slot->compared = TRUE;
    emend_field_row_grab_focus (slot->row);
  }
  gtk_popover_popdown (popover);
}

static gboolean
has_choice (GtkListBox *list,
            const char *value)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (list));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child)) {
    const Choice *choice = g_object_get_data (G_OBJECT (child), "choice");

    if (choice != NULL && g_str_equal (choice->value, value))
      return TRUE;
  }
  return FALSE;
}

static void
add_choice (EmendForm *self,
            GtkListBox *list,
            const char *value,
            double score,
            const EmendRegion *place)
{
  g_autofree char *percent = isnan (score) ? g_strdup ("") : g_strdup_printf ("%.0f %%", score * 100);
  GtkWidget *box;
  GtkWidget *text;
  GtkWidget *number;
  GtkWidget *row;
  Choice *choice;

  if (value == NULL || has_choice (list, value))
    return;
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  text = gtk_label_new (value);
  number = gtk_label_new (percent);
  row = gtk_list_box_row_new ();
  choice = g_new0 (Choice, 1);
  choice->form = self;
  choice->value = g_strdup (value);
  choice->place = *place;
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 32);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (number, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), number);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "choice", choice, (GDestroyNotify) choice_free);
  gtk_list_box_append (list, row);
}

static void
add_proposal (EmendForm *self,
              GtkListBox *list,
              const EmendProposal *proposal)
{
  EmendRegion place = { proposal->page, proposal->shape.box };

  add_choice (self, list, proposal->value->value, proposal->score, &place);
  for (guint i = 0; proposal->value->candidates != NULL && i < proposal->value->candidates->len; i++) {
    const EmendCandidate *candidate = g_ptr_array_index (proposal->value->candidates, i);

    place = (EmendRegion){ candidate->page, candidate->box };
    add_choice (self, list, candidate->value, candidate->score, &place);
  }
}

static void
fill_choices (EmendForm *self,
              const EmendFormSlot *slot,
              GtkListBox *list)
{
  const EmendField *field = emend_form_get_field (self, slot);
  const EmendMark *mark = emend_form_get_mark (self, slot);
  GPtrArray *superseded = emend_review_get_superseded (self->review);
  const EmendRegion nowhere = { 0 };

  if (mark != NULL && mark->proposal != NULL)
    add_proposal (self, list, mark->proposal);
  for (guint i = 0; superseded != NULL && i < superseded->len; i++) {
    const EmendProposal *proposal = g_ptr_array_index (superseded, i);

    if (proposal->label == slot->field)
      add_proposal (self, list, proposal);
  }
  for (gsize i = 0; field->choices != NULL && field->choices[i] != NULL; i++)
    add_choice (self, list, field->choices[i], NAN, &nowhere);
}

static void
closed_cb (GtkWidget *popover)
{
  gtk_widget_unparent (popover);
}

/**
 * emend_form_show_candidates:
 * @self: a form
 *
 * Offers what else the models thought the current field could be, and its choices.
 */
void
emend_form_show_candidates (EmendForm *self)
{
  EmendFormSlot *slot = emend_form_get_current (self);
  GtkWidget *popover;
  GtkWidget *list;

  if (slot == NULL)
    return;
  if (emend_form_is_blind (self, slot) && !slot->compared) {
    emend_field_row_tell (slot->row, _ ("Type what you see on the page first."));
    return;
  }
  list = gtk_list_box_new ();
  fill_choices (self, slot, GTK_LIST_BOX (list));
  if (gtk_widget_get_first_child (list) == NULL) {
    g_object_ref_sink (list);
    g_object_unref (list);
    g_signal_emit (self, emend_form_signals[EMEND_FORM_TOLD], 0,
                   _ ("The model has no other candidate for this field."));
    return;
  }
  popover = gtk_popover_new ();
  gtk_widget_add_css_class (popover, "menu");
  gtk_popover_set_child (GTK_POPOVER (popover), list);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);
  gtk_widget_set_parent (popover, emend_field_row_get_entry (slot->row));
  g_signal_connect (list, "row-activated", G_CALLBACK (choice_cb), popover);
  g_signal_connect_after (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
go_to_word (EmendForm *self,
            EmendWords *words,
            int index,
            gboolean extend)
{
  EmendFormSlot *slot = emend_form_get_current (self);
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (guint));
  EmendRect box = emend_words_get (words, (gsize) index)->box;
  guint number = (guint) index;

  self->word = index;
  if (extend && slot != NULL)
    g_array_append_vals (shown, slot->taken->data, slot->taken->len);
  g_array_append_val (shown, number);
  g_signal_emit (self, emend_form_signals[EMEND_FORM_WORDS_TAKEN], 0, shown);
  g_signal_emit (self, emend_form_signals[EMEND_FORM_SHOW_RECT], 0, &box);
}

/**
 * emend_form_step_word:
 * @self: a form
 * @direction: 1 to the next word of the page, -1 to the one before
 * @extend: what was taken stays marked
 */
void
emend_form_step_word (EmendForm *self,
                      int direction,
                      gboolean extend)
{
  EmendWords *words = emend_form_get_words (self);
  EmendFormSlot *slot = emend_form_get_current (self);
  int index;

  if (words == NULL)
    return;
  if (self->word < 0 && slot != NULL && slot->mark >= 0) {
    const EmendMark *mark = emend_form_get_mark (self, slot);
    g_autoptr (GArray) inside = emend_word_pick_in (words, &emend_mark_get_shape (mark)->box);

    if (inside->len > 0)
      self->word = (int) g_array_index (inside, guint, direction > 0 ? inside->len - 1 : 0);
  }
  index = emend_word_pick_step (words, (guint) self->word < emend_words_get_n (words) ? self->word : -1, direction);
  if (index >= 0)
    go_to_word (self, words, index, extend);
}

/**
 * emend_form_step_doubtful:
 * @self: a form
 * @direction: 1 to the next word that was read with doubt, -1 to the one before; round the end
 */
void
emend_form_step_doubtful (EmendForm *self,
                          int direction)
{
  EmendWords *words = emend_form_get_words (self);
  g_autoptr (GArray) doubtful = words != NULL ? emend_word_pick_doubtful (words, DOUBT) : NULL;
  guint at = 0;

  if (doubtful == NULL || doubtful->len == 0) {
    g_signal_emit (self, emend_form_signals[EMEND_FORM_TOLD], 0, _ ("No word of this page was read with doubt."));
    return;
  }
  while (at < doubtful->len && (int) g_array_index (doubtful, guint, at) <= self->word)
    at++;
  if (direction < 0) {
    at = 0;
    while (at < doubtful->len && (int) g_array_index (doubtful, guint, at) < self->word)
      at++;
    at = at == 0 ? doubtful->len - 1 : at - 1;
  }
  go_to_word (self, words, (int) g_array_index (doubtful, guint, at % doubtful->len), FALSE);
}

/* An engine may doubt a word more than any of its characters: then the worst of them are marked. */
static double
doubt_of_symbols (EmendWords *words,
                  const EmendWord *word,
                  gboolean whole)
{
  double worst = 1;

  for (guint32 i = 0; i < word->n_symbols; i++)
    worst = MIN (worst, (double) emend_words_get_symbol (words, word->first_symbol + i)->confidence);
  return whole && worst >= DOUBT ? worst + 0.005 : DOUBT;
}

/* Appends for each character of a word whether it was read with doubt. */
static void
append_doubt (GByteArray *doubts,
              EmendWords *words,
              const EmendWord *word)
{
  const char *text = emend_words_get_text (words, word->text);
  glong length = g_utf8_strlen (text, -1);
  guint8 whole = !isnan (word->confidence) && (double) word->confidence < DOUBT;
  double limit = doubt_of_symbols (words, word, whole);

  for (glong i = 0; i < length; i++) {
    guint8 doubt = whole;

    if (word->n_symbols == (guint32) length)
      doubt = (double) emend_words_get_symbol (words, word->first_symbol + (gsize) i)->confidence < limit;
    g_byte_array_append (doubts, &doubt, 1);
  }
}

/**
 * emend_form_mark_doubtful:
 * @self: a form
 * @slot: one of its fields
 *
 * Marks the characters of an undecided value that were read with doubt, where the entry says what is printed at its
 * place.
 */
void
emend_form_mark_doubtful (EmendForm *self,
                          const EmendFormSlot *slot)
{
  const EmendMark *mark = emend_form_get_mark (self, slot);
  EmendWords *words = mark != NULL ? emend_document_get_words (self->document, emend_mark_get_page (mark)) : NULL;
  g_autoptr (GArray) inside = NULL;
  g_autoptr (GByteArray) doubts = g_byte_array_new ();
  g_autofree char *printed = NULL;
  const guint8 space = 0;

  if (words == NULL || emend_mark_get_verdict (mark) != EMEND_VERDICT_NONE || emend_field_row_is_changed (slot->row))
    return;
  inside = emend_word_pick_in (words, &emend_mark_get_shape (mark)->box);
  printed = emend_words_join (words, (const guint *) (gpointer) inside->data, inside->len);
  g_strdelimit (printed, "\n", ' ');
  if (!g_str_equal (printed, emend_field_row_get_text (slot->row)))
    return;
  for (guint i = 0; i < inside->len; i++) {
    if (i > 0)
      g_byte_array_append (doubts, &space, 1);
    append_doubt (doubts, words, emend_words_get (words, g_array_index (inside, guint, i)));
  }
  emend_field_row_set_doubtful (slot->row, doubts->data, doubts->len);
}

static void
take_marked_word (EmendForm *self)
{
  EmendWords *words = emend_form_get_words (self);
  g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (guint));
  guint number = (guint) self->word;

  if (words == NULL || self->word < 0 || number >= emend_words_get_n (words))
    return;
  g_array_append_val (one, number);
  emend_form_take_words (self, one, FALSE);
}

static gboolean
is_in_table (EmendForm *self,
             int index,
             int table)
{
  const EmendFormSlot *slot = index >= 0 && (guint) index < self->slots->len ?
                                g_ptr_array_index (self->slots, (guint) index) :
                                NULL;

  return slot != NULL && slot->table_row >= 0 && slot->field == table;
}

/* In a table up and down stay in the column, and leave it at its ends. */
static void
step_field (EmendForm *self,
            int direction)
{
  EmendFormSlot *slot = emend_form_get_current (self);
  int next = self->current + direction;

  if (slot != NULL && slot->table_row >= 0) {
    const EmendField *table = emend_schema_find_field (emend_review_get_schema (self->review), slot->field);
    int below = self->current + direction * (int) table->columns->len;

    if (is_in_table (self, below, slot->field))
      next = below;
    while (next != below && is_in_table (self, next, slot->field))
      next += direction;
  }
  if (next >= 0 && (guint) next < self->slots->len)
    emend_form_go_to (self, next);
}

static gboolean
handle_control (EmendForm *self,
                guint keyval,
                gboolean shift)
{
  if (shift && emend_form_handle_row_key (self, keyval))
    return TRUE;
  switch (keyval) {
  case GDK_KEY_b:
  case GDK_KEY_B:
    emend_form_set_without_value (self, EMEND_DECISION_ABSENT);
    return TRUE;
  case GDK_KEY_u:
  case GDK_KEY_U:
    emend_form_set_without_value (self, EMEND_DECISION_ILLEGIBLE);
    return TRUE;
  case GDK_KEY_space:
    take_marked_word (self);
    return TRUE;
  case GDK_KEY_bracketright:
  case GDK_KEY_braceright:
    emend_form_step_word (self, 1, shift);
    return TRUE;
  case GDK_KEY_bracketleft:
  case GDK_KEY_braceleft:
    emend_form_step_word (self, -1, shift);
    return TRUE;
  default:
    return FALSE;
  }
}

/**
 * emend_form_handle_key:
 * @self: a form
 * @keyval: what was pressed
 * @modifiers: with what
 *
 * The keys of the form that work wherever the focus is. None of them types anything, so that nothing is taken from an
 * input method.
 *
 * Returns: whether it was one
 */
gboolean
emend_form_handle_key (EmendForm *self,
                       guint keyval,
                       GdkModifierType modifiers)
{
  gboolean shift = (modifiers & GDK_SHIFT_MASK) != 0;
  GdkModifierType others = modifiers ^ (shift ? GDK_SHIFT_MASK : 0);

  emend_form_catch_up (self);
  if (others == GDK_CONTROL_MASK)
    return handle_control (self, keyval, shift);
  if (modifiers == GDK_ALT_MASK && keyval == GDK_KEY_Down) {
    emend_form_show_candidates (self);
    return TRUE;
  }
  if (modifiers == GDK_ALT_MASK && gdk_keyval_to_lower (keyval) == GDK_KEY_d) {
    emend_form_swap_date (self);
    return TRUE;
  }
  if (others != 0)
    return FALSE;
  switch (keyval) {
  case GDK_KEY_F3:
    emend_form_step_doubtful (self, shift ? -1 : 1);
    return TRUE;
  case GDK_KEY_F8:
    emend_form_cycle_broken (self);
    return TRUE;
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    step_field (self, 1);
    return TRUE;
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    step_field (self, -1);
    return TRUE;
  default:
    return FALSE;
  }
}
