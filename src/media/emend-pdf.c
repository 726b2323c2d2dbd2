#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-pdf-private.h"

#include <math.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "emend-pdf.h"

#define MAX_PAGES 2000
#define MAX_INCHES 200
/* Documents that stay open when nobody uses them. */
#define MAX_IDLE 4
/* Where a page that cannot be read borrows its size. */
#define MAX_LENDERS 16
/* What is rounded up is not made larger by the last bits of a double. */
#define ROUNDING 1e-4

struct _EmendPdf {
  PopplerDocument *document;
  EmendPdfIdentity identity;
};

/* Only held to move documents in and out. */
static GMutex lock;
static GQueue idle = G_QUEUE_INIT; /* used last first */

static void
pdf_free (EmendPdf *pdf)
{
  g_object_unref (pdf->document);
  g_free (pdf);
}

static void
identity_init (EmendPdfIdentity *identity,
               const struct stat *status)
{
  *identity = (EmendPdfIdentity){ status->st_dev, status->st_ino, status->st_size, status->st_mtim.tv_sec,
                                  status->st_mtim.tv_nsec };
}

/**
 * emend_pdf_identify:
 * @path: a file
 * @identity: (out): what its content is known by
 *
 * Not for the main thread.
 *
 * Returns: whether there is such a file
 */
gboolean
emend_pdf_identify (const char *path,
                    EmendPdfIdentity *identity)
{
  struct stat status;

  if (stat (path, &status) != 0)
    return FALSE;
  identity_init (identity, &status);
  return TRUE;
}

/**
 * emend_pdf_same_identity:
 * @a: of a file
 * @b: of a file
 *
 * Any thread.
 *
 * Returns: whether both are the same file with the same content
 */
gboolean
emend_pdf_same_identity (const EmendPdfIdentity *a,
                         const EmendPdfIdentity *b)
{
  return a->device == b->device && a->inode == b->inode && a->size == b->size && a->seconds == b->seconds &&
         a->nanoseconds == b->nanoseconds;
}

/**
 * emend_pdf_get_identity:
 * @pdf: a document
 *
 * Any thread.
 *
 * Returns: what the content is known by that it was opened with
 */
const EmendPdfIdentity *
emend_pdf_get_identity (EmendPdf *pdf)
{
  return &pdf->identity;
}

static EmendPdf *
take_idle (const EmendPdfIdentity *identity)
{
  EmendPdf *found = NULL;

  g_mutex_lock (&lock);
  for (GList *l = idle.head; l != NULL && found == NULL; l = l->next) {
    EmendPdf *pdf = l->data;
    if (!emend_pdf_same_identity (&pdf->identity, identity))
      continue;
    found = pdf;
    g_queue_delete_link (&idle, l);
    break;
  }
  g_mutex_unlock (&lock);
  return found;
}

static void
set_open_error (GError **error,
                const char *path,
                const GError *reason)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_debug ("“%s”: %s", name, reason->message);
  if (g_error_matches (reason, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    /* TRANSLATORS: %s is the name of a file. */
    g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_LOCKED,
                 _ ("The document “%s” is locked with a password. Save a copy without a password and use that."), name);
  else
    /* TRANSLATORS: %s is the name of a file. */
    g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_DAMAGED,
                 _ ("The document “%s” is damaged or incomplete and cannot be opened. Get it again from where it came "
                    "from."),
                 name);
}

static gboolean
check_n_pages (EmendPdf *pdf,
               const char *path,
               GError **error)
{
  int n_pages = poppler_document_get_n_pages (pdf->document);
  g_autofree char *name = g_filename_display_basename (path);

  if (n_pages < 1) {
    /* TRANSLATORS: %s is the name of a file. */
    g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_DAMAGED,
                 _ ("The document “%s” has no pages. Get it again from where it came from."), name);
    return FALSE;
  }
  if (n_pages <= MAX_PAGES)
    return TRUE;
  /* TRANSLATORS: %s is the name of a file, the numbers count pages. */
  g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_TOO_LARGE,
               _ ("The document “%s” has %d pages; at most %d can be opened. Split it into several files."), name,
               n_pages, MAX_PAGES);
  return FALSE;
}

/**
 * emend_pdf_open:
 * @path: a PDF
 * @error: (out) (optional): an #EmendMediaError
 *
 * Reads through a file descriptor of its own: what is put in the place of the file is another document, and
 * what is cut off of it an error. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the document, with 1 to 2,000 pages; for the caller's thread alone
 */
EmendPdf *
emend_pdf_open (const char *path,
                GError **error)
{
  struct stat status;
  EmendPdfIdentity identity;
  g_autoptr (GError) local = NULL;
  int fd = emend_loader_open_file (path, &status, error);

  if (fd < 0)
    return NULL;
  identity_init (&identity, &status);
  EmendPdf *pdf = take_idle (&identity);
  if (pdf != NULL) {
    close (fd);
    return pdf;
  }

  /* Takes the descriptor, whether it succeeds or not. */
  PopplerDocument *document = poppler_document_new_from_fd (fd, NULL, &local);
  if (document == NULL) {
    set_open_error (error, path, local);
    return NULL;
  }
  pdf = g_new0 (EmendPdf, 1);
  pdf->document = document;
  pdf->identity = identity;
  if (check_n_pages (pdf, path, error))
    return pdf;
  pdf_free (pdf);
  return NULL;
}

