#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-new-project-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "emend-count-text.h"
#include "emend-error-bar.h"
#include "emend-fields-editor.h"
#include "emend-file-chooser.h"
#include "emend-folder-count.h"
#include "emend-import-page.h"
#include "emend-label-editor.h"
#include "emend-progress-page.h"
#include "emend-project-draft.h"
#include "emend-templates.h"

typedef enum {
  STEP_FOLDER = 0,
  STEP_SCHEMA, /* labels of images, fields of documents */
  STEP_PROPOSALS,
  N_STEPS,
} Step;

/* In the order in which the row offers them. */
enum {
  SUBJECT_IMAGES = 0,
  SUBJECT_DOCUMENTS,
};

struct _EmendNewProjectDialog {
  GtkWindow parent_instance;

  GtkButton *back;
  GtkButton *next;
  AdwWindowTitle *heading;
  EmendErrorBar *error;
  GtkStack *stack;
  GtkStack *folder_stack;
  AdwActionRow *folder_row;
  GtkSpinner *counting;
  AdwComboRow *subject;
  AdwComboRow *template;
  AdwEntryRow *name;
  AdwActionRow *path_row;
  EmendLabelEditor *labels;
  EmendFieldsEditor *fields;
  EmendImportPage *import_page;
  EmendProgressPage *progress_page;

  char *reviewer;    /* (nullable) */
  char *folder;      /* (nullable) */
  char *path;        /* (nullable) */
  gboolean own_path; /* chosen by the person, not derived from the name */
  GCancellable *count_cancellable;
  guint64 n_images;
  EmendProjectDraft *draft; /* (nullable) */
  EmendSchema *schema;      /* (nullable) */
  GPtrArray *templates;     /* (element-type EmendTemplate): that have fields; unowned */
  EmendSchema *base;        /* (nullable): of the template with which the fields began */
  guint began_with;         /* which one the row had chosen then */
  Step step;
  gboolean busy;
  gboolean closing;
};

enum {
  CREATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendNewProjectDialog, emend_new_project_dialog, GTK_TYPE_WINDOW)

static const char *
get_name (EmendNewProjectDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->name));
}

static gboolean
is_documents (EmendNewProjectDialog *self)
{
  return adw_combo_row_get_selected (self->subject) == SUBJECT_DOCUMENTS;
}

static gboolean
can_go_on (EmendNewProjectDialog *self)
{
  if (self->busy)
    return FALSE;
  switch (self->step) {
  case STEP_FOLDER:
    return self->folder != NULL && self->path != NULL && *get_name (self) != '\0' && self->n_images > 0;
  case STEP_PROPOSALS:
    return emend_import_page_get_path (self->import_page) == NULL || emend_import_page_get_ready (self->import_page);
  case STEP_SCHEMA:
  case N_STEPS:
  default:
    return TRUE;
  }
}

static void
update_buttons (EmendNewProjectDialog *self)
{
  gboolean last = self->step == STEP_PROPOSALS;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "create.next", can_go_on (self));
  gtk_button_set_label (self->next, last ? _ ("C_reate") : _ ("_Next"));
  gtk_button_set_label (self->back, self->step == STEP_FOLDER ? _ ("_Cancel") : _ ("_Back"));
  gtk_widget_set_visible (GTK_WIDGET (self->next), !self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->back), !self->busy);
  /* A window forgets a default that is hidden. */
  gtk_window_set_default_widget (GTK_WINDOW (self), self->busy ? NULL : GTK_WIDGET (self->next));
}

static void
show_step (EmendNewProjectDialog *self,
           Step step)
{
  const char *const pages[N_STEPS] = { "folder", is_documents (self) ? "fields" : "labels", "proposals" };
  const char *const titles[N_STEPS] = { _ ("Folder"), is_documents (self) ? _ ("Fields") : _ ("Labels"),
                                        _ ("Proposals") };
  /* TRANSLATORS: which step of how many. */
  g_autofree char *subtitle = g_strdup_printf (_ ("Step %d of %d"), (int) step + 1, N_STEPS);

  self->step = step;
  adw_window_title_set_title (self->heading, titles[step]);
  adw_window_title_set_subtitle (self->heading, subtitle);
  gtk_stack_set_visible_child_name (self->stack, pages[step]);
  if (step == STEP_SCHEMA)
    gtk_widget_grab_focus (is_documents (self) ? GTK_WIDGET (self->fields) : GTK_WIDGET (self->labels));
  update_buttons (self);
}

