/* Fields and rules while they are edited, without a display. */
#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <locale.h>
#include <math.h>

#include "emend-fields-draft.h"
#include "emend-model-error.h"

static const char schema_text[] =
  "{\"version\": 4, \"labels\": [{\"id\": 1, \"name\": \"stamp\"}], \"item_decisions\": [\"blurred\"], \"fields\": ["
  "{\"id\": 2, \"name\": \"date\", \"title\": \"Date\", \"type\": \"date\", \"order\": \"mdy\", \"required\": true},"
  "{\"id\": 5, \"name\": \"shop\", \"type\": \"text\", \"list\": \"shops\", \"blind\": true, \"min_length\": 2},"
  "{\"id\": 3, \"name\": \"net\", \"type\": \"amount\", \"currency\": \"EUR\", \"min\": 0, \"max\": 99.5},"
  "{\"id\": 4, \"name\": \"lines\", \"type\": \"table\", \"columns\": ["
  "{\"name\": \"what\", \"type\": \"choice\", \"choices\": [\"a\", \"b\"]}, "
  "{\"name\": \"price\", \"type\": \"amount\"}]}],"
  "\"rules\": [{\"name\": \"sum\", \"kind\": \"sum\", \"target\": \"net\", \"operands\": [\"lines.price\"],"
  "\"tolerance\": 0.01, \"sentence\": \"It does not add up.\"}],"
  "\"lists\": [{\"name\": \"shops\", \"entries\": [{\"value\": \"Aldi\", \"aliases\": [\"ALDI SUED\"]}]}]}";

static EmendSchema *
make_schema (void)
{
  g_autoptr (GError) error = NULL;
  EmendSchema *schema = emend_schema_from_json (schema_text, sizeof schema_text - 1, &error);

  g_assert_no_error (error);
  return schema;
}

static EmendFieldDraft *
peek_field (EmendFieldsDraft *draft,
            guint position)
{
  g_autoptr (EmendFieldDraft) field = g_list_model_get_item (G_LIST_MODEL (emend_fields_draft_get_fields (draft)),
                                                             position);
  return field;
}

static EmendRuleDraft *
peek_rule (EmendFieldsDraft *draft,
           guint position)
{
  g_autoptr (EmendRuleDraft) rule = g_list_model_get_item (G_LIST_MODEL (emend_fields_draft_get_rules (draft)),
                                                           position);
  return rule;
}

static EmendFieldDraft *
peek_column (EmendFieldDraft *table,
             guint position)
{
  g_autoptr (EmendFieldDraft) column = g_list_model_get_item (emend_field_draft_get_columns (table), position);
  return column;
}

static guint
count_fields (EmendFieldsDraft *draft)
{
  return g_list_model_get_n_items (G_LIST_MODEL (emend_fields_draft_get_fields (draft)));
}

static void
count_cb (gpointer object,
          guint *n)
{
  (*n)++;
}

/* What nobody touches comes out as it went in. */
static void
test_same (void)
{
  g_autoptr (EmendSchema) base = make_schema ();
  g_autoptr (EmendFieldsDraft) draft = emend_fields_draft_new (base);
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendSchema) schema = emend_fields_draft_to_schema (draft, base, &error);
  g_autofree char *before = emend_schema_to_json (base, FALSE);
  g_autofree char *after = schema != NULL ? emend_schema_to_json (schema, FALSE) : NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (after, ==, before);
}

