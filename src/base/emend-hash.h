#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  EMEND_HASH_SHA256 = 1,
  EMEND_HASH_SHA512,
} EmendHashKind;

/* Largest digest in bytes (SHA-512). */
#define EMEND_HASH_MAX_SIZE 64

/**
 * EmendDigest:
 * @bytes: a SHA-256 value
 */
typedef struct {
  guint8 bytes[32];
} EmendDigest;

typedef struct _EmendHasher EmendHasher;

EmendHasher *emend_hasher_new (EmendHashKind kind);
void emend_hasher_update (EmendHasher *hasher,
                          gconstpointer data,
                          gsize size);
gsize emend_hasher_finish (EmendHasher *hasher,
                           guint8 bytes[EMEND_HASH_MAX_SIZE]);
char *emend_hasher_finish_hex (EmendHasher *hasher);
void emend_hasher_free (EmendHasher *hasher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendHasher, emend_hasher_free)

char *emend_hash_to_hex (const guint8 *bytes,
                         gsize size);
void emend_digest_of (gconstpointer data,
                      gsize size,
                      EmendDigest *digest);
char *emend_digest_to_hex (const EmendDigest *digest);
gboolean emend_digest_parse (const char *hex,
                             EmendDigest *digest);
gboolean emend_digest_is_nil (const EmendDigest *digest);
gboolean emend_digest_of_file (const char *path,
                               EmendDigest *digest,
                               guint64 *size,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
