#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-plan-private.h"

#include "emend-view-private.h"

/* A whole picture of at most so many bytes is made at once; a larger one after a coarse one. */
#define OVERVIEW_BYTES ((guint64) 12 * 1024 * 1024)
/* A level is decoded into memory when it is at most this part of the limit. */
#define LEVEL_PART 4

/**
 * emend_plan_overview:
 * @plan: about a page
 *
 * Any thread.
 *
 * Returns: the finest level that is always made as a whole
 */
int
emend_plan_overview (const EmendPlan *plan)
{
  int level = 0;

  while (emend_tiles_bytes (plan->header, level) > OVERVIEW_BYTES)
    level++;
  return level;
}

/**
 * emend_plan_overview_is_cheap:
 * @plan: about a page
 *
 * Any thread.
 *
 * Returns: whether the overview comes soon enough to wait for it before anything sharper: not when it
 *   is made of all of a gigantic file, of which the visible tiles can be read alone
 */
gboolean
emend_plan_overview_is_cheap (const EmendPlan *plan)
{
  return !plan->header->tiled || emend_regions_has_level (plan->regions, emend_plan_overview (plan));
}

/**
 * emend_plan_fits_memory:
 * @plan: about a page
 * @level: from 0
 *
 * Any thread.
 *
 * Returns: whether the whole of that level may be decoded into memory
 */
gboolean
emend_plan_fits_memory (const EmendPlan *plan,
                        int level)
{
  return emend_tiles_bytes (plan->header, level) <= MAX (plan->limit / LEVEL_PART, OVERVIEW_BYTES);
}

/* What cannot be shrunk while loading costs the same at any size, so it is decoded once, for all. */
static int
finest_for (const EmendPlan *plan,
            int level)
{
  return plan->header->loader == EMEND_LOADER_JPEG || plan->header->tiled ? level : 0;
}

/**
 * emend_plan_step:
 * @plan: about a page
 * @scale: device pixels per image pixel
 *
 * Any thread.
 *
 * Returns: how the tiles for that scale are made
 */
EmendStep
emend_plan_step (const EmendPlan *plan,
                 double scale)
{
  int level = emend_view_level (plan->header, scale);
  int overview = emend_plan_overview (plan);

  if (level >= overview)
    return (EmendStep){ EMEND_WORK_PASS, level, level };
  if (plan->regions != NULL && emend_regions_has_level (plan->regions, level))
    return (EmendStep){ EMEND_WORK_TILE, level, level };

  int finest = finest_for (plan, level);
  if (emend_plan_fits_memory (plan, finest))
    return (EmendStep){ EMEND_WORK_PASS, level, finest };
  if (!plan->header->tiled && plan->may_copy)
    return (EmendStep){ EMEND_WORK_COPY, level, 0 };

  /* Less sharp, where there is room for nothing better. */
  while (level < overview && !emend_plan_fits_memory (plan, level))
    level++;
  return (EmendStep){ EMEND_WORK_PASS, level, level };
}
