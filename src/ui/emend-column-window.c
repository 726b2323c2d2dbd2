#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-column-window.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "emend-column-field.h"
#include "emend-column-list.h"
#include "emend-error-bar.h"

struct _EmendColumnWindow {
  GtkWindow parent_instance;

  AdwWindowTitle *heading;
  GtkDropDown *chooser;
  GtkStack *stack;
  GtkSpinner *spinner;
  EmendErrorBar *error;
  AdwToastOverlay *toasts;
  EmendColumnList *column;
  AdwStatusPage *blind;
  GtkWidget *next_field;
  GtkWidget *foot;
  GtkButton *accept;

  GtkWindow *parent;   /* (nullable): shows the documents */
  EmendReview *review; /* (nullable) */
  EmendColumnModel *model;
  GSettings *settings; /* (nullable) */
  GListStore *fields;  /* (element-type EmendColumnField) */
  GCancellable *counting;
  AdwToast *toast;    /* (nullable): the last message */
  gboolean is_stale;  /* the counts may be others: something was decided elsewhere */
  gboolean filling;   /* the chooser is changed by the program */
  gboolean is_warned; /* of what is typed and would be lost */
};

G_DEFINE_FINAL_TYPE (EmendColumnWindow, emend_column_window, GTK_TYPE_WINDOW)

static EmendColumnField *
get_chosen (EmendColumnWindow *self)
{
  return gtk_drop_down_get_selected_item (self->chooser);
}

static EmendColumnField *
find_field (EmendColumnWindow *self,
            int id,
            guint *position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->fields));

  for (guint i = 0; i < n; i++) {
    g_autoptr (EmendColumnField) field = g_list_model_get_item (G_LIST_MODEL (self->fields), i);

    if (emend_column_field_get_field (field)->id != id)
      continue;
    if (position != NULL)
      *position = i;
    return field; /* the list keeps it */
  }
  return NULL;
}

/* The next field of which something waits, from the chosen one on, round the end; its position, or -1. */
static int
find_next_field (EmendColumnWindow *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->fields));
  guint chosen = gtk_drop_down_get_selected (self->chooser);

  for (guint i = 1; chosen != GTK_INVALID_LIST_POSITION && i < n; i++) {
    guint position = (chosen + i) % n;
    g_autoptr (EmendColumnField) field = g_list_model_get_item (G_LIST_MODEL (self->fields), position);

    if (!emend_column_field_get_field (field)->blind && emend_column_field_get_left (field) > 0)
      return (int) position;
  }
  return -1;
}

static void
show_screen (EmendColumnWindow *self)
{
  EmendColumnTally tally;
  g_autofree char *text = NULL;

  emend_column_list_tally (self->column, &tally);
  if (tally.n_accepted == 0)
    text = g_strdup (_ ("_Go On"));
  else
    /* TRANSLATORS: on a button: how many values it accepts. */
    text = g_strdup_printf (ngettext ("_Accept %u Value", "_Accept %u Values", tally.n_accepted), tally.n_accepted);
  gtk_button_set_label (self->accept, text);
  gtk_widget_set_visible (self->next_field, find_next_field (self) >= 0);
}

static void
show_page (EmendColumnWindow *self,
           const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->foot, g_str_equal (name, "list"));
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "loading"));
}

static void
show_blind (EmendColumnWindow *self,
            const EmendField *field)
{
  g_autofree char *title = g_strdup_printf (_ ("“%s” Is Typed Blind"), emend_field_get_title (field));
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_status_page_set_title (self->blind, escaped);
  show_page (self, "blind");
}

/* Shows the chosen field from its beginning. */
static void
show_chosen (EmendColumnWindow *self)
{
  EmendColumnField *chosen = get_chosen (self);
  const EmendField *field = chosen != NULL ? emend_column_field_get_field (chosen) : NULL;

  if (field == NULL || field->blind)
    emend_column_model_set_field (self->model, 0);
  if (field == NULL)
    show_page (self, "no-fields");
  else if (field->blind)
    show_blind (self, field);
  else {
    show_page (self, "loading");
    emend_column_model_set_field (self->model, field->id);
  }
}

static void
chosen_cb (EmendColumnWindow *self)
{
  if (!self->filling && self->review != NULL)
    show_chosen (self);
}

static void
listed_cb (EmendColumnWindow *self,
           const GError *error)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0;

  emend_error_bar_set_error (self->error, error);
  show_page (self, error != NULL ? "failed" : is_empty ? "nothing" :
                                                         "list");
  if (error == NULL && !is_empty)
    emend_column_list_start (self->column);
  show_screen (self);
}

static gpointer
count_worker (EmendProject *project,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  return emend_project_count_fields (project, error);
}

