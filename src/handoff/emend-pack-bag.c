#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-pack-check.h"
#include "emend-text.h"

#define READ_SIZE ((gsize) 256 * 1024)

/* What the text files of a pack say, compared with the files that are there. */

/**
 * emend_pack_derive_uuid:
 * @manifest: (array length=length): the text of manifest-sha256.txt
 * @length: its bytes
 * @uuid: (out): the identity of the pack that has it
 *
 * A version 8 identifier (RFC 9562, section 5.8) made of the SHA-256 of the manifest: the same state
 * of a project has the same identity. Any thread.
 */
void
emend_pack_derive_uuid (const char *manifest,
                        gsize length,
                        char uuid[EMEND_UUID_TEXT_LENGTH + 1])
{
  EmendDigest digest;
  EmendUuid derived;

  emend_digest_of (manifest, length, &digest);
  memcpy (derived.bytes, digest.bytes, sizeof derived.bytes);
  derived.bytes[6] = (guint8) (0x80 | (derived.bytes[6] & 0x0f));
  derived.bytes[8] = (guint8) (0x80 | (derived.bytes[8] & 0x3f));
  emend_uuid_format (&derived, uuid);
}

static gboolean
is_file (EmendPackCheck *check,
         guint index)
{
  const EmendZipEntry *entry = check->entries->pdata[index];

  return !entry->is_folder;
}

/* Whether a member has the hash that a manifest says. */
static gboolean
has_hash (const EmendPackMember *member,
          EmendHashKind kind,
          const char *hex)
{
  g_autofree char *sha256 = NULL;

  if (kind == EMEND_HASH_SHA512)
    return g_strcmp0 (member->sha512, hex) == 0;
  sha256 = emend_digest_to_hex (&member->sha256);
  return strcmp (sha256, hex) == 0;
}

/* Every path of a manifest must be a file of the right hash. What could not be read was named before. */
static void
check_hashes (EmendPackCheck *check,
              GHashTable *hashes,
              EmendHashKind kind)
{
  GHashTableIter iter;
  gpointer path;
  gpointer hex;

  g_hash_table_iter_init (&iter, hashes);
  while (g_hash_table_iter_next (&iter, &path, &hex)) {
    const EmendPackMember *member = g_hash_table_lookup (check->by_path, path);

    if (member == NULL)
      emend_problems_add_for (check->facts->problems, path,
                              _ ("The file “%s” is missing: a manifest of the pack lists it."));
    else if (member->is_whole && !has_hash (member, kind, hex))
      emend_problems_add_for (check->facts->problems, path,
                              _ ("The file “%s” in the pack was changed: its hash is not the one in the manifest."));
  }
}

static void
check_payload_manifest (EmendPackCheck *check,
                        const EmendPackMember *manifest,
                        EmendHashKind kind,
                        gboolean *lists_project)
{
  g_autoptr (GHashTable) hashes = emend_bag_parse_manifest (manifest->path, (const char *) manifest->text->data,
                                                            manifest->text->len,
                                                            kind, check->facts->problems);
  GHashTableIter iter;
  gpointer path;

  check_hashes (check, hashes, kind);
  *lists_project = *lists_project || g_hash_table_contains (hashes, EMEND_PACK_PROJECT);
  g_hash_table_iter_init (&iter, hashes);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (!g_str_has_prefix (path, EMEND_PACK_DATA))
      emend_problems_add_for (check->facts->problems, path,
                              _ ("A manifest of the pack lists “%s”, which is not below “data/”."));
  for (guint i = 0; i < check->members->len; i++) {
    const EmendPackMember *member = check->members->pdata[i];

    if (is_file (check, i) && member->kind == EMEND_BAG_FILE_PAYLOAD && !g_hash_table_contains (hashes, member->path))
      emend_problems_add_for (check->facts->problems, member->path,
                              _ ("The file “%s” is in the pack, but not in each of its manifests."));
  }
}

