#define G_LOG_DOMAIN "emend-bench"

#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emend-bench.h"
#include "emend-fields-model.h"
#include "emend-receipts.h"

/*
 * Learning the fields of the receipts of the shared data: they are decided one after the other in file order, and the
 * share of exactly right proposals is told for those that are not decided yet. Then the time that learning from 1,000
 * documents and proposing for one takes.
 *
 *   bench-learning [--words truth|ocr] [--orders N]
 *
 * With "truth" the words are the transcribed lines, split; with "ocr" what Tesseract reads, kept in a folder of the
 * temporary folder. With N > 1 the mean over N random orders is told instead of the file order.
 */

#define N_FIELDS EMEND_RECEIPT_N_FIELDS
#define N_STEPS 4
#define N_MANY 1000

static const int steps[N_STEPS] = { 5, 20, 50, 90 };

/* Share wrong that the first measurement of this method left after so many documents; below is better. */
static const double targets[N_FIELDS][N_STEPS] = {
  { NAN, NAN, NAN, NAN },
  { NAN, 0.10, 0.04, NAN },
  { NAN, NAN, NAN, NAN },
  { NAN, 0.21, 0.13, NAN },
};

typedef struct {
  EmendFieldSet set;
  GPtrArray *receipts;
  char *folder;
  gboolean is_ocr;
  guint n_orders;
  double right[N_STEPS][N_FIELDS];
  double rule[N_STEPS][N_FIELDS];
} Bench;

static void
count_right (const Bench *bench,
             EmendFieldsModel *model,
             const EmendReceipt *receipt,
             double right[N_FIELDS])
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new ();
  g_autoptr (GPtrArray) proposals = NULL;

  g_ptr_array_add (pages, receipt->words);
  proposals = emend_fields_model_propose (model, &bench->set, pages);
  for (guint i = 0; i < proposals->len; i++) {
    const EmendFieldProposal *proposal = proposals->pdata[i];
    guint field = (guint) proposal->field - 1;
    gboolean is_good = proposal->value != NULL && !proposal->is_absent &&
                       emend_receipt_is_right (receipt, field, &bench->set, proposal->value->value);

    right[field] += is_good ? 1 : 0;
  }
}

static gboolean
replay (Bench *bench,
        const guint *order,
        GError **error)
{
  for (guint step = 0; step < N_STEPS; step++) {
    g_autoptr (GPtrArray) documents = g_ptr_array_new ();
    g_autoptr (EmendFieldsModel) model = NULL;
    double right[N_FIELDS] = { 0 };
    double rule[N_FIELDS] = { 0 };
    guint n = bench->receipts->len;
    guint first = (guint) steps[step];

    for (guint i = 0; i < MIN (n, first); i++)
      g_ptr_array_add (documents, ((EmendReceipt *) bench->receipts->pdata[order[i]])->document);
    model = emend_fields_model_train (&bench->set, documents, NULL, error);
    if (model == NULL)
      return FALSE;
    for (guint i = first; i < n; i++) {
      count_right (bench, model, bench->receipts->pdata[order[i]], right);
      count_right (bench, NULL, bench->receipts->pdata[order[i]], rule);
    }
    for (guint field = 0; field < N_FIELDS; field++) {
      bench->right[step][field] += right[field] / (n - first) / bench->n_orders;
      bench->rule[step][field] += rule[field] / (n - first) / bench->n_orders;
    }
  }
  return TRUE;
}

static gboolean
replay_orders (Bench *bench,
               GError **error)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree guint *order = g_new (guint, bench->receipts->len);

  for (guint i = 0; i < bench->receipts->len; i++)
    order[i] = i;
  for (guint round = 0; round < bench->n_orders; round++) {
    for (guint i = bench->receipts->len; i > 1 && bench->n_orders > 1; i--) {
      guint other = (guint) g_rand_int_range (rand, 0, (gint32) i);
      guint kept = order[i - 1];

      order[i - 1] = order[other];
      order[other] = kept;
    }
    if (!replay (bench, order, error))
      return FALSE;
  }
  return TRUE;
}

/* The table of what was measured, and a row of the bench for each cell that has a target. */
static gboolean
print_table (const Bench *bench,
             GError **error)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  g_autoptr (EmendFieldsModel) model = NULL;

  for (guint i = 0; i < bench->receipts->len; i++)
    g_ptr_array_add (documents, ((EmendReceipt *) bench->receipts->pdata[i])->document);
  model = emend_fields_model_train (&bench->set, documents, NULL, error);
  if (model == NULL)
    return FALSE;
  printf ("| %-8s %6s %6s %6s %6s %6s %8s %9s %9s\n", "right", "rule", "5", "20", "50", "90", "ceiling", "held out",
          "at 98 %");
  for (guint i = 0; i < N_FIELDS; i++) {
    const EmendFieldStatistics *statistics = emend_fields_model_get_statistics (model, (int) i + 1);

    printf ("| %-8s %6.2f", emend_receipt_fields[i], bench->rule[0][i]);
    for (guint step = 0; step < N_STEPS; step++)
      printf (" %6.2f", bench->right[step][i]);
    printf (" %8.2f %9.2f %9.2f\n", statistics->recall, statistics->accuracy, statistics->coverage);
    for (guint step = 1; step <= 2; step++) {
      g_autofree char *name = g_strdup_printf ("learning-%s-%s-wrong-after-%d", bench->is_ocr ? "ocr" : "truth",
                                               emend_receipt_fields[i], steps[step]);

      emend_bench_report (name, 1 - bench->right[step][i], "share", NAN, bench->is_ocr ? NAN : targets[i][step]);
    }
  }
  return TRUE;
}

