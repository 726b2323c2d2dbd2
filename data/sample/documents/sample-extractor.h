#pragma once

#include "sample-sheet.h"

G_BEGIN_DECLS

GPtrArray *sample_extractor_run (SampleSheet *sheet,
                                 const SampleDocument *document,
                                 int page_width,
                                 int page_height);

G_END_DECLS
