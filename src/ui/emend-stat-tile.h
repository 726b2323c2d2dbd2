#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EmendStatTile:
 *
 * A large number with what it counts below it, and a bar when it is a share.
 */
#define EMEND_TYPE_STAT_TILE (emend_stat_tile_get_type ())
G_DECLARE_FINAL_TYPE (EmendStatTile, emend_stat_tile, EMEND, STAT_TILE, GtkBox)

GtkWidget *emend_stat_tile_new (void);
void emend_stat_tile_set (EmendStatTile *self,
                          const char *value,
                          const char *caption,
                          double share);

G_END_DECLS
