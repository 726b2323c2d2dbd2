#define G_LOG_DOMAIN "emend-base"

#include "config.h"

#include "emend-error.h"

/* clang-format off */
G_DEFINE_QUARK (emend_base_error, emend_base_error)
/* clang-format on */
