#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-page-private.h"

#include <inttypes.h>

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "emend-color-dot.h"
#include "emend-text.h"
#include "emend-phrases.h"

/* Neighbours are read ahead so long after an item was opened, or after so many of these pauses. */
#define PREFETCH_PAUSE_MS 30
#define MAX_PREFETCH_WAITS 50

G_DEFINE_FINAL_TYPE (EmendReviewPage, emend_review_page, GTK_TYPE_BOX)

enum {
  SIGNAL_TOLD,
  SIGNAL_FAILED,
  SIGNAL_TITLE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
emend_review_page_dispose (GObject *object)
{
  EmendReviewPage *self = EMEND_REVIEW_PAGE (object);

  g_clear_handle_id (&self->prefetch_idle, g_source_remove);
  g_clear_handle_id (&self->layout_idle, g_source_remove);
  if (self->chooser != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->chooser));
  self->chooser = NULL;
  emend_review_page_drop_table (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), EMEND_TYPE_REVIEW_PAGE);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->document);
  g_clear_object (&self->learner);
  g_clear_object (&self->review);
  g_clear_object (&self->settings);
  g_clear_object (&self->pictures);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->picture);
  G_OBJECT_CLASS (emend_review_page_parent_class)->dispose (object);
}

static void
mark_changed_cb (EmendReviewPage *self,
                 guint index)
{
  EmendOverlayMark mark = emend_review_page_get_overlay_mark (self, index);
  EmendOverlay *before = emend_canvas_get_overlay (self->canvas);
  g_autoptr (EmendOverlay) overlay = NULL;

  if (before == NULL)
    return;
  overlay = emend_overlay_with_mark (before, index, &mark);
  emend_canvas_set_overlay (self->canvas, overlay);
  if (emend_review_get_selected (self->review) == (int) index)
    emend_review_page_select_mark (self, (int) index);
  emend_review_page_describe (self);
  emend_review_page_update_actions (self);
}

static void
selected_cb (EmendReviewPage *self,
             int index,
             gboolean follow)
{
  emend_review_page_select_mark (self, index);
  if (index >= 0 && follow && g_settings_get_boolean (self->settings, "follow")) {
    const EmendMark *mark = emend_review_get_mark (self->review, (guint) index);

    emend_canvas_show_rect (self->canvas, &emend_mark_get_shape (mark)->box);
  }
  emend_review_page_describe (self);
  emend_review_page_update_actions (self);
}

static void
picture_failed_cb (EmendReviewPage *self,
                   const GError *error)
{
  emend_review_set_unreadable (self->review, error);
}

static void
take_picture (EmendReviewPage *self)
{
  const EmendPage *page = emend_review_get_page (self->review);

  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_clear_object (&self->picture);
  if (emend_review_get_state (self->review) != EMEND_REVIEW_READY || page == NULL) {
    emend_canvas_set_page (self->canvas, NULL, 0, 0);
    return;
  }
  self->picture = emend_picture_cache_get (self->pictures, emend_review_get_media_path (self->review), page->number);
  g_signal_connect_object (self->picture, "failed", G_CALLBACK (picture_failed_cb), self, G_CONNECT_SWAPPED);
  emend_canvas_set_page (self->canvas, self->picture, page->width, page->height);
}

static void
set_problem (EmendReviewPage *self,
             const char *icon,
             const char *title,
             const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->problem), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->problem), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->problem), escaped);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

