#pragma once

#include "emend-import-job.h"

G_BEGIN_DECLS

/**
 * EmendImportSink:
 *
 * What a reader gives its records to: it finds items and labels, counts, and passes the records on.
 */
typedef struct _EmendImportSink EmendImportSink;

EmendImportSink *emend_import_sink_new (EmendProject *project,
                                        const EmendImportOptions *options,
                                        EmendImport *import,
                                        GError **error);
void emend_import_sink_free (EmendImportSink *sink);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendImportSink, emend_import_sink_free)
void emend_import_sink_connect (EmendImportSink *sink,
                                EmendReadSink *reader);
EmendImportReport *emend_import_sink_finish (EmendImportSink *sink,
                                             GError **error);

G_END_DECLS
