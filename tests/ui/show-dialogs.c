/* Shows one of the dialogs and pages with real content, to look at it: show-dialogs NAME [PROJECT [FILE]]. */
#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>

#include <adwaita.h>
#include <locale.h>
#include <libintl.h>

#include "emend-about.h"
#include "emend-export-dialog.h"
#include "emend-field-pane.h"
#include "emend-fields-dialog.h"
#include "emend-fields-editor.h"
#include "emend-import-dialog.h"
#include "emend-labels-dialog.h"
#include "emend-new-project-dialog.h"
#include "emend-pack-dialog.h"
#include "emend-preferences.h"
#include "emend-progress-page.h"
#include "emend-report-window.h"
#include "emend-result-page.h"
#include "emend-reviewer-dialog.h"
#include "emend-settings.h"
#include "emend-store.h"
#include "emend-unpack-dialog.h"
#include "emend-welcome-page.h"

static EmendStore *store;
static EmendProjectInfo *info;
static EmendSchema *schema;
static const char *file;

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (GError) error = NULL;

  store = emend_store_open_finish (result, &error);
  if (store == NULL)
    g_error ("%s", error->message);
}

static gpointer
facts_worker (EmendProject *project,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  schema = emend_schema_ref (emend_project_get_schema (project));
  return emend_project_get_info (project, error);
}

static void
facts_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  info = emend_store_run_finish (store, result, NULL);
}

static GtkWindow *
show_in_window (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_set_title (GTK_WINDOW (window), "Emend");
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  return GTK_WINDOW (window);
}

static GtkWindow *
show_welcome (gboolean empty)
{
  g_autofree char *folder = g_dir_make_tmp ("emend-show-XXXXXX", NULL);
  g_autofree char *recent = g_build_filename (folder, "recent.ini", NULL);
  EmendRecentList *list = emend_recent_list_new (recent);
  GtkWidget *page = emend_welcome_page_new ();
  const EmendRecentFacts facts[] = {
    { "/home/nobody/old/Zebras.emend", "Zebras", NULL, 12, 0 },
    { "/usr/share/doc/a very long folder name that goes on/and on/and on until nobody can read it/Receipts of the "
      "spring.emend",
      "Receipts of the spring, second reading, everything that came back", NULL, 420, 37 },
    { file != NULL ? file : "/usr/share/common-licenses/GPL-3", "Street scenes", g_getenv ("EMEND_SHOW_PICTURE"), 128,
      1204 },
  };

  if (!empty) {
    for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
      emend_recent_list_note (list, &facts[i]);
    emend_recent_list_load_async (list, NULL, NULL);
  }
  emend_welcome_page_set_recent (EMEND_WELCOME_PAGE (page), list, emend_thumbnailer_new (folder));
  return show_in_window (page);
}

static gpointer
progress_thread (gpointer data)
{
  for (guint64 i = 0; i <= 4000; i++) {
    emend_task_progress_report (i * 100000, 400000000, data);
    g_usleep (2000);
  }
  return NULL;
}

static GtkWindow *
show_progress (void)
{
  GtkWidget *page = g_object_new (EMEND_TYPE_PROGRESS_PAGE, NULL);
  EmendTaskProgress *progress = emend_task_progress_new (EMEND_PROGRESS_BYTES);
  GtkWindow *window = show_in_window (page);

  emend_progress_page_start (EMEND_PROGRESS_PAGE (page), "Packing 1,280 images", progress);
  g_thread_unref (g_thread_new ("progress", progress_thread, progress));
  gtk_window_set_default_size (window, 600, 500);
  return window;
}

