#pragma once

#include <jansson.h>

#include "emend-document.h"

G_BEGIN_DECLS

/**
 * EmendEntities:
 *
 * Pieces of a form that are questions, answers or headers and linked to each other, as FUNSD and its kin have them.
 */
typedef struct {
  GPtrArray *list;   /* (element-type Entity) */
  GHashTable *by_id; /* (element-type gint64 Entity) */
} EmendEntities;

void emend_entities_init (EmendEntities *entities);
void emend_entities_clear (EmendEntities *entities);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EmendEntities, emend_entities_clear)
void emend_entities_add (EmendEntities *entities,
                         const json_t *from,
                         const char *text,
                         const json_t *points);
gboolean emend_entities_give (EmendEntities *entities,
                              EmendDocument *document,
                              gint64 line,
                              GError **error);

G_END_DECLS
