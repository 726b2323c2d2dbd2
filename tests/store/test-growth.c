/* What the review asks of a project costs the same work in a project of any size. Work is counted in steps of SQLite's
 * virtual machine (SQLITE_STMTSTATUS_VM_STEP): every row that is touched takes some, and no clock is involved. */
#include "config.h"

#include "emend-project-private.h"
#include "emend-test-project.h"

#define FEW 50
#define MANY 1000
#define PER_ITEM 10

static int
count_steps (EmendProject *project)
{
  int n = 0;

  for (sqlite3_stmt *query = sqlite3_next_stmt (project->db, NULL); query != NULL;
       query = sqlite3_next_stmt (project->db, query))
    n += sqlite3_stmt_status (query, SQLITE_STMTSTATUS_VM_STEP, TRUE);
  return n;
}

typedef void (*Question) (EmendProject *project,
                          int item);

static void
ask_info (EmendProject *project,
          int item)
{
  emend_project_info_free (emend_project_get_info (project, NULL));
}

static void
ask_next (EmendProject *project,
          int item)
{
  emend_item_free (emend_project_next_waiting (project, item, EMEND_ITEM_ORDER_POSITION, NULL));
}

static void
ask_next_doubt (EmendProject *project,
                int item)
{
  emend_item_free (emend_project_next_waiting (project, item, EMEND_ITEM_ORDER_DOUBT, NULL));
}

static void
ask_content (EmendProject *project,
             int item)
{
  emend_item_content_free (emend_project_load_content (project, item, NULL));
}

static void
decide (EmendProject *project,
        int item)
{
  g_autoptr (EmendItemContent) content = emend_project_load_content (project, item, NULL);
  const EmendMark *mark = g_ptr_array_index (content->marks, 0);
  EmendDecision *decision = emend_test_decision (EMEND_DECISION_ACCEPT, item, mark->proposal->id);

  emend_outcome_free (emend_test_decide (project, decision));
}

static void
undo (EmendProject *project,
      int item)
{
  g_autoptr (GError) error = NULL;

  emend_outcome_free (emend_project_undo (project, &error));
  g_assert_no_error (error);
}

/* The most steps of a question, over the whole queue. */
static int
measure (int n_items,
         Question question)
{
  EmendTestProject test;
  int most = 0;

  emend_test_project_set_up (&test, "Ada");
  emend_test_add_items (test.project, n_items);
  emend_test_add_run (test.project, EMEND_RUN_PROPOSALS, n_items, PER_ITEM);
  if (question == undo)
    decide (test.project, n_items / 2);
  for (int i = 0; i < (question == undo ? 1 : 10); i++) {
    int n;

    count_steps (test.project);
    question (test.project, 1 + i * n_items / 10);
    n = count_steps (test.project);
    most = MAX (most, n);
  }
  emend_test_project_tear_down (&test);
  return most;
}

static void
assert_same_work (gconstpointer data)
{
  Question question = *(const Question *) data;
  int few = measure (FEW, question);
  int many = measure (MANY, question);

  g_test_message ("%d steps with %d items, %d with %d", few, FEW, many, MANY);
  g_assert_cmpint (few, >, 0);
  g_assert_cmpint (many, <=, few + few / 10);
}

int
main (int argc,
      char *argv[])
{
  static const struct {
    const char *name;
    Question question;
  } questions[] = {
    { "/store/growth/counters", ask_info },
    { "/store/growth/next-by-place", ask_next },
    { "/store/growth/next-by-doubt", ask_next_doubt },
    { "/store/growth/content", ask_content },
    { "/store/growth/decide", decide },
    { "/store/growth/undo", undo },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    g_test_add_data_func (questions[i].name, &questions[i].question, assert_same_work);
  return g_test_run ();
}
