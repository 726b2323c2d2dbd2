#pragma once

#include "emend-pack.h"
#include "emend-project.h"

G_BEGIN_DECLS

/**
 * EmendPackFixture:
 * @folder: everything is in it
 * @project_path: folder/work/lungs.emend
 * @pack_path: folder/out/first.emend.zip, which is not there yet
 * @out: folder/out
 * @project: open, with a reviewer
 *
 * A project whose media have all kinds of names, with decisions of all kinds.
 */
typedef struct {
  char *folder;
  char *project_path;
  char *pack_path;
  char *out;
  EmendProject *project;
} EmendPackFixture;

void emend_pack_fixture_set_up (EmendPackFixture *fixture,
                                gconstpointer data);
void emend_pack_fixture_tear_down (EmendPackFixture *fixture,
                                   gconstpointer data);

/* Writes a media file below the project's folder and adds it as an item; returns its number. */
gint64 emend_pack_fixture_add_item (EmendProject *project,
                                    const char *folder,
                                    const char *path,
                                    GBytes *bytes);

/* Packs and demands success. */
EmendPackFacts *emend_pack_fixture_write (EmendPackFixture *fixture,
                                          const EmendPackOptions *options);

/* Names of all there is below a folder, sorted, one a line. */
char *emend_pack_fixture_list (const char *folder);

G_END_DECLS
