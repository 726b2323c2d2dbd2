#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include <inttypes.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "emend-pack-check.h"
#include "emend-pack-name.h"
#include "emend-pack-plan.h"
#include "emend-pack-proof.h"
#include "emend-part-file.h"
#include "emend-zip-writer.h"

/* A multiple of 64 KiB for the zip writer, and small enough to stay in the processor's cache from the reading to the
 * writing. */
#define BLOCK_SIZE ((gsize) 128 * 1024)

typedef struct {
  EmendZipWriter *zip;
  EmendPackProver *prover;
  char *top;
  GString *manifest;
  GString *tag_manifest;
  guint8 *block;
  EmendWork *work;
} Packing;

/* Endings of files that deflate would not make smaller. */
static gboolean
is_compressed (const char *path)
{
  static const char *const endings[] = {
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".avif", ".heic", ".heif",
    ".jp2", ".j2k", ".jpx", ".jxl", ".jls",
    ".svs", ".ndpi", ".scn", ".mrxs", ".pdf", ".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar",
    ".mp4", ".mkv", ".webm"
  };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

/* The next block, full unless the file ends in it; -1 with errno. */
static gssize
read_block (int fd,
            guint8 *buffer)
{
  gsize filled = 0;

  while (filled < BLOCK_SIZE) {
    ssize_t got = read (fd, buffer + filled, BLOCK_SIZE - filled);

    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return -1;
    if (got == 0)
      break;
    filled += (gsize) got;
  }
  return (gssize) filled;
}

static gboolean
fail_changed (const EmendPackFile *file,
              GError **error)
{
  g_autofree char *name = g_filename_display_name (file->source);

  g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_MEDIA,
               _ ("The file “%s” was changed after it was added to the project, so no pack was written. Put the "
                  "original back, or leave its item out."),
               name);
  return FALSE;
}

/* Copies a file that is just open, at its start; also to @hasher, where there is one. */
static gboolean
copy_bytes (const Packing *packing,
            const EmendPackFile *file,
            int fd,
            EmendHasher *hasher,
            GError **error)
{
  guint64 count = 0;

  for (;;) {
    gssize size = read_block (fd, packing->block);
    gboolean is_end = size < (gssize) BLOCK_SIZE;

    if (size < 0) {
      emend_handoff_set_read_error (error, file->source, errno);
      return FALSE;
    }
    count += (guint64) size;
    if (count > file->size || (is_end && count != file->size))
      return fail_changed (file, error);
    if (hasher != NULL)
      emend_hasher_update (hasher, packing->block, (gsize) size);
    if (!emend_zip_writer_add (packing->zip, packing->block, (gsize) size, error) ||
        !emend_work_advance (packing->work, (guint64) size + emend_pack_prover_take_progress (packing->prover), error))
      return FALSE;
    if (is_end)
      return TRUE;
  }
}

/* Copies a file, and finds out what it is. What a stored file must be is not computed here but proven when it is read
 * back; in a deflated one it can only be seen now. */
static gboolean
copy_file (const Packing *packing,
           const EmendPackFile *file,
           int fd,
           EmendDigest *digest,
           GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s/%s", packing->top, file->path);
  gboolean deflate = !is_compressed (file->path);
  gboolean is_known = !emend_digest_is_nil (&file->expected);
  g_autoptr (EmendHasher) hasher = deflate || !is_known ? emend_hasher_new (EMEND_HASH_SHA256) : NULL;
  guint8 bytes[EMEND_HASH_MAX_SIZE];

  *digest = file->expected;
  if (!emend_zip_writer_begin (packing->zip, name, file->size, deflate, error) ||
      !copy_bytes (packing, file, fd, hasher, error) || !emend_zip_writer_end (packing->zip, error))
    return FALSE;
  if (hasher == NULL)
    return TRUE;
  emend_hasher_finish (hasher, bytes);
  memcpy (digest->bytes, bytes, sizeof digest->bytes);
  return is_known && memcmp (digest, &file->expected, sizeof *digest) != 0 ? fail_changed (file, error) : TRUE;
}

