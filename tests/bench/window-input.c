#define G_LOG_DOMAIN "emend-bench"

#include "config.h"

#include "window-input.h"

#include <vips/vips.h>

#include "emend-import.h"
#include "emend-scan.h"

static void
check_vips (int status)
{
  if (status != 0)
    g_error ("%s", vips_error_buffer ());
}

static void
check (const GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

gboolean
window_input_is_picture (guint8 red,
                         guint8 green,
                         guint8 blue)
{
  return red > 190 && blue > 190 && green < 130;
}

void
window_input_write_picture (const char *path)
{
  double multiply[] = { 0, 1, 0 };
  double add[] = { 240, 0, 240 };
  VipsImage *noise;
  VipsImage *colored;
  VipsImage *tagged;

  check_vips (vips_gaussnoise (&noise, WINDOW_INPUT_WIDTH, WINDOW_INPUT_HEIGHT, "mean", 50.0, "sigma", 20.0, NULL));
  check_vips (vips_linear (noise, &colored, multiply, add, 3, "uchar", TRUE, NULL));
  check_vips (vips_copy (colored, &tagged, "interpretation", VIPS_INTERPRETATION_sRGB, NULL));
  check_vips (vips_jpegsave (tagged, path, "Q", 85, NULL));
  g_object_unref (tagged);
  g_object_unref (colored);
  g_object_unref (noise);
}

static GPtrArray *
copy_pictures (const char *folder,
               const char *name,
               const char *picture,
               int n_items)
{
  g_autoptr (GFile) source = g_file_new_for_path (picture);
  g_autoptr (GError) error = NULL;
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < n_items; i++) {
    g_autofree char *file = g_strdup_printf ("%s-%d.jpg", name, i + 1);
    char *path = g_build_filename (folder, file, NULL);
    g_autoptr (GFile) copy = g_file_new_for_path (path);

    g_file_copy (source, copy, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
    check (error);
    g_ptr_array_add (paths, path);
  }
  g_ptr_array_add (paths, NULL);
  return paths;
}

static void
add_boxes (EmendProject *project,
           int n_items,
           int n_boxes)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendImport) import = NULL;

  run->name = g_strdup ("model");
  import = emend_import_begin (project, run, &error);
  check (error);
  for (int i = 0; i < n_items * n_boxes; i++) {
    g_autoptr (EmendProposal) proposal = emend_proposal_new ();
    EmendRect box = { g_rand_double_range (rand, 0, WINDOW_INPUT_WIDTH - 120),
                      g_rand_double_range (rand, 0, WINDOW_INPUT_HEIGHT - 120),
                      g_rand_double_range (rand, 20, 120), g_rand_double_range (rand, 20, 120) };

    proposal->item = i / n_boxes + 1;
    proposal->label = 1 + i % 2;
    proposal->score = g_rand_double (rand);
    emend_shape_init_box (&proposal->shape, &box);
    emend_import_add (import, proposal, &error);
    check (error);
  }
  emend_import_finish (import, &error);
  check (error);
}

static EmendProject *
create_project (const char *folder,
                const char *name,
                const char *path,
                EmendSchema *schema,
                const char *picture,
                int n_items)
{
  g_autoptr (GPtrArray) pictures = copy_pictures (folder, name, picture, n_items);
  g_autoptr (EmendScanResult) added = NULL;
  g_autoptr (GError) error = NULL;
  EmendProject *project = emend_project_create (path, name, schema, "Ada", &error);

  check (error);
  added = emend_scan_add (project, (const char *const *) pictures->pdata, NULL, NULL, NULL, &error);
  check (error);
  if (added->n_added != n_items)
    g_error ("only %" G_GINT64_FORMAT " of %d pictures were added", added->n_added, n_items);
  return project;
}

char *
window_input_make_project (const char *folder,
                           const char *name,
                           const char *picture,
                           int n_items,
                           int n_boxes)
{
  g_autofree char *file = g_strconcat (name, ".emend", NULL);
  char *path = g_build_filename (folder, file, NULL);
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (EmendProject) project = NULL;

  emend_schema_add_label (schema, "cell", 0xe69f00, 0);
  emend_schema_add_label (schema, "nucleus", 0x56b4e9, 0);
  project = create_project (folder, name, path, schema, picture, n_items);
  if (n_boxes > 0)
    add_boxes (project, n_items, n_boxes);
  return path;
}

/* Places in a grid of 20 columns. */
static EmendRect
word_box (int number)
{
  return (EmendRect){ 100 + number % 20 * 290, 100 + number / 20 * 90, 200, 50 };
}

static void
add_words (EmendProject *project,
           int n_words)
{
  g_autoptr (EmendWords) words = emend_words_new (WINDOW_INPUT_WIDTH, WINDOW_INPUT_HEIGHT, "tesseract 5.3", "eng");
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendItemContent) content = emend_project_load_content (project, 1, &error);

  check (error);
  for (int i = 0; i < n_words; i++) {
    g_autofree char *text = g_strdup_printf ("word%d", i);
    EmendRect box = word_box (i);

    emend_words_add (words, text, &box, i % 7 == 0 ? 0.6 : 0.97, (guint) i / 20);
  }
  emend_project_store_words (project, &content->item->sha256, 0, words, &error);
  check (error);
}

static void
add_values (EmendProject *project,
            int n_fields)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendImport) import = NULL;

  run->name = g_strdup ("model");
  import = emend_import_begin (project, run, &error);
  check (error);
  for (int i = 0; i < n_fields; i++) {
    g_autoptr (EmendProposal) proposal = emend_proposal_new ();
    g_autofree char *text = g_strdup_printf ("word%d", i * 20);
    EmendRect box = word_box (i * 20);

    proposal->item = 1;
    proposal->label = i + 1;
    proposal->score = 0.9;
    proposal->value = emend_value_new (text);
    emend_shape_init_box (&proposal->shape, &box);
    emend_import_add (import, proposal, &error);
    check (error);
  }
  emend_import_finish (import, &error);
  check (error);
}

char *
window_input_make_document (const char *folder,
                            const char *name,
                            const char *picture,
                            int n_words,
                            int n_fields)
{
  g_autofree char *file = g_strconcat (name, ".emend", NULL);
  char *path = g_build_filename (folder, file, NULL);
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (EmendProject) project = NULL;

  for (int i = 0; i < MAX (n_fields, 1); i++) {
    g_autofree char *field = g_strdup_printf ("field %d", i + 1);
    emend_schema_add_field (schema, emend_field_new (0, field, EMEND_FIELD_TEXT));
  }
  project = create_project (folder, name, path, schema, picture, 1);
  add_words (project, n_words);
  if (n_fields > 0)
    add_values (project, n_fields);
  return path;
}
