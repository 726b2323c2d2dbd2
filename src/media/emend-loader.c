#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-loader-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "emend-pdf-private.h"

/* Formats that are decoded from the top to the bottom: what one picture may cost. */
#define MAX_PIXELS_SEQUENTIAL ((gint64) 268435456)
/* JPEG XL is decoded in one piece, with 24 bytes for a pixel of 16 bits, measured with libjxl 0.7: 1.6 GB. */
#define MAX_PIXELS_WHOLE ((gint64) 67108864)
/* Tiled files are read by region, so that only what is shown costs something. */
#define MAX_PIXELS_TILED ((gint64) 4294967296)
/* A row of tiles is in memory at once; a row of a tiled file never is. */
#define MAX_SIDE_SEQUENTIAL 200000
#define MAX_SIDE_TILED 1000000
#define MAX_PAGES 2000
#define MAX_BANDS 64

/* The first line of a PDF may come after something else; Acrobat looks so far. */
#define HEAD_SIZE 1024

/* From here on, 75 dpi, a page of a PDF is drawn twice as large as it is wanted. */
#define PDF_COARSE_SHIFT 3

/* Levels of a pyramid are rounded by whoever wrote them. */
#define LEVEL_TOLERANCE 5

#define WARNINGS (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG)

typedef struct {
  const char *name;
  const char *vips_class;
  const char *extensions;
} Format;

/* Lives as long as the image that it kills. */
typedef struct {
  GCancellable *cancellable;
  gulong handler;
} Killer;

static const Format formats[] = {
  [EMEND_LOADER_JPEG] = { "JPEG", "VipsForeignLoadJpeg", "jpg jpeg jpe jfif" },
  [EMEND_LOADER_PNG] = { "PNG", "VipsForeignLoadPng", "png" },
  [EMEND_LOADER_TIFF] = { "TIFF", "VipsForeignLoadTiff", "tif tiff btf" },
  [EMEND_LOADER_GIF] = { "GIF", "VipsForeignLoadNsgif", "gif" },
  [EMEND_LOADER_WEBP] = { "WebP", "VipsForeignLoadWebp", "webp" },
  [EMEND_LOADER_HEIF] = { "HEIF", "VipsForeignLoadHeif", "heic heif avif" },
  [EMEND_LOADER_JXL] = { "JPEG XL", "VipsForeignLoadJxl", "jxl" },
  [EMEND_LOADER_PDF] = { "PDF", NULL, "pdf" },
};

/* What these libraries warn of is in a file, so it is no bug of ours, and a file's name is nobody's business. */
static void
log_cb (const char *domain,
        GLogLevelFlags level,
        const char *message,
        gpointer data)
{
  /* g_debug () here would be a message within a message, which GLib ends the program for. */
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_DEBUG, "MESSAGE", "%s: %s", domain, message);
}

/**
 * emend_loader_init:
 *
 * Starts libvips with all loaders blocked but those of the table. Of them, libvips 8.14 does not call that
 * of JPEG XL safe for files from strangers; libjxl is tested for that by its makers, and what it may cost is
 * bounded here. Any thread, once.
 */
void
emend_loader_init (void)
{
  if (VIPS_INIT ("emend") != 0)
    g_error ("libvips cannot be started: %s", vips_error_buffer ());
  g_log_set_handler ("VIPS", WARNINGS | G_LOG_FLAG_FATAL, log_cb, NULL);
  g_log_set_handler ("Poppler", WARNINGS | G_LOG_FLAG_FATAL, log_cb, NULL);
  vips_block_untrusted_set (TRUE);
  vips_operation_block_set ("VipsForeignLoad", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i].vips_class != NULL)
      vips_operation_block_set (formats[i].vips_class, FALSE);
  /* Everything is kept by the tile cache; a second copy here would only hold files open. */
  vips_cache_set_max (0);
  vips_concurrency_set (CLAMP ((int) g_get_num_processors (), 1, 4));
}

/**
 * emend_loader_set_error:
 * @error: (out) (optional): where the error goes
 * @path: the file that could not be decoded
 *
 * Takes what libvips has to say out of its buffer, which all threads share and which therefore may
 * speak of another file: it is only traced, and the message is ours. Any thread.
 */
