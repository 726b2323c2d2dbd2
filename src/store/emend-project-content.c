#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

/**
 * emend_proposal_from_query:
 * @project: a project
 * @query: a row that begins with EMEND_PROPOSAL_COLUMNS
 * @error: EMEND_STORE_ERROR_DAMAGED
 *
 * Returns: (transfer full) (nullable): the proposal
 */
EmendProposal *
emend_proposal_from_query (EmendProject *project,
                           EmendQuery *query,
                           GError **error)
{
  g_autoptr (EmendProposal) proposal = emend_proposal_new ();

  proposal->id = sqlite3_column_int64 (query, 0);
  proposal->item = sqlite3_column_int64 (query, 1);
  proposal->page = sqlite3_column_int (query, 2);
  proposal->label = sqlite3_column_int (query, 3);
  if (!emend_query_get_shape (query, 4, &proposal->shape)) {
    emend_project_set_damaged (project, _ ("a proposal has no shape"), error);
    return NULL;
  }
  proposal->score = sqlite3_column_type (query, 10) == SQLITE_NULL ? NAN : sqlite3_column_double (query, 10);
  proposal->score_text = emend_query_get_text (query, 11);
  proposal->attributes = emend_query_get_text (query, 12);
  if (!emend_query_get_value (project, query, 13, &proposal->value, error))
    return NULL;
  return g_steal_pointer (&proposal);
}

/* Reads a proposal as the schema in use does, which may be another than that under which it was imported. */
static EmendProposal *
read_proposal (EmendProject *project,
               EmendQuery *query,
               GError **error)
{
  EmendProposal *proposal = emend_proposal_from_query (project, query, error);

  if (proposal != NULL && proposal->value != NULL)
    emend_schema_normalise (project->schema, proposal->label, proposal->value);
  return proposal;
}

/* Elements of the two lists below become NULL when they are handed over. */
static void
proposal_clear (gpointer proposal)
{
  g_clear_pointer (&proposal, emend_proposal_free);
}

static void
annotation_clear (gpointer annotation)
{
  g_clear_pointer (&annotation, emend_annotation_free);
}

static GPtrArray *
load_proposals (EmendProject *project,
                gint64 item,
                gint64 stream,
                EmendRunRole role,
                GPtrArray *superseded,
                GError **error)
{
  g_autoptr (GPtrArray) proposals = g_ptr_array_new_with_free_func (proposal_clear);
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT p.id, item, page, label, kind, x, y, w, h, shape, score, "
                                                  "score_text, attributes, value, " EMEND_SUPERSEDED " AND NOT EXISTS "
                                                  "(SELECT 1 FROM annotation a WHERE a.item = ?1 AND a.stream = ?2 AND "
                                                  "a.proposal = p.id) FROM proposal p JOIN run r ON r.id = p.id "
                                                  ">> 32 AND r.role = ?3 WHERE item = ?1 ORDER BY p.id",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  sqlite3_bind_int64 (query, 1, item);
  sqlite3_bind_int64 (query, 2, stream);
  sqlite3_bind_int (query, 3, (int) role);
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    EmendProposal *proposal = read_proposal (project, query, error);

    if (proposal == NULL)
      return NULL;
    g_ptr_array_add (superseded != NULL && sqlite3_column_int (query, 14) ? superseded : proposals, proposal);
  }
  return step == EMEND_STEP_DONE ? g_steal_pointer (&proposals) : NULL;
}

/* The annotations of one stream, those of proposals in the order of the proposals. */
static GPtrArray *
load_annotations (EmendProject *project,
                  gint64 stream,
                  gint64 item,
                  GError **error)
{
  g_autoptr (GPtrArray) annotations = g_ptr_array_new_with_free_func (annotation_clear);
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT " EMEND_ANNOTATION_COLUMNS " FROM annotation WHERE item = ? "
                                                  "AND stream = ? "
                                                  "ORDER BY proposal, uuid",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  sqlite3_bind_int64 (query, 1, item);
  sqlite3_bind_int64 (query, 2, stream);
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    EmendAnnotation *annotation = emend_annotation_from_query (project, query, error);

    if (annotation == NULL)
      return NULL;
    g_ptr_array_add (annotations, annotation);
  }
  return step == EMEND_STEP_DONE ? g_steal_pointer (&annotations) : NULL;
}

static gboolean
load_pages (EmendProject *project,
            EmendItemContent *content,
            GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "SELECT number, width, height, orientation FROM page WHERE item = ? ORDER BY number", error);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, content->item->id);
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    EmendPage page = { sqlite3_column_int (query, 0), sqlite3_column_int (query, 1), sqlite3_column_int (query, 2),
                       sqlite3_column_int (query, 3) };
    g_array_append_val (content->pages, page);
  }
  if (step == EMEND_STEP_DONE && content->pages->len == 0) {
    EmendPage page = { 0, content->item->width, content->item->height, content->item->orientation };
    g_array_append_val (content->pages, page);
  }
  return step == EMEND_STEP_DONE;
}

