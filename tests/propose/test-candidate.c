#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-candidate-private.h"

/* A line of words of 10 pixels a character and 20 pixels high. */
static EmendWords *
make_line (const char *text)
{
  EmendWords *words = emend_words_new (2000, 100, "test", NULL);
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  double x = 0;

  for (guint i = 0; parts[i] != NULL; i++) {
    double width = 10 * (double) g_utf8_strlen (parts[i], -1);

    g_assert_true (emend_words_add (words, parts[i], &(EmendRect){ x, 0, width, 20 }, 1, 0));
    x += width + 10;
  }
  return words;
}

static GPtrArray *
find (const char *line,
      const EmendField *field)
{
  g_autoptr (EmendWords) words = make_line (line);
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_layout_free);

  g_ptr_array_add (layouts, emend_layout_new (words));
  return emend_hits_find (layouts, field, NULL);
}

typedef struct {
  EmendFieldType type;
  const char *pattern;
  const char *line;
  const char *found; /* "text=normal", one after the other with | between */
} Case;

static const Case cases[] = {
  { EMEND_FIELD_DATE, NULL, "DATE:25/12/2018 8:13:39 PM", "25/12/2018=2018-12-25" },
  { EMEND_FIELD_DATE, NULL, "from 1 Jan 2019 to 03-02-19", "1 Jan 2019=2019-01-01|03-02-19=2019-02-03" },
  { EMEND_FIELD_DATE, NULL, "tel 03-7832 1234 room 12", "" },
  { EMEND_FIELD_DATE, NULL, "2018-06-23", "2018-06-23=2018-06-23" },
  { EMEND_FIELD_AMOUNT, NULL, "TOTAL 9.00", "9.00=9.00" },
  { EMEND_FIELD_AMOUNT, NULL, "sum: 1,234.50 qty 3", "1,234.50=1234.50" },
  { EMEND_FIELD_AMOUNT, NULL, "no. 25.12.2018 id 789417-W", "" },
  { EMEND_FIELD_AMOUNT, NULL, "pay €12.50 now", "€12.50=12.50 EUR" },
  { EMEND_FIELD_AMOUNT, NULL, "-4.20", "-4.20=-4.20" },
  { EMEND_FIELD_INTEGER, NULL, "3 items of 12.50", "3=3" },
  { EMEND_FIELD_TIME, NULL, "at 8:13 PM", "8:13 PM=20:13" },
  { EMEND_FIELD_EMAIL, NULL, "mail: me@example.org, or call", "me@example.org=me@example.org" },
  { EMEND_FIELD_CODE, NULL, "NO:TD01167104 CASH", "TD01167104=TD01167104" },
  { EMEND_FIELD_CODE, "^[A-Z]{2}[0-9]{4}$", "ref AB1234 and CD56", "AB1234=AB1234" },
};

static void
test_find (gconstpointer data)
{
  const Case *this = data;
  g_autoptr (EmendField) field = emend_field_new (1, "field", this->type);
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  field->date_order = EMEND_DATE_DMY;
  field->pattern = g_strdup (this->pattern);
  hits = find (this->line, field);
  for (guint i = 0; i < hits->len; i++) {
    const EmendHit *hit = hits->pdata[i];

    g_string_append_printf (found, "%s%s=%s", i > 0 ? "|" : "", hit->text, hit->normal);
  }
  g_assert_cmpstr (found->str, ==, this->found);
}

static void
test_choice (void)
{
  g_autoptr (EmendField) field = emend_field_new (1, "kind", EMEND_FIELD_CHOICE);
  g_autoptr (GPtrArray) hits = NULL;
  const char *const choices[] = { "Cash bill", "Invoice", NULL };

  field->choices = g_strdupv ((char **) choices);
  hits = find ("this CASH BILL is", field);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpstr (((const EmendHit *) hits->pdata[0])->normal, ==, "Cash bill");
  g_assert_cmpuint (((const EmendHit *) hits->pdata[0])->n_words, ==, 2);
}

/* The box of a part of a word is that part of the word's box. */
static void
test_box (void)
{
  g_autoptr (EmendField) field = emend_field_new (1, "date", EMEND_FIELD_DATE);
  g_autoptr (GPtrArray) hits = NULL;
  const EmendHit *hit;

  field->date_order = EMEND_DATE_DMY;
  hits = find ("x DATE:25/12/2018.", field);
  g_assert_cmpuint (hits->len, ==, 1);
  hit = hits->pdata[0];
  g_assert_cmpuint (hit->first, ==, 1);
  g_assert_cmpfloat_with_epsilon (hit->box.x, 20 + 50, 1e-6);
  g_assert_cmpfloat_with_epsilon (hit->box.width, 100, 1e-6);
}

/* Two columns in one row, a line under the first. */
static void
test_layout (void)
{
  g_autoptr (EmendWords) words = emend_words_new (1000, 1000, "test", NULL);
  g_autoptr (EmendLayout) layout = NULL;

  emend_words_add (words, "Total", &(EmendRect){ 0, 0, 50, 20 }, 1, 0);
  emend_words_add (words, "due", &(EmendRect){ 60, 0, 30, 20 }, 1, 0);
  emend_words_add (words, "9.00", &(EmendRect){ 500, 2, 40, 20 }, 1, 0);
  emend_words_add (words, "Thanks", &(EmendRect){ 10, 30, 60, 20 }, 1, 1);
  layout = emend_layout_new (words);
  g_assert_cmpuint (layout->n_segments, ==, 3);
  g_assert_cmpuint (layout->n_rows, ==, 2);
  g_assert_cmpint (layout->segments[1].left, ==, 0);
  g_assert_cmpint (layout->segments[0].right, ==, 1);
  g_assert_cmpint (layout->segments[0].below, ==, 2);
  g_assert_cmpint (layout->segments[2].above, ==, 0);
  g_assert_cmpint (layout->segments[1].below, ==, -1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/propose/candidate/find/%u", i);

    g_test_add_data_func (path, &cases[i], test_find);
  }
  g_test_add_func ("/propose/candidate/find/choice", test_choice);
  g_test_add_func ("/propose/candidate/find/box", test_box);
  g_test_add_func ("/propose/candidate/layout/columns", test_layout);
  return g_test_run ();
}
