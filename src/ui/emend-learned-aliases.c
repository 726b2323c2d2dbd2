#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-learned-aliases.h"

#include <glib/gi18n-lib.h>

struct _EmendLearnedAliases {
  GtkBox parent_instance;

  GtkListBox *rows;

  EmendList *shown; /* (nullable): what the rows say */
};

enum {
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendLearnedAliases, emend_learned_aliases, GTK_TYPE_BOX)

/* Whoever removes several from the keyboard goes on with what comes next. */
static void
remove_cb (GtkButton *button,
           EmendLearnedAliases *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  g_autofree char *text = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  GtkListBoxRow *next;

  g_signal_emit (self, signals[REFUSED], 0, text);
  next = gtk_list_box_get_row_at_index (self->rows, index);
  if (next == NULL && index > 0)
    next = gtk_list_box_get_row_at_index (self->rows, index - 1);
  if (next != NULL)
    gtk_widget_child_focus (GTK_WIDGET (next), GTK_DIR_TAB_FORWARD);
}

static void
add_row (EmendLearnedAliases *self,
         const EmendLearnedAlias *alias)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "activatable", FALSE, "focusable", FALSE,
                                 NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  /* TRANSLATORS: what stood in a document, then the name of a look-up list that it is taken for. */
  g_autofree char *tooltip = g_strdup_printf (_ ("No longer take “%s” for “%s”"), alias->text, alias->value);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), alias->text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), alias->value);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->rows, row);
}

/**
 * emend_learned_aliases_set_list:
 * @self: the view
 * @list: (nullable): a look-up list; copied
 */
void
emend_learned_aliases_set_list (EmendLearnedAliases *self,
                                const EmendList *list)
{
  GtkListBoxRow *row;

  g_return_if_fail (EMEND_IS_LEARNED_ALIASES (self));

  if (list != NULL && self->shown != NULL && emend_list_learned_alike (list, self->shown))
    return;
  while ((row = gtk_list_box_get_row_at_index (self->rows, 0)) != NULL)
    gtk_list_box_remove (self->rows, GTK_WIDGET (row));
  g_clear_pointer (&self->shown, emend_list_free);
  self->shown = list != NULL ? emend_list_copy (list) : NULL;
  for (guint i = 0; list != NULL && i < list->learned->len; i++)
    add_row (self, g_ptr_array_index (list->learned, i));
  gtk_widget_set_visible (GTK_WIDGET (self), list != NULL && list->learned->len > 0);
}

static void
emend_learned_aliases_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_LEARNED_ALIASES);
  G_OBJECT_CLASS (emend_learned_aliases_parent_class)->dispose (object);
}

static void
emend_learned_aliases_finalize (GObject *object)
{
  g_clear_pointer (&EMEND_LEARNED_ALIASES (object)->shown, emend_list_free);
  G_OBJECT_CLASS (emend_learned_aliases_parent_class)->finalize (object);
}

static void
emend_learned_aliases_class_init (EmendLearnedAliasesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_learned_aliases_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_learned_aliases_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-learned-aliases.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendLearnedAliases, rows);

  /**
   * EmendLearnedAliases::refused:
   * @text: the spelling
   *
   * Somebody took it away.
   */
  signals[REFUSED] = g_signal_new ("refused", EMEND_TYPE_LEARNED_ALIASES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
emend_learned_aliases_init (EmendLearnedAliases *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
