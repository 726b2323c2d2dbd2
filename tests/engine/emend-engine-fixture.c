#include "config.h"

#include "emend-engine-fixture.h"

#include "emend-test.h"

static void
add_items (EngineFixture *fixture)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  EmendNewItem new_items[G_N_ELEMENTS (fixture->items)] = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 n_added;

  for (gsize i = 0; i < G_N_ELEMENTS (fixture->items); i++) {
    EmendItem *item = new_items[i].item = emend_item_new ();

    item->path = g_strdup_printf ("%c.png", (char) ('a' + i));
    item->size = 10 + i;
    item->sha256.bytes[0] = (guint8) (i + 1);
    item->n_pages = 1;
    item->width = 100;
    item->height = 80;
    item->orientation = 1;
    g_ptr_array_add (items, &new_items[i]);
  }
  n_added = emend_project_add_items (fixture->project, items, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_added, ==, G_N_ELEMENTS (fixture->items));
  for (gsize i = 0; i < G_N_ELEMENTS (fixture->items); i++) {
    g_autoptr (EmendItem) item = emend_project_find_item (fixture->project, new_items[i].item->path, &error);

    g_assert_no_error (error);
    fixture->items[i] = item->id;
    emend_item_free (new_items[i].item);
  }
}

void
engine_fixture_set_up (EngineFixture *fixture,
                       gconstpointer data)
{
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (GError) error = NULL;
  const char *const decisions[] = { "unusable", NULL };
  g_autofree char *path = NULL;

  fixture->folder = emend_test_make_folder ();
  path = g_build_filename (fixture->folder, "test.emend", NULL);
  emend_schema_add_label (schema, "cat", emend_schema_get_color (0), 0);
  emend_schema_add_label (schema, "dog", emend_schema_get_color (1), 0);
  emend_schema_set_item_decisions (schema, decisions);
  fixture->project = emend_project_create (path, "Test", schema, "Ada", &error);
  g_assert_no_error (error);
  add_items (fixture);
}

void
engine_fixture_tear_down (EngineFixture *fixture,
                          gconstpointer data)
{
  emend_project_close (fixture->project);
  emend_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

int
engine_fixture_import (EngineFixture *fixture,
                       EmendRunRole role,
                       const char *name,
                       const EngineRecord *records,
                       gsize n_records)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;

  run->role = role;
  run->name = g_strdup (name);
  import = emend_import_begin (fixture->project, run, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < n_records; i++) {
    g_autoptr (EmendProposal) proposal = emend_proposal_new ();

    proposal->item = fixture->items[records[i].item];
    proposal->label = records[i].label;
    proposal->score = records[i].score;
    emend_shape_init_box (&proposal->shape, &records[i].box);
    g_assert_true (emend_import_add (import, proposal, &error));
    g_assert_no_error (error);
  }
  g_assert_true (emend_import_finish (import, &error));
  g_assert_no_error (error);
  runs = emend_project_list_runs (fixture->project, &error);
  g_assert_no_error (error);
  return ((EmendRun *) g_ptr_array_index (runs, runs->len - 1))->id;
}
