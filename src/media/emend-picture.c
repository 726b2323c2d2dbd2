#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-picture-private.h"

#include "emend-plan-private.h"
#include "emend-view-private.h"

struct _EmendPicture {
  GObject parent;

  EmendPictureCache *cache; /* weak */
  char *path;
  int page;
  EmendHeader *header;   /* NULL while not known */
  EmendRegions *regions; /* NULL while tiles cannot be read one by one */
  gboolean copy_failed;
  GError *error;
  GHashTable *tiles; /* EmendTileKey in EmendCachedTile */
  EmendMailbox *mailbox;
  GPtrArray *works;
  guint last_work;

  gboolean shown;
  gboolean has_view;
  EmendRect visible;
  double scale;
  int fit_width; /* 0 when not asked for ahead */
  int fit_height;
  guint64 last_use;
};

enum {
  SIGNAL_CHANGED,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendPicture, emend_picture, G_TYPE_OBJECT)

static guint
tile_key_hash (gconstpointer key)
{
  const EmendTileKey *tile = key;

  return (guint) tile->level * 2654435761U ^ (guint) tile->x * 40503U ^ (guint) tile->y * 2246822519U;
}

static gboolean
tile_key_equal (gconstpointer a,
                gconstpointer b)
{
  const EmendTileKey *one = a;
  const EmendTileKey *two = b;

  return one->level == two->level && one->x == two->x && one->y == two->y;
}

static void
cached_tile_free (EmendCachedTile *tile)
{
  emend_pixmap_unref (tile->pixmap);
  g_free (tile);
}

static void
tile_clear (gpointer data)
{
  EmendTile *tile = data;

  g_clear_pointer (&tile->pixmap, emend_pixmap_unref);
}

static EmendWork *
find_work (EmendPicture *picture,
           EmendWorkKind kind,
           const EmendTileKey *key)
{
  for (guint i = 0; i < picture->works->len; i++) {
    EmendWork *work = picture->works->pdata[i];
    if (work->kind == kind && tile_key_equal (&work->key, key))
      return work;
  }
  return NULL;
}

static EmendWork *
start_kind (EmendPicture *picture,
            EmendWorkKind kind,
            EmendPriority priority,
            const EmendTileKey *key)
{
  guint id = ++picture->last_work;

  switch (kind) {
  case EMEND_WORK_OPEN:
    return emend_work_open (picture->mailbox, priority, id, picture->path, picture->page);
  case EMEND_WORK_PASS:
    return emend_work_pass (picture->mailbox, priority, id, picture->path, picture->header, key->level);
  case EMEND_WORK_TILE:
    return emend_work_tile (picture->mailbox, priority, id, picture->regions, key);
  case EMEND_WORK_COPY:
    return emend_work_copy (picture->mailbox, priority, id, picture->path, picture->header);
  }
  g_assert_not_reached ();
}

/* Starts it unless it is under way already. */
static void
start (EmendPicture *picture,
       EmendWorkKind kind,
       EmendPriority priority,
       const EmendTileKey *key)
{
  EmendWork *work = find_work (picture, kind, key);

  if (work != NULL)
    emend_work_raise (work, priority);
  else
    g_ptr_array_add (picture->works, start_kind (picture, kind, priority, key));
}

static void
start_level (EmendPicture *picture,
             EmendWorkKind kind,
             EmendPriority priority,
             int level)
{
  EmendTileKey key = { level, 0, 0 };

  start (picture, kind, priority, &key);
}

/* Gives up what was asked for by an earlier view and is not part of this one. */
static void
cancel_others (EmendPicture *picture,
               EmendWorkKind kind,
               int level,
               const EmendTileRange *range)
{
  for (guint i = picture->works->len; i > 0; i--) {
    EmendWork *work = picture->works->pdata[i - 1];
    if (work->priority != EMEND_PRIORITY_VISIBLE || work->kind == EMEND_WORK_OPEN)
      continue;
    if (work->kind == kind && work->key.level == level &&
        (kind != EMEND_WORK_TILE || emend_view_contains (range, &work->key)))
      continue;
    g_ptr_array_remove_index_fast (picture->works, i - 1);
  }
}

