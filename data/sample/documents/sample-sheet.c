#include "sample-sheet.h"

#include <math.h>

#include <pango/pangocairo.h>

/* Pango 1.50 has none. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PangoContext, g_object_unref)

/**
 * sample_sheet_new:
 * @cr: where to draw; the sheet takes no reference
 * @to_pixels: pixels of the page for each unit of the device
 * @seed: for what differs between sheets
 *
 * Returns: (transfer full): an empty sheet
 */
SampleSheet *
sample_sheet_new (cairo_t *cr,
                  double to_pixels,
                  guint32 seed)
{
  SampleSheet *sheet = g_new0 (SampleSheet, 1);

  sheet->cr = cr;
  sheet->to_pixels = to_pixels;
  sheet->random = g_rand_new_with_seed (seed);
  sheet->values = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_proposal_free);
  sheet->others = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_proposal_free);
  return sheet;
}

/**
 * sample_sheet_free:
 * @sheet: (transfer full) (nullable): a sheet
 */
void
sample_sheet_free (SampleSheet *sheet)
{
  if (sheet == NULL)
    return;
  g_rand_free (sheet->random);
  g_ptr_array_unref (sheet->values);
  g_ptr_array_unref (sheet->others);
  g_free (sheet);
}

/**
 * sample_sheet_ink:
 * @sheet: a sheet
 * @color: 0xRRGGBB, for all that follows
 */
void
sample_sheet_ink (SampleSheet *sheet,
                  guint32 color)
{
  cairo_set_source_rgb (sheet->cr, (color >> 16 & 0xff) / 255.0, (color >> 8 & 0xff) / 255.0, (color & 0xff) / 255.0);
}

/* The same letters at the same places on every machine that has the font. */
static PangoLayout *
make_layout (SampleSheet *sheet,
             const SampleFont *font,
             const char *text)
{
  g_autoptr (PangoContext) context = pango_cairo_create_context (sheet->cr);
  PangoFontDescription *description = pango_font_description_from_string (font->family);
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoLayout *layout;

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  pango_font_description_set_absolute_size (description, font->size * PANGO_SCALE);
  if (font->bold)
    pango_font_description_set_weight (description, PANGO_WEIGHT_BOLD);
  layout = pango_layout_new (context);
  pango_layout_set_font_description (layout, description);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (description);
  return layout;
}

/* Upright bounds on the page of a rectangle of the paper. */
static EmendRect
place_on_page (SampleSheet *sheet,
               const EmendRect *rect)
{
  double x1 = G_MAXDOUBLE;
  double y1 = G_MAXDOUBLE;
  double x2 = -G_MAXDOUBLE;
  double y2 = -G_MAXDOUBLE;

  for (int corner = 0; corner < 4; corner++) {
    double x = rect->x + (corner % 2 == 1 ? rect->width : 0);
    double y = rect->y + (corner > 1 ? rect->height : 0);

    cairo_user_to_device (sheet->cr, &x, &y);
    x1 = MIN (x1, x);
    y1 = MIN (y1, y);
    x2 = MAX (x2, x);
    y2 = MAX (y2, y);
  }
  x1 = floor (x1 * sheet->to_pixels - 1);
  y1 = floor (y1 * sheet->to_pixels - 1);
  return (EmendRect){ x1, y1, ceil (x2 * sheet->to_pixels + 1) - x1, ceil (y2 * sheet->to_pixels + 1) - y1 };
}

/* Draws the text; gives where its ink is on the paper. */
static double
draw_text (SampleSheet *sheet,
           const SampleFont *font,
           SampleSpot at,
           const char *text,
           EmendRect *ink)
{
  g_autoptr (PangoLayout) layout = make_layout (sheet, font, text);
  PangoRectangle inked, logical;
  double width, x, y;

  pango_layout_get_extents (layout, &inked, &logical);
  width = (double) logical.width / PANGO_SCALE;
  x = at.x - (at.align == SAMPLE_LEFT ? 0 : at.align == SAMPLE_CENTER ? width / 2 :
                                                                        width);
  y = at.y - (double) pango_layout_get_baseline (layout) / PANGO_SCALE;
  cairo_move_to (sheet->cr, x, y);
  pango_cairo_show_layout (sheet->cr, layout);
  if (ink != NULL)
    *ink = (EmendRect){ x + (double) inked.x / PANGO_SCALE, y + (double) inked.y / PANGO_SCALE,
                        (double) inked.width / PANGO_SCALE, (double) inked.height / PANGO_SCALE };
  return width;
}

