#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-time-left.h"

#include <math.h>

#include <glib/gi18n-lib.h>

/* Nothing is said before the work has run this long: the first numbers mislead. */
#define SETTLE_US G_GINT64_CONSTANT (1500000)
/* Reports closer together than this are counted as one. */
#define STEP_US G_GINT64_CONSTANT (250000)
/* Weight of the newest step in the smoothed rate. */
#define NEWEST 0.2

/**
 * emend_time_left_init:
 * @left: (out): the estimate
 * @now_us: monotonic time in microseconds at which the work starts
 */
void
emend_time_left_init (EmendTimeLeft *left,
                      gint64 now_us)
{
  *left = (EmendTimeLeft){ .start_us = now_us, .last_us = now_us };
}

/**
 * emend_time_left_update:
 * @left: the estimate
 * @done: what is done
 * @total: the whole, 0 while it is not known
 * @now_us: monotonic time in microseconds
 *
 * Takes one more report. The rate is an exponentially weighted mean of the steps' rates; work that
 * starts again from a smaller number (another phase) is measured anew.
 *
 * Returns: seconds left, or -1 while nothing useful can be said
 */
double
emend_time_left_update (EmendTimeLeft *left,
                        guint64 done,
                        guint64 total,
                        gint64 now_us)
{
  if (done < left->last_done) {
    emend_time_left_init (left, now_us);
    left->last_done = done;
  }
  if (now_us - left->last_us >= STEP_US) {
    double seconds = (double) (now_us - left->last_us) / G_USEC_PER_SEC;
    double rate = (double) (done - left->last_done) / seconds;

    left->rate = left->rate > 0 ? left->rate * (1 - NEWEST) + rate * NEWEST : rate;
    left->last_us = now_us;
    left->last_done = done;
  }
  if (total == 0 || done > total || left->rate <= 0 || now_us - left->start_us < SETTLE_US)
    return -1;
  return (double) (total - done) / left->rate;
}

/**
 * emend_time_left_to_text:
 * @seconds: seconds left, negative when it is not known
 *
 * Returns: (transfer full) (nullable): "about 2 minutes left", coarse enough not to flicker; %NULL
 *   when it is not known
 */
char *
emend_time_left_to_text (double seconds)
{
  gulong n;

  if (!(seconds >= 0) || seconds > 100.0 * 3600)
    return NULL;
  if (seconds < 5)
    return g_strdup (_ ("a few seconds left"));
  if (seconds < 55) {
    n = (gulong) (ceil (seconds / 5) * 5);
    return g_strdup_printf (ngettext ("about %lu second left", "about %lu seconds left", n), n);
  }
  if (seconds < 55.0 * 60) {
    n = (gulong) MAX (1, round (seconds / 60));
    return g_strdup_printf (ngettext ("about %lu minute left", "about %lu minutes left", n), n);
  }
  n = (gulong) MAX (1, round (seconds / 3600));
  return g_strdup_printf (ngettext ("about %lu hour left", "about %lu hours left", n), n);
}
