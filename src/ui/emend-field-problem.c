#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-field-draft-private.h"

/* The limits that a schema has; see emend_field_from_json(). */
#define MAX_NAME 200
#define MAX_PATTERN 1000
#define MAX_CHOICES 10000
#define MAX_COLUMNS 200
#define MAX_CHARACTERS 100000000

/**
 * emend_draft_parse_number:
 * @text: what somebody typed
 * @number: (out): the number; not touched when it is none
 *
 * Reads a number with a point, or with a comma where that can only be the decimal one.
 *
 * Returns: whether @text is one finite number
 */
gboolean
emend_draft_parse_number (const char *text,
                          double *number)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  char *comma = strchr (plain, ',');
  char *end = NULL;
  double value;

  if (comma != NULL && strchr (plain, '.') == NULL && strchr (comma + 1, ',') == NULL)
    *comma = '.';
  if (strspn (plain, "0123456789+-.eE") != strlen (plain) || *plain == '\0')
    return FALSE;
  value = g_ascii_strtod (plain, &end);
  if (*end != '\0' || !isfinite (value))
    return FALSE;
  *number = value;
  return TRUE;
}

/* Whether @text is @name with nothing but spaces around it. */
static gboolean
is_called (const char *text,
           const char *name)
{
  gsize length = strlen (name);

  while (g_ascii_isspace (*text))
    text++;
  if (strncmp (text, name, length) != 0)
    return FALSE;
  text += length;
  while (g_ascii_isspace (*text))
    text++;
  return *text == '\0';
}

/* Asked for each field of a list whenever one changes, so that nothing is copied. */
static gboolean
has_name (GListModel *drafts,
          const char *name,
          EmendFieldDraft *except)
{
  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++) {
    g_autoptr (EmendFieldDraft) draft = g_list_model_get_item (drafts, i);

    if (draft != except && is_called (draft->texts[EMEND_FIELD_PART_NAME], name))
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_draft_free_name:
 * @drafts: a list of #EmendFieldDraft
 * @base: what a new one is called
 *
 * Returns: (transfer full): @base, or @base with the first number from 2 that makes it a name that is free
 */
char *
emend_draft_free_name (GListModel *drafts,
                       const char *base)
{
  g_autofree char *name = g_strdup (base);

  for (guint i = 2; has_name (drafts, name, NULL); i++) {
    g_free (name);
    name = g_strdup_printf ("%s_%u", base, i);
  }
  return g_steal_pointer (&name);
}

/**
 * emend_draft_move:
 * @drafts: a list
 * @position: of the one to move
 * @target: where it shall be
 */
void
emend_draft_move (GListStore *drafts,
                  guint position,
                  guint target)
{
  g_autoptr (GObject) draft = g_list_model_get_item (G_LIST_MODEL (drafts), position);

  g_return_if_fail (draft != NULL && target < g_list_model_get_n_items (G_LIST_MODEL (drafts)));

  if (position == target)
    return;
  g_list_store_remove (drafts, position);
  g_list_store_insert (drafts, target, draft);
}

static gboolean
is_line (const char *text)
{
  if (g_utf8_strlen (text, -1) > MAX_NAME)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  }
  return TRUE;
}

static char *
find_name_problem (EmendFieldDraft *self)
{
  g_autofree char *name = emend_field_draft_get_name (self);
  gboolean column = self->table != NULL;

  if (*name == '\0')
    return g_strdup (column ? _ ("Give the column a name.") : _ ("Give the field a name."));
  if (!is_line (name))
    return g_strdup (_ ("A name is one line of at most 200 characters."));
  if (column && emend_field_draft_get_used (self) && !g_str_equal (self->stored_name, name))
    return g_strdup_printf (_ ("Documents have values of this column, so that its name stays “%s”. Give it another "
                               "title instead."),
                            self->stored_name);
  /* Rules write "table.column". */
  if (self->type == EMEND_FIELD_TABLE && strchr (name, '.') != NULL)
    return g_strdup (_ ("The name of a table cannot have a point in it."));
  if (self->siblings != NULL && has_name (self->siblings, name, self))
    return g_strdup_printf (column ? _ ("There is another column “%s”.") : _ ("There is another field “%s”."), name);
  return NULL;
}

