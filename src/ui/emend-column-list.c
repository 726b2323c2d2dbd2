#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-column-list.h"

#include <glib/gi18n-lib.h>

#include "emend-column-row.h"
#include "emend-picture.h"

/* Bytes of decoded pictures for the strips. */
#define CROP_MEMORY ((guint64) 96 * 1024 * 1024)
/* What has scrolled past faster than this was not looked at, and its page is not read. */
#define SETTLE_MS 40

struct _EmendColumnList {
  GtkBox parent_instance;

  GtkScrolledWindow *scroller;
  GtkListView *list;

  EmendColumnModel *model;
  GtkSingleSelection *selection;
  EmendPictureCache *pictures;
  GHashTable *bound; /* (element-type EmendColumnRow): rows that show something, also just outside of the view */
  guint settle;
  guint focus_idle;
  gboolean is_stepping; /* the next outcome is what was undone or done again */
  gboolean enter_held;  /* a key that is held down accepts one screenful, and does not run through all */
};

enum {
  SIGNAL_SCREEN_CHANGED,
  SIGNAL_TOLD,
  SIGNAL_OPEN_ITEM,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendColumnList, emend_column_list, GTK_TYPE_BOX)

static void
emend_column_list_dispose (GObject *object)
{
  EmendColumnList *self = EMEND_COLUMN_LIST (object);

  g_clear_handle_id (&self->settle, g_source_remove);
  g_clear_handle_id (&self->focus_idle, g_source_remove);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->pictures);
  gtk_widget_dispose_template (GTK_WIDGET (self), EMEND_TYPE_COLUMN_LIST);
  G_OBJECT_CLASS (emend_column_list_parent_class)->dispose (object);
}

static void
emend_column_list_finalize (GObject *object)
{
  g_clear_pointer (&EMEND_COLUMN_LIST (object)->bound, g_hash_table_unref);
  G_OBJECT_CLASS (emend_column_list_parent_class)->finalize (object);
}

static void
emend_column_list_class_init (EmendColumnListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_column_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_column_list_finalize;
  signals[SIGNAL_SCREEN_CHANGED] = g_signal_new ("screen-changed", EMEND_TYPE_COLUMN_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TOLD] = g_signal_new ("told", EMEND_TYPE_COLUMN_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[SIGNAL_OPEN_ITEM] = g_signal_new ("open-item", EMEND_TYPE_COLUMN_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-column-list.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendColumnList, scroller);
  gtk_widget_class_bind_template_child (widget_class, EmendColumnList, list);
}

static void
tell (EmendColumnList *self,
      const char *text,
      gboolean can_undo)
{
  g_signal_emit (self, signals[SIGNAL_TOLD], 0, text, can_undo);
}

/* Where a row is in the view, in logical pixels from its top; FALSE where it has no place. */
static gboolean
get_extent (EmendColumnList *self,
            EmendColumnRow *row,
            double *top,
            double *bottom)
{
  GtkWidget *widget = gtk_widget_get_parent (GTK_WIDGET (row));
  graphene_rect_t bounds;

  if (widget == NULL || !gtk_widget_get_mapped (GTK_WIDGET (row)) ||
      !gtk_widget_compute_bounds (widget, GTK_WIDGET (self->list), &bounds) || bounds.size.height < 1)
    return FALSE;
  *top = bounds.origin.y;
  *bottom = bounds.origin.y + bounds.size.height;
  return TRUE;
}

static gboolean
is_in_view (EmendColumnList *self,
            EmendColumnRow *row,
            gboolean wholly)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self->list));
  double top;
  double bottom;

  if (!get_extent (self, row, &top, &bottom))
    return FALSE;
  return wholly ? top >= -0.5 && bottom <= height + 0.5 : bottom > 0 && top < height;
}

/* The rows that can be seen from top to bottom; FALSE when there are none. */
static gboolean
find_screen (EmendColumnList *self,
             EmendColumnRow **first,
             EmendColumnRow **last)
{
  GHashTableIter iter;
  gpointer row;

  *first = *last = NULL;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL)) {
    if (!is_in_view (self, row, TRUE))
      continue;
    if (*first == NULL || emend_column_row_get_index (row) < emend_column_row_get_index (*first))
      *first = row;
    if (*last == NULL || emend_column_row_get_index (row) > emend_column_row_get_index (*last))
      *last = row;
  }
  return *first != NULL;
}

