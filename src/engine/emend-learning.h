#pragma once

#include "emend-fields-model.h"
#include "emend-project.h"

G_BEGIN_DECLS

/**
 * EmendLearning:
 *
 * What can be learned from in a project: the documents that a person finished, kept from one training to the next so
 * that only what changed is read again. One thread uses it at a time: that of the project while it is updated, a worker
 * while it trains.
 */
typedef struct _EmendLearning EmendLearning;

EmendLearning *emend_learning_new (void);
void emend_learning_free (EmendLearning *learning);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendLearning, emend_learning_free)

gboolean emend_learning_update (EmendLearning *learning,
                                EmendProject *project,
                                guint limit,
                                gboolean *complete,
                                GError **error);
guint emend_learning_get_n_documents (EmendLearning *learning);
EmendFieldsModel *emend_learning_train (EmendLearning *learning,
                                        GCancellable *cancellable,
                                        GError **error);

/**
 * EmendFieldsTask:
 *
 * Documents for whose pending fields a model shall propose something; proposing needs no project.
 */
typedef struct _EmendFieldsTask EmendFieldsTask;

EmendFieldsTask *emend_fields_task_new (EmendLearning *learning,
                                        EmendFieldsModel *model,
                                        EmendProject *project);
void emend_fields_task_free (EmendFieldsTask *task);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendFieldsTask, emend_fields_task_free)
gboolean emend_fields_task_add (EmendFieldsTask *task,
                                EmendProject *project,
                                gint64 item,
                                GError **error);
gboolean emend_fields_task_propose (EmendFieldsTask *task,
                                    GCancellable *cancellable,
                                    GError **error);
GArray *emend_fields_task_get_items (EmendFieldsTask *task);
gint64 emend_fields_task_store (EmendFieldsTask *task,
                                EmendProject *project,
                                GError **error);

G_END_DECLS
