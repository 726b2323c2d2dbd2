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
 * The proof that an archive on the disk is the one that was meant, in one reading. Three threads pass blocks on in a
 * ring: one reads, one hashes the whole, and the caller's compares. Every byte is compared: headers and the
 * directory with what they must be, and what each file is in the archive by its SHA-256. The hash of the whole cannot
 * be had while the archive is written, as CRC and sizes are put in front of a file when it is known; here it is that of
 * what the disk has.
 */

#define BLOCK_SIZE ((gsize) 1024 * 1024)
#define N_BLOCKS 6

/* What every disk in use takes as the unit of reading past the cache. */
#define DIRECT_UNIT ((gsize) 4096)

/* @size is 0 in the last one, after which nothing comes; @code says why when it comes too early. */
typedef struct {
  guint8 *bytes;
  gsize size;
  int code;
} Block;

typedef struct {
  int fd;
  int direct_fd; /* -1 where the system cannot read past its cache */
  guint64 size;
  EmendHasher *hasher;
  GAsyncQueue *free;
  GAsyncQueue *read;
  GAsyncQueue *hashed;
  Block blocks[N_BLOCKS];
  int stopped; /* atomic */
} Ring;

/* Where in the archive the comparing is. */
typedef struct {
  const GArray *entries;
  guint index; /* first the files, then their records in the directory, then its end */
  GByteArray *expected;
  gsize matched;
  guint64 remaining;
  EmendHasher *hasher; /* of the file's bytes */
  guint64 start;
  guint64 position;
} Walk;