static EmendColumnRow *
find_row (EmendColumnList *self,
          guint index)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL)) {
    if (emend_column_row_get_index (row) == index)
      return row;
  }
  return NULL;
}

/* Shows the strip of a row, or lets go of its page. FALSE until it is known whether its page can be shown. */
static gboolean
show_crop (EmendColumnList *self,
           EmendColumnRow *row)
{
  const EmendFieldMark *proposal = emend_column_entry_get_proposal (emend_column_row_get_entry (row));
  EmendCrop *crop = emend_column_row_get_crop (row);
  const EmendRect *box = proposal != NULL ? &proposal->mark->proposal->shape.box : NULL;
  g_autoptr (EmendPicture) picture = NULL;
  g_autofree char *path = NULL;
  EmendRect needed;
  double scale;

  if (box == NULL || emend_rect_area (box) <= 0 || !is_in_view (self, row, FALSE)) {
    emend_crop_set_place (crop, NULL, &(EmendRect){ 0 });
    return TRUE;
  }
  path = g_build_filename (emend_review_get_info (emend_column_model_get_review (self->model))->folder, proposal->path,
                           NULL);
  picture = emend_picture_cache_get (self->pictures, path, proposal->mark->proposal->page);
  emend_crop_set_place (crop, picture, box);
  emend_column_row_set_unreadable (row, emend_picture_get_error (picture) != NULL);
  if (emend_picture_get_error (picture) != NULL)
    return TRUE;
  needed = emend_crop_get_needed (crop, &scale);
  if (emend_rect_area (&needed) > 0)
    emend_picture_request (picture, &needed, scale);
  return emend_picture_get_width (picture) > 0;
}

