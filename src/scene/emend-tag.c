#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-tag.h"

#include <math.h>

#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

#include "emend-contrast.h"

/* Logical pixels. */
#define FONT_SIZE 11.0
#define PADDING 6.0
#define HEIGHT 18.0
#define BORDER 1.0
#define GAP 2.0 /* between tag and box */

#define MAX_LABEL 24 /* characters; the rest becomes … */
#define MAX_CACHED 1024

#define BORDER_OPACITY 0.55

typedef struct {
  EmendTag tag;
  gatomicrefcount ref_count;
} CountedTag;

/* Pango's font maps belong to one thread at a time: all of this is behind the lock. */
static GMutex lock;
static GHashTable *cache; /* (element-type utf8 EmendTag) */
static PangoContext *context;

static PangoLayout *
create_layout (const char *text,
               double device_scale)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans Medium");
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoLayout *layout;

  if (context == NULL) {
    g_autoptr (PangoFontMap) map = pango_cairo_font_map_new ();

    context = pango_font_map_create_context (map);
  }
  layout = pango_layout_new (context);
  pango_font_description_set_absolute_size (font, FONT_SIZE * device_scale * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static void
set_color (cairo_t *cr,
           guint32 color,
           double opacity)
{
  cairo_set_source_rgba (cr, ((color >> 16) & 0xff) / 255.0, ((color >> 8) & 0xff) / 255.0, (color & 0xff) / 255.0,
                         opacity);
}

static void
add_pill (cairo_t *cr,
          double width,
          double height,
          double inset)
{
  double radius = height / 2 - inset;

  cairo_new_sub_path (cr);
  cairo_arc (cr, inset + radius, height / 2, radius, G_PI / 2, 3 * G_PI / 2);
  cairo_arc (cr, width - inset - radius, height / 2, radius, -G_PI / 2, G_PI / 2);
  cairo_close_path (cr);
}

static EmendTag *
tag_alloc (int width,
           int height)
{
  CountedTag *counted = g_new0 (CountedTag, 1);

  g_atomic_ref_count_init (&counted->ref_count);
  counted->tag.width = width;
  counted->tag.height = height;
  counted->tag.stride = (gsize) cairo_format_stride_for_width (CAIRO_FORMAT_ARGB32, width);
  counted->tag.data = g_malloc0 (counted->tag.stride * (gsize) height);
  return &counted->tag;
}

static EmendTag *
render (const char *text,
        guint32 color,
        double device_scale)
{
  g_autoptr (PangoLayout) layout = create_layout (text, device_scale);
  PangoRectangle extents;
  EmendTag *tag;
  cairo_surface_t *surface;
  cairo_t *cr;
  double baseline = pango_units_to_double (pango_layout_get_baseline (layout));
  double half_capital = 0.36 * FONT_SIZE * device_scale;

  pango_layout_get_extents (layout, NULL, &extents);
  tag = tag_alloc ((int) ceil (pango_units_to_double (extents.width) + 2 * PADDING * device_scale),
                   (int) ceil (HEIGHT * device_scale));
  surface = cairo_image_surface_create_for_data (tag->data, CAIRO_FORMAT_ARGB32, tag->width, tag->height,
                                                 (int) tag->stride);
  cr = cairo_create (surface);
  add_pill (cr, tag->width, tag->height, 0);
  set_color (cr, 0, BORDER_OPACITY);
  cairo_fill (cr);
  add_pill (cr, tag->width, tag->height, BORDER * device_scale);
  set_color (cr, color, 1);
  cairo_fill (cr);
  set_color (cr, emend_contrast_get_text_color (color), 1);
  cairo_move_to (cr, round (PADDING * device_scale), round (tag->height / 2.0 + half_capital - baseline));
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  cairo_surface_destroy (surface);
  return tag;
}

/**
 * emend_tag_get_percent:
 * @score: confidence; not NaN
 *
 * The one form in which a confidence is told everywhere. Any thread.
 *
 * Returns: whole per cent, 0 to 100; never 100 for what is below
 */
int
emend_tag_get_percent (double score)
{
  return (int) floor (CLAMP (score, 0, 1) * 100 + 1e-9);
}

/* (nullable): what is written on the tag. */
static char *
format_text (const char *label,
             double score)
{
  g_autofree char *shortened = NULL;
  g_autofree char *percent = NULL;
  g_autofree char *valid = g_utf8_make_valid (label != NULL ? label : "", -1);

  if (g_utf8_strlen (valid, -1) > MAX_LABEL) {
    g_autofree char *start = g_utf8_substring (valid, 0, MAX_LABEL - 1);

    shortened = g_strconcat (start, "…", NULL);
  } else {
    shortened = g_steal_pointer (&valid);
  }
  if (isnan (score))
    return *shortened != '\0' ? g_steal_pointer (&shortened) : NULL;
  percent = g_strdup_printf (_ ("%d %%"), emend_tag_get_percent (score));
  return g_strconcat (shortened, *shortened != '\0' ? " " : "", percent, NULL);
}

/**
 * emend_tag_get:
 * @label: (nullable): name of the label
 * @score: confidence, or NaN for none
 * @color: of the label, 0xRRGGBB
 * @device_scale: device pixels per logical pixel
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the tag as pixels; %NULL when there is nothing to write.
 */
EmendTag *
emend_tag_get (const char *label,
               double score,
               guint32 color,
               double device_scale)
{
  g_autoptr (GMutexLocker) locker = NULL;
  g_autofree char *text = format_text (label, score);
  g_autofree char *key = NULL;
  EmendTag *tag;

  if (text == NULL)
    return NULL;
  locker = g_mutex_locker_new (&lock);
  key = g_strdup_printf ("%06x %d %s", color & 0xffffff, (int) lround (device_scale * 100), text);
  if (cache == NULL)
    cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) emend_tag_unref);
  tag = g_hash_table_lookup (cache, key);
  if (tag == NULL) {
    if (g_hash_table_size (cache) >= MAX_CACHED)
      g_hash_table_remove_all (cache);
    tag = render (text, color, device_scale);
    g_hash_table_insert (cache, g_steal_pointer (&key), tag);
  }
  return emend_tag_ref (tag);
}

