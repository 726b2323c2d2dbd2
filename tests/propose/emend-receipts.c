#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-receipts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>

#include "emend-json.h"
#include "emend-normal.h"

const char *const emend_receipt_fields[EMEND_RECEIPT_N_FIELDS] = { "company", "date", "address", "total" };

typedef struct {
  EmendRect box;
  char *text;
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->text);
  g_free (line);
}

void
emend_receipt_free (EmendReceipt *receipt)
{
  for (guint i = 0; i < EMEND_RECEIPT_N_FIELDS; i++)
    g_free (receipt->values[i]);
  g_ptr_array_unref (receipt->lines);
  g_clear_pointer (&receipt->words, emend_words_unref);
  g_clear_pointer (&receipt->document, emend_learn_document_free);
  g_free (receipt->name);
  g_free (receipt);
}

/* What texts are compared by: letters and digits. */
static char *
plain (const char *text)
{
  GString *result = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isalnum (*text))
      g_string_append_c (result, g_ascii_toupper (*text));
  return g_string_free (result, FALSE);
}

/* "x1,y1,x2,y2,x3,y3,x4,y4,text", the text may have commas. */
static Line *
parse_line (const char *text)
{
  Line *line;
  double corners[8];
  const char *at = text;

  for (int i = 0; i < 8; i++) {
    char *end;

    corners[i] = g_ascii_strtod (at, &end);
    if (end == at || *end != ',')
      return NULL;
    at = end + 1;
  }
  line = g_new0 (Line, 1);
  line->box = emend_rect_from_corners ((EmendPoint){ corners[0], corners[1] }, (EmendPoint){ corners[4], corners[5] });
  line->text = g_strstrip (g_utf8_make_valid (at, -1));
  return line;
}

static gboolean
read_lines (EmendReceipt *receipt,
            const char *folder,
            GError **error)
{
  g_autofree char *name = g_strconcat (receipt->name, ".csv", NULL);
  g_autofree char *path = g_build_filename (folder, "truth_boxes", name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    Line *line = parse_line (lines[i]);

    if (line != NULL)
      g_ptr_array_add (receipt->lines, line);
  }
  return TRUE;
}

/* The words of a line share its box by their characters. */
static void
split_line (EmendWords *words,
            const Line *line,
            guint number)
{
  g_auto (GStrv) parts = g_strsplit_set (line->text, " \t\r", -1);
  double n = (double) MAX (g_utf8_strlen (line->text, -1), 1);
  double at = 0;

  for (guint i = 0; parts[i] != NULL; i++) {
    double length = (double) g_utf8_strlen (parts[i], -1);
    EmendRect box = { line->box.x + line->box.width * at / n, line->box.y, line->box.width * length / n,
                      line->box.height };

    if (length > 0)
      emend_words_add (words, parts[i], &box, NAN, number);
    at += length + 1;
  }
}

static EmendWords *
words_of_lines (const EmendReceipt *receipt)
{
  EmendWords *words = emend_words_new (1000, 2000, "transcribed", "eng");

  for (guint i = 0; i < receipt->lines->len; i++)
    split_line (words, receipt->lines->pdata[i], i);
  return words;
}

static char *
run_tesseract (const char *folder,
               const char *name,
               GError **error)
{
  g_autofree char *cache = g_build_filename (g_get_tmp_dir (), "emend-learning-ocr", NULL);
  g_autofree char *file = g_strconcat (name, ".tsv", NULL);
  g_autofree char *path = g_build_filename (cache, file, NULL);
  g_autofree char *picture_name = g_strconcat (name, ".jpg", NULL);
  g_autofree char *picture = g_build_filename (folder, "img", picture_name, NULL);
  const char *argv[] = { "tesseract", picture, "stdout", "--psm", "4", "tsv", NULL };
  char *text = NULL;
  int status = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    return text;
  g_mkdir_with_parents (cache, 0700);
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &text,
                     NULL, &status, error))
    return NULL;
  if (!g_spawn_check_wait_status (status, error) || !g_file_set_contents (path, text, -1, error))
    g_clear_pointer (&text, g_free);
  return text;
}

