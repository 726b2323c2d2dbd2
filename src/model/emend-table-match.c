#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-table-private.h"

#include <math.h>
#include <string.h>

#include "emend-normal.h"
#include "emend-word-find.h"

/* Of the cells of a column so many must be of the type of what it is taken for. */
#define FITS 0.5
/* A heading counts more than what the cells look like. */
#define NAME_WEIGHT 3.0
/* Columns usually stand in the order of the field. */
#define ORDER_WEIGHT 0.15

/* Of "quantity", "qty": its letters in that order, with the first and the last. */
static gboolean
abbreviates (const char *brief,
             const char *whole)
{
  gsize length = strlen (brief);
  const char *at = whole;

  if (length < 2 || brief[0] != whole[0] || brief[length - 1] != whole[strlen (whole) - 1])
    return FALSE;
  for (gsize i = 0; i < length; i++) {
    at = strchr (at, brief[i]);
    if (at == NULL)
      return FALSE;
    at++;
  }
  return TRUE;
}

static gboolean
same_word (const char *a,
           const char *b)
{
  if (g_str_equal (a, b))
    return TRUE;
  if (MIN (strlen (a), strlen (b)) >= 3 && (g_str_has_prefix (a, b) || g_str_has_prefix (b, a)))
    return TRUE;
  return strlen (a) < strlen (b) ? abbreviates (a, b) : abbreviates (b, a);
}

static guint
count_same (char **words,
            char **others)
{
  guint n = 0;

  for (char **word = words; *word != NULL; word++) {
    gboolean found = FALSE;

    for (char **other = others; *other != NULL && !found; other++)
      found = same_word (*word, *other);
    n += found ? 1 : 0;
  }
  return n;
}

static double
match_words (char **printed,
             const char *title)
{
  g_auto (GStrv) wanted = emend_word_find_split (title);
  guint n = g_strv_length (printed) + g_strv_length (wanted);

  return n == 0 ? 0 : (double) (count_same (printed, wanted) + count_same (wanted, printed)) / n;
}

/**
 * emend_table_match_title:
 * @printed: what stands over a column, valid UTF-8
 * @column: a column of a field
 *
 * Any thread.
 *
 * Returns: how far it says the title or the name of the column, 0..1
 */
double
emend_table_match_title (const char *printed,
                         const EmendField *column)
{
  g_auto (GStrv) words = emend_word_find_split (printed);
  g_autofree char *name = g_strdelimit (g_strdup (column->name), "_", ' ');

  if (words[0] == NULL)
    return 0;
  return MAX (match_words (words, emend_field_get_title (column)), match_words (words, name));
}

static gboolean
parses (const EmendField *field,
        const char *text)
{
  g_auto (EmendNormal) result = { 0 };

  return emend_field_parse (field, NULL, text, &result) && result.normal != NULL && result.problem == NULL;
}

