#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "emend-canvas.h"
#include "emend-image.h"

typedef struct {
  GtkWidget *window;
  EmendCanvas *canvas;
} Fixture;

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  EmendRect box = { 100, 80, 60, 40 };
  EmendOverlayMark mark = { .color = 0xe69f00, .score = 0.9 };
  g_autoptr (EmendOverlay) overlay = NULL;

  fixture->window = gtk_window_new ();
  fixture->canvas = EMEND_CANVAS (emend_canvas_new ());
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 600, 400);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->canvas));
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (gtk_widget_get_width (GTK_WIDGET (fixture->canvas)) < 100)
    g_main_context_iteration (NULL, TRUE);
  emend_canvas_set_page (fixture->canvas, NULL, 400, 300);
  emend_shape_init_box (&mark.shape, &box);
  overlay = emend_overlay_new (&mark, 1);
  emend_canvas_set_overlay (fixture->canvas, overlay);
  settle ();
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (fixture->canvas);

  g_object_add_weak_pointer (G_OBJECT (canvas), (gpointer *) &canvas);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (canvas != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Gives a key to the controllers of the canvas, as GTK would. */
static gboolean
press (Fixture *fixture,
       guint keyval,
       GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->canvas));
  gboolean used = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !used; i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      g_signal_emit_by_name (controller, "key-pressed", keyval, 0u, state, &used);
  }
  return used;
}

static void
keep_shape_cb (EmendCanvas *canvas,
               int index,
               gpointer shape,
               gboolean by_key,
               gboolean is_step,
               EmendRect *kept)
{
  g_assert_true (is_step);
  g_assert_cmpint (index, ==, 0);
  g_assert_true (by_key);
  *kept = ((EmendShape *) shape)->box;
}

static void
test_nudge (Fixture *fixture,
            gconstpointer data)
{
  EmendRect box = { 0 };

  g_signal_connect (fixture->canvas, "shape-changed", G_CALLBACK (keep_shape_cb), &box);
  emend_canvas_set_selected (fixture->canvas, 0, NULL);
  g_assert_true (press (fixture, GDK_KEY_Right, 0));
  g_assert_cmpfloat (box.x, ==, 101);
  g_assert_true (press (fixture, GDK_KEY_Up, GDK_SHIFT_MASK));
  g_assert_cmpfloat (box.y, ==, 70);
  g_assert_true (press (fixture, GDK_KEY_Right, GDK_CONTROL_MASK));
  g_assert_cmpfloat (box.width, ==, 61);
  g_assert_cmpfloat (box.x, ==, 100);
}

static void
test_read_only (Fixture *fixture,
                gconstpointer data)
{
  EmendRect box = { 0 };

  g_signal_connect (fixture->canvas, "shape-changed", G_CALLBACK (keep_shape_cb), &box);
  emend_canvas_set_selected (fixture->canvas, 0, NULL);
  emend_canvas_set_read_only (fixture->canvas, TRUE);
  press (fixture, GDK_KEY_Right, 0);
  g_assert_cmpfloat (box.width, ==, 0);
}

static void
test_arrows_pan (Fixture *fixture,
                 gconstpointer data)
{
  double before;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  emend_canvas_zoom (fixture->canvas, 8);
  before = emend_canvas_get_viewport (fixture->canvas)->offset_x;
  g_assert_true (press (fixture, GDK_KEY_Right, 0));
  g_assert_cmpfloat (emend_canvas_get_viewport (fixture->canvas)->offset_x, <, before);
}

static void
test_zoom (Fixture *fixture,
           gconstpointer data)
{
  double zoom;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  emend_canvas_zoom (fixture->canvas, 1);
  zoom = emend_viewport_get_zoom (emend_canvas_get_viewport (fixture->canvas));
  g_assert_cmpfloat_with_epsilon (zoom, 1, 1e-9);
  emend_canvas_zoom_step (fixture->canvas, 1);
  g_assert_cmpfloat (emend_viewport_get_zoom (emend_canvas_get_viewport (fixture->canvas)), >, 1);
  emend_canvas_fit (fixture->canvas);
  g_assert_true (emend_viewport_is_fitted (emend_canvas_get_viewport (fixture->canvas)));
}

static void
count_cb (EmendCanvas *canvas,
          const char *text,
          guint *n_told)
{
  g_assert_nonnull (text);
  (*n_told)++;
}

