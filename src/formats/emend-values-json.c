#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-document-json.h"
#include "emend-values-private.h"

/* Objects in objects of one document. */
#define MAX_NESTING 8

/* Where the member that is read belongs to. */
typedef struct {
  EmendDocument *document;
  const char *table; /* (nullable) */
  int row;
  int nesting;
  gint64 line;
} Walk;

static gboolean add_member (const Walk *walk,
                            const char *name,
                            const json_t *member,
                            GError **error);

static EmendFieldType
type_of (const json_t *member,
         const char *text)
{
  if (json_is_boolean (member))
    return EMEND_FIELD_MARK;
  return json_is_number (member) ? EMEND_FIELD_NUMBER : emend_json_guess_type (text);
}

static gboolean
add_plain (const Walk *walk,
           const char *name,
           const json_t *member,
           GError **error)
{
  g_autofree char *text = emend_json_to_text (member);
  EmendDocumentValue value = { .name = name, .row = walk->row, .text = text, .score = NAN, .line = walk->line };

  if (text == NULL)
    return TRUE;
  value.type = type_of (member, text);
  if (walk->table != NULL) {
    value.name = walk->table;
    value.column = name;
  }
  return emend_document_add_value (walk->document, &value, error);
}

static gboolean
add_members (const Walk *walk,
             const char *prefix,
             const json_t *object,
             const char *without,
             GError **error)
{
  const char *key;
  json_t *member;

  json_object_foreach ((json_t *) object, key, member)
  {
    g_autofree char *name = prefix != NULL ? g_strdup_printf ("%s.%s", prefix, key) : g_strdup (key);

    if (g_strcmp0 (key, without) != 0 && !add_member (walk, name, member, error))
      return FALSE;
  }
  return TRUE;
}

