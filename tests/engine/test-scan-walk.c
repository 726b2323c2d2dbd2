#include "config.h"

#include <errno.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "emend-engine-error.h"
#include "emend-scan-walk.h"
#include "emend-test.h"

static void
test_relative (void)
{
  const char *const cases[][3] = {
    { "/a/b", "/a/b/c.png", "c.png" },
    { "/a/b", "/a/b/c/d.png", "c/d.png" },
    { "/a/b", "/a/c.png", "../c.png" },
    { "/a/b", "/a/bc/d.png", "../bc/d.png" },
    { "/a/b", "/x/y.png", "../../x/y.png" },
    { "/", "/x/y.png", "x/y.png" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *relative = emend_scan_make_relative (cases[i][0], cases[i][1]);
    g_assert_cmpstr (relative, ==, cases[i][2]);
  }
}

static void
write_file (const char *folder,
            const char *name)
{
  g_autofree char *path = emend_test_write (folder, name, "x");
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static char *
walk_to_text (const char *folder,
              const char *const *paths,
              GPtrArray *skipped)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = emend_scan_walk (folder, paths, skipped, NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < files->len; i++) {
    const EmendScanFile *file = g_ptr_array_index (files, i);
    g_string_append_printf (text, "%s ", file->relative);
  }
  return g_strdup (text->str);
}

/* Natural order, each file once, hidden names and links left out. */
static void
test_folder (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *link = g_build_filename (folder, "link.png", NULL);
  g_autofree char *loop = g_build_filename (folder, "sub", "loop", NULL);
  g_autofree char *second = g_build_filename (folder, "p2.png", NULL);
  const char *const paths[] = { second, folder, folder, NULL };
  g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *found = NULL;

  write_file (folder, "p10.png");
  write_file (folder, "p2.png");
  write_file (folder, "sub/a.jpg");
  write_file (folder, ".hidden/b.png");
  write_file (folder, ".c.png");
  write_file (folder, "notes.txt");
  g_assert_cmpint (symlink ("p2.png", link), ==, 0);
  g_assert_cmpint (symlink ("..", loop), ==, 0);
  found = walk_to_text (folder, paths, skipped);
  g_assert_cmpstr (found, ==, "p2.png p10.png sub/a.jpg ");
  g_assert_cmpuint (skipped->len, ==, 2);
  g_assert_true (g_str_has_suffix (g_ptr_array_index (skipped, 0), "notes.txt"));
  emend_test_remove_folder (folder);
}

/* A link that the caller names is followed: to the file itself. */
static void
test_named_link (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *link = g_build_filename (folder, "link.png", NULL);
  const char *const paths[] = { link, NULL };
  g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *found = NULL;

  write_file (folder, "p2.png");
  g_assert_cmpint (symlink ("p2.png", link), ==, 0);
  found = walk_to_text (folder, paths, skipped);
  g_assert_cmpstr (found, ==, "p2.png ");
  emend_test_remove_folder (folder);
}

/* Deeper than is entered: the folder is named, and the rest is there. */
static void
test_deep (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  const char *const paths[] = { folder, NULL };
  g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autofree char *found = NULL;

  for (int i = 0; i < 70; i++)
    g_string_append (deep, "d/");
  g_string_append (deep, "x.png");
  write_file (folder, "a.png");
  write_file (folder, deep->str);
  found = walk_to_text (folder, paths, skipped);
  g_assert_cmpstr (found, ==, "a.png ");
  g_assert_cmpuint (skipped->len, ==, 1);
  emend_test_remove_folder (folder);
}

static void
test_missing (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  const char *const paths[] = { folder, missing, NULL };
  g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_null (emend_scan_walk (folder, paths, skipped, NULL, &error));
  g_assert_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "missing"));
  emend_test_remove_folder (folder);
}

/* A name that is no UTF-8 cannot be an item's path: it is told, with replacements. */
static void
test_bad_name (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  const char *const paths[] = { folder, NULL };
  g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *found = NULL;

  write_file (folder, "\xff.png");
  found = walk_to_text (folder, paths, skipped);
  g_assert_cmpstr (found, ==, "");
  g_assert_cmpuint (skipped->len, ==, 1);
  g_assert_true (g_utf8_validate (g_ptr_array_index (skipped, 0), -1, NULL));
  emend_test_remove_folder (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/scan-walk/make-relative/cases", test_relative);
  g_test_add_func ("/engine/scan-walk/walk/folder", test_folder);
  g_test_add_func ("/engine/scan-walk/walk/named-link", test_named_link);
  g_test_add_func ("/engine/scan-walk/walk/deep", test_deep);
  g_test_add_func ("/engine/scan-walk/walk/missing", test_missing);
  g_test_add_func ("/engine/scan-walk/walk/bad-name", test_bad_name);
  return g_test_run ();
}
