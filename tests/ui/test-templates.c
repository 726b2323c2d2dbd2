#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <adwaita.h>

#include "emend-application.h"
#include "emend-canvas.h"
#include "emend-checked-row.h"
#include "emend-color-dot.h"
#include "emend-column-list.h"
#include "emend-column-row.h"
#include "emend-column-window.h"
#include "emend-confidence-bar.h"
#include "emend-draft-row.h"
#include "emend-field-column-row.h"
#include "emend-learned-aliases.h"
#include "emend-field-pane.h"
#include "emend-fields-dialog.h"
#include "emend-fields-editor.h"
#include "emend-form.h"
#include "emend-field-row.h"
#include "emend-grid-bar.h"
#include "emend-image.h"
#include "emend-inspector.h"
#include "emend-label-chooser.h"
#include "emend-mark-details.h"
#include "emend-mark-row.h"
#include "emend-question.h"
#include "emend-queue-row.h"
#include "emend-queue.h"
#include "emend-review-page.h"
#include "emend-rule-pane.h"
#include "emend-settings.h"
#include "emend-status-bar.h"
#include "emend-threshold.h"
#include "emend-thumbnail.h"
#include "emend-window.h"
#include "emend-zoom-bar.h"
#include "ui-fixture.h"

static void
test_settings (void)
{
  g_autoptr (GSettings) settings = emend_settings_new ();

  g_assert_nonnull (settings);
  g_assert_cmpint (g_settings_get_int (settings, "queue-width"), ==, 232);
}

/* The memory is taken at once, the threshold as long as the project has none of its own. */
static void
test_review_settings (UiFixture *fixture,
                      gconstpointer data)
{
  g_autoptr (GSettings) settings = emend_settings_new ();
  g_autoptr (EmendPictureCache) pictures = emend_picture_cache_new ();
  g_autoptr (EmendThumbnailer) thumbnailer = emend_thumbnailer_new (fixture->folder);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GtkWidget) page = NULL;

  g_settings_set_double (settings, "threshold", 0.5);
  page = g_object_ref_sink (emend_review_page_new (fixture->review, settings, pictures, thumbnailer));
  emend_review_page_add_actions (EMEND_REVIEW_PAGE (page), G_ACTION_MAP (actions));
  g_assert_cmpuint (emend_review_count_hidden (fixture->review), ==, 1);
  g_assert_cmpuint (emend_picture_cache_get_limit (pictures), ==, emend_media_memory ());
  g_settings_set_int (settings, "picture-memory", 256);
  g_assert_cmpuint (emend_picture_cache_get_limit (pictures), ==, 256 * 1024 * 1024);
  g_settings_set_double (settings, "threshold", 0.85);
  g_assert_cmpuint (emend_review_count_hidden (fixture->review), ==, 2);
  emend_review_set_setting (fixture->review, "threshold", "0.85");
  g_settings_set_double (settings, "threshold", 0);
  g_assert_cmpuint (emend_review_count_hidden (fixture->review), ==, 2);
  g_settings_reset (settings, "threshold");
  g_settings_reset (settings, "picture-memory");
  g_assert_cmpuint (emend_picture_cache_get_limit (pictures), ==, emend_media_memory ());
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/* Each can be made alone, and nothing keeps it when it is let go. */
static void
test_widget (gconstpointer data)
{
  GType (*get_type) (void) = *(GType (*const *) (void)) data;
  GtkWidget *widget = g_object_new (get_type (), NULL);

  if (GTK_IS_WINDOW (widget)) {
    g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
    gtk_window_present (GTK_WINDOW (widget));
    settle ();
    gtk_window_destroy (GTK_WINDOW (widget));
    settle ();
    g_assert_null (widget);
  } else {
    g_object_ref_sink (widget);
    g_assert_finalize_object (widget);
  }
}

/* Written from right to left nothing breaks either. */
static void
test_right_to_left (void)
{
  GtkWidget *window;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  window = GTK_WIDGET (emend_window_new (NULL));
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  g_assert_cmpint (gtk_widget_get_direction (window), ==, GTK_TEXT_DIR_RTL);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static const struct {
  const char *name;
  GType (*get_type) (void);
} widgets[] = {
  { "canvas", emend_canvas_get_type },
  { "checked-row", emend_checked_row_get_type },
  { "color-dot", emend_color_dot_get_type },
  { "column-list", emend_column_list_get_type },
  { "column-row", emend_column_row_get_type },
  { "column-window", emend_column_window_get_type },
  { "confidence-bar", emend_confidence_bar_get_type },
  { "draft-row", emend_draft_row_get_type },
  { "field-column-row", emend_field_column_row_get_type },
  { "learned-aliases", emend_learned_aliases_get_type },
  { "field-pane", emend_field_pane_get_type },
  { "fields-dialog", emend_fields_dialog_get_type },
  { "fields-editor", emend_fields_editor_get_type },
  { "field-row", emend_field_row_get_type },
  { "form", emend_form_get_type },
  { "grid-bar", emend_grid_bar_get_type },
  { "inspector", emend_inspector_get_type },
  { "label-chooser", emend_label_chooser_get_type },
  { "mark-details", emend_mark_details_get_type },
  { "mark-row", emend_mark_row_get_type },
  { "question", emend_question_get_type },
  { "queue", emend_queue_get_type },
  { "queue-row", emend_queue_row_get_type },
  { "review-page", emend_review_page_get_type },
  { "rule-pane", emend_rule_pane_get_type },
  { "status-bar", emend_status_bar_get_type },
  { "threshold", emend_threshold_get_type },
  { "thumbnail", emend_thumbnail_get_type },
  { "window", emend_window_get_type },
  { "zoom-bar", emend_zoom_bar_get_type },
};

int
main (int argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  emend_media_init (64 * 1024 * 1024);
  g_test_add_func ("/ui/templates/settings", test_settings);
  g_test_add ("/ui/review-page/settings/live", UiFixture, NULL, ui_fixture_set_up, test_review_settings,
              ui_fixture_tear_down);
  g_test_add_func ("/ui/templates/right-to-left", test_right_to_left);
  for (gsize i = 0; i < G_N_ELEMENTS (widgets); i++) {
    g_autofree char *path = g_strdup_printf ("/ui/templates/%s", widgets[i].name);

    g_test_add_data_func (path, &widgets[i].get_type, test_widget);
  }
  return g_test_run ();
}
