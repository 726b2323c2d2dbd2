#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-halver-private.h"

#include <string.h>

typedef struct {
  int width;
  int height;
  int y;          /* rows so far */
  guint32 *above; /* a row that waits for the one below it */
  guint32 *half;  /* the row of the next step */
} Step;

struct _EmendHalver {
  int n_steps;
  Step steps[];
};

/**
 * emend_halver_new:
 * @width: of the rows that are put in, in pixels
 * @height: how many there will be
 * @n_steps: sizes that are made, the first of which is what is put in
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): %NULL when there is no memory
 */
EmendHalver *
emend_halver_new (int width,
                  int height,
                  int n_steps)
{
  g_autoptr (EmendHalver) halver = g_malloc0 (sizeof *halver + (gsize) n_steps * sizeof halver->steps[0]);

  halver->n_steps = n_steps;
  for (int i = 0; i < n_steps; i++) {
    Step *step = &halver->steps[i];
    step->width = width;
    step->height = height;
    step->above = g_try_malloc_n ((gsize) width, sizeof *step->above);
    step->half = g_try_malloc_n (((gsize) width + 1) / 2, sizeof *step->half);
    if (step->above == NULL || step->half == NULL)
      return NULL;
    width = width / 2 + width % 2;
    height = height / 2 + height % 2;
  }
  return g_steal_pointer (&halver);
}

/**
 * emend_halver_free:
 * @halver: (transfer full): a halver
 *
 * Any thread.
 */
void
emend_halver_free (EmendHalver *halver)
{
  for (int i = 0; i < halver->n_steps; i++) {
    g_free (halver->steps[i].above);
    g_free (halver->steps[i].half);
  }
  g_free (halver);
}

/* The mean of four pixels, two channels at a time. */
static guint32
mean4 (guint32 a,
       guint32 b,
       guint32 c,
       guint32 d)
{
  const guint32 mask = 0x00ff00ffU;
  guint32 even = (a & mask) + (b & mask) + (c & mask) + (d & mask) + 0x00020002U;
  guint32 odd = (a >> 8 & mask) + (b >> 8 & mask) + (c >> 8 & mask) + (d >> 8 & mask) + 0x00020002U;

  return (even >> 2 & mask) | (odd >> 2 & mask) << 8;
}

static void
halve_rows (const guint32 *above,
            const guint32 *below,
            int width,
            guint32 *half)
{
  gsize pairs = (gsize) width / 2;

  for (gsize x = 0; x < pairs; x++)
    half[x] = mean4 (above[2 * x], above[2 * x + 1], below[2 * x], below[2 * x + 1]);
  if (width % 2 != 0)
    half[pairs] = mean4 (above[width - 1], above[width - 1], below[width - 1], below[width - 1]);
}

/**
 * emend_halver_add:
 * @halver: a halver
 * @row: the next row
 * @func: (scope call): gets this row, and every row that is whole now
 * @data: for @func
 * @error: (out) (optional): what @func set
 *
 * Any thread, one at a time.
 *
 * Returns: whether @func took all
 */
gboolean
emend_halver_add (EmendHalver *halver,
                  const guint32 *row,
                  EmendHalverFunc func,
                  gpointer data,
                  GError **error)
{
  for (int i = 0; i < halver->n_steps; i++) {
    Step *step = &halver->steps[i];
    gboolean first_of_two = step->y % 2 == 0;
    if (!func (i, row, step->y, data, error))
      return FALSE;
    step->y++;
    if (i + 1 == halver->n_steps)
      return TRUE;
    if (first_of_two && step->y < step->height) {
      memcpy (step->above, row, (gsize) step->width * sizeof *row);
      return TRUE;
    }
    halve_rows (first_of_two ? row : step->above, row, step->width, step->half);
    row = step->half;
  }
  return TRUE;
}
