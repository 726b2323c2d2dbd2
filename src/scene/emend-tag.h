#pragma once

#include "emend-geometry.h"

G_BEGIN_DECLS

/**
 * EmendTag:
 * @width: in device pixels
 * @height: in device pixels
 * @stride: bytes from one row to the next
 * @data: blue, green, red, alpha, premultiplied: cairo's ARGB32
 *
 * The pill with a label and its confidence, as pixels. Counted, never changed, any thread. Made once
 * for a text, colour and scale and kept for the next frame.
 */
typedef struct {
  int width;
  int height;
  gsize stride;
  guint8 *data;
} EmendTag;

/* (nullable): NULL when there is nothing to say. Long labels are shortened. @score is NaN for none. */
EmendTag *emend_tag_get (const char *label,
                         double score,
                         guint32 color,
                         double device_scale);
/* The one form in which a confidence is told: whole per cent. */
int emend_tag_get_percent (double score);
EmendTag *emend_tag_ref (EmendTag *tag);
void emend_tag_unref (EmendTag *tag);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendTag, emend_tag_unref)
/* Where a tag goes: at the upper left outside the box @box, kept inside the view; all in one unit,
 * logical or device pixels. */
EmendPoint emend_tag_place (const EmendRect *box,
                            double tag_width,
                            double tag_height,
                            double view_width,
                            double view_height);

G_END_DECLS
