#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-import-sink.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* How many problems and unmatched names are kept; the rest is only counted. */
#define MAX_KEPT 1000

struct _EmendImportSink {
  EmendImport *import; /* (nullable) (unowned): NULL for a dry run */
  EmendProject *project;
  EmendItemLookup *lookup;
  EmendSchema *schema; /* a copy, to which labels are added */
  gboolean schema_grew;
  gint64 n_items;
  GHashTable *map; /* (nullable) (unowned) */
  gboolean add_labels;
  GHashTable *labels;    /* (element-type utf8 SinkLabel): by the source's name */
  GHashTable *fields;    /* (element-type utf8 SinkLabel): by the source's name, "table.column" for a column */
  const char *last_name; /* (nullable) (unowned): of the label asked for last */
  struct _SinkLabel *last_label;
  GHashTable *touched;   /* (element-type gint64): items that the source speaks of */
  GHashTable *unmatched; /* (element-type utf8): names that were counted */
  EmendImportReport *report;
};

typedef struct _SinkLabel {
  int id; /* in the project, 0 for none */
  EmendImportLabel *told;
} SinkLabel;

static void
problem_free (EmendImportProblem *problem)
{
  g_free (problem->file);
  g_free (problem->reason);
  g_free (problem);
}

static void
label_free (EmendImportLabel *label)
{
  g_free (label->name);
  g_free (label->label);
  g_free (label);
}

/**
 * emend_import_report_free:
 * @report: (transfer full): a report
 */
void
emend_import_report_free (EmendImportReport *report)
{
  g_free (report->format);
  g_ptr_array_unref (report->unmatched);
  g_ptr_array_unref (report->labels);
  g_ptr_array_unref (report->problems);
  g_free (report);
}

static EmendImportReport *
report_new (void)
{
  EmendImportReport *report = g_new0 (EmendImportReport, 1);

  report->unmatched = g_ptr_array_new_with_free_func (g_free);
  report->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) label_free);
  report->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  return report;
}

/**
 * emend_import_sink_new:
 * @project: the project
 * @options: what to do with labels
 * @import: (nullable) (transfer none): where records are written; NULL to only tell
 * @error: EMEND_STORE_ERROR_*
 *
 * Returns: (transfer full) (nullable): a sink
 */
EmendImportSink *
emend_import_sink_new (EmendProject *project,
                       const EmendImportOptions *options,
                       EmendImport *import,
                       GError **error)
{
  g_autoptr (EmendImportSink) sink = g_new0 (EmendImportSink, 1);
  g_autoptr (EmendProjectInfo) info = NULL;

  sink->import = import;
  sink->project = project;
  sink->map = options->map;
  sink->add_labels = options->add_labels;
  sink->schema = emend_schema_copy (emend_project_get_schema (project));
  sink->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sink->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sink->touched = g_hash_table_new (g_direct_hash, g_direct_equal);
  sink->unmatched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sink->report = report_new ();
  info = emend_project_get_info (project, error);
  if (info == NULL)
    return NULL;
  sink->n_items = info->n_items;
  sink->lookup = emend_item_lookup_new (project, error);
  return sink->lookup != NULL ? g_steal_pointer (&sink) : NULL;
}

/**
 * emend_import_sink_free:
 * @sink: (transfer full): a sink
 */
void
emend_import_sink_free (EmendImportSink *sink)
{
  g_clear_pointer (&sink->lookup, emend_item_lookup_free);
  g_clear_pointer (&sink->schema, emend_schema_unref);
  g_clear_pointer (&sink->labels, g_hash_table_unref);
  g_clear_pointer (&sink->fields, g_hash_table_unref);
  g_clear_pointer (&sink->touched, g_hash_table_unref);
  g_clear_pointer (&sink->unmatched, g_hash_table_unref);
  g_clear_pointer (&sink->report, emend_import_report_free);
  g_free (sink);
}

