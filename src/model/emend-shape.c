#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-shape.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-model-error.h"

/*
 * The form of EmendShape.data, little-endian, also in project files:
 *
 *   rotated box       f64 center x, center y, width, height, degrees clockwise
 *   polygon, polyline u32 number of rings, u32 points of each ring, zeros up to a multiple of 8,
 *                     then for each point f64 x, f64 y
 *   mask              u32 width, u32 height, u32 flags (bit 0: the source had the compressed form),
 *                     u32 number of runs, then u32 for each run, down the columns, background first
 */
G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
G_STATIC_ASSERT (sizeof (EmendPoint) == 16);

/* A shape with more parts than this is no annotation but an attack. */
#define MAX_PARTS ((gsize) 16 * 1024 * 1024)

#define MASK_HEADER 4

static const char *const kind_names[] = {
  "box",
  "rotated-box",
  "ellipse",
  "polygon",
  "polyline",
  "point",
  "mask",
};

/**
 * emend_shape_init_box:
 * @shape: (out): the shape to set
 * @box: a rectangle in image pixels
 *
 * Any thread.
 */
void
emend_shape_init_box (EmendShape *shape,
                      const EmendRect *box)
{
  *shape = (EmendShape){ EMEND_SHAPE_BOX, *box, NULL };
}

/**
 * emend_shape_init_rotated_box:
 * @shape: (out): the shape to set
 * @center: middle of the box in image pixels
 * @width: along its own x axis
 * @height: along its own y axis
 * @degrees: how far it is turned clockwise about @center
 *
 * Any thread.
 */
void
emend_shape_init_rotated_box (EmendShape *shape,
                              EmendPoint center,
                              double width,
                              double height,
                              double degrees)
{
  const double values[5] = { center.x, center.y, width, height, degrees };
  double radians = degrees * G_PI / 180;
  double w = fabs (width * cos (radians)) + fabs (height * sin (radians));
  double h = fabs (width * sin (radians)) + fabs (height * cos (radians));

  shape->kind = EMEND_SHAPE_ROTATED_BOX;
  shape->box = (EmendRect){ center.x - w / 2, center.y - h / 2, w, h };
  shape->data = g_bytes_new (values, sizeof values);
}

static gsize
ring_header_size (gsize n_rings)
{
  return ((1 + n_rings) * sizeof (guint32) + 7) / 8 * 8;
}

static EmendRect
bounds_of_points (const EmendPoint *points,
                  gsize n_points)
{
  EmendPoint low = points[0];
  EmendPoint high = points[0];

  for (gsize i = 1; i < n_points; i++) {
    low.x = fmin (low.x, points[i].x);
    low.y = fmin (low.y, points[i].y);
    high.x = fmax (high.x, points[i].x);
    high.y = fmax (high.y, points[i].y);
  }
  return emend_rect_from_corners (low, high);
}

/**
 * emend_shape_init_points:
 * @shape: (out): the shape to set; untouched on failure
 * @kind: polygon, polyline or point
 * @points: the points of all rings, one ring after another, in image pixels
 * @ring_sizes: (array length=n_rings): how many points each ring has
 * @n_rings: how many rings; a polyline and a point have one
 *
 * Returns: whether the numbers are a shape: finite, at least one point in each ring. Any thread.
 */
gboolean
emend_shape_init_points (EmendShape *shape,
                         EmendShapeKind kind,
                         const EmendPoint *points,
                         const guint32 *ring_sizes,
                         gsize n_rings)
{
  gsize n_points = 0;
  gsize header = ring_header_size (n_rings);
  guint32 *data;

  g_return_val_if_fail (kind == EMEND_SHAPE_POLYGON || kind == EMEND_SHAPE_POLYLINE ||
                          kind == EMEND_SHAPE_POINT,
                        FALSE);

  if (n_rings == 0 || n_rings > MAX_PARTS || (kind != EMEND_SHAPE_POLYGON && n_rings != 1))
    return FALSE;
  for (gsize i = 0; i < n_rings; i++) {
    if (ring_sizes[i] == 0)
      return FALSE;
    n_points += ring_sizes[i];
  }
  if (n_points > MAX_PARTS || (kind == EMEND_SHAPE_POINT && n_points != 1))
    return FALSE;
  for (gsize i = 0; i < n_points; i++) {
    if (!isfinite (points[i].x) || !isfinite (points[i].y))
      return FALSE;
  }
  shape->kind = kind;
  shape->box = bounds_of_points (points, n_points);
  shape->data = NULL;
  if (kind == EMEND_SHAPE_POINT)
    return TRUE;
  data = g_malloc0 (header + n_points * sizeof (EmendPoint));
  data[0] = (guint32) n_rings;
  memcpy (data + 1, ring_sizes, n_rings * sizeof (guint32));
  memcpy ((guint8 *) data + header, points, n_points * sizeof (EmendPoint));
  shape->data = g_bytes_new_take (data, header + n_points * sizeof (EmendPoint));
  return TRUE;
}