static EmendPlan
get_plan (EmendPicture *picture)
{
  return (EmendPlan){ picture->header, picture->regions,
                      picture->cache != NULL ? emend_picture_cache_get_limit (picture->cache) : 0,
                      !picture->copy_failed };
}

static gboolean
has_whole_level (EmendPicture *picture,
                 int level)
{
  EmendRect all = { 0, 0, picture->header->info.width, picture->header->info.height };
  g_autoptr (GArray) missing = emend_view_missing (picture->header, picture->tiles, &all, level);

  return missing->len == 0;
}

static void
start_tiles (EmendPicture *picture,
             GArray *missing)
{
  for (guint i = 0; i < missing->len; i++)
    start (picture, EMEND_WORK_TILE, EMEND_PRIORITY_VISIBLE, &g_array_index (missing, EmendTileKey, i));
}

static void
schedule_view (EmendPicture *picture)
{
  if (!picture->shown || !picture->has_view)
    return;

  EmendPlan plan = get_plan (picture);
  EmendStep step = emend_plan_step (&plan, picture->scale);
  g_autoptr (GArray) missing = emend_view_missing (picture->header, picture->tiles, &picture->visible, step.level);
  int overview = emend_plan_overview (&plan);
  EmendTileRange range;

  emend_view_range (picture->header, &picture->visible, step.level, &range);
  if (missing->len > 0 && step.level < overview && !has_whole_level (picture, overview)) {
    if (emend_plan_overview_is_cheap (&plan)) {
      cancel_others (picture, EMEND_WORK_PASS, overview, &range);
      start_level (picture, EMEND_WORK_PASS, EMEND_PRIORITY_VISIBLE, overview);
      return;
    }
    start_level (picture, EMEND_WORK_PASS, EMEND_PRIORITY_PREFETCH, overview);
  }
  cancel_others (picture, step.kind, step.finest, &range);
  if (missing->len == 0)
    return;
  if (step.kind == EMEND_WORK_TILE)
    start_tiles (picture, missing);
  else
    start_level (picture, step.kind, EMEND_PRIORITY_VISIBLE, step.finest);
}

static void
schedule_prefetch (EmendPicture *picture)
{
  if (picture->fit_width == 0)
    return;

  EmendPlan plan = get_plan (picture);
  double scale = MIN ((double) picture->fit_width / picture->header->info.width,
                      (double) picture->fit_height / picture->header->info.height);
  int level = emend_view_level (picture->header, MIN (scale, 1));
  if (!has_whole_level (picture, level) && emend_plan_fits_memory (&plan, level))
    start_level (picture, EMEND_WORK_PASS, EMEND_PRIORITY_PREFETCH, level);
}

static void
schedule (EmendPicture *picture)
{
  if (picture->error != NULL || picture->cache == NULL)
    return;
  if (picture->header == NULL) {
    if (picture->shown)
      start_level (picture, EMEND_WORK_OPEN, EMEND_PRIORITY_VISIBLE, 0);
    else if (picture->fit_width > 0)
      start_level (picture, EMEND_WORK_OPEN, EMEND_PRIORITY_PREFETCH, 0);
    return;
  }
  schedule_view (picture);
  schedule_prefetch (picture);
}

static void
add_tile (EmendPicture *picture,
          EmendResult *result)
{
  EmendCachedTile *tile;

  if (picture->cache == NULL || g_hash_table_contains (picture->tiles, &result->key))
    return;
  tile = g_new0 (EmendCachedTile, 1);
  tile->key = result->key;
  tile->pixmap = g_steal_pointer (&result->pixmap);
  tile->bytes = tile->pixmap->stride * (gsize) tile->pixmap->height;
  tile->used = emend_picture_cache_tick (picture->cache);
  g_hash_table_replace (picture->tiles, &tile->key, tile);
  emend_picture_cache_add_bytes (picture->cache, (gint64) tile->bytes);
}

static void
finish_work (EmendPicture *picture,
             EmendResult *result)
{
  guint i = 0;

  while (i < picture->works->len && ((EmendWork *) picture->works->pdata[i])->id != result->work)
    i++;
  /* What was cancelled has no say any more. */
  if (i == picture->works->len)
    return;
  EmendWorkKind kind = ((EmendWork *) picture->works->pdata[i])->kind;
  g_ptr_array_remove_index_fast (picture->works, i);
  if (result->error == NULL || picture->error != NULL)
    return;
  if (kind == EMEND_WORK_COPY) {
    /* Without room for a copy the picture is shown less sharp, not refused. */
    g_debug ("No decoded copy: %s", result->error->message);
    picture->copy_failed = TRUE;
    return;
  }
  picture->error = g_steal_pointer (&result->error);
  g_ptr_array_set_size (picture->works, 0);
  if (picture->shown)
    g_signal_emit (picture, signals[SIGNAL_FAILED], 0, picture->error);
}

