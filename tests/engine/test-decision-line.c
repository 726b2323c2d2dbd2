#include "config.h"

#include <string.h>

#include "emend-decision-line.h"
#include "emend-engine-error.h"
#include "emend-engine-fixture.h"

static EmendDecision *
parse (EngineFixture *fixture,
       const char *text,
       GError **error)
{
  g_autoptr (GBytes) line = g_bytes_new_static (text, strlen (text));
  return emend_decision_line_parse (line, fixture->project, emend_project_get_schema (fixture->project), error);
}

static EmendDecision *
parse_well (EngineFixture *fixture,
            const char *text)
{
  g_autoptr (GError) error = NULL;
  EmendDecision *decision = parse (fixture, text, &error);

  g_assert_no_error (error);
  g_assert_cmpint (decision->source, ==, EMEND_DECISION_BY_REPLAY);
  return decision;
}

static void
test_proposal_names (void)
{
  const char *const bad[] = { "", ":", "1", "1:", ":1", "0:1", "-1:1", "1:-1", "1:4294967296", "2147483648:1",
                              "1:1:1", "1:1 ", "a:1" };
  EmendProposalId id = 7;
  g_autofree char *name = emend_decision_line_format_proposal (EMEND_PROPOSAL_ID (3, 4294967295));

  g_assert_cmpstr (name, ==, "3:4294967295");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (emend_decision_line_parse_proposal (bad[i], &id));
  g_assert_cmpint (id, ==, 7);
  g_assert_true (emend_decision_line_parse_proposal (name, &id));
  g_assert_true (id == EMEND_PROPOSAL_ID (3, 4294967295));
}

static void
test_correct (EngineFixture *fixture,
              gconstpointer data)
{
  g_autoptr (EmendDecision) decision = parse_well (
    fixture,
    "{\"verdict\": \"correct\", \"item\": \"b.png\", \"proposal\": \"1:2\", \"label\": \"dog\", \"box\": [1, 2.5, 3, "
    "4], \"attributes\": {\"a\": 1}, \"comment\": \"c\", \"ms\": 12.7}");

  g_assert_cmpint (decision->kind, ==, EMEND_DECISION_CORRECT);
  g_assert_cmpint (decision->item, ==, fixture->items[1]);
  g_assert_true (decision->proposal == EMEND_PROPOSAL_ID (1, 2));
  g_assert_cmpint (decision->sets, ==,
                   EMEND_DECISION_SETS_LABEL | EMEND_DECISION_SETS_SHAPE |
                     EMEND_DECISION_SETS_ATTRIBUTES | EMEND_DECISION_SETS_COMMENT);
  g_assert_cmpint (decision->label, ==, 2);
  g_assert_cmpint (decision->shape.kind, ==, EMEND_SHAPE_BOX);
  g_assert_cmpfloat (decision->shape.box.y, ==, 2.5);
  g_assert_cmpstr (decision->attributes, ==, "{\"a\":1}");
  g_assert_cmpstr (decision->comment, ==, "c");
  g_assert_cmpint (decision->ms, ==, 12);
}

static void
test_add (EngineFixture *fixture,
          gconstpointer data)
{
  g_autoptr (EmendDecision) decision = parse_well (
    fixture, "{\"item\": \"a.png\", \"verdict\": \"add\", \"page\": 3, \"label\": \"cat\","
             " \"shape\": {\"kind\": \"ellipse\", \"box\": [1, 2, 3, 4]}}");

  g_assert_cmpint (decision->kind, ==, EMEND_DECISION_ADD);
  g_assert_cmpint (decision->page, ==, 2);
  g_assert_cmpint (decision->label, ==, 1);
  g_assert_cmpint (decision->shape.kind, ==, EMEND_SHAPE_ELLIPSE);
  g_assert_true (emend_uuid_is_nil (&decision->annotation));
}

