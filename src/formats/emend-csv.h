#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EmendCsv:
 *
 * Reads a table of text after RFC 4180, record by record, in place.
 */
typedef struct {
  char *at;
  const char *end;
  char separator;
  gint64 line;      /* of the record that was read last, from 1 */
  gint64 next_line; /* of what comes next */
  GPtrArray *cells; /* (element-type utf8) (unowned): of the record that was read last */
} EmendCsv;

void emend_csv_init (EmendCsv *csv,
                     char *text,
                     gsize length);
void emend_csv_clear (EmendCsv *csv);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EmendCsv, emend_csv_clear)
gboolean emend_csv_next (EmendCsv *csv);
void emend_csv_append (GString *out,
                       const char *cell,
                       gboolean first);

G_END_DECLS
