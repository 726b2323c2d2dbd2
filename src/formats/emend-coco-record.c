#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-coco-record.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-number.h"

/* More numbers than this are no outline of a thing. */
#define MAX_NUMBERS (8 * 1024 * 1024)

/* What a record says more of itself than this is no list of attributes. */
#define MAX_ATTRIBUTES ((gsize) 64 * 1024)
#define MAX_ATTRIBUTE_DEPTH 16
#define MAX_SCORE_TEXT 64

enum {
  RLE_OTHER = 0,
  RLE_SIZE,
  RLE_COUNTS,
};

static const struct {
  const char *name;
  EmendCocoField field;
} fields[] = {
  { "image_id", EMEND_COCO_IMAGE },
  { "category_id", EMEND_COCO_CATEGORY },
  { "bbox", EMEND_COCO_BBOX },
  { "score", EMEND_COCO_SCORE },
  { "segmentation", EMEND_COCO_SEGMENTATION },
  { "id", EMEND_COCO_ID },
  { "area", EMEND_COCO_AREA },
  { "iscrowd", EMEND_COCO_ISCROWD },
  { "attributes", EMEND_COCO_ATTRIBUTES },
  { "source_id", EMEND_COCO_SOURCE_ID },
  { "page", EMEND_COCO_PAGE },
};

/**
 * emend_coco_record_init:
 * @record: (out): memory for one record after the other
 */
void
emend_coco_record_init (EmendCocoRecord *record)
{
  *record = (EmendCocoRecord){ 0 };
  record->rings = g_array_new (FALSE, FALSE, sizeof (guint32));
  record->numbers = g_array_new (FALSE, FALSE, sizeof (double));
  record->counts = g_string_new (NULL);
  record->attributes = g_string_new (NULL);
}

/**
 * emend_coco_record_clear:
 * @record: what emend_coco_record_init() made
 */
void
emend_coco_record_clear (EmendCocoRecord *record)
{
  g_clear_pointer (&record->writer, emend_json_writer_free);
  g_clear_pointer (&record->problem, g_free);
  g_clear_pointer (&record->remark, g_free);
  g_clear_pointer (&record->score_text, g_free);
  g_clear_pointer (&record->rings, g_array_unref);
  g_clear_pointer (&record->numbers, g_array_unref);
  if (record->counts != NULL)
    g_string_free (record->counts, TRUE);
  if (record->attributes != NULL)
    g_string_free (record->attributes, TRUE);
  record->counts = NULL;
  record->attributes = NULL;
}

/**
 * emend_coco_record_begin:
 * @record: forgets the record before
 * @line: where the next one begins
 */
void
emend_coco_record_begin (EmendCocoRecord *record,
                         gint64 line)
{
  record->line = line;
  record->seen = 0;
  record->field = 0;
  g_clear_pointer (&record->problem, g_free);
  g_clear_pointer (&record->remark, g_free);
  g_clear_pointer (&record->score_text, g_free);
  g_clear_pointer (&record->writer, emend_json_writer_free);
  record->score = NAN;
  record->area = NAN;
  record->page = 0;
  record->iscrowd = 0;
  record->segmentation = EMEND_COCO_NO_SHAPE;
  g_array_set_size (record->rings, 0);
  g_array_set_size (record->numbers, 0);
  g_string_truncate (record->counts, 0);
  g_string_truncate (record->attributes, 0);
}

/* The first problem is the one that is told. */
static void
set_problem (EmendCocoRecord *record,
             const char *format,
             const char *name)
{
  if (record->problem == NULL)
    record->problem = g_strdup_printf (format, name);
}

static const char *
field_name (EmendCocoField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (fields[i].field == field)
      return fields[i].name;
  }
  return "";
}