static EmendProposal *
new_value (SampleSheet *sheet,
           SampleField field,
           const char *text,
           const char *value,
           const EmendRect *place)
{
  EmendProposal *made = emend_proposal_new ();
  EmendRect box = place_on_page (sheet, place);

  made->page = sheet->page;
  made->label = (int) field;
  made->score = NAN;
  emend_shape_init_box (&made->shape, &box);
  made->value = emend_value_new (value);
  g_free (made->value->text);
  made->value->text = g_strdup (text);
  return made;
}

/**
 * sample_sheet_text:
 * @sheet: a sheet
 * @font: how it is set
 * @at: where
 * @text: what
 *
 * Returns: its width in points
 */
double
sample_sheet_text (SampleSheet *sheet,
                   const SampleFont *font,
                   SampleSpot at,
                   const char *text)
{
  return draw_text (sheet, font, at, text, NULL);
}

/**
 * sample_sheet_value:
 * @sheet: a sheet
 * @font: how it is set
 * @at: where
 * @field: whose value it is
 * @text: what stands there
 * @value: what it means
 */
void
sample_sheet_value (SampleSheet *sheet,
                    const SampleFont *font,
                    SampleSpot at,
                    SampleField field,
                    const char *text,
                    const char *value)
{
  EmendRect ink;

  draw_text (sheet, font, at, text, &ink);
  g_ptr_array_add (sheet->values, new_value (sheet, field, text, value, &ink));
}

/**
 * sample_sheet_cell:
 * @sheet: a sheet
 * @font: how it is set
 * @at: where
 * @row: of the lines, from 0
 * @column: its name in the schema
 * @text: what stands there
 */
void
sample_sheet_cell (SampleSheet *sheet,
                   const SampleFont *font,
                   SampleSpot at,
                   int row,
                   const char *column,
                   const char *text)
{
  EmendProposal *made;
  EmendRect ink;

  draw_text (sheet, font, at, text, &ink);
  made = new_value (sheet, SAMPLE_FIELD_LINES, text, text, &ink);
  made->value->row = row;
  made->value->column = g_strdup (column);
  g_ptr_array_add (sheet->values, made);
}

/**
 * sample_sheet_other:
 * @sheet: a sheet
 * @font: how it is set
 * @at: where
 * @field: for which it could be taken
 * @text: what stands there
 *
 * Draws something that is no value of a field.
 */
void
sample_sheet_other (SampleSheet *sheet,
                    const SampleFont *font,
                    SampleSpot at,
                    SampleField field,
                    const char *text)
{
  EmendRect ink;

  draw_text (sheet, font, at, text, &ink);
  g_ptr_array_add (sheet->others, new_value (sheet, field, text, text, &ink));
}

/**
 * sample_sheet_mark:
 * @sheet: a sheet
 * @field: whose value it is
 * @text: the word there
 * @value: what it means
 * @place: where, in points
 *
 * Notes a value that was drawn otherwise.
 */
void
sample_sheet_mark (SampleSheet *sheet,
                   SampleField field,
                   const char *text,
                   const char *value,
                   const EmendRect *place)
{
  g_ptr_array_add (sheet->values, new_value (sheet, field, text, value, place));
}

/**
 * sample_sheet_rule:
 * @sheet: a sheet
 * @x1: left end
 * @x2: right end
 * @y: of its middle
 * @width: of the line
 */
void
sample_sheet_rule (SampleSheet *sheet,
                   double x1,
                   double x2,
                   double y,
                   double width)
{
  cairo_set_line_width (sheet->cr, width);
  cairo_move_to (sheet->cr, x1, y);
  cairo_line_to (sheet->cr, x2, y);
  cairo_stroke (sheet->cr);
}

/**
 * sample_sheet_fill:
 * @sheet: a sheet
 * @place: what to fill, in points
 */
void
sample_sheet_fill (SampleSheet *sheet,
                   const EmendRect *place)
{
  cairo_rectangle (sheet->cr, place->x, place->y, place->width, place->height);
  cairo_fill (sheet->cr);
}

/**
 * sample_sheet_next_page:
 * @sheet: a sheet of a PDF
 */
void
sample_sheet_next_page (SampleSheet *sheet)
{
  cairo_show_page (sheet->cr);
  sheet->page++;
}

/**
 * sample_sheet_find:
 * @sheet: a sheet
 * @field: a field that is no table
 *
 * Returns: (transfer none) (nullable): its value
 */
const EmendProposal *
sample_sheet_find (SampleSheet *sheet,
                   SampleField field)
{
  for (guint i = 0; i < sheet->values->len; i++) {
    const EmendProposal *value = g_ptr_array_index (sheet->values, i);

    if (value->label == (int) field)
      return value;
  }
  return NULL;
}
