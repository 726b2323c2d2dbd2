#pragma once

#include "emend-import.h"
#include "emend-project.h"

G_BEGIN_DECLS

/* A project in a folder of its own, with two labels ("cat" 1, "dog" 2) and the item decision "blurred". */
typedef struct {
  char *folder;
  char *path;
  EmendProject *project;
} EmendTestProject;

void emend_test_project_set_up (EmendTestProject *self,
                                const char *reviewer);
void emend_test_project_tear_down (EmendTestProject *self);
void emend_test_project_reopen (EmendTestProject *self,
                                EmendProjectFlags flags,
                                const char *reviewer);

EmendSchema *emend_test_schema (void);

/* Adds items "images/0000.jpg" and so on, 640 x 480. */
void emend_test_add_items (EmendProject *project,
                           int n_items);

/* A run with @per_item boxes for each of the items 1..n: score 0.5, 0.6, ... up to 0.9, labels in turn. */
void emend_test_add_run (EmendProject *project,
                         EmendRunRole role,
                         int n_items,
                         int per_item);

/* A proposal that emend_import_add() takes. */
EmendProposal *emend_test_proposal (gint64 item,
                                    int label,
                                    double x,
                                    double score);

/* Decides and demands success; @decision is taken. */
EmendOutcome *emend_test_decide (EmendProject *project,
                                 EmendDecision *decision);
EmendDecision *emend_test_decision (EmendDecisionKind kind,
                                    gint64 item,
                                    EmendProposalId proposal);

/* All that a person can see of all items, as text. */
char *emend_test_dump (EmendProject *project);

/* Runs statements on the file with the sqlite3 tool, as somebody outside would. */
void emend_test_sql (const char *path,
                     const char *sql);

/* Demands that a check, with a rebuild, finds nothing. */
void emend_test_assert_sound (EmendProject *project);

G_END_DECLS
