#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include "emend-pack-proof.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "emend-zip-format.h"

/*
 * The proof that an archive on the disk is the one that was meant, in one reading that follows the writing. Three
 * threads pass blocks on in a ring: one waits until a stretch of the archive is written for good, syncs it, and only
 * then reads it; one hashes the whole; one compares. Every byte is compared: headers and the directory with what they
 * must be, and what each file is in the archive by its SHA-256. The hash of the whole cannot be had while the archive
 * is written, as CRC and sizes are put in front of a file when it is known; here it is that of what the disk has.
 */

#define BLOCK_SIZE ((gsize) 1024 * 1024)
#define N_BLOCKS 6

/* So much is synced and read at once: the disk is told to make what it has lasting that often and no more. */
#define STRETCH ((guint64) 32 * 1024 * 1024)

/* What every disk in use takes as the unit of reading past the cache. */
#define DIRECT_UNIT ((gsize) 4096)

/* @size is 0 in the last one, after which nothing comes; a code says why when it comes too early. */
typedef struct {
  guint8 *bytes;
  gsize size;
  int read_code;
  int sync_code;
} Block;

/* Where in the archive the comparing is. */
typedef struct {
  guint index;          /* first the files, then their records in the directory, then its end */
  GByteArray *expected; /* NULL before the first byte of what index points to */
  gsize matched;
  guint64 remaining;
  EmendHasher *hasher;       /* of the file's bytes */
  const EmendDigest *digest; /* that they must have */
  guint64 start;
  guint64 position;
} Walk;

struct _EmendPackProver {
  int fd;
  int direct_fd; /* -1 where the system cannot read past its cache */
  char *path;
  GThread *threads[3];
  Block blocks[N_BLOCKS];
  GAsyncQueue *free;
  GAsyncQueue *read;
  GAsyncQueue *hashed;
  EmendHasher *hasher; /* of the whole: the hashing thread's, and after the end the caller's */
  Walk walk;           /* likewise the comparing thread's */

  GMutex mutex;
  GCond changed;
  /* All below is guarded by the mutex. */
  GPtrArray *entries; /* EmendZipEntry of the writer, those that are written for good */
  guint64 size;       /* so many bytes are */
  gboolean is_final;  /* nothing follows */
  gboolean stopped;
  gboolean is_done;
  gboolean is_same; /* so far */
  int read_code;    /* why the reading failed; or 0 */
  int sync_code;    /* why the syncing failed; or 0 */
  guint64 n_proven;
  guint64 n_taken; /* of those, told by take_progress() */
};

/* Past the cache: the bytes are the disk's. Sets errno on failure. */
static gboolean
read_direct (const EmendPackProver *prover,
             guint8 *bytes,
             gsize size,
             guint64 offset)
{
  gsize filled = 0;

  while (filled < size) {
    gsize wanted = (size - filled + DIRECT_UNIT - 1) / DIRECT_UNIT * DIRECT_UNIT;
    ssize_t got = pread (prover->direct_fd, bytes + filled, wanted, (off_t) (offset + filled));

    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0) {
      errno = got < 0 ? errno : EIO;
      return FALSE;
    }
    filled += (gsize) got;
  }
  return TRUE;
}

/* A file system that cannot read past the cache says so at the first block, or when the file is opened. */
static gboolean
read_block (EmendPackProver *prover,
            guint8 *bytes,
            gsize size,
            guint64 offset)
{
  if (prover->direct_fd >= 0) {
    if (read_direct (prover, bytes, size, offset))
      return TRUE;
    if (errno != EINVAL || offset != 0)
      return FALSE;
    close (prover->direct_fd);
    prover->direct_fd = -1;
    if (posix_fadvise (prover->fd, 0, 0, POSIX_FADV_DONTNEED) != 0)
      g_debug ("The archive stays in memory while it is read back");
  }
  return emend_handoff_read_at (prover->fd, bytes, size, offset);
}

