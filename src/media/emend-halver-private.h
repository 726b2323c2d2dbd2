#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Told each row of each size: @step 0 is what was put in. FALSE with an error ends it. */
typedef gboolean (*EmendHalverFunc) (int step,
                                     const guint32 *row,
                                     int y,
                                     gpointer data,
                                     GError **error);

/**
 * EmendHalver:
 *
 * Makes pictures of half, a quarter and so on of the size while the rows come in from the top.
 */
typedef struct _EmendHalver EmendHalver;

EmendHalver *emend_halver_new (int width,
                               int height,
                               int n_steps);
gboolean emend_halver_add (EmendHalver *halver,
                           const guint32 *row,
                           EmendHalverFunc func,
                           gpointer data,
                           GError **error);
void emend_halver_free (EmendHalver *halver);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendHalver, emend_halver_free)

G_END_DECLS
