#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-rule-pane.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "emend-checked-row.h"

struct _EmendRulePane {
  GtkBox parent_instance;

  GtkScrolledWindow *scrolled;
  GtkBox *box;
  GtkLabel *formula;
  EmendCheckedRow *name;
  AdwComboRow *target;
  AdwComboRow *kind;
  AdwPreferencesGroup *operands_group;
  GtkListBox *operands;
  GtkLabel *operands_problem;
  EmendCheckedRow *tolerance;
  EmendCheckedRow *sentence;
  GtkButton *remove;

  EmendFieldsDraft *owner; /* (nullable) */
  EmendRuleDraft *rule;    /* (nullable) */
  GSignalGroup *changes;
  GPtrArray *terms; /* (nullable) (element-type EmendFieldDraft): what is offered */
  gboolean loading; /* what changes now was not done by a person */
};

G_DEFINE_FINAL_TYPE (EmendRulePane, emend_rule_pane, GTK_TYPE_BOX)

static guint
find_term (EmendRulePane *self,
           EmendFieldDraft *term)
{
  guint index;

  return term != NULL && g_ptr_array_find (self->terms, term, &index) ? index : GTK_INVALID_LIST_POSITION;
}

/* What rules can speak of, and what this one speaks of although it cannot. */
static void
collect_terms (EmendRulePane *self)
{
  EmendFieldDraft *target = emend_rule_draft_get_target (self->rule);
  GPtrArray *operands = emend_rule_draft_get_operands (self->rule);

  g_clear_pointer (&self->terms, g_ptr_array_unref);
  self->terms = emend_rule_terms_list (G_LIST_MODEL (emend_fields_draft_get_fields (self->owner)));
  if (target != NULL && !g_ptr_array_find (self->terms, target, NULL))
    g_ptr_array_add (self->terms, g_object_ref (target));
  for (guint i = 0; i < operands->len; i++) {
    if (!g_ptr_array_find (self->terms, g_ptr_array_index (operands, i), NULL))
      g_ptr_array_add (self->terms, g_object_ref (g_ptr_array_index (operands, i)));
  }
}

static GListModel *
make_term_names (EmendRulePane *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->terms->len; i++) {
    EmendFieldDraft *term = g_ptr_array_index (self->terms, i);
    EmendFieldDraft *table = emend_field_draft_get_table (term);

    if (table != NULL) {
      /* TRANSLATORS: a table, then one of its columns. */
      g_autofree char *name = g_strdup_printf (_ ("%s: %s"), emend_field_draft_get_title (table),
                                               emend_field_draft_get_title (term));
      gtk_string_list_append (names, name);
    } else {
      gtk_string_list_append (names, emend_field_draft_get_title (term));
    }
  }
  return G_LIST_MODEL (names);
}

static void
show_problem_on_row (AdwActionRow *row,
                     const char *problem)
{
  g_autofree char *markup = g_markup_escape_text (problem != NULL ? problem : "", -1);

  adw_action_row_set_subtitle (row, markup);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "emend-wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "emend-wrong");
}

static void
update (EmendRulePane *self)
{
  EmendRuleKind kind = emend_rule_draft_get_kind (self->rule);
  g_autofree char *formula = emend_rule_draft_get_formula (self->rule);
  g_autofree char *name = emend_rule_draft_find_problem (self->rule, EMEND_RULE_PART_NAME);
  g_autofree char *target = emend_rule_draft_find_problem (self->rule, EMEND_RULE_PART_TARGET);
  g_autofree char *operands = emend_rule_draft_find_problem (self->rule, EMEND_RULE_PART_OPERANDS);
  g_autofree char *tolerance = emend_rule_draft_find_problem (self->rule, EMEND_RULE_PART_TOLERANCE);
  g_autofree char *sentence = emend_rule_draft_find_problem (self->rule, EMEND_RULE_PART_SENTENCE);

  gtk_label_set_text (self->formula, formula);
  emend_checked_row_set_problem (self->name, name);
  emend_checked_row_set_problem (self->tolerance, tolerance);
  emend_checked_row_set_problem (self->sentence, sentence);
  show_problem_on_row (ADW_ACTION_ROW (self->target), target);
  gtk_label_set_text (self->operands_problem, operands != NULL ? operands : "");
  gtk_widget_set_visible (GTK_WIDGET (self->operands_problem), operands != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->operands), emend_rule_draft_get_operands (self->rule)->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->tolerance), kind != EMEND_RULE_BEFORE && kind != EMEND_RULE_AFTER);
}

