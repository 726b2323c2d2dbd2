#pragma once

#include "emend-format.h"
#include "emend-json-stream.h"

G_BEGIN_DECLS

/**
 * EmendCocoImage:
 * @at: the item; its number is 0 when the image is none
 * @stored: whether the coordinates are in the frame of the stored pixels
 * @sure: whether the sizes told that
 * @used: whether a record speaks of it
 */
typedef struct {
  EmendSourceImage at;
  gboolean stored;
  gboolean sure;
  gboolean used;
} EmendCocoImage;

/**
 * EmendCocoTables:
 * @images: (element-type EmendCocoImage): in the file's order
 * @image_ids: (element-type gint64 guint): place in @images + 1
 * @categories: (element-type utf8): names in the file's order
 * @category_ids: (element-type gint64 guint): place in @categories + 1
 * @has_annotations: whether the file has the member `annotations`
 *
 * What a COCO file says of its images and categories, without their names and without annotations.
 */
typedef struct {
  GArray *images;
  GHashTable *image_ids;
  GPtrArray *categories;
  GHashTable *category_ids;
  gboolean has_annotations;
} EmendCocoTables;

EmendCocoTables *emend_coco_tables_read (EmendJsonStream *stream,
                                         EmendFrame frame,
                                         const EmendReadSink *sink,
                                         GCancellable *cancellable,
                                         GError **error);
void emend_coco_tables_free (EmendCocoTables *tables);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendCocoTables, emend_coco_tables_free)
EmendCocoImage *emend_coco_tables_find_image (EmendCocoTables *tables,
                                              gint64 id);
const char *emend_coco_tables_find_category (EmendCocoTables *tables,
                                             gint64 id);

G_END_DECLS
