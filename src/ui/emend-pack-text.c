#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-pack-text.h"

#include <glib/gi18n-lib.h>

#include "emend-count-text.h"
#include "emend-file-chooser.h"

/**
 * emend_pack_kind_describe:
 * @kind: a kind
 *
 * Returns: (transfer none): what a pack of that kind is, for people
 */
const char *
emend_pack_kind_describe (EmendPackKind kind)
{
  switch (kind) {
  case EMEND_PACK_WORK:
    return _ ("Work for another desk");
  case EMEND_PACK_DELIVERY:
    return _ ("Delivery");
  case EMEND_PACK_BACKUP:
    return _ ("Backup");
  default:
    return _ ("Another kind of pack");
  }
}

/**
 * emend_pack_facts_show:
 * @facts: facts of a pack
 * @page: gets them, and the problems
 */
void
emend_pack_facts_show (const EmendPackFacts *facts,
                       EmendResultPage *page)
{
  g_autofree char *files = emend_count_to_text (facts->n_files);
  g_autofree char *size = g_format_size_full (facts->n_bytes, G_FORMAT_SIZE_LONG_FORMAT);
  /* TRANSLATORS: a number of files, then their size. */
  g_autofree char *content = g_strdup_printf (ngettext ("%s file, %s", "%s files, %s", (gulong) facts->n_files),
                                              files, size);
  g_autofree char *items = emend_count_to_text (facts->n_items);
  g_autofree char *decisions = emend_count_to_text (facts->n_annotations);
  g_autofree char *path = emend_file_chooser_describe_path (facts->path);

  for (guint i = 0; facts->problems != NULL && i < facts->problems->len; i++)
    emend_result_page_add_problem (page, g_ptr_array_index (facts->problems, i));
  emend_result_page_add_fact (page, _ ("Archive"), path, FALSE);
  if (facts->project_name != NULL) {
    /* TRANSLATORS: the name of a project, then the kind of pack. */
    g_autofree char *project = g_strdup_printf (_ ("%s · %s"), facts->project_name,
                                                emend_pack_kind_describe (facts->kind));
    emend_result_page_add_fact (page, _ ("Project"), project, FALSE);
  }
  emend_result_page_add_fact (page, _ ("Content"), content, FALSE);
  emend_result_page_add_fact (page, _ ("Items"), items, FALSE);
  emend_result_page_add_fact (page, _ ("Decisions"), decisions, FALSE);
  if (facts->sha256 != NULL)
    emend_result_page_add_fact (page, "SHA-256", facts->sha256, TRUE);
}
