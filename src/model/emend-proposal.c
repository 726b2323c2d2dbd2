#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-proposal.h"

#include <math.h>

static const char *const role_names[] = { "proposals", "reference", "annotations" };

/**
 * emend_proposal_new:
 *
 * Returns: (transfer full): a proposal without score. Any thread.
 */
EmendProposal *
emend_proposal_new (void)
{
  EmendProposal *proposal = g_new0 (EmendProposal, 1);

  proposal->score = NAN;
  return proposal;
}

/**
 * emend_proposal_copy:
 * @proposal: a proposal
 *
 * Returns: (transfer full): one like it. Any thread.
 */
EmendProposal *
emend_proposal_copy (const EmendProposal *proposal)
{
  EmendProposal *copy = g_memdup2 (proposal, sizeof *proposal);

  emend_shape_copy (&proposal->shape, &copy->shape);
  copy->score_text = g_strdup (proposal->score_text);
  copy->attributes = g_strdup (proposal->attributes);
  copy->value = proposal->value != NULL ? emend_value_copy (proposal->value) : NULL;
  return copy;
}

/**
 * emend_proposal_free:
 * @proposal: (transfer full): a proposal
 *
 * Any thread.
 */
void
emend_proposal_free (EmendProposal *proposal)
{
  emend_shape_clear (&proposal->shape);
  g_free (proposal->score_text);
  g_free (proposal->attributes);
  g_clear_pointer (&proposal->value, emend_value_free);
  g_free (proposal);
}

/**
 * emend_run_new:
 *
 * Returns: (transfer full): a run of role proposals with an identity of its own. Any thread.
 */
EmendRun *
emend_run_new (void)
{
  EmendRun *run = g_new0 (EmendRun, 1);

  emend_uuid_init_v7 (&run->uuid);
  run->created_ms = g_get_real_time () / 1000;
  return run;
}

/**
 * emend_run_free:
 * @run: (transfer full): a run
 *
 * Any thread.
 */
void
emend_run_free (EmendRun *run)
{
  g_free (run->name);
  g_free (run->model);
  g_free (run->version);
  g_free (run->source);
  g_free (run->source_sha256);
  g_free (run->params);
  g_free (run);
}

/**
 * emend_run_role_to_name:
 * @role: a role
 *
 * Returns: its name in files and on the command line, not translated. Any thread.
 */
const char *
emend_run_role_to_name (EmendRunRole role)
{
  g_return_val_if_fail ((guint) role < G_N_ELEMENTS (role_names), "proposals");

  return role_names[role];
}