void
emend_loader_set_error (GError **error,
                        const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  char *detail = vips_error_buffer_copy ();

  g_debug ("“%s”: %s", name, detail);
  g_free (detail);
  /* TRANSLATORS: %s is the name of a file. */
  g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_DAMAGED,
               _ ("The picture “%s” is damaged or incomplete and cannot be decoded."), name);
}

static void
set_unsupported (GError **error,
                 const char *path,
                 const char *kind)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (kind != NULL)
    /* TRANSLATORS: The first %s is the name of a file, the second that of a format (“BMP”). */
    g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_UNSUPPORTED,
                 _ ("The file “%s” is a %s picture, which is not opened here. "
                    "Convert it to PNG, TIFF or JPEG first."),
                 name, kind);
  else
    /* TRANSLATORS: %s is the name of a file. */
    g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_UNSUPPORTED,
                 _ ("The file “%s” is not a picture or document of a kind that can be opened here "
                    "(JPEG, PNG, TIFF, WebP, GIF, HEIC, AVIF, JPEG XL or PDF)."),
                 name);
}

static gboolean
is_heif_brand (const guint8 *brand)
{
  static const char brands[][5] = { "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "avif", "avis" };

  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    if (memcmp (brand, brands[i], 4) == 0)
      return TRUE;
  return FALSE;
}

static const char *
name_of_refused (const guint8 *head)
{
  if (memcmp (head, "BM", 2) == 0)
    return "BMP";
  if (memcmp (head, "\0\0\0\x0cjP  ", 8) == 0)
    return "JPEG 2000";
  if (memcmp (head, "#?RADIANCE", 10) == 0)
    return "Radiance";
  return NULL;
}

/* Loaders of some formats are modules of libvips, which a system may have left out. */
static gboolean
is_present (EmendLoader loader)
{
  return formats[loader].vips_class == NULL || g_type_from_name (formats[loader].vips_class) != 0;
}

/* By the first bytes alone: an extension is what somebody wished. */
static gboolean
sniff (const guint8 *head,
       gsize size,
       EmendLoader *loader)
{
  if (memcmp (head, "\xff\xd8\xff", 3) == 0)
    *loader = EMEND_LOADER_JPEG;
  else if (memcmp (head, "\x89PNG\r\n\x1a\n", 8) == 0)
    *loader = EMEND_LOADER_PNG;
  else if (memcmp (head, "II*\0", 4) == 0 || memcmp (head, "MM\0*", 4) == 0 ||
           memcmp (head, "II+\0", 4) == 0 || memcmp (head, "MM\0+", 4) == 0)
    *loader = EMEND_LOADER_TIFF;
  else if (memcmp (head, "GIF8", 4) == 0)
    *loader = EMEND_LOADER_GIF;
  else if (memcmp (head, "RIFF", 4) == 0 && memcmp (head + 8, "WEBP", 4) == 0)
    *loader = EMEND_LOADER_WEBP;
  else if (memcmp (head + 4, "ftyp", 4) == 0 && is_heif_brand (head + 8))
    *loader = EMEND_LOADER_HEIF;
  else if (memcmp (head, "\xff\x0a", 2) == 0 || memcmp (head, "\0\0\0\x0cJXL \r\n\x87\n", 12) == 0)
    *loader = EMEND_LOADER_JXL;
  else if (memmem (head, size, "%PDF-", 5) != NULL)
    *loader = EMEND_LOADER_PDF;
  else
    return FALSE;
  return TRUE;
}

/**
 * emend_loader_open_file:
 * @path: a file
 * @status: (out): of the file
 * @error: (out) (optional): %EMEND_MEDIA_ERROR_NOT_FOUND
 *
 * Not for the main thread.
 *
 * Returns: a file descriptor for reading, or -1
 */
int
emend_loader_open_file (const char *path,
                        struct stat *status,
                        GError **error)
{
  /* Not to wait for a writer where somebody put a pipe. */
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  int saved = errno;

  if (fd >= 0 && fstat (fd, status) == 0 && S_ISREG (status->st_mode))
    return fd;

  g_autofree char *name = g_filename_display_basename (path);
  /* TRANSLATORS: The first %s is the name of a file, the second says why, from the system. */
  g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_NOT_FOUND,
               _ ("The picture “%s” cannot be opened: %s."), name,
               fd < 0 ? g_strerror (saved) : _ ("it is not a file"));
  if (fd >= 0)
    close (fd);
  return -1;
}

