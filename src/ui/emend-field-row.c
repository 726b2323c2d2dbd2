#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-field-row.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-normal.h"
#include "emend-phrases.h"

struct _EmendFieldRow {
  GtkBox parent_instance;

  GtkWidget *head;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *score;
  EmendCrop *crop;
  GtkEntry *entry;
  GtkLabel *normal;
  GtkWidget *swap;
  GtkLabel *offer;
  GtkLabel *problem;
  GtkEntry *reason;

  EmendField *field;   /* (nullable) */
  EmendSchema *schema; /* (nullable) */
  const EmendList *list;
  char *shown;          /* text of the entry as it was set */
  char *found;          /* (nullable): what is wrong with the text in the entry */
  char *broken;         /* (nullable): see emend_field_row_set_broken() */
  char *other;          /* (nullable): the other reading of the date in the entry */
  char *told;           /* (nullable): what was said to the reviewer since the text changed last */
  EmendDateOrder order; /* in which the date in the entry is read; 0 for the field's */
  EmendDateOrder shown_order;
  gboolean is_set;
  gboolean is_cell;
};

enum {
  SIGNAL_ENTERED,
  SIGNAL_DATE_SWAPPED,
  SIGNAL_EDITED,
  SIGNAL_CONFIRMED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendFieldRow, emend_field_row, GTK_TYPE_BOX)

static void
emend_field_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_FIELD_ROW);
  G_OBJECT_CLASS (emend_field_row_parent_class)->dispose (object);
}

static void
emend_field_row_finalize (GObject *object)
{
  EmendFieldRow *self = EMEND_FIELD_ROW (object);

  g_clear_pointer (&self->field, emend_field_free);
  g_clear_pointer (&self->schema, emend_schema_unref);
  g_free (self->shown);
  g_free (self->found);
  g_free (self->broken);
  g_free (self->other);
  g_free (self->told);
  G_OBJECT_CLASS (emend_field_row_parent_class)->finalize (object);
}

/* What is wrong stands under the entry: what was just said first, then the text itself, then the rules. */
static void
show_problem (EmendFieldRow *self)
{
  const char *text = self->told != NULL ? self->told : self->found != NULL ? self->found :
                                                                             self->broken;

  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "broken");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "broken");
}

/* A date that can be read in two ways offers the other one. */
static void
show_other (EmendFieldRow *self,
            const EmendNormal *normal)
{
  gboolean is_date = self->field->type == EMEND_FIELD_DATE && normal->other != NULL;
  g_autofree char *spelled = is_date ? emend_field_spell (self->field, normal->other) : NULL;
  /* TRANSLATORS: on a button beside a date: how the date can be read too, “or 2 September 2020”. */
  g_autofree char *offer = spelled != NULL ? g_strdup_printf (_ ("or %s"), spelled) : NULL;

  g_free (self->other);
  self->other = is_date ? g_strdup (normal->other) : NULL;
  if (offer != NULL)
    gtk_label_set_text (self->offer, offer);
  gtk_widget_set_visible (self->swap, offer != NULL && !self->is_cell);
}

/* How the text is read is spelled out, so that a swap of day and month is seen. */
static void
show_normal (EmendFieldRow *self,
             const EmendNormal *normal)
{
  g_autofree char *spelled = normal->normal != NULL ? emend_field_spell (self->field, normal->normal) : NULL;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean says_more = spelled != NULL && !self->is_cell && !g_str_equal (spelled, text);

  gtk_label_set_text (self->normal, says_more ? spelled : "");
  gtk_widget_set_visible (GTK_WIDGET (self->normal), says_more);
}

static void
read_text (EmendFieldRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_auto (EmendNormal) normal = { 0 };

  g_clear_pointer (&self->found, g_free);
  if (self->field == NULL)
    return;
  if (*text != '\0') {
    emend_field_parse_in_order (self->field, self->list, self->order, text, &normal);
    self->found = g_strdup (normal.problem);
  }
  show_normal (self, &normal);
  show_other (self, &normal);
  show_problem (self);
}

