#pragma once

#include "emend-layout-private.h"
#include "emend-rows-private.h"

G_BEGIN_DECLS

/* What a feature says. The order is part of the feature version. */
typedef enum {
  EMEND_KIND_BIAS,
  EMEND_KIND_RULE,
  EMEND_KIND_WORD,
  EMEND_KIND_SHAPE,
  EMEND_KIND_START,
  EMEND_KIND_END,
  EMEND_KIND_LENGTH,
  EMEND_KIND_FLAG,
  EMEND_KIND_LAST,
  EMEND_KIND_BEFORE,
  EMEND_KIND_BEFORE_NEXT,
  EMEND_KIND_BEFORE_BAG,
  EMEND_KIND_AFTER,
  EMEND_KIND_AFTER_BAG,
  EMEND_KIND_LINE_BEFORE,
  EMEND_KIND_LINE_AFTER,
  EMEND_KIND_OWN_BAG,
  EMEND_KIND_OWN_WORDS,
  EMEND_KIND_OWN_DIGITS,
  EMEND_KIND_LEFT,
  EMEND_KIND_LEFT_BAG,
  EMEND_KIND_RIGHT_BAG,
  EMEND_KIND_ABOVE_BAG,
  EMEND_KIND_ABOVE_SHAPE,
  EMEND_KIND_BELOW_BAG,
  EMEND_KIND_BELOW_SHAPE,
  EMEND_KIND_ROW_ABOVE_BAG,
  EMEND_KIND_X_BIN,
  EMEND_KIND_Y_BIN,
  EMEND_KIND_RIGHT_BIN,
  EMEND_KIND_X,
  EMEND_KIND_Y,
  EMEND_KIND_ROW_TOP,
  EMEND_KIND_ROW_BOTTOM,
  EMEND_KIND_HEIGHT,
  EMEND_KIND_WIDTH,
  EMEND_KIND_GAP_ABOVE,
  EMEND_KIND_GAP_BELOW,
  EMEND_KIND_CONFIDENCE,
  EMEND_KIND_PAGE,
  EMEND_KIND_RANK,
  EMEND_KIND_FROM_FIRST,
  EMEND_KIND_FROM_LAST,
  EMEND_KIND_EQUALS,
  EMEND_KIND_EQUAL_BAG,
  EMEND_KIND_ARITHMETIC,
  EMEND_KIND_ODD,
  EMEND_KIND_LABEL_PART,
} EmendFeatureKind;

guint64 emend_segment_key (const EmendLayout *layout,
                           guint segment);
void emend_features_add_bag (EmendRows *rows,
                             const EmendLayout *layout,
                             int segment,
                             guint kind,
                             int limit);
void emend_features_add_place (EmendRows *rows,
                               const EmendLayout *layout,
                               const EmendRect *box);
void emend_features_add_segment (EmendRows *rows,
                                 const EmendLayout *layout,
                                 guint segment);
void emend_features_add_page (EmendRows *rows,
                              guint page,
                              guint n_pages);

G_END_DECLS
