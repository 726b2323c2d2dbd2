#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-coco-read.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-coco-record.h"

typedef struct {
  EmendJsonStream *stream;
  EmendCocoTables *tables;
  const EmendReadSink *sink;
  gboolean in_annotations; /* the member that is being read is the list */
  gint64 last_id;          /* of the image found last; records of one image come together */
  EmendCocoImage *last_image;
  EmendCocoRecord record;
  EmendProposal proposal;
} Reader;

static void
tell (Reader *reader,
      const char *reason)
{
  reader->sink->problem (reader->sink->data, emend_json_stream_get_path (reader->stream), reader->record.line, reason);
}

/* The record's image, or NULL when the file has none of that number. */
static EmendCocoImage *
find_image (Reader *reader)
{
  if (reader->last_image == NULL || reader->last_id != reader->record.image) {
    reader->last_image = emend_coco_tables_find_image (reader->tables, reader->record.image);
    reader->last_id = reader->record.image;
  }
  return reader->last_image;
}

static gboolean
skip (Reader *reader,
      const char *reason)
{
  if (reason != NULL)
    tell (reader, reason);
  reader->sink->skip_record (reader->sink->data);
  return TRUE;
}

static gboolean
skip_unknown (Reader *reader,
              const char *format,
              gint64 id)
{
  g_autofree char *reason = g_strdup_printf (format, id);

  return skip (reader, reason);
}

static void
proposal_reset (EmendProposal *proposal)
{
  emend_shape_clear (&proposal->shape);
  g_clear_pointer (&proposal->score_text, g_free);
  g_clear_pointer (&proposal->attributes, g_free);
  proposal->score = NAN;
}

static gboolean
add_record (Reader *reader,
            const EmendCocoImage *image,
            int label)
{
  EmendCocoRecord *record = &reader->record;
  GError *error = NULL;

  proposal_reset (&reader->proposal);
  if (!emend_coco_record_finish (record, &image->at, image->stored, &reader->proposal))
    return skip (reader, record->problem);
  if (record->remark != NULL)
    tell (reader, record->remark);
  reader->proposal.item = image->at.item;
  reader->proposal.label = label;
  if (!reader->sink->add_record (reader->sink->data, &reader->proposal, &error))
    return emend_json_stream_stop (reader->stream, error);
  return TRUE;
}

static gboolean
take_record (Reader *reader)
{
  EmendCocoRecord *record = &reader->record;
  EmendCocoImage *image = NULL;
  const char *category = NULL;
  int label;

  if ((record->seen & EMEND_COCO_IMAGE) != 0)
    image = find_image (reader);
  if (image != NULL)
    image->used = TRUE;
  if (record->problem != NULL)
    return skip (reader, record->problem);
  if ((record->seen & EMEND_COCO_IMAGE) == 0 || (record->seen & EMEND_COCO_CATEGORY) == 0)
    return skip (reader, _ ("The record has no “image_id” or no “category_id”."));
  if (image == NULL)
    return skip_unknown (reader, _ ("The record is of image %" PRId64 ", which the file does not list."),
                         record->image);
  category = emend_coco_tables_find_category (reader->tables, record->category);
  if (category == NULL)
    return skip_unknown (reader, _ ("The record is of category %" PRId64 ", which the file does not list."),
                         record->category);
  label = reader->sink->find_label (reader->sink->data, category);
  if (label == 0 || image->at.item == 0)
    return skip (reader, NULL);
  return add_record (reader, image, label);
}

static gboolean
no_results (Reader *reader)
{
  g_autofree char *name = g_filename_display_name (emend_json_stream_get_path (reader->stream));

  return emend_json_stream_stop (reader->stream, g_error_new (EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID,
                                                              _ ("The file “%s” is no COCO results file: it must be "
                                                                 "one list of results."),
                                                              name));
}

/* @depth counts from the list: 1 for a record itself. */
static gboolean
in_list (Reader *reader,
         const EmendJsonEvent *event,
         int depth)
{
  if (depth > 1)
    emend_coco_record_take (&reader->record, event, depth - 1);
  else if (event->kind == EMEND_JSON_BEGIN_OBJECT)
    emend_coco_record_begin (&reader->record, emend_json_stream_get_line (reader->stream));
  else if (event->kind == EMEND_JSON_END_OBJECT)
    return take_record (reader);
  else if (event->kind != EMEND_JSON_END_ARRAY) {
    emend_coco_record_begin (&reader->record, emend_json_stream_get_line (reader->stream));
    return skip (reader, _ ("An entry of the list of records is no object."));
  }
  return TRUE;
}

static gboolean
results_cb (gpointer data,
            const EmendJsonEvent *event)
{
  Reader *reader = data;

  if (event->depth == 0)
    return event->kind == EMEND_JSON_BEGIN_ARRAY || event->kind == EMEND_JSON_END_ARRAY || no_results (reader);
  return in_list (reader, event, event->depth);
}

static gboolean
annotations_cb (gpointer data,
                const EmendJsonEvent *event)
{
  Reader *reader = data;

  if (event->depth == 1 && event->kind == EMEND_JSON_KEY)
    reader->in_annotations = event->length == strlen ("annotations") &&
                             memcmp (event->text, "annotations", event->length) == 0;
  else if (event->depth > 1 && reader->in_annotations)
    return in_list (reader, event, event->depth - 1);
  return TRUE;
}

/**
 * emend_coco_read_records:
 * @stream: a COCO file, or a results file
 * @tables: what its numbers mean
 * @results: whether the document is the list itself
 * @sink: where the records go
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_* or what the sink said
 *
 * The second of two passes. Not for the main thread.
 *
 * Returns: whether all was read
 */
gboolean
emend_coco_read_records (EmendJsonStream *stream,
                         EmendCocoTables *tables,
                         gboolean results,
                         const EmendReadSink *sink,
                         GCancellable *cancellable,
                         GError **error)
{
  Reader reader = { .stream = stream, .tables = tables, .sink = sink };
  gboolean done;

  emend_coco_record_init (&reader.record);
  done = emend_json_stream_parse (stream, results ? results_cb : annotations_cb, &reader, cancellable, error);
  emend_coco_record_clear (&reader.record);
  proposal_reset (&reader.proposal);
  return done;
}

/**
 * emend_coco_list_labels:
 * @path: a COCO file
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_*
 *
 * Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the names of its categories in its order
 */
GStrv
emend_coco_list_labels (const char *path,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (EmendJsonStream) stream = emend_json_stream_open (path, error);
  g_autoptr (EmendCocoTables) tables = NULL;
  GPtrArray *names;

  if (stream == NULL)
    return NULL;
  tables = emend_coco_tables_read (stream, EMEND_FRAME_AUTO, NULL, cancellable, error);
  if (tables == NULL)
    return NULL;
  names = g_steal_pointer (&tables->categories);
  tables->categories = g_ptr_array_new ();
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_free (names, FALSE);
}
