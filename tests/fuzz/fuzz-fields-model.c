#include "config.h"

#include <math.h>

#include "emend-fields-model.h"
#include "emend-fuzz.h"

/* Labels and values as in the made-up invoices of the tests. */
static GPtrArray *
make_pages (void)
{
  static const char *const texts[] = { "Acme", "Tools", "Issued", "03/04/2019", "Goods", "18.00",
                                       "Levy", "2.00", "To", "20.00", "Call", "123-4567" };
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_words_unref);
  EmendWords *words = emend_words_new (1000, 1000, "fuzz", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    emend_words_add (words, texts[i], &(EmendRect){ 300.0 * (i % 2), 40.0 * (i / 2), 100, 20 }, 1, i / 2);
  g_ptr_array_add (pages, words);
  return pages;
}

/* A stored model: one that can be read must propose without harm, and be written as it was read. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  static const EmendFieldType types[] = { EMEND_FIELD_TEXT, EMEND_FIELD_DATE, EMEND_FIELD_AMOUNT,
                                          EMEND_FIELD_AMOUNT, EMEND_FIELD_AMOUNT, EMEND_FIELD_CODE };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (EmendFieldsModel) model = emend_fields_model_from_bytes (bytes, NULL);
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GPtrArray) pages = NULL;
  g_autoptr (GPtrArray) proposals = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (EmendFieldsModel) copy = NULL;
  EmendFieldSet set = { 0 };

  if (model == NULL)
    return 0;
  fields = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_ptr_array_add (fields, emend_field_new ((int) i + 1, "field", types[i]));
  set.fields = fields;
  pages = make_pages ();
  proposals = emend_fields_model_propose (model, &set, pages);
  for (guint i = 0; i < proposals->len; i++) {
    const EmendFieldProposal *proposal = proposals->pdata[i];

    /* What a rule proposes for a field that the model does not know has no probability. */
    if (isnan (proposal->score) && emend_fields_model_get_statistics (model, proposal->field) == NULL)
      continue;
    if (!(proposal->score >= 0 && proposal->score <= 1))
      g_error ("A score is %g", proposal->score);
  }
  again = emend_fields_model_to_bytes (model);
  copy = emend_fields_model_from_bytes (again, NULL);
  if (copy == NULL)
    g_error ("A model that was read cannot be read again");
  return 0;
}