static gboolean
settle_cb (gpointer data)
{
  EmendColumnList *self = data;
  GHashTableIter iter;
  gpointer row;
  gboolean all = TRUE;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    all = show_crop (self, row) && all;
  self->settle = all ? 0 : g_timeout_add (SETTLE_MS, settle_cb, self);
  g_signal_emit (self, signals[SIGNAL_SCREEN_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* After the rows have their places. */
static void
schedule (EmendColumnList *self)
{
  if (self->settle == 0 && self->model != NULL)
    self->settle = g_timeout_add (SETTLE_MS, settle_cb, self);
}

static gboolean
focus_cb (gpointer data)
{
  EmendColumnList *self = data;
  EmendColumnRow *row = find_row (self, emend_column_list_get_current (self));

  self->focus_idle = 0;
  gtk_widget_grab_focus (row != NULL ? gtk_widget_get_parent (GTK_WIDGET (row)) : GTK_WIDGET (self->list));
  return G_SOURCE_REMOVE;
}

static void
go_to (EmendColumnList *self,
       guint index)
{
  if (index >= g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    index = emend_column_list_get_current (self);
  gtk_single_selection_set_selected (self->selection, index);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", index);
  if (self->focus_idle == 0)
    self->focus_idle = g_idle_add (focus_cb, self);
}

/* Scrolls so that the row after @last comes to the top. */
static void
scroll_past (EmendColumnList *self,
             EmendColumnRow *last)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  guint next = emend_column_row_get_index (last) + 1;
  double top;
  double bottom;

  if (get_extent (self, last, &top, &bottom))
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + bottom);
  if (next < g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    go_to (self, next);
}

static void
tell_accepted (EmendColumnList *self,
               const EmendColumnTally *tally)
{
  guint n_left = tally->n_left_out + tally->n_drafts + tally->n_problems;
  g_autofree char *accepted = g_strdup_printf (ngettext ("%u value accepted", "%u values accepted", tally->n_accepted),
                                               tally->n_accepted);
  g_autofree char *left = g_strdup_printf (ngettext ("%u left as it is", "%u left as they are", n_left), n_left);
  /* TRANSLATORS: two short sentences: “12 values accepted · 2 left as they are”. */
  g_autofree char *both = g_strdup_printf (_ ("%s · %s"), accepted, left);

  if (tally->n_accepted > 0)
    tell (self, n_left > 0 ? both : accepted, TRUE);
  else if (n_left > 0)
    tell (self, left, FALSE);
}

/**
 * emend_column_list_accept_screen:
 * @self: a column
 *
 * What waits of the rows that can be seen from top to bottom is right; goes on to the next screenful.
 */
void
emend_column_list_accept_screen (EmendColumnList *self)
{
  EmendColumnRow *first;
  EmendColumnRow *last;
  EmendColumnTally tally;

  self->is_stepping = FALSE;
  if (self->model == NULL || !find_screen (self, &first, &last))
    return;
  if (emend_column_model_accept (self->model, emend_column_row_get_index (first), emend_column_row_get_index (last),
                                 &tally) ||
      tally.n_accepted == 0) {
    tell_accepted (self, &tally);
    scroll_past (self, last);
  }
}

/**
 * emend_column_list_tally:
 * @self: a column
 * @tally: (out): what emend_column_list_accept_screen() would do
 */
void
emend_column_list_tally (EmendColumnList *self,
                         EmendColumnTally *tally)
{
  EmendColumnRow *first;
  EmendColumnRow *last;

  *tally = (EmendColumnTally){ 0 };
  if (self->model != NULL && find_screen (self, &first, &last))
    emend_column_model_tally (self->model, emend_column_row_get_index (first), emend_column_row_get_index (last),
                              tally);
}

/**
 * emend_column_list_get_current:
 * @self: a column
 *
 * Returns: place in the list of the row that keys are about; 0 when there is none
 */
guint
emend_column_list_get_current (EmendColumnList *self)
{
  guint selected = self->selection != NULL ? gtk_single_selection_get_selected (self->selection) : 0;

  return selected == GTK_INVALID_LIST_POSITION ? 0 : selected;
}

static EmendColumnEntry *
get_current_entry (EmendColumnList *self)
{
  EmendColumnEntry *entry = gtk_single_selection_get_selected_item (self->selection);

  return entry != NULL && emend_column_entry_get_proposal (entry) != NULL ? entry : NULL;
}

static void
open_current (EmendColumnList *self)
{
  EmendColumnEntry *entry = get_current_entry (self);

  if (entry != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN_ITEM], 0, emend_column_entry_get_proposal (entry)->mark->proposal->item);
}

static void
accept_current (EmendColumnList *self)
{
  guint index = emend_column_list_get_current (self);
  EmendColumnEntry *entry = get_current_entry (self);

  if (emend_column_model_accept_one (self->model, index))
    go_to (self, index + 1);
  else if (entry != NULL && emend_column_entry_get_problem (entry) != NULL)
    tell (self, _ ("Something is wrong with this value. F2 corrects it, O opens the document to say why it is right."),
          FALSE);
}

static void
set_absent (EmendColumnList *self)
{
  guint index = emend_column_list_get_current (self);

  if (emend_column_model_set_absent (self->model, index))
    go_to (self, index + 1);
}

static void
edit_current (EmendColumnList *self,
              const char *typed)
{
  EmendReview *review = emend_column_model_get_review (self->model);
  EmendColumnRow *row = find_row (self, emend_column_list_get_current (self));

  if (!emend_review_is_writable (review))
    tell (self, emend_review_get_info (review)->read_only_reason, FALSE);
  else if (row != NULL)
    emend_column_row_edit (row, typed);
}

/* Enter in the entry. */
static void
confirmed_cb (EmendColumnList *self,
              EmendColumnRow *row)
{
  EmendColumnEntry *entry = emend_column_row_get_entry (row);
  g_autofree char *draft = g_strdup (emend_column_entry_get_draft (entry));
  guint index = emend_column_row_get_index (row);

  if (draft != NULL && emend_column_model_correct (self->model, index, draft))
    go_to (self, index + 1);
  else if (emend_column_entry_get_problem (entry) != NULL)
    tell (self, emend_column_entry_get_problem (entry), FALSE);
}

static void
given_up_cb (EmendColumnList *self,
             EmendColumnRow *row)
{
  emend_column_entry_set_draft (emend_column_row_get_entry (row), NULL);
  go_to (self, emend_column_row_get_index (row));
}

static gboolean
is_typing (EmendColumnList *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL)) {
    if (emend_column_row_has_focus (row))
      return TRUE;
  }
  return FALSE;
}

/* A character begins to correct the value. */
static gboolean
handle_character (EmendColumnList *self,
                  guint keyval)
{
  gunichar character = gdk_keyval_to_unicode (keyval);
  char text[8] = { 0 };

  if (!g_unichar_isgraph (character))
    return FALSE;
  g_unichar_to_utf8 (character, text);
  edit_current (self, text);
  return TRUE;
}

