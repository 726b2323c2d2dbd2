#pragma once

#include "emend-hash.h"

G_BEGIN_DECLS

/* Tag files of a bag (RFC 8493). */
#define EMEND_BAG_DECLARATION "bagit.txt"
#define EMEND_BAG_INFO "bag-info.txt"
#define EMEND_BAG_FETCH "fetch.txt"

typedef enum {
  EMEND_BAG_FILE_OTHER = 0,
  EMEND_BAG_FILE_PAYLOAD,
  EMEND_BAG_FILE_MANIFEST,
  EMEND_BAG_FILE_TAG_MANIFEST,
} EmendBagFileKind;

EmendBagFileKind emend_bag_get_file_kind (const char *path,
                                          char **algorithm);
gboolean emend_bag_algorithm_to_kind (const char *algorithm,
                                      EmendHashKind *kind);

void emend_bag_write_declaration (GString *text);
void emend_bag_check_declaration (const char *text,
                                  gsize length,
                                  GPtrArray *problems);

void emend_bag_write_manifest_line (GString *text,
                                    const char *hex,
                                    const char *path);
GHashTable *emend_bag_parse_manifest (const char *name,
                                      const char *text,
                                      gsize length,
                                      EmendHashKind kind,
                                      GPtrArray *problems);

void emend_bag_write_info_line (GString *text,
                                const char *label,
                                const char *value);
GHashTable *emend_bag_parse_info (const char *text,
                                  gsize length,
                                  GPtrArray *problems);

G_END_DECLS
