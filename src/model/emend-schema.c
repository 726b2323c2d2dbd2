#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-schema-private.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-model-error.h"

/* A schema is written by hand; more than this is something else. */
#define MAX_JSON_SIZE ((gsize) 4 * 1024 * 1024)
#define MAX_LABELS 10000

#define ALL_SHAPES 0x7fu

static const char *const attribute_names[] = { NULL, "text", "number", "boolean", "choice" };

static void
attribute_free (EmendAttribute *attribute)
{
  g_free (attribute->name);
  g_strfreev (attribute->choices);
  g_free (attribute);
}

static void
label_free (EmendLabel *label)
{
  g_free (label->name);
  g_ptr_array_unref (label->attributes);
  g_free (label);
}

static EmendLabel *
label_new (int id,
           const char *name)
{
  EmendLabel *label = g_new0 (EmendLabel, 1);

  label->id = id;
  label->name = g_strdup (name);
  label->shapes = ALL_SHAPES;
  label->attributes = g_ptr_array_new_with_free_func ((GDestroyNotify) attribute_free);
  return label;
}

/**
 * emend_schema_new:
 *
 * Returns: (transfer full): a schema without labels, version 1. Any thread.
 */
EmendSchema *
emend_schema_new (void)
{
  EmendSchema *schema = g_new0 (EmendSchema, 1);

  g_atomic_ref_count_init (&schema->refs);
  schema->version = 1;
  schema->next_id = 1;
  schema->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) label_free);
  schema->item_decisions = g_new0 (char *, 1);
  schema->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);
  schema->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_rule_free);
  schema->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_list_free);
  return schema;
}

/**
 * emend_schema_copy:
 * @schema: a schema
 *
 * Returns: (transfer full): one of its own, that may be changed. Any thread.
 */
EmendSchema *
emend_schema_copy (EmendSchema *schema)
{
  EmendSchema *copy = emend_schema_new ();

  copy->version = schema->version;
  copy->next_id = schema->next_id;
  for (guint i = 0; i < schema->labels->len; i++) {
    const EmendLabel *from = g_ptr_array_index (schema->labels, i);
    EmendLabel *label = label_new (from->id, from->name);

    label->color = from->color;
    label->key = from->key;
    label->shapes = from->shapes;
    label->retired = from->retired;
    g_ptr_array_add (copy->labels, label);
    for (guint j = 0; j < from->attributes->len; j++) {
      const EmendAttribute *attribute = g_ptr_array_index (from->attributes, j);
      emend_schema_add_attribute (copy, from->id, attribute->name, attribute->kind,
                                  (const char *const *) attribute->choices);
    }
  }
  emend_schema_set_item_decisions (copy, (const char *const *) schema->item_decisions);
  emend_schema_copy_fields (schema, copy);
  return copy;
}

/**
 * emend_schema_ref:
 * @schema: a schema
 *
 * Returns: (transfer full): @schema. Any thread.
 */
EmendSchema *
emend_schema_ref (EmendSchema *schema)
{
  g_atomic_ref_count_inc (&schema->refs);
  return schema;
}

/**
 * emend_schema_unref:
 * @schema: (transfer full): a schema
 *
 * Any thread.
 */
void
emend_schema_unref (EmendSchema *schema)
{
  if (!g_atomic_ref_count_dec (&schema->refs))
    return;
  g_ptr_array_unref (schema->labels);
  g_strfreev (schema->item_decisions);
  g_ptr_array_unref (schema->fields);
  g_ptr_array_unref (schema->rules);
  g_ptr_array_unref (schema->lists);
  g_free (schema);
}

/**
 * emend_schema_get_version:
 * @schema: a schema
 *
 * Returns: its version in the project, from 1
 */
guint
emend_schema_get_version (EmendSchema *schema)
{
  return schema->version;
}

/**
 * emend_schema_set_version:
 * @schema: a schema that only the caller holds
 * @version: from 1
 */
void
emend_schema_set_version (EmendSchema *schema,
                          guint version)
{
  schema->version = version;
}

/**
 * emend_schema_get_n_labels:
 * @schema: a schema
 *
 * Returns: how many labels it has, retired ones too
 */
gsize
emend_schema_get_n_labels (EmendSchema *schema)
{
  return schema->labels->len;
}

/**
 * emend_schema_get_label:
 * @schema: a schema
 * @index: from 0
 *
 * Returns: (transfer none): the label at that place
 */