static char *
find_pattern_problem (EmendFieldDraft *self)
{
  g_autofree char *pattern = g_strstrip (g_strdup (self->texts[EMEND_FIELD_PART_PATTERN]));
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = NULL;

  if (*pattern == '\0')
    return NULL;
  if (strlen (pattern) > MAX_PATTERN)
    return g_strdup (_ ("A pattern has at most 1000 bytes."));
  regex = g_regex_new (pattern, 0, 0, &error);
  /* TRANSLATORS: the words of the library that reads regular expressions. */
  return regex != NULL ? NULL : g_strdup_printf (_ ("This is no regular expression. %s."), error->message);
}

static char *
find_number_problem (EmendFieldDraft *self,
                     EmendFieldPart part)
{
  g_autofree char *text = g_strstrip (g_strdup (self->texts[part]));
  double number;

  if (*text == '\0')
    return NULL;
  if (!emend_draft_parse_number (text, &number))
    return g_strdup_printf (_ ("“%s” is not a number."), text);
  if (part == EMEND_FIELD_PART_MAXIMUM && number < emend_field_draft_get_number (self, EMEND_FIELD_PART_MINIMUM))
    return g_strdup (_ ("The greatest value is less than the least one."));
  return NULL;
}

static char *
find_length_problem (EmendFieldDraft *self,
                     EmendFieldPart part)
{
  g_autofree char *text = g_strstrip (g_strdup (self->texts[part]));
  guint64 length;

  if (*text == '\0')
    return NULL;
  if (!g_ascii_string_to_unsigned (text, 10, 0, MAX_CHARACTERS, &length, NULL))
    return g_strdup_printf (_ ("“%s” is not a number of characters."), text);
  if (part == EMEND_FIELD_PART_MAX_LENGTH && length > 0 &&
      (double) length < emend_field_draft_get_number (self, EMEND_FIELD_PART_MIN_LENGTH))
    return g_strdup (_ ("The most characters are fewer than the least ones."));
  return NULL;
}

static char *
find_currency_problem (EmendFieldDraft *self)
{
  g_autofree char *text = g_strstrip (g_strdup (self->texts[EMEND_FIELD_PART_CURRENCY]));

  if (*text == '\0' || (strlen (text) == 3 && g_ascii_isalpha (text[0]) && g_ascii_isalpha (text[1]) &&
                        g_ascii_isalpha (text[2])))
    return NULL;
  return g_strdup (_ ("A currency is three letters of ISO 4217, such as “EUR”."));
}

static char *
find_choices_problem (EmendFieldDraft *self)
{
  g_auto (GStrv) choices = emend_field_draft_get_choices (self);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (choices == NULL)
    return self->list != NULL ? NULL :
                                g_strdup (_ ("A choice needs values: write one a line, or take a look-up list."));
  for (gsize i = 0; choices[i] != NULL; i++) {
    if (i == MAX_CHOICES)
      return g_strdup (_ ("A field has at most 10000 choices. Take a look-up list for more."));
    if (!is_line (choices[i]))
      return g_strdup (_ ("A choice has at most 200 characters."));
    if (!g_hash_table_add (seen, choices[i]))
      return g_strdup_printf (_ ("“%s” stands there twice."), choices[i]);
  }
  return NULL;
}

static char *
find_type_problem (EmendFieldDraft *self)
{
  if (self->table == NULL && self->used && self->type != self->stored_type &&
      (self->type == EMEND_FIELD_TABLE || self->stored_type == EMEND_FIELD_TABLE))
    return g_strdup (_ ("Documents have values of this field, so that it can neither become a table nor stop being "
                        "one. Retire it and add another one."));
  return NULL;
}

