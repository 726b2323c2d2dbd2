/* The sample of documents as it was made: what is in it, that its truth is true, and that its pages can be read. */
#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-image.h"
#include "emend-normal.h"
#include "emend-ocr.h"
#include "emend-pdf.h"
#include "emend-project.h"
#include "emend-test.h"

#define N_ITEMS 24
#define N_PDF 8

typedef struct {
  EmendProject *project;
  EmendSchema *schema; /* of the project */
  GPtrArray *items;    /* (element-type EmendItem) */
} Fixture;

static void
set_up (Fixture *self,
        gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("EMEND_SAMPLE_DOCUMENTS"), "documents.emend", NULL);
  g_autoptr (GError) error = NULL;

  self->project = emend_project_open (path, EMEND_PROJECT_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  self->schema = emend_project_get_schema (self->project);
  self->items = emend_project_load_items_at (self->project, 0, 1000, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self,
           gconstpointer data)
{
  g_ptr_array_unref (self->items);
  emend_project_close (self->project);
}

static GPtrArray *
load_truth (Fixture *self,
            guint index)
{
  const EmendItem *item = g_ptr_array_index (self->items, index);
  g_autoptr (GError) error = NULL;
  GPtrArray *truth = emend_project_load_reference (self->project, item->id, &error);

  g_assert_no_error (error);
  return truth;
}

static EmendItemContent *
load_content (Fixture *self,
              guint index)
{
  const EmendItem *item = g_ptr_array_index (self->items, index);
  g_autoptr (GError) error = NULL;
  EmendItemContent *content = emend_project_load_content (self->project, item->id, &error);

  g_assert_no_error (error);
  return content;
}

static void
test_items (Fixture *self,
            gconstpointer data)
{
  int n_pages = 0;
  int n_pdf = 0;
  int n_png = 0;
  int n_long = 0;

  g_assert_cmpuint (self->items->len, ==, N_ITEMS);
  for (guint i = 0; i < self->items->len; i++) {
    const EmendItem *item = g_ptr_array_index (self->items, i);

    g_assert_cmpint (item->media_state, ==, EMEND_MEDIA_OK);
    n_pages += item->n_pages;
    n_pdf += g_str_has_suffix (item->path, ".pdf") ? 1 : 0;
    n_png += g_str_has_suffix (item->path, ".png") ? 1 : 0;
    n_long += item->height > 2 * item->width ? 1 : 0;
  }
  g_assert_cmpint (n_pages, ==, N_ITEMS + 2);
  g_assert_cmpint (n_pdf, ==, N_PDF);
  g_assert_cmpint (n_png, ==, 2);
  g_assert_cmpint (n_long, >=, 1);
}

static void
test_runs (Fixture *self,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = emend_project_list_runs (self->project, &error);
  g_autoptr (EmendProjectInfo) info = emend_project_get_info (self->project, &error);
  const EmendRun *proposals = g_ptr_array_index (runs, 0);
  const EmendRun *truth = g_ptr_array_index (runs, 1);

  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 2);
  g_assert_cmpint (proposals->role, ==, EMEND_RUN_PROPOSALS);
  g_assert_cmpint (truth->role, ==, EMEND_RUN_REFERENCE);
  g_assert_cmpint (info->n_proposals, ==, proposals->count);
  g_assert_cmpint (info->n_items_waiting, ==, N_ITEMS);
  g_assert_cmpint (proposals->count, >, 800);
  g_assert_cmpint (truth->count, >, proposals->count);
}

/* The field, or the column of a table, that a value is of. */
static const EmendField *
find_cell (Fixture *self,
           const EmendProposal *record)
{
  const EmendField *field = emend_schema_find_field (self->schema, record->label);

  g_assert_nonnull (field);
  return record->value->column != NULL ? emend_field_find_column (field, record->value->column) : field;
}

static void
assert_within_page (GArray *pages,
                    const EmendProposal *record)
{
  const EmendPage *page = &g_array_index (pages, EmendPage, record->page);
  const EmendRect *box = &record->shape.box;

  g_assert_cmpfloat (box->width, >, 0);
  g_assert_cmpfloat (box->height, >, 0);
  g_assert_cmpfloat (box->x, >=, 0);
  g_assert_cmpfloat (box->y, >=, 0);
  g_assert_cmpfloat (box->x + box->width, <=, page->width);
  g_assert_cmpfloat (box->y + box->height, <=, page->height);
}

