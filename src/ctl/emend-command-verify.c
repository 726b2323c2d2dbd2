#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "emend-commands.h"
#include "emend-media-check.h"
#include "emend-output.h"
#include "emend-pack-print.h"
#include "emend-table.h"

/* With what every SQLite file begins. */
static const char database_magic[] = "SQLite format 3";

/* Whether the file begins as a project does; a project that is damaged there is told as no pack. */
static gboolean
is_database (const char *path,
             gboolean *result,
             GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  char head[sizeof database_magic] = { 0 };
  gsize size = 0;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &size, NULL, error))
    return FALSE;
  *result = size == sizeof head && memcmp (head, database_magic, sizeof head) == 0;
  return TRUE;
}

static EmendCtlStatus
verify_pack (EmendCtl *ctl)
{
  g_autoptr (EmendPackFacts) facts = NULL;
  g_autoptr (GError) error = NULL;

  emend_ctl_begin_progress (ctl, _ ("Verifying"));
  facts = emend_pack_verify (ctl->args[0], ctl->cancellable, emend_ctl_progress, ctl, &error);
  emend_ctl_end_progress (ctl);
  if (facts == NULL)
    return emend_ctl_fail (ctl->args[0], error);
  emend_pack_print (ctl, ctl->args[0], facts);
  return facts->problems->len == 0 ? EMEND_CTL_DONE : EMEND_CTL_FAILED;
}

/* Prints what was checked; @media is NULL when the media were not looked at. */
static EmendCtlStatus
print_check (EmendCtl *ctl,
             const EmendCheck *check,
             const EmendMediaCheck *media)
{
  const EmendTableColumn columns[] = { { NULL, FALSE, 0 }, { NULL, TRUE, 0 } };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));
  g_autoptr (EmendOutput) output = ctl->json ? emend_output_new () : NULL;
  const struct {
    const char *key;
    const char *title;
    gint64 value;
  } facts[] = {
    { "events", N_ ("Events followed"), check->n_events },
    { "streams", N_ ("Streams"), check->n_streams },
    { "annotations", N_ ("Annotations compared"), check->n_annotations },
    { "media", N_ ("Media files compared"), media != NULL ? media->n_compared : -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++) {
    if (facts[i].value < 0)
      continue;
    if (output != NULL) {
      emend_output_number (output, facts[i].key, facts[i].value);
    } else {
      emend_table_add (table, _ (facts[i].title));
      emend_table_add_number (table, facts[i].value);
    }
  }
  if (output != NULL) {
    emend_output_truth (output, "rebuilt", check->rebuilt);
    emend_output_texts (output, "problems", check->problems);
  } else {
    emend_table_print (table);
  }
  for (guint i = 0; i < check->problems->len; i++)
    emend_ctl_complain (ctl->args[0], g_ptr_array_index (check->problems, i));
  if (!ctl->json && check->problems->len == 0)
    emend_output_print (_ ("No problems were found.\n"));
  return check->problems->len == 0 ? EMEND_CTL_DONE : EMEND_CTL_FAILED;
}

static EmendCtlStatus
verify_project (EmendCtl *ctl)
{
  g_autoptr (EmendProject) project = emend_ctl_open (ctl, ctl->args[0]);
  g_autoptr (EmendCheck) check = NULL;
  g_autoptr (EmendMediaCheck) media = NULL;
  g_autoptr (GError) error = NULL;

  if (project == NULL)
    return EMEND_CTL_FAILED;
  emend_ctl_begin_progress (ctl, _ ("Verifying"));
  check = emend_project_check (project, FALSE, ctl->cancellable, emend_ctl_progress, ctl, &error);
  if (check != NULL)
    media = emend_media_check_run (project, check->problems, ctl->cancellable, emend_ctl_progress, ctl, &error);
  emend_ctl_end_progress (ctl);
  return media != NULL ? print_check (ctl, check, media) : emend_ctl_fail (ctl->args[0], error);
}

/**
 * emend_command_verify:
 * @ctl: this call
 *
 * `emendctl verify`: whether a pack, or a project and its media, are whole and unchanged.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_verify (EmendCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  gboolean database = FALSE;

  if (!emend_ctl_parse (ctl, NULL, EMEND_CTL_HAS_JSON, 1, 1))
    return EMEND_CTL_USAGE;
  if (!is_database (ctl->args[0], &database, &error))
    return emend_ctl_fail (ctl->args[0], error);
  return database ? verify_project (ctl) : verify_pack (ctl);
}

/**
 * emend_command_check:
 * @ctl: this call
 *
 * `emendctl check`: whether a project file is sound in itself.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_check (EmendCtl *ctl)
{
  gboolean rebuild = FALSE;
  const GOptionEntry entries[] = {
    { "rebuild", 0, 0, G_OPTION_ARG_NONE, &rebuild, N_ ("Rebuild the state from the journal, and compare"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (EmendProject) project = NULL;
  g_autoptr (EmendCheck) check = NULL;
  g_autoptr (GError) error = NULL;

  if (!emend_ctl_parse (ctl, entries, EMEND_CTL_HAS_JSON, 1, 1))
    return EMEND_CTL_USAGE;
  project = emend_ctl_open (ctl, ctl->args[0]);
  if (project == NULL)
    return EMEND_CTL_FAILED;
  emend_ctl_begin_progress (ctl, _ ("Checking"));
  check = emend_project_check (project, rebuild, ctl->cancellable, emend_ctl_progress, ctl, &error);
  emend_ctl_end_progress (ctl);
  return check != NULL ? print_check (ctl, check, NULL) : emend_ctl_fail (ctl->args[0], error);
}
