#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "emend-project.h"

/*
 * Decides again and again, by a seeded generator, and writes a line after each commit: the number of the event.
 * It is killed from outside at any moment.
 *
 *   kill-worker PROJECT SEED
 */

static EmendDecision *
next_decision (GRand *random,
               const EmendProjectInfo *info)
{
  gint64 item = g_rand_int_range (random, 1, (gint32) info->n_items + 1);
  EmendDecision *decision = emend_decision_new (EMEND_DECISION_ACCEPT, item);

  decision->proposal = EMEND_PROPOSAL_ID (1, (item - 1) * 3 + g_rand_int_range (random, 0, 3));
  switch (g_rand_int_range (random, 0, 5)) {
  case 0:
    decision->kind = EMEND_DECISION_REJECT;
    break;
  case 1:
    decision->kind = EMEND_DECISION_CORRECT;
    decision->sets = EMEND_DECISION_SETS_SHAPE;
    emend_shape_init_box (&decision->shape, &(EmendRect){ g_rand_double (random), 1, 2, 3 });
    break;
  case 2:
    decision->kind = EMEND_DECISION_ADD;
    decision->proposal = 0;
    decision->label = 1;
    emend_shape_init_box (&decision->shape, &(EmendRect){ 1, 1, 2, g_rand_double (random) + 1 });
    break;
  case 3:
    decision->kind = EMEND_DECISION_DONE;
    break;
  default:
    break;
  }
  return decision;
}

static EmendOutcome *
act (EmendProject *project,
     GRand *random,
     const EmendProjectInfo *info,
     GError **error)
{
  g_autoptr (EmendDecision) decision = next_decision (random, info);
  const EmendDecision *const decisions[] = { decision };
  int choice = g_rand_int_range (random, 0, 8);

  if (choice == 0 && info->can_undo != NULL)
    return emend_project_undo (project, error);
  if (choice == 1 && info->can_redo != NULL)
    return emend_project_redo (project, error);
  return emend_project_decide (project, decisions, 1, error);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProject) project = argc == 3 ? emend_project_open (argv[1], 0, "ann", &error) : NULL;
  g_autoptr (EmendProjectInfo) info = project != NULL ? emend_project_get_info (project, &error) : NULL;
  g_autoptr (GRand) random = argc == 3 ? g_rand_new_with_seed ((guint32) g_ascii_strtoull (argv[2], NULL, 10)) : NULL;

  if (info == NULL || info->read_only_reason != NULL) {
    g_printerr ("kill-worker: %s\n", error != NULL ? error->message : "the project cannot be written");
    return EXIT_FAILURE;
  }
  for (;;) {
    g_autoptr (EmendOutcome) outcome = act (project, random, info, &error);
    char line[32];
    int length;

    if (outcome == NULL) {
      g_printerr ("kill-worker: %s\n", error->message);
      return EXIT_FAILURE;
    }
    g_clear_pointer (&info, emend_project_info_free);
    info = g_steal_pointer (&outcome->info);
    length = g_snprintf (line, sizeof line, "%" G_GINT64_FORMAT "\n", outcome->seq);
    if (write (STDOUT_FILENO, line, (gsize) length) != length)
      return EXIT_FAILURE;
  }
}
