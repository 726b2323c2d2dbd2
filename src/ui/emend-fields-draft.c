#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-fields-draft.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-model-error.h"

struct _EmendFieldsDraft {
  GObject parent_instance;

  GListStore *fields; /* (element-type EmendFieldDraft) */
  GListStore *rules;  /* (element-type EmendRuleDraft) */
  GPtrArray *lists;   /* (element-type EmendList) */
  gboolean frozen;    /* several changes are told as one */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendFieldsDraft, emend_fields_draft, G_TYPE_OBJECT)

static void
changed (EmendFieldsDraft *self)
{
  if (!self->frozen)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
thaw (EmendFieldsDraft *self)
{
  self->frozen = FALSE;
  changed (self);
}

/**
 * emend_fields_draft_get_fields:
 * @self: a draft
 *
 * Returns: (transfer none): the list of #EmendFieldDraft, in the order of the form
 */
GListStore *
emend_fields_draft_get_fields (EmendFieldsDraft *self)
{
  g_return_val_if_fail (EMEND_IS_FIELDS_DRAFT (self), NULL);

  return self->fields;
}

/**
 * emend_fields_draft_get_rules:
 * @self: a draft
 *
 * Returns: (transfer none): the list of #EmendRuleDraft
 */
GListStore *
emend_fields_draft_get_rules (EmendFieldsDraft *self)
{
  g_return_val_if_fail (EMEND_IS_FIELDS_DRAFT (self), NULL);

  return self->rules;
}

static void
append_field (EmendFieldsDraft *self,
              EmendFieldDraft *field)
{
  emend_field_draft_set_siblings (field, G_LIST_MODEL (self->fields));
  g_signal_connect_object (field, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_list_store_append (self->fields, field);
}

/**
 * emend_fields_draft_add_field:
 * @self: a draft
 *
 * Adds a field of text under a name that is free.
 *
 * Returns: (transfer none): the field
 */
EmendFieldDraft *
emend_fields_draft_add_field (EmendFieldsDraft *self)
{
  g_autofree char *name = NULL;
  g_autoptr (EmendField) field = NULL;
  g_autoptr (EmendFieldDraft) draft = NULL;

  g_return_val_if_fail (EMEND_IS_FIELDS_DRAFT (self), NULL);

  /* It becomes a name in files, so that it is not translated. */
  name = emend_draft_free_name (G_LIST_MODEL (self->fields), "field");
  field = emend_field_new (0, name, EMEND_FIELD_TEXT);
  draft = emend_field_draft_new (field, NULL);
  append_field (self, draft);
  return draft;
}

/**
 * emend_fields_draft_remove_field:
 * @self: a draft
 * @field: one of its fields
 *
 * Retires a field that is in use, or takes that back; another one goes. Rules that speak of it stay, and have a
 * problem.
 */
void
emend_fields_draft_remove_field (EmendFieldsDraft *self,
                                 EmendFieldDraft *field)
{
  guint position;

  g_return_if_fail (EMEND_IS_FIELDS_DRAFT (self));

  if (emend_field_draft_get_used (field))
    emend_field_draft_set_retired (field, !emend_field_draft_get_retired (field));
  else if (g_list_store_find (self->fields, field, &position))
    g_list_store_remove (self->fields, position);
}

static gboolean
has_number (GArray *numbers,
            int number)
{
  for (guint i = 0; i < numbers->len; i++) {
    if (g_array_index (numbers, int, i) == number)
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_fields_draft_set_used:
 * @self: a draft
 * @used: (element-type int): the numbers of fields that documents have values of; all others may be removed
 */
void
emend_fields_draft_set_used (EmendFieldsDraft *self,
                             GArray *used)
{
  g_return_if_fail (EMEND_IS_FIELDS_DRAFT (self));

  self->frozen = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->fields)); i++) {
    g_autoptr (EmendFieldDraft) field = g_list_model_get_item (G_LIST_MODEL (self->fields), i);
    emend_field_draft_set_used (field, has_number (used, emend_field_draft_get_id (field)));
  }
  thaw (self);
}

static gboolean
has_rule (EmendFieldsDraft *self,
          const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rules)); i++) {
    g_autoptr (EmendRuleDraft) rule = g_list_model_get_item (G_LIST_MODEL (self->rules), i);
    if (g_str_equal (emend_rule_draft_get_text (rule, EMEND_RULE_PART_NAME), name))
      return TRUE;
  }
  return FALSE;
}

