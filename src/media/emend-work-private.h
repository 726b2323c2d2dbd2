#pragma once

#include "emend-picture-private.h"
#include "emend-regions-private.h"

G_BEGIN_DECLS

typedef enum {
  EMEND_WORK_OPEN,
  EMEND_WORK_PASS,
  EMEND_WORK_TILE,
  EMEND_WORK_COPY,
} EmendWorkKind;

/**
 * EmendResult:
 * @work: the id of the work it comes from
 * @header: (nullable): what was read of the file
 * @regions: (nullable): reads single tiles from now on
 * @key: the tile
 * @pixmap: (nullable): its pixels
 * @done: whether the work ends with this
 * @error: (nullable): why it ended early
 *
 * What a thread hands to the main thread.
 */
typedef struct {
  guint work;
  EmendHeader *header;
  EmendRegions *regions;
  EmendTileKey key;
  EmendPixmap *pixmap;
  gboolean done;
  GError *error;
} EmendResult;

typedef void (*EmendMailboxFunc) (GPtrArray *results,
                                  gpointer owner);

/**
 * EmendMailbox:
 *
 * Between the threads and one picture: it outlives the picture, so that work under way has somewhere
 * to put what nobody wants any more.
 */
typedef struct _EmendMailbox EmendMailbox;

EmendMailbox *emend_mailbox_new (EmendMailboxFunc func,
                                 gpointer owner);
EmendMailbox *emend_mailbox_ref (EmendMailbox *mailbox);
void emend_mailbox_unref (EmendMailbox *mailbox);
void emend_mailbox_close (EmendMailbox *mailbox);
void emend_mailbox_post (EmendMailbox *mailbox,
                         EmendResult *result);

/**
 * EmendWork:
 * @id: unlike that of any other work of the picture
 * @kind: what is done
 * @key: the tile, or the level of a pass
 * @priority: what it was started or raised to
 * @job: the job that does it
 */
typedef struct {
  guint id;
  EmendWorkKind kind;
  EmendTileKey key;
  EmendPriority priority;
  EmendJob *job;
} EmendWork;

EmendWork *emend_work_open (EmendMailbox *mailbox,
                            EmendPriority priority,
                            guint id,
                            const char *path,
                            int page);
EmendWork *emend_work_pass (EmendMailbox *mailbox,
                            EmendPriority priority,
                            guint id,
                            const char *path,
                            const EmendHeader *header,
                            int level);
EmendWork *emend_work_tile (EmendMailbox *mailbox,
                            EmendPriority priority,
                            guint id,
                            EmendRegions *regions,
                            const EmendTileKey *key);
EmendWork *emend_work_copy (EmendMailbox *mailbox,
                            EmendPriority priority,
                            guint id,
                            const char *path,
                            const EmendHeader *header);
void emend_work_raise (EmendWork *work,
                       EmendPriority priority);
void emend_work_free (EmendWork *work);

G_END_DECLS
