#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-normal-private.h"

#include <string.h>

static const char *
read_digits (const char *p,
             EmendToken *token)
{
  token->value = 0;
  for (; g_ascii_isdigit (*p); p++) {
    token->n_digits++;
    /* Nothing with more digits than a date and time without marks is of interest. */
    token->value = token->n_digits <= 9 ? token->value * 10 + (*p - '0') : token->value;
  }
  return p;
}

static const char *
read_letters (const char *p,
              EmendToken *token)
{
  gsize length = 0;

  token->value = -1;
  while (*p != '\0' && (g_unichar_isalpha (g_utf8_get_char (p)) || g_unichar_ismark (g_utf8_get_char (p)))) {
    const char *next = g_utf8_next_char (p);
    gsize n = (gsize) (next - p);

    if (length + n < sizeof token->word) {
      memcpy (token->word + length, p, n);
      length += n;
    }
    p = next;
  }
  return p;
}

/**
 * emend_normal_tokens:
 * @text: UTF-8
 * @tokens: (out): gets the numbers and words
 *
 * Takes a text that goes for a date or time apart. Ideographs are words of one letter each.
 *
 * Returns: how many tokens; 0 when there are none, too many, or marks that neither dates nor times have. Any thread.
 */
gsize
emend_normal_tokens (const char *text,
                     EmendToken tokens[EMEND_NORMAL_MAX_TOKENS])
{
  g_autofree char *simple = emend_normal_simplify (text);
  g_autofree char *plain = emend_normal_plain (simple);
  gsize n = 0;
  EmendToken token = { 0 };

  for (const char *p = plain; *p != '\0';) {
    gunichar c = g_utf8_get_char (p);

    if (c < 0x80 && strchr ("/.-:,'+ ()", (int) c) != NULL) {
      /* A space beside a mark says nothing. */
      token.crowded = token.crowded || (token.before != '\0' && token.before != ' ' && c != ' ');
      if (token.before == '\0' || token.before == ' ')
        token.before = (char) c;
      p++;
      continue;
    }
    if (n == EMEND_NORMAL_MAX_TOKENS)
      return 0;
    if (c < 0x80 && g_ascii_isdigit ((char) c))
      p = read_digits (p, &token);
    else if (g_unichar_iswide (c) && c < 0xac00) {
      const char *next = g_utf8_next_char (p);
      token.value = -1;
      memcpy (token.word, p, (gsize) (next - p));
      p = next;
    } else if (g_unichar_isalpha (c))
      p = read_letters (p, &token);
    else
      return 0;
    tokens[n++] = token;
    memset (&token, 0, sizeof token);
  }
  return n;
}
