#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-dialog-test.h"

#include <locale.h>

#include "emend-image.h"
#include "emend-scan.h"
#include "emend-test.h"

#define LIMIT_US (30 * G_USEC_PER_SEC)

static const char coco_text[] =
  "{\"images\": ["
  "{\"id\": 1, \"file_name\": \"a.png\", \"width\": 64, \"height\": 48},"
  "{\"id\": 2, \"file_name\": \"b.png\", \"width\": 64, \"height\": 48},"
  "{\"id\": 3, \"file_name\": \"nowhere.png\", \"width\": 64, \"height\": 48}],"
  "\"categories\": [{\"id\": 1, \"name\": \"cat\"}, {\"id\": 2, \"name\": \"Dog\"}],"
  "\"annotations\": ["
  "{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"bbox\": [1, 2, 10, 12], \"score\": 0.9, \"area\": 120, "
  "\"iscrowd\": 0},{\"id\": 2, \"image_id\": 2, \"category_id\": 2, \"bbox\": [5, 6, 20, 22], \"score\": 0.4, "
  "\"area\": 440, \"iscrowd\": 0},{\"id\": 3, \"image_id\": 2, \"category_id\": 1, \"bbox\": [5, 6, \"wide\", 22], "
  "\"score\": 0.4, \"area\": 1, \"iscrowd\": 0},{\"id\": 4, \"image_id\": 3, \"category_id\": 1, \"bbox\": [1, 2, 10, "
  "12], \"score\": 0.7, \"area\": 120, \"iscrowd\": 0}]}";

static void
write_picture (const char *folder,
               const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree guint8 *pixels = g_malloc0 (64 * 48 * 4);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  /* No two pictures are the same file. */
  for (gsize i = 0; i < 64 * 48 * 4; i++)
    pixels[i] = (guint8) (i * (gsize) (name[0] - 'a' + 3) | (i % 4 == 3 ? 255 : 0));
  bytes = g_bytes_new (pixels, 64 * 48 * 4);
  texture = gdk_memory_texture_new (64, 48, GDK_MEMORY_R8G8B8A8, bytes, 64 * 4);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
make_project (EmendDialogTest *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (EmendProject) project = NULL;
  g_autoptr (EmendScanResult) scan = NULL;
  const char *const paths[] = { test->folder, NULL };

  emend_schema_add_label (schema, "cat", G_MAXUINT32, 0);
  emend_schema_add_label (schema, "dog", G_MAXUINT32, 0);
  project = emend_project_create (test->project_path, "Test", schema, "Ada", &error);
  g_assert_no_error (error);
  scan = emend_scan_add (project, paths, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (scan->n_added, ==, 3);
  test->info = emend_project_get_info (project, &error);
  g_assert_no_error (error);
  test->schema = emend_schema_ref (emend_project_get_schema (project));
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  EmendDialogTest *test = data;
  g_autoptr (GError) error = NULL;

  test->store = emend_store_open_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
has_store (gpointer data)
{
  return ((EmendDialogTest *) data)->store != NULL;
}

void
emend_dialog_test_setup (EmendDialogTest *test,
                         gconstpointer data)
{
  test->folder = emend_test_make_folder ();
  test->project_path = g_build_filename (test->folder, "test.emend", NULL);
  write_picture (test->folder, "a.png");
  write_picture (test->folder, "b.png");
  write_picture (test->folder, "c.png");
  make_project (test);
  test->coco = emend_test_write (test->folder, "model.json", coco_text);
  emend_store_open_async (test->project_path, 0, "Ada", NULL, opened_cb, test);
  emend_dialog_test_wait_for (has_store, test);
}

static void
closed_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_assert_true (emend_store_close_finish (EMEND_STORE (source), result, NULL));
  *(gboolean *) data = TRUE;
}

void
emend_dialog_test_teardown (EmendDialogTest *test,
                            gconstpointer data)
{
  gboolean closed = FALSE;

  emend_store_close_async (test->store, closed_cb, &closed);
  emend_test_wait (&closed);
  g_clear_object (&test->store);
  g_clear_pointer (&test->info, emend_project_info_free);
  g_clear_pointer (&test->schema, emend_schema_unref);
  emend_test_remove_folder (test->folder);
  g_free (test->folder);
  g_free (test->project_path);
  g_free (test->coco);
}

void
emend_dialog_test_init (int *argc,
                        char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  emend_media_init (0);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
emend_dialog_test_wait_for (gboolean (*condition) (gpointer data),
                            gpointer data)
{
  gint64 limit = g_get_monotonic_time () + LIMIT_US;
  guint wake = g_timeout_add (50, wake_cb, NULL);

  while (!condition (data)) {
    if (g_get_monotonic_time () > limit)
      g_error ("A test waited for 30 seconds");
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (wake);
}

GtkWidget *
emend_dialog_test_find (GtkWidget *root,
                        GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = emend_dialog_test_find (child, type);
    if (found != NULL)
      return found;
  }
  return NULL;
}

GtkWidget *
emend_dialog_test_find_label (GtkWidget *root,
                              const char *text)
{
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = emend_dialog_test_find_label (child, text);
    if (found != NULL)
      return found;
  }
  return NULL;
}

typedef struct {
  GtkStack *stack;
  const char *page;
} PageWait;

static gboolean
shows_page (gpointer data)
{
  const PageWait *wait = data;

  return g_strcmp0 (gtk_stack_get_visible_child_name (wait->stack), wait->page) == 0;
}

void
emend_dialog_test_wait_page (GtkWidget *root,
                             const char *page)
{
  PageWait wait = { GTK_STACK (emend_dialog_test_find (root, GTK_TYPE_STACK)), page };

  emend_dialog_test_wait_for (shows_page, &wait);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

void
emend_dialog_test_assert_gone (gpointer *weak)
{
  emend_dialog_test_wait_for (is_gone, weak);
}

void
emend_dialog_test_show_and_destroy (GtkWindow *window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_present (window);
  for (int i = 0; i < 30; i++) {
    while (g_main_context_iteration (NULL, FALSE))
      continue;
    g_usleep (5000);
  }
  gtk_window_destroy (window);
  emend_dialog_test_assert_gone (&weak);
}

static gpointer
info_worker (EmendProject *project,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  return emend_project_get_info (project, error);
}

typedef struct {
  EmendProjectInfo *info;
} InfoWait;

static void
info_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  ((InfoWait *) data)->info = emend_store_run_finish (EMEND_STORE (source), result, NULL);
}

static gboolean
has_info (gpointer data)
{
  return ((InfoWait *) data)->info != NULL;
}

EmendProjectInfo *
emend_dialog_test_get_info (EmendDialogTest *test)
{
  InfoWait wait = { NULL };

  emend_store_run_async (test->store, info_worker, NULL, NULL, NULL, NULL, info_cb, &wait);
  emend_dialog_test_wait_for (has_info, &wait);
  return wait.info;
}

guint
emend_dialog_test_count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}