const EmendLabel *
emend_schema_get_label (EmendSchema *schema,
                        gsize index)
{
  g_return_val_if_fail (index < schema->labels->len, NULL);

  return g_ptr_array_index (schema->labels, index);
}

static EmendLabel *
find_label (EmendSchema *schema,
            int id)
{
  for (guint i = 0; i < schema->labels->len; i++) {
    EmendLabel *label = g_ptr_array_index (schema->labels, i);
    if (label->id == id)
      return label;
  }
  return NULL;
}

/**
 * emend_schema_find_label:
 * @schema: a schema
 * @id: a label's number
 *
 * Returns: (transfer none) (nullable): the label
 */
const EmendLabel *
emend_schema_find_label (EmendSchema *schema,
                         int id)
{
  return find_label (schema, id);
}

/**
 * emend_schema_find_label_by_name:
 * @schema: a schema
 * @name: a label's name, exactly
 *
 * Returns: (transfer none) (nullable): the label
 */
const EmendLabel *
emend_schema_find_label_by_name (EmendSchema *schema,
                                 const char *name)
{
  for (guint i = 0; i < schema->labels->len; i++) {
    const EmendLabel *label = g_ptr_array_index (schema->labels, i);
    if (g_str_equal (label->name, name))
      return label;
  }
  return NULL;
}

/**
 * emend_schema_find_label_by_key:
 * @schema: a schema
 * @key: a character
 *
 * Returns: (transfer none) (nullable): the label that @key gives and that is not retired
 */
const EmendLabel *
emend_schema_find_label_by_key (EmendSchema *schema,
                                gunichar key)
{
  for (guint i = 0; i < schema->labels->len; i++) {
    const EmendLabel *label = g_ptr_array_index (schema->labels, i);
    if (!label->retired && label->key != 0 && label->key == key)
      return label;
  }
  return NULL;
}

/**
 * emend_schema_get_item_decisions:
 * @schema: a schema
 *
 * Returns: (transfer none) (array zero-terminated=1): what can be said of a whole item
 */
const char *const *
emend_schema_get_item_decisions (EmendSchema *schema)
{
  return (const char *const *) schema->item_decisions;
}

/**
 * emend_schema_get_color:
 * @index: from 0
 *
 * Returns: 0xRRGGBB, the colour for the label at that place: twelve that colour-blind people tell
 *   apart (Okabe and Ito 2008; Tol 2021), then the same ones darker and lighter.
 */
guint32
emend_schema_get_color (gsize index)
{
  static const guint32 colors[EMEND_SCHEMA_N_COLORS] = {
    0xE69F00,
    0x56B4E9,
    0x009E73,
    0xF0E442,
    0x0072B2,
    0xD55E00,
    0xCC79A7,
    0x44AA99,
    0xAA4499,
    0x999933,
    0x882255,
    0x88CCEE,
  };
  static const double factors[] = { 1, 0.7, 1.3, 0.5 };
  guint32 color = colors[index % EMEND_SCHEMA_N_COLORS];
  double factor = factors[index / EMEND_SCHEMA_N_COLORS % G_N_ELEMENTS (factors)];
  guint32 result = 0;

  for (int shift = 16; shift >= 0; shift -= 8) {
    double channel = (double) ((color >> shift) & 0xff);
    double varied = factor <= 1 ? channel * factor : channel + (255 - channel) * (factor - 1);

    result |= (guint32) (varied + 0.5) << shift;
  }
  return result;
}

/* The first of 1 to 9, then of the name's own letters and digits, that no label has yet. */
static gunichar
free_key (EmendSchema *schema,
          const char *name)
{
  g_autofree char *lower = g_utf8_strdown (name, -1);

  for (gunichar key = '1'; key <= '9'; key++) {
    if (emend_schema_find_label_by_key (schema, key) == NULL)
      return key;
  }
  for (const char *p = lower; *p != '\0'; p++) {
    if (g_ascii_isalpha (*p) && emend_schema_find_label_by_key (schema, (guchar) *p) == NULL)
      return (guchar) *p;
  }
  return 0;
}

/**
 * emend_schema_add_label:
 * @schema: a schema that only the caller holds
 * @name: not yet in it
 * @color: 0xRRGGBB, or %G_MAXUINT32 for the next of emend_schema_get_color()
 * @key: its key; 0 for the next free one
 *
 * Returns: the new label's number, or 0 when there is one of that name or the name is empty
 */
