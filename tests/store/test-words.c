#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-test-project.h"
#include "emend-test.h"

static void
set_up (EmendTestProject *self,
        gconstpointer data)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  EmendNewItem new_items[3];

  emend_test_project_set_up (self, "ann");
  for (guint i = 0; i < 3; i++) {
    EmendItem *item = emend_item_new ();

    item->path = g_strdup_printf ("pages/%u.png", i);
    item->n_pages = 1;
    item->width = 640;
    item->height = 480;
    item->orientation = 1;
    item->sha256.bytes[0] = (guint8) (i + 1);
    new_items[i] = (EmendNewItem){ item, NULL };
    g_ptr_array_add (items, &new_items[i]);
  }
  g_assert_cmpint (emend_project_add_items (self->project, items, NULL, NULL, NULL, NULL), ==, 3);
  for (guint i = 0; i < 3; i++)
    emend_item_free (new_items[i].item);
}

static void
tear_down (EmendTestProject *self,
           gconstpointer data)
{
  emend_test_assert_sound (self->project);
  emend_test_project_tear_down (self);
}

static EmendDigest
digest_of (EmendProject *project,
           gint64 id)
{
  g_autoptr (GPtrArray) items = emend_project_load_items (project, &id, 1, NULL);

  return ((EmendItem *) g_ptr_array_index (items, 0))->sha256;
}

static void
store (EmendTestProject *self,
       gint64 item,
       int page,
       const char *engine,
       const char *text)
{
  g_autoptr (EmendWords) words = emend_words_new (640, 480, engine, "eng");
  EmendDigest digest = digest_of (self->project, item);
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    g_assert_true (emend_words_add (words, parts[i], &(EmendRect){ 10 * i, 5, 9, 9 }, 0.9, 0));
  g_assert_true (emend_project_store_words (self->project, &digest, page, words, &error));
  g_assert_no_error (error);
}

static guint
hits (EmendProject *project,
      const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = emend_project_search_words (project, text, 100, &error);

  g_assert_no_error (error);
  return found->len;
}

static void
test_kept (EmendTestProject *self,
           gconstpointer data)
{
  EmendDigest digest = digest_of (self->project, 2);
  g_autoptr (EmendWords) words = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has = TRUE;

  g_assert_true (emend_project_has_words (self->project, &digest, 0, NULL, NULL, &has, &error));
  g_assert_false (has);
  store (self, 2, 0, "one", "Total 12.50");
  g_assert_true (emend_project_has_words (self->project, &digest, 0, "one", "eng", &has, &error));
  g_assert_true (has);
  g_assert_true (emend_project_has_words (self->project, &digest, 0, "two", "eng", &has, &error));
  g_assert_false (has);
  g_assert_true (emend_project_load_words (self->project, &digest, 0, &words, &error));
  g_assert_cmpuint (emend_words_get_n (words), ==, 2);
}

static void
test_search (EmendTestProject *self,
             gconstpointer data)
{
  g_autoptr (GArray) found = NULL;

  store (self, 1, 0, "one", "Invoice Köln 2020-09-02");
  store (self, 2, 0, "one", "Receipt total 12.50");
  store (self, 2, 0, "two", "Receipt total 12.50");
  g_assert_cmpuint (hits (self->project, "koln"), ==, 1);
  g_assert_cmpuint (hits (self->project, "KÖL"), ==, 1);
  g_assert_cmpuint (hits (self->project, "total receipt"), ==, 1); /* once, though two engines read it */
  g_assert_cmpuint (hits (self->project, "total invoice"), ==, 0);
  g_assert_cmpuint (hits (self->project, "\"' OR * NEAR( -"), ==, 0);
  g_assert_cmpuint (hits (self->project, ""), ==, 0);
  g_assert_cmpuint (hits (self->project, "2020-09"), ==, 1);
  g_assert_cmpuint (hits (self->project, "Ko\u0308ln"), ==, 1); /* the accent apart from its letter */
  found = emend_project_search_words (self->project, "12.5", 10, NULL);
  g_assert_cmpint (g_array_index (found, EmendWordsHit, 0).item, ==, 2);
}

/* What was read anew takes the place of the old, in the index too. */
static void
test_replaced (EmendTestProject *self,
               gconstpointer data)
{
  store (self, 1, 0, "one", "wrong words");
  store (self, 1, 0, "one", "right ones");
  g_assert_cmpuint (hits (self->project, "wrong"), ==, 0);
  g_assert_cmpuint (hits (self->project, "right"), ==, 1);
}

static void
test_snapshot (EmendTestProject *self,
               gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "snapshot.emend", NULL);
  g_autoptr (GBytes) learned = g_bytes_new_static ("model", 5);
  g_autoptr (GBytes) got = NULL;
  EmendSnapshotOptions options = { .items = (gint64[]){ 2 }, .n_items = 1 };
  g_autoptr (EmendProject) copy = NULL;
  g_autoptr (GError) error = NULL;

  store (self, 1, 0, "one", "Invoice");
  store (self, 2, 0, "one", "Receipt");
  g_assert_true (emend_project_set_learned (self->project, learned, &error));
  g_assert_true (emend_project_snapshot (self->project, path, &options, &error));
  g_assert_no_error (error);
  copy = emend_project_open (path, 0, "ben", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits (copy, "receipt"), ==, 1);
  g_assert_cmpuint (hits (copy, "invoice"), ==, 0);
  g_assert_true (emend_project_get_learned (copy, &got, &error));
  g_assert_true (g_bytes_equal (learned, got));
}

/* Damaged words are as good as none: they are read again. */
static void
test_damaged (EmendTestProject *self,
              gconstpointer data)
{
  EmendDigest digest = digest_of (self->project, 1);
  g_autoptr (EmendWords) words = NULL;
  g_autoptr (GError) error = NULL;

  store (self, 1, 0, "one", "words");
  emend_test_sql (self->path, "UPDATE words SET data = x'00'");
  g_assert_true (emend_project_load_words (self->project, &digest, 0, &words, &error));
  g_assert_null (words);
  store (self, 1, 0, "one", "again");
  g_assert_cmpuint (hits (self->project, "again"), ==, 1);
}

static void
test_learned (EmendTestProject *self,
              gconstpointer data)
{
  g_autoptr (GBytes) learned = g_bytes_new_static ("model", 5);
  g_autoptr (GBytes) got = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (emend_project_get_learned (self->project, &got, &error));
  g_assert_null (got);
  g_assert_true (emend_project_set_learned (self->project, learned, &error));
  g_assert_true (emend_project_set_learned (self->project, NULL, &error));
  g_assert_true (emend_project_get_learned (self->project, &got, &error));
  g_assert_null (got);
}

#define ADD(name, func) g_test_add ("/store/project/words/" name, EmendTestProject, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("kept", test_kept);
  ADD ("search", test_search);
  ADD ("replaced", test_replaced);
  ADD ("snapshot", test_snapshot);
  ADD ("damaged", test_damaged);
  g_test_add ("/store/project/learned/kept", EmendTestProject, NULL, set_up, test_learned, tear_down);
  return g_test_run ();
}
