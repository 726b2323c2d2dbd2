/* What the dialogs know without a display. */
#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include <gio/gio.h>

#include "emend-image.h"
#include "emend-language-group.h"
#include "emend-label-draft.h"
#include "emend-label-mapping.h"
#include "emend-model-error.h"
#include "emend-new-project-dialog.h"
#include "emend-recent-list.h"
#include "emend-report-text.h"
#include "emend-reviewer-dialog.h"
#include "emend-task-progress.h"
#include "emend-test.h"
#include "emend-time-left.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static void
test_languages (void)
{
  static const struct {
    const char *languages;
    const char *language;
    const char *wanted;
  } cases[] = {
    { "eng", "deu", "eng+deu" },
    { "eng+deu", "eng", "deu" },
    { "deu+eng+fra", "eng", "deu+fra" },
    { "eng", "eng", "eng" }, /* one is always left */
    { "", "eng", "eng" },
    { "chi_sim", "chi", "chi_sim+chi" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *languages = emend_language_group_toggle (cases[i].languages, cases[i].language);

    g_assert_cmpstr (languages, ==, cases[i].wanted);
  }
}

/* By their names for people, also one that is set and not installed. */
static void
test_languages_arranged (void)
{
  const char *const installed[] = { "chi_sim", "deu", "eng", "spa", NULL };
  const char *const chosen[] = { "fra", "", "eng", "fra", NULL };
  g_auto (GStrv) all = emend_language_group_arrange (installed, chosen);
  g_autofree char *joined = g_strjoinv (" ", all);

  g_assert_cmpstr (joined, ==, "chi_sim eng fra deu spa");
}

static void
test_time_left_steady (void)
{
  EmendTimeLeft left;
  double seconds = -1;

  emend_time_left_init (&left, 0);
  g_assert_cmpfloat (emend_time_left_update (&left, 10, 1000, SECOND / 10), ==, -1);
  for (gint64 tick = 1; tick <= 40; tick++)
    seconds = emend_time_left_update (&left, (guint64) tick * 10, 1000, tick * SECOND / 4);
  /* 40 a second, 600 are left. */
  g_assert_cmpfloat_with_epsilon (seconds, 15, 0.01);
}

static void
test_time_left_unknown (void)
{
  EmendTimeLeft left;

  emend_time_left_init (&left, 0);
  g_assert_cmpfloat (emend_time_left_update (&left, 50, 0, 5 * SECOND), ==, -1);
  g_assert_cmpfloat (emend_time_left_update (&left, 0, 100, 20 * SECOND), ==, -1);
  /* A second phase is measured anew. */
  emend_time_left_init (&left, 0);
  g_assert_cmpfloat (emend_time_left_update (&left, 100, 100, 4 * SECOND), ==, 0);
  g_assert_cmpfloat (emend_time_left_update (&left, 0, 100, 5 * SECOND), ==, -1);
}

static void
test_time_left_text (void)
{
  static const struct {
    double seconds;
    const char *text;
  } cases[] = {
    { 2, "a few seconds left" },
    { 11, "about 15 seconds left" },
    { 54, "about 55 seconds left" },
    { 60, "about 1 minute left" },
    { 150, "about 3 minutes left" },
    { 3600, "about 1 hour left" },
    { 7000, "about 2 hours left" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = emend_time_left_to_text (cases[i].seconds);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
  g_assert_null (emend_time_left_to_text (-1));
  g_assert_null (emend_time_left_to_text (NAN));
  g_assert_null (emend_time_left_to_text (1e9));
}

static void
count_cb (EmendTaskProgress *progress,
          guint *n)
{
  (*n)++;
}

static gpointer
report_thread (gpointer progress)
{
  for (guint64 i = 1; i <= 100000; i++)
    emend_task_progress_report (i, 100000, progress);
  return NULL;
}

static gboolean
stop_cb (gpointer done)
{
  *(gboolean *) done = TRUE;
  return G_SOURCE_REMOVE;
}

static void
test_progress_coalesces (void)
{
  g_autoptr (EmendTaskProgress) progress = emend_task_progress_new (EMEND_PROGRESS_ITEMS);
  g_autofree char *text = NULL;
  gboolean done = FALSE;
  guint n = 0;

  g_signal_connect (progress, "changed", G_CALLBACK (count_cb), &n);
  g_assert_cmpfloat (emend_task_progress_get_fraction (progress), ==, -1);
  g_thread_join (g_thread_new ("report", report_thread, progress));
  g_timeout_add (200, stop_cb, &done);
  emend_test_wait (&done);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpfloat (emend_task_progress_get_fraction (progress), ==, 1);
  text = emend_task_progress_get_text (progress);
  g_assert_cmpstr (text, ==, "100000 of 100000");
}

static void
test_names_parse (void)
{
  g_auto (GStrv) names = emend_label_names_parse (" cat, dog;traffic light\r\n\t\"stop sign\"\ncat\n\n,;'bird'\n");
  g_auto (GStrv) none = emend_label_names_parse (" \n,;\t ");
  g_autofree char *joined = g_strjoinv ("|", names);

  g_assert_cmpstr (joined, ==, "cat|dog|traffic light|stop sign|bird");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_names_hostile (void)
{
  g_autofree char *huge = g_strnfill (2000, 'x');
  g_auto (GStrv) too_long = emend_label_names_parse (huge);
  g_auto (GStrv) broken = emend_label_names_parse ("good,\xff\xfe,also good");
  g_autoptr (GString) many = g_string_new (NULL);
  g_auto (GStrv) names = NULL;

  for (int i = 0; i < 20000; i++)
    g_string_append_printf (many, "n%d\n", i);
  names = emend_label_names_parse (many->str);
  g_assert_cmpuint (g_strv_length (too_long), ==, 0);
  g_assert_cmpuint (g_strv_length (broken), ==, 2);
  g_assert_cmpuint (g_strv_length (names), ==, 10000);
}

static EmendLabelDraft *
peek (GListStore *drafts,
      guint position)
{
  g_autoptr (EmendLabelDraft) draft = g_list_model_get_item (G_LIST_MODEL (drafts), position);
  return draft;
}

static void
test_drafts_keep_ids (void)
{
  const char *const decisions[] = { "blurred", NULL };
  const char *const choices[] = { "red", "green", NULL };
  const char *const more[] = { "dog", "cat", NULL };
  g_autoptr (EmendSchema) base = emend_schema_new ();
  g_autoptr (GListStore) drafts = NULL;
  g_autoptr (EmendSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  int cat = emend_schema_add_label (base, "cat", 0x112233, 'c');
  int bird = emend_schema_add_label (base, "bird", 0x445566, 0);
  const EmendLabel *label;

  emend_schema_add_attribute (base, bird, "colour", EMEND_ATTRIBUTE_CHOICE, choices);
  drafts = emend_label_drafts_from_schema (base);
  g_assert_cmpuint (emend_label_drafts_add_names (drafts, more), ==, 1);
  emend_label_drafts_move (drafts, 2, 0);
  emend_label_draft_set_name (peek (drafts, 1), "  kitten ");
  emend_label_draft_set_retired (peek (drafts, 2), TRUE);
  schema = emend_label_drafts_to_schema (G_LIST_MODEL (drafts), base, decisions, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (emend_schema_get_n_labels (schema), ==, 3);
  label = emend_schema_get_label (schema, 0);
  g_assert_cmpstr (label->name, ==, "dog");
  g_assert_cmpint (label->id, >, MAX (cat, bird));
  label = emend_schema_get_label (schema, 1);
  g_assert_cmpstr (label->name, ==, "kitten");
  g_assert_cmpint (label->id, ==, cat);
  g_assert_cmpuint (label->color, ==, 0x112233);
  g_assert_cmpuint (label->key, ==, 'c');
  label = emend_schema_get_label (schema, 2);
  g_assert_cmpint (label->id, ==, bird);
  g_assert_true (label->retired);
  g_assert_cmpuint (label->attributes->len, ==, 1);
  g_assert_cmpstr (((const EmendAttribute *) g_ptr_array_index (label->attributes, 0))->choices[1], ==, "green");
  g_assert_cmpstr (emend_schema_get_item_decisions (schema)[0], ==, "blurred");
}

/* Labels and fields share one sequence of numbers, and who edits the labels keeps the fields. */
static void
test_drafts_keep_fields (void)
{
  const char *const names[] = { "dog", NULL };
  const char *const operands[] = { "net", NULL };
  const char *const none[] = { NULL };
  g_autoptr (EmendSchema) base = emend_schema_new ();
  g_autoptr (GListStore) drafts = NULL;
  g_autoptr (EmendSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  int cat = emend_schema_add_label (base, "cat", 0x112233, 'c');
  int net = emend_schema_add_field (base, emend_field_new (0, "net", EMEND_FIELD_AMOUNT));
  int total = emend_schema_add_field (base, emend_field_new (0, "total", EMEND_FIELD_AMOUNT));

  g_assert_true (emend_schema_add_rule (base, emend_rule_new ("sum", EMEND_RULE_SUM, "total", operands)));
  emend_schema_set_list (base, emend_list_new ("shops"));
  drafts = emend_label_drafts_from_schema (base);
  g_assert_cmpuint (emend_label_drafts_add_names (drafts, names), ==, 1);
  schema = emend_label_drafts_to_schema (G_LIST_MODEL (drafts), base, none, &error);
  g_assert_no_error (error);
  g_assert_cmpint (emend_schema_find_label_by_name (schema, "cat")->id, ==, cat);
  g_assert_cmpint (emend_schema_find_label_by_name (schema, "dog")->id, >, total);
  g_assert_cmpuint (emend_schema_get_n_fields (schema), ==, 2);
  g_assert_cmpint (emend_schema_get_field (schema, 0)->id, ==, net);
  g_assert_cmpint (emend_schema_get_field (schema, 1)->id, ==, total);
  g_assert_cmpuint (emend_schema_get_n_rules (schema), ==, 1);
  g_assert_nonnull (emend_schema_find_list (schema, "shops"));
}

static void
test_drafts_no_key_given (void)
{
  const char *const names[] = { "a", "b", NULL };
  const char *const none[] = { NULL };
  g_autoptr (GListStore) drafts = emend_label_drafts_from_schema (NULL);
  g_autoptr (EmendSchema) schema = NULL;

  emend_label_drafts_add_names (drafts, names);
  g_assert_cmpuint (emend_label_draft_get_key (peek (drafts, 0)), ==, '1');
  emend_label_drafts_claim_key (G_LIST_MODEL (drafts), peek (drafts, 1), '1');
  g_assert_cmpuint (emend_label_draft_get_key (peek (drafts, 0)), ==, 0);
  schema = emend_label_drafts_to_schema (G_LIST_MODEL (drafts), NULL, none, NULL);
  g_assert_cmpuint (emend_schema_get_label (schema, 0)->key, ==, 0);
  g_assert_cmpuint (emend_schema_get_label (schema, 1)->key, ==, '1');
}

static void
test_drafts_refuse (void)
{
  const char *const names[] = { "a", "b", NULL };
  const char *const none[] = { NULL };
  g_autoptr (GListStore) drafts = emend_label_drafts_from_schema (NULL);
  g_autoptr (GError) twice = NULL;
  g_autoptr (GError) empty = NULL;

  emend_label_drafts_add_names (drafts, names);
  emend_label_draft_set_name (peek (drafts, 1), "a");
  g_assert_null (emend_label_drafts_to_schema (G_LIST_MODEL (drafts), NULL, none, &twice));
  g_assert_error (twice, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA);
  emend_label_draft_set_name (peek (drafts, 1), "  ");
  g_assert_null (emend_label_drafts_to_schema (G_LIST_MODEL (drafts), NULL, none, &empty));
  g_assert_error (empty, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA);
}

static EmendImportLabel *
import_label (const char *name,
              gint64 count)
{
  EmendImportLabel *label = g_new0 (EmendImportLabel, 1);

  label->name = g_strdup (name);
  label->count = count;
  return label;
}

static void
import_label_free (gpointer data)
{
  EmendImportLabel *label = data;

  g_free (label->name);
  g_free (label);
}

static void
test_mapping_suggests (void)
{
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (GListStore) mappings = g_list_store_new (EMEND_TYPE_LABEL_MAPPING);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (import_label_free);
  g_autoptr (GHashTable) table = NULL;

  emend_schema_add_label (schema, "Traffic Light", 0, 0);
  emend_schema_add_label (schema, "car", 0, 0);
  g_ptr_array_add (labels, import_label ("traffic_light", 3));
  g_ptr_array_add (labels, import_label ("car", 5));
  g_ptr_array_add (labels, import_label ("zebra", 1));
  emend_label_mappings_update (mappings, labels, schema);
  table = emend_label_mappings_to_table (G_LIST_MODEL (mappings));
  g_assert_cmpuint (g_hash_table_size (table), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (table, "traffic_light"), ==, "Traffic Light");
}

static void
test_mapping_keeps_choice (void)
{
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (GListStore) mappings = g_list_store_new (EMEND_TYPE_LABEL_MAPPING);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (import_label_free);
  g_autoptr (GHashTable) table = NULL;
  g_autoptr (EmendLabelMapping) zebra = NULL;

  g_ptr_array_add (labels, import_label ("zebra", 1));
  g_ptr_array_add (labels, import_label ("horse", 1));
  emend_label_mappings_update (mappings, labels, schema);
  zebra = g_list_model_get_item (G_LIST_MODEL (mappings), 0);
  emend_label_mapping_set_target (zebra, EMEND_LABEL_TARGET_NONE, NULL);
  ((EmendImportLabel *) g_ptr_array_index (labels, 0))->count = 7;
  g_ptr_array_remove_index (labels, 1);
  emend_label_mappings_update (mappings, labels, schema);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (mappings)), ==, 1);
  g_assert_cmpint (emend_label_mapping_get_count (zebra), ==, 7);
  table = emend_label_mappings_to_table (G_LIST_MODEL (mappings));
  g_assert_cmpstr (g_hash_table_lookup (table, "zebra"), ==, "");
}

static void
wait_for_save (EmendRecentList *list)
{
  gint64 limit = g_get_monotonic_time () + 10 * SECOND;

  while (emend_recent_list_get_saving (list) && g_get_monotonic_time () < limit)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (emend_recent_list_get_saving (list));
}

static void
loaded_cb (GObject *source,
           GAsyncResult *result,
           gpointer done)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (emend_recent_list_load_finish (EMEND_RECENT_LIST (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

static EmendRecentList *
load_list (const char *path)
{
  EmendRecentList *list = emend_recent_list_new (path);
  gboolean done = FALSE;

  emend_recent_list_load_async (list, loaded_cb, &done);
  emend_test_wait (&done);
  return list;
}

static void
test_recent_saved (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "deep", "recent.ini", NULL);
  g_autofree char *there = emend_test_write (folder, "here ä.emend", "x");
  g_autoptr (EmendRecentList) list = load_list (path);
  g_autoptr (EmendRecentList) again = NULL;
  g_autoptr (EmendRecent) first = NULL;
  g_autoptr (EmendRecent) second = NULL;
  g_autofree char *progress = NULL;
  const EmendRecentFacts gone = { "/nowhere/gone.emend", "Gone", NULL, 5, 2 };
  EmendRecentFacts here = { there, "Here", NULL, 0, 0 };

  emend_recent_list_note (list, &here);
  emend_recent_list_note (list, &gone);
  here.n_items = 12;
  here.n_left = 37;
  emend_recent_list_note (list, &here);
  wait_for_save (list);
  again = load_list (path);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 2);
  first = g_list_model_get_item (G_LIST_MODEL (again), 0);
  second = g_list_model_get_item (G_LIST_MODEL (again), 1);
  g_assert_cmpstr (emend_recent_get_path (first), ==, there);
  progress = emend_recent_describe_progress (first);
  g_assert_cmpstr (progress, ==, "37 left");
  while (!emend_recent_get_missing (second))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (emend_recent_get_missing (first));
  emend_recent_list_remove (again, "/nowhere/gone.emend");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 1);
  wait_for_save (again);
  emend_test_remove_folder (folder);
}

static void
test_recent_hostile (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = emend_test_write (
    folder, "recent.ini",
    "[a]\nname=no uri\n[b]\nuri=http://x/y\n"
    "[c]\nuri=file:///x.emend\nopened=-99999999999999999\nitems=zz\n[d]\nuri=file:///x.emend\n");
  g_autofree char *broken_path = emend_test_write (folder, "broken.ini", "\x01\x02 this is no key file");
  g_autoptr (EmendRecentList) list = load_list (path);
  g_autoptr (EmendRecentList) broken = load_list (broken_path);
  g_autoptr (EmendRecent) recent = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_autofree char *time = emend_recent_describe_time (emend_recent_get_opened (recent), 0);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (broken)), ==, 0);
  g_assert_cmpstr (emend_recent_get_name (recent), ==, "x.emend");
  g_assert_nonnull (time);
  emend_test_remove_folder (folder);
}

static void
test_report_csv (void)
{
  EmendReportRow label = {
    .name = (char *) "=cmd \"x\", y",
    .n_proposals = 4,
    .n_accepted = 1,
    .n_rejected = 1,
    .mean_iou = NAN,
    .override_rate = 0.5,
    .mean_ms = 1200,
    .true_positives = 9,
    .precision = 0.25,
    .recall = NAN
  };
  EmendReportRow total = {
    .n_proposals = 4,
    .mean_iou = 0.75,
    .override_rate = NAN,
    .mean_ms = NAN,
    .true_positives = -1,
    .precision = NAN,
    .recall = NAN
  };
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  EmendReportRow field = {
    .name = (char *) "lines.price",
    .n_proposals = 3,
    .n_corrected = 1,
    .n_absent = 1,
    .n_illegible = 1,
    .n_compared = 2,
    .n_agreeing = 1,
    .agreement = 0.5,
    .override_rate = 1,
    .mean_ms = NAN,
  };
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();
  EmendReport report = { .labels = labels, .fields = fields, .runs = runs, .total = &total, .has_reference = TRUE };
  g_autofree char *csv = NULL;
  g_auto (GStrv) lines = NULL;

  g_ptr_array_add (labels, &label);
  g_ptr_array_add (fields, &field);
  csv = emend_report_to_csv (&report);
  lines = g_strsplit (csv, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_cmpstr (lines[1], ==, "label,\"'=cmd \"\"x\"\", y\",4,0,1,0,0,0,1,0,,0.5,1200,9,0,0,0.25,,,,,,");
  g_assert_cmpstr (lines[2], ==, "field,lines.price,3,0,0,1,,,0,0,,1,,,,,,,1,1,2,1,0.5");
  report.has_reference = FALSE;
  g_free (csv);
  csv = emend_report_to_csv (&report);
  g_assert_nonnull (strstr (csv, "total,,4,0,0,0,0,0,0,0,0.75,,,,,,,,,,,,\r\n"));
}

static void
test_report_format (void)
{
  g_autofree char *share = emend_report_format_share (0.184);
  g_autofree char *small = emend_report_format_share (0.0123);
  g_autofree char *none = emend_report_format_share (NAN);
  g_autofree char *seconds = emend_report_format_ms (1840);
  g_autofree char *minutes = emend_report_format_ms (150000);

  g_assert_cmpstr (share, ==, "18 %");
  g_assert_cmpstr (small, ==, "1.2 %");
  g_assert_cmpstr (none, ==, "–");
  g_assert_cmpstr (seconds, ==, "1.8 s");
  g_assert_cmpstr (minutes, ==, "2.5 min");
}

static void
test_propose_path (void)
{
  g_autofree char *plain = emend_new_project_dialog_propose_path ("/a", " Street scenes ");
  g_autofree char *evil = emend_new_project_dialog_propose_path ("/a", "../../etc/x");
  g_autofree char *empty = emend_new_project_dialog_propose_path ("/a", " ");

  g_assert_cmpstr (plain, ==, "/a/Street scenes.emend");
  g_assert_cmpstr (evil, ==, "/a/-.-..-etc-x.emend");
  g_assert_cmpstr (empty, ==, "/a/project.emend");
}

static void
test_clean_name (void)
{
  g_autofree char *name = emend_reviewer_dialog_clean_name ("  Ada \t\n Lovelace \x01 ");
  g_autofree char *huge = g_strnfill (500, 'x');
  g_autofree char *cut = emend_reviewer_dialog_clean_name (huge);

  g_assert_cmpstr (name, ==, "Ada Lovelace");
  g_assert_cmpuint (strlen (cut), ==, 80);
  g_assert_null (emend_reviewer_dialog_clean_name (" \n\t "));
}

int
main (int argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  emend_media_init (0);
  g_test_add_func ("/ui/time-left/update/steady", test_time_left_steady);
  g_test_add_func ("/ui/time-left/update/unknown", test_time_left_unknown);
  g_test_add_func ("/ui/time-left/to-text/steps", test_time_left_text);
  g_test_add_func ("/ui/task-progress/report/coalesces", test_progress_coalesces);
  g_test_add_func ("/ui/label-draft/names-parse/separators", test_names_parse);
  g_test_add_func ("/ui/label-draft/names-parse/hostile", test_names_hostile);
  g_test_add_func ("/ui/label-draft/to-schema/keeps-fields", test_drafts_keep_fields);
  g_test_add_func ("/ui/label-draft/to-schema/keeps-ids", test_drafts_keep_ids);
  g_test_add_func ("/ui/label-draft/to-schema/no-key-given", test_drafts_no_key_given);
  g_test_add_func ("/ui/label-draft/to-schema/refuses", test_drafts_refuse);
  g_test_add_func ("/ui/label-mapping/update/suggests", test_mapping_suggests);
  g_test_add_func ("/ui/label-mapping/update/keeps-choice", test_mapping_keeps_choice);
  g_test_add_func ("/ui/recent-list/note/saved", test_recent_saved);
  g_test_add_func ("/ui/recent-list/load/hostile", test_recent_hostile);
  g_test_add_func ("/ui/report-text/to-csv/quotes", test_report_csv);
  g_test_add_func ("/ui/report-text/format/steps", test_report_format);
  g_test_add_func ("/ui/new-project-dialog/propose-path/names", test_propose_path);
  g_test_add_func ("/ui/reviewer-dialog/clean-name/names", test_clean_name);
  g_test_add_func ("/ui/language-group/toggle/each", test_languages);
  g_test_add_func ("/ui/language-group/arrange/names", test_languages_arranged);
  return g_test_run ();
}
