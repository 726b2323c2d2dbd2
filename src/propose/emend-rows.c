#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include "emend-rows-private.h"

#include <math.h>
#include <stdlib.h>

/**
 * emend_rows_new:
 *
 * Returns: (transfer full): no rows. Any thread.
 */
EmendRows *
emend_rows_new (void)
{
  EmendRows *rows = g_new0 (EmendRows, 1);
  const guint32 zero = 0;

  rows->features = g_array_new (FALSE, FALSE, sizeof (guint32));
  rows->starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  rows->norms = g_array_new (FALSE, FALSE, sizeof (float));
  g_array_append_val (rows->starts, zero);
  return rows;
}

/**
 * emend_rows_free:
 * @rows: (transfer full): rows
 *
 * Any thread.
 */
void
emend_rows_free (EmendRows *rows)
{
  g_array_unref (rows->features);
  g_array_unref (rows->starts);
  g_array_unref (rows->norms);
  g_free (rows);
}

/**
 * emend_rows_feature:
 * @kind: what is said
 * @key: of what: a hash or a small number
 *
 * The finalizer of MurmurHash3 (A. Appleby, public domain) spreads the bits.
 *
 * Returns: the number of the feature, below %EMEND_FEATURES; the same on every machine. Any thread.
 */
guint
emend_rows_feature (guint kind,
                    guint64 key)
{
  guint64 hash = key ^ ((guint64) kind + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  hash = (hash ^ hash >> 33) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash = (hash ^ hash >> 33) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  hash ^= hash >> 33;
  return (guint) (hash & (EMEND_FEATURES - 1));
}

/**
 * emend_rows_add_number:
 * @rows: rows
 * @feature: its number, see emend_rows_feature()
 * @value: 0 to %EMEND_FEATURE_MAX
 *
 * Adds a feature to the row that is being made.
 */
void
emend_rows_add_number (EmendRows *rows,
                       guint feature,
                       double value)
{
  double share = CLAMP (value / EMEND_FEATURE_MAX, 0, 1);
  guint32 packed = feature << EMEND_FEATURE_VALUE_BITS | (guint32) lround (share * EMEND_FEATURE_STEPS);

  g_array_append_val (rows->features, packed);
}

/**
 * emend_rows_add:
 * @rows: rows
 * @kind: what is said
 * @key: of what: a hash or a small number
 * @value: 0 to %EMEND_FEATURE_MAX; 1 for what is or is not
 *
 * Adds a feature to the row that is being made.
 */
void
emend_rows_add (EmendRows *rows,
                guint kind,
                guint64 key,
                double value)
{
  emend_rows_add_number (rows, emend_rows_feature (kind, key), value);
}

static int
compare_features (const void *a,
                  const void *b)
{
  const guint32 *left = a;
  const guint32 *right = b;

  return (*left > *right) - (*left < *right);
}

/**
 * emend_rows_end:
 * @rows: rows
 *
 * Ends the row that is being made. Of features with the same number the greatest value stays.
 */
void
emend_rows_end (EmendRows *rows)
{
  guint start = g_array_index (rows->starts, guint32, rows->starts->len - 1);
  guint32 *features = (guint32 *) (void *) rows->features->data;
  guint n = start;
  double sum = 0;
  float norm;

  if (rows->features->len > start)
    qsort (features + start, rows->features->len - start, sizeof *features, compare_features);
  for (guint i = start; i < rows->features->len; i++) {
    if (n > start && features[n - 1] >> EMEND_FEATURE_VALUE_BITS == features[i] >> EMEND_FEATURE_VALUE_BITS)
      n--;
    features[n++] = features[i];
  }
  g_array_set_size (rows->features, n);
  for (guint i = start; i < n; i++)
    sum += emend_feature_value (features[i]) * emend_feature_value (features[i]);
  norm = sum > 0 ? (float) sqrt (sum) : 1;
  g_array_append_val (rows->starts, n);
  g_array_append_val (rows->norms, norm);
}

/**
 * emend_rows_get_n:
 * @rows: rows
 *
 * Returns: how many have been ended. Any thread.
 */
guint
emend_rows_get_n (const EmendRows *rows)
{
  return rows->norms->len;
}
