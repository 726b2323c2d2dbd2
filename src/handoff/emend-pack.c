#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include "emend-pack.h"

/* clang-format off */
G_DEFINE_QUARK (emend-handoff-error-quark, emend_handoff_error)
/* clang-format on */

/* By kind; the names stand in packs and in command lines. */
static const char *const kind_names[] = {
  NULL,
  "work",
  "delivery",
  "backup",
};

/**
 * emend_pack_kind_to_name:
 * @kind: what a pack is for
 *
 * Returns: (transfer none): the word that stands in packs and command lines. Any thread.
 */
const char *
emend_pack_kind_to_name (EmendPackKind kind)
{
  g_return_val_if_fail (kind >= EMEND_PACK_WORK && kind <= EMEND_PACK_BACKUP, NULL);

  return kind_names[kind];
}

/**
 * emend_pack_kind_from_name:
 * @name: a word
 * @kind: (out): what it means; untouched on failure
 *
 * Returns: whether @name is a kind of pack. Any thread.
 */
gboolean
emend_pack_kind_from_name (const char *name,
                           EmendPackKind *kind)
{
  for (int i = EMEND_PACK_WORK; i <= EMEND_PACK_BACKUP; i++)
    if (g_strcmp0 (name, kind_names[i]) == 0) {
      *kind = (EmendPackKind) i;
      return TRUE;
    }
  return FALSE;
}

/**
 * emend_pack_facts_free:
 * @facts: (transfer full): what was found out about a pack
 */
void
emend_pack_facts_free (EmendPackFacts *facts)
{
  g_free (facts->path);
  g_free (facts->uuid);
  g_free (facts->project_name);
  g_free (facts->sha256);
  g_clear_pointer (&facts->problems, g_ptr_array_unref);
  g_free (facts);
}
