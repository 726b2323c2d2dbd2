#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-test-project.h"

#include <math.h>

#include "emend-test.h"

EmendSchema *
emend_test_schema (void)
{
  const char *const decisions[] = { "blurred", NULL };
  EmendSchema *schema = emend_schema_new ();

  emend_schema_add_label (schema, "cat", 0xff0000, 'c');
  emend_schema_add_label (schema, "dog", 0x00ff00, 'd');
  emend_schema_set_item_decisions (schema, decisions);
  return schema;
}

void
emend_test_project_set_up (EmendTestProject *self,
                           const char *reviewer)
{
  g_autoptr (EmendSchema) schema = emend_test_schema ();
  g_autoptr (GError) error = NULL;

  self->folder = emend_test_make_folder ();
  self->path = g_build_filename (self->folder, "test.emend", NULL);
  self->project = emend_project_create (self->path, "Test", schema, reviewer, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->project);
}

void
emend_test_project_tear_down (EmendTestProject *self)
{
  g_clear_pointer (&self->project, emend_project_close);
  emend_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

void
emend_test_project_reopen (EmendTestProject *self,
                           EmendProjectFlags flags,
                           const char *reviewer)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->project, emend_project_close);
  self->project = emend_project_open (self->path, flags, reviewer, &error);
  g_assert_no_error (error);
}

static EmendNewItem *
new_item (int number)
{
  EmendNewItem *item = g_new0 (EmendNewItem, 1);

  item->item = emend_item_new ();
  item->item->path = g_strdup_printf ("images/%04d.jpg", number);
  item->item->size = 1000;
  item->item->width = 640;
  item->item->height = 480;
  return item;
}

static void
new_item_free (EmendNewItem *item)
{
  emend_item_free (item->item);
  g_free (item);
}

void
emend_test_add_items (EmendProject *project,
                      int n_items)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) new_item_free);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < n_items; i++)
    g_ptr_array_add (items, new_item (i));
  g_assert_cmpint (emend_project_add_items (project, items, NULL, NULL, NULL, &error), ==, n_items);
  g_assert_no_error (error);
}

EmendProposal *
emend_test_proposal (gint64 item,
                     int label,
                     double x,
                     double score)
{
  EmendProposal *proposal = emend_proposal_new ();

  proposal->item = item;
  proposal->label = label;
  proposal->score = score;
  emend_shape_init_box (&proposal->shape, &(EmendRect){ x, 20.5, 30, 40 });
  return proposal;
}

void
emend_test_add_run (EmendProject *project,
                    EmendRunRole role,
                    int n_items,
                    int per_item)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendImport) import = NULL;

  run->role = role;
  run->name = g_strdup ("detector");
  import = emend_import_begin (project, run, &error);
  g_assert_no_error (error);
  for (int i = 0; i < n_items * per_item; i++) {
    g_autoptr (EmendProposal) proposal = emend_test_proposal (i / per_item + 1, i % 2 + 1, 10 * (i % per_item),
                                                              0.5 + 0.1 * (i % 5));

    emend_import_add (import, proposal, &error);
    g_assert_no_error (error);
  }
  emend_import_finish (import, &error);
  g_assert_no_error (error);
}

EmendDecision *
emend_test_decision (EmendDecisionKind kind,
                     gint64 item,
                     EmendProposalId proposal)
{
  EmendDecision *decision = emend_decision_new (kind, item);

  decision->proposal = proposal;
  decision->ms = 100;
  return decision;
}

EmendOutcome *
emend_test_decide (EmendProject *project,
                   EmendDecision *decision)
{
  const EmendDecision *const decisions[] = { decision };
  g_autoptr (GError) error = NULL;
  EmendOutcome *outcome = emend_project_decide (project, decisions, 1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (outcome);
  emend_decision_free (decision);
  return outcome;
}

static void
dump_item (GString *text,
           EmendProject *project,
           gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendItemContent) content = emend_project_load_content (project, id, &error);
  const EmendItem *item;

  g_assert_no_error (error);
  item = content->item;
  g_string_append_printf (text, "%s %d/%d/%d/%d/%d/%d reading %d %s doubt %g\n", item->path, item->n_proposals,
                          item->n_undecided, item->n_accepted,
                          item->n_corrected, item->n_rejected, item->n_added, (int) item->reading,
                          item->decision ? item->decision : "-", item->doubt);
  for (guint i = 0; i < content->marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (content->marks, i);
    const EmendShape *shape = emend_mark_get_shape (mark);

    g_string_append_printf (text, "  %s label %d at %g,%g,%g,%g comment %s\n",
                            emend_verdict_to_name (emend_mark_get_verdict (mark)),
                            emend_mark_get_label (mark), shape->box.x, shape->box.y, shape->box.width,
                            shape->box.height,
                            mark->annotation && mark->annotation->comment ? mark->annotation->comment : "-");
  }
}

char *
emend_test_dump (EmendProject *project)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) items = emend_project_query_items (project, NULL, EMEND_ITEM_ORDER_POSITION, 0, &error);
  g_autoptr (EmendProjectInfo) info = emend_project_get_info (project, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  g_string_append_printf (text, "%d items %d done %d waiting; %d/%d/%d/%d/%d/%d\n", (int) info->n_items,
                          (int) info->n_items_done,
                          (int) info->n_items_waiting, (int) info->n_proposals, (int) info->n_undecided,
                          (int) info->n_accepted, (int) info->n_corrected,
                          (int) info->n_rejected, (int) info->n_added);
  for (guint i = 0; i < items->len; i++)
    dump_item (text, project, g_array_index (items, gint64, i));
  return g_string_free (text, FALSE);
}

void
emend_test_sql (const char *path,
                const char *sql)
{
  const char *const argv[] = { "sqlite3", "-bail", path, sql, NULL };
  g_free (emend_test_run (argv, 0));
}

void
emend_test_assert_sound (EmendProject *project)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendCheck) check = emend_project_check (project, TRUE, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < check->problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (check->problems, i));
  g_assert_cmpuint (check->problems->len, ==, 0);
}