static void
set_remedy (GtkWidget *button,
            const char *text,
            const char *action)
{
  gtk_widget_set_visible (button, text != NULL);
  if (text == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (button), text);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

/**
 * emend_review_page_show_canvas:
 * @self: a review page
 *
 * Shows the open item, or why it cannot be shown and what can be done about it.
 */
void
emend_review_page_show_canvas (EmendReviewPage *self)
{
  const EmendItem *item = emend_review_get_item (self->review);

  switch (emend_review_get_state (self->review)) {
  case EMEND_REVIEW_READY:
    gtk_stack_set_visible_child_name (self->stack, "canvas");
    break;
  case EMEND_REVIEW_NO_ITEMS:
    set_problem (self, "image-x-generic-symbolic", _ ("No Items Yet"),
                 _ ("Add the images or documents to be reviewed. They stay where they are and are never changed."));
    set_remedy (self->problem_first, _ ("_Add Files…"), "win.add-items");
    set_remedy (self->problem_second, NULL, NULL);
    break;
  case EMEND_REVIEW_MISSING:
    set_problem (self, "dialog-question-symbolic", _ ("The File Is Not Where It Was"), item->path);
    set_remedy (self->problem_first, _ ("_Look for It"), "win.locate");
    set_remedy (self->problem_second, _ ("_Choose the File…"), "win.locate-file");
    break;
  case EMEND_REVIEW_UNREADABLE:
    set_problem (self, "image-missing-symbolic", _ ("This File Cannot Be Shown"),
                 item->media_reason != NULL ? item->media_reason : item->path);
    set_remedy (self->problem_first, _ ("_Next Item"), "win.next-item");
    set_remedy (self->problem_second, NULL, NULL);
    break;
  case EMEND_REVIEW_LOADING:
  default:
    gtk_stack_set_visible_child_name (self->stack, "loading");
    break;
  }
}

static void
finished_cb (EmendReviewPage *self)
{
  guint n_passed = emend_review_count_passed (self->review);
  g_autofree char *passed = g_strdup_printf (ngettext ("%u item whose file cannot be shown was passed over and still "
                                                       "waits.",
                                                       "%u items whose files cannot be shown were passed "
                                                       "over and still wait.",
                                                       n_passed),
                                             n_passed);

  set_problem (self, "emend-accepted-symbolic", _ ("All Looked At"),
               n_passed > 0 ? passed : _ ("Nothing in this project waits for you any more."));
  set_remedy (self->problem_first, _ ("Show the _Report"), "win.report");
  set_remedy (self->problem_second, _ ("_Back to the Item"), "win.show-image");
}

static void
apply_zoom (EmendReviewPage *self)
{
  const char *text = emend_review_get_setting (self->review, "zoom");
  double zoom;

  if (text != NULL && emend_text_to_double (text, -1, &zoom) && zoom > 0)
    emend_canvas_zoom (self->canvas, zoom);
}

/* What will be wanted next does not compete with what is wanted now, unless that takes very long. */
static gboolean
should_wait (EmendReviewPage *self)
{
  return emend_review_get_state (self->review) == EMEND_REVIEW_READY && !emend_canvas_is_complete (self->canvas) &&
         self->prefetch_waits++ < MAX_PREFETCH_WAITS;
}

static void
prefetch (EmendReviewPage *self)
{
  const EmendProjectInfo *info = emend_review_get_info (self->review);
  const EmendViewport *viewport = emend_canvas_get_viewport (self->canvas);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  guint n_pictures = (guint) g_settings_get_int (self->settings, "pictures-ahead");
  /* What is on an item is small, and is read ahead in any case. */
  g_autoptr (GArray) ids = emend_queue_get_neighbours (self->queue, MAX (n_pictures, 3), names);

  emend_review_prefetch (self->review, (const gint64 *) (gpointer) ids->data, ids->len);
  emend_document_read_ahead (self->document, (const gint64 *) (gpointer) ids->data, ids->len);
  for (guint i = 0; i < MIN (names->len, n_pictures); i++)
    g_ptr_array_add (paths, g_build_filename (info->folder, g_ptr_array_index (names, i), NULL));
  g_ptr_array_add (paths, NULL);
  /* The canvas has no size yet when the first item cannot be shown. */
  if (viewport->view_width < 1 || viewport->view_height < 1)
    return;
  emend_picture_cache_prefetch (self->pictures, (const char *const *) paths->pdata,
                                (int) (viewport->view_width * viewport->device_scale),
                                (int) (viewport->view_height * viewport->device_scale));
}

static gboolean
prefetch_cb (gpointer data)
{
  EmendReviewPage *self = data;

  if (should_wait (self))
    return G_SOURCE_CONTINUE;
  self->prefetch_idle = 0;
  prefetch (self);
  return G_SOURCE_REMOVE;
}

/**
 * emend_review_page_prefetch:
 * @self: a review page
 *
 * Reads ahead what may be opened next, and decodes as many pictures of it as the settings say; soon.
 */
void
emend_review_page_prefetch (EmendReviewPage *self)
{
  self->prefetch_waits = 0;
  if (self->prefetch_idle == 0)
    self->prefetch_idle = g_timeout_add_full (G_PRIORITY_LOW, PREFETCH_PAUSE_MS, prefetch_cb, self, NULL);
}

static void
show_page_number (EmendReviewPage *self)
{
  const EmendPage *page = emend_review_get_page (self->review);

  emend_zoom_bar_set_page (self->zoom_bar, page == NULL ? 0 : page->number, emend_review_get_n_pages (self->review));
}

static void
opened_cb (EmendReviewPage *self)
{
  take_picture (self);
  emend_review_page_show_marks (self);
  emend_canvas_set_filter (self->canvas, emend_review_get_filter (self->review));
  emend_review_page_select_mark (self, emend_review_get_selected (self->review));
  emend_canvas_set_read_only (self->canvas, !emend_review_is_writable (self->review));
  emend_review_page_show_canvas (self);
  show_page_number (self);
  apply_zoom (self);
  emend_review_page_describe (self);
  emend_review_page_update_actions (self);
  emend_review_page_prefetch (self);
  g_signal_emit (self, signals[SIGNAL_TITLE_CHANGED], 0);
}

static void
started_cb (EmendReviewPage *self)
{
  EmendSchema *schema = emend_review_get_schema (self->review);
  const char *pen = emend_review_get_setting (self->review, "label");
  const EmendLabel *label = pen == NULL ? NULL : emend_schema_find_label_by_name (schema, pen);
  const EmendProjectInfo *info = emend_review_get_info (self->review);

  emend_label_chooser_set_schema (self->pen_chooser, schema);
  emend_label_chooser_set_schema (self->chooser, schema);
  emend_review_page_show_side (self);
  emend_review_page_take_settings (self);
  emend_review_page_restore_layout (self);
  for (gsize i = 0; label == NULL && i < emend_schema_get_n_labels (schema); i++)
    if (!emend_schema_get_label (schema, i)->retired)
      label = emend_schema_get_label (schema, i);
  emend_review_page_set_pen (self, label == NULL ? -1 : label->id);
  if (info->read_only_reason != NULL)
    emend_review_page_set_notice (self, info->read_only_reason, _ ("Save a _Copy…"), "win.save-copy");
  g_signal_emit (self, signals[SIGNAL_TITLE_CHANGED], 0);
}

static void
counters_cb (EmendReviewPage *self)
{
  emend_canvas_set_filter (self->canvas, emend_review_get_filter (self->review));
  emend_review_page_update_actions (self);
  g_signal_emit (self, signals[SIGNAL_TITLE_CHANGED], 0);
}

/**
 * emend_review_page_tell:
 * @self: a review page
 * @text: why something cannot be done, a whole sentence
 *
 * Shows it for a moment.
 */
void
emend_review_page_tell (EmendReviewPage *self,
                        const char *text)
{
  g_signal_emit (self, signals[SIGNAL_TOLD], 0, text, FALSE);
}

static void
told_cb (EmendReviewPage *self,
         const char *text,
         gboolean can_undo)
{
  g_signal_emit (self, signals[SIGNAL_TOLD], 0, text, can_undo);
}

static void
failed_cb (EmendReviewPage *self,
           const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
canvas_select_cb (EmendReviewPage *self,
                  int index)
{
  emend_review_set_source (self->review, EMEND_DECISION_BY_POINTER);
  emend_review_select (self->review, index, FALSE);
}

static void
shape_changed_cb (EmendReviewPage *self,
                  int index,
                  const EmendShape *shape,
                  gboolean by_key,
                  gboolean more_follows)
{
  /* Small steps before are a decision of their own. */
  if (!more_follows)
    emend_review_flush (self->review);
  emend_review_set_source (self->review, by_key ? EMEND_DECISION_BY_KEYBOARD : EMEND_DECISION_BY_POINTER);
  emend_review_reshape (self->review, index, shape, more_follows);
}

static void
shape_added_cb (EmendReviewPage *self,
                const EmendShape *shape)
{
  emend_review_set_source (self->review, EMEND_DECISION_BY_POINTER);
  emend_review_add (self->review, self->pen_id, shape);
  if (emend_canvas_get_tool (self->canvas) != EMEND_TOOL_SELECT)
    emend_canvas_set_tool (self->canvas, EMEND_TOOL_SELECT);
  emend_review_page_update_actions (self);
}

static void
canvas_opened_cb (EmendReviewPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.follow", NULL);
}

static void
view_changed_cb (EmendReviewPage *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->chooser)))
    gtk_popover_popdown (GTK_POPOVER (self->chooser));
}

