#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-column-row.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-confidence-bar.h"
#include "emend-phrases.h"

struct _EmendColumnRow {
  GtkBox parent_instance;

  GtkImage *icon;
  EmendCrop *crop;
  GtkLabel *nowhere;
  GtkBox *words;
  GtkLabel *value;
  GtkLabel *detail;
  EmendConfidenceBar *bar;
  GtkLabel *score;
  GtkLabel *name;
  GtkEntry *typed; /* (nullable): while something is typed over the value */

  EmendColumnEntry *entry; /* (nullable) */
  guint index;
  gboolean is_unreadable;
};

enum {
  SIGNAL_CONFIRMED,
  SIGNAL_GIVEN_UP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendColumnRow, emend_column_row, GTK_TYPE_BOX)

static void
emend_column_row_dispose (GObject *object)
{
  emend_column_row_unbind (EMEND_COLUMN_ROW (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_COLUMN_ROW);
  G_OBJECT_CLASS (emend_column_row_parent_class)->dispose (object);
}

static void
emend_column_row_class_init (EmendColumnRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_column_row_dispose;
  signals[SIGNAL_CONFIRMED] = g_signal_new ("confirmed", EMEND_TYPE_COLUMN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 0);
  signals[SIGNAL_GIVEN_UP] = g_signal_new ("given-up", EMEND_TYPE_COLUMN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
  g_type_ensure (EMEND_TYPE_CONFIDENCE_BAR);
  g_type_ensure (EMEND_TYPE_CROP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-column-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendColumnRow, icon);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnRow, crop);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnRow, nowhere);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnRow, words);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnRow, value);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnRow, detail);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnRow, bar);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnRow, score);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnRow, name);
}

static void
emend_column_row_init (EmendColumnRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_column_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
emend_column_row_new (void)
{
  return g_object_new (EMEND_TYPE_COLUMN_ROW, NULL);
}

static void
set_class (EmendColumnRow *self,
           const char *name,
           gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
remove_entry (EmendColumnRow *self)
{
  GtkWidget *typed = GTK_WIDGET (self->typed);

  if (typed == NULL)
    return;
  self->typed = NULL; /* first: losing the focus tells that it is not typed in any more */
  gtk_box_remove (self->words, typed);
  gtk_widget_set_visible (GTK_WIDGET (self->value), TRUE);
}

static void
typed_cb (EmendColumnRow *self)
{
  if (self->typed != NULL && self->entry != NULL)
    emend_column_entry_set_draft (self->entry, gtk_editable_get_text (GTK_EDITABLE (self->typed)));
}

static void
activate_cb (EmendColumnRow *self)
{
  g_signal_emit (self, signals[SIGNAL_CONFIRMED], 0);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        EmendColumnRow *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[SIGNAL_GIVEN_UP], 0);
  return GDK_EVENT_STOP;
}

/* What was typed stays; what was not changed is not typed. */
static void
left_cb (EmendColumnRow *self)
{
  if (self->typed == NULL || self->entry == NULL)
    return;
  if (g_strcmp0 (emend_column_entry_get_draft (self->entry), emend_column_entry_get_text (self->entry)) == 0)
    emend_column_entry_set_draft (self->entry, NULL);
}

static void
add_entry (EmendColumnRow *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  /* TRANSLATORS: for a screen reader: the entry in which a value is corrected. */
  const char *name = _ ("Value");

  self->typed = GTK_ENTRY (gtk_entry_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->typed), "column-entry");
  gtk_editable_set_width_chars (GTK_EDITABLE (self->typed), 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->typed), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (key_cb), self, 0);
  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->typed), key);
  gtk_widget_add_controller (GTK_WIDGET (self->typed), focus);
  gtk_widget_set_visible (GTK_WIDGET (self->value), FALSE);
  gtk_box_insert_child_after (self->words, GTK_WIDGET (self->typed), GTK_WIDGET (self->value));
  gtk_editable_set_text (GTK_EDITABLE (self->typed), emend_column_entry_get_draft (self->entry));
  g_signal_connect_object (self->typed, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->typed, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
}

