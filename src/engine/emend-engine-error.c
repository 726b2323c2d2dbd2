#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-engine-error.h"

/* clang-format off */
G_DEFINE_QUARK (emend_engine_error, emend_engine_error)
/* clang-format on */
