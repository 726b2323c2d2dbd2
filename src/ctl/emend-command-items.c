#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-commands.h"
#include "emend-decision-line.h"
#include "emend-output.h"
#include "emend-table.h"

/* Items that are loaded at a time. */
#define BATCH 256

typedef struct {
  char *filter;
  char *order;
  gint64 limit;
  gboolean proposals;
} ItemsOptions;

static void
items_options_clear (ItemsOptions *options)
{
  g_free (options->filter);
  g_free (options->order);
}
/* clang-format off */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ItemsOptions, items_options_clear)
/* clang-format on */

/* Where items are printed: as JSON or as a table. */
typedef struct {
  EmendProject *project;
  EmendSchema *schema;
  gboolean proposals;
  EmendOutput *output;
  EmendTable *table;
} Printer;

static gboolean
find_order (const char *name,
            EmendItemOrder *order)
{
  const char *const names[] = { "position", "name", "doubt", "undecided" };

  *order = EMEND_ITEM_ORDER_POSITION;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (name == NULL || g_str_equal (name, names[i])) {
      *order = (EmendItemOrder) i;
      return TRUE;
    }
  }
  return FALSE;
}

static void
write_shape (EmendOutput *output,
             const EmendShape *shape)
{
  emend_json_key (output->writer, "shape");
  emend_shape_to_json (shape, output->writer);
}

/* What a mark is of, and where it stands: a label and a shape, or a field and, unless it stands nowhere, its box. */
static void
write_kind (EmendOutput *output,
            EmendSchema *schema,
            int id,
            const EmendShape *shape,
            const EmendValue *value)
{
  emend_output_text (output, value != NULL ? "field" : "label", emend_schema_find_entry_name (schema, id));
  if (value == NULL || emend_rect_area (&shape->box) > 0)
    write_shape (output, shape);
}

/* As a line of decisions takes it: rows count from 1. */
static void
write_value (EmendOutput *output,
             const EmendValue *value)
{
  if (value == NULL)
    return;
  emend_output_text (output, "value", value->value);
  emend_output_text (output, "normal", value->normal);
  emend_output_text (output, "text", value->text);
  if (value->row >= 0) {
    emend_output_number (output, "row", value->row + 1);
    emend_output_text (output, "column", value->column);
  }
  if (value->source != NULL)
    emend_output_text (output, "source", value->source);
  if (value->override != NULL)
    emend_output_text (output, "override", value->override);
  if (value->date_order != 0)
    emend_output_text (output, "order", emend_date_order_to_name (value->date_order));
}

static void
write_candidates (EmendOutput *output,
                  const EmendValue *value)
{
  if (value == NULL || value->candidates == NULL)
    return;
  emend_json_key (output->writer, "candidates");
  emend_json_begin_array (output->writer);
  for (guint i = 0; i < value->candidates->len; i++) {
    const EmendCandidate *candidate = g_ptr_array_index (value->candidates, i);

    emend_json_begin_object (output->writer);
    emend_output_text (output, "value", candidate->value);
    emend_output_real (output, "score", candidate->score);
    emend_json_end_object (output->writer);
  }
  emend_json_end_array (output->writer);
}

static void
write_proposal (EmendOutput *output,
                EmendSchema *schema,
                const EmendProposal *proposal)
{
  g_autofree char *id = emend_decision_line_format_proposal (proposal->id);

  emend_output_text (output, "proposal", id);
  emend_json_key (output->writer, "proposed");
  emend_json_begin_object (output->writer);
  write_kind (output, schema, proposal->label, &proposal->shape, proposal->value);
  write_value (output, proposal->value);
  emend_output_real (output, "score", proposal->score);
  write_candidates (output, proposal->value);
  if (proposal->attributes != NULL) {
    emend_json_key (output->writer, "attributes");
    emend_json_raw (output->writer, proposal->attributes);
  }
  emend_json_end_object (output->writer);
}

/* A mark as a script needs it to decide about it: the proposal as it was said, and what holds now. */
static void
write_mark (EmendOutput *output,
            EmendSchema *schema,
            const EmendMark *mark)
{
  emend_json_begin_object (output->writer);
  emend_output_text (output, "verdict", emend_verdict_to_name (emend_mark_get_verdict (mark)));
  emend_output_number (output, "page", emend_mark_get_page (mark) + 1);
  write_kind (output, schema, emend_mark_get_label (mark), emend_mark_get_shape (mark), emend_mark_get_value (mark));
  write_value (output, emend_mark_get_value (mark));
  if (mark->proposal != NULL)
    write_proposal (output, schema, mark->proposal);
  if (mark->annotation != NULL) {
    emend_json_key (output->writer, "annotation");
    emend_json_uuid (output->writer, &mark->annotation->uuid);
    emend_output_text (output, "comment", mark->annotation->comment);
    emend_output_number (output, "ms", mark->annotation->ms);
  }
  emend_json_end_object (output->writer);
}

