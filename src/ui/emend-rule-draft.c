#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-rule-draft.h"

#include <glib/gi18n-lib.h>

#include "emend-text.h"

/* The limits that a schema has; see emend_rule_from_json(). */
#define MAX_NAME 500
#define MAX_OPERANDS 100
#define MAX_SENTENCE 2000

struct _EmendRuleDraft {
  GObject parent_instance;

  GListModel *fields; /* (nullable) (weak): of which it may speak */
  GListModel *rules;  /* (nullable) (weak): among which its name is unique */
  char *texts[EMEND_RULE_N_TEXTS];
  EmendRuleKind kind;
  EmendFieldDraft *target; /* (nullable) */
  GPtrArray *operands;     /* (element-type EmendFieldDraft) */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendRuleDraft, emend_rule_draft, G_TYPE_OBJECT)

static void
changed (EmendRuleDraft *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * emend_rule_terms_list:
 * @fields: a list of #EmendFieldDraft
 *
 * Returns: (transfer full) (element-type EmendFieldDraft): of what rules can speak: fields, and the columns of tables
 *   in their place, retired ones left out
 */
GPtrArray *
emend_rule_terms_list (GListModel *fields)
{
  GPtrArray *terms = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++) {
    g_autoptr (EmendFieldDraft) field = g_list_model_get_item (fields, i);
    GListModel *columns = emend_field_draft_get_columns (field);

    if (emend_field_draft_get_retired (field))
      continue;
    if (emend_field_draft_get_field_type (field) != EMEND_FIELD_TABLE) {
      g_ptr_array_add (terms, g_steal_pointer (&field));
      continue;
    }
    for (guint j = 0; j < g_list_model_get_n_items (columns); j++) {
      g_autoptr (EmendFieldDraft) column = g_list_model_get_item (columns, j);
      if (!emend_field_draft_get_retired (column))
        g_ptr_array_add (terms, g_steal_pointer (&column));
    }
  }
  return terms;
}

static gboolean
has_item (GListModel *list,
          gpointer wanted)
{
  for (guint i = 0; list != NULL && i < g_list_model_get_n_items (list); i++) {
    g_autoptr (GObject) item = g_list_model_get_item (list, i);
    if (item == wanted)
      return TRUE;
  }
  return FALSE;
}

/* The field of that name, else the column of that path; see emend_schema_add_rule(). */
static EmendFieldDraft *
find_term (GListModel *fields,
           const char *path)
{
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++) {
    g_autoptr (EmendFieldDraft) field = g_list_model_get_item (fields, i);

    if (g_str_equal (emend_field_draft_get_text (field, EMEND_FIELD_PART_NAME), path))
      return g_steal_pointer (&field);
  }
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++) {
    g_autoptr (EmendFieldDraft) field = g_list_model_get_item (fields, i);
    GListModel *columns = emend_field_draft_get_columns (field);

    for (guint j = 0; j < g_list_model_get_n_items (columns); j++) {
      g_autoptr (EmendFieldDraft) column = g_list_model_get_item (columns, j);
      g_autofree char *own = emend_field_draft_get_path (column);

      if (g_str_equal (own, path))
        return g_steal_pointer (&column);
    }
  }
  return NULL;
}

/**
 * emend_rule_draft_get_text:
 * @self: a draft
 * @part: one that is typed
 *
 * Returns: (transfer none): what is typed there, possibly empty
 */
const char *
emend_rule_draft_get_text (EmendRuleDraft *self,
                           EmendRulePart part)
{
  g_return_val_if_fail (EMEND_IS_RULE_DRAFT (self) && part < EMEND_RULE_N_TEXTS, NULL);

  return self->texts[part];
}

/**
 * emend_rule_draft_set_text:
 * @self: a draft
 * @part: one that is typed
 * @text: what is typed there, valid or not
 */
void
emend_rule_draft_set_text (EmendRuleDraft *self,
                           EmendRulePart part,
                           const char *text)
{
  g_return_if_fail (EMEND_IS_RULE_DRAFT (self) && part < EMEND_RULE_N_TEXTS);

  if (g_str_equal (self->texts[part], text))
    return;
  g_free (self->texts[part]);
  self->texts[part] = g_strdup (text);
  changed (self);
}

/**
 * emend_rule_draft_get_kind:
 * @self: a draft
 *
 * Returns: what must hold
 */
