#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-picture-private.h"

#include "emend-media-private.h"

/* Pictures of which nothing is left in memory are remembered up to this many. */
#define MAX_PICTURES 512

struct _EmendPictureCache {
  GObject parent;

  GHashTable *pictures; /* "PAGE:PATH" to EmendPicture, each held by a toggle reference */
  guint64 limit;
  guint64 bytes;
  guint64 tick;
};

typedef struct {
  EmendPicture *picture;
  EmendTileKey key;
  guint64 bytes;
  guint64 used;
  gboolean keep_longer;
} Candidate;

G_DEFINE_FINAL_TYPE (EmendPictureCache, emend_picture_cache, G_TYPE_OBJECT)

/* The cache is told when it becomes the only one that holds a picture. */
static void
toggle_cb (gpointer data,
           GObject *object,
           gboolean is_last)
{
  emend_picture_set_shown (EMEND_PICTURE (object), !is_last);
}

static void
forget (EmendPictureCache *cache,
        EmendPicture *picture)
{
  g_object_remove_toggle_ref (G_OBJECT (picture), toggle_cb, cache);
}

static void
emend_picture_cache_dispose (GObject *object)
{
  EmendPictureCache *cache = EMEND_PICTURE_CACHE (object);
  g_autoptr (GHashTable) pictures = g_steal_pointer (&cache->pictures);
  GHashTableIter iter;
  gpointer picture;

  if (pictures != NULL) {
    g_hash_table_iter_init (&iter, pictures);
    while (g_hash_table_iter_next (&iter, NULL, &picture))
      forget (cache, picture);
  }
  G_OBJECT_CLASS (emend_picture_cache_parent_class)->dispose (object);
}

static void
emend_picture_cache_class_init (EmendPictureCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = emend_picture_cache_dispose;
}

static void
emend_picture_cache_init (EmendPictureCache *cache)
{
  cache->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  cache->limit = emend_media_memory ();
}

/**
 * emend_picture_cache_new:
 *
 * Main thread.
 *
 * Returns: (transfer full): an empty cache with the limit that emend_media_init() was given
 */
EmendPictureCache *
emend_picture_cache_new (void)
{
  return g_object_new (EMEND_TYPE_PICTURE_CACHE, NULL);
}

static int
compare_use (gconstpointer a,
             gconstpointer b)
{
  guint64 one = emend_picture_get_last_use (*(EmendPicture *const *) a);
  guint64 two = emend_picture_get_last_use (*(EmendPicture *const *) b);

  return (one > two) - (one < two);
}

/* Halves the number of pictures that nobody shows and that hold nothing. */
static void
forget_empty (EmendPictureCache *cache)
{
  g_autoptr (GPtrArray) empty = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer picture;

  g_hash_table_iter_init (&iter, cache->pictures);
  while (g_hash_table_iter_next (&iter, NULL, &picture))
    if (!emend_picture_is_shown (picture) && !emend_picture_is_prefetched (picture) &&
        g_hash_table_size (emend_picture_get_tiles (picture)) == 0)
      g_ptr_array_add (empty, picture);
  g_ptr_array_sort (empty, compare_use);
  for (guint i = 0; i < (empty->len + 1) / 2; i++) {
    picture = empty->pdata[i];
    g_autofree char *key = g_strdup_printf ("%d:%s", emend_picture_get_page (picture),
                                            emend_picture_get_path (picture));
    g_hash_table_remove (cache->pictures, key);
    forget (cache, picture);
  }
}

/* With a reference of the cache's own, beside the one that is returned. */
static EmendPicture *
add_picture (EmendPictureCache *cache,
             const char *key,
             const char *path,
             int page)
{
  EmendPicture *picture = emend_picture_new (cache, path, page);

  if (g_hash_table_size (cache->pictures) >= MAX_PICTURES)
    forget_empty (cache);
  g_object_add_toggle_ref (G_OBJECT (picture), toggle_cb, cache);
  g_hash_table_insert (cache->pictures, g_strdup (key), picture);
  return picture;
}

/**
 * emend_picture_cache_get:
 * @cache: a cache
 * @path: an image file
 * @page: from 0
 *
 * Starts reading the header. The picture counts as shown as long as the caller holds it. Main thread.
 *
 * Returns: (transfer full): the picture, the same for the same file and page
 */
