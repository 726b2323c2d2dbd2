#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Colours are 0xRRGGBB. */

/* Relative luminance 0..1, WCAG 2.1. */
double emend_contrast_get_luminance (guint32 color);
/* Contrast ratio 1..21, WCAG 2.1. */
double emend_contrast_get_ratio (guint32 a,
                                 guint32 b);
/* Black or white: what is easier to read on @background. */
guint32 emend_contrast_get_text_color (guint32 background);
/* @color, lightened just as much as it takes to stand out from the dark @against by @ratio. */
guint32 emend_contrast_lighten (guint32 color,
                                guint32 against,
                                double ratio);

G_END_DECLS
