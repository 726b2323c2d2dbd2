#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-pack-check.h"
#include "emend-pack-plan.h"
#include "emend-private-folder.h"

#define ITEMS_AT_ONCE 1000

/* What the store says of the private copy, said of the file in the pack. */
static void
add_store_problem (EmendPackCheck *check,
                   const char *copy,
                   const char *message)
{
  g_auto (GStrv) parts = g_strsplit (message, copy, -1);
  g_autofree char *renamed = g_strjoinv (EMEND_PACK_PROJECT, parts);

  /* TRANSLATORS: a whole sentence that says what is wrong. */
  emend_problems_add (check->facts->problems, _ ("The project in the pack is not sound: %s"), renamed);
}

static void
check_media (EmendPackCheck *check,
             const EmendItem *item)
{
  g_autofree char *path = g_strconcat (EMEND_PACK_DATA, item->path, NULL);
  const EmendPackMember *member = g_hash_table_lookup (check->by_path, path);

  if (member == NULL)
    emend_problems_add_for (check->facts->problems, path,
                            _ ("The file “%s” is missing in the pack: the project in it needs it."));
  else if (member->is_whole && memcmp (&member->sha256, &item->sha256, sizeof item->sha256) != 0)
    emend_problems_add_for (check->facts->problems, path,
                            _ ("The file “%s” in the pack is not the one that was reviewed in the project in it."));
}

static gboolean
check_items (EmendPackCheck *check,
             EmendProject *project,
             EmendWork *work,
             GError **error)
{
  for (guint64 position = 0; position < check->facts->n_items; position += ITEMS_AT_ONCE) {
    g_autoptr (GError) local_error = NULL;
    g_autoptr (GPtrArray) items = emend_project_load_items_at (project, (gint64) position, ITEMS_AT_ONCE, &local_error);

    if (!emend_work_advance (work, 0, error))
      return FALSE;
    if (items == NULL) {
      add_store_problem (check, EMEND_PACK_PROJECT, local_error->message);
      return TRUE;
    }
    for (guint i = 0; i < items->len; i++)
      check_media (check, items->pdata[i]);
  }
  return TRUE;
}

/* Follows the whole journal, and makes the state from it once more to compare. */
static gboolean
check_journal (EmendPackCheck *check,
               EmendProject *project,
               const char *path,
               EmendWork *work,
               GError **error)
{
  g_autoptr (GError) local_error = NULL;
  EmendCheck *journal = emend_project_check (project, TRUE, work->cancellable, NULL, NULL, &local_error);

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (journal == NULL) {
    add_store_problem (check, path, local_error->message);
    return TRUE;
  }
  for (guint i = 0; i < journal->problems->len; i++)
    add_store_problem (check, path, journal->problems->pdata[i]);
  check->facts->n_annotations = (guint64) MAX (journal->n_annotations, 0);
  emend_check_free (journal);
  return TRUE;
}

/* The ledger follows from the project to the last byte: else the two tell different stories. */
static gboolean
check_ledger (EmendPackCheck *check,
              const char *project_path,
              EmendWork *work,
              GError **error)
{
  const EmendPackMember *member = g_hash_table_lookup (check->by_path, EMEND_PACK_LEDGER);
  g_autofree char *folder = g_path_get_dirname (project_path);
  g_autofree char *path = g_build_filename (folder, EMEND_PRIVATE_LEDGER, NULL);
  g_autoptr (GError) local_error = NULL;
  EmendDigest digest;

  if (member == NULL) {
    emend_problems_add_for (check->facts->problems, EMEND_PACK_LEDGER, _ ("The file “%s” is missing in the pack."));
    return TRUE;
  }
  if (!emend_pack_write_ledger (project_path, path, work->cancellable, &local_error) ||
      !emend_digest_of_file (path, &digest, NULL, work->cancellable, &local_error)) {
    if (!g_error_matches (local_error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DAMAGED)) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    add_store_problem (check, project_path, local_error->message);
    return TRUE;
  }
  if (member->is_whole && memcmp (&digest, &member->sha256, sizeof digest) != 0)
    emend_problems_add_for (check->facts->problems, EMEND_PACK_LEDGER,
                            _ ("The file “%s” in the pack does not say what the project in it says."));
  return TRUE;
}

/**
 * emend_pack_check_project:
 * @check: a pack that was checked as a bag
 * @path: a private copy of the project in it
 * @work: may be cancelled
 * @error: G_IO_ERROR_CANCELLED
 *
 * Opens the project as any other that is not to be trusted, follows its journal, and looks for the media
 * of its items in the pack.
 *
 * Returns: whether the work went on to its end; why the pack is not sound is added to its problems
 */
gboolean
emend_pack_check_project (EmendPackCheck *check,
                          const char *path,
                          EmendWork *work,
                          GError **error)
{
  const EmendPackMember *member = g_hash_table_lookup (check->by_path, EMEND_PACK_PROJECT);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (EmendProject) project = NULL;
  g_autoptr (EmendProjectInfo) info = NULL;

  if (member == NULL || !member->is_whole)
    return TRUE;
  project = emend_project_open (path, EMEND_PROJECT_READ_ONLY, NULL, &local_error);
  if (project != NULL)
    info = emend_project_get_info (project, &local_error);
  if (info == NULL) {
    add_store_problem (check, path, local_error->message);
    return TRUE;
  }
  check->facts->project_name = g_strdup (info->name);
  check->facts->n_items = (guint64) MAX (info->n_items, 0);
  if (!check_items (check, project, work, error) || !check_journal (check, project, path, work, error))
    return FALSE;
  /* A journal that is not sound cannot be told again. */
  return check->facts->problems->len > 0 || check_ledger (check, path, work, error);
}
