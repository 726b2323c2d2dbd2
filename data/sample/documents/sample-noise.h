#pragma once

#include <glib.h>

G_BEGIN_DECLS

double sample_noise_at (guint32 seed,
                        double x,
                        double y);
double sample_noise_white (guint32 *state);

G_END_DECLS
