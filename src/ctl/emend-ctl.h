#pragma once

#include <gio/gio.h>

#include "emend-json.h"
#include "emend-project.h"

G_BEGIN_DECLS

/**
 * EmendCtlStatus:
 * @EMEND_CTL_DONE: what was asked is done
 * @EMEND_CTL_FAILED: refused or failed; the reason is on standard error
 * @EMEND_CTL_USAGE: the command line was wrong
 *
 * With what the program ends.
 */
typedef enum {
  EMEND_CTL_DONE = 0,
  EMEND_CTL_FAILED = 1,
  EMEND_CTL_USAGE = 2,
} EmendCtlStatus;

typedef struct _EmendCtl EmendCtl;

/**
 * EmendCommand:
 * @name: the word on the command line
 * @arguments: what follows it, for the help
 * @summary: what it does, one sentence
 * @details: (nullable): more for the help
 * @run: does it
 */
typedef struct {
  const char *name;
  const char *arguments;
  const char *summary;
  const char *details;
  EmendCtlStatus (*run) (EmendCtl *ctl);
} EmendCommand;

/**
 * EmendCtl:
 * @command: the command that runs
 * @cancellable: cancelled by SIGINT and SIGTERM
 * @argv: (element-type filename): the command's name and what follows it
 * @args: (element-type filename): of it, what is no option
 * @n_args: how many
 * @json: whether facts are printed as JSON
 * @reviewer: (nullable): as given with --reviewer
 *
 * One call of the program.
 */
struct _EmendCtl {
  const EmendCommand *command;
  GCancellable *cancellable;
  char **argv;
  char **args;
  guint n_args;
  gboolean json;
  char *reviewer;
  char *progress_title;
  gint64 progress_next;
  gboolean progress_shown;
};

/* Which of the options that several commands share this one has. */
typedef enum {
  EMEND_CTL_HAS_JSON = 1 << 0,
  EMEND_CTL_HAS_REVIEWER = 1 << 1,
} EmendCtlOptions;

gboolean emend_ctl_parse (EmendCtl *ctl,
                          const GOptionEntry *entries,
                          EmendCtlOptions options,
                          guint least,
                          guint most);
EmendCtlStatus emend_ctl_fail_usage (EmendCtl *ctl,
                                     const char *message);
EmendCtlStatus emend_ctl_fail (const char *file,
                               const GError *error);
void emend_ctl_complain (const char *file,
                         const char *message);

char *emend_ctl_get_reviewer (EmendCtl *ctl);
EmendProject *emend_ctl_open (EmendCtl *ctl,
                              const char *path);
EmendProject *emend_ctl_open_as_reviewer (EmendCtl *ctl,
                                          const char *path);
EmendProject *emend_ctl_open_to_write (EmendCtl *ctl,
                                       const char *path);
GArray *emend_ctl_choose_items (EmendProject *project,
                                const char *filter,
                                GError **error);

/* Progress goes to standard error when that is a terminal. */
void emend_ctl_begin_progress (EmendCtl *ctl,
                               const char *title);
void emend_ctl_progress (guint64 done,
                         guint64 total,
                         gpointer ctl);
void emend_ctl_end_progress (EmendCtl *ctl);

G_END_DECLS
