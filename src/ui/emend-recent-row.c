#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-recent-row.h"

#include <glib/gi18n-lib.h>

#include "emend-file-chooser.h"

struct _EmendRecentRow {
  GtkListBoxRow parent_instance;

  GtkStack *picture_stack;
  GtkPicture *picture;
  GtkLabel *name;
  GtkLabel *folder;
  GtkLabel *progress;
  GtkLabel *time;
  GtkButton *remove;

  EmendRecentList *list;
  EmendRecent *recent;
};

G_DEFINE_FINAL_TYPE (EmendRecentRow, emend_recent_row, GTK_TYPE_LIST_BOX_ROW)

/**
 * emend_recent_row_get_recent:
 * @self: the row
 *
 * Returns: (transfer none): what it shows
 */
EmendRecent *
emend_recent_row_get_recent (EmendRecentRow *self)
{
  g_return_val_if_fail (EMEND_IS_RECENT_ROW (self), NULL);

  return self->recent;
}

/**
 * emend_recent_row_set_picture:
 * @self: the row
 * @picture: (nullable): a small picture of the project, instead of the icon
 */
void
emend_recent_row_set_picture (EmendRecentRow *self,
                              GdkPaintable *picture)
{
  g_return_if_fail (EMEND_IS_RECENT_ROW (self));

  gtk_picture_set_paintable (self->picture, picture);
  gtk_stack_set_visible_child_name (self->picture_stack, picture != NULL ? "picture" : "icon");
}

static void
remove_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  g_autoptr (EmendRecentRow) self = g_object_ref (EMEND_RECENT_ROW (widget));

  emend_recent_list_remove (self->list, emend_recent_get_path (self->recent));
}

static void
show_state (EmendRecentRow *self)
{
  gboolean missing = emend_recent_get_missing (self->recent);
  g_autofree char *progress = emend_recent_describe_progress (self->recent);

  gtk_label_set_text (self->progress, progress);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), !missing);
  if (missing)
    gtk_widget_add_css_class (GTK_WIDGET (self), "missing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "missing");
}

static void
emend_recent_row_dispose (GObject *object)
{
  EmendRecentRow *self = EMEND_RECENT_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_RECENT_ROW);
  g_clear_object (&self->list);
  g_clear_object (&self->recent);
  G_OBJECT_CLASS (emend_recent_row_parent_class)->dispose (object);
}

static void
emend_recent_row_class_init (EmendRecentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_recent_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-recent-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendRecentRow, picture_stack);
  gtk_widget_class_bind_template_child (widget_class, EmendRecentRow, picture);
  gtk_widget_class_bind_template_child (widget_class, EmendRecentRow, name);
  gtk_widget_class_bind_template_child (widget_class, EmendRecentRow, folder);
  gtk_widget_class_bind_template_child (widget_class, EmendRecentRow, progress);
  gtk_widget_class_bind_template_child (widget_class, EmendRecentRow, time);
  gtk_widget_class_bind_template_child (widget_class, EmendRecentRow, remove);
  gtk_widget_class_install_action (widget_class, "recent.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "recent.remove", NULL);
}

static void
emend_recent_row_init (EmendRecentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_recent_row_new:
 * @list: the list it can be taken off
 * @recent: a project
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
emend_recent_row_new (EmendRecentList *list,
                      EmendRecent *recent)
{
  EmendRecentRow *self = g_object_new (EMEND_TYPE_RECENT_ROW, NULL);
  const char *path = emend_recent_get_path (recent);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *folder = emend_file_chooser_describe_path (parent);
  g_autofree char *time = emend_recent_describe_time (emend_recent_get_opened (recent),
                                                      g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *display = g_filename_display_name (path);

  self->list = g_object_ref (list);
  self->recent = g_object_ref (recent);
  gtk_label_set_text (self->name, emend_recent_get_name (recent));
  gtk_label_set_text (self->folder, folder);
  gtk_label_set_text (self->time, time);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), display);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  emend_recent_get_name (recent), -1);
  g_signal_connect_object (recent, "notify::missing", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
  return GTK_WIDGET (self);
}
