#pragma once

#include "emend-format.h"
#include "emend-fuzz.h"

G_BEGIN_DECLS

void emend_fuzz_documents (const char *const *formats,
                           const uint8_t *data,
                           size_t size);

G_END_DECLS
