#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EmendXmlHandler:
 * @start: an element begins: its local name, and its attributes as name, value, …, %NULL, without those of other
 *   namespaces
 * @end: it ends
 * @text: (nullable): a piece of text, not ended by a zero
 *
 * What is told of an XML document as it is read.
 */
typedef struct {
  void (*start) (gpointer data,
                 const char *name,
                 const char *const *attributes);
  void (*end) (gpointer data,
               const char *name);
  void (*text) (gpointer data,
                const char *text,
                gsize length);
} EmendXmlHandler;

gboolean emend_xml_parse (const char *path,
                          const char *text,
                          gsize length,
                          const EmendXmlHandler *handler,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error);
gboolean emend_xml_parse_html (const char *path,
                               const char *text,
                               gsize length,
                               const EmendXmlHandler *handler,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error);
const char *emend_xml_get (const char *const *attributes,
                           const char *name);
gboolean emend_xml_get_number (const char *const *attributes,
                               const char *name,
                               double *number);
gboolean emend_xml_find_root (const char *head,
                              const char *name);

G_END_DECLS
