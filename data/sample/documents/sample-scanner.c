/* How the picture of a sheet comes about: uneven ink, light, noise of the sensor, and black and white. */
#include <math.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "sample-noise.h"
#include "sample-paper.h"

/* How black the ink is at a pixel: thermal paper has pale rows and grows pale from a side; a printer is even. */
static double
ink_strength (const SamplePaper *paper,
              int x,
              int y)
{
  const SampleDocument *document = paper->document;
  double width = cairo_image_surface_get_width (paper->ink);
  double blotch = sample_noise_at (paper->seed + 60, x / 90.0, y / 70.0);
  double fine = sample_noise_at (paper->seed + 61, x / 1.7, y / 1.7);

  if (document->company->layout == SAMPLE_LAYOUT_TILL || document->company->layout == SAMPLE_LAYOUT_CAFE) {
    double row = sample_noise_at (paper->seed + 62, 0, y / 5.0);
    double strength = 0.72 + 0.16 * blotch + 0.13 * row + 0.1 * fine;

    if (document->wear & SAMPLE_WEAR_FADED)
      strength *= 0.58 + 0.40 * x / width - 0.12 * blotch;
    return MIN (strength, 1);
  }
  if (document->company->layout == SAMPLE_LAYOUT_FORM)
    return MIN (0.66 + 0.22 * blotch + 0.34 * fine, 1);
  return MIN (0.84 + 0.10 * blotch + 0.12 * fine, 1);
}

/* Puts the ink onto the ground. */
static void
press (SamplePaper *paper)
{
  int width = cairo_image_surface_get_width (paper->ground);
  int height = cairo_image_surface_get_height (paper->ground);
  gsize stride = (gsize) cairo_image_surface_get_stride (paper->ground);
  guint8 *ground = cairo_image_surface_get_data (paper->ground);
  const guint8 *ink = cairo_image_surface_get_data (paper->ink);

  cairo_surface_flush (paper->ground);
  cairo_surface_flush (paper->ink);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      gsize at = (gsize) y * stride + (gsize) x * 4;
      double strength;

      if (ink[at + 3] == 0)
        continue;
      strength = ink_strength (paper, x, y);
      for (gsize channel = 0; channel < 3; channel++)
        ground[at + channel] = (guint8) (ground[at + channel] * (1 - strength * ink[at + 3] / 255) +
                                         strength * ink[at + channel]);
    }
  }
  cairo_surface_mark_dirty (paper->ground);
}

/* One pass of a filter of three taps along one direction, in place. */
static void
soften_line (guint8 *pixel,
             gsize step,
             int count,
             double amount)
{
  for (int channel = 0; channel < 3; channel++) {
    double before = pixel[channel];

    for (int i = 0; i < count; i++) {
      guint8 *here = pixel + (gsize) i * step + channel;
      double now = *here;
      double after = i + 1 < count ? here[step] : now;

      *here = (guint8) (now * (1 - amount) + (before + after) * amount / 2 + 0.5);
      before = now;
    }
  }
}

static void
soften (cairo_surface_t *surface,
        double amount)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  guint8 *data = cairo_image_surface_get_data (surface);

  for (int y = 0; y < height; y++)
    soften_line (data + (gsize) y * stride, 4, width, amount);
  for (int x = 0; x < width; x++)
    soften_line (data + (gsize) x * 4, stride, height, amount);
}