static char *
find_columns_problem (EmendFieldDraft *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->columns));

  if (n == 0)
    return g_strdup (_ ("A table needs a column."));
  if (n > MAX_COLUMNS)
    return g_strdup (_ ("A table has at most 200 columns."));
  for (guint i = 0; i < n; i++) {
    g_autoptr (EmendFieldDraft) column = g_list_model_get_item (G_LIST_MODEL (self->columns), i);
    g_autofree char *problem = emend_field_draft_find_any_problem (column);

    if (problem != NULL)
      /* TRANSLATORS: name of a column of a table, then what is wrong with it, a whole sentence. */
      return g_strdup_printf (_ ("Column “%s”: %s"), emend_field_draft_get_title (column), problem);
  }
  return NULL;
}

/**
 * emend_field_draft_find_problem:
 * @self: a draft
 * @part: something that can be said of it
 *
 * Returns: (transfer full) (nullable): what is wrong there, a whole translated sentence; %NULL when it is well, or
 *   says nothing of the field's type
 */
char *
emend_field_draft_find_problem (EmendFieldDraft *self,
                                EmendFieldPart part)
{
  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self), NULL);

  if (!emend_field_part_fits (self->type, part))
    return NULL;
  switch (part) {
  case EMEND_FIELD_PART_NAME:
    return find_name_problem (self);
  case EMEND_FIELD_PART_TITLE:
    return is_line (self->texts[part]) ? NULL : g_strdup (_ ("A title is one line of at most 200 characters."));
  case EMEND_FIELD_PART_CURRENCY:
    return find_currency_problem (self);
  case EMEND_FIELD_PART_PATTERN:
    return find_pattern_problem (self);
  case EMEND_FIELD_PART_MINIMUM:
  case EMEND_FIELD_PART_MAXIMUM:
    return find_number_problem (self, part);
  case EMEND_FIELD_PART_MIN_LENGTH:
  case EMEND_FIELD_PART_MAX_LENGTH:
    return find_length_problem (self, part);
  case EMEND_FIELD_PART_CHOICES:
    return find_choices_problem (self);
  case EMEND_FIELD_PART_TYPE:
    return find_type_problem (self);
  case EMEND_FIELD_PART_COLUMNS:
    return find_columns_problem (self);
  case EMEND_FIELD_PART_DATE_ORDER:
  case EMEND_FIELD_PART_LIST:
  case EMEND_FIELD_PART_REPEATABLE:
  default:
    return NULL;
  }
}

/**
 * emend_field_draft_find_any_problem:
 * @self: a draft
 *
 * Returns: (transfer full) (nullable): the first thing that is wrong with it or one of its columns
 */
char *
emend_field_draft_find_any_problem (EmendFieldDraft *self)
{
  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self), NULL);

  for (guint part = 0; part < EMEND_FIELD_N_PARTS; part++) {
    char *problem = emend_field_draft_find_problem (self, (EmendFieldPart) part);
    if (problem != NULL)
      return problem;
  }
  return NULL;
}

/**
 * emend_field_draft_read_sample:
 * @self: a draft of a field that is no table
 * @list: (nullable): the look-up list that it names
 * @sample: what could stand in a document
 * @sentence: (out) (transfer full): how it is read, or what is wrong with it, in whole sentences
 *
 * Tries the field as it is typed now. See emend_field_parse().
 *
 * Returns: whether the sample would be taken as a value
 */
gboolean
emend_field_draft_read_sample (EmendFieldDraft *self,
                               const EmendList *list,
                               const char *sample,
                               char **sentence)
{
  g_autoptr (EmendField) field = emend_field_draft_to_field (self);
  g_auto (EmendNormal) result = { 0 };
  gboolean good;

  if (field->pattern != NULL) {
    *sentence = emend_field_draft_find_problem (self, EMEND_FIELD_PART_PATTERN);
    if (*sentence != NULL)
      return FALSE;
  }
  good = emend_field_parse (field, list, sample, &result);
  if (!good)
    *sentence = g_strdup (result.problem);
  else if (result.other != NULL)
    /* TRANSLATORS: two values, such as dates. */
    *sentence = g_strdup_printf (_ ("Read as %s. It could also mean %s."), result.normal, result.other);
  else
    *sentence = g_strdup_printf (_ ("Read as %s."), result.normal);
  return good;
}
