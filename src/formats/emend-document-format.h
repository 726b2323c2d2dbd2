#pragma once

#include <jansson.h>

#include "emend-document.h"

G_BEGIN_DECLS

/**
 * EmendDocumentReader:
 * @suffixes: (array zero-terminated=1): ends of the names of its files, in lower case; "" for any name
 * @detect: how sure it is from the name and the first bytes, a string; 0 is no, 100 is certain
 * @read: reads one file; its text ends with a zero and can be changed
 * @is_spare: (nullable): whether a file in a folder is left out there, as another says the same and more
 * @goes_on: (nullable): whether a file goes on from the one before it, so that both are of one document; files whose
 *   names are only digits are looked at too then
 * @read_tree: (nullable): reads a list with the JSON of all files of one document; goes with @goes_on
 *
 * How a format that has one file, or a few, for each document is read. Its files are read whole, one after the other.
 */
typedef struct _EmendDocumentReader {
  const char *const *suffixes;
  int (*detect) (const char *path,
                 const char *head);
  gboolean (*read) (EmendDocument *document,
                    char *text,
                    gsize length,
                    GError **error);
  gboolean (*is_spare) (const char *path);
  gboolean (*goes_on) (const char *before,
                       const char *path);
  gboolean (*read_tree) (EmendDocument *document,
                         const json_t *tree,
                         GError **error);
} EmendDocumentReader;

void emend_document_format_init (EmendFormatInterface *iface,
                                 const EmendDocumentReader *reader,
                                 gboolean has_fields);

/* What a format's file begins with: its type, whose interface is filled by a function `type_name_format_init`. */
#define EMEND_DEFINE_FORMAT(TypeName, type_name)                                                     \
  struct _##TypeName {                                                                               \
    GObject parent_instance;                                                                         \
  };                                                                                                 \
  static void type_name##_format_init (EmendFormatInterface *iface);                                 \
  G_DEFINE_FINAL_TYPE_WITH_CODE (TypeName, type_name, G_TYPE_OBJECT,                                 \
                                 G_IMPLEMENT_INTERFACE (EMEND_TYPE_FORMAT, type_name##_format_init)) \
  static void type_name##_class_init (TypeName##Class *klass)                                        \
  {                                                                                                  \
  }                                                                                                  \
  static void type_name##_init (struct _##TypeName *self)                                            \
  {                                                                                                  \
  }

G_END_DECLS