/* Syncs all that is written for good; what is not read past the cache leaves it. Sets errno on failure. */
static gboolean
sync_written (const EmendPackProver *prover)
{
  if (fdatasync (prover->fd) != 0)
    return FALSE;
  if (prover->direct_fd < 0 && posix_fadvise (prover->fd, 0, 0, POSIX_FADV_DONTNEED) != 0)
    g_debug ("The archive stays in memory while it is read back");
  return TRUE;
}

static gboolean
is_stopped (EmendPackProver *prover)
{
  gboolean stopped;

  g_mutex_lock (&prover->mutex);
  stopped = prover->stopped;
  g_mutex_unlock (&prover->mutex);
  return stopped;
}

/* Waits for the next stretch behind @synced. Returns how many bytes are written for good; 0 to stop. */
static guint64
wait_for_stretch (EmendPackProver *prover,
                  guint64 synced)
{
  guint64 size;

  g_mutex_lock (&prover->mutex);
  while (!prover->stopped && !prover->is_final && prover->size < synced + STRETCH)
    g_cond_wait (&prover->changed, &prover->mutex);
  /* Blocks are whole, but for the last one. */
  size = prover->is_final ? prover->size : prover->size / BLOCK_SIZE * BLOCK_SIZE;
  if (prover->stopped)
    size = 0;
  g_mutex_unlock (&prover->mutex);
  return size;
}

/* Reads the next block; without one there is nothing more, or code says why. */
static void
fill_block (EmendPackProver *prover,
            Block *block,
            guint64 offset,
            guint64 *synced)
{
  block->read_code = 0;
  block->sync_code = 0;
  block->size = 0;
  if (is_stopped (prover))
    return;
  if (offset == *synced) {
    guint64 size = wait_for_stretch (prover, *synced);

    if (size <= *synced)
      return;
    if (!sync_written (prover)) {
      block->sync_code = errno;
      return;
    }
    *synced = size;
  }
  block->size = (gsize) MIN (*synced - offset, BLOCK_SIZE);
  if (!read_block (prover, block->bytes, block->size, offset)) {
    block->read_code = errno != 0 ? errno : EIO;
    block->size = 0;
  }
}

static gpointer
read_worker (gpointer data)
{
  EmendPackProver *prover = data;
  guint64 offset = 0;
  guint64 synced = 0;

  for (;;) {
    Block *block = g_async_queue_pop (prover->free);

    fill_block (prover, block, offset, &synced);
    offset += block->size;
    /* Behind the push the block is another thread's. */
    gboolean is_last = block->size == 0;

    g_async_queue_push (prover->read, block);
    if (is_last)
      return NULL;
  }
}

static gpointer
hash_worker (gpointer data)
{
  EmendPackProver *prover = data;

  for (;;) {
    Block *block = g_async_queue_pop (prover->read);
    gboolean is_last = block->size == 0;

    emend_hasher_update (prover->hasher, block->bytes, block->size);
    g_async_queue_push (prover->hashed, block);
    if (is_last)
      return NULL;
  }
}

/* The file of that number; NULL behind the last one. The writer keeps what an entry says when it is written. */
static const EmendZipEntry *
get_entry (EmendPackProver *prover,
           guint index)
{
  const EmendZipEntry *entry;

  g_mutex_lock (&prover->mutex);
  entry = index < prover->entries->len ? prover->entries->pdata[index] : NULL;
  g_mutex_unlock (&prover->mutex);
  return entry;
}

static guint
get_n_entries (EmendPackProver *prover)
{
  guint n_entries;

  g_mutex_lock (&prover->mutex);
  n_entries = prover->entries->len;
  g_mutex_unlock (&prover->mutex);
  return n_entries;
}

/* Goes to where index points: a file, a record of the directory, or its end. FALSE behind that. */
static gboolean
enter (EmendPackProver *prover)
{
  Walk *walk = &prover->walk;
  const EmendZipEntry *entry = get_entry (prover, walk->index);
  guint n_entries = get_n_entries (prover);

  walk->matched = 0;
  if (entry != NULL) {
    walk->expected = emend_zip_make_local_header (entry);
    walk->remaining = entry->packed_size;
    walk->hasher = emend_hasher_new (EMEND_HASH_SHA256);
    walk->digest = &entry->packed_digest;
    return TRUE;
  }
  /* All files are known here, as no byte behind them comes before. */
  if (walk->index == n_entries)
    walk->start = walk->position;
  if (walk->index < 2 * n_entries)
    walk->expected = emend_zip_make_central_header (get_entry (prover, walk->index - n_entries));
  else if (walk->index == 2 * n_entries)
    walk->expected = emend_zip_make_end (n_entries, walk->start, walk->position);
  return walk->expected != NULL;
}

