#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-replay.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "emend-decision-line.h"
#include "emend-engine-error.h"
#include "emend-line-reader.h"

typedef struct {
  EmendProject *project;
  EmendSchema *schema;
  EmendReplayResult *result;
  EmendReplayFunc func;
  gpointer data;
} Replay;

static gboolean
is_blank (GBytes *line)
{
  gsize size;
  const char *text = g_bytes_get_data (line, &size);

  for (gsize i = 0; i < size; i++) {
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  }
  return TRUE;
}

/* Whether every further line would fail for the same reason, so that going on makes no sense. */
static gboolean
is_lasting (const GError *error)
{
  return error->domain == EMEND_STORE_ERROR && error->code != EMEND_STORE_ERROR_REFUSED;
}

static gboolean
apply_line (Replay *replay,
            GBytes *line,
            GError **error)
{
  g_autoptr (EmendDecision) decision = NULL;
  g_autoptr (EmendOutcome) outcome = NULL;
  const EmendDecision *one;

  if (line == NULL) {
    g_set_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_DECISION,
                 _ ("The line is longer than %" PRIuPTR " bytes."), EMEND_LINE_MAX_SIZE);
    return FALSE;
  }
  decision = emend_decision_line_parse (line, replay->project, replay->schema, error);
  if (decision == NULL)
    return FALSE;
  one = decision;
  outcome = emend_project_decide (replay->project, &one, 1, error);
  return outcome != NULL;
}

/* FALSE when the replay must stop. */
static gboolean
take_line (Replay *replay,
           gint64 number,
           GBytes *line,
           GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (line != NULL && is_blank (line))
    return TRUE;
  if (apply_line (replay, line, &problem)) {
    replay->result->n_applied++;
  } else if (is_lasting (problem)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  } else {
    replay->result->n_failed++;
  }
  if (replay->func != NULL)
    replay->func (number, problem, replay->data);
  return TRUE;
}

/**
 * emend_replay_run:
 * @project: a project that can be written and knows its reviewer
 * @lines: decisions, one JSON object a line, as emend_decision_line_parse() takes them; blank lines are
 *   passed over
 * @result: (out): how many lines were applied and how many could not be, also after a failure
 * @func: (nullable) (scope call): told of each line that is not blank
 * @data: for @func
 * @cancellable: (nullable): to stop before the next line
 * @error: why it stopped before the end: the stream, the disk, the project, or cancelled
 *
 * Each decision is committed by emend_project_decide() before the next line is read. What was
 * committed stays when it stops. Waits for the disk: not for the main thread.
 *
 * Returns: whether the end of @lines was reached
 */
gboolean
emend_replay_run (EmendProject *project,
                  GInputStream *lines,
                  EmendReplayResult *result,
                  EmendReplayFunc func,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (EmendLineReader) reader = emend_line_reader_new (lines);
  EmendSchema *schema = emend_project_get_schema (project);
  Replay replay = { project, schema, result, func, data };
  GError *problem = NULL;

  *result = (EmendReplayResult){ 0, 0 };
  while (problem == NULL) {
    g_autoptr (GBytes) line = NULL;

    if (g_cancellable_set_error_if_cancelled (cancellable, &problem) ||
        !emend_line_reader_next (reader, &line, cancellable, &problem))
      break;
    if (!take_line (&replay, emend_line_reader_get_number (reader), line, &problem))
      break;
  }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}