static gboolean
has_digit (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_table_is_number:
 * @text: of a cell, valid UTF-8
 *
 * Any thread.
 *
 * Returns: whether it is a number, an amount or a date
 */
gboolean
emend_table_is_number (const char *text)
{
  static const EmendFieldType types[] = { EMEND_FIELD_AMOUNT, EMEND_FIELD_NUMBER, EMEND_FIELD_DATE };

  for (gsize i = 0; has_digit (text) && i < G_N_ELEMENTS (types); i++) {
    g_autoptr (EmendField) field = emend_field_new (0, "", types[i]);

    if (parses (field, text))
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_table_goes_left:
 * @words: of a page
 * @indices: (element-type guint): some of them
 *
 * Any thread.
 *
 * Returns: whether they are written from right to left for the most part
 */
gboolean
emend_table_goes_left (EmendWords *words,
                       const GArray *indices)
{
  int n = 0;

  for (guint i = 0; i < indices->len; i++) {
    const EmendWord *word = emend_words_get (words, g_array_index (indices, guint, i));
    const char *p = emend_words_get_text (words, word->text);

    for (; *p != '\0'; p = g_utf8_next_char (p)) {
      gunichar c = g_utf8_get_char (p);
      GUnicodeScript script = g_unichar_get_script (c);

      if (g_unichar_isalpha (c))
        n += script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_HEBREW ? 1 : -1;
    }
  }
  return n > 0;
}

/* What the cells of a column look like. */
typedef struct {
  guint n;         /* that are not empty */
  double full;     /* part of the rows that they are */
  double fit;      /* part of them that can be read as the type */
  double decimals; /* part of them with two digits at the end after a mark, or with a currency */
  double letters;  /* letters in a cell, on average */
  double counting; /* part of them that are one more than the cell above */
} Look;

static gboolean
has_cents (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i + 2 < length; i++) {
    if ((text[i] == '.' || text[i] == ',') && g_ascii_isdigit (text[i + 1]) && g_ascii_isdigit (text[i + 2]) &&
        !g_ascii_isdigit (text[i + 3]))
      return TRUE;
  }
  return FALSE;
}

static double
count_letters (const char *text)
{
  double n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    n += g_unichar_isalpha (g_utf8_get_char (p)) ? 1 : 0;
  return n;
}

static Look
look_at (const EmendTableGrid *grid,
         guint column,
         const EmendField *field)
{
  Look look = { 0 };
  double before = NAN;

  for (guint i = 0; i < grid->rows->len; i++) {
    g_autofree char *text = emend_table_grid_get_text (grid, i, column);
    double number = g_ascii_strtod (text, NULL);

    if (*text == '\0')
      continue;
    look.n++;
    look.fit += parses (field, text) ? 1 : 0;
    look.decimals += has_cents (text) ? 1 : 0;
    look.letters += count_letters (text);
    look.counting += fabs (number - before - 1) < 0.001 ? 1 : 0;
    before = number;
  }
  if (look.n > 0) {
    look.full = (double) look.n / grid->rows->len;
    look.fit /= look.n;
    look.decimals /= look.n;
    look.letters /= look.n;
    look.counting /= MAX (look.n - 1, 1);
  }
  return look;
}

/**
 * emend_table_measure:
 * @grid: a grid
 * @column: number of one of its columns
 * @field: a column of the field
 *
 * Any thread.
 *
 * Returns: the part of its cells that can be read as @field, 0..1; NaN when all are empty
 */
double
emend_table_measure (const EmendTableGrid *grid,
                     guint column,
                     const EmendField *field)
{
  Look look = look_at (grid, column, field);

  return look.n > 0 ? look.fit : NAN;
}

/* How much a column looks like one of a type, 0..1; 0 for not at all. */
static double
score_type (const Look *look,
            const EmendField *field,
            double most_letters)
{
  double text = most_letters > 0 ? look->letters / most_letters : 0;

  if (look->n == 0 || (look->fit < FITS && field->type != EMEND_FIELD_TEXT))
    return 0;
  switch (field->type) {
  case EMEND_FIELD_AMOUNT:
    return look->fit * (0.45 + 0.5 * look->decimals);
  case EMEND_FIELD_NUMBER:
  case EMEND_FIELD_INTEGER:
    return look->fit * (0.85 - 0.4 * look->decimals) * (look->counting > 0.8 && look->n > 2 ? 0.5 : 1);
  case EMEND_FIELD_TEXT:
    return 0.75 * text * (look->letters > 0 ? 1 : 0);
  case EMEND_FIELD_CODE:
    return field->pattern != NULL ? 0.9 * look->fit : 0.4 * look->full * (1 - 0.5 * text);
  case EMEND_FIELD_DATE:
  case EMEND_FIELD_TIME:
  case EMEND_FIELD_EMAIL:
  case EMEND_FIELD_CHOICE:
  case EMEND_FIELD_MARK:
  case EMEND_FIELD_TABLE:
  default:
    return look->fit;
  }
}

static double
score_name (GPtrArray *heading,
            guint column,
            const EmendField *field)
{
  double best = 0;

  for (guint i = 0; i < heading->len; i++) {
    const char *const *titles = g_ptr_array_index (heading, i);

    best = MAX (best, emend_table_match_title (titles[column], field));
  }
  return best >= EMEND_TABLE_NAMED ? best : 0;
}

static double
place_of (guint index,
          guint n)
{
  return n > 1 ? (double) index / (n - 1) : 0;
}

static double
find_most_letters (const EmendTableGrid *grid,
                   const EmendField *table)
{
  double most = 0;

  for (guint i = 0; i < grid->columns->len; i++)
    most = MAX (most, look_at (grid, i, g_ptr_array_index (table->columns, 0)).letters);
  return most;
}

/* Most of its cells with letters are written from right to left: then its columns stand so too. */
static gboolean
is_mirrored (const EmendTableGrid *grid)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < grid->rows->len; i++) {
    for (guint j = 0; j < grid->columns->len; j++) {
      const GArray *cell = emend_table_grid_get_cell (grid, i, j);

      if (cell->len > 0)
        g_array_append_vals (all, cell->data, cell->len);
    }
  }
  return emend_table_goes_left (grid->words, all);
}