static void
queue_activated_cb (EmendReviewPage *self)
{
  if (emend_form_is_used (self->form))
    emend_form_grab_focus (self->form);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/**
 * emend_review_page_set_pen:
 * @self: a review page
 * @label: number of the label for new things, or -1 when the schema has none
 */
void
emend_review_page_set_pen (EmendReviewPage *self,
                           int label)
{
  const EmendLabel *found = emend_schema_find_label (emend_review_get_schema (self->review), label);

  self->pen_id = found == NULL ? -1 : label;
  gtk_widget_set_visible (GTK_WIDGET (self->pen), found != NULL);
  emend_canvas_set_pen (self->canvas, self->pen_id, found == NULL ? 0 : found->color,
                        found == NULL ? 0 : found->shapes);
  emend_review_page_check_tool (self);
  if (found == NULL)
    return;
  emend_color_dot_set_color (EMEND_COLOR_DOT (self->pen_dot), found->color);
  gtk_label_set_text (self->pen_label, found->name);
  emend_label_chooser_set_current (self->pen_chooser, label);
  emend_review_set_setting (self->review, "label", found->name);
}

static void
relabelled_cb (EmendReviewPage *self,
               int label)
{
  emend_review_set_source (self->review, EMEND_DECISION_BY_KEYBOARD);
  emend_review_relabel (self->review, emend_review_get_selected (self->review), label);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/**
 * emend_review_page_choose_label:
 * @self: a review page
 *
 * Offers labels for the selected mark, beside it.
 */
void
emend_review_page_choose_label (EmendReviewPage *self)
{
  int selected = emend_review_get_selected (self->review);
  const EmendMark *mark = selected < 0 ? NULL : emend_review_get_mark (self->review, (guint) selected);
  const EmendViewport *viewport = emend_canvas_get_viewport (self->canvas);
  EmendRect view = { 0, 0, viewport->view_width, viewport->view_height };
  EmendRect box;
  GdkRectangle at;

  if (mark == NULL)
    return;
  box = emend_viewport_rect_to_view (viewport, &emend_mark_get_shape (mark)->box);
  box = emend_rect_intersect (&box, &view);
  at = (GdkRectangle){ (int) box.x, (int) box.y, MAX (1, (int) box.width), MAX (1, (int) box.height) };
  gtk_popover_set_pointing_to (GTK_POPOVER (self->chooser), &at);
  emend_label_chooser_set_current (self->chooser, emend_mark_get_label (mark));
  gtk_popover_popup (GTK_POPOVER (self->chooser));
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, notice);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, notice_text);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, notice_button);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, outer);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, inner);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, middle);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, canvas);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, zoom_bar);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, grid_bar);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, pen);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, pen_dot);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, pen_label);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, pen_chooser);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, problem);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, problem_first);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, problem_second);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, queue);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, side);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, form);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, inspector);
  gtk_widget_class_bind_template_child (widget_class, EmendReviewPage, status);
}

