#define G_LOG_DOMAIN "emend-bench"

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "emend-bench.h"
#include "emend-pack.h"
#include "emend-project.h"
#include "emend-zip-writer.h"

/*
 * A pack against what it cannot do without: libarchive's zip writer, storing, and libcrypto's SHA-256 over
 * the same files, neither synced nor read back.
 *
 *   pack-copy            the same work by our own zip writer
 *   pack-write           the whole pack: it syncs, reads back and verifies what it wrote before it gets its name
 *   pack-write-synced    the same, against libarchive and libcrypto, and then a sync, and the archive read from the
 *                        disk and hashed once: the least that a writer does who looks at what is on the disk
 *   pack-verify          the reading of a pack that came from elsewhere
 *
 *   bench-pack [--whole]     400 MB in 4,000 files, or 2 GB in 20,000
 */

#define FILE_SIZE ((gsize) 100 * 1024)
#define N_FILES 4000
#define N_FILES_WHOLE 20000
#define N_ROUNDS 3
#define BUFFER_SIZE ((gsize) 256 * 1024)
#define DIRECT_SIZE ((gsize) 1024 * 1024)

typedef struct {
  double wall;
  double cpu;
} Cost;

typedef enum {
  FLOOR,
  SYNCED_FLOOR,
  COPY,
  WHOLE,
  VERIFY,
  N_COSTS,
} What;

typedef struct {
  char *folder;
  char *floor_path;
  char *pack_path;
  EmendProject *project;
  int n_files;
  guint8 *buffer;
} Bench;

/* What was written before must not be on the bill of what comes. */
static Cost
start (void)
{
  sync ();
  return (Cost){ emend_bench_wall (), emend_bench_cpu () };
}

static Cost
stop (Cost since)
{
  return (Cost){ emend_bench_wall () - since.wall, emend_bench_cpu () - since.cpu };
}

static char *
make_name (int number)
{
  return g_strdup_printf ("media/%03d/%06d.jpg", number / 1000, number);
}

static gboolean
make_file (Bench *bench,
           GRand *rand,
           int number,
           GPtrArray *new_items,
           GError **error)
{
  g_autofree char *name = make_name (number);
  g_autofree char *path = g_build_filename (bench->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  EmendNewItem *new_item = g_new0 (EmendNewItem, 1);

  for (gsize i = 0; i < FILE_SIZE; i += sizeof (guint32)) {
    guint32 word = g_rand_int (rand);

    memcpy (bench->buffer + i, &word, sizeof word);
  }
  new_item->item = emend_item_new ();
  new_item->item->path = g_strdup (name);
  new_item->item->size = FILE_SIZE;
  new_item->item->n_pages = 1;
  new_item->item->width = 640;
  new_item->item->height = 480;
  new_item->item->orientation = 1;
  emend_digest_of (bench->buffer, FILE_SIZE, &new_item->item->sha256);
  g_ptr_array_add (new_items, new_item);
  return g_mkdir_with_parents (parent, 0700) == 0 &&
         g_file_set_contents_full (path, (const char *) bench->buffer, FILE_SIZE, G_FILE_SET_CONTENTS_NONE, 0600,
                                   error);
}

static void
free_new_item (gpointer data)
{
  EmendNewItem *new_item = data;

  emend_item_free (new_item->item);
  g_free (new_item);
}

static gboolean
set_up (Bench *bench,
        GError **error)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (GPtrArray) new_items = g_ptr_array_new_with_free_func (free_new_item);
  g_autofree char *path = NULL;

  bench->folder = g_dir_make_tmp ("emend-bench-XXXXXX", error);
  if (bench->folder == NULL)
    return FALSE;
  path = g_build_filename (bench->folder, "bench.emend", NULL);
  bench->floor_path = g_build_filename (bench->folder, "floor.zip", NULL);
  bench->pack_path = g_build_filename (bench->folder, "bench.emend.zip", NULL);
  bench->buffer = g_malloc (BUFFER_SIZE);
  for (int i = 0; i < bench->n_files; i++)
    if (!make_file (bench, rand, i, new_items, error))
      return FALSE;
  bench->project = emend_project_create (path, "Bench", schema, "Bench", error);
  return bench->project != NULL &&
         emend_project_add_items (bench->project, new_items, NULL, NULL, NULL, error) == bench->n_files;
}

