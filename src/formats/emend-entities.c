#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-entities.h"

#include <math.h>

#include "emend-document-json.h"

#define MAX_ENTITIES 100000u
#define MAX_LINKS 1000u

typedef struct {
  gint64 id;
  const char *text; /* (unowned) */
  gboolean is_answer;
  gboolean is_key; /* question or header */
  gboolean has_box;
  EmendRect box;
  GArray *links; /* (element-type gint64): what it is a key of */
} Entity;

static void
entity_free (Entity *entity)
{
  g_array_unref (entity->links);
  g_free (entity);
}

/**
 * emend_entities_init:
 * @entities: (out caller-allocates): none
 */
void
emend_entities_init (EmendEntities *entities)
{
  entities->list = g_ptr_array_new_with_free_func ((GDestroyNotify) entity_free);
  entities->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
}

/**
 * emend_entities_clear:
 * @entities: entities
 */
void
emend_entities_clear (EmendEntities *entities)
{
  g_clear_pointer (&entities->by_id, g_hash_table_unref);
  g_clear_pointer (&entities->list, g_ptr_array_unref);
}

/* A link stands in both of its entities; the first one is the key. */
static void
take_links (Entity *entity,
            const json_t *links)
{
  gsize i;
  json_t *link;

  json_array_foreach (links, i, link)
  {
    gint64 to = json_integer_value (json_array_get (link, 1));

    if (entity->links->len < MAX_LINKS && json_is_integer (json_array_get (link, 1)) &&
        json_is_integer (json_array_get (link, 0)) && json_integer_value (json_array_get (link, 0)) == entity->id)
      g_array_append_val (entity->links, to);
  }
}

/**
 * emend_entities_add:
 * @entities: entities
 * @from: an object with `id`, `label` and `linking`; must outlive @entities
 * @text: (nullable): what it says; must outlive @entities
 * @points: (nullable): where it is, see emend_json_to_rect()
 *
 * Adds one; what has no number is passed over.
 */
void
emend_entities_add (EmendEntities *entities,
                    const json_t *from,
                    const char *text,
                    const json_t *points)
{
  const char *label = emend_json_get_text (from, "label");
  const json_t *id = json_object_get (from, "id");
  Entity *entity;

  if (label == NULL || text == NULL || !json_is_integer (id) || entities->list->len >= MAX_ENTITIES)
    return;
  entity = g_new0 (Entity, 1);
  entity->id = json_integer_value (id);
  entity->text = text;
  entity->is_answer = g_ascii_strcasecmp (label, "answer") == 0;
  entity->is_key = g_ascii_strcasecmp (label, "question") == 0 || g_ascii_strcasecmp (label, "header") == 0;
  entity->has_box = emend_json_to_rect (points, &entity->box);
  entity->links = g_array_new (FALSE, FALSE, sizeof (gint64));
  take_links (entity, json_object_get (from, "linking"));
  g_ptr_array_add (entities->list, entity);
  if (!g_hash_table_contains (entities->by_id, &entity->id))
    g_hash_table_insert (entities->by_id, &entity->id, entity);
}

static gboolean
give_answer (EmendDocument *document,
             const char *name,
             const Entity *answer,
             gint64 line,
             GError **error)
{
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (EmendRegion));
  EmendRegion region = { 0, answer->box };
  EmendDocumentValue value = {
    .name = name,
    .type = EMEND_FIELD_TEXT,
    .row = -1,
    .text = answer->text,
    .score = NAN,
    .line = line
  };

  if (*answer->text == '\0')
    return TRUE;
  if (answer->has_box)
    g_array_append_val (regions, region);
  value.regions = regions;
  return emend_document_add_value (document, &value, error);
}

/**
 * emend_entities_give:
 * @entities: all of one page
 * @document: where they go
 * @line: of the file, 0 for none
 * @error: what the sink said
 *
 * An answer becomes a value of the field that its question or header names. Questions without answers and what is
 * linked to nothing say no value.
 *
 * Returns: whether to go on
 */
gboolean
emend_entities_give (EmendEntities *entities,
                     EmendDocument *document,
                     gint64 line,
                     GError **error)
{
  for (guint i = 0; i < entities->list->len; i++) {
    const Entity *key = g_ptr_array_index (entities->list, i);
    g_autofree char *name = key->is_key ? emend_document_key_name (key->text) : NULL;

    for (guint j = 0; name != NULL && *name != '\0' && j < key->links->len; j++) {
      const Entity *answer = g_hash_table_lookup (entities->by_id, &g_array_index (key->links, gint64, j));

      if (answer != NULL && answer->is_answer && !give_answer (document, name, answer, line, error))
        return FALSE;
    }
  }
  return TRUE;
}
