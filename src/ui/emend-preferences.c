#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-preferences.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "emend-image.h"
#include "emend-language-group.h"

struct _EmendPreferences {
  GtkWindow parent_instance;

  AdwComboRow *color_scheme;
  GtkSwitch *follow;
  GtkSwitch *show_rejected;
  GtkSwitch *panes_swapped;
  AdwComboRow *undecided;
  GtkSpinButton *threshold;
  AdwComboRow *picture_memory;
  GtkSpinButton *pictures_ahead;
  EmendLanguageGroup *languages;

  GSettings *settings; /* (nullable) */
};

/* In the order of the rows. */
static const char *const schemes[] = { "system", "light", "dark", NULL };
static const char *const undecided[] = { "ask", "accept", "leave", NULL };
static const int memory_sizes[] = { 0, 256, 512, 1024, 2048, 4096, 8192 }; /* MiB */

G_DEFINE_FINAL_TYPE (EmendPreferences, emend_preferences, GTK_TYPE_WINDOW)

static gboolean
nick_to_row (GValue *value,
             GVariant *variant,
             gpointer data)
{
  const char *const *nicks = data;
  const char *nick = g_variant_get_string (variant, NULL);

  for (guint i = 0; nicks[i] != NULL; i++) {
    if (g_str_equal (nicks[i], nick))
      g_value_set_uint (value, i);
  }
  return TRUE;
}

static GVariant *
row_to_nick (const GValue *value,
             const GVariantType *type,
             gpointer data)
{
  const char *const *nicks = data;
  guint row = g_value_get_uint (value);

  return row < g_strv_length ((char **) nicks) ? g_variant_new_string (nicks[row]) : NULL;
}

/* A size that is not offered shows as none. */
static gboolean
memory_to_row (GValue *value,
               GVariant *variant,
               gpointer data)
{
  g_value_set_uint (value, GTK_INVALID_LIST_POSITION);
  for (guint i = 0; i < G_N_ELEMENTS (memory_sizes); i++) {
    if (memory_sizes[i] == g_variant_get_int32 (variant))
      g_value_set_uint (value, i);
  }
  return TRUE;
}

static GVariant *
row_to_memory (const GValue *value,
               const GVariantType *type,
               gpointer data)
{
  guint row = g_value_get_uint (value);

  return row < G_N_ELEMENTS (memory_sizes) ? g_variant_new_int32 (memory_sizes[row]) : NULL;
}

static gboolean
part_to_percent (GValue *value,
                 GVariant *variant,
                 gpointer data)
{
  g_value_set_double (value, round (g_variant_get_double (variant) * 100));
  return TRUE;
}

static GVariant *
percent_to_part (const GValue *value,
                 const GVariantType *type,
                 gpointer data)
{
  return g_variant_new_double (g_value_get_double (value) / 100);
}

static void
color_scheme_cb (GSettings *settings,
                 const char *key,
                 gpointer data)
{
  static const AdwColorScheme values[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                           ADW_COLOR_SCHEME_FORCE_DARK };
  g_autofree char *nick = g_settings_get_string (settings, "color-scheme");

  for (guint i = 0; schemes[i] != NULL; i++) {
    if (g_str_equal (schemes[i], nick))
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), values[i]);
  }
}

/**
 * emend_preferences_follow_color_scheme:
 * @settings: the user's settings
 *
 * Makes the program light or dark as the settings say, now and whenever they change. Once. Main thread.
 */
void
emend_preferences_follow_color_scheme (GSettings *settings)
{
  g_signal_connect (settings, "changed::color-scheme", G_CALLBACK (color_scheme_cb), NULL);
  color_scheme_cb (settings, "color-scheme", NULL);
}

static void
emend_preferences_dispose (GObject *object)
{
  EmendPreferences *self = EMEND_PREFERENCES (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_PREFERENCES);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (emend_preferences_parent_class)->dispose (object);
}

static void
emend_preferences_class_init (EmendPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_preferences_dispose;
  g_type_ensure (EMEND_TYPE_LANGUAGE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendPreferences, color_scheme);
  gtk_widget_class_bind_template_child (widget_class, EmendPreferences, follow);
  gtk_widget_class_bind_template_child (widget_class, EmendPreferences, show_rejected);
  gtk_widget_class_bind_template_child (widget_class, EmendPreferences, panes_swapped);
  gtk_widget_class_bind_template_child (widget_class, EmendPreferences, undecided);
  gtk_widget_class_bind_template_child (widget_class, EmendPreferences, threshold);
  gtk_widget_class_bind_template_child (widget_class, EmendPreferences, picture_memory);
  gtk_widget_class_bind_template_child (widget_class, EmendPreferences, pictures_ahead);
  gtk_widget_class_bind_template_child (widget_class, EmendPreferences, languages);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
emend_preferences_init (EmendPreferences *self)
{
  g_autofree char *size = g_format_size_full (emend_media_memory (), G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *text = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  /* TRANSLATORS: a size of memory. */
  text = g_strdup_printf (_ ("Automatic is a quarter of this machine’s memory, %s."), size);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->picture_memory), text);
}

/**
 * emend_preferences_new:
 * @parent: (nullable): the window it belongs to
 * @settings: the user's settings
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWindow *
emend_preferences_new (GtkWindow *parent,
                       GSettings *settings)
{
  EmendPreferences *self = g_object_new (EMEND_TYPE_PREFERENCES, "transient-for", parent, NULL);

  g_set_object (&self->settings, settings);
  g_settings_bind_with_mapping (settings, "color-scheme", self->color_scheme, "selected", G_SETTINGS_BIND_DEFAULT,
                                nick_to_row, row_to_nick, (gpointer) schemes, NULL);
  g_settings_bind_with_mapping (settings, "undecided-at-done", self->undecided, "selected", G_SETTINGS_BIND_DEFAULT,
                                nick_to_row, row_to_nick, (gpointer) undecided, NULL);
  g_settings_bind_with_mapping (settings, "threshold", self->threshold, "value", G_SETTINGS_BIND_DEFAULT,
                                part_to_percent, percent_to_part, NULL, NULL);
  g_settings_bind_with_mapping (settings, "picture-memory", self->picture_memory, "selected", G_SETTINGS_BIND_DEFAULT,
                                memory_to_row, row_to_memory, NULL, NULL);
  g_settings_bind (settings, "pictures-ahead", self->pictures_ahead, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "follow", self->follow, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "show-rejected", self->show_rejected, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "panes-swapped", self->panes_swapped, "active", G_SETTINGS_BIND_DEFAULT);
  emend_language_group_set_settings (self->languages, settings);
  return GTK_WINDOW (self);
}
