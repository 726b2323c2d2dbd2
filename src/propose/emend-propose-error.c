#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include "emend-propose-error.h"

/* clang-format off */
G_DEFINE_QUARK (emend_propose_error, emend_propose_error)
/* clang-format on */
