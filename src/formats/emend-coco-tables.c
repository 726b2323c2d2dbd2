#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-coco-tables.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-frame.h"
#include "emend-number.h"

/* A name is a path or a word; a page of text is neither. */
#define MAX_NAME 4096

typedef enum {
  SECTION_OTHER = 0,
  SECTION_IMAGES = 1 << 0,
  SECTION_CATEGORIES = 1 << 1,
  SECTION_ANNOTATIONS = 1 << 2,
} Section;

typedef enum {
  FIELD_OTHER = 0,
  FIELD_ID = 1 << 0,
  FIELD_NAME = 1 << 1,
  FIELD_WIDTH = 1 << 2,
  FIELD_HEIGHT = 1 << 3,
} Field;

typedef struct {
  EmendJsonStream *stream;
  EmendCocoTables *tables;
  const EmendReadSink *sink; /* (nullable): only the categories are wanted */
  EmendFrame frame;
  int n_stored; /* images whose sizes tell the stored frame */
  int n_upright;
  guint seen_sections;
  Section section;
  Field field;
  gint64 line; /* of the entry */
  guint seen;  /* fields of the entry that are good */
  guint given; /* fields of the entry */
  gint64 id;
  gint64 width;
  gint64 height;
  char *name;
} Reader;

/**
 * emend_coco_tables_free:
 * @tables: (transfer full): tables
 */
void
emend_coco_tables_free (EmendCocoTables *tables)
{
  g_array_unref (tables->images);
  g_hash_table_unref (tables->image_ids);
  g_ptr_array_unref (tables->categories);
  g_hash_table_unref (tables->category_ids);
  g_free (tables);
}

/* The identifiers are the keys themselves, which takes a third of the memory of pointers to them. */
G_STATIC_ASSERT (sizeof (gpointer) == sizeof (gint64));
#define ID_TO_KEY(id) ((gpointer) (gintptr) (id))

static EmendCocoTables *
tables_new (void)
{
  EmendCocoTables *tables = g_new0 (EmendCocoTables, 1);

  tables->images = g_array_new (FALSE, TRUE, sizeof (EmendCocoImage));
  tables->image_ids = g_hash_table_new (g_direct_hash, g_direct_equal);
  tables->categories = g_ptr_array_new_with_free_func (g_free);
  tables->category_ids = g_hash_table_new (g_direct_hash, g_direct_equal);
  return tables;
}

/**
 * emend_coco_tables_find_image:
 * @tables: tables
 * @id: as the file numbers it
 *
 * Returns: (transfer none) (nullable): the image
 */
EmendCocoImage *
emend_coco_tables_find_image (EmendCocoTables *tables,
                              gint64 id)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (tables->image_ids, ID_TO_KEY (id)));

  return place > 0 ? &g_array_index (tables->images, EmendCocoImage, place - 1) : NULL;
}

/**
 * emend_coco_tables_find_category:
 * @tables: tables
 * @id: as the file numbers it
 *
 * Returns: (transfer none) (nullable): the category's name
 */
const char *
emend_coco_tables_find_category (EmendCocoTables *tables,
                                 gint64 id)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (tables->category_ids, ID_TO_KEY (id)));

  return place > 0 ? g_ptr_array_index (tables->categories, place - 1) : NULL;
}

static void
tell_problem (Reader *reader,
              const char *reason)
{
  if (reader->sink != NULL)
    reader->sink->problem (reader->sink->data, emend_json_stream_get_path (reader->stream), reader->line, reason);
}

/* Decides in which frame the image's coordinates are, as far as its own sizes tell. */
static void
judge_frame (Reader *reader,
             EmendCocoImage *image)
{
  gboolean has_size = (reader->seen & (FIELD_WIDTH | FIELD_HEIGHT)) == (FIELD_WIDTH | FIELD_HEIGHT) &&
                      reader->width > 0 && reader->height > 0 && image->at.width > 0 && image->at.height > 0;
  EmendFrame guess = has_size ? emend_frame_guess (&image->at, reader->width, reader->height) : EMEND_FRAME_AUTO;
  gboolean upright = reader->width == image->at.width && reader->height == image->at.height;

  if (has_size && guess == EMEND_FRAME_AUTO && !upright) {
    g_autofree char *reason = g_strdup_printf (_ ("The source says that “%s” has %" PRId64 " × %" PRId64
                                                  " pixels; it has %d × %d. Its coordinates are taken as they are."),
                                               reader->name, reader->width, reader->height, image->at.width,
                                               image->at.height);
    tell_problem (reader, reason);
  }
  if (guess == EMEND_FRAME_STORED)
    reader->n_stored++;
  if (guess == EMEND_FRAME_UPRIGHT)
    reader->n_upright++;
  image->sure = reader->frame != EMEND_FRAME_AUTO || guess != EMEND_FRAME_AUTO;
  image->stored = (reader->frame == EMEND_FRAME_AUTO ? guess : reader->frame) == EMEND_FRAME_STORED;
}