int
emend_schema_add_label (EmendSchema *schema,
                        const char *name,
                        guint32 color,
                        gunichar key)
{
  EmendLabel *label;

  if (*name == '\0' || emend_schema_find_label_by_name (schema, name) != NULL)
    return 0;
  label = label_new (schema->next_id, name);
  label->color = color == G_MAXUINT32 ? emend_schema_get_color (schema->labels->len) : color;
  label->key = key != 0 ? key : free_key (schema, name);
  schema->next_id++;
  g_ptr_array_add (schema->labels, label);
  return label->id;
}

/**
 * emend_schema_rename_label:
 * @schema: a schema that only the caller holds
 * @id: a label's number
 * @name: the new name
 *
 * Returns: whether it was renamed; not when the name is empty or another label has it
 */
gboolean
emend_schema_rename_label (EmendSchema *schema,
                           int id,
                           const char *name)
{
  EmendLabel *label = find_label (schema, id);
  const EmendLabel *other = emend_schema_find_label_by_name (schema, name);

  if (label == NULL || *name == '\0' || (other != NULL && other != label))
    return FALSE;
  if (other != label) {
    g_free (label->name);
    label->name = g_strdup (name);
  }
  return TRUE;
}

/**
 * emend_schema_set_label_color:
 * @schema: a schema that only the caller holds
 * @id: a label's number
 * @color: 0xRRGGBB
 */
void
emend_schema_set_label_color (EmendSchema *schema,
                              int id,
                              guint32 color)
{
  EmendLabel *label = find_label (schema, id);

  g_return_if_fail (label != NULL);
  label->color = color;
}

/**
 * emend_schema_set_label_key:
 * @schema: a schema that only the caller holds
 * @id: a label's number
 * @key: a character or 0; another label that had it loses it
 */
void
emend_schema_set_label_key (EmendSchema *schema,
                            int id,
                            gunichar key)
{
  EmendLabel *label = find_label (schema, id);

  g_return_if_fail (label != NULL);
  for (guint i = 0; key != 0 && i < schema->labels->len; i++) {
    EmendLabel *other = g_ptr_array_index (schema->labels, i);
    if (other->key == key)
      other->key = 0;
  }
  label->key = key;
}

/**
 * emend_schema_set_label_retired:
 * @schema: a schema that only the caller holds
 * @id: a label's number
 * @retired: whether it is no longer offered
 */
void
emend_schema_set_label_retired (EmendSchema *schema,
                                int id,
                                gboolean retired)
{
  EmendLabel *label = find_label (schema, id);

  g_return_if_fail (label != NULL);
  label->retired = retired;
}

/**
 * emend_schema_add_attribute:
 * @schema: a schema that only the caller holds
 * @id: a label's number
 * @name: of the attribute
 * @kind: type of its value
 * @choices: (nullable) (array zero-terminated=1): the values of a choice
 */
void
emend_schema_add_attribute (EmendSchema *schema,
                            int id,
                            const char *name,
                            EmendAttributeKind kind,
                            const char *const *choices)
{
  EmendLabel *label = find_label (schema, id);
  EmendAttribute *attribute;

  g_return_if_fail (label != NULL);
  attribute = g_new0 (EmendAttribute, 1);
  attribute->name = g_strdup (name);
  attribute->kind = kind;
  attribute->choices = g_strdupv ((char **) choices);
  g_ptr_array_add (label->attributes, attribute);
}

/**
 * emend_schema_set_item_decisions:
 * @schema: a schema that only the caller holds
 * @decisions: (array zero-terminated=1): what can be said of a whole item
 */
void
emend_schema_set_item_decisions (EmendSchema *schema,
                                 const char *const *decisions)
{
  g_strfreev (schema->item_decisions);
  schema->item_decisions = g_strdupv ((char **) decisions);
}

static void
strings_to_json (const char *const *strings,
                 EmendJsonWriter *writer)
{
  emend_json_begin_array (writer);
  for (; *strings != NULL; strings++)
    emend_json_string (writer, *strings);
  emend_json_end_array (writer);
}

static void
attribute_to_json (const EmendAttribute *attribute,
                   EmendJsonWriter *writer)
{
  emend_json_begin_object (writer);
  emend_json_key (writer, "name");
  emend_json_string (writer, attribute->name);
  emend_json_key (writer, "type");
  emend_json_string (writer, attribute_names[attribute->kind]);
  if (attribute->choices != NULL) {
    emend_json_key (writer, "choices");
    strings_to_json ((const char *const *) attribute->choices, writer);
  }
  emend_json_end_object (writer);
}