static void
take_key (EmendCocoRecord *record,
          const EmendJsonEvent *event)
{
  record->field = 0;
  record->n_values = 0;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (strlen (fields[i].name) == event->length && memcmp (event->text, fields[i].name, event->length) == 0) {
      record->field = fields[i].field;
      break;
    }
  }
  if ((record->seen & record->field) != 0)
    set_problem (record, _ ("The record says “%s” twice."), field_name (record->field));
}

static void
take_int (EmendCocoRecord *record,
          const EmendJsonEvent *event,
          gint64 *value)
{
  if (event->kind == EMEND_JSON_NUMBER && emend_number_parse_int (event->text, event->length, value))
    record->seen |= record->field;
  else
    set_problem (record, _ ("The record's “%s” is no whole number."), field_name (record->field));
}

static gboolean
take_double (EmendCocoRecord *record,
             const EmendJsonEvent *event,
             double *value)
{
  if (event->kind == EMEND_JSON_NUMBER && emend_number_parse (event->text, event->length, value))
    return TRUE;
  set_problem (record, _ ("The record's “%s” holds something that is no finite number."), field_name (record->field));
  return FALSE;
}

static void
keep_score_text (EmendCocoRecord *record,
                 const EmendJsonEvent *event)
{
  g_free (record->score_text);
  record->score_text = g_strndup (event->text, MIN (event->length, MAX_SCORE_TEXT));
}

/* A score that is no confidence is kept as it is written, and never bent into the range. */
static void
take_score (EmendCocoRecord *record,
            const EmendJsonEvent *event)
{
  double value;

  record->seen |= EMEND_COCO_SCORE;
  if (event->kind == EMEND_JSON_NULL)
    return;
  if (event->kind != EMEND_JSON_NUMBER) {
    set_problem (record, _ ("The record's “%s” is no number."), "score");
    return;
  }
  if (emend_number_parse (event->text, event->length, &value) && value >= 0 && value <= 1) {
    record->score = value;
    if (!emend_number_is_shortest (event->text, event->length, value))
      keep_score_text (record, event);
    return;
  }
  keep_score_text (record, event);
  g_free (record->remark);
  record->remark = g_strdup_printf (_ ("The score %s is not between 0 and 1. The record is kept, without a "
                                       "confidence."),
                                    record->score_text);
}

static void
take_scalar (EmendCocoRecord *record,
             const EmendJsonEvent *event)
{
  switch (record->field) {
  case EMEND_COCO_ID:
    take_int (record, event, &record->id);
    break;
  case EMEND_COCO_SOURCE_ID:
    take_int (record, event, &record->source_id);
    break;
  case EMEND_COCO_IMAGE:
    take_int (record, event, &record->image);
    break;
  case EMEND_COCO_CATEGORY:
    take_int (record, event, &record->category);
    break;
  case EMEND_COCO_PAGE:
    take_int (record, event, &record->page);
    break;
  case EMEND_COCO_ISCROWD:
    if (event->kind == EMEND_JSON_TRUE || event->kind == EMEND_JSON_FALSE)
      record->iscrowd = event->kind == EMEND_JSON_TRUE;
    else
      take_int (record, event, &record->iscrowd);
    break;
  case EMEND_COCO_AREA:
    if (event->kind == EMEND_JSON_NULL || take_double (record, event, &record->area))
      record->seen |= EMEND_COCO_AREA;
    break;
  case EMEND_COCO_SCORE:
    take_score (record, event);
    break;
  case EMEND_COCO_BBOX:
  case EMEND_COCO_SEGMENTATION:
  case EMEND_COCO_ATTRIBUTES:
    if (event->kind != EMEND_JSON_NULL)
      set_problem (record, _ ("The record's “%s” is of the wrong kind."), field_name (record->field));
    break;
  default:
    break;
  }
}

