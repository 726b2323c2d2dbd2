#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-document-json.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-text.h"

#define MAX_DEPTH 100
/* Points of one outline, of which only the bounds are kept. */
#define MAX_POINTS 100000
#define MAX_COORDINATE 1e7
/* How deep the keys of a head are kept. */
#define HEAD_DEPTH 4

static const char *
skip_string (const char *at)
{
  for (at++; *at != '\0' && *at != '"'; at++) {
    if (*at == '\\' && at[1] != '\0')
      at++;
  }
  return at;
}

/* A string at the depth: kept when a colon follows. */
static const char *
take_key (EmendJsonHead *head,
          const char *at,
          int depth)
{
  const char *end = skip_string (at);
  const char *next;

  if (*end == '\0')
    return end;
  next = end + 1 + strspn (end + 1, " \t\r\n");
  if (*next == ':' && depth <= HEAD_DEPTH && end - at <= 64)
    g_hash_table_add (head->keys, g_strdup_printf ("%d:%.*s", depth, (int) (end - at - 1), at + 1));
  return end;
}

/**
 * emend_json_head_init:
 * @head: (out caller-allocates): a head
 * @text: the beginning of a file, cut off anywhere
 *
 * Scans without parsing: whatever it is, it ends, and only the parser decides later what is right.
 */
void
emend_json_head_init (EmendJsonHead *head,
                      const char *text)
{
  gboolean in_list[MAX_DEPTH + 1] = { FALSE };
  int depth = 0;

  *head = (EmendJsonHead){ .keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  text += strspn (text, " \t\r\n");
  if (*text != '{' && *text != '[')
    return;
  head->first = *text;
  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '"') {
      at = take_key (head, at, depth);
      if (*at == '\0')
        return;
    } else if (*at == '{' || *at == '[') {
      head->nested = head->nested || (*at == '[' && in_list[depth]);
      if (++depth > MAX_DEPTH)
        return;
      in_list[depth] = *at == '[';
      head->depth = MAX (head->depth, depth);
    } else if (*at == '}' || *at == ']') {
      if (--depth <= 0)
        return;
    } else if (in_list[depth] && (g_ascii_isdigit (*at) || *at == '-'))
      head->nested = TRUE;
  }
}

/**
 * emend_json_head_clear:
 * @head: a head
 */
void
emend_json_head_clear (EmendJsonHead *head)
{
  g_clear_pointer (&head->keys, g_hash_table_unref);
}

/**
 * emend_json_head_has:
 * @head: a head
 * @depth: how many containers stand around the key: 1 for the outermost object
 * @key: a key
 *
 * Returns: whether it was seen there
 */
gboolean
emend_json_head_has (const EmendJsonHead *head,
                     int depth,
                     const char *key)
{
  char name[80];

  g_snprintf (name, sizeof name, "%d:%s", depth, key);
  return g_hash_table_contains (head->keys, name);
}

static gboolean
is_deep (const char *text,
         gsize length)
{
  const char *end = text + length;
  int depth = 0;

  for (const char *at = text; at < end; at++) {
    if (*at == '"') {
      for (at++; at < end && *at != '"'; at++)
        at += *at == '\\' ? 1 : 0;
    } else if ((*at == '{' || *at == '[') && ++depth > MAX_DEPTH)
      return TRUE;
    else if (*at == '}' || *at == ']')
      depth--;
  }
  return FALSE;
}

/**
 * emend_document_parse_json:
 * @path: of the file
 * @text: (array length=length): its content
 * @length: its bytes
 * @error: EMEND_FORMATS_ERROR_INVALID or EMEND_FORMATS_ERROR_LIMIT
 *
 * Parses strictly (RFC 8259; no key twice, no NaN), at most 100 containers deep. A byte-order mark is passed over.
 *
 * Returns: (transfer full) (nullable): the tree
 */
json_t *
emend_document_parse_json (const char *path,
                           const char *text,
                           gsize length,
                           GError **error)
{
  g_autoptr (GError) problem = NULL;
  json_t *tree;

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0) {
    text += 3;
    length -= 3;
  }
  if (is_deep (text, length)) {
    emend_document_refuse (path, EMEND_FORMATS_ERROR_LIMIT, _ ("Its JSON is nested too deeply."), error);
    return NULL;
  }
  tree = emend_json_parse (text, length, EMEND_DOCUMENT_MAX_FILE, &problem);
  if (tree == NULL) {
    /* The parser quotes what it stumbled over, which may be no UTF-8. */
    g_autofree char *reason = g_utf8_make_valid (problem->message, -1);
    emend_document_refuse (path, EMEND_FORMATS_ERROR_INVALID, reason, error);
  }
  return tree;
}

/**
 * emend_json_get_text:
 * @object: (nullable): any JSON
 * @key: a key
 *
 * Returns: (nullable): the string of that key
 */
const char *
emend_json_get_text (const json_t *object,
                     const char *key)
{
  return json_string_value (json_object_get (object, key));
}

/**
 * emend_json_to_number:
 * @value: (nullable): any JSON
 * @number: (out): a finite number; untouched on failure
 *
 * Returns: whether it is a number that can be a coordinate or a confidence
 */
gboolean
emend_json_to_number (const json_t *value,
                      double *number)
{
  double found = json_number_value (value);

  if (!json_is_number (value) || !isfinite (found) || fabs (found) > 1e15)
    return FALSE;
  *number = found;
  return TRUE;
}

