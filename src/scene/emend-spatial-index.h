#pragma once

#include "emend-geometry.h"

G_BEGIN_DECLS

/**
 * EmendSpatialIndex:
 *
 * Finds which of many rectangles meet another one: a packed tree, built once and never changed.
 * Counted; any thread.
 */
typedef struct _EmendSpatialIndex EmendSpatialIndex;

/* @stride: bytes from one #EmendRect to the next, so that they can be members of larger structs.
 * A rectangle that is not finite is never found. */
EmendSpatialIndex *emend_spatial_index_new (const EmendRect *rects,
                                            gsize n_rects,
                                            gsize stride);
EmendSpatialIndex *emend_spatial_index_ref (EmendSpatialIndex *index);
void emend_spatial_index_unref (EmendSpatialIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendSpatialIndex, emend_spatial_index_unref)
gsize emend_spatial_index_get_size (EmendSpatialIndex *index);
/* Appends the numbers (guint32) of all that meet or touch @rect to @found, in ascending order. */
void emend_spatial_index_query (EmendSpatialIndex *index,
                                const EmendRect *rect,
                                GArray *found);
/* Those within @distance of @point (0: that contain it, edges included), in ascending order. */
void emend_spatial_index_query_point (EmendSpatialIndex *index,
                                      EmendPoint point,
                                      double distance,
                                      GArray *found);

G_END_DECLS
