#pragma once

#include "emend-project-private.h"

G_BEGIN_DECLS

/**
 * EmendChecker:
 * @project: what is checked
 * @check: what was found
 * @restricted: it holds a choice of the items that its journal speaks of
 * @cancellable: (nullable): to stop
 * @progress: (nullable): told how many events and items are done
 * @progress_data: for @progress
 * @done: steps that are done
 * @total: steps in all
 */
typedef struct {
  EmendProject *project;
  EmendCheck *check;
  gboolean restricted;
  GCancellable *cancellable;
  EmendProgressFunc progress;
  gpointer progress_data;
  guint64 done;
  guint64 total;
} EmendChecker;

/* emend-project-check.c */
void emend_checker_add (EmendChecker *checker,
                        const char *format,
                        ...) G_GNUC_PRINTF (2, 3);
gboolean emend_checker_advance (EmendChecker *checker,
                                GError **error);

/* emend-project-chain.c */
gboolean emend_checker_chains (EmendChecker *checker,
                               GError **error);
gboolean emend_checker_runs (EmendChecker *checker,
                             GError **error);

/* emend-project-rebuild.c */
gboolean emend_checker_rebuild (EmendChecker *checker,
                                GError **error);
gboolean emend_checker_counters (EmendChecker *checker,
                                 GError **error);

G_END_DECLS
