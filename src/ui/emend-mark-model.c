#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-mark-model.h"

#include <gtk/gtk.h>

struct _EmendMarkEntry {
  GObject parent_instance;
  int mark;
  EmendMarkSection section;
};

G_DEFINE_FINAL_TYPE (EmendMarkEntry, emend_mark_entry, G_TYPE_OBJECT)

static guint entry_changed_signal;

static void
emend_mark_entry_class_init (EmendMarkEntryClass *klass)
{
  entry_changed_signal = g_signal_new ("changed", EMEND_TYPE_MARK_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
emend_mark_entry_init (EmendMarkEntry *self)
{
}

/**
 * emend_mark_entry_get_mark:
 * @self: a row
 *
 * Returns: number of the mark, or -1 for the head of a section
 */
int
emend_mark_entry_get_mark (EmendMarkEntry *self)
{
  return self->mark;
}

/**
 * emend_mark_entry_get_section:
 * @self: a row
 *
 * Returns: where it belongs
 */
EmendMarkSection
emend_mark_entry_get_section (EmendMarkEntry *self)
{
  return self->section;
}

struct _EmendMarkModel {
  GObject parent_instance;
  EmendReview *review;
  GArray *sections[EMEND_N_MARK_SECTIONS]; /* (element-type int): numbers of marks, ascending */
  EmendOverlayFilter filter;               /* that the sections were made with */
  GPtrArray *entries;                      /* (element-type EmendMarkEntry): rows that somebody holds; weak */
};

static GType
get_item_type (GListModel *list)
{
  return EMEND_TYPE_MARK_ENTRY;
}

/* Rows of a section with its head; an empty second section has none. */
static guint
count_rows (EmendMarkModel *self,
            EmendMarkSection section)
{
  guint n = self->sections[section]->len;

  return section == EMEND_MARK_SECTION_DECIDED && n == 0 ? 0 : n + 1;
}

static guint
get_n_items (GListModel *list)
{
  EmendMarkModel *self = EMEND_MARK_MODEL (list);

  return count_rows (self, EMEND_MARK_SECTION_LOOK) + count_rows (self, EMEND_MARK_SECTION_DECIDED);
}

static void
entry_gone_cb (gpointer data,
               GObject *entry)
{
  g_ptr_array_remove_fast (data, entry);
}

/* Makes an entry stand for the row at @position. */
static void
point_entry (EmendMarkModel *self,
             EmendMarkEntry *entry,
             guint position)
{
  entry->section = EMEND_MARK_SECTION_LOOK;
  if (position >= count_rows (self, EMEND_MARK_SECTION_LOOK)) {
    position -= count_rows (self, EMEND_MARK_SECTION_LOOK);
    entry->section = EMEND_MARK_SECTION_DECIDED;
  }
  entry->mark = position == 0 ? -1 : g_array_index (self->sections[entry->section], int, position - 1);
}

static gpointer
get_item (GListModel *list,
          guint position)
{
  EmendMarkModel *self = EMEND_MARK_MODEL (list);
  EmendMarkEntry *entry;

  if (position >= get_n_items (list))
    return NULL;
  entry = g_object_new (EMEND_TYPE_MARK_ENTRY, NULL);
  point_entry (self, entry, position);
  g_ptr_array_add (self->entries, entry);
  g_object_weak_ref (G_OBJECT (entry), entry_gone_cb, self->entries);
  return entry;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* clang-format off */
G_DEFINE_FINAL_TYPE_WITH_CODE (EmendMarkModel, emend_mark_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))
/* clang-format on */

static void
emend_mark_model_dispose (GObject *object)
{
  g_clear_object (&EMEND_MARK_MODEL (object)->review);
  G_OBJECT_CLASS (emend_mark_model_parent_class)->dispose (object);
}

static void
emend_mark_model_finalize (GObject *object)
{
  EmendMarkModel *self = EMEND_MARK_MODEL (object);

  for (int i = 0; i < EMEND_N_MARK_SECTIONS; i++)
    g_clear_pointer (&self->sections[i], g_array_unref);
  for (guint i = 0; i < self->entries->len; i++)
    g_object_weak_unref (g_ptr_array_index (self->entries, i), entry_gone_cb, self->entries);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  G_OBJECT_CLASS (emend_mark_model_parent_class)->finalize (object);
}

static void
emend_mark_model_class_init (EmendMarkModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = emend_mark_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_mark_model_finalize;
}

static void
emend_mark_model_init (EmendMarkModel *self)
{
  for (int i = 0; i < EMEND_N_MARK_SECTIONS; i++)
    self->sections[i] = g_array_new (FALSE, FALSE, sizeof (int));
  self->entries = g_ptr_array_new ();
}

/* In which section a mark belongs, or -1: it is not listed. Rejected ones are, so that they can be found. */
static int
get_section (EmendMarkModel *self,
             guint index)
{
  const EmendMark *mark = emend_review_get_mark (self->review, index);

  if (mark == NULL)
    return -1;
  if (emend_mark_get_verdict (mark) != EMEND_VERDICT_NONE)
    return EMEND_MARK_SECTION_DECIDED;
  return emend_review_is_shown (self->review, index) ? EMEND_MARK_SECTION_LOOK : -1;
}

/* Place of a mark in a section, or where it would be put in. */
static gboolean
search (const GArray *section,
        int mark,
        guint *place)
{
  guint low = 0;
  guint high = section->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (section, int, middle) < mark)
      low = middle + 1;
    else
      high = middle;
  }
  *place = low;
  return low < section->len && g_array_index (section, int, low) == mark;
}

