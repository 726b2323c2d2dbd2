#pragma once

#include "emend-hash.h"

G_BEGIN_DECLS

/* Numbers of the zip format (PKWARE APPNOTE 6.3.10; its sections are named where they are used). */
#define EMEND_ZIP_LOCAL 0x04034b50u
#define EMEND_ZIP_LOCAL_SIZE 30
#define EMEND_ZIP_CENTRAL 0x02014b50u
#define EMEND_ZIP_CENTRAL_SIZE 46
#define EMEND_ZIP_DESCRIPTOR 0x08074b50u
#define EMEND_ZIP_END 0x06054b50u
#define EMEND_ZIP_END_SIZE 22
#define EMEND_ZIP_END64 0x06064b50u
#define EMEND_ZIP_END64_SIZE 56
#define EMEND_ZIP_LOCATOR 0x07064b50u
#define EMEND_ZIP_LOCATOR_SIZE 20

#define EMEND_ZIP_STORED 0
#define EMEND_ZIP_DEFLATED 8

#define EMEND_ZIP_FLAG_DESCRIPTOR 0x0008
#define EMEND_ZIP_FLAG_UTF8 0x0800

#define EMEND_ZIP_EXTRA_64 0x0001
#define EMEND_ZIP_EXTRA_UNICODE_PATH 0x7075

/* A file above this ratio of sizes, and above this size, is a bomb: a writer of packs keeps below. */
#define EMEND_ZIP_RATIO_MAX 200
#define EMEND_ZIP_RATIO_FLOOR ((gsize) 1024 * 1024)

/**
 * EmendZipEntry:
 * @name: as it stands in the archive; no zero byte in it, else any bytes
 * @size: bytes of the file
 * @packed_size: bytes of it in the archive
 * @offset: of its local header
 * @data_offset: of its bytes
 * @crc: of the file
 * @flags: general purpose bits
 * @method: 0 stored, 8 deflated
 * @is_folder: no file
 * @is_canonical: all that is said about it is said exactly as Emend writes it
 * @packed_digest: SHA-256 of its bytes in the archive; nil where that is not known
 */
typedef struct {
  char *name;
  guint64 size;
  guint64 packed_size;
  guint64 offset;
  guint64 data_offset;
  guint32 crc;
  guint16 flags;
  guint16 method;
  gboolean is_folder;
  gboolean is_canonical;
  EmendDigest packed_digest;
} EmendZipEntry;

GByteArray *emend_zip_make_local_header (const EmendZipEntry *entry);
GByteArray *emend_zip_make_central_header (const EmendZipEntry *entry);
GByteArray *emend_zip_make_end (guint64 n_entries,
                                guint64 start,
                                guint64 end);

G_END_DECLS
