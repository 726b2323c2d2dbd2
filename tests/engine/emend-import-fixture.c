#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-import-fixture.h"

#include "emend-hash.h"

void
import_fixture_set_up (ImportFixture *self,
                       gconstpointer data)
{
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (GError) error = NULL;

  emend_schema_add_label (schema, "cat", 0xff0000, 'c');
  self->folder = emend_test_make_folder ();
  self->path = g_build_filename (self->folder, "test.emend", NULL);
  self->project = emend_project_create (self->path, "Test", schema, "Ann", &error);
  g_assert_no_error (error);
}

void
import_fixture_tear_down (ImportFixture *self,
                          gconstpointer data)
{
  g_clear_pointer (&self->project, emend_project_close);
  emend_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static EmendNewItem *
make_item (const char *path,
           int width,
           int height,
           int orientation)
{
  EmendNewItem *made = g_new0 (EmendNewItem, 1);

  made->item = emend_item_new ();
  made->item->path = g_strdup (path);
  made->item->size = 1000;
  made->item->n_pages = 1;
  made->item->width = width;
  made->item->height = height;
  made->item->orientation = orientation;
  return made;
}

static void
free_item (EmendNewItem *made)
{
  emend_item_free (made->item);
  g_free (made);
}

static void
add_items (ImportFixture *self,
           GPtrArray *items)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (emend_project_add_items (self->project, items, NULL, NULL, NULL, &error), ==, items->len);
  g_assert_no_error (error);
}

void
import_fixture_add_item (ImportFixture *self,
                         const char *path,
                         int width,
                         int height,
                         int orientation)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) free_item);

  g_ptr_array_add (items, make_item (path, width, height, orientation));
  add_items (self, items);
}

json_t *
import_fixture_load_json (const char *path)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;
  json_t *tree;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  tree = emend_json_parse (text, length, G_MAXSIZE, &error);
  g_assert_no_error (error);
  return tree;
}

void
import_fixture_add_coco_images (ImportFixture *self,
                                const char *file)
{
  g_autoptr (json_t) tree = import_fixture_load_json (file);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) free_item);
  json_t *image;
  gsize i;

  json_array_foreach (json_object_get (tree, "images"), i, image)
  {
    g_ptr_array_add (items, make_item (json_string_value (json_object_get (image, "file_name")),
                                       (int) json_integer_value (json_object_get (image, "width")),
                                       (int) json_integer_value (json_object_get (image, "height")), 1));
  }
  add_items (self, items);
}

EmendImportReport *
import_fixture_try (ImportFixture *self,
                    const char *file,
                    const EmendImportOptions *options,
                    GError **error)
{
  const EmendImportOptions usual = { 0 };
  const char *const paths[] = { file, NULL };

  return emend_import_run (self->project, paths, options != NULL ? options : &usual, NULL, NULL, NULL, error);
}

EmendImportReport *
import_fixture_import (ImportFixture *self,
                       const char *file,
                       const EmendImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  EmendImportReport *report = import_fixture_try (self, file, options, &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);
  return report;
}

EmendExportReport *
import_fixture_export (ImportFixture *self,
                       const char *format,
                       gboolean all,
                       const char *path)
{
  const EmendExportOptions options = { .format = format, .all = all };
  g_autoptr (GError) error = NULL;
  EmendExportReport *report = emend_export_run (self->project, path, &options, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);
  return report;
}

EmendProjectInfo *
import_fixture_info (ImportFixture *self)
{
  g_autoptr (GError) error = NULL;
  EmendProjectInfo *info = emend_project_get_info (self->project, &error);

  g_assert_no_error (error);
  return info;
}

EmendItemContent *
import_fixture_content (ImportFixture *self,
                        const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendItem) item = emend_project_find_item (self->project, path, &error);
  EmendItemContent *content;

  g_assert_no_error (error);
  g_assert_nonnull (item);
  content = emend_project_load_final (self->project, item->id, NULL, &error);
  g_assert_no_error (error);
  return content;
}

char *
import_fixture_hash (const char *path)
{
  g_autoptr (GError) error = NULL;
  EmendDigest digest;

  emend_digest_of_file (path, &digest, NULL, NULL, &error);
  g_assert_no_error (error);
  return emend_digest_to_hex (&digest);
}
