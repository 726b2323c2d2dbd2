#pragma once

#include "emend-canvas.h"
#include "emend-compose.h"
#include "emend-pixels.h"
#include "emend-table-tool.h"

G_BEGIN_DECLS

typedef struct _EmendCanvasJob EmendCanvasJob;

/* What a drag of the pointer is taking from the page. */
typedef enum {
  EMEND_TAKING_NOTHING,
  EMEND_TAKING_WORDS,
  EMEND_TAKING_REGION,
} EmendTaking;

struct _EmendCanvas {
  GtkWidget parent_instance;

  EmendPicture *picture;
  EmendOverlay *overlay;
  EmendOverlayFilter filter;
  int selected;
  EmendShape ghost; /* what was proposed for the selected mark, when it differs */
  gboolean has_ghost;
  int hovered;
  int pen;
  guint32 pen_color;
  guint pen_shapes;
  gboolean read_only;

  EmendViewport viewport;
  EmendViewport home; /* what the reviewer chose: from there the view goes to what is asked */
  EmendTool *tool;
  gboolean has_preview;
  EmendShape preview;
  int preview_index;

  EmendPixels *pixels; /* (nullable): the picture of the view */
  EmendViewport pixels_viewport;
  gboolean complete;  /* its tiles were the best there are */
  gboolean dirty;     /* it does not show what it should */
  guint painted_idle; /* asks for the rest of the picture once the first frame of the page is drawn */
  EmendCanvasJob *job;
  double compose_ms; /* what composing takes lately */

  gboolean gliding;
  EmendViewport glide_from;
  EmendViewport glide_to;
  gint64 glide_start;
  guint glide_tick;

  EmendTableTool *table; /* (nullable): draws a table, and belongs to who set it */
  GArray *filled;        /* (nullable) (element-type EmendRect): what it takes from the page */
  GArray *unread;        /* (nullable) (element-type EmendRect): what it cannot take */

  EmendWords *words; /* (nullable): of the page */
  GArray *taken;     /* (nullable) (element-type guint): words that are shown as taken */
  GArray *found;     /* (nullable) (element-type EmendRect): words that are shown as found */
  EmendTaking taking;
  EmendPoint taking_from; /* in the view */
  EmendPoint taking_to;
  int hovered_word;
  gboolean is_document;

  GtkGesture *drag;
  GtkGesture *pinch;
  gboolean space;
  int button;
  EmendPoint press;
  gint64 press_time;
  GdkCursor *turning; /* (nullable): made when it is needed */
  EmendPoint pointer; /* where it is, in the view */
  double pinch_scale;
};

/* emend-canvas-compose.c */
guint32 emend_canvas_get_ground (EmendCanvas *self);
void emend_canvas_redraw (EmendCanvas *self);
void emend_canvas_update_pixels (EmendCanvas *self);
void emend_canvas_drop_pixels (EmendCanvas *self);

/* emend-canvas-cursor.c */
void emend_canvas_set_cursor (EmendCanvas *self,
                              const char *name);

/* emend-canvas-draw.c */
void emend_canvas_snapshot (GtkWidget *widget,
                            GtkSnapshot *snapshot);

/* emend-canvas-input.c */
void emend_canvas_add_controllers (EmendCanvas *self);
void emend_canvas_end_input (EmendCanvas *self);
EmendToolContext emend_canvas_get_context (EmendCanvas *self);

/* emend-canvas-table.c */
gboolean emend_canvas_point_table (EmendCanvas *self,
                                   const EmendPointerEvent *event);
void emend_canvas_draw_table (EmendCanvas *self,
                              GtkSnapshot *snapshot);

/* emend-canvas-words.c */
gboolean emend_canvas_point_words (EmendCanvas *self,
                                   const EmendPointerEvent *event);
void emend_canvas_draw_words (EmendCanvas *self,
                              GtkSnapshot *snapshot);

/* emend-canvas.c */
enum {
  EMEND_CANVAS_SELECT,
  EMEND_CANVAS_SHAPE_CHANGED,
  EMEND_CANVAS_SHAPE_ADDED,
  EMEND_CANVAS_OPENED,
  EMEND_CANVAS_WORDS_TAKEN,
  EMEND_CANVAS_REGION_DRAWN,
  EMEND_CANVAS_TABLE_CHANGED,
  EMEND_CANVAS_TOLD,
  EMEND_CANVAS_VIEW_CHANGED,
  EMEND_CANVAS_ACTIVITY,
  EMEND_CANVAS_N_SIGNALS,
};

extern guint emend_canvas_signals[EMEND_CANVAS_N_SIGNALS];

void emend_canvas_set_preview (EmendCanvas *self,
                               int index,
                               const EmendShape *shape);

G_END_DECLS