/* Ends what index points to; returns whether a file that ends here has the bytes that it must have. */
static gboolean
leave (EmendPackProver *prover)
{
  Walk *walk = &prover->walk;
  guint8 bytes[EMEND_HASH_MAX_SIZE];

  g_clear_pointer (&walk->expected, g_byte_array_unref);
  if (walk->hasher != NULL) {
    emend_hasher_finish (walk->hasher, bytes);
    g_clear_pointer (&walk->hasher, emend_hasher_free);
    if (memcmp (bytes, walk->digest->bytes, sizeof walk->digest->bytes) != 0)
      return FALSE;
  }
  walk->index++;
  return TRUE;
}

/* Compares the next bytes, as many as belong together; 0 when they are others. */
static gsize
step (Walk *walk,
      const guint8 *bytes,
      gsize size)
{
  gsize part;

  if (walk->matched < walk->expected->len) {
    part = MIN (size, walk->expected->len - walk->matched);
    if (memcmp (bytes, walk->expected->data + walk->matched, part) != 0)
      return 0;
    walk->matched += part;
    return part;
  }
  part = (gsize) MIN (size, walk->remaining);
  emend_hasher_update (walk->hasher, bytes, part);
  walk->remaining -= part;
  return part;
}

/* Whether the next bytes are those that must come. */
static gboolean
walk_on (EmendPackProver *prover,
         const guint8 *bytes,
         gsize size)
{
  Walk *walk = &prover->walk;

  while (size > 0) {
    gsize part = walk->expected != NULL || enter (prover) ? step (walk, bytes, size) : 0;

    if (part == 0)
      return FALSE;
    bytes += part;
    size -= part;
    walk->position += part;
    if (walk->matched == walk->expected->len && walk->remaining == 0 && !leave (prover))
      return FALSE;
  }
  return TRUE;
}

/* Says how far the comparing is, and whether it was the last block. Returns whether to go on comparing. */
static gboolean
note_block (EmendPackProver *prover,
            const Block *block,
            gboolean is_same)
{
  gboolean goes_on;

  g_mutex_lock (&prover->mutex);
  prover->is_same = prover->is_same && is_same;
  prover->is_done = block->size == 0;
  prover->read_code = block->read_code;
  prover->sync_code = block->sync_code;
  if (prover->is_same)
    prover->n_proven += block->size;
  else
    prover->stopped = TRUE;
  goes_on = !prover->stopped;
  g_cond_broadcast (&prover->changed);
  g_mutex_unlock (&prover->mutex);
  return goes_on;
}

/* Takes the blocks until the last one, also after a failure: then the other threads have ended. */
static gpointer
compare_worker (gpointer data)
{
  EmendPackProver *prover = data;
  gboolean goes_on = TRUE;

  for (;;) {
    Block *block = g_async_queue_pop (prover->hashed);
    gboolean is_last = block->size == 0;

    goes_on = note_block (prover, block, !goes_on || walk_on (prover, block->bytes, block->size));
    g_async_queue_push (prover->free, block);
    if (is_last)
      return NULL;
  }
}

/* A second descriptor of the file, if it is still that file. */
static int
open_direct (int fd,
             const char *path)
{
  int direct_fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_DIRECT);
  struct stat direct;
  struct stat status;

  if (direct_fd < 0)
    return -1;
  if (fstat (fd, &status) == 0 && fstat (direct_fd, &direct) == 0 && status.st_dev == direct.st_dev &&
      status.st_ino == direct.st_ino)
    return direct_fd;
  close (direct_fd);
  return -1;
}

/**
 * emend_pack_prover_new:
 * @fd: an empty file, open for reading; stays the caller's, and is not moved in
 * @path: where it is
 *
 * Returns: (transfer full): threads that wait for the first bytes. One thread at a time may call its functions.
 */
