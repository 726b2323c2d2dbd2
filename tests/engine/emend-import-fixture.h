#pragma once

#include "emend-import-job.h"
#include "emend-test.h"

G_BEGIN_DECLS

/* A project of its own in a folder of its own, with the label "cat" and no item. */
typedef struct {
  char *folder;
  char *path;
  EmendProject *project;
} ImportFixture;

void import_fixture_set_up (ImportFixture *self,
                            gconstpointer data);
void import_fixture_tear_down (ImportFixture *self,
                               gconstpointer data);
void import_fixture_add_item (ImportFixture *self,
                              const char *path,
                              int width,
                              int height,
                              int orientation);
/* Adds the images that a COCO file lists, with the sizes it says. */
void import_fixture_add_coco_images (ImportFixture *self,
                                     const char *file);
EmendImportReport *import_fixture_try (ImportFixture *self,
                                       const char *file,
                                       const EmendImportOptions *options,
                                       GError **error);
EmendImportReport *import_fixture_import (ImportFixture *self,
                                          const char *file,
                                          const EmendImportOptions *options);
EmendExportReport *import_fixture_export (ImportFixture *self,
                                          const char *format,
                                          gboolean all,
                                          const char *path);
EmendProjectInfo *import_fixture_info (ImportFixture *self);
/* All marks of the item of that path, as they are final. */
EmendItemContent *import_fixture_content (ImportFixture *self,
                                          const char *path);
json_t *import_fixture_load_json (const char *path);
char *import_fixture_hash (const char *path);

G_END_DECLS