static void
receive_cb (GPtrArray *results,
            gpointer owner)
{
  EmendPicture *picture = owner;
  /* A reference tells the cache that the picture is shown, so only one that is gets another. */
  g_autoptr (EmendPicture) kept = picture->shown ? g_object_ref (picture) : NULL;
  gboolean changed = FALSE;

  for (guint i = 0; i < results->len; i++) {
    EmendResult *result = results->pdata[i];
    if (result->header != NULL && picture->header == NULL) {
      picture->header = g_steal_pointer (&result->header);
      changed = TRUE;
    }
    if (result->regions != NULL && picture->regions == NULL)
      picture->regions = g_steal_pointer (&result->regions);
    if (result->pixmap != NULL) {
      add_tile (picture, result);
      changed = TRUE;
    }
    if (result->done) {
      finish_work (picture, result);
      /* What is there may be all that comes. */
      changed = changed || picture->copy_failed;
    }
  }
  schedule (picture);
  if (picture->cache != NULL)
    emend_picture_cache_trim (picture->cache);
  if (changed && kept != NULL)
    g_signal_emit (picture, signals[SIGNAL_CHANGED], 0);
}

static void
emend_picture_dispose (GObject *object)
{
  EmendPicture *picture = EMEND_PICTURE (object);

  g_ptr_array_set_size (picture->works, 0);
  if (picture->mailbox != NULL)
    emend_mailbox_close (picture->mailbox);
  g_clear_pointer (&picture->mailbox, emend_mailbox_unref);
  if (picture->cache != NULL) {
    GHashTableIter iter;
    EmendCachedTile *tile;
    g_hash_table_iter_init (&iter, picture->tiles);
    while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
      emend_picture_cache_add_bytes (picture->cache, -(gint64) tile->bytes);
  }
  g_hash_table_remove_all (picture->tiles);
  g_clear_weak_pointer (&picture->cache);
  G_OBJECT_CLASS (emend_picture_parent_class)->dispose (object);
}

static void
emend_picture_finalize (GObject *object)
{
  EmendPicture *picture = EMEND_PICTURE (object);

  g_ptr_array_unref (picture->works);
  g_hash_table_unref (picture->tiles);
  g_free (picture->header);
  g_clear_pointer (&picture->regions, emend_regions_unref);
  g_clear_error (&picture->error);
  g_free (picture->path);
  G_OBJECT_CLASS (emend_picture_parent_class)->finalize (object);
}

