#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-document-format.h"
#include "emend-document-json.h"
#include "emend-document-parts.h"
#include "emend-formats-private.h"
#include "emend-small-file.h"
#include "emend-textract-private.h"

#define MAX_ANSWERS 20

/* Amazon Textract: AnalyzeDocument, AnalyzeExpense, AnalyzeID and lending, one JSON or a list of its pages. */
EMEND_DEFINE_FORMAT (EmendTextractFormat, emend_textract_format)

static int
detect (const char *path,
        const char *text)
{
  static const char *const signs[] = { "Blocks", "ExpenseDocuments", "IdentityDocuments", "JobStatus",
                                       "DocumentMetadata", "AnalyzeDocumentModelVersion", "AnalyzeIDModelVersion",
                                       NULL };
  g_auto (EmendJsonHead) head = { 0 };

  emend_json_head_init (&head, text);
  for (gsize i = 0; signs[i] != NULL; i++) {
    if (emend_json_head_has (&head, head.first == '[' ? 2 : 1, signs[i]))
      return 95;
  }
  return 0;
}

typedef struct {
  EmendTextract *textract;
  GHashTable *seen; /* (element-type utf8): words that are in a line */
  guint line;
} Lines;

static void
add_word (EmendDocument *document,
          const json_t *word,
          guint line)
{
  const char *text = emend_json_get_text (word, "Text");
  EmendRect box;

  if (text != NULL && emend_textract_get_box (word, &box))
    emend_document_add_word (document, emend_textract_get_page (word), text, &box,
                             emend_textract_get_confidence (word) / 100, line);
}

static gboolean
take_word (gpointer data,
           const json_t *word)
{
  Lines *lines = data;
  const char *id = emend_json_get_text (word, "Id");

  if (g_str_equal (emend_textract_get_type (word), "WORD") && g_hash_table_add (lines->seen, (gpointer) id))
    add_word (lines->textract->document, word, lines->line);
  return TRUE;
}

static gboolean
add_words (EmendTextract *textract,
           GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Lines lines = { textract, seen, 0 };

  for (guint i = 0; i < textract->order->len; i++) {
    const json_t *block = g_ptr_array_index (textract->order, i);

    if (!g_str_equal (emend_textract_get_type (block), "LINE"))
      continue;
    emend_textract_each (textract, block, "CHILD", take_word, &lines);
    lines.line++;
  }
  for (guint i = 0; i < textract->order->len; i++) {
    const json_t *block = g_ptr_array_index (textract->order, i);
    const char *id = emend_json_get_text (block, "Id");

    if (g_str_equal (emend_textract_get_type (block), "WORD") && !g_hash_table_contains (seen, id))
      add_word (textract->document, block, lines.line++);
  }
  return emend_document_give_words (textract->document, "textract", NULL, error);
}

/* The value of a key is one block or several, each with its words. */
typedef struct {
  EmendTextract *textract;
  EmendTextractText text;
  GArray *regions;
  double confidence;
} FormValue;

static gboolean
take_value (gpointer data,
            const json_t *block)
{
  FormValue *value = data;

  emend_textract_text_collect (&value->text, value->textract, block);
  emend_textract_add_region (value->regions, emend_textract_get_page (block), block);
  value->confidence = fmin (value->confidence, emend_textract_get_confidence (block));
  return TRUE;
}

static gboolean
is_key (const json_t *block)
{
  const char *type = emend_textract_get_type (block);

  return g_str_equal (type, "KEY") ||
         (g_str_equal (type, "KEY_VALUE_SET") && emend_textract_has_entity (block, "KEY"));
}

/* An empty place on the form has a value without words, which proposes nothing. */
static gboolean
add_pair (EmendTextract *textract,
          const json_t *key,
          GError **error)
{
  g_auto (EmendTextractText) key_text = { 0 };
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (EmendRegion));
  FormValue found = { .textract = textract, .regions = regions, .confidence = emend_textract_get_confidence (key) };
  EmendDocumentValue value = { .row = -1, .type = EMEND_FIELD_TEXT, .regions = regions };
  g_autofree char *name = NULL;
  gboolean is_mark;
  gboolean done = TRUE;

  emend_textract_text_init (&key_text);
  emend_textract_text_init (&found.text);
  emend_textract_text_collect (&key_text, textract, key);
  emend_textract_each (textract, key, "VALUE", take_value, &found);
  is_mark = found.text.n_marks > 0 && found.text.n_words == 0;
  name = emend_document_key_name (key_text.text->str);
  value.name = name;
  value.text = found.text.text->str;
  if (is_mark) {
    value.type = EMEND_FIELD_MARK;
    value.text = found.text.ticked ? "yes" : "no";
  }
  if (is_mark || found.text.n_words > 0)
    done = emend_textract_give (textract->document, &value, found.confidence, found.text.confidence, error);
  emend_textract_text_clear (&found.text);
  return done;
}