/* A list of objects is a table; of anything else it is a field with several values. */
static gboolean
add_list (const Walk *walk,
          const char *name,
          const json_t *list,
          GError **error)
{
  gsize i;
  json_t *entry;

  json_array_foreach (list, i, entry)
  {
    Walk row = *walk;

    if (!json_is_object (entry) || walk->table != NULL) {
      if (!add_member (walk, name, entry, error))
        return FALSE;
      continue;
    }
    row.table = name;
    row.row = emend_document_next_row (walk->document, name);
    row.nesting++;
    if (row.row < 0)
      return emend_document_skip (walk->document, walk->line, _ ("A table has too many rows."));
    if (!add_members (&row, NULL, entry, NULL, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_member (const Walk *walk,
            const char *name,
            const json_t *member,
            GError **error)
{
  Walk inner = *walk;

  if (++inner.nesting > MAX_NESTING)
    return emend_document_skip (walk->document, walk->line, _ ("A field is nested too deeply."));
  if (json_is_object (member))
    return add_members (&inner, name, member, NULL, error);
  if (json_is_array (member))
    return add_list (&inner, name, member, error);
  return add_plain (&inner, name, member, error);
}

static gboolean
add_document (EmendValues *values,
              const char *name,
              const json_t *object,
              const char *without,
              gint64 line,
              GError **error)
{
  const Walk walk = { .document = emend_values_get_document (values, name), .row = -1, .line = line };

  return add_members (&walk, NULL, object, without, error);
}

static gboolean
is_record (const json_t *object)
{
  return json_is_string (json_object_get (object, "field")) && json_object_get (object, "value") != NULL;
}

/* An object that says one value, as a line of a table does. */
static gboolean
add_record (EmendValues *values,
            const json_t *object,
            gint64 line,
            GError **error)
{
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  const char *cells[EMEND_VALUES_N_KEYS] = { NULL };
  const char *name;
  json_t *member;

  json_object_foreach ((json_t *) object, name, member)
  {
    char *text = emend_json_to_text (member);
    EmendValuesKey key;

    g_ptr_array_add (owned, text);
    if (text != NULL && emend_values_find_key (name, &key))
      cells[key] = text;
  }
  return emend_values_add (values, cells, line, error);
}

/* A line as Donut has it: the values are JSON in a string. */
static gboolean
add_ground_truth (EmendValues *values,
                  const json_t *object,
                  gint64 line,
                  GError **error)
{
  const char *text = emend_json_get_text (object, "ground_truth");
  g_autoptr (GError) problem = NULL;
  g_autoptr (json_t) tree = emend_document_parse_json (values->whole->path, text, strlen (text), &problem);
  const json_t *parse = json_object_get (tree, "gt_parse");

  if (!json_is_object (parse))
    return emend_document_skip (values->whole, line,
                                problem != NULL ? problem->message : _ ("The ground truth has no “gt_parse”."));
  return add_document (values, emend_json_get_text (object, "file_name"), parse, NULL, line, error);
}

static gboolean
is_picture_name (const char *name)
{
  static const char *const ends[] = { ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf", ".webp", ".bmp", ".gif", ".jp2",
                                      NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (gsize i = 0; ends[i] != NULL; i++) {
    if (g_str_has_suffix (lower, ends[i]))
      return TRUE;
  }
  return FALSE;
}

/* Whether the members are documents by the names of their files. */
static gboolean
is_by_file (const json_t *object)
{
  const char *key;
  json_t *member;

  json_object_foreach ((json_t *) object, key, member)
  {
    if (!json_is_object (member) || !is_picture_name (key))
      return FALSE;
  }
  return json_object_size (object) > 0;
}

static gboolean
add_by_file (EmendValues *values,
             const json_t *object,
             gint64 line,
             GError **error)
{
  const char *key;
  json_t *member;

  json_object_foreach ((json_t *) object, key, member)
  {
    if (!add_document (values, key, member, NULL, line, error))
      return FALSE;
  }
  return TRUE;
}

/* The member that names the document's file. */
static const char *
file_key (const json_t *object)
{
  static const char *const keys[] = { "file", "file_name", "filename", "image", "document", NULL };

  for (gsize i = 0; keys[i] != NULL; i++) {
    const char *name = emend_json_get_text (object, keys[i]);

    if (name != NULL && is_picture_name (name))
      return keys[i];
  }
  return NULL;
}

static gboolean
add_object (EmendValues *values,
            const json_t *object,
            gboolean alone,
            gint64 line,
            GError **error)
{
  const char *key = file_key (object);

  if (is_record (object))
    return add_record (values, object, line, error);
  if (json_is_string (json_object_get (object, "ground_truth")))
    return add_ground_truth (values, object, line, error);
  if (is_by_file (object))
    return add_by_file (values, object, line, error);
  if (key == NULL && !alone)
    return emend_document_skip (values->whole, line,
                                _ ("An entry does not name the file of its document, so nobody knows whose it is."));
  return add_document (values, key != NULL ? emend_json_get_text (object, key) : NULL, object, key, line, error);
}

/**
 * emend_values_add_json:
 * @values: what is read
 * @tree: one value, the values of one document, or a list of either
 * @line: of the file, 0 when it is the whole file
 * @error: what the sink said, or EMEND_FORMATS_ERROR_INVALID when it is neither object nor list
 *
 * Returns: whether to go on
 */
gboolean
emend_values_add_json (EmendValues *values,
                       const json_t *tree,
                       gint64 line,
                       GError **error)
{
  gsize i;
  json_t *entry;

  if (json_is_object (tree))
    return add_object (values, tree, line == 0, line, error);
  if (!json_is_array (tree) && line > 0)
    return emend_document_skip (values->whole, line, _ ("An entry is no object."));
  if (!json_is_array (tree))
    return emend_document_refuse (values->whole->path, EMEND_FORMATS_ERROR_INVALID,
                                  _ ("It is neither one object nor a list of objects."), error);
  json_array_foreach (tree, i, entry)
  {
    gboolean done = json_is_object (entry) ?
                      add_object (values, entry, line == 0 && json_array_size (tree) == 1, line, error) :
                      emend_document_skip (values->whole, line, _ ("An entry is no object."));

    if (!done)
      return FALSE;
  }
  return TRUE;
}
