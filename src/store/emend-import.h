#pragma once

#include "emend-project.h"

G_BEGIN_DECLS

/**
 * EmendImport:
 *
 * One batch of records being written in one transaction. Until emend_import_finish() returns TRUE,
 * nothing of it is in the project; freeing it before takes everything back.
 */
typedef struct _EmendImport EmendImport;

EmendImport *emend_import_begin (EmendProject *project,
                                 const EmendRun *run,
                                 GError **error);
gboolean emend_import_add (EmendImport *import,
                           const EmendProposal *proposal,
                           GError **error);
gboolean emend_import_add_words (EmendImport *import,
                                 gint64 item,
                                 int page,
                                 EmendWords *words,
                                 GError **error);
gboolean emend_import_touch (EmendImport *import,
                             gint64 item,
                             GError **error);
gboolean emend_import_set_schema (EmendImport *import,
                                  EmendSchema *schema,
                                  GError **error);
gboolean emend_import_finish (EmendImport *import,
                              GError **error);
void emend_import_free (EmendImport *import);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendImport, emend_import_free)

/**
 * EmendItemLookup:
 * @path: relative to the project's folder
 *
 * Finds items by the names that other tools' files use: by the whole relative path, then by a unique
 * suffix of whole components, then by the base name if it is unique. Built once per import.
 */
typedef struct _EmendItemLookup EmendItemLookup;

typedef enum {
  EMEND_LOOKUP_NONE = 0,
  EMEND_LOOKUP_AMBIGUOUS,
  EMEND_LOOKUP_FOUND,
} EmendLookupResult;

typedef struct {
  gint64 id;
  int width;  /* upright, first page */
  int height; /* upright, first page */
  int orientation;
  int n_pages;
} EmendLookupItem;

EmendItemLookup *emend_item_lookup_new (EmendProject *project,
                                        GError **error);
EmendLookupResult emend_item_lookup_find (EmendItemLookup *lookup,
                                          const char *name,
                                          gboolean ignore_extension,
                                          EmendLookupItem *item);
void emend_item_lookup_free (EmendItemLookup *lookup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendItemLookup, emend_item_lookup_free)

G_END_DECLS
