#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EmendScanFile:
 * @path: absolute, without links
 * @relative: relative to the project's folder, in UTF-8
 */
typedef struct {
  char *path;
  char *relative;
} EmendScanFile;

GPtrArray *emend_scan_walk (const char *folder,
                            const char *const *paths,
                            GPtrArray *skipped,
                            GCancellable *cancellable,
                            GError **error);
char *emend_scan_make_relative (const char *folder,
                                const char *path);

G_END_DECLS
