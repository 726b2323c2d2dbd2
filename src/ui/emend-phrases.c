#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-phrases.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-tag.h"

/**
 * emend_phrase_verdict:
 * @verdict: a verdict
 *
 * Returns: what it is called, translated
 */
const char *
emend_phrase_verdict (EmendVerdict verdict)
{
  switch (verdict) {
  case EMEND_VERDICT_ACCEPTED:
    return C_ ("verdict", "accepted");
  case EMEND_VERDICT_CORRECTED:
    return C_ ("verdict", "corrected");
  case EMEND_VERDICT_REJECTED:
    return C_ ("verdict", "rejected");
  case EMEND_VERDICT_ADDED:
    return C_ ("verdict", "added");
  case EMEND_VERDICT_ABSENT:
    return C_ ("verdict", "not on the document");
  case EMEND_VERDICT_ILLEGIBLE:
    return C_ ("verdict", "illegible");
  case EMEND_VERDICT_NONE:
  default:
    return C_ ("verdict", "undecided");
  }
}

/**
 * emend_phrase_verdict_icon:
 * @verdict: a verdict
 *
 * Returns: name of its icon
 */
const char *
emend_phrase_verdict_icon (EmendVerdict verdict)
{
  switch (verdict) {
  case EMEND_VERDICT_ACCEPTED:
    return "emend-accepted-symbolic";
  case EMEND_VERDICT_CORRECTED:
    return "emend-corrected-symbolic";
  case EMEND_VERDICT_REJECTED:
    return "emend-rejected-symbolic";
  case EMEND_VERDICT_ADDED:
    return "emend-added-symbolic";
  case EMEND_VERDICT_ABSENT:
    return "emend-absent-symbolic";
  case EMEND_VERDICT_ILLEGIBLE:
    return "emend-illegible-symbolic";
  case EMEND_VERDICT_NONE:
  default:
    return "emend-undecided-symbolic";
  }
}

static char *
done_state (const EmendItem *item)
{
  int n_changed = item->n_corrected + item->n_rejected + item->n_added;

  if (n_changed == 0)
    return g_strdup (_ ("Done"));
  /* TRANSLATORS: of an image: how many of its proposals a person changed. */
  return g_strdup_printf (ngettext ("Done · %d change", "Done · %d changes", (gulong) n_changed), n_changed);
}

/**
 * emend_phrase_item_state:
 * @item: an item
 *
 * Returns: (transfer full): how it stands, translated, for the second line of its row
 */
char *
emend_phrase_item_state (const EmendItem *item)
{
  if (item->media_state == EMEND_MEDIA_MISSING)
    return g_strdup (_ ("File is missing"));
  if (item->media_state == EMEND_MEDIA_UNREADABLE)
    return g_strdup (_ ("Cannot be read"));
  if (item->reading == EMEND_READING_DONE)
    return done_state (item);
  if (item->n_undecided > 0)
    return g_strdup_printf (ngettext ("%d to look at", "%d to look at", (gulong) item->n_undecided), item->n_undecided);
  if (item->reading == EMEND_READING_OPEN)
    return g_strdup (_ ("All looked at"));
  return g_strdup (_ ("Nothing proposed"));
}

/**
 * emend_phrase_item_icon:
 * @item: an item
 *
 * Returns: name of the icon for how it stands
 */
const char *
emend_phrase_item_icon (const EmendItem *item)
{
  if (item->media_state != EMEND_MEDIA_OK)
    return "dialog-warning-symbolic";
  if (item->reading == EMEND_READING_DONE)
    return "emend-accepted-symbolic";
  return item->n_undecided > 0 ? "emend-undecided-symbolic" : "emend-empty-symbolic";
}

/**
 * emend_phrase_score:
 * @score: confidence 0..1, or NaN
 *
 * Returns: (transfer full): as a percentage, or "–" when there is none
 */
char *
emend_phrase_score (double score)
{
  if (isnan (score))
    return g_strdup ("–");
  /* TRANSLATORS: a confidence in per cent. */
  return g_strdup_printf (_ ("%d %%"), emend_tag_get_percent (score));
}

/**
 * emend_phrase_mark:
 * @mark: a mark
 * @schema: for the name of its label
 *
 * Returns: (transfer full): label, confidence and state in words, for a screen reader
 */
char *
emend_phrase_mark (const EmendMark *mark,
                   EmendSchema *schema)
{
  const EmendLabel *label = emend_schema_find_label (schema, emend_mark_get_label (mark));
  const char *name = label != NULL ? label->name : _ ("unknown label");
  double score = emend_mark_get_score (mark);

  if (isnan (score))
    /* TRANSLATORS: label, then state: “car, accepted”. */
    return g_strdup_printf (_ ("%s, %s"), name, emend_phrase_verdict (emend_mark_get_verdict (mark)));
  /* TRANSLATORS: label, confidence, then state: “car, 92 %, accepted”. */
  return g_strdup_printf (_ ("%s, %d %%, %s"), name, emend_tag_get_percent (score),
                          emend_phrase_verdict (emend_mark_get_verdict (mark)));
}

/**
 * emend_phrase_field_type:
 * @type: type of a field
 *
 * Returns: what it is called, translated
 */
const char *
emend_phrase_field_type (EmendFieldType type)
{
  switch (type) {
  case EMEND_FIELD_NUMBER:
    return C_ ("type of a field", "Number");
  case EMEND_FIELD_INTEGER:
    return C_ ("type of a field", "Whole number");
  case EMEND_FIELD_AMOUNT:
    return C_ ("type of a field", "Amount of money");
  case EMEND_FIELD_DATE:
    return C_ ("type of a field", "Date");
  case EMEND_FIELD_TIME:
    return C_ ("type of a field", "Time of day");
  case EMEND_FIELD_CODE:
    return C_ ("type of a field", "Code with a pattern");
  case EMEND_FIELD_EMAIL:
    return C_ ("type of a field", "E-mail address");
  case EMEND_FIELD_CHOICE:
    return C_ ("type of a field", "Choice");
  case EMEND_FIELD_MARK:
    return C_ ("type of a field", "Yes or no");
  case EMEND_FIELD_TABLE:
    return C_ ("type of a field", "Table");
  case EMEND_FIELD_TEXT:
  default:
    return C_ ("type of a field", "Text");
  }
}

/**
 * emend_phrase_field_type_icon:
 * @type: type of a field
 *
 * Returns: name of its icon
 */
const char *
emend_phrase_field_type_icon (EmendFieldType type)
{
  switch (type) {
  case EMEND_FIELD_NUMBER:
    return "emend-field-number-symbolic";
  case EMEND_FIELD_INTEGER:
    return "emend-field-integer-symbolic";
  case EMEND_FIELD_AMOUNT:
    return "emend-field-amount-symbolic";
  case EMEND_FIELD_DATE:
    return "emend-field-date-symbolic";
  case EMEND_FIELD_TIME:
    return "emend-field-time-symbolic";
  case EMEND_FIELD_CODE:
    return "emend-field-code-symbolic";
  case EMEND_FIELD_EMAIL:
    return "emend-field-email-symbolic";
  case EMEND_FIELD_CHOICE:
    return "emend-field-choice-symbolic";
  case EMEND_FIELD_MARK:
    return "emend-field-mark-symbolic";
  case EMEND_FIELD_TABLE:
    return "emend-field-table-symbolic";
  case EMEND_FIELD_TEXT:
  default:
    return "emend-field-text-symbolic";
  }
}
