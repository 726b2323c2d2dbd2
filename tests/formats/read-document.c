#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>
#include <stdio.h>

#include "emend-test-sink.h"
#include "emend-text.h"

/* Reads a file or folder and prints what a reader gives as JSON lines, to be checked by a script:
 *
 *   read-document FORMAT PATH WIDTH HEIGHT PAGES
 *
 * FORMAT "auto" is the one that is detected. Every picture that is asked for is an item of that size. Fields and words
 * come in the order in which they are given. The exit status is 2 when the file is refused; then the reason is
 * printed. */

static void
print_box (GString *out,
           const EmendRect *box)
{
  char buffer[4][EMEND_TEXT_DOUBLE_SIZE];

  g_string_append_printf (out, "[%s,%s,%s,%s]", emend_text_from_double (buffer[0], box->x),
                          emend_text_from_double (buffer[1], box->y), emend_text_from_double (buffer[2], box->width),
                          emend_text_from_double (buffer[3], box->height));
}

static void
print_number (GString *out,
              const char *key,
              double value)
{
  char buffer[EMEND_TEXT_DOUBLE_SIZE];

  if (isfinite (value))
    g_string_append_printf (out, ",\"%s\":%s", key, emend_text_from_double (buffer, value));
}

static void
print_text (GString *out,
            const char *key,
            const char *text)
{
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (out, FALSE);

  if (text == NULL)
    return;
  g_string_append_printf (out, ",\"%s\":", key);
  emend_json_string (writer, text);
}

static void
print_record (TestSink *sink,
              const EmendProposal *record)
{
  g_autoptr (GString) out = g_string_new ("{\"kind\":\"value\"");

  if (record->value == NULL)
    return;
  print_text (out, "item", g_hash_table_lookup (sink->names, (gpointer) (gintptr) record->item));
  print_text (out, "field", test_sink_field (sink, record));
  print_text (out, "value", record->value->value);
  print_text (out, "text", record->value->text);
  print_number (out, "score", record->score);
  print_text (out, "score_text", record->score_text);
  if (record->attributes != NULL)
    g_string_append_printf (out, ",\"attributes\":%s", record->attributes);
  print_number (out, "type", (double) g_array_index (sink->types, EmendFieldType, record->label - 1));
  g_string_append_printf (out, ",\"page\":%d,\"row\":%d,\"boxes\":[[%d,", record->page, record->value->row,
                          record->page);
  print_box (out, &record->shape.box);
  g_string_append (out, "]");
  for (guint i = 0; record->value->regions != NULL && i < record->value->regions->len; i++) {
    const EmendRegion *region = &g_array_index (record->value->regions, EmendRegion, i);

    g_string_append_printf (out, ",[%d,", region->page);
    print_box (out, &region->box);
    g_string_append (out, "]");
  }
  g_string_append (out, "]}\n");
  fputs (out->str, stdout);
}

static void
print_words (TestSink *sink,
             const char *key,
             EmendWords *words)
{
  g_autoptr (GString) out = g_string_new ("{\"kind\":\"words\"");
  gint64 item = g_ascii_strtoll (key, NULL, 10);

  print_text (out, "item", g_hash_table_lookup (sink->names, (gpointer) (gintptr) item));
  print_text (out, "key", key);
  print_text (out, "engine", emend_words_get_engine (words));
  g_string_append (out, ",\"words\":[");
  for (gsize i = 0; i < emend_words_get_n (words); i++) {
    const EmendWord *word = emend_words_get (words, i);

    g_string_append_printf (out, "%s{\"line\":%u", i > 0 ? "," : "", word->line);
    print_text (out, "text", emend_words_get_text (words, word->text));
    print_number (out, "confidence", (double) word->confidence);
    g_string_append (out, ",\"box\":");
    print_box (out, &word->box);
    g_string_append (out, "}");
  }
  g_string_append (out, "]}\n");
  fputs (out->str, stdout);
}

static void
print_line (const char *kind,
            const char *key,
            const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "{\"kind\":\"%s\"", kind);
  print_text (out, key, text);
  g_string_append (out, "}\n");
  fputs (out->str, stdout);
}

static void
print_all (TestSink *sink)
{
  GHashTableIter iter;
  gpointer key;
  gpointer words;

  for (guint i = 0; i < sink->records->len; i++)
    print_record (sink, test_sink_record (sink, i));
  g_hash_table_iter_init (&iter, sink->words);
  while (g_hash_table_iter_next (&iter, &key, &words))
    print_words (sink, key, words);
  for (guint i = 0; i < sink->problems->len; i++)
    print_line ("problem", "reason", test_sink_problem (sink, i));
  for (guint i = 0; i < sink->empty->len; i++)
    print_line ("empty", "item",
                g_hash_table_lookup (sink->names, (gpointer) (gintptr) g_array_index (sink->empty, gint64, i)));
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (TestSink) sink = test_sink_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendFormat) format = NULL;

  if (argc != 6)
    return 1;
  if (g_str_equal (argv[1], "auto"))
    format = emend_formats_detect (argv[2], &error);
  else
    format = emend_formats_find (argv[1]);
  if (format == NULL) {
    print_line ("refused", "reason", error != NULL ? error->message : argv[1]);
    return 2;
  }
  print_line ("format", "id", emend_format_get_id (format));
  sink->take_all = TRUE;
  sink->take_width = (int) g_ascii_strtoll (argv[3], NULL, 10);
  sink->take_height = (int) g_ascii_strtoll (argv[4], NULL, 10);
  sink->n_pages = (int) g_ascii_strtoll (argv[5], NULL, 10);
  if (!test_sink_read (sink, emend_format_get_id (format), argv[2], NULL, &error)) {
    print_line ("refused", "reason", error->message);
    return 2;
  }
  print_all (sink);
  return 0;
}
