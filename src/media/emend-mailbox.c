#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-work-private.h"

/* At most about sixty deliveries a second. */
#define INTERVAL (16 * G_TIME_SPAN_MILLISECOND)

struct _EmendMailbox {
  gatomicrefcount references;
  GMainContext *context;
  EmendMailboxFunc func;
  gpointer owner; /* main thread only; NULL once closed */

  GMutex lock; /* only held to move pointers */
  GPtrArray *results;
  gboolean scheduled;
  gboolean closed;
  gint64 last_delivery;
};

static void
result_free (EmendResult *result)
{
  g_free (result->header);
  g_clear_pointer (&result->regions, emend_regions_unref);
  g_clear_pointer (&result->pixmap, emend_pixmap_unref);
  g_clear_error (&result->error);
  g_free (result);
}

/**
 * emend_mailbox_new:
 * @func: called in the main context of this thread with what has come, in order
 * @owner: for @func, until emend_mailbox_close()
 *
 * Main thread.
 *
 * Returns: (transfer full): a mailbox
 */
EmendMailbox *
emend_mailbox_new (EmendMailboxFunc func,
                   gpointer owner)
{
  EmendMailbox *mailbox = g_new0 (EmendMailbox, 1);

  g_atomic_ref_count_init (&mailbox->references);
  mailbox->context = g_main_context_ref_thread_default ();
  mailbox->func = func;
  mailbox->owner = owner;
  g_mutex_init (&mailbox->lock);
  mailbox->results = g_ptr_array_new_with_free_func ((GDestroyNotify) result_free);
  return mailbox;
}

/**
 * emend_mailbox_ref:
 * @mailbox: a mailbox
 *
 * Any thread.
 *
 * Returns: (transfer full): @mailbox
 */
EmendMailbox *
emend_mailbox_ref (EmendMailbox *mailbox)
{
  g_atomic_ref_count_inc (&mailbox->references);
  return mailbox;
}

/**
 * emend_mailbox_unref:
 * @mailbox: (transfer full): a mailbox
 *
 * Any thread.
 */
void
emend_mailbox_unref (EmendMailbox *mailbox)
{
  if (!g_atomic_ref_count_dec (&mailbox->references))
    return;
  g_main_context_unref (mailbox->context);
  g_ptr_array_unref (mailbox->results);
  g_mutex_clear (&mailbox->lock);
  g_free (mailbox);
}

/**
 * emend_mailbox_close:
 * @mailbox: a mailbox
 *
 * From now on the owner is not told anything, and nothing is kept. Main thread.
 */
void
emend_mailbox_close (EmendMailbox *mailbox)
{
  mailbox->owner = NULL;
  g_mutex_lock (&mailbox->lock);
  mailbox->closed = TRUE;
  GPtrArray *results = g_steal_pointer (&mailbox->results);
  mailbox->results = g_ptr_array_new_with_free_func ((GDestroyNotify) result_free);
  g_mutex_unlock (&mailbox->lock);
  g_ptr_array_unref (results);
}

static gboolean
deliver_cb (gpointer data)
{
  EmendMailbox *mailbox = data;

  g_mutex_lock (&mailbox->lock);
  g_autoptr (GPtrArray) results = g_steal_pointer (&mailbox->results);
  mailbox->results = g_ptr_array_new_with_free_func ((GDestroyNotify) result_free);
  mailbox->scheduled = FALSE;
  mailbox->last_delivery = g_get_monotonic_time ();
  g_mutex_unlock (&mailbox->lock);

  if (mailbox->owner != NULL)
    mailbox->func (results, mailbox->owner);
  return G_SOURCE_REMOVE;
}

/**
 * emend_mailbox_post:
 * @mailbox: a mailbox
 * @result: (transfer full): what was made
 *
 * Any thread.
 */
void
emend_mailbox_post (EmendMailbox *mailbox,
                    EmendResult *result)
{
  g_mutex_lock (&mailbox->lock);
  if (mailbox->closed) {
    g_mutex_unlock (&mailbox->lock);
    result_free (result);
    return;
  }

  g_ptr_array_add (mailbox->results, result);
  if (!mailbox->scheduled) {
    gint64 delay = mailbox->last_delivery + INTERVAL - g_get_monotonic_time ();
    g_autoptr (GSource) source = g_timeout_source_new ((guint) (MAX (delay, 0) / G_TIME_SPAN_MILLISECOND));
    mailbox->scheduled = TRUE;
    g_source_set_priority (source, G_PRIORITY_DEFAULT);
    g_source_set_callback (source, deliver_cb, emend_mailbox_ref (mailbox), (GDestroyNotify) emend_mailbox_unref);
    g_source_attach (source, mailbox->context);
  }
  g_mutex_unlock (&mailbox->lock);
}
