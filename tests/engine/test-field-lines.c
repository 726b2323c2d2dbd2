#include "config.h"

#include <string.h>

#include "emend-document-fixture.h"
#include "emend-replay.h"

/* What became of the lines: "1 !2 3" when the second was refused. */
static void
hear (gint64 line,
      const GError *error,
      gpointer told)
{
  g_string_append_printf (told, "%s%s%" G_GINT64_FORMAT, ((GString *) told)->len > 0 ? " " : "",
                          error == NULL ? "" : "!", line);
  if (error != NULL)
    g_string_append_printf (told, "(%s)", error->message);
}

static char *
replay (DocumentFixture *self,
        const char *text)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  GString *told = g_string_new (NULL);
  EmendReplayResult result;
  g_autoptr (GError) error = NULL;

  g_assert_true (emend_replay_run (self->project, stream, &result, hear, told, NULL, &error));
  g_assert_no_error (error);
  return g_string_free (told, FALSE);
}

static void
assert_replay (DocumentFixture *self,
               const char *text,
               const char *expected)
{
  g_autofree char *told = replay (self, text);

  g_assert_cmpstr (told, ==, expected);
}

/* The line is refused, and the reason has these words. */
static void
assert_refused (DocumentFixture *self,
                const char *text,
                const char *words)
{
  g_autofree char *told = replay (self, text);

  g_assert_true (g_str_has_prefix (told, "!1("));
  if (strstr (told, words) == NULL)
    g_error ("“%s” is not in “%s”", words, told);
}

/* All decisions of a document as "field[row.column] verdict value normal; …". */
static void
assert_decided (DocumentFixture *self,
                int number,
                const char *expected)
{
  g_autoptr (EmendItemContent) content = document_fixture_content (self, number);
  EmendSchema *schema = emend_project_get_schema (self->project);
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; i < content->marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (content->marks, i);
    const EmendValue *value = emend_mark_get_value (mark);

    g_string_append_printf (told, "%s%s", told->len > 0 ? "; " : "",
                            emend_schema_find_entry_name (schema, emend_mark_get_label (mark)));
    if (value->row >= 0)
      g_string_append_printf (told, "[%d.%s]", value->row, value->column);
    g_string_append_printf (told, " %s %s %s", emend_verdict_to_name (emend_mark_get_verdict (mark)),
                            value->value != NULL ? value->value : "-", value->normal != NULL ? value->normal : "-");
  }
  g_assert_cmpstr (told->str, ==, expected);
}

static void
test_proposed (DocumentFixture *self,
               gconstpointer data)
{
  document_fixture_import (self, 0, 4, 0);
  assert_replay (self,
                 "{\"item\": \"0.png\", \"field\": \"total\", \"verdict\": \"accept\"}\n"
                 "{\"item\": \"1.png\", \"field\": \"total\", \"verdict\": \"correct\", \"value\": \"€ 2,50\"}\n"
                 "{\"item\": \"2.png\", \"field\": \"total\", \"verdict\": \"absent\", \"ms\": 1200}\n"
                 "{\"item\": \"3.png\", \"field\": \"total\", \"verdict\": \"illegible\"}\n",
                 "1 2 3 4");
  assert_decided (self, 0, "total accepted 1.11 1.11");
  assert_decided (self, 1, "total corrected € 2,50 2.50 EUR");
  assert_decided (self, 2, "total absent - -");
  assert_decided (self, 3, "total illegible - -");
  assert_replay (self,
                 "{\"item\": \"2.png\", \"field\": \"total\", \"verdict\": \"clear\"}\n"
                 "{\"item\": \"3.png\", \"field\": \"total\", \"verdict\": \"correct\", \"value\": \"4\"}\n",
                 "1 2");
  assert_decided (self, 2, "total undecided 1.11 1.11");
  assert_decided (self, 3, "total corrected 4 4");
}

/* Of a field that nobody spoke of, a correction adds. */
static void
test_unproposed (DocumentFixture *self,
                 gconstpointer data)
{
  assert_replay (
    self,
    "{\"item\": \"0.png\", \"field\": \"date\", \"verdict\": \"correct\", \"value\": \"4 May 2026\"}\n"
    "{\"item\": \"0.png\", \"field\": \"date\", \"verdict\": \"correct\", \"value\": \"5/6/2026\", \"text\": "
    "\"5/G/2026\", \"page\": 1, \"box\": [1, 2, 3, 4]}\n"
    "{\"item\": \"1.png\", \"field\": \"date\", \"verdict\": \"absent\"}\n"
    "{\"item\": \"2.png\", \"field\": \"total\", \"verdict\": \"add\", \"value\": \"7.10\", \"override\": "
    "\"printed so\"}\n",
    "1 2 3 4");
  assert_decided (self, 0, "date added 5/6/2026 2026-06-05");
  assert_decided (self, 1, "date absent - -");
  assert_decided (self, 2, "total added 7.10 7.10");
  {
    g_autoptr (EmendItemContent) content = document_fixture_content (self, 0);
    const EmendAnnotation *annotation = ((EmendMark *) g_ptr_array_index (content->marks, 0))->annotation;
    g_autoptr (EmendItemContent) other = document_fixture_content (self, 2);

    g_assert_cmpstr (annotation->value->text, ==, "5/G/2026");
    g_assert_cmpfloat (annotation->shape.box.width, ==, 3);
    annotation = ((EmendMark *) g_ptr_array_index (other->marks, 0))->annotation;
    g_assert_cmpstr (annotation->value->override, ==, "printed so");
  }
}

