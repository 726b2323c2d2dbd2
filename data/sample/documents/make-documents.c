/* Makes the sample of documents: receipts and invoices, drawn with fixed seeds, so that every build draws the same; a
 * project with their schema, what a model proposes, and the truth. Usage: emend-make-documents SCHEMA FOLDER */
#include "config.h"

#include <locale.h>

#include <cairo-pdf.h>
#include <glib/gstdio.h>

#include "emend-image.h"
#include "emend-import.h"
#include "emend-pdf.h"
#include "emend-scan.h"
#include "sample-extractor.h"
#include "sample-paper.h"

/* Its values in the order of the documents. */
static SampleSheet *
draw (cairo_t *cr,
      const SampleDocument *document,
      double to_pixels,
      double *height)
{
  static double (*const layouts[]) (SampleSheet *, const SampleDocument *) = {
    [SAMPLE_LAYOUT_TILL] = sample_receipt_draw,
    [SAMPLE_LAYOUT_CAFE] = sample_receipt_draw,
    [SAMPLE_LAYOUT_LETTER] = sample_letter_draw,
    [SAMPLE_LAYOUT_BAND] = sample_band_draw,
    [SAMPLE_LAYOUT_FORM] = sample_form_draw,
  };
  SampleSheet *sheet = sample_sheet_new (cr, to_pixels, document->seed);

  *height = layouts[document->company->layout](sheet, document);
  return sheet;
}

/* How long the paper is on which the document has room. */
static double
measure (const SampleDocument *document)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);
  double height;

  sample_sheet_free (draw (cr, document, 1, &height));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return height;
}

static SampleSheet *
make_picture (const SampleDocument *document,
              const char *path,
              GError **error)
{
  gboolean roll = document->company->layout == SAMPLE_LAYOUT_TILL || document->company->layout == SAMPLE_LAYOUT_CAFE;
  g_autoptr (SamplePaper) paper = sample_paper_new (document, roll ? SAMPLE_ROLL_WIDTH : SAMPLE_A4_WIDTH,
                                                    measure (document));
  g_autoptr (SampleSheet) sheet = NULL;
  cairo_t *cr = cairo_create (paper->ink);
  double height;

  sample_paper_lay (paper);
  sample_paper_wear (paper);
  cairo_set_matrix (cr, &paper->matrix);
  sheet = draw (cr, document, 1, &height);
  sample_paper_mark (paper, sheet);
  cairo_destroy (cr);
  sheet->cr = NULL;
  return sample_paper_save (paper, path, error) ? g_steal_pointer (&sheet) : NULL;
}

/* A PDF as a program writes it. It says that it was made on the day of the newest document, for the same bytes. */
static SampleSheet *
make_pdf (const SampleDocument *document,
          const char *path,
          GError **error)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, SAMPLE_A4_WIDTH, SAMPLE_A4_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (SampleSheet) sheet = NULL;
  cairo_status_t status;
  double height;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "2024-12-31T12:00:00Z");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, document->number);
  sheet = draw (cr, document, EMEND_PDF_DPI / 72.0, &height);
  cairo_destroy (cr);
  sheet->cr = NULL;
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_steal_pointer (&sheet);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", path, cairo_status_to_string (status));
  return NULL;
}

static EmendProject *
create_project (const char *schema_path,
                const char *folder,
                const char *papers,
                GError **error)
{
  g_autofree char *path = g_build_filename (folder, "documents.emend", NULL);
  const char *media[] = { papers, NULL };
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (EmendSchema) schema = NULL;
  g_autoptr (EmendProject) project = NULL;
  g_autoptr (EmendScanResult) scan = NULL;

  if (!g_file_get_contents (schema_path, &text, &length, error))
    return NULL;
  schema = emend_schema_from_json (text, length, error);
  if (schema == NULL)
    return NULL;
  project = emend_project_create (path, "Receipts and invoices", schema, "Emend", error);
  if (project == NULL)
    return NULL;
  scan = emend_scan_add (project, media, NULL, NULL, NULL, error);
  return scan != NULL ? g_steal_pointer (&project) : NULL;
}

