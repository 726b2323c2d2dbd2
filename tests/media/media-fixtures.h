#pragma once

#include "emend-loader-private.h"
#include "emend-picture.h"

G_BEGIN_DECLS

/* A picture of which each pixel can be told: red and green say where it is (red from left to right,
 * green from top to bottom, 0 to 255), blue is 64 but for a square of 255 at the top left. */
VipsImage *media_make_image (int width,
                             int height);
/* Writes @image with libvips' name of options ("x.jpg[Q=90]"); returns the path without them. */
char *media_save (VipsImage *image,
                  const char *folder,
                  const char *name);
char *media_make_file (const char *folder,
                       const char *name,
                       int width,
                       int height);
guint32 media_pixel (const EmendPixmap *pixmap,
                     int x,
                     int y);
/* Whether the pixel is what media_make_image() has at (u, v), both 0..1, within @tolerance. */
void media_assert_position (const EmendPixmap *pixmap,
                            int x,
                            int y,
                            double u,
                            double v,
                            int tolerance);
/* Runs the main context until the size is known or the picture failed. */
void media_wait_opened (EmendPicture *picture);
/* Asks for the view and runs the main context until it is complete. */
GArray *media_wait_view (EmendPicture *picture,
                         const EmendRect *visible,
                         double scale);
/* Draws tiles as the canvas does, without smoothing; what no tile covers stays 0. */
EmendPixmap *media_compose (GArray *tiles,
                            const EmendRect *visible,
                            double scale);
/* A PDF of these objects, numbered from 1; the first is the catalog. Returns its path. */
char *media_make_pdf (const char *folder,
                      const char *name,
                      const char *const *objects);
/* A content stream as one of the objects. */
char *media_pdf_stream (const char *content);
/* The files below @folder of which the name ends in @suffix, sorted. */
GPtrArray *media_find_files (const char *folder,
                             const char *suffix);

G_END_DECLS
