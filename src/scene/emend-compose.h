#pragma once

#include "emend-overlay.h"
#include "emend-picture.h"
#include "emend-viewport.h"

G_BEGIN_DECLS

/**
 * EmendComposeInput:
 * @viewport: which part of the page shows, and how large
 * @tiles: (nullable) (element-type EmendTile): the picture, drawn in this order
 * @overlay: (nullable): what is drawn over it
 * @filter: which marks of it are shown
 * @selected: number of the mark to leave out because it is drawn on top by others, or -1
 * @dim_others: all marks are drawn fainter, because one is selected
 * @hide_tags: no tags
 * @background: round the page, 0xRRGGBB
 * @page_color: of the page where there is no tile yet, 0xRRGGBB
 * @page_shadow: whether the page throws a soft shadow on the background
 *
 * Everything that the pixels of a view depend on.
 */
typedef struct {
  EmendViewport viewport;
  const GArray *tiles;
  EmendOverlay *overlay;
  EmendOverlayFilter filter;
  int selected;
  gboolean dim_others;
  gboolean hide_tags;
  guint32 background;
  guint32 page_color;
  gboolean page_shadow;
} EmendComposeInput;

/* Empty, with the colours for images. */
void emend_compose_input_init (EmendComposeInput *input);
/* Size of the pixmap for a viewport: the view's size times its device scale, rounded up. */
void emend_compose_get_size (const EmendViewport *viewport,
                             int *width,
                             int *height);
/* Fills @target, which is as large as emend_compose_get_size() says (another size is filled as far as
 * it goes) and not yet shared. The same input gives the same pixels, on any thread, without the main
 * context. @cancelled (nullable) is read with g_atomic_int_get() now and then: when it is not 0 the
 * function returns FALSE soon, with @target partly filled. Frees nothing of @input; the caller keeps
 * tiles and overlay alive meanwhile. */
gboolean emend_compose (const EmendComposeInput *input,
                        EmendPixmap *target,
                        const int *cancelled);

G_END_DECLS
