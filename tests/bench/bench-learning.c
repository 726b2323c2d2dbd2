#define G_LOG_DOMAIN "emend-bench"

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emend-bench.h"
#include "emend-fields-model.h"
#include "emend-json.h"
#include "emend-normal.h"

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

#define N_FIELDS 4
#define N_STEPS 4
#define N_MANY 1000

enum {
  COMPANY,
  DATE,
  ADDRESS,
  TOTAL
};

static const char *const names[N_FIELDS] = { "company", "date", "address", "total" };
static const int steps[N_STEPS] = { 5, 20, 50, 90 };

/* Share wrong that the first measurement of this method left after so many documents; below is better. */
static const double targets[N_FIELDS][N_STEPS] = {
  { NAN, NAN, NAN, NAN },
  { NAN, 0.10, 0.04, NAN },
  { NAN, NAN, NAN, NAN },
  { NAN, 0.21, 0.13, NAN },
};

typedef struct {
  char *name;
  char *values[N_FIELDS];
  GPtrArray *lines; /* Line */
  EmendWords *words;
  EmendLearnDocument *document;
} Receipt;

typedef struct {
  EmendRect box;
  char *text;
} Line;

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
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->text);
  g_free (line);
}

static void
receipt_free (gpointer data)
{
  Receipt *receipt = data;

  for (guint i = 0; i < N_FIELDS; i++)
    g_free (receipt->values[i]);
  g_ptr_array_unref (receipt->lines);
  g_clear_pointer (&receipt->words, emend_words_unref);
  g_clear_pointer (&receipt->document, emend_learn_document_free);
  g_free (receipt->name);
  g_free (receipt);
}

/* What texts are compared by: letters and digits. */
static char *
plain (const char *text)
{
  GString *result = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isalnum (*text))
      g_string_append_c (result, g_ascii_toupper (*text));
  return g_string_free (result, FALSE);
}

/* "x1,y1,x2,y2,x3,y3,x4,y4,text", the text may have commas. */
static Line *
parse_line (const char *text)
{
  Line *line;
  double corners[8];
  const char *at = text;

  for (int i = 0; i < 8; i++) {
    char *end;

    corners[i] = g_ascii_strtod (at, &end);
    if (end == at || *end != ',')
      return NULL;
    at = end + 1;
  }
  line = g_new0 (Line, 1);
  line->box = emend_rect_from_corners ((EmendPoint){ corners[0], corners[1] }, (EmendPoint){ corners[4], corners[5] });
  line->text = g_strstrip (g_utf8_make_valid (at, -1));
  return line;
}

static gboolean
read_lines (Receipt *receipt,
            const char *folder,
            GError **error)
{
  g_autofree char *name = g_strconcat (receipt->name, ".csv", NULL);
  g_autofree char *path = g_build_filename (folder, "truth_boxes", name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    Line *line = parse_line (lines[i]);

    if (line != NULL)
      g_ptr_array_add (receipt->lines, line);
  }
  return TRUE;
}

/* The words of a line share its box by their characters. */
static void
split_line (EmendWords *words,
            const Line *line,
            guint number)
{
  g_auto (GStrv) parts = g_strsplit_set (line->text, " \t\r", -1);
  double n = (double) MAX (g_utf8_strlen (line->text, -1), 1);
  double at = 0;

  for (guint i = 0; parts[i] != NULL; i++) {
    double length = (double) g_utf8_strlen (parts[i], -1);
    EmendRect box = { line->box.x + line->box.width * at / n, line->box.y, line->box.width * length / n,
                      line->box.height };

    if (length > 0)
      emend_words_add (words, parts[i], &box, NAN, number);
    at += length + 1;
  }
}

static EmendWords *
words_of_lines (const Receipt *receipt)
{
  EmendWords *words = emend_words_new (1000, 2000, "transcribed", "eng");

  for (guint i = 0; i < receipt->lines->len; i++)
    split_line (words, receipt->lines->pdata[i], i);
  return words;
}