static void
label_to_json (const EmendLabel *label,
               EmendJsonWriter *writer)
{
  char text[8] = { 0 };

  emend_json_begin_object (writer);
  emend_json_key (writer, "id");
  emend_json_int (writer, label->id);
  emend_json_key (writer, "name");
  emend_json_string (writer, label->name);
  g_snprintf (text, sizeof text, "#%06X", label->color & 0xffffff);
  emend_json_key (writer, "color");
  emend_json_string (writer, text);
  if (label->key != 0) {
    memset (text, 0, sizeof text);
    g_unichar_to_utf8 (label->key, text);
    emend_json_key (writer, "key");
    emend_json_string (writer, text);
  }
  if (label->shapes != ALL_SHAPES) {
    emend_json_key (writer, "shapes");
    emend_json_begin_array (writer);
    for (int kind = 0; kind <= EMEND_SHAPE_MASK; kind++) {
      if (label->shapes & 1u << kind)
        emend_json_string (writer, emend_shape_kind_to_name ((EmendShapeKind) kind));
    }
    emend_json_end_array (writer);
  }
  if (label->retired) {
    emend_json_key (writer, "retired");
    emend_json_bool (writer, TRUE);
  }
  if (label->attributes->len > 0) {
    emend_json_key (writer, "attributes");
    emend_json_begin_array (writer);
    for (guint i = 0; i < label->attributes->len; i++)
      attribute_to_json (g_ptr_array_index (label->attributes, i), writer);
    emend_json_end_array (writer);
  }
  emend_json_end_object (writer);
}

/**
 * emend_schema_to_json:
 * @schema: a schema
 * @pretty: whether to break lines
 *
 * Returns: (transfer full): the form of schema files and of the journal:
 *   `{"version", "labels": [{"id", "name", "color", "key"?, "shapes"?, "retired"?, "attributes"?:
 *   [{"name", "type", "choices"?}]}], "item_decisions": [text], "fields"?: [emend_field_to_json()], "rules"?:
 *   [emend_rule_to_json()], "lists"?: [{"name", "entries": [{"value", "aliases"?: [text]}]}]}`. Any thread.
 */
char *
emend_schema_to_json (EmendSchema *schema,
                      gboolean pretty)
{
  GString *out = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (out, pretty);

  emend_json_begin_object (writer);
  emend_json_key (writer, "version");
  emend_json_int (writer, schema->version);
  emend_json_key (writer, "labels");
  emend_json_begin_array (writer);
  for (guint i = 0; i < schema->labels->len; i++)
    label_to_json (g_ptr_array_index (schema->labels, i), writer);
  emend_json_end_array (writer);
  emend_json_key (writer, "item_decisions");
  strings_to_json ((const char *const *) schema->item_decisions, writer);
  emend_schema_fields_to_json (schema, writer);
  emend_json_end_object (writer);
  return g_string_free (out, FALSE);
}

static gboolean
refuse (GError **error,
        const char *what,
        gsize index)
{
  g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
               /* TRANSLATORS: the number of a label, then the name of its member in the file. */
               _ ("Label %" PRIuPTR " of the schema has no usable “%s”."), index + 1, what);
  return FALSE;
}

static char **
strings_from_json (const json_t *json)
{
  g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < json_array_size (json); i++) {
    const char *text = json_string_value (json_array_get (json, i));
    if (text != NULL)
      g_ptr_array_add (strings, g_strdup (text));
  }
  g_ptr_array_add (strings, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&strings), FALSE);
}

static gboolean
attributes_from_json (EmendSchema *schema,
                      EmendLabel *label,
                      const json_t *json,
                      gsize index,
                      GError **error)
{
  for (gsize i = 0; i < json_array_size (json); i++) {
    const json_t *attribute = json_array_get (json, i);
    const char *name = json_string_value (json_object_get (attribute, "name"));
    const char *type = json_string_value (json_object_get (attribute, "type"));
    g_auto (GStrv) choices = NULL;
    guint kind = EMEND_ATTRIBUTE_TEXT;

    while (type != NULL && kind < G_N_ELEMENTS (attribute_names) &&
           !g_str_equal (type, attribute_names[kind]))
      kind++;
    if (name == NULL || type == NULL || kind == G_N_ELEMENTS (attribute_names))
      return refuse (error, "attributes", index);
    if (kind == EMEND_ATTRIBUTE_CHOICE)
      choices = strings_from_json (json_object_get (attribute, "choices"));
    emend_schema_add_attribute (schema, label->id, name, (EmendAttributeKind) kind,
                                (const char *const *) choices);
  }
  return TRUE;
}