static const char *
value_text (EmendColumnRow *self)
{
  const char *text = emend_column_entry_get_text (self->entry);

  if (text != NULL)
    return text;
  switch (emend_column_entry_get_verdict (self->entry)) {
  case EMEND_VERDICT_ABSENT:
    return _ ("Not on the document");
  case EMEND_VERDICT_ILLEGIBLE:
    return _ ("Illegible");
  case EMEND_VERDICT_NONE:
  case EMEND_VERDICT_ACCEPTED:
  case EMEND_VERDICT_CORRECTED:
  case EMEND_VERDICT_REJECTED:
  case EMEND_VERDICT_ADDED:
  default:
    return "–";
  }
}

/* Under the value: what is wrong with it, else what is said of the row, else how it is read. */
static void
show_detail (EmendColumnRow *self)
{
  const char *problem = emend_column_entry_get_problem (self->entry);
  const char *spelled = emend_column_entry_get_spelled (self->entry);
  const char *text = problem != NULL ? problem : emend_column_entry_is_left_out (self->entry) ? _ ("Left out") :
                                                                                                spelled;

  gtk_label_set_text (self->detail, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->detail), problem);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), text != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->detail), "column-problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->detail), "column-problem");
}

static void
describe (EmendColumnRow *self,
          const char *name)
{
  EmendVerdict verdict = emend_column_entry_get_verdict (self->entry);
  gboolean left_out = emend_column_entry_is_left_out (self->entry);
  double score = emend_mark_get_score (emend_column_entry_get_proposal (self->entry)->mark);
  g_autofree char *percent = emend_phrase_score (score);
  const char *state = left_out ? _ ("left out") : emend_phrase_verdict (verdict);
  /* TRANSLATORS: for a screen reader: a value, its confidence, its state, the name of its document. */
  g_autofree char *text = g_strdup_printf (_ ("%s, %s, %s, %s"), value_text (self), percent, state, name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), state);
  gtk_image_set_from_icon_name (self->icon,
                                left_out ? "emend-left-out-symbolic" : emend_phrase_verdict_icon (verdict));
}

/* Where there is no strip to show. */
static void
show_crop_text (EmendColumnRow *self,
                const EmendFieldMark *proposal)
{
  gboolean has_place = emend_rect_area (&proposal->mark->proposal->shape.box) > 0;

  gtk_label_set_text (self->nowhere, has_place ? _ ("The page cannot be shown") : _ ("No place on the page"));
  gtk_widget_set_visible (GTK_WIDGET (self->nowhere), !has_place || self->is_unreadable);
}

static void
show_known (EmendColumnRow *self,
            const EmendFieldMark *proposal)
{
  double score = emend_mark_get_score (proposal->mark);
  g_autofree char *percent = emend_phrase_score (score);
  g_autofree char *name = g_path_get_basename (proposal->path);
  EmendVerdict verdict = emend_column_entry_get_verdict (self->entry);

  gtk_label_set_text (self->value, value_text (self));
  show_crop_text (self, proposal);
  gtk_label_set_text (self->score, percent);
  gtk_widget_set_opacity (GTK_WIDGET (self->bar), isnan (score) ? 0 : 1);
  emend_confidence_bar_set_score (self->bar, score);
  gtk_label_set_text (self->name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), proposal->path);
  show_detail (self);
  describe (self, name);
  set_class (self, "left-out", emend_column_entry_is_left_out (self->entry));
  set_class (self, "decided", verdict != EMEND_VERDICT_NONE);
  set_class (self, "struck", verdict == EMEND_VERDICT_REJECTED || emend_column_entry_is_left_out (self->entry));
}