static void
tell_problem (gpointer data,
              const char *file,
              gint64 line,
              const char *reason)
{
  EmendImportSink *sink = data;
  EmendImportProblem *problem;

  sink->report->n_problems++;
  if (sink->report->problems->len >= MAX_KEPT)
    return;
  problem = g_new0 (EmendImportProblem, 1);
  problem->file = g_strdup (file);
  problem->line = line;
  problem->reason = g_strdup (reason);
  g_ptr_array_add (sink->report->problems, problem);
}

static void
touch (EmendImportSink *sink,
       gint64 item)
{
  g_hash_table_add (sink->touched, (gpointer) (gintptr) item);
}

static void
count_unmatched (EmendImportSink *sink,
                 const char *name,
                 gboolean ambiguous)
{
  EmendImportReport *report = sink->report;

  if (!g_hash_table_add (sink->unmatched, g_strdup (name)))
    return;
  if (ambiguous) {
    g_autofree char *reason = g_strdup_printf (
      _ ("The name “%s” fits several items, so none was taken. Give the file with its folder."), name);

    report->n_ambiguous++;
    tell_problem (sink, "", 0, reason);
    return;
  }
  report->n_unmatched++;
  if (report->unmatched->len < MAX_KEPT)
    g_ptr_array_add (report->unmatched, g_strdup (name));
}

static gboolean
find_image (gpointer data,
            const char *name,
            gboolean ignore_extension,
            EmendSourceImage *image)
{
  EmendImportSink *sink = data;
  EmendLookupItem found;
  EmendLookupResult result = emend_item_lookup_find (sink->lookup, name, ignore_extension, &found);

  if (result != EMEND_LOOKUP_FOUND) {
    count_unmatched (sink, name, result == EMEND_LOOKUP_AMBIGUOUS);
    return FALSE;
  }
  *image = (EmendSourceImage){ found.id, found.width, found.height, found.orientation, found.n_pages };
  if (!g_hash_table_contains (sink->touched, (gpointer) (gintptr) found.id))
    sink->report->n_images++;
  touch (sink, found.id);
  return TRUE;
}

static gboolean
has_image (gpointer data,
           const char *name,
           gboolean ignore_extension)
{
  EmendImportSink *sink = data;
  EmendLookupItem found;

  return emend_item_lookup_find (sink->lookup, name, ignore_extension, &found) == EMEND_LOOKUP_FOUND;
}

/* The project's label for the source's name, made when that is wanted; 0 when there is none. */
static int
resolve_label (EmendImportSink *sink,
               const char *name,
               EmendImportLabel *told)
{
  const char *wanted = sink->map != NULL ? g_hash_table_lookup (sink->map, name) : NULL;
  const EmendLabel *label;

  if (wanted == NULL)
    wanted = name;
  if (*wanted == '\0')
    return 0;
  label = emend_schema_find_label_by_name (sink->schema, wanted);
  if (label == NULL && sink->add_labels && emend_schema_get_n_labels (sink->schema) < EMEND_FORMATS_MAX_LABELS &&
      strlen (wanted) <= EMEND_FORMATS_MAX_LABEL_NAME) {
    guint32 color = emend_schema_get_color (emend_schema_get_n_labels (sink->schema));
    int id = emend_schema_add_label (sink->schema, wanted, color, 0);

    label = emend_schema_find_label (sink->schema, id);
    told->is_new = TRUE;
    sink->schema_grew = TRUE;
  }
  if (label == NULL)
    return 0;
  told->label = g_strdup (label->name);
  return label->id;
}

static SinkLabel *
get_label (EmendImportSink *sink,
           const char *name)
{
  SinkLabel *label = g_hash_table_lookup (sink->labels, name);

  if (label != NULL)
    return label;
  label = g_new0 (SinkLabel, 1);
  label->told = g_new0 (EmendImportLabel, 1);
  label->told->name = g_strdup (name);
  label->id = resolve_label (sink, name, label->told);
  g_ptr_array_add (sink->report->labels, label->told);
  g_hash_table_insert (sink->labels, g_strdup (name), label);
  return label;
}