/* The bounds of the foreground; FALSE when the runs do not add up to the size. */
static gboolean
bounds_of_mask (guint32 height,
                guint64 total,
                const guint32 *counts,
                gsize n_counts,
                EmendRect *box)
{
  guint64 at = 0;
  guint64 x1 = G_MAXUINT64;
  guint64 y1 = G_MAXUINT64;
  guint64 x2 = 0;
  guint64 y2 = 0;

  for (gsize i = 0; i < n_counts; i++) {
    guint64 end = at + counts[i];

    if (end > total)
      return FALSE;
    if (i % 2 == 1 && counts[i] > 0) {
      gboolean one_column = at / height == (end - 1) / height;

      x1 = MIN (x1, at / height);
      x2 = MAX (x2, (end - 1) / height + 1);
      y1 = MIN (y1, one_column ? at % height : 0);
      y2 = MAX (y2, one_column ? (end - 1) % height + 1 : height);
    }
    at = end;
  }
  if (at != total)
    return FALSE;
  *box = (EmendRect){ 0, 0, 0, 0 };
  if (x2 != 0)
    *box = (EmendRect){ (double) x1, (double) y1, (double) (x2 - x1), (double) (y2 - y1) };
  return TRUE;
}

/**
 * emend_shape_init_mask:
 * @shape: (out): the shape to set; untouched on failure
 * @width: of the mask, the page's width in pixels
 * @height: of the mask, the page's height
 * @counts: (array length=n_counts): run lengths down the columns, background first
 * @n_counts: how many runs
 * @was_compressed: whether the source had the compressed text form; kept for writing it again
 *
 * Returns: whether the runs add up to width times height. Any thread.
 */
gboolean
emend_shape_init_mask (EmendShape *shape,
                       guint32 width,
                       guint32 height,
                       const guint32 *counts,
                       gsize n_counts,
                       gboolean was_compressed)
{
  EmendRect box;
  guint32 *data;

  if (width == 0 || height == 0 || n_counts > MAX_PARTS)
    return FALSE;
  if (!bounds_of_mask (height, (guint64) width * height, counts, n_counts, &box))
    return FALSE;
  data = g_malloc ((MASK_HEADER + n_counts) * sizeof (guint32));
  data[0] = width;
  data[1] = height;
  data[2] = was_compressed ? 1 : 0;
  data[3] = (guint32) n_counts;
  if (n_counts > 0)
    memcpy (data + MASK_HEADER, counts, n_counts * sizeof (guint32));
  shape->kind = EMEND_SHAPE_MASK;
  shape->box = box;
  shape->data = g_bytes_new_take (data, (MASK_HEADER + n_counts) * sizeof (guint32));
  return TRUE;
}

static gboolean
stored_points (EmendShape *shape,
               EmendShapeKind kind,
               const guint32 *data,
               gsize size)
{
  gsize n_points = 0;
  gsize header;

  if (size < sizeof (guint32) || data[0] == 0 || data[0] > size / sizeof (guint32) - 1)
    return FALSE;
  header = ring_header_size (data[0]);
  for (gsize i = 0; i < data[0]; i++)
    n_points += data[1 + i];
  if (size < header || n_points != (size - header) / sizeof (EmendPoint) ||
      (size - header) % sizeof (EmendPoint) != 0)
    return FALSE;
  return emend_shape_init_points (shape, kind,
                                  (const EmendPoint *) (const void *) ((const guint8 *) data + header),
                                  data + 1, data[0]);
}

