#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "emend-import.h"
#include "emend-project-private.h"

/* One item; its path lies in the arena, so that a million of them are a few large blocks. */
typedef struct {
  EmendLookupItem item;
  guint64 offset;
  guint32 length;
  guint32 stem; /* length without the extension */
} Entry;

/* Numbers of entries, sorted by the bytes of their names read from the end. */
typedef struct {
  guint32 *order;
  gboolean stems;
} Index;

/**
 * EmendItemLookup:
 * @arena: all paths, one behind another
 * @entries: (element-type Entry): all items
 * @whole: by path
 * @stems: by path without extension; made when it is first asked for
 */
struct _EmendItemLookup {
  GString *arena;
  GArray *entries;
  Index whole;
  Index stems;
};

static guint32
stem_length (const char *path)
{
  const char *base = strrchr (path, '/');
  const char *dot;

  base = base != NULL ? base + 1 : path;
  dot = strrchr (base, '.');
  return (guint32) (dot != NULL && dot != base ? (gsize) (dot - path) : strlen (path));
}

static gsize
name_of (const EmendItemLookup *self,
         const Index *index,
         guint32 number,
         const char **name)
{
  const Entry *entry = &g_array_index (self->entries, Entry, number);

  *name = self->arena->str + entry->offset;
  return index->stems ? entry->stem : entry->length;
}

/* Compares from the last byte to the first; the shorter of two that agree comes first. */
static int
compare_reversed (const char *a,
                  gsize length_a,
                  const char *b,
                  gsize length_b)
{
  while (length_a > 0 && length_b > 0) {
    guchar x = (guchar) a[--length_a];
    guchar y = (guchar) b[--length_b];

    if (x != y)
      return x < y ? -1 : 1;
  }
  return length_a == length_b ? 0 : length_a < length_b ? -1 :
                                                          1;
}

typedef struct {
  const EmendItemLookup *lookup;
  const Index *index;
} SortContext;

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer data)
{
  const SortContext *context = data;
  const char *name_a;
  const char *name_b;
  gsize length_a = name_of (context->lookup, context->index, *(const guint32 *) a, &name_a);
  gsize length_b = name_of (context->lookup, context->index, *(const guint32 *) b, &name_b);

  return compare_reversed (name_a, length_a, name_b, length_b);
}

static void
build_index (EmendItemLookup *self,
             Index *index,
             gboolean stems)
{
  SortContext context = { self, index };

  index->stems = stems;
  index->order = g_new (guint32, MAX (1, self->entries->len));
  for (guint32 i = 0; i < self->entries->len; i++)
    index->order[i] = i;
  g_qsort_with_data (index->order, (int) self->entries->len, sizeof (guint32), compare_entries, &context);
}

static gboolean
load_entries (EmendItemLookup *self,
              EmendProject *project,
              GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "SELECT id, path, width, height, orientation, n_pages FROM item ORDER BY id", error);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    const char *path = (const char *) sqlite3_column_text (query, 1);
    Entry entry = { .item = { sqlite3_column_int64 (query, 0), sqlite3_column_int (query, 2),
                              sqlite3_column_int (query, 3), sqlite3_column_int (query, 4),
                              sqlite3_column_int (query, 5) },
                    .offset = self->arena->len,
                    .length = (guint32) strlen (path),
                    .stem = stem_length (path) };

    g_string_append (self->arena, path);
    g_array_append_val (self->entries, entry);
  }
  return step == EMEND_STEP_DONE;
}

/**
 * emend_item_lookup_new:
 * @project: a project; not needed afterwards
 * @error: EMEND_STORE_ERROR
 *
 * Takes about 50 bytes and the path for each item.
 *
 * Returns: (transfer full) (nullable): the names of all items. One thread at a time.
 */
EmendItemLookup *
emend_item_lookup_new (EmendProject *project,
                       GError **error)
{
  g_autoptr (EmendItemLookup) self = g_new0 (EmendItemLookup, 1);

  self->arena = g_string_new (NULL);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  if (!load_entries (self, project, error))
    return NULL;
  build_index (self, &self->whole, FALSE);
  return g_steal_pointer (&self);
}

