#pragma once

#include "emend-hash.h"

G_BEGIN_DECLS

/* A multiple of 64 KiB for the zip writer, and small enough to stay in the processor's cache from the reading to
 * the writing. */
#define EMEND_PACK_BLOCK_SIZE ((gsize) 128 * 1024)

/**
 * EmendPackHash:
 *
 * Hashes files one after the other on a thread of its own, while their bytes are being packed.
 */
typedef struct _EmendPackHash EmendPackHash;

EmendPackHash *emend_pack_hash_new (void);
guint8 *emend_pack_hash_take (EmendPackHash *hash);
void emend_pack_hash_give (EmendPackHash *hash,
                           gsize size,
                           const EmendDigest *expected);
gboolean emend_pack_hash_get_changed (EmendPackHash *hash,
                                      guint *index);
const GArray *emend_pack_hash_finish (EmendPackHash *hash);
void emend_pack_hash_free (EmendPackHash *hash);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendPackHash, emend_pack_hash_free)

G_END_DECLS