static void
remove_below (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_unlink (path) != 0)
      remove_below (path);
  }
  g_rmdir (folder);
}

static void
tear_down (Bench *bench)
{
  g_clear_pointer (&bench->project, emend_project_close);
  if (bench->folder != NULL)
    remove_below (bench->folder);
  g_free (bench->folder);
  g_free (bench->floor_path);
  g_free (bench->pack_path);
  g_free (bench->buffer);
}

static gboolean
store_floor_file (Bench *bench,
                  struct archive *archive,
                  struct archive_entry *entry,
                  int number)
{
  g_autofree char *name = make_name (number);
  g_autofree char *path = g_build_filename (bench->folder, name, NULL);
  g_autoptr (EmendHasher) hasher = emend_hasher_new (EMEND_HASH_SHA256);
  guint8 digest[EMEND_HASH_MAX_SIZE];
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean is_good = fd >= 0;
  ssize_t got;

  archive_entry_clear (entry);
  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, FILE_SIZE);
  is_good = is_good && archive_write_header (archive, entry) == ARCHIVE_OK;
  while (is_good && (got = read (fd, bench->buffer, BUFFER_SIZE)) > 0) {
    emend_hasher_update (hasher, bench->buffer, (gsize) got);
    is_good = archive_write_data (archive, bench->buffer, (size_t) got) == got;
  }
  emend_hasher_finish (hasher, digest);
  if (fd >= 0)
    close (fd);
  return is_good;
}

/* What libarchive and libcrypto need, without a sync. */
static gboolean
run_floor (Bench *bench)
{
  struct archive *archive = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  gboolean is_good = archive_write_set_format_zip (archive) == ARCHIVE_OK &&
                     archive_write_zip_set_compression_store (archive) == ARCHIVE_OK &&
                     archive_write_open_filename (archive, bench->floor_path) == ARCHIVE_OK;

  for (int i = 0; i < bench->n_files && is_good; i++)
    is_good = store_floor_file (bench, archive, entry, i);
  archive_entry_free (entry);
  is_good = archive_write_close (archive) == ARCHIVE_OK && is_good;
  archive_write_free (archive);
  return is_good;
}

/* The least that shows what is on the disk: a sync, one reading past the cache, one hash. */
static gboolean
look_at_floor (Bench *bench)
{
  int fd = open (bench->floor_path, O_RDONLY | O_CLOEXEC | O_DIRECT);
  g_autoptr (EmendHasher) hasher = emend_hasher_new (EMEND_HASH_SHA256);
  guint8 *bytes = g_aligned_alloc (1, DIRECT_SIZE, 4096);
  guint8 digest[EMEND_HASH_MAX_SIZE];
  gboolean is_good = fd >= 0 && fsync (fd) == 0;
  ssize_t got = 0;

  while (is_good && (got = read (fd, bytes, DIRECT_SIZE)) > 0)
    emend_hasher_update (hasher, bytes, (gsize) got);
  emend_hasher_finish (hasher, digest);
  g_aligned_free (bytes);
  if (fd >= 0)
    close (fd);
  return is_good && got == 0;
}

static gboolean
copy_file (Bench *bench,
           EmendZipWriter *zip,
           int number,
           GError **error)
{
  g_autofree char *name = make_name (number);
  g_autofree char *path = g_build_filename (bench->folder, name, NULL);
  g_autoptr (EmendHasher) hasher = emend_hasher_new (EMEND_HASH_SHA256);
  guint8 digest[EMEND_HASH_MAX_SIZE];
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean is_good = fd >= 0 && emend_zip_writer_begin (zip, name, FILE_SIZE, FALSE, error);
  ssize_t got;

  while (is_good && (got = read (fd, bench->buffer, BUFFER_SIZE)) > 0) {
    emend_hasher_update (hasher, bench->buffer, (gsize) got);
    is_good = emend_zip_writer_add (zip, bench->buffer, (gsize) got, error);
  }
  emend_hasher_finish (hasher, digest);
  if (fd >= 0)
    close (fd);
  return is_good && emend_zip_writer_end (zip, error);
}

