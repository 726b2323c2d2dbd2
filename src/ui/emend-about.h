#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWindow *emend_about_new (GtkWindow *parent);
GtkWindow *emend_shortcuts_new (GtkWindow *parent);

G_END_DECLS
