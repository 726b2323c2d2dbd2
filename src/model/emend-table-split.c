#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-table-edit-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-model-error.h"

/* A row that is split in two: of each of its cells something stays above, and something goes below. */
typedef enum {
  STAYS,
  GOES_DOWN,
  IS_CUT,
} Fate;

/**
 * Part:
 * @cell: one cell of the row
 * @fate: what becomes of it
 * @words: (element-type guint): the words in it, those that stay first; as far as they are known
 * @n_upper: how many of them stay, when they say where the cell is cut
 * @at: else at which byte of its value it is cut
 */
typedef struct {
  const EmendTableCell *cell;
  Fate fate;
  GArray *words;
  guint n_upper;
  gsize at;
} Part;

static void
part_clear (Part *part)
{
  g_array_unref (part->words);
}

static double
get_middle (const EmendRect *box)
{
  return box->y + box->height / 2;
}

static const EmendRect *
get_word_box (const Part *part,
              guint index)
{
  return &emend_words_get (part->cell->words, g_array_index (part->words, guint, index))->box;
}

static void
find_words (Part *part)
{
  EmendRegion place = emend_table_get_place (part->cell);

  part->words = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; part->cell->words != NULL && i < emend_words_get_n (part->cell->words); i++) {
    const EmendRect *box = &emend_words_get (part->cell->words, i)->box;

    if (emend_rect_contains (&place.box, (EmendPoint){ box->x + box->width / 2, get_middle (box) }))
      g_array_append_val (part->words, i);
  }
}

static const char *
skip_spaces (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return text;
}

static guint
count_tokens (const char *text,
              gsize length)
{
  const char *end = text + length;
  guint n = 0;

  for (const char *p = skip_spaces (text); p < end; p = skip_spaces (p)) {
    n++;
    while (*p != '\0' && !g_ascii_isspace (*p))
      p++;
  }
  return n;
}

/* Where the token of this number begins, in bytes. */
static gsize
find_token (const char *text,
            guint number)
{
  const char *p = skip_spaces (text);

  while (number-- > 0) {
    while (*p != '\0' && !g_ascii_isspace (*p))
      p++;
    p = skip_spaces (p);
  }
  return (gsize) (p - text);
}

/* The reviewer's cursor, when it stands between two words, says where the lower row begins. */
static void
cut_at_cursor (Part *part,
               glong offset)
{
  const char *text = emend_mark_get_value (part->cell->is)->value;
  const char *at = g_utf8_offset_to_pointer (text, CLAMP (offset, 0, g_utf8_strlen (text, -1)));
  gboolean is_between = at > text && (g_ascii_isspace (at[-1]) || g_ascii_isspace (*at));
  guint n_before = count_tokens (text, (gsize) (at - text));
  guint n = count_tokens (text, strlen (text));

  if (!is_between || n_before == 0 || n_before == n)
    return;
  part->fate = IS_CUT;
  part->at = find_token (text, n_before);
  if (part->words->len == n)
    part->n_upper = n_before;
}

static const EmendRect *
find_top_word (const Part *part)
{
  const EmendRect *top = get_word_box (part, 0);

  for (guint i = 1; i < part->words->len; i++) {
    if (get_middle (get_word_box (part, i)) < get_middle (top))
      top = get_word_box (part, i);
  }
  return top;
}

/* The words of the top line stay; all that stand lower go. */
static void
cut_at_line (Part *part)
{
  const char *text = emend_mark_get_value (part->cell->is)->value;
  const EmendRect *top = find_top_word (part);
  GArray *upper = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) lower = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_upper;

  for (guint i = 0; i < part->words->len; i++) {
    gboolean is_lower = get_middle (get_word_box (part, i)) >= top->y + top->height;

    g_array_append_val (is_lower ? lower : upper, g_array_index (part->words, guint, i));
  }
  n_upper = upper->len;
  g_array_append_vals (upper, lower->data, lower->len);
  g_array_unref (part->words);
  part->words = upper;
  if (lower->len == 0)
    return;
  part->fate = IS_CUT;
  part->n_upper = n_upper;
  if (count_tokens (text, strlen (text)) == part->words->len)
    part->at = find_token (text, n_upper);
}

/* Without words the line breaks of what is printed say where lines end. */
static void
cut_at_break (Part *part)
{
  const EmendValue *value = emend_mark_get_value (part->cell->is);
  const char *own = strchr (skip_spaces (value->value), '\n');
  const char *printed = value->text != NULL ? strchr (skip_spaces (value->text), '\n') : NULL;
  guint n;

  if (own == NULL && printed == NULL)
    return;
  n = own != NULL ? count_tokens (value->value, (gsize) (own - value->value)) :
                    count_tokens (value->text, (gsize) (printed - value->text));
  if (n == 0 || n >= count_tokens (value->value, strlen (value->value)))
    return;
  part->fate = IS_CUT;
  part->at = find_token (value->value, n);
}

