#pragma once

#include "emend-tiles-private.h"

G_BEGIN_DECLS

/**
 * EmendRegions:
 *
 * Reads single tiles of a page: of a tiled file, or of a decoded copy of a file that can only be read
 * from the top. Counted; for any thread at once.
 */
typedef struct _EmendRegions EmendRegions;

EmendRegions *emend_regions_new (const EmendHeader *header,
                                 const char *path);
EmendRegions *emend_regions_find_copy (const EmendHeader *header,
                                       const char *path);
EmendRegions *emend_regions_make_copy (const EmendHeader *header,
                                       const char *path,
                                       GCancellable *cancellable,
                                       GError **error);
EmendRegions *emend_regions_ref (EmendRegions *regions);
void emend_regions_unref (EmendRegions *regions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendRegions, emend_regions_unref)

gboolean emend_regions_has_level (EmendRegions *regions,
                                  int level);
EmendPixmap *emend_regions_read (EmendRegions *regions,
                                 const EmendTileKey *key,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
