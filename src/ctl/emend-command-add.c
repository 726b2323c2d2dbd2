#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "emend-commands.h"
#include "emend-output.h"
#include "emend-scan.h"

static void
print_result (EmendCtl *ctl,
              const EmendScanResult *result)
{
  g_autoptr (EmendOutput) output = NULL;

  if (ctl->json) {
    output = emend_output_new ();
    emend_output_number (output, "added", result->n_added);
    emend_output_number (output, "known", result->n_known);
    emend_output_number (output, "unreadable", result->n_unreadable);
    emend_output_texts (output, "skipped", result->skipped);
    return;
  }
  emend_output_print (_ ("Added: %" PRId64 "\n"), result->n_added);
  emend_output_print (_ ("Already there: %" PRId64 "\n"), result->n_known);
  emend_output_print (_ ("Of the new ones, cannot be decoded: %" PRId64 "\n"), result->n_unreadable);
  emend_output_print (_ ("Left out, neither image nor document: %u\n"), result->skipped->len);
  for (guint i = 0; i < result->skipped->len; i++) {
    emend_output_print ("  ");
    emend_output_print_safe (g_ptr_array_index (result->skipped, i));
    emend_output_print ("\n");
  }
}

/**
 * emend_command_add:
 * @ctl: this call
 *
 * `emendctl add`: makes files, and what folders hold, items of a project.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_add (EmendCtl *ctl)
{
  g_autoptr (EmendProject) project = NULL;
  g_autoptr (EmendScanResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!emend_ctl_parse (ctl, NULL, EMEND_CTL_HAS_JSON | EMEND_CTL_HAS_REVIEWER, 2, G_MAXUINT))
    return EMEND_CTL_USAGE;
  project = emend_ctl_open_to_write (ctl, ctl->args[0]);
  if (project == NULL)
    return EMEND_CTL_FAILED;
  emend_ctl_begin_progress (ctl, _ ("Adding files"));
  result = emend_scan_add (project, (const char *const *) ctl->args + 1, ctl->cancellable, emend_ctl_progress, ctl,
                           &error);
  emend_ctl_end_progress (ctl);
  if (result == NULL)
    return emend_ctl_fail (ctl->args[0], error);
  print_result (ctl, result);
  return EMEND_CTL_DONE;
}