/* The other text files must all be in the tag manifest: then nothing in a pack is without a hash. */
static void
check_tag_manifest (EmendPackCheck *check,
                    const EmendPackMember *manifest,
                    EmendHashKind kind)
{
  g_autoptr (GHashTable) hashes = emend_bag_parse_manifest (manifest->path, (const char *) manifest->text->data,
                                                            manifest->text->len,
                                                            kind, check->facts->problems);

  check_hashes (check, hashes, kind);
  for (guint i = 0; i < check->members->len; i++) {
    const EmendPackMember *member = check->members->pdata[i];
    gboolean is_listed = g_hash_table_contains (hashes, member->path);

    if (!is_file (check, i) || member->kind == EMEND_BAG_FILE_PAYLOAD)
      continue;
    if (is_listed && member->kind == EMEND_BAG_FILE_TAG_MANIFEST)
      emend_problems_add_for (check->facts->problems, member->path,
                              _ ("A tag manifest of the pack lists the tag manifest “%s”."));
    if (!is_listed && member->kind != EMEND_BAG_FILE_TAG_MANIFEST)
      emend_problems_add_for (check->facts->problems, member->path,
                              _ ("The file “%s” is in the pack, but not in its tag manifest."));
  }
}

/* Checks all manifests of one kind; returns how many can be used. */
static guint
check_manifests (EmendPackCheck *check,
                 EmendBagFileKind kind,
                 gboolean *lists_project)
{
  guint count = 0;

  for (guint i = 0; i < check->members->len; i++) {
    const EmendPackMember *member = check->members->pdata[i];
    g_autofree char *algorithm = NULL;
    EmendHashKind hash;

    if (member->kind != kind || emend_bag_get_file_kind (member->path, &algorithm) != kind || !member->is_whole)
      continue;
    if (!emend_bag_algorithm_to_kind (algorithm, &hash)) {
      emend_problems_add_for (check->facts->problems, member->path,
                              _ ("The manifest “%s” in the pack has hashes of a kind that is not trusted. Only "
                                 "SHA-256 and SHA-512 are."));
      continue;
    }
    if (member->text == NULL)
      continue;
    if (kind == EMEND_BAG_FILE_MANIFEST)
      check_payload_manifest (check, member, hash, lists_project);
    else
      check_tag_manifest (check, member, hash);
    count++;
  }
  return count;
}

/* "bytes.files"; only a quick look, the hashes say more. */
static void
check_oxum (EmendPackCheck *check,
            GHashTable *info)
{
  const char *oxum = g_hash_table_lookup (info, "payload-oxum");
  g_autofree char *actual = g_strdup_printf ("%" PRIu64 ".%" PRIu64, check->facts->n_bytes, check->facts->n_files);

  if (oxum != NULL && strcmp (oxum, actual) != 0)
    emend_problems_add (check->facts->problems,
                        _ ("The pack does not have as many bytes and files as it says that it has."));
}

static void
check_identity (EmendPackCheck *check,
                GHashTable *info)
{
  const char *said = g_hash_table_lookup (info, "external-identifier");
  const EmendPackMember *manifest = g_hash_table_lookup (check->by_path, "manifest-sha256.txt");
  char derived[EMEND_UUID_TEXT_LENGTH + 1];
  EmendUuid uuid;

  if (said == NULL || !emend_uuid_parse (said, &uuid)) {
    emend_problems_add (check->facts->problems, _ ("The pack does not say its identity (External-Identifier)."));
    return;
  }
  check->facts->uuid = g_strdup (said);
  if (manifest == NULL || !manifest->is_whole || manifest->text == NULL)
    return;
  emend_pack_derive_uuid ((const char *) manifest->text->data, manifest->text->len, derived);
  if (g_ascii_strcasecmp (said, derived) != 0)
    emend_problems_add (check->facts->problems,
                        _ ("The identity of the pack is not the one that belongs to its content."));
}

/* A pack of a later layout may be sound in ways that are not known here. */
static void
check_format (EmendPackCheck *check,
              GHashTable *info)
{
  const char *said = g_hash_table_lookup (info, "emend-pack-format");
  gint64 format;

  if (said == NULL || !emend_text_to_int (said, -1, &format) || format < 1)
    emend_problems_add (check->facts->problems, _ ("The pack does not say which layout it has (Emend-Pack-Format)."));
  else if (format > EMEND_PACK_FORMAT)
    emend_problems_add (check->facts->problems,
                        _ ("The pack was made by a newer version of Emend. Update Emend to open it."));
}