EmendPackProver *
emend_pack_prover_new (int fd,
                       const char *path)
{
  EmendPackProver *prover = g_new0 (EmendPackProver, 1);

  prover->fd = fd;
  prover->direct_fd = open_direct (fd, path);
  prover->path = g_strdup (path);
  prover->free = g_async_queue_new ();
  prover->read = g_async_queue_new ();
  prover->hashed = g_async_queue_new ();
  prover->hasher = emend_hasher_new (EMEND_HASH_SHA256);
  prover->entries = g_ptr_array_new ();
  prover->is_same = TRUE;
  g_mutex_init (&prover->mutex);
  g_cond_init (&prover->changed);
  for (gsize i = 0; i < N_BLOCKS; i++) {
    prover->blocks[i].bytes = g_aligned_alloc (1, BLOCK_SIZE, DIRECT_UNIT);
    g_async_queue_push (prover->free, &prover->blocks[i]);
  }
  prover->threads[0] = g_thread_new ("pack-read", read_worker, prover);
  prover->threads[1] = g_thread_new ("pack-hash", hash_worker, prover);
  prover->threads[2] = g_thread_new ("pack-compare", compare_worker, prover);
  return prover;
}

static void
allow (EmendPackProver *prover,
       GPtrArray *entries,
       guint64 size,
       gboolean is_final)
{
  g_mutex_lock (&prover->mutex);
  for (guint i = prover->entries->len; i < entries->len; i++)
    g_ptr_array_add (prover->entries, entries->pdata[i]);
  prover->size = size;
  prover->is_final = is_final;
  g_cond_broadcast (&prover->changed);
  g_mutex_unlock (&prover->mutex);
}

/**
 * emend_pack_prover_allow:
 * @prover: a prover
 * @entries: (element-type EmendZipEntry): the files so far, in the order of their bytes, with their digests; none of
 *   them is changed any more, and all outlive @prover
 * @size: so many bytes of the archive are written and are not written again; all of them belong to @entries
 *
 * Lets the reading go on so far.
 */
void
emend_pack_prover_allow (EmendPackProver *prover,
                         GPtrArray *entries,
                         guint64 size)
{
  allow (prover, entries, size, FALSE);
}

/**
 * emend_pack_prover_has_failed:
 * @prover: a prover
 *
 * Returns: whether the writing can be given up; emend_pack_prover_finish() tells why
 */
gboolean
emend_pack_prover_has_failed (EmendPackProver *prover)
{
  gboolean has_failed;

  g_mutex_lock (&prover->mutex);
  has_failed = prover->stopped || prover->read_code != 0 || prover->sync_code != 0;
  g_mutex_unlock (&prover->mutex);
  return has_failed;
}

/**
 * emend_pack_prover_take_progress:
 * @prover: a prover
 *
 * Returns: how many more bytes were proven since this was asked before
 */
guint64
emend_pack_prover_take_progress (EmendPackProver *prover)
{
  guint64 count;

  g_mutex_lock (&prover->mutex);
  count = prover->n_proven - prover->n_taken;
  prover->n_taken = prover->n_proven;
  g_mutex_unlock (&prover->mutex);
  return count;
}

/**
 * emend_pack_prover_get_damaged:
 * @prover: a prover that was finished without success
 * @index: (out): number of a file
 *
 * Returns: whether there is a file that is another in the archive than the one that was meant
 */
gboolean
emend_pack_prover_get_damaged (EmendPackProver *prover,
                               guint *index)
{
  *index = prover->walk.index;
  return !prover->is_same && prover->walk.index < prover->entries->len;
}

static void
join (EmendPackProver *prover)
{
  for (gsize i = 0; i < G_N_ELEMENTS (prover->threads); i++)
    g_clear_pointer (&prover->threads[i], g_thread_join);
}

static void
stop (EmendPackProver *prover)
{
  g_mutex_lock (&prover->mutex);
  prover->stopped = TRUE;
  g_cond_broadcast (&prover->changed);
  g_mutex_unlock (&prover->mutex);
}

