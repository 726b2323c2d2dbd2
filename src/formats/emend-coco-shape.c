#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-coco-record.h"
#include "emend-coco-rle.h"
#include "emend-frame.h"
#include "emend-outline.h"

/* A mask larger than any picture that can be shown. */
#define MAX_SIDE 1000000
#define MAX_AREA ((gint64) 4 * 1024 * 1024 * 1024)

static gboolean
refuse (EmendCocoRecord *record,
        const char *reason)
{
  record->problem = g_strdup (reason);
  return FALSE;
}

static gboolean
build_polygon (EmendCocoRecord *record,
               EmendShape *shape)
{
  G_STATIC_ASSERT (sizeof (EmendPoint) == 2 * sizeof (double));

  return emend_shape_init_points (shape, EMEND_SHAPE_POLYGON, (const EmendPoint *) (void *) record->numbers->data,
                                  (const guint32 *) (void *) record->rings->data, record->rings->len) ||
         refuse (record, _ ("The record's outlines are no polygon."));
}

/* The run lengths as whole numbers that add up to the size; NULL when they are none. */
static GArray *
build_counts (EmendCocoRecord *record,
              guint64 total)
{
  g_autoptr (GArray) counts = NULL;

  if (record->segmentation == EMEND_COCO_RLE_TEXT)
    return emend_coco_rle_decode (record->counts->str, record->counts->len, total);
  counts = g_array_sized_new (FALSE, FALSE, sizeof (guint32), record->numbers->len);
  for (guint i = 0; i < record->numbers->len; i++) {
    double number = g_array_index (record->numbers, double, i);
    guint32 count;

    if (number < 0 || number > G_MAXUINT32 || number != floor (number))
      return NULL;
    count = (guint32) number;
    g_array_append_val (counts, count);
  }
  return g_steal_pointer (&counts);
}

static gboolean
build_mask (EmendCocoRecord *record,
            EmendShape *shape)
{
  gint64 height = record->size[0];
  gint64 width = record->size[1];
  g_autoptr (GArray) counts = NULL;

  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_AREA)
    return refuse (record, _ ("The record's mask has no usable size."));
  counts = build_counts (record, (guint64) (width * height));
  if (counts == NULL || !emend_shape_init_mask (shape, (guint32) width, (guint32) height,
                                                (const guint32 *) (void *) counts->data,
                                                counts->len, record->segmentation == EMEND_COCO_RLE_TEXT))
    return refuse (record, _ ("The record's run lengths do not add up to the size of its mask."));
  if (shape->box.width > 0)
    return TRUE;
  emend_shape_clear (shape);
  return refuse (record, _ ("The record's mask is empty."));
}

static gboolean
build_box (EmendCocoRecord *record,
           EmendShape *shape)
{
  EmendRect box = { record->bbox[0], record->bbox[1], record->bbox[2], record->bbox[3] };

  if ((record->seen & EMEND_COCO_BBOX) == 0)
    return refuse (record, _ ("The record has no place: neither “bbox” nor “segmentation”."));
  emend_shape_init_box (shape, &box);
  return TRUE;
}

static gboolean
build_shape (EmendCocoRecord *record,
             EmendShape *shape)
{
  switch (record->segmentation) {
  case EMEND_COCO_POLYGONS:
    return build_polygon (record, shape);
  case EMEND_COCO_RLE_LIST:
  case EMEND_COCO_RLE_TEXT:
    return build_mask (record, shape);
  case EMEND_COCO_NO_SHAPE:
  default:
    return build_box (record, shape);
  }
}

/* Whether the file's own box is worth keeping: it goes with another shape and is not just its bounds. */
static gboolean
keeps_bbox (const EmendCocoRecord *record,
            const EmendShape *shape,
            gboolean turned)
{
  EmendRect box = { record->bbox[0], record->bbox[1], record->bbox[2], record->bbox[3] };

  return (record->seen & EMEND_COCO_BBOX) != 0 && !turned && shape->kind != EMEND_SHAPE_BOX &&
         !emend_rect_equal (&box, &shape->box);
}

