/* Where the panes of a project are, and how wide. */
#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <adwaita.h>

#include "emend-image.h"
#include "emend-review-page-private.h"
#include "emend-settings.h"
#include "ui-fixture.h"

/* The project of the fixture in a window, as if it was opened again. */
typedef struct {
  GSettings *settings;
  EmendPictureCache *pictures;
  EmendThumbnailer *thumbnailer;
  GSimpleActionGroup *actions;
  EmendReview *review;
  EmendReviewPage *page;
  GtkWidget *window;
} Desk;

static Desk *desk_shown;

static gboolean
is_laid_out (UiFixture *fixture)
{
  return desk_shown->page->laid_out && emend_review_get_state (desk_shown->review) != EMEND_REVIEW_LOADING;
}

/* Lets everything that waits for the main loop happen. */
static void
settle (UiFixture *fixture)
{
  ui_fixture_wait (fixture, ui_fixture_is_saved);
  for (int i = 0; i < 200; i++) {
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
}

static void
open_desk (Desk *desk,
           UiFixture *fixture)
{
  desk->settings = emend_settings_new ();
  desk->pictures = emend_picture_cache_new ();
  desk->thumbnailer = emend_thumbnailer_new (fixture->folder);
  desk->actions = g_simple_action_group_new ();
  desk->review = emend_review_new (fixture->store);
  desk->page = EMEND_REVIEW_PAGE (
    emend_review_page_new (desk->review, desk->settings, desk->pictures, desk->thumbnailer));
  desk->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1200, 700);
  gtk_window_set_child (GTK_WINDOW (desk->window), GTK_WIDGET (desk->page));
  emend_review_page_add_actions (desk->page, G_ACTION_MAP (desk->actions));
  gtk_window_present (GTK_WINDOW (desk->window));
  emend_review_start (desk->review, NULL);
  desk_shown = desk;
  ui_fixture_wait (fixture, is_laid_out);
  settle (fixture);
}

static void
close_desk (Desk *desk,
            UiFixture *fixture)
{
  emend_review_page_save_layout (desk->page);
  emend_review_flush (desk->review);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  settle (fixture);
  g_clear_object (&desk->review);
  g_clear_object (&desk->actions);
  g_clear_object (&desk->thumbnailer);
  g_clear_object (&desk->pictures);
  g_clear_object (&desk->settings);
  desk_shown = NULL;
}

static int
side_width (Desk *desk)
{
  return gtk_widget_get_width (desk->page->side);
}

static gboolean
is_side_first (Desk *desk)
{
  return gtk_paned_get_start_child (desk->page->outer) == desk->page->side;
}

static void
swap (Desk *desk,
      gboolean swapped)
{
  g_action_group_change_action_state (G_ACTION_GROUP (desk->actions), "swap-panes", g_variant_new_boolean (swapped));
}

static gboolean
shows_swapped (Desk *desk)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (desk->actions), "swap-panes");

  return g_variant_get_boolean (state);
}

/* What the user's settings say is so in a project that nothing was chosen in, also when it changes. */
static void
test_default (UiFixture *fixture,
              gconstpointer data)
{
  Desk desk = { NULL };

  open_desk (&desk, fixture);
  g_assert_false (is_side_first (&desk));
  g_assert_cmpint (side_width (&desk), ==, 320);
  g_settings_set_boolean (desk.settings, "panes-swapped", TRUE);
  settle (fixture);
  g_assert_true (is_side_first (&desk));
  g_assert_true (shows_swapped (&desk));
  g_settings_reset (desk.settings, "panes-swapped");
  settle (fixture);
  g_assert_false (is_side_first (&desk));
  close_desk (&desk, fixture);
}

/* What was chosen in a project is so when it is opened again, whatever the user's settings say then. */
static void
test_project (UiFixture *fixture,
              gconstpointer data)
{
  Desk desk = { NULL };

  open_desk (&desk, fixture);
  swap (&desk, TRUE);
  settle (fixture);
  g_assert_true (is_side_first (&desk));
  g_assert_false (g_settings_get_boolean (desk.settings, "panes-swapped"));
  gtk_paned_set_position (desk.page->outer, 410);
  settle (fixture);
  g_assert_cmpint (side_width (&desk), ==, 410);
  close_desk (&desk, fixture);

  desk.settings = emend_settings_new ();
  g_assert_cmpint (g_settings_get_int (desk.settings, "inspector-width"), ==, 410);
  g_settings_set_int (desk.settings, "inspector-width", 300);
  g_settings_set_boolean (desk.settings, "panes-swapped", FALSE);
  g_clear_object (&desk.settings);

  open_desk (&desk, fixture);
  g_assert_true (is_side_first (&desk));
  g_assert_true (shows_swapped (&desk));
  g_assert_cmpint (side_width (&desk), ==, 410);
  swap (&desk, FALSE);
  settle (fixture);
  g_assert_false (is_side_first (&desk));
  g_assert_cmpint (side_width (&desk), ==, 410);
  g_settings_reset (desk.settings, "inspector-width");
  g_settings_reset (desk.settings, "panes-swapped");
  close_desk (&desk, fixture);
}

/* What a file says that is no width is passed over. */
static void
test_nonsense (UiFixture *fixture,
               gconstpointer data)
{
  Desk desk = { NULL };

  emend_review_set_setting (fixture->review, "inspector-width", "-5");
  emend_review_set_setting (fixture->review, "panes-swapped", "perhaps");
  ui_fixture_wait (fixture, ui_fixture_is_saved);
  open_desk (&desk, fixture);
  g_assert_false (is_side_first (&desk));
  g_assert_cmpint (side_width (&desk), ==, 320);
  close_desk (&desk, fixture);
}

#define ADD(path, func) g_test_add ("/ui/layout/" path, UiFixture, NULL, ui_fixture_set_up, func, ui_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  emend_media_init (64 * 1024 * 1024);
  ADD ("default", test_default);
  ADD ("project", test_project);
  ADD ("nonsense", test_nonsense);
  return g_test_run ();
}