static gboolean
write_marks (Printer *printer,
             gint64 item,
             GError **error)
{
  g_autoptr (EmendItemContent) content = emend_project_load_content (printer->project, item, error);

  if (content == NULL)
    return FALSE;
  emend_json_key (printer->output->writer, "proposals");
  emend_json_begin_array (printer->output->writer);
  for (guint i = 0; i < content->marks->len; i++)
    write_mark (printer->output, printer->schema, g_ptr_array_index (content->marks, i));
  emend_json_end_array (printer->output->writer);
  return TRUE;
}

static void
write_facts (EmendOutput *output,
             const EmendItem *item)
{
  g_autofree char *sha256 = emend_digest_to_hex (&item->sha256);

  emend_output_text (output, "path", item->path);
  emend_output_number (output, "position", item->position + 1);
  emend_output_text (output, "media", emend_media_state_to_name (item->media_state));
  emend_output_text (output, "reason", item->media_reason);
  emend_output_text (output, "sha256", emend_digest_is_nil (&item->sha256) ? NULL : sha256);
  emend_output_number (output, "size", (gint64) item->size);
  emend_output_number (output, "pages", item->n_pages);
  emend_output_number (output, "width", item->width);
  emend_output_number (output, "height", item->height);
  emend_output_number (output, "orientation", item->orientation);
  emend_output_text (output, "reading", emend_reading_state_to_name (item->reading));
  emend_output_text (output, "decision", item->decision);
}

static void
write_counts (EmendOutput *output,
              const EmendItem *item)
{
  emend_output_number (output, "n_proposals", item->n_proposals);
  emend_output_number (output, "n_undecided", item->n_undecided);
  emend_output_number (output, "n_accepted", item->n_accepted);
  emend_output_number (output, "n_corrected", item->n_corrected);
  emend_output_number (output, "n_rejected", item->n_rejected);
  emend_output_number (output, "n_added", item->n_added);
  emend_output_real (output, "doubt", item->doubt < 0 ? NAN : item->doubt);
}

static gboolean
write_item (Printer *printer,
            const EmendItem *item,
            GError **error)
{
  gboolean all_well = TRUE;

  emend_json_begin_object (printer->output->writer);
  write_facts (printer->output, item);
  write_counts (printer->output, item);
  if (printer->proposals)
    all_well = write_marks (printer, item->id, error);
  emend_json_end_object (printer->output->writer);
  emend_output_flush (printer->output);
  return all_well;
}

static void
tabulate_item (EmendTable *table,
               const EmendItem *item)
{
  const int counts[] = { item->n_proposals, item->n_undecided, item->n_accepted, item->n_corrected, item->n_rejected,
                         item->n_added };

  emend_table_add_number (table, item->position + 1);
  if (item->media_state == EMEND_MEDIA_OK)
    emend_table_add (table, emend_reading_state_to_name (item->reading));
  else
    emend_table_add (table, emend_media_state_to_name (item->media_state));
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    emend_table_add_number (table, counts[i]);
  emend_table_add_real (table, item->doubt < 0 ? NAN : item->doubt, 2);
  emend_table_add (table, item->path);
}

static gboolean
tabulate_marks (Printer *printer,
                gint64 item,
                GError **error)
{
  g_autoptr (EmendItemContent) content = emend_project_load_content (printer->project, item, error);

  for (guint i = 0; content != NULL && i < content->marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (content->marks, i);
    const EmendRect *box = &emend_mark_get_shape (mark)->box;
    const EmendValue *value = emend_mark_get_value (mark);
    g_autofree char *id = mark->proposal != NULL ? emend_decision_line_format_proposal (mark->proposal->id) : NULL;
    g_autofree char *place = NULL;

    /* A value may stand nowhere on the page. */
    if (value == NULL || emend_rect_area (box) > 0)
      place = g_strdup_printf ("%.1f, %.1f, %.1f × %.1f", box->x, box->y, box->width, box->height);
    emend_table_add (printer->table, content->item->path);
    emend_table_add (printer->table, id);
    emend_table_add (printer->table, emend_verdict_to_name (emend_mark_get_verdict (mark)));
    emend_table_add_real (printer->table, emend_mark_get_score (mark), 3);
    emend_table_add_number (printer->table, emend_mark_get_page (mark) + 1);
    emend_table_add (printer->table, place);
    emend_table_add (printer->table, emend_schema_find_entry_name (printer->schema, emend_mark_get_label (mark)));
    emend_table_add (printer->table, value != NULL ? value->value : NULL);
  }
  return content != NULL;
}

static gboolean
print_item (Printer *printer,
            const EmendItem *item,
            GError **error)
{
  if (printer->output != NULL)
    return write_item (printer, item, error);
  if (printer->proposals)
    return tabulate_marks (printer, item->id, error);
  tabulate_item (printer->table, item);
  return TRUE;
}

