#pragma once

#include <jansson.h>

#include "emend-document.h"

G_BEGIN_DECLS

/**
 * EmendJsonHead:
 *
 * What the first bytes of a JSON file tell of its shape.
 */
typedef struct {
  GHashTable *keys; /* (element-type utf8): "1:name" for a member of the outermost container's objects, and so on */
  char first;       /* '{', '[' or 0 */
  int depth;        /* the deepest nesting that was seen */
  gboolean nested;  /* a list directly holds a list or a number, as coordinates do */
} EmendJsonHead;

void emend_json_head_init (EmendJsonHead *head,
                           const char *text);
void emend_json_head_clear (EmendJsonHead *head);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EmendJsonHead, emend_json_head_clear)
gboolean emend_json_head_has (const EmendJsonHead *head,
                              int depth,
                              const char *key);

json_t *emend_document_parse_json (const char *path,
                                   const char *text,
                                   gsize length,
                                   GError **error);
const char *emend_json_get_text (const json_t *object,
                                 const char *key);
gboolean emend_json_get_number (const json_t *object,
                                const char *key,
                                double *number);
int emend_json_get_page (const json_t *object,
                         const char *key,
                         int first);
gboolean emend_json_to_number (const json_t *value,
                               double *number);
char *emend_json_to_text (const json_t *value);
gboolean emend_json_to_rect (const json_t *points,
                             EmendRect *rect);
void emend_json_add_region (GArray *regions,
                            int page,
                            const json_t *points);
EmendFieldType emend_json_guess_type (const char *text);

G_END_DECLS
