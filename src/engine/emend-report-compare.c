#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-match.h"
#include "emend-report-private.h"

/* What counts as the same place: the threshold of Everingham et al. 2010, section 4.2. */
#define THRESHOLD 0.5

static EmendMatchThing
thing_from_proposal (const EmendProposal *proposal)
{
  return (EmendMatchThing){ proposal->label, proposal->page, proposal->shape.box, proposal->score };
}

/* The reference of this item: of its newest run, should several speak of it. */
static GArray *
take_truth (GPtrArray *reference)
{
  GArray *truth = g_array_new (FALSE, FALSE, sizeof (EmendMatchThing));
  int newest = 0;

  for (guint i = 0; i < reference->len; i++) {
    const EmendProposal *record = g_ptr_array_index (reference, i);

    if (record->value == NULL)
      newest = MAX (newest, EMEND_PROPOSAL_RUN (record->id));
  }
  for (guint i = 0; i < reference->len; i++) {
    const EmendProposal *record = g_ptr_array_index (reference, i);

    if (EMEND_PROPOSAL_RUN (record->id) == newest && record->value == NULL) {
      EmendMatchThing thing = thing_from_proposal (record);
      g_array_append_val (truth, thing);
    }
  }
  return truth;
}

static GArray *
take_proposals (GPtrArray *marks,
                int run)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (EmendMatchThing));

  for (guint i = 0; i < marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (marks, i);

    if (mark->proposal != NULL && mark->proposal->value == NULL && EMEND_PROPOSAL_RUN (mark->proposal->id) == run) {
      EmendMatchThing thing = thing_from_proposal (mark->proposal);
      g_array_append_val (found, thing);
    }
  }
  return found;
}

static GArray *
take_final (GPtrArray *marks)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (EmendMatchThing));

  for (guint i = 0; i < marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (marks, i);
    EmendVerdict verdict = emend_mark_get_verdict (mark);

    if (verdict != EMEND_VERDICT_NONE && verdict != EMEND_VERDICT_REJECTED && emend_mark_get_value (mark) == NULL) {
      EmendMatchThing thing = { emend_mark_get_label (mark), emend_mark_get_page (mark),
                                emend_mark_get_shape (mark)->box, emend_mark_get_score (mark) };
      g_array_append_val (found, thing);
    }
  }
  return found;
}

typedef enum {
  HIT,
  FALSE_ALARM,
  MISS,
} Finding;

static void
count_finding (EmendReportTally *tally,
               Finding finding)
{
  if (tally == NULL)
    return;
  tally->row->true_positives += finding == HIT;
  tally->row->false_positives += finding == FALSE_ALARM;
  tally->row->misses += finding == MISS;
}

/* Matches and counts for @whole, and when @work is given, for its total and the label as well. */
static void
compare (EmendReportWork *work,
         EmendReportTally *whole,
         GArray *found,
         GArray *truth)
{
  const EmendMatchThing *things = (const EmendMatchThing *) (gpointer) found->data;
  const EmendMatchThing *truths = (const EmendMatchThing *) (gpointer) truth->data;
  g_autofree gint *partner = g_new (gint, MAX (found->len, 1));
  g_autofree gboolean *met = g_new0 (gboolean, MAX (truth->len, 1));

  emend_match (things, found->len, truths, truth->len, THRESHOLD, partner);
  for (guint i = 0; i < found->len + truth->len; i++) {
    gboolean is_truth = i >= found->len;
    int label = is_truth ? truths[i - found->len].label : things[i].label;
    Finding finding = is_truth ? MISS : partner[i] >= 0 ? HIT :
                                                          FALSE_ALARM;

    if (is_truth && met[i - found->len])
      continue;
    if (finding == HIT)
      met[partner[i]] = TRUE;
    count_finding (whole, finding);
    if (work != NULL) {
      count_finding (work->total, finding);
      count_finding (g_hash_table_lookup (work->labels, GINT_TO_POINTER (label)), finding);
    }
  }
}

/**
 * emend_report_compare_item:
 * @work: the report so far
 * @content: the final state of an item
 * @reference: (element-type EmendProposal): the truth of that item
 *
 * Matches one to one by label at an intersection over union of 0.5 (see emend_match()), shapes by the
 * rectangles that bound them: first each run's proposals with the truth, counted for the run, the
 * label and the total (with several runs, label and total are sums over the runs); then, on items
 * that were reviewed, what the reviewer left. An item on which the reference has nothing counts as
 * one where nothing is. Only boxes are compared: what was proposed of a field is compared with what was decided, see
 * emend_report_fields_count().
 */
void
emend_report_compare_item (EmendReportWork *work,
                           const EmendItemContent *content,
                           GPtrArray *reference)
{
  g_autoptr (GArray) truth = take_truth (reference);
  GHashTableIter iter;
  gpointer run;
  gpointer tally;

  g_hash_table_iter_init (&iter, work->runs);
  while (g_hash_table_iter_next (&iter, &run, &tally)) {
    g_autoptr (GArray) found = take_proposals (content->marks, GPOINTER_TO_INT (run));
    compare (work, tally, found, truth);
  }
  if (content->item->reading != EMEND_READING_NONE) {
    g_autoptr (GArray) final = take_final (content->marks);
    compare (NULL, work->reviewed, final, truth);
  }
}