/* Every value can be read as its field, without a complaint, and is on its page; so is every proposal's box. */
static void
test_values (Fixture *self,
             gconstpointer data)
{
  for (guint i = 0; i < self->items->len; i++) {
    g_autoptr (GPtrArray) truth = load_truth (self, i);
    g_autoptr (EmendItemContent) content = load_content (self, i);

    for (guint j = 0; j < truth->len; j++) {
      const EmendProposal *record = g_ptr_array_index (truth, j);
      const EmendField *field = find_cell (self, record);
      g_auto (EmendNormal) normal = { 0 };

      g_assert_true (emend_field_parse (field, emend_schema_find_list (self->schema, field->list),
                                        record->value->value, &normal));
      g_assert_cmpstr (normal.problem, ==, NULL);
      g_assert_cmpstr (normal.normal, ==, record->value->normal);
      assert_within_page (content->pages, record);
    }
    for (guint j = 0; j < content->marks->len; j++) {
      const EmendMark *mark = g_ptr_array_index (content->marks, j);

      g_assert_cmpfloat (mark->proposal->score, >, 0);
      g_assert_cmpfloat (mark->proposal->score, <, 1);
      assert_within_page (content->pages, mark->proposal);
    }
  }
}

static void
add_rule_value (Fixture *self,
                GArray *values,
                const EmendProposal *record)
{
  EmendRuleValue value = { emend_schema_find_field (self->schema, record->label)->name, record->value->column,
                           record->value->row, record->value->normal };

  g_array_append_val (values, value);
}

/* How many rules hold, and how many are broken. */
static void
count_rules (Fixture *self,
             GArray *values,
             guint *n_hold,
             guint *n_broken)
{
  for (gsize i = 0; i < emend_schema_get_n_rules (self->schema); i++) {
    const EmendRule *rule = emend_schema_get_rule (self->schema, i);
    g_auto (EmendRuleResult) result = { 0 };

    emend_rule_check (rule, &g_array_index (values, EmendRuleValue, 0), values->len, &result);
    *n_hold += result.state == EMEND_RULE_HOLDS ? 1 : 0;
    *n_broken += result.state == EMEND_RULE_BROKEN ? 1 : 0;
  }
}

static gboolean
has_field (Fixture *self,
           GPtrArray *records,
           const char *name)
{
  int id = emend_schema_find_field_by_name (self->schema, name)->id;

  for (guint i = 0; i < records->len; i++) {
    if (((const EmendProposal *) g_ptr_array_index (records, i))->label == id)
      return TRUE;
  }
  return FALSE;
}

/* All rules hold for the truth of each document; what the model says breaks some. */
static void
test_rules (Fixture *self,
            gconstpointer data)
{
  guint n_documents = 0;

  for (guint i = 0; i < self->items->len; i++) {
    g_autoptr (GPtrArray) truth = load_truth (self, i);
    g_autoptr (EmendItemContent) content = load_content (self, i);
    g_autoptr (GArray) true_values = g_array_new (FALSE, FALSE, sizeof (EmendRuleValue));
    g_autoptr (GArray) proposed = g_array_new (FALSE, FALSE, sizeof (EmendRuleValue));
    guint n_hold = 0;
    guint n_broken = 0;

    for (guint j = 0; j < truth->len; j++)
      add_rule_value (self, true_values, g_ptr_array_index (truth, j));
    count_rules (self, true_values, &n_hold, &n_broken);
    g_assert_cmpuint (n_broken, ==, 0);
    g_assert_cmpuint (n_hold, ==, has_field (self, truth, "due") ? 4 : 3);
    for (guint j = 0; j < content->marks->len; j++)
      add_rule_value (self, proposed, ((const EmendMark *) g_ptr_array_index (content->marks, j))->proposal);
    count_rules (self, proposed, &n_hold, &n_broken);
    n_documents += n_broken > 0 ? 1 : 0;
  }
  g_test_message ("documents of which a rule is broken by what the model says: %u", n_documents);
  g_assert_cmpuint (n_documents, >=, 8);
  g_assert_cmpuint (n_documents, <=, 18);
}

