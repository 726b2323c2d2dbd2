#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-project-private.h"
#include "emend-test-project.h"
#include "emend-test.h"

static void
set_up (EmendTestProject *self,
        gconstpointer data)
{
  emend_test_project_set_up (self, "ann");
  emend_test_add_items (self->project, 5);
}

static void
tear_down (EmendTestProject *self,
           gconstpointer data)
{
  emend_test_assert_sound (self->project);
  emend_test_project_tear_down (self);
}

static EmendImport *
begin (EmendTestProject *self,
       EmendRunRole role)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (GError) error = NULL;
  EmendImport *import;

  run->role = role;
  run->name = g_strdup ("a “name”");
  run->model = g_strdup ("net");
  run->params = g_strdup ("{\"threshold\":0.5}");
  import = emend_import_begin (self->project, run, &error);
  g_assert_no_error (error);
  return import;
}

static void
add (EmendImport *import,
     gint64 item,
     double score)
{
  g_autoptr (EmendProposal) proposal = emend_test_proposal (item, 1, 10, score);
  g_autoptr (GError) error = NULL;

  emend_import_add (import, proposal, &error);
  g_assert_no_error (error);
}

static void
finish (EmendImport *import)
{
  g_autoptr (GError) error = NULL;

  emend_import_finish (import, &error);
  g_assert_no_error (error);
  emend_import_free (import);
}

/* In any order of items; all values come back as they were. */
static void
test_round_trip (EmendTestProject *self,
                 gconstpointer data)
{
  EmendImport *import = begin (self, EMEND_RUN_PROPOSALS);
  g_autoptr (EmendProposal) mask = emend_test_proposal (3, 2, 0, NAN);
  g_autoptr (EmendItemContent) content = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;
  const guint32 counts[] = { 5, 3, 2 };
  const EmendMark *mark;
  const EmendRun *run;

  add (import, 4, 0.25);
  add (import, 2, 0.5);
  g_assert_true (emend_shape_init_mask (&mask->shape, 5, 2, counts, 3, TRUE));
  mask->score_text = g_strdup ("n/a");
  mask->attributes = g_strdup ("{\"occluded\":true}");
  g_assert_true (emend_import_add (import, mask, &error));
  add (import, 4, 0.75);
  finish (import);
  emend_test_project_reopen (self, 0, "ann");
  runs = emend_project_list_runs (self->project, &error);
  g_assert_cmpuint (runs->len, ==, 1);
  run = g_ptr_array_index (runs, 0);
  g_assert_cmpint (run->count, ==, 4);
  g_assert_cmpstr (run->params, ==, "{\"threshold\":0.5}");
  g_assert_false (emend_uuid_is_nil (&run->uuid));
  content = emend_project_load_content (self->project, 3, &error);
  g_assert_cmpuint (content->marks->len, ==, 1);
  g_assert_cmpfloat (content->item->doubt, ==, 1);
  mark = g_ptr_array_index (content->marks, 0);
  g_assert_cmpint (mark->proposal->id, ==, EMEND_PROPOSAL_ID (1, 2));
  g_assert_true (emend_shape_equal (&mark->proposal->shape, &mask->shape));
  g_assert_true (isnan (mark->proposal->score));
  g_assert_cmpstr (mark->proposal->score_text, ==, "n/a");
  g_assert_cmpstr (mark->proposal->attributes, ==, "{\"occluded\":true}");
  g_clear_pointer (&content, emend_item_content_free);
  content = emend_project_load_content (self->project, 4, &error);
  g_assert_cmpint (content->item->n_undecided, ==, 2);
  g_assert_cmpfloat (content->item->doubt, ==, 0.5);
}