typedef struct {
  const json_t *answers[MAX_ANSWERS]; /* the surest first */
  guint n;
} Answers;

static gboolean
take_answer (gpointer data,
             const json_t *block)
{
  Answers *answers = data;
  double confidence = emend_textract_get_confidence (block);
  guint at = answers->n;

  if (emend_json_get_text (block, "Text") == NULL || at == MAX_ANSWERS)
    return TRUE;
  for (; at > 0 && emend_textract_get_confidence (answers->answers[at - 1]) < confidence; at--)
    answers->answers[at] = answers->answers[at - 1];
  answers->answers[at] = block;
  answers->n++;
  return TRUE;
}

static gboolean
add_query (EmendTextract *textract,
           const json_t *block,
           GError **error)
{
  const json_t *query = json_object_get (block, "Query");
  const char *alias = emend_json_get_text (query, "Alias");
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (EmendRegion));
  EmendCandidate others[MAX_ANSWERS];
  Answers answers = { .n = 0 };
  EmendDocumentValue value = { .row = -1, .type = EMEND_FIELD_TEXT, .regions = regions };

  emend_textract_each (textract, block, "ANSWER", take_answer, &answers);
  if (answers.n == 0)
    return TRUE;
  for (guint i = 1; i < answers.n; i++) {
    double score = emend_textract_get_confidence (answers.answers[i]) / 100;

    others[i - 1] = (EmendCandidate){ .value = (char *) emend_json_get_text (answers.answers[i], "Text"),
                                      .score = score >= 0 && score <= 1 ? score : 0 };
  }
  value.name = alias != NULL ? alias : emend_json_get_text (query, "Text");
  value.text = emend_json_get_text (answers.answers[0], "Text");
  value.candidates = others;
  value.n_candidates = answers.n - 1;
  emend_textract_add_region (regions, emend_textract_get_page (answers.answers[0]), answers.answers[0]);
  return emend_textract_give (textract->document, &value, NAN, emend_textract_get_confidence (answers.answers[0]),
                              error);
}

static gboolean
add_signature (EmendTextract *textract,
               const json_t *block,
               GError **error)
{
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (EmendRegion));
  EmendDocumentValue value = { .name = "Signature", .type = EMEND_FIELD_MARK, .row = -1, .value = "yes" };

  value.regions = regions;
  emend_textract_add_region (regions, emend_textract_get_page (block), block);
  return emend_textract_give (textract->document, &value, emend_textract_get_confidence (block), NAN, error);
}

static gboolean
add_fields (EmendTextract *textract,
            GError **error)
{
  for (guint i = 0; i < textract->order->len; i++) {
    const json_t *block = g_ptr_array_index (textract->order, i);
    const char *type = emend_textract_get_type (block);
    gboolean done = TRUE;

    if (is_key (block))
      done = add_pair (textract, block, error);
    else if (g_str_equal (type, "QUERY"))
      done = add_query (textract, block, error);
    else if (g_str_equal (type, "SIGNATURE"))
      done = add_signature (textract, block, error);
    if (!done)
      return FALSE;
  }
  return TRUE;
}

static void
take_blocks (EmendTextract *textract,
             const json_t *blocks)
{
  gsize i;
  json_t *block;

  json_array_foreach (blocks, i, block)
  {
    const char *id = emend_json_get_text (block, "Id");

    if (id == NULL || g_hash_table_contains (textract->blocks, id))
      continue;
    g_hash_table_insert (textract->blocks, (gpointer) id, block);
    g_ptr_array_add (textract->order, block);
  }
}

typedef gboolean (*AddFunc) (EmendDocument *document,
                             const json_t *part,
                             GError **error);

static gboolean
add_list (EmendTextract *textract,
          const json_t *list,
          AddFunc func,
          GError **error)
{
  gsize i;
  json_t *part;

  json_array_foreach (list, i, part)
  {
    take_blocks (textract, json_object_get (part, "Blocks"));
    if (!func (textract->document, part, error))
      return FALSE;
  }
  return TRUE;
}

