#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-label-draft.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-model-error.h"

/* A pasted list longer than this is no list of labels. */
#define MAX_NAMES 10000
#define MAX_NAME_BYTES 400
#define ALL_SHAPES 0x7fu

struct _EmendLabelDraft {
  GObject parent_instance;

  int id; /* 0 for one that no project has yet */
  char *name;
  guint32 color;
  gunichar key;
  guint shapes;
  gboolean retired;
  GPtrArray *attributes; /* (element-type EmendAttribute) */
};

enum {
  PROP_0,
  PROP_NAME,
  PROP_COLOR,
  PROP_KEY,
  PROP_RETIRED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EmendLabelDraft, emend_label_draft, G_TYPE_OBJECT)

static void
attribute_free (EmendAttribute *attribute)
{
  g_free (attribute->name);
  g_strfreev (attribute->choices);
  g_free (attribute);
}

static GPtrArray *
copy_attributes (GPtrArray *attributes)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) attribute_free);

  for (guint i = 0; i < attributes->len; i++) {
    const EmendAttribute *attribute = g_ptr_array_index (attributes, i);
    g_ptr_array_add (copy, emend_label_attribute_new (attribute->name, attribute->kind,
                                                      (const char *const *) attribute->choices));
  }
  return copy;
}

/**
 * emend_label_attribute_new:
 * @name: its name
 * @kind: type of its value
 * @choices: (nullable): the values of a choice
 *
 * Returns: (transfer full): an attribute for emend_label_draft_set_attributes()
 */
EmendAttribute *
emend_label_attribute_new (const char *name,
                           EmendAttributeKind kind,
                           const char *const *choices)
{
  EmendAttribute *attribute = g_new0 (EmendAttribute, 1);

  attribute->name = g_strdup (name);
  attribute->kind = kind;
  attribute->choices = g_strdupv ((char **) choices);
  return attribute;
}

/**
 * emend_label_draft_get_id:
 * @self: a draft
 *
 * Returns: the label's number in the project, 0 for a new one
 */
int
emend_label_draft_get_id (EmendLabelDraft *self)
{
  g_return_val_if_fail (EMEND_IS_LABEL_DRAFT (self), 0);

  return self->id;
}

/**
 * emend_label_draft_get_name:
 * @self: a draft
 *
 * Returns: (transfer none): its name
 */
const char *
emend_label_draft_get_name (EmendLabelDraft *self)
{
  g_return_val_if_fail (EMEND_IS_LABEL_DRAFT (self), NULL);

  return self->name;
}

/**
 * emend_label_draft_set_name:
 * @self: a draft
 * @name: its name
 */
void
emend_label_draft_set_name (EmendLabelDraft *self,
                            const char *name)
{
  g_return_if_fail (EMEND_IS_LABEL_DRAFT (self));

  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

/**
 * emend_label_draft_get_color:
 * @self: a draft
 *
 * Returns: 0xRRGGBB
 */
guint32
emend_label_draft_get_color (EmendLabelDraft *self)
{
  g_return_val_if_fail (EMEND_IS_LABEL_DRAFT (self), 0);

  return self->color;
}

/**
 * emend_label_draft_set_color:
 * @self: a draft
 * @color: 0xRRGGBB
 */
void
emend_label_draft_set_color (EmendLabelDraft *self,
                             guint32 color)
{
  g_return_if_fail (EMEND_IS_LABEL_DRAFT (self));

  if (self->color == color)
    return;
  self->color = color;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOR]);
}

/**
 * emend_label_draft_get_key:
 * @self: a draft
 *
 * Returns: the letter or digit that gives the label, or 0
 */
gunichar
emend_label_draft_get_key (EmendLabelDraft *self)
{
  g_return_val_if_fail (EMEND_IS_LABEL_DRAFT (self), 0);

  return self->key;
}

/**
 * emend_label_draft_set_key:
 * @self: a draft
 * @key: a character or 0
 *
 * See emend_label_drafts_claim_key(), which takes it from the others.
 */
