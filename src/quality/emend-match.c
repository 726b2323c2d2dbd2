#define G_LOG_DOMAIN "emend-quality"

#include "config.h"

#include "emend-match.h"

#include <math.h>
#include <stdlib.h>

/*
 * The truths in the order of page, label and left edge, so that only those are looked at that a found
 * thing can overlap: from the first whose left edge is within the widest truth's width of it, up to
 * its own right edge.
 */
typedef struct {
  const EmendMatchThing *things;
  guint32 *order;
  gboolean *taken;
  gsize n;
  double widest;
} TruthIndex;

static int
compare_group (const EmendMatchThing *a,
               const EmendMatchThing *b)
{
  if (a->page != b->page)
    return a->page < b->page ? -1 : 1;
  if (a->label != b->label)
    return a->label < b->label ? -1 : 1;
  return 0;
}

static int
compare_truths (gconstpointer a,
                gconstpointer b,
                gpointer data)
{
  const EmendMatchThing *things = data;
  guint32 first = *(const guint32 *) a;
  guint32 second = *(const guint32 *) b;
  int order = compare_group (&things[first], &things[second]);

  if (order == 0 && things[first].box.x != things[second].box.x)
    order = things[first].box.x < things[second].box.x ? -1 : 1;
  if (order == 0)
    order = first < second ? -1 : 1;
  return order;
}

static double
score_of (const EmendMatchThing *thing)
{
  return isnan (thing->score) ? 1 : thing->score;
}

static int
compare_found (gconstpointer a,
               gconstpointer b,
               gpointer data)
{
  const EmendMatchThing *things = data;
  guint32 first = *(const guint32 *) a;
  guint32 second = *(const guint32 *) b;
  double difference = score_of (&things[first]) - score_of (&things[second]);

  if (difference != 0)
    return difference > 0 ? -1 : 1;
  return first < second ? -1 : 1;
}

static guint32 *
make_order (const EmendMatchThing *things,
            gsize n,
            GCompareDataFunc compare)
{
  guint32 *order = g_new (guint32, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    order[i] = (guint32) i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare, (gpointer) things);
  return order;
}

/* Where in the order the truths begin that can reach to the right of @thing's left edge. */
static gsize
first_candidate (const TruthIndex *index,
                 const EmendMatchThing *thing)
{
  gsize low = 0;
  gsize high = index->n;
  double left = thing->box.x - index->widest;

  while (low < high) {
    gsize middle = low + (high - low) / 2;
    const EmendMatchThing *truth = &index->things[index->order[middle]];
    int order = compare_group (truth, thing);

    if (order < 0 || (order == 0 && truth->box.x < left))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The free truth that @thing overlaps best, at least by @threshold; the one given first of equals; -1 for none. */
static gint
best_free (const TruthIndex *index,
           const EmendMatchThing *thing,
           double threshold)
{
  double best = threshold;
  gint partner = -1;

  for (gsize i = first_candidate (index, thing); i < index->n; i++) {
    guint32 number = index->order[i];
    const EmendMatchThing *truth = &index->things[number];
    double iou;

    if (compare_group (truth, thing) != 0 || truth->box.x > thing->box.x + thing->box.width)
      break;
    if (index->taken[number])
      continue;
    iou = emend_rect_iou (&thing->box, &truth->box);
    if (iou > best || (iou >= best && (partner < 0 || (gint) number < partner))) {
      best = iou;
      partner = (gint) number;
    }
  }
  return partner;
}

/**
 * emend_match:
 * @found: (array length=n_found): what was found: proposals, or what a reviewer left
 * @n_found: how many, below 2^31
 * @truth: (array length=n_truth): what there is
 * @n_truth: how many, below 2^31
 * @threshold: the least intersection over union that counts, above 0, at most 1; usually 0.5
 * @partner: (out) (array length=n_found): for each of @found the index in @truth, or -1
 *
 * Matches one to one, greedily: the found things in the order of falling score (equal scores in the
 * order given), each with the still free truth of the same page and label that it overlaps best, if
 * the overlap reaches @threshold. A truth can therefore be matched once only, and a second find of
 * the same thing is a false positive, as in Everingham et al., "The PASCAL Visual Object Classes
 * Challenge", IJCV 88, 2010, section 4.2; that a find whose best truth is taken may have the next
 * best one follows the evaluation protocol of COCO (Lin et al., ECCV 2014; cocoeval.py, evaluateImg),
 * without its special treatment of crowd regions. Boxes are compared on continuous coordinates.
 *
 * The work is about n log n as long as boxes do not all lie above one another. Any thread.
 *
 * Returns: how many were matched
 */
gsize
emend_match (const EmendMatchThing *found,
             gsize n_found,
             const EmendMatchThing *truth,
             gsize n_truth,
             double threshold,
             gint *partner)
{
  TruthIndex index = { truth, NULL, NULL, n_truth, 0 };
  g_autofree guint32 *truth_order = NULL;
  g_autofree guint32 *found_order = NULL;
  g_autofree gboolean *taken = NULL;
  gsize n_matched = 0;

  g_return_val_if_fail (n_found < G_MAXINT && n_truth < G_MAXINT, 0);
  g_return_val_if_fail (threshold > 0 && threshold <= 1, 0);

  index.order = truth_order = make_order (truth, n_truth, compare_truths);
  index.taken = taken = g_new0 (gboolean, MAX (n_truth, 1));
  for (gsize i = 0; i < n_truth; i++)
    index.widest = fmax (index.widest, truth[i].box.width);
  found_order = make_order (found, n_found, compare_found);
  for (gsize i = 0; i < n_found; i++) {
    gint best = best_free (&index, &found[found_order[i]], threshold);

    partner[found_order[i]] = best;
    if (best >= 0) {
      taken[best] = TRUE;
      n_matched++;
    }
  }
  return n_matched;
}
