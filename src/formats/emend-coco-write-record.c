#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>

#include "emend-coco-record.h"
#include "emend-coco-rle.h"
#include "emend-coco-write.h"

/* Corners that an ellipse is drawn with where only outlines are known. */
#define ELLIPSE_CORNERS 64

static void
append_rect (EmendJsonWriter *writer,
             const EmendRect *box)
{
  emend_json_begin_array (writer);
  emend_json_double (writer, box->x);
  emend_json_double (writer, box->y);
  emend_json_double (writer, box->width);
  emend_json_double (writer, box->height);
  emend_json_end_array (writer);
}

static void
append_point (EmendJsonWriter *writer,
              EmendPoint point)
{
  emend_json_double (writer, point.x);
  emend_json_double (writer, point.y);
}

static void
append_rings (EmendJsonWriter *writer,
              const EmendShape *shape)
{
  for (gsize i = 0; i < emend_shape_get_n_rings (shape); i++) {
    gsize n_points;
    const EmendPoint *points = emend_shape_get_ring (shape, i, &n_points);

    emend_json_begin_array (writer);
    for (gsize j = 0; j < n_points; j++)
      append_point (writer, points[j]);
    emend_json_end_array (writer);
  }
}

static void
append_ellipse (EmendJsonWriter *writer,
                const EmendRect *box)
{
  emend_json_begin_array (writer);
  for (int i = 0; i < ELLIPSE_CORNERS; i++) {
    double angle = 2 * G_PI * i / ELLIPSE_CORNERS;
    append_point (writer, (EmendPoint){ box->x + box->width / 2 * (1 + cos (angle)),
                                        box->y + box->height / 2 * (1 + sin (angle)) });
  }
  emend_json_end_array (writer);
}

static void
append_rotated_box (EmendJsonWriter *writer,
                    const EmendShape *shape)
{
  const int corners[4][2] = { { -1, -1 }, { 1, -1 }, { 1, 1 }, { -1, 1 } };
  const double *values = g_bytes_get_data (shape->data, NULL);
  double radians = values[4] * G_PI / 180;

  emend_json_begin_array (writer);
  for (int i = 0; i < 4; i++) {
    double dx = corners[i][0] * values[2] / 2;
    double dy = corners[i][1] * values[3] / 2;
    append_point (writer, (EmendPoint){ values[0] + dx * cos (radians) - dy * sin (radians),
                                        values[1] + dx * sin (radians) + dy * cos (radians) });
  }
  emend_json_end_array (writer);
}

static void
append_mask (EmendJsonWriter *writer,
             const EmendShape *shape)
{
  guint32 width;
  guint32 height;
  gsize n_counts;
  gboolean compressed;
  const guint32 *counts = emend_shape_get_mask (shape, &width, &height, &n_counts, &compressed);

  emend_json_begin_object (writer);
  emend_json_key (writer, "size");
  emend_json_begin_array (writer);
  emend_json_int (writer, height);
  emend_json_int (writer, width);
  emend_json_end_array (writer);
  emend_json_key (writer, "counts");
  if (compressed) {
    g_autoptr (GString) text = g_string_new (NULL);

    emend_coco_rle_encode (counts, n_counts, text);
    emend_json_string (writer, text->str);
  } else {
    emend_json_begin_array (writer);
    for (gsize i = 0; i < n_counts; i++)
      emend_json_int (writer, counts[i]);
    emend_json_end_array (writer);
  }
  emend_json_end_object (writer);
}

static void
append_segmentation (EmendJsonWriter *writer,
                     const EmendShape *shape)
{
  emend_json_key (writer, "segmentation");
  if (shape->kind == EMEND_SHAPE_MASK) {
    append_mask (writer, shape);
    return;
  }
  emend_json_begin_array (writer);
  switch (shape->kind) {
  case EMEND_SHAPE_POLYGON:
    append_rings (writer, shape);
    break;
  case EMEND_SHAPE_ELLIPSE:
    append_ellipse (writer, &shape->box);
    break;
  case EMEND_SHAPE_ROTATED_BOX:
    append_rotated_box (writer, shape);
    break;
  case EMEND_SHAPE_BOX:
  case EMEND_SHAPE_POLYLINE:
  case EMEND_SHAPE_POINT:
  case EMEND_SHAPE_MASK:
  default:
    break;
  }
  emend_json_end_array (writer);
}

static void
append_tree (EmendJsonWriter *writer,
             json_t *tree)
{
  const char *key;
  json_t *member;
  gsize i;

  if (json_is_object (tree)) {
    emend_json_begin_object (writer);
    json_object_foreach (tree, key, member)
    {
      emend_json_key (writer, key);
      append_tree (writer, member);
    }
    emend_json_end_object (writer);
  } else if (json_is_array (tree)) {
    emend_json_begin_array (writer);
    json_array_foreach (tree, i, member)
    {
      append_tree (writer, member);
    }
    emend_json_end_array (writer);
  } else if (json_is_string (tree))
    emend_json_string (writer, json_string_value (tree));
  else if (json_is_integer (tree))
    emend_json_int (writer, json_integer_value (tree));
  else if (json_is_real (tree))
    emend_json_double (writer, json_real_value (tree));
  else if (json_is_boolean (tree))
    emend_json_bool (writer, json_is_true (tree));
  else
    emend_json_null (writer);
}

