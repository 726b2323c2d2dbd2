#include "config.h"

#include <string.h>

#include "emend-line-reader.h"

static void
expect_lines (const char *text,
              gsize size,
              const char *const *lines)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) size, NULL);
  g_autoptr (EmendLineReader) reader = emend_line_reader_new (stream);
  g_autoptr (GError) error = NULL;
  gint64 number = 0;

  for (; *lines != NULL; lines++) {
    g_autoptr (GBytes) line = NULL;
    gsize length;
    const char *data;

    g_assert_true (emend_line_reader_next (reader, &line, NULL, &error));
    data = g_bytes_get_data (line, &length);
    g_assert_cmpuint (length, ==, strlen (*lines));
    g_assert_true (length == 0 || memcmp (data, *lines, length) == 0);
    g_assert_cmpint (emend_line_reader_get_number (reader), ==, ++number);
  }
  for (int again = 0; again < 2; again++) {
    g_autoptr (GBytes) line = NULL;

    g_assert_false (emend_line_reader_next (reader, &line, NULL, &error));
    g_assert_no_error (error);
    g_assert_null (line);
  }
}

static void
test_ends (void)
{
  const char *const none[] = { NULL };
  const char *const two[] = { "one", "two", NULL };
  const char *const blanks[] = { "", "", "a", "", NULL };

  expect_lines ("", 0, none);
  expect_lines ("one\ntwo", 7, two);
  expect_lines ("one\ntwo\n", 8, two);
  expect_lines ("\n\na\n\n", 5, blanks);
}

/* Lines longer than one read. */
static void
test_long (void)
{
  g_autofree char *first = g_strnfill (200000, 'a');
  g_autofree char *second = g_strnfill (65536, 'b');
  g_autofree char *text = g_strdup_printf ("%s\n%s\nc", first, second);
  const char *const lines[] = { first, second, "c", NULL };

  expect_lines (text, strlen (text), lines);
}

/* A line that is too long is passed over in bounded memory and counted; what follows is read. */
static void
test_too_long (void)
{
  const gsize sizes[] = { EMEND_LINE_MAX_SIZE, EMEND_LINE_MAX_SIZE + 1, 3 * EMEND_LINE_MAX_SIZE + 12345 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *line = g_strnfill (sizes[i], 'x');
    g_autofree char *text = g_strconcat (line, "\nab\n", NULL);
    g_autoptr (GInputStream) stream = NULL;
    g_autoptr (EmendLineReader) reader = NULL;
    g_autoptr (GBytes) huge = NULL;
    g_autoptr (GBytes) next = NULL;
    g_autoptr (GError) error = NULL;

    stream = g_memory_input_stream_new_from_data (text, (gssize) sizes[i] + 4, NULL);
    reader = emend_line_reader_new (stream);
    g_assert_true (emend_line_reader_next (reader, &huge, NULL, &error));
    g_assert_cmpint (huge != NULL, ==, sizes[i] == EMEND_LINE_MAX_SIZE);
    g_assert_true (emend_line_reader_next (reader, &next, NULL, &error));
    g_assert_cmpuint (g_bytes_get_size (next), ==, 2);
    g_assert_cmpint (emend_line_reader_get_number (reader), ==, 2);
  }
}

static void
test_cancelled (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("a\n", 2, NULL);
  g_autoptr (EmendLineReader) reader = emend_line_reader_new (stream);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) line = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (emend_line_reader_next (reader, &line, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/line-reader/next/ends", test_ends);
  g_test_add_func ("/engine/line-reader/next/long", test_long);
  g_test_add_func ("/engine/line-reader/next/too-long", test_too_long);
  g_test_add_func ("/engine/line-reader/next/cancelled", test_cancelled);
  return g_test_run ();
}