/**
 * emend_pdf_close:
 * @pdf: (transfer full): a document
 *
 * Keeps it for who opens the same file next, in place of the one that was used longest ago. Any thread.
 */
void
emend_pdf_close (EmendPdf *pdf)
{
  EmendPdf *oldest = NULL;

  g_mutex_lock (&lock);
  g_queue_push_head (&idle, pdf);
  if (g_queue_get_length (&idle) > MAX_IDLE)
    oldest = g_queue_pop_tail (&idle);
  g_mutex_unlock (&lock);
  if (oldest != NULL)
    pdf_free (oldest);
}

static gboolean
to_pixels (double points,
           int *pixels)
{
  double exact = ceil (points * EMEND_PDF_DPI / 72 - ROUNDING);

  *pixels = isfinite (points) ? (int) CLAMP (exact, 0, G_MAXINT / 2) : 0;
  return *pixels > 0 && *pixels <= MAX_INCHES * EMEND_PDF_DPI;
}

static void
set_size_error (GError **error,
                const char *name,
                int page,
                double width,
                double height)
{
  if (width > 0 && height > 0)
    /* TRANSLATORS: A page number, the name of a file, a number of inches. */
    g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_TOO_LARGE,
                 _ ("Page %d of the document “%s” has sides of more than %d inches and is not shown. Save it with a "
                    "smaller page size."),
                 page + 1, name, MAX_INCHES);
  else
    /* TRANSLATORS: A page number, the name of a file. */
    g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_DAMAGED,
                 _ ("Page %d of the document “%s” has no size and cannot be shown. Save it again with the program that "
                    "it was made with."),
                 page + 1, name);
}

/**
 * emend_pdf_get_page:
 * @pdf: a document
 * @path: the file, for messages
 * @page: from 0
 * @width: (out): of the upright page, in pixels of %EMEND_PDF_DPI, rounded up
 * @height: (out): of the upright page
 * @error: (out) (optional): an #EmendMediaError
 *
 * The thread that has @pdf.
 *
 * Returns: (transfer full) (nullable): the page, to be freed before @pdf is closed
 */
PopplerPage *
emend_pdf_get_page (EmendPdf *pdf,
                    const char *path,
                    int page,
                    int *width,
                    int *height,
                    GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (PopplerPage) found = NULL;
  double points_width;
  double points_height;

  if (page < 0 || page >= poppler_document_get_n_pages (pdf->document)) {
    /* TRANSLATORS: The name of a file, a page number. */
    g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_DAMAGED,
                 _ ("The document “%s” has no page %d. Add it again if it was changed."), name, page + 1);
    return NULL;
  }
  found = poppler_document_get_page (pdf->document, page);
  if (found == NULL) {
    /* TRANSLATORS: A page number, the name of a file. */
    g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_DAMAGED,
                 _ ("Page %d of the document “%s” is damaged and cannot be shown. Get it again from where it came "
                    "from."),
                 page + 1, name);
    return NULL;
  }
  poppler_page_get_size (found, &points_width, &points_height);
  gboolean wide = to_pixels (points_width, width);
  gboolean high = to_pixels (points_height, height);
  if (wide && high)
    return g_steal_pointer (&found);
  set_size_error (error, name, page, points_width, points_height);
  return NULL;
}

/**
 * emend_pdf_read_header:
 * @header: its @loader and @page are set; gets the rest
 * @path: a PDF
 * @error: (out) (optional): an #EmendMediaError
 *
 * A page that cannot be shown has the size of one that can, where there is such a page among the first: the pages round
 * it stay in their places, and it says why when it is to be shown. Not for the main thread.
 *
 * Returns: whether the document has such a page
 */
gboolean
emend_pdf_read_header (EmendHeader *header,
                       const char *path,
                       GError **error)
{
  g_autoptr (EmendPdf) pdf = emend_pdf_open (path, error);
  g_autoptr (GError) local = NULL;

  if (pdf == NULL)
    return FALSE;

  int n_pages = poppler_document_get_n_pages (pdf->document);
  g_autoptr (PopplerPage) page = emend_pdf_get_page (pdf, path, header->page, &header->width, &header->height, &local);
  for (int i = 0; page == NULL && header->page >= 0 && header->page < n_pages && i < MIN (n_pages, MAX_LENDERS); i++)
    page = emend_pdf_get_page (pdf, path, i, &header->width, &header->height, NULL);
  if (page == NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  g_clear_object (&page);

  header->tiled = TRUE;
  header->format = VIPS_FORMAT_UCHAR;
  header->n_levels = emend_tiles_max_level (header) + 1;
  for (int i = 0; i < header->n_levels; i++)
    header->levels[i] = (EmendStoredLevel){ header->page, -1, i, emend_tiles_width (header, i),
                                            emend_tiles_height (header, i) };
  header->info = (EmendImageInfo){ "PDF", header->width, header->height, 1, n_pages, 8, 3, FALSE };
  return TRUE;
}
