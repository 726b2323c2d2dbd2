#pragma once

#include "sample-sheet.h"

G_BEGIN_DECLS

/**
 * SamplePaper:
 * @document: what stands on it
 * @ground: what lies under the ink: the table or the lid, and the paper
 * @ink: what was printed, stamped and written
 * @matrix: from points of the paper to pixels
 * @dpi: pixels to the inch
 * @width: of the paper in points
 * @height: of the paper in points
 * @seed: for all that is left to chance
 * @random: likewise
 *
 * A sheet of paper on its way to a picture.
 */
typedef struct {
  const SampleDocument *document;
  cairo_surface_t *ground;
  cairo_surface_t *ink;
  cairo_matrix_t matrix;
  double dpi;
  double width;
  double height;
  guint32 seed;
  GRand *random;
} SamplePaper;

SamplePaper *sample_paper_new (const SampleDocument *document,
                               double width,
                               double height);
void sample_paper_free (SamplePaper *paper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SamplePaper, sample_paper_free)

void sample_paper_lay (SamplePaper *paper);
void sample_paper_wear (SamplePaper *paper);
void sample_paper_mark (SamplePaper *paper,
                        SampleSheet *sheet);
gboolean sample_paper_save (SamplePaper *paper,
                            const char *path,
                            GError **error);

G_END_DECLS
