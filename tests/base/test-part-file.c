#include "config.h"

#include <glib/gstdio.h>

#include "emend-error.h"
#include "emend-part-file.h"
#include "emend-test.h"

static void
test_commit (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "out.json", NULL);
  g_autofree char *hidden = g_build_filename (folder, ".out.json.part", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendPartFile) part = emend_part_file_new (path, &error);

  g_assert_no_error (error);
  g_assert_true (emend_part_file_write (part, "whole", 5, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (hidden, G_FILE_TEST_EXISTS));
  g_assert_true (emend_part_file_commit (part, FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (hidden, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "whole");
  emend_test_remove_folder (folder);
}

static void
test_never_replaces (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = emend_test_write (folder, "out.json", "old");
  g_autofree char *hidden = g_build_filename (folder, ".out.json.part", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  EmendPartFile *part = emend_part_file_new (path, &error);

  g_assert_no_error (error);
  g_assert_true (emend_part_file_write (part, "new", 3, &error));
  g_assert_false (emend_part_file_commit (part, FALSE, &error));
  g_assert_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_EXISTS);
  emend_part_file_free (part);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
  g_assert_false (g_file_test (hidden, G_FILE_TEST_EXISTS));
  emend_test_remove_folder (folder);
}

static void
test_replaces_when_told (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = emend_test_write (folder, "out.json", "old");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendPartFile) part = emend_part_file_new (path, &error);

  g_assert_true (emend_part_file_write (part, "new", 3, &error));
  g_assert_true (emend_part_file_commit (part, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "new");
  emend_test_remove_folder (folder);
}

/* Two that write the same file: the later one has the name, and neither gives it to half of a file. */
static void
test_two_writers (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "out.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  EmendPartFile *first = emend_part_file_new (path, &error);
  g_autoptr (EmendPartFile) second = NULL;

  g_assert_true (emend_part_file_write (first, "first", 5, &error));
  second = emend_part_file_new (path, &error);
  g_assert_no_error (error);
  g_assert_true (emend_part_file_write (second, "half", 4, &error));
  g_assert_false (emend_part_file_commit (first, FALSE, &error));
  g_assert_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_IO);
  g_clear_error (&error);
  emend_part_file_free (first);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (emend_part_file_write (second, " and half", 9, &error));
  g_assert_true (emend_part_file_commit (second, FALSE, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "half and half");
  emend_test_remove_folder (folder);
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (emend_part_file_new ("/nowhere/at/all", &error));
  g_assert_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_IO);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/part-file/commit/new", test_commit);
  g_test_add_func ("/base/part-file/commit/never-replaces", test_never_replaces);
  g_test_add_func ("/base/part-file/commit/replaces-when-told", test_replaces_when_told);
  g_test_add_func ("/base/part-file/commit/two-writers", test_two_writers);
  g_test_add_func ("/base/part-file/new/no-folder", test_no_folder);
  return g_test_run ();
}
