#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-rule.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-decimal.h"
#include "emend-normal.h"

/* More terms than this are not written out in an explanation. */
#define MAX_SHOWN 8

/* What a name stands for. */
typedef struct {
  const char *table;  /* whose column it is, or NULL */
  GPtrArray *normals; /* (element-type utf8) (nullable elements): in the order of the document */
  GHashTable *by_row; /* row -> normal, of a column */
  gboolean complete;  /* whether there is something and nothing is missing */
} Side;

static void
side_clear (Side *side)
{
  g_clear_pointer (&side->normals, g_ptr_array_unref);
  g_clear_pointer (&side->by_row, g_hash_table_unref);
}
/* clang-format off */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)
/* clang-format on */

static gboolean
is_named (const EmendRuleValue *value,
          const char *name)
{
  gsize length = strlen (value->field);

  if (value->column == NULL)
    return g_str_equal (value->field, name);
  return strncmp (value->field, name, length) == 0 && name[length] == '.' &&
         g_str_equal (value->column, name + length + 1);
}

static void
side_init (Side *side,
           const char *name,
           const EmendRuleValue *values,
           gsize n_values)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (NULL, NULL);

  side->table = NULL;
  side->normals = g_ptr_array_new ();
  side->by_row = g_hash_table_new (NULL, NULL);
  side->complete = TRUE;
  for (gsize i = 0; i < n_values; i++) {
    if (!is_named (&values[i], name))
      continue;
    g_ptr_array_add (side->normals, (gpointer) values[i].normal);
    side->complete = side->complete && values[i].normal != NULL;
    if (values[i].column != NULL) {
      side->table = values[i].field;
      g_hash_table_insert (side->by_row, GINT_TO_POINTER (values[i].row), (gpointer) values[i].normal);
    }
  }
  for (gsize i = 0; side->table != NULL && i < n_values; i++) {
    if (values[i].column != NULL && g_str_equal (values[i].field, side->table))
      g_hash_table_add (rows, GINT_TO_POINTER (values[i].row));
  }
  if (side->normals->len == 0 || g_hash_table_size (rows) != g_hash_table_size (side->by_row))
    side->complete = FALSE;
}

/* Reads a number as it is normalised; not one that starts with zeros, which is a code. */
static gboolean
read_decimal (const char *normal,
              EmendDecimal *decimal,
              const char **currency)
{
  const char *digits = normal + (*normal == '-' ? 1 : 0);

  if (!emend_normal_to_number (normal, NULL, currency) || (digits[0] == '0' && g_ascii_isdigit (digits[1])))
    return FALSE;
  return emend_decimal_parse (normal, strcspn (normal, " "), decimal);
}

/* Whether both can be the same currency; what has none says nothing. */
static gboolean
same_currency (const char **known,
               const char *currency)
{
  if (currency == NULL)
    return TRUE;
  if (*known == NULL)
    *known = currency;
  return g_str_equal (*known, currency);
}

/* "12.50 + 3.00 = 15.50, not 15.60" */
static char *
explain (const char *sign,
         GPtrArray *terms,
         const char *computed,
         const char *stated,
         gboolean holds)
{
  g_autoptr (GString) left = g_string_new (NULL);

  for (guint i = 0; i < MIN (terms->len, MAX_SHOWN); i++) {
    const char *term = g_ptr_array_index (terms, i);

    g_string_append (left, i > 0 ? sign : "");
    g_string_append_len (left, term, (gssize) strcspn (term, " "));
  }
  if (terms->len > MAX_SHOWN)
    g_string_append_printf (left, "%s…", sign);
  if (holds)
    /* TRANSLATORS: a computation ("12.50 + 3.00") and its result. */
    return g_strdup_printf (_ ("%s = %s"), left->str, computed);
  /* TRANSLATORS: a computation ("12.50 + 3.00"), its result, and the other number that stands in the document. */
  return g_strdup_printf (_ ("%s = %s, not %s"), left->str, computed, stated);
}

/* Compares the target with the sum or product of the terms. */
static EmendRuleState
compute (const EmendRule *rule,
         const char *target,
         GPtrArray *terms,
         char **explanation)
{
  gboolean product = rule->kind == EMEND_RULE_PRODUCT;
  EmendDecimal result = { product ? 1 : 0, 0 };
  EmendDecimal stated, difference;
  const char *currency = NULL;
  const char *other;
  g_autofree char *computed = NULL;
  g_autofree char *printed = g_strndup (target, strcspn (target, " "));
  gboolean holds;

  if (!read_decimal (target, &stated, &currency))
    return EMEND_RULE_UNKNOWN;
  for (guint i = 0; i < terms->len; i++) {
    EmendDecimal term;

    if (!read_decimal (g_ptr_array_index (terms, i), &term, &other) || !same_currency (&currency, other))
      return EMEND_RULE_UNKNOWN;
    if (product ? !emend_decimal_multiply (&result, &term) : !emend_decimal_add (&result, &term))
      return EMEND_RULE_UNKNOWN;
  }
  difference = result;
  if (!emend_decimal_subtract (&difference, &stated))
    return EMEND_RULE_UNKNOWN;
  holds = emend_decimal_is_within (&difference, rule->tolerance, product ? stated.scale : G_MAXUINT);
  computed = emend_decimal_format (&result, product ? stated.scale : MAX (result.scale, stated.scale));
  *explanation = explain (product ? " × " : " + ", terms, computed, printed, holds);
  return holds ? EMEND_RULE_HOLDS : EMEND_RULE_BROKEN;
}

