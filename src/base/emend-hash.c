#define G_LOG_DOMAIN "emend-base"

#include "config.h"

#include "emend-hash.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "emend-error.h"

#define READ_SIZE ((gsize) 256 * 1024)

struct _EmendHasher {
  EVP_MD_CTX *context;
};

/**
 * emend_hasher_new:
 * @kind: the algorithm (FIPS 180-4)
 *
 * Returns: (transfer full): a hash being computed, by libcrypto. One thread at a time.
 */
EmendHasher *
emend_hasher_new (EmendHashKind kind)
{
  EmendHasher *hasher = g_new0 (EmendHasher, 1);
  const EVP_MD *md = kind == EMEND_HASH_SHA512 ? EVP_sha512 () : EVP_sha256 ();
  static gsize is_ready = 0;

  /* A thread may still be hashing a picture when the program ends: libcrypto must not clean up under it. */
  if (g_once_init_enter (&is_ready)) {
    OPENSSL_init_crypto (OPENSSL_INIT_NO_ATEXIT, NULL);
    g_once_init_leave (&is_ready, 1);
  }
  hasher->context = EVP_MD_CTX_new ();
  if (hasher->context == NULL || EVP_DigestInit_ex (hasher->context, md, NULL) != 1)
    g_error ("libcrypto offers no %s", EVP_MD_get0_name (md));
  return hasher;
}

/**
 * emend_hasher_update:
 * @hasher: a hash being computed
 * @data: (array length=size): the next bytes
 * @size: how many
 */
void
emend_hasher_update (EmendHasher *hasher,
                     gconstpointer data,
                     gsize size)
{
  if (EVP_DigestUpdate (hasher->context, data, size) != 1)
    g_error ("libcrypto could not go on hashing");
}

/**
 * emend_hasher_finish:
 * @hasher: a hash being computed; only freed afterwards
 * @bytes: (out): the value
 *
 * Returns: the size of the value in bytes, 32 or 64.
 */
gsize
emend_hasher_finish (EmendHasher *hasher,
                     guint8 bytes[EMEND_HASH_MAX_SIZE])
{
  unsigned int size = 0;

  if (EVP_DigestFinal_ex (hasher->context, bytes, &size) != 1)
    g_error ("libcrypto could not finish hashing");
  return size;
}

/**
 * emend_hasher_finish_hex:
 * @hasher: a hash being computed; only freed afterwards
 *
 * Returns: (transfer full): the value in lower-case hexadecimal.
 */
char *
emend_hasher_finish_hex (EmendHasher *hasher)
{
  guint8 bytes[EMEND_HASH_MAX_SIZE];
  gsize size = emend_hasher_finish (hasher, bytes);

  return emend_hash_to_hex (bytes, size);
}

/**
 * emend_hasher_free:
 * @hasher: (transfer full): a hash being computed or finished
 */
void
emend_hasher_free (EmendHasher *hasher)
{
  EVP_MD_CTX_free (hasher->context);
  g_free (hasher);
}

/**
 * emend_hash_to_hex:
 * @bytes: (array length=size): a hash value
 * @size: its size in bytes
 *
 * Returns: (transfer full): lower-case hexadecimal. Any thread.
 */
char *
emend_hash_to_hex (const guint8 *bytes,
                   gsize size)
{
  static const char digits[] = "0123456789abcdef";
  char *hex = g_malloc (size * 2 + 1);

  for (gsize i = 0; i < size; i++) {
    hex[2 * i] = digits[bytes[i] >> 4];
    hex[2 * i + 1] = digits[bytes[i] & 0x0f];
  }
  hex[size * 2] = '\0';
  return hex;
}

/**
 * emend_digest_of:
 * @data: (array length=size): bytes in memory
 * @size: how many
 * @digest: (out): their SHA-256
 *
 * Any thread.
 */
