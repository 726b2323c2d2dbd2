#pragma once

#include "emend-scan.h"
#include "emend-store.h"
#include "emend-task-progress.h"

G_BEGIN_DECLS

/**
 * EmendProjectDraft:
 *
 * A project that is being made under a hidden name beside its final place, so that a creation that
 * is given up leaves nothing.
 */
#define EMEND_TYPE_PROJECT_DRAFT (emend_project_draft_get_type ())
G_DECLARE_FINAL_TYPE (EmendProjectDraft, emend_project_draft, EMEND, PROJECT_DRAFT, GObject)

EmendProjectDraft *emend_project_draft_new (const char *path,
                                            const char *name,
                                            const char *reviewer);
const char *emend_project_draft_get_path (EmendProjectDraft *self);
EmendStore *emend_project_draft_get_store (EmendProjectDraft *self);
const EmendScanResult *emend_project_draft_get_scan (EmendProjectDraft *self);
void emend_project_draft_open_async (EmendProjectDraft *self,
                                     EmendSchema *schema,
                                     const char *folder,
                                     EmendTaskProgress *progress,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean emend_project_draft_open_finish (EmendProjectDraft *self,
                                          GAsyncResult *result,
                                          GError **error);
void emend_project_draft_keep_async (EmendProjectDraft *self,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean emend_project_draft_keep_finish (EmendProjectDraft *self,
                                          GAsyncResult *result,
                                          GError **error);
void emend_project_draft_discard_async (EmendProjectDraft *self,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean emend_project_draft_discard_finish (EmendProjectDraft *self,
                                             GAsyncResult *result,
                                             GError **error);

G_END_DECLS
