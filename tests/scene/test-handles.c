#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-handles.h"

static void
test_positions_hit (void)
{
  EmendRect box = { 100, 200, 80, 60 };
  EmendPoint positions[EMEND_N_HANDLES];

  emend_handles_get_positions (&box, positions);
  for (int i = 0; i < EMEND_N_HANDLES; i++) {
    g_assert_cmpint (emend_handles_hit (&box, positions[i]), ==, i);
    g_assert_true (emend_handles_is_shown (&box, (EmendHandle) i));
  }
  g_assert_cmpint (emend_handles_hit (&box, (EmendPoint){ 140, 230 }), ==, EMEND_HANDLE_INSIDE);
  g_assert_cmpint (emend_handles_hit (&box, (EmendPoint){ 95, 195 }), ==, EMEND_HANDLE_TOP_LEFT);
  g_assert_cmpint (emend_handles_hit (&box, (EmendPoint){ 120, 204 }), ==, EMEND_HANDLE_TOP);
  g_assert_cmpint (emend_handles_hit (&box, (EmendPoint){ 60, 230 }), ==, EMEND_HANDLE_NONE);
  g_assert_cmpint (emend_handles_hit (&box, (EmendPoint){ 140, 300 }), ==, EMEND_HANDLE_NONE);
}

static void
test_small_box (void)
{
  EmendRect box = { 100, 200, 8, 8 };
  int shown = 0;

  /* Even a tiny box can be moved. */
  g_assert_cmpint (emend_handles_hit (&box, (EmendPoint){ 104, 204 }), ==, EMEND_HANDLE_INSIDE);
  g_assert_cmpint (emend_handles_hit (&box, (EmendPoint){ 112, 212 }), ==, EMEND_HANDLE_BOTTOM_RIGHT);
  for (int i = 0; i < EMEND_N_HANDLES; i++)
    shown += emend_handles_is_shown (&box, (EmendHandle) i);
  g_assert_cmpint (shown, ==, 1);
}

static void
test_cursors (void)
{
  g_assert_cmpstr (emend_handle_get_cursor (EMEND_HANDLE_TOP_LEFT, 0), ==, "nw-resize");
  g_assert_cmpstr (emend_handle_get_cursor (EMEND_HANDLE_BOTTOM, 0), ==, "s-resize");
  g_assert_cmpstr (emend_handle_get_cursor (EMEND_HANDLE_INSIDE, 0), ==, "move");
  g_assert_cmpstr (emend_handle_get_cursor (EMEND_HANDLE_NONE, 0), ==, "default");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/handles/hit/positions", test_positions_hit);
  g_test_add_func ("/scene/handles/hit/small-box", test_small_box);
  g_test_add_func ("/scene/handles/get_cursor/names", test_cursors);
  return g_test_run ();
}
