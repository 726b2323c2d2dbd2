#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-error.h"
#include "emend-pack-check.h"
#include "emend-pack-plan.h"

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

/* What the ledger must be, as far as it was told. */
typedef struct {
  EmendHasher *hasher;
  guint64 count;
  guint64 limit; /* of the one in the pack: a longer one is another */
} Comparison;

static gboolean
hash_line (gconstpointer line,
           gsize size,
           gpointer data,
           GError **error)
{
  Comparison *comparison = data;

  emend_hasher_update (comparison->hasher, line, size);
  comparison->count += size;
  if (comparison->count <= comparison->limit)
    return TRUE;
  g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_REFUSED,
               _ ("The file “%s” in the pack does not say what the project in it says."), EMEND_PACK_LEDGER);
  return FALSE;
}

/* Whether the ledger in the pack is the one that the project tells, to the last byte. */
static gboolean
compare_ledger (const EmendPackMember *member,
                guint64 size,
                const char *project_path,
                GCancellable *cancellable,
                gboolean *is_same,
                GError **error)
{
  g_autoptr (EmendHasher) hasher = emend_hasher_new (EMEND_HASH_SHA256);
  Comparison comparison = { hasher, 0, size };
  g_autoptr (GError) local_error = NULL;
  guint8 bytes[EMEND_HASH_MAX_SIZE];

  *is_same = FALSE;
  if (emend_pack_tell_ledger (project_path, hash_line, &comparison, cancellable, &local_error)) {
    emend_hasher_finish (hasher, bytes);
    *is_same = memcmp (bytes, member->sha256.bytes, sizeof member->sha256.bytes) == 0;
    return TRUE;
  }
  if (g_error_matches (local_error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_REFUSED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Whether an error says that the project is not sound, and not that it could not be looked at. */
static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DAMAGED) ||
         g_error_matches (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_JSON) ||
         g_error_matches (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_LIMIT);
}

static guint64
get_size (const EmendPackCheck *check,
          const EmendPackMember *member)
{
  guint index = 0;

  if (!g_ptr_array_find (check->members, member, &index))
    return 0;
  return ((const EmendZipEntry *) check->entries->pdata[index])->size;
}

/* The ledger follows from the project to the last byte: else the two tell different stories. */
static gboolean
check_ledger (EmendPackCheck *check,
              const char *project_path,
              EmendWork *work,
              GError **error)
{
  const EmendPackMember *member = g_hash_table_lookup (check->by_path, EMEND_PACK_LEDGER);
  g_autoptr (GError) local_error = NULL;
  gboolean is_same = FALSE;

  if (member == NULL) {
    emend_problems_add_for (check->facts->problems, EMEND_PACK_LEDGER, _ ("The file “%s” is missing in the pack."));
    return TRUE;
  }
  if (!compare_ledger (member, get_size (check, member), project_path, work->cancellable, &is_same, &local_error)) {
    if (!is_damage (local_error)) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    add_store_problem (check, project_path, local_error->message);
    return TRUE;
  }
  if (member->is_whole && !is_same)
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