void
emend_digest_of (gconstpointer data,
                 gsize size,
                 EmendDigest *digest)
{
  g_autoptr (EmendHasher) hasher = emend_hasher_new (EMEND_HASH_SHA256);
  guint8 bytes[EMEND_HASH_MAX_SIZE];

  emend_hasher_update (hasher, data, size);
  emend_hasher_finish (hasher, bytes);
  memcpy (digest->bytes, bytes, sizeof digest->bytes);
}

/**
 * emend_digest_to_hex:
 * @digest: a SHA-256 value
 *
 * Returns: (transfer full): 64 lower-case hexadecimal digits. Any thread.
 */
char *
emend_digest_to_hex (const EmendDigest *digest)
{
  return emend_hash_to_hex (digest->bytes, sizeof digest->bytes);
}

/**
 * emend_digest_parse:
 * @hex: 64 hexadecimal digits in any case
 * @digest: (out): the value; untouched when @hex is not one
 *
 * Returns: whether @hex is a SHA-256 value. Any thread.
 */
gboolean
emend_digest_parse (const char *hex,
                    EmendDigest *digest)
{
  EmendDigest parsed;

  if (strnlen (hex, 65) != 64)
    return FALSE;
  for (gsize i = 0; i < sizeof parsed.bytes; i++) {
    int high = g_ascii_xdigit_value (hex[2 * i]);
    int low = g_ascii_xdigit_value (hex[2 * i + 1]);

    if (high < 0 || low < 0)
      return FALSE;
    parsed.bytes[i] = (guint8) (high << 4 | low);
  }
  *digest = parsed;
  return TRUE;
}

/**
 * emend_digest_is_nil:
 * @digest: a SHA-256 value
 *
 * Returns: whether all bytes are zero, which stands for "not known". Any thread.
 */
gboolean
emend_digest_is_nil (const EmendDigest *digest)
{
  static const EmendDigest nil = { 0 };

  return memcmp (digest, &nil, sizeof nil) == 0;
}

static gboolean
hash_fd (int fd,
         EmendHasher *hasher,
         guint64 *size,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree guint8 *buffer = g_malloc (READ_SIZE);

  *size = 0;
  for (;;) {
    ssize_t got = read (fd, buffer, READ_SIZE);

    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0) {
      g_set_error_literal (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_IO, g_strerror (errno));
      return FALSE;
    }
    if (got == 0)
      return TRUE;
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    emend_hasher_update (hasher, buffer, (gsize) got);
    *size += (guint64) got;
  }
}

/**
 * emend_digest_of_file:
 * @path: a file
 * @digest: (out): the SHA-256 of its bytes
 * @size: (out) (optional): its size in bytes
 * @cancellable: (nullable): stops the reading
 * @error: EMEND_BASE_ERROR_IO, or G_IO_ERROR_CANCELLED
 *
 * Reads the whole file; not for the main thread.
 *
 * Returns: whether the file could be read.
 */
gboolean
emend_digest_of_file (const char *path,
                      EmendDigest *digest,
                      guint64 *size,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (EmendHasher) hasher = emend_hasher_new (EMEND_HASH_SHA256);
  g_autoptr (GError) local_error = NULL;
  guint8 bytes[EMEND_HASH_MAX_SIZE];
  guint64 count = 0;
  gboolean read_all = FALSE;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

  if (fd < 0)
    g_set_error_literal (&local_error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_IO, g_strerror (errno));
  else {
    read_all = hash_fd (fd, hasher, &count, cancellable, &local_error);
    close (fd);
  }
  if (!read_all) {
    if (g_error_matches (local_error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_IO)) {
      g_autofree char *name = g_filename_display_name (path);
      g_set_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_IO,
                   /* TRANSLATORS: a file name, then the system's reason. */
                   _ ("The file “%s” could not be read: %s."), name, local_error->message);
    } else
      g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  emend_hasher_finish (hasher, bytes);
  memcpy (digest->bytes, bytes, sizeof digest->bytes);
  if (size != NULL)
    *size = count;
  return TRUE;
}
