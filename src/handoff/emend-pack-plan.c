#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include "emend-pack-plan.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "emend-pack-check.h"
#include "emend-pack-name.h"
#include "emend-text.h"

/*
 * Where media lie in a pack: beside data/project.emend under the paths that their items have, so that the
 * project opens as it is, and an item is called the same at every desk. A path that means nothing or
 * something else there (it leaves the project's folder, is not allowed on some system, differs from another
 * only in case, or is a file of the pack itself) becomes media/UUID/NAME, with the identity of the item, and
 * the snapshot says so.
 */

#define ITEMS_AT_ONCE 1000

/* Bytes of a file's name and of its ending where it was moved: its path must stay below EMEND_PACK_NAME_MAX. */
#define SAFE_NAME_MAX ((gsize) 160)
#define ENDING_MAX 16

typedef struct {
  EmendPackPlan *plan;
  EmendProject *project;
  const EmendPackOptions *options;
  EmendProjectInfo *info;
  EmendNameSet *names;
  GHashTable *moved; /* gint64 number of an item, to its path in the pack's project */
  GCancellable *cancellable;
} Planning;

static void
free_file (gpointer data)
{
  EmendPackFile *file = data;

  g_free (file->path);
  g_free (file->source);
  g_free (file);
}

/* Adds a file; takes @path. */
static void
take_file (EmendPackPlan *plan,
           char *path,
           const char *source,
           guint64 size,
           const EmendDigest *expected)
{
  EmendPackFile *file = g_new0 (EmendPackFile, 1);

  file->path = path;
  file->source = g_strdup (source);
  file->size = size;
  if (expected != NULL)
    file->expected = *expected;
  g_ptr_array_add (plan->files, file);
  plan->n_bytes += size;
}

/* A stretch of the pack that is its own, whatever the case of its letters. */
static gboolean
is_own_place (const char *path)
{
  static const char *const places[] = { "data/project.emend", "data/ledger.jsonl", "data/export" };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    gsize length = strlen (places[i]);

    if (g_ascii_strncasecmp (path, places[i], length) == 0 && strchr ("/-.", path[length]) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* The ending of a name that was lost when it was made safe: letters and digits behind a dot; or "". */
static const char *
find_lost_ending (const char *name,
                  const char *safe)
{
  const char *dot = strrchr (name, '.');
  gsize length = dot != NULL ? strlen (dot) : 0;

  if (length < 2 || length > ENDING_MAX || g_str_has_suffix (safe, dot))
    return "";
  for (const char *p = dot + 1; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p))
      return "";
  return dot;
}

/* A name for a file that may stand in any folder, not too long, and with the ending of its own. */
static char *
make_safe_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *safe = emend_pack_name_make_safe (base);
  gsize length = strlen (safe);
  const char *ending;

  if (length > SAFE_NAME_MAX) {
    length = SAFE_NAME_MAX;
    while (length > 0 && ((guchar) safe[length] & 0xc0) == 0x80)
      length--;
    while (length > 1 && strchr (" .-", safe[length - 1]) != NULL)
      length--;
    safe[length] = '\0';
  }
  ending = find_lost_ending (base, safe);
  return g_strconcat (safe, ending, NULL);
}

/* A place for a file that cannot lie where its item has it. The project may have a folder "Media" of its own, which
 * on some systems is the same as ours; then ours gets another name. */
static char *
make_place (Planning *planning,
            const EmendItem *item)
{
  g_autofree char *uuid = emend_uuid_to_string (&item->uuid);
  g_autofree char *name = make_safe_name (item->path);
  char *place = g_strconcat (EMEND_PACK_MEDIA, uuid, "/", name, NULL);

  for (guint i = 2; !emend_name_set_add (planning->names, place); i++) {
    g_free (place);
    place = g_strdup_printf ("%smedia-%u/%s/%s", EMEND_PACK_DATA, i, uuid, name);
  }
  return place;
}

