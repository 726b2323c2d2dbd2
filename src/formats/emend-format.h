#pragma once

#include <gio/gio.h>

#include "emend-error.h"
#include "emend-item.h"
#include "emend-proposal.h"
#include "emend-schema.h"
#include "emend-words.h"

G_BEGIN_DECLS

/**
 * EmendFormatsError:
 * @EMEND_FORMATS_ERROR_UNKNOWN: no reader knows the file
 * @EMEND_FORMATS_ERROR_INVALID: the file as a whole is not what it should be
 * @EMEND_FORMATS_ERROR_QUESTION: the file can be read in two ways and only a person knows which
 * @EMEND_FORMATS_ERROR_LIMIT: larger or deeper than is allowed
 * @EMEND_FORMATS_ERROR_IO: the system could not read or write
 */
typedef enum {
  EMEND_FORMATS_ERROR_UNKNOWN = 1,
  EMEND_FORMATS_ERROR_INVALID,
  EMEND_FORMATS_ERROR_QUESTION,
  EMEND_FORMATS_ERROR_LIMIT,
  EMEND_FORMATS_ERROR_IO,
} EmendFormatsError;

#define EMEND_FORMATS_ERROR (emend_formats_error_quark ())
GQuark emend_formats_error_quark (void);

/* More labels, or a longer name, are no list of labels; a schema must stay one that can be read again. */
#define EMEND_FORMATS_MAX_LABELS 10000
#define EMEND_FORMATS_MAX_LABEL_NAME 256
#define EMEND_FORMATS_MAX_FIELDS 1000

/* Which frame the source's coordinates are in, for pictures that are stored turned. */
typedef enum {
  EMEND_FRAME_AUTO = 0, /* from the sizes in the file; the upright one when they do not tell */
  EMEND_FRAME_UPRIGHT,
  EMEND_FRAME_STORED,
} EmendFrame;

/* What a further column of a YOLO line is: the last one, or the one behind the class. */
typedef enum {
  EMEND_TRAILING_ASK = 0,
  EMEND_TRAILING_CONFIDENCE,
  EMEND_TRAILING_TRACK,
  EMEND_TRAILING_CONFIDENCE_SECOND,
} EmendTrailing;

typedef struct {
  EmendFrame frame;
  EmendTrailing trailing;
  const char *names_file; /* (nullable): COCO instances for results, data.yaml for YOLO */
} EmendReadOptions;

/**
 * EmendSourceImage:
 * @item: the item's number
 * @width: upright size in pixels
 * @height: upright size in pixels
 * @orientation: EXIF 1 to 8
 * @n_pages: at least 1; the sizes above are those of the first
 */
typedef struct {
  gint64 item;
  int width;
  int height;
  int orientation;
  int n_pages;
} EmendSourceImage;

/**
 * EmendSourceField:
 * @name: as the source calls it
 * @type: what its values seem to be, for a field that the project has not yet
 * @column: (nullable): of a table: the name of the column; @type is that of the column then
 *
 * A field of a document, or a column of its table, as a source knows it.
 */
typedef struct {
  const char *name;
  EmendFieldType type;
  const char *column;
} EmendSourceField;

/**
 * EmendReadSink:
 * @find_image: looks an image up by the source's name (@ignore_extension for a label file that names
 *   it by its own stem); FALSE when it is unmatched or ambiguous, which the sink counts and reports
 * @has_image: (nullable): whether @find_image would find exactly one, without counting anything; for a source that
 *   names an image and has a file name of its own that can fit too
 * @declare_label: a label that the source knows, in its own order, before the first record
 * @find_label: number of the label for the source's name, 0 when there is none; called once for each
 *   record, which the sink counts
 * @get_page: the size of one page of an item that @find_image found (0-based); FALSE when there is no such page
 * @find_field: number of the field for the source's name (and of the table for a column of it, which the table has
 *   then), 0 when there is none; called once for each value, which the sink counts
 * @match_table: (nullable): the table of the project whose columns are called like these headers (some may be %NULL),
 *   and the column for each; they are valid until the next call of the sink
 * @add_words: takes the words of one page, in the frame of any size: they are scaled to that of the page
 * @add_record: takes one record whose item and label were found; the shape is upright already
 *   A value of a field has @field as its label, EmendProposal.value, the page and box of its first region; its
 *   normalised form is made by the sink
 * @skip_record: one record is left out, whatever the reason
 * @reviewed_empty: the source says that there is nothing on this image
 * @problem: something to know about one line: 1-based line (0: none), a whole sentence; reading goes on
 * @progress: what is read so far, in bytes or files
 *
 * Where a reader puts what it reads, record by record. @add_record returns FALSE to stop (with error).
 */
