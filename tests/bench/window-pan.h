#pragma once

#include "emend-canvas.h"

G_BEGIN_DECLS

/* Runs the main loop until @check says so; half a minute in vain ends the program. */
void window_iterate_until (gboolean (*check) (gpointer data),
                           gpointer data);
/* The same for a while, in microseconds. */
void window_iterate_for (gint64 time);

/* For window_iterate_until(): whether nothing better of the picture is to come; @data is the canvas. */
gboolean window_canvas_is_complete (gpointer data);

/* Milliseconds: @paint from the begin of a frame to its end, the median; @fresh from one newly composed picture to the
 * next, the mean; @cpu of the whole program for each of these. */
typedef struct {
  double paint;
  double fresh;
  double cpu;
} WindowPanTimes;

/* Pans the canvas to and fro for some seconds. */
WindowPanTimes window_time_pan (EmendCanvas *canvas);

G_END_DECLS