/* What the floor does, with our own writer. */
static gboolean
run_copy (Bench *bench,
          GError **error)
{
  int fd = open (bench->pack_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  g_autoptr (EmendZipWriter) zip = emend_zip_writer_new (fd, bench->pack_path);
  gboolean is_good = fd >= 0;

  for (int i = 0; i < bench->n_files && is_good; i++)
    is_good = copy_file (bench, zip, i, error);
  is_good = is_good && emend_zip_writer_finish (zip, error);
  if (fd >= 0)
    close (fd);
  return is_good;
}

static void
report (const char *name,
        const Cost *values,
        const Cost *floors,
        double target)
{
  double wall[N_ROUNDS];
  double cpu[N_ROUNDS];
  double floor_wall[N_ROUNDS];
  double floor_cpu[N_ROUNDS];
  g_autofree char *cpu_name = g_strconcat (name, "-cpu", NULL);

  for (int i = 0; i < N_ROUNDS; i++) {
    wall[i] = values[i].wall;
    cpu[i] = values[i].cpu;
    floor_wall[i] = floors[i].wall;
    floor_cpu[i] = floors[i].cpu;
  }
  emend_bench_report (name, emend_bench_median (wall, N_ROUNDS), "s", emend_bench_median (floor_wall, N_ROUNDS),
                      target);
  emend_bench_report (cpu_name, emend_bench_median (cpu, N_ROUNDS), "s", emend_bench_median (floor_cpu, N_ROUNDS), NAN);
}

static gboolean
run_floors (Bench *bench,
            int round,
            Cost costs[N_COSTS][N_ROUNDS],
            GError **error)
{
  Cost since = start ();
  gboolean is_good = run_floor (bench);

  costs[FLOOR][round] = stop (since);
  is_good = is_good && look_at_floor (bench);
  costs[SYNCED_FLOOR][round] = stop (since);
  g_unlink (bench->floor_path);
  if (!is_good)
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "libarchive could not write");
  return is_good;
}

static gboolean
run_round (Bench *bench,
           int round,
           Cost costs[N_COSTS][N_ROUNDS],
           GError **error)
{
  const EmendPackOptions options = { .kind = EMEND_PACK_DELIVERY };
  g_autoptr (EmendPackFacts) facts = NULL;
  g_autoptr (EmendPackFacts) again = NULL;
  Cost since = start ();

  facts = emend_pack_write (bench->project, bench->pack_path, &options, NULL, NULL, NULL, error);
  costs[WHOLE][round] = stop (since);
  if (facts == NULL)
    return FALSE;
  since = start ();
  again = emend_pack_verify (bench->pack_path, NULL, NULL, NULL, error);
  costs[VERIFY][round] = stop (since);
  g_unlink (bench->pack_path);
  if (again == NULL || !run_floors (bench, round, costs, error))
    return FALSE;
  since = start ();
  if (!run_copy (bench, error))
    return FALSE;
  costs[COPY][round] = stop (since);
  return g_unlink (bench->pack_path) == 0;
}

int
main (int argc,
      char *argv[])
{
  Bench bench = { .n_files = argc > 1 && strcmp (argv[1], "--whole") == 0 ? N_FILES_WHOLE : N_FILES };
  Cost costs[N_COSTS][N_ROUNDS];
  g_autoptr (GError) error = NULL;
  gboolean is_good = set_up (&bench, &error);

  for (int i = 0; i < N_ROUNDS && is_good; i++)
    is_good = run_round (&bench, i, costs, &error);
  tear_down (&bench);
  if (!is_good) {
    emend_bench_skip ("pack-write", error != NULL ? error->message : "it failed");
    return 1;
  }
  report ("pack-copy", costs[COPY], costs[FLOOR], 1.3);
  report ("pack-write", costs[WHOLE], costs[FLOOR], 1.3);
  report ("pack-write-synced", costs[WHOLE], costs[SYNCED_FLOOR], NAN);
  report ("pack-verify", costs[VERIFY], costs[FLOOR], NAN);
  return 0;
}
