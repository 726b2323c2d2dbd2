#pragma once

#include "emend-test-sink.h"
#include "emend-test.h"

G_BEGIN_DECLS

/* A folder of the test's own, and a sink with the item `a.jpg` of 1000 x 2000 pixels with three pages. */
typedef struct {
  char *folder;
  TestSink *sink;
} DocumentFixture;

void document_fixture_set_up (DocumentFixture *fixture,
                              gconstpointer data);
void document_fixture_tear_down (DocumentFixture *fixture,
                                 gconstpointer data);
void document_fixture_read (DocumentFixture *fixture,
                            const char *format,
                            const char *name,
                            const char *text);
void document_fixture_assert_refused (DocumentFixture *fixture,
                                      const char *format,
                                      const char *name,
                                      const char *text,
                                      const char *reason);
const char *document_fixture_value (DocumentFixture *fixture,
                                    const char *field,
                                    int row);
EmendFieldType document_fixture_type (DocumentFixture *fixture,
                                      const char *field,
                                      int row);

G_END_DECLS