static void
test_abort (EmendTestProject *self,
            gconstpointer data)
{
  g_autofree char *before = emend_test_dump (self->project);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendSchema) schema = emend_schema_copy (emend_project_get_schema (self->project));
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (EmendDecision) decision = emend_test_decision (EMEND_DECISION_DONE, 1, 0);
  const EmendDecision *const decisions[] = { decision };
  EmendImport *import = begin (self, EMEND_RUN_PROPOSALS);

  emend_schema_add_label (schema, "bird", 0xff, 0);
  g_assert_true (emend_import_set_schema (import, schema, &error));
  g_assert_nonnull (emend_schema_find_label (emend_project_get_schema (self->project), 3));
  for (int i = 0; i < 1000; i++)
    add (import, i % 5 + 1, 0.5);
  g_assert_null (emend_project_decide (self->project, decisions, 1, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_BUSY);
  g_clear_error (&error);
  emend_import_free (import);
  after = emend_test_dump (self->project);
  g_assert_cmpstr (before, ==, after);
  g_assert_null (emend_schema_find_label (emend_project_get_schema (self->project), 3));
  runs = emend_project_list_runs (self->project, &error);
  g_assert_cmpuint (runs->len, ==, 0);
  emend_outcome_free (emend_project_decide (self->project, decisions, 1, &error));
  g_assert_no_error (error);
}

/* A file that may not grow: SQLite takes the transaction back by itself, and nothing is written outside of it. */
static void
test_full (EmendTestProject *self,
           gconstpointer data)
{
  g_autofree char *before = emend_test_dump (self->project);
  g_autofree char *after = NULL;
  g_autoptr (EmendProposal) proposal = emend_test_proposal (1, 1, 10, 0.5);
  g_autoptr (GError) error = NULL;
  EmendImport *import = begin (self, EMEND_RUN_PROPOSALS);

  g_assert_cmpint (sqlite3_exec (self->project->db,
                                 "PRAGMA max_page_count = 60; PRAGMA cache_spill = 1; PRAGMA cache_size = 10", NULL,
                                 NULL, NULL),
                   ==, SQLITE_OK);
  for (int i = 0; i < 100000 && error == NULL; i++)
    emend_import_add (import, proposal, &error);
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DISK);
  for (int i = 0; i < 3; i++) {
    g_clear_error (&error);
    g_assert_false (emend_import_add (import, proposal, &error));
    g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DISK);
  }
  g_clear_error (&error);
  g_assert_false (emend_import_finish (import, &error));
  g_assert_nonnull (error);
  emend_import_free (import);
  after = emend_test_dump (self->project);
  g_assert_cmpstr (before, ==, after);
}

static void
assert_not_taken (EmendImport *import,
                  EmendProposal *taken)
{
  g_autoptr (EmendProposal) proposal = taken;
  g_autoptr (GError) error = NULL;

  g_assert_false (emend_import_add (import, proposal, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "Record 2 "));
}

/* What does not fit is refused, and the import goes on without it. */
static void
test_refused_records (EmendTestProject *self,
                      gconstpointer data)
{
  EmendImport *import = begin (self, EMEND_RUN_PROPOSALS);
  g_autoptr (EmendProjectInfo) info = NULL;
  EmendProposal *proposal;

  add (import, 1, 0.5);
  assert_not_taken (import, emend_test_proposal (99, 1, 0, 0.5));
  assert_not_taken (import, emend_test_proposal (1, 9, 0, 0.5));
  assert_not_taken (import, emend_test_proposal (1, 1, INFINITY, 0.5));
  assert_not_taken (import, emend_test_proposal (1, 1, 0, INFINITY));
  proposal = emend_test_proposal (1, 1, 0, 0.5);
  proposal->page = 1;
  assert_not_taken (import, proposal);
  proposal = emend_test_proposal (1, 1, 0, 0.5);
  proposal->attributes = g_strdup ("not json");
  assert_not_taken (import, proposal);
  g_assert_false (emend_import_touch (import, 99, NULL));
  add (import, 1, 0.5);
  finish (import);
  info = emend_project_get_info (self->project, NULL);
  g_assert_cmpint (info->n_proposals, ==, 2);
}