static void
append_rule (EmendFieldsDraft *self,
             EmendRuleDraft *rule)
{
  g_signal_connect_object (rule, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_list_store_append (self->rules, rule);
}

/**
 * emend_fields_draft_add_rule:
 * @self: a draft
 *
 * Adds a sum under a name that is free. It speaks of no field yet.
 *
 * Returns: (transfer none): the rule
 */
EmendRuleDraft *
emend_fields_draft_add_rule (EmendFieldsDraft *self)
{
  g_autofree char *name = g_strdup ("rule");
  g_autoptr (EmendRuleDraft) rule = NULL;

  g_return_val_if_fail (EMEND_IS_FIELDS_DRAFT (self), NULL);

  for (guint i = 2; has_rule (self, name); i++) {
    g_free (name);
    name = g_strdup_printf ("rule_%u", i);
  }
  rule = emend_rule_draft_new (name, EMEND_RULE_SUM, G_LIST_MODEL (self->fields), G_LIST_MODEL (self->rules));
  append_rule (self, rule);
  return rule;
}

/**
 * emend_fields_draft_remove_rule:
 * @self: a draft
 * @rule: one of its rules
 */
void
emend_fields_draft_remove_rule (EmendFieldsDraft *self,
                                EmendRuleDraft *rule)
{
  guint position;

  g_return_if_fail (EMEND_IS_FIELDS_DRAFT (self));

  if (g_list_store_find (self->rules, rule, &position))
    g_list_store_remove (self->rules, position);
}

/**
 * emend_fields_draft_get_n_lists:
 * @self: a draft
 *
 * Returns: how many look-up lists there are
 */
guint
emend_fields_draft_get_n_lists (EmendFieldsDraft *self)
{
  g_return_val_if_fail (EMEND_IS_FIELDS_DRAFT (self), 0);

  return self->lists->len;
}

/**
 * emend_fields_draft_get_list:
 * @self: a draft
 * @index: from 0
 *
 * Returns: (transfer none): a look-up list
 */
const EmendList *
emend_fields_draft_get_list (EmendFieldsDraft *self,
                             guint index)
{
  g_return_val_if_fail (EMEND_IS_FIELDS_DRAFT (self) && index < self->lists->len, NULL);

  return g_ptr_array_index (self->lists, index);
}

/**
 * emend_fields_draft_find_list:
 * @self: a draft
 * @name: (nullable): of a look-up list
 *
 * Returns: (transfer none) (nullable): the list
 */
const EmendList *
emend_fields_draft_find_list (EmendFieldsDraft *self,
                              const char *name)
{
  g_return_val_if_fail (EMEND_IS_FIELDS_DRAFT (self), NULL);

  for (guint i = 0; name != NULL && i < self->lists->len; i++) {
    const EmendList *list = g_ptr_array_index (self->lists, i);
    if (g_str_equal (list->name, name))
      return list;
  }
  return NULL;
}

/**
 * emend_fields_draft_set_list:
 * @self: a draft
 * @list: (transfer full): takes the place of the list of the same name, if there is one, and goes on from what that
 *   learned
 */
void
emend_fields_draft_set_list (EmendFieldsDraft *self,
                             EmendList *list)
{
  g_return_if_fail (EMEND_IS_FIELDS_DRAFT (self));

  for (guint i = 0; i < self->lists->len; i++) {
    EmendList *old = g_ptr_array_index (self->lists, i);

    if (g_str_equal (old->name, list->name)) {
      emend_list_go_on_from (list, old);
      g_ptr_array_remove_index (self->lists, i);
      g_ptr_array_insert (self->lists, (int) i, list);
      changed (self);
      return;
    }
  }
  g_ptr_array_add (self->lists, list);
  changed (self);
}

/**
 * emend_fields_draft_refuse_alias:
 * @self: a draft
 * @name: of a look-up list
 * @text: a spelling that it learned
 *
 * Takes it away, and lets it not be learned again.
 */
void
emend_fields_draft_refuse_alias (EmendFieldsDraft *self,
                                 const char *name,
                                 const char *text)
{
  g_return_if_fail (EMEND_IS_FIELDS_DRAFT (self));

  for (guint i = 0; i < self->lists->len; i++) {
    EmendList *list = g_ptr_array_index (self->lists, i);

    if (g_strcmp0 (list->name, name) == 0) {
      emend_list_refuse (list, text);
      changed (self);
    }
  }
}

/**
 * emend_fields_draft_take_learned:
 * @self: a draft
 * @schema: the schema of the project as it is now
 *
 * Lets its look-up lists know what those of @schema learned. That changes nothing of what is edited.
 */
void
emend_fields_draft_take_learned (EmendFieldsDraft *self,
                                 EmendSchema *schema)
{
  g_return_if_fail (EMEND_IS_FIELDS_DRAFT (self));

  for (guint i = 0; i < self->lists->len; i++) {
    EmendList *list = g_ptr_array_index (self->lists, i);
    const EmendList *now = emend_schema_find_list (schema, list->name);

    emend_list_forget (list);
    if (now != NULL)
      emend_list_go_on_from (list, now);
  }
}

/**
 * emend_fields_draft_keep_learned:
 * @self: a draft
 * @schema: the schema that emend_fields_draft_to_schema() made, for a file
 *
 * Makes what its look-up lists learned other spellings like all others in @schema.
 */
void
emend_fields_draft_keep_learned (EmendFieldsDraft *self,
                                 EmendSchema *schema)
{
  g_return_if_fail (EMEND_IS_FIELDS_DRAFT (self));

  for (guint i = 0; i < self->lists->len; i++)
    emend_schema_set_list (schema, emend_list_copy_with_learned (g_ptr_array_index (self->lists, i)));
}

static gboolean
has_field (EmendFieldsDraft *self,
           const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->fields)); i++) {
    g_autoptr (EmendFieldDraft) field = g_list_model_get_item (G_LIST_MODEL (self->fields), i);
    if (g_str_equal (emend_field_draft_get_text (field, EMEND_FIELD_PART_NAME), name))
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_fields_draft_merge:
 * @self: a draft
 * @schema: a schema of another project, or a template
 *
 * Adds what of @schema is not there yet by its name: look-up lists, fields, which are new ones here, and rules of which
 * all fields are there.
 *
 * Returns: how many fields and rules were added
 */
guint
emend_fields_draft_merge (EmendFieldsDraft *self,
                          EmendSchema *schema)
{
  guint added = 0;

  g_return_val_if_fail (EMEND_IS_FIELDS_DRAFT (self), 0);

  self->frozen = TRUE;
  for (gsize i = 0; i < emend_schema_get_n_lists (schema); i++) {
    const EmendList *list = emend_schema_get_list (schema, i);
    if (emend_fields_draft_find_list (self, list->name) == NULL)
      emend_fields_draft_set_list (self, emend_list_copy (list));
  }
  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    g_autoptr (EmendField) field = emend_field_copy (emend_schema_get_field (schema, i));
    g_autoptr (EmendFieldDraft) draft = NULL;

    if (has_field (self, field->name))
      continue;
    field->id = 0;
    draft = emend_field_draft_new (field, NULL);
    append_field (self, draft);
    added++;
  }
  for (gsize i = 0; i < emend_schema_get_n_rules (schema); i++) {
    const EmendRule *rule = emend_schema_get_rule (schema, i);
    g_autoptr (EmendRuleDraft) draft = has_rule (self, rule->name) ?
                                         NULL :
                                         emend_rule_draft_new_from_rule (rule, G_LIST_MODEL (self->fields),
                                                                         G_LIST_MODEL (self->rules));

    if (draft == NULL)
      continue;
    append_rule (self, draft);
    added++;
  }
  thaw (self);
  return added;
}

