#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-label-mapping.h"

#include <string.h>

struct _EmendLabelMapping {
  GObject parent_instance;

  char *name;
  gint64 count;
  gboolean known; /* the project has a label of that very name */
  EmendLabelTarget target;
  char *other; /* (nullable): name of the project's label, for EMEND_LABEL_TARGET_OTHER */
};

enum {
  PROP_0,
  PROP_COUNT,
  PROP_TARGET,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EmendLabelMapping, emend_label_mapping, G_TYPE_OBJECT)

/**
 * emend_label_mapping_get_name:
 * @self: a mapping
 *
 * Returns: (transfer none): the name in the file
 */
const char *
emend_label_mapping_get_name (EmendLabelMapping *self)
{
  g_return_val_if_fail (EMEND_IS_LABEL_MAPPING (self), NULL);

  return self->name;
}

/**
 * emend_label_mapping_get_count:
 * @self: a mapping
 *
 * Returns: how many records of the file have it
 */
gint64
emend_label_mapping_get_count (EmendLabelMapping *self)
{
  g_return_val_if_fail (EMEND_IS_LABEL_MAPPING (self), 0);

  return self->count;
}

/**
 * emend_label_mapping_get_known:
 * @self: a mapping
 *
 * Returns: whether the project has a label of that very name
 */
gboolean
emend_label_mapping_get_known (EmendLabelMapping *self)
{
  g_return_val_if_fail (EMEND_IS_LABEL_MAPPING (self), FALSE);

  return self->known;
}

/**
 * emend_label_mapping_get_target:
 * @self: a mapping
 *
 * Returns: what becomes of it
 */
EmendLabelTarget
emend_label_mapping_get_target (EmendLabelMapping *self)
{
  g_return_val_if_fail (EMEND_IS_LABEL_MAPPING (self), EMEND_LABEL_TARGET_SAME);

  return self->target;
}

/**
 * emend_label_mapping_get_other:
 * @self: a mapping
 *
 * Returns: (transfer none) (nullable): the project's label that it becomes, when that is another one
 */
const char *
emend_label_mapping_get_other (EmendLabelMapping *self)
{
  g_return_val_if_fail (EMEND_IS_LABEL_MAPPING (self), NULL);

  return self->other;
}

/**
 * emend_label_mapping_set_target:
 * @self: a mapping
 * @target: what becomes of it
 * @other: (nullable): name of the project's label, for %EMEND_LABEL_TARGET_OTHER
 */
void
emend_label_mapping_set_target (EmendLabelMapping *self,
                                EmendLabelTarget target,
                                const char *other)
{
  g_return_if_fail (EMEND_IS_LABEL_MAPPING (self));
  g_return_if_fail ((target == EMEND_LABEL_TARGET_OTHER) == (other != NULL));

  if (self->target == target && g_strcmp0 (self->other, other) == 0)
    return;
  self->target = target;
  g_free (self->other);
  self->other = g_strdup (other);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TARGET]);
}

