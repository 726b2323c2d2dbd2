#include "config.h"

#include "emend-truth-private.h"

#define DATE 1

/* A date that a person read in another order than the field says is learned as that day, and no other. */
static void
test_date_order (void)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);
  EmendFieldSet set = { .fields = fields };
  EmendField *field = emend_field_new (DATE, "date", EMEND_FIELD_DATE);
  EmendUuid id = { 0 };
  g_autoptr (EmendLearnDocument) document = emend_learn_document_new (&id);
  g_autoptr (EmendWords) words = emend_words_new (1000, 1000, "test", NULL);
  g_autoptr (EmendPrepared) prepared = NULL;
  g_autoptr (EmendValue) value = emend_value_new ("09/02/2020");
  EmendTruth *truth;

  field->date_order = EMEND_DATE_DMY;
  g_ptr_array_add (fields, field);
  emend_words_add (words, "2020-09-02", &(EmendRect){ 0, 0, 90, 20 }, 1, 0);
  emend_learn_document_add_page (document, words);
  value->date_order = EMEND_DATE_MDY;
  emend_learn_document_add_value (document, DATE, EMEND_LEARN_PRESENT, value, 0, NULL);
  prepared = emend_prepared_new (document->pages, &set);
  truth = emend_truth_new (document, prepared, &set, field);
  g_assert_true (truth->is_reachable);
  g_assert_true (emend_truth_accepts (truth, "2 September 2020", "2020-09-02"));
  g_assert_false (emend_truth_accepts (truth, "9 February 2020", "2020-02-09"));
  emend_truth_free (truth);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/propose/truth/date-order", test_date_order);
  return g_test_run ();
}