static void
test_reference (EmendTestProject *self,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = emend_test_dump (self->project);
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) reference = NULL;
  g_autoptr (EmendDecision) decision = emend_test_decision (EMEND_DECISION_ACCEPT, 1, EMEND_PROPOSAL_ID (1, 0));
  const EmendDecision *const decisions[] = { decision };

  emend_test_add_run (self->project, EMEND_RUN_REFERENCE, 5, 2);
  after = emend_test_dump (self->project);
  g_assert_cmpstr (before, ==, after);
  reference = emend_project_load_reference (self->project, 2, &error);
  g_assert_cmpuint (reference->len, ==, 2);
  g_assert_null (emend_project_decide (self->project, decisions, 1, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
}

static void
test_annotations (EmendTestProject *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendItemContent) content = NULL;
  g_autoptr (EmendItemContent) empty = NULL;
  g_autoptr (EmendProjectInfo) info = NULL;
  g_autoptr (GPtrArray) events = NULL;
  const EmendMark *mark;
  EmendImport *import;

  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_DONE, 1, 0)));
  import = begin (self, EMEND_RUN_ANNOTATIONS);
  add (import, 2, NAN);
  add (import, 3, NAN);
  add (import, 2, NAN);
  g_assert_true (emend_import_touch (import, 2, &error));
  g_assert_true (emend_import_touch (import, 5, &error));
  finish (import);
  info = emend_project_get_info (self->project, &error);
  g_assert_cmpint (info->n_proposals, ==, 0);
  g_assert_cmpint (info->n_added, ==, 3);
  g_assert_cmpint (info->n_items_waiting, ==, 1);
  g_assert_null (info->can_undo);
  content = emend_project_load_content (self->project, 2, &error);
  g_assert_cmpuint (content->marks->len, ==, 2);
  mark = g_ptr_array_index (content->marks, 0);
  g_assert_null (mark->proposal);
  g_assert_cmpint (mark->annotation->verdict, ==, EMEND_VERDICT_ADDED);
  empty = emend_project_load_content (self->project, 5, &error);
  g_assert_cmpint (empty->item->reading, ==, EMEND_READING_OPEN);
  events = emend_project_list_events (self->project, 2, 0, &error);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpstr (((EmendEvent *) g_ptr_array_index (events, 0))->action, ==, "annotations-imported");
}

/* Further proposals for what is open or done already, by a reviewer who decided some before. */
static void
test_second_run (EmendTestProject *self,
                 gconstpointer data)
{
  g_autoptr (EmendProjectInfo) info = NULL;

  emend_test_add_run (self->project, EMEND_RUN_PROPOSALS, 3, 2);
  emend_outcome_free (emend_test_decide (self->project,
                                         emend_test_decision (EMEND_DECISION_ACCEPT, 1, EMEND_PROPOSAL_ID (1, 0))));
  emend_outcome_free (emend_test_decide (self->project,
                                         emend_test_decision (EMEND_DECISION_ACCEPT, 1, EMEND_PROPOSAL_ID (1, 1))));
  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_DONE, 2, 0)));
  info = emend_project_get_info (self->project, NULL);
  g_assert_cmpint (info->n_items_waiting, ==, 3);
  g_clear_pointer (&info, emend_project_info_free);
  emend_test_add_run (self->project, EMEND_RUN_PROPOSALS, 4, 1);
  info = emend_project_get_info (self->project, NULL);
  g_assert_cmpint (info->n_items_waiting, ==, 4);
  g_assert_cmpint (info->n_proposals, ==, 10);
}

static void
test_no_reviewer (EmendTestProject *self,
                  gconstpointer data)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (GError) error = NULL;

  emend_test_project_reopen (self, 0, NULL);
  run->role = EMEND_RUN_ANNOTATIONS;
  run->name = g_strdup ("x");
  g_assert_null (emend_import_begin (self->project, run, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_NO_REVIEWER);
  emend_test_add_run (self->project, EMEND_RUN_PROPOSALS, 2, 2);
}

static void
test_bad_params (EmendTestProject *self,
                 gconstpointer data)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (GError) error = NULL;

  run->name = g_strdup ("x");
  run->params = g_strdup ("{\"a\":");
  g_assert_null (emend_import_begin (self->project, run, &error));
  g_assert_nonnull (error);
}

