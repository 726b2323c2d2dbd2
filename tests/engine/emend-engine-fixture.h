#pragma once

#include "emend-import.h"
#include "emend-project.h"

G_BEGIN_DECLS

/* A project in a folder of its own with the labels cat (1) and dog (2) and items a.png, b.png, … of
 * 100 x 80 pixels whose files are not there. */
typedef struct {
  char *folder;
  EmendProject *project;
  gint64 items[4];
} EngineFixture;

void engine_fixture_set_up (EngineFixture *fixture,
                            gconstpointer data);
void engine_fixture_tear_down (EngineFixture *fixture,
                               gconstpointer data);

/* One record of a run. @score is NaN for none. */
typedef struct {
  int item; /* index in the fixture */
  int label;
  EmendRect box;
  double score;
} EngineRecord;

int engine_fixture_import (EngineFixture *fixture,
                           EmendRunRole role,
                           const char *name,
                           const EngineRecord *records,
                           gsize n_records);

G_END_DECLS