static void
emend_picture_class_init (EmendPictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = emend_picture_dispose;
  object_class->finalize = emend_picture_finalize;

  /**
   * EmendPicture::changed:
   *
   * The size is known, or there are better tiles than before. At most about 60 times a second.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", EMEND_TYPE_PICTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  /**
   * EmendPicture::failed:
   * @error: what emend_picture_get_error() returns from now on
   *
   * The picture cannot be decoded. Once for as long as the picture is held by anybody but the cache.
   */
  signals[SIGNAL_FAILED] = g_signal_new ("failed", EMEND_TYPE_PICTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
emend_picture_init (EmendPicture *picture)
{
  picture->tiles = g_hash_table_new_full (tile_key_hash, tile_key_equal, NULL, (GDestroyNotify) cached_tile_free);
  picture->works = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_work_free);
  picture->mailbox = emend_mailbox_new (receive_cb, picture);
}

/**
 * emend_picture_new:
 * @cache: accounts for the tiles
 * @path: the file
 * @page: from 0
 *
 * Main thread.
 *
 * Returns: (transfer full): a picture of which nothing is known yet
 */
EmendPicture *
emend_picture_new (EmendPictureCache *cache,
                   const char *path,
                   int page)
{
  EmendPicture *picture = g_object_new (EMEND_TYPE_PICTURE, NULL);

  g_set_weak_pointer (&picture->cache, cache);
  picture->path = g_strdup (path);
  picture->page = page;
  return picture;
}

/**
 * emend_picture_get_path:
 * @picture: a picture
 *
 * Main thread.
 *
 * Returns: the file it is of
 */
const char *
emend_picture_get_path (EmendPicture *picture)
{
  g_return_val_if_fail (EMEND_IS_PICTURE (picture), NULL);

  return picture->path;
}

/**
 * emend_picture_get_page:
 * @picture: a picture
 *
 * Main thread.
 *
 * Returns: the page of the file, from 0
 */
int
emend_picture_get_page (EmendPicture *picture)
{
  g_return_val_if_fail (EMEND_IS_PICTURE (picture), 0);

  return picture->page;
}

/**
 * emend_picture_get_width:
 * @picture: a picture
 *
 * Main thread.
 *
 * Returns: width of the upright page in pixels, 0 while not known
 */
int
emend_picture_get_width (EmendPicture *picture)
{
  g_return_val_if_fail (EMEND_IS_PICTURE (picture), 0);

  return picture->header != NULL ? picture->header->info.width : 0;
}

/**
 * emend_picture_get_height:
 * @picture: a picture
 *
 * Main thread.
 *
 * Returns: height of the upright page in pixels, 0 while not known
 */
int
emend_picture_get_height (EmendPicture *picture)
{
  g_return_val_if_fail (EMEND_IS_PICTURE (picture), 0);

  return picture->header != NULL ? picture->header->info.height : 0;
}

/**
 * emend_picture_get_error:
 * @picture: a picture
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): why it cannot be decoded
 */
const GError *
emend_picture_get_error (EmendPicture *picture)
{
  g_return_val_if_fail (EMEND_IS_PICTURE (picture), NULL);

  return picture->error;
}

/**
 * emend_picture_request:
 * @picture: a picture
 * @visible: what is looked at, in upright image pixels; may reach beyond the page
 * @scale: device pixels per image pixel
 *
 * Replaces the request before. Main thread.
 */
void
emend_picture_request (EmendPicture *picture,
                       const EmendRect *visible,
                       double scale)
{
  g_return_if_fail (EMEND_IS_PICTURE (picture));
  g_return_if_fail (visible != NULL && emend_rect_is_finite (visible));
  g_return_if_fail (scale > 0);

  if (picture->cache != NULL)
    picture->last_use = emend_picture_cache_tick (picture->cache);
  picture->has_view = TRUE;
  picture->visible = *visible;
  picture->scale = scale;
  schedule (picture);
}

/**
 * emend_picture_take_tiles:
 * @picture: a picture
 * @visible: what is looked at, in upright image pixels
 * @scale: device pixels per image pixel
 * @complete: (out) (optional): whether nothing better is coming for this view
 *
 * Main thread; the tiles themselves may go to any.
 *
 * Returns: (transfer full) (element-type EmendTile): what to draw, in this order
 */
GArray *
emend_picture_take_tiles (EmendPicture *picture,
                          const EmendRect *visible,
                          double scale,
                          gboolean *complete)
{
  GArray *tiles = g_array_new (FALSE, FALSE, sizeof (EmendTile));
  gboolean all = FALSE;

  g_return_val_if_fail (EMEND_IS_PICTURE (picture), tiles);
  g_return_val_if_fail (visible != NULL && emend_rect_is_finite (visible), tiles);
  g_return_val_if_fail (scale > 0, tiles);

  g_array_set_clear_func (tiles, tile_clear);
  if (picture->header != NULL) {
    EmendPlan plan = get_plan (picture);
    EmendStep step = emend_plan_step (&plan, scale);
    g_autoptr (GPtrArray) found = emend_view_collect (picture->header, picture->tiles, visible, step.level, &all);
    guint64 tick = picture->cache != NULL ? emend_picture_cache_tick (picture->cache) : 0;
    for (guint i = 0; i < found->len; i++) {
      EmendCachedTile *tile = found->pdata[i];
      EmendTile one = { emend_pixmap_ref (tile->pixmap), emend_tiles_get_rect (picture->header, &tile->key) };
      tile->used = tick;
      g_array_append_val (tiles, one);
    }
  }
  if (complete != NULL)
    *complete = all || picture->error != NULL;
  return tiles;
}

/**
 * emend_picture_prefetch:
 * @picture: a picture
 * @width: of the window, in device pixels
 * @height: of the window
 *
 * Decodes the whole page at the size that fits, when nothing else is wanted. Main thread.
 */
void
emend_picture_prefetch (EmendPicture *picture,
                        int width,
                        int height)
{
  picture->fit_width = width;
  picture->fit_height = height;
  schedule (picture);
}

/**
 * emend_picture_stop_prefetch:
 * @picture: a picture
 *
 * Main thread.
 */
void
emend_picture_stop_prefetch (EmendPicture *picture)
{
  picture->fit_width = 0;
  picture->fit_height = 0;
  for (guint i = picture->works->len; i > 0; i--) {
    EmendWork *work = picture->works->pdata[i - 1];
    if (work->priority == EMEND_PRIORITY_PREFETCH && (work->kind != EMEND_WORK_OPEN || !picture->shown))
      g_ptr_array_remove_index_fast (picture->works, i - 1);
  }
}

/**
 * emend_picture_is_prefetched:
 * @picture: a picture
 *
 * Main thread.
 *
 * Returns: whether it was asked for ahead
 */
gboolean
emend_picture_is_prefetched (EmendPicture *picture)
{
  return picture->fit_width > 0;
}

/**
 * emend_picture_set_shown:
 * @picture: a picture
 * @shown: whether anybody but the cache holds it
 *
 * What was under way for somebody who is gone is given up. Main thread.
 */
void
emend_picture_set_shown (EmendPicture *picture,
                         gboolean shown)
{
  if (picture->shown == shown)
    return;
  picture->shown = shown;
  if (shown) {
    /* What failed before is tried again for whoever looks now, and may have been put right. */
    g_clear_error (&picture->error);
    schedule (picture);
    return;
  }
  picture->has_view = FALSE;
  for (guint i = picture->works->len; i > 0; i--) {
    EmendWork *work = picture->works->pdata[i - 1];
    if (work->priority == EMEND_PRIORITY_VISIBLE)
      g_ptr_array_remove_index_fast (picture->works, i - 1);
  }
  schedule (picture);
}

/**
 * emend_picture_is_shown:
 * @picture: a picture
 *
 * Main thread.
 *
 * Returns: whether anybody but the cache holds it
 */
gboolean
emend_picture_is_shown (EmendPicture *picture)
{
  return picture->shown;
}

/**
 * emend_picture_protects:
 * @picture: a picture
 * @key: one of its tiles
 *
 * Main thread.
 *
 * Returns: whether the tile is looked at, or fills the holes until it can be
 */
gboolean
emend_picture_protects (EmendPicture *picture,
                        const EmendTileKey *key)
{
  EmendTileRange range;

  if (!picture->shown || !picture->has_view || picture->header == NULL)
    return FALSE;

  EmendPlan plan = get_plan (picture);
  if (key->level >= emend_plan_overview (&plan))
    return TRUE;
  return key->level == emend_plan_step (&plan, picture->scale).level &&
         emend_view_range (picture->header, &picture->visible, key->level, &range) &&
         emend_view_contains (&range, key);
}

/**
 * emend_picture_get_tiles:
 * @picture: a picture
 *
 * Main thread.
 *
 * Returns: (transfer none) (element-type EmendTileKey EmendCachedTile): what is there
 */
GHashTable *
emend_picture_get_tiles (EmendPicture *picture)
{
  return picture->tiles;
}

/**
 * emend_picture_drop_tile:
 * @picture: a picture
 * @key: one of its tiles
 *
 * Main thread.
 */
void
emend_picture_drop_tile (EmendPicture *picture,
                         const EmendTileKey *key)
{
  EmendCachedTile *tile = g_hash_table_lookup (picture->tiles, key);

  g_assert (tile != NULL);
  if (picture->cache != NULL)
    emend_picture_cache_add_bytes (picture->cache, -(gint64) tile->bytes);
  g_hash_table_remove (picture->tiles, key);
}

/**
 * emend_picture_get_last_use:
 * @picture: a picture
 *
 * Main thread.
 *
 * Returns: when it was last asked for, in the ticks of the cache
 */
guint64
emend_picture_get_last_use (EmendPicture *picture)
{
  return picture->last_use;
}