static void
template_changed_cb (EmendNewProjectDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->template);
  const EmendTemplate *chosen = selected > 0 && selected <= self->templates->len ?
                                  g_ptr_array_index (self->templates, selected - 1) :
                                  NULL;
  g_autofree char *markup = g_markup_escape_text (chosen != NULL ? gettext (chosen->summary) :
                                                                   _ ("Add the fields in the next step."),
                                                  -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->template), markup);
}

static void
subject_changed_cb (EmendNewProjectDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->template), is_documents (self));
}

/* Those that have fields, after one without. */
static void
fill_templates (EmendNewProjectDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gsize n_templates;
  const EmendTemplate *templates = emend_templates_list (&n_templates);

  gtk_string_list_append (names, _ ("No fields"));
  for (gsize i = 0; i < n_templates; i++) {
    g_autoptr (EmendSchema) schema = emend_templates_load (templates[i].name, NULL);

    if (schema == NULL || emend_schema_get_n_fields (schema) == 0)
      continue;
    g_ptr_array_add (self->templates, (gpointer) &templates[i]);
    gtk_string_list_append (names, gettext (templates[i].title));
  }
  adw_combo_row_set_model (self->template, G_LIST_MODEL (names));
  template_changed_cb (self);
}

/* Begins with the fields of the template; what was edited of the same one before stays. */
static gboolean
begin_fields (EmendNewProjectDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->template);
  g_autoptr (EmendSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  if (selected == self->began_with)
    return TRUE;
  if (selected > 0) {
    const EmendTemplate *chosen = g_ptr_array_index (self->templates, selected - 1);

    schema = emend_templates_load (chosen->name, &error);
    if (schema == NULL) {
      emend_error_bar_set_error (self->error, error);
      return FALSE;
    }
  }
  self->began_with = selected;
  g_clear_pointer (&self->base, emend_schema_unref);
  self->base = g_steal_pointer (&schema);
  emend_fields_editor_set_schema (self->fields, self->base);
  return TRUE;
}

/**
 * emend_new_project_dialog_propose_path:
 * @folder: folder of the images
 * @name: name of the project
 *
 * Returns: (transfer full): a path for the project file beside its images, free of characters that
 *   file systems refuse
 */
char *
emend_new_project_dialog_propose_path (const char *folder,
                                       const char *name)
{
  g_autofree char *safe = g_strstrip (g_strdup (name));
  g_autofree char *file = NULL;

  g_strdelimit (safe, "/\\:*?\"<>|\n\r\t", '-');
  while (*safe == '.')
    *safe = '-';
  file = g_strconcat (*safe != '\0' ? safe : "project", ".emend", NULL);
  return g_build_filename (folder, file, NULL);
}

static void
show_path (EmendNewProjectDialog *self)
{
  g_autofree char *shown = self->path != NULL ? emend_file_chooser_describe_path (self->path) : g_strdup ("");
  g_autofree char *markup = g_markup_escape_text (shown, -1);

  adw_action_row_set_subtitle (self->path_row, markup);
}

static void
name_changed_cb (EmendNewProjectDialog *self)
{
  if (!self->own_path && self->folder != NULL) {
    g_free (self->path);
    self->path = emend_new_project_dialog_propose_path (self->folder, get_name (self));
    show_path (self);
  }
  update_buttons (self);
}