static gboolean
has_form (const char *normal,
          const char *form)
{
  for (; *form != '\0'; form++, normal++) {
    if (*form == '0' ? !g_ascii_isdigit (*normal) : *normal != *form)
      return FALSE;
  }
  return *normal == '\0';
}

/* -1, 0 or 1; whether the two can be compared. */
static gboolean
compare (const EmendRule *rule,
         const char *a,
         const char *b,
         int *order)
{
  EmendDecimal difference, other;
  const char *currency = NULL;
  const char *other_currency = NULL;

  if (read_decimal (a, &difference, &currency) && read_decimal (b, &other, &other_currency)) {
    if (!same_currency (&currency, other_currency) || !emend_decimal_subtract (&difference, &other))
      return FALSE;
    *order = difference.units < 0 ? -1 : 1;
    if (emend_decimal_is_within (&difference, rule->tolerance, G_MAXUINT))
      *order = 0;
    return TRUE;
  }
  *order = g_str_equal (a, b) ? 0 : (strcmp (a, b) < 0 ? -1 : 1);
  if (has_form (a, "00:00") && has_form (b, "00:00:00") && strncmp (a, b, 5) == 0)
    *order = g_str_has_suffix (b, ":00") ? 0 : -1;
  else if (has_form (a, "00:00:00") && has_form (b, "00:00") && strncmp (a, b, 5) == 0)
    *order = g_str_has_suffix (a, ":00") ? 0 : 1;
  return rule->kind == EMEND_RULE_EQUAL || (has_form (a, "0000-00-00") && has_form (b, "0000-00-00")) ||
         ((has_form (a, "00:00") || has_form (a, "00:00:00")) && (has_form (b, "00:00") || has_form (b, "00:00:00")));
}

/* Compares the target with each term; one that breaks the rule says more than one that is not comparable. */
static EmendRuleState
compare_all (const EmendRule *rule,
             const char *target,
             GPtrArray *terms,
             char **explanation)
{
  EmendRuleState state = EMEND_RULE_HOLDS;

  for (guint i = 0; i < terms->len; i++) {
    const char *term = g_ptr_array_index (terms, i);
    int order;

    if (term == NULL || !compare (rule, target, term, &order)) {
      state = EMEND_RULE_UNKNOWN;
      continue;
    }
    if (rule->kind == EMEND_RULE_EQUAL && order != 0)
      /* TRANSLATORS: two values of a document that should be the same. */
      *explanation = g_strdup_printf (_ ("“%s” is not “%s”"), target, term);
    else if (rule->kind == EMEND_RULE_BEFORE && order > 0)
      /* TRANSLATORS: two days, times or numbers of a document. */
      *explanation = g_strdup_printf (_ ("%s comes after %s"), target, term);
    else if (rule->kind == EMEND_RULE_AFTER && order < 0)
      /* TRANSLATORS: two days, times or numbers of a document. */
      *explanation = g_strdup_printf (_ ("%s comes before %s"), target, term);
    else
      continue;
    return EMEND_RULE_BROKEN;
  }
  return state;
}

/* Checks one target; @terms has NULL for what is missing, @complete says whether nothing is. */
static EmendRuleState
check_one (const EmendRule *rule,
           const char *target,
           GPtrArray *terms,
           gboolean complete,
           char **explanation)
{
  EmendRuleState state;

  if (target == NULL)
    return EMEND_RULE_UNKNOWN;
  if (rule->kind == EMEND_RULE_SUM || rule->kind == EMEND_RULE_PRODUCT)
    return complete ? compute (rule, target, terms, explanation) : EMEND_RULE_UNKNOWN;
  state = compare_all (rule, target, terms, explanation);
  return state == EMEND_RULE_HOLDS && !complete ? EMEND_RULE_UNKNOWN : state;
}

