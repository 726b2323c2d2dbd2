#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-media-error.h"

/* clang-format off */
G_DEFINE_QUARK (emend_media_error, emend_media_error)
/* clang-format on */