static void
declare_label (gpointer data,
               const char *name)
{
  get_label (data, name);
}

static int
find_label (gpointer data,
            const char *name)
{
  EmendImportSink *sink = data;

  if (sink->last_name != name) {
    sink->last_label = get_label (sink, name);
    sink->last_name = name;
  }
  sink->last_label->told->count++;
  return sink->last_label->id;
}

/* Gives the table the column that the source knows, when that is wanted. */
static gboolean
add_column (EmendImportSink *sink,
            const EmendField *table,
            const EmendSourceField *wanted)
{
  EmendField *grown;

  if (!sink->add_labels || strlen (wanted->column) > EMEND_FORMATS_MAX_LABEL_NAME)
    return FALSE;
  grown = emend_field_copy (table);
  g_ptr_array_add (grown->columns, emend_field_new (0, wanted->column, wanted->type));
  sink->schema_grew = TRUE;
  return emend_schema_set_field (sink->schema, grown);
}

static const EmendField *
add_field (EmendImportSink *sink,
           const char *name,
           const EmendSourceField *wanted)
{
  EmendField *field;

  if (!sink->add_labels || strlen (name) > EMEND_FORMATS_MAX_LABEL_NAME ||
      emend_schema_get_n_fields (sink->schema) >= EMEND_FORMATS_MAX_FIELDS)
    return NULL;
  field = emend_field_new (0, name, wanted->column != NULL ? EMEND_FIELD_TABLE : wanted->type);
  if (wanted->column != NULL)
    field->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);
  sink->schema_grew = TRUE;
  return emend_schema_find_field (sink->schema, emend_schema_add_field (sink->schema, field));
}

/* The project's field for the source's, made when that is wanted; 0 when there is none. */
static int
resolve_field (EmendImportSink *sink,
               const EmendSourceField *wanted,
               EmendImportLabel *told)
{
  const char *mapped = sink->map != NULL ? g_hash_table_lookup (sink->map, wanted->name) : NULL;
  const char *name = mapped != NULL ? mapped : wanted->name;
  const EmendField *field = *name != '\0' ? emend_schema_find_field_by_name (sink->schema, name) : NULL;

  if (field == NULL && *name != '\0') {
    field = add_field (sink, name, wanted);
    told->is_new = field != NULL;
  }
  if (field == NULL || (field->type == EMEND_FIELD_TABLE) != (wanted->column != NULL))
    return 0;
  if (wanted->column != NULL && emend_field_find_column (field, wanted->column) == NULL) {
    if (!add_column (sink, field, wanted))
      return 0;
    told->is_new = TRUE;
    field = emend_schema_find_field_by_name (sink->schema, name);
  }
  told->label = wanted->column != NULL ? g_strdup_printf ("%s.%s", field->name, wanted->column) :
                                         g_strdup (field->name);
  return field->id;
}

static int
find_field (gpointer data,
            const EmendSourceField *wanted)
{
  EmendImportSink *sink = data;
  g_autofree char *name = wanted->column != NULL ? g_strdup_printf ("%s.%s", wanted->name, wanted->column) :
                                                   g_strdup (wanted->name);
  SinkLabel *label = g_hash_table_lookup (sink->fields, name);

  if (label == NULL) {
    label = g_new0 (SinkLabel, 1);
    label->told = g_new0 (EmendImportLabel, 1);
    label->told->name = g_strdup (name);
    label->told->is_field = TRUE;
    label->id = resolve_field (sink, wanted, label->told);
    g_ptr_array_add (sink->report->labels, label->told);
    g_hash_table_insert (sink->fields, g_steal_pointer (&name), label);
  }
  label->told->count++;
  return label->id;
}

static const EmendField *
match_table (gpointer data,
             const char *const *headers,
             gsize n_headers,
             const EmendField **columns)
{
  return emend_schema_match_table (((EmendImportSink *) data)->schema, headers, n_headers, columns);
}