static gboolean
find_loader (const char *path,
             EmendLoader *loader,
             GError **error)
{
  guint8 head[HEAD_SIZE] = { 0 };
  struct stat status;
  int fd = emend_loader_open_file (path, &status, error);

  if (fd < 0)
    return FALSE;

  gssize got = read (fd, head, sizeof head);
  close (fd);
  gboolean known = got > 0 && sniff (head, (gsize) got, loader);
  if (known && is_present (*loader))
    return TRUE;
  if (known)
    set_unsupported (error, path, formats[*loader].name);
  else
    set_unsupported (error, path, got > 0 ? name_of_refused (head) : NULL);
  return FALSE;
}

static VipsImage *
load_tiff (const char *path,
           const EmendStoredLevel *level,
           gboolean tiled)
{
  VipsImage *image = NULL;
  VipsAccess access = tiled ? VIPS_ACCESS_RANDOM : VIPS_ACCESS_SEQUENTIAL;

  if (vips_tiffload (path, &image, "access", access, "fail_on", VIPS_FAIL_ON_ERROR,
                     "page", level->page, "subifd", level->subifd, NULL) != 0)
    return NULL;
  return image;
}

static VipsImage *
load (EmendLoader loader,
      const char *path,
      int page,
      int shift)
{
  VipsImage *image = NULL;
  int failed = -1;

  switch (loader) {
  case EMEND_LOADER_JPEG:
    failed = vips_jpegload (path, &image, "access", VIPS_ACCESS_SEQUENTIAL,
                            "fail_on", VIPS_FAIL_ON_ERROR, "shrink", 1 << shift, NULL);
    break;
  case EMEND_LOADER_PNG:
    failed = vips_pngload (path, &image, "access", VIPS_ACCESS_SEQUENTIAL,
                           "fail_on", VIPS_FAIL_ON_ERROR, NULL);
    break;
  case EMEND_LOADER_TIFF: {
    EmendStoredLevel level = { .page = page, .subifd = -1 };
    return load_tiff (path, &level, FALSE);
  }
  case EMEND_LOADER_GIF:
    failed = vips_gifload (path, &image, "access", VIPS_ACCESS_SEQUENTIAL,
                           "fail_on", VIPS_FAIL_ON_ERROR, "page", page, NULL);
    break;
  case EMEND_LOADER_WEBP:
    failed = vips_webpload (path, &image, "access", VIPS_ACCESS_SEQUENTIAL,
                            "fail_on", VIPS_FAIL_ON_ERROR, "page", page,
                            "scale", 1.0 / (1 << shift), NULL);
    break;
  case EMEND_LOADER_HEIF:
    failed = vips_heifload (path, &image, "access", VIPS_ACCESS_SEQUENTIAL,
                            "fail_on", VIPS_FAIL_ON_ERROR, "page", page, NULL);
    break;
  case EMEND_LOADER_JXL:
    /* libvips 8.14 gives one page, which is the first frame of several. */
    if (page == 0)
      failed = vips_jxlload (path, &image, "access", VIPS_ACCESS_SEQUENTIAL,
                             "fail_on", VIPS_FAIL_ON_ERROR, NULL);
    break;
  case EMEND_LOADER_PDF:
    g_assert_not_reached ();
  }
  return failed == 0 ? image : NULL;
}

static int
meta_int (VipsImage *image,
          const char *name,
          int fallback)
{
  int value = fallback;

  if (vips_image_get_typeof (image, name) == 0 || vips_image_get_int (image, name, &value) != 0)
    return fallback;
  return value;
}

static gboolean
is_level (int full,
          int part,
          int shift)
{
  return ABS ((full >> shift) - part) <= LEVEL_TOLERANCE && part > 0;
}

static gboolean
add_level (EmendHeader *header,
           const char *path,
           int page,
           int subifd)
{
  EmendStoredLevel level = { .page = page, .subifd = subifd, .shift = header->n_levels };
  g_autoptr (VipsImage) image = load_tiff (path, &level, FALSE);

  if (image == NULL) {
    vips_error_clear ();
    return FALSE;
  }
  level.width = vips_image_get_width (image);
  level.height = vips_image_get_height (image);
  if (!is_level (header->width, level.width, level.shift) ||
      !is_level (header->height, level.height, level.shift))
    return FALSE;
  header->levels[header->n_levels++] = level;
  return TRUE;
}