/* Path of an item's file in the pack. */
static char *
place_media (Planning *planning,
             const EmendItem *item)
{
  g_autofree char *path = g_strconcat (EMEND_PACK_DATA, item->path, NULL);
  char *place;

  if (emend_pack_name_check (path) == NULL && !is_own_place (path) && emend_name_set_add (planning->names, path))
    return g_steal_pointer (&path);
  place = make_place (planning, item);
  g_hash_table_insert (planning->moved, g_memdup2 (&item->id, sizeof item->id),
                       g_strdup (place + strlen (EMEND_PACK_DATA)));
  return place;
}

static gboolean
fail_media (const char *source,
            const char *sentence,
            GError **error)
{
  g_autofree char *name = g_filename_display_name (source);

  g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_MEDIA, sentence, name);
  return FALSE;
}

static gboolean
plan_item (Planning *planning,
           const EmendItem *item,
           GError **error)
{
  g_autofree char *source = g_build_filename (planning->info->folder, item->path, NULL);
  struct stat status;

  if (stat (source, &status) != 0 || !S_ISREG (status.st_mode))
    return fail_media (source,
                       _ ("The file “%s” is missing, so no pack was written. Point to the file again, or leave its "
                          "item out."),
                       error);
  if (emend_digest_is_nil (&item->sha256))
    return fail_media (source,
                       _ ("The file “%s” could not be read when it was added, so it cannot be told whether it is "
                          "still the same. No pack was written; leave its item out."),
                       error);
  if ((guint64) status.st_size != item->size)
    return fail_media (source,
                       _ ("The file “%s” was changed after it was added to the project, so no pack was written. Put "
                          "the original back, or leave its item out."),
                       error);
  take_file (planning->plan, place_media (planning, item), source, item->size, &item->sha256);
  return TRUE;
}

/* The next items of those that shall be packed; an empty list at the end. */
static GPtrArray *
load_items (Planning *planning,
            gsize position,
            GError **error)
{
  const EmendPackOptions *options = planning->options;

  if (options->items == NULL)
    return emend_project_load_items_at (planning->project, (gint64) position, ITEMS_AT_ONCE, error);
  if (position >= options->n_items)
    return g_ptr_array_new ();
  return emend_project_load_items (planning->project, options->items + position,
                                   MIN (options->n_items - position, ITEMS_AT_ONCE), error);
}

static gboolean
plan_items (Planning *planning,
            GError **error)
{
  for (gsize position = 0;; position += ITEMS_AT_ONCE) {
    g_autoptr (GPtrArray) items = load_items (planning, position, error);

    if (items == NULL || g_cancellable_set_error_if_cancelled (planning->cancellable, error))
      return FALSE;
    if (items->len == 0)
      return TRUE;
    for (guint i = 0; i < items->len; i++)
      if (!plan_item (planning, items->pdata[i], error))
        return FALSE;
  }
}

/* Adds a file that was just made in the private folder. */
static gboolean
plan_made (Planning *planning,
           const char *source,
           const char *path,
           GError **error)
{
  struct stat status;

  if (stat (source, &status) != 0) {
    emend_handoff_set_read_error (error, source, errno);
    return FALSE;
  }
  take_file (planning->plan, g_strdup (path), source, (guint64) status.st_size, NULL);
  return TRUE;
}

typedef struct {
  const char *path;
  FILE *file;
} Output;

static gboolean
write_line (gconstpointer line,
            gsize size,
            gpointer data,
            GError **error)
{
  const Output *output = data;

  if (fwrite (line, 1, size, output->file) == size)
    return TRUE;
  emend_handoff_set_disk_error (error, output->path, errno);
  return FALSE;
}

static gboolean
write_ledger (const char *project,
              const char *path,
              GCancellable *cancellable,
              GError **error)
{
  Output output = { path, fopen (path, "wxe") };
  gboolean is_done;

  if (output.file == NULL) {
    emend_handoff_set_disk_error (error, path, errno);
    return FALSE;
  }
  is_done = emend_pack_tell_ledger (project, write_line, &output, cancellable, error);
  if (fclose (output.file) != 0 && is_done) {
    emend_handoff_set_disk_error (error, path, errno);
    return FALSE;
  }
  return is_done;
}

