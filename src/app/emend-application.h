#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EMEND_TYPE_APPLICATION (emend_application_get_type ())
G_DECLARE_FINAL_TYPE (EmendApplication, emend_application, EMEND, APPLICATION, AdwApplication)

EmendApplication *emend_application_new (void);
GSettings *emend_application_get_settings (EmendApplication *self);

G_END_DECLS