static void
text_changed_cb (EmendCheckedRow *row,
                 EmendRulePane *self)
{
  EmendRulePart part = EMEND_RULE_PART_SENTENCE;

  if (self->rule == NULL)
    return;
  if (row == self->name)
    part = EMEND_RULE_PART_NAME;
  else if (row == self->tolerance)
    part = EMEND_RULE_PART_TOLERANCE;
  emend_rule_draft_set_text (self->rule, part, emend_checked_row_get_text (row));
}

static void
kind_changed_cb (EmendRulePane *self)
{
  guint selected = adw_combo_row_get_selected (self->kind);

  if (!self->loading && self->rule != NULL && selected != GTK_INVALID_LIST_POSITION)
    emend_rule_draft_set_kind (self->rule, (EmendRuleKind) (selected + 1));
}

static void
target_changed_cb (EmendRulePane *self)
{
  guint selected = adw_combo_row_get_selected (self->target);

  if (!self->loading && self->rule != NULL && selected != GTK_INVALID_LIST_POSITION)
    emend_rule_draft_set_target (self->rule, g_ptr_array_index (self->terms, selected));
}

static guint
get_row_index (GtkWidget *widget)
{
  return (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (gtk_widget_get_ancestor (widget,
                                                                                        GTK_TYPE_LIST_BOX_ROW)));
}

static GPtrArray *
copy_operands (EmendRulePane *self)
{
  GPtrArray *operands = emend_rule_draft_get_operands (self->rule);
  GPtrArray *copy = g_ptr_array_new ();

  g_ptr_array_extend (copy, operands, NULL, NULL);
  return copy;
}

static void
operand_changed_cb (GtkDropDown *drop_down,
                    GParamSpec *pspec,
                    EmendRulePane *self)
{
  g_autoptr (GPtrArray) operands = copy_operands (self);
  guint selected = gtk_drop_down_get_selected (drop_down);
  guint index = get_row_index (GTK_WIDGET (drop_down));

  if (self->loading || selected == GTK_INVALID_LIST_POSITION || index >= operands->len)
    return;
  operands->pdata[index] = g_ptr_array_index (self->terms, selected);
  emend_rule_draft_set_operands (self->rule, operands);
}

static void show_operands (EmendRulePane *self);

static void
operand_removed_cb (GtkButton *button,
                    EmendRulePane *self)
{
  g_autoptr (GPtrArray) operands = copy_operands (self);
  guint index = get_row_index (GTK_WIDGET (button));

  g_ptr_array_remove_index (operands, index);
  emend_rule_draft_set_operands (self->rule, operands);
  show_operands (self);
}

static GtkWidget *
make_operand_row (EmendRulePane *self,
                  EmendFieldDraft *operand)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *field = gtk_drop_down_new (make_term_names (self),
                                        gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (field), find_term (self, operand));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (field), self->terms->len > 12);
  gtk_widget_set_hexpand (field, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Field"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove this field from the rule"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove this field from the rule"), -1);
  g_signal_connect_object (field, "notify::selected", G_CALLBACK (operand_changed_cb), self, 0);
  g_signal_connect_object (button, "clicked", G_CALLBACK (operand_removed_cb), self, 0);
  gtk_box_append (GTK_BOX (box), field);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (row, "emend-label-row");
  return row;
}

static void
show_operands (EmendRulePane *self)
{
  GPtrArray *operands = emend_rule_draft_get_operands (self->rule);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->operands))) != NULL)
    gtk_list_box_remove (self->operands, row);
  for (guint i = 0; i < operands->len; i++)
    gtk_list_box_append (self->operands, make_operand_row (self, g_ptr_array_index (operands, i)));
}

/* The first that fits and that the rule does not speak of yet. */
static EmendFieldDraft *
propose_operand (EmendRulePane *self)
{
  GPtrArray *operands = emend_rule_draft_get_operands (self->rule);
  EmendFieldDraft *target = emend_rule_draft_get_target (self->rule);
  EmendFieldDraft *any = self->terms->len > 0 ? g_ptr_array_index (self->terms, 0) : NULL;

  for (guint i = 0; i < self->terms->len; i++) {
    EmendFieldDraft *term = g_ptr_array_index (self->terms, i);

    if (term == target || g_ptr_array_find (operands, term, NULL))
      continue;
    if (target == NULL || emend_field_draft_get_field_type (term) == emend_field_draft_get_field_type (target))
      return term;
    any = term;
  }
  return any;
}

static void
add_operand_action (GtkWidget *widget,
                    const char *name,
                    GVariant *parameter)
{
  EmendRulePane *self = EMEND_RULE_PANE (widget);
  EmendFieldDraft *operand = self->rule != NULL ? propose_operand (self) : NULL;
  g_autoptr (GPtrArray) operands = NULL;

  if (operand == NULL)
    return;
  operands = copy_operands (self);
  g_ptr_array_add (operands, operand);
  emend_rule_draft_set_operands (self->rule, operands);
  show_operands (self);
  gtk_widget_child_focus (gtk_widget_get_last_child (GTK_WIDGET (self->operands)), GTK_DIR_TAB_FORWARD);
}