static json_t *
parse_attributes (const EmendMark *mark)
{
  const char *text = mark->annotation != NULL ? mark->annotation->attributes : mark->proposal->attributes;

  return text != NULL ? emend_json_parse (text, strlen (text), G_MAXINT, NULL) : NULL;
}

/* Whether the shape is the one that the source's own numbers were said of. */
static gboolean
is_untouched (const EmendMark *mark)
{
  return mark->annotation == NULL ||
         (mark->proposal != NULL && emend_shape_equal (&mark->annotation->shape, &mark->proposal->shape));
}

static EmendRect
clip (const EmendRect *box,
      const EmendWriteItem *item)
{
  EmendRect page = { 0, 0, item->width, item->height };
  EmendRect clipped;

  if (box->x >= 0 && box->y >= 0 && box->x + box->width <= page.width && box->y + box->height <= page.height)
    return *box;
  clipped = emend_rect_intersect (box, &page);
  return clipped.width > 0 && clipped.height > 0 ? clipped : *box;
}

static void
append_place (EmendJsonWriter *writer,
              const EmendWriteItem *item,
              const EmendMark *mark,
              json_t *reserved)
{
  const EmendShape *shape = emend_mark_get_shape (mark);
  EmendRect box = emend_mark_get_page (mark) == 0 && item->width > 0 ? clip (&shape->box, item) : shape->box;
  gboolean clipped = !emend_rect_equal (&box, &shape->box);
  json_t *own_box = is_untouched (mark) && !clipped ? json_object_get (reserved, "bbox") : NULL;
  json_t *own_area = is_untouched (mark) && !clipped ? json_object_get (reserved, "area") : NULL;

  emend_json_key (writer, "bbox");
  if (json_array_size (own_box) == 4)
    append_tree (writer, own_box);
  else
    append_rect (writer, &box);
  emend_json_key (writer, "area");
  if (json_is_number (own_area))
    append_tree (writer, own_area);
  else
    emend_json_double (writer, shape->kind == EMEND_SHAPE_BOX ? emend_rect_area (&box) : emend_shape_area (shape));
  emend_json_key (writer, "iscrowd");
  emend_json_int (writer, json_integer_value (json_object_get (reserved, "iscrowd")));
  append_segmentation (writer, shape);
}

/* What a person said, and of what: `{"verdict", "proposal"?, "proposed"?, "comment"?, "score"?}`. */
static void
append_state (EmendJsonWriter *writer,
              const EmendMark *mark)
{
  const EmendProposal *proposal = mark->proposal;

  emend_json_key (writer, "emend");
  emend_json_begin_object (writer);
  emend_json_key (writer, "verdict");
  emend_json_string (writer, emend_verdict_to_name (emend_mark_get_verdict (mark)));
  if (proposal != NULL) {
    g_autofree char *id = g_strdup_printf ("%d:%u", EMEND_PROPOSAL_RUN (proposal->id),
                                           EMEND_PROPOSAL_ORDINAL (proposal->id));

    emend_json_key (writer, "proposal");
    emend_json_string (writer, id);
    if (proposal->score_text != NULL) {
      emend_json_key (writer, "score");
      emend_json_string (writer, proposal->score_text);
    }
  }
  if (proposal != NULL && emend_mark_get_verdict (mark) == EMEND_VERDICT_CORRECTED) {
    emend_json_key (writer, "proposed");
    emend_json_begin_object (writer);
    emend_json_key (writer, "category_id");
    emend_json_int (writer, proposal->label);
    emend_json_key (writer, "bbox");
    append_rect (writer, &proposal->shape.box);
    emend_json_end_object (writer);
  }
  if (mark->annotation != NULL && mark->annotation->comment != NULL) {
    emend_json_key (writer, "comment");
    emend_json_string (writer, mark->annotation->comment);
  }
  emend_json_end_object (writer);
}

/**
 * emend_coco_write_record:
 * @writer: inside the object of an annotation that has its number and its image
 * @item: the image
 * @mark: what to write
 * @all: with the confidence and the state
 *
 * The box is clipped to the image. `area`, `bbox` and `iscrowd` are those of the source as long as the
 * shape is; the source's number of the record is written as `source_id`. A rotated box and an
 * ellipse become an outline; a line and a point, which COCO instances do not know, have only
 * their box. A page after the first is written as `page`, from 0.
 */
void
emend_coco_write_record (EmendJsonWriter *writer,
                         const EmendWriteItem *item,
                         const EmendMark *mark,
                         gboolean all)
{
  g_autoptr (json_t) attributes = parse_attributes (mark);
  json_t *reserved = json_object_get (attributes, EMEND_COCO_RESERVED);
  json_t *source_id = json_object_get (reserved, "id");

  emend_json_key (writer, "category_id");
  emend_json_int (writer, emend_mark_get_label (mark));
  append_place (writer, item, mark, reserved);
  if (json_is_integer (source_id)) {
    emend_json_key (writer, "source_id");
    emend_json_int (writer, json_integer_value (source_id));
  }
  if (emend_mark_get_page (mark) > 0) {
    emend_json_key (writer, "page");
    emend_json_int (writer, emend_mark_get_page (mark));
  }
  if (all && isfinite (emend_mark_get_score (mark))) {
    emend_json_key (writer, "score");
    emend_json_double (writer, emend_mark_get_score (mark));
  }
  json_object_del (attributes, EMEND_COCO_RESERVED);
  if (json_object_size (attributes) > 0) {
    emend_json_key (writer, "attributes");
    append_tree (writer, attributes);
  }
  if (all)
    append_state (writer, mark);
}