static void
emend_review_page_class_init (EmendReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_review_page_dispose;
  g_type_ensure (EMEND_TYPE_CANVAS);
  g_type_ensure (EMEND_TYPE_COLOR_DOT);
  g_type_ensure (EMEND_TYPE_FORM);
  g_type_ensure (EMEND_TYPE_GRID_BAR);
  g_type_ensure (EMEND_TYPE_INSPECTOR);
  g_type_ensure (EMEND_TYPE_LABEL_CHOOSER);
  g_type_ensure (EMEND_TYPE_QUEUE);
  g_type_ensure (EMEND_TYPE_STATUS_BAR);
  g_type_ensure (EMEND_TYPE_ZOOM_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-review-page.ui");
  bind_children (widget_class);
  signals[SIGNAL_TOLD] = g_signal_new ("told", EMEND_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", EMEND_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_TITLE_CHANGED] = g_signal_new ("title-changed", EMEND_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
emend_review_page_init (EmendReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Only while it is seen: one that turns behind another page makes a frame of the whole window 60 times a second. */
  g_signal_connect (self->spinner, "map", G_CALLBACK (gtk_spinner_start), NULL);
  g_signal_connect (self->spinner, "unmap", G_CALLBACK (gtk_spinner_stop), NULL);
  self->pen_id = -1;
  self->chooser = EMEND_LABEL_CHOOSER (emend_label_chooser_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->chooser), GTK_WIDGET (self->canvas));
  emend_zoom_bar_set_canvas (self->zoom_bar, self->canvas);
  g_signal_connect_object (self->canvas, "select", G_CALLBACK (canvas_select_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "shape-changed", G_CALLBACK (shape_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "shape-added", G_CALLBACK (shape_added_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "opened", G_CALLBACK (canvas_opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "told", G_CALLBACK (emend_review_page_tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "view-changed", G_CALLBACK (view_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (relabelled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pen_chooser, "chosen", G_CALLBACK (emend_review_page_set_pen), self,
                           G_CONNECT_SWAPPED);
  emend_review_page_set_up_layout (self);
  g_signal_connect_object (self->queue, "activated", G_CALLBACK (queue_activated_cb), self, G_CONNECT_SWAPPED);
}

static void
set_review (EmendReviewPage *self,
            EmendReview *review)
{
  EmendOverlayFilter filter = *emend_review_get_filter (review);

  self->review = g_object_ref (review);
  filter.show_rejected = g_settings_get_boolean (self->settings, "show-rejected");
  emend_review_set_filter (review, &filter);
  g_signal_connect_object (review, "started", G_CALLBACK (started_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "mark-changed", G_CALLBACK (mark_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "counters", G_CALLBACK (counters_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "activity", G_CALLBACK (emend_review_note_activity), review,
                           G_CONNECT_SWAPPED);
  emend_queue_set_review (self->queue, review, self->thumbnailer);
  emend_review_page_set_up_document (self);
  emend_inspector_set_review (self->inspector, review);
  emend_status_bar_set_review (self->status, review);
}

/**
 * emend_review_page_new:
 * @review: the work; not started yet
 * @settings: of the user
 * @pictures: where pictures come from
 * @thumbnailer: where small pictures come from
 *
 * Returns: (transfer floating): a page for it
 */
GtkWidget *
emend_review_page_new (EmendReview *review,
                       GSettings *settings,
                       EmendPictureCache *pictures,
                       EmendThumbnailer *thumbnailer)
{
  EmendReviewPage *self = g_object_new (EMEND_TYPE_REVIEW_PAGE, NULL);

  self->settings = g_object_ref (settings);
  self->pictures = g_object_ref (pictures);
  self->thumbnailer = g_object_ref (thumbnailer);
  set_review (self, review);
  emend_review_page_add_keys (self);
  emend_review_page_arrange (self);
  return GTK_WIDGET (self);
}

/**
 * emend_review_page_get_review:
 * @self: a review page
 *
 * Returns: (transfer none): the work that it shows
 */
EmendReview *
emend_review_page_get_review (EmendReviewPage *self)
{
  return self->review;
}

/**
 * emend_review_page_get_canvas:
 * @self: a review page
 *
 * Returns: (transfer none): its canvas
 */
EmendCanvas *
emend_review_page_get_canvas (EmendReviewPage *self)
{
  return self->canvas;
}

/**
 * emend_review_page_get_learner:
 * @self: a review page
 *
 * Returns: (transfer none): what learns from the work on it
 */
EmendFieldLearner *
emend_review_page_get_learner (EmendReviewPage *self)
{
  return self->learner;
}

/**
 * emend_review_page_get_title:
 * @self: a review page
 *
 * Returns: (transfer full): name of the open item, or of the project
 */
char *
emend_review_page_get_title (EmendReviewPage *self)
{
  const EmendItem *item = emend_review_get_item (self->review);
  const EmendProjectInfo *info = emend_review_get_info (self->review);

  if (item != NULL)
    return emend_item_get_name (item);
  return g_strdup (info != NULL ? info->name : "");
}

/**
 * emend_review_page_get_subtitle:
 * @self: a review page
 *
 * Returns: (transfer full): place of the open item, and how much is left
 */
char *
emend_review_page_get_subtitle (EmendReviewPage *self)
{
  const EmendItem *item = emend_review_get_item (self->review);
  const EmendProjectInfo *info = emend_review_get_info (self->review);

  if (item == NULL || info == NULL)
    return g_strdup ("");
  /* TRANSLATORS: place of an image, number of images, number of proposals that wait: “12 of 240 · 37 left”. */
  return g_strdup_printf (ngettext ("%" PRId64 " of %" PRId64 " · %" PRId64 " left",
                                    "%" PRId64 " of %" PRId64 " · %" PRId64 " left", (gulong) info->n_undecided),
                          item->position + 1, info->n_items, info->n_undecided);
}

/**
 * emend_review_page_set_notice:
 * @self: a review page
 * @text: (nullable): a lasting state that the reviewer must know, whole sentences; %NULL when it is over
 * @button: (nullable): what can be done
 * @action: (nullable): the action that does it
 */
void
emend_review_page_set_notice (EmendReviewPage *self,
                              const char *text,
                              const char *button,
                              const char *action)
{
  gtk_revealer_set_reveal_child (self->notice, text != NULL);
  if (text != NULL)
    gtk_label_set_text (self->notice_text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->notice_button), button != NULL);
  if (button != NULL)
    gtk_button_set_label (self->notice_button, button);
  if (action != NULL)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->notice_button), action);
}