static void
changed_cb (EmendFieldRow *self)
{
  if (self->is_set)
    return;
  g_clear_pointer (&self->told, g_free);
  gtk_entry_set_attributes (self->entry, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), FALSE);
  read_text (self);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
swap_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  emend_field_row_grab_focus (EMEND_FIELD_ROW (widget));
  g_signal_emit (widget, signals[SIGNAL_DATE_SWAPPED], 0);
}

static void
activate_cb (EmendFieldRow *self)
{
  g_signal_emit (self, signals[SIGNAL_CONFIRMED], 0, gtk_widget_get_visible (GTK_WIDGET (self->reason)));
}

static void
focus_cb (EmendFieldRow *self)
{
  g_signal_emit (self, signals[SIGNAL_ENTERED], 0);
}

static void
emend_field_row_class_init (EmendFieldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_field_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_field_row_finalize;

  signals[SIGNAL_ENTERED] = g_signal_new ("entered", EMEND_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_DATE_SWAPPED] = g_signal_new ("date-swapped", EMEND_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                               NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EDITED] = g_signal_new ("edited", EMEND_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
  signals[SIGNAL_CONFIRMED] = g_signal_new ("confirmed", EMEND_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (EMEND_TYPE_CROP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendFieldRow, head);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldRow, icon);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldRow, title);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldRow, score);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldRow, crop);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldRow, entry);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldRow, normal);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldRow, swap);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldRow, offer);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldRow, problem);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldRow, reason);
  gtk_widget_class_install_action (widget_class, "field.swap-date", NULL, swap_action);
}

static void
emend_field_row_init (EmendFieldRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reason, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "enter", G_CALLBACK (focus_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/**
 * emend_field_row_new:
 *
 * Returns: (transfer floating): a row that shows no field
 */
GtkWidget *
emend_field_row_new (void)
{
  return g_object_new (EMEND_TYPE_FIELD_ROW, NULL);
}

/**
 * emend_field_row_set_cell:
 * @self: a new row
 * @is_cell: whether it is a cell of a table: its entry alone, with the state as an icon in it
 */
void
emend_field_row_set_cell (EmendFieldRow *self,
                          gboolean is_cell)
{
  self->is_cell = is_cell;
  gtk_widget_set_visible (self->head, !is_cell);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), is_cell ? 9 : -1);
  gtk_widget_remove_css_class (GTK_WIDGET (self), is_cell ? "field-card" : "field-cell");
  gtk_widget_add_css_class (GTK_WIDGET (self), is_cell ? "field-cell" : "field-card");
}

static const char *
source_text (const EmendValue *proposed)
{
  if (proposed == NULL || proposed->source == NULL || g_str_equal (proposed->source, "imported"))
    return _ ("Proposed by an imported model");
  if (g_str_equal (proposed->source, "learned"))
    return _ ("Learned from confirmed documents");
  if (g_str_equal (proposed->source, "lookup"))
    return _ ("From the look-up list");
  if (g_str_equal (proposed->source, "pdf-text"))
    return _ ("From the text of the PDF");
  return _ ("Found by a rule of the field’s type");
}

static void
show_score (EmendFieldRow *self,
            const EmendFieldState *state)
{
  g_autofree char *text = state->proposed != NULL && !isnan (state->score) ? emend_phrase_score (state->score) : NULL;

  gtk_label_set_text (self->score, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->score),
                               state->proposed != NULL ? source_text (state->proposed) : NULL);
}

static const char *
placeholder (const EmendFieldState *state)
{
  switch (state->verdict) {
  case EMEND_VERDICT_ABSENT:
    return _ ("Not on the document");
  case EMEND_VERDICT_ILLEGIBLE:
    return _ ("Illegible");
  case EMEND_VERDICT_NONE:
    return state->hidden ? _ ("Type what you see") : state->field->required ? _ ("Required") :
                                                                              "";
  case EMEND_VERDICT_ACCEPTED:
  case EMEND_VERDICT_CORRECTED:
  case EMEND_VERDICT_REJECTED:
  case EMEND_VERDICT_ADDED:
  default:
    return "";
  }
}