static void
show_count (EmendNewProjectDialog *self,
            const EmendFolderTally *tally)
{
  g_autofree char *images = emend_count_to_text (tally->n_images);
  g_autofree char *folder = emend_file_chooser_describe_path (self->folder);
  g_autofree char *counted = NULL;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  if (tally->truncated)
    /* TRANSLATORS: a number. */
    counted = g_strdup_printf (_ ("more than %s images or documents"), images);
  else
    counted =
      g_strdup_printf (ngettext ("%s image or document", "%s images or documents", (gulong) tally->n_images), images);
  text = g_strconcat (folder, "\n", counted, NULL);
  markup = g_markup_escape_text (text, -1);
  adw_action_row_set_subtitle (self->folder_row, markup);
  if (tally->n_images == 0)
    emend_error_bar_set_text (self->error,
                              _ ("There are no images or documents in this folder or below. Choose another folder."));
}

static void
counted_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (EmendNewProjectDialog) self = data;
  g_autoptr (GError) error = NULL;
  EmendFolderTally tally = { 0 };
  gboolean counted = emend_folder_count_finish (result, &tally, &error);

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_spinner_stop (self->counting);
  self->n_images = tally.n_images;
  if (counted)
    show_count (self, &tally);
  else
    emend_error_bar_set_error (self->error, error);
  update_buttons (self);
}