static void
counted_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (EmendColumnWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) counts = emend_store_run_finish (EMEND_STORE (source), result, &error);
  guint n = self->fields != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->fields)) : 0;

  if (self->review == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (counts == NULL) {
    emend_error_bar_set_error (self->error, error);
    return;
  }
  for (guint i = 0; i < n; i++) {
    g_autoptr (EmendColumnField) field = g_list_model_get_item (G_LIST_MODEL (self->fields), i);
    gint64 n_left = 0;

    for (guint c = 0; c < counts->len; c++) {
      const EmendFieldCount *count = &g_array_index (counts, EmendFieldCount, c);

      if (count->field == emend_column_field_get_field (field)->id)
        n_left = count->n_undecided;
    }
    emend_column_field_set_left (field, n_left);
  }
  show_screen (self);
}

static void
count (EmendColumnWindow *self)
{
  self->is_stale = FALSE;
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  emend_store_query_async (emend_review_get_store (self->review), count_worker, NULL, NULL,
                           (GDestroyNotify) g_array_unref, self->counting, counted_cb, g_object_ref (self));
}

static gboolean
is_offered (const EmendField *field)
{
  return !field->retired && field->type != EMEND_FIELD_TABLE;
}

/* The fields of the schema that is in use now; the chosen one stays chosen. */
static void
fill_fields (EmendColumnWindow *self)
{
  EmendSchema *schema = emend_review_get_schema (self->review);
  EmendColumnField *chosen = get_chosen (self);
  int id = chosen != NULL ? emend_column_field_get_field (chosen)->id : 0;
  guint position = 0;

  self->filling = TRUE;
  g_list_store_remove_all (self->fields);
  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    const EmendField *field = emend_schema_get_field (schema, i);
    g_autoptr (EmendColumnField) offered = is_offered (field) ? emend_column_field_new (field) : NULL;

    if (offered != NULL)
      g_list_store_append (self->fields, offered);
  }
  find_field (self, id, &position);
  gtk_drop_down_set_selected (self->chooser, position);
  gtk_widget_set_visible (GTK_WIDGET (self->chooser), g_list_model_get_n_items (G_LIST_MODEL (self->fields)) > 0);
  self->filling = FALSE;
}

static void
refresh (EmendColumnWindow *self)
{
  if (self->review == NULL)
    return;
  fill_fields (self);
  show_chosen (self);
  count (self);
}

/* A value decided is one less that waits, and one taken back one more. */
static void
outcome_cb (EmendColumnWindow *self,
            const EmendOutcome *outcome)
{
  for (guint i = 0; i < outcome->changes->len; i++) {
    const EmendChange *change = g_ptr_array_index (outcome->changes, i);
    const EmendAnnotation *annotation = change->after != NULL ? change->after : change->before;
    EmendColumnField *field = annotation != NULL && annotation->value != NULL ?
                                find_field (self, annotation->label, NULL) :
                                NULL;
    gint64 n_left = field != NULL ? emend_column_field_get_left (field) : -1;

    /* What a person added may have taken the place of a proposal: only counting again tells. */
    if (annotation != NULL && annotation->value != NULL && annotation->proposal == 0)
      self->is_stale = TRUE;
    else if (n_left >= 0)
      emend_column_field_set_left (field, MAX (0, n_left + (change->before == NULL ? -1 : 0) +
                                                    (change->after == NULL ? 1 : 0)));
  }
  self->is_warned = FALSE;
  emend_error_bar_set_error (self->error, NULL);
  show_screen (self);
}

static void
show_toast (EmendColumnWindow *self,
            const char *text,
            gboolean can_undo)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_object (&self->toast);
  self->toast = g_object_ref (adw_toast_new (escaped));
  adw_toast_set_timeout (self->toast, can_undo ? 5 : 3);
  if (can_undo) {
    adw_toast_set_button_label (self->toast, _ ("Undo"));
    adw_toast_set_action_name (self->toast, "column.undo");
  }
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (self->toast));
}

/* What the work says is for the window that the reviewer works in. */
static void
told_cb (EmendColumnWindow *self,
         const char *text)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    show_toast (self, text, FALSE);
}

static void
failed_cb (EmendColumnWindow *self,
           const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    emend_error_bar_set_error (self->error, error);
}

static void
active_cb (EmendColumnWindow *self)
{
  if (self->is_stale && self->review != NULL && gtk_window_is_active (GTK_WINDOW (self)))
    count (self);
}

static void
open_item_cb (EmendColumnWindow *self,
              gint64 item)
{
  emend_review_open (self->review, item);
  if (self->parent != NULL)
    gtk_window_present (self->parent);
}

static void
accept_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  emend_column_list_accept_screen (EMEND_COLUMN_WINDOW (widget)->column);
}

static void
step_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  emend_column_list_step (EMEND_COLUMN_WINDOW (widget)->column, g_str_equal (name, "column.redo"));
}

