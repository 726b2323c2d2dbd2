#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include "emend-pack-hash.h"

#include <string.h>

#define N_BLOCKS 16

typedef struct {
  guint8 bytes[EMEND_PACK_BLOCK_SIZE];
  gsize size;
  const EmendDigest *expected; /* of the file that ends in it; NULL when it goes on */
  gboolean is_last;
} Block;

struct _EmendPackHash {
  GThread *thread;
  GAsyncQueue *free;
  GAsyncQueue *filled;
  Block *blocks;
  Block *current;  /* taken, and not given */
  GArray *digests; /* EmendDigest; the thread's while it runs */
  int n_changed;   /* atomic: 1 + the first file that is not as expected */
};

/* Ends a file, and notes whether it is another than the one that was to be packed. */
static void
end_file (EmendPackHash *hash,
          EmendHasher *hasher,
          const EmendDigest *expected)
{
  guint8 bytes[EMEND_HASH_MAX_SIZE];
  EmendDigest digest;

  emend_hasher_finish (hasher, bytes);
  memcpy (digest.bytes, bytes, sizeof digest.bytes);
  g_array_append_val (hash->digests, digest);
  if (!emend_digest_is_nil (expected) && memcmp (&digest, expected, sizeof digest) != 0)
    g_atomic_int_compare_and_exchange (&hash->n_changed, 0, (int) hash->digests->len);
}

static gpointer
hash_worker (gpointer data)
{
  EmendPackHash *hash = data;
  g_autoptr (EmendHasher) hasher = NULL;

  for (;;) {
    Block *block = g_async_queue_pop (hash->filled);

    if (block->is_last)
      return NULL;
    if (hasher == NULL)
      hasher = emend_hasher_new (EMEND_HASH_SHA256);
    emend_hasher_update (hasher, block->bytes, block->size);
    if (block->expected != NULL) {
      end_file (hash, hasher, block->expected);
      g_clear_pointer (&hasher, emend_hasher_free);
    }
    g_async_queue_push (hash->free, block);
  }
}

/**
 * emend_pack_hash_new:
 *
 * Returns: (transfer full): a thread that waits for the first file
 */
EmendPackHash *
emend_pack_hash_new (void)
{
  EmendPackHash *hash = g_new0 (EmendPackHash, 1);

  hash->free = g_async_queue_new ();
  hash->filled = g_async_queue_new ();
  hash->digests = g_array_new (FALSE, FALSE, sizeof (EmendDigest));
  hash->blocks = g_new (Block, N_BLOCKS);
  for (gsize i = 0; i < N_BLOCKS; i++)
    g_async_queue_push (hash->free, &hash->blocks[i]);
  hash->thread = g_thread_new ("pack-hash", hash_worker, hash);
  return hash;
}

/**
 * emend_pack_hash_take:
 * @hash: a thread
 *
 * Waits for room. What was taken and not given is taken again.
 *
 * Returns: (transfer none): room for EMEND_PACK_BLOCK_SIZE bytes; to be written until it is given, and to be read
 *   until the next is taken
 */
guint8 *
emend_pack_hash_take (EmendPackHash *hash)
{
  if (hash->current == NULL)
    hash->current = g_async_queue_pop (hash->free);
  return hash->current->bytes;
}

/**
 * emend_pack_hash_give:
 * @hash: a thread; the bytes are in what was taken
 * @size: how many
 * @expected: (nullable): %NULL when the file goes on; else what its SHA-256 must be, or nil; must
 *   live as long as @hash
 *
 * Has the next bytes of a file hashed.
 */
void
emend_pack_hash_give (EmendPackHash *hash,
                      gsize size,
                      const EmendDigest *expected)
{
  Block *block = g_steal_pointer (&hash->current);

  block->size = size;
  block->expected = expected;
  block->is_last = FALSE;
  g_async_queue_push (hash->filled, block);
}

/**
 * emend_pack_hash_get_changed:
 * @hash: a thread
 * @index: (out): which file, from 0; untouched when there is none
 *
 * Returns: whether one of the files that were hashed so far is not as expected; all are when the hashing is finished
 */
gboolean
emend_pack_hash_get_changed (EmendPackHash *hash,
                             guint *index)
{
  int n_changed = g_atomic_int_get (&hash->n_changed);

  if (n_changed > 0)
    *index = (guint) n_changed - 1;
  return n_changed > 0;
}

/**
 * emend_pack_hash_finish:
 * @hash: a thread; no more files follow
 *
 * Waits until everything is hashed.
 *
 * Returns: (transfer none) (element-type EmendDigest): SHA-256 of each file that ended
 */
const GArray *
emend_pack_hash_finish (EmendPackHash *hash)
{
  if (hash->thread != NULL) {
    emend_pack_hash_take (hash);
    hash->current->is_last = TRUE;
    g_async_queue_push (hash->filled, hash->current);
    g_thread_join (g_steal_pointer (&hash->thread));
  }
  return hash->digests;
}

/**
 * emend_pack_hash_free:
 * @hash: (transfer full): a thread; it is ended first
 */
void
emend_pack_hash_free (EmendPackHash *hash)
{
  emend_pack_hash_finish (hash);
  g_async_queue_unref (hash->free);
  g_async_queue_unref (hash->filled);
  g_array_unref (hash->digests);
  g_free (hash->blocks);
  g_free (hash);
}
