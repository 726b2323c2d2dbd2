#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-page-private.h"

/* Where the panes are. The side and the width of the form or inspector are the project's as soon as it has its own. */

/* Of the line between two panes, in logical pixels. */
#define HANDLE_WIDTH 1

/* What a pane may be remembered to be wide, in logical pixels: the ranges of the settings. */
#define MIN_QUEUE_WIDTH 160
#define MIN_SIDE_WIDTH 240
#define MAX_WIDTH 2000

static const char *
get_own (EmendReviewPage *self,
         const char *key)
{
  return self->review == NULL ? NULL : emend_review_get_setting (self->review, key);
}

/**
 * emend_review_page_is_swapped:
 * @self: a review page
 *
 * Returns: whether the queue stands at the end and the form or inspector at the start, as the project remembers it,
 *   else as the settings of the user say
 */
gboolean
emend_review_page_is_swapped (EmendReviewPage *self)
{
  const char *own = get_own (self, "panes-swapped");

  return own != NULL ? g_str_equal (own, "true") : g_settings_get_boolean (self->settings, "panes-swapped");
}

static int
get_side_width (EmendReviewPage *self)
{
  const char *own = get_own (self, "inspector-width");
  gint64 width;

  if (own != NULL && g_ascii_string_to_signed (own, 10, MIN_SIDE_WIDTH, MAX_WIDTH, &width, NULL))
    return (int) width;
  return g_settings_get_int (self->settings, "inspector-width");
}

static void
set_pane (GtkPaned *paned,
          gboolean at_start,
          GtkWidget *child)
{
  if (at_start) {
    gtk_paned_set_start_child (paned, child);
    gtk_paned_set_resize_start_child (paned, FALSE);
    gtk_paned_set_shrink_start_child (paned, FALSE);
  } else {
    gtk_paned_set_end_child (paned, child);
    gtk_paned_set_resize_end_child (paned, FALSE);
    gtk_paned_set_shrink_end_child (paned, FALSE);
  }
}

static void
place_handles (EmendReviewPage *self)
{
  gboolean swapped = emend_review_page_is_swapped (self);
  int queue = g_settings_get_int (self->settings, "queue-width");
  int side = get_side_width (self);
  int first = swapped ? side : queue;
  int last = swapped ? queue : side;
  int width = gtk_widget_get_width (GTK_WIDGET (self->inner));

  if (!gtk_widget_get_visible (gtk_paned_get_start_child (self->outer)))
    first = 0;
  gtk_paned_set_position (self->outer, first);
  /* Its width is the one before the outer handle moved: when it follows, the last pane keeps what it has here. */
  if (width > 0)
    gtk_paned_set_position (self->inner, MAX (0, width - last - HANDLE_WIDTH));
}

/**
 * emend_review_page_arrange:
 * @self: a review page
 *
 * Puts queue and inspector where the settings say.
 */
void
emend_review_page_arrange (EmendReviewPage *self)
{
  gboolean swapped = emend_review_page_is_swapped (self);
  GtkWidget *start = swapped ? self->side : GTK_WIDGET (self->queue);
  GtkWidget *end = swapped ? GTK_WIDGET (self->queue) : self->side;

  if (gtk_paned_get_start_child (self->outer) != start) {
    g_object_ref (start);
    g_object_ref (end);
    gtk_paned_set_start_child (self->outer, NULL);
    gtk_paned_set_end_child (self->inner, NULL);
    set_pane (self->outer, TRUE, start);
    set_pane (self->inner, FALSE, end);
    g_object_unref (start);
    g_object_unref (end);
    place_handles (self);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->queue), g_settings_get_boolean (self->settings, "queue-visible"));
  gtk_widget_set_visible (self->side, g_settings_get_boolean (self->settings, "inspector-visible"));
}

static gboolean
layout_idle_cb (gpointer data)
{
  EmendReviewPage *self = data;

  self->layout_idle = 0;
  self->laid_out = TRUE;
  place_handles (self);
  return G_SOURCE_REMOVE;
}

/* The widths of the panes can be set only when the window has one, and not while it is laid out. */
static void
max_position_cb (EmendReviewPage *self)
{
  if (!self->laid_out && self->layout_idle == 0 && gtk_widget_get_width (GTK_WIDGET (self->inner)) > 1)
    self->layout_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, layout_idle_cb, self, NULL);
}

/**
 * emend_review_page_set_up_layout:
 * @self: a review page, as it is made
 *
 * Gives the panes their widths as soon as the page is laid out.
 */
void
emend_review_page_set_up_layout (EmendReviewPage *self)
{
  g_signal_connect_object (self->inner, "notify::max-position", G_CALLBACK (max_position_cb), self, G_CONNECT_SWAPPED);
}

/**
 * emend_review_page_restore_layout:
 * @self: a review page whose project has told what it remembers
 *
 * Puts the panes where the project has them, and makes them as wide.
 */
void
emend_review_page_restore_layout (EmendReviewPage *self)
{
  emend_review_page_arrange (self);
  if (self->laid_out)
    place_handles (self);
}

/* How wide a pane is, or -1 when it is not seen or that is not worth remembering. */
static int
measure (EmendReviewPage *self,
         GtkWidget *pane,
         int least)
{
  int width = gtk_widget_get_width (pane);

  return self->laid_out && gtk_widget_get_mapped (pane) && width >= least ? MIN (width, MAX_WIDTH) : -1;
}

/**
 * emend_review_page_save_layout:
 * @self: a review page
 *
 * Remembers the widths of the panes: that of the queue for the user; that of the form or inspector for the project,
 * and as what the next new project has.
 */
void
emend_review_page_save_layout (EmendReviewPage *self)
{
  int queue = measure (self, GTK_WIDGET (self->queue), MIN_QUEUE_WIDTH);
  int side = measure (self, self->side, MIN_SIDE_WIDTH);
  g_autofree char *text = g_strdup_printf ("%d", side);

  if (queue >= 0)
    g_settings_set_int (self->settings, "queue-width", queue);
  if (side < 0 || side == get_side_width (self))
    return;
  g_settings_set_int (self->settings, "inspector-width", side);
  emend_review_set_setting (self->review, "inspector-width", text);
}

/**
 * emend_review_page_set_swapped:
 * @self: a review page
 * @swapped: see emend_review_page_is_swapped()
 *
 * Changes the sides of the panes, and remembers it for the project.
 */
void
emend_review_page_set_swapped (EmendReviewPage *self,
                               gboolean swapped)
{
  emend_review_page_save_layout (self);
  emend_review_set_setting (self->review, "panes-swapped", swapped ? "true" : "false");
  emend_review_page_arrange (self);
}