static void
refresh_action (GtkWidget *widget,
                const char *name,
                GVariant *parameter)
{
  refresh (EMEND_COLUMN_WINDOW (widget));
}

static void
next_field_action (GtkWidget *widget,
                   const char *name,
                   GVariant *parameter)
{
  EmendColumnWindow *self = EMEND_COLUMN_WINDOW (widget);
  int next = find_next_field (self);

  if (next >= 0)
    gtk_drop_down_set_selected (self->chooser, (guint) next);
}

static gboolean
emend_column_window_close_request (GtkWindow *window)
{
  EmendColumnWindow *self = EMEND_COLUMN_WINDOW (window);
  int width;
  int height;

  if (!self->is_warned && self->model != NULL && emend_column_model_has_drafts (self->model)) {
    self->is_warned = TRUE;
    show_toast (self, _ ("Something typed is not confirmed: Enter in its row records it. Close again to give it up."),
                FALSE);
    return TRUE;
  }
  gtk_window_get_default_size (window, &width, &height);
  if (self->settings != NULL && !gtk_window_is_maximized (window)) {
    g_settings_set_int (self->settings, "column-width", width);
    g_settings_set_int (self->settings, "column-height", height);
  }
  return GTK_WINDOW_CLASS (emend_column_window_parent_class)->close_request (window);
}

static void
emend_column_window_dispose (GObject *object)
{
  EmendColumnWindow *self = EMEND_COLUMN_WINDOW (object);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_object (&self->toast);
  g_clear_weak_pointer (&self->parent);
  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_COLUMN_WINDOW);
  g_clear_object (&self->model);
  g_clear_object (&self->fields);
  g_clear_object (&self->review);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (emend_column_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EmendColumnWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnWindow, chooser);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnWindow, error);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnWindow, column);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnWindow, blind);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnWindow, next_field);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnWindow, accept);
}

static void
emend_column_window_class_init (EmendColumnWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_column_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = emend_column_window_close_request;
  g_type_ensure (EMEND_TYPE_COLUMN_FIELD);
  g_type_ensure (EMEND_TYPE_COLUMN_LIST);
  g_type_ensure (EMEND_TYPE_ERROR_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-column-window.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "column.accept", NULL, accept_action);
  gtk_widget_class_install_action (widget_class, "column.undo", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "column.redo", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "column.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "column.next-field", NULL, next_field_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "column.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "column.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "column.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_y, GDK_CONTROL_MASK, "column.redo", NULL);
}

static void
emend_column_window_init (EmendColumnWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->fields = g_list_store_new (EMEND_TYPE_COLUMN_FIELD);
  gtk_drop_down_set_model (self->chooser, G_LIST_MODEL (self->fields));
  g_signal_connect_object (self->chooser, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->column, "screen-changed", G_CALLBACK (show_screen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->column, "told", G_CALLBACK (show_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->column, "open-item", G_CALLBACK (open_item_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
}

static void
set_review (EmendColumnWindow *self,
            EmendReview *review)
{
  self->review = g_object_ref (review);
  self->model = emend_column_model_new (review);
  emend_column_list_set_model (self->column, self->model);
  g_signal_connect_object (self->model, "listed", G_CALLBACK (listed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "started", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "outcome", G_CALLBACK (outcome_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * emend_column_window_new:
 * @parent: (nullable): the window that shows the documents
 * @review: the work on a project whose facts are known
 * @settings: (nullable): keep its size
 *
 * Begins with the first field of the schema. It is not kept above @parent, so that a document can be looked at; who
 * makes it closes it with the project.
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWindow *
emend_column_window_new (GtkWindow *parent,
                         EmendReview *review,
                         GSettings *settings)
{
  GtkApplication *application = parent != NULL ? gtk_window_get_application (parent) : NULL;
  EmendColumnWindow *self = g_object_new (EMEND_TYPE_COLUMN_WINDOW, "application", application, NULL);
  const EmendProjectInfo *info = emend_review_get_info (review);
  gboolean writable = emend_review_is_writable (review);

  g_set_weak_pointer (&self->parent, parent);
  g_set_object (&self->settings, settings);
  if (settings != NULL)
    gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "column-width"),
                                 g_settings_get_int (settings, "column-height"));
  set_review (self, review);
  adw_window_title_set_subtitle (self->heading, info->name);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "column.accept", writable);
  refresh (self);
  return GTK_WINDOW (self);
}

/**
 * emend_column_window_get_review:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the work that it is part of
 */
EmendReview *
emend_column_window_get_review (EmendColumnWindow *self)
{
  return self->review;
}

/**
 * emend_column_window_is_of_use:
 * @schema: a schema
 *
 * Returns: whether it has fields that the window can show
 */
gboolean
emend_column_window_is_of_use (EmendSchema *schema)
{
  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    if (is_offered (emend_schema_get_field (schema, i)))
      return TRUE;
  }
  return FALSE;
}
