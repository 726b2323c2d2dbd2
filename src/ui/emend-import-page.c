#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-import-page.h"

#include <string.h>

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "emend-error-bar.h"
#include "emend-file-chooser.h"
#include "emend-import-summary.h"

/* Time for a second choice before the file is read again. */
#define DELAY_MS 200

struct _EmendImportPage {
  GtkBox parent_instance;

  GtkStack *stack;
  EmendErrorBar *error;
  AdwActionRow *file_row;
  AdwEntryRow *run_name;
  AdwComboRow *role;
  AdwPreferencesGroup *questions;
  AdwComboRow *trailing;
  AdwComboRow *frame;
  AdwComboRow *format;
  AdwActionRow *names_question;
  AdwActionRow *names_row;
  AdwExpanderRow *options;
  GtkStack *result_stack;
  GtkSpinner *spinner;
  EmendImportSummary *summary;

  EmendStore *store;   /* (nullable) */
  EmendSchema *schema; /* (nullable) */
  char *path;          /* (nullable) */
  char *names_file;    /* (nullable) */
  GPtrArray *formats;  /* (element-type EmendFormat): those that can be read */
  EmendTaskProgress *dry_run;
  guint delay_id;
  gboolean ready;
  gboolean quiet; /* while rows are being set by us */
};

enum {
  PROP_0,
  PROP_READY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EmendImportPage, emend_import_page, GTK_TYPE_BOX)

static void start_dry_run (EmendImportPage *self);

static void
set_ready (EmendImportPage *self,
           gboolean ready)
{
  if (self->ready == ready)
    return;
  self->ready = ready;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
}

static void
stop_dry_run (EmendImportPage *self)
{
  g_clear_handle_id (&self->delay_id, g_source_remove);
  if (self->dry_run != NULL)
    g_cancellable_cancel (emend_task_progress_get_cancellable (self->dry_run));
  g_clear_object (&self->dry_run);
}

static gboolean
delay_cb (gpointer data)
{
  EmendImportPage *self = data;

  self->delay_id = 0;
  start_dry_run (self);
  return G_SOURCE_REMOVE;
}

/* Something was chosen that changes what would be imported. */
static void
option_changed_cb (EmendImportPage *self)
{
  if (self->quiet || self->path == NULL)
    return;
  stop_dry_run (self);
  set_ready (self, FALSE);
  self->delay_id = g_timeout_add (DELAY_MS, delay_cb, self);
}

static const char *
get_format (EmendImportPage *self)
{
  guint selected = adw_combo_row_get_selected (self->format);

  if (selected == 0 || selected > self->formats->len)
    return NULL;
  return emend_format_get_id (g_ptr_array_index (self->formats, selected - 1));
}

/**
 * emend_import_page_make_request:
 * @self: the page
 *
 * Returns: (transfer full) (nullable): what is to be imported, as it stands there; %NULL without a file
 */
EmendImportRequest *
emend_import_page_make_request (EmendImportPage *self)
{
  EmendImportRequest *request;
  const char *name;

  g_return_val_if_fail (EMEND_IS_IMPORT_PAGE (self), NULL);

  if (self->path == NULL)
    return NULL;
  request = emend_import_request_new ();
  request->paths = g_new0 (char *, 2);
  request->paths[0] = g_strdup (self->path);
  request->format = g_strdup (get_format (self));
  name = gtk_editable_get_text (GTK_EDITABLE (self->run_name));
  request->run_name = *name != '\0' ? g_strdup (name) : NULL;
  request->names_file = g_strdup (self->names_file);
  request->role = (EmendRunRole) adw_combo_row_get_selected (self->role);
  request->frame = (EmendFrame) adw_combo_row_get_selected (self->frame);
  request->trailing = (EmendTrailing) adw_combo_row_get_selected (self->trailing);
  request->map = emend_label_mappings_to_table (emend_import_summary_get_mappings (self->summary));
  return request;
}

static void
show_format (EmendImportPage *self,
             const char *id)
{
  g_autoptr (EmendFormat) format = emend_formats_find (id);

  if (format != NULL) {
    const char *name = emend_format_get_name (format);
    g_autofree char *markup = g_markup_escape_text (name, -1);
    adw_action_row_set_subtitle (self->file_row, markup);
  }
}

static void
show_report (EmendImportPage *self,
             const EmendImportReport *report)
{
  show_format (self, report->format);
  emend_error_bar_set_text (self->error, NULL);
  emend_import_summary_set_report (self->summary, report, self->schema);
  gtk_stack_set_visible_child_name (self->result_stack, "summary");
  if (report->n_records == 0 && report->n_empty == 0)
    emend_error_bar_set_text (self->error,
                              report->n_unmatched > 0 ?
                                _ ("No name in the file fits an item of the project. Check that it belongs to this "
                                   "project.") :
                                _ ("There is nothing in the file that can be taken."));
  set_ready (self, report->n_records > 0 || report->n_empty > 0);
}

