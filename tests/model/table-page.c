#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "table-page.h"

#include <math.h>
#include <string.h>

static void
add_line (EmendWords *words,
          const char *line,
          guint number,
          double slope)
{
  const char *end;

  for (const char *word = line + strspn (line, " "); *word != '\0'; word = end + strspn (end, " ")) {
    g_autofree char *text = NULL;
    double x = TABLE_PAGE_CHARACTER * (double) g_utf8_pointer_to_offset (line, word);
    double y = TABLE_PAGE_LINE * number;
    EmendRect box;

    end = word + strcspn (word, " ");
    text = g_strndup (word, (gsize) (end - word));
    box = (EmendRect){ x - slope * y, y + slope * x, TABLE_PAGE_CHARACTER * (double) g_utf8_strlen (text, -1) - 2,
                       TABLE_PAGE_WORD };
    g_assert_true (emend_words_add (words, text, &box, 0.95, number));
  }
}

EmendWords *
table_page_new (const char *const *lines,
                double slope)
{
  EmendWords *words = emend_words_new (800, 1000, "test", "eng");

  for (guint i = 0; lines[i] != NULL; i++)
    add_line (words, lines[i], i, slope);
  return words;
}

EmendField *
table_page_make_field (void)
{
  static const struct {
    const char *name;
    const char *title;
    EmendFieldType type;
  } columns[] = {
    { "description", "Description", EMEND_FIELD_TEXT },
    { "quantity", "Quantity", EMEND_FIELD_NUMBER },
    { "unit", "Unit price", EMEND_FIELD_AMOUNT },
    { "amount", "Amount", EMEND_FIELD_AMOUNT },
  };
  EmendField *table = emend_field_new (1, "lines", EMEND_FIELD_TABLE);

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++) {
    EmendField *column = emend_field_new (0, columns[i].name, columns[i].type);

    column->title = g_strdup (columns[i].title);
    g_ptr_array_add (table->columns, column);
  }
  return table;
}

EmendRect
table_page_get_rect (int left,
                     int right,
                     int top,
                     int bottom)
{
  return (EmendRect){ TABLE_PAGE_CHARACTER * left - 5, TABLE_PAGE_LINE * top - 5,
                      TABLE_PAGE_CHARACTER * (right - left) + 10,
                      TABLE_PAGE_LINE * (bottom - top) + TABLE_PAGE_WORD + 10 };
}