static GtkWidget *
find (GtkWidget *root,
      GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (root), type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

/* EMEND_SHOW_SELECT is the number of a field, or of a rule after an r; EMEND_SHOW_SAMPLE what is tried. */
static GtkWindow *
show_fields (void)
{
  GtkWindow *window = emend_fields_dialog_new (NULL, store, schema, info->read_only_reason);
  EmendFieldsEditor *editor = EMEND_FIELDS_EDITOR (find (GTK_WIDGET (window), EMEND_TYPE_FIELDS_EDITOR));
  EmendFieldsDraft *draft = emend_fields_editor_get_draft (editor);
  const char *select = g_getenv ("EMEND_SHOW_SELECT");
  const char *sample = g_getenv ("EMEND_SHOW_SAMPLE");
  GListStore *list = emend_fields_draft_get_fields (draft);
  g_autoptr (GObject) shown = NULL;

  if (select != NULL && *select == 'r') {
    list = emend_fields_draft_get_rules (draft);
    select++;
  }
  if (select != NULL)
    shown = g_list_model_get_item (G_LIST_MODEL (list), (guint) g_ascii_strtoull (select, NULL, 10));
  if (shown != NULL)
    emend_fields_editor_select (editor, shown);
  if (sample != NULL)
    emend_field_pane_set_sample (EMEND_FIELD_PANE (find (GTK_WIDGET (window), EMEND_TYPE_FIELD_PANE)), sample);
  return window;
}

static gboolean
go_next_cb (gpointer window)
{
  gtk_widget_activate_action (window, "create.next", NULL);
  return G_SOURCE_REMOVE;
}

/* With EMEND_SHOW_SELECT the next step, beginning with the template of that number. */
static GtkWindow *
show_new_documents (void)
{
  GtkWindow *window = emend_new_project_dialog_new (NULL, "Ada");
  GtkWidget *subject = find (GTK_WIDGET (window), ADW_TYPE_COMBO_ROW);
  const char *select = g_getenv ("EMEND_SHOW_SELECT");

  emend_new_project_dialog_set_folder (EMEND_NEW_PROJECT_DIALOG (window), file);
  adw_combo_row_set_selected (ADW_COMBO_ROW (subject), 1);
  if (select != NULL) {
    adw_combo_row_set_selected (ADW_COMBO_ROW (gtk_widget_get_next_sibling (subject)),
                                (guint) g_ascii_strtoull (select, NULL, 10));
    g_timeout_add (1000, go_next_cb, window);
  }
  return window;
}

static GtkWindow *
show (const char *name)
{
  GtkWindow *window;

  if (g_str_equal (name, "welcome") || g_str_equal (name, "welcome-empty"))
    return show_welcome (g_str_equal (name, "welcome-empty"));
  if (g_str_equal (name, "progress"))
    return show_progress ();
  if (g_str_equal (name, "reviewer"))
    return emend_reviewer_dialog_new (NULL, NULL);
  if (g_str_equal (name, "preferences"))
    return emend_preferences_new (NULL, emend_settings_new ());
  if (g_str_equal (name, "about"))
    return emend_about_new (NULL);
  if (g_str_equal (name, "shortcuts"))
    return emend_shortcuts_new (NULL);
  if (g_str_equal (name, "unpack")) {
    window = emend_unpack_dialog_new (NULL);
    if (file != NULL)
      emend_unpack_dialog_set_archive (EMEND_UNPACK_DIALOG (window), file);
    return window;
  }
  if (g_str_equal (name, "new")) {
    window = emend_new_project_dialog_new (NULL, "Ada");
    if (file != NULL)
      emend_new_project_dialog_set_folder (EMEND_NEW_PROJECT_DIALOG (window), file);
    return window;
  }
  if (g_str_equal (name, "new-documents"))
    return show_new_documents ();
  if (g_str_equal (name, "import")) {
    window = emend_import_dialog_new (NULL, store, schema);
    if (file != NULL)
      emend_import_dialog_set_path (EMEND_IMPORT_DIALOG (window), file);
    return window;
  }
  if (g_str_equal (name, "export"))
    return emend_export_dialog_new (NULL, store, info);
  if (g_str_equal (name, "pack"))
    return emend_pack_dialog_new (NULL, store, info);
  if (g_str_equal (name, "labels"))
    return emend_labels_dialog_new (NULL, store, schema);
  if (g_str_equal (name, "fields"))
    return show_fields ();
  if (g_str_equal (name, "report"))
    return emend_report_window_new (NULL, store, info);
  g_error ("There is no dialog %s", name);
}

int
main (int argc,
      char **argv)
{
  GtkWindow *window;
  g_autoptr (GtkCssProvider) css = gtk_css_provider_new ();
  const char *direction = g_getenv ("EMEND_SHOW_DIRECTION");

  setlocale (LC_ALL, "");
  if (argc < 2) {
    g_printerr ("show-dialogs NAME [PROJECT [FILE]]\n");
    return 2;
  }
  if (g_getenv ("EMEND_SHOW_LOCALES") != NULL) {
    bindtextdomain (GETTEXT_PACKAGE, g_getenv ("EMEND_SHOW_LOCALES"));
    bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  }
  adw_init ();
  emend_media_init (0);
  file = argc > 3 ? argv[3] : NULL;
  gtk_css_provider_load_from_resource (css, "/org/emend/Emend/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/org/emend/Emend/icons");
  if (g_getenv ("EMEND_SHOW_ICONS") != NULL)
    gtk_icon_theme_add_search_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    g_getenv ("EMEND_SHOW_ICONS"));
  if (g_getenv ("EMEND_SHOW_DARK") != NULL)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  if (g_strcmp0 (direction, "rtl") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (argc > 2 && *argv[2] != '\0') {
    emend_store_open_async (argv[2], 0, "Ada", NULL, opened_cb, NULL);
    while (store == NULL)
      g_main_context_iteration (NULL, TRUE);
    emend_store_run_async (store, facts_worker, NULL, NULL, NULL, NULL, facts_cb, NULL);
    while (info == NULL)
      g_main_context_iteration (NULL, TRUE);
  }
  window = show (argv[1]);
  gtk_window_present (window);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