/* Smaller copies are in the SubIFDs of a page, or are all the pages after the first. */
static void
find_levels (EmendHeader *header,
             const char *path,
             VipsImage *image)
{
  int subifds = MIN (meta_int (image, VIPS_META_N_SUBIFDS, 0), EMEND_MAX_LEVELS - 1);
  int pages = header->info.n_pages;

  for (int i = 0; i < subifds; i++)
    if (!add_level (header, path, header->page, i))
      break;
  if (subifds > 0 || header->page > 0 || pages < 2 || pages > EMEND_MAX_LEVELS)
    return;

  for (int i = 1; i < pages; i++)
    if (!add_level (header, path, i, -1))
      break;
  if (header->n_levels == pages)
    header->info.n_pages = 1;
  else
    header->n_levels = 1;
}

static gboolean
check_size (const EmendHeader *header,
            const char *path,
            GError **error)
{
  gint64 pixels = (gint64) header->width * header->height;
  gint64 limit = header->tiled ? MAX_PIXELS_TILED : MAX_PIXELS_SEQUENTIAL;
  int side = header->tiled ? MAX_SIDE_TILED : MAX_SIDE_SEQUENTIAL;
  g_autofree char *name = g_filename_display_basename (path);

  if (header->loader == EMEND_LOADER_JXL)
    limit = MAX_PIXELS_WHOLE;
  if (header->info.n_pages > MAX_PAGES) {
    /* TRANSLATORS: %s is the name of a file, the numbers count pages. */
    g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_TOO_LARGE,
                 _ ("The picture “%s” has %d pages; at most %d can be opened."), name,
                 header->info.n_pages, MAX_PAGES);
    return FALSE;
  }
  if (pixels <= limit && header->width <= side && header->height <= side &&
      header->info.n_bands <= MAX_BANDS)
    return TRUE;
  /* TRANSLATORS: %s is the name of a file; width, height, a number of megapixels, a length. */
  g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_TOO_LARGE,
               _ ("The picture “%s” has %d × %d pixels, which is more than is opened here (%d megapixels, %d pixels on "
                  "a side). Save it as a tiled TIFF or in parts."),
               name, header->width, header->height, (int) (limit / 1000000), side);
  return FALSE;
}

static void
fill_header (EmendHeader *header,
             const char *path,
             VipsImage *image)
{
  EmendImageInfo *info = &header->info;
  int bits = (int) vips_format_sizeof (vips_image_get_format (image)) * 8;

  header->format = vips_image_get_format (image);
  header->width = vips_image_get_width (image);
  header->height = vips_image_get_height (image);
  header->levels[0] = (EmendStoredLevel){ header->page, -1, 0, header->width, header->height };
  header->n_levels = 1;
  info->format = formats[header->loader].name;
  info->bits = meta_int (image, "bits-per-sample", bits);
  info->n_bands = vips_image_get_bands (image);
  info->has_profile = vips_image_get_typeof (image, VIPS_META_ICC_NAME) != 0;
  info->n_pages = MAX (meta_int (image, VIPS_META_N_PAGES, 1), 1);
  info->orientation = vips_image_get_orientation (image);
  /* libheif and libjxl have turned the pixels already. */
  if (header->loader == EMEND_LOADER_HEIF || header->loader == EMEND_LOADER_JXL)
    info->orientation = 1;
  if (info->orientation < 1 || info->orientation > 8)
    info->orientation = 1;
  info->width = info->orientation < 5 ? header->width : header->height;
  info->height = info->orientation < 5 ? header->height : header->width;
  if (header->loader == EMEND_LOADER_TIFF) {
    header->tiled = (vips_foreign_flags ("tiffload", path) & VIPS_FOREIGN_PARTIAL) != 0;
    find_levels (header, path, image);
  }
}

/**
 * emend_header_read:
 * @header: (out): what was found
 * @path: an image file
 * @page: from 0
 * @cancellable: (nullable): to stop
 * @error: (out) (optional): an #EmendMediaError
 *
 * Reads what the file says of itself and refuses what would cost too much. Decodes no pixel. Not for
 * the main thread.
 *
 * Returns: whether the page can be decoded
 */
