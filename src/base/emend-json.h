#pragma once

#include <glib.h>
#include <jansson.h>

#include "emend-uuid.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

json_t *emend_json_parse (const char *text,
                          gsize length,
                          gsize limit,
                          GError **error);

/**
 * EmendJsonWriter:
 *
 * Writes JSON text piece by piece into a #GString, in the order in which it is told, without
 * building a tree. Numbers are written by emend_text_from_double().
 */
typedef struct _EmendJsonWriter EmendJsonWriter;

EmendJsonWriter *emend_json_writer_new (GString *out,
                                        gboolean pretty);
void emend_json_writer_free (EmendJsonWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendJsonWriter, emend_json_writer_free)
void emend_json_begin_object (EmendJsonWriter *writer);
void emend_json_end_object (EmendJsonWriter *writer);
void emend_json_begin_array (EmendJsonWriter *writer);
void emend_json_end_array (EmendJsonWriter *writer);
void emend_json_key (EmendJsonWriter *writer,
                     const char *key);
void emend_json_string (EmendJsonWriter *writer,
                        const char *text);
void emend_json_uuid (EmendJsonWriter *writer,
                      const EmendUuid *uuid);
void emend_json_int (EmendJsonWriter *writer,
                     gint64 value);
void emend_json_double (EmendJsonWriter *writer,
                        double value);
void emend_json_bool (EmendJsonWriter *writer,
                      gboolean value);
void emend_json_null (EmendJsonWriter *writer);
void emend_json_raw (EmendJsonWriter *writer,
                     const char *json);

G_END_DECLS
