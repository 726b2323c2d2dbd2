#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-model-error.h"

/* clang-format off */
G_DEFINE_QUARK (emend_model_error, emend_model_error)
/* clang-format on */
