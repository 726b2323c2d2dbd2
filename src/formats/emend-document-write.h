#pragma once

#include "emend-annotation.h"
#include "emend-format.h"

G_BEGIN_DECLS

typedef gboolean (*EmendWriteFunc) (gpointer data,
                                    const EmendWriteItem *item,
                                    GError **error);

gboolean emend_write_each (const EmendWriteSource *source,
                           EmendWriteFunc func,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error);
GPtrArray *emend_write_list_values (const EmendWriteSource *source,
                                    const EmendWriteItem *item);
GArray *emend_write_number_rows (GPtrArray *marks);
const char *emend_write_get_text (const EmendMark *mark);
gboolean emend_write_says_value (const EmendMark *mark);
const EmendField *emend_write_get_field (const EmendWriteSource *source,
                                         const EmendMark *mark);
gboolean emend_write_has_place (const EmendMark *mark);
gboolean emend_write_get_page_size (const EmendWriteItem *item,
                                    int page,
                                    int *width,
                                    int *height);
char *emend_write_safe_path (const char *path,
                             gboolean with_extension);
gboolean emend_write_claim (GHashTable *written,
                            const char *name,
                            const EmendWriteItem *item,
                            GError **error);

G_END_DECLS