static void
show_unknown (EmendColumnRow *self)
{
  gtk_image_clear (self->icon);
  gtk_label_set_text (self->value, "");
  gtk_widget_set_visible (GTK_WIDGET (self->nowhere), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), FALSE);
  gtk_label_set_text (self->score, "");
  gtk_widget_set_opacity (GTK_WIDGET (self->bar), 0);
  gtk_label_set_text (self->name, "");
}

static void
update (EmendColumnRow *self)
{
  const EmendFieldMark *proposal = emend_column_entry_get_proposal (self->entry);
  gboolean typed = emend_column_entry_get_draft (self->entry) != NULL;

  if (proposal != NULL)
    show_known (self, proposal);
  else
    show_unknown (self);
  if (typed && self->typed == NULL)
    add_entry (self);
  else if (!typed)
    remove_entry (self);
}

/**
 * emend_column_row_bind:
 * @self: a row
 * @entry: what it shows
 * @index: its place in the list
 */
void
emend_column_row_bind (EmendColumnRow *self,
                       EmendColumnEntry *entry,
                       guint index)
{
  emend_column_row_unbind (self);
  self->entry = g_object_ref (entry);
  self->index = index;
  self->is_unreadable = FALSE;
  g_signal_connect_object (entry, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * emend_column_row_unbind:
 * @self: a row
 */
void
emend_column_row_unbind (EmendColumnRow *self)
{
  if (self->entry == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->entry, self);
  g_clear_object (&self->entry);
  remove_entry (self);
  emend_crop_set_place (self->crop, NULL, &(EmendRect){ 0 });
}

/**
 * emend_column_row_get_entry:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
EmendColumnEntry *
emend_column_row_get_entry (EmendColumnRow *self)
{
  return self->entry;
}

/**
 * emend_column_row_get_index:
 * @self: a row that shows something
 *
 * Returns: its place in the list
 */
guint
emend_column_row_get_index (EmendColumnRow *self)
{
  return self->index;
}

/**
 * emend_column_row_get_crop:
 * @self: a row
 *
 * Returns: (transfer none): the strip of the page
 */
EmendCrop *
emend_column_row_get_crop (EmendColumnRow *self)
{
  return self->crop;
}

/**
 * emend_column_row_set_unreadable:
 * @self: a row that shows something
 * @unreadable: whether its page cannot be shown, which it says in place of the strip
 */
void
emend_column_row_set_unreadable (EmendColumnRow *self,
                                 gboolean unreadable)
{
  const EmendFieldMark *proposal = self->entry != NULL ? emend_column_entry_get_proposal (self->entry) : NULL;

  if (self->is_unreadable == unreadable || proposal == NULL)
    return;
  self->is_unreadable = unreadable;
  gtk_widget_set_visible (GTK_WIDGET (self->crop), !unreadable);
  show_crop_text (self, proposal);
}

/**
 * emend_column_row_edit:
 * @self: a row
 * @typed: (nullable): what the reviewer began to type; %NULL to correct what is there
 *
 * Opens an entry over the value and gives it the focus.
 */
void
emend_column_row_edit (EmendColumnRow *self,
                       const char *typed)
{
  const char *text;

  if (self->entry == NULL || emend_column_entry_get_proposal (self->entry) == NULL)
    return;
  text = emend_column_entry_get_text (self->entry);
  if (typed != NULL || emend_column_entry_get_draft (self->entry) == NULL)
    emend_column_entry_set_draft (self->entry, typed != NULL ? typed : text != NULL ? text :
                                                                                      "");
  gtk_entry_grab_focus_without_selecting (self->typed);
  gtk_editable_set_position (GTK_EDITABLE (self->typed), -1);
}

/**
 * emend_column_row_has_focus:
 * @self: a row
 *
 * Returns: whether the reviewer types in it
 */
gboolean
emend_column_row_has_focus (EmendColumnRow *self)
{
  GtkStateFlags flags = self->typed != NULL ? gtk_widget_get_state_flags (GTK_WIDGET (self->typed)) : 0;

  return (flags & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}
