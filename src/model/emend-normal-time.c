#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-normal-private.h"

#include <glib/gi18n-lib.h>

static gboolean
is_part (const EmendToken *tokens,
         gsize n_tokens,
         gsize i,
         char before)
{
  return i < n_tokens && tokens[i].value >= 0 && tokens[i].n_digits <= 2 && tokens[i].before == before;
}

static gboolean
is_word (const EmendToken *tokens,
         gsize n_tokens,
         gsize i,
         const char *word)
{
  return i < n_tokens && tokens[i].value < 0 && g_str_equal (tokens[i].word, word);
}

/* Whether it can be the minutes after an hour with its unit, and not the day of a date that follows. */
static gboolean
is_last_part (const EmendToken *tokens,
              gsize n_tokens,
              gsize i)
{
  if (i >= n_tokens || tokens[i].value < 0 || tokens[i].n_digits > 2)
    return FALSE;
  return i + 1 >= n_tokens || tokens[i + 1].value < 0 || tokens[i + 1].before == ' ';
}

/* Reads "am", "p.m.": how many tokens. */
static gsize
read_half (const EmendToken *tokens,
           gsize n_tokens,
           gsize i,
           EmendTime *time)
{
  gsize length = 0;

  if (is_word (tokens, n_tokens, i, "am") || is_word (tokens, n_tokens, i, "pm"))
    length = 1;
  else if ((is_word (tokens, n_tokens, i, "a") || is_word (tokens, n_tokens, i, "p")) &&
           is_word (tokens, n_tokens, i + 1, "m"))
    length = 2;
  if (length > 0)
    time->half = tokens[i].word[0];
  return length;
}

/* Reads ":13", ":13:39", ":13:39.250" after the hour. */
static gsize
read_colons (const EmendToken *tokens,
             gsize n_tokens,
             EmendTime *time)
{
  gsize i = 2;

  time->minute = tokens[1].value;
  if (is_part (tokens, n_tokens, i, ':')) {
    time->second = tokens[i++].value;
    if (i < n_tokens && tokens[i].value >= 0 && tokens[i].before == '.')
      i++;
  }
  return i;
}

/* Reads "h30", "h", "時13分39秒" after the hour; the minutes may be missing. */
static gsize
read_units (const EmendToken *tokens,
            gsize n_tokens,
            EmendTime *time)
{
  gsize i = 2;

  time->minute = 0;
  if (!is_last_part (tokens, n_tokens, i))
    return i;
  if (tokens[1].word[0] == 'h' && tokens[i].before != '\0' && tokens[i].before != ' ')
    return i;
  time->minute = tokens[i++].value;
  if (!is_word (tokens, n_tokens, i, "分") && !is_word (tokens, n_tokens, i, "m") &&
      !is_word (tokens, n_tokens, i, "min"))
    return i;
  i++;
  if (i + 1 < n_tokens && tokens[i].value >= 0 &&
      (is_word (tokens, n_tokens, i + 1, "秒") || is_word (tokens, n_tokens, i + 1, "s"))) {
    time->second = tokens[i].value;
    i += 2;
  }
  return i;
}

/* Reads "Z", "UTC", "+02:00", "-0500", and the words that end a time of 24 hours. What looks like a zone after a time
 * without seconds is rather the end of a span: "08:00-12:00". */
static gsize
skip_zone (const EmendToken *tokens,
           gsize n_tokens,
           gsize i,
           const EmendTime *time)
{
  if (is_word (tokens, n_tokens, i, "uhr") || is_word (tokens, n_tokens, i, "h") ||
      is_word (tokens, n_tokens, i, "hrs") || is_word (tokens, n_tokens, i, "z") ||
      is_word (tokens, n_tokens, i, "utc") || is_word (tokens, n_tokens, i, "gmt"))
    i++;
  if (i >= n_tokens || tokens[i].value < 0 || time->second < 0)
    return i;
  if ((tokens[i].before == '+' || tokens[i].before == '-') && tokens[i].n_digits == 4)
    return i + 1;
  if ((tokens[i].before == '+' || tokens[i].before == '-') && tokens[i].n_digits == 2)
    return is_part (tokens, n_tokens, i + 1, ':') ? i + 2 : i + (tokens[i].before == '+' ? 1u : 0u);
  return i;
}

