#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include "emend-skew-private.h"

#include <leptonica/allheaders.h>
#include <math.h>

/* Less skew is none, and what is less sure is no skew: see emend_skew_find(). */
#define MIN_SKEW 0.7
#define MIN_SKEW_CONFIDENCE 3.0f
/* What a page is made smaller to for that, and the sides of the tiles in which ink is told from paper. */
#define SKEW_PIXELS 2000000.0
#define SKEW_TILE 200

/* (nullable): the ink of the page, black on white, small enough that its lines are found in a few milliseconds. */
static struct Pix *
find_ink (struct Pix *pix)
{
  struct Pix *grey = pixConvertTo8 (pix, 0);
  struct Pix *ink = NULL;

  while (grey != NULL && (double) pixGetWidth (grey) * pixGetHeight (grey) > SKEW_PIXELS) {
    struct Pix *half = pixScaleAreaMap2 (grey);
    pixDestroy (&grey);
    grey = half;
  }
  if (grey != NULL)
    pixOtsuAdaptiveThreshold (grey, SKEW_TILE, SKEW_TILE, 0, 0, 0.1f, NULL, &ink);
  pixDestroy (&grey);
  return ink;
}

/**
 * emend_skew_find:
 * @pix: a page that stands upright
 *
 * Leptonica's search for the angle at which the lines of ink are sharpest (pixFindSkew()). Four receipts were
 * slanted by 1, 2, 3 and 5 degrees: of their sure words 88, 86, 84 and 74 in a hundred were read as they lay, and 90,
 * 90, 91 and 83 when the page was straightened first. At half a degree that gave nothing. Any thread.
 *
 * Returns: by how many degrees the text slants clockwise; 0 when that is too little to matter, or not sure
 */
double
emend_skew_find (struct Pix *pix)
{
  struct Pix *ink = find_ink (pix);
  l_float32 angle = 0;
  l_float32 confidence = 0;
  gboolean found = ink != NULL && pixFindSkew (ink, &angle, &confidence) == 0 && confidence >= MIN_SKEW_CONFIDENCE &&
                   fabs ((double) angle) >= MIN_SKEW;

  pixDestroy (&ink);
  return found ? -(double) angle : 0;
}
