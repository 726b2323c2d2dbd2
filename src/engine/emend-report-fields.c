#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include <math.h>

#include "emend-normal.h"
#include "emend-report-private.h"

static void
field_free (EmendReportField *field)
{
  g_clear_pointer (&field->tally, emend_report_tally_free);
  g_free (field);
}

static void
add_field (GPtrArray *fields,
           const EmendField *field,
           const EmendField *column)
{
  EmendReportField *made = g_new0 (EmendReportField, 1);
  g_autofree char *name = column != NULL ? g_strdup_printf ("%s.%s", field->name, column->name) : NULL;

  made->tally = emend_report_tally_new (name != NULL ? name : field->name);
  made->id = field->id;
  made->cell = column != NULL ? column : field;
  made->column = column != NULL ? column->name : NULL;
  made->retired = field->retired || (column != NULL && column->retired);
  g_ptr_array_add (fields, made);
}

/**
 * emend_report_fields_new:
 * @schema: a schema, which must outlive it
 *
 * Returns: (transfer full) (element-type EmendReportField): its fields, and the columns of its tables, in its order
 */
GPtrArray *
emend_report_fields_new (EmendSchema *schema)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) field_free);

  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    const EmendField *field = emend_schema_get_field (schema, i);

    if (field->columns == NULL)
      add_field (fields, field, NULL);
    for (guint j = 0; field->columns != NULL && j < field->columns->len; j++)
      add_field (fields, field, g_ptr_array_index (field->columns, j));
  }
  return fields;
}

static EmendReportField *
find_field (GPtrArray *fields,
            const EmendMark *mark)
{
  const EmendValue *value = mark->proposal != NULL ? mark->proposal->value : mark->annotation->value;
  int id = mark->proposal != NULL ? mark->proposal->label : mark->annotation->label;

  for (guint i = 0; value != NULL && i < fields->len; i++) {
    EmendReportField *field = g_ptr_array_index (fields, i);

    if (field->id == id && g_strcmp0 (field->column, value->column) == 0)
      return field;
  }
  return NULL;
}

/* What counts of a text: its letters and digits, in one case. */
static char *
fold_text (const char *text)
{
  g_autoptr (GString) kept = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isalnum (c))
      g_string_append_unichar (kept, c);
  }
  return g_utf8_casefold (kept->str, (gssize) kept->len);
}

static gboolean
same_text (const char *a,
           const char *b)
{
  g_autofree char *x = fold_text (a);
  g_autofree char *y = fold_text (b);

  return g_str_equal (x, y);
}

static gboolean
same_number (const char *a,
             const char *b)
{
  const char *currency;
  double x;
  double y;

  if (!emend_normal_to_number (a, &x, &currency) || !emend_normal_to_number (b, &y, &currency))
    return g_str_equal (a, b);
  return fabs (round (x * 100) - round (y * 100)) < 0.5;
}

/**
 * emend_report_values_agree:
 * @cell: what both are values of
 * @proposed: what a model said
 * @final: what holds
 *
 * Compares what they mean: numbers and amounts by their value to two decimals, whatever the currency; dates, times and
 * marks by what they are; texts, codes, addresses and choices by their letters and digits, whatever the case. What
 * cannot be read as the field's type is compared as a text. Any thread.
 *
 * Returns: whether they say the same
 */
gboolean
emend_report_values_agree (const EmendField *cell,
                           const EmendValue *proposed,
                           const EmendValue *final)
{
  if (proposed->value == NULL || final->value == NULL)
    return FALSE;
  if (proposed->normal == NULL || final->normal == NULL)
    return same_text (proposed->value, final->value);
  switch (cell->type) {
  case EMEND_FIELD_NUMBER:
  case EMEND_FIELD_INTEGER:
  case EMEND_FIELD_AMOUNT:
    return same_number (proposed->normal, final->normal);
  case EMEND_FIELD_DATE:
  case EMEND_FIELD_TIME:
  case EMEND_FIELD_MARK:
    return g_str_equal (proposed->normal, final->normal);
  case EMEND_FIELD_TEXT:
  case EMEND_FIELD_CODE:
  case EMEND_FIELD_EMAIL:
  case EMEND_FIELD_CHOICE:
  case EMEND_FIELD_TABLE:
  default:
    return same_text (proposed->value, final->value);
  }
}

/* How the proposal compares with what holds; nobody knows that of what cannot be read. */
static void
compare (EmendReportField *field,
         const EmendMark *mark)
{
  const EmendAnnotation *annotation = mark->annotation;

  if (annotation->verdict == EMEND_VERDICT_ILLEGIBLE)
    return;
  field->tally->row->n_compared++;
  if ((annotation->verdict == EMEND_VERDICT_ACCEPTED || annotation->verdict == EMEND_VERDICT_CORRECTED) &&
      emend_report_values_agree (field->cell, mark->proposal->value, annotation->value))
    field->tally->row->n_agreeing++;
}

static void
count_verdict (EmendReportRow *row,
               EmendVerdict verdict)
{
  switch (verdict) {
  case EMEND_VERDICT_NONE:
    row->n_undecided++;
    break;
  case EMEND_VERDICT_ACCEPTED:
    row->n_accepted++;
    break;
  case EMEND_VERDICT_CORRECTED:
    row->n_corrected++;
    break;
  case EMEND_VERDICT_REJECTED:
    row->n_rejected++;
    break;
  case EMEND_VERDICT_ADDED:
    row->n_added++;
    break;
  case EMEND_VERDICT_ABSENT:
    row->n_absent++;
    break;
  case EMEND_VERDICT_ILLEGIBLE:
    row->n_illegible++;
    break;
  }
}

/**
 * emend_report_fields_count:
 * @fields: (element-type EmendReportField): the fields
 * @mark: a mark of an item's final state; one that is no value of a field changes nothing
 *
 * Counts for the field, or column, that the model spoke of; what was added, for the one that it is of.
 */
void
emend_report_fields_count (GPtrArray *fields,
                           const EmendMark *mark)
{
  EmendReportField *field = find_field (fields, mark);
  EmendReportTally *tally;

  if (field == NULL)
    return;
  tally = field->tally;
  count_verdict (tally->row, emend_mark_get_verdict (mark));
  if (mark->proposal != NULL)
    tally->row->n_proposals++;
  if (mark->annotation != NULL && mark->annotation->ms > 0)
    emend_mean_add (&tally->ms, (double) mark->annotation->ms);
  if (mark->proposal == NULL || mark->annotation == NULL)
    return;
  tally->n_judged++;
  tally->n_overridden += mark->annotation->verdict != EMEND_VERDICT_ACCEPTED;
  compare (field, mark);
}
