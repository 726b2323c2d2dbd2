#pragma once

#include <glib.h>

G_BEGIN_DECLS

struct Pix;

double emend_skew_find (struct Pix *pix);

G_END_DECLS
