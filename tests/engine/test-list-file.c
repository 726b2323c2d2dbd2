#include "config.h"

#include <string.h>

#include "emend-engine-error.h"
#include "emend-list-file.h"
#include "emend-templates.h"
#include "emend-test.h"

static EmendList *
load (const char *text,
      GError **error)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = emend_test_write (folder, "list.csv", text);
  EmendList *list = emend_list_file_load (path, "names", error);

  emend_test_remove_folder (folder);
  return list;
}

/* Entries as "value|alias|alias; …". */
static void
assert_entries (const char *text,
                const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendList) list = load (text, &error);
  g_autoptr (GString) told = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (list->name, ==, "names");
  for (guint i = 0; i < list->entries->len; i++) {
    const EmendListEntry *entry = g_ptr_array_index (list->entries, i);
    g_autofree char *aliases = entry->aliases != NULL ? g_strjoinv ("|", entry->aliases) : NULL;

    g_string_append_printf (told, "%s%s%s%s", i > 0 ? "; " : "", entry->value, aliases != NULL ? "|" : "",
                            aliases != NULL ? aliases : "");
  }
  g_assert_cmpstr (told->str, ==, expected);
}

/* The rules of RFC 4180, section 2, and what spreadsheets write. */
static void
test_forms (void)
{
  assert_entries ("a,b,c\r\nd\r\n", "a|b|c; d");
  assert_entries ("a,b,c\nd", "a|b|c; d");
  assert_entries ("a\rb\r", "a; b");
  assert_entries ("\"a,b\",\"c\"\"d\"\r\n", "a,b|c\"d");
  assert_entries ("\"a\r\nb\",c\nd\n", "a\r\nb|c; d");
  assert_entries ("\xef\xbb\xbfVALUE,other\na\n", "a");
  assert_entries ("a\nvalue\n", "a; value");
  assert_entries (" a , b ,,c\n\n,,\n", "a|b|c");
  assert_entries ("Müller,\"\"\n", "Müller");
}

static void
test_refused (void)
{
  const struct {
    const char *text;
    const char *reason;
  } cases[] = {
    { "", "no value" },
    { "value\n", "no value" },
    { "a\n\"b\nc", "Line 2:" },
    { "a\n\"b\nc\"\n\"d\" e\n", "Line 4:" },
    { "a\nb\na,c\n", "Line 3:" },
    { ",alias\n", "Line 1:" },
    { "\xff\n", "UTF-8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (load (cases[i].text, &error));
    g_assert_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_LIST);
    g_assert_nonnull (strstr (error->message, cases[i].reason));
  }
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (emend_list_file_load ("/nowhere/list.csv", "names", &error));
  g_assert_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_IO);
}

static void
test_templates (void)
{
  g_autoptr (GError) error = NULL;
  gsize n_templates;
  const EmendTemplate *templates = emend_templates_list (&n_templates);

  g_assert_cmpuint (n_templates, ==, 5);
  for (gsize i = 0; i < n_templates; i++) {
    g_autoptr (EmendSchema) schema = emend_templates_load (templates[i].name, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (emend_schema_get_n_labels (schema) + emend_schema_get_n_fields (schema), >, 0);
    for (gsize j = 0; j < emend_schema_get_n_fields (schema); j++) {
      const EmendField *field = emend_schema_get_field (schema, j);

      g_assert_nonnull (field->title);
      g_assert_true (field->list == NULL || emend_schema_find_list (schema, field->list) != NULL);
    }
    for (gsize j = 0; j < emend_schema_get_n_rules (schema); j++)
      g_assert_nonnull (emend_schema_get_rule (schema, j)->sentence);
  }
  g_assert_null (emend_templates_load ("../receipt", &error));
  g_assert_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_NOT_FOUND);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine/list-file/load/forms", test_forms);
  g_test_add_func ("/engine/list-file/load/refused", test_refused);
  g_test_add_func ("/engine/list-file/load/missing", test_missing);
  g_test_add_func ("/engine/templates/load", test_templates);
  return g_test_run ();
}
