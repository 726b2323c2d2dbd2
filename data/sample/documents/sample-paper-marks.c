/* Stamps and pens. */
#include "sample-paper.h"

#include <math.h>

#include "sample-noise.h"

static const SampleFont paid_font = { "Noto Sans", 30, TRUE };
static const SampleFont round_font = { "Noto Sans", 10.5, TRUE };
static const SampleFont round_small = { "Noto Sans", 7.4, FALSE };

/* How much of a stamp's ink came onto the paper: an alpha surface as large as the picture. */
static cairo_surface_t *
make_print (SamplePaper *paper)
{
  int width = cairo_image_surface_get_width (paper->ink);
  int height = cairo_image_surface_get_height (paper->ink);
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  gsize stride = (gsize) cairo_image_surface_get_stride (mask);
  guint8 *data = cairo_image_surface_get_data (mask);

  cairo_surface_flush (mask);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      double coarse = sample_noise_at (paper->seed + 50, x / 40.0, y / 40.0);
      double fine = sample_noise_at (paper->seed + 51, x / 2.6, y / 2.6);
      double missing = MAX (fine - 0.35 - coarse / 2, 0);

      data[(gsize) y * stride + (gsize) x] = (guint8) (255 * CLAMP (1.15 - 2.4 * missing, 0.12, 0.86));
    }
  }
  cairo_surface_mark_dirty (mask);
  return mask;
}

static void
begin_stamp (SampleSheet *sheet,
             double x,
             double y,
             double degrees)
{
  cairo_save (sheet->cr);
  cairo_push_group (sheet->cr);
  cairo_translate (sheet->cr, x, y);
  cairo_rotate (sheet->cr, degrees * G_PI / 180);
  cairo_new_path (sheet->cr);
}

static void
end_stamp (SamplePaper *paper,
           SampleSheet *sheet)
{
  cairo_surface_t *mask = make_print (paper);

  cairo_pop_group_to_source (sheet->cr);
  cairo_identity_matrix (sheet->cr);
  cairo_mask_surface (sheet->cr, mask, 0, 0);
  cairo_restore (sheet->cr);
  cairo_surface_destroy (mask);
}

static void
stamp_paid (SamplePaper *paper,
            SampleSheet *sheet)
{
  cairo_t *cr = sheet->cr;
  double degrees = g_rand_double_range (paper->random, -7, -4);
  double width = 96;

  begin_stamp (sheet, 226, 566, degrees);
  sample_sheet_ink (sheet, 0xb01f2e);
  cairo_set_line_width (cr, 2.6);
  cairo_rectangle (cr, -width / 2, -26, width, 40);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 0.9);
  cairo_rectangle (cr, -width / 2 - 4, -30, width + 8, 48);
  cairo_stroke (cr);
  sample_sheet_value (sheet, &paid_font, (SampleSpot){ 0, 5, SAMPLE_CENTER }, SAMPLE_FIELD_PAID, "PAID", "yes");
  end_stamp (paper, sheet);
}

static void
stamp_received (SamplePaper *paper,
                SampleSheet *sheet)
{
  gboolean form = paper->document->company->layout == SAMPLE_LAYOUT_FORM;
  double degrees = g_rand_double_range (paper->random, -18, 14);
  cairo_t *cr = sheet->cr;

  begin_stamp (sheet, form ? 296 : 250, form ? 612 : 196, degrees);
  sample_sheet_ink (sheet, 0x23408f);
  cairo_set_line_width (cr, 1.9);
  cairo_arc (cr, 0, 0, 44, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 0.8);
  cairo_arc (cr, 0, 0, 39.5, 0, 2 * G_PI);
  cairo_stroke (cr);
  sample_sheet_rule (sheet, -37, 37, -9, 0.9);
  sample_sheet_rule (sheet, -37, 37, 8, 0.9);
  sample_sheet_text (sheet, &round_small, (SampleSpot){ 0, -17, SAMPLE_CENTER }, "MAIL ROOM");
  sample_sheet_text (sheet, &round_font, (SampleSpot){ 0, 3.6, SAMPLE_CENTER }, "RECEIVED");
  sample_sheet_text (sheet, &round_small, (SampleSpot){ 0, 20, SAMPLE_CENTER }, "Desk 4");
  end_stamp (paper, sheet);
}

/* Twice round the total, as one does who has paid. */
static void
loop_total (SamplePaper *paper,
            SampleSheet *sheet)
{
  const EmendProposal *total = sample_sheet_find (sheet, SAMPLE_FIELD_TOTAL);
  const EmendRect *box = &total->shape.box;
  double x = box->x + box->width / 2;
  double y = box->y + box->height / 2;
  cairo_t *cr = sheet->cr;

  cairo_save (cr);
  cairo_identity_matrix (cr);
  cairo_set_source_rgba (cr, 0.11, 0.20, 0.56, 0.86);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 3.4);
  cairo_new_path (cr);
  for (int i = 0; i < 70; i++) {
    double angle = -2.3 + i * 0.17;
    double away = 1 + 0.05 * sin (angle * 1.3) + i * 0.0016;

    cairo_line_to (cr, x + cos (angle) * (box->width * 0.57 + 8) * away,
                   y + sin (angle) * (box->height * 0.82 + 7) * away + 3 * sin (angle * 0.5));
  }
  cairo_stroke (cr);
  cairo_restore (cr);
}

/**
 * sample_paper_mark:
 * @paper: paper
 * @sheet: what was drawn on its ink
 *
 * Puts stamps and pen strokes on what is printed.
 */
void
sample_paper_mark (SamplePaper *paper,
                   SampleSheet *sheet)
{
  if (paper->document->wear & SAMPLE_WEAR_RECEIVED)
    stamp_received (paper, sheet);
  if (paper->document->paid == SAMPLE_PAID_STAMP)
    stamp_paid (paper, sheet);
  if (paper->document->wear & SAMPLE_WEAR_PEN)
    loop_total (paper, sheet);
}
