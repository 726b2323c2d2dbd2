#pragma once

#include "emend-format.h"

G_BEGIN_DECLS

/* No file of one document is larger; a set of labels of many documents neither. */
#define EMEND_DOCUMENT_MAX_FILE ((gsize) 64 * 1024 * 1024)
#define EMEND_DOCUMENT_MAX_PAGES 10000
#define EMEND_DOCUMENT_MAX_ROWS 1000000

/**
 * EmendDocument:
 * @sink: where the values and words go
 * @options: how to read
 * @path: of the file that is read
 * @found: whether the document is an item
 * @image: the item, when it was found
 *
 * The document that a file speaks of, while it is read: maps the source's pages, coordinates, fields and words to
 * those of the item. One thread at a time.
 */
typedef struct {
  const EmendReadSink *sink;
  const EmendReadOptions *options;
  GCancellable *cancellable;
  const char *path;
  gboolean found;
  EmendSourceImage image;
  GArray *sizes;      /* of its pages in the source */
  GArray *words;      /* of the pages that were begun */
  GStringChunk *text; /* of the words */
  GHashTable *rows;   /* (element-type utf8 gint): rows that tables have so far */
  GHashTable *told;   /* (element-type utf8): problems that were told of this file */
} EmendDocument;

/**
 * EmendDocumentValue:
 * @name: of the field, as the source has it
 * @type: what it seems to be
 * @column: (nullable): of a table
 * @row: of a table, from 0
 * @text: (nullable): as printed
 * @value: (nullable): as meant, when that is not @text
 * @regions: (nullable) (element-type EmendRegion): its places, in the source's units, pages from 0
 * @score: 0..1, or NaN
 * @score_text: (nullable): the number as the source has it, when that is not @score
 * @attributes: (nullable): one JSON object
 * @candidates: (nullable) (array length=n_candidates): what else it could be, without places
 * @n_candidates: how many
 * @line: where it stands in the file, 0 for nowhere
 */
typedef struct {
  const char *name;
  EmendFieldType type;
  const char *column;
  int row;
  const char *text;
  const char *value;
  GArray *regions;
  double score;
  const char *score_text;
  const char *attributes;
  const EmendCandidate *candidates;
  gsize n_candidates;
  gint64 line;
} EmendDocumentValue;

void emend_document_init (EmendDocument *document,
                          const EmendReadSink *sink,
                          const EmendReadOptions *options,
                          const char *path,
                          GCancellable *cancellable);
void emend_document_clear (EmendDocument *document);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EmendDocument, emend_document_clear)
gboolean emend_document_find (EmendDocument *document,
                              const char *name);
gboolean emend_document_names_item (EmendDocument *document,
                                    const char *path);
void emend_document_tell (EmendDocument *document,
                          gint64 line,
                          const char *reason);
gboolean emend_document_skip (EmendDocument *document,
                              gint64 line,
                              const char *reason);
gboolean emend_document_set_page (EmendDocument *document,
                                  int page,
                                  double width,
                                  double height);
void emend_document_use_pixels (EmendDocument *document,
                                int page);
gboolean emend_document_place (EmendDocument *document,
                               int page,
                               const EmendRect *box,
                               EmendRect *placed);
int emend_document_next_row (EmendDocument *document,
                             const char *table);
gboolean emend_document_add_value (EmendDocument *document,
                                   const EmendDocumentValue *value,
                                   GError **error);
void emend_document_add_word (EmendDocument *document,
                              int page,
                              const char *text,
                              const EmendRect *box,
                              double confidence,
                              guint line);
gboolean emend_document_give_words (EmendDocument *document,
                                    const char *engine,
                                    const char *language,
                                    GError **error);
gboolean emend_document_give_only_words (EmendDocument *document,
                                         const char *engine,
                                         const char *language,
                                         GError **error);
char *emend_document_key_name (const char *text);
gboolean emend_document_refuse (const char *path,
                                EmendFormatsError code,
                                const char *reason,
                                GError **error);

G_END_DECLS
