#include "config.h"

#include <string.h>

#include "emend-document-fixture.h"
#include "emend-hash.h"
#include "emend-pages.h"
#include "emend-read-job.h"
#include "emend-test.h"

static GPtrArray *
find_missing (EmendProject *project,
              gint64 item,
              gboolean again)
{
  GPtrArray *tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_page_task_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (emend_pages_missing (project, item, again, tasks, &error));
  g_assert_no_error (error);
  return tasks;
}

static void
test_missing (DocumentFixture *self,
              gconstpointer data)
{
  g_autoptr (GPtrArray) unread = NULL;
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) gone = NULL;
  g_autofree char *path = g_build_filename (self->folder, "0.png", NULL);
  g_autoptr (GError) error = NULL;
  const EmendPageTask *task;

  unread = find_missing (self->project, self->items[0], FALSE);
  g_assert_cmpuint (unread->len, ==, 1);
  task = g_ptr_array_index (unread, 0);
  g_assert_cmpint (task->item, ==, self->items[0]);
  g_assert_cmpint (task->page, ==, 0);
  g_assert_cmpstr (task->path, ==, path);
  g_assert_cmpint (task->width, ==, 400);
  g_assert_cmpint (task->height, ==, 600);
  document_fixture_read (self, 0, 1);
  read = find_missing (self->project, self->items[0], FALSE);
  g_assert_cmpuint (read->len, ==, 0);
  again = find_missing (self->project, self->items[0], TRUE);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_true (emend_project_set_media (self->project, self->items[1], "1.png", EMEND_MEDIA_MISSING, "gone", &error));
  gone = find_missing (self->project, self->items[1], FALSE);
  g_assert_cmpuint (gone->len, ==, 0);
}

/* Words are kept in the pixels of the page, whatever resolution they were read at. */
static void
test_store (DocumentFixture *self,
            gconstpointer data)
{
  g_autoptr (GPtrArray) tasks = find_missing (self->project, self->items[0], FALSE);
  g_autoptr (EmendWords) words = emend_words_new (800, 1200, "test", "eng");
  g_autoptr (EmendItemContent) content = document_fixture_content (self, 0);
  g_autoptr (GPtrArray) pages = NULL;
  g_autoptr (GError) error = NULL;
  const EmendWord *word;

  emend_words_add (words, "hello", &(EmendRect){ 200, 400, 100, 40 }, 0.5, 0);
  g_assert_true (emend_pages_store (self->project, g_ptr_array_index (tasks, 0), words, &error));
  g_assert_no_error (error);
  g_assert_true (emend_pages_load (self->project, content, TRUE, &pages, &error));
  g_assert_cmpuint (pages->len, ==, 1);
  word = emend_words_get (g_ptr_array_index (pages, 0), 0);
  g_assert_cmpfloat (word->box.x, ==, 100);
  g_assert_cmpfloat (word->box.y, ==, 200);
  g_assert_cmpfloat (word->box.width, ==, 50);
  g_assert_cmpfloat (word->box.height, ==, 20);
}