void
emend_label_draft_set_key (EmendLabelDraft *self,
                           gunichar key)
{
  g_return_if_fail (EMEND_IS_LABEL_DRAFT (self));

  if (self->key == key)
    return;
  self->key = key;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY]);
}

/**
 * emend_label_draft_get_retired:
 * @self: a draft
 *
 * Returns: whether it is no longer offered
 */
gboolean
emend_label_draft_get_retired (EmendLabelDraft *self)
{
  g_return_val_if_fail (EMEND_IS_LABEL_DRAFT (self), FALSE);

  return self->retired;
}

/**
 * emend_label_draft_set_retired:
 * @self: a draft
 * @retired: whether it is no longer offered
 */
void
emend_label_draft_set_retired (EmendLabelDraft *self,
                               gboolean retired)
{
  g_return_if_fail (EMEND_IS_LABEL_DRAFT (self));

  if (self->retired == retired)
    return;
  self->retired = retired;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RETIRED]);
}

/**
 * emend_label_draft_get_attributes:
 * @self: a draft
 *
 * Returns: (transfer none) (element-type EmendAttribute): its attributes
 */
GPtrArray *
emend_label_draft_get_attributes (EmendLabelDraft *self)
{
  g_return_val_if_fail (EMEND_IS_LABEL_DRAFT (self), NULL);

  return self->attributes;
}

/**
 * emend_label_draft_set_attributes:
 * @self: a draft
 * @attributes: (element-type EmendAttribute): its attributes, which are copied
 */
void
emend_label_draft_set_attributes (EmendLabelDraft *self,
                                  GPtrArray *attributes)
{
  g_autoptr (GPtrArray) copy = copy_attributes (attributes);

  g_return_if_fail (EMEND_IS_LABEL_DRAFT (self));

  g_ptr_array_unref (self->attributes);
  self->attributes = g_steal_pointer (&copy);
}