/**
 * emend_fields_draft_find_wrong:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): the first #EmendFieldDraft or #EmendRuleDraft that has a problem
 */
gpointer
emend_fields_draft_find_wrong (EmendFieldsDraft *self)
{
  g_return_val_if_fail (EMEND_IS_FIELDS_DRAFT (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->fields)); i++) {
    g_autoptr (EmendFieldDraft) field = g_list_model_get_item (G_LIST_MODEL (self->fields), i);
    g_autofree char *problem = emend_field_draft_find_any_problem (field);
    if (problem != NULL)
      return field;
  }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rules)); i++) {
    g_autoptr (EmendRuleDraft) rule = g_list_model_get_item (G_LIST_MODEL (self->rules), i);
    g_autofree char *problem = emend_rule_draft_find_any_problem (rule);
    if (problem != NULL)
      return rule;
  }
  return NULL;
}

static gboolean
refuse_wrong (gpointer wrong,
              GError **error)
{
  if (EMEND_IS_FIELD_DRAFT (wrong)) {
    g_autofree char *problem = emend_field_draft_find_any_problem (wrong);
    g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
                 /* TRANSLATORS: name of a field, then what is wrong with it, a whole sentence. */
                 _ ("Field “%s”: %s"), emend_field_draft_get_title (wrong), problem);
  } else {
    g_autofree char *problem = emend_rule_draft_find_any_problem (wrong);
    g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
                 /* TRANSLATORS: name of a rule, then what is wrong with it, a whole sentence. */
                 _ ("Rule “%s”: %s"), emend_rule_draft_get_text (wrong, EMEND_RULE_PART_NAME), problem);
  }
  return FALSE;
}

