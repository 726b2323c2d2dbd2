#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-form-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* A rule that does not hold now. */
typedef struct {
  const EmendRule *rule;
  int row; /* of the table that it is about, or -1 */
  char *sentence;
} Broken;

static void
broken_free (Broken *broken)
{
  g_free (broken->sentence);
  g_free (broken);
}

/* What Enter would record for a field whose text is not that of its mark. */
static EmendValue *
read_typed (EmendForm *self,
            const EmendFormSlot *slot)
{
  g_autofree char *text = g_strstrip (g_strdup (emend_field_row_get_text (slot->row)));
  EmendValue *value = emend_value_new (*text != '\0' ? text : NULL);

  if (slot->table_row >= 0) {
    value->row = slot->table_row;
    value->column = g_strdup (emend_form_get_field (self, slot)->name);
  }
  value->date_order = emend_field_row_get_date_order (slot->row);
  emend_schema_normalise (emend_review_get_schema (self->review), slot->field, value);
  return value;
}

static void
add_value (EmendForm *self,
           GArray *values,
           int field,
           const EmendValue *value)
{
  const char *name = emend_schema_find_entry_name (emend_review_get_schema (self->review), field);
  EmendRuleValue one = { name, value->column, value->row, value->normal };

  if (name != NULL)
    g_array_append_val (values, one);
}

/* What is typed and not confirmed, and in @by_mark which mark it would change. */
static void
collect_typed (EmendForm *self,
               GArray *values,
               GPtrArray *typed,
               GHashTable *by_mark)
{
  for (guint i = 0; i < self->slots->len; i++) {
    const EmendFormSlot *slot = g_ptr_array_index (self->slots, i);
    EmendValue *value;

    if (!emend_field_row_is_changed (slot->row))
      continue;
    value = read_typed (self, slot);
    g_ptr_array_add (typed, value);
    if (slot->mark >= 0)
      g_hash_table_insert (by_mark, GINT_TO_POINTER (slot->mark), value);
    else if (value->value != NULL)
      add_value (self, values, slot->field, value);
  }
}

/* Nobody sees the proposal of a blind field before typing: a rule would tell its number. */
static gboolean
is_hidden (EmendForm *self,
           const EmendMark *mark,
           const EmendValue *value)
{
  EmendSchema *schema = emend_review_get_schema (self->review);
  const EmendField *field = emend_schema_find_field (schema, emend_mark_get_label (mark));

  if (field != NULL && value->column != NULL)
    field = emend_field_find_column (field, value->column);
  return field != NULL && field->blind && emend_mark_get_verdict (mark) == EMEND_VERDICT_NONE;
}

/* What a mark says: a date that nobody has decided is read as another one of the document was. @kept keeps what is made
 * for it. */
static const EmendValue *
read_mark (EmendForm *self,
           const EmendMark *mark,
           EmendDateOrder order,
           GPtrArray *kept)
{
  const EmendValue *value = emend_mark_get_value (mark);
  EmendValue *copy;

  if (value == NULL || is_hidden (self, mark, value))
    return NULL;
  if (order == 0 || emend_mark_get_verdict (mark) != EMEND_VERDICT_NONE)
    return value;
  copy = emend_value_copy (value);
  copy->date_order = order;
  emend_schema_normalise (emend_review_get_schema (self->review), emend_mark_get_label (mark), copy);
  g_ptr_array_add (kept, copy);
  return copy;
}

/* What the document says now: what is typed when @typed counts; else what is decided, else what is proposed and
 * shown. @kept keeps what is made for it. */
static GArray *
collect_values (EmendForm *self,
                gboolean typed,
                GPtrArray *kept)
{
  EmendDateOrder order = emend_review_get_date_order (self->review);
  GArray *values = g_array_new (FALSE, FALSE, sizeof (EmendRuleValue));
  g_autoptr (GHashTable) by_mark = g_hash_table_new (NULL, NULL);

  if (typed)
    collect_typed (self, values, kept, by_mark);
  for (guint i = 0; i < emend_review_get_n_marks (self->review); i++) {
    const EmendMark *mark = emend_form_get_standing (self, i);
    const EmendValue *value = g_hash_table_lookup (by_mark, GUINT_TO_POINTER (i));

    if (value == NULL && mark != NULL)
      value = read_mark (self, mark, order, kept);
    if (value != NULL)
      add_value (self, values, emend_mark_get_label (emend_review_get_mark (self->review, i)), value);
  }
  return values;
}

/**
 * emend_form_find_broken:
 * @self: a form
 * @typed: whether text that is not confirmed counts already
 *
 * Returns: (transfer full): the rules across fields that do not hold, for emend_form_get_broken()
 */
GPtrArray *
emend_form_find_broken (EmendForm *self,
                        gboolean typed)
{
  EmendSchema *schema = emend_review_get_schema (self->review);
  GPtrArray *broken = g_ptr_array_new_with_free_func ((GDestroyNotify) broken_free);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_value_free);
  g_autoptr (GArray) values = collect_values (self, typed, kept);

  for (gsize i = 0; i < emend_schema_get_n_rules (schema); i++) {
    const EmendRule *rule = emend_schema_get_rule (schema, i);
    g_auto (EmendRuleResult) result = { 0 };
    Broken *one;

    emend_rule_check (rule, (const EmendRuleValue *) (gpointer) values->data, values->len, &result);
    if (result.state != EMEND_RULE_BROKEN)
      continue;
    one = g_new0 (Broken, 1);
    one->rule = rule;
    one->row = result.row;
    if (rule->sentence != NULL && result.explanation != NULL)
      /* TRANSLATORS: what is wrong, a sentence, then the numbers. */
      one->sentence = g_strdup_printf (_ ("%s (%s)"), rule->sentence, result.explanation);
    else
      one->sentence = g_strdup (rule->sentence != NULL     ? rule->sentence :
                                result.explanation != NULL ? result.explanation :
                                                             rule->name);
    g_ptr_array_add (broken, one);
  }
  return broken;
}