/* SHA-256 of all deflated bytes in an archive that is as Emend wrote it; NULL for another, or when it cannot be
 * read. */
static char *
hash_deflated (const EmendPackCheck *check)
{
  g_autoptr (EmendHasher) hasher = emend_hasher_new (EMEND_HASH_SHA256);
  g_autofree guint8 *buffer = g_malloc (READ_SIZE);

  for (guint i = 0; i < check->entries->len; i++) {
    const EmendZipEntry *entry = check->entries->pdata[i];

    if (!entry->is_canonical)
      return NULL;
    for (guint64 done = 0; entry->method == EMEND_ZIP_DEFLATED && done < entry->packed_size; done += READ_SIZE) {
      gsize size = (gsize) MIN (entry->packed_size - done, READ_SIZE);

      if (!emend_handoff_read_at (check->fd, buffer, size, entry->data_offset + done))
        return NULL;
      emend_hasher_update (hasher, buffer, size);
    }
  }
  return emend_hasher_finish_hex (hasher);
}

/* Bytes can be deflated in many ways; in an archive that Emend wrote it must be the way that it was. */
static void
check_deflated (EmendPackCheck *check,
                GHashTable *info)
{
  g_autofree char *actual = hash_deflated (check);

  if (actual != NULL && g_strcmp0 (g_hash_table_lookup (info, "emend-deflated-sha256"), actual) != 0)
    emend_problems_add (check->facts->problems,
                        _ ("The archive was changed after the pack was written, in a way that changes no file in it."));
}

static void
check_info (EmendPackCheck *check)
{
  const EmendPackMember *member = g_hash_table_lookup (check->by_path, EMEND_BAG_INFO);
  g_autoptr (GHashTable) info = NULL;

  if (member == NULL) {
    emend_problems_add (check->facts->problems, _ ("The file “bag-info.txt” is missing in the pack."));
    return;
  }
  if (!member->is_whole || member->text == NULL)
    return;
  info = emend_bag_parse_info ((const char *) member->text->data, member->text->len, check->facts->problems);
  check_oxum (check, info);
  check_format (check, info);
  check_identity (check, info);
  check_deflated (check, info);
  if (!emend_pack_kind_from_name (g_hash_table_lookup (info, "emend-pack-kind"), &check->facts->kind))
    emend_problems_add (check->facts->problems, _ ("The pack does not say what it is for (Emend-Pack-Kind)."));
}

/**
 * emend_pack_check_bag:
 * @check: a pack whose files were read
 * @error: EMEND_HANDOFF_ERROR_NOT_PACK when it is a bag of something else
 *
 * Checks the pack as a bag (RFC 8493, section 3), and what Emend asks for beyond it.
 *
 * Returns: whether it is a pack; why it is not sound is added to its problems
 */
gboolean
emend_pack_check_bag (EmendPackCheck *check,
                      GError **error)
{
  const EmendPackMember *declaration = g_hash_table_lookup (check->by_path, EMEND_BAG_DECLARATION);
  gboolean lists_project = FALSE;

  if (check_manifests (check, EMEND_BAG_FILE_MANIFEST, &lists_project) == 0)
    emend_problems_add (check->facts->problems,
                        _ ("The pack has no manifest that can be used, so nothing in it can be checked."));
  if (check_manifests (check, EMEND_BAG_FILE_TAG_MANIFEST, &lists_project) == 0)
    emend_problems_add (check->facts->problems, _ ("The pack has no tag manifest that can be used."));
  if (!lists_project && !g_hash_table_contains (check->by_path, EMEND_PACK_PROJECT)) {
    g_autofree char *name = g_filename_display_name (check->facts->path);

    g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_NOT_PACK,
                 _ ("“%s” is a BagIt bag, but there is no Emend project in it."), name);
    return FALSE;
  }
  if (declaration->is_whole && declaration->text != NULL)
    emend_bag_check_declaration ((const char *) declaration->text->data, declaration->text->len,
                                 check->facts->problems);
  if (g_hash_table_contains (check->by_path, EMEND_BAG_FETCH))
    emend_problems_add (check->facts->problems,
                        _ ("The pack has a file “fetch.txt”: it wants files to be fetched from elsewhere, which packs "
                           "never do."));
  check_info (check);
  return TRUE;
}
