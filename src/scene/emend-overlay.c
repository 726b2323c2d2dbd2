#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-overlay.h"

#include <math.h>

#include "emend-spatial-index.h"

/* More changed marks than this are made into a new base; a page with many marks bears more. */
#define MIN_PATCHES 32

/* What overlays that come from one another share. */
typedef struct {
  gatomicrefcount ref_count;
  EmendOverlayMark *marks;
  gsize n_marks;
  GStringChunk *tags;
  EmendSpatialIndex *index;
} Base;

/* A mark that differs from the base, or is not in it. */
typedef struct {
  gatomicrefcount ref_count;
  guint32 index;
  EmendOverlayMark mark;
} Patch;

struct _EmendOverlay {
  gatomicrefcount ref_count;
  Base *base;
  GPtrArray *patches; /* (element-type Patch), by index */
  gsize n_marks;
};

static void
base_unref (Base *base)
{
  if (!g_atomic_ref_count_dec (&base->ref_count))
    return;
  for (gsize i = 0; i < base->n_marks; i++)
    emend_shape_clear (&base->marks[i].shape);
  g_free (base->marks);
  g_string_chunk_free (base->tags);
  emend_spatial_index_unref (base->index);
  g_free (base);
}

static Base *
base_new (const EmendOverlayMark *marks,
          gsize n_marks)
{
  Base *base = g_new0 (Base, 1);

  g_atomic_ref_count_init (&base->ref_count);
  base->marks = g_new (EmendOverlayMark, n_marks + 1);
  base->n_marks = n_marks;
  base->tags = g_string_chunk_new (1024);
  for (gsize i = 0; i < n_marks; i++) {
    base->marks[i] = marks[i];
    emend_shape_copy (&marks[i].shape, &base->marks[i].shape);
    if (marks[i].tag != NULL)
      base->marks[i].tag = g_string_chunk_insert_const (base->tags, marks[i].tag);
  }
  base->index = emend_spatial_index_new (&base->marks[0].shape.box, n_marks, sizeof (EmendOverlayMark));
  return base;
}

static Patch *
patch_new (guint32 index,
           const EmendOverlayMark *mark)
{
  Patch *patch = g_new0 (Patch, 1);

  g_atomic_ref_count_init (&patch->ref_count);
  patch->index = index;
  patch->mark = *mark;
  patch->mark.tag = g_strdup (mark->tag);
  emend_shape_copy (&mark->shape, &patch->mark.shape);
  return patch;
}

static void
patch_unref (gpointer data)
{
  Patch *patch = data;

  if (!g_atomic_ref_count_dec (&patch->ref_count))
    return;
  emend_shape_clear (&patch->mark.shape);
  g_free (patch->mark.tag);
  g_free (patch);
}

static EmendOverlay *
overlay_alloc (Base *base)
{
  EmendOverlay *overlay = g_new0 (EmendOverlay, 1);

  g_atomic_ref_count_init (&overlay->ref_count);
  overlay->base = base;
  overlay->patches = g_ptr_array_new_with_free_func (patch_unref);
  overlay->n_marks = base->n_marks;
  return overlay;
}

/**
 * emend_overlay_new:
 * @marks: (array length=n_marks): what is on the page, the last on top; copied
 * @n_marks: how many; less than 2^31
 *
 * Any thread.
 *
 * Returns: (transfer full): an overlay.
 */
EmendOverlay *
emend_overlay_new (const EmendOverlayMark *marks,
                   gsize n_marks)
{
  g_return_val_if_fail (n_marks <= G_MAXINT32, NULL);

  return overlay_alloc (base_new (marks, n_marks));
}

/**
 * emend_overlay_ref:
 * @overlay: an overlay
 *
 * Returns: (transfer full): @overlay. Any thread.
 */
EmendOverlay *
emend_overlay_ref (EmendOverlay *overlay)
{
  g_atomic_ref_count_inc (&overlay->ref_count);
  return overlay;
}

/**
 * emend_overlay_unref:
 * @overlay: (transfer full): an overlay
 *
 * Any thread.
 */
void
emend_overlay_unref (EmendOverlay *overlay)
{
  if (!g_atomic_ref_count_dec (&overlay->ref_count))
    return;
  g_ptr_array_unref (overlay->patches);
  base_unref (overlay->base);
  g_free (overlay);
}

/**
 * emend_overlay_get_n_marks:
 * @overlay: an overlay
 *
 * Returns: how many marks it has. Any thread.
 */
gsize
emend_overlay_get_n_marks (EmendOverlay *overlay)
{
  return overlay->n_marks;
}