/* Past the cache: the bytes are the disk's. Sets errno on failure. */
static gboolean
read_direct (const Ring *ring,
             guint8 *bytes,
             gsize size,
             guint64 offset)
{
  gsize filled = 0;

  while (filled < size) {
    gsize wanted = (size - filled + DIRECT_UNIT - 1) / DIRECT_UNIT * DIRECT_UNIT;
    ssize_t got = pread (ring->direct_fd, bytes + filled, wanted, (off_t) (offset + filled));

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

static void
leave_direct (Ring *ring)
{
  if (ring->direct_fd >= 0)
    close (ring->direct_fd);
  ring->direct_fd = -1;
  if (posix_fadvise (ring->fd, 0, 0, POSIX_FADV_DONTNEED) != 0 ||
      posix_fadvise (ring->fd, 0, 0, POSIX_FADV_SEQUENTIAL) != 0)
    g_debug ("The archive stays in memory while it is read back");
}

/* A file system that cannot read past the cache says so at the first block, or when the file is opened. */
static gboolean
read_block (Ring *ring,
            guint8 *bytes,
            gsize size,
            guint64 offset)
{
  if (ring->direct_fd >= 0) {
    if (read_direct (ring, bytes, size, offset))
      return TRUE;
    if (errno != EINVAL || offset != 0)
      return FALSE;
    leave_direct (ring);
  }
  return emend_handoff_read_at (ring->fd, bytes, size, offset);
}

static gpointer
read_worker (gpointer data)
{
  Ring *ring = data;
  guint64 offset = 0;

  for (;;) {
    Block *block = g_async_queue_pop (ring->free);

    block->size = g_atomic_int_get (&ring->stopped) ? 0 : (gsize) MIN (ring->size - offset, BLOCK_SIZE);
    block->code = 0;
    if (block->size > 0 && !read_block (ring, block->bytes, block->size, offset)) {
      block->code = errno != 0 ? errno : EIO;
      block->size = 0;
    }
    offset += block->size;
    /* Behind the push the block is another thread's. */
    gboolean is_last = block->size == 0;

    g_async_queue_push (ring->read, block);
    if (is_last)
      return NULL;
  }
}

static gpointer
hash_worker (gpointer data)
{
  Ring *ring = data;

  for (;;) {
    Block *block = g_async_queue_pop (ring->read);
    gboolean is_last = block->size == 0;

    emend_hasher_update (ring->hasher, block->bytes, block->size);
    g_async_queue_push (ring->hashed, block);
    if (is_last)
      return NULL;
  }
}

static const EmendZipEntry *
get_entry (const Walk *walk,
           guint index)
{
  return &g_array_index (walk->entries, EmendZipEntry, index);
}

/* Goes to where index points: a file, a record of the directory, or its end. */
static void
enter (Walk *walk)
{
  guint n_entries = walk->entries->len;

  g_clear_pointer (&walk->expected, g_byte_array_unref);
  walk->matched = 0;
  if (walk->index == n_entries)
    walk->start = walk->position;
  if (walk->index < n_entries) {
    const EmendZipEntry *entry = get_entry (walk, walk->index);

    walk->expected = emend_zip_make_local_header (entry);
    walk->remaining = entry->packed_size;
    walk->hasher = emend_hasher_new (EMEND_HASH_SHA256);
  } else if (walk->index < 2 * n_entries)
    walk->expected = emend_zip_make_central_header (get_entry (walk, walk->index - n_entries));
  else
    walk->expected = emend_zip_make_end (n_entries, walk->start, walk->position);
}

/* Whether the file that ends here has the bytes that it must have. */
static gboolean
finish_file (Walk *walk)
{
  guint8 bytes[EMEND_HASH_MAX_SIZE];

  if (walk->hasher == NULL)
    return TRUE;
  emend_hasher_finish (walk->hasher, bytes);
  g_clear_pointer (&walk->hasher, emend_hasher_free);
  return memcmp (bytes, get_entry (walk, walk->index)->packed_digest.bytes, sizeof (EmendDigest)) == 0;
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
walk_on (Walk *walk,
         const guint8 *bytes,
         gsize size)
{
  while (size > 0) {
    gsize part = walk->index <= 2 * walk->entries->len ? step (walk, bytes, size) : 0;

    if (part == 0)
      return FALSE;
    bytes += part;
    size -= part;
    walk->position += part;
    if (walk->matched < walk->expected->len || walk->remaining > 0)
      continue;
    if (!finish_file (walk))
      return FALSE;
    walk->index++;
    if (walk->index <= 2 * walk->entries->len)
      enter (walk);
  }
  return TRUE;
}

static gboolean
fail_proof (const Walk *walk,
            const char *path,
            GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (walk->index < walk->entries->len)
    emend_problems_add_for (problems, get_entry (walk, walk->index)->name,
                            _ ("“%s” in the pack is damaged: its bytes are not those that were packed."));
  else
    emend_problems_add (problems, _ ("The end of the archive was changed after the pack was written."));
  g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_DISK,
               /* TRANSLATORS: a file name, then a sentence that says why. */
               _ ("The pack “%s” was not sound when it was read back, so it was removed again. %s"), name,
               (const char *) problems->pdata[0]);
  return FALSE;
}

/* Takes the blocks until the last one, also after a failure: then the other threads have ended. */
static gboolean
compare_blocks (Ring *ring,
                Walk *walk,
                const char *path,
                EmendWork *work,
                GError **error)
{
  gboolean is_same = TRUE;

  for (;;) {
    Block *block = g_async_queue_pop (ring->hashed);

    if (block->size == 0 && block->code != 0 && is_same) {
      emend_handoff_set_read_error (error, path, block->code);
      return FALSE;
    }
    if (block->size == 0)
      return is_same && (walk->index > 2 * walk->entries->len || fail_proof (walk, path, error));
    if (is_same && !walk_on (walk, block->bytes, block->size))
      is_same = fail_proof (walk, path, error);
    is_same = is_same && emend_work_advance (work, block->size, error);
    if (!is_same)
      g_atomic_int_set (&ring->stopped, TRUE);
    g_async_queue_push (ring->free, block);
  }
}

static void
ring_init (Ring *ring,
           int fd,
           const char *path,
           guint64 size)
{
  ring->fd = fd;
  ring->direct_fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_DIRECT);
  ring->size = size;
  ring->hasher = emend_hasher_new (EMEND_HASH_SHA256);
  ring->free = g_async_queue_new ();
  ring->read = g_async_queue_new ();
  ring->hashed = g_async_queue_new ();
  for (gsize i = 0; i < N_BLOCKS; i++) {
    ring->blocks[i].bytes = g_aligned_alloc (1, BLOCK_SIZE, DIRECT_UNIT);
    g_async_queue_push (ring->free, &ring->blocks[i]);
  }
}

static void
ring_clear (Ring *ring)
{
  if (ring->direct_fd >= 0)
    close (ring->direct_fd);
  emend_hasher_free (ring->hasher);
  g_async_queue_unref (ring->free);
  g_async_queue_unref (ring->read);
  g_async_queue_unref (ring->hashed);
  for (gsize i = 0; i < N_BLOCKS; i++)
    g_aligned_free (ring->blocks[i].bytes);
}

/**
 * emend_pack_prove:
 * @fd: an archive whose bytes were synced, open for reading
 * @path: where it is
 * @entries: (element-type EmendZipEntry): all its files as they were written, in the order of their bytes
 * @work: gets how far the reading is, in bytes of the archive
 * @error: EMEND_HANDOFF_ERROR_DISK, also when the bytes are not those that they must be; or
 *   G_IO_ERROR_CANCELLED
 *
 * Reads an archive once, past the system's cache where that can be done, and compares every byte of it with what was
 * to be written: the headers and the directory themselves, files by their SHA-256.
 *
 * Returns: (transfer full) (nullable): SHA-256 of the whole archive as it is on the disk, hexadecimal
 */
char *
emend_pack_prove (int fd,
                  const char *path,
                  const GArray *entries,
                  EmendWork *work,
                  GError **error)
{
  Ring ring = { 0 };
  Walk walk = { .entries = entries };
  GThread *reader;
  GThread *hasher;
  struct stat status;
  char *sha256 = NULL;

  if (fstat (fd, &status) != 0) {
    emend_handoff_set_read_error (error, path, errno);
    return NULL;
  }
  ring_init (&ring, fd, path, (guint64) status.st_size);
  if (ring.direct_fd < 0)
    leave_direct (&ring);
  enter (&walk);
  reader = g_thread_new ("pack-read", read_worker, &ring);
  hasher = g_thread_new ("pack-hash", hash_worker, &ring);
  if (compare_blocks (&ring, &walk, path, work, error))
    sha256 = emend_hasher_finish_hex (ring.hasher);
  g_thread_join (reader);
  g_thread_join (hasher);
  g_byte_array_unref (walk.expected);
  g_clear_pointer (&walk.hasher, emend_hasher_free);
  ring_clear (&ring);
  /* g_thread_join() has freed both threads. */
  /* cppcheck-suppress memleak */
  return sha256;
}
