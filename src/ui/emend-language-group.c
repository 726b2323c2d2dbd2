#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-language-group.h"

#include <glib/gi18n-lib.h>

#include "emend-background.h"
#include "emend-ocr.h"

#define KEY "ocr-language"

struct _EmendLanguageGroup {
  AdwPreferencesGroup parent_instance;

  GSettings *settings; /* (nullable) */
  GPtrArray *checks;   /* GtkCheckButton, one a language */
  gboolean updating;   /* what changes comes from the settings */
};

G_DEFINE_FINAL_TYPE (EmendLanguageGroup, emend_language_group, ADW_TYPE_PREFERENCES_GROUP)

/* What Tesseract calls the languages that most people have; others are shown as it calls them. */
static const struct {
  const char *code;
  const char *name;
} names[] = {
  { "ara", N_ ("Arabic") },
  { "chi_sim", N_ ("Chinese, simplified") },
  { "chi_tra", N_ ("Chinese, traditional") },
  { "deu", N_ ("German") },
  { "eng", N_ ("English") },
  { "fra", N_ ("French") },
  { "ita", N_ ("Italian") },
  { "jpn", N_ ("Japanese") },
  { "nld", N_ ("Dutch") },
  { "pol", N_ ("Polish") },
  { "por", N_ ("Portuguese") },
  { "rus", N_ ("Russian") },
  { "spa", N_ ("Spanish") },
};

static const char *
get_name (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_str_equal (names[i].code, code))
      return _ (names[i].name);
  }
  return code;
}

static void
emend_language_group_dispose (GObject *object)
{
  EmendLanguageGroup *self = EMEND_LANGUAGE_GROUP (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  G_OBJECT_CLASS (emend_language_group_parent_class)->dispose (object);
}

static void
emend_language_group_class_init (EmendLanguageGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = emend_language_group_dispose;
}

static void
emend_language_group_init (EmendLanguageGroup *self)
{
  self->checks = g_ptr_array_new ();
}

/**
 * emend_language_group_toggle:
 * @languages: as Tesseract takes them, the likeliest first: "deu+eng"
 * @language: one of them, or another
 *
 * Returns: (transfer full): the same without @language, or with it as the last; one is always left
 */
char *
emend_language_group_toggle (const char *languages,
                             const char *language)
{
  g_auto (GStrv) old = g_strsplit (languages, "+", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) new = NULL;

  for (guint i = 0; old[i] != NULL; i++) {
    if (old[i][0] != '\0' && !g_str_equal (old[i], language))
      g_strv_builder_add (builder, old[i]);
  }
  if (!g_strv_contains ((const char *const *) old, language))
    g_strv_builder_add (builder, language);
  new = g_strv_builder_end (builder);
  return new[0] != NULL ? g_strjoinv ("+", new) : g_strdup (language);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (get_name (*(const char *const *) a), get_name (*(const char *const *) b));
}

/**
 * emend_language_group_arrange:
 * @installed: (array zero-terminated=1): languages, as Tesseract names them
 * @chosen: (array zero-terminated=1): those that are set, which may not be installed any more
 *
 * Returns: (transfer full): all of them, each once, in the order of their names for people
 */
GStrv
emend_language_group_arrange (const char *const *installed,
                              const char *const *chosen)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; installed[i] != NULL; i++)
    g_ptr_array_add (all, g_strdup (installed[i]));
  for (guint i = 0; chosen[i] != NULL; i++) {
    if (chosen[i][0] != '\0' && !g_ptr_array_find_with_equal_func (all, chosen[i], g_str_equal, NULL))
      g_ptr_array_add (all, g_strdup (chosen[i]));
  }
  g_ptr_array_sort (all, compare_names);
  g_ptr_array_add (all, NULL);
  return (GStrv) g_ptr_array_steal (all, NULL);
}

static void
toggled_cb (GtkCheckButton *check,
            EmendLanguageGroup *self)
{
  g_autofree char *old = g_settings_get_string (self->settings, KEY);
  g_autofree char *new = emend_language_group_toggle (old, gtk_widget_get_name (GTK_WIDGET (check)));

  if (!self->updating)
    g_settings_set_string (self->settings, KEY, new);
}

/* The last one that is chosen cannot be taken away. */
static void
update (EmendLanguageGroup *self)
{
  g_autofree char *languages = g_settings_get_string (self->settings, KEY);
  g_auto (GStrv) chosen = g_strsplit (languages, "+", -1);
  guint n_active = 0;

  self->updating = TRUE;
  for (guint i = 0; i < self->checks->len; i++) {
    GtkCheckButton *check = self->checks->pdata[i];
    gboolean active = g_strv_contains ((const char *const *) chosen, gtk_widget_get_name (GTK_WIDGET (check)));

    gtk_check_button_set_active (check, active);
    n_active += active ? 1 : 0;
  }
  self->updating = FALSE;
  for (guint i = 0; i < self->checks->len; i++) {
    GtkCheckButton *check = self->checks->pdata[i];

    gtk_widget_set_sensitive (GTK_WIDGET (check), n_active > 1 || !gtk_check_button_get_active (check));
  }
}

static void
add_language (EmendLanguageGroup *self,
              const char *code,
              gboolean is_installed)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  const char *name = get_name (code);
  g_autofree char *package = emend_ocr_get_package (code);
  /* TRANSLATORS: of a language whose data is missing; the name of a package of Debian: "tesseract-ocr-deu". */
  g_autofree char *missing = g_strdup_printf (_ ("Not installed. On Debian, the package %s brings it."), package);

  gtk_widget_set_name (check, code);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  if (!is_installed)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), missing);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->checks, check);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
}

static gpointer
list_worker (gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  return emend_ocr_list_languages ();
}

/* A language that is set but no longer installed is offered too, to be taken away. */
static void
list_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  g_autoptr (EmendLanguageGroup) self = data;
  g_auto (GStrv) installed = emend_background_run_finish (result, NULL);
  g_autofree char *languages = NULL;
  g_auto (GStrv) chosen = NULL;
  g_auto (GStrv) all = NULL;

  if (self->settings == NULL || installed == NULL)
    return;
  languages = g_settings_get_string (self->settings, KEY);
  chosen = g_strsplit (languages, "+", -1);
  all = emend_language_group_arrange ((const char *const *) installed, (const char *const *) chosen);
  for (guint i = 0; all[i] != NULL; i++)
    add_language (self, all[i], g_strv_contains ((const char *const *) installed, all[i]));
  g_signal_connect_object (self->settings, "changed::" KEY, G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * emend_language_group_set_settings:
 * @self: a new group
 * @settings: the user's settings
 *
 * Shows the languages that are installed. Once. Main thread.
 */
void
emend_language_group_set_settings (EmendLanguageGroup *self,
                                   GSettings *settings)
{
  g_return_if_fail (EMEND_IS_LANGUAGE_GROUP (self) && self->settings == NULL);

  self->settings = g_object_ref (settings);
  emend_background_run_async (list_worker, NULL, NULL, (GDestroyNotify) g_strfreev, NULL, list_cb,
                              g_object_ref (self));
}