static EmendNewItem *
item_of_path (const char *path)
{
  EmendNewItem *item = g_new0 (EmendNewItem, 1);

  item->item = emend_item_new ();
  item->item->path = g_strdup (path);
  item->item->width = 100;
  item->item->height = 50;
  return item;
}

static void
item_free (EmendNewItem *item)
{
  emend_item_free (item->item);
  g_clear_pointer (&item->pages, g_array_unref);
  g_free (item);
}

static void
test_pages (EmendTestProject *self,
            gconstpointer data)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  g_autoptr (EmendItemContent) content = NULL;
  g_autoptr (GError) error = NULL;
  EmendNewItem *paged = item_of_path ("paper.tiff");

  paged->pages = g_array_new (FALSE, TRUE, sizeof (EmendPage));
  g_array_append_vals (paged->pages, (const EmendPage[]){ { 0, 10, 20, 1 }, { 1, 30, 40, 6 } }, 2);
  g_ptr_array_add (items, paged);
  g_ptr_array_add (items, item_of_path ("images/0001.jpg"));
  g_assert_cmpint (emend_project_add_items (self->project, items, NULL, NULL, NULL, &error), ==, 1);
  content = emend_project_load_content (self->project, 6, &error);
  g_assert_cmpint (content->item->n_pages, ==, 2);
  g_assert_cmpuint (content->pages->len, ==, 2);
  g_assert_cmpint (g_array_index (content->pages, EmendPage, 1).orientation, ==, 6);
  g_assert_cmpint (content->item->position, ==, 5);
}

static void
test_bad_items (EmendTestProject *self,
                gconstpointer data)
{
  const char *const paths[] = { "/etc/passwd", "", "a//b", "./a", "a/./b" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
    g_autoptr (GError) error = NULL;

    g_ptr_array_add (items, item_of_path ("good.jpg"));
    g_ptr_array_add (items, item_of_path (paths[i]));
    g_assert_cmpint (emend_project_add_items (self->project, items, NULL, NULL, NULL, &error), ==, -1);
    g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
  }
  g_assert_null (emend_project_find_item (self->project, "good.jpg", NULL));
}

static void
cancel_cb (guint64 done,
           guint64 total,
           gpointer data)
{
  if (done > 0)
    g_cancellable_cancel (data);
}