EmendRuleKind
emend_rule_draft_get_kind (EmendRuleDraft *self)
{
  g_return_val_if_fail (EMEND_IS_RULE_DRAFT (self), EMEND_RULE_SUM);

  return self->kind;
}

/**
 * emend_rule_draft_set_kind:
 * @self: a draft
 * @kind: what must hold
 */
void
emend_rule_draft_set_kind (EmendRuleDraft *self,
                           EmendRuleKind kind)
{
  g_return_if_fail (EMEND_IS_RULE_DRAFT (self));

  if (self->kind == kind)
    return;
  self->kind = kind;
  changed (self);
}

/**
 * emend_rule_draft_get_target:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): the field or column that it is about
 */
EmendFieldDraft *
emend_rule_draft_get_target (EmendRuleDraft *self)
{
  g_return_val_if_fail (EMEND_IS_RULE_DRAFT (self), NULL);

  return self->target;
}

/**
 * emend_rule_draft_set_target:
 * @self: a draft
 * @target: the field or column that it is about
 */
void
emend_rule_draft_set_target (EmendRuleDraft *self,
                             EmendFieldDraft *target)
{
  g_return_if_fail (EMEND_IS_RULE_DRAFT (self));

  if (g_set_object (&self->target, target))
    changed (self);
}

/**
 * emend_rule_draft_get_operands:
 * @self: a draft
 *
 * Returns: (transfer none) (element-type EmendFieldDraft): what the target is compared with; not to be changed
 */
GPtrArray *
emend_rule_draft_get_operands (EmendRuleDraft *self)
{
  g_return_val_if_fail (EMEND_IS_RULE_DRAFT (self), NULL);

  return self->operands;
}

/**
 * emend_rule_draft_set_operands:
 * @self: a draft
 * @operands: (element-type EmendFieldDraft): what the target is compared with; copied
 */
void
emend_rule_draft_set_operands (EmendRuleDraft *self,
                               GPtrArray *operands)
{
  g_autoptr (GPtrArray) copy = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (EMEND_IS_RULE_DRAFT (self));

  for (guint i = 0; i < operands->len; i++)
    g_ptr_array_add (copy, g_object_ref (g_ptr_array_index (operands, i)));
  g_ptr_array_unref (self->operands);
  self->operands = g_steal_pointer (&copy);
  changed (self);
}

/**
 * emend_rule_draft_get_formula:
 * @self: a draft
 *
 * Returns: (transfer full): the rule in signs, such as "total = net + tax"
 */
