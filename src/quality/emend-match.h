#pragma once

#include "emend-shape.h"

G_BEGIN_DECLS

/**
 * EmendMatchThing:
 * @label: label number; things of different labels never match
 * @page: page; likewise
 * @box: where it is
 * @score: the higher, the earlier it is matched; NaN counts as 1
 */
typedef struct {
  int label;
  int page;
  EmendRect box;
  double score;
} EmendMatchThing;

/* One-to-one matching at an IoU threshold: see emend-match.c for method and source. @partner gets, for
 * each of @found, the index in @truth or -1. Returns how many were matched. */
gsize emend_match (const EmendMatchThing *found,
                   gsize n_found,
                   const EmendMatchThing *truth,
                   gsize n_truth,
                   double threshold,
                   gint *partner);

G_END_DECLS