static void
draft_gone_cb (GObject *source,
               GAsyncResult *result,
               gpointer data)
{
  g_autoptr (EmendNewProjectDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (!emend_project_draft_discard_finish (EMEND_PROJECT_DRAFT (source), result, &error) && self->error != NULL)
    emend_error_bar_set_error (self->error, error);
  if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* Another folder, name or place: what was made for the one before goes. */
static void
discard_draft (EmendNewProjectDialog *self)
{
  g_autoptr (EmendProjectDraft) draft = g_steal_pointer (&self->draft);

  if (draft == NULL)
    return;
  emend_import_page_set_project (self->import_page, NULL, NULL);
  emend_project_draft_discard_async (draft, draft_gone_cb, g_object_ref (self));
}

/**
 * emend_new_project_dialog_set_folder:
 * @self: the dialog
 * @folder: absolute path of a folder with images or documents
 *
 * Chooses the folder, and counts what is in it in the background.
 */
void
emend_new_project_dialog_set_folder (EmendNewProjectDialog *self,
                                     const char *folder)
{
  g_autofree char *name = g_filename_display_basename (folder);
  g_autofree char *shown = emend_file_chooser_describe_path (folder);
  g_autofree char *markup = g_markup_escape_text (shown, -1);

  g_return_if_fail (EMEND_IS_NEW_PROJECT_DIALOG (self));

  if (self->count_cancellable != NULL)
    g_cancellable_cancel (self->count_cancellable);
  g_clear_object (&self->count_cancellable);
  self->count_cancellable = g_cancellable_new ();
  g_free (self->folder);
  self->folder = g_strdup (folder);
  self->own_path = FALSE;
  self->n_images = 0;
  emend_error_bar_set_text (self->error, NULL);
  adw_action_row_set_subtitle (self->folder_row, markup);
  gtk_stack_set_visible_child_name (self->folder_stack, "chosen");
  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  name_changed_cb (self);
  gtk_spinner_start (self->counting);
  emend_folder_count_async (folder, self->count_cancellable, counted_cb, g_object_ref (self));
}

static void
folder_chosen_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer data)
{
  g_autoptr (EmendNewProjectDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = emend_file_chooser_choose_finish (result, &error);

  if (self->stack == NULL)
    return;
  if (folder != NULL)
    emend_new_project_dialog_set_folder (self, folder);
  else
    emend_error_bar_set_error (self->error, error);
}

static void
choose_folder_action (GtkWidget *widget,
                      const char *name,
                      GVariant *parameter)
{
  EmendNewProjectDialog *self = EMEND_NEW_PROJECT_DIALOG (widget);
  const EmendFileChooserOptions options = {
    .kind = EMEND_FILE_CHOOSER_FOLDER,
    .title = _ ("Folder With Images or Documents"),
    .accept = _ ("_Choose"),
    .folder = self->folder,
  };

  emend_file_chooser_choose_async (GTK_WINDOW (self), &options, NULL, folder_chosen_cb, g_object_ref (self));
}

static void
path_chosen_cb (GObject *source,
                GAsyncResult *result,
                gpointer data)
{
  g_autoptr (EmendNewProjectDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_file_chooser_choose_finish (result, &error);

  if (self->stack == NULL)
    return;
  emend_error_bar_set_error (self->error, error);
  if (path == NULL)
    return;
  g_free (self->path);
  self->path = g_str_has_suffix (path, ".emend") ? g_steal_pointer (&path) : g_strconcat (path, ".emend", NULL);
  self->own_path = TRUE;
  show_path (self);
  update_buttons (self);
}

static void
choose_path_action (GtkWidget *widget,
                    const char *action,
                    GVariant *parameter)
{
  EmendNewProjectDialog *self = EMEND_NEW_PROJECT_DIALOG (widget);
  g_autofree char *folder = self->path != NULL ? g_path_get_dirname (self->path) : NULL;
  g_autofree char *name = self->path != NULL ? g_filename_display_basename (self->path) : NULL;
  const EmendFileChooserOptions options = {
    .kind = EMEND_FILE_CHOOSER_SAVE,
    .title = _ ("Project File"),
    .accept = _ ("_Choose"),
    .folder = folder,
    .name = name,
    .filter_name = _ ("Emend projects"),
    .patterns = "*.emend",
  };

  emend_file_chooser_choose_async (GTK_WINDOW (self), &options, NULL, path_chosen_cb, g_object_ref (self));
}

static void
set_busy (EmendNewProjectDialog *self,
          const char *title,
          EmendTaskProgress *progress)
{
  self->busy = progress != NULL;
  if (progress != NULL) {
    emend_error_bar_set_text (self->error, NULL);
    emend_progress_page_start (self->progress_page, title, progress);
    gtk_stack_set_visible_child_name (self->stack, "progress");
  } else {
    emend_progress_page_stop (self->progress_page);
  }
  update_buttons (self);
}

static void
draft_open_cb (GObject *source,
               GAsyncResult *result,
               gpointer data)
{
  g_autoptr (EmendNewProjectDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean open = emend_project_draft_open_finish (EMEND_PROJECT_DRAFT (source), result, &error);

  if (self->stack == NULL)
    return;
  set_busy (self, NULL, NULL);
  if (open && !self->closing) {
    emend_import_page_set_project (self->import_page, emend_project_draft_get_store (self->draft), self->schema);
    show_step (self, STEP_PROPOSALS);
    return;
  }
  if (!open)
    g_clear_object (&self->draft);
  emend_error_bar_set_error (self->error, error);
  show_step (self, STEP_SCHEMA);
  if (self->closing)
    gtk_window_close (GTK_WINDOW (self));
}

static void
open_draft (EmendNewProjectDialog *self)
{
  g_autoptr (EmendTaskProgress) progress = emend_task_progress_new (EMEND_PROGRESS_FILES);
  g_autofree char *images = emend_count_to_text (self->n_images);
  g_autofree char *title = g_strdup_printf (ngettext ("Reading %s file", "Reading %s files",
                                                      (gulong) self->n_images),
                                            images);

  if (self->draft != NULL && g_strcmp0 (emend_project_draft_get_path (self->draft), self->path) != 0)
    discard_draft (self);
  if (self->draft == NULL)
    self->draft = emend_project_draft_new (self->path, get_name (self), self->reviewer);
  set_busy (self, title, progress);
  emend_project_draft_open_async (self->draft, self->schema, self->folder, progress, draft_open_cb,
                                  g_object_ref (self));
}

static gboolean
take_schema (EmendNewProjectDialog *self,
             EmendSchema *schema)
{
  if (schema == NULL)
    return FALSE;
  g_clear_pointer (&self->schema, emend_schema_unref);
  self->schema = schema;
  return TRUE;
}

static gboolean
take_fields (EmendNewProjectDialog *self)
{
  EmendFieldsDraft *draft = emend_fields_editor_get_draft (self->fields);

  if (g_list_model_get_n_items (G_LIST_MODEL (emend_fields_draft_get_fields (draft))) == 0) {
    emend_error_bar_set_text (self->error,
                              _ ("There is nothing to be read from the documents yet. Add a field, or begin "
                                 "with a template."));
    return FALSE;
  }
  return take_schema (self, emend_fields_editor_to_schema (self->fields, self->base));
}

static gboolean
take_labels (EmendNewProjectDialog *self)
{
  const char *const none[] = { NULL };
  g_autoptr (GError) error = NULL;
  EmendSchema *schema = emend_label_drafts_to_schema (G_LIST_MODEL (emend_label_editor_get_drafts (self->labels)),
                                                      NULL, none, &error);

  emend_error_bar_set_error (self->error, error);
  return take_schema (self, schema);
}

static void
kept_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  g_autoptr (EmendNewProjectDialog) self = data;
  EmendProjectDraft *draft = EMEND_PROJECT_DRAFT (source);
  g_autoptr (GError) error = NULL;

  if (emend_project_draft_keep_finish (draft, result, &error)) {
    g_clear_object (&self->draft);
    g_signal_emit (self, signals[CREATED], 0, emend_project_draft_get_path (draft));
    gtk_window_destroy (GTK_WINDOW (self));
    return;
  }
  if (self->stack == NULL)
    return;
  set_busy (self, NULL, NULL);
  /* The draft is closed now, and cannot be used again. */
  discard_draft (self);
  emend_error_bar_set_error (self->error, error);
  show_step (self, STEP_FOLDER);
}

static void
keep_draft (EmendNewProjectDialog *self)
{
  emend_import_page_set_project (self->import_page, NULL, NULL);
  emend_project_draft_keep_async (self->draft, kept_cb, g_object_ref (self));
}

static void
imported_cb (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (EmendNewProjectDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendImportReport) report = emend_import_request_run_finish (EMEND_STORE (source), result, &error);

  if (self->stack == NULL)
    return;
  if (report != NULL && !self->closing) {
    keep_draft (self);
    return;
  }
  set_busy (self, NULL, NULL);
  emend_error_bar_set_error (self->error, error);
  show_step (self, STEP_PROPOSALS);
  if (self->closing)
    gtk_window_close (GTK_WINDOW (self));
}

static void
create (EmendNewProjectDialog *self)
{
  g_autoptr (EmendImportRequest) request = emend_import_page_make_request (self->import_page);
  g_autoptr (EmendTaskProgress) progress = emend_task_progress_new (request != NULL ? EMEND_PROGRESS_BYTES :
                                                                                      EMEND_PROGRESS_PLAIN);

  emend_import_page_cancel (self->import_page);
  set_busy (self, request != NULL ? _ ("Importing the proposals") : _ ("Creating the project"), progress);
  if (request != NULL)
    emend_import_request_run_async (g_steal_pointer (&request), emend_project_draft_get_store (self->draft), FALSE,
                                    progress, imported_cb, g_object_ref (self));
  else
    keep_draft (self);
}

static void
next_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  EmendNewProjectDialog *self = EMEND_NEW_PROJECT_DIALOG (widget);

  if (!can_go_on (self))
    return;
  emend_error_bar_set_text (self->error, NULL);
  switch (self->step) {
  case STEP_FOLDER:
    if (!is_documents (self) || begin_fields (self))
      show_step (self, STEP_SCHEMA);
    break;
  case STEP_SCHEMA:
    if (is_documents (self) ? take_fields (self) : take_labels (self))
      open_draft (self);
    break;
  case STEP_PROPOSALS:
    create (self);
    break;
  case N_STEPS:
  default:
    g_assert_not_reached ();
  }
}

static void
back_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  EmendNewProjectDialog *self = EMEND_NEW_PROJECT_DIALOG (widget);

  emend_error_bar_set_text (self->error, NULL);
  if (self->step == STEP_FOLDER)
    gtk_window_close (GTK_WINDOW (self));
  else
    show_step (self, self->step - 1);
  if (self->step == STEP_FOLDER)
    discard_draft (self);
}

static gboolean
drop_cb (EmendNewProjectDialog *self,
         const GValue *value)
{
  GFile *file = g_value_get_object (value);

  if (file == NULL || g_file_peek_path (file) == NULL || self->step != STEP_FOLDER)
    return FALSE;
  emend_new_project_dialog_set_folder (self, g_file_peek_path (file));
  return TRUE;
}

/* Work is stopped and what was made is deleted before the window goes. */
static gboolean
close_request (GtkWindow *window)
{
  EmendNewProjectDialog *self = EMEND_NEW_PROJECT_DIALOG (window);

  self->closing = TRUE;
  if (self->busy) {
    emend_progress_page_cancel (self->progress_page);
    return TRUE;
  }
  if (self->draft != NULL) {
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
    discard_draft (self);
    return TRUE;
  }
  return GTK_WINDOW_CLASS (emend_new_project_dialog_parent_class)->close_request (window);
}

static void
emend_new_project_dialog_dispose (GObject *object)
{
  EmendNewProjectDialog *self = EMEND_NEW_PROJECT_DIALOG (object);

  if (self->count_cancellable != NULL)
    g_cancellable_cancel (self->count_cancellable);
  if (self->draft != NULL)
    emend_project_draft_discard_async (self->draft, NULL, NULL);
  g_clear_object (&self->draft);
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_NEW_PROJECT_DIALOG);
  G_OBJECT_CLASS (emend_new_project_dialog_parent_class)->dispose (object);
}