static void
append_bbox (EmendJsonWriter *writer,
             const double bbox[4])
{
  emend_json_key (writer, "bbox");
  emend_json_begin_array (writer);
  for (int i = 0; i < 4; i++)
    emend_json_double (writer, bbox[i]);
  emend_json_end_array (writer);
}

/* The source's attributes with, under EMEND_COCO_RESERVED, what the record said of itself beyond them; NULL
 * when there is nothing. */
static char *
build_attributes (const EmendCocoRecord *record,
                  const EmendShape *shape,
                  gboolean turned)
{
  gboolean has_own = record->attributes->len > 2;
  gboolean has_id = (record->seen & (EMEND_COCO_ID | EMEND_COCO_SOURCE_ID)) != 0;
  gboolean has_area = (record->seen & EMEND_COCO_AREA) != 0 && isfinite (record->area) &&
                      record->area != emend_shape_area (shape);
  gboolean has_bbox = keeps_bbox (record, shape, turned);
  GString *text;
  g_autoptr (EmendJsonWriter) writer = NULL;

  if (!has_id && !has_area && !has_bbox && record->iscrowd == 0)
    return has_own ? g_strndup (record->attributes->str, record->attributes->len) : NULL;
  text = g_string_new ("{");
  if (has_own) {
    g_string_append_len (text, record->attributes->str + 1, (gssize) record->attributes->len - 2);
    g_string_append_c (text, ',');
  }
  g_string_append (text, "\"" EMEND_COCO_RESERVED "\":");
  writer = emend_json_writer_new (text, FALSE);
  emend_json_begin_object (writer);
  if (has_id) {
    emend_json_key (writer, "id");
    emend_json_int (writer, (record->seen & EMEND_COCO_SOURCE_ID) != 0 ? record->source_id : record->id);
  }
  if (record->iscrowd != 0) {
    emend_json_key (writer, "iscrowd");
    emend_json_int (writer, record->iscrowd);
  }
  if (has_area) {
    emend_json_key (writer, "area");
    emend_json_double (writer, record->area);
  }
  if (has_bbox)
    append_bbox (writer, record->bbox);
  emend_json_end_object (writer);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

/* Keys that are given twice are found only by a tree, and only few records have attributes. */
static gboolean
check_attributes (EmendCocoRecord *record)
{
  g_autoptr (json_t) tree = NULL;

  if (record->attributes->len == 0)
    return TRUE;
  tree = emend_json_parse (record->attributes->str, record->attributes->len, record->attributes->len, NULL);
  return tree != NULL || refuse (record, _ ("The record's attributes have a name twice, or are no valid object."));
}

/**
 * emend_coco_record_finish:
 * @record: a record that was read to its end
 * @image: its image
 * @stored: whether its coordinates are in the frame of the stored pixels
 * @proposal: (out): becomes the record, but for item and label; empty and without score before
 *
 * What belongs to COCO and to no proposal is kept in the attributes, in the member `coco`: `id` (the
 * source's number), `iscrowd` when it is not 0, `area` and `bbox` when they are not those of the
 * shape. The writer puts them back into their places.
 *
 * Returns: whether it can be used; else @record says why
 */
gboolean
emend_coco_record_finish (EmendCocoRecord *record,
                          const EmendSourceImage *image,
                          gboolean stored,
                          EmendProposal *proposal)
{
  gboolean turned = stored && image->orientation > 1;

  if (record->page < 0 || record->page > G_MAXINT)
    return refuse (record, _ ("The record's “page” is no page."));
  if (!check_attributes (record) || !build_shape (record, &proposal->shape))
    return FALSE;
  if (turned && !emend_outline_turn (image, &proposal->shape))
    return refuse (record, _ ("The record's mask is not of the size of the image, so it cannot be turned upright."));
  if (!emend_outline_check (&proposal->shape, record->page == 0 ? image : NULL, &record->problem, &record->remark))
    return FALSE;
  proposal->page = (int) record->page;
  proposal->score = record->score;
  proposal->score_text = g_steal_pointer (&record->score_text);
  proposal->attributes = build_attributes (record, &proposal->shape, turned);
  return TRUE;
}
