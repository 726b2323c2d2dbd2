#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-stat-tile.h"

#include <math.h>

#include "emend-ratio-bar.h"

struct _EmendStatTile {
  GtkBox parent_instance;

  GtkLabel *value;
  GtkLabel *caption;
  EmendRatioBar *bar;
};

G_DEFINE_FINAL_TYPE (EmendStatTile, emend_stat_tile, GTK_TYPE_BOX)

/**
 * emend_stat_tile_set:
 * @self: the tile
 * @value: the number, as text
 * @caption: what it counts
 * @share: 0 to 1 for the bar, NaN for none
 */
void
emend_stat_tile_set (EmendStatTile *self,
                     const char *value,
                     const char *caption,
                     double share)
{
  g_return_if_fail (EMEND_IS_STAT_TILE (self));

  gtk_label_set_text (self->value, value);
  gtk_label_set_text (self->caption, caption);
  emend_ratio_bar_set_value (self->bar, share);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), !isnan (share));
}

static void
emend_stat_tile_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_STAT_TILE);
  G_OBJECT_CLASS (emend_stat_tile_parent_class)->dispose (object);
}

static void
emend_stat_tile_class_init (EmendStatTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_stat_tile_dispose;
  g_type_ensure (EMEND_TYPE_RATIO_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-stat-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendStatTile, value);
  gtk_widget_class_bind_template_child (widget_class, EmendStatTile, caption);
  gtk_widget_class_bind_template_child (widget_class, EmendStatTile, bar);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
emend_stat_tile_init (EmendStatTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_stat_tile_new:
 *
 * Returns: (transfer floating): an empty tile
 */
GtkWidget *
emend_stat_tile_new (void)
{
  return g_object_new (EMEND_TYPE_STAT_TILE, NULL);
}
