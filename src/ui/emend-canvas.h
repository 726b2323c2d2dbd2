#pragma once

#include <gtk/gtk.h>

#include "emend-overlay.h"
#include "emend-picture.h"
#include "emend-table-tool.h"
#include "emend-tool.h"
#include "emend-viewport.h"
#include "emend-words.h"

G_BEGIN_DECLS

/**
 * EmendCanvas:
 *
 * Shows a page and what is on it, and lets the reviewer work on it. Numbers of marks are those of the
 * overlay; nothing is changed here, only asked for.
 *
 * Signals:
 *   select (int)                       a mark was chosen with the pointer, or none (-1)
 *   shape-changed (int, gpointer, gboolean, gboolean)  mark, EmendShape, whether by a key, whether it is a
 *                                      small step of a larger change
 *   shape-added (gpointer)             EmendShape
 *   words-taken (GArray, gboolean)  indices (guint) of words; whether they are added to what was taken before
 *   region-drawn (gpointer)            EmendRect: where a field stands
 *   table-changed ()                   the pointer changed the table that is being drawn
 *   opened (int)                       double click on a mark, or beside all (-1)
 *   told (utf8)                        why something cannot be done
 *   view-changed ()                    zoom or place
 *   activity ()                        the reviewer moved the pointer or pressed a key
 */
#define EMEND_TYPE_CANVAS (emend_canvas_get_type ())
G_DECLARE_FINAL_TYPE (EmendCanvas, emend_canvas, EMEND, CANVAS, GtkWidget)

GtkWidget *emend_canvas_new (void);
void emend_canvas_set_page (EmendCanvas *self,
                            EmendPicture *picture,
                            double width,
                            double height);
void emend_canvas_set_overlay (EmendCanvas *self,
                               EmendOverlay *overlay);
EmendOverlay *emend_canvas_get_overlay (EmendCanvas *self);
void emend_canvas_set_filter (EmendCanvas *self,
                              const EmendOverlayFilter *filter);
void emend_canvas_set_selected (EmendCanvas *self,
                                int index,
                                const EmendShape *ghost);
int emend_canvas_get_selected (EmendCanvas *self);
void emend_canvas_set_words (EmendCanvas *self,
                             EmendWords *words);
void emend_canvas_set_taken (EmendCanvas *self,
                             const GArray *indices);
void emend_canvas_set_found (EmendCanvas *self,
                             const GArray *places);
void emend_canvas_set_table (EmendCanvas *self,
                             EmendTableTool *tool);
void emend_canvas_set_table_cells (EmendCanvas *self,
                                   const GArray *filled,
                                   const GArray *unread);
void emend_canvas_set_document (EmendCanvas *self,
                                gboolean is_document);
void emend_canvas_set_pen (EmendCanvas *self,
                           int label,
                           guint32 color,
                           guint shapes);
void emend_canvas_set_read_only (EmendCanvas *self,
                                 gboolean read_only);
void emend_canvas_set_tool (EmendCanvas *self,
                            EmendToolKind kind);
EmendToolKind emend_canvas_get_tool (EmendCanvas *self);

const EmendViewport *emend_canvas_get_viewport (EmendCanvas *self);
void emend_canvas_set_viewport (EmendCanvas *self,
                                const EmendViewport *viewport,
                                gboolean glide);
void emend_canvas_show_rect (EmendCanvas *self,
                             const EmendRect *rect);
void emend_canvas_zoom_to_rect (EmendCanvas *self,
                                const EmendRect *rect,
                                double margin);
void emend_canvas_zoom (EmendCanvas *self,
                        double zoom);
void emend_canvas_zoom_step (EmendCanvas *self,
                             int direction);
void emend_canvas_fit (EmendCanvas *self);
gboolean emend_canvas_cancel (EmendCanvas *self);
gboolean emend_canvas_key (EmendCanvas *self,
                           guint keyval,
                           GdkModifierType state);
gboolean emend_canvas_is_complete (EmendCanvas *self);

G_END_DECLS
