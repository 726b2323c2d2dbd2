#pragma once

#include "emend-shape.h"
#include "emend-types.h"

G_BEGIN_DECLS

/**
 * EmendOverlayMark:
 * @shape: where it is; an overlay has its own copy
 * @color: of its label, 0xRRGGBB
 * @verdict: what is decided about it
 * @tag: (nullable): name of its label; an overlay has its own copy
 * @score: confidence 0..1, NaN when there is none
 * @hidden: never drawn, never found
 * @dimmed: drawn fainter than the others
 * @locked: can be selected, cannot be moved
 *
 * One thing that is drawn over a page.
 */
typedef struct {
  EmendShape shape;
  guint32 color;
  EmendVerdict verdict;
  char *tag;
  double score;
  gboolean hidden;
  gboolean dimmed;
  gboolean locked;
} EmendOverlayMark;

/**
 * EmendOverlayFilter:
 * @threshold: undecided marks with a score below this are not shown; marks without a score and
 *   decided ones always are
 * @show_rejected: whether rejected marks are shown
 *
 * Which marks of an overlay are shown now.
 */
typedef struct {
  double threshold;
  gboolean show_rejected;
} EmendOverlayFilter;

/**
 * EmendOverlay:
 *
 * All marks of one page, drawn in their order: the last is on top. Never changed once made, counted,
 * for any thread; an overlay that differs in one mark shares the rest with the one it came from.
 */
typedef struct _EmendOverlay EmendOverlay;

EmendOverlay *emend_overlay_new (const EmendOverlayMark *marks,
                                 gsize n_marks);
EmendOverlay *emend_overlay_ref (EmendOverlay *overlay);
void emend_overlay_unref (EmendOverlay *overlay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendOverlay, emend_overlay_unref)
gsize emend_overlay_get_n_marks (EmendOverlay *overlay);
/* (transfer none): valid as long as @overlay. */
const EmendOverlayMark *emend_overlay_get_mark (EmendOverlay *overlay,
                                                gsize index);
/* (transfer full): the same but for mark @index; @index == n_marks appends it. */
EmendOverlay *emend_overlay_with_mark (EmendOverlay *overlay,
                                       gsize index,
                                       const EmendOverlayMark *mark);
gboolean emend_overlay_mark_is_shown (const EmendOverlayMark *mark,
                                      const EmendOverlayFilter *filter);
/* Appends the numbers (guint32) of all marks whose bounds meet @rect (image pixels), shown or not, in
 * drawing order. */
void emend_overlay_query (EmendOverlay *overlay,
                          const EmendRect *rect,
                          GArray *found);
/* Replaces @found by the shown marks (guint32) at @point (image pixels): those that contain it or pass
 * within @distance of it; the smallest first, of equal ones the topmost first. */
void emend_overlay_pick (EmendOverlay *overlay,
                         const EmendOverlayFilter *filter,
                         EmendPoint point,
                         double distance,
                         GArray *found);

G_END_DECLS
