#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-result-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* More would not be read; the last row says how many there are. */
#define MAX_PROBLEMS 200
#define COPIED_MS 1500

struct _EmendResultPage {
  GtkBox parent_instance;

  GtkScrolledWindow *scroller;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *description;
  GtkListBox *facts;
  GtkListBox *problems;
  GtkBox *buttons;

  guint n_problems;
};

G_DEFINE_FINAL_TYPE (EmendResultPage, emend_result_page, GTK_TYPE_BOX)

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (list), FALSE);
}

/**
 * emend_result_page_begin:
 * @self: the page
 * @kind: whether all is well
 * @title: one short sentence
 * @description: (nullable): what it means
 *
 * Starts over with another result.
 */
void
emend_result_page_begin (EmendResultPage *self,
                         EmendResultKind kind,
                         const char *title,
                         const char *description)
{
  GtkWidget *child;

  g_return_if_fail (EMEND_IS_RESULT_PAGE (self));

  clear_list (self->facts);
  clear_list (self->problems);
  self->n_problems = 0;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))) != NULL)
    gtk_box_remove (self->buttons, child);
  gtk_image_set_from_icon_name (self->icon,
                                kind == EMEND_RESULT_GOOD ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  if (kind == EMEND_RESULT_GOOD) {
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "good");
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "bad");
  } else {
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "bad");
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "good");
  }
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->description, description != NULL ? description : "");
  gtk_widget_set_visible (GTK_WIDGET (self->description), description != NULL);
}

static gboolean
copied_cb (gpointer data)
{
  GtkButton *button = data;

  gtk_button_set_icon_name (button, "edit-copy-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), _ ("Copy"));
  return G_SOURCE_REMOVE;
}

static void
copy_cb (GtkButton *button,
         gpointer data)
{
  const char *value = g_object_get_data (G_OBJECT (button), "value");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), value);
  gtk_button_set_icon_name (button, "emblem-ok-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), _ ("Copied"));
  g_timeout_add_full (G_PRIORITY_DEFAULT, COPIED_MS, copied_cb, g_object_ref (button), g_object_unref);
}

static GtkWidget *
copy_button (const char *name,
             const char *value)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  /* TRANSLATORS: tooltip of a button; what it copies, "SHA-256". */
  g_autofree char *label = g_strdup_printf (_ ("Copy “%s”"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Copy"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "value", g_strdup (value), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (copy_cb), NULL);
  return button;
}

/**
 * emend_result_page_add_fact:
 * @self: the page
 * @name: what it is
 * @value: the fact
 * @copyable: whether there is a button to copy it
 */
void
emend_result_page_add_fact (EmendResultPage *self,
                            const char *name,
                            const char *value,
                            gboolean copyable)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (value, -1);

  g_return_if_fail (EMEND_IS_RESULT_PAGE (self));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "emend-fact");
  gtk_widget_set_focusable (row, FALSE);
  if (copyable)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), copy_button (name, value));
  gtk_list_box_append (self->facts, row);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), TRUE);
}

static void
append_problem (EmendResultPage *self,
                const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (self->problems, row);
}

/**
 * emend_result_page_add_problem:
 * @self: the page
 * @text: a whole sentence
 *
 * Only the first two hundred are shown, then how many there are.
 */
void
emend_result_page_add_problem (EmendResultPage *self,
                               const char *text)
{
  g_return_if_fail (EMEND_IS_RESULT_PAGE (self));

  self->n_problems++;
  gtk_widget_set_visible (GTK_WIDGET (self->problems), TRUE);
  if (self->n_problems <= MAX_PROBLEMS) {
    append_problem (self, text);
  } else {
    GtkListBoxRow *last = gtk_list_box_get_row_at_index (self->problems, MAX_PROBLEMS);
    guint more = self->n_problems - MAX_PROBLEMS;
    g_autofree char *rest = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);

    if (last != NULL)
      gtk_list_box_remove (self->problems, GTK_WIDGET (last));
    append_problem (self, rest);
  }
}

/**
 * emend_result_page_add_button:
 * @self: the page
 * @label: with mnemonic
 * @action: name of an action of a widget around the page
 */
void
emend_result_page_add_button (EmendResultPage *self,
                              const char *label,
                              const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_return_if_fail (EMEND_IS_RESULT_PAGE (self));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  gtk_box_append (self->buttons, button);
}

static void
emend_result_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_RESULT_PAGE);
  G_OBJECT_CLASS (emend_result_page_parent_class)->dispose (object);
}

static void
emend_result_page_class_init (EmendResultPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_result_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-result-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendResultPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, EmendResultPage, icon);
  gtk_widget_class_bind_template_child (widget_class, EmendResultPage, title);
  gtk_widget_class_bind_template_child (widget_class, EmendResultPage, description);
  gtk_widget_class_bind_template_child (widget_class, EmendResultPage, facts);
  gtk_widget_class_bind_template_child (widget_class, EmendResultPage, problems);
  gtk_widget_class_bind_template_child (widget_class, EmendResultPage, buttons);
}

static void
emend_result_page_init (EmendResultPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
