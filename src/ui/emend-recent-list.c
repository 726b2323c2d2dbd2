#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-recent-list.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#define MAX_RECENT 30
#define MAX_FILE_SIZE ((gsize) 1024 * 1024)
#define DAY_MINUTES ((gint64) 24 * 60)

struct _EmendRecent {
  GObject parent_instance;

  char *path;
  char *name;
  char *picture; /* (nullable) */
  gint64 opened; /* Unix time in seconds */
  gint64 n_items;
  gint64 n_left;
  gboolean missing;
};

struct _EmendRecentList {
  GObject parent_instance;

  char *path;
  GPtrArray *recents; /* (element-type EmendRecent) */
  gboolean loaded;
  gboolean saving;
  gboolean save_again;
};

enum {
  PROP_0,
  PROP_MISSING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (EmendRecent, emend_recent, G_TYPE_OBJECT)
/* clang-format off */
G_DEFINE_FINAL_TYPE_WITH_CODE (EmendRecentList, emend_recent_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))
/* clang-format on */

/**
 * emend_recent_get_path:
 * @self: a project
 *
 * Returns: (transfer none): absolute path of its file
 */
const char *
emend_recent_get_path (EmendRecent *self)
{
  g_return_val_if_fail (EMEND_IS_RECENT (self), NULL);

  return self->path;
}

/**
 * emend_recent_get_name:
 * @self: a project
 *
 * Returns: (transfer none): its name
 */
const char *
emend_recent_get_name (EmendRecent *self)
{
  g_return_val_if_fail (EMEND_IS_RECENT (self), NULL);

  return self->name;
}

/**
 * emend_recent_get_picture:
 * @self: a project
 *
 * Returns: (transfer none) (nullable): absolute path of a picture of it
 */
const char *
emend_recent_get_picture (EmendRecent *self)
{
  g_return_val_if_fail (EMEND_IS_RECENT (self), NULL);

  return self->picture;
}

/**
 * emend_recent_get_opened:
 * @self: a project
 *
 * Returns: when it was open last, Unix time in seconds
 */
gint64
emend_recent_get_opened (EmendRecent *self)
{
  g_return_val_if_fail (EMEND_IS_RECENT (self), 0);

  return self->opened;
}

/**
 * emend_recent_get_n_items:
 * @self: a project
 *
 * Returns: how many items it had then
 */
gint64
emend_recent_get_n_items (EmendRecent *self)
{
  g_return_val_if_fail (EMEND_IS_RECENT (self), 0);

  return self->n_items;
}

/**
 * emend_recent_get_n_left:
 * @self: a project
 *
 * Returns: how many things waited to be looked at then
 */
gint64
emend_recent_get_n_left (EmendRecent *self)
{
  g_return_val_if_fail (EMEND_IS_RECENT (self), 0);

  return self->n_left;
}

/**
 * emend_recent_get_missing:
 * @self: a project
 *
 * Returns: whether its file was not found
 */
gboolean
emend_recent_get_missing (EmendRecent *self)
{
  g_return_val_if_fail (EMEND_IS_RECENT (self), FALSE);

  return self->missing;
}

/**
 * emend_recent_describe_progress:
 * @self: a project
 *
 * Returns: (transfer full): "37 left", or what else is to be said of it
 */
char *
emend_recent_describe_progress (EmendRecent *self)
{
  g_return_val_if_fail (EMEND_IS_RECENT (self), NULL);

  if (self->missing)
    return g_strdup (_ ("Not found"));
  if (self->n_items == 0)
    return g_strdup (_ ("No items yet"));
  if (self->n_left == 0)
    return g_strdup (_ ("Nothing left"));
  /* TRANSLATORS: how many things of a project wait to be looked at. */
  return g_strdup_printf (ngettext ("%" PRId64 " left", "%" PRId64 " left", (gulong) self->n_left), self->n_left);
}

/**
 * emend_recent_describe_time:
 * @then: Unix time in seconds
 * @now: Unix time in seconds
 *
 * Returns: (transfer full): "just now", "20 minutes ago", "yesterday" or the date
 */