static void
remove_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  EmendRulePane *self = EMEND_RULE_PANE (widget);
  g_autoptr (EmendRuleDraft) rule = g_object_ref (self->rule);

  emend_fields_draft_remove_rule (self->owner, rule);
}

/**
 * emend_rule_pane_set_rule:
 * @self: the pane
 * @owner: (nullable): the whole of it
 * @rule: (nullable): one of its rules
 */
void
emend_rule_pane_set_rule (EmendRulePane *self,
                          EmendFieldsDraft *owner,
                          EmendRuleDraft *rule)
{
  g_autoptr (GListModel) names = NULL;

  g_return_if_fail (EMEND_IS_RULE_PANE (self) && (owner != NULL || rule == NULL));

  g_signal_group_set_target (self->changes, NULL);
  g_set_object (&self->owner, owner);
  g_set_object (&self->rule, rule);
  if (rule == NULL)
    return;
  collect_terms (self);
  names = make_term_names (self);
  self->loading = TRUE;
  emend_checked_row_set_text (self->name, emend_rule_draft_get_text (rule, EMEND_RULE_PART_NAME));
  emend_checked_row_set_text (self->tolerance, emend_rule_draft_get_text (rule, EMEND_RULE_PART_TOLERANCE));
  emend_checked_row_set_text (self->sentence, emend_rule_draft_get_text (rule, EMEND_RULE_PART_SENTENCE));
  adw_combo_row_set_model (self->target, names);
  adw_combo_row_set_selected (self->target, find_term (self, emend_rule_draft_get_target (rule)));
  adw_combo_row_set_selected (self->kind, (guint) emend_rule_draft_get_kind (rule) - 1);
  show_operands (self);
  self->loading = FALSE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rule.add-operand", self->terms->len > 0);
  g_signal_group_set_target (self->changes, rule);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  update (self);
}

/**
 * emend_rule_pane_set_editable:
 * @self: the pane
 * @editable: whether anything can be changed
 */
void
emend_rule_pane_set_editable (EmendRulePane *self,
                              gboolean editable)
{
  g_return_if_fail (EMEND_IS_RULE_PANE (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->box), editable);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (EMEND_RULE_PANE (widget)->name));
}

static void
emend_rule_pane_dispose (GObject *object)
{
  EmendRulePane *self = EMEND_RULE_PANE (object);

  self->loading = TRUE;
  g_clear_object (&self->changes);
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_RULE_PANE);
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_clear_object (&self->rule);
  g_clear_object (&self->owner);
  G_OBJECT_CLASS (emend_rule_pane_parent_class)->dispose (object);
}

static void
emend_rule_pane_class_init (EmendRulePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_rule_pane_dispose;
  widget_class->grab_focus = grab_focus;
  g_type_ensure (EMEND_TYPE_CHECKED_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-rule-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendRulePane, scrolled);
  gtk_widget_class_bind_template_child (widget_class, EmendRulePane, box);
  gtk_widget_class_bind_template_child (widget_class, EmendRulePane, formula);
  gtk_widget_class_bind_template_child (widget_class, EmendRulePane, name);
  gtk_widget_class_bind_template_child (widget_class, EmendRulePane, target);
  gtk_widget_class_bind_template_child (widget_class, EmendRulePane, kind);
  gtk_widget_class_bind_template_child (widget_class, EmendRulePane, operands_group);
  gtk_widget_class_bind_template_child (widget_class, EmendRulePane, operands);
  gtk_widget_class_bind_template_child (widget_class, EmendRulePane, operands_problem);
  gtk_widget_class_bind_template_child (widget_class, EmendRulePane, tolerance);
  gtk_widget_class_bind_template_child (widget_class, EmendRulePane, sentence);
  gtk_widget_class_bind_template_child (widget_class, EmendRulePane, remove);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, target_changed_cb);
  gtk_widget_class_install_action (widget_class, "rule.add-operand", NULL, add_operand_action);
  gtk_widget_class_install_action (widget_class, "rule.remove", NULL, remove_action);
}

static void
emend_rule_pane_init (EmendRulePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->changes = g_signal_group_new (EMEND_TYPE_RULE_DRAFT);
  g_signal_group_connect_swapped (self->changes, "changed", G_CALLBACK (update), self);
  g_signal_connect_object (self->name, "changed", G_CALLBACK (text_changed_cb), self, 0);
  g_signal_connect_object (self->tolerance, "changed", G_CALLBACK (text_changed_cb), self, 0);
  g_signal_connect_object (self->sentence, "changed", G_CALLBACK (text_changed_cb), self, 0);
}
