#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-contrast.h"

#include <math.h>

#define BLACK 0x000000u
#define WHITE 0xffffffu

static double
linear (guint32 channel)
{
  double value = channel / 255.0;

  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

/**
 * emend_contrast_get_luminance:
 * @color: 0xRRGGBB, sRGB
 *
 * "Relative luminance" of the Web Content Accessibility Guidelines (WCAG) 2.1.
 *
 * Returns: 0 for black to 1 for white. Any thread.
 */
double
emend_contrast_get_luminance (guint32 color)
{
  return 0.2126 * linear ((color >> 16) & 0xff) + 0.7152 * linear ((color >> 8) & 0xff) +
         0.0722 * linear (color & 0xff);
}

/**
 * emend_contrast_get_ratio:
 * @a: 0xRRGGBB
 * @b: 0xRRGGBB
 *
 * "Contrast ratio" of WCAG 2.1.
 *
 * Returns: 1 for equal colours to 21 for black and white. Any thread.
 */
double
emend_contrast_get_ratio (guint32 a,
                          guint32 b)
{
  double x = emend_contrast_get_luminance (a);
  double y = emend_contrast_get_luminance (b);

  return (fmax (x, y) + 0.05) / (fmin (x, y) + 0.05);
}

/**
 * emend_contrast_get_text_color:
 * @background: 0xRRGGBB
 *
 * Returns: black or white, whatever has the higher contrast; always at least 4.5. Any thread.
 */
guint32
emend_contrast_get_text_color (guint32 background)
{
  return emend_contrast_get_ratio (background, BLACK) >= emend_contrast_get_ratio (background, WHITE) ? BLACK : WHITE;
}

static guint32
lighten_channel (guint32 channel,
                 guint32 sixteenths)
{
  return channel + (255 - channel) * sixteenths / 16;
}

/**
 * emend_contrast_lighten:
 * @color: 0xRRGGBB
 * @against: 0xRRGGBB, a dark colour
 * @ratio: contrast to reach
 *
 * Returns: @color, mixed with just as much white (in steps of a sixteenth) as gives it that contrast
 *   against @against. Any thread.
 */
guint32
emend_contrast_lighten (guint32 color,
                        guint32 against,
                        double ratio)
{
  guint32 lighter = color & WHITE;

  for (guint32 i = 1; i <= 16 && emend_contrast_get_ratio (lighter, against) < ratio; i++)
    lighter = lighten_channel ((color >> 16) & 0xff, i) << 16 | lighten_channel ((color >> 8) & 0xff, i) << 8 |
              lighten_channel (color & 0xff, i);
  return lighter;
}
