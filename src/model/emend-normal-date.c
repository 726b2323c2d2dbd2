#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-normal-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* English, German, French, Spanish, Italian, Portuguese, Dutch: one line a month, as emend_normal_plain() writes
 * them. */
static const char *const months[12] = {
  " january jan januar janner jaenner janvier janv enero ene gennaio gen janeiro januari ",
  " february feb februar feber fevrier fevr fev febrero febbraio fevereiro februari ",
  " march mar marz maerz mrz mars marzo marco maart mrt ",
  " april apr avril avr abril abr aprile ",
  " may mai mayo maggio mag maio mei ",
  " june jun juni juin junio giugno giu junho ",
  " july jul juli juil juillet julio luglio lug julho ",
  " august aug aout agosto ago augustus ",
  " september sept sep septembre septiembre setiembre settembre set setembro ",
  " october oct oktober okt octobre octubre ottobre ott outubro out ",
  " november nov novembre noviembre novembro ",
  " december dec dezember dez decembre diciembre dic dicembre dezembro ",
};

static const char weekdays[] =
  " monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun"
  " montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sa sonnabend sonntag so"
  " lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim"
  " lunes martes miercoles mie jueves jue viernes vie sabado sab domingo dom"
  " lunedi martedi mercoledi giovedi gio venerdi sabato domenica"
  " segunda seg terca ter quarta qua quinta qui sexta sex feira"
  " maandag ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za zondag zo ";

static const char fillers[] = " the of on at de del den der le el il am vom du dem em do op um t a as alle ";

static const char ordinals[] = " st nd rd th er re e o a ";

typedef struct {
  int year;
  int month;
  int day;
} Day;

/* A word as it stands in the lists above. */
typedef struct {
  char text[EMEND_TOKEN_WORD_SIZE + 2];
} Padded;

static Padded
pad (const EmendToken *token)
{
  Padded padded;

  g_snprintf (padded.text, sizeof padded.text, " %s ", token->word);
  return padded;
}

static gboolean
is_among (const EmendToken *token,
          const char *words)
{
  Padded padded;

  if (token->value >= 0)
    return FALSE;
  padded = pad (token);
  return strstr (words, padded.text) != NULL;
}

static int
month_of (const EmendToken *token)
{
  Padded padded;

  if (token->value >= 0)
    return 0;
  padded = pad (token);
  for (int i = 0; i < 12; i++) {
    if (strstr (months[i], padded.text) != NULL)
      return i + 1;
  }
  return 0;
}

static gboolean
has_number (const EmendToken *tokens,
            gsize n_tokens)
{
  for (gsize i = 0; i < n_tokens; i++) {
    if (tokens[i].value >= 0)
      return TRUE;
  }
  return FALSE;
}

static void
remove_tokens (EmendToken *tokens,
               gsize *n_tokens,
               gsize at,
               gsize count)
{
  memmove (tokens + at, tokens + at + count, (*n_tokens - at - count) * sizeof *tokens);
  *n_tokens -= count;
}

/* Leaves what says day, month and year: a time of day, the day of the week and small words say nothing here. */
static void
drop_noise (EmendToken *tokens,
            gsize *n_tokens)
{
  guint n_months = 0;
  EmendTime time;

  for (gsize i = 0; i < *n_tokens; i++) {
    gsize length = emend_normal_read_time (tokens + i, *n_tokens - i, &time);
    if (length > 0)
      remove_tokens (tokens, n_tokens, i--, length);
  }
  for (gsize i = 0; i < *n_tokens; i++)
    n_months += month_of (&tokens[i]) > 0 ? 1u : 0u;
  for (gsize i = 0; i < *n_tokens; i++) {
    gboolean month = month_of (&tokens[i]) > 0;
    gboolean ordinal = i > 0 && tokens[i - 1].value >= 0 && tokens[i].before == '\0' && is_among (&tokens[i], ordinals);

    if (month && n_months == 1)
      continue;
    if (!ordinal && !is_among (&tokens[i], weekdays) && !is_among (&tokens[i], fillers))
      continue;
    n_months -= month ? 1u : 0u;
    remove_tokens (tokens, n_tokens, i--, 1);
  }
}