static void
show_failure (EmendImportPage *self,
              const GError *error)
{
  gboolean question = g_error_matches (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION);

  emend_error_bar_set_error (self->error, error);
  if (question) {
    /* JSON has no columns: what is missing there is the file of names. */
    gtk_widget_set_visible (GTK_WIDGET (self->trailing), !g_str_has_suffix (self->path, ".json"));
    gtk_widget_set_visible (GTK_WIDGET (self->questions), TRUE);
  }
  if (g_error_matches (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_UNKNOWN))
    adw_expander_row_set_expanded (self->options, TRUE);
  gtk_stack_set_visible_child_name (self->result_stack, "nothing");
}

typedef struct {
  EmendImportPage *page;
  EmendTaskProgress *progress;
} DryRun;

static void
dry_run_free (DryRun *run)
{
  g_object_unref (run->page);
  g_object_unref (run->progress);
  g_free (run);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DryRun, dry_run_free)

static void
dry_run_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (DryRun) run = data;
  EmendImportPage *self = run->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendImportReport) report = emend_import_request_run_finish (EMEND_STORE (source), result, &error);

  /* Something else was chosen meanwhile, or the page is gone. */
  if (self->dry_run != run->progress)
    return;
  gtk_spinner_stop (self->spinner);
  g_clear_object (&self->dry_run);
  if (report != NULL)
    show_report (self, report);
  else
    show_failure (self, error);
}

static void
start_dry_run (EmendImportPage *self)
{
  g_autoptr (EmendImportRequest) request = emend_import_page_make_request (self);
  DryRun *run;

  stop_dry_run (self);
  set_ready (self, FALSE);
  if (request == NULL || self->store == NULL)
    return;
  self->dry_run = emend_task_progress_new (EMEND_PROGRESS_BYTES);
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->result_stack, "reading");
  run = g_new0 (DryRun, 1);
  run->page = g_object_ref (self);
  run->progress = g_object_ref (self->dry_run);
  emend_import_request_run_async (g_steal_pointer (&request), self->store, TRUE, self->dry_run, dry_run_cb, run);
}

/**
 * emend_import_page_cancel:
 * @self: the page
 *
 * Stops reading. What was chosen stays.
 */
void
emend_import_page_cancel (EmendImportPage *self)
{
  g_return_if_fail (EMEND_IS_IMPORT_PAGE (self));

  stop_dry_run (self);
}

/**
 * emend_import_page_set_path:
 * @self: the page
 * @path: (nullable): a file or, for formats with a file an image, a folder
 *
 * Starts over with another file.
 */
void
emend_import_page_set_path (EmendImportPage *self,
                            const char *path)
{
  g_return_if_fail (EMEND_IS_IMPORT_PAGE (self));

  stop_dry_run (self);
  set_ready (self, FALSE);
  self->quiet = TRUE;
  g_free (self->path);
  self->path = g_strdup (path);
  emend_import_summary_clear (self->summary);
  emend_error_bar_set_text (self->error, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->questions), FALSE);
  adw_combo_row_set_selected (self->trailing, EMEND_TRAILING_ASK);
  adw_combo_row_set_selected (self->format, 0);
  gtk_stack_set_visible_child_name (self->stack, path != NULL ? "file" : "empty");
  gtk_stack_set_visible_child_name (self->result_stack, "nothing");
  if (path != NULL) {
    g_autofree char *name = g_filename_display_basename (path);
    g_autofree char *markup = g_markup_escape_text (name, -1);
    char *dot = strrchr (name, '.');

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), markup);
    adw_action_row_set_subtitle (self->file_row, "");
    if (dot != NULL && dot != name)
      *dot = '\0';
    gtk_editable_set_text (GTK_EDITABLE (self->run_name), name);
  }
  self->quiet = FALSE;
  start_dry_run (self);
}

/**
 * emend_import_page_get_path:
 * @self: the page
 *
 * Returns: (transfer none) (nullable): the file that was chosen
 */
const char *
emend_import_page_get_path (EmendImportPage *self)
{
  g_return_val_if_fail (EMEND_IS_IMPORT_PAGE (self), NULL);

  return self->path;
}

/**
 * emend_import_page_get_ready:
 * @self: the page
 *
 * Returns: whether something would be imported
 */
gboolean
emend_import_page_get_ready (EmendImportPage *self)
{
  g_return_val_if_fail (EMEND_IS_IMPORT_PAGE (self), FALSE);

  return self->ready;
}

/**
 * emend_import_page_set_project:
 * @self: the page
 * @store: (nullable): the project
 * @schema: (nullable): its labels
 *
 * A file that was chosen is compared with this project.
 */
void
emend_import_page_set_project (EmendImportPage *self,
                               EmendStore *store,
                               EmendSchema *schema)
{
  g_return_if_fail (EMEND_IS_IMPORT_PAGE (self));

  stop_dry_run (self);
  g_set_object (&self->store, store);
  g_clear_pointer (&self->schema, emend_schema_unref);
  if (schema != NULL)
    self->schema = emend_schema_ref (schema);
  start_dry_run (self);
}

/**
 * emend_import_page_set_choose_role:
 * @self: the page
 * @choose: whether it is asked what the records are; else they are proposals
 */
