#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include "emend-pack-print.h"

#include <glib/gi18n-lib.h>

#include "emend-output.h"
#include "emend-table.h"

typedef struct {
  const char *key;
  const char *title;
  const char *text;
  guint64 number;
} Fact;

static void
print_fact (EmendTable *table,
            const Fact *fact)
{
  emend_table_add (table, _ (fact->title));
  if (fact->text != NULL)
    emend_table_add (table, fact->text);
  else
    emend_table_add_number (table, (gint64) fact->number);
}

static void
write_fact (EmendOutput *output,
            const Fact *fact)
{
  if (fact->text != NULL)
    emend_output_text (output, fact->key, fact->text);
  else
    emend_output_number (output, fact->key, (gint64) fact->number);
}

static const char *
known_or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/**
 * emend_pack_print:
 * @ctl: this call
 * @path: the archive
 * @facts: what is in it
 *
 * Prints the facts of a pack; what is wrong with it goes to standard error.
 */
void
emend_pack_print (EmendCtl *ctl,
                  const char *path,
                  const EmendPackFacts *facts)
{
  const EmendTableColumn columns[] = { { NULL, FALSE, 0 }, { NULL, FALSE, 0 } };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));
  g_autoptr (EmendOutput) output = ctl->json ? emend_output_new () : NULL;
  const char *kind = facts->kind != 0 ? emend_pack_kind_to_name (facts->kind) : "";
  const Fact all[] = {
    { "file", N_ ("File"), path, 0 },
    { "kind", N_ ("Kind"), kind, 0 },
    { "project", N_ ("Project"), known_or_empty (facts->project_name), 0 },
    { "uuid", N_ ("Identity"), known_or_empty (facts->uuid), 0 },
    { "files", N_ ("Files"), NULL, facts->n_files },
    { "bytes", N_ ("Bytes"), NULL, facts->n_bytes },
    { "items", N_ ("Items"), NULL, facts->n_items },
    { "annotations", N_ ("Annotations"), NULL, facts->n_annotations },
    { "sha256", N_ ("SHA-256"), known_or_empty (facts->sha256), 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++) {
    if (output != NULL)
      write_fact (output, &all[i]);
    else
      print_fact (table, &all[i]);
  }
  if (output != NULL)
    emend_output_texts (output, "problems", facts->problems);
  else
    emend_table_print (table);
  for (guint i = 0; i < facts->problems->len; i++)
    emend_ctl_complain (path, g_ptr_array_index (facts->problems, i));
}
