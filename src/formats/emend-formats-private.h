#pragma once

#include "emend-format.h"

G_BEGIN_DECLS

/* One line for each format; emend-format.c lists them. */
#define EMEND_TYPE_COCO (emend_coco_get_type ())
G_DECLARE_FINAL_TYPE (EmendCoco, emend_coco, EMEND, COCO, GObject)

#define EMEND_TYPE_COCO_RESULTS (emend_coco_results_get_type ())
G_DECLARE_FINAL_TYPE (EmendCocoResults, emend_coco_results, EMEND, COCO_RESULTS, GObject)

#define EMEND_TYPE_YOLO (emend_yolo_get_type ())
G_DECLARE_FINAL_TYPE (EmendYolo, emend_yolo, EMEND, YOLO, GObject)

G_END_DECLS