/* The height between the two lines that a cell is cut into; FALSE when its halves stand on one line. */
static gboolean
find_cut (const Part *part,
          double *height)
{
  double bottom = -G_MAXDOUBLE;
  double top = G_MAXDOUBLE;
  double size = 0;

  if (part->fate != IS_CUT || part->n_upper == 0)
    return FALSE;
  for (guint i = 0; i < part->words->len; i++) {
    const EmendRect *box = get_word_box (part, i);

    if (i < part->n_upper)
      bottom = MAX (bottom, get_middle (box));
    else
      top = MIN (top, get_middle (box));
    size = MAX (size, box->height);
  }
  *height = (bottom + top) / 2;
  return top - bottom > size / 2;
}

/* The same of all cells of the row, on the average. */
static gboolean
find_height (const GArray *parts,
             double *height)
{
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < parts->len; i++) {
    double own;

    if (!find_cut (&g_array_index (parts, Part, i), &own))
      continue;
    sum += own;
    n++;
  }
  *height = n > 0 ? sum / n : 0;
  return n > 0;
}

/* Where no cell has two lines, the highest one says what is above: what begins below its end is lower. */
static gboolean
find_staggered (const GArray *parts,
                double *height)
{
  const EmendRect *highest = NULL;

  for (guint i = 0; i < parts->len; i++) {
    const Part *part = &g_array_index (parts, Part, i);
    const EmendRect *box = &emend_mark_get_shape (part->cell->is)->box;

    if (part->fate == IS_CUT)
      return FALSE;
    if (emend_rect_area (box) > 0 && (highest == NULL || get_middle (box) < get_middle (highest)))
      highest = box;
  }
  *height = highest != NULL ? highest->y + highest->height : 0;
  return highest != NULL;
}

/* What is not cut goes where it stands. On a page that lies askew the cells of one row stand at several heights: where
 * no cell says how high a line is, only what is wholly below the highest one is lower. */
static void
drop_lower (GArray *parts)
{
  double height;
  gboolean has_lines = find_height (parts, &height);

  if (!has_lines && !find_staggered (parts, &height))
    return;
  for (guint i = 0; i < parts->len; i++) {
    Part *part = &g_array_index (parts, Part, i);
    const EmendRect *box = &emend_mark_get_shape (part->cell->is)->box;
    double own = has_lines ? get_middle (box) : box->y;

    if (part->fate == STAYS && emend_rect_area (box) > 0 && own >= height)
      part->fate = GOES_DOWN;
  }
}

static EmendRegion
bound_words (const Part *part,
             guint from,
             guint end)
{
  EmendRegion place = emend_table_get_place (part->cell);

  place.box = *get_word_box (part, from);
  for (guint i = from + 1; i < end; i++)
    place.box = emend_rect_union (&place.box, get_word_box (part, i));
  return place;
}

static char *
join_words (const Part *part,
            guint from,
            guint end)
{
  return emend_words_join (part->cell->words, &g_array_index (part->words, guint, from), end - from);
}

/* Both halves keep the place where nothing tells more, but for further places, which are those of the lower half. */
static void
cut_places (const Part *part,
            EmendTableChange *upper,
            EmendTableChange *lower)
{
  GArray *regions = upper->value->regions;

  lower->place = emend_table_get_place (part->cell);
  if (part->n_upper > 0) {
    upper->place = bound_words (part, 0, part->n_upper);
    lower->place = bound_words (part, part->n_upper, part->words->len);
    upper->has_place = TRUE;
  } else if (regions != NULL && regions->len > 0) {
    lower->place = g_array_index (regions, EmendRegion, 0);
    g_array_remove_index (regions, 0);
  }
  lower->has_place = TRUE;
  lower->value->regions = g_steal_pointer (&upper->value->regions);
}

/* What is printed in a half: the words there, else the line of the text, else the value. */
static void
cut_printed (const Part *part,
             EmendValue *upper,
             EmendValue *lower)
{
  const EmendValue *whole = emend_mark_get_value (part->cell->is);
  guint n = count_tokens (whole->value, strlen (whole->value));

  g_clear_pointer (&upper->text, g_free);
  if (part->n_upper > 0) {
    upper->text = join_words (part, 0, part->n_upper);
    lower->text = join_words (part, part->n_upper, part->words->len);
  } else if (whole->text != NULL && count_tokens (whole->text, strlen (whole->text)) == n) {
    gsize at = find_token (whole->text, count_tokens (whole->value, part->at));

    upper->text = g_strchomp (g_strndup (whole->text, at));
    lower->text = g_strdup (whole->text + at);
  } else {
    upper->text = g_strdup (upper->value);
    lower->text = g_strdup (lower->value);
  }
}