char *
emend_recent_describe_time (gint64 then,
                            gint64 now)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (then);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now);
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (today, -1);
  gint64 minutes = (now - then) / 60;

  if (date == NULL)
    return g_strdup ("");
  if (minutes < 2)
    return g_strdup (_ ("just now"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", (gulong) minutes), (int) minutes);
  if (g_date_time_get_day_of_year (date) == g_date_time_get_day_of_year (today) && minutes < DAY_MINUTES)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", (gulong) (minutes / 60)), (int) (minutes / 60));
  if (g_date_time_get_day_of_year (date) == g_date_time_get_day_of_year (yesterday) && minutes < 2 * DAY_MINUTES)
    return g_strdup (_ ("yesterday"));
  return g_date_time_format (date, "%x");
}

static void
emend_recent_get_property (GObject *object,
                           guint prop_id,
                           GValue *value,
                           GParamSpec *pspec)
{
  EmendRecent *self = EMEND_RECENT (object);

  switch (prop_id) {
  case PROP_MISSING:
    g_value_set_boolean (value, self->missing);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
emend_recent_finalize (GObject *object)
{
  EmendRecent *self = EMEND_RECENT (object);

  g_free (self->path);
  g_free (self->name);
  g_free (self->picture);
  G_OBJECT_CLASS (emend_recent_parent_class)->finalize (object);
}

static void
emend_recent_class_init (EmendRecentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = emend_recent_get_property;
  object_class->finalize = emend_recent_finalize;

  properties[PROP_MISSING] = g_param_spec_boolean ("missing", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
emend_recent_init (EmendRecent *self)
{
}

static GType
get_item_type (GListModel *model)
{
  return EMEND_TYPE_RECENT;
}

static guint
get_n_items (GListModel *model)
{
  return EMEND_RECENT_LIST (model)->recents->len;
}

static gpointer
get_item (GListModel *model,
          guint position)
{
  GPtrArray *recents = EMEND_RECENT_LIST (model)->recents;

  return position < recents->len ? g_object_ref (g_ptr_array_index (recents, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static guint
find (EmendRecentList *self,
      const char *path)
{
  for (guint i = 0; i < self->recents->len; i++) {
    const EmendRecent *recent = g_ptr_array_index (self->recents, i);
    if (g_str_equal (recent->path, path))
      return i;
  }
  return G_MAXUINT;
}

static GBytes *
to_bytes (EmendRecentList *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  gsize size = 0;
  char *text;

  for (guint i = 0; i < self->recents->len; i++) {
    const EmendRecent *recent = g_ptr_array_index (self->recents, i);
    g_autofree char *group = g_strdup_printf ("project %u", i + 1);
    g_autofree char *path = g_filename_to_uri (recent->path, NULL, NULL);

    if (path == NULL)
      continue;
    g_key_file_set_string (file, group, "uri", path);
    g_key_file_set_string (file, group, "name", recent->name);
    g_key_file_set_int64 (file, group, "opened", recent->opened);
    g_key_file_set_int64 (file, group, "items", recent->n_items);
    g_key_file_set_int64 (file, group, "left", recent->n_left);
    if (recent->picture != NULL) {
      g_autofree char *picture = g_filename_to_uri (recent->picture, NULL, NULL);
      if (picture != NULL)
        g_key_file_set_string (file, group, "picture", picture);
    }
  }
  text = g_key_file_to_data (file, &size, NULL);
  return g_bytes_new_take (text, size);
}

static void save (EmendRecentList *self);

static void
saved_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (EmendRecentList) self = data;
  g_autoptr (GError) error = NULL;
  GApplication *application = g_application_get_default ();

  /* The list is a convenience: a disk that refuses it must not disturb the work. */
  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_debug ("The list of recent projects was not saved: %s", error->message);
  self->saving = FALSE;
  if (self->save_again) {
    self->save_again = FALSE;
    save (self);
  }
  if (application != NULL)
    g_application_release (application);
}

static void
folder_made_cb (GObject *source,
                GAsyncResult *result,
                gpointer data)
{
  EmendRecentList *self = data;
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GBytes) bytes = to_bytes (self);

  (void) g_file_make_directory_finish (G_FILE (source), result, NULL);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, saved_cb, self);
}

static void
save (EmendRecentList *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  GApplication *application;

  if (!self->loaded)
    return;
  if (self->saving) {
    self->save_again = TRUE;
    return;
  }
  self->saving = TRUE;
  /* The last window closes with a change on its way: the program ends when it is written. */
  application = g_application_get_default ();
  if (application != NULL)
    g_application_hold (application);
  g_file_make_directory_async (folder, G_PRIORITY_DEFAULT, NULL, folder_made_cb, g_object_ref (self));
}

/**
 * emend_recent_list_get_saving:
 * @self: the list
 *
 * Returns: whether a change is on its way to the disk
 */
gboolean
emend_recent_list_get_saving (EmendRecentList *self)
{
  g_return_val_if_fail (EMEND_IS_RECENT_LIST (self), FALSE);

  return self->saving;
}

static void
looked_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (EmendRecent) recent = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  gboolean missing = info == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  if (recent->missing == missing)
    return;
  recent->missing = missing;
  g_object_notify_by_pspec (G_OBJECT (recent), properties[PROP_MISSING]);
}

static void
look (EmendRecent *recent)
{
  g_autoptr (GFile) file = g_file_new_for_path (recent->path);

  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_LOW, NULL,
                           looked_cb, g_object_ref (recent));
}

static EmendRecent *
from_group (GKeyFile *file,
            const char *group)
{
  g_autofree char *uri = g_key_file_get_string (file, group, "uri", NULL);
  g_autofree char *picture = g_key_file_get_string (file, group, "picture", NULL);
  g_autofree char *path = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
  EmendRecent *recent;

  if (path == NULL)
    return NULL;
  recent = g_object_new (EMEND_TYPE_RECENT, NULL);
  recent->path = g_steal_pointer (&path);
  recent->name = g_key_file_get_string (file, group, "name", NULL);
  if (recent->name == NULL)
    recent->name = g_filename_display_basename (recent->path);
  recent->picture = picture != NULL ? g_filename_from_uri (picture, NULL, NULL) : NULL;
  recent->opened = g_key_file_get_int64 (file, group, "opened", NULL);
  recent->n_items = g_key_file_get_int64 (file, group, "items", NULL);
  recent->n_left = g_key_file_get_int64 (file, group, "left", NULL);
  return recent;
}

static void
add_from_text (EmendRecentList *self,
               const char *text,
               gsize size)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;
  guint before = self->recents->len;

  if (size > MAX_FILE_SIZE || !g_key_file_load_from_data (file, text, size, G_KEY_FILE_NONE, NULL))
    return;
  groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL && self->recents->len < MAX_RECENT; group++) {
    g_autoptr (EmendRecent) recent = from_group (file, *group);

    if (recent == NULL || find (self, recent->path) != G_MAXUINT)
      continue;
    look (recent);
    g_ptr_array_add (self->recents, g_steal_pointer (&recent));
  }
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->recents->len - before);
}