gboolean
emend_header_read (EmendHeader *header,
                   const char *path,
                   int page,
                   GCancellable *cancellable,
                   GError **error)
{
  *header = (EmendHeader){ .page = page };
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!find_loader (path, &header->loader, error))
    return FALSE;
  if (header->loader == EMEND_LOADER_PDF)
    return emend_pdf_read_header (header, path, error);

  g_autoptr (VipsImage) image = page >= 0 ? load (header->loader, path, page, 0) : NULL;
  if (image == NULL) {
    emend_loader_set_error (error, path);
    return FALSE;
  }
  fill_header (header, path, image);
  return check_size (header, path, error);
}

static void
kill_cb (GCancellable *cancellable,
         VipsImage *image)
{
  vips_image_set_kill (image, TRUE);
}

static void
killer_free (gpointer data)
{
  Killer *killer = data;

  g_cancellable_disconnect (killer->cancellable, killer->handler);
  g_object_unref (killer->cancellable);
  g_free (killer);
}

/* What is made of the image fails as soon as it asks for more pixels. */
static void
kill_when_cancelled (VipsImage *image,
                     GCancellable *cancellable)
{
  Killer *killer = g_new0 (Killer, 1);

  killer->cancellable = g_object_ref (cancellable);
  killer->handler = g_cancellable_connect (cancellable, G_CALLBACK (kill_cb), image, NULL);
  g_object_set_data_full (G_OBJECT (image), "emend-killer", killer, killer_free);
}

/**
 * emend_header_open:
 * @header: of the page
 * @path: the file it was read from
 * @max_shift: how far the picture may be shrunk while loading: by 2 to the power of this
 * @shift: (out): how far it was shrunk
 * @cancellable: (nullable): stops what decodes the image, in the middle
 * @error: (out) (optional): an #EmendMediaError
 *
 * Opens the smallest form of the page that still has the pixels asked for. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the image, as stored
 */
VipsImage *
emend_header_open (const EmendHeader *header,
                   const char *path,
                   int max_shift,
                   int *shift,
                   GCancellable *cancellable,
                   GError **error)
{
  VipsImage *image = NULL;

  *shift = 0;
  if (header->loader == EMEND_LOADER_PDF) {
    *shift = CLAMP (max_shift, 0, header->n_levels - 1);
    /* cairo 1.16 puts letters at whole pixels, which shows in the spacing of small ones until they are halved. */
    if (*shift >= PDF_COARSE_SHIFT)
      (*shift)--;
    image = emend_pdf_open_level (header, path, *shift, cancellable, error);
    if (image == NULL)
      return NULL;
  } else if (header->loader == EMEND_LOADER_TIFF) {
    const EmendStoredLevel *level = &header->levels[CLAMP (max_shift, 0, header->n_levels - 1)];
    *shift = level->shift;
    image = load_tiff (path, level, header->tiled);
  } else {
    if (header->loader == EMEND_LOADER_JPEG || header->loader == EMEND_LOADER_WEBP)
      *shift = CLAMP (max_shift, 0, 3);
    /* These loaders round down, and libvips ends the program for a picture without pixels. */
    while (*shift > 0 && MIN (header->width, header->height) >> *shift == 0)
      (*shift)--;
    image = load (header->loader, path, header->page, *shift);
  }
  if (image == NULL)
    emend_loader_set_error (error, path);
  else if (cancellable != NULL)
    kill_when_cancelled (image, cancellable);
  return image;
}

/**
 * emend_header_name_is_supported:
 * @name: a file name or path
 *
 * Any thread.
 *
 * Returns: whether the extension is one of a format that is opened, in any case
 */
gboolean
emend_header_name_is_supported (const char *name)
{
  const char *dot = strrchr (name, '.');

  if (dot == NULL || dot[1] == '\0' || strchr (dot, G_DIR_SEPARATOR) != NULL)
    return FALSE;
  /* A kind whose loader a system left out is taken up too: then its file says why it cannot be shown. */
  for (EmendLoader i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_auto (GStrv) extensions = g_strsplit (formats[i].extensions, " ", -1);
    for (char **one = extensions; *one != NULL; one++)
      if (g_ascii_strcasecmp (dot + 1, *one) == 0)
        return TRUE;
  }
  return FALSE;
}