static void
take_bbox (EmendCocoRecord *record,
           const EmendJsonEvent *event,
           int depth)
{
  if (depth == 1 && event->kind == EMEND_JSON_END_ARRAY && record->n_values == 4)
    record->seen |= EMEND_COCO_BBOX;
  else if (depth == 1 && event->kind == EMEND_JSON_BEGIN_ARRAY)
    record->n_values = 0;
  else if (depth == 2 && record->n_values < 4) {
    take_double (record, event, &record->bbox[record->n_values]);
    record->n_values++;
  } else
    set_problem (record, _ ("The record's “%s” is not a list of four numbers."), "bbox");
}

static void
add_number (EmendCocoRecord *record,
            const EmendJsonEvent *event)
{
  double value;

  if (!take_double (record, event, &value))
    return;
  if (record->numbers->len >= MAX_NUMBERS) {
    set_problem (record, _ ("The record's “%s” holds too many numbers."), "segmentation");
    return;
  }
  g_array_append_val (record->numbers, value);
  record->n_values++;
}

static void
end_ring (EmendCocoRecord *record)
{
  guint32 n_points = record->n_values / 2;

  if (record->n_values % 2 != 0 || n_points < 3)
    set_problem (record, _ ("The record's “%s” has an outline that is not a list of at least three points."),
                 "segmentation");
  g_array_append_val (record->rings, n_points);
  record->n_values = 0;
}

static void
take_polygons (EmendCocoRecord *record,
               const EmendJsonEvent *event,
               int depth)
{
  if (depth == 3)
    add_number (record, event);
  else if (depth == 2 && event->kind == EMEND_JSON_BEGIN_ARRAY)
    record->n_values = 0;
  else if (depth == 2 && event->kind == EMEND_JSON_END_ARRAY)
    end_ring (record);
  else
    set_problem (record, _ ("The record's “%s” is neither a list of outlines nor run lengths."), "segmentation");
}

static void
take_rle_key (EmendCocoRecord *record,
              const EmendJsonEvent *event)
{
  record->rle_key = RLE_OTHER;
  record->n_values = 0;
  if (event->length == 4 && memcmp (event->text, "size", 4) == 0)
    record->rle_key = RLE_SIZE;
  else if (event->length == 6 && memcmp (event->text, "counts", 6) == 0)
    record->rle_key = RLE_COUNTS;
}

static void
take_rle (EmendCocoRecord *record,
          const EmendJsonEvent *event,
          int depth)
{
  if (depth == 2 && event->kind == EMEND_JSON_KEY)
    take_rle_key (record, event);
  else if (record->rle_key == RLE_SIZE && depth == 3 && record->n_values < 2)
    take_int (record, event, &record->size[record->n_values++]);
  else if (record->rle_key == RLE_COUNTS && depth == 3)
    add_number (record, event);
  else if (record->rle_key == RLE_COUNTS && depth == 2 && event->kind == EMEND_JSON_STRING) {
    record->segmentation = EMEND_COCO_RLE_TEXT;
    g_string_append_len (record->counts, event->text, (gssize) event->length);
  } else if (record->rle_key != RLE_OTHER && event->kind != EMEND_JSON_BEGIN_ARRAY &&
             event->kind != EMEND_JSON_END_ARRAY)
    set_problem (record, _ ("The record's “%s” has no usable run lengths."), "segmentation");
}

static void
take_segmentation (EmendCocoRecord *record,
                   const EmendJsonEvent *event,
                   int depth)
{
  if (depth == 1 && event->kind == EMEND_JSON_BEGIN_ARRAY)
    record->segmentation = EMEND_COCO_POLYGONS;
  else if (depth == 1 && event->kind == EMEND_JSON_BEGIN_OBJECT) {
    record->segmentation = EMEND_COCO_RLE_LIST;
    record->size[0] = record->size[1] = 0;
    record->rle_key = RLE_OTHER;
  } else if (depth == 1) {
    record->seen |= EMEND_COCO_SEGMENTATION;
    /* An empty list says that there is only the box. */
    if (record->segmentation == EMEND_COCO_POLYGONS && record->rings->len == 0)
      record->segmentation = EMEND_COCO_NO_SHAPE;
  } else if (record->segmentation == EMEND_COCO_POLYGONS)
    take_polygons (record, event, depth);
  else
    take_rle (record, event, depth);
}