/* Light from one side and the grain of the sensor. */
static void
expose (SamplePaper *paper)
{
  int width = cairo_image_surface_get_width (paper->ground);
  int height = cairo_image_surface_get_height (paper->ground);
  gsize stride = (gsize) cairo_image_surface_get_stride (paper->ground);
  guint8 *data = cairo_image_surface_get_data (paper->ground);
  gboolean photo = paper->document->medium == SAMPLE_MEDIUM_PHOTO;
  double grain = photo ? 7 : 3.4;
  double tilt = g_rand_double_range (paper->random, -1, 1);
  guint32 state = paper->seed | 1;

  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      guint8 *pixel = data + (gsize) y * stride + (gsize) x * 4;
      double dx = (double) x / width - 0.42;
      double dy = (double) y / height - 0.36;
      double light = 1 + 0.03 * (sample_noise_at (paper->seed + 70, x / 160.0, y / 160.0) - 0.5);
      double noise = sample_noise_white (&state) * grain;

      if (photo)
        light *= 1.03 - 0.34 * (dx * dx + dy * dy) + 0.10 * tilt * dx - 0.06 * dy;
      pixel[0] = (guint8) CLAMP (pixel[0] * light * (photo ? 0.955 : 1) + noise, 0, 255);
      pixel[1] = (guint8) CLAMP (pixel[1] * light * (photo ? 0.985 : 1) + noise, 0, 255);
      pixel[2] = (guint8) CLAMP (pixel[2] * light + noise, 0, 255);
    }
  }
}

/* Black and white with ragged edges, a few specks, and the thin line that dirt on the glass makes. */
static void
copy (SamplePaper *paper)
{
  int width = cairo_image_surface_get_width (paper->ground);
  int height = cairo_image_surface_get_height (paper->ground);
  gsize stride = (gsize) cairo_image_surface_get_stride (paper->ground);
  guint8 *data = cairo_image_surface_get_data (paper->ground);
  guint32 state = paper->seed | 1;
  int streak = (int) (width * 0.83);

  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      guint8 *pixel = data + (gsize) y * stride + (gsize) x * 4;
      double light = 0.114 * pixel[0] + 0.587 * pixel[1] + 0.299 * pixel[2] + sample_noise_white (&state) * 34;
      gboolean black = light < 164;

      if (x == streak && sample_noise_at (paper->seed + 80, 0, y / 14.0) > 0.72)
        black = TRUE;
      memset (pixel, black ? 0 : 255, 3);
    }
  }
  for (int i = 0; i < 260; i++) {
    int x = g_rand_int_range (paper->random, 4, width - 4);
    int y = g_rand_int_range (paper->random, 4, height - 4);
    int size = g_rand_int_range (paper->random, 1, 8) < 7 ? 1 : 3;

    for (int j = 0; j < size; j++)
      memset (data + (gsize) (y + j / 2) * stride + (gsize) (x + j % 2) * 4, 0, 3);
  }
}

static GdkPixbuf *
to_pixbuf (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  for (int y = 0; y < height; y++) {
    const guint8 *from = cairo_image_surface_get_data (surface) +
                         (gsize) y * (gsize) cairo_image_surface_get_stride (surface);
    guint8 *to = gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf);

    for (int x = 0; x < width; x++, from += 4, to += 3) {
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
    }
  }
  return pixbuf;
}

/**
 * sample_paper_save:
 * @paper: paper with everything on it; it is used up
 * @path: of the picture
 * @error: of gdk-pixbuf
 *
 * Returns: whether it was written
 */
gboolean
sample_paper_save (SamplePaper *paper,
                   const char *path,
                   GError **error)
{
  SampleMedium medium = paper->document->medium;
  g_autofree char *dpi = g_strdup_printf ("%.0f", paper->dpi);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  press (paper);
  soften (paper->ground, medium == SAMPLE_MEDIUM_PHOTO ? 0.42 : 0.26);
  if (medium == SAMPLE_MEDIUM_COPY)
    copy (paper);
  else
    expose (paper);
  pixbuf = to_pixbuf (paper->ground);
  if (medium == SAMPLE_MEDIUM_COPY)
    return gdk_pixbuf_save (pixbuf, path, "png", error, "compression", "9", "x-dpi", dpi, "y-dpi", dpi, NULL);
  return gdk_pixbuf_save (pixbuf, path, "jpeg", error, "quality", "78", "x-dpi", dpi, "y-dpi", dpi, NULL);
}
