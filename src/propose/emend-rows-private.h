#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Features are hashed to this many numbers. */
#define EMEND_FEATURE_BITS 18
#define EMEND_FEATURES (1u << EMEND_FEATURE_BITS)

/* A feature is its number in the upper bits and its value, 0..EMEND_FEATURE_MAX, in steps in the lower ones. */
#define EMEND_FEATURE_VALUE_BITS (32 - EMEND_FEATURE_BITS)
#define EMEND_FEATURE_STEPS ((1u << EMEND_FEATURE_VALUE_BITS) - 1)
#define EMEND_FEATURE_MAX 4.0

/**
 * EmendRows:
 * @features: (element-type guint32): of all rows, one row after the other, in ascending order within each
 * @starts: (element-type guint32): where each row starts; one more than there are rows
 * @norms: (element-type float): length of each row as a vector
 *
 * Sparse rows of features.
 */
typedef struct {
  GArray *features;
  GArray *starts;
  GArray *norms;
} EmendRows;

EmendRows *emend_rows_new (void);
void emend_rows_free (EmendRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendRows, emend_rows_free)
void emend_rows_add (EmendRows *rows,
                     guint kind,
                     guint64 key,
                     double value);
void emend_rows_add_number (EmendRows *rows,
                            guint feature,
                            double value);
guint emend_rows_feature (guint kind,
                          guint64 key);
void emend_rows_end (EmendRows *rows);
guint emend_rows_get_n (const EmendRows *rows);

/* The value of a feature before its row is made of length 1. */
static inline double
emend_feature_value (guint32 feature)
{
  return (feature & EMEND_FEATURE_STEPS) * (EMEND_FEATURE_MAX / EMEND_FEATURE_STEPS);
}

G_END_DECLS