static void
emend_label_draft_get_property (GObject *object,
                                guint prop_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  EmendLabelDraft *self = EMEND_LABEL_DRAFT (object);

  switch (prop_id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_COLOR:
    g_value_set_uint (value, self->color);
    break;
  case PROP_KEY:
    g_value_set_uint (value, self->key);
    break;
  case PROP_RETIRED:
    g_value_set_boolean (value, self->retired);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
emend_label_draft_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  EmendLabelDraft *self = EMEND_LABEL_DRAFT (object);

  switch (prop_id) {
  case PROP_NAME:
    emend_label_draft_set_name (self, g_value_get_string (value));
    break;
  case PROP_COLOR:
    emend_label_draft_set_color (self, g_value_get_uint (value));
    break;
  case PROP_KEY:
    emend_label_draft_set_key (self, g_value_get_uint (value));
    break;
  case PROP_RETIRED:
    emend_label_draft_set_retired (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
emend_label_draft_finalize (GObject *object)
{
  EmendLabelDraft *self = EMEND_LABEL_DRAFT (object);

  g_free (self->name);
  g_ptr_array_unref (self->attributes);
  G_OBJECT_CLASS (emend_label_draft_parent_class)->finalize (object);
}

static void
emend_label_draft_class_init (EmendLabelDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = emend_label_draft_get_property;
  object_class->set_property = emend_label_draft_set_property;
  object_class->finalize = emend_label_draft_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_COLOR] = g_param_spec_uint ("color", NULL, NULL, 0, 0xffffff, 0, flags);
  properties[PROP_KEY] = g_param_spec_uint ("key", NULL, NULL, 0, 0x10ffff, 0, flags);
  properties[PROP_RETIRED] = g_param_spec_boolean ("retired", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
emend_label_draft_init (EmendLabelDraft *self)
{
  self->name = g_strdup ("");
  self->shapes = ALL_SHAPES;
  self->attributes = g_ptr_array_new_with_free_func ((GDestroyNotify) attribute_free);
}

/**
 * emend_label_draft_new:
 * @name: its name
 * @color: 0xRRGGBB
 * @key: a character or 0
 *
 * Returns: (transfer full): the draft of a new label
 */
EmendLabelDraft *
emend_label_draft_new (const char *name,
                       guint32 color,
                       gunichar key)
{
  EmendLabelDraft *self = g_object_new (EMEND_TYPE_LABEL_DRAFT, NULL);

  g_free (self->name);
  self->name = g_strdup (name);
  self->color = color;
  self->key = key;
  return self;
}

static EmendLabelDraft *
draft_from_label (const EmendLabel *label)
{
  EmendLabelDraft *draft = emend_label_draft_new (label->name, label->color, label->key);

  draft->id = label->id;
  draft->shapes = label->shapes;
  draft->retired = label->retired;
  emend_label_draft_set_attributes (draft, label->attributes);
  return draft;
}

static gboolean
add_name (GPtrArray *names,
          GHashTable *seen,
          const char *start,
          gsize length)
{
  g_autofree char *name = g_strndup (start, length);
  gsize size;

  g_strstrip (name);
  size = strlen (name);
  if (size >= 2 && (*name == '"' || *name == '\'') && name[size - 1] == *name) {
    memmove (name, name + 1, size - 2);
    name[size - 2] = '\0';
    g_strstrip (name);
  }
  if (*name == '\0' || strlen (name) > MAX_NAME_BYTES || !g_utf8_validate (name, -1, NULL) ||
      !g_hash_table_add (seen, g_strdup (name)))
    return TRUE;
  g_ptr_array_add (names, g_steal_pointer (&name));
  return names->len < MAX_NAMES;
}

/**
 * emend_label_names_parse:
 * @text: what somebody typed or pasted
 *
 * Takes names apart at line ends, and at tabs, commas and semicolons; spaces belong to a name.
 * Quotes around a name are dropped, and so are names given twice.
 *
 * Returns: (transfer full): the names in their order; possibly empty
 */
GStrv
emend_label_names_parse (const char *text)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  while (*text != '\0') {
    gsize length = strcspn (text, "\r\n\t,;");

    if (!add_name (names, seen, text, length))
      break;
    text += length + (text[length] != '\0' ? 1 : 0);
  }
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * emend_label_drafts_from_schema:
 * @schema: (nullable): a schema
 *
 * Returns: (transfer full): a list of #EmendLabelDraft, one for each of its labels
 */
GListStore *
emend_label_drafts_from_schema (EmendSchema *schema)
{
  GListStore *drafts = g_list_store_new (EMEND_TYPE_LABEL_DRAFT);

  for (gsize i = 0; schema != NULL && i < emend_schema_get_n_labels (schema); i++) {
    g_autoptr (EmendLabelDraft) draft = draft_from_label (emend_schema_get_label (schema, i));
    g_list_store_append (drafts, draft);
  }
  return drafts;
}

static EmendLabelDraft *
find_by_key (GListModel *drafts,
             gunichar key)
{
  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++) {
    g_autoptr (EmendLabelDraft) draft = g_list_model_get_item (drafts, i);
    if (draft->key == key)
      return draft;
  }
  return NULL;
}

/* The same choice as emend_schema_add_label(): 1 to 9, then the letters of the name. */
static gunichar
free_key (GListModel *drafts,
          const char *name)
{
  g_autofree char *lower = g_utf8_strdown (name, -1);

  for (gunichar key = '1'; key <= '9'; key++) {
    if (find_by_key (drafts, key) == NULL)
      return key;
  }
  for (const char *p = lower; *p != '\0'; p++) {
    if (g_ascii_isalpha (*p) && find_by_key (drafts, (guchar) *p) == NULL)
      return (guchar) *p;
  }
  return 0;
}

static gboolean
has_name (GListModel *drafts,
          const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++) {
    g_autoptr (EmendLabelDraft) draft = g_list_model_get_item (drafts, i);
    if (g_str_equal (draft->name, name))
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_label_drafts_add_names:
 * @drafts: a list of #EmendLabelDraft
 * @names: names of new labels
 *
 * Adds a label with the next free colour and key for each name that is not there yet.
 *
 * Returns: how many were added
 */
guint
emend_label_drafts_add_names (GListStore *drafts,
                              const char *const *names)
{
  guint added = 0;

  for (; *names != NULL; names++) {
    g_autoptr (EmendLabelDraft) draft = NULL;

    if (has_name (G_LIST_MODEL (drafts), *names))
      continue;
    draft = emend_label_draft_new (*names, emend_schema_get_color (g_list_model_get_n_items (G_LIST_MODEL (drafts))),
                                   free_key (G_LIST_MODEL (drafts), *names));
    g_list_store_append (drafts, draft);
    added++;
  }
  return added;
}

/**
 * emend_label_drafts_merge:
 * @drafts: a list of #EmendLabelDraft
 * @schema: a schema of another project
 *
 * Adds the labels of @schema that are not there yet, with their colour, attributes and, where it is
 * free, key. They are new labels here.
 */
void
emend_label_drafts_merge (GListStore *drafts,
                          EmendSchema *schema)
{
  for (gsize i = 0; i < emend_schema_get_n_labels (schema); i++) {
    g_autoptr (EmendLabelDraft) draft = draft_from_label (emend_schema_get_label (schema, i));

    if (has_name (G_LIST_MODEL (drafts), draft->name))
      continue;
    draft->id = 0;
    if (draft->key != 0 && find_by_key (G_LIST_MODEL (drafts), draft->key) != NULL)
      draft->key = 0;
    g_list_store_append (drafts, draft);
  }
}

/**
 * emend_label_drafts_move:
 * @drafts: a list of #EmendLabelDraft
 * @position: of the one to move
 * @target: where it shall be
 */
void
emend_label_drafts_move (GListStore *drafts,
                         guint position,
                         guint target)
{
  g_autoptr (EmendLabelDraft) draft = g_list_model_get_item (G_LIST_MODEL (drafts), position);

  g_return_if_fail (draft != NULL && target < g_list_model_get_n_items (G_LIST_MODEL (drafts)));

  if (position == target)
    return;
  g_list_store_remove (drafts, position);
  g_list_store_insert (drafts, target, draft);
}

/**
 * emend_label_drafts_claim_key:
 * @drafts: a list of #EmendLabelDraft
 * @draft: one of them
 * @key: a character or 0
 *
 * Gives @draft the key and takes it from the label that had it.
 */
void
emend_label_drafts_claim_key (GListModel *drafts,
                              EmendLabelDraft *draft,
                              gunichar key)
{
  EmendLabelDraft *other = key != 0 ? find_by_key (drafts, key) : NULL;

  if (other != NULL && other != draft)
    emend_label_draft_set_key (other, 0);
  emend_label_draft_set_key (draft, key);
}

static gboolean
check_names (GListModel *drafts,
             GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++) {
    g_autoptr (EmendLabelDraft) draft = g_list_model_get_item (drafts, i);
    char *name = g_strstrip (g_strdup (draft->name));

    if (*name == '\0') {
      g_free (name);
      g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
                   /* TRANSLATORS: the number of a label in the list, from 1. */
                   _ ("Label %u has no name. Give it one, or remove it."), i + 1);
      return FALSE;
    }
    if (!g_hash_table_add (seen, name)) {
      g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
                   _ ("Two labels are called “%s”. Rename one of them."), draft->name);
      return FALSE;
    }
  }
  return TRUE;
}

static void
draft_to_json (EmendLabelDraft *draft,
               int id,
               EmendJsonWriter *writer)
{
  g_autofree char *name = g_strstrip (g_strdup (draft->name));
  char text[8] = { 0 };

  emend_json_begin_object (writer);
  emend_json_key (writer, "id");
  emend_json_int (writer, id);
  emend_json_key (writer, "name");
  emend_json_string (writer, name);
  emend_json_key (writer, "color");
  g_snprintf (text, sizeof text, "#%06X", draft->color & 0xffffff);
  emend_json_string (writer, text);
  if (draft->shapes != ALL_SHAPES && draft->shapes != 0) {
    emend_json_key (writer, "shapes");
    emend_json_begin_array (writer);
    for (int kind = 0; kind <= EMEND_SHAPE_MASK; kind++) {
      if (draft->shapes & 1u << kind)
        emend_json_string (writer, emend_shape_kind_to_name ((EmendShapeKind) kind));
    }
    emend_json_end_array (writer);
  }
  emend_json_end_object (writer);
}

static void
copy_rest (EmendSchema *schema,
           int id,
           EmendLabelDraft *draft)
{
  emend_schema_set_label_key (schema, id, draft->key);
  emend_schema_set_label_retired (schema, id, draft->retired);
  for (guint i = 0; i < draft->attributes->len; i++) {
    const EmendAttribute *attribute = g_ptr_array_index (draft->attributes, i);
    emend_schema_add_attribute (schema, id, attribute->name, attribute->kind, (const char *const *) attribute->choices);
  }
}

static int
highest_id (GListModel *drafts,
            EmendSchema *base)
{
  int highest = 0;

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++) {
    g_autoptr (EmendLabelDraft) draft = g_list_model_get_item (drafts, i);
    highest = MAX (highest, draft->id);
  }
  for (gsize i = 0; base != NULL && i < emend_schema_get_n_labels (base); i++)
    highest = MAX (highest, emend_schema_get_label (base, i)->id);
  /* Labels and fields share one sequence of numbers. */
  for (gsize i = 0; base != NULL && i < emend_schema_get_n_fields (base); i++)
    highest = MAX (highest, emend_schema_get_field (base, i)->id);
  return highest;
}

/* What the labels do not touch. */
static void
copy_fields (EmendSchema *schema,
             EmendSchema *base)
{
  for (gsize i = 0; i < emend_schema_get_n_fields (base); i++)
    emend_schema_add_field (schema, emend_field_copy (emend_schema_get_field (base, i)));
  for (gsize i = 0; i < emend_schema_get_n_rules (base); i++)
    emend_schema_add_rule (schema, emend_rule_copy (emend_schema_get_rule (base, i)));
  for (gsize i = 0; i < emend_schema_get_n_lists (base); i++)
    emend_schema_set_list (schema, emend_list_copy (emend_schema_get_list (base, i)));
}

/**
 * emend_label_drafts_to_schema:
 * @drafts: a list of #EmendLabelDraft
 * @base: (nullable): the schema they were made from: its version and numbers go on, its fields, rules and lists stay
 * @item_decisions: (array zero-terminated=1): what can be said of a whole item
 * @error: EMEND_MODEL_ERROR_SCHEMA with a sentence for the person who edits
 *
 * Labels keep their numbers, new ones get numbers that no label has had.
 *
 * Returns: (transfer full) (nullable): the schema, with the order of @drafts
 */
EmendSchema *
emend_label_drafts_to_schema (GListModel *drafts,
                              EmendSchema *base,
                              const char *const *item_decisions,
                              GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (text, FALSE);
  g_autoptr (EmendSchema) schema = NULL;
  int last = highest_id (drafts, base);

  if (!check_names (drafts, error))
    return NULL;
  emend_json_begin_object (writer);
  emend_json_key (writer, "labels");
  emend_json_begin_array (writer);
  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++) {
    g_autoptr (EmendLabelDraft) draft = g_list_model_get_item (drafts, i);
    draft_to_json (draft, draft->id != 0 ? draft->id : ++last, writer);
  }
  emend_json_end_array (writer);
  emend_json_end_object (writer);
  schema = emend_schema_from_json (text->str, text->len, error);
  if (schema == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++) {
    g_autoptr (EmendLabelDraft) draft = g_list_model_get_item (drafts, i);
    copy_rest (schema, emend_schema_get_label (schema, i)->id, draft);
  }
  emend_schema_set_item_decisions (schema, item_decisions);
  if (base != NULL) {
    copy_fields (schema, base);
    emend_schema_set_version (schema, emend_schema_get_version (base));
  }
  return g_steal_pointer (&schema);
}
