#include "config.h"

#include <math.h>

#include "emend-annotation.h"

static EmendAnnotation *
make_annotation (void)
{
  EmendAnnotation *annotation = emend_annotation_new ();

  emend_uuid_init_v7 (&annotation->uuid);
  annotation->proposal = EMEND_PROPOSAL_ID (3, 17);
  annotation->verdict = EMEND_VERDICT_CORRECTED;
  annotation->page = 2;
  annotation->label = 5;
  emend_shape_init_box (&annotation->shape, &(EmendRect){ 0.1, 0.2, 30.3, 40.4 });
  annotation->attributes = g_strdup ("{\"side\":\"front\"}");
  annotation->comment = g_strdup ("too wide");
  annotation->ms = 1234;
  annotation->decided_ms = 1700000000000;
  return annotation;
}

static void
test_json (void)
{
  g_autoptr (EmendAnnotation) annotation = make_annotation ();
  g_autoptr (EmendAnnotation) back = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (text, FALSE);
  g_autoptr (json_t) json = NULL;
  g_autoptr (GError) error = NULL;
  EmendUuid run;
  EmendUuid read_run;

  emend_uuid_init_v7 (&run);
  emend_annotation_to_json (annotation, &run, writer);
  json = emend_json_parse (text->str, text->len, 10000, &error);
  g_assert_no_error (error);
  back = emend_annotation_from_json (json, &read_run, &error);
  g_assert_no_error (error);
  g_assert_true (emend_uuid_equal (&run, &read_run));
  g_assert_cmpint (back->proposal, ==, 17);
  g_assert_cmpint (back->verdict, ==, EMEND_VERDICT_CORRECTED);
  g_assert_cmpint (back->page, ==, 2);
  g_assert_cmpint (back->label, ==, 5);
  g_assert_true (emend_shape_equal (&back->shape, &annotation->shape));
  g_assert_cmpstr (back->attributes, ==, annotation->attributes);
  g_assert_cmpstr (back->comment, ==, "too wide");
  g_assert_cmpint (back->ms, ==, 1234);
  g_assert_cmpint (back->decided_ms, ==, 1700000000000);
}

static void
test_differs (void)
{
  g_autoptr (EmendAnnotation) annotation = make_annotation ();
  g_autoptr (EmendProposal) proposal = emend_proposal_new ();

  proposal->label = 5;
  proposal->attributes = g_strdup (annotation->attributes);
  emend_shape_copy (&annotation->shape, &proposal->shape);
  g_assert_false (emend_annotation_differs (annotation, proposal));
  proposal->label = 6;
  g_assert_true (emend_annotation_differs (annotation, proposal));
  proposal->label = 5;
  proposal->shape.box.x += 1e-9;
  g_assert_true (emend_annotation_differs (annotation, proposal));
}

static void
test_mark (void)
{
  g_autoptr (EmendProposal) proposal = emend_proposal_new ();
  g_autoptr (EmendMark) waiting = NULL;
  g_autoptr (EmendMark) decided = NULL;

  proposal->label = 1;
  proposal->score = 0.25;
  waiting = emend_mark_new (emend_proposal_copy (proposal), NULL);
  decided = emend_mark_new (emend_proposal_copy (proposal), make_annotation ());
  g_assert_cmpint (emend_mark_get_verdict (waiting), ==, EMEND_VERDICT_NONE);
  g_assert_cmpint (emend_mark_get_label (waiting), ==, 1);
  g_assert_cmpint (emend_mark_get_verdict (decided), ==, EMEND_VERDICT_CORRECTED);
  g_assert_cmpint (emend_mark_get_label (decided), ==, 5);
  g_assert_cmpfloat (emend_mark_get_score (decided), ==, 0.25);
}

static void
test_proposal_id (void)
{
  EmendProposalId id = EMEND_PROPOSAL_ID (G_MAXINT32, G_MAXUINT32);

  g_assert_cmpint (EMEND_PROPOSAL_RUN (id), ==, G_MAXINT32);
  g_assert_cmpint (EMEND_PROPOSAL_ORDINAL (id), ==, G_MAXUINT32);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/annotation/json/round-trip", test_json);
  g_test_add_func ("/model/annotation/differs/each-part", test_differs);
  g_test_add_func ("/model/annotation/mark/values", test_mark);
  g_test_add_func ("/model/annotation/proposal-id/limits", test_proposal_id);
  return g_test_run ();
}
