#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EmendYoloFile:
 * @path: of the file with the labels
 * @image: path of the image it speaks of, without extension
 */
typedef struct {
  char *path;
  char *image;
} EmendYoloFile;

GPtrArray *emend_yolo_files_list (const char *path,
                                  GCancellable *cancellable,
                                  GError **error);
char *emend_yolo_files_image_of (const char *path);

G_END_DECLS
