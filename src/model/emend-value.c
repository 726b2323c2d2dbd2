#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-value.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-json-members.h"
#include "emend-model-error.h"

/* The value of one field; more than this is something else. */
#define MAX_JSON_SIZE ((gsize) 1024 * 1024)
#define MAX_REGIONS 10000
#define MAX_CANDIDATES 100

static void
candidate_free (EmendCandidate *candidate)
{
  g_free (candidate->value);
  g_free (candidate);
}

/**
 * emend_value_new:
 * @text: (nullable): the value, for both what is printed and what is meant
 *
 * Returns: (transfer full): a value outside of tables. Any thread.
 */
EmendValue *
emend_value_new (const char *text)
{
  EmendValue *value = g_new0 (EmendValue, 1);

  value->text = g_strdup (text);
  value->value = g_strdup (text);
  value->row = -1;
  return value;
}

/**
 * emend_value_copy:
 * @value: a value
 *
 * Returns: (transfer full): one like it. Any thread.
 */
EmendValue *
emend_value_copy (const EmendValue *value)
{
  EmendValue *copy = g_memdup2 (value, sizeof *value);

  copy->text = g_strdup (value->text);
  copy->value = g_strdup (value->value);
  copy->normal = g_strdup (value->normal);
  copy->regions = value->regions != NULL ? g_array_copy (value->regions) : NULL;
  copy->column = g_strdup (value->column);
  copy->source = g_strdup (value->source);
  copy->override = g_strdup (value->override);
  copy->candidates = NULL;
  for (guint i = 0; value->candidates != NULL && i < value->candidates->len; i++) {
    const EmendCandidate *candidate = g_ptr_array_index (value->candidates, i);
    emend_value_add_candidate (copy, candidate->value, candidate->page, &candidate->box, candidate->score);
  }
  return copy;
}

/**
 * emend_value_free:
 * @value: (transfer full): a value
 *
 * Any thread.
 */
void
emend_value_free (EmendValue *value)
{
  g_free (value->text);
  g_free (value->value);
  g_free (value->normal);
  g_clear_pointer (&value->regions, g_array_unref);
  g_free (value->column);
  g_free (value->source);
  g_free (value->override);
  g_clear_pointer (&value->candidates, g_ptr_array_unref);
  g_free (value);
}

/**
 * emend_value_add_region:
 * @value: a value
 * @page: from 0
 * @box: in page pixels
 *
 * Appends a place beside the first, which is the one of the proposal or annotation.
 */
void
emend_value_add_region (EmendValue *value,
                        int page,
                        const EmendRect *box)
{
  EmendRegion region = { page, *box };

  if (value->regions == NULL)
    value->regions = g_array_new (FALSE, FALSE, sizeof (EmendRegion));
  g_array_append_val (value->regions, region);
}

/**
 * emend_value_add_candidate:
 * @value: a value
 * @text: what it could also be
 * @page: from 0
 * @box: (nullable): where that stands, in page pixels
 * @score: probability 0..1
 *
 * Appends what else the model thought; the best is added first.
 */
void
emend_value_add_candidate (EmendValue *value,
                           const char *text,
                           int page,
                           const EmendRect *box,
                           double score)
{
  EmendCandidate *candidate = g_new0 (EmendCandidate, 1);

  candidate->value = g_strdup (text);
  candidate->page = page;
  candidate->box = box != NULL ? *box : (EmendRect){ 0 };
  candidate->score = score;
  if (value->candidates == NULL)
    value->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
  g_ptr_array_add (value->candidates, candidate);
}

/**
 * emend_value_same_words:
 * @a: a value
 * @b: another
 *
 * Returns: whether both say the same, read in the same way, and belong to the same cell, wherever they stand. Any
 *   thread.
 */
gboolean
emend_value_same_words (const EmendValue *a,
                        const EmendValue *b)
{
  gboolean same_reading = a->date_order == b->date_order || g_strcmp0 (a->normal, b->normal) == 0;

  return same_reading && g_strcmp0 (a->value, b->value) == 0 && a->row == b->row &&
         g_strcmp0 (a->column, b->column) == 0;
}