static void
take_image (Reader *reader)
{
  EmendCocoImage image = { 0 };

  if ((reader->seen & (FIELD_ID | FIELD_NAME)) != (FIELD_ID | FIELD_NAME)) {
    tell_problem (reader, _ ("An image has no whole number as “id” or no text as “file_name”."));
    return;
  }
  if (emend_coco_tables_find_image (reader->tables, reader->id) != NULL) {
    g_autofree char *reason = g_strdup_printf (_ ("The image number %" PRId64 " is given twice; “%s” is left out."),
                                               reader->id, reader->name);
    tell_problem (reader, reason);
    return;
  }
  if ((reader->given & ~reader->seen) != 0)
    tell_problem (reader, _ ("The size of an image is no whole number."));
  if (reader->sink == NULL || !reader->sink->find_image (reader->sink->data, reader->name, FALSE, &image.at))
    image.at = (EmendSourceImage){ 0 };
  else
    judge_frame (reader, &image);
  g_array_append_val (reader->tables->images, image);
  g_hash_table_insert (reader->tables->image_ids, ID_TO_KEY (reader->id),
                       GUINT_TO_POINTER (reader->tables->images->len));
}

static void
take_category (Reader *reader)
{
  if ((reader->seen & (FIELD_ID | FIELD_NAME)) != (FIELD_ID | FIELD_NAME) || *reader->name == '\0') {
    tell_problem (reader, _ ("A category has no whole number as “id” or no text as “name”."));
    return;
  }
  if (strlen (reader->name) > EMEND_FORMATS_MAX_LABEL_NAME) {
    tell_problem (reader, _ ("The name of a category is too long."));
    return;
  }
  if (emend_coco_tables_find_category (reader->tables, reader->id) != NULL) {
    g_autofree char *reason = g_strdup_printf (_ ("The category number %" PRId64 " is given twice; “%s” is left out."),
                                               reader->id, reader->name);
    tell_problem (reader, reason);
    return;
  }
  if (reader->sink != NULL)
    reader->sink->declare_label (reader->sink->data, reader->name);
  g_ptr_array_add (reader->tables->categories, g_steal_pointer (&reader->name));
  g_hash_table_insert (reader->tables->category_ids, ID_TO_KEY (reader->id),
                       GUINT_TO_POINTER (reader->tables->categories->len));
}

static gboolean
is_key (const EmendJsonEvent *event,
        const char *name)
{
  return strlen (name) == event->length && memcmp (event->text, name, event->length) == 0;
}

/* A member of the document begins: which table is it? */
static gboolean
enter_member (Reader *reader,
              const EmendJsonEvent *event)
{
  reader->section = SECTION_OTHER;
  if (is_key (event, "images"))
    reader->section = SECTION_IMAGES;
  else if (is_key (event, "categories"))
    reader->section = SECTION_CATEGORIES;
  else if (is_key (event, "annotations"))
    reader->section = SECTION_ANNOTATIONS;
  if ((reader->seen_sections & reader->section) != 0) {
    g_autofree char *name = g_filename_display_name (emend_json_stream_get_path (reader->stream));
    return emend_json_stream_stop (reader->stream, g_error_new (EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID,
                                                                _ ("The file “%s” has one of its tables twice, again "
                                                                   "at line %" PRId64 ". Nothing of it was used."),
                                                                name, emend_json_stream_get_line (reader->stream)));
  }
  reader->seen_sections |= reader->section;
  return TRUE;
}

static void
enter_field (Reader *reader,
             const EmendJsonEvent *event)
{
  reader->field = FIELD_OTHER;
  if (is_key (event, "id"))
    reader->field = FIELD_ID;
  else if (is_key (event, reader->section == SECTION_IMAGES ? "file_name" : "name"))
    reader->field = FIELD_NAME;
  else if (is_key (event, "width"))
    reader->field = FIELD_WIDTH;
  else if (is_key (event, "height"))
    reader->field = FIELD_HEIGHT;
  reader->given |= reader->field;
}

static void
take_value (Reader *reader,
            const EmendJsonEvent *event)
{
  gint64 number = 0;

  if (reader->field == FIELD_OTHER)
    return;
  if (reader->field == FIELD_NAME) {
    g_clear_pointer (&reader->name, g_free);
    if (event->kind == EMEND_JSON_STRING && event->length <= MAX_NAME)
      reader->name = emend_json_event_dup (event);
    if (reader->name != NULL)
      reader->seen |= FIELD_NAME;
    return;
  }
  if (event->kind != EMEND_JSON_NUMBER || !emend_number_parse_int (event->text, event->length, &number))
    return;
  if (reader->field == FIELD_ID)
    reader->id = number;
  else if (reader->field == FIELD_WIDTH)
    reader->width = number;
  else
    reader->height = number;
  reader->seen |= reader->field;
}