static void
emend_label_mapping_get_property (GObject *object,
                                  guint prop_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  EmendLabelMapping *self = EMEND_LABEL_MAPPING (object);

  switch (prop_id) {
  case PROP_COUNT:
    g_value_set_int64 (value, self->count);
    break;
  case PROP_TARGET:
    g_value_set_int (value, (int) self->target);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
emend_label_mapping_finalize (GObject *object)
{
  EmendLabelMapping *self = EMEND_LABEL_MAPPING (object);

  g_free (self->name);
  g_free (self->other);
  G_OBJECT_CLASS (emend_label_mapping_parent_class)->finalize (object);
}

static void
emend_label_mapping_class_init (EmendLabelMappingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = emend_label_mapping_get_property;
  object_class->finalize = emend_label_mapping_finalize;

  properties[PROP_COUNT] = g_param_spec_int64 ("count", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_TARGET] = g_param_spec_int ("target", NULL, NULL, 0, EMEND_LABEL_TARGET_NONE, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
emend_label_mapping_init (EmendLabelMapping *self)
{
}

/* The same word in other letters: "Cat", "cat", "traffic_light", "traffic light". */
static char *
fold (const char *name)
{
  g_autofree char *lower = g_utf8_casefold (name, -1);
  g_autofree char *plain = g_utf8_normalize (lower, -1, G_NORMALIZE_ALL_COMPOSE);
  char *folded = g_strdup (plain != NULL ? plain : lower);

  return g_strdelimit (folded, "_-.", ' ');
}

static const char *
find_similar (EmendSchema *schema,
              const char *name)
{
  g_autofree char *wanted = fold (name);

  for (gsize i = 0; i < emend_schema_get_n_labels (schema); i++) {
    const EmendLabel *label = emend_schema_get_label (schema, i);
    g_autofree char *folded = fold (label->name);

    if (!label->retired && g_str_equal (folded, wanted))
      return label->name;
  }
  return NULL;
}

static EmendLabelMapping *
mapping_new (const EmendImportLabel *label,
             EmendSchema *schema)
{
  EmendLabelMapping *self = g_object_new (EMEND_TYPE_LABEL_MAPPING, NULL);
  const char *similar;

  self->name = g_strdup (label->name);
  self->count = label->count;
  self->known = emend_schema_find_label_by_name (schema, label->name) != NULL;
  similar = self->known ? NULL : find_similar (schema, label->name);
  if (similar != NULL) {
    self->target = EMEND_LABEL_TARGET_OTHER;
    self->other = g_strdup (similar);
  }
  return self;
}

/**
 * emend_label_mappings_update:
 * @mappings: a list of #EmendLabelMapping
 * @labels: (element-type EmendImportLabel): the labels that a dry run found
 * @schema: the project's schema
 *
 * Brings the list in step with a dry run: what the person chose stays, labels that were not there
 * are added (with a proposal when the project has one that is spelled otherwise), others go.
 */
void
emend_label_mappings_update (GListStore *mappings,
                             GPtrArray *labels,
                             EmendSchema *schema)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < labels->len; i++) {
    const EmendImportLabel *label = g_ptr_array_index (labels, i);
    g_hash_table_insert (wanted, label->name, (gpointer) label);
  }
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (mappings)); i > 0; i--) {
    g_autoptr (EmendLabelMapping) mapping = g_list_model_get_item (G_LIST_MODEL (mappings), i - 1);
    const EmendImportLabel *label = g_hash_table_lookup (wanted, mapping->name);

    if (label == NULL) {
      g_list_store_remove (mappings, i - 1);
      continue;
    }
    if (mapping->count != label->count) {
      mapping->count = label->count;
      g_object_notify_by_pspec (G_OBJECT (mapping), properties[PROP_COUNT]);
    }
    g_hash_table_remove (wanted, label->name);
  }
  for (guint i = 0; i < labels->len; i++) {
    const EmendImportLabel *label = g_ptr_array_index (labels, i);

    if (g_hash_table_remove (wanted, label->name)) {
      g_autoptr (EmendLabelMapping) mapping = mapping_new (label, schema);
      g_list_store_append (mappings, mapping);
    }
  }
}

/**
 * emend_label_mappings_to_table:
 * @mappings: a list of #EmendLabelMapping
 *
 * Returns: (transfer full) (element-type utf8 utf8): the map of #EmendImportOptions: only names that
 *   become another label or, with "", are left out
 */
GHashTable *
emend_label_mappings_to_table (GListModel *mappings)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < g_list_model_get_n_items (mappings); i++) {
    g_autoptr (EmendLabelMapping) mapping = g_list_model_get_item (mappings, i);

    if (mapping->target != EMEND_LABEL_TARGET_SAME)
      g_hash_table_insert (table, g_strdup (mapping->name),
                           g_strdup (mapping->target == EMEND_LABEL_TARGET_OTHER ? mapping->other : ""));
  }
  return table;
}