EmendPicture *
emend_picture_cache_get (EmendPictureCache *cache,
                         const char *path,
                         int page)
{
  g_return_val_if_fail (EMEND_IS_PICTURE_CACHE (cache), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  g_autofree char *key = g_strdup_printf ("%d:%s", page, path);
  EmendPicture *picture = g_hash_table_lookup (cache->pictures, key);
  if (picture != NULL)
    return g_object_ref (picture);

  picture = add_picture (cache, key, path, page);
  emend_picture_set_shown (picture, TRUE);
  return picture;
}

static gboolean
is_listed (const char *const *paths,
           EmendPicture *picture)
{
  return emend_picture_get_page (picture) == 0 && g_strv_contains (paths, emend_picture_get_path (picture));
}

/**
 * emend_picture_cache_prefetch:
 * @cache: a cache
 * @paths: (array zero-terminated=1): image files, the most likely first
 * @width: of the window, in device pixels
 * @height: of the window
 *
 * Replaces what was asked for before. Main thread.
 */
void
emend_picture_cache_prefetch (EmendPictureCache *cache,
                              const char *const *paths,
                              int width,
                              int height)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (EMEND_IS_PICTURE_CACHE (cache));
  g_return_if_fail (paths != NULL);
  g_return_if_fail (width > 0 && height > 0);

  g_hash_table_iter_init (&iter, cache->pictures);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (emend_picture_is_prefetched (value) && !is_listed (paths, value))
      emend_picture_stop_prefetch (value);
  for (gsize i = 0; paths[i] != NULL; i++) {
    g_autofree char *key = g_strdup_printf ("0:%s", paths[i]);
    EmendPicture *picture = g_hash_table_lookup (cache->pictures, key);
    if (picture == NULL) {
      picture = add_picture (cache, key, paths[i], 0);
      g_object_unref (picture);
    }
    emend_picture_prefetch (picture, width, height);
  }
}

/**
 * emend_picture_cache_set_limit:
 * @cache: a cache
 * @bytes: the most that all tiles hold, but what is looked at always stays; 0 for the limit that
 *   emend_media_init() was given
 *
 * Main thread.
 */
void
emend_picture_cache_set_limit (EmendPictureCache *cache,
                               guint64 bytes)
{
  g_return_if_fail (EMEND_IS_PICTURE_CACHE (cache));

  cache->limit = bytes > 0 ? bytes : emend_media_memory ();
  emend_picture_cache_trim (cache);
}

/**
 * emend_picture_cache_get_limit:
 * @cache: a cache
 *
 * Main thread.
 *
 * Returns: the most bytes that all tiles hold
 */
guint64
emend_picture_cache_get_limit (EmendPictureCache *cache)
{
  return cache->limit;
}

/**
 * emend_picture_cache_get_bytes:
 * @cache: a cache
 *
 * Main thread.
 *
 * Returns: what all tiles hold now
 */
guint64
emend_picture_cache_get_bytes (EmendPictureCache *cache)
{
  return cache->bytes;
}

/**
 * emend_picture_cache_tick:
 * @cache: a cache
 *
 * Main thread.
 *
 * Returns: a number greater than all before
 */
guint64
emend_picture_cache_tick (EmendPictureCache *cache)
{
  return ++cache->tick;
}

/**
 * emend_picture_cache_add_bytes:
 * @cache: a cache
 * @bytes: what a tile adds, or takes away
 *
 * Main thread.
 */
void
emend_picture_cache_add_bytes (EmendPictureCache *cache,
                               gint64 bytes)
{
  cache->bytes = (guint64) ((gint64) cache->bytes + bytes);
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *one = a;
  const Candidate *two = b;

  if (one->keep_longer != two->keep_longer)
    return one->keep_longer ? 1 : -1;
  return (one->used > two->used) - (one->used < two->used);
}

static void
add_candidates (GArray *candidates,
                EmendPicture *picture)
{
  gboolean keep_longer = emend_picture_is_shown (picture) || emend_picture_is_prefetched (picture);
  GHashTableIter iter;
  EmendCachedTile *tile;

  g_hash_table_iter_init (&iter, emend_picture_get_tiles (picture));
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile)) {
    Candidate one = { picture, tile->key, tile->bytes, tile->used, keep_longer };
    if (!emend_picture_protects (picture, &tile->key))
      g_array_append_val (candidates, one);
  }
}

/**
 * emend_picture_cache_trim:
 * @cache: a cache
 *
 * Drops tiles until the limit is kept: first of pictures shown before, then of those asked for ahead,
 * each by use, never what is looked at. Main thread.
 */
void
emend_picture_cache_trim (EmendPictureCache *cache)
{
  GHashTableIter iter;
  gpointer picture;

  if (cache->bytes <= cache->limit || cache->pictures == NULL)
    return;

  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  /* A little more than needed, so that not every new tile sorts again. */
  guint64 target = cache->limit - cache->limit / 16;
  g_hash_table_iter_init (&iter, cache->pictures);
  while (g_hash_table_iter_next (&iter, NULL, &picture))
    add_candidates (candidates, picture);
  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len && cache->bytes > target; i++) {
    const Candidate *one = &g_array_index (candidates, Candidate, i);
    emend_picture_drop_tile (one->picture, &one->key);
  }
}