/* Collects what stands in @row of @table and, of what is elsewhere, all. */
static gboolean
collect (Side *operands,
         gsize n_operands,
         const char *table,
         int row,
         GPtrArray *terms)
{
  gboolean complete = TRUE;

  for (gsize i = 0; i < n_operands; i++) {
    Side *side = &operands[i];

    if (table != NULL && side->table != NULL && g_str_equal (table, side->table)) {
      gpointer normal = g_hash_table_lookup (side->by_row, GINT_TO_POINTER (row));
      complete = complete && normal != NULL;
      g_ptr_array_add (terms, normal);
      continue;
    }
    complete = complete && side->complete;
    for (guint j = 0; j < side->normals->len; j++)
      g_ptr_array_add (terms, g_ptr_array_index (side->normals, j));
  }
  return complete;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  int left = GPOINTER_TO_INT (a);
  int right = GPOINTER_TO_INT (b);

  return (left > right) - (left < right);
}

/* The target is a column: the rule is about each row. */
static void
check_rows (const EmendRule *rule,
            const Side *target,
            Side *operands,
            gsize n_operands,
            EmendRuleResult *result)
{
  g_autoptr (GList) rows = g_list_sort (g_hash_table_get_keys (target->by_row), compare_rows);

  result->state = target->complete ? EMEND_RULE_HOLDS : EMEND_RULE_UNKNOWN;
  for (const GList *l = rows; l != NULL; l = l->next) {
    int row = GPOINTER_TO_INT (l->data);
    g_autoptr (GPtrArray) terms = g_ptr_array_new ();
    g_autofree char *explanation = NULL;
    gboolean complete = collect (operands, n_operands, target->table, row, terms);
    EmendRuleState state = check_one (rule, g_hash_table_lookup (target->by_row, GINT_TO_POINTER (row)), terms,
                                      complete, &explanation);

    if (state == EMEND_RULE_BROKEN) {
      result->state = state;
      result->row = row;
      result->explanation = g_steal_pointer (&explanation);
      return;
    }
    if (state == EMEND_RULE_UNKNOWN)
      result->state = EMEND_RULE_UNKNOWN;
  }
}

/* The target stands once or, where that makes sense, several times. */
static void
check_document (const EmendRule *rule,
                const Side *target,
                Side *operands,
                gsize n_operands,
                EmendRuleResult *result)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  gboolean complete = collect (operands, n_operands, NULL, -1, terms);

  if ((rule->kind == EMEND_RULE_SUM || rule->kind == EMEND_RULE_PRODUCT) && target->normals->len != 1)
    return;
  result->state = target->complete ? EMEND_RULE_HOLDS : EMEND_RULE_UNKNOWN;
  for (guint i = 0; i < target->normals->len; i++) {
    g_autofree char *explanation = NULL;
    EmendRuleState state = check_one (rule, g_ptr_array_index (target->normals, i), terms, complete, &explanation);

    if (state != EMEND_RULE_UNKNOWN && result->explanation == NULL)
      result->explanation = g_steal_pointer (&explanation);
    if (state != EMEND_RULE_HOLDS)
      result->state = state;
    if (state == EMEND_RULE_BROKEN)
      return;
  }
}

/**
 * emend_rule_result_clear:
 * @result: what emend_rule_check() gave; may be used again
 */
void
emend_rule_result_clear (EmendRuleResult *result)
{
  g_clear_pointer (&result->explanation, g_free);
}

/**
 * emend_rule_check:
 * @rule: a rule
 * @values: (array length=n_values): all that the document says now
 * @n_values: how many
 * @result: (out caller-allocates): what comes of it; emend_rule_result_clear() frees. What was in it is not freed
 *
 * A rule whose target is a column is about each row: other columns of that table stand for their cell in the row,
 * everything else is the same for all rows. Otherwise a column stands for all of its cells, and a repeated field for
 * all of its values. Numbers are added and multiplied exactly; a product may differ from what is printed by rounding
 * to the printed decimals. What is missing (a value, a cell of a row that the table has), cannot be read as what the
 * rule needs, or is in different currencies makes the result unknown, unless the rule is broken without it. Any
 * thread.
 */
void
emend_rule_check (const EmendRule *rule,
                  const EmendRuleValue *values,
                  gsize n_values,
                  EmendRuleResult *result)
{
  gsize n_operands = g_strv_length (rule->operands);
  g_autofree Side *operands = g_new0 (Side, n_operands);
  g_auto (Side) target = { 0 };

  *result = (EmendRuleResult){ .state = EMEND_RULE_UNKNOWN, .row = -1 };
  side_init (&target, rule->target, values, n_values);
  for (gsize i = 0; i < n_operands; i++)
    side_init (&operands[i], rule->operands[i], values, n_values);
  if (target.table != NULL)
    check_rows (rule, &target, operands, n_operands, result);
  else if (target.normals->len > 0)
    check_document (rule, &target, operands, n_operands, result);
  for (gsize i = 0; i < n_operands; i++)
    side_clear (&operands[i]);
}
