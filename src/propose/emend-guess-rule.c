#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-guess-private.h"

/* How far to the left a label is looked for, in words. */
#define MAX_LABEL 6

/* Names of things that fields are often about, in the languages of the program and of its neighbours. A field is
 * about one of them when its name has one of the words. */
static const char *const topics[][24] = {
  { "total", "amount", "sum", "gross", "payable", "due", "gesamt", "gesamtbetrag", "betrag", "summe", "brutto",
    "montant", "somme", "importe", "totale", "totaal", "合計", "金額", "総額", "المجموع", "الإجمالي", "المبلغ", NULL },
  { "tax", "vat", "gst", "sst", "mwst", "ust", "umsatzsteuer", "steuer", "tva", "taxe", "iva", "impuesto", "btw", "税",
    "消費税", "税額", "ضريبة", "الضريبة", NULL },
  { "subtotal", "net", "netto", "zwischensumme", "nettobetrag", "ht", "base", "neto", "小計", NULL },
  { "date", "dated", "datum", "fecha", "data", "日付", "発行日", "التاريخ", "تاريخ", NULL },
  { "number", "no", "nr", "num", "nummer", "numéro", "numero", "número", "invoice", "rechnung", "facture", "factura",
    "id", "番号", "رقم", NULL },
  { "company", "vendor", "supplier", "seller", "merchant", "issuer", "sender", "shop", "store", "firma", "lieferant",
    "fournisseur", "société", "empresa", "proveedor", "会社", "会社名", "الشركة", NULL },
  { "name", "nom", "nombre", "patient", "氏名", "名前", "الاسم", NULL },
  { "address", "adresse", "anschrift", "dirección", "direccion", "住所", "العنوان", NULL },
};

#define TOPIC_TOTAL 0
#define TOPIC_COMPANY 5

typedef struct {
  GHashTable *labels; /* hashes of words */
  gboolean is_total;
  gboolean is_company;
} Wanted;

static void
add_label (GHashTable *labels,
           const char *word)
{
  guint64 hash = emend_layout_hash (word);

  g_hash_table_add (labels, g_memdup2 (&hash, sizeof hash));
}

static gboolean
is_about (char **words,
          const char *const *topic)
{
  for (guint i = 0; topic[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) words, topic[i]))
      return TRUE;
  return FALSE;
}

/* The words of its name and title, and those that mean the same. */
static Wanted
wanted_new (const EmendField *field)
{
  Wanted wanted = { g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL), FALSE, FALSE };
  g_autofree char *both = g_strdup_printf ("%s %s", field->name, emend_field_get_title (field));
  g_autofree char *small = g_utf8_strdown (both, -1);
  g_auto (GStrv) words = g_strsplit_set (small, " _-.:/", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      add_label (wanted.labels, words[i]);
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++) {
    if (!is_about (words, topics[i]))
      continue;
    for (guint j = 0; topics[i][j] != NULL; j++)
      add_label (wanted.labels, topics[i][j]);
    wanted.is_total = wanted.is_total || i == TOPIC_TOTAL;
    wanted.is_company = wanted.is_company || i == TOPIC_COMPANY;
  }
  return wanted;
}

static gboolean
has_label (const Wanted *wanted,
           const EmendLayout *layout,
           guint first,
           guint end)
{
  for (guint i = first; i < end; i++)
    if (g_hash_table_contains (wanted->labels, &layout->tokens[i].key))
      return TRUE;
  return FALSE;
}

/* Whether a label stands before a word in its segment, in the segment to the left, or over it. */
static gboolean
is_labelled (const Wanted *wanted,
             const EmendLayout *layout,
             guint word)
{
  const EmendSegment *segment = &layout->segments[layout->tokens[word].segment];
  guint start = word - MIN (word - segment->first, MAX_LABEL);
  const EmendSegment *other;

  if (has_label (wanted, layout, start, word))
    return TRUE;
  if (segment->left >= 0 && word == segment->first) {
    other = &layout->segments[segment->left];
    if (has_label (wanted, layout, other->first, other->first + other->n_words))
      return TRUE;
  }
  if (segment->left < 0 && segment->above >= 0 && word == segment->first) {
    other = &layout->segments[segment->above];
    return has_label (wanted, layout, other->first, other->first + other->n_words);
  }
  return FALSE;
}

/* A labelled candidate beats one without; then the greatest amount of a total, else the first. */
static void
guess_hit (const Wanted *wanted,
           const EmendPrepared *prepared,
           const EmendHitGroup *group,
           GPtrArray *guesses)
{
  const EmendHit *best = NULL;
  double best_score = -INFINITY;

  for (guint i = 0; i < group->hits->len; i++) {
    const EmendHit *hit = group->hits->pdata[i];
    gboolean is_labelled_hit = is_labelled (wanted, prepared->layouts->pdata[hit->page], hit->first);
    double rank = wanted->is_total && !isnan (hit->number) ? atan (hit->number / 1000) / G_PI_2 : -(double) i / 1e6;
    double score = (is_labelled_hit ? 2 : 0) - (hit->is_odd ? 4 : 0) + rank;

    if (score > best_score) {
      best = hit;
      best_score = score;
    }
  }
  if (best != NULL)
    g_ptr_array_add (guesses, emend_guess_new_hit (best, best_score));
}

/* The rest of the segment after a label, or all of it; for the name of a company the first line with letters. */
static void
guess_span (const Wanted *wanted,
            const EmendPrepared *prepared,
            const EmendFieldSet *set,
            const EmendField *field,
            GPtrArray *guesses)
{
  for (guint page = 0; page < prepared->layouts->len && guesses->len == 0; page++) {
    const EmendLayout *layout = prepared->layouts->pdata[page];

    for (guint i = 0; i < layout->n_words && guesses->len == 0; i++) {
      const EmendSegment *segment = &layout->segments[layout->tokens[i].segment];
      guint end = segment->first + segment->n_words;
      gboolean is_label = has_label (wanted, layout, i, i + 1);
      gboolean is_first_line = wanted->is_company && i == segment->first && layout->tokens[i].n_letters > 1;

      if (is_first_line || (!is_label && !wanted->is_company && is_labelled (wanted, layout, i)))
        g_ptr_array_add (guesses, emend_guess_new_span (prepared, set, field, prepared->starts[page] + i,
                                                        prepared->starts[page] + end, 0));
    }
  }
}

/**
 * emend_guesses_by_rule:
 * @prepared: a document
 * @set: the fields
 * @field: one of them
 *
 * What the type and the name of a field say of its value, for as long as nothing is learned: the first date, the
 * greatest amount beside a word for total, the text after a word of the field's name.
 *
 * Returns: (transfer full) (element-type EmendGuess): one value or none. Any thread.
 */
GPtrArray *
emend_guesses_by_rule (const EmendPrepared *prepared,
                       const EmendFieldSet *set,
                       const EmendField *field)
{
  GPtrArray *guesses = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_guess_free);
  Wanted wanted = wanted_new (field);

  if (emend_field_is_span (field))
    guess_span (&wanted, prepared, set, field, guesses);
  else
    guess_hit (&wanted, prepared, emend_prepared_get_group (prepared, set, field), guesses);
  g_hash_table_unref (wanted.labels);
  return guesses;
}