static gboolean
handle_plain_key (EmendColumnList *self,
                  guint keyval)
{
  switch (keyval) {
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_ISO_Enter:
    emend_column_list_accept_screen (self);
    return TRUE;
  case GDK_KEY_space:
  case GDK_KEY_KP_Space:
    emend_column_model_leave_out (self->model, emend_column_list_get_current (self));
    return TRUE;
  case GDK_KEY_Delete:
  case GDK_KEY_KP_Delete:
    set_absent (self);
    return TRUE;
  case GDK_KEY_F2:
    edit_current (self, NULL);
    return TRUE;
  case GDK_KEY_o:
  case GDK_KEY_O:
    open_current (self);
    return TRUE;
  default:
    return handle_character (self, keyval);
  }
}

/**
 * emend_column_list_handle_key:
 * @self: a column
 * @keyval: the key
 * @modifiers: what is held with it
 *
 * Returns: whether it was for the column
 */
gboolean
emend_column_list_handle_key (EmendColumnList *self,
                              guint keyval,
                              GdkModifierType modifiers)
{
  GdkModifierType held = modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);
  gboolean is_enter = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;

  if (self->model == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0 || is_typing (self))
    return FALSE;
  emend_column_model_note_activity (self->model);
  if (held == GDK_CONTROL_MASK && is_enter) {
    accept_current (self);
    return TRUE;
  }
  return held == 0 && handle_plain_key (self, keyval);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                EmendColumnList *self)
{
  gboolean is_enter = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;

  if (is_enter && self->enter_held)
    return GDK_EVENT_STOP;
  self->enter_held = is_enter;
  return emend_column_list_handle_key (self, keyval, state);
}

static void
key_released_cb (EmendColumnList *self)
{
  self->enter_held = FALSE;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem *list_item,
          EmendColumnList *self)
{
  GtkWidget *row = emend_column_row_new ();

  g_signal_connect_object (row, "confirmed", G_CALLBACK (confirmed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "given-up", G_CALLBACK (given_up_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem *list_item,
         EmendColumnList *self)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  emend_column_row_bind (EMEND_COLUMN_ROW (row), gtk_list_item_get_item (list_item),
                         gtk_list_item_get_position (list_item));
  g_hash_table_add (self->bound, row);
  schedule (self);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem *list_item,
           EmendColumnList *self)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  if (row == NULL)
    return;
  g_hash_table_remove (self->bound, row);
  emend_column_row_unbind (EMEND_COLUMN_ROW (row));
}

static void
emend_column_list_init (EmendColumnList *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkAdjustment *adjustment;

  self->bound = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  gtk_list_view_set_factory (self->list, factory);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (open_current), self, G_CONNECT_SWAPPED);
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (schedule), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (schedule), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  g_signal_connect_object (key, "key-released", G_CALLBACK (key_released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}

/* Goes to what was undone or done again. */
static void
outcome_cb (EmendColumnList *self,
            const EmendOutcome *outcome)
{
  gint64 index = self->is_stepping ? emend_column_model_find_first (self->model, outcome) : -1;

  self->is_stepping = FALSE;
  if (index >= 0)
    go_to (self, (guint) index);
}

static void
told_cb (EmendColumnList *self)
{
  self->is_stepping = FALSE;
}

/**
 * emend_column_list_set_model:
 * @self: a column
 * @model: what it shows
 */
void
emend_column_list_set_model (EmendColumnList *self,
                             EmendColumnModel *model)
{
  EmendReview *review = emend_column_model_get_review (model);

  g_return_if_fail (self->model == NULL);

  self->model = g_object_ref (model);
  self->pictures = emend_picture_cache_new ();
  emend_picture_cache_set_limit (self->pictures, CROP_MEMORY);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (model)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (model, "changed", G_CALLBACK (schedule), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "outcome", G_CALLBACK (outcome_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (review, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "failed", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
}

/**
 * emend_column_list_start:
 * @self: a column
 *
 * Begins at the top.
 */
void
emend_column_list_start (EmendColumnList *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    go_to (self, 0);
}

/**
 * emend_column_list_step:
 * @self: a column
 * @is_redo: whether the last undone action is done again; else the last action is taken back
 *
 * Goes to what it was about, where that is in the column.
 */
void
emend_column_list_step (EmendColumnList *self,
                        gboolean is_redo)
{
  if (self->model == NULL)
    return;
  self->is_stepping = TRUE;
  emend_review_step_in_place (emend_column_model_get_review (self->model), is_redo);
}