/* The true value of the same field or cell. */
static const EmendProposal *
find_truth (GPtrArray *truth,
            const EmendProposal *proposal)
{
  for (guint i = 0; i < truth->len; i++) {
    const EmendProposal *record = g_ptr_array_index (truth, i);

    if (record->label == proposal->label && record->value->row == proposal->value->row &&
        g_strcmp0 (record->value->column, proposal->value->column) == 0)
      return record;
  }
  return NULL;
}

/* The model errs in words, in places, by silence and by invention, and is less sure where it errs. */
static void
test_mistakes (Fixture *self,
               gconstpointer data)
{
  int n_words = 0;
  int n_places = 0;
  int n_invented = 0;
  int n_missed = 0;
  double sum_right = 0;
  double sum_wrong = 0;
  int n_right = 0;

  for (guint i = 0; i < self->items->len; i++) {
    g_autoptr (GPtrArray) truth = load_truth (self, i);
    g_autoptr (EmendItemContent) content = load_content (self, i);

    n_missed += (int) truth->len - (int) content->marks->len;
    for (guint j = 0; j < content->marks->len; j++) {
      const EmendProposal *proposal = ((const EmendMark *) g_ptr_array_index (content->marks, j))->proposal;
      const EmendProposal *record = find_truth (truth, proposal);

      if (record == NULL) {
        n_invented++;
        n_missed++;
      } else if (g_strcmp0 (record->value->normal, proposal->value->normal) != 0) {
        n_words++;
        sum_wrong += proposal->score;
      } else if (emend_shape_iou (&record->shape, &proposal->shape) < 0.3) {
        n_places++;
      } else {
        n_right++;
        sum_right += proposal->score;
      }
    }
  }
  g_test_message ("wrong words %d, wrong places %d, invented %d, missed %d, right %d", n_words, n_places, n_invented,
                  n_missed, n_right);
  g_assert_cmpint (n_words, >=, 20);
  g_assert_cmpint (n_places, >=, 4);
  g_assert_cmpint (n_invented, ==, 2);
  g_assert_cmpint (n_missed, >=, 6);
  g_assert_cmpfloat (sum_right / n_right, >, sum_wrong / n_words + 0.2);
}

static char *
without_spaces (const char *text)
{
  g_auto (GStrv) pieces = g_strsplit (text, " ", -1);

  return g_strjoinv ("", pieces);
}

/* Whether the words whose middle is in the box are those of the value. */
static gboolean
words_say (EmendWords *words,
           const EmendRect *box,
           const char *text)
{
  g_autoptr (GString) found = g_string_new (NULL);
  g_autofree char *wanted = without_spaces (text);

  for (gsize i = 0; i < emend_words_get_n (words); i++) {
    const EmendWord *word = emend_words_get (words, i);
    double x = word->box.x + word->box.width / 2;
    double y = word->box.y + word->box.height / 2;

    if (x >= box->x && x <= box->x + box->width && fabs (y - box->y - box->height / 2) < box->height)
      g_string_append (found, emend_words_get_text (words, word->text));
  }
  return strstr (found->str, wanted) != NULL;
}

/* Counts on one page how many values are read where they should be. */
static void
count_read (GPtrArray *truth,
            EmendWords *words,
            int page,
            int *n,
            int *n_read)
{
  for (guint i = 0; i < truth->len; i++) {
    const EmendProposal *record = g_ptr_array_index (truth, i);
    gboolean read;

    if (record->page != page || record->value->text == NULL)
      continue;
    read = words_say (words, &record->shape.box, record->value->text);
    if (!read)
      g_test_message ("not read: %s", record->value->text);
    *n += 1;
    *n_read += read ? 1 : 0;
  }
}

static char *
media_path (const EmendItem *item)
{
  return g_build_filename (g_getenv ("EMEND_SAMPLE_DOCUMENTS"), item->path, NULL);
}

static void
test_pdf_words (Fixture *self,
                gconstpointer data)
{
  int n = 0;
  int n_read = 0;

  for (guint i = 0; i < self->items->len; i++) {
    const EmendItem *item = g_ptr_array_index (self->items, i);
    g_autoptr (GPtrArray) truth = load_truth (self, i);
    g_autofree char *path = media_path (item);

    if (!g_str_has_suffix (item->path, ".pdf"))
      continue;
    for (int page = 0; page < item->n_pages; page++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (EmendWords) words = emend_pdf_read_words (path, page, NULL, &error);

      g_assert_no_error (error);
      count_read (truth, words, page, &n, &n_read);
    }
  }
  g_test_message ("%d of %d values read", n_read, n);
  g_assert_cmpint (n, >, 400);
  g_assert_cmpint (n_read, >=, n * 99 / 100);
}

