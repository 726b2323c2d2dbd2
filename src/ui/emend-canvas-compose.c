#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-canvas-private.h"

#include <adwaita.h>

/* Composing that takes longer than this is done on another thread, in milliseconds; well below the
 * 16 ms of a frame, because the rest of the window is drawn in it too. */
#define LONGEST_IN_FRAME 9.0

/* Round images, in both themes, and round documents. */
#define GROUND 0x1d1d20
#define DOCUMENT_GROUND_LIGHT 0xd6d6d8
#define DOCUMENT_GROUND_DARK 0x242428

/* All that one picture of the view is made of; the canvas may change while it is being made. */
struct _EmendCanvasJob {
  gatomicrefcount refs;
  EmendComposeInput input;
  GArray *tiles;
  EmendPixmap *pixmap;
  gboolean complete;
  int cancelled;
  double ms;
};

static void
job_unref (EmendCanvasJob *job)
{
  if (!g_atomic_ref_count_dec (&job->refs))
    return;
  g_clear_pointer (&job->tiles, g_array_unref);
  g_clear_pointer (&job->input.overlay, emend_overlay_unref);
  g_clear_pointer (&job->pixmap, emend_pixmap_unref);
  g_free (job);
}

static EmendCanvasJob *
job_ref (EmendCanvasJob *job)
{
  g_atomic_ref_count_inc (&job->refs);
  return job;
}

/**
 * emend_canvas_get_ground:
 * @self: a canvas
 *
 * Returns: the colour round the page, 0xRRGGBB
 */
guint32
emend_canvas_get_ground (EmendCanvas *self)
{
  if (!self->is_document)
    return GROUND;
  return adw_style_manager_get_dark (adw_style_manager_get_default ()) ? DOCUMENT_GROUND_DARK : DOCUMENT_GROUND_LIGHT;
}

static void
request_picture (EmendCanvas *self)
{
  EmendRect visible = emend_viewport_get_visible (&self->viewport);

  if (self->picture != NULL)
    emend_picture_request (self->picture, &visible, emend_viewport_get_zoom (&self->viewport));
}

static gboolean
painted_cb (gpointer data)
{
  EmendCanvas *self = data;

  self->painted_idle = 0;
  request_picture (self);
  return G_SOURCE_REMOVE;
}

/* What is there already of another page is shown first: decoding would compete with drawing it. */
static void
request_when_painted (EmendCanvas *self)
{
  if (self->painted_idle == 0)
    self->painted_idle = g_idle_add_full (GDK_PRIORITY_REDRAW + 1, painted_cb, self, NULL);
}

static EmendCanvasJob *
job_new (EmendCanvas *self)
{
  EmendCanvasJob *job = g_new0 (EmendCanvasJob, 1);
  EmendRect visible = emend_viewport_get_visible (&self->viewport);
  double scale = emend_viewport_get_zoom (&self->viewport);
  int width;
  int height;

  g_atomic_ref_count_init (&job->refs);
  emend_compose_input_init (&job->input);
  job->input.background = emend_canvas_get_ground (self);
  job->input.page_shadow = self->is_document;
  if (self->is_document)
    job->input.page_color = 0xffffff;
  job->input.viewport = self->viewport;
  job->complete = TRUE;
  if (self->picture != NULL) {
    job->tiles = emend_picture_take_tiles (self->picture, &visible, scale, &job->complete);
    job->input.tiles = job->tiles;
    if (self->pixels == NULL && job->tiles->len > 0)
      request_when_painted (self);
    else
      request_picture (self);
  }
  if (self->overlay != NULL && self->table == NULL)
    job->input.overlay = emend_overlay_ref (self->overlay);
  job->input.filter = self->filter;
  job->input.selected = self->selected;
  job->input.dim_others = self->selected >= 0;
  emend_compose_get_size (&self->viewport, &width, &height);
  job->pixmap = emend_pixmap_new (width, height);
  return job;
}

/* Any thread. */
static void
job_run (EmendCanvasJob *job)
{
  gint64 start = g_get_monotonic_time ();

  if (job->pixmap != NULL)
    emend_compose (&job->input, job->pixmap, &job->cancelled);
  job->ms = (double) (g_get_monotonic_time () - start) / 1000;
}

static void
take_job (EmendCanvas *self,
          EmendCanvasJob *job)
{
  if (job->pixmap == NULL)
    return; /* no memory for a window full of pixels: what was shown stays */
  g_clear_pointer (&self->pixels, emend_pixels_free);
  self->pixels = emend_pixels_new (job->pixmap);
  self->pixels_viewport = job->input.viewport;
  self->complete = job->complete;
  self->compose_ms = self->compose_ms * 0.5 + job->ms * 0.5;
}

static void
job_worker (GTask *task,
            gpointer source,
            gpointer data,
            GCancellable *cancellable)
{
  job_run (data);
  g_task_return_boolean (task, TRUE);
}

static void
job_cb (GObject *source,
        GAsyncResult *result,
        gpointer data)
{
  g_autoptr (EmendCanvas) self = data;
  EmendCanvasJob *job = g_task_get_task_data (G_TASK (result));

  if (self->job == job) {
    g_clear_pointer (&self->job, job_unref);
    take_job (self, job);
    gtk_widget_queue_draw (GTK_WIDGET (self));
  }
}

static void
start_job (EmendCanvas *self,
           EmendCanvasJob *job)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, job_cb, g_object_ref (self));

  g_task_set_name (task, "emend_canvas_compose");
  self->job = job_ref (job);
  g_task_set_task_data (task, job_ref (job), (GDestroyNotify) job_unref);
  g_task_set_priority (task, G_PRIORITY_HIGH);
  g_task_run_in_thread (task, job_worker);
}

/**
 * emend_canvas_redraw:
 * @self: a canvas
 *
 * What it shows changed: makes a new picture of it with the next frame.
 */
void
emend_canvas_redraw (EmendCanvas *self)
{
  self->dirty = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * emend_canvas_drop_pixels:
 * @self: a canvas
 *
 * Another page: nothing of the last picture may show any more.
 */
void
emend_canvas_drop_pixels (EmendCanvas *self)
{
  if (self->job != NULL)
    g_atomic_int_set (&self->job->cancelled, 1);
  g_clear_pointer (&self->job, job_unref);
  g_clear_pointer (&self->pixels, emend_pixels_free);
  g_clear_handle_id (&self->painted_idle, g_source_remove);
  self->complete = FALSE;
}

/**
 * emend_canvas_update_pixels:
 * @self: a canvas
 *
 * Brings the picture of the view up to date: at once when that is quick or there is none, else on
 * another thread; one at a time, so that a view in motion always gets new pictures.
 */
void
emend_canvas_update_pixels (EmendCanvas *self)
{
  EmendCanvasJob *job;

  if (!self->dirty || self->job != NULL || self->viewport.view_width < 1 || self->viewport.view_height < 1)
    return;
  self->dirty = FALSE;
  job = job_new (self);
  if (self->pixels == NULL || self->compose_ms < LONGEST_IN_FRAME) {
    job_run (job);
    take_job (self, job);
  } else
    start_job (self, job);
  job_unref (job);
}