/* The first entry of the order whose name is not before the given one. */
static guint32
lower_bound (const EmendItemLookup *self,
             const Index *index,
             const char *name,
             gsize length)
{
  guint32 low = 0;
  guint32 high = self->entries->len;

  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    const char *other;
    gsize other_length = name_of (self, index, index->order[middle], &other);

    if (compare_reversed (other, other_length, name, length) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static gboolean
ends_with (const EmendItemLookup *self,
           const Index *index,
           guint32 place,
           const char *tail,
           gsize length)
{
  const char *name;
  gsize name_length;

  if (place >= self->entries->len)
    return FALSE;
  name_length = name_of (self, index, index->order[place], &name);
  return name_length >= length && memcmp (name + name_length - length, tail, length) == 0;
}

/* How many names are @tail or end in "/" and @tail: 0, 1 or 2 for several; @place is one of them. An exact name
 * counts alone. */
static int
count_matches (const EmendItemLookup *self,
               const Index *index,
               const char *tail,
               guint32 *place)
{
  g_autofree char *with_slash = g_strconcat ("/", tail, NULL);
  gsize length = strlen (tail);
  guint32 exact = lower_bound (self, index, tail, length);
  guint32 below = lower_bound (self, index, with_slash, length + 1);
  const char *name;
  int n = 0;

  for (guint32 i = exact; n < 2 && i < self->entries->len; i++) {
    if (name_of (self, index, index->order[i], &name) != length || !ends_with (self, index, i, tail, length))
      break;
    *place = i;
    n++;
  }
  if (n > 0 && !index->stems)
    return n;
  for (guint32 i = below; n < 2 && ends_with (self, index, i, with_slash, length + 1); i++) {
    *place = i;
    n++;
  }
  return n;
}

/* Tries the whole name, then leaves out one leading component after another. */
static EmendLookupResult
find_by_tail (const EmendItemLookup *self,
              const Index *index,
              const char *name,
              EmendLookupItem *item)
{
  for (const char *tail = name; tail != NULL; tail = strchr (tail, '/')) {
    guint32 place = 0;
    int n;

    while (*tail == '/')
      tail++;
    n = *tail != '\0' ? count_matches (self, index, tail, &place) : 0;
    if (n == 1) {
      *item = g_array_index (self->entries, Entry, index->order[place]).item;
      return EMEND_LOOKUP_FOUND;
    }
    if (n > 1)
      return EMEND_LOOKUP_AMBIGUOUS;
  }
  return EMEND_LOOKUP_NONE;
}

/* With `/` between the components and without "./" before them. */
static char *
normalise (const char *name)
{
  char *copy = g_strdup (name);
  char *start = copy;

  g_strdelimit (copy, "\\", '/');
  while (g_str_has_prefix (start, "./"))
    start += 2;
  memmove (copy, start, strlen (start) + 1);
  return copy;
}

/**
 * emend_item_lookup_find:
 * @lookup: the names of all items
 * @name: as another tool's file has it; `\` counts as `/`
 * @ignore_extension: whether only what is before the last dot counts, on both sides
 * @item: (out): set when one was found
 *
 * Tries the whole path, then ever shorter suffixes of whole components down to the base name; the longest that
 * fits any item decides.
 *
 * Returns: whether exactly one item fits
 */
EmendLookupResult
emend_item_lookup_find (EmendItemLookup *lookup,
                        const char *name,
                        gboolean ignore_extension,
                        EmendLookupItem *item)
{
  g_autofree char *normal = normalise (name);
  EmendLookupResult result;

  if (!ignore_extension)
    return find_by_tail (lookup, &lookup->whole, normal, item);
  if (lookup->stems.order == NULL)
    build_index (lookup, &lookup->stems, TRUE);
  result = find_by_tail (lookup, &lookup->stems, normal, item);
  if (result != EMEND_LOOKUP_NONE)
    return result;
  normal[stem_length (normal)] = '\0';
  return find_by_tail (lookup, &lookup->stems, normal, item);
}

/**
 * emend_item_lookup_free:
 * @lookup: (transfer full): the names of all items
 */
void
emend_item_lookup_free (EmendItemLookup *lookup)
{
  if (lookup->arena != NULL)
    g_string_free (lookup->arena, TRUE);
  g_clear_pointer (&lookup->entries, g_array_unref);
  g_free (lookup->whole.order);
  g_free (lookup->stems.order);
  g_free (lookup);
}
