#pragma once

#include "emend-geometry.h"
#include "emend-loader-private.h"
#include "emend-pixmap.h"

G_BEGIN_DECLS

/**
 * EmendOrient:
 * @first: where the first stored pixel goes, in pixels from the start of the upright pixmap
 * @across: steps to the pixel that is stored to the right of it
 * @down: steps to the pixel that is stored below it
 * @width: of the upright pixmap
 * @height: of the upright pixmap
 *
 * How the stored pixels of one rectangle become upright ones.
 */
typedef struct {
  gssize first;
  gssize across;
  gssize down;
  int width;
  int height;
} EmendOrient;

/* Told the rows of a picture from top to bottom, as they are stored; FALSE with an error ends it. */
typedef gboolean (*EmendRowFunc) (const guint32 *row,
                                  int y,
                                  gpointer data,
                                  GError **error);

void emend_orient_init (EmendOrient *orient,
                        int orientation,
                        int width,
                        int height);
EmendRect emend_orient_rect_to_stored (const EmendHeader *header,
                                       const EmendRect *upright);
EmendRect emend_orient_rect_to_upright (const EmendHeader *header,
                                        const EmendRect *stored);
void emend_orient_write (const EmendOrient *orient,
                         EmendPixmap *pixmap,
                         const guint32 *row,
                         int y,
                         int width);
void emend_render_pack (const guint8 *rgb,
                        guint32 *row,
                        int width);

gboolean emend_header_measure (EmendHeader *header,
                               const char *path,
                               GCancellable *cancellable,
                               GError **error);
VipsImage *emend_render_open (const EmendHeader *header,
                              const char *path,
                              int max_shift,
                              int *shift,
                              GCancellable *cancellable,
                              GError **error);
VipsImage *emend_render_open_shrunk (const EmendHeader *header,
                                     const char *path,
                                     int shift,
                                     GError **error);
gboolean emend_render_rows (VipsImage *image,
                            const char *path,
                            EmendRowFunc func,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