typedef struct {
  gboolean (*find_image) (gpointer data,
                          const char *name,
                          gboolean ignore_extension,
                          EmendSourceImage *image);
  gboolean (*has_image) (gpointer data,
                         const char *name,
                         gboolean ignore_extension);
  void (*declare_label) (gpointer data,
                         const char *name);
  int (*find_label) (gpointer data,
                     const char *name);
  gboolean (*add_record) (gpointer data,
                          const EmendProposal *record,
                          GError **error);
  gboolean (*get_page) (gpointer data,
                        gint64 item,
                        int page,
                        int *width,
                        int *height);
  int (*find_field) (gpointer data,
                     const EmendSourceField *field);
  const EmendField *(*match_table) (gpointer data,
                                    const char *const *headers,
                                    gsize n_headers,
                                    const EmendField **columns);
  gboolean (*add_words) (gpointer data,
                         gint64 item,
                         int page,
                         EmendWords *words,
                         GError **error);
  void (*skip_record) (gpointer data);
  gboolean (*reviewed_empty) (gpointer data,
                              gint64 item,
                              GError **error);
  void (*problem) (gpointer data,
                   const char *file,
                   gint64 line,
                   const char *reason);
  EmendProgressFunc progress; /* (nullable) */
  gpointer progress_data;
  gpointer data;
} EmendReadSink;

/**
 * EmendWriteSource:
 * @next: the next item with its final marks; FALSE at the end (error unset) or on failure (error set)
 *
 * Where a writer gets what it writes. What @next gives belongs to the source and stays valid until the
 * next call.
 */
typedef struct {
  const char *path; /* of the item, relative to the project's folder */
  int width;        /* upright */
  int height;
  GPtrArray *marks;  /* (element-type EmendMark) */
  GArray *pages;     /* (element-type EmendPage): all pages */
  gboolean reviewed; /* the item is done: an empty one means "nothing there" */
} EmendWriteItem;

typedef struct {
  gboolean (*next) (gpointer data,
                    EmendWriteItem *item,
                    GError **error);
  /* (nullable): words of a page of the item that @next gave last; NULL in @words when none were read */
  gboolean (*load_words) (gpointer data,
                          int page,
                          EmendWords **words,
                          GError **error);
  EmendSchema *schema;
  gboolean all; /* undecided proposals and rejected ones too, with their state; else the final ones */
  guint64 n_items;
  EmendProgressFunc progress; /* (nullable) */
  gpointer progress_data;
  gpointer data;
} EmendWriteSource;

/**
 * EmendFormat:
 *
 * One file format of another tool. A format is one file that registers itself in emend-format.c's list.
 */
#define EMEND_TYPE_FORMAT (emend_format_get_type ())
G_DECLARE_INTERFACE (EmendFormat, emend_format, EMEND, FORMAT, GObject)

struct _EmendDocumentReader;

struct _EmendFormatInterface {
  GTypeInterface parent;

  const char *id;         /* "coco", "coco-results", "yolo" */
  const char *name;       /* for people, untranslated proper name */
  gboolean writes_folder; /* the output is a folder, not a file */
  const char *suffix;     /* (nullable): ".json" */

  /* 0 is no, 100 is certain; looks at most at the head of the file or at the folder's names. */
  int (*detect) (EmendFormat *format,
                 const char *path);
  gboolean (*read) (EmendFormat *format,
                    const char *const *paths,
                    const EmendReadOptions *options,
                    const EmendReadSink *sink,
                    GCancellable *cancellable,
                    GError **error);
  gboolean (*write) (EmendFormat *format,
                     const char *path,
                     const EmendWriteSource *source,
                     GCancellable *cancellable,
                     GError **error);
  /* (nullable): label names in the file's own order, for making a schema. */
  GStrv (*list_labels) (EmendFormat *format,
                        const char *path,
                        GCancellable *cancellable,
                        GError **error);

  const struct _EmendDocumentReader *documents; /* (nullable): how emend-document-format.c reads its files */
};

GListModel *emend_formats_list (void);               /* (transfer full) of EmendFormat */
EmendFormat *emend_formats_find (const char *id);    /* (transfer full) (nullable) */
EmendFormat *emend_formats_detect (const char *path, /* (transfer full) (nullable) */
                                   GError **error);
const char *emend_format_get_id (EmendFormat *format);
const char *emend_format_get_name (EmendFormat *format);
gboolean emend_format_can_read (EmendFormat *format);
gboolean emend_format_can_write (EmendFormat *format);
gboolean emend_format_writes_folder (EmendFormat *format);
const char *emend_format_get_suffix (EmendFormat *format);
gboolean emend_format_read (EmendFormat *format,
                            const char *const *paths,
                            const EmendReadOptions *options,
                            const EmendReadSink *sink,
                            GCancellable *cancellable,
                            GError **error);
gboolean emend_format_write (EmendFormat *format,
                             const char *path,
                             const EmendWriteSource *source,
                             GCancellable *cancellable,
                             GError **error);
GStrv emend_format_list_labels (EmendFormat *format,
                                const char *path,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
