#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-normal-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Characters of a value that a sentence about it shows. */
#define MAX_SHOWN 80

static gboolean
is_ascii (const char *text)
{
  for (const char *p = text; *p != '\0'; p++) {
    if ((guchar) *p >= 0x80)
      return FALSE;
  }
  return TRUE;
}

/* Characters that only steer how text is laid out. */
static gboolean
is_invisible (gunichar c)
{
  return c == 0xad || c == 0xfeff || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x2069);
}

static gunichar
simple_character (gunichar c)
{
  if (g_unichar_isdigit (c))
    return (gunichar) ('0' + g_unichar_digit_value (c));
  if (c >= 0xff01 && c <= 0xff5e) /* full-width forms of ASCII */
    return c - 0xfee0;
  if (g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR)
    return ' ';
  switch (c) {
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2014:
  case 0x2015:
  case 0x2212:
  case 0xfe63:
    return '-';
  case 0x60:
  case 0xb4:
  case 0x2bc:
  case 0x2018:
  case 0x2019:
    return '\'';
  case 0x3001: /* ideographic comma */
    return ',';
  case 0x3002: /* ideographic full stop */
    return '.';
  default:
    return c;
  }
}

/**
 * emend_normal_refuse:
 * @result: (inout): gets the problem
 * @format: a translated sentence with one "%s"
 * @text: what is wrong; only its beginning is shown when it is long
 *
 * Any thread.
 */
void
emend_normal_refuse (EmendNormal *result,
                     const char *format,
                     const char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) > MAX_SHOWN) {
    g_autofree char *cut = g_utf8_substring (text, 0, MAX_SHOWN);
    text = start = g_strconcat (cut, "…", NULL);
  }
  result->problem = g_strdup_printf (format, text);
}

/**
 * emend_normal_simplify:
 * @text: UTF-8
 *
 * Returns: (transfer full): @text without white space around it, with digits of all scripts and full-width forms as
 *   ASCII, every kind of space as one space, every dash as "-", every apostrophe as "'", without what cannot be seen.
 *   Any thread.
 */
char *
emend_normal_simplify (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 1);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    gunichar simple;

    if (is_invisible (c))
      continue;
    simple = simple_character (c);
    if (simple != ' ' || (out->len > 0 && out->str[out->len - 1] != ' '))
      g_string_append_unichar (out, simple);
  }
  return g_strchomp (g_string_free (out, FALSE));
}

/* Letters with a stroke and the like, which Unicode does not take apart. */
static const char *
stroked_letter (gunichar c)
{
  switch (c) {
  case 0xe6:
    return "ae";
  case 0xf0:
  case 0x111:
    return "d";
  case 0xf8:
    return "o";
  case 0xfe:
    return "th";
  case 0x131:
    return "i";
  case 0x142:
    return "l";
  case 0x153:
    return "oe";
  default:
    return NULL;
  }
}

/**
 * emend_normal_plain:
 * @text: UTF-8
 *
 * Returns: (transfer full): @text in lower case and without accents. Any thread.
 */
char *
emend_normal_plain (const char *text)
{
  g_autofree char *lower = NULL;
  g_autofree char *apart = NULL;
  g_autoptr (GString) out = NULL;

  if (is_ascii (text))
    return g_ascii_strdown (text, -1);
  lower = g_utf8_casefold (text, -1);
  apart = g_utf8_normalize (lower, -1, G_NORMALIZE_NFKD);
  out = g_string_sized_new (strlen (apart));
  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    const char *letters = stroked_letter (c);

    if (letters != NULL)
      g_string_append (out, letters);
    else if (c < 0x300 || c > 0x36f)
      g_string_append_unichar (out, c);
  }
  return g_utf8_normalize (out->str, -1, G_NORMALIZE_NFC);
}

/**
 * emend_normal_fold:
 * @text: UTF-8
 *
 * Returns: (transfer full): the letters and digits of @text in lower case and without accents: what two spellings of
 *   one name have in common. Any thread.
 */
char *
emend_normal_fold (const char *text)
{
  g_autofree char *plain = emend_normal_plain (text);
  GString *out = g_string_sized_new (strlen (plain));

  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isdigit (c))
      g_string_append_c (out, (char) ('0' + g_unichar_digit_value (c)));
    else if (g_unichar_isalnum (c) || g_unichar_ismark (c))
      g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

/**
 * emend_normal_parse_text:
 * @text: UTF-8
 * @result: (inout): gets the lines of @text that are not empty, composed (Unicode NFC), with single spaces
 */
void
emend_normal_parse_text (const char *text,
                         EmendNormal *result)
{
  g_autoptr (GString) out = g_string_sized_new (strlen (text));
  char waiting = '\0'; /* the space or line break that belongs before the next word */

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
      waiting = '\n';
    else if (g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR)
      waiting = waiting == '\n' ? '\n' : ' ';
    else if (c == 0x200c || c == 0x200d || (!is_invisible (c) && !g_unichar_iscntrl (c))) { /* joiners are spelling */
      if (waiting != '\0' && out->len > 0)
        g_string_append_c (out, waiting);
      waiting = '\0';
      g_string_append_unichar (out, c);
    }
  }
  result->normal = g_utf8_normalize (out->str, -1, G_NORMALIZE_NFC);
}

static gboolean
is_domain (const char *domain)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);
  guint n_labels = g_strv_length (labels);

  for (guint i = 0; i < n_labels; i++) {
    gsize length = strlen (labels[i]);

    if (length == 0 || length > 63 || labels[i][0] == '-' || labels[i][length - 1] == '-')
      return FALSE;
    for (const char *p = labels[i]; *p != '\0'; p = g_utf8_next_char (p)) {
      if (*p != '-' && !g_unichar_isalnum (g_utf8_get_char (p)))
        return FALSE;
    }
  }
  return n_labels >= 2 && g_utf8_strlen (labels[n_labels - 1], -1) >= 2 && !g_ascii_isdigit (labels[n_labels - 1][0]);
}