/* One picture of each kind of paper and medium, or all when there is time. */
static void
test_picture_words (Fixture *self,
                    gconstpointer data)
{
  static const char *const some[] = { "papers/01-invoice.jpg", "papers/03-receipt.jpg", "papers/05-invoice.png",
                                      "papers/12-receipt.jpg", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendOcr) ocr = emend_ocr_new ("eng", &error);
  gboolean all = g_getenv ("EMEND_TEST_SLOW") != NULL;
  int n = 0;
  int n_read = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < self->items->len; i++) {
    const EmendItem *item = g_ptr_array_index (self->items, i);
    g_autoptr (GPtrArray) truth = load_truth (self, i);
    g_autoptr (EmendWords) words = NULL;
    g_autofree char *path = media_path (item);
    int before[] = { n, n_read };

    if (g_str_has_suffix (item->path, ".pdf") || (!all && !g_strv_contains (some, item->path)))
      continue;
    words = emend_ocr_read_page (ocr, path, 0, NULL, NULL, NULL, &error);
    g_assert_no_error (error);
    count_read (truth, words, 0, &n, &n_read);
    g_test_message ("%s: %d of %d values read", item->path, n_read - before[1], n - before[0]);
    g_assert_cmpint (n_read - before[1], >=, (n - before[0]) * 6 / 10);
  }
  g_assert_cmpint (n, >, 100);
  g_assert_cmpint (n_read, >=, n * 85 / 100);
}

static void
test_check (Fixture *self,
            gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("EMEND_SAMPLE_DOCUMENTS"), "documents.emend", NULL);
  const char *const check[] = { g_getenv ("EMENDCTL"), "check", "--rebuild", path, NULL };
  const char *const verify[] = { g_getenv ("EMENDCTL"), "verify", path, NULL };
  g_autofree char *checked = emend_test_run (check, 0);
  g_autofree char *verified = emend_test_run (verify, 0);

  g_assert_nonnull (strstr (checked, "No problems were found."));
  g_assert_cmpstr (verified, !=, "");
}

/* Made again, the papers have the same bytes. */
static void
test_again (Fixture *self,
            gconstpointer data)
{
  g_autofree char *folder = emend_test_make_folder ();
  const char *const make[] = { g_getenv ("MAKE_DOCUMENTS"), g_getenv ("DOCUMENTS_SCHEMA"), folder, NULL };
  g_autofree char *said = NULL;

  if (g_getenv ("EMEND_TEST_SLOW") == NULL) {
    g_test_skip ("takes long; the suite “slow” does it");
    emend_test_remove_folder (folder);
    return;
  }
  said = emend_test_run (make, 0);
  for (guint i = 0; i < self->items->len; i++) {
    const EmendItem *item = g_ptr_array_index (self->items, i);
    g_autofree char *first = media_path (item);
    g_autofree char *second = g_build_filename (folder, item->path, NULL);
    g_autoptr (GMappedFile) a = g_mapped_file_new (first, FALSE, NULL);
    g_autoptr (GMappedFile) b = g_mapped_file_new (second, FALSE, NULL);
    g_autoptr (GBytes) a_bytes = g_mapped_file_get_bytes (a);
    g_autoptr (GBytes) b_bytes = g_mapped_file_get_bytes (b);

    g_assert_true (g_bytes_equal (a_bytes, b_bytes));
  }
  emend_test_remove_folder (folder);
}

static void
add (const char *path,
     void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  emend_media_init (0);
  add ("/data/documents/items", test_items);
  add ("/data/documents/runs", test_runs);
  add ("/data/documents/values", test_values);
  add ("/data/documents/rules", test_rules);
  add ("/data/documents/mistakes", test_mistakes);
  add ("/data/documents/words/pdf", test_pdf_words);
  add ("/data/documents/words/pictures", test_picture_words);
  add ("/data/documents/check", test_check);
  add ("/data/documents/again", test_again);
  return g_test_run ();
}