/* Waits for the threads, and tells how far they are. */
static gboolean
wait_until_done (EmendPackProver *prover,
                 EmendWork *work,
                 GError **error)
{
  gboolean is_done = FALSE;

  while (!is_done) {
    g_mutex_lock (&prover->mutex);
    while (!prover->is_done && prover->n_proven == prover->n_taken)
      g_cond_wait (&prover->changed, &prover->mutex);
    is_done = prover->is_done;
    g_mutex_unlock (&prover->mutex);
    if (!emend_work_advance (work, emend_pack_prover_take_progress (prover), error)) {
      stop (prover);
      return FALSE;
    }
  }
  return TRUE;
}

static void
set_proof_error (EmendPackProver *prover,
                 GError **error)
{
  g_autofree char *name = g_filename_display_name (prover->path);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  const EmendZipEntry *entry = get_entry (prover, prover->walk.index);

  if (entry != NULL)
    emend_problems_add_for (problems, entry->name,
                            _ ("“%s” in the pack is damaged: its bytes are not those that were packed."));
  else
    emend_problems_add (problems, _ ("The end of the archive was changed after the pack was written."));
  g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_DISK,
               /* TRANSLATORS: a file name, then a sentence that says why. */
               _ ("The pack “%s” was not sound when it was read back, so it was removed again. %s"), name,
               (const char *) problems->pdata[0]);
}

/* Whether the comparing came to the end of the archive, and that is the end of the file. */
static gboolean
is_whole_file (const EmendPackProver *prover)
{
  struct stat status;

  return prover->is_same && prover->walk.index > 2 * prover->entries->len && fstat (prover->fd, &status) == 0 &&
         (guint64) status.st_size == prover->size;
}

/**
 * emend_pack_prover_finish:
 * @prover: a prover
 * @entries: (element-type EmendZipEntry): all files of the archive, as for emend_pack_prover_allow()
 * @size: bytes of the archive, all of which are written
 * @work: gets how far the reading is, in bytes of the archive
 * @error: EMEND_HANDOFF_ERROR_DISK, also when the bytes are not those that they must be; or
 *   G_IO_ERROR_CANCELLED
 *
 * Waits until the archive is read to its end: it was synced, stretch by stretch, before it was read, past the
 * system's cache where that can be done; and every byte was compared with what was to be written: the headers and the
 * directory themselves, files by their SHA-256.
 *
 * Returns: (transfer full) (nullable): SHA-256 of the whole archive as it is on the disk, hexadecimal
 */
char *
emend_pack_prover_finish (EmendPackProver *prover,
                          GPtrArray *entries,
                          guint64 size,
                          EmendWork *work,
                          GError **error)
{
  gboolean is_done;

  allow (prover, entries, size, TRUE);
  is_done = wait_until_done (prover, work, error);
  join (prover);
  if (!is_done)
    return NULL;
  if (prover->sync_code != 0)
    emend_handoff_set_disk_error (error, prover->path, prover->sync_code);
  else if (prover->read_code != 0)
    emend_handoff_set_read_error (error, prover->path, prover->read_code);
  else if (!is_whole_file (prover))
    set_proof_error (prover, error);
  else
    return emend_hasher_finish_hex (prover->hasher);
  return NULL;
}

/**
 * emend_pack_prover_free:
 * @prover: (transfer full): a prover; its threads are ended first
 */
void
emend_pack_prover_free (EmendPackProver *prover)
{
  stop (prover);
  join (prover);
  if (prover->direct_fd >= 0)
    close (prover->direct_fd);
  g_clear_pointer (&prover->walk.expected, g_byte_array_unref);
  g_clear_pointer (&prover->walk.hasher, emend_hasher_free);
  emend_hasher_free (prover->hasher);
  for (gsize i = 0; i < N_BLOCKS; i++)
    g_aligned_free (prover->blocks[i].bytes);
  g_async_queue_unref (prover->free);
  g_async_queue_unref (prover->read);
  g_async_queue_unref (prover->hashed);
  g_ptr_array_unref (prover->entries);
  g_mutex_clear (&prover->mutex);
  g_cond_clear (&prover->changed);
  g_free (prover->path);
  g_free (prover);
}