static char *
run_tesseract (const char *folder,
               const char *name,
               GError **error)
{
  g_autofree char *cache = g_build_filename (g_get_tmp_dir (), "emend-learning-ocr", NULL);
  g_autofree char *file = g_strconcat (name, ".tsv", NULL);
  g_autofree char *path = g_build_filename (cache, file, NULL);
  g_autofree char *picture_name = g_strconcat (name, ".jpg", NULL);
  g_autofree char *picture = g_build_filename (folder, "img", picture_name, NULL);
  const char *argv[] = { "tesseract", picture, "stdout", "--psm", "4", "tsv", NULL };
  char *text = NULL;
  int status = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    return text;
  g_mkdir_with_parents (cache, 0700);
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &text,
                     NULL, &status, error))
    return NULL;
  if (!g_spawn_check_wait_status (status, error) || !g_file_set_contents (path, text, -1, error))
    g_clear_pointer (&text, g_free);
  return text;
}

/* level page block paragraph line word left top width height confidence text */
static EmendWords *
words_of_tesseract (const char *folder,
                    const char *name,
                    GError **error)
{
  g_autofree char *text = run_tesseract (folder, name, error);
  g_auto (GStrv) rows = text != NULL ? g_strsplit (text, "\n", -1) : NULL;
  EmendWords *words;
  guint line = 0;

  if (rows == NULL)
    return NULL;
  words = emend_words_new (1000, 2000, "tesseract", "eng");
  for (guint i = 1; rows[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (rows[i], "\t", 12);
    EmendRect box;

    if (g_strv_length (cells) < 12)
      continue;
    line += strcmp (cells[0], "4") == 0 ? 1 : 0;
    g_strstrip (cells[11]);
    if (strcmp (cells[0], "5") != 0 || *cells[11] == '\0')
      continue;
    box = (EmendRect){ atof (cells[6]), atof (cells[7]), atof (cells[8]), atof (cells[9]) };
    emend_words_add (words, cells[11], &box, atof (cells[10]) / 100, line);
  }
  return words;
}

/* Where a reviewer would point: the lines that are a part of the value, or have it as a part. */
static void
point_at (const Receipt *receipt,
          guint field,
          EmendValue *value)
{
  g_autofree char *wanted = plain (receipt->values[field]);

  for (guint i = 0; i < receipt->lines->len; i++) {
    const Line *line = receipt->lines->pdata[i];
    g_autofree char *own = plain (line->text);

    if (strlen (own) >= 4 && (strstr (wanted, own) != NULL || strstr (own, wanted) != NULL))
      emend_value_add_region (value, 0, &line->box);
  }
}

static void
add_values (const Bench *bench,
            Receipt *receipt)
{
  for (guint i = 0; i < N_FIELDS; i++) {
    g_autoptr (EmendValue) value = emend_value_new (receipt->values[i]);

    if (*receipt->values[i] == '\0')
      continue;
    if (bench->is_ocr && (i == COMPANY || i == ADDRESS))
      point_at (receipt, i, value);
    emend_learn_document_add_value (receipt->document, (int) i + 1, EMEND_LEARN_PRESENT, value, 0, NULL);
  }
}

static EmendLearnDocument *
make_document (const Bench *bench,
               Receipt *receipt,
               guint64 number)
{
  EmendUuid id = { { 0 } };

  for (guint i = 0; i < 8; i++)
    id.bytes[i] = (guint8) (number >> (56 - 8 * i));
  receipt->document = emend_learn_document_new (&id);
  emend_learn_document_add_page (receipt->document, receipt->words);
  add_values (bench, receipt);
  emend_learn_document_prepare (receipt->document, &bench->set);
  return receipt->document;
}

static Receipt *
read_receipt (const Bench *bench,
              const char *name,
              GError **error)
{
  Receipt *receipt = g_new0 (Receipt, 1);
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_build_filename (bench->folder, "truth_fields", file, NULL);
  json_t *json = json_load_file (path, 0, NULL);

  receipt->name = g_strdup (name);
  receipt->lines = g_ptr_array_new_with_free_func (line_free);
  for (guint i = 0; i < N_FIELDS; i++) {
    const char *text = json_string_value (json_object_get (json, names[i]));

    receipt->values[i] = g_strdup (text != NULL ? text : "");
  }
  json_decref (json);
  if (!read_lines (receipt, bench->folder, error)) {
    receipt_free (receipt);
    return NULL;
  }
  receipt->words = bench->is_ocr ? words_of_tesseract (bench->folder, name, error) : words_of_lines (receipt);
  if (receipt->words == NULL) {
    receipt_free (receipt);
    return NULL;
  }
  return receipt;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const char *const *left = a;
  const char *const *right = b;

  return strcmp (*left, *right);
}

static gboolean
read_receipts (Bench *bench,
               GError **error)
{
  g_autofree char *path = g_build_filename (bench->folder, "truth_fields", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (files, g_strndup (name, strlen (name) - strlen (".json")));
  g_ptr_array_sort (files, compare_names);
  for (guint i = 0; i < files->len; i++) {
    Receipt *receipt = read_receipt (bench, files->pdata[i], error);

    if (receipt == NULL)
      return FALSE;
    make_document (bench, receipt, i + 1);
    g_ptr_array_add (bench->receipts, receipt);
  }
  return dir != NULL;
}

static gboolean
is_right (const Bench *bench,
          const Receipt *receipt,
          guint field,
          const char *value)
{
  g_auto (EmendNormal) wanted = { 0 };
  g_auto (EmendNormal) got = { 0 };
  g_autofree char *wanted_plain = plain (receipt->values[field]);
  g_autofree char *got_plain = plain (value);
  double a = 0;
  double b = 0;

  if (field == COMPANY || field == ADDRESS)
    return strcmp (wanted_plain, got_plain) == 0;
  emend_field_parse (bench->set.fields->pdata[field], NULL, receipt->values[field], &wanted);
  emend_field_parse (bench->set.fields->pdata[field], NULL, value, &got);
  if (field == DATE || wanted.normal == NULL || got.normal == NULL)
    return wanted.normal != NULL && g_strcmp0 (wanted.normal, got.normal) == 0;
  return emend_normal_to_number (wanted.normal, &a, NULL) && emend_normal_to_number (got.normal, &b, NULL) &&
         fabs (a - b) < 0.005;
}

static void
count_right (const Bench *bench,
             EmendFieldsModel *model,
             const Receipt *receipt,
             double right[N_FIELDS],
             gboolean is_shown)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new ();
  g_autoptr (GPtrArray) proposals = NULL;

  g_ptr_array_add (pages, receipt->words);
  proposals = emend_fields_model_propose (model, &bench->set, pages);
  for (guint i = 0; i < proposals->len; i++) {
    const EmendFieldProposal *proposal = proposals->pdata[i];
    guint field = (guint) proposal->field - 1;
    gboolean is_good = proposal->value != NULL && !proposal->is_absent &&
                       is_right (bench, receipt, field, proposal->value->value);

    right[field] += is_good ? 1 : 0;
    if (is_shown && !is_good)
      fprintf (stderr, "%s %s %.2f [%s] not [%s]\n", receipt->name, names[field], proposal->score,
               proposal->value != NULL ? proposal->value->value : "", receipt->values[field]);
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
      g_ptr_array_add (documents, ((Receipt *) bench->receipts->pdata[order[i]])->document);
    model = emend_fields_model_train (&bench->set, documents, NULL, error);
    if (model == NULL)
      return FALSE;
    for (guint i = first; i < n; i++) {
      count_right (bench, model, bench->receipts->pdata[order[i]], right,
                   bench->n_orders == 1 && g_getenv ("BENCH_SHOW") != NULL && step == 2);
      count_right (bench, NULL, bench->receipts->pdata[order[i]], rule, FALSE);
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
    g_ptr_array_add (documents, ((Receipt *) bench->receipts->pdata[i])->document);
  model = emend_fields_model_train (&bench->set, documents, NULL, error);
  if (model == NULL)
    return FALSE;
  printf ("| %-8s %6s %6s %6s %6s %6s %8s %9s %9s\n", "right", "rule", "5", "20", "50", "90", "ceiling", "held out",
          "at 98 %");
  for (guint i = 0; i < N_FIELDS; i++) {
    const EmendFieldStatistics *statistics = emend_fields_model_get_statistics (model, (int) i + 1);

    printf ("| %-8s %6.2f %6.2f %6.2f %6.2f %6.2f %8.2f %9.2f %9.2f\n", names[i], bench->rule[0][i], bench->right[0][i],
            bench->right[1][i], bench->right[2][i], bench->right[3][i], statistics->recall, statistics->accuracy,
            statistics->coverage);
    for (guint step = 0; step < N_STEPS; step++) {
      g_autofree char *name = g_strdup_printf ("learning-%s-%s-wrong-after-%d", bench->is_ocr ? "ocr" : "truth", names[i],
                                               steps[step]);

      if (step == 1 || step == 2)
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
  g_autoptr (GPtrArray) many = g_ptr_array_new_with_free_func (receipt_free);
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  g_autoptr (EmendFieldsModel) model = NULL;
  g_autoptr (GBytes) bytes = NULL;
  double right[N_FIELDS] = { 0 };
  double since = emend_bench_cpu ();

  for (guint i = 0; i < N_MANY; i++) {
    const Receipt *from = bench->receipts->pdata[i % bench->receipts->len];
    Receipt *receipt = g_new0 (Receipt, 1);

    receipt->name = g_strdup (from->name);
    receipt->lines = g_ptr_array_new_with_free_func (line_free);
    for (guint field = 0; field < N_FIELDS; field++)
      receipt->values[field] = g_strdup (from->values[field]);
    receipt->words = vary (from->words, i / bench->receipts->len);
    g_ptr_array_add (many, receipt);
    g_ptr_array_add (documents, make_document (bench, receipt, i + 1));
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
    count_right (bench, model, bench->receipts->pdata[i], right, FALSE);
  emend_bench_report ("learning-propose-one-document", (emend_bench_cpu () - since) / bench->receipts->len * 1000, "ms", NAN, 20);
  return TRUE;
}

static void
set_up (Bench *bench)
{
  static const EmendFieldType types[N_FIELDS] = { EMEND_FIELD_TEXT, EMEND_FIELD_DATE, EMEND_FIELD_TEXT,
                                                  EMEND_FIELD_AMOUNT };

  bench->set.fields = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);
  for (guint i = 0; i < N_FIELDS; i++) {
    EmendField *field = emend_field_new ((int) i + 1, names[i], types[i]);

    field->date_order = EMEND_DATE_DMY;
    g_ptr_array_add (bench->set.fields, field);
  }
  bench->receipts = g_ptr_array_new_with_free_func (receipt_free);
  bench->folder = g_build_filename (g_getenv ("EMEND_SHARED_DATA") != NULL ? g_getenv ("EMEND_SHARED_DATA") : ".",
                                    "receipts", "sroie", NULL);
}

static void
tear_down (Bench *bench)
{
  g_ptr_array_unref (bench->receipts);
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
  is_good = read_receipts (&bench, &error) && replay_orders (&bench, &error) && print_table (&bench, &error) &&
            measure_time (&bench, &error);
  tear_down (&bench);
  if (!is_good)
    emend_bench_skip ("learning", error != NULL ? error->message : "it failed");
  return is_good ? 0 : 1;
}