/* Two digits stand for the years 1950 to 2049. */
static int
year_of (const EmendToken *token)
{
  if (token->n_digits == 4)
    return token->value;
  if (token->n_digits != 2)
    return 0;
  return token->value + (token->value < 50 ? 2000 : 1900);
}

static gboolean
is_day (const Day *day)
{
  return day->year >= 1000 && day->year <= 2999 && day->month >= 1 && day->month <= 12 && day->day >= 1 &&
         g_date_valid_dmy ((GDateDay) MIN (day->day, 99), (GDateMonth) day->month, (GDateYear) day->year);
}

/* The three numbers read in @order. */
static Day
ordered_day (const EmendToken *tokens,
             EmendDateOrder order)
{
  const EmendToken *year = order == EMEND_DATE_YMD ? &tokens[0] : &tokens[2];
  const EmendToken *month = order == EMEND_DATE_MDY ? &tokens[0] : &tokens[1];
  const EmendToken *day = order == EMEND_DATE_YMD ? &tokens[2] : (order == EMEND_DATE_MDY ? &tokens[1] : &tokens[0]);
  Day result = { year_of (year), month->n_digits <= 2 ? month->value : 0, day->n_digits <= 2 ? day->value : 0 };

  return result;
}

/* Which orders are possible, the most likely one first; 0 ends. */
static void
list_orders (const EmendToken *tokens,
             EmendDateOrder order,
             EmendDateOrder orders[4])
{
  gsize n = 0;

  if (tokens[0].n_digits == 4) {
    orders[n++] = EMEND_DATE_YMD;
    orders[n] = 0;
    return;
  }
  if (order == EMEND_DATE_YMD && tokens[2].n_digits <= 2)
    orders[n++] = EMEND_DATE_YMD;
  orders[n++] = order == EMEND_DATE_MDY ? EMEND_DATE_MDY : EMEND_DATE_DMY;
  orders[n++] = order == EMEND_DATE_MDY ? EMEND_DATE_DMY : EMEND_DATE_MDY;
  orders[n] = 0;
}

static void
take_day (const Day *day,
          EmendNormal *result)
{
  g_autofree char *text = g_strdup_printf ("%04d-%02d-%02d", day->year, day->month, day->day);

  if (result->normal == NULL)
    result->normal = g_steal_pointer (&text);
  else if (result->other == NULL && !g_str_equal (result->normal, text))
    result->other = g_steal_pointer (&text);
}

static gboolean
is_date_mark (const EmendToken *token)
{
  return !token->crowded && strchr ("/.- ", token->before) != NULL && token->before != '\0';
}

/* Reads three numbers; whether they have the form of a date. */
static gboolean
read_numbers (const EmendField *field,
              const EmendToken *tokens,
              EmendNormal *result)
{
  EmendDateOrder orders[4];
  Day last;

  if (!is_date_mark (&tokens[1]) || !is_date_mark (&tokens[2]))
    return FALSE;
  if (year_of (&tokens[0]) == 0 && year_of (&tokens[2]) == 0)
    return FALSE;
  list_orders (tokens, field->date_order, orders);
  for (gsize i = 0; orders[i] != 0; i++) {
    Day day = ordered_day (tokens, orders[i]);
    if (is_day (&day))
      take_day (&day, result);
  }
  last = ordered_day (tokens, EMEND_DATE_YMD);
  if (result->normal == NULL && is_day (&last))
    take_day (&last, result);
  return TRUE;
}

/* Reads a date whose month is a word; whether it has the form of one. */
static gboolean
read_named_month (const EmendField *field,
                  const EmendToken *tokens,
                  EmendNormal *result)
{
  gboolean month_first = month_of (&tokens[0]) > 0;
  const EmendToken *left = month_first ? &tokens[1] : &tokens[0];
  const EmendToken *right = &tokens[2];
  int month = month_of (month_first ? &tokens[0] : &tokens[1]);
  Day day_first = { year_of (right), month, left->n_digits <= 2 ? left->value : 0 };
  Day year_first = { year_of (left), month, right->n_digits <= 2 ? right->value : 0 };
  gboolean swap = !month_first && (left->n_digits == 4 || field->date_order == EMEND_DATE_YMD);

  if (month == 0 || left->value < 0 || right->value < 0 || (day_first.year == 0 && year_first.year == 0))
    return FALSE;
  if (swap && is_day (&year_first))
    take_day (&year_first, result);
  if (is_day (&day_first))
    take_day (&day_first, result);
  return TRUE;
}