/* A document with a page that nobody has read is not complete; else that page has no words. */
static void
test_load (DocumentFixture *self,
           gconstpointer data)
{
  g_autoptr (EmendItemContent) content = document_fixture_content (self, 0);
  const EmendPage second = { 1, 200, 300, 1 };
  g_autoptr (GPtrArray) pages = NULL;
  g_autoptr (GError) error = NULL;

  document_fixture_read (self, 0, 1);
  g_array_append_val (content->pages, second);
  g_assert_true (emend_pages_load (self->project, content, TRUE, &pages, &error));
  g_assert_null (pages);
  g_assert_true (emend_pages_load (self->project, content, FALSE, &pages, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (pages->len, ==, 2);
  g_assert_cmpuint (emend_words_get_n (g_ptr_array_index (pages, 0)), ==, 9);
  g_assert_cmpuint (emend_words_get_n (g_ptr_array_index (pages, 1)), ==, 0);
  g_assert_cmpint (emend_words_get_width (g_ptr_array_index (pages, 1)), ==, 200);
}

static EmendReadReport *
run (DocumentFixture *self,
     const gint64 *items,
     gsize n_items,
     gboolean again,
     GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  const EmendReadOptions options = { items, n_items, "eng", again };
  EmendReadReport *report = emend_read_run (self->project, &options, cancellable, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

/* Each page that cannot be read is told, and no other is held up. */
static void
test_run_problems (DocumentFixture *self,
                   gconstpointer data)
{
  g_autofree char *changed = g_build_filename (self->folder, "1.png", NULL);
  g_autoptr (EmendReadReport) report = NULL;
  g_autoptr (GError) error = NULL;
  const EmendReadProblem *problem;

  g_assert_true (g_file_set_contents (changed, "another file", -1, &error));
  g_assert_true (emend_project_set_media (self->project, self->items[2], "2.png", EMEND_MEDIA_MISSING, "gone", &error));
  document_fixture_read (self, 3, 4);
  report = run (self, self->items, 4, FALSE, NULL);
  g_assert_cmpint (report->n_items, ==, 4);
  g_assert_cmpint (report->n_pages, ==, 0);
  g_assert_cmpint (report->n_left_out, ==, 1);
  g_assert_false (report->interrupted);
  g_assert_cmpuint (report->problems->len, ==, 2);
  problem = g_ptr_array_index (report->problems, 0);
  g_assert_cmpstr (problem->path, ==, "0.png");
  g_assert_cmpint (problem->page, ==, 0);
  problem = g_ptr_array_index (report->problems, 1);
  g_assert_cmpstr (problem->path, ==, "1.png");
  g_assert_nonnull (strstr (problem->reason, "changed since"));
}

/* A file that is what was added and is no picture: the reader itself refuses it. */
static void
test_run_unreadable (DocumentFixture *self,
                     gconstpointer data)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autofree char *path = emend_test_write (self->folder, "broken.png", "no picture");
  EmendNewItem new_item = { emend_item_new (), NULL };
  g_autoptr (EmendItem) item = new_item.item;
  g_autoptr (EmendItem) found = NULL;
  g_autoptr (EmendReadReport) report = NULL;
  g_autoptr (GError) error = NULL;

  item->path = g_strdup ("broken.png");
  g_assert_true (emend_digest_of_file (path, &item->sha256, &item->size, NULL, &error));
  item->n_pages = 1;
  item->width = item->height = 10;
  item->orientation = 1;
  g_ptr_array_add (items, &new_item);
  g_assert_cmpint (emend_project_add_items (self->project, items, NULL, NULL, NULL, &error), ==, 1);
  found = emend_project_find_item (self->project, "broken.png", &error);
  report = run (self, &found->id, 1, FALSE, NULL);
  g_assert_cmpuint (report->problems->len, ==, 1);
  g_assert_cmpint (report->n_pages, ==, 0);
}

static void
test_run_cancelled (DocumentFixture *self,
                    gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EmendReadReport) report = NULL;

  g_cancellable_cancel (cancellable);
  report = run (self, self->items, DOCUMENTS, FALSE, cancellable);
  g_assert_true (report->interrupted);
  g_assert_cmpint (report->n_items, ==, 0);
  g_assert_cmpuint (report->problems->len, ==, 0);
}

#define ADD(path, function) \
  g_test_add ("/engine/" path, DocumentFixture, NULL, document_fixture_set_up, function, document_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("pages/missing", test_missing);
  ADD ("pages/store", test_store);
  ADD ("pages/load", test_load);
  ADD ("read-job/run/problems", test_run_problems);
  ADD ("read-job/run/unreadable", test_run_unreadable);
  ADD ("read-job/run/cancelled", test_run_cancelled);
  return g_test_run ();
}