static void
test_cancelled_items (EmendTestProject *self,
                      gconstpointer data)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *before = emend_test_dump (self->project);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 2000; i++) {
    g_autofree char *path = g_strdup_printf ("more/%d.jpg", i);
    g_ptr_array_add (items, item_of_path (path));
  }
  g_assert_cmpint (emend_project_add_items (self->project, items, cancellable, cancel_cb, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = emend_test_dump (self->project);
  g_assert_cmpstr (before, ==, after);
}

static void
test_set_media (EmendTestProject *self,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendItem) item = NULL;

  g_assert_true (emend_project_set_media (self->project, 2, NULL, EMEND_MEDIA_MISSING, "It is gone.", &error));
  g_assert_true (emend_project_set_media (self->project, 3, "elsewhere/3.jpg", EMEND_MEDIA_OK, NULL, &error));
  g_assert_no_error (error);
  item = emend_project_find_item (self->project, "elsewhere/3.jpg", &error);
  g_assert_cmpint (item->id, ==, 3);
  g_clear_pointer (&item, emend_item_free);
  item = emend_project_find_item (self->project, "images/0001.jpg", &error);
  g_assert_cmpint (item->media_state, ==, EMEND_MEDIA_MISSING);
  g_assert_cmpstr (item->media_reason, ==, "It is gone.");
  g_assert_false (emend_project_set_media (self->project, 3, "images/0001.jpg", EMEND_MEDIA_OK, NULL, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
}

typedef struct {
  const char *name;
  gboolean ignore_extension;
  EmendLookupResult result;
  gint64 item; /* place in `lookup_paths`, from 6 on */
} Lookup;

static const char *const lookup_paths[] = {
  "a/x.jpg",
  "b/x.jpg",
  "b/c/y.jpg",
  "d/c/y.jpg",
  "z.png",
  "v1.2/photo.one.jpg",
  "b/noext",
  "müll/ü.jpg",
  "t/twin.jpg",
  "t/twin.png",
};

static const Lookup lookups[] = {
  { "a/x.jpg", FALSE, EMEND_LOOKUP_FOUND, 0 },
  { "x.jpg", FALSE, EMEND_LOOKUP_AMBIGUOUS, 0 },
  { "/data/set/b/x.jpg", FALSE, EMEND_LOOKUP_FOUND, 1 },
  { "C:\\data\\b\\x.jpg", FALSE, EMEND_LOOKUP_FOUND, 1 },
  { "./a/x.jpg", FALSE, EMEND_LOOKUP_FOUND, 0 },
  { "other/x.jpg", FALSE, EMEND_LOOKUP_AMBIGUOUS, 0 },
  { "c/y.jpg", FALSE, EMEND_LOOKUP_AMBIGUOUS, 0 },
  { "b/c/y.jpg", FALSE, EMEND_LOOKUP_FOUND, 2 },
  { "train/z.png", FALSE, EMEND_LOOKUP_FOUND, 4 },
  { "zz.png", FALSE, EMEND_LOOKUP_NONE, 0 },
  { ".png", FALSE, EMEND_LOOKUP_NONE, 0 },
  { "", FALSE, EMEND_LOOKUP_NONE, 0 },
  { "/", FALSE, EMEND_LOOKUP_NONE, 0 },
  { "z.txt", FALSE, EMEND_LOOKUP_NONE, 0 },
  { "z.txt", TRUE, EMEND_LOOKUP_FOUND, 4 },
  { "z", TRUE, EMEND_LOOKUP_FOUND, 4 },
  { "labels/photo.one.txt", TRUE, EMEND_LOOKUP_FOUND, 5 },
  { "photo.one", TRUE, EMEND_LOOKUP_FOUND, 5 },
  { "photo", TRUE, EMEND_LOOKUP_NONE, 0 },
  { "noext.xml", TRUE, EMEND_LOOKUP_FOUND, 6 },
  { "müll/ü.xml", TRUE, EMEND_LOOKUP_FOUND, 7 },
  { "t/twin.txt", TRUE, EMEND_LOOKUP_AMBIGUOUS, 0 },
  { "t/twin.png", FALSE, EMEND_LOOKUP_FOUND, 9 },
};

static void
test_lookup (EmendTestProject *self,
             gconstpointer data)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendItemLookup) lookup = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (lookup_paths); i++)
    g_ptr_array_add (items, item_of_path (lookup_paths[i]));
  emend_project_add_items (self->project, items, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  lookup = emend_item_lookup_new (self->project, &error);
  for (gsize i = 0; i < G_N_ELEMENTS (lookups); i++) {
    EmendLookupItem item = { 0 };

    g_test_message ("%s", lookups[i].name);
    g_assert_cmpint (emend_item_lookup_find (lookup, lookups[i].name, lookups[i].ignore_extension, &item), ==,
                     lookups[i].result);
    if (lookups[i].result != EMEND_LOOKUP_FOUND)
      continue;
    g_assert_cmpint (item.id, ==, lookups[i].item + 6);
    g_assert_cmpint (item.width, ==, 100);
    g_assert_cmpint (item.height, ==, 50);
  }
}

#define ADD(name, func) g_test_add ("/store/" name, EmendTestProject, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("import/add/round-trip", test_round_trip);
  ADD ("import/free/abort", test_abort);
  ADD ("import/add/refused", test_refused_records);
  ADD ("import/add/full", test_full);
  ADD ("import/finish/reference", test_reference);
  ADD ("import/finish/annotations", test_annotations);
  ADD ("import/finish/second-run", test_second_run);
  ADD ("import/begin/no-reviewer", test_no_reviewer);
  ADD ("import/begin/bad-params", test_bad_params);
  ADD ("project/add-items/pages", test_pages);
  ADD ("project/add-items/bad-paths", test_bad_items);
  ADD ("project/add-items/cancelled", test_cancelled_items);
  ADD ("project/set-media/path-and-state", test_set_media);
  ADD ("item-lookup/find/names", test_lookup);
  return g_test_run ();
}