static gboolean
stored_rotated_box (EmendShape *shape,
                    const double *values,
                    gsize size)
{
  if (size != 5 * sizeof (double))
    return FALSE;
  for (int i = 0; i < 5; i++) {
    if (!isfinite (values[i]))
      return FALSE;
  }
  if (values[2] < 0 || values[3] < 0)
    return FALSE;
  emend_shape_init_rotated_box (shape, (EmendPoint){ values[0], values[1] }, values[2], values[3], values[4]);
  return TRUE;
}

static gboolean
stored_mask (EmendShape *shape,
             const guint32 *data,
             gsize size)
{
  if (size < MASK_HEADER * sizeof (guint32) || size % sizeof (guint32) != 0 ||
      data[3] != size / sizeof (guint32) - MASK_HEADER)
    return FALSE;
  return emend_shape_init_mask (shape, data[0], data[1], data + MASK_HEADER, data[3], (data[2] & 1) != 0);
}

/**
 * emend_shape_init_stored:
 * @shape: (out): the shape to set; untouched on failure
 * @kind: a number from a project file
 * @box: the bounds from a project file
 * @data: (nullable) (transfer none): the rest from a project file
 *
 * Returns: whether the values are a shape; nothing in them is trusted. Any thread.
 */
gboolean
emend_shape_init_stored (EmendShape *shape,
                         int kind,
                         const EmendRect *box,
                         GBytes *data)
{
  gsize size = 0;
  g_autofree gpointer aligned = NULL;

  if (!emend_rect_is_finite (box))
    return FALSE;
  if (kind == EMEND_SHAPE_BOX || kind == EMEND_SHAPE_ELLIPSE || kind == EMEND_SHAPE_POINT) {
    *shape = (EmendShape){ (EmendShapeKind) kind, *box, NULL };
    return TRUE;
  }
  if (data == NULL)
    return FALSE;
  aligned = g_memdup2 (g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  size = g_bytes_get_size (data);
  if (kind == EMEND_SHAPE_ROTATED_BOX)
    return stored_rotated_box (shape, aligned, size);
  if (kind == EMEND_SHAPE_POLYGON || kind == EMEND_SHAPE_POLYLINE)
    return stored_points (shape, (EmendShapeKind) kind, aligned, size);
  if (kind == EMEND_SHAPE_MASK)
    return stored_mask (shape, aligned, size);
  return FALSE;
}

/**
 * emend_shape_copy:
 * @source: a shape
 * @target: (out): becomes equal; what it held before is not released
 *
 * Any thread.
 */
void
emend_shape_copy (const EmendShape *source,
                  EmendShape *target)
{
  *target = *source;
  if (source->data != NULL)
    g_bytes_ref (source->data);
}

/**
 * emend_shape_clear:
 * @shape: a shape; becomes an empty box
 *
 * Any thread.
 */
void
emend_shape_clear (EmendShape *shape)
{
  g_clear_pointer (&shape->data, g_bytes_unref);
  *shape = (EmendShape){ 0 };
}

/**
 * emend_shape_equal:
 * @a: a shape
 * @b: another
 *
 * Returns: whether kind and all numbers are the same. Any thread.
 */
gboolean
emend_shape_equal (const EmendShape *a,
                   const EmendShape *b)
{
  if (a->kind != b->kind || !emend_rect_equal (&a->box, &b->box))
    return FALSE;
  if (a->data == NULL || b->data == NULL)
    return a->data == b->data;
  return g_bytes_equal (a->data, b->data);
}

/**
 * emend_shape_iou:
 * @a: a shape
 * @b: another
 *
 * Returns: the intersection over union of their upright bounds, as emend_rect_iou(): exact for
 *   boxes, the usual detection measure for the others. Any thread.
 */
double
emend_shape_iou (const EmendShape *a,
                 const EmendShape *b)
{
  return emend_rect_iou (&a->box, &b->box);
}

/* Twice the signed area of a ring (shoelace formula). */
static double
ring_area2 (const EmendPoint *points,
            gsize n_points)
{
  double sum = 0;

  for (gsize i = 0; i < n_points; i++) {
    const EmendPoint *p = &points[i];
    const EmendPoint *q = &points[(i + 1) % n_points];

    sum += p->x * q->y - q->x * p->y;
  }
  return sum;
}

static double
mask_area (const EmendShape *shape)
{
  gsize n_counts;
  const guint32 *counts = emend_shape_get_mask (shape, NULL, NULL, &n_counts, NULL);
  double sum = 0;

  for (gsize i = 1; i < n_counts; i += 2)
    sum += counts[i];
  return sum;
}

/**
 * emend_shape_area:
 * @shape: a shape
 *
 * Returns: its area in square pixels; of a polygon the sum of its rings' areas, of a line or a
 *   point 0. Any thread.
 */
double
emend_shape_area (const EmendShape *shape)
{
  switch (shape->kind) {
  case EMEND_SHAPE_BOX:
    return emend_rect_area (&shape->box);
  case EMEND_SHAPE_ELLIPSE:
    return emend_rect_area (&shape->box) * G_PI / 4;
  case EMEND_SHAPE_ROTATED_BOX: {
    const double *values = g_bytes_get_data (shape->data, NULL);
    return values[2] * values[3];
  }
  case EMEND_SHAPE_POLYGON: {
    double sum = 0;

    for (gsize i = 0; i < emend_shape_get_n_rings (shape); i++) {
      gsize n_points;
      const EmendPoint *points = emend_shape_get_ring (shape, i, &n_points);

      sum += fabs (ring_area2 (points, n_points)) / 2;
    }
    return sum;
  }
  case EMEND_SHAPE_MASK:
    return mask_area (shape);
  case EMEND_SHAPE_POLYLINE:
  case EMEND_SHAPE_POINT:
  default:
    return 0;
  }
}

/* Whether a ray to the right crosses the ring an odd number of times. */
static gboolean
ring_contains (const EmendPoint *points,
               gsize n_points,
               EmendPoint at)
{
  gboolean inside = FALSE;

  for (gsize i = 0, j = n_points - 1; i < n_points; j = i++) {
    const EmendPoint *p = &points[i];
    const EmendPoint *q = &points[j];

    if ((p->y > at.y) != (q->y > at.y) &&
        at.x < (q->x - p->x) * (at.y - p->y) / (q->y - p->y) + p->x)
      inside = !inside;
  }
  return inside;
}

static gboolean
rotated_box_contains (const EmendShape *shape,
                      EmendPoint at)
{
  const double *values = g_bytes_get_data (shape->data, NULL);
  double radians = -values[4] * G_PI / 180;
  double dx = at.x - values[0];
  double dy = at.y - values[1];

  return fabs (dx * cos (radians) - dy * sin (radians)) <= values[2] / 2 &&
         fabs (dx * sin (radians) + dy * cos (radians)) <= values[3] / 2;
}

static gboolean
polygon_contains (const EmendShape *shape,
                  EmendPoint at)
{
  gboolean inside = FALSE;

  for (gsize i = 0; i < emend_shape_get_n_rings (shape); i++) {
    gsize n_points;
    const EmendPoint *points = emend_shape_get_ring (shape, i, &n_points);

    if (ring_contains (points, n_points, at))
      inside = !inside;
  }
  return inside;
}

/**
 * emend_shape_contains:
 * @shape: a shape
 * @point: a point in image pixels
 *
 * Returns: whether @point lies in it, by the even-odd rule for polygons; for lines, points and
 *   masks whether it lies in the bounds. Any thread.
 */
gboolean
emend_shape_contains (const EmendShape *shape,
                      EmendPoint point)
{
  if (!emend_rect_contains (&shape->box, point))
    return FALSE;
  switch (shape->kind) {
  case EMEND_SHAPE_ELLIPSE: {
    double dx = (point.x - shape->box.x) / shape->box.width * 2 - 1;
    double dy = (point.y - shape->box.y) / shape->box.height * 2 - 1;
    return dx * dx + dy * dy <= 1;
  }
  case EMEND_SHAPE_ROTATED_BOX:
    return rotated_box_contains (shape, point);
  case EMEND_SHAPE_POLYGON:
    return polygon_contains (shape, point);
  case EMEND_SHAPE_BOX:
  case EMEND_SHAPE_POLYLINE:
  case EMEND_SHAPE_POINT:
  case EMEND_SHAPE_MASK:
  default:
    return TRUE;
  }
}

static void
scale_points (EmendShape *shape,
              const EmendRect *box)
{
  gsize size;
  const guint32 *old = g_bytes_get_data (shape->data, &size);
  guint32 *data = g_memdup2 (old, size);
  gsize header = ring_header_size (data[0]);
  EmendPoint *points = (EmendPoint *) (void *) ((guint8 *) data + header);
  EmendRect from = shape->box;
  double sx = from.width > 0 ? box->width / from.width : 1;
  double sy = from.height > 0 ? box->height / from.height : 1;

  for (gsize i = 0; i < (size - header) / sizeof (EmendPoint); i++) {
    points[i].x = box->x + (points[i].x - from.x) * sx;
    points[i].y = box->y + (points[i].y - from.y) * sy;
  }
  g_bytes_unref (shape->data);
  shape->data = g_bytes_new_take (data, size);
}

/**
 * emend_shape_set_box:
 * @shape: a shape
 * @box: its new bounds
 *
 * Moves and scales the shape into @box. A mask is bound to its pixels and cannot be moved; a
 * rotated box can only be moved.
 *
 * Returns: whether the shape was changed. Any thread.
 */
gboolean
emend_shape_set_box (EmendShape *shape,
                     const EmendRect *box)
{
  switch (shape->kind) {
  case EMEND_SHAPE_MASK:
    return FALSE;
  case EMEND_SHAPE_ROTATED_BOX: {
    const double *values = g_bytes_get_data (shape->data, NULL);
    EmendPoint center = { values[0] + box->x - shape->box.x, values[1] + box->y - shape->box.y };
    GBytes *old = g_steal_pointer (&shape->data);

    emend_shape_init_rotated_box (shape, center, values[2], values[3], values[4]);
    g_bytes_unref (old);
    return TRUE;
  }
  case EMEND_SHAPE_POLYGON:
  case EMEND_SHAPE_POLYLINE:
    scale_points (shape, box);
    break;
  case EMEND_SHAPE_BOX:
  case EMEND_SHAPE_ELLIPSE:
  case EMEND_SHAPE_POINT:
  default:
    break;
  }
  shape->box = *box;
  return TRUE;
}

/**
 * emend_shape_get_rotation:
 * @shape: a shape
 *
 * Returns: degrees clockwise for a rotated box, else 0. Any thread.
 */
double
emend_shape_get_rotation (const EmendShape *shape)
{
  const double *values;

  if (shape->kind != EMEND_SHAPE_ROTATED_BOX)
    return 0;
  values = g_bytes_get_data (shape->data, NULL);
  return values[4];
}

/**
 * emend_shape_get_n_rings:
 * @shape: a shape
 *
 * Returns: how many rings a polygon has; 1 for a polyline, 0 for the others. Any thread.
 */
gsize
emend_shape_get_n_rings (const EmendShape *shape)
{
  if (shape->kind != EMEND_SHAPE_POLYGON && shape->kind != EMEND_SHAPE_POLYLINE)
    return 0;
  return *(const guint32 *) g_bytes_get_data (shape->data, NULL);
}

/**
 * emend_shape_get_ring:
 * @shape: a polygon or polyline
 * @ring: which ring, from 0
 * @n_points: (out): how many points it has
 *
 * Returns: (transfer none) (array length=n_points): its points, in image pixels. Any thread.
 */
const EmendPoint *
emend_shape_get_ring (const EmendShape *shape,
                      gsize ring,
                      gsize *n_points)
{
  const guint32 *data;
  const EmendPoint *points;

  g_return_val_if_fail (ring < emend_shape_get_n_rings (shape), NULL);

  data = g_bytes_get_data (shape->data, NULL);
  points = (const EmendPoint *) (const void *) ((const guint8 *) data + ring_header_size (data[0]));
  for (gsize i = 0; i < ring; i++)
    points += data[1 + i];
  *n_points = data[1 + ring];
  return points;
}

/**
 * emend_shape_get_mask:
 * @shape: a mask
 * @width: (out) (optional): of the mask in pixels
 * @height: (out) (optional): of the mask in pixels
 * @n_counts: (out): how many runs
 * @was_compressed: (out) (optional): whether the source had the compressed text form
 *
 * Returns: (transfer none) (array length=n_counts): run lengths down the columns, background
 *   first. Any thread.
 */
const guint32 *
emend_shape_get_mask (const EmendShape *shape,
                      guint32 *width,
                      guint32 *height,
                      gsize *n_counts,
                      gboolean *was_compressed)
{
  const guint32 *data;

  g_return_val_if_fail (shape->kind == EMEND_SHAPE_MASK, NULL);

  data = g_bytes_get_data (shape->data, NULL);
  if (width != NULL)
    *width = data[0];
  if (height != NULL)
    *height = data[1];
  if (was_compressed != NULL)
    *was_compressed = (data[2] & 1) != 0;
  *n_counts = data[3];
  return data + MASK_HEADER;
}

/**
 * emend_shape_kind_to_name:
 * @kind: a kind
 *
 * Returns: its name in files, not translated. Any thread.
 */
const char *
emend_shape_kind_to_name (EmendShapeKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), "box");

  return kind_names[kind];
}

