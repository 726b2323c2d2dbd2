#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "emend-commands.h"
#include "emend-output.h"
#include "emend-table.h"

/* Hits that are printed unless another limit is given. */
#define DEFAULT_LIMIT 1000

static char *
find_path (EmendProject *project,
           gint64 item,
           GError **error)
{
  g_autoptr (GPtrArray) items = emend_project_load_items (project, &item, 1, error);

  if (items == NULL || items->len == 0)
    return NULL;
  return g_strdup (((EmendItem *) g_ptr_array_index (items, 0))->path);
}

static gboolean
print_hit (EmendOutput *output,
           EmendTable *table,
           EmendProject *project,
           const EmendWordsHit *hit,
           GError **error)
{
  g_autofree char *path = find_path (project, hit->item, error);

  if (path == NULL)
    return FALSE;
  if (output != NULL) {
    emend_json_begin_object (output->writer);
    emend_output_text (output, "item", path);
    emend_output_number (output, "page", hit->page + 1);
    emend_json_end_object (output->writer);
    return TRUE;
  }
  emend_table_add_number (table, hit->page + 1);
  emend_table_add (table, path);
  return TRUE;
}

static EmendCtlStatus
print_hits (EmendCtl *ctl,
            EmendProject *project,
            GArray *hits)
{
  const EmendTableColumn columns[] = {
    { _ ("PAGE"), TRUE, 0 },
    { _ ("PATH"), FALSE, 0 },
  };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));
  g_autoptr (EmendOutput) output = ctl->json ? emend_output_new () : NULL;
  g_autoptr (GError) error = NULL;
  gboolean all_well = TRUE;

  if (output != NULL) {
    emend_output_number (output, "count", hits->len);
    emend_json_key (output->writer, "hits");
    emend_json_begin_array (output->writer);
  }
  for (guint i = 0; i < hits->len && all_well; i++)
    all_well = print_hit (output, table, project, &g_array_index (hits, EmendWordsHit, i), &error);
  if (output != NULL)
    emend_json_end_array (output->writer);
  else
    emend_table_print (table);
  return all_well ? EMEND_CTL_DONE : emend_ctl_fail (ctl->args[0], error);
}

/**
 * emend_command_search:
 * @ctl: this call
 *
 * `emendctl search`: the pages on which words stand.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_search (EmendCtl *ctl)
{
  gint64 limit = DEFAULT_LIMIT;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT64, &limit, N_ ("Not more than this many pages; else 1000"), N_ ("N") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (EmendProject) project = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) hits = NULL;
  g_autoptr (GError) error = NULL;

  if (!emend_ctl_parse (ctl, entries, EMEND_CTL_HAS_JSON, 2, G_MAXUINT))
    return EMEND_CTL_USAGE;
  if (limit < 0)
    return emend_ctl_fail_usage (ctl, _ ("The limit must not be below 0."));
  for (guint i = 1; i < ctl->n_args; i++)
    g_string_append_printf (text, "%s ", ctl->args[i]);
  project = emend_ctl_open (ctl, ctl->args[0]);
  if (project == NULL)
    return EMEND_CTL_FAILED;
  hits = emend_project_search_words (project, text->str, limit > 0 ? limit : G_MAXINT64, &error);
  return hits != NULL ? print_hits (ctl, project, hits) : emend_ctl_fail (ctl->args[0], error);
}