/* Fields that have numbers first, so that no new one gets theirs. */
static void
add_fields (EmendFieldsDraft *self,
            EmendSchema *schema)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->fields));

  for (int round = 0; round < 2; round++) {
    for (guint i = 0; i < n; i++) {
      g_autoptr (EmendFieldDraft) draft = g_list_model_get_item (G_LIST_MODEL (self->fields), i);
      if ((emend_field_draft_get_id (draft) == 0) == (round == 1))
        emend_schema_add_field (schema, emend_field_draft_to_field (draft));
    }
  }
  for (guint i = 0; i < n; i++) {
    g_autoptr (EmendFieldDraft) draft = g_list_model_get_item (G_LIST_MODEL (self->fields), i);
    g_autofree char *name = emend_field_draft_get_path (draft);
    const EmendField *field = emend_schema_find_field_by_name (schema, name);

    if (field != NULL)
      emend_schema_move_field (schema, field->id, i);
  }
}

/* What is read back is what the project will have; and all that a schema refuses is refused now. */
static EmendSchema *
read_back (EmendSchema *schema,
           GError **error)
{
  g_autofree char *text = emend_schema_to_json (schema, FALSE);

  return emend_schema_from_json (text, strlen (text), error);
}

/**
 * emend_fields_draft_to_schema:
 * @self: a draft
 * @base: (nullable): the schema it was made from: its version, numbers and labels go on
 * @error: EMEND_MODEL_ERROR_SCHEMA with a sentence for the person who edits
 *
 * Fields keep their numbers, new ones get numbers that neither label nor field of @base has.
 *
 * Returns: (transfer full) (nullable): the schema, with the order of the draft
 */
EmendSchema *
emend_fields_draft_to_schema (EmendFieldsDraft *self,
                              EmendSchema *base,
                              GError **error)
{
  g_autoptr (EmendSchema) schema = base != NULL ? emend_schema_copy (base) : emend_schema_new ();
  gpointer wrong = emend_fields_draft_find_wrong (self);

  if (wrong != NULL) {
    refuse_wrong (wrong, error);
    return NULL;
  }
  emend_schema_clear_fields (schema);
  add_fields (self, schema);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rules)); i++) {
    g_autoptr (EmendRuleDraft) rule = g_list_model_get_item (G_LIST_MODEL (self->rules), i);
    emend_schema_add_rule (schema, emend_rule_draft_to_rule (rule));
  }
  for (guint i = 0; i < self->lists->len; i++)
    emend_schema_set_list (schema, emend_list_copy (g_ptr_array_index (self->lists, i)));
  return read_back (schema, error);
}

static void
emend_fields_draft_finalize (GObject *object)
{
  EmendFieldsDraft *self = EMEND_FIELDS_DRAFT (object);

  g_object_unref (self->fields);
  g_object_unref (self->rules);
  g_ptr_array_unref (self->lists);
  G_OBJECT_CLASS (emend_fields_draft_parent_class)->finalize (object);
}

static void
emend_fields_draft_class_init (EmendFieldsDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = emend_fields_draft_finalize;

  /**
   * EmendFieldsDraft::changed:
   *
   * Something of the fields, rules or lists is another.
   */
  signals[CHANGED] = g_signal_new ("changed", EMEND_TYPE_FIELDS_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
emend_fields_draft_init (EmendFieldsDraft *self)
{
  self->fields = g_list_store_new (EMEND_TYPE_FIELD_DRAFT);
  self->rules = g_list_store_new (EMEND_TYPE_RULE_DRAFT);
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_list_free);
  g_signal_connect_object (self->fields, "items-changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rules, "items-changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
}

/**
 * emend_fields_draft_new:
 * @schema: (nullable): what to start from
 *
 * Returns: (transfer full): a draft
 */
EmendFieldsDraft *
emend_fields_draft_new (EmendSchema *schema)
{
  EmendFieldsDraft *self = g_object_new (EMEND_TYPE_FIELDS_DRAFT, NULL);

  for (gsize i = 0; schema != NULL && i < emend_schema_get_n_lists (schema); i++)
    emend_fields_draft_set_list (self, emend_list_copy (emend_schema_get_list (schema, i)));
  for (gsize i = 0; schema != NULL && i < emend_schema_get_n_fields (schema); i++) {
    g_autoptr (EmendFieldDraft) field = emend_field_draft_new (emend_schema_get_field (schema, i), NULL);
    append_field (self, field);
  }
  for (gsize i = 0; schema != NULL && i < emend_schema_get_n_rules (schema); i++) {
    g_autoptr (EmendRuleDraft) rule = emend_rule_draft_new_from_rule (emend_schema_get_rule (schema, i),
                                                                      G_LIST_MODEL (self->fields),
                                                                      G_LIST_MODEL (self->rules));
    if (rule != NULL)
      append_rule (self, rule);
  }
  return self;
}