static int
number_at (const char *digits,
           gsize from,
           gsize length)
{
  int number = 0;

  for (gsize i = from; i < from + length; i++)
    number = number * 10 + (digits[i] - '0');
  return number;
}

/* Reads eight digits without marks, with or without the six of a time: the year first, then in the field's order. */
static gboolean
read_compact (const EmendField *field,
              const char *text,
              EmendNormal *result)
{
  g_autofree char *digits = emend_normal_simplify (text);
  gsize length = strspn (digits, "0123456789");
  gsize day_at = field->date_order == EMEND_DATE_MDY ? 2 : 0;
  Day days[3];

  if (digits[length] != '\0' || (length != 8 && length != 14))
    return FALSE;
  days[0] = (Day){ number_at (digits, 0, 4), number_at (digits, 4, 2), number_at (digits, 6, 2) };
  days[1] = (Day){ number_at (digits, 4, 4), number_at (digits, 2 - day_at, 2), number_at (digits, day_at, 2) };
  days[2] = (Day){ number_at (digits, 4, 4), number_at (digits, day_at, 2), number_at (digits, 2 - day_at, 2) };
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++) {
    if (days[i].year >= 1900 && days[i].year <= 2099 && is_day (&days[i]))
      take_day (&days[i], result);
  }
  return result->normal != NULL;
}

/* Reads a date with the units of East Asia (2018年12月25日); whether it has the form of one. */
static gboolean
read_units (const EmendToken *tokens,
            gsize n_tokens,
            EmendNormal *result)
{
  Day day;

  if (n_tokens < 5 || !is_among (&tokens[1], " 年 년 ") || !is_among (&tokens[3], " 月 월 ") || tokens[0].value < 0 ||
      tokens[2].value < 0 || tokens[4].value < 0)
    return FALSE;
  for (gsize i = 5; i < n_tokens; i++) {
    if (is_among (&tokens[i], " 年 년 "))
      return FALSE;
  }
  day = (Day){ year_of (&tokens[0]), tokens[2].value, tokens[4].value };
  if (is_day (&day))
    take_day (&day, result);
  return TRUE;
}

/**
 * emend_normal_parse_date:
 * @field: a date
 * @text: UTF-8
 * @result: (inout): gets YYYY-MM-DD, or the problem
 *
 * Reads days in numbers with "/", "-", "." or spaces, with names of months in seven languages, and with the units of
 * East Asia. A time of day beside it and the day of the week are ignored. Years of two digits are those from 1950 to
 * 2049. When the numbers are a day in one order only, that is taken; otherwise the field's order, and @result has the
 * other reading too. A year of two digits stands first only where the field says so, or where nothing else is a day.
 */
void
emend_normal_parse_date (const EmendField *field,
                         const char *text,
                         EmendNormal *result)
{
  EmendToken tokens[EMEND_NORMAL_MAX_TOKENS];
  gsize n_tokens = emend_normal_tokens (text, tokens);
  gboolean has_form = n_tokens == 1 ? read_compact (field, text, result) : read_units (tokens, n_tokens, result);

  if (!has_form && n_tokens >= 3 && has_number (tokens, n_tokens)) {
    drop_noise (tokens, &n_tokens);
    if (n_tokens == 3 && tokens[0].value >= 0 && tokens[1].value >= 0 && tokens[2].value >= 0)
      has_form = read_numbers (field, tokens, result);
    else if (n_tokens == 3)
      has_form = read_named_month (field, tokens, result);
  }
  if (result->normal != NULL)
    return;
  emend_normal_refuse (result,
                       has_form ? _ ("“%s” is no day of the calendar.") : _ ("“%s” cannot be read as a date."), text);
}