/* A document in which nothing was found has only its metadata. */
static gboolean
is_result (const json_t *page)
{
  static const char *const keys[] = { "Blocks", "ExpenseDocuments", "IdentityDocuments", "Results", "DocumentMetadata",
                                      "JobStatus", NULL };

  for (gsize i = 0; keys[i] != NULL; i++) {
    if (json_object_get (page, keys[i]) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* Whether the page of the result is one that says something. */
static gboolean
check_page (EmendDocument *document,
            const json_t *page,
            GError **error)
{
  const char *status = emend_json_get_text (page, "JobStatus");
  const char *message = emend_json_get_text (page, "StatusMessage");
  g_autofree char *reason = NULL;

  if (!is_result (page))
    return emend_document_refuse (document->path, EMEND_FORMATS_ERROR_INVALID, _ ("It is no result of Textract."),
                                  error);
  if (g_strcmp0 (status, "IN_PROGRESS") == 0 || g_strcmp0 (status, "FAILED") == 0) {
    /* TRANSLATORS: a status as the service calls it ("IN_PROGRESS"), then its own words or nothing. */
    reason = g_strdup_printf (_ ("The service had no result: %s. %s"), status, message != NULL ? message : "");
    return emend_document_refuse (document->path, EMEND_FORMATS_ERROR_INVALID, reason, error);
  }
  if (g_strcmp0 (status, "PARTIAL_SUCCESS") == 0)
    emend_document_tell (document, 0, _ ("The service could not read all pages, so some values are missing."));
  return TRUE;
}

static gboolean
read_pages (EmendTextract *textract,
            const json_t *tree,
            GError **error)
{
  gsize n_pages = json_is_array (tree) ? json_array_size (tree) : 1;
  EmendDocument *document = textract->document;

  if (n_pages == 0)
    return check_page (document, tree, error);
  for (gsize i = 0; i < n_pages; i++) {
    if (!check_page (document, json_is_array (tree) ? json_array_get (tree, i) : tree, error))
      return FALSE;
  }
  emend_document_find (document, NULL);
  for (gsize i = 0; i < n_pages; i++) {
    const json_t *page = json_is_array (tree) ? json_array_get (tree, i) : tree;

    take_blocks (textract, json_object_get (page, "Blocks"));
    if (i + 1 == n_pages && emend_json_get_text (page, "NextToken") != NULL)
      emend_document_tell (document, 0,
                           _ ("The result goes on in another file, so values of later pages can be missing."));
    if (!add_list (textract, json_object_get (page, "ExpenseDocuments"), emend_textract_add_expense, error) ||
        !add_list (textract, json_object_get (page, "IdentityDocuments"), emend_textract_add_identity, error) ||
        !add_list (textract, json_object_get (page, "Results"), emend_textract_add_lending, error))
      return FALSE;
  }
  return add_fields (textract, error) && emend_textract_add_tables (textract, error) && add_words (textract, error);
}

static gboolean
read_tree (EmendDocument *document,
           const json_t *tree,
           GError **error)
{
  g_autoptr (GHashTable) blocks = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  EmendTextract textract = { document, blocks, order, 0 };

  return read_pages (&textract, tree, error);
}

static gboolean
read_document (EmendDocument *document,
               char *text,
               gsize length,
               GError **error)
{
  g_autoptr (json_t) tree = emend_document_parse_json (document->path, text, length, error);

  return tree != NULL && read_tree (document, tree, error);
}

/* A job writes its parts as "1", "2" and so on; parts that were saved one by one say that more follows. */
static gboolean
goes_on (const char *before,
         const char *path)
{
  g_autofree char *head = NULL;
  g_autofree char *text = NULL;
  g_autoptr (json_t) tree = NULL;
  const json_t *last;
  gsize length;

  if (!emend_small_file_read_head (path, &head) || detect (path, head) == 0)
    return FALSE;
  if (emend_document_is_numbered (before) || emend_document_is_numbered (path))
    return emend_document_is_numbered (before) && emend_document_is_numbered (path);
  text = emend_small_file_read (before, EMEND_DOCUMENT_MAX_FILE, &length, NULL);
  if (text == NULL || strstr (text, "\"NextToken\"") == NULL) /* most have none, and need not be parsed for that */
    return FALSE;
  tree = emend_document_parse_json (before, text, length, NULL);
  last = json_is_array (tree) ? json_array_get (tree, json_array_size (tree) - 1) : tree;
  return emend_json_get_text (last, "NextToken") != NULL;
}

static const char *const suffixes[] = { ".json", NULL };
static const EmendDocumentReader reader = { suffixes, detect, read_document, NULL, goes_on, read_tree };

static void
emend_textract_format_format_init (EmendFormatInterface *iface)
{
  iface->id = "textract";
  iface->name = "Amazon Textract";
  emend_document_format_init (iface, &reader, TRUE);
}