/**
 * emend_shape_kind_from_name:
 * @name: a name from a file
 * @kind: (out): the kind; untouched when there is none of that name
 *
 * Returns: whether there is one. Any thread.
 */
gboolean
emend_shape_kind_from_name (const char *name,
                            EmendShapeKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++) {
    if (g_str_equal (name, kind_names[i])) {
      *kind = (EmendShapeKind) i;
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * emend_shape_to_json:
 * @shape: a shape
 * @writer: where `{"kind", "box": [x, y, w, h], "data"?: base64}` is written
 *
 * The form of journal events. Any thread.
 */
void
emend_shape_to_json (const EmendShape *shape,
                     EmendJsonWriter *writer)
{
  emend_json_begin_object (writer);
  emend_json_key (writer, "kind");
  emend_json_string (writer, emend_shape_kind_to_name (shape->kind));
  emend_json_key (writer, "box");
  emend_json_begin_array (writer);
  emend_json_double (writer, shape->box.x);
  emend_json_double (writer, shape->box.y);
  emend_json_double (writer, shape->box.width);
  emend_json_double (writer, shape->box.height);
  emend_json_end_array (writer);
  if (shape->data != NULL) {
    gsize size;
    gconstpointer data = g_bytes_get_data (shape->data, &size);
    g_autofree char *text = g_base64_encode (data, size);

    emend_json_key (writer, "data");
    emend_json_string (writer, text);
  }
  emend_json_end_object (writer);
}

static gboolean
box_from_json (const json_t *json,
               EmendRect *box)
{
  double values[4];

  if (!json_is_array (json) || json_array_size (json) != 4)
    return FALSE;
  for (gsize i = 0; i < 4; i++) {
    const json_t *value = json_array_get (json, i);

    if (!json_is_number (value))
      return FALSE;
    values[i] = json_number_value (value);
  }
  *box = (EmendRect){ values[0], values[1], values[2], values[3] };
  return emend_rect_is_finite (box);
}

/**
 * emend_shape_from_json:
 * @shape: (out): the shape to set; untouched on failure
 * @json: what emend_shape_to_json() wrote
 * @error: EMEND_MODEL_ERROR_SHAPE
 *
 * Returns: whether it is a shape. Any thread.
 */
gboolean
emend_shape_from_json (EmendShape *shape,
                       const json_t *json,
                       GError **error)
{
  const char *name = json_string_value (json_object_get (json, "kind"));
  const char *text = json_string_value (json_object_get (json, "data"));
  g_autoptr (GBytes) data = NULL;
  EmendShapeKind kind;
  EmendRect box;

  if (text != NULL) {
    gsize size = 0;
    guchar *bytes = g_base64_decode (text, &size);
    data = g_bytes_new_take (bytes, size);
  }
  if (name == NULL || !emend_shape_kind_from_name (name, &kind) ||
      !box_from_json (json_object_get (json, "box"), &box) ||
      !emend_shape_init_stored (shape, (int) kind, &box, data)) {
    g_set_error_literal (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SHAPE,
                         _ ("A shape is not as it must be: a kind, a box of four numbers, and for "
                            "some kinds further data."));
    return FALSE;
  }
  return TRUE;
}
