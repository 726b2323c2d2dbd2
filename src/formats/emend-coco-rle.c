#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-coco-rle.h"

/* A count has at most 33 bits with its sign: seven groups of five. */
#define MAX_GROUPS 7

/* Reads one number of groups of five bits, least significant first; FALSE when it is none. */
static gboolean
decode_number (const char *text,
               gsize length,
               gsize *at,
               gint64 *number)
{
  gint64 value = 0;

  for (int group = 0; group < MAX_GROUPS && *at < length; group++) {
    int bits = text[(*at)++] - '0';

    if (bits < 0 || bits > 0x3f)
      return FALSE;
    value |= (gint64) (bits & 0x1f) << (5 * group);
    if ((bits & 0x20) == 0) {
      if ((bits & 0x10) != 0)
        value -= (gint64) 1 << (5 * (group + 1));
      *number = value;
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * emend_coco_rle_decode:
 * @text: (array length=length): the compressed form of run lengths
 * @length: its bytes
 * @total: pixels of the mask
 *
 * The form of the COCO API (rleFrString() in maskApi.c): numbers in groups of five bits, from the third
 * on as the difference to the one before the last. Any thread.
 *
 * Returns: (transfer full) (nullable) (element-type guint32): the run lengths, which add up to
 *   @total; NULL when the text is something else
 */
GArray *
emend_coco_rle_decode (const char *text,
                       gsize length,
                       guint64 total)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint64 sum = 0;
  gsize at = 0;

  while (at < length) {
    gint64 number;
    guint32 count;

    if (!decode_number (text, length, &at, &number))
      return NULL;
    if (counts->len > 2)
      number += g_array_index (counts, guint32, counts->len - 2);
    if (number < 0 || (guint64) number > total - sum || number > G_MAXUINT32)
      return NULL;
    count = (guint32) number;
    sum += count;
    g_array_append_val (counts, count);
  }
  return sum == total ? g_steal_pointer (&counts) : NULL;
}

/**
 * emend_coco_rle_encode:
 * @counts: (array length=n_counts): run lengths
 * @n_counts: how many
 * @out: where the compressed form is appended
 *
 * The inverse of emend_coco_rle_decode(), byte for byte what the COCO API writes. Any thread.
 */
void
emend_coco_rle_encode (const guint32 *counts,
                       gsize n_counts,
                       GString *out)
{
  for (gsize i = 0; i < n_counts; i++) {
    gint64 number = (gint64) counts[i] - (i > 2 ? counts[i - 2] : 0);
    gboolean more = TRUE;

    while (more) {
      guint bits = (guint) (number & 0x1f);

      number >>= 5;
      more = (bits & 0x10) != 0 ? number != -1 : number != 0;
      g_string_append_c (out, (char) ((bits | (more ? 0x20 : 0)) + '0'));
    }
  }
}