static gboolean
color_from_json (const json_t *json,
                 guint32 *color)
{
  const char *text = json_string_value (json);
  guint64 value;

  if (json == NULL)
    return TRUE;
  if (text == NULL || *text != '#' || strlen (text) != 7 ||
      !g_ascii_string_to_unsigned (text + 1, 16, 0, 0xffffff, &value, NULL))
    return FALSE;
  *color = (guint32) value;
  return TRUE;
}

static gboolean
shapes_from_json (const json_t *json,
                  guint *shapes)
{
  if (json == NULL)
    return TRUE;
  *shapes = 0;
  for (gsize i = 0; i < json_array_size (json); i++) {
    const char *name = json_string_value (json_array_get (json, i));
    EmendShapeKind kind;

    if (name == NULL || !emend_shape_kind_from_name (name, &kind))
      return FALSE;
    *shapes |= 1u << kind;
  }
  return *shapes != 0;
}

static gboolean
label_from_json (EmendSchema *schema,
                 const json_t *json,
                 gsize index,
                 GError **error)
{
  const char *name = json_string_value (json_object_get (json, "name"));
  const char *key = json_string_value (json_object_get (json, "key"));
  const json_t *id = json_object_get (json, "id");
  guint32 color = G_MAXUINT32;
  EmendLabel *label;

  if (name == NULL)
    return refuse (error, "name", index);
  if (!color_from_json (json_object_get (json, "color"), &color))
    return refuse (error, "color", index);
  if (id != NULL && (json_integer_value (id) < 1 || json_integer_value (id) > G_MAXINT - 1 ||
                     find_label (schema, (int) json_integer_value (id)) != NULL))
    return refuse (error, "id", index);
  if (id != NULL)
    schema->next_id = (int) json_integer_value (id);
  if (emend_schema_add_label (schema, name, color, 0) == 0)
    return refuse (error, "name", index);
  label = g_ptr_array_index (schema->labels, schema->labels->len - 1);
  label->key = key != NULL ? g_utf8_get_char (key) : 0;
  label->retired = json_is_true (json_object_get (json, "retired"));
  if (!shapes_from_json (json_object_get (json, "shapes"), &label->shapes))
    return refuse (error, "shapes", index);
  return attributes_from_json (schema, label, json_object_get (json, "attributes"), index, error);
}

static void
settle_next_id (EmendSchema *schema)
{
  for (guint i = 0; i < schema->labels->len; i++) {
    const EmendLabel *label = g_ptr_array_index (schema->labels, i);
    schema->next_id = MAX (schema->next_id, label->id + 1);
  }
}

/**
 * emend_schema_from_json:
 * @text: (array length=length): what emend_schema_to_json() describes; `id` and `color` may be
 *   left out and are given in order then
 * @length: bytes
 * @error: EMEND_BASE_ERROR_JSON, EMEND_BASE_ERROR_LIMIT or EMEND_MODEL_ERROR_SCHEMA
 *
 * Returns: (transfer full) (nullable): the schema. Any thread.
 */
EmendSchema *
emend_schema_from_json (const char *text,
                        gsize length,
                        GError **error)
{
  g_autoptr (json_t) tree = emend_json_parse (text, length, MAX_JSON_SIZE, error);
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  const json_t *labels = json_object_get (tree, "labels");
  const json_t *version = json_object_get (tree, "version");
  g_auto (GStrv) decisions = NULL;

  if (tree == NULL)
    return NULL;
  if (!json_is_array (labels) || json_array_size (labels) > MAX_LABELS) {
    g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
                 _ ("The schema has no list “labels” of at most %d labels."), MAX_LABELS);
    return NULL;
  }
  for (gsize i = 0; i < json_array_size (labels); i++) {
    if (!label_from_json (schema, json_array_get (labels, i), i, error))
      return NULL;
    settle_next_id (schema);
  }
  if (json_integer_value (version) > 0 && json_integer_value (version) <= G_MAXINT)
    schema->version = (guint) json_integer_value (version);
  decisions = strings_from_json (json_object_get (tree, "item_decisions"));
  emend_schema_set_item_decisions (schema, (const char *const *) decisions);
  if (!emend_schema_fields_from_json (schema, tree, error))
    return NULL;
  return g_steal_pointer (&schema);
}