/* Writes the piece into the copy of the attributes; FALSE when the text in it has a zero byte. */
static gboolean
copy_attribute (EmendCocoRecord *record,
                const EmendJsonEvent *event)
{
  g_autofree char *text = NULL;

  if (event->text != NULL && (text = emend_json_event_dup (event)) == NULL)
    return FALSE;
  switch (event->kind) {
  case EMEND_JSON_NULL:
    emend_json_null (record->writer);
    break;
  case EMEND_JSON_TRUE:
  case EMEND_JSON_FALSE:
    emend_json_bool (record->writer, event->kind == EMEND_JSON_TRUE);
    break;
  case EMEND_JSON_NUMBER:
    emend_json_raw (record->writer, text);
    break;
  case EMEND_JSON_STRING:
    emend_json_string (record->writer, text != NULL ? text : "");
    break;
  case EMEND_JSON_KEY:
    emend_json_key (record->writer, text != NULL ? text : "");
    break;
  case EMEND_JSON_BEGIN_OBJECT:
    emend_json_begin_object (record->writer);
    break;
  case EMEND_JSON_END_OBJECT:
    emend_json_end_object (record->writer);
    break;
  case EMEND_JSON_BEGIN_ARRAY:
    emend_json_begin_array (record->writer);
    break;
  case EMEND_JSON_END_ARRAY:
    emend_json_end_array (record->writer);
    break;
  default:
    break;
  }
  return TRUE;
}

static void
take_attributes (EmendCocoRecord *record,
                 const EmendJsonEvent *event,
                 int depth)
{
  if (record->problem != NULL)
    return;
  if (depth == 1 && event->kind == EMEND_JSON_BEGIN_OBJECT) {
    record->writer = emend_json_writer_new (record->attributes, FALSE);
    record->skips_reserved = FALSE;
  }
  if (depth == 2 && event->kind == EMEND_JSON_KEY)
    record->skips_reserved = event->length == strlen (EMEND_COCO_RESERVED) &&
                             memcmp (event->text, EMEND_COCO_RESERVED, event->length) == 0;
  if (record->skips_reserved && depth >= 2)
    return;
  if (record->writer == NULL || depth > MAX_ATTRIBUTE_DEPTH ||
      record->attributes->len + event->length > MAX_ATTRIBUTES ||
      !copy_attribute (record, event)) {
    set_problem (record, _ ("The record's “%s” are no object, or too large, too deep, or hold a zero byte."),
                 "attributes");
    return;
  }
  if (depth == 1 && event->kind == EMEND_JSON_END_OBJECT) {
    g_clear_pointer (&record->writer, emend_json_writer_free);
    record->seen |= EMEND_COCO_ATTRIBUTES;
  }
}

/**
 * emend_coco_record_take:
 * @record: the record
 * @event: the next piece of it
 * @depth: how many containers are open around it within the record: 1 for its members
 */
void
emend_coco_record_take (EmendCocoRecord *record,
                        const EmendJsonEvent *event,
                        int depth)
{
  gboolean container = depth > 1 || (event->kind >= EMEND_JSON_BEGIN_OBJECT && event->kind <= EMEND_JSON_END_ARRAY);

  if (depth == 1 && event->kind == EMEND_JSON_KEY)
    take_key (record, event);
  else if (record->field == 0)
    return;
  else if (!container)
    take_scalar (record, event);
  else if (record->field == EMEND_COCO_BBOX)
    take_bbox (record, event, depth);
  else if (record->field == EMEND_COCO_SEGMENTATION)
    take_segmentation (record, event, depth);
  else if (record->field == EMEND_COCO_ATTRIBUTES)
    take_attributes (record, event, depth);
  else
    set_problem (record, _ ("The record's “%s” is of the wrong kind."), field_name (record->field));
}
