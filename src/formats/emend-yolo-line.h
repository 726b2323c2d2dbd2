#pragma once

#include "emend-format.h"

G_BEGIN_DECLS

/**
 * EmendYoloLine:
 * @label: class number
 * @shape_kind: box, or polygon
 * @numbers: (element-type double): center x, center y, width, height, or the points, as parts of the size
 * @score: confidence, NaN without one
 * @score_text: (nullable): as the file gives it, when that is not what @score prints
 * @track: (nullable): the track's number as text
 * @problem: (nullable): why it cannot be used, a sentence
 * @remark: (nullable): what else to know about it
 */
typedef struct {
  gint64 label;
  EmendShapeKind shape_kind;
  GArray *numbers;
  double score;
  char *score_text;
  char *track;
  char *problem;
  char *remark;
} EmendYoloLine;

void emend_yolo_line_init (EmendYoloLine *line);
void emend_yolo_line_clear (EmendYoloLine *line);
gboolean emend_yolo_line_parse (EmendYoloLine *line,
                                char *text,
                                EmendTrailing trailing,
                                gboolean *question);
gboolean emend_yolo_line_place (EmendYoloLine *line,
                                const EmendSourceImage *image,
                                EmendFrame frame,
                                EmendProposal *proposal);

G_END_DECLS