/**
 * emend_project_get_page:
 * @project: a project
 * @item: number of the item
 * @number: of the page, from 0
 * @page: (out): its size and orientation
 * @error: EMEND_STORE_ERROR_REFUSED when there is no such page
 *
 * Returns: whether there is one
 */
gboolean
emend_project_get_page (EmendProject *project,
                        gint64 item,
                        int number,
                        EmendPage *page,
                        GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT width, height, orientation FROM page WHERE item = ?1 AND "
                                                  "number = ?2 UNION ALL SELECT width, height, orientation FROM item "
                                                  "WHERE id = ?1 AND ?2 = 0 LIMIT 1",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, item);
  sqlite3_bind_int (query, 2, number);
  step = emend_query_step (project, query, error);
  if (step == EMEND_STEP_DONE)
    g_set_error_literal (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED, _ ("There is no such page."));
  if (step != EMEND_STEP_ROW)
    return FALSE;
  *page = (EmendPage){ number, sqlite3_column_int (query, 0), sqlite3_column_int (query, 1),
                       sqlite3_column_int (query, 2) };
  return TRUE;
}

/* Joins the two sorted lists: proposals first, each with what was decided of it, then what was added. */
static gboolean
load_marks (EmendProject *project,
            EmendItemContent *content,
            gint64 stream,
            GError **error)
{
  g_autoptr (GPtrArray) proposals = load_proposals (project, content->item->id, stream, EMEND_RUN_PROPOSALS,
                                                    content->superseded, error);
  g_autoptr (GPtrArray) annotations = proposals ? load_annotations (project, stream, content->item->id, error) : NULL;
  guint n_added = 0;
  guint next;

  if (annotations == NULL)
    return FALSE;
  while (n_added < annotations->len && ((EmendAnnotation *) g_ptr_array_index (annotations, n_added))->proposal == 0)
    n_added++;
  next = n_added;
  for (guint i = 0; i < proposals->len; i++) {
    EmendProposal *proposal = g_steal_pointer (&proposals->pdata[i]);
    EmendAnnotation *annotation = NULL;

    while (next < annotations->len &&
           ((EmendAnnotation *) g_ptr_array_index (annotations, next))->proposal < proposal->id)
      next++;
    if (next < annotations->len &&
        ((EmendAnnotation *) g_ptr_array_index (annotations, next))->proposal == proposal->id)
      annotation = g_steal_pointer (&annotations->pdata[next++]);
    g_ptr_array_add (content->marks, emend_mark_new (proposal, annotation));
  }
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_add (content->marks, emend_mark_new (NULL, g_steal_pointer (&annotations->pdata[i])));
  return TRUE;
}

static EmendItemContent *
load_of_stream (EmendProject *project,
                gint64 item,
                gint64 stream,
                GError **error)
{
  g_autoptr (EmendItemContent) content = g_new0 (EmendItemContent, 1);

  content->pages = g_array_new (FALSE, FALSE, sizeof (EmendPage));
  content->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_mark_free);
  content->superseded = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_proposal_free);
  content->item = emend_project_load_item (project, item, error);
  if (content->item == NULL || !load_pages (project, content, error) || !load_marks (project, content, stream, error))
    return NULL;
  return g_steal_pointer (&content);
}

/**
 * emend_project_load_content:
 * @project: a project
 * @item: number of the item
 * @error: EMEND_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): all that is shown of the item
 */
EmendItemContent *
emend_project_load_content (EmendProject *project,
                            gint64 item,
                            GError **error)
{
  EmendItemContent *content;

  if (!emend_project_begin_read (project, error))
    return NULL;
  content = load_of_stream (project, item, project->view, error);
  emend_project_end_read (project);
  return content;
}

/**
 * emend_item_content_free:
 * @content: (transfer full): content of an item
 *
 * Any thread.
 */
void
emend_item_content_free (EmendItemContent *content)
{
  g_clear_pointer (&content->item, emend_item_free);
  g_clear_pointer (&content->pages, g_array_unref);
  g_clear_pointer (&content->marks, g_ptr_array_unref);
  g_clear_pointer (&content->superseded, g_ptr_array_unref);
  g_free (content);
}

/**
 * emend_project_load_reference:
 * @project: a project
 * @item: number of the item
 * @error: EMEND_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type EmendProposal): the records of reference runs
 */
GPtrArray *
emend_project_load_reference (EmendProject *project,
                              gint64 item,
                              GError **error)
{
  return load_proposals (project, item, 0, EMEND_RUN_REFERENCE, NULL, error);
}

