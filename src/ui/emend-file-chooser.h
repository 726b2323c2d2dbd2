#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  EMEND_FILE_CHOOSER_OPEN = 0,
  EMEND_FILE_CHOOSER_SAVE,
  EMEND_FILE_CHOOSER_FOLDER,
} EmendFileChooserKind;

/**
 * EmendFileChooserOptions:
 * @kind: what is chosen
 * @title: of the window
 * @accept: (nullable): label of its button, with mnemonic
 * @folder: (nullable): where it starts
 * @name: (nullable): proposed name, for saving
 * @filter_name: (nullable): what the filter lets through; %NULL for all files
 * @patterns: (nullable): its patterns, separated by `;`
 */
typedef struct {
  EmendFileChooserKind kind;
  const char *title;
  const char *accept;
  const char *folder;
  const char *name;
  const char *filter_name;
  const char *patterns;
} EmendFileChooserOptions;

void emend_file_chooser_choose_async (GtkWindow *parent,
                                      const EmendFileChooserOptions *options,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
char *emend_file_chooser_choose_finish (GAsyncResult *result,
                                        GError **error);
void emend_file_chooser_show_in_folder (const char *path);
char *emend_file_chooser_describe_path (const char *path);

G_END_DECLS