static void
emend_new_project_dialog_finalize (GObject *object)
{
  EmendNewProjectDialog *self = EMEND_NEW_PROJECT_DIALOG (object);

  g_clear_object (&self->count_cancellable);
  g_clear_pointer (&self->schema, emend_schema_unref);
  g_clear_pointer (&self->base, emend_schema_unref);
  g_ptr_array_unref (self->templates);
  g_free (self->reviewer);
  g_free (self->folder);
  g_free (self->path);
  G_OBJECT_CLASS (emend_new_project_dialog_parent_class)->finalize (object);
}

static void
emend_new_project_dialog_class_init (EmendNewProjectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_new_project_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_new_project_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  g_type_ensure (EMEND_TYPE_ERROR_BAR);
  g_type_ensure (EMEND_TYPE_FIELDS_EDITOR);
  g_type_ensure (EMEND_TYPE_IMPORT_PAGE);
  g_type_ensure (EMEND_TYPE_LABEL_EDITOR);
  g_type_ensure (EMEND_TYPE_PROGRESS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-new-project-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, back);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, next);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, error);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, folder_stack);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, counting);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, subject);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, template);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, name);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, path_row);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, labels);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, import_page);
  gtk_widget_class_bind_template_child (widget_class, EmendNewProjectDialog, progress_page);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, subject_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, template_changed_cb);
  gtk_widget_class_install_action (widget_class, "create.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "create.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "create.choose-folder", NULL, choose_folder_action);
  gtk_widget_class_install_action (widget_class, "create.choose-path", NULL, choose_path_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  /**
   * EmendNewProjectDialog::created:
   * @path: of the project file
   */
  signals[CREATED] = g_signal_new ("created", EMEND_TYPE_NEW_PROJECT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
emend_new_project_dialog_init (EmendNewProjectDialog *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  self->templates = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_templates (self);
  g_signal_connect_object (self->import_page, "notify::ready", G_CALLBACK (update_buttons), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  show_step (self, STEP_FOLDER);
}

/**
 * emend_new_project_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @reviewer: (nullable): who makes the project
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWindow *
emend_new_project_dialog_new (GtkWindow *parent,
                              const char *reviewer)
{
  EmendNewProjectDialog *self = g_object_new (EMEND_TYPE_NEW_PROJECT_DIALOG, "transient-for", parent, NULL);

  self->reviewer = g_strdup (reviewer);
  return GTK_WINDOW (self);
}