static gboolean
pack_file (const Packing *packing,
           const EmendPackFile *file,
           GError **error)
{
  int fd = open (file->source, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  g_autofree char *hex = NULL;
  EmendDigest digest;
  gboolean is_copied;

  if (fd < 0) {
    emend_handoff_set_read_error (error, file->source, errno);
    return FALSE;
  }
  is_copied = copy_file (packing, file, fd, &digest, error);
  close (fd);
  if (!is_copied)
    return FALSE;
  hex = emend_digest_to_hex (&digest);
  emend_bag_write_manifest_line (packing->manifest, hex, file->path);
  emend_zip_writer_set_digest (packing->zip, &digest);
  emend_pack_prover_allow (packing->prover, emend_zip_writer_get_entries (packing->zip),
                           emend_zip_writer_get_written (packing->zip));
  return TRUE;
}

/* Packs the payload; not to its end where the reading back found something. */
static gboolean
pack_files (const Packing *packing,
            const EmendPackPlan *plan,
            GError **error)
{
  for (guint i = 0; i < plan->files->len && !emend_pack_prover_has_failed (packing->prover); i++)
    if (!pack_file (packing, plan->files->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* Adds one of the bag's own text files, and its line to the tag manifest. */
static gboolean
pack_text (const Packing *packing,
           const char *path,
           const GString *text,
           GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s/%s", packing->top, path);
  g_autofree char *hex = NULL;
  EmendDigest digest;

  emend_digest_of (text->str, text->len, &digest);
  hex = emend_digest_to_hex (&digest);
  emend_bag_write_manifest_line (packing->tag_manifest, hex, path);
  if (!emend_zip_writer_begin (packing->zip, name, text->len, FALSE, error) ||
      !emend_zip_writer_add (packing->zip, text->str, text->len, error) || !emend_zip_writer_end (packing->zip, error))
    return FALSE;
  emend_zip_writer_set_digest (packing->zip, &digest);
  return TRUE;
}

/* No time of the packing in it: the same state is the same pack. */
static GString *
make_info (const Packing *packing,
           const EmendPackPlan *plan,
           EmendPackKind kind)
{
  GString *text = g_string_new (NULL);
  g_autofree char *oxum = g_strdup_printf ("%" PRIu64 ".%u", plan->n_bytes, plan->files->len);
  g_autofree char *deflated = emend_zip_writer_finish_deflated (packing->zip);
  char uuid[EMEND_UUID_TEXT_LENGTH + 1];

  emend_pack_derive_uuid (packing->manifest->str, packing->manifest->len, uuid);
  emend_bag_write_info_line (text, "Bag-Software-Agent", "Emend " EMEND_VERSION);
  emend_bag_write_info_line (text, "External-Description", plan->project_name);
  emend_bag_write_info_line (text, "External-Identifier", uuid);
  emend_bag_write_info_line (text, "Payload-Oxum", oxum);
  emend_bag_write_info_line (text, "Emend-Deflated-SHA256", deflated);
  emend_bag_write_info_line (text, "Emend-Pack-Format", G_STRINGIFY (EMEND_PACK_FORMAT));
  emend_bag_write_info_line (text, "Emend-Pack-Kind", emend_pack_kind_to_name (kind));
  return text;
}

static gboolean
pack_texts (const Packing *packing,
            const EmendPackPlan *plan,
            EmendPackKind kind,
            GError **error)
{
  g_autoptr (GString) info = make_info (packing, plan, kind);
  g_autoptr (GString) declaration = g_string_new (NULL);

  emend_bag_write_declaration (declaration);
  if (!pack_text (packing, EMEND_BAG_INFO, info, error) ||
      !pack_text (packing, EMEND_BAG_DECLARATION, declaration, error) ||
      !pack_text (packing, "manifest-sha256.txt", packing->manifest, error))
    return FALSE;
  g_autoptr (GString) lines = g_string_new_len (packing->tag_manifest->str, (gssize) packing->tag_manifest->len);

  return pack_text (packing, "tagmanifest-sha256.txt", lines, error) && emend_zip_writer_finish (packing->zip, error);
}

/* Writes everything; not to its end where the reading back found something. */
static gboolean
pack_all (const EmendPackPlan *plan,
          EmendPackKind kind,
          EmendZipWriter *zip,
          EmendPackProver *prover,
          EmendWork *work,
          GError **error)
{
  g_autofree char *top = emend_pack_name_make_safe (plan->project_name);
  g_autoptr (GString) manifest = g_string_new (NULL);
  g_autoptr (GString) tag_manifest = g_string_new (NULL);
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  const Packing packing = { zip, prover, top, manifest, tag_manifest, block, work };

  return pack_files (&packing, plan, error) &&
         (emend_pack_prover_has_failed (prover) || pack_texts (&packing, plan, kind, error));
}

/* A file whose bytes in the pack are not those that were meant: was it another when it was copied? */
static gboolean
check_source (const EmendPackFile *file,
              GCancellable *cancellable,
              GError **error)
{
  EmendDigest digest;

  if (emend_digest_is_nil (&file->expected) ||
      (emend_digest_of_file (file->source, &digest, NULL, cancellable, NULL) &&
       memcmp (&digest, &file->expected, sizeof digest) == 0))
    return TRUE;
  return fail_changed (file, error);
}

/* Waits for the proof that the disk has the bytes that were meant. Returns the SHA-256 of the archive. */
static char *
finish_proof (const EmendPackPlan *plan,
              EmendZipWriter *zip,
              EmendPackProver *prover,
              EmendWork *work,
              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  char *sha256 = emend_pack_prover_finish (prover, emend_zip_writer_get_entries (zip),
                                           emend_zip_writer_get_written (zip), work, &local_error);
  guint index;

  if (sha256 == NULL && emend_pack_prover_get_damaged (prover, &index) && index < plan->files->len &&
      !check_source (plan->files->pdata[index], work->cancellable, error))
    return NULL;
  if (sha256 == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return sha256;
}

/* Says an error of the base library in the words of this one. */
static void
propagate_part_error (GError **error,
                      GError *part_error)
{
  g_autoptr (GError) owned = part_error;
  gboolean exists = g_error_matches (owned, EMEND_BASE_ERROR, EMEND_BASE_ERROR_EXISTS);

  g_set_error_literal (error, EMEND_HANDOFF_ERROR, exists ? EMEND_HANDOFF_ERROR_EXISTS : EMEND_HANDOFF_ERROR_DISK,
                       owned->message);
}

/* The digests of stored files, by name. */
static GHashTable *
collect_digests (GPtrArray *entries)
{
  GHashTable *digests = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < entries->len; i++) {
    EmendZipEntry *entry = entries->pdata[i];

    if (entry->method == EMEND_ZIP_STORED)
      g_hash_table_insert (digests, entry->name, &entry->packed_digest);
  }
  return digests;
}

/* Checks that the archive, whose bytes are proven, is a sound pack. */
static EmendPackFacts *
check_pack (const char *part_path,
            const char *path,
            EmendZipWriter *zip,
            const char *sha256,
            EmendWork *work,
            GError **error)
{
  g_autoptr (GHashTable) digests = collect_digests (emend_zip_writer_get_entries (zip));
  const EmendPackProof proof = { sha256, digests };
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (EmendPackCheck) check = emend_pack_check_run (part_path, &proof, work, error);

  if (check == NULL)
    return NULL;
  if (check->facts->problems->len > 0) {
    g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_DISK,
                 /* TRANSLATORS: a file name, then a sentence that says why. */
                 _ ("The pack “%s” was not sound when it was read back, so it was removed again. %s"), name,
                 (const char *) check->facts->problems->pdata[0]);
    return NULL;
  }
  g_free (check->facts->path);
  check->facts->path = g_strdup (path);
  return g_steal_pointer (&check->facts);
}

static gboolean
is_free (const char *path,
         GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  struct stat status;

  if (lstat (path, &status) != 0)
    return TRUE;
  g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_EXISTS,
               _ ("There is already something called “%s”. It was not touched; choose another name."), name);
  return FALSE;
}

/* Whether another program that lives is writing this very pack. One that died left nothing that is held. */
static gboolean
is_busy (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *part_name = g_strdup_printf (".%s.part", name);
  g_autofree char *part_path = g_build_filename (folder, part_name, NULL);
  int fd = open (part_path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW);
  gboolean is_held = fd >= 0 && emend_handoff_lock (fd, AT_FDCWD, part_path) == EWOULDBLOCK;

  if (fd >= 0)
    close (fd);
  return is_held;
}

/* Holds `.NAME.part`; FALSE when another program has made one of its own there. Where nothing can be locked, nobody
 * does. */
static gboolean
is_still_ours (EmendPartFile *part,
               const char *path,
               GError **error)
{
  int code = emend_handoff_lock (emend_part_file_get_fd (part), AT_FDCWD, emend_part_file_get_part_path (part));

  if (code != EWOULDBLOCK && code != ENOENT)
    return TRUE;
  emend_handoff_set_busy_error (error, path);
  return FALSE;
}

/* Makes `.NAME.part`, and holds it; one that a program left which died is replaced. */
static EmendPartFile *
make_part (const char *path,
           GError **error)
{
  g_autoptr (EmendPartFile) part = NULL;
  g_autoptr (GError) part_error = NULL;

  if (is_busy (path)) {
    emend_handoff_set_busy_error (error, path);
    return NULL;
  }
  part = emend_part_file_new (path, &part_error);
  if (part == NULL) {
    propagate_part_error (error, g_steal_pointer (&part_error));
    return NULL;
  }
  return is_still_ours (part, path, error) ? g_steal_pointer (&part) : NULL;
}

/**
 * emend_pack_write:
 * @project: a project; it is only read
 * @path: where the pack shall be; nothing may be there
 * @options: what it shall hold
 * @cancellable: (nullable): stops the work
 * @progress: (nullable): told how many bytes were written and read back
 * @progress_data: for @progress
 * @error: EMEND_HANDOFF_ERROR, EMEND_STORE_ERROR, or G_IO_ERROR_CANCELLED
 *
 * Packs a snapshot of a project, the media of its items, and its decisions as text: docs/packs.md says
 * how. Each media file is read once; one that is not there, or not the one that was added, stops the
 * packing. The same state of the project gives the same bytes. The archive is written beside @path, and synced and
 * read back from the disk while it grows: each byte is proven to be what was meant, by an EmendPackProver. Then it is
 * verified as emend_pack_verify() does, but for what is proven, and gets its name; after an error or when it
 * was cancelled nothing stays behind. The packing is not recorded in the journal of @project: that is for the
 * caller, afterwards. Any thread but the main one.
 *
 * Returns: (transfer full) (nullable): what was packed
 */
EmendPackFacts *
emend_pack_write (EmendProject *project,
                  const char *path,
                  const EmendPackOptions *options,
                  GCancellable *cancellable,
                  EmendProgressFunc progress,
                  gpointer progress_data,
                  GError **error)
{
  EmendWork work = { cancellable, progress, progress_data, 0, 0, 1 };
  g_autoptr (GError) part_error = NULL;
  g_autoptr (EmendPackPlan) plan = NULL;
  g_autoptr (EmendPartFile) part = NULL;
  g_autoptr (EmendZipWriter) zip = NULL;
  g_autoptr (EmendPackProver) prover = NULL;
  g_autoptr (EmendPackFacts) facts = NULL;
  g_autofree char *sha256 = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !is_free (path, error))
    return NULL;
  plan = emend_pack_plan_new (project, options, cancellable, error);
  if (plan == NULL)
    return NULL;
  work.total = plan->n_bytes * 2;
  part = make_part (path, error);
  if (part == NULL)
    return NULL;
  zip = emend_zip_writer_new (emend_part_file_get_fd (part), path);
  prover = emend_pack_prover_new (emend_part_file_get_fd (part), emend_part_file_get_part_path (part));
  if (!pack_all (plan, options->kind, zip, prover, &work, error))
    return NULL;
  sha256 = finish_proof (plan, zip, prover, &work, error);
  if (sha256 != NULL)
    facts = check_pack (emend_part_file_get_part_path (part), path, zip, sha256, &work, error);
  if (facts == NULL || !emend_work_advance (&work, 0, error) || !is_still_ours (part, path, error))
    return NULL;
  if (!emend_part_file_commit (part, FALSE, &part_error)) {
    propagate_part_error (error, g_steal_pointer (&part_error));
    return NULL;
  }
  return g_steal_pointer (&facts);
}