static void
keep_step_cb (EmendCanvas *canvas,
              int index,
              gpointer shape,
              gboolean by_key,
              gboolean is_step,
              gboolean *kept)
{
  *kept = is_step;
}

/* A corner that has the keys is moved and removed; then Delete and Escape mean what they meant. */
static void
test_corners (Fixture *fixture,
              gconstpointer data)
{
  static const EmendPoint corners[] = { { 10, 10 }, { 50, 10 }, { 10, 50 } };
  static const guint32 size = G_N_ELEMENTS (corners);
  EmendOverlayMark mark = { .color = 0xe69f00, .score = 0.9 };
  g_autoptr (EmendOverlay) overlay = NULL;
  gboolean is_step = FALSE;
  guint n_told = 0;

  g_assert_true (emend_shape_init_points (&mark.shape, EMEND_SHAPE_POLYGON, corners, &size, 1));
  overlay = emend_overlay_new (&mark, 1);
  emend_shape_clear (&mark.shape);
  emend_canvas_set_overlay (fixture->canvas, overlay);
  emend_canvas_set_selected (fixture->canvas, 0, NULL);
  g_signal_connect (fixture->canvas, "shape-changed", G_CALLBACK (keep_step_cb), &is_step);
  g_signal_connect (fixture->canvas, "told", G_CALLBACK (count_cb), &n_told);
  g_assert_false (emend_canvas_key (fixture->canvas, GDK_KEY_Delete, 0));
  g_assert_false (emend_canvas_cancel (fixture->canvas));
  g_assert_true (emend_canvas_key (fixture->canvas, GDK_KEY_v, 0));
  g_assert_true (press (fixture, GDK_KEY_Right, 0));
  g_assert_true (is_step);
  g_assert_true (emend_canvas_key (fixture->canvas, GDK_KEY_Delete, 0));
  g_assert_cmpuint (n_told, ==, 1); /* a triangle keeps its corners */
  g_assert_true (emend_canvas_key (fixture->canvas, GDK_KEY_Insert, 0));
  g_assert_false (is_step);
  g_assert_true (emend_canvas_cancel (fixture->canvas));
  g_assert_false (emend_canvas_key (fixture->canvas, GDK_KEY_Delete, 0));
  settle ();
}

/* Other keys are left to others. */
static void
test_keys_pass (Fixture *fixture,
                gconstpointer data)
{
  emend_canvas_set_selected (fixture->canvas, 0, NULL);
  g_assert_false (press (fixture, GDK_KEY_Return, 0));
  g_assert_false (press (fixture, GDK_KEY_n, 0));
  g_assert_true (press (fixture, GDK_KEY_space, 0));
}

/* In the end the picture of the view is the one that belongs to it. */
static void
test_complete (Fixture *fixture,
               gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while (!emend_canvas_is_complete (fixture->canvas)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_main_context_iteration (NULL, TRUE);
  }
  emend_canvas_set_selected (fixture->canvas, 0, NULL);
  g_assert_false (emend_canvas_is_complete (fixture->canvas));
  while (!emend_canvas_is_complete (fixture->canvas)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_main_context_iteration (NULL, TRUE);
  }
}

/* However often a canvas becomes that of documents, it listens to the colours once; not when it shows pictures. */
static void
test_document (Fixture *fixture,
               gconstpointer data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  for (int i = 0; i < 6; i++) {
    guint n;

    emend_canvas_set_document (fixture->canvas, i % 2 == 0);
    n = g_signal_handlers_block_matched (manager, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, fixture->canvas);
    g_signal_handlers_unblock_matched (manager, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, fixture->canvas);
    g_assert_cmpuint (n, ==, i % 2 == 0 ? 1 : 0);
  }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  emend_media_init (64 * 1024 * 1024);
  ADD ("/ui/canvas/document", test_document);
  ADD ("/ui/canvas/key/nudge", test_nudge);
  ADD ("/ui/canvas/key/read-only", test_read_only);
  ADD ("/ui/canvas/key/arrows-pan", test_arrows_pan);
  ADD ("/ui/canvas/key/pass", test_keys_pass);
  ADD ("/ui/canvas/key/corners", test_corners);
  ADD ("/ui/canvas/zoom", test_zoom);
  ADD ("/ui/canvas/complete", test_complete);
  return g_test_run ();
}