/* Receipts again and again, each time with other digits, so that no two are the same. */
static EmendWords *
vary (EmendWords *words,
      guint round)
{
  EmendWords *varied = emend_words_new (1000, 2000, "varied", "eng");

  for (gsize i = 0; i < emend_words_get_n (words); i++) {
    const EmendWord *word = emend_words_get (words, i);
    g_autofree char *text = g_strdup (emend_words_get_text (words, word->text));

    if (strlen (text) > 3 && g_ascii_isalpha (text[0]) && (i + round) % 7 == 0)
      text[1] = (char) ('A' + round % 26);
    emend_words_add (varied, text, &word->box, (double) word->confidence, word->line);
  }
  return varied;
}

static gboolean
measure_time (const Bench *bench,
              GError **error)
{
  g_autoptr (GPtrArray) many = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_receipt_free);
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  g_autoptr (EmendFieldsModel) model = NULL;
  g_autoptr (GBytes) bytes = NULL;
  double right[N_FIELDS] = { 0 };
  double since = emend_bench_cpu ();

  for (guint i = 0; i < N_MANY; i++) {
    const EmendReceipt *from = bench->receipts->pdata[i % bench->receipts->len];
    g_autoptr (EmendWords) words = vary (from->words, i / bench->receipts->len);
    EmendReceipt *receipt = emend_receipt_copy (from, words, i + 1, &bench->set);

    g_ptr_array_add (many, receipt);
    g_ptr_array_add (documents, receipt->document);
  }
  emend_bench_report ("learning-prepare-one-document", (emend_bench_cpu () - since) / N_MANY * 1000, "ms", NAN, 20);
  since = emend_bench_cpu ();
  model = emend_fields_model_train (&bench->set, documents, NULL, error);
  if (model == NULL)
    return FALSE;
  emend_bench_report ("learning-train-1000-documents", emend_bench_cpu () - since, "s", NAN, 2);
  bytes = emend_fields_model_to_bytes (model);
  emend_bench_report ("learning-model-of-1000-documents", (double) g_bytes_get_size (bytes) / 1e6, "MB", NAN, NAN);
  since = emend_bench_cpu ();
  for (guint i = 0; i < bench->receipts->len; i++)
    count_right (bench, model, bench->receipts->pdata[i], right);
  since = (emend_bench_cpu () - since) / bench->receipts->len;
  emend_bench_report ("learning-propose-one-document", since * 1000, "ms", NAN, 20);
  return TRUE;
}

static void
set_up (Bench *bench)
{
  const char *shared = g_getenv ("EMEND_SHARED_DATA");

  bench->set.fields = emend_receipt_make_fields ();
  bench->folder = g_build_filename (shared != NULL ? shared : ".", "receipts", "sroie", NULL);
}

static void
tear_down (Bench *bench)
{
  g_clear_pointer (&bench->receipts, g_ptr_array_unref);
  g_ptr_array_unref (bench->set.fields);
  g_free (bench->folder);
}

int
main (int argc,
      char *argv[])
{
  Bench bench = { .n_orders = 1 };
  g_autoptr (GError) error = NULL;
  gboolean is_good;

  for (int i = 1; i + 1 < argc; i += 2) {
    if (strcmp (argv[i], "--words") == 0)
      bench.is_ocr = strcmp (argv[i + 1], "ocr") == 0;
    if (strcmp (argv[i], "--orders") == 0)
      bench.n_orders = (guint) MAX (atoi (argv[i + 1]), 1);
  }
  set_up (&bench);
  if (!g_file_test (bench.folder, G_FILE_TEST_IS_DIR)) {
    emend_bench_skip ("learning", "the shared data is not here");
    tear_down (&bench);
    return 0;
  }
  bench.receipts = emend_receipts_read (bench.folder, bench.is_ocr, &bench.set, &error);
  is_good = bench.receipts != NULL && replay_orders (&bench, &error) && print_table (&bench, &error) &&
            measure_time (&bench, &error);
  tear_down (&bench);
  if (!is_good)
    emend_bench_skip ("learning", error != NULL ? error->message : "it failed");
  return is_good ? 0 : 1;
}