static void
describe (EmendFieldRow *self,
          const EmendFieldState *state)
{
  /* TRANSLATORS: name of a field, then its state: “Total: accepted”. */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), emend_field_get_title (state->field),
                                           emend_phrase_verdict (state->verdict));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), emend_phrase_verdict (state->verdict));
}

/* The field may be read in another way than before, and its list know more. */
static void
take_field (EmendFieldRow *self,
            const EmendFieldState *state)
{
  EmendField *field = emend_field_copy (state->field);
  EmendSchema *schema = state->schema != NULL ? emend_schema_ref (state->schema) : NULL;

  g_clear_pointer (&self->field, emend_field_free);
  g_clear_pointer (&self->schema, emend_schema_unref);
  self->field = field;
  self->schema = schema;
  self->list = state->list;
  gtk_label_set_text (self->title, emend_field_get_title (field));
}

/**
 * emend_field_row_set_state:
 * @self: a row
 * @state: what to show; text that the reviewer has typed and not confirmed stays as long as the value stays
 */
void
emend_field_row_set_state (EmendFieldRow *self,
                           const EmendFieldState *state)
{
  const char *text = state->hidden || state->value == NULL || state->value->value == NULL ? "" : state->value->value;

  take_field (self, state);
  gtk_image_set_from_icon_name (self->icon, emend_phrase_verdict_icon (state->verdict));
  if (self->is_cell)
    gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_PRIMARY,
                                       state->value != NULL ? emend_phrase_verdict_icon (state->verdict) : NULL);
  gtk_entry_set_placeholder_text (self->entry, placeholder (state));
  show_score (self, state);
  if (g_strcmp0 (self->shown, text) != 0 || self->shown_order != state->date_order)
    self->order = self->shown_order = state->date_order;
  if (g_strcmp0 (self->shown, text) != 0) {
    g_free (self->shown);
    self->shown = g_strdup (text);
    emend_field_row_set_text (self, text);
    g_clear_pointer (&self->told, g_free);
    gtk_widget_set_visible (GTK_WIDGET (self->reason), FALSE);
  }
  read_text (self);
  describe (self, state);
}

/**
 * emend_field_row_forget:
 * @self: a row
 *
 * What it shows next is of another document: text that was typed and not confirmed does not stay.
 */
void
emend_field_row_forget (EmendFieldRow *self)
{
  g_clear_pointer (&self->shown, g_free);
}

/**
 * emend_field_row_set_broken:
 * @self: a row
 * @sentence: (nullable): what rule across fields it is part of that does not hold, a whole sentence
 */
void
emend_field_row_set_broken (EmendFieldRow *self,
                            const char *sentence)
{
  if (g_strcmp0 (self->broken, sentence) == 0)
    return;
  g_free (self->broken);
  self->broken = g_strdup (sentence);
  show_problem (self);
}

/**
 * emend_field_row_get_crop:
 * @self: a row
 *
 * Returns: (transfer none): the strip of the page
 */
EmendCrop *
emend_field_row_get_crop (EmendFieldRow *self)
{
  return self->crop;
}

/**
 * emend_field_row_get_text:
 * @self: a row
 *
 * Returns: (transfer none): what stands in the entry
 */