/* The place of the first patch whose index is not below @index. */
static guint
find_patch (EmendOverlay *overlay,
            gsize index)
{
  guint low = 0;
  guint high = overlay->patches->len;

  while (low < high) {
    guint middle = (low + high) / 2;
    const Patch *patch = g_ptr_array_index (overlay->patches, middle);

    if (patch->index < index)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static const Patch *
get_patch (EmendOverlay *overlay,
           gsize index)
{
  guint at = find_patch (overlay, index);
  const Patch *patch = at < overlay->patches->len ? g_ptr_array_index (overlay->patches, at) : NULL;

  return patch != NULL && patch->index == index ? patch : NULL;
}

/**
 * emend_overlay_get_mark:
 * @overlay: an overlay
 * @index: number of a mark, from 0
 *
 * Returns: (transfer none): the mark, valid as long as @overlay. Any thread.
 */
const EmendOverlayMark *
emend_overlay_get_mark (EmendOverlay *overlay,
                        gsize index)
{
  const Patch *patch;

  g_return_val_if_fail (index < overlay->n_marks, NULL);

  if (overlay->patches->len == 0)
    return &overlay->base->marks[index];
  patch = get_patch (overlay, index);
  return patch != NULL ? &patch->mark : &overlay->base->marks[index];
}

static gpointer
copy_patch (gconstpointer source,
            gpointer data)
{
  Patch *patch = (Patch *) source;

  g_atomic_ref_count_inc (&patch->ref_count);
  return patch;
}

/* The same marks with no patches. */
static EmendOverlay *
flatten (EmendOverlay *overlay)
{
  g_autofree EmendOverlayMark *marks = g_new (EmendOverlayMark, overlay->n_marks);

  for (gsize i = 0; i < overlay->n_marks; i++)
    marks[i] = *emend_overlay_get_mark (overlay, i);
  return emend_overlay_new (marks, overlay->n_marks);
}

/**
 * emend_overlay_with_mark:
 * @overlay: an overlay
 * @index: number of the mark to replace, or the number of marks to append one
 * @mark: what it is now; copied
 *
 * Shares all other marks with @overlay. Any thread.
 *
 * Returns: (transfer full): the new overlay.
 */
EmendOverlay *
emend_overlay_with_mark (EmendOverlay *overlay,
                         gsize index,
                         const EmendOverlayMark *mark)
{
  g_autoptr (EmendOverlay) result = NULL;
  guint at = find_patch (overlay, index);

  g_return_val_if_fail (index <= overlay->n_marks && index < G_MAXINT32, NULL);

  g_atomic_ref_count_inc (&overlay->base->ref_count);
  result = overlay_alloc (overlay->base);
  g_ptr_array_unref (result->patches);
  result->patches = g_ptr_array_copy (overlay->patches, copy_patch, NULL);
  result->n_marks = MAX (overlay->n_marks, index + 1);
  if (get_patch (overlay, index) != NULL)
    g_ptr_array_remove_index (result->patches, at);
  g_ptr_array_insert (result->patches, (int) at, patch_new ((guint32) index, mark));
  if (result->patches->len > MIN_PATCHES + sqrt ((double) result->n_marks))
    return flatten (result);
  return g_steal_pointer (&result);
}

/**
 * emend_overlay_mark_is_shown:
 * @mark: a mark
 * @filter: which marks are shown
 *
 * Returns: whether it is one of them. Any thread.
 */
gboolean
emend_overlay_mark_is_shown (const EmendOverlayMark *mark,
                             const EmendOverlayFilter *filter)
{
  if (mark->hidden)
    return FALSE;
  if (mark->verdict == EMEND_VERDICT_REJECTED)
    return filter->show_rejected;
  return mark->verdict != EMEND_VERDICT_NONE || !(mark->score < filter->threshold);
}

static gboolean
meets (const EmendRect *a,
       const EmendRect *b)
{
  return emend_rect_is_finite (a) && a->x <= b->x + b->width && b->x <= a->x + a->width &&
         a->y <= b->y + b->height && b->y <= a->y + a->height;
}

/* Takes the patched marks out of @found from @first, and puts those in that meet @rect; both are in
 * ascending order. */
static void
merge_patches (EmendOverlay *overlay,
               const EmendRect *rect,
               GArray *found,
               guint first)
{
  g_autoptr (GArray) base = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint at = 0;

  g_array_append_vals (base, &g_array_index (found, guint32, first), found->len - first);
  g_array_set_size (found, first);
  for (guint i = 0; i < overlay->patches->len; i++) {
    const Patch *patch = g_ptr_array_index (overlay->patches, i);
    guint start = at;

    while (at < base->len && g_array_index (base, guint32, at) < patch->index)
      at++;
    g_array_append_vals (found, &g_array_index (base, guint32, start), at - start);
    if (at < base->len && g_array_index (base, guint32, at) == patch->index)
      at++;
    if (meets (&patch->mark.shape.box, rect))
      g_array_append_val (found, patch->index);
  }
  g_array_append_vals (found, &g_array_index (base, guint32, at), base->len - at);
}

/**
 * emend_overlay_query:
 * @overlay: an overlay
 * @rect: in image pixels
 * @found: (element-type guint32): where the numbers are appended
 *
 * Finds all marks whose bounds meet @rect, shown or not, in drawing order. Any thread.
 */
void
emend_overlay_query (EmendOverlay *overlay,
                     const EmendRect *rect,
                     GArray *found)
{
  guint first = found->len;

  emend_spatial_index_query (overlay->base->index, rect, found);
  if (overlay->patches->len > 0)
    merge_patches (overlay, rect, found, first);
}

static double
distance_to_segment (EmendPoint p,
                     EmendPoint a,
                     EmendPoint b)
{
  double dx = b.x - a.x;
  double dy = b.y - a.y;
  double length2 = dx * dx + dy * dy;
  double t = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;

  t = CLAMP (t, 0, 1);
  return hypot (p.x - a.x - t * dx, p.y - a.y - t * dy);
}

static gboolean
is_near_ring (const EmendShape *shape,
              EmendPoint point,
              double distance)
{
  for (gsize ring = 0; ring < emend_shape_get_n_rings (shape); ring++) {
    gsize n_points;
    const EmendPoint *points = emend_shape_get_ring (shape, ring, &n_points);
    gboolean closed = shape->kind == EMEND_SHAPE_POLYGON;

    for (gsize i = closed ? 0 : 1; i < n_points; i++) {
      if (distance_to_segment (point, points[i == 0 ? n_points - 1 : i - 1], points[i]) <= distance)
        return TRUE;
    }
    if (n_points == 1 && hypot (point.x - points[0].x, point.y - points[0].y) <= distance)
      return TRUE;
  }
  return FALSE;
}

/* @point is within @distance of the bounds already. */
static gboolean
is_hit (const EmendShape *shape,
        EmendPoint point,
        double distance)
{
  EmendPoint center = { shape->box.x + shape->box.width / 2, shape->box.y + shape->box.height / 2 };
  double away = hypot (center.x - point.x, center.y - point.y);
  double step = away > 0 ? fmin (1, distance / away) : 0;
  EmendPoint nearer = { point.x + (center.x - point.x) * step, point.y + (center.y - point.y) * step };

  switch (shape->kind) {
  case EMEND_SHAPE_POLYLINE:
    return is_near_ring (shape, point, distance);
  case EMEND_SHAPE_POLYGON:
    return emend_shape_contains (shape, point) || is_near_ring (shape, point, distance);
  case EMEND_SHAPE_ROTATED_BOX:
  case EMEND_SHAPE_ELLIPSE:
    return emend_shape_contains (shape, nearer);
  case EMEND_SHAPE_BOX:
  case EMEND_SHAPE_POINT:
  case EMEND_SHAPE_MASK:
  default:
    return TRUE;
  }
}

static int
compare_size (gconstpointer a,
              gconstpointer b,
              gpointer data)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;
  double area_x = emend_rect_area (&emend_overlay_get_mark (data, x)->shape.box);
  double area_y = emend_rect_area (&emend_overlay_get_mark (data, y)->shape.box);

  if (area_x != area_y)
    return area_x < area_y ? -1 : 1;
  return x > y ? -1 : x < y;
}

/**
 * emend_overlay_pick:
 * @overlay: an overlay
 * @filter: which marks are shown
 * @point: in image pixels
 * @distance: in image pixels: how near to a mark is as good as in it
 * @found: (element-type guint32): replaced by what is there, the smallest first, then the topmost
 *
 * Any thread.
 */
void
emend_overlay_pick (EmendOverlay *overlay,
                    const EmendOverlayFilter *filter,
                    EmendPoint point,
                    double distance,
                    GArray *found)
{
  EmendRect rect = { point.x - distance, point.y - distance, 2 * distance, 2 * distance };
  guint n = 0;

  g_array_set_size (found, 0);
  emend_overlay_query (overlay, &rect, found);
  for (guint i = 0; i < found->len; i++) {
    guint32 index = g_array_index (found, guint32, i);
    const EmendOverlayMark *mark = emend_overlay_get_mark (overlay, index);

    if (emend_overlay_mark_is_shown (mark, filter) && is_hit (&mark->shape, point, distance))
      g_array_index (found, guint32, n++) = index;
  }
  g_array_set_size (found, n);
  g_array_sort_with_data (found, compare_size, overlay);
}
