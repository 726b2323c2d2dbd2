#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EmendTimeLeft:
 * @start_us: monotonic time of the first report
 * @last_us: monotonic time of the last report that was counted
 * @last_done: what was done then
 * @rate: smoothed, in units a second; 0 while it is not known
 *
 * How fast a long piece of work goes. A plain value.
 */
typedef struct {
  gint64 start_us;
  gint64 last_us;
  guint64 last_done;
  double rate;
} EmendTimeLeft;

void emend_time_left_init (EmendTimeLeft *left,
                           gint64 now_us);
double emend_time_left_update (EmendTimeLeft *left,
                               guint64 done,
                               guint64 total,
                               gint64 now_us);
char *emend_time_left_to_text (double seconds);

G_END_DECLS
