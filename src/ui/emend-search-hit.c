#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-search-hit.h"

#include <glib/gi18n-lib.h>

struct _EmendSearchHit {
  GObject parent_instance;
  gint64 item;
  int page;
  guint word;
  char *name;
  char *excerpt;
};

enum {
  PROP_NAME = 1,
  PROP_PAGE,
  PROP_EXCERPT,
  N_PROPERTIES,
};

G_DEFINE_FINAL_TYPE (EmendSearchHit, emend_search_hit, G_TYPE_OBJECT)

static void
emend_search_hit_finalize (GObject *object)
{
  EmendSearchHit *self = EMEND_SEARCH_HIT (object);

  g_free (self->name);
  g_free (self->excerpt);
  G_OBJECT_CLASS (emend_search_hit_parent_class)->finalize (object);
}

static void
emend_search_hit_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *spec)
{
  EmendSearchHit *self = EMEND_SEARCH_HIT (object);

  switch (id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_PAGE:
    g_value_take_string (value, g_strdup_printf (_ ("Page %d"), self->page + 1));
    break;
  case PROP_EXCERPT:
    g_value_set_string (value, self->excerpt);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
emend_search_hit_class_init (EmendSearchHitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char *const names[] = { NULL, "name", "page", "excerpt" };

  object_class->finalize = emend_search_hit_finalize;
  object_class->get_property = emend_search_hit_get_property;
  for (guint id = PROP_NAME; id < N_PROPERTIES; id++)
    g_object_class_install_property (
      object_class, id,
      g_param_spec_string (names[id], NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
emend_search_hit_init (EmendSearchHit *self)
{
}

/**
 * emend_search_hit_new:
 * @place: what was found; copied
 *
 * Returns: (transfer full): it, for the list
 */
EmendSearchHit *
emend_search_hit_new (const EmendFoundPlace *place)
{
  EmendSearchHit *self = g_object_new (EMEND_TYPE_SEARCH_HIT, NULL);

  self->item = place->item;
  self->page = place->page;
  self->word = place->word;
  self->name = g_path_get_basename (place->path);
  self->excerpt = g_markup_printf_escaped ("%s%s<b>%s</b>%s%s", place->before, *place->before != '\0' ? " " : "",
                                           place->found, *place->after != '\0' ? " " : "", place->after);
  return self;
}

/**
 * emend_search_hit_get_item:
 * @self: a place
 *
 * Returns: number of the item
 */
gint64
emend_search_hit_get_item (EmendSearchHit *self)
{
  return self->item;
}

/**
 * emend_search_hit_get_page:
 * @self: a place
 *
 * Returns: its page, from 0
 */
int
emend_search_hit_get_page (EmendSearchHit *self)
{
  return self->page;
}

/**
 * emend_search_hit_get_word:
 * @self: a place
 *
 * Returns: index of its first word on the page
 */
guint
emend_search_hit_get_word (EmendSearchHit *self)
{
  return self->word;
}