void
emend_import_page_set_choose_role (EmendImportPage *self,
                                   gboolean choose)
{
  g_return_if_fail (EMEND_IS_IMPORT_PAGE (self));

  gtk_widget_set_visible (GTK_WIDGET (self->role), choose);
}

static void
chosen_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (EmendImportPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_file_chooser_choose_finish (result, &error);

  if (self->stack == NULL)
    return;
  if (path != NULL)
    emend_import_page_set_path (self, path);
  else
    emend_error_bar_set_error (self->error, error);
}

static void
names_chosen_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer data)
{
  g_autoptr (EmendImportPage) self = data;
  g_autofree char *path = emend_file_chooser_choose_finish (result, NULL);
  g_autofree char *name = NULL;
  g_autofree char *markup = NULL;

  if (self->stack == NULL || path == NULL)
    return;
  name = g_filename_display_basename (path);
  markup = g_markup_escape_text (name, -1);
  adw_action_row_set_subtitle (self->names_row, markup);
  adw_action_row_set_subtitle (self->names_question, markup);
  g_free (self->names_file);
  self->names_file = g_steal_pointer (&path);
  option_changed_cb (self);
}

static void
choose (EmendImportPage *self,
        const EmendFileChooserOptions *options,
        GAsyncReadyCallback callback)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  emend_file_chooser_choose_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, options, NULL, callback,
                                   g_object_ref (self));
}

static void
choose_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  gboolean folder = g_str_equal (name, "import.choose-folder");
  const EmendFileChooserOptions options = {
    .kind = folder ? EMEND_FILE_CHOOSER_FOLDER : EMEND_FILE_CHOOSER_OPEN,
    .title = folder ? _ ("Import a Folder of Files") : _ ("Import a File"),
    .accept = _ ("_Choose"),
  };

  choose (EMEND_IMPORT_PAGE (widget), &options, chosen_cb);
}

static void
choose_names_action (GtkWidget *widget,
                     const char *name,
                     GVariant *parameter)
{
  const EmendFileChooserOptions options = {
    .kind = EMEND_FILE_CHOOSER_OPEN,
    .title = _ ("File With the Names of the Labels"),
    .accept = _ ("_Choose"),
    .filter_name = _ ("COCO and YOLO files"),
    .patterns = "*.json;*.yaml;*.yml;*.txt;*.names",
  };

  choose (EMEND_IMPORT_PAGE (widget), &options, names_chosen_cb);
}

static gboolean
drop_cb (EmendImportPage *self,
         const GValue *value)
{
  GFile *file = g_value_get_object (value);

  if (file == NULL || g_file_peek_path (file) == NULL)
    return FALSE;
  emend_import_page_set_path (self, g_file_peek_path (file));
  return TRUE;
}

static void
fill_formats (EmendImportPage *self)
{
  g_autoptr (GListModel) all = emend_formats_list ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Find out"));
  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (EmendFormat) format = g_list_model_get_item (all, i);

    if (!emend_format_can_read (format))
      continue;
    gtk_string_list_append (names, emend_format_get_name (format));
    g_ptr_array_add (self->formats, g_steal_pointer (&format));
  }
  adw_combo_row_set_model (self->format, G_LIST_MODEL (names));
}

static void
emend_import_page_get_property (GObject *object,
                                guint prop_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_READY:
    g_value_set_boolean (value, EMEND_IMPORT_PAGE (object)->ready);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
emend_import_page_dispose (GObject *object)
{
  EmendImportPage *self = EMEND_IMPORT_PAGE (object);

  stop_dry_run (self);
  self->quiet = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_IMPORT_PAGE);
  g_clear_object (&self->store);
  g_clear_pointer (&self->schema, emend_schema_unref);
  G_OBJECT_CLASS (emend_import_page_parent_class)->dispose (object);
}

static void
emend_import_page_finalize (GObject *object)
{
  EmendImportPage *self = EMEND_IMPORT_PAGE (object);

  g_free (self->path);
  g_free (self->names_file);
  g_ptr_array_unref (self->formats);
  G_OBJECT_CLASS (emend_import_page_parent_class)->finalize (object);
}

static void
emend_import_page_class_init (EmendImportPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = emend_import_page_get_property;
  object_class->dispose = emend_import_page_dispose;
  object_class->finalize = emend_import_page_finalize;

  properties[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (EMEND_TYPE_ERROR_BAR);
  g_type_ensure (EMEND_TYPE_IMPORT_SUMMARY);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-import-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, error);
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, file_row);
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, run_name);
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, role);
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, questions);
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, trailing);
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, frame);
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, format);
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, names_question);
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, names_row);
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, options);
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, result_stack);
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, EmendImportPage, summary);
  gtk_widget_class_bind_template_callback (widget_class, option_changed_cb);
  gtk_widget_class_install_action (widget_class, "import.choose-file", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "import.choose-folder", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "import.choose-names", NULL, choose_names_action);
}

static void
emend_import_page_init (EmendImportPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  self->formats = g_ptr_array_new_with_free_func (g_object_unref);
  self->quiet = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_formats (self);
  self->quiet = FALSE;
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