static void
test_item (EngineFixture *fixture,
           gconstpointer data)
{
  g_autoptr (EmendDecision) set = parse_well (
    fixture, "{\"item\": \"a.png\", \"verdict\": \"item\", \"decision\": \"unusable\"}");
  g_autoptr (EmendDecision) unset = parse_well (fixture,
                                                "{\"item\": \"a.png\", \"verdict\": \"item\", \"decision\": null}");
  g_autoptr (EmendDecision) done = parse_well (fixture, "{\"item\": \"a.png\", \"verdict\": \"done\"}");

  g_assert_cmpint (set->kind, ==, EMEND_DECISION_ITEM);
  g_assert_cmpstr (set->text, ==, "unusable");
  g_assert_null (unset->text);
  g_assert_cmpint (done->kind, ==, EMEND_DECISION_DONE);
  g_assert_cmpint (done->sets, ==, 0);
}

static void
test_refused (EngineFixture *fixture,
              gconstpointer data)
{
  const char *const lines[] = {
    "{\"item\": \"a.png\"}",
    "{\"item\": \"a.png\", \"verdict\": 3}",
    "{\"item\": \"a.png\", \"verdict\": \"absent\", \"field\": \"total\"}",
    "{\"verdict\": \"done\"}",
    "{\"item\": 1, \"verdict\": \"done\"}",
    "{\"item\": \"a.png\", \"verdict\": \"done\", \"proposal\": \"1:0\"}",
    "{\"item\": \"a.png\", \"verdict\": \"clear\"}",
    ("{\"item\": \"a.png\", \"verdict\": \"clear\", \"proposal\": \"1:0\", "
     "\"annotation\": \"01890000-0000-7000-8000-000000000001\"}"),
    "{\"item\": \"a.png\", \"verdict\": \"clear\", \"annotation\": \"x\"}",
    "{\"item\": \"a.png\", \"verdict\": \"clear\", \"proposal\": 1}",
    "{\"item\": \"a.png\", \"verdict\": \"add\", \"label\": \"cat\"}",
    "{\"item\": \"a.png\", \"verdict\": \"add\", \"label\": \"cat\", \"box\": [1, 2, 0, 4]}",
    "{\"item\": \"a.png\", \"verdict\": \"add\", \"label\": \"cat\", \"box\": [1, 2, 4]}",
    "{\"item\": \"a.png\", \"verdict\": \"add\", \"label\": \"cat\", \"box\": [1e308, 2, 1e308, 4]}",
    "{\"item\": \"a.png\", \"verdict\": \"add\", \"label\": 1, \"box\": [1, 2, 3, 4]}",
    "{\"item\": \"a.png\", \"verdict\": \"add\", \"label\": \"cat\", \"box\": [1, 2, 3, 4], \"page\": 0}",
    "{\"item\": \"a.png\", \"verdict\": \"add\", \"label\": \"cat\", \"box\": [1, 2, 3, 4], \"ms\": -1}",
    "{\"item\": \"a.png\", \"verdict\": \"add\", \"label\": \"cat\", \"box\": [1, 2, 3, 4], \"attributes\": []}",
    "{\"item\": \"a.png\", \"verdict\": \"add\", \"label\": \"cat\", \"box\": [1, 2, 3, 4], \"comment\": 1}",
    "{\"item\": \"a.png\", \"verdict\": \"add\", \"label\": \"cat\", \"box\": [1, 2, 3, 4], \"shape\": {}}",
    "{\"item\": \"a.png\", \"verdict\": \"item\"}",
    "{\"item\": \"a.png\", \"verdict\": \"item\", \"decision\": 1}",
    "[]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (parse (fixture, lines[i], &error));
    g_assert_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_DECISION);
  }
}

#define ADD(name, function) \
  g_test_add (name, EngineFixture, NULL, engine_fixture_set_up, function, engine_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/decision-line/proposal/names", test_proposal_names);
  ADD ("/engine/decision-line/parse/correct", test_correct);
  ADD ("/engine/decision-line/parse/add", test_add);
  ADD ("/engine/decision-line/parse/item", test_item);
  ADD ("/engine/decision-line/parse/refused", test_refused);
  return g_test_run ();
}
