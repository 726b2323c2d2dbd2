#define G_LOG_DOMAIN "emend-base"

#include "config.h"

#include "emend-uuid.h"

#include <string.h>

#include <openssl/rand.h>

/**
 * emend_uuid_init_v7:
 * @uuid: (out): the value to set
 *
 * Sets @uuid to a new version 7 identifier: 48 bits of Unix time in milliseconds, then 74 random
 * bits, so that identifiers made later sort later (RFC 9562, section 5.7). Any thread.
 */
void
emend_uuid_init_v7 (EmendUuid *uuid)
{
  guint64 ms = (guint64) (g_get_real_time () / 1000);

  if (RAND_bytes (uuid->bytes, sizeof uuid->bytes) != 1)
    g_error ("The system has no random numbers");
  for (int i = 0; i < 6; i++)
    uuid->bytes[i] = (guint8) (ms >> (40 - 8 * i));
  uuid->bytes[6] = (guint8) (0x70 | (uuid->bytes[6] & 0x0f));
  uuid->bytes[8] = (guint8) (0x80 | (uuid->bytes[8] & 0x3f));
}

/**
 * emend_uuid_parse:
 * @text: the 36 character form with hyphens, hexadecimal in any case
 * @uuid: (out): the value; untouched when @text is not one
 *
 * Returns: whether @text is an identifier. Any thread.
 */
gboolean
emend_uuid_parse (const char *text,
                  EmendUuid *uuid)
{
  EmendUuid parsed = { 0 };
  int nibble = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  if (strnlen (text, EMEND_UUID_TEXT_LENGTH + 1) != EMEND_UUID_TEXT_LENGTH)
    return FALSE;
  for (int i = 0; i < EMEND_UUID_TEXT_LENGTH; i++) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-')
        return FALSE;
      continue;
    }
    int digit = g_ascii_xdigit_value (text[i]);
    if (digit < 0)
      return FALSE;
    parsed.bytes[nibble / 2] = (guint8) (parsed.bytes[nibble / 2] << 4 | digit);
    nibble++;
  }
  *uuid = parsed;
  return TRUE;
}

/**
 * emend_uuid_format:
 * @uuid: an identifier
 * @text: (out): room for the 36 character lower-case form and the zero
 *
 * Any thread.
 */
void
emend_uuid_format (const EmendUuid *uuid,
                   char text[EMEND_UUID_TEXT_LENGTH + 1])
{
  static const char digits[] = "0123456789abcdef";
  char *out = text;

  for (int i = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10)
      *out++ = '-';
    *out++ = digits[uuid->bytes[i] >> 4];
    *out++ = digits[uuid->bytes[i] & 0x0f];
  }
  *out = '\0';
}

/**
 * emend_uuid_to_string:
 * @uuid: an identifier
 *
 * Returns: (transfer full): its 36 character form. Any thread.
 */
char *
emend_uuid_to_string (const EmendUuid *uuid)
{
  char *text = g_malloc (EMEND_UUID_TEXT_LENGTH + 1);

  emend_uuid_format (uuid, text);
  return text;
}

/**
 * emend_uuid_is_nil:
 * @uuid: an identifier
 *
 * Returns: whether all bytes are zero. Any thread.
 */
gboolean
emend_uuid_is_nil (const EmendUuid *uuid)
{
  static const EmendUuid nil = { 0 };

  return emend_uuid_equal (uuid, &nil);
}

/**
 * emend_uuid_hash:
 * @uuid: (type EmendUuid): an identifier
 *
 * Returns: a hash for #GHashTable, from the random bits. Any thread.
 */
guint
emend_uuid_hash (gconstpointer uuid)
{
  guint32 tail;

  memcpy (&tail, ((const EmendUuid *) uuid)->bytes + 12, sizeof tail);
  return tail;
}

/**
 * emend_uuid_equal:
 * @a: (type EmendUuid): an identifier
 * @b: (type EmendUuid): another
 *
 * Returns: whether both are the same. Any thread.
 */
gboolean
emend_uuid_equal (gconstpointer a,
                  gconstpointer b)
{
  return memcmp (a, b, sizeof (EmendUuid)) == 0;
}