/* A date can be read in another order than its field says; the order goes with its value, and with a date. */
static void
test_order (DocumentFixture *self,
            gconstpointer data)
{
  assert_replay (self,
                 "{\"item\": \"0.png\", \"field\": \"date\", \"verdict\": \"add\", \"value\": \"5/6/2026\", "
                 "\"order\": \"mdy\"}\n"
                 "{\"item\": \"1.png\", \"field\": \"date\", \"verdict\": \"add\", \"value\": \"5/6/2026\"}\n"
                 "{\"item\": \"1.png\", \"field\": \"date\", \"verdict\": \"correct\", \"value\": \"5/6/2026\", "
                 "\"order\": \"mdy\"}\n",
                 "1 2 3");
  assert_decided (self, 0, "date added 5/6/2026 2026-05-06");
  assert_decided (self, 1, "date added 5/6/2026 2026-05-06");
}

static void
test_cells (DocumentFixture *self,
            gconstpointer data)
{
  assert_replay (self,
                 "{\"item\": \"0.png\", \"field\": \"lines\", \"row\": 1, \"column\": \"price\", \"verdict\": \"add\", "
                 "\"value\": \"1.10\"}\n"
                 "{\"item\": \"0.png\", \"field\": \"lines\", \"row\": 2, \"column\": \"price\", \"verdict\": \"add\", "
                 "\"value\": \"2.20\"}\n"
                 "{\"item\": \"0.png\", \"field\": \"lines\", \"row\": 1, \"column\": \"price\", \"verdict\": "
                 "\"correct\", \"value\": \"1.30\"}\n",
                 "1 2 3");
  assert_decided (self, 0, "lines[0.price] added 1.30 1.30; lines[1.price] added 2.20 2.20");
}

static void
test_refused (DocumentFixture *self,
              gconstpointer data)
{
  const char *const cases[][2] = {
    { "{\"item\": \"0.png\", \"field\": \"nonsense\", \"verdict\": \"absent\"}", "“nonsense”" },
    { "{\"item\": \"0.png\", \"field\": 5, \"verdict\": \"absent\"}", "no field" },
    { "{\"item\": \"0.png\", \"field\": \"total\", \"verdict\": \"accept\"}", "neither a proposal nor a decision" },
    { "{\"item\": \"0.png\", \"field\": \"total\", \"verdict\": \"correct\"}", "“correct” needs one of" },
    { "{\"item\": \"0.png\", \"field\": \"total\", \"verdict\": \"absent\", \"value\": \"1\"}",
      "does not take “value”" },
    { "{\"item\": \"0.png\", \"field\": \"total\", \"verdict\": \"add\", \"value\": 5}", "“value”" },
    { "{\"item\": \"0.png\", \"field\": \"lines\", \"row\": 1, \"verdict\": \"add\", \"value\": \"1\"}", "both “row”" },
    { "{\"item\": \"0.png\", \"field\": \"lines\", \"row\": 0, \"column\": \"price\", \"verdict\": \"add\", \"value\": "
      "\"1\"}",
      "from 1" },
    { "{\"item\": \"0.png\", \"field\": \"lines\", \"row\": 1, \"column\": \"colour\", "
      "\"verdict\": \"add\", \"value\": "
      "\"1\"}",
      "" },
    { "{\"item\": \"0.png\", \"field\": \"lines\", \"verdict\": \"add\", \"value\": \"1\"}", "" },
    { "{\"item\": \"0.png\", \"field\": \"total\", \"row\": 1, \"column\": \"price\", \"verdict\": \"add\", \"value\": "
      "\"1\"}",
      "" },
    { "{\"item\": \"0.png\", \"label\": \"total\", \"verdict\": \"add\", \"box\": [1, 2, 3, 4]}", "no label" },
    { "{\"item\": \"0.png\", \"field\": \"date\", \"verdict\": \"correct\", \"order\": \"mdy\"}", "" },
    { "{\"item\": \"0.png\", \"field\": \"date\", \"verdict\": \"correct\", \"comment\": \"x\", \"order\": \"mdy\"}",
      "needs its “value”" },
    { "{\"item\": \"0.png\", \"field\": \"date\", \"verdict\": \"add\", \"value\": \"1/2/2026\", \"order\": \"dym\"}",
      "must be “dmy”" },
    { "{\"item\": \"0.png\", \"field\": \"total\", \"verdict\": \"add\", \"value\": \"5\", \"order\": \"mdy\"}",
      "Only a date" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (self, cases[i][0], cases[i][1]);
  assert_decided (self, 0, "");
}

#define ADD(path, function) \
  g_test_add ("/engine/" path, DocumentFixture, NULL, document_fixture_set_up, function, document_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("field-lines/proposed", test_proposed);
  ADD ("field-lines/unproposed", test_unproposed);
  ADD ("field-lines/order", test_order);
  ADD ("field-lines/cells", test_cells);
  ADD ("field-lines/refused", test_refused);
  return g_test_run ();
}