static void
test_numbers (void)
{
  g_autoptr (EmendSchema) base = make_schema ();
  g_autoptr (EmendFieldsDraft) draft = emend_fields_draft_new (base);
  g_autoptr (GArray) used = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (EmendSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  const int net = 3;
  EmendFieldDraft *added;
  guint n = 0;

  g_array_append_val (used, net);
  g_signal_connect (draft, "changed", G_CALLBACK (count_cb), &n);
  emend_fields_draft_set_used (draft, used);
  g_assert_cmpuint (n, ==, 1);
  /* The one with the highest number goes, and nobody gets its number. */
  emend_fields_draft_remove_field (draft, peek_field (draft, 1));
  g_assert_cmpuint (count_fields (draft), ==, 3);
  added = emend_fields_draft_add_field (draft);
  emend_field_draft_set_text (added, EMEND_FIELD_PART_NAME, "  tax ");
  emend_draft_move (emend_fields_draft_get_fields (draft), 3, 0);
  /* The one in use is retired. */
  emend_fields_draft_remove_field (draft, peek_field (draft, 2));
  g_assert_cmpuint (count_fields (draft), ==, 4);
  schema = emend_fields_draft_to_schema (draft, base, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (emend_schema_get_version (schema), ==, 4);
  g_assert_cmpuint (emend_schema_get_n_labels (schema), ==, 1);
  g_assert_cmpstr (emend_schema_get_item_decisions (schema)[0], ==, "blurred");
  g_assert_cmpuint (emend_schema_get_n_fields (schema), ==, 4);
  g_assert_cmpstr (emend_schema_get_field (schema, 0)->name, ==, "tax");
  g_assert_cmpint (emend_schema_get_field (schema, 0)->id, ==, 6);
  g_assert_cmpint (emend_schema_get_field (schema, 2)->id, ==, net);
  g_assert_true (emend_schema_get_field (schema, 2)->retired);
  g_assert_null (emend_schema_find_field (schema, 5));
}

/* As long as nobody has looked, a field may be in use. */
static void
test_used_unknown (void)
{
  g_autoptr (EmendSchema) base = make_schema ();
  g_autoptr (EmendFieldsDraft) draft = emend_fields_draft_new (base);

  emend_fields_draft_remove_field (draft, peek_field (draft, 0));
  g_assert_cmpuint (count_fields (draft), ==, 4);
  g_assert_true (emend_field_draft_get_retired (peek_field (draft, 0)));
  emend_fields_draft_remove_field (draft, peek_field (draft, 0));
  g_assert_false (emend_field_draft_get_retired (peek_field (draft, 0)));
}

/* Rules follow when fields and tables get other names, and say when one is gone. */
static void
test_rules_follow (void)
{
  g_autoptr (EmendSchema) base = make_schema ();
  g_autoptr (EmendFieldsDraft) draft = emend_fields_draft_new (base);
  g_autoptr (GArray) used = g_array_new (FALSE, FALSE, sizeof (int));
  g_autofree char *formula = NULL;
  g_autofree char *problem = NULL;
  g_autoptr (EmendSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  emend_fields_draft_set_used (draft, used);
  emend_field_draft_set_text (peek_field (draft, 2), EMEND_FIELD_PART_NAME, "subtotal");
  emend_field_draft_set_text (peek_field (draft, 3), EMEND_FIELD_PART_NAME, "rows");
  emend_field_draft_set_text (peek_column (peek_field (draft, 3), 1), EMEND_FIELD_PART_NAME, "cost");
  formula = emend_rule_draft_get_formula (peek_rule (draft, 0));
  g_assert_cmpstr (formula, ==, "subtotal = rows.cost");
  schema = emend_fields_draft_to_schema (draft, base, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (emend_schema_get_rule (schema, 0)->target, ==, "subtotal");
  g_assert_cmpstr (emend_schema_get_rule (schema, 0)->operands[0], ==, "rows.cost");
  g_assert_cmpfloat (emend_schema_get_rule (schema, 0)->tolerance, ==, 0.01);
  emend_field_draft_remove_column (peek_field (draft, 3), peek_column (peek_field (draft, 3), 1));
  problem = emend_rule_draft_find_problem (peek_rule (draft, 0), EMEND_RULE_PART_OPERANDS);
  g_assert_nonnull (problem);
  g_assert_true (emend_fields_draft_find_wrong (draft) == peek_rule (draft, 0));
  g_assert_null (emend_fields_draft_to_schema (draft, base, &error));
  g_assert_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA);
}

typedef struct {
  EmendFieldType type;
  EmendFieldPart part;
  const char *good;
  const char *bad;
} Check;

/* Each part says what is wrong with it, and only of types that it says something of. */
static void
test_problems (void)
{
  static const Check checks[] = {
    { EMEND_FIELD_TEXT, EMEND_FIELD_PART_NAME, "total", "  " },
    { EMEND_FIELD_TEXT, EMEND_FIELD_PART_NAME, "total", "taken" },
    { EMEND_FIELD_TEXT, EMEND_FIELD_PART_TITLE, "", "one\ntwo" },
    { EMEND_FIELD_AMOUNT, EMEND_FIELD_PART_CURRENCY, "eur", "euro" },
    { EMEND_FIELD_CODE, EMEND_FIELD_PART_PATTERN, "[A-Z]{3}", "[A-Z" },
    { EMEND_FIELD_NUMBER, EMEND_FIELD_PART_MINIMUM, "-0,5", "1.000,5" },
    { EMEND_FIELD_NUMBER, EMEND_FIELD_PART_MAXIMUM, "1e3", "inf" },
    { EMEND_FIELD_TEXT, EMEND_FIELD_PART_MIN_LENGTH, "3", "-3" },
    { EMEND_FIELD_TEXT, EMEND_FIELD_PART_MAX_LENGTH, "30", "3.5" },
    { EMEND_FIELD_CHOICE, EMEND_FIELD_PART_CHOICES, "a\n\n b ", "a\nb\n a" },
    { EMEND_FIELD_CHOICE, EMEND_FIELD_PART_CHOICES, "a", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++) {
    g_autoptr (EmendFieldsDraft) draft = emend_fields_draft_new (NULL);
    EmendFieldDraft *field = emend_fields_draft_add_field (draft);
    g_autofree char *problem = NULL;
    g_autofree char *none = NULL;

    emend_field_draft_set_text (emend_fields_draft_add_field (draft), EMEND_FIELD_PART_NAME, "taken");
    emend_field_draft_set_field_type (field, checks[i].type);
    emend_field_draft_set_text (field, checks[i].part, checks[i].bad);
    problem = emend_field_draft_find_problem (field, checks[i].part);
    g_test_message ("%s", problem);
    g_assert_nonnull (problem);
    g_assert_true (g_str_has_suffix (problem, "."));
    emend_field_draft_set_text (field, checks[i].part, checks[i].good);
    none = emend_field_draft_find_any_problem (field);
    g_assert_cmpstr (none, ==, NULL);
  }
}

static void
test_ranges (void)
{
  g_autoptr (EmendFieldsDraft) draft = emend_fields_draft_new (NULL);
  EmendFieldDraft *field = emend_fields_draft_add_field (draft);
  g_autofree char *range = NULL;
  g_autofree char *length = NULL;
  g_autoptr (EmendField) built = NULL;

  emend_field_draft_set_text (field, EMEND_FIELD_PART_MIN_LENGTH, "8");
  emend_field_draft_set_text (field, EMEND_FIELD_PART_MAX_LENGTH, "7");
  length = emend_field_draft_find_problem (field, EMEND_FIELD_PART_MAX_LENGTH);
  g_assert_nonnull (length);
  emend_field_draft_set_field_type (field, EMEND_FIELD_INTEGER);
  emend_field_draft_set_text (field, EMEND_FIELD_PART_MINIMUM, "8");
  emend_field_draft_set_text (field, EMEND_FIELD_PART_MAXIMUM, "7.5");
  range = emend_field_draft_find_problem (field, EMEND_FIELD_PART_MAXIMUM);
  g_assert_nonnull (range);
  emend_field_draft_set_text (field, EMEND_FIELD_PART_MAXIMUM, "8,5");
  built = emend_field_draft_to_field (field);
  g_assert_cmpfloat (built->minimum, ==, 8);
  g_assert_cmpfloat (built->maximum, ==, 8.5);
  /* What says nothing of a number is left out, and is there again for a text. */
  g_assert_cmpint (built->min_length, ==, 0);
  g_clear_pointer (&built, emend_field_free);
  emend_field_draft_set_field_type (field, EMEND_FIELD_TEXT);
  built = emend_field_draft_to_field (field);
  g_assert_cmpint (built->min_length, ==, 8);
  g_assert_true (isnan (built->minimum));
}

static void
test_tables (void)
{
  g_autoptr (EmendSchema) base = make_schema ();
  g_autoptr (EmendFieldsDraft) draft = emend_fields_draft_new (base);
  EmendFieldDraft *table = peek_field (draft, 3);
  EmendFieldDraft *added;
  g_autofree char *renamed = NULL;
  g_autofree char *type = NULL;
  g_autofree char *point = NULL;
  g_autofree char *fresh = NULL;
  g_autofree char *empty = NULL;
  guint n = 0;

  g_signal_connect (draft, "changed", G_CALLBACK (count_cb), &n);
  /* Values of documents know columns by their names. */
  emend_field_draft_set_text (peek_column (table, 0), EMEND_FIELD_PART_NAME, "other");
  renamed = emend_field_draft_find_problem (peek_column (table, 0), EMEND_FIELD_PART_NAME);
  g_assert_nonnull (renamed);
  g_assert_cmpuint (n, ==, 1);
  emend_field_draft_set_text (peek_column (table, 0), EMEND_FIELD_PART_NAME, "what");
  emend_field_draft_remove_column (table, peek_column (table, 0));
  g_assert_true (emend_field_draft_get_retired (peek_column (table, 0)));
  /* A new one may be called what is free, and go again. */
  added = emend_field_draft_add_column (table);
  emend_field_draft_set_text (added, EMEND_FIELD_PART_NAME, " price  ");
  fresh = emend_field_draft_find_problem (added, EMEND_FIELD_PART_NAME);
  g_assert_nonnull (fresh);
  emend_field_draft_remove_column (table, added);
  g_assert_cmpuint (g_list_model_get_n_items (emend_field_draft_get_columns (table)), ==, 2);
  emend_field_draft_set_field_type (table, EMEND_FIELD_TEXT);
  type = emend_field_draft_find_problem (table, EMEND_FIELD_PART_TYPE);
  g_assert_nonnull (type);
  emend_field_draft_set_field_type (table, EMEND_FIELD_TABLE);
  emend_field_draft_set_text (table, EMEND_FIELD_PART_NAME, "a.b");
  point = emend_field_draft_find_problem (table, EMEND_FIELD_PART_NAME);
  g_assert_nonnull (point);
  added = emend_fields_draft_add_field (draft);
  emend_field_draft_set_field_type (added, EMEND_FIELD_TABLE);
  empty = emend_field_draft_find_any_problem (added);
  g_assert_nonnull (empty);
}

static void
assert_reads (EmendFieldDraft *field,
              const EmendList *list,
              const char *sample,
              const char *expected)
{
  g_autofree char *sentence = NULL;
  gboolean good = emend_field_draft_read_sample (field, list, sample, &sentence);

  if (expected == NULL)
    g_assert_false (good);
  else
    g_assert_cmpstr (sentence, ==, expected);
  g_assert_nonnull (sentence);
}

static void
test_samples (void)
{
  g_autoptr (EmendSchema) base = make_schema ();
  g_autoptr (EmendFieldsDraft) draft = emend_fields_draft_new (base);
  EmendFieldDraft *code = emend_fields_draft_add_field (draft);

  assert_reads (peek_field (draft, 0), NULL, "3/4/2024", "Read as 2024-03-04. It could also mean 2024-04-03.");
  emend_field_draft_set_date_order (peek_field (draft, 0), EMEND_DATE_DMY);
  assert_reads (peek_field (draft, 0), NULL, "3/4/2024", "Read as 2024-04-03. It could also mean 2024-03-04.");
  assert_reads (peek_field (draft, 0), NULL, "yesterday", NULL);
  assert_reads (peek_field (draft, 1), emend_fields_draft_find_list (draft, "shops"), "aldi süd", NULL);
  assert_reads (peek_field (draft, 1), emend_fields_draft_find_list (draft, "shops"), "Aldi-Sued", "Read as Aldi.");
  assert_reads (peek_field (draft, 2), NULL, "12,50", "Read as 12.50 EUR.");
  assert_reads (peek_field (draft, 2), NULL, "100", NULL);
  emend_field_draft_set_field_type (code, EMEND_FIELD_CODE);
  emend_field_draft_set_text (code, EMEND_FIELD_PART_PATTERN, "[A-Z]{2}");
  assert_reads (code, NULL, "AB", "Read as AB.");
  assert_reads (code, NULL, "ABC", NULL);
  emend_field_draft_set_text (code, EMEND_FIELD_PART_PATTERN, "[A-Z");
  assert_reads (code, NULL, "AB", NULL);
}

static void
test_rule_problems (void)
{
  g_autoptr (EmendSchema) base = make_schema ();
  g_autoptr (EmendFieldsDraft) draft = emend_fields_draft_new (base);
  EmendRuleDraft *rule = emend_fields_draft_add_rule (draft);
  g_autoptr (GPtrArray) operands = g_ptr_array_new ();
  g_autoptr (GPtrArray) terms = emend_rule_terms_list (G_LIST_MODEL (emend_fields_draft_get_fields (draft)));
  g_autofree char *target = emend_rule_draft_find_problem (rule, EMEND_RULE_PART_TARGET);
  g_autofree char *none = emend_rule_draft_find_problem (rule, EMEND_RULE_PART_OPERANDS);
  g_autofree char *text = NULL;
  g_autofree char *tolerance = NULL;
  g_autofree char *name = NULL;
  g_autofree char *well = NULL;

  /* Three fields and the columns of the table. */
  g_assert_cmpuint (terms->len, ==, 5);
  g_assert_nonnull (target);
  g_assert_nonnull (none);
  emend_rule_draft_set_target (rule, peek_field (draft, 2));
  g_ptr_array_add (operands, peek_field (draft, 1));
  emend_rule_draft_set_operands (rule, operands);
  text = emend_rule_draft_find_problem (rule, EMEND_RULE_PART_OPERANDS);
  g_assert_nonnull (text);
  emend_rule_draft_set_kind (rule, EMEND_RULE_EQUAL);
  emend_rule_draft_set_text (rule, EMEND_RULE_PART_TOLERANCE, "-1");
  tolerance = emend_rule_draft_find_problem (rule, EMEND_RULE_PART_TOLERANCE);
  g_assert_nonnull (tolerance);
  emend_rule_draft_set_text (rule, EMEND_RULE_PART_TOLERANCE, "0,01");
  emend_rule_draft_set_text (rule, EMEND_RULE_PART_NAME, "sum");
  name = emend_rule_draft_find_problem (rule, EMEND_RULE_PART_NAME);
  g_assert_nonnull (name);
  emend_rule_draft_set_text (rule, EMEND_RULE_PART_NAME, "same");
  well = emend_rule_draft_find_any_problem (rule);
  g_assert_cmpstr (well, ==, NULL);
}

/* What another schema has is added once, under numbers of this one. */
static void
test_merge (void)
{
  g_autoptr (EmendSchema) other = make_schema ();
  g_autoptr (EmendSchema) base = emend_schema_new ();
  g_autoptr (EmendFieldsDraft) draft = NULL;
  g_autoptr (EmendSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  emend_schema_add_label (base, "stamp", 0, 0);
  emend_schema_add_field (base, emend_field_new (0, "date", EMEND_FIELD_TEXT));
  draft = emend_fields_draft_new (base);
  g_assert_cmpuint (emend_fields_draft_merge (draft, other), ==, 4);
  g_assert_cmpuint (emend_fields_draft_merge (draft, other), ==, 0);
  schema = emend_fields_draft_to_schema (draft, base, &error);
  g_assert_no_error (error);
  g_assert_cmpint (emend_schema_find_field_by_name (schema, "date")->type, ==, EMEND_FIELD_TEXT);
  g_assert_cmpint (emend_schema_find_field_by_name (schema, "shop")->id, ==, 3);
  g_assert_cmpuint (emend_schema_get_n_rules (schema), ==, 1);
  g_assert_cmpuint (emend_schema_find_list (schema, "shops")->entries->len, ==, 1);
}

/* A list that makes the schema larger than a project takes is refused before it is saved. */
static void
test_too_large (void)
{
  g_autoptr (EmendFieldsDraft) draft = emend_fields_draft_new (NULL);
  EmendList *list = emend_list_new ("long");
  g_autofree char *filler = g_strnfill (400, 'x');
  g_autoptr (GError) error = NULL;

  emend_fields_draft_add_field (draft);
  for (int i = 0; i < 12000; i++) {
    g_autofree char *value = g_strdup_printf ("%d%s", i, filler);
    emend_list_add (list, value, NULL);
  }
  emend_fields_draft_set_list (draft, list);
  g_assert_null (emend_fields_draft_to_schema (draft, NULL, &error));
  g_assert_nonnull (error);
}

int
main (int argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/fields-draft/to-schema/same", test_same);
  g_test_add_func ("/ui/fields-draft/to-schema/numbers", test_numbers);
  g_test_add_func ("/ui/fields-draft/to-schema/too-large", test_too_large);
  g_test_add_func ("/ui/fields-draft/remove/used-unknown", test_used_unknown);
  g_test_add_func ("/ui/fields-draft/merge/once", test_merge);
  g_test_add_func ("/ui/field-draft/find-problem/parts", test_problems);
  g_test_add_func ("/ui/field-draft/find-problem/ranges", test_ranges);
  g_test_add_func ("/ui/field-draft/find-problem/tables", test_tables);
  g_test_add_func ("/ui/field-draft/read-sample/types", test_samples);
  g_test_add_func ("/ui/rule-draft/names/follow", test_rules_follow);
  g_test_add_func ("/ui/rule-draft/find-problem/parts", test_rule_problems);
  return g_test_run ();
}