/**
 * emend_value_same_place:
 * @a: a value
 * @b: another
 *
 * Returns: whether both have the same further regions. Any thread.
 */
gboolean
emend_value_same_place (const EmendValue *a,
                        const EmendValue *b)
{
  guint n_a = a->regions != NULL ? a->regions->len : 0;
  guint n_b = b->regions != NULL ? b->regions->len : 0;

  if (n_a != n_b)
    return FALSE;
  for (guint i = 0; i < n_a; i++) {
    const EmendRegion *one = &g_array_index (a->regions, EmendRegion, i);
    const EmendRegion *two = &g_array_index (b->regions, EmendRegion, i);
    if (one->page != two->page || !emend_rect_equal (&one->box, &two->box))
      return FALSE;
  }
  return TRUE;
}

static void
place_to_json (EmendJsonWriter *writer,
               int page,
               const EmendRect *box)
{
  emend_json_begin_array (writer);
  emend_json_int (writer, page);
  emend_json_double (writer, box->x);
  emend_json_double (writer, box->y);
  emend_json_double (writer, box->width);
  emend_json_double (writer, box->height);
  emend_json_end_array (writer);
}

static void
candidates_to_json (EmendJsonWriter *writer,
                    GPtrArray *candidates)
{
  emend_json_key (writer, "candidates");
  emend_json_begin_array (writer);
  for (guint i = 0; i < candidates->len; i++) {
    const EmendCandidate *candidate = g_ptr_array_index (candidates, i);

    emend_json_begin_object (writer);
    emend_json_string_member (writer, "value", candidate->value);
    emend_json_key (writer, "score");
    emend_json_double (writer, candidate->score);
    emend_json_key (writer, "place");
    place_to_json (writer, candidate->page, &candidate->box);
    emend_json_end_object (writer);
  }
  emend_json_end_array (writer);
}

/**
 * emend_value_to_json:
 * @value: a value
 *
 * Returns: (transfer full): one JSON object, as project files and journals keep it: `{"text"?, "value"?, "normal"?,
 *   "regions"?: [[page, x, y, width, height]], "row"?, "column"?, "source"?, "override"?, "order"?: "dmy"|"mdy"|"ymd",
 *   "blind"?, "candidates"?: [{"value", "score", "place"}]}`. Any thread.
 */
char *
emend_value_to_json (const EmendValue *value)
{
  GString *out = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (out, FALSE);

  emend_json_begin_object (writer);
  emend_json_string_member (writer, "text", value->text);
  emend_json_string_member (writer, "value", value->value);
  emend_json_string_member (writer, "normal", value->normal);
  if (value->regions != NULL && value->regions->len > 0) {
    emend_json_key (writer, "regions");
    emend_json_begin_array (writer);
    for (guint i = 0; i < value->regions->len; i++) {
      const EmendRegion *region = &g_array_index (value->regions, EmendRegion, i);
      place_to_json (writer, region->page, &region->box);
    }
    emend_json_end_array (writer);
  }
  if (value->row >= 0) {
    emend_json_key (writer, "row");
    emend_json_int (writer, value->row);
  }
  emend_json_string_member (writer, "column", value->column);
  emend_json_string_member (writer, "source", value->source);
  emend_json_string_member (writer, "override", value->override);
  emend_json_string_member (writer, "order", emend_date_order_to_name (value->date_order));
  if (value->blind) {
    emend_json_key (writer, "blind");
    emend_json_bool (writer, TRUE);
  }
  if (value->candidates != NULL && value->candidates->len > 0)
    candidates_to_json (writer, value->candidates);
  emend_json_end_object (writer);
  return g_string_free (out, FALSE);
}