/**
 * emend_normal_read_time:
 * @tokens: (array length=n_tokens): a text taken apart
 * @n_tokens: how many
 * @time: (out): the time that it begins with
 *
 * Returns: how many tokens are that time, with its zone, which is ignored; 0 when it begins with none. Any thread.
 */
gsize
emend_normal_read_time (const EmendToken *tokens,
                        gsize n_tokens,
                        EmendTime *time)
{
  gsize i;

  if (n_tokens < 2 || tokens[0].value < 0 || tokens[0].n_digits > 2)
    return 0;
  *time = (EmendTime){ .hour = tokens[0].value, .second = -1 };
  if (is_part (tokens, n_tokens, 1, ':')) {
    i = read_colons (tokens, n_tokens, time);
    i += read_half (tokens, n_tokens, i, time);
    return skip_zone (tokens, n_tokens, i, time);
  }
  if (is_word (tokens, n_tokens, 1, "h") || is_word (tokens, n_tokens, 1, "時"))
    return read_units (tokens, n_tokens, time);
  if (is_word (tokens, n_tokens, 1, "uhr")) {
    gboolean minute = is_part (tokens, n_tokens, 2, ' ') && is_last_part (tokens, n_tokens, 2);
    time->minute = minute ? tokens[2].value : 0;
    return minute ? 3 : 2;
  }
  if (is_part (tokens, n_tokens, 1, '.') &&
      (is_word (tokens, n_tokens, 2, "uhr") || is_word (tokens, n_tokens, 2, "h"))) {
    time->minute = tokens[1].value;
    return 3;
  }
  i = 1;
  if (is_part (tokens, n_tokens, 1, '.'))
    time->minute = tokens[i++].value;
  return read_half (tokens, n_tokens, i, time) > 0 ? i + read_half (tokens, n_tokens, i, time) : 0;
}

/* Hours of the twelve-hour clock become those of the day; 13:05 PM, which tills print, stays 13:05. */
static gboolean
settle_hour (EmendTime *time)
{
  if (time->half == 'p' && time->hour >= 1 && time->hour < 12)
    time->hour += 12;
  else if (time->half == 'a' && time->hour == 12)
    time->hour = 0;
  else if ((time->half == 'a' && time->hour > 12) || (time->half == 'p' && time->hour == 0))
    return FALSE;
  return time->hour < 24 && time->minute < 60 && time->second < 60;
}

/**
 * emend_normal_parse_time:
 * @text: UTF-8
 * @result: (inout): gets HH:MM or HH:MM:SS, or the problem
 *
 * Reads 24 and 12 hours, with colons, points ("08.30 Uhr") and letters ("8h30"). Fractions of seconds and zones are
 * ignored.
 */
void
emend_normal_parse_time (const char *text,
                         EmendNormal *result)
{
  EmendToken tokens[EMEND_NORMAL_MAX_TOKENS];
  gsize n_tokens = emend_normal_tokens (text, tokens);
  gsize first = n_tokens > 0 && (is_word (tokens, n_tokens, 0, "um") || is_word (tokens, n_tokens, 0, "at") ||
                                 is_word (tokens, n_tokens, 0, "a")) ?
                  1 :
                  0;
  EmendTime time;
  gsize n_read = emend_normal_read_time (tokens + first, n_tokens - first, &time);

  if (n_read == 0 && n_tokens - first == 2 && is_part (tokens, n_tokens, first, tokens[first].before) &&
      is_part (tokens, n_tokens, first + 1, '.')) {
    time = (EmendTime){ .hour = tokens[first].value, .minute = tokens[first + 1].value, .second = -1 };
    n_read = 2;
  }
  if (n_read == 0 || n_read != n_tokens - first) {
    emend_normal_refuse (result, _ ("“%s” cannot be read as a time of day."), text);
    return;
  }
  if (!settle_hour (&time)) {
    emend_normal_refuse (result, _ ("“%s” is no time that a clock shows."), text);
    return;
  }
  if (time.second < 0)
    result->normal = g_strdup_printf ("%02d:%02d", time.hour, time.minute);
  else
    result->normal = g_strdup_printf ("%02d:%02d:%02d", time.hour, time.minute, time.second);
}
