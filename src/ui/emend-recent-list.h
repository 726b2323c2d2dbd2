#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EmendRecent:
 *
 * A project that was open lately. It never changes except for "missing" (notified).
 */
#define EMEND_TYPE_RECENT (emend_recent_get_type ())
G_DECLARE_FINAL_TYPE (EmendRecent, emend_recent, EMEND, RECENT, GObject)

const char *emend_recent_get_path (EmendRecent *self);
const char *emend_recent_get_name (EmendRecent *self);
const char *emend_recent_get_picture (EmendRecent *self);
gint64 emend_recent_get_opened (EmendRecent *self);
gint64 emend_recent_get_n_items (EmendRecent *self);
gint64 emend_recent_get_n_left (EmendRecent *self);
gboolean emend_recent_get_missing (EmendRecent *self);
char *emend_recent_describe_progress (EmendRecent *self);
char *emend_recent_describe_time (gint64 then,
                                  gint64 now);

/**
 * EmendRecentList:
 *
 * The projects that were open lately, the newest first, kept in a file of the user's. A #GListModel
 * of #EmendRecent.
 */
#define EMEND_TYPE_RECENT_LIST (emend_recent_list_get_type ())
G_DECLARE_FINAL_TYPE (EmendRecentList, emend_recent_list, EMEND, RECENT_LIST, GObject)

/* What is known of a project when it is noted. */
typedef struct {
  const char *path;
  const char *name;
  const char *picture; /* (nullable): a picture of it */
  gint64 n_items;
  gint64 n_left;
} EmendRecentFacts;

EmendRecentList *emend_recent_list_new (const char *path);
EmendRecentList *emend_recent_list_get_default (void);
void emend_recent_list_load_async (EmendRecentList *self,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean emend_recent_list_load_finish (EmendRecentList *self,
                                        GAsyncResult *result,
                                        GError **error);
void emend_recent_list_note (EmendRecentList *self,
                             const EmendRecentFacts *facts);
void emend_recent_list_remove (EmendRecentList *self,
                               const char *path);
gboolean emend_recent_list_get_saving (EmendRecentList *self);

G_END_DECLS
