#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-types.h"

static const char *const verdict_names[] = {
  "undecided",
  "accepted",
  "corrected",
  "rejected",
  "added",
  "absent",
  "illegible",
};
static const char *const reading_names[] = { "new", "open", "done" };
static const char *const media_names[] = { "ok", "missing", "unreadable" };

/**
 * emend_verdict_to_name:
 * @verdict: a verdict
 *
 * Returns: its name in files and on the command line, not translated. Any thread.
 */
const char *
emend_verdict_to_name (EmendVerdict verdict)
{
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (verdict_names), "undecided");

  return verdict_names[verdict];
}

/**
 * emend_verdict_from_name:
 * @name: a name from a file
 *
 * Returns: the verdict, or %EMEND_VERDICT_NONE for a name that is none. Any thread.
 */
EmendVerdict
emend_verdict_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdict_names); i++) {
    if (g_str_equal (name, verdict_names[i]))
      return (EmendVerdict) i;
  }
  return EMEND_VERDICT_NONE;
}

/**
 * emend_reading_state_to_name:
 * @state: a state
 *
 * Returns: its name in files and on the command line, not translated. Any thread.
 */
const char *
emend_reading_state_to_name (EmendReadingState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (reading_names), "new");

  return reading_names[state];
}

/**
 * emend_media_state_to_name:
 * @state: a state
 *
 * Returns: its name in files and on the command line, not translated. Any thread.
 */
const char *
emend_media_state_to_name (EmendMediaState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (media_names), "ok");

  return media_names[state];
}