/**
 * emend_tag_ref:
 * @tag: a tag
 *
 * Returns: (transfer full): @tag. Any thread.
 */
EmendTag *
emend_tag_ref (EmendTag *tag)
{
  g_atomic_ref_count_inc (&((CountedTag *) tag)->ref_count);
  return tag;
}

/**
 * emend_tag_unref:
 * @tag: (transfer full): a tag
 *
 * Any thread.
 */
void
emend_tag_unref (EmendTag *tag)
{
  if (!g_atomic_ref_count_dec (&((CountedTag *) tag)->ref_count))
    return;
  g_free (tag->data);
  g_free (tag);
}

/**
 * emend_tag_place:
 * @box: the box that the tag belongs to
 * @tag_width: size of the tag
 * @tag_height: size of the tag
 * @view_width: size of the view
 * @view_height: size of the view
 *
 * All in one unit. Any thread.
 *
 * Returns: where its upper left corner goes: above the box, as far left as it, inside the view; where
 *   there is no room above, inside the box at its top.
 */
EmendPoint
emend_tag_place (const EmendRect *box,
                 double tag_width,
                 double tag_height,
                 double view_width,
                 double view_height)
{
  double gap = GAP * tag_height / HEIGHT;
  double x = box->x - gap;
  double y = box->y - gap - tag_height;

  if (y < 0)
    y = fmax (0, fmax (box->y, 0) + gap);
  x = fmax (0, fmin (x, view_width - tag_width));
  y = fmax (0, fmin (y, view_height - tag_height));
  return (EmendPoint){ round (x), round (y) };
}
