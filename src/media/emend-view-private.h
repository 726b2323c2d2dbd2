#pragma once

#include "emend-picture-private.h"

G_BEGIN_DECLS

/**
 * EmendTileRange:
 * @left: first column
 * @top: first row
 * @right: last column, less than @left when there is none
 * @bottom: last row
 */
typedef struct {
  int left;
  int top;
  int right;
  int bottom;
} EmendTileRange;

int emend_view_level (const EmendHeader *header,
                      double scale);
gboolean emend_view_range (const EmendHeader *header,
                           const EmendRect *visible,
                           int level,
                           EmendTileRange *range);
gboolean emend_view_contains (const EmendTileRange *range,
                              const EmendTileKey *key);
GArray *emend_view_missing (const EmendHeader *header,
                            GHashTable *tiles,
                            const EmendRect *visible,
                            int level);
GPtrArray *emend_view_collect (const EmendHeader *header,
                               GHashTable *tiles,
                               const EmendRect *visible,
                               int level,
                               gboolean *complete);

G_END_DECLS