/**
 * emend_json_get_number:
 * @object: (nullable): any JSON
 * @key: a key
 * @number: (out): a finite number; untouched on failure
 *
 * Returns: whether that key has a number
 */
gboolean
emend_json_get_number (const json_t *object,
                       const char *key,
                       double *number)
{
  return emend_json_to_number (json_object_get (object, key), number);
}

/**
 * emend_json_get_page:
 * @object: (nullable): any JSON
 * @key: a key
 * @first: number of the first page in the source
 *
 * Returns: the page from 0; 0 when the key is missing, -1 when that can be no page
 */
int
emend_json_get_page (const json_t *object,
                     const char *key,
                     int first)
{
  double number = first;

  if (!emend_json_get_number (object, key, &number))
    return json_object_get (object, key) == NULL ? 0 : -1;
  number -= first;
  return number >= 0 && number < EMEND_DOCUMENT_MAX_PAGES && number == floor (number) ? (int) number : -1;
}

/**
 * emend_json_to_text:
 * @value: (nullable): any JSON
 *
 * Returns: (transfer full) (nullable): a string, number or truth value as text ("yes", "no"); %NULL for all else
 */
char *
emend_json_to_text (const json_t *value)
{
  char buffer[EMEND_TEXT_DOUBLE_SIZE];

  if (json_is_string (value))
    return g_strdup (json_string_value (value));
  if (json_is_integer (value))
    return g_strdup_printf ("%" JSON_INTEGER_FORMAT, json_integer_value (value));
  if (json_is_real (value) && isfinite (json_real_value (value)))
    return g_strdup (emend_text_from_double (buffer, json_real_value (value)));
  if (json_is_boolean (value))
    return g_strdup (json_is_true (value) ? "yes" : "no");
  return NULL;
}

static gboolean
add_point (double x,
           double y,
           gsize index,
           EmendPoint *least,
           EmendPoint *most)
{
  if (fabs (x) > MAX_COORDINATE || fabs (y) > MAX_COORDINATE)
    return FALSE;
  *least = index == 0 ? (EmendPoint){ x, y } : (EmendPoint){ MIN (x, least->x), MIN (y, least->y) };
  *most = index == 0 ? (EmendPoint){ x, y } : (EmendPoint){ MAX (x, most->x), MAX (y, most->y) };
  return TRUE;
}

static gboolean
get_point (const json_t *point,
           double *x,
           double *y)
{
  if (json_is_array (point))
    return json_array_size (point) == 2 && emend_json_to_number (json_array_get (point, 0), x) &&
           emend_json_to_number (json_array_get (point, 1), y);
  return (emend_json_get_number (point, "x", x) || emend_json_get_number (point, "X", x)) &&
         (emend_json_get_number (point, "y", y) || emend_json_get_number (point, "Y", y));
}

/**
 * emend_json_to_rect:
 * @points: (nullable): `[x1, y1, x2, y2, …]`, `[[x, y], …]` or `[{"x", "y"}, …]`, at least two points
 * @rect: (out): what bounds them; untouched on failure
 *
 * Returns: whether they are points
 */
gboolean
emend_json_to_rect (const json_t *points,
                    EmendRect *rect)
{
  gsize size = json_array_size (points);
  gboolean flat = json_is_number (json_array_get (points, 0));
  gsize n_points = flat ? size / 2 : size;
  EmendPoint least = { 0, 0 };
  EmendPoint most = { 0, 0 };

  if (n_points < 2 || n_points > MAX_POINTS || (flat && size % 2 != 0))
    return FALSE;
  for (gsize i = 0; i < n_points; i++) {
    double x;
    double y;

    if (flat ? !emend_json_to_number (json_array_get (points, 2 * i), &x) ||
                 !emend_json_to_number (json_array_get (points, 2 * i + 1), &y) :
               !get_point (json_array_get (points, i), &x, &y))
      return FALSE;
    if (!add_point (x, y, i, &least, &most))
      return FALSE;
  }
  *rect = emend_rect_from_corners (least, most);
  return TRUE;
}

/**
 * emend_json_add_region:
 * @regions: (element-type EmendRegion): places
 * @page: from 0, -1 for none
 * @points: (nullable): see emend_json_to_rect()
 *
 * Appends a place when it is one.
 */
void
emend_json_add_region (GArray *regions,
                       int page,
                       const json_t *points)
{
  EmendRegion region = { .page = page };

  if (page >= 0 && emend_json_to_rect (points, &region.box))
    g_array_append_val (regions, region);
}

/* Whether the text has a digit wherever the form has a 0, and the form's own character elsewhere. */
static gboolean
has_form (const char *text,
          const char *form)
{
  for (; *form != '\0'; form++, text++) {
    if (*form == '0' ? !g_ascii_isdigit (*text) : *text != *form)
      return FALSE;
  }
  return *text == '\0';
}

/**
 * emend_json_guess_type:
 * @text: (nullable): a value
 *
 * Only forms that can be nothing else are taken for a date or a time.
 *
 * Returns: what a field with such values seems to be
 */
EmendFieldType
emend_json_guess_type (const char *text)
{
  if (text == NULL)
    return EMEND_FIELD_TEXT;
  if (has_form (text, "0000-00-00"))
    return EMEND_FIELD_DATE;
  return has_form (text, "00:00") || has_form (text, "00:00:00") ? EMEND_FIELD_TIME : EMEND_FIELD_TEXT;
}
