#pragma once

#include "emend-json.h"
#include "emend-types.h"

G_BEGIN_DECLS

/**
 * EmendShapeKind:
 * @EMEND_SHAPE_BOX: an upright rectangle
 * @EMEND_SHAPE_ROTATED_BOX: a rectangle turned about its centre
 * @EMEND_SHAPE_ELLIPSE: an ellipse in an upright rectangle
 * @EMEND_SHAPE_POLYGON: one or more closed rings that together are one thing
 * @EMEND_SHAPE_POLYLINE: an open line
 * @EMEND_SHAPE_POINT: a point
 * @EMEND_SHAPE_MASK: pixels, as run lengths
 *
 * The numbers are stored in project files.
 */
typedef enum {
  EMEND_SHAPE_BOX = 0,
  EMEND_SHAPE_ROTATED_BOX = 1,
  EMEND_SHAPE_ELLIPSE = 2,
  EMEND_SHAPE_POLYGON = 3,
  EMEND_SHAPE_POLYLINE = 4,
  EMEND_SHAPE_POINT = 5,
  EMEND_SHAPE_MASK = 6,
} EmendShapeKind;

/**
 * EmendShape:
 * @kind: what it is
 * @box: the upright rectangle that bounds it, in image pixels; a plain box is nothing else
 * @data: (nullable): the rest, in the form that emend-shape.c documents; %NULL for a box, an
 *   ellipse and a point
 *
 * Where a thing is on its page. A plain value: copy it with emend_shape_copy(), release what it
 * holds with emend_shape_clear().
 */
struct _EmendShape {
  EmendShapeKind kind;
  EmendRect box;
  GBytes *data;
};

void emend_shape_init_box (EmendShape *shape,
                           const EmendRect *box);
void emend_shape_init_rotated_box (EmendShape *shape,
                                   EmendPoint center,
                                   double width,
                                   double height,
                                   double degrees);
gboolean emend_shape_init_points (EmendShape *shape,
                                  EmendShapeKind kind,
                                  const EmendPoint *points,
                                  const guint32 *ring_sizes,
                                  gsize n_rings);
gboolean emend_shape_init_mask (EmendShape *shape,
                                guint32 width,
                                guint32 height,
                                const guint32 *counts,
                                gsize n_counts,
                                gboolean was_compressed);
gboolean emend_shape_init_stored (EmendShape *shape,
                                  int kind,
                                  const EmendRect *box,
                                  GBytes *data);
void emend_shape_copy (const EmendShape *source,
                       EmendShape *target);
void emend_shape_clear (EmendShape *shape);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EmendShape, emend_shape_clear)
gboolean emend_shape_equal (const EmendShape *a,
                            const EmendShape *b);
double emend_shape_iou (const EmendShape *a,
                        const EmendShape *b);
double emend_shape_area (const EmendShape *shape);
gboolean emend_shape_contains (const EmendShape *shape,
                               EmendPoint point);
gboolean emend_shape_set_box (EmendShape *shape,
                              const EmendRect *box);
double emend_shape_get_rotation (const EmendShape *shape);
const EmendPoint *emend_shape_get_ring (const EmendShape *shape,
                                        gsize ring,
                                        gsize *n_points);
gsize emend_shape_get_n_rings (const EmendShape *shape);
const guint32 *emend_shape_get_mask (const EmendShape *shape,
                                     guint32 *width,
                                     guint32 *height,
                                     gsize *n_counts,
                                     gboolean *was_compressed);
const char *emend_shape_kind_to_name (EmendShapeKind kind);
gboolean emend_shape_kind_from_name (const char *name,
                                     EmendShapeKind *kind);
void emend_shape_to_json (const EmendShape *shape,
                          EmendJsonWriter *writer);
gboolean emend_shape_from_json (EmendShape *shape,
                                const json_t *json,
                                GError **error);

G_END_DECLS
