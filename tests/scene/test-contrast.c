#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-contrast.h"
#include "emend-outline.h"

/* The colours that labels get by default. */
static const guint32 label_colors[] = { 0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7,
                                        0x44aa99, 0xaa4499, 0x999933, 0x882255, 0x88ccee };

static void
test_known_values (void)
{
  g_assert_cmpfloat_with_epsilon (emend_contrast_get_luminance (0xffffff), 1, 1e-9);
  g_assert_cmpfloat (emend_contrast_get_luminance (0), ==, 0);
  g_assert_cmpfloat_with_epsilon (emend_contrast_get_ratio (0, 0xffffff), 21, 1e-9);
  g_assert_cmpfloat_with_epsilon (emend_contrast_get_ratio (0x777777, 0xffffff), 4.48, 0.005);
  g_assert_cmpfloat_with_epsilon (emend_contrast_get_ratio (0xff0000, 0xffffff), 4.0, 0.005);
}

static void
test_text_is_readable (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (label_colors); i++)
    g_assert_cmpfloat (emend_contrast_get_ratio (label_colors[i], emend_contrast_get_text_color (label_colors[i])),
                       >=, 4.5);
  for (guint32 grey = 0; grey < 256; grey++) {
    guint32 color = grey << 16 | grey << 8 | grey;

    g_assert_cmpfloat (emend_contrast_get_ratio (color, emend_contrast_get_text_color (color)), >=, 4.5);
  }
}

static void
test_lines_stand_out (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (label_colors); i++)
    g_assert_cmpfloat (emend_contrast_get_ratio (emend_outline_get_line_color (label_colors[i]),
                                                 EMEND_OUTLINE_HALO_COLOR),
                       >=, 3);
  g_assert_cmpfloat (emend_contrast_get_ratio (emend_outline_get_line_color (0), EMEND_OUTLINE_HALO_COLOR), >=, 3);
  g_assert_cmphex (emend_outline_get_line_color (0xe69f00), ==, 0xe69f00);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/contrast/get_ratio/known-values", test_known_values);
  g_test_add_func ("/scene/contrast/get_text_color/readable", test_text_is_readable);
  g_test_add_func ("/scene/contrast/lighten/lines", test_lines_stand_out);
  return g_test_run ();
}