static void
loaded_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (GTask) task = data;
  EmendRecentList *self = g_task_get_source_object (task);
  g_autofree char *text = NULL;
  gsize size = 0;
  GError *error = NULL;

  if (g_file_load_contents_finish (G_FILE (source), result, &text, &size, NULL, &error))
    add_from_text (self, text, size);
  self->loaded = TRUE;
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
    g_task_return_error (task, error);
    return;
  }
  g_clear_error (&error);
  g_task_return_boolean (task, TRUE);
}

/**
 * emend_recent_list_load_async:
 * @self: the list
 * @callback: (nullable): called when it is read
 * @user_data: for @callback
 *
 * Reads the list, and then looks which of the files are still there. What was noted before stays in
 * front. Main thread.
 */
void
emend_recent_list_load_async (EmendRecentList *self,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GFile) file = g_file_new_for_path (self->path);

  g_task_set_name (task, G_STRFUNC);
  g_file_load_contents_async (file, NULL, loaded_cb, task);
}

/**
 * emend_recent_list_load_finish:
 * @self: the list
 * @result: what the callback got
 * @error: from GIO; a list that is not there yet is none
 *
 * Returns: whether it was read
 */
gboolean
emend_recent_list_load_finish (EmendRecentList *self,
                               GAsyncResult *result,
                               GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
take_out (EmendRecentList *self,
          guint position)
{
  g_ptr_array_remove_index (self->recents, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/**
 * emend_recent_list_note:
 * @self: the list
 * @facts: a project that is open
 *
 * Puts the project in front, with what is known of it now. Main thread.
 */
void
emend_recent_list_note (EmendRecentList *self,
                        const EmendRecentFacts *facts)
{
  guint position = find (self, facts->path);
  EmendRecent *recent = g_object_new (EMEND_TYPE_RECENT, NULL);

  recent->path = g_strdup (facts->path);
  recent->name = g_strdup (facts->name);
  recent->picture = g_strdup (facts->picture);
  recent->opened = g_get_real_time () / G_USEC_PER_SEC;
  recent->n_items = facts->n_items;
  recent->n_left = facts->n_left;
  if (position != G_MAXUINT) {
    const EmendRecent *before = g_ptr_array_index (self->recents, position);
    if (recent->picture == NULL)
      recent->picture = g_strdup (before->picture);
    take_out (self, position);
  }
  g_ptr_array_insert (self->recents, 0, recent);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  if (self->recents->len > MAX_RECENT)
    take_out (self, MAX_RECENT);
  save (self);
}

/**
 * emend_recent_list_remove:
 * @self: the list
 * @path: of a project
 *
 * Takes the project off the list; its file is not touched. Main thread.
 */
void
emend_recent_list_remove (EmendRecentList *self,
                          const char *path)
{
  guint position = find (self, path);

  if (position == G_MAXUINT)
    return;
  take_out (self, position);
  save (self);
}

static void
emend_recent_list_finalize (GObject *object)
{
  EmendRecentList *self = EMEND_RECENT_LIST (object);

  g_free (self->path);
  g_ptr_array_unref (self->recents);
  G_OBJECT_CLASS (emend_recent_list_parent_class)->finalize (object);
}

static void
emend_recent_list_class_init (EmendRecentListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = emend_recent_list_finalize;
}

static void
emend_recent_list_init (EmendRecentList *self)
{
  self->recents = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * emend_recent_list_new:
 * @path: of the file that keeps it
 *
 * Returns: (transfer full): a list that is not read yet
 */
EmendRecentList *
emend_recent_list_new (const char *path)
{
  EmendRecentList *self = g_object_new (EMEND_TYPE_RECENT_LIST, NULL);

  self->path = g_strdup (path);
  return self;
}

/**
 * emend_recent_list_get_default:
 *
 * Returns: (transfer none): the user's list, being read since the first call. Main thread.
 */
EmendRecentList *
emend_recent_list_get_default (void)
{
  static EmendRecentList *list = NULL;

  if (list == NULL) {
    g_autofree char *path = g_build_filename (g_get_user_data_dir (), "emend", "recent.ini", NULL);
    list = emend_recent_list_new (path);
    emend_recent_list_load_async (list, NULL, NULL);
  }
  return list;
}
