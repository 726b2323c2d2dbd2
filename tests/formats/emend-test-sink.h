#pragma once

#include "emend-format.h"

G_BEGIN_DECLS

/**
 * TestSink:
 *
 * Items by name and everything that a reader said, for the tests of the formats.
 */
typedef struct {
  GHashTable *images;   /* (element-type utf8 EmendSourceImage) */
  GHashTable *names;    /* (element-type gint64 utf8): names of the images */
  GPtrArray *labels;    /* (element-type utf8): declared, number = place + 1 */
  GPtrArray *records;   /* (element-type EmendProposal) */
  GPtrArray *problems;  /* (element-type utf8): "line: reason" */
  GPtrArray *unmatched; /* (element-type utf8) */
  GArray *empty;        /* (element-type gint64) */
  GPtrArray *fields;    /* (element-type utf8): "name" or "name/column", number = place + 1 */
  GArray *types;        /* (element-type EmendFieldType): of @fields */
  GHashTable *words;    /* (element-type utf8 EmendWords): by "item/page" */
  gint64 n_asked;       /* labels asked for */
  gint64 n_skipped;
  gint64 next_item;
  gint64 fail_after;   /* add_record fails after so many; -1 for never */
  gboolean take_all;   /* every image that is asked for is an item */
  EmendSchema *schema; /* (nullable): whose tables headers can call */
  int n_pages;         /* of each item; 0 for one */
  int take_size;       /* its width and height */
  int take_width;      /* its width and height when they differ */
  int take_height;
  guint64 progress_done;
  guint64 progress_total;
  EmendReadSink sink;
} TestSink;

TestSink *test_sink_new (void);
void test_sink_free (TestSink *sink);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestSink, test_sink_free)
gint64 test_sink_add_image (TestSink *sink,
                            const char *name,
                            int width,
                            int height,
                            int orientation);
const EmendProposal *test_sink_record (TestSink *sink,
                                       guint index);
const char *test_sink_problem (TestSink *sink,
                               guint index);
const char *test_sink_label (TestSink *sink,
                             const EmendProposal *record);
const char *test_sink_field (TestSink *sink,
                             const EmendProposal *record);
EmendWords *test_sink_words (TestSink *sink,
                             gint64 item,
                             int page);
const EmendProposal *test_sink_find_value (TestSink *sink,
                                           const char *field,
                                           int row);
gboolean test_sink_read (TestSink *sink,
                         const char *format,
                         const char *path,
                         const EmendReadOptions *options,
                         GError **error);
/* A COCO file with one image `a.jpg` of 100 x 80 pixels, the category `cat` and these annotations. */
char *test_coco_text (const char *annotations);
void test_assert_box (const EmendShape *shape,
                      double x,
                      double y,
                      double width,
                      double height);

G_END_DECLS