/* How well each column of the grid (rows) would be each column of the field (columns); 0 for not at all. */
static double *
score_all (const EmendTableGrid *grid,
           const EmendField *table,
           GPtrArray *heading)
{
  guint n_fields = table->columns->len;
  double *scores = g_new0 (double, (gsize) grid->columns->len *n_fields);
  double most = find_most_letters (grid, table);
  gboolean mirrored = is_mirrored (grid);

  for (guint i = 0; i < grid->columns->len; i++) {
    double place = place_of (mirrored ? grid->columns->len - 1 - i : i, grid->columns->len);

    for (guint j = 0; j < n_fields; j++) {
      const EmendField *field = g_ptr_array_index (table->columns, j);
      Look look = look_at (grid, i, field);
      double name = score_name (heading, i, field);
      double type = score_type (&look, field, most);
      gboolean contradicts = look.n > 0 && type <= 0;
      double away = fabs (place - place_of (j, n_fields));

      if (!contradicts && name + type > 0)
        scores[i * n_fields + j] = NAME_WEIGHT * name + type + 1 - ORDER_WEIGHT * away;
    }
  }
  return scores;
}

static void
forbid (double *scores,
        guint n_columns,
        guint n_fields,
        int column,
        int field)
{
  for (guint i = 0; i < n_columns; i++) {
    for (guint j = 0; j < n_fields; j++) {
      if ((int) i == column || (int) j == field)
        scores[i * n_fields + j] = 0;
    }
  }
}

/**
 * emend_table_assign:
 * @grid: with columns and rows
 * @table: a field of the type table with columns
 * @heading: (element-type GStrv): the lines of the heading, each with a text for every column of the grid
 * @chosen: (element-type int) (nullable): what a person said each column is, or %EMEND_TABLE_OPEN
 *
 * Says what each column is: what a person said, what the heading says, else what its cells look like. Any thread.
 */
void
emend_table_assign (EmendTableGrid *grid,
                    const EmendField *table,
                    GPtrArray *heading,
                    const GArray *chosen)
{
  guint n_columns = grid->columns->len;
  guint n_fields = table->columns->len;
  g_autofree double *scores = score_all (grid, table, heading);

  for (guint i = 0; i < n_columns; i++) {
    int said = chosen != NULL && i < chosen->len ? g_array_index (chosen, int, i) : EMEND_TABLE_OPEN;

    g_array_index (grid->columns, EmendTableColumn, i).column = MAX (said, EMEND_TABLE_NO_COLUMN);
    if (said != EMEND_TABLE_OPEN)
      forbid (scores, n_columns, n_fields, (int) i, said);
  }
  while (n_columns > 0 && n_fields > 0) {
    guint best = 0;

    for (guint i = 1; i < n_columns * n_fields; i++) {
      if (scores[i] > scores[best] + 1e-9)
        best = i;
    }
    if (scores[best] <= 0)
      return;
    g_array_index (grid->columns, EmendTableColumn, best / n_fields).column = (int) (best % n_fields);
    forbid (scores, n_columns, n_fields, (int) (best / n_fields), (int) (best % n_fields));
  }
}
