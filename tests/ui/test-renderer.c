/* With what the window is drawn, by the machine's devices. */
#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-renderer.h"
#include "emend-test.h"

static void
assert_choice (const char *devices,
               const char *before,
               const char *expected)
{
  g_unsetenv ("GSK_RENDERER");
  if (before != NULL)
    g_setenv ("GSK_RENDERER", before, TRUE);
  emend_renderer_choose (devices);
  g_assert_cmpstr (g_getenv ("GSK_RENDERER"), ==, expected);
}

static void
test_card (void)
{
  static const struct {
    const char *folder;
    const char *device;
    gboolean is_card;
  } machines[] = {
    { NULL, "null", FALSE },   /* none at all */
    { "dri", "card0", FALSE }, /* a screen that cannot draw, as of many servers and virtual machines */
    { "dri", "renderD128", TRUE },
    { NULL, "nvidia0", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (machines); i++) {
    g_autofree char *devices = emend_test_make_folder ();
    g_autofree char *folder = g_build_filename (devices, machines[i].folder, NULL);
    g_autofree char *device = emend_test_write (folder, machines[i].device, "");

    g_assert_cmpint (emend_renderer_finds_card (devices), ==, machines[i].is_card);
    assert_choice (devices, NULL, machines[i].is_card ? NULL : "cairo");
    assert_choice (devices, "gl", "gl");
    emend_test_remove_folder (devices);
  }
}

static void
test_no_devices (void)
{
  g_assert_false (emend_renderer_finds_card ("/nowhere"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/renderer/card", test_card);
  g_test_add_func ("/app/renderer/no-devices", test_no_devices);
  return g_test_run ();
}
