#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-model-error.h"
#include "emend-words.h"

static EmendWords *
make_words (void)
{
  EmendWords *words = emend_words_new (800, 600, "tesseract 5.3.0", "eng");

  g_assert_true (emend_words_add (words, "Total", &(EmendRect){ 10, 20.5, 50, 12 }, 0.96, 0));
  g_assert_true (emend_words_add_symbol (words, "T", &(EmendRect){ 10, 20.5, 9, 12 }, 0.99, NULL));
  g_assert_true (emend_words_add_symbol (words, "o", &(EmendRect){ 20, 20.5, 9, 12 }, 0.4, "0O"));
  g_assert_true (emend_words_add (words, "12.50", &(EmendRect){ 70, 20.5, 40, 12 }, 0.5, 0));
  g_assert_true (emend_words_add (words, "Köln", &(EmendRect){ 10, 40, 40, 12 }, NAN, 1));
  emend_words_set_turn (words, 90, 1.5);
  return words;
}

static void
assert_words (EmendWords *words)
{
  const EmendWord *total = emend_words_get (words, 0);
  const EmendSymbol *o = emend_words_get_symbol (words, total->first_symbol + 1);
  g_autofree char *line = emend_words_join (words, (guint[]){ 0, 1, 2 }, 3);

  g_assert_cmpuint (emend_words_get_n (words), ==, 3);
  g_assert_cmpstr (line, ==, "Total 12.50\nKöln");
  g_assert_cmpuint (total->n_symbols, ==, 2);
  g_assert_cmpstr (emend_words_get_text (words, o->text), ==, "o");
  g_assert_cmpstr (emend_words_get_text (words, o->alternatives), ==, "0O");
  g_assert_cmpstr (emend_words_get_engine (words), ==, "tesseract 5.3.0");
  g_assert_cmpstr (emend_words_get_language (words), ==, "eng");
  g_assert_cmpint (emend_words_get_turn (words), ==, 90);
  g_assert_cmpfloat (emend_words_get_skew (words), ==, 1.5);
  g_assert_cmpfloat (total->box.y, ==, 20.5);
  g_assert_true (isnan (emend_words_get (words, 2)->confidence));
}

static void
test_stored (void)
{
  g_autoptr (EmendWords) words = make_words ();
  g_autoptr (GBytes) bytes = emend_words_to_bytes (words);
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendWords) again = emend_words_from_bytes (bytes, &error);

  g_assert_no_error (error);
  assert_words (words);
  assert_words (again);
}

/* No change of one byte may crash or hang; what is read is sound or refused. */
static void
test_stored_damaged (void)
{
  g_autoptr (EmendWords) words = make_words ();
  g_autoptr (GBytes) bytes = emend_words_to_bytes (words);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint n_refused = 0;

  for (gsize i = 0; i < size; i++) {
    g_autofree guint8 *copy = g_memdup2 (data, size);
    g_autoptr (GBytes) damaged = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (EmendWords) read = NULL;

    copy[i] ^= 0x55;
    damaged = g_bytes_new (copy, size);
    read = emend_words_from_bytes (damaged, &error);
    if (read == NULL) {
      g_assert_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_WORDS);
      n_refused++;
    }
  }
  g_assert_cmpuint (n_refused, ==, size); /* zlib's own sum covers all but our prefix, and that is checked */
}

static void
test_stored_cut (void)
{
  g_autoptr (EmendWords) words = make_words ();
  g_autoptr (GBytes) bytes = emend_words_to_bytes (words);

  for (gsize i = 0; i < g_bytes_get_size (bytes); i++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, i);
    g_assert_null (emend_words_from_bytes (cut, NULL));
  }
}

static void
test_refused (void)
{
  g_autoptr (EmendWords) words = emend_words_new (10, 10, "x", NULL);

  g_assert_false (emend_words_add (words, "\xff", &(EmendRect){ 0, 0, 1, 1 }, 1, 0));
  g_assert_false (emend_words_add (words, "a", &(EmendRect){ NAN, 0, 1, 1 }, 1, 0));
  g_assert_false (emend_words_add (words, "a", &(EmendRect){ 0, 0, INFINITY, 1 }, 1, 0));
  g_assert_cmpuint (emend_words_get_n (words), ==, 0);
}

static void
test_scale (void)
{
  g_autoptr (EmendWords) words = make_words ();
  g_autoptr (EmendWords) half = emend_words_scale (words, 400, 300);
  const EmendWord *word = emend_words_get (half, 0);

  g_assert_cmpint (emend_words_get_width (half), ==, 400);
  g_assert_cmpfloat (word->box.x, ==, 5);
  g_assert_cmpfloat (word->box.y, ==, 10.25);
  g_assert_cmpfloat (word->box.width, ==, 25);
  g_assert_cmpfloat (emend_words_get_symbol (half, 1)->box.x, ==, 10);
  g_assert_cmpstr (emend_words_get_text (half, word->text), ==, "Total");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/words/stored", test_stored);
  g_test_add_func ("/model/words/stored/damaged", test_stored_damaged);
  g_test_add_func ("/model/words/stored/cut", test_stored_cut);
  g_test_add_func ("/model/words/refused", test_refused);
  g_test_add_func ("/model/words/scale", test_scale);
  return g_test_run ();
}