static gboolean
place_from_json (const json_t *json,
                 int *page,
                 EmendRect *box)
{
  double numbers[5];

  if (json_array_size (json) != 5)
    return FALSE;
  for (gsize i = 0; i < 5; i++) {
    const json_t *number = json_array_get (json, i);

    if (!json_is_number (number))
      return FALSE;
    numbers[i] = json_number_value (number);
  }
  *box = (EmendRect){ numbers[1], numbers[2], numbers[3], numbers[4] };
  if (!(numbers[0] >= 0 && numbers[0] <= G_MAXINT16) || !emend_rect_is_finite (box) || box->width < 0 ||
      box->height < 0)
    return FALSE;
  *page = (int) numbers[0];
  return TRUE;
}

static gboolean
regions_from_json (EmendValue *value,
                   const json_t *json)
{
  if (json == NULL)
    return TRUE;
  if (!json_is_array (json) || json_array_size (json) > MAX_REGIONS)
    return FALSE;
  for (gsize i = 0; i < json_array_size (json); i++) {
    EmendRect box;
    int page;

    if (!place_from_json (json_array_get (json, i), &page, &box))
      return FALSE;
    emend_value_add_region (value, page, &box);
  }
  return TRUE;
}

static gboolean
candidates_from_json (EmendValue *value,
                      const json_t *json)
{
  if (json == NULL)
    return TRUE;
  if (!json_is_array (json) || json_array_size (json) > MAX_CANDIDATES)
    return FALSE;
  for (gsize i = 0; i < json_array_size (json); i++) {
    const json_t *candidate = json_array_get (json, i);
    const char *text = json_string_value (json_object_get (candidate, "value"));
    const json_t *score = json_object_get (candidate, "score");
    EmendRect box;
    int page;

    if (text == NULL || !json_is_number (score) || !place_from_json (json_object_get (candidate, "place"), &page, &box))
      return FALSE;
    emend_value_add_candidate (value, text, page, &box, json_number_value (score));
  }
  return TRUE;
}

static gboolean
string_from_json (const json_t *tree,
                  const char *key,
                  char **text)
{
  const json_t *json = json_object_get (tree, key);

  if (json == NULL)
    return TRUE;
  *text = g_strdup (json_string_value (json));
  return *text != NULL;
}

static gboolean
order_from_json (const json_t *tree,
                 EmendDateOrder *order)
{
  const json_t *json = json_object_get (tree, "order");

  *order = emend_date_order_from_name (json_string_value (json));
  return json == NULL || *order != 0;
}

static gboolean
row_from_json (const json_t *tree,
               int *row)
{
  const json_t *json = json_object_get (tree, "row");

  if (json == NULL)
    return TRUE;
  if (!json_is_integer (json) || json_integer_value (json) < 0 || json_integer_value (json) > G_MAXINT16)
    return FALSE;
  *row = (int) json_integer_value (json);
  return TRUE;
}

/**
 * emend_value_from_json:
 * @text: what emend_value_to_json() describes
 * @error: EMEND_MODEL_ERROR_VALUE, or the error of the JSON
 *
 * Returns: (transfer full) (nullable): the value. Any thread.
 */
EmendValue *
emend_value_from_json (const char *text,
                       GError **error)
{
  g_autoptr (json_t) tree = emend_json_parse (text, strlen (text), MAX_JSON_SIZE, error);
  g_autoptr (EmendValue) value = NULL;

  if (tree == NULL)
    return NULL;
  value = emend_value_new (NULL);
  value->blind = json_is_true (json_object_get (tree, "blind"));
  if (!json_is_object (tree) || !string_from_json (tree, "text", &value->text) ||
      !string_from_json (tree, "value", &value->value) || !string_from_json (tree, "normal", &value->normal) ||
      !string_from_json (tree, "column", &value->column) || !string_from_json (tree, "source", &value->source) ||
      !string_from_json (tree, "override", &value->override) || !row_from_json (tree, &value->row) ||
      !order_from_json (tree, &value->date_order) ||
      !regions_from_json (value, json_object_get (tree, "regions")) ||
      !candidates_from_json (value, json_object_get (tree, "candidates"))) {
    g_set_error_literal (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_VALUE,
                         _ ("The value of a field has a part that is not what it should be."));
    return NULL;
  }
  return g_steal_pointer (&value);
}