/* The part before the @ as it is in use: RFC 5321 allows quotes and blanks there, which only come from wrong reading.
 * */
static gboolean
is_mailbox (const char *local)
{
  gsize length = strlen (local);

  if (length == 0 || length > 64 || local[0] == '.' || local[length - 1] == '.' || strstr (local, "..") != NULL)
    return FALSE;
  for (const char *p = local; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (!g_unichar_isalnum (c) && (c >= 0x80 || strchr ("!#$%&'*+-/=?^_`{|}~.", (int) c) == NULL))
      return FALSE;
  }
  return TRUE;
}

/**
 * emend_normal_parse_email:
 * @text: UTF-8 without white space around it
 * @result: (inout): gets the address with its domain in lower case, or the problem
 *
 * A check of form: one "@", a local part of at most 64 bytes, a domain with a dot, 254 bytes in all (RFC 5321,
 * 4.5.3.1).
 */
void
emend_normal_parse_email (const char *text,
                          EmendNormal *result)
{
  const char *at = strchr (text, '@');
  g_autofree char *local = at != NULL ? g_strndup (text, (gsize) (at - text)) : NULL;
  g_autofree char *domain = at != NULL ? g_utf8_strdown (at + 1, -1) : NULL;

  if (at == NULL || strlen (text) > 254 || !is_mailbox (local) || !is_domain (domain)) {
    emend_normal_refuse (result, _ ("“%s” is not an e-mail address."), text);
    return;
  }
  result->normal = g_strconcat (local, "@", domain, NULL);
}

/**
 * emend_normal_parse_choice:
 * @field: with choices
 * @text: UTF-8 without white space around it
 * @result: (inout): gets the choice as the schema spells it, or the problem
 *
 * An exact match comes first, then one that differs in case only, then the only one with the same letters and digits.
 */
void
emend_normal_parse_choice (const EmendField *field,
                           const char *text,
                           EmendNormal *result)
{
  g_autofree char *lower = g_utf8_casefold (text, -1);
  g_autofree char *folded = emend_normal_fold (text);
  const char *same_case = NULL;
  const char *same_letters = NULL;
  guint n_letters = 0;

  for (char **choice = field->choices; *choice != NULL; choice++) {
    g_autofree char *choice_lower = g_utf8_casefold (*choice, -1);
    g_autofree char *choice_folded = emend_normal_fold (*choice);

    if (g_str_equal (*choice, text)) {
      result->normal = g_strdup (*choice);
      return;
    }
    if (same_case == NULL && g_str_equal (choice_lower, lower))
      same_case = *choice;
    if (*folded != '\0' && g_str_equal (choice_folded, folded)) {
      same_letters = *choice;
      n_letters++;
    }
  }
  if (same_case == NULL && n_letters == 1)
    same_case = same_letters;
  if (same_case == NULL)
    emend_normal_refuse (result, _ ("“%s” is none of the choices of this field."), text);
  else
    result->normal = g_strdup (same_case);
}

/* English, German, French, Spanish, Italian, Portuguese, Dutch; as emend_normal_plain() writes them. */
static const char *const yes_words[] = {
  "yes",
  "y",
  "true",
  "t",
  "1",
  "x",
  "on",
  "checked",
  "selected",
  "ticked",
  ":selected:",
  "[x]",
  "(x)",
  "✓",
  "✔",
  "☑",
  "☒",
  "×",
  "✗",
  "✘",
  "✕",
  "✖",
  "■",
  "●",
  "⊠",
  "🗹",
  "🗷",
  "ja",
  "j",
  "wahr",
  "angekreuzt",
  "oui",
  "vrai",
  "coche",
  "si",
  "s",
  "verdadero",
  "marcado",
  "vero",
  "sim",
  "verdadeiro",
  "waar",
  "aangevinkt",
};

static const char *const no_words[] = {
  "no",
  "n",
  "false",
  "f",
  "0",
  "off",
  "unchecked",
  "unselected",
  "unticked",
  "not selected",
  ":unselected:",
  "[]",
  "[ ]",
  "()",
  "( )",
  "☐",
  "□",
  "○",
  "▢",
  "nein",
  "falsch",
  "nicht angekreuzt",
  "non",
  "faux",
  "non coche",
  "falso",
  "no marcado",
  "nao",
  "nao marcado",
  "nee",
  "onwaar",
  "niet aangevinkt",
};

static gboolean
is_among (const char *word,
          const char *const *words,
          gsize n_words)
{
  for (gsize i = 0; i < n_words; i++) {
    if (g_str_equal (word, words[i]))
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_normal_parse_mark:
 * @text: UTF-8
 * @result: (inout): gets "yes" or "no", or the problem
 */
void
emend_normal_parse_mark (const char *text,
                         EmendNormal *result)
{
  g_autofree char *simple = emend_normal_simplify (text);
  g_autofree char *plain = emend_normal_plain (simple);

  g_strdelimit (plain, "_", ' ');
  /* A sign may carry the selector that makes a picture of it. */
  if (g_str_has_suffix (plain, "\xef\xb8\x8f") || g_str_has_suffix (plain, "\xef\xb8\x8e"))
    plain[strlen (plain) - 3] = '\0';
  if (is_among (plain, yes_words, G_N_ELEMENTS (yes_words)))
    result->normal = g_strdup ("yes");
  else if (is_among (plain, no_words, G_N_ELEMENTS (no_words)))
    result->normal = g_strdup ("no");
  else
    emend_normal_refuse (result, _ ("“%s” is neither yes nor no."), text);
}
