#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-stopwatch.h"

/**
 * emend_stopwatch_start:
 * @watch: (out): the watch
 * @now: monotonic time in microseconds
 *
 * Begins to count from zero. Any thread.
 */
void
emend_stopwatch_start (EmendStopwatch *watch,
                       gint64 now)
{
  *watch = (EmendStopwatch){ now, 0 };
}

/**
 * emend_stopwatch_touch:
 * @watch: the watch
 * @now: monotonic time in microseconds
 *
 * Notes a sign of life: a key, a movement of the pointer. Any thread.
 */
void
emend_stopwatch_touch (EmendStopwatch *watch,
                       gint64 now)
{
  watch->total += CLAMP (now - watch->last, 0, EMEND_STOPWATCH_LONGEST_PAUSE);
  watch->last = now;
}

/**
 * emend_stopwatch_get_ms:
 * @watch: the watch
 * @now: monotonic time in microseconds
 *
 * Any thread.
 *
 * Returns: the time counted up to @now, in milliseconds
 */
gint64
emend_stopwatch_get_ms (const EmendStopwatch *watch,
                        gint64 now)
{
  EmendStopwatch copy = *watch;

  emend_stopwatch_touch (&copy, now);
  return copy.total / 1000;
}