static void
begin_entry (Reader *reader)
{
  reader->line = emend_json_stream_get_line (reader->stream);
  reader->seen = 0;
  reader->given = 0;
  reader->width = 0;
  reader->height = 0;
  g_clear_pointer (&reader->name, g_free);
}

static void
in_entry (Reader *reader,
          const EmendJsonEvent *event)
{
  if (event->depth == 2 && event->kind == EMEND_JSON_BEGIN_OBJECT)
    begin_entry (reader);
  else if (event->depth == 2 && event->kind == EMEND_JSON_END_OBJECT && reader->section == SECTION_IMAGES)
    take_image (reader);
  else if (event->depth == 2 && event->kind == EMEND_JSON_END_OBJECT)
    take_category (reader);
  else if (event->depth == 2) {
    reader->line = emend_json_stream_get_line (reader->stream);
    tell_problem (reader, _ ("An entry of the table of images or categories is no object."));
  } else if (event->depth == 3 && event->kind == EMEND_JSON_KEY)
    enter_field (reader, event);
  else if (event->depth == 3)
    take_value (reader, event);
}

static gboolean
not_coco (Reader *reader)
{
  g_autofree char *name = g_filename_display_name (emend_json_stream_get_path (reader->stream));

  return emend_json_stream_stop (reader->stream, g_error_new (EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID,
                                                              _ ("The file “%s” is no COCO file: it must be an object "
                                                                 "with the lists “images”, “categories” and "
                                                                 "“annotations”."),
                                                              name));
}

static gboolean
too_many (Reader *reader)
{
  g_autofree char *name = g_filename_display_name (emend_json_stream_get_path (reader->stream));

  return emend_json_stream_stop (reader->stream, g_error_new (EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_LIMIT,
                                                              _ ("The file “%s” has more than %d categories."), name,
                                                              EMEND_FORMATS_MAX_LABELS));
}

static gboolean
event_cb (gpointer data,
          const EmendJsonEvent *event)
{
  Reader *reader = data;

  if (event->depth == 0)
    return event->kind == EMEND_JSON_BEGIN_OBJECT || event->kind == EMEND_JSON_END_OBJECT || not_coco (reader);
  if (event->depth == 1 && event->kind == EMEND_JSON_KEY)
    return enter_member (reader, event);
  if (event->depth == 1 && reader->section != SECTION_OTHER && event->kind != EMEND_JSON_BEGIN_ARRAY &&
      event->kind != EMEND_JSON_END_ARRAY)
    return not_coco (reader);
  if (event->depth > 1 && (reader->section == SECTION_IMAGES || reader->section == SECTION_CATEGORIES))
    in_entry (reader, event);
  return reader->tables->categories->len <= EMEND_FORMATS_MAX_LABELS || too_many (reader);
}

/* Images whose own sizes do not tell follow the others of the file when these agree. */
static void
settle_frames (Reader *reader)
{
  gboolean all_stored = reader->n_stored > 0 && reader->n_upright == 0;

  for (guint i = 0; i < reader->tables->images->len; i++) {
    EmendCocoImage *image = &g_array_index (reader->tables->images, EmendCocoImage, i);
    if (!image->sure)
      image->stored = all_stored;
  }
}

/**
 * emend_coco_tables_read:
 * @stream: a COCO file
 * @frame: which frame its coordinates are in
 * @sink: (nullable): asked for the images, told of labels and problems; NULL when only the categories
 *   are wanted
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_*
 *
 * The first of two passes: reads the whole file, so that it is known to be valid before a record of it
 * is used. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the tables
 */
EmendCocoTables *
emend_coco_tables_read (EmendJsonStream *stream,
                        EmendFrame frame,
                        const EmendReadSink *sink,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (EmendCocoTables) tables = tables_new ();
  Reader reader = { .stream = stream, .tables = tables, .sink = sink, .frame = frame };
  gboolean done = emend_json_stream_parse (stream, event_cb, &reader, cancellable, error);

  g_free (reader.name);
  if (!done)
    return NULL;
  if ((reader.seen_sections & SECTION_IMAGES) == 0 || (reader.seen_sections & SECTION_CATEGORIES) == 0) {
    g_autofree char *name = g_filename_display_name (emend_json_stream_get_path (stream));

    g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID,
                 _ ("The file “%s” is no COCO file: it has no list “images” or no list “categories”."), name);
    return NULL;
  }
  tables->has_annotations = (reader.seen_sections & SECTION_ANNOTATIONS) != 0;
  settle_frames (&reader);
  return g_steal_pointer (&tables);
}
