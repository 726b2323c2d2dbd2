#pragma once

#include "emend-format.h"
#include "emend-json-stream.h"

G_BEGIN_DECLS

/* The members of a record that are understood. */
typedef enum {
  EMEND_COCO_ID = 1 << 0,
  EMEND_COCO_IMAGE = 1 << 1,
  EMEND_COCO_CATEGORY = 1 << 2,
  EMEND_COCO_BBOX = 1 << 3,
  EMEND_COCO_SEGMENTATION = 1 << 4,
  EMEND_COCO_AREA = 1 << 5,
  EMEND_COCO_ISCROWD = 1 << 6,
  EMEND_COCO_SCORE = 1 << 7,
  EMEND_COCO_ATTRIBUTES = 1 << 8,
  EMEND_COCO_SOURCE_ID = 1 << 9,
  EMEND_COCO_PAGE = 1 << 10,
} EmendCocoField;

typedef enum {
  EMEND_COCO_NO_SHAPE = 0,
  EMEND_COCO_POLYGONS,
  EMEND_COCO_RLE_LIST,
  EMEND_COCO_RLE_TEXT,
} EmendCocoSegmentation;

/**
 * EmendCocoRecord:
 * @line: where it begins, from 1
 * @seen: the members that are there and are good
 * @problem: (nullable): why it cannot be used, a sentence
 * @remark: (nullable): what else to know about it; it is used all the same
 *
 * One annotation or result as it is read, one after the other in the same memory.
 */
typedef struct {
  gint64 line;
  guint seen;
  char *problem;
  char *remark;
  gint64 id;
  gint64 source_id;
  gint64 image;
  gint64 category;
  gint64 page;
  gint64 iscrowd;
  double area;
  double score;
  char *score_text;
  double bbox[4];
  EmendCocoSegmentation segmentation;
  GArray *rings;   /* (element-type guint32): points of each ring */
  GArray *numbers; /* (element-type double): of all rings, or the run lengths */
  GString *counts; /* the compressed run lengths */
  gint64 size[2];  /* height, width */
  GString *attributes;

  EmendCocoField field;
  guint n_values; /* of the list that is being read */
  int rle_key;
  gboolean skips_reserved;
  EmendJsonWriter *writer;
} EmendCocoRecord;

void emend_coco_record_init (EmendCocoRecord *record);
void emend_coco_record_clear (EmendCocoRecord *record);
void emend_coco_record_begin (EmendCocoRecord *record,
                              gint64 line);
void emend_coco_record_take (EmendCocoRecord *record,
                             const EmendJsonEvent *event,
                             int depth);
gboolean emend_coco_record_finish (EmendCocoRecord *record,
                                   const EmendSourceImage *image,
                                   gboolean stored,
                                   EmendProposal *proposal);

/* The member of a proposal's attributes that keeps what a COCO record said of itself. */
#define EMEND_COCO_RESERVED "coco"

G_END_DECLS