static gboolean
speaks_of (const char *operand,
           const char *field)
{
  gsize length = strlen (field);

  return strncmp (operand, field, length) == 0 && (operand[length] == '\0' || operand[length] == '.');
}

static gboolean
rule_speaks_of (const EmendRule *rule,
                const char *field)
{
  if (speaks_of (rule->target, field))
    return TRUE;
  for (gsize i = 0; rule->operands[i] != NULL; i++) {
    if (speaks_of (rule->operands[i], field))
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_form_get_broken:
 * @self: a form
 * @broken: what emend_form_find_broken() gave
 * @slot: one of the fields
 *
 * Returns: (transfer full) (nullable): what is wrong with the field together with others, or with its absence
 */
char *
emend_form_get_broken (EmendForm *self,
                       GPtrArray *broken,
                       const EmendFormSlot *slot)
{
  const EmendField *field = emend_form_get_field (self, slot);
  g_autofree char *name = emend_form_get_name (self, slot);

  if (field->required && slot->table_row < 0 && emend_form_get_verdict (self, slot) == EMEND_VERDICT_ABSENT)
    return g_strdup (_ ("A document should have this."));
  for (guint i = 0; i < broken->len; i++) {
    const Broken *one = g_ptr_array_index (broken, i);

    /* Of a rule about a row the cell tells that has to hold; others stand at the fields beside the table. */
    if (slot->table_row >= 0 ? one->row == slot->table_row && g_str_equal (one->rule->target, name) :
                               rule_speaks_of (one->rule, name))
      return g_strdup (one->sentence);
  }
  return NULL;
}

/**
 * emend_form_show_rules:
 * @self: a form
 *
 * Says at the fields which rules do not hold for what stands in the entries, confirmed or not.
 */
void
emend_form_show_rules (EmendForm *self)
{
  g_autoptr (GPtrArray) broken = emend_form_find_broken (self, TRUE);

  for (guint i = 0; i < self->slots->len; i++) {
    EmendFormSlot *slot = g_ptr_array_index (self->slots, i);
    g_autofree char *sentence = emend_form_get_broken (self, broken, slot);

    emend_field_row_set_broken (slot->row, sentence);
  }
}

static gboolean
slot_is_part (EmendForm *self,
              const Broken *broken,
              const EmendFormSlot *slot)
{
  g_autofree char *name = emend_form_get_name (self, slot);

  if (broken->row >= 0 && slot->table_row >= 0 && slot->table_row != broken->row)
    return FALSE;
  return rule_speaks_of (broken->rule, name);
}

/**
 * emend_form_cycle_broken:
 * @self: a form
 *
 * Goes to the next field of the rule that does not hold, round the end; of the first such rule when the current field
 * is part of none.
 */
void
emend_form_cycle_broken (EmendForm *self)
{
  g_autoptr (GPtrArray) broken = emend_form_find_broken (self, TRUE);
  EmendFormSlot *current = emend_form_get_current (self);
  const Broken *wanted = broken->len > 0 ? g_ptr_array_index (broken, 0) : NULL;
  guint n = self->slots->len;

  if (wanted == NULL) {
    g_signal_emit (self, emend_form_signals[EMEND_FORM_TOLD], 0, _ ("All rules hold."));
    return;
  }
  for (guint i = 0; current != NULL && i < broken->len; i++) {
    if (slot_is_part (self, g_ptr_array_index (broken, i), current))
      wanted = g_ptr_array_index (broken, i);
  }
  for (guint i = 1; i <= n; i++) {
    guint index = ((guint) MAX (self->current, 0) + i) % n;
    EmendFormSlot *slot = g_ptr_array_index (self->slots, index);

    if (!slot_is_part (self, wanted, slot))
      continue;
    emend_form_go_to (self, (int) index);
    return;
  }
}

/* Of several values of a field any one is enough. */
static gboolean
has_value (EmendForm *self,
           int field)
{
  for (guint i = 0; i < self->slots->len; i++) {
    const EmendFormSlot *slot = g_ptr_array_index (self->slots, i);

    if (slot->field == field && slot->mark >= 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_form_get_objection:
 * @self: a form
 *
 * Returns: (transfer full) (nullable): why the document should not be done yet: rules that do not hold, what is
 * missing, what was typed and not confirmed; whole sentences
 */
char *
emend_form_get_objection (EmendForm *self)
{
  g_autoptr (GPtrArray) broken = emend_form_find_broken (self, FALSE);
  GString *text = g_string_new (NULL);

  emend_form_catch_up (self);
  for (guint i = 0; i < self->slots->len; i++) {
    EmendFormSlot *slot = g_ptr_array_index (self->slots, i);
    const EmendField *field = emend_form_get_field (self, slot);

    if (field->required && slot->table_row < 0 && !has_value (self, slot->field))
      g_string_append_printf (text, _ ("“%s” has no value.\n"), emend_field_get_title (field));
    if (emend_field_row_is_changed (slot->row) || slot->has_pending)
      g_string_append_printf (text, _ ("“%s” was typed and not confirmed.\n"), emend_field_get_title (field));
  }
  for (guint i = 0; i < broken->len; i++)
    g_string_append_printf (text, "%s\n", ((Broken *) g_ptr_array_index (broken, i))->sentence);
  if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, text->len == 0);
}
