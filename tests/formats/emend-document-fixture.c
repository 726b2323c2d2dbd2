#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-document-fixture.h"

#include <string.h>

void
document_fixture_set_up (DocumentFixture *fixture,
                         gconstpointer data)
{
  fixture->folder = emend_test_make_folder ();
  fixture->sink = test_sink_new ();
  fixture->sink->n_pages = 3;
  test_sink_add_image (fixture->sink, "a.jpg", 1000, 2000, 1);
}

void
document_fixture_tear_down (DocumentFixture *fixture,
                            gconstpointer data)
{
  test_sink_free (fixture->sink);
  emend_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

void
document_fixture_read (DocumentFixture *fixture,
                       const char *format,
                       const char *name,
                       const char *text)
{
  g_autofree char *path = emend_test_write (fixture->folder, name, text);
  g_autoptr (GError) error = NULL;

  test_sink_read (fixture->sink, format, path, NULL, &error);
  g_assert_no_error (error);
}

void
document_fixture_assert_refused (DocumentFixture *fixture,
                                 const char *format,
                                 const char *name,
                                 const char *text,
                                 const char *reason)
{
  g_autofree char *path = emend_test_write (fixture->folder, name, text);
  g_autoptr (GError) error = NULL;
  guint n_records = fixture->sink->records->len;

  g_assert_false (test_sink_read (fixture->sink, format, path, NULL, &error));
  g_assert_true (error->domain == EMEND_FORMATS_ERROR);
  if (strstr (error->message, reason) == NULL)
    g_error ("“%s” does not say “%s”", error->message, reason);
  g_assert_cmpuint (fixture->sink->records->len, ==, n_records);
}

const char *
document_fixture_value (DocumentFixture *fixture,
                        const char *field,
                        int row)
{
  return test_sink_find_value (fixture->sink, field, row)->value->value;
}

EmendFieldType
document_fixture_type (DocumentFixture *fixture,
                       const char *field,
                       int row)
{
  const EmendProposal *record = test_sink_find_value (fixture->sink, field, row);

  return g_array_index (fixture->sink->types, EmendFieldType, record->label - 1);
}