char *
emend_rule_draft_get_formula (EmendRuleDraft *self)
{
  static const char *const first[] = { NULL, " = ", " = ", " = ", " ≤ ", " ≥ " };
  static const char *const next[] = { NULL, " + ", " × ", " = ", ", ", ", " };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *target = self->target != NULL ? emend_field_draft_get_path (self->target) : g_strdup ("…");

  g_string_append (text, target);
  g_string_append (text, first[self->kind]);
  for (guint i = 0; i < self->operands->len; i++) {
    g_autofree char *path = emend_field_draft_get_path (g_ptr_array_index (self->operands, i));

    g_string_append (text, i > 0 ? next[self->kind] : "");
    g_string_append (text, path);
  }
  if (self->operands->len == 0)
    g_string_append (text, "…");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_numeric (EmendFieldType type)
{
  return type == EMEND_FIELD_NUMBER || type == EMEND_FIELD_INTEGER || type == EMEND_FIELD_AMOUNT;
}

/* What is wrong with a field or column as part of this rule. */
static char *
find_term_problem (EmendRuleDraft *self,
                   EmendFieldDraft *term)
{
  EmendFieldDraft *table = emend_field_draft_get_table (term);
  EmendFieldType type = emend_field_draft_get_field_type (term);
  g_autofree char *path = emend_field_draft_get_path (term);
  gboolean there = table == NULL ? has_item (self->fields, term) :
                                   has_item (self->fields, table) &&
                                     has_item (emend_field_draft_get_columns (table), term) &&
                                     emend_field_draft_get_field_type (table) == EMEND_FIELD_TABLE;

  if (!there)
    return g_strdup_printf (_ ("The rule speaks of “%s”, which is no longer there. Choose another field, or remove the "
                               "rule."),
                            path);
  if (type == EMEND_FIELD_TABLE)
    return g_strdup_printf (_ ("“%s” is a table. Choose one of its columns."), path);
  if ((self->kind == EMEND_RULE_SUM || self->kind == EMEND_RULE_PRODUCT) && !is_numeric (type))
    return g_strdup_printf (_ ("“%s” is neither a number nor an amount, so that nothing can be calculated with it."),
                            path);
  if ((self->kind == EMEND_RULE_BEFORE || self->kind == EMEND_RULE_AFTER) && !is_numeric (type) &&
      type != EMEND_FIELD_DATE && type != EMEND_FIELD_TIME)
    return g_strdup_printf (_ ("“%s” has no order: only dates, times and numbers come before or after others."), path);
  return NULL;
}

static char *
find_name_problem (EmendRuleDraft *self)
{
  g_autofree char *name = g_strstrip (g_strdup (self->texts[EMEND_RULE_PART_NAME]));

  if (*name == '\0')
    return g_strdup (_ ("Give the rule a name."));
  if (g_utf8_strlen (name, -1) > MAX_NAME)
    return g_strdup (_ ("The name of a rule has at most 500 characters."));
  for (guint i = 0; self->rules != NULL && i < g_list_model_get_n_items (self->rules); i++) {
    g_autoptr (EmendRuleDraft) other = g_list_model_get_item (self->rules, i);
    g_autofree char *taken = g_strstrip (g_strdup (other->texts[EMEND_RULE_PART_NAME]));

    if (other != self && g_str_equal (taken, name))
      return g_strdup_printf (_ ("There is another rule “%s”."), name);
  }
  return NULL;
}

static char *
find_operands_problem (EmendRuleDraft *self)
{
  if (self->operands->len == 0)
    return g_strdup (_ ("Choose the fields that it is compared with."));
  if (self->operands->len > MAX_OPERANDS)
    return g_strdup (_ ("A rule speaks of at most 100 other fields."));
  for (guint i = 0; i < self->operands->len; i++) {
    char *problem = find_term_problem (self, g_ptr_array_index (self->operands, i));
    if (problem != NULL)
      return problem;
  }
  return NULL;
}

static char *
find_tolerance_problem (EmendRuleDraft *self)
{
  g_autofree char *text = g_strstrip (g_strdup (self->texts[EMEND_RULE_PART_TOLERANCE]));
  double tolerance = 0;

  if (*text == '\0' || (emend_draft_parse_number (text, &tolerance) && tolerance >= 0))
    return NULL;
  return g_strdup_printf (_ ("“%s” is not a number from 0."), text);
}

/**
 * emend_rule_draft_find_problem:
 * @self: a draft
 * @part: something that can be said of it
 *
 * Returns: (transfer full) (nullable): what is wrong there, a whole translated sentence
 */
char *
emend_rule_draft_find_problem (EmendRuleDraft *self,
                               EmendRulePart part)
{
  g_return_val_if_fail (EMEND_IS_RULE_DRAFT (self), NULL);

  switch (part) {
  case EMEND_RULE_PART_NAME:
    return find_name_problem (self);
  case EMEND_RULE_PART_TOLERANCE:
    return find_tolerance_problem (self);
  case EMEND_RULE_PART_SENTENCE:
    return g_utf8_strlen (self->texts[part], -1) <= MAX_SENTENCE ?
             NULL :
             g_strdup (_ ("The sentence has at most 2000 characters."));
  case EMEND_RULE_PART_TARGET:
    return self->target != NULL ? find_term_problem (self, self->target) :
                                  g_strdup (_ ("Choose the field that the rule is about."));
  case EMEND_RULE_PART_OPERANDS:
    return find_operands_problem (self);
  default:
    return NULL;
  }
}

/**
 * emend_rule_draft_find_any_problem:
 * @self: a draft
 *
 * Returns: (transfer full) (nullable): the first thing that is wrong with it
 */
char *
emend_rule_draft_find_any_problem (EmendRuleDraft *self)
{
  for (guint part = 0; part < EMEND_RULE_N_PARTS; part++) {
    char *problem = emend_rule_draft_find_problem (self, (EmendRulePart) part);
    if (problem != NULL)
      return problem;
  }
  return NULL;
}

/**
 * emend_rule_draft_to_rule:
 * @self: a draft without problems
 *
 * Returns: (transfer full): the rule, with the names that its fields have now
 */
EmendRule *
emend_rule_draft_to_rule (EmendRuleDraft *self)
{
  g_autofree char *name = g_strstrip (g_strdup (self->texts[EMEND_RULE_PART_NAME]));
  g_autofree char *sentence = g_strstrip (g_strdup (self->texts[EMEND_RULE_PART_SENTENCE]));
  g_autofree char *target = emend_field_draft_get_path (self->target);
  g_autoptr (GPtrArray) operands = g_ptr_array_new_with_free_func (g_free);
  EmendRule *rule;

  for (guint i = 0; i < self->operands->len; i++)
    g_ptr_array_add (operands, emend_field_draft_get_path (g_ptr_array_index (self->operands, i)));
  g_ptr_array_add (operands, NULL);
  rule = emend_rule_new (name, self->kind, target, (const char *const *) operands->pdata);
  emend_draft_parse_number (self->texts[EMEND_RULE_PART_TOLERANCE], &rule->tolerance);
  if (*sentence != '\0')
    rule->sentence = g_steal_pointer (&sentence);
  return rule;
}

static void
emend_rule_draft_finalize (GObject *object)
{
  EmendRuleDraft *self = EMEND_RULE_DRAFT (object);

  g_clear_weak_pointer (&self->fields);
  g_clear_weak_pointer (&self->rules);
  g_clear_object (&self->target);
  g_ptr_array_unref (self->operands);
  for (gsize i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_free (self->texts[i]);
  G_OBJECT_CLASS (emend_rule_draft_parent_class)->finalize (object);
}

static void
emend_rule_draft_class_init (EmendRuleDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = emend_rule_draft_finalize;

  /**
   * EmendRuleDraft::changed:
   *
   * Something of it is another.
   */
  signals[CHANGED] = g_signal_new ("changed", EMEND_TYPE_RULE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
emend_rule_draft_init (EmendRuleDraft *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->texts); i++)
    self->texts[i] = g_strdup ("");
  self->operands = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * emend_rule_draft_new:
 * @name: its name
 * @kind: what must hold
 * @fields: (element-type EmendFieldDraft): of which it may speak; not kept
 * @rules: (element-type EmendRuleDraft): among which its name must be its own; not kept
 *
 * Returns: (transfer full): a draft that speaks of nothing yet
 */
EmendRuleDraft *
emend_rule_draft_new (const char *name,
                      EmendRuleKind kind,
                      GListModel *fields,
                      GListModel *rules)
{
  EmendRuleDraft *self = g_object_new (EMEND_TYPE_RULE_DRAFT, NULL);

  g_set_weak_pointer (&self->fields, fields);
  g_set_weak_pointer (&self->rules, rules);
  g_free (self->texts[EMEND_RULE_PART_NAME]);
  self->texts[EMEND_RULE_PART_NAME] = g_strdup (name);
  self->kind = kind;
  return self;
}

/**
 * emend_rule_draft_new_from_rule:
 * @rule: what to start from
 * @fields: (element-type EmendFieldDraft): of which it speaks; not kept
 * @rules: (element-type EmendRuleDraft): among which its name must be its own; not kept
 *
 * Returns: (transfer full) (nullable): a draft; %NULL when @rule speaks of something that @fields has not
 */
EmendRuleDraft *
emend_rule_draft_new_from_rule (const EmendRule *rule,
                                GListModel *fields,
                                GListModel *rules)
{
  g_autoptr (EmendRuleDraft) self = emend_rule_draft_new (rule->name, rule->kind, fields, rules);
  char number[EMEND_TEXT_DOUBLE_SIZE];

  self->target = find_term (fields, rule->target);
  if (self->target == NULL)
    return NULL;
  for (gsize i = 0; rule->operands[i] != NULL; i++) {
    EmendFieldDraft *operand = find_term (fields, rule->operands[i]);

    if (operand == NULL)
      return NULL;
    g_ptr_array_add (self->operands, operand);
  }
  if (rule->tolerance > 0)
    emend_rule_draft_set_text (self, EMEND_RULE_PART_TOLERANCE, emend_text_from_double (number, rule->tolerance));
  emend_rule_draft_set_text (self, EMEND_RULE_PART_SENTENCE, rule->sentence != NULL ? rule->sentence : "");
  return g_steal_pointer (&self);
}