static gboolean
plan_project (Planning *planning,
              GError **error)
{
  const EmendPackOptions *options = planning->options;
  const EmendSnapshotOptions snapshot = { options->items, options->n_items, options->blind, planning->moved };
  const char *folder = emend_private_folder_get_path (planning->plan->folder);
  g_autofree char *project = g_build_filename (folder, EMEND_PRIVATE_PROJECT, NULL);
  g_autofree char *ledger = g_build_filename (folder, EMEND_PRIVATE_LEDGER, NULL);

  return emend_project_snapshot (planning->project, project, &snapshot, error) &&
         write_ledger (project, ledger, planning->cancellable, error) &&
         plan_made (planning, project, EMEND_PACK_PROJECT, error) &&
         plan_made (planning, ledger, EMEND_PACK_LEDGER, error);
}

static gboolean
fail_export (const char *path,
             GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_MEDIA,
               _ ("“%s” cannot be put into a pack: it is no regular file, or its name is not allowed on every system. "
                  "No pack was written."),
               name);
  return FALSE;
}

/* Adds what is in a folder; the order does not matter, as the files are sorted at the end. */
static gboolean
plan_export (Planning *planning,
             const char *folder,
             const char *path,
             GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL) {
    emend_handoff_set_read_error (error, folder, errno);
    return FALSE;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *source = g_build_filename (folder, name, NULL);
    g_autofree char *place = g_strconcat (path, name, NULL);
    struct stat status;

    if (g_cancellable_set_error_if_cancelled (planning->cancellable, error))
      return FALSE;
    if (lstat (source, &status) != 0 || emend_pack_name_check (place) != NULL)
      return fail_export (source, error);
    if (S_ISDIR (status.st_mode)) {
      g_autofree char *below = g_strconcat (place, "/", NULL);

      if (!plan_export (planning, source, below, error))
        return FALSE;
    } else if (!S_ISREG (status.st_mode) || !emend_name_set_add (planning->names, place))
      return fail_export (source, error);
    else
      take_file (planning->plan, g_steal_pointer (&place), source, (guint64) status.st_size, NULL);
  }
  return TRUE;
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  const EmendPackFile *x = *(EmendPackFile *const *) a;
  const EmendPackFile *y = *(EmendPackFile *const *) b;

  return strcmp (x->path, y->path);
}

/**
 * emend_pack_plan_new:
 * @project: a project
 * @options: what shall be packed
 * @cancellable: (nullable): stops the work
 * @error: EMEND_HANDOFF_ERROR_MEDIA when a file is missing or has another size, EMEND_HANDOFF_ERROR_DISK,
 *   EMEND_STORE_ERROR, or G_IO_ERROR_CANCELLED
 *
 * Finds out what a pack will hold, and makes the snapshot and the ledger in a private folder.
 *
 * Returns: (transfer full) (nullable): the plan
 */
EmendPackPlan *
emend_pack_plan_new (EmendProject *project,
                     const EmendPackOptions *options,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (EmendPackPlan) plan = g_new0 (EmendPackPlan, 1);
  g_autoptr (EmendNameSet) names = emend_name_set_new ();
  g_autoptr (GHashTable) moved = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (EmendProjectInfo) info = emend_project_get_info (project, error);
  Planning planning = { plan, project, options, info, names, moved, cancellable };

  plan->files = g_ptr_array_new_with_free_func (free_file);
  if (info == NULL)
    return NULL;
  plan->project_name = g_strdup (info->name);
  plan->folder = emend_private_folder_new (error);
  if (plan->folder == NULL || !plan_items (&planning, error) || !plan_project (&planning, error))
    return NULL;
  if (options->exports != NULL && !plan_export (&planning, options->exports, EMEND_PACK_EXPORT, error))
    return NULL;
  g_ptr_array_sort (plan->files, compare_paths);
  return g_steal_pointer (&plan);
}

/**
 * emend_pack_plan_free:
 * @plan: (transfer full): a plan; its private folder is removed
 */
void
emend_pack_plan_free (EmendPackPlan *plan)
{
  g_clear_pointer (&plan->folder, emend_private_folder_free);
  g_ptr_array_unref (plan->files);
  g_free (plan->project_name);
  g_free (plan);
}