static gboolean
get_page (gpointer data,
          gint64 item,
          int number,
          int *width,
          int *height)
{
  EmendImportSink *sink = data;
  EmendPage page;

  if (number < 0 || !emend_project_get_page (sink->project, item, number, &page, NULL))
    return FALSE;
  *width = page.width;
  *height = page.height;
  return TRUE;
}

/* New labels must be in the project before a record that has one. */
static gboolean
store_schema (EmendImportSink *sink,
              GError **error)
{
  if (!sink->schema_grew || sink->import == NULL)
    return TRUE;
  sink->schema_grew = FALSE;
  return emend_import_set_schema (sink->import, sink->schema, error);
}

/* Takes what was refused as a problem to be told; anything else ends the import. */
static gboolean
tell_refusal (EmendImportSink *sink,
              GError *refusal,
              GError **error)
{
  g_autoptr (GError) problem = refusal;

  if (!g_error_matches (problem, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  tell_problem (sink, "", 0, problem->message);
  sink->report->n_skipped++;
  return TRUE;
}

/* A field's value gets the form that the project's own field gives it. */
static gboolean
import_record (EmendImportSink *sink,
               const EmendProposal *record,
               GError **error)
{
  g_autoptr (EmendProposal) normalised = NULL;

  if (sink->import == NULL)
    return TRUE;
  if (record->value == NULL)
    return emend_import_add (sink->import, record, error);
  normalised = emend_proposal_copy (record);
  emend_schema_normalise (sink->schema, record->label, normalised->value);
  return emend_import_add (sink->import, normalised, error);
}

static gboolean
add_record (gpointer data,
            const EmendProposal *record,
            GError **error)
{
  EmendImportSink *sink = data;
  g_autoptr (GError) problem = NULL;

  if (!store_schema (sink, error))
    return FALSE;
  if (!import_record (sink, record, &problem))
    return tell_refusal (sink, g_steal_pointer (&problem), error);
  sink->report->n_records++;
  return TRUE;
}

static gboolean
add_words (gpointer data,
           gint64 item,
           int page,
           EmendWords *words,
           GError **error)
{
  EmendImportSink *sink = data;
  g_autoptr (GError) problem = NULL;

  if (sink->import != NULL && !emend_import_add_words (sink->import, item, page, words, &problem))
    return tell_refusal (sink, g_steal_pointer (&problem), error);
  sink->report->n_words++;
  return TRUE;
}

static void
skip_record (gpointer data)
{
  EmendImportSink *sink = data;

  sink->report->n_skipped++;
}

static gboolean
reviewed_empty (gpointer data,
                gint64 item,
                GError **error)
{
  EmendImportSink *sink = data;

  sink->report->n_empty++;
  touch (sink, item);
  return sink->import == NULL || emend_import_touch (sink->import, item, error);
}

/**
 * emend_import_sink_connect:
 * @sink: a sink
 * @reader: (out): becomes the reader's view of @sink, without progress
 */
void
emend_import_sink_connect (EmendImportSink *sink,
                           EmendReadSink *reader)
{
  *reader = (EmendReadSink){
    .find_image = find_image,
    .has_image = has_image,
    .declare_label = declare_label,
    .find_label = find_label,
    .find_field = find_field,
    .match_table = match_table,
    .get_page = get_page,
    .add_words = add_words,
    .add_record = add_record,
    .skip_record = skip_record,
    .reviewed_empty = reviewed_empty,
    .problem = tell_problem,
    .data = sink,
  };
}

/**
 * emend_import_sink_finish:
 * @sink: a sink to which all was given
 * @error: EMEND_STORE_ERROR_*
 *
 * Returns: (transfer full) (nullable): what was counted
 */
EmendImportReport *
emend_import_sink_finish (EmendImportSink *sink,
                          GError **error)
{
  if (!store_schema (sink, error))
    return NULL;
  sink->report->n_untouched = sink->n_items - (gint64) g_hash_table_size (sink->touched);
  return g_steal_pointer (&sink->report);
}