/* level page block paragraph line word left top width height confidence text */
static EmendWords *
words_of_tesseract (const char *folder,
                    const char *name,
                    GError **error)
{
  g_autofree char *text = run_tesseract (folder, name, error);
  g_auto (GStrv) rows = text != NULL ? g_strsplit (text, "\n", -1) : NULL;
  EmendWords *words;
  guint line = 0;

  if (rows == NULL)
    return NULL;
  words = emend_words_new (1000, 2000, "tesseract", "eng");
  for (guint i = 1; rows[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (rows[i], "\t", 12);
    EmendRect box;

    if (g_strv_length (cells) < 12)
      continue;
    line += strcmp (cells[0], "4") == 0 ? 1 : 0;
    g_strstrip (cells[11]);
    if (strcmp (cells[0], "5") != 0 || *cells[11] == '\0')
      continue;
    box = (EmendRect){ atof (cells[6]), atof (cells[7]), atof (cells[8]), atof (cells[9]) };
    emend_words_add (words, cells[11], &box, atof (cells[10]) / 100, line);
  }
  return words;
}

/* Where a reviewer would point: the lines that are a part of the value, or have it as a part. */
static void
point_at (const EmendReceipt *receipt,
          guint field,
          EmendValue *value)
{
  g_autofree char *wanted = plain (receipt->values[field]);

  for (guint i = 0; i < receipt->lines->len; i++) {
    const Line *line = receipt->lines->pdata[i];
    g_autofree char *own = plain (line->text);

    if (strlen (own) >= 4 && (strstr (wanted, own) != NULL || strstr (own, wanted) != NULL))
      emend_value_add_region (value, 0, &line->box);
  }
}

static void
add_values (EmendReceipt *receipt,
            gboolean is_pointed)
{
  for (guint i = 0; i < EMEND_RECEIPT_N_FIELDS; i++) {
    g_autoptr (EmendValue) value = emend_value_new (receipt->values[i]);

    if (*receipt->values[i] == '\0')
      continue;
    if (is_pointed && (i == EMEND_RECEIPT_COMPANY || i == EMEND_RECEIPT_ADDRESS))
      point_at (receipt, i, value);
    emend_learn_document_add_value (receipt->document, (int) i + 1, EMEND_LEARN_PRESENT, value, 0, NULL);
  }
}

static void
make_document (EmendReceipt *receipt,
               guint64 number,
               gboolean is_pointed,
               const EmendFieldSet *set)
{
  EmendUuid id = { { 0 } };

  for (guint i = 0; i < 8; i++)
    id.bytes[i] = (guint8) (number >> (56 - 8 * i));
  receipt->document = emend_learn_document_new (&id);
  emend_learn_document_add_page (receipt->document, receipt->words);
  add_values (receipt, is_pointed);
  emend_learn_document_prepare (receipt->document, set);
}

static EmendReceipt *
read_receipt (const char *folder,
              const char *name,
              gboolean is_ocr,
              GError **error)
{
  g_autoptr (EmendReceipt) receipt = g_new0 (EmendReceipt, 1);
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, "truth_fields", file, NULL);
  json_t *json = json_load_file (path, 0, NULL);

  receipt->name = g_strdup (name);
  receipt->lines = g_ptr_array_new_with_free_func (line_free);
  for (guint i = 0; i < EMEND_RECEIPT_N_FIELDS; i++) {
    const char *text = json_string_value (json_object_get (json, emend_receipt_fields[i]));

    receipt->values[i] = g_strdup (text != NULL ? text : "");
  }
  json_decref (json);
  if (!read_lines (receipt, folder, error))
    return NULL;
  receipt->words = is_ocr ? words_of_tesseract (folder, name, error) : words_of_lines (receipt);
  return receipt->words != NULL ? g_steal_pointer (&receipt) : NULL;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const char *const *left = a;
  const char *const *right = b;

  return strcmp (*left, *right);
}

GPtrArray *
emend_receipts_read (const char *folder,
                     gboolean is_ocr,
                     const EmendFieldSet *set,
                     GError **error)
{
  g_autofree char *path = g_build_filename (folder, "truth_fields", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_receipt_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (files, g_strndup (name, strlen (name) - strlen (".json")));
  g_ptr_array_sort (files, compare_names);
  for (guint i = 0; i < files->len; i++) {
    EmendReceipt *receipt = read_receipt (folder, files->pdata[i], is_ocr, error);

    if (receipt == NULL)
      return NULL;
    make_document (receipt, i + 1, is_ocr, set);
    g_ptr_array_add (receipts, receipt);
  }
  return dir != NULL ? g_steal_pointer (&receipts) : NULL;
}

EmendReceipt *
emend_receipt_copy (const EmendReceipt *receipt,
                    EmendWords *words,
                    guint64 number,
                    const EmendFieldSet *set)
{
  EmendReceipt *copy = g_new0 (EmendReceipt, 1);

  copy->name = g_strdup (receipt->name);
  copy->lines = g_ptr_array_new_with_free_func (line_free);
  copy->words = emend_words_ref (words);
  for (guint i = 0; i < EMEND_RECEIPT_N_FIELDS; i++)
    copy->values[i] = g_strdup (receipt->values[i]);
  make_document (copy, number, FALSE, set);
  return copy;
}

gboolean
emend_receipt_is_right (const EmendReceipt *receipt,
                        guint field,
                        const EmendFieldSet *set,
                        const char *value)
{
  g_auto (EmendNormal) wanted = { 0 };
  g_auto (EmendNormal) got = { 0 };
  g_autofree char *wanted_plain = plain (receipt->values[field]);
  g_autofree char *got_plain = plain (value);
  double a = 0;
  double b = 0;

  if (field == EMEND_RECEIPT_COMPANY || field == EMEND_RECEIPT_ADDRESS)
    return strcmp (wanted_plain, got_plain) == 0;
  emend_field_parse (set->fields->pdata[field], NULL, receipt->values[field], &wanted);
  emend_field_parse (set->fields->pdata[field], NULL, value, &got);
  if (field == EMEND_RECEIPT_DATE || wanted.normal == NULL || got.normal == NULL)
    return wanted.normal != NULL && g_strcmp0 (wanted.normal, got.normal) == 0;
  return emend_normal_to_number (wanted.normal, &a, NULL) && emend_normal_to_number (got.normal, &b, NULL) &&
         fabs (a - b) < 0.005;
}

GPtrArray *
emend_receipt_make_fields (void)
{
  static const EmendFieldType types[EMEND_RECEIPT_N_FIELDS] = { EMEND_FIELD_TEXT, EMEND_FIELD_DATE, EMEND_FIELD_TEXT,
                                                                EMEND_FIELD_AMOUNT };
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);

  for (guint i = 0; i < EMEND_RECEIPT_N_FIELDS; i++) {
    EmendField *field = emend_field_new ((int) i + 1, emend_receipt_fields[i], types[i]);

    field->date_order = EMEND_DATE_DMY;
    g_ptr_array_add (fields, field);
  }
  return fields;
}