const char *
emend_field_row_get_text (EmendFieldRow *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/**
 * emend_field_row_set_text:
 * @self: a row
 * @text: put into the entry, as if it had been typed, with the cursor at its end
 */
void
emend_field_row_set_text (EmendFieldRow *self,
                          const char *text)
{
  gboolean is_typed;

  self->is_set = TRUE;
  /* What is set is where undoing in the entry ends. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), TRUE);
  /* A narrow cell that nobody types into shows how its text begins. */
  is_typed = (gtk_widget_get_state_flags (GTK_WIDGET (self->entry)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
  gtk_editable_set_position (GTK_EDITABLE (self->entry), self->is_cell && !is_typed ? 0 : -1);
  self->is_set = FALSE;
  changed_cb (self);
}

/**
 * emend_field_row_is_changed:
 * @self: a row
 *
 * Returns: whether the entry has other text than the value that is shown, or reads it in another way
 */
gboolean
emend_field_row_is_changed (EmendFieldRow *self)
{
  return (self->order != self->shown_order && self->other != NULL) ||
         g_strcmp0 (emend_field_row_get_text (self), self->shown != NULL ? self->shown : "") != 0;
}

/**
 * emend_field_row_get_date_order:
 * @self: a row
 *
 * Returns: the order in which a person reads the date in the entry, or 0 when it has one reading only or nobody chose
 */
EmendDateOrder
emend_field_row_get_date_order (EmendFieldRow *self)
{
  return self->other != NULL ? self->order : (EmendDateOrder) 0;
}

/**
 * emend_field_row_swap_date:
 * @self: a row
 *
 * Reads the date in the entry in the other way that it can be read.
 *
 * Returns: (transfer full) (nullable): the reading spelled out; %NULL when there is no other
 */
char *
emend_field_row_swap_date (EmendFieldRow *self)
{
  g_autofree char *normal = g_strdup (self->other);
  EmendDateOrder order = (EmendDateOrder) 0;

  if (normal != NULL)
    order = emend_field_find_order (self->field, emend_field_row_get_text (self), normal);
  if (order == 0)
    return NULL;
  self->order = order;
  read_text (self);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
  return emend_field_spell (self->field, normal);
}

/**
 * emend_field_row_get_problem:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what is wrong with the text in the entry
 */
const char *
emend_field_row_get_problem (EmendFieldRow *self)
{
  return self->found;
}

/**
 * emend_field_row_get_reason:
 * @self: a row
 *
 * Returns: (transfer none): why the value is right all the same, as the reviewer wrote it
 */
const char *
emend_field_row_get_reason (EmendFieldRow *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->reason));
}

/**
 * emend_field_row_ask_reason:
 * @self: a row
 *
 * Asks why a value is right although something is wrong with it.
 */
void
emend_field_row_ask_reason (EmendFieldRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->reason), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}

/**
 * emend_field_row_tell:
 * @self: a row
 * @text: something that the reviewer should know, until the text is changed
 */
void
emend_field_row_tell (EmendFieldRow *self,
                      const char *text)
{
  g_free (self->told);
  self->told = g_strdup (text);
  show_problem (self);
}

/**
 * emend_field_row_set_doubtful:
 * @self: a row
 * @doubtful: (array length=n) (nullable): for each character of the entry's text, whether it is doubtful
 * @n: how many characters
 *
 * Marks them, until the text is changed.
 */
void
emend_field_row_set_doubtful (EmendFieldRow *self,
                              const guint8 *doubtful,
                              gsize n)
{
  const char *text = emend_field_row_get_text (self);
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();
  const char *p = text;

  for (gsize i = 0; i < n && *p != '\0'; i++) {
    const char *next = g_utf8_next_char (p);

    if (doubtful[i]) {
      PangoAttribute *line = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);
      PangoAttribute *color = pango_attr_underline_color_new (0xe5e5, 0x6b6b, 0x0000);

      line->start_index = color->start_index = (guint) (p - text);
      line->end_index = color->end_index = (guint) (next - text);
      pango_attr_list_insert (list, line);
      pango_attr_list_insert (list, color);
    }
    p = next;
  }
  gtk_entry_set_attributes (self->entry, n > 0 ? list : NULL);
}

/**
 * emend_field_row_set_current:
 * @self: a row
 * @current: whether it is the one that is asked about
 */
void
emend_field_row_set_current (EmendFieldRow *self,
                             gboolean current)
{
  if (current)
    gtk_widget_add_css_class (GTK_WIDGET (self), "current");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "current");
}

/**
 * emend_field_row_grab_focus:
 * @self: a row
 *
 * Gives the entry the focus, with its text not selected, so that a key does not wipe it out.
 */
void
emend_field_row_grab_focus (EmendFieldRow *self)
{
  gtk_entry_grab_focus_without_selecting (self->entry);
  if (self->is_cell && gtk_editable_get_position (GTK_EDITABLE (self->entry)) == 0)
    gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/**
 * emend_field_row_get_entry:
 * @self: a row
 *
 * Returns: (transfer none): the entry of the value
 */
GtkWidget *
emend_field_row_get_entry (EmendFieldRow *self)
{
  return GTK_WIDGET (self->entry);
}