static gboolean
print_items (Printer *printer,
             GArray *ids,
             GCancellable *cancellable,
             GError **error)
{
  for (guint start = 0; start < ids->len; start += BATCH) {
    const gint64 *batch = &g_array_index (ids, gint64, start);
    g_autoptr (GPtrArray) items = NULL;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    items = emend_project_load_items (printer->project, batch, MIN (BATCH, ids->len - start), error);
    if (items == NULL)
      return FALSE;
    for (guint i = 0; i < items->len; i++) {
      if (!print_item (printer, g_ptr_array_index (items, i), error))
        return FALSE;
    }
    if (printer->table != NULL)
      emend_table_print (printer->table);
  }
  return TRUE;
}

static EmendTable *
make_table (gboolean proposals)
{
  const EmendTableColumn items[] = {
    { _ ("NUMBER"), TRUE, 7 },
    { _ ("STATE"), FALSE, 10 },
    { _ ("PROPOSED"), TRUE, 0 },
    { _ ("UNDECIDED"), TRUE, 0 },
    { _ ("ACCEPTED"), TRUE, 0 },
    { _ ("CORRECTED"), TRUE, 0 },
    { _ ("REJECTED"), TRUE, 0 },
    { _ ("ADDED"), TRUE, 0 },
    { _ ("DOUBT"), TRUE, 5 },
    { _ ("PATH"), FALSE, 0 },
  };
  const EmendTableColumn marks[] = {
    { _ ("PATH"), FALSE, 20 },
    { _ ("PROPOSAL"), FALSE, 10 },
    { _ ("VERDICT"), FALSE, 9 },
    { _ ("SCORE"), TRUE, 5 },
    { _ ("PAGE"), TRUE, 0 },
    { _ ("PLACE"), FALSE, 30 },
    { _ ("LABEL OR FIELD"), FALSE, 16 },
    { _ ("VALUE"), FALSE, 0 },
  };

  return proposals ? emend_table_new (marks, G_N_ELEMENTS (marks)) : emend_table_new (items, G_N_ELEMENTS (items));
}

static EmendCtlStatus
print_chosen (EmendCtl *ctl,
              EmendProject *project,
              GArray *ids,
              gboolean proposals)
{
  g_autoptr (EmendOutput) output = ctl->json ? emend_output_new () : NULL;
  g_autoptr (EmendTable) table = ctl->json ? NULL : make_table (proposals);
  Printer printer = { project, emend_project_get_schema (project), proposals, output, table };
  g_autoptr (GError) error = NULL;
  gboolean all_well;

  if (output != NULL) {
    emend_output_number (output, "count", ids->len);
    emend_json_key (output->writer, "items");
    emend_json_begin_array (output->writer);
  }
  all_well = print_items (&printer, ids, ctl->cancellable, &error);
  if (output != NULL)
    emend_json_end_array (output->writer);
  else
    emend_table_print (table);
  return all_well ? EMEND_CTL_DONE : emend_ctl_fail (ctl->args[0], error);
}

/**
 * emend_command_items:
 * @ctl: this call
 *
 * `emendctl items`: lists items and, with `--proposals`, what is proposed and decided on them.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_items (EmendCtl *ctl)
{
  g_auto (ItemsOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "filter", 0, 0, G_OPTION_ARG_STRING, &options.filter, N_ ("Only those that this finds"), N_ ("FILTER") },
    { "order", 0, 0, G_OPTION_ARG_STRING, &options.order, N_ ("position, name, doubt or undecided"), N_ ("ORDER") },
    { "limit", 0, 0, G_OPTION_ARG_INT64, &options.limit, N_ ("Not more than this many"), N_ ("N") },
    { "proposals", 0, 0, G_OPTION_ARG_NONE, &options.proposals, N_ ("What is proposed and decided on them, too"),
      NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (EmendProject) project = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  EmendItemFilter filter;
  EmendItemOrder order;

  if (!emend_ctl_parse (ctl, entries, EMEND_CTL_HAS_JSON | EMEND_CTL_HAS_REVIEWER, 1, 1))
    return EMEND_CTL_USAGE;
  if (!find_order (options.order, &order))
    return emend_ctl_fail_usage (ctl, _ ("The order is one of position, name, doubt and undecided."));
  if (options.limit < 0)
    return emend_ctl_fail_usage (ctl, _ ("The limit must not be below 0."));
  project = emend_ctl_open_as_reviewer (ctl, ctl->args[0]);
  if (project == NULL)
    return EMEND_CTL_FAILED;
  emend_item_filter_init (&filter);
  if (emend_item_filter_parse (&filter, emend_project_get_schema (project),
                               options.filter != NULL ? options.filter : "", &error))
    ids = emend_project_query_items (project, &filter, order, options.limit, &error);
  emend_item_filter_clear (&filter);
  return ids != NULL ? print_chosen (ctl, project, ids, options.proposals) : emend_ctl_fail (ctl->args[0], error);
}