/* One run with what @records has for each document. */
static gboolean
import_run (EmendProject *project,
            EmendRunRole role,
            const char *name,
            GPtrArray *files,
            GPtrArray *records,
            GError **error)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;

  run->role = role;
  run->name = g_strdup (name);
  if (role == EMEND_RUN_PROPOSALS) {
    run->model = g_strdup ("sample-extractor");
    run->version = g_strdup ("2");
  }
  import = emend_import_begin (project, run, error);
  for (guint i = 0; import != NULL && i < files->len; i++) {
    g_autoptr (EmendItem) item = emend_project_find_item (project, g_ptr_array_index (files, i), error);
    GPtrArray *of_item = g_ptr_array_index (records, i);

    if (item == NULL || !emend_import_touch (import, item->id, error))
      return FALSE;
    for (guint j = 0; j < of_item->len; j++) {
      EmendProposal *record = g_ptr_array_index (of_item, j);

      record->item = item->id;
      record->value->source = g_strdup ("imported");
      emend_schema_normalise (emend_project_get_schema (project), record->label, record->value);
      if (!emend_import_add (import, record, error))
        return FALSE;
    }
  }
  return import != NULL && emend_import_finish (import, error);
}

/* Asks the project how large the pages are. */
static GPtrArray *
propose (EmendProject *project,
         const SampleDocument *document,
         const char *file,
         SampleSheet *sheet,
         GError **error)
{
  g_autoptr (EmendItem) item = emend_project_find_item (project, file, error);
  EmendPage page;

  if (item == NULL || !emend_project_get_page (project, item->id, 0, &page, error))
    return NULL;
  return sample_extractor_run (sheet, document, page.width, page.height);
}

static gboolean
make_project (const char *schema,
              const char *folder,
              const char *papers,
              GPtrArray *sheets,
              GError **error)
{
  g_autoptr (EmendProject) project = create_project (schema, folder, papers, error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) truth = g_ptr_array_new ();
  g_autoptr (GPtrArray) proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  if (project == NULL)
    return FALSE;
  for (guint i = 0; i < sheets->len; i++) {
    g_autoptr (SampleDocument) document = sample_document_new (i);
    SampleSheet *sheet = g_ptr_array_index (sheets, i);
    char *file = g_strconcat ("papers/", document->file, NULL);
    GPtrArray *proposed = propose (project, document, file, sheet, error);

    g_ptr_array_add (files, file);
    if (proposed == NULL)
      return FALSE;
    g_ptr_array_add (truth, sheet->values);
    g_ptr_array_add (proposals, proposed);
  }
  return import_run (project, EMEND_RUN_PROPOSALS, "Sample extractor", files, proposals, error) &&
         import_run (project, EMEND_RUN_REFERENCE, "Truth", files, truth, error);
}

static gboolean
make_documents (const char *schema,
                const char *folder,
                GError **error)
{
  g_autofree char *papers = g_build_filename (folder, "papers", NULL);
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) sample_sheet_free);

  if (g_mkdir_with_parents (papers, 0777) != 0) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: cannot be made", papers);
    return FALSE;
  }
  for (guint i = 0; i < sample_documents_get_n (); i++) {
    g_autoptr (SampleDocument) document = sample_document_new (i);
    g_autofree char *path = g_build_filename (papers, document->file, NULL);
    SampleSheet *sheet = document->medium == SAMPLE_MEDIUM_PDF ? make_pdf (document, path, error) :
                                                                 make_picture (document, path, error);

    if (sheet == NULL)
      return FALSE;
    g_ptr_array_add (sheets, sheet);
  }
  return make_project (schema, folder, papers, sheets, error);
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;

  if (argc != 3) {
    g_printerr ("usage: emend-make-documents SCHEMA FOLDER\n");
    return 2;
  }
  setlocale (LC_ALL, "");
  emend_media_init (0);
  if (!make_documents (argv[1], argv[2], &error)) {
    g_printerr ("emend-make-documents: %s: %s\n", argv[2], error != NULL ? error->message : "could not be made");
    return 1;
  }
  return 0;
}
