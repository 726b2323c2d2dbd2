#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-scale-private.h"

#include <string.h>

#define ROWS_BETWEEN_CHECKS 64

/* One pixmap on its way to the raster: the whole of @target is the whole of @pixmap; what is drawn is
 * @drawn. */
typedef struct {
  const EmendRaster *raster;
  const EmendPixmap *pixmap;
  EmendPixelBox target;
  EmendPixelBox drawn;
  const int *cancelled;
} Job;

static const guint32 *
source_row (const Job *job,
            int y)
{
  return (const guint32 *) (const void *) (job->pixmap->data + (gsize) y * job->pixmap->stride);
}

static gboolean
should_stop (const Job *job,
             int y)
{
  return y % ROWS_BETWEEN_CHECKS == 0 && job->cancelled != NULL && g_atomic_int_get (job->cancelled) != 0;
}

static gboolean
draw_equal (const Job *job)
{
  gsize size = (gsize) (job->drawn.x2 - job->drawn.x1) * sizeof (guint32);

  for (int y = job->drawn.y1; y < job->drawn.y2; y++) {
    if (should_stop (job, y))
      return FALSE;
    memcpy (emend_raster_row (job->raster, job->drawn.x1, y),
            source_row (job, y - job->target.y1) + (job->drawn.x1 - job->target.x1),
            size);
  }
  return TRUE;
}

/* The source pixel under the middle of pixel @at of @n_target. */
static int
nearest (int at,
         int n_target,
         int n_source)
{
  return (int) ((2 * (gint64) at + 1) * n_source / (2 * (gint64) n_target));
}

static gboolean
draw_nearest (const Job *job)
{
  int width = job->drawn.x2 - job->drawn.x1;
  g_autofree int *columns = g_new (int, width);
  int drawn_row = -1;

  for (int x = 0; x < width; x++)
    columns[x] = nearest (x + job->drawn.x1 - job->target.x1, job->target.x2 - job->target.x1, job->pixmap->width);
  for (int y = job->drawn.y1; y < job->drawn.y2; y++) {
    int row = nearest (y - job->target.y1, job->target.y2 - job->target.y1, job->pixmap->height);
    guint32 *to = emend_raster_row (job->raster, job->drawn.x1, y);

    if (should_stop (job, y))
      return FALSE;
    if (row == drawn_row) {
      memcpy (to, emend_raster_row (job->raster, job->drawn.x1, y - 1), (gsize) width * sizeof (guint32));
    } else {
      const guint32 *from = source_row (job, row);

      for (int x = 0; x < width; x++)
        to[x] = from[columns[x]];
    }
    drawn_row = row;
  }
  return TRUE;
}

/* Between which two source pixels a target pixel lies: the first of them, and how much of the second,
 * in parts of 256. */
typedef struct {
  int first;
  guint32 part;
} Between;

static Between
between (int at,
         int n_target,
         int n_source)
{
  gint64 position = ((2 * (gint64) at + 1) * n_source * 128) / n_target - 128;
  int first;

  if (position <= 0)
    return (Between){ 0, 0 };
  first = (int) (position >> 8);
  if (first >= n_source - 1)
    return (Between){ n_source - 1, 0 };
  return (Between){ first, (guint32) (position & 0xff) };
}

/* Mixes two rows byte by byte; written so that compilers make vector code of it. */
static void
mix_rows (guint8 *restrict to,
          const guint8 *restrict a,
          const guint8 *restrict b,
          gsize n,
          guint32 part)
{
  const guint16 of_b = (guint16) part;
  const guint16 of_a = (guint16) (256 - part);

  for (gsize i = 0; i < n; i++)
    to[i] = (guint8) ((guint16) ((guint16) (a[i] * of_a) + (guint16) (b[i] * of_b)) >> 8);
}

static void
mix_columns (guint32 *restrict to,
             const guint32 *restrict from,
             const Between *restrict columns,
             int width)
{
  for (int x = 0; x < width; x++) {
    const guint32 *pair = from + columns[x].first;
    guint32 of_b = columns[x].part;
    guint32 of_a = 256 - of_b;
    guint32 red_blue = ((pair[0] & 0xff00ff) * of_a + (pair[1] & 0xff00ff) * of_b) >> 8;
    guint32 alpha_green = ((pair[0] >> 8) & 0xff00ff) * of_a + ((pair[1] >> 8) & 0xff00ff) * of_b;

    to[x] = (red_blue & 0xff00ff) | (alpha_green & 0xff00ff00);
  }
}

