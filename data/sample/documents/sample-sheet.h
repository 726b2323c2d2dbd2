#pragma once

#include <cairo.h>

#include "emend-proposal.h"
#include "sample-document.h"

G_BEGIN_DECLS

typedef enum {
  SAMPLE_LEFT,
  SAMPLE_CENTER,
  SAMPLE_RIGHT,
} SampleAlign;

typedef struct {
  const char *family;
  double size; /* points */
  gboolean bold;
} SampleFont;

/* Where a text goes: its left end, middle or right end on the base line. */
typedef struct {
  double x;
  double y;
  SampleAlign align;
} SampleSpot;

/**
 * SampleSheet:
 * @cr: where it is drawn, in points from the corner of the paper
 * @to_pixels: pixels of the page for each unit of the device
 * @page: the present one, from 0
 * @random: for what differs between sheets; the same each time
 * @values: (element-type EmendProposal): the fields that were drawn, in that order, with their place
 * @others: (element-type EmendProposal): what looks like a field and is none; its label is the field
 *
 * Paper that knows where on it each value stands.
 */
typedef struct {
  cairo_t *cr;
  double to_pixels;
  int page;
  GRand *random;
  GPtrArray *values;
  GPtrArray *others;
} SampleSheet;

SampleSheet *sample_sheet_new (cairo_t *cr,
                               double to_pixels,
                               guint32 seed);
void sample_sheet_free (SampleSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SampleSheet, sample_sheet_free)

void sample_sheet_ink (SampleSheet *sheet,
                       guint32 color);
double sample_sheet_text (SampleSheet *sheet,
                          const SampleFont *font,
                          SampleSpot at,
                          const char *text);
void sample_sheet_value (SampleSheet *sheet,
                         const SampleFont *font,
                         SampleSpot at,
                         SampleField field,
                         const char *text,
                         const char *value);
void sample_sheet_cell (SampleSheet *sheet,
                        const SampleFont *font,
                        SampleSpot at,
                        int row,
                        const char *column,
                        const char *text);
void sample_sheet_other (SampleSheet *sheet,
                         const SampleFont *font,
                         SampleSpot at,
                         SampleField field,
                         const char *text);
void sample_sheet_mark (SampleSheet *sheet,
                        SampleField field,
                        const char *text,
                        const char *value,
                        const EmendRect *place);
void sample_sheet_rule (SampleSheet *sheet,
                        double x1,
                        double x2,
                        double y,
                        double width);
void sample_sheet_fill (SampleSheet *sheet,
                        const EmendRect *place);
void sample_sheet_next_page (SampleSheet *sheet);
const EmendProposal *sample_sheet_find (SampleSheet *sheet,
                                        SampleField field);

/* The layouts; each gives how much of the paper's height it took, in points. */
double sample_receipt_draw (SampleSheet *sheet,
                            const SampleDocument *document);
double sample_letter_draw (SampleSheet *sheet,
                           const SampleDocument *document);
double sample_band_draw (SampleSheet *sheet,
                         const SampleDocument *document);
double sample_form_draw (SampleSheet *sheet,
                         const SampleDocument *document);

/* Paper of a receipt and of everything else, in points. */
#define SAMPLE_ROLL_WIDTH 227.0
#define SAMPLE_A4_WIDTH 595.276
#define SAMPLE_A4_HEIGHT 841.89

G_END_DECLS
