#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What libFuzzer calls with its inputs, and emend-fuzz-replay.c with files and seeded mutations of them. */
int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t size);

G_END_DECLS
