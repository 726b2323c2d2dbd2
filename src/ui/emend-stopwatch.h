#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest pause between two signs of life that still counts as work, in microseconds. */
#define EMEND_STOPWATCH_LONGEST_PAUSE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/**
 * EmendStopwatch:
 * @last: monotonic time of the last sign of life, in microseconds
 * @total: what was counted up to then, in microseconds
 *
 * How long a person has really been busy with something: of a pause, no more than
 * %EMEND_STOPWATCH_LONGEST_PAUSE counts. A plain value.
 */
typedef struct {
  gint64 last;
  gint64 total;
} EmendStopwatch;

void emend_stopwatch_start (EmendStopwatch *watch,
                            gint64 now);
void emend_stopwatch_touch (EmendStopwatch *watch,
                            gint64 now);
gint64 emend_stopwatch_get_ms (const EmendStopwatch *watch,
                               gint64 now);

G_END_DECLS
