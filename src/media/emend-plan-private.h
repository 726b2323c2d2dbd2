#pragma once

#include "emend-work-private.h"

G_BEGIN_DECLS

/**
 * EmendPlan:
 * @header: of the page
 * @regions: (nullable): what can read single tiles
 * @limit: bytes that all tiles may hold
 * @may_copy: whether a decoded copy on disk can be made
 *
 * What it depends on how the tiles of a page are made.
 */
typedef struct {
  const EmendHeader *header;
  EmendRegions *regions;
  guint64 limit;
  gboolean may_copy;
} EmendPlan;

/**
 * EmendStep:
 * @kind: what makes the tiles
 * @level: the best that will be there
 * @finest: the level that the work is started for; finer than @level when it comes as cheap
 */
typedef struct {
  EmendWorkKind kind;
  int level;
  int finest;
} EmendStep;

int emend_plan_overview (const EmendPlan *plan);
gboolean emend_plan_overview_is_cheap (const EmendPlan *plan);
gboolean emend_plan_fits_memory (const EmendPlan *plan,
                                 int level);
EmendStep emend_plan_step (const EmendPlan *plan,
                           double scale);

G_END_DECLS