static guint
get_first (EmendMarkModel *self,
           EmendMarkSection section)
{
  return section == EMEND_MARK_SECTION_LOOK ? 0 : count_rows (self, EMEND_MARK_SECTION_LOOK);
}

/* Row of an entry, or %GTK_INVALID_LIST_POSITION when it is in the list no more. */
static guint
get_position (EmendMarkModel *self,
              const EmendMarkEntry *entry)
{
  guint place;

  if (entry->mark < 0)
    return get_first (self, entry->section);
  if (!search (self->sections[entry->section], entry->mark, &place))
    return GTK_INVALID_LIST_POSITION;
  return get_first (self, entry->section) + 1 + place;
}

static void
fill_sections (EmendMarkModel *self)
{
  for (int i = 0; i < EMEND_N_MARK_SECTIONS; i++)
    g_array_set_size (self->sections[i], 0);
  for (guint i = 0; i < emend_review_get_n_marks (self->review); i++) {
    int section = get_section (self, i);
    int index = (int) i;

    if (section >= 0)
      g_array_append_val (self->sections[section], index);
  }
  self->filter = *emend_review_get_filter (self->review);
}

/* The rows keep their entries, which become others; only at the end rows come or go. */
static void
rebuild (EmendMarkModel *self)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);
  const guint n = self->entries->len;
  g_autofree guint *positions = g_new0 (guint, n + 1);
  guint before = get_n_items (G_LIST_MODEL (self));
  guint after;
  guint common;

  for (guint i = 0; i < n; i++) {
    g_ptr_array_add (kept, g_object_ref (g_ptr_array_index (self->entries, i)));
    positions[i] = get_position (self, g_ptr_array_index (kept, i));
  }
  fill_sections (self);
  after = get_n_items (G_LIST_MODEL (self));
  common = MIN (before, after);
  for (guint i = 0; i < n; i++)
    if (positions[i] < common)
      point_entry (self, g_ptr_array_index (kept, i), positions[i]);
  if (before != after)
    g_list_model_items_changed (G_LIST_MODEL (self), common, before - common, after - common);
  for (guint i = 0; i < n; i++)
    if (positions[i] < common)
      g_signal_emit (g_ptr_array_index (kept, i), entry_changed_signal, 0);
}

static void
change_section (EmendMarkModel *self,
                EmendMarkSection section,
                int mark,
                gboolean belongs)
{
  GArray *marks = self->sections[section];
  guint before = count_rows (self, section);
  guint first = get_first (self, section);
  guint place;
  gboolean found = search (marks, mark, &place);

  if (found && belongs)
    g_list_model_items_changed (G_LIST_MODEL (self), first + 1 + place, 1, 1);
  if (found == belongs)
    return;
  if (belongs)
    g_array_insert_val (marks, place, mark);
  else
    g_array_remove_index (marks, place);
  if (before == 0 || count_rows (self, section) == 0)
    g_list_model_items_changed (G_LIST_MODEL (self), first, before, count_rows (self, section));
  else {
    g_list_model_items_changed (G_LIST_MODEL (self), first + 1 + place, belongs ? 0 : 1, belongs ? 1 : 0);
    g_list_model_items_changed (G_LIST_MODEL (self), first, 1, 1);
  }
}

static void
mark_changed_cb (EmendMarkModel *self,
                 guint index)
{
  int section = get_section (self, index);

  for (int i = 0; i < EMEND_N_MARK_SECTIONS; i++)
    change_section (self, (EmendMarkSection) i, (int) index, section == i);
}

static void
counters_cb (EmendMarkModel *self)
{
  const EmendOverlayFilter *filter = emend_review_get_filter (self->review);
  double change = filter->threshold - self->filter.threshold;

  if (change > 0 || change < 0)
    rebuild (self);
}

/**
 * emend_mark_model_new:
 * @review: the work
 *
 * Returns: (transfer full): the list of its marks
 */
EmendMarkModel *
emend_mark_model_new (EmendReview *review)
{
  EmendMarkModel *self = g_object_new (EMEND_TYPE_MARK_MODEL, NULL);

  self->review = g_object_ref (review);
  g_signal_connect_object (review, "opened", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "mark-changed", G_CALLBACK (mark_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "counters", G_CALLBACK (counters_cb), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return self;
}

/**
 * emend_mark_model_get_count:
 * @self: the list
 * @section: a section
 *
 * Returns: how many marks it has
 */
guint
emend_mark_model_get_count (EmendMarkModel *self,
                            EmendMarkSection section)
{
  return self->sections[section]->len;
}

/**
 * emend_mark_model_find:
 * @self: the list
 * @mark: number of a mark
 *
 * Returns: its row, or %GTK_INVALID_LIST_POSITION
 */
guint
emend_mark_model_find (EmendMarkModel *self,
                       int mark)
{
  guint place;

  for (int i = 0; i < EMEND_N_MARK_SECTIONS; i++)
    if (search (self->sections[i], mark, &place))
      return get_first (self, (EmendMarkSection) i) + 1 + place;
  return GTK_INVALID_LIST_POSITION;
}
