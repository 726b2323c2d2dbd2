#pragma once

#include <gio/gio.h>

#include "emend-error.h"

G_BEGIN_DECLS

typedef enum {
  EMEND_JSON_NULL,
  EMEND_JSON_FALSE,
  EMEND_JSON_TRUE,
  EMEND_JSON_NUMBER,
  EMEND_JSON_STRING,
  EMEND_JSON_KEY,
  EMEND_JSON_BEGIN_OBJECT,
  EMEND_JSON_END_OBJECT,
  EMEND_JSON_BEGIN_ARRAY,
  EMEND_JSON_END_ARRAY,
} EmendJsonEventKind;

/**
 * EmendJsonEvent:
 * @kind: what comes next in the text
 * @depth: how many containers are open around it; the same for the begin and the end of one
 * @text: (array length=length): of a number, a string or a key; not zero-terminated
 * @length: its bytes
 */
typedef struct {
  EmendJsonEventKind kind;
  int depth;
  const char *text;
  gsize length;
} EmendJsonEvent;

/* Returns FALSE to stop, after emend_json_stream_stop() has said why. */
typedef gboolean (*EmendJsonFunc) (gpointer data,
                                   const EmendJsonEvent *event);

/**
 * EmendJsonStream:
 *
 * A JSON file of any size, told piece by piece, strictly.
 */
typedef struct _EmendJsonStream EmendJsonStream;

EmendJsonStream *emend_json_stream_open (const char *path,
                                         GError **error);
void emend_json_stream_free (EmendJsonStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendJsonStream, emend_json_stream_free)
void emend_json_stream_set_progress (EmendJsonStream *stream,
                                     EmendProgressFunc progress,
                                     gpointer data,
                                     guint64 base,
                                     guint64 total);
gboolean emend_json_stream_parse (EmendJsonStream *stream,
                                  EmendJsonFunc func,
                                  gpointer data,
                                  GCancellable *cancellable,
                                  GError **error);
gint64 emend_json_stream_get_line (EmendJsonStream *stream);
guint64 emend_json_stream_get_size (EmendJsonStream *stream);
const char *emend_json_stream_get_path (EmendJsonStream *stream);
gboolean emend_json_stream_stop (EmendJsonStream *stream,
                                 GError *reason);
char *emend_json_event_dup (const EmendJsonEvent *event);

G_END_DECLS