/**
 * emend_project_find_proposal:
 * @project: a project
 * @id: run and ordinal
 * @error: EMEND_STORE_ERROR_REFUSED when there is none to review
 *
 * Returns: (transfer full) (nullable): the proposal, of a run of role proposals
 */
EmendProposal *
emend_project_find_proposal (EmendProject *project,
                             EmendProposalId id,
                             GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT " EMEND_PROPOSAL_COLUMNS " FROM proposal WHERE id = ?1 "
                                                  "AND EXISTS (SELECT 1 FROM run r WHERE r.id = ?1 >> 32 AND r.role = "
                                                  "0)",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  sqlite3_bind_int64 (query, 1, id);
  step = emend_query_step (project, query, error);
  if (step == EMEND_STEP_DONE)
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
                 /* TRANSLATORS: number within the run, number of the run, a file name. */
                 _ ("There is no proposal %u of run %d in “%s”."), EMEND_PROPOSAL_ORDINAL (id),
                 EMEND_PROPOSAL_RUN (id), project->path);
  return step == EMEND_STEP_ROW ? read_proposal (project, query, error) : NULL;
}

/* The stream whose reading of the item counts, 0 when nobody has read it. */
static gboolean
find_final_stream (EmendProject *project,
                   gint64 item,
                   gint64 *stream,
                   EmendReading *reading,
                   char **reviewer,
                   GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT s.id, s.reviewer, r.state, r.decision FROM reading r JOIN "
                                                  "stream s ON s.id = r.stream WHERE r.item = ? ORDER BY r.state = 2 "
                                                  "DESC, CASE r.state WHEN 2 THEN r.done ELSE r.decided END DESC, "
                                                  "r.decided DESC, s.created DESC, s.uuid DESC LIMIT 1",
                                                  error);
  EmendStep step;

  *stream = 0;
  *reading = (EmendReading){ 0 };
  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, item);
  step = emend_query_step (project, query, error);
  if (step == EMEND_STEP_ROW) {
    *stream = sqlite3_column_int64 (query, 0);
    *reviewer = emend_query_get_text (query, 1);
    reading->state = sqlite3_column_int (query, 2) == EMEND_READING_DONE ? EMEND_READING_DONE : EMEND_READING_OPEN;
    reading->decision = emend_query_get_text (query, 3);
  }
  return step != EMEND_STEP_FAILED;
}

/* Counts and state of the item as the marks and the reading that counts say, not those of the stream in view. */
static void
settle_counts (EmendItemContent *content,
               const EmendReading *reading)
{
  EmendItem *item = content->item;
  int counts[EMEND_VERDICT_ILLEGIBLE + 1] = { 0 };

  item->doubt = -1;
  for (guint i = 0; i < content->marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (content->marks, i);
    EmendVerdict verdict = emend_mark_get_verdict (mark);
    double score = emend_mark_get_score (mark);

    counts[verdict] += mark->proposal != NULL || verdict == EMEND_VERDICT_ADDED;
    if (verdict == EMEND_VERDICT_NONE)
      item->doubt = MAX (item->doubt, isnan (score) ? 1 : 1 - 2 * fabs (score - 0.5));
  }
  item->n_undecided = counts[EMEND_VERDICT_NONE];
  item->n_accepted = counts[EMEND_VERDICT_ACCEPTED];
  item->n_corrected = counts[EMEND_VERDICT_CORRECTED] + counts[EMEND_VERDICT_ILLEGIBLE];
  item->n_rejected = counts[EMEND_VERDICT_REJECTED] + counts[EMEND_VERDICT_ABSENT];
  item->n_added = counts[EMEND_VERDICT_ADDED];
  item->reading = reading->state;
  g_free (item->decision);
  item->decision = g_strdup (reading->decision);
}

/**
 * emend_project_load_final:
 * @project: a project
 * @item: number of the item
 * @reviewer: (out) (optional) (nullable) (transfer full): whose reading counts; %NULL when nobody has read it
 * @error: EMEND_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the item with the marks and counts of the reading that counts
 */
EmendItemContent *
emend_project_load_final (EmendProject *project,
                          gint64 item,
                          char **reviewer,
                          GError **error)
{
  g_autofree char *name = NULL;
  EmendItemContent *content = NULL;
  EmendReading reading;
  gint64 stream;

  if (reviewer != NULL)
    *reviewer = NULL;
  if (!emend_project_begin_read (project, error))
    return NULL;
  if (find_final_stream (project, item, &stream, &reading, &name, error))
    content = load_of_stream (project, item, stream, error);
  emend_project_end_read (project);
  if (content != NULL)
    settle_counts (content, &reading);
  emend_reading_clear (&reading);
  if (content != NULL && reviewer != NULL)
    *reviewer = g_steal_pointer (&name);
  return content;
}
