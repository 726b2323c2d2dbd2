#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "emend-commands.h"
#include "emend-output.h"
#include "emend-pack-print.h"

typedef struct {
  char *output;
  char *kind;
  char *items;
  gboolean blind;
} PackArguments;

static void
pack_arguments_clear (PackArguments *arguments)
{
  g_free (arguments->output);
  g_free (arguments->kind);
  g_free (arguments->items);
}
/* clang-format off */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PackArguments, pack_arguments_clear)
/* clang-format on */

static EmendCtlStatus
write_pack (EmendCtl *ctl,
            const PackArguments *given,
            EmendPackKind kind)
{
  EmendPackOptions options = { .kind = kind, .blind = given->blind };
  g_autoptr (EmendProject) project = emend_ctl_open_to_write (ctl, ctl->args[0]);
  g_autoptr (GArray) items = NULL;
  g_autoptr (EmendPackFacts) facts = NULL;
  g_autoptr (GError) error = NULL;

  if (project == NULL)
    return EMEND_CTL_FAILED;
  if (given->items != NULL) {
    items = emend_ctl_choose_items (project, given->items, &error);
    if (items == NULL)
      return emend_ctl_fail (ctl->args[0], error);
    if (items->len == 0) {
      emend_ctl_complain (ctl->args[0], _ ("The filter finds no items, and a pack of none is not made."));
      return EMEND_CTL_FAILED;
    }
    options.items = (const gint64 *) (gpointer) items->data;
    options.n_items = items->len;
  }
  emend_ctl_begin_progress (ctl, _ ("Packing"));
  facts = emend_pack_write (project, given->output, &options, ctl->cancellable, emend_ctl_progress, ctl, &error);
  emend_ctl_end_progress (ctl);
  if (facts == NULL)
    return emend_ctl_fail (given->output, error);
  emend_pack_print (ctl, given->output, facts);
  return EMEND_CTL_DONE;
}

/**
 * emend_command_pack:
 * @ctl: this call
 *
 * `emendctl pack`: writes a project, or some of it, with its media as one archive.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_pack (EmendCtl *ctl)
{
  g_auto (PackArguments) given = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &given.output, N_ ("Where to write; never over something else"),
      N_ ("OUT.emend.zip") },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &given.kind, N_ ("delivery (the default), work or backup"), N_ ("KIND") },
    { "items", 0, 0, G_OPTION_ARG_STRING, &given.items, N_ ("Only items that this finds"), N_ ("FILTER") },
    { "blind", 0, 0, G_OPTION_ARG_NONE, &given.blind, N_ ("For work: without what others decided"), NULL },
    G_OPTION_ENTRY_NULL
  };
  EmendPackKind kind = EMEND_PACK_DELIVERY;

  if (!emend_ctl_parse (ctl, entries, EMEND_CTL_HAS_JSON | EMEND_CTL_HAS_REVIEWER, 1, 1))
    return EMEND_CTL_USAGE;
  if (given.output == NULL)
    return emend_ctl_fail_usage (ctl, _ ("A pack needs -o."));
  if (given.kind != NULL && !emend_pack_kind_from_name (given.kind, &kind))
    return emend_ctl_fail_usage (ctl, _ ("The kind is work, delivery or backup."));
  if (given.blind && kind != EMEND_PACK_WORK)
    return emend_ctl_fail_usage (ctl, _ ("--blind is for packs of kind work."));
  return write_pack (ctl, &given, kind);
}

/**
 * emend_command_unpack:
 * @ctl: this call
 *
 * `emendctl unpack`: verifies a pack and makes a folder of it.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_unpack (EmendCtl *ctl)
{
  g_autofree char *folder = NULL;
  g_autofree char *project = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "directory", 'C', 0, G_OPTION_ARG_FILENAME, &folder, N_ ("In which folder; else the present one"), N_ ("DIR") },
    G_OPTION_ENTRY_NULL
  };

  if (!emend_ctl_parse (ctl, entries, EMEND_CTL_HAS_JSON, 1, 1))
    return EMEND_CTL_USAGE;
  emend_ctl_begin_progress (ctl, _ ("Unpacking"));
  project = emend_pack_unpack (ctl->args[0], folder != NULL ? folder : ".", ctl->cancellable, emend_ctl_progress, ctl,
                               &error);
  emend_ctl_end_progress (ctl);
  if (project == NULL)
    return emend_ctl_fail (ctl->args[0], error);
  if (ctl->json) {
    g_autoptr (EmendOutput) output = emend_output_new ();
    emend_output_text (output, "project", project);
  } else {
    emend_output_print_safe (project);
    emend_output_print ("\n");
  }
  return EMEND_CTL_DONE;
}
