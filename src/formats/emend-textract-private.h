#pragma once

#include <jansson.h>

#include "emend-document.h"

G_BEGIN_DECLS

/**
 * EmendTextract:
 *
 * The blocks of one document: a graph by identity.
 */
typedef struct {
  EmendDocument *document;
  GHashTable *blocks; /* (element-type utf8 json_t) (unowned) */
  GPtrArray *order;   /* (element-type json_t) (unowned): as they come */
  guint n_tables;
} EmendTextract;

typedef gboolean (*EmendTextractFunc) (gpointer data,
                                       const json_t *block);

const char *emend_textract_get_type (const json_t *block);
int emend_textract_get_page (const json_t *block);
gboolean emend_textract_has_entity (const json_t *block,
                                    const char *name);
gboolean emend_textract_each (const EmendTextract *textract,
                              const json_t *block,
                              const char *relation,
                              EmendTextractFunc func,
                              gpointer data);
gboolean emend_textract_get_box (const json_t *thing,
                                 EmendRect *box);
double emend_textract_get_confidence (const json_t *thing);
void emend_textract_add_region (GArray *regions,
                                int page,
                                const json_t *thing);

/**
 * EmendTextractText:
 * @text: the words
 * @confidence: the least of them, in percent, or NaN
 * @n_words: how many
 * @n_marks: how many boxes to tick
 * @ticked: whether one of them is
 *
 * What the children of a block say.
 */
typedef struct {
  GString *text;
  double confidence;
  guint n_words;
  guint n_marks;
  gboolean ticked;
} EmendTextractText;

void emend_textract_text_init (EmendTextractText *text);
void emend_textract_text_clear (EmendTextractText *text);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EmendTextractText, emend_textract_text_clear)
void emend_textract_text_collect (EmendTextractText *text,
                                  const EmendTextract *textract,
                                  const json_t *block);
gboolean emend_textract_give (EmendDocument *document,
                              EmendDocumentValue *value,
                              double structure,
                              double text,
                              GError **error);

gboolean emend_textract_add_tables (EmendTextract *textract,
                                    GError **error);
gboolean emend_textract_add_expense (EmendDocument *document,
                                     const json_t *expense,
                                     GError **error);
gboolean emend_textract_add_identity (EmendDocument *document,
                                      const json_t *identity,
                                      GError **error);
gboolean emend_textract_add_lending (EmendDocument *document,
                                     const json_t *result,
                                     GError **error);

G_END_DECLS
