#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-draft-row.h"

#include <glib/gi18n-lib.h>

#include "emend-phrases.h"

struct _EmendDraftRow {
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *required;
  GtkLabel *subtitle;
  GtkImage *warning;

  EmendFieldsDraft *owner;
  GObject *draft; /* an EmendFieldDraft or EmendRuleDraft */
  GtkEventController *drag;
};

G_DEFINE_FINAL_TYPE (EmendDraftRow, emend_draft_row, GTK_TYPE_LIST_BOX_ROW)

static GListStore *
get_store (EmendDraftRow *self)
{
  return EMEND_IS_FIELD_DRAFT (self->draft) ? emend_fields_draft_get_fields (self->owner) :
                                              emend_fields_draft_get_rules (self->owner);
}

/**
 * emend_draft_row_get_draft:
 * @self: the row
 *
 * Returns: (transfer none): the #EmendFieldDraft or #EmendRuleDraft that it shows
 */
gpointer
emend_draft_row_get_draft (EmendDraftRow *self)
{
  g_return_val_if_fail (EMEND_IS_DRAFT_ROW (self), NULL);

  return self->draft;
}

static void
show (EmendDraftRow *self,
      const char *icon,
      const char *title,
      const char *subtitle,
      const char *problem)
{
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->warning), problem != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), problem);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem != NULL ? problem : subtitle, -1);
}

static void
show_field (EmendDraftRow *self,
            EmendFieldDraft *field)
{
  EmendFieldType type = emend_field_draft_get_field_type (field);
  g_autofree char *problem = emend_field_draft_find_any_problem (field);
  g_autofree char *subtitle = NULL;
  gboolean required = emend_field_draft_get_required (field);
  gboolean retired = emend_field_draft_get_retired (field);

  if (retired)
    /* TRANSLATORS: type of a field that is no longer asked for. */
    subtitle = g_strdup_printf (_ ("%s · retired"), emend_phrase_field_type (type));
  else if (required)
    /* TRANSLATORS: type of a field that every document must have. */
    subtitle = g_strdup_printf (_ ("%s · required"), emend_phrase_field_type (type));
  else
    subtitle = g_strdup (emend_phrase_field_type (type));
  show (self, emend_phrase_field_type_icon (type), emend_field_draft_get_title (field), subtitle, problem);
  gtk_widget_set_visible (GTK_WIDGET (self->required), required && !retired);
  if (retired)
    gtk_widget_add_css_class (GTK_WIDGET (self), "retired");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "retired");
}

static void
show_rule (EmendDraftRow *self,
           EmendRuleDraft *rule)
{
  g_autofree char *formula = emend_rule_draft_get_formula (rule);
  g_autofree char *problem = emend_rule_draft_find_any_problem (rule);

  show (self, "emend-rule-symbolic", emend_rule_draft_get_text (rule, EMEND_RULE_PART_NAME), formula, problem);
}

static void
update (EmendDraftRow *self)
{
  if (EMEND_IS_FIELD_DRAFT (self->draft))
    show_field (self, EMEND_FIELD_DRAFT (self->draft));
  else
    show_rule (self, EMEND_RULE_DRAFT (self->draft));
}

static void
move_to (EmendDraftRow *self,
         guint target)
{
  g_autoptr (EmendDraftRow) kept = g_object_ref (self);
  GtkListBox *list = GTK_LIST_BOX (gtk_widget_get_parent (GTK_WIDGET (self)));
  GListStore *store = get_store (self);
  guint position;
  GtkListBoxRow *row;

  if (!g_list_store_find (store, self->draft, &position) || target >= g_list_model_get_n_items (G_LIST_MODEL (store)))
    return;
  emend_draft_move (store, position, target);
  row = gtk_list_box_get_row_at_index (list, (int) target);
  gtk_list_box_select_row (list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
move_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  EmendDraftRow *self = EMEND_DRAFT_ROW (widget);
  guint position;

  if (!g_list_store_find (get_store (self), self->draft, &position))
    return;
  if (g_str_equal (name, "draft.down"))
    move_to (self, position + 1);
  else if (position > 0)
    move_to (self, position - 1);
}

static void
remove_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  g_autoptr (EmendDraftRow) self = g_object_ref (EMEND_DRAFT_ROW (widget));

  if (EMEND_IS_FIELD_DRAFT (self->draft))
    emend_fields_draft_remove_field (self->owner, EMEND_FIELD_DRAFT (self->draft));
  else
    emend_fields_draft_remove_rule (self->owner, EMEND_RULE_DRAFT (self->draft));
}

static GdkContentProvider *
prepare_cb (EmendDraftRow *self,
            double x,
            double y,
            GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (EMEND_TYPE_DRAFT_ROW, self);
}

static gboolean
drop_cb (EmendDraftRow *self,
         const GValue *value)
{
  EmendDraftRow *dragged = g_value_get_object (value);
  guint position;

  /* Fields among fields, rules among rules, of this window. */
  if (dragged == NULL || dragged->owner != self->owner || get_store (dragged) != get_store (self) ||
      !g_list_store_find (get_store (self), self->draft, &position))
    return FALSE;
  move_to (dragged, position);
  return TRUE;
}

/**
 * emend_draft_row_set_editable:
 * @self: the row
 * @editable: whether it can be moved and removed
 */
void
emend_draft_row_set_editable (EmendDraftRow *self,
                              gboolean editable)
{
  g_return_if_fail (EMEND_IS_DRAFT_ROW (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "draft.up", editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "draft.down", editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "draft.remove", editable);
  gtk_event_controller_set_propagation_phase (self->drag, editable ? GTK_PHASE_BUBBLE : GTK_PHASE_NONE);
}

static void
add_drag (EmendDraftRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (EMEND_TYPE_DRAFT_ROW, GDK_ACTION_MOVE);

  self->drag = GTK_EVENT_CONTROLLER (source);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
emend_draft_row_dispose (GObject *object)
{
  EmendDraftRow *self = EMEND_DRAFT_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_DRAFT_ROW);
  g_clear_object (&self->owner);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (emend_draft_row_parent_class)->dispose (object);
}

static void
emend_draft_row_class_init (EmendDraftRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_draft_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-draft-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendDraftRow, icon);
  gtk_widget_class_bind_template_child (widget_class, EmendDraftRow, title);
  gtk_widget_class_bind_template_child (widget_class, EmendDraftRow, required);
  gtk_widget_class_bind_template_child (widget_class, EmendDraftRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, EmendDraftRow, warning);
  gtk_widget_class_install_action (widget_class, "draft.up", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "draft.down", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "draft.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "draft.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "draft.down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "draft.remove", NULL);
}

static void
emend_draft_row_init (EmendDraftRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_draft_row_new:
 * @owner: the whole of it
 * @draft: an #EmendFieldDraft or #EmendRuleDraft of it
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
emend_draft_row_new (EmendFieldsDraft *owner,
                     gpointer draft)
{
  EmendDraftRow *self = g_object_new (EMEND_TYPE_DRAFT_ROW, NULL);

  self->owner = g_object_ref (owner);
  self->draft = g_object_ref (draft);
  /* Of the whole: a name may be taken or free again by what is typed elsewhere. */
  g_signal_connect_object (owner, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  add_drag (self);
  update (self);
  return GTK_WIDGET (self);
}