/* The upper half stays in its cell, the lower one is added to the new row. */
static void
cut_cell (const EmendTable *table,
          const Part *part,
          int row,
          GPtrArray *changes)
{
  EmendTableChange *upper = emend_table_correct (table, part->cell);
  EmendTableChange *lower = emend_table_change_new (EMEND_DECISION_ADD, -1);
  g_autofree char *whole = g_steal_pointer (&upper->value->value);

  lower->value = emend_value_new (NULL);
  lower->value->row = row;
  lower->value->column = g_strdup (upper->value->column);
  lower->value->date_order = upper->value->date_order;
  if (part->at > 0) {
    upper->value->value = g_strchomp (g_strndup (whole, part->at));
    lower->value->value = g_strchomp (g_strdup (whole + part->at));
  } else {
    upper->value->value = g_strdelimit (join_words (part, 0, part->n_upper), "\n", ' ');
    lower->value->value = g_strdelimit (join_words (part, part->n_upper, part->words->len), "\n", ' ');
  }
  cut_printed (part, upper->value, lower->value);
  cut_places (part, upper, lower);
  g_ptr_array_add (changes, upper);
  g_ptr_array_add (changes, lower);
}

/* Rows below go down by one, as far as no number is free. */
static gboolean
make_room (const EmendTable *table,
           int row,
           GPtrArray *changes,
           GError **error)
{
  int end = row;

  while (emend_table_find_row_below (table, end - 1) == end)
    end++;
  if (end > G_MAXINT16) {
    g_set_error_literal (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_ROWS, _ ("The table cannot have more rows."));
    return FALSE;
  }
  for (guint i = 0; i < table->cells->len; i++) {
    const EmendTableCell *cell = &g_array_index (table->cells, EmendTableCell, i);
    int own = emend_mark_get_value (cell->is)->row;
    EmendTableChange *change;

    if (own < row || own >= end)
      continue;
    if (!emend_table_check_seen (table, cell, error))
      return FALSE;
    change = emend_table_move (table, cell, own + 1);
    change->makes_room = TRUE;
    g_ptr_array_add (changes, change);
  }
  return TRUE;
}

static GArray *
find_parts (const EmendTable *table,
            int row,
            int mark,
            glong offset)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));

  g_array_set_clear_func (parts, (GDestroyNotify) part_clear);
  for (guint i = 0; i < table->cells->len; i++) {
    const EmendTableCell *cell = &g_array_index (table->cells, EmendTableCell, i);
    const EmendValue *value = emend_mark_get_value (cell->is);
    Part part = { .cell = cell };

    if (value->row != row || value->value == NULL)
      continue;
    find_words (&part);
    if ((int) cell->mark == mark)
      cut_at_cursor (&part, offset);
    if (part.fate == STAYS && part.words->len > 0)
      cut_at_line (&part);
    if (part.fate == STAYS)
      cut_at_break (&part);
    g_array_append_val (parts, part);
  }
  drop_lower (parts);
  return parts;
}

/**
 * emend_table_split_row:
 * @table: a table
 * @row: number of a row
 * @mark: number of the cell that the cursor is in, or -1
 * @offset: where the cursor stands in its value, in characters
 * @error: EMEND_MODEL_ERROR_ROWS when nothing tells what goes down, or when a value is still hidden
 *
 * The row is two: a cell is cut at the cursor where that stands between two words, else after its first line; what
 * stands lower on the page goes down whole. The rows below get other numbers where none is free, which decides of them.
 * Any thread.
 *
 * Returns: (transfer full) (nullable) (element-type EmendTableChange): what is to be decided
 */
GPtrArray *
emend_table_split_row (const EmendTable *table,
                       int row,
                       int mark,
                       glong offset,
                       GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_table_change_free);
  g_autoptr (GArray) parts = find_parts (table, row, mark, offset);
  guint n_down = 0;

  for (guint i = 0; i < parts->len; i++) {
    const Part *part = &g_array_index (parts, Part, i);

    n_down += part->fate == GOES_DOWN;
    if (part->fate != STAYS && !emend_table_check_seen (table, part->cell, error))
      return NULL;
    if (part->fate == IS_CUT)
      cut_cell (table, part, row + 1, changes);
    else if (part->fate == GOES_DOWN)
      g_ptr_array_add (changes, emend_table_move (table, part->cell, row + 1));
  }
  if (changes->len == 0 || n_down == parts->len) {
    g_set_error_literal (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_ROWS,
                         _ ("Put the cursor where the lower row begins, then split the row."));
    return NULL;
  }
  return make_room (table, row + 1, changes, error) ? g_steal_pointer (&changes) : NULL;
}