static gboolean
draw_bilinear (const Job *job)
{
  int width = job->drawn.x2 - job->drawn.x1;
  int target_width = job->target.x2 - job->target.x1;
  int target_height = job->target.y2 - job->target.y1;
  g_autofree Between *columns = g_new (Between, width);
  g_autofree guint32 *mixed = NULL;
  int first;
  int n;

  if (width <= 0)
    return TRUE;
  for (int x = 0; x < width; x++)
    columns[x] = between (x + job->drawn.x1 - job->target.x1, target_width, job->pixmap->width);
  first = columns[0].first;
  n = columns[width - 1].first + 1 - first;
  for (int x = 0; x < width; x++)
    columns[x].first -= first;
  mixed = g_new0 (guint32, n + 1);
  for (int y = job->drawn.y1; y < job->drawn.y2; y++) {
    Between rows = between (y - job->target.y1, target_height, job->pixmap->height);
    int second = MIN (rows.first + 1, job->pixmap->height - 1);
    int available = MIN (n + 1, job->pixmap->width - first);

    if (should_stop (job, y))
      return FALSE;
    mix_rows ((guint8 *) mixed,
              (const guint8 *) (source_row (job, rows.first) + first),
              (const guint8 *) (source_row (job, second) + first),
              (gsize) available * sizeof (guint32),
              rows.part);
    mix_columns (emend_raster_row (job->raster, job->drawn.x1, y), mixed, columns, width);
  }
  return TRUE;
}

/* The first source pixel of target pixel @at when each takes the mean of those it covers. */
static int
area_start (int at,
            int n_target,
            int n_source)
{
  return (int) ((gint64) at * n_source / n_target);
}

static void
add_row (guint32 *restrict sums,
         const guint8 *restrict row,
         gsize n)
{
  for (gsize i = 0; i < n; i++)
    sums[i] += row[i];
}

static guint32
mean_of (const guint32 *sums,
         int n_columns,
         guint32 n_rows)
{
  guint64 total[4] = { 0 };
  guint64 n = (guint64) n_rows * (guint64) n_columns;

  for (int i = 0; i < n_columns; i++) {
    for (int channel = 0; channel < 4; channel++)
      total[channel] += sums[i * 4 + channel];
  }
  for (int channel = 0; channel < 4; channel++)
    total[channel] = (total[channel] + n / 2) / n;
  return (guint32) (total[0] | total[1] << 8 | total[2] << 16 | total[3] << 24);
}

/* For more than half the size, where two pixels are not enough. */
static gboolean
draw_area (const Job *job)
{
  int target_width = job->target.x2 - job->target.x1;
  int target_height = job->target.y2 - job->target.y1;
  int source_width = job->pixmap->width;
  int first = area_start (job->drawn.x1 - job->target.x1, target_width, source_width);
  int end = area_start (job->drawn.x2 - job->target.x1, target_width, source_width);
  gsize n = (gsize) (end - first) * 4;
  g_autofree guint32 *sums = g_new (guint32, n);

  for (int y = job->drawn.y1; y < job->drawn.y2; y++) {
    int row = area_start (y - job->target.y1, target_height, job->pixmap->height);
    int last = area_start (y + 1 - job->target.y1, target_height, job->pixmap->height);
    guint32 *to = emend_raster_row (job->raster, 0, y);

    if (should_stop (job, y))
      return FALSE;
    memset (sums, 0, n * sizeof *sums);
    for (int i = row; i < last; i++)
      add_row (sums, (const guint8 *) (source_row (job, i) + first), n);
    for (int x = job->drawn.x1; x < job->drawn.x2; x++) {
      int from = area_start (x - job->target.x1, target_width, source_width);
      int until = area_start (x + 1 - job->target.x1, target_width, source_width);

      to[x] = mean_of (sums + (gsize) (from - first) * 4, until - from, (guint32) (last - row));
    }
  }
  return TRUE;
}

/**
 * emend_scale_draw:
 * @raster: where to draw
 * @pixmap: what to draw
 * @target: where all of it goes, in device pixels; may lie outside the clip
 * @smooth: whether to interpolate; otherwise every pixel stays a crisp square
 * @cancelled: (nullable): read now and then, stops when it is not 0
 *
 * Returns: whether it was finished. Any thread.
 */
gboolean
emend_scale_draw (const EmendRaster *raster,
                  const EmendPixmap *pixmap,
                  const EmendPixelBox *target,
                  gboolean smooth,
                  const int *cancelled)
{
  Job job = { raster, pixmap, *target, emend_pixel_box_intersect (target, &raster->clip), cancelled };
  int width = target->x2 - target->x1;
  int height = target->y2 - target->y1;

  if (emend_pixel_box_is_empty (&job.drawn) || pixmap->width <= 0 || pixmap->height <= 0)
    return TRUE;
  if (width == pixmap->width && height == pixmap->height)
    return draw_equal (&job);
  if (!smooth)
    return draw_nearest (&job);
  if (pixmap->width >= 2 * width && pixmap->height >= 2 * height)
    return draw_area (&job);
  return draw_bilinear (&job);
}
