#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-pack-fixture.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "emend-import.h"
#include "emend-test.h"

#define N_BOXES 3

/* Names that are fine in a pack, and names that are not. */
static const char *const paths[] = {
  "scans/one.jpg",
  "scans/two 100%.jpg",
  "scans/Übung 東京.png",
  "scans/ONE.jpg",
  "notes/page.txt",
  "../elsewhere/three.jpg",
  "CON.jpg",
  "ledger.jsonl",
  "export/table.csv",
  "e\xcc\x81t\xc3\xa9.jpg",
  "a:b?.jpg",
  "zeros.bin",
};

/* Bytes that do not compress and differ for each item, or many zeros. */
static GBytes *
make_media (guint number)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (number + 1);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i < 5000 + 700 * number; i++) {
    guint32 word = number == G_N_ELEMENTS (paths) - 1 ? 0 : g_rand_int (rand);

    g_byte_array_append (bytes, (const guint8 *) &word, sizeof word);
    if (word == 0)
      g_byte_array_set_size (bytes, bytes->len + 400);
  }
  if (number == G_N_ELEMENTS (paths) - 1)
    memset (bytes->data, 0, bytes->len);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

gint64
emend_pack_fixture_add_item (EmendProject *project,
                             const char *folder,
                             const char *path,
                             GBytes *bytes)
{
  g_autofree char *file = g_build_filename (folder, path, NULL);
  g_autofree char *parent = g_path_get_dirname (file);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (EmendItem) item = emend_item_new ();
  g_autoptr (EmendItem) added = NULL;
  g_autoptr (GError) error = NULL;
  EmendNewItem new_item = { item, NULL };
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (file, data, (gssize) size, &error);
  g_assert_no_error (error);
  item->path = g_strdup (path);
  item->size = size;
  item->n_pages = 1;
  item->width = 640;
  item->height = 480;
  item->orientation = 1;
  emend_digest_of (data, size, &item->sha256);
  g_ptr_array_add (items, &new_item);
  g_assert_cmpint (emend_project_add_items (project, items, NULL, NULL, NULL, &error), ==, 1);
  g_assert_no_error (error);
  added = emend_project_find_item (project, path, &error);
  g_assert_no_error (error);
  return added->id;
}

static void
add_run (EmendProject *project,
         gint64 n_items)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;
  g_autoptr (GError) error = NULL;

  run->name = g_strdup ("detector");
  run->created_ms = 1700000000000;
  import = emend_import_begin (project, run, &error);
  g_assert_no_error (error);
  for (gint64 i = 0; i < n_items * N_BOXES; i++) {
    g_autoptr (EmendProposal) proposal = emend_proposal_new ();

    proposal->item = i / N_BOXES + 1;
    proposal->label = (int) (i % 2) + 1;
    proposal->score = 0.25 + 0.2 * (double) (i % N_BOXES);
    emend_shape_init_box (&proposal->shape, &(EmendRect){ 10.5 + (double) i, 20.25, 30, 40 });
    g_assert_true (emend_import_add (import, proposal, &error));
  }
  g_assert_true (emend_import_finish (import, &error));
  g_assert_no_error (error);
}

static void
decide (EmendProject *project,
        EmendDecision *taken)
{
  g_autoptr (EmendDecision) decision = taken;
  const EmendDecision *decisions[] = { decision };
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendOutcome) outcome = NULL;

  decision->ms = 1200;
  outcome = emend_project_decide (project, decisions, 1, &error);
  g_assert_no_error (error);
  g_assert_nonnull (outcome);
}

static void
decide_item (EmendProject *project,
             gint64 item)
{
  EmendProposalId first = EMEND_PROPOSAL_ID (1, (item - 1) * N_BOXES);
  EmendDecision *decision = emend_decision_new (EMEND_DECISION_ACCEPT, item);

  decision->proposal = first;
  decide (project, decision);
  decision = emend_decision_new (EMEND_DECISION_CORRECT, item);
  decision->proposal = first + 1;
  decision->sets = EMEND_DECISION_SETS_LABEL | EMEND_DECISION_SETS_SHAPE | EMEND_DECISION_SETS_COMMENT;
  decision->label = 2;
  decision->comment = g_strdup ("too “wide”\n");
  emend_shape_init_box (&decision->shape, &(EmendRect){ 1.5, 2.25, 3, 4 });
  decide (project, decision);
  decision = emend_decision_new (EMEND_DECISION_REJECT, item);
  decision->proposal = first + 2;
  decide (project, decision);
  decision = emend_decision_new (EMEND_DECISION_ADD, item);
  decision->sets = EMEND_DECISION_SETS_LABEL | EMEND_DECISION_SETS_SHAPE;
  decision->label = 1;
  emend_shape_init_box (&decision->shape, &(EmendRect){ 100, 100, 50.125, 20 });
  decide (project, decision);
  decide (project, emend_decision_new (EMEND_DECISION_DONE, item));
}

void
emend_pack_fixture_set_up (EmendPackFixture *fixture,
                           gconstpointer data)
{
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendOutcome) undone = NULL;
  g_autofree char *work = NULL;

  fixture->folder = emend_test_make_folder ();
  work = g_build_filename (fixture->folder, "work", NULL);
  fixture->out = g_build_filename (fixture->folder, "out", NULL);
  fixture->project_path = g_build_filename (work, "lungs.emend", NULL);
  fixture->pack_path = g_build_filename (fixture->out, "first.emend.zip", NULL);
  g_assert_cmpint (g_mkdir_with_parents (work, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (fixture->out, 0700), ==, 0);
  emend_schema_add_label (schema, "nodule", 0xff0000, 'n');
  emend_schema_add_label (schema, "Zyste", 0x00ff00, 'z');
  fixture->project = emend_project_create (fixture->project_path, "Lungs/2026", schema, "Ada", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GBytes) bytes = make_media (i);

    emend_pack_fixture_add_item (fixture->project, work, paths[i], bytes);
  }
  add_run (fixture->project, G_N_ELEMENTS (paths));
  for (gint64 item = 1; item <= 3; item++)
    decide_item (fixture->project, item);
  undone = emend_project_undo (fixture->project, &error);
  g_assert_no_error (error);
}

void
emend_pack_fixture_tear_down (EmendPackFixture *fixture,
                              gconstpointer data)
{
  g_clear_pointer (&fixture->project, emend_project_close);
  emend_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->out);
  g_free (fixture->project_path);
  g_free (fixture->pack_path);
}

EmendPackFacts *
emend_pack_fixture_write (EmendPackFixture *fixture,
                          const EmendPackOptions *options)
{
  const EmendPackOptions all = { .kind = EMEND_PACK_DELIVERY };
  g_autoptr (GError) error = NULL;
  EmendPackFacts *facts = emend_pack_write (fixture->project, fixture->pack_path, options != NULL ? options : &all,
                                            NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (facts);
  g_assert_cmpuint (facts->problems->len, ==, 0);
  return facts;
}

static void
list_below (const char *folder,
            const char *prefix,
            GPtrArray *names)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *below = g_strconcat (prefix, name, "/", NULL);

    g_ptr_array_add (names, g_strconcat (prefix, name, NULL));
    if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      list_below (path, below, names);
  }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

char *
emend_pack_fixture_list (const char *folder)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  list_below (folder, "", names);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("\n", (char **) names->pdata);
}
