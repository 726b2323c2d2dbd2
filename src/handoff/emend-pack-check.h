#pragma once

#include "emend-bag.h"
#include "emend-handoff-types.h"
#include "emend-zip-directory.h"

G_BEGIN_DECLS

/* Where things are in a pack, below the top folder. */
#define EMEND_PACK_DATA "data/"
#define EMEND_PACK_PROJECT "data/project.emend"
#define EMEND_PACK_LEDGER "data/ledger.jsonl"
#define EMEND_PACK_EXPORT "data/export/"
#define EMEND_PACK_MEDIA "data/media/"

/* Version of the layout described in docs/packs.md. */
#define EMEND_PACK_FORMAT 1

/**
 * EmendPackMember:
 * @path: below the top folder
 * @kind: what it is
 * @sha256: of its bytes; nil for a folder, and for what could not be read whole
 * @sha512: (nullable): hexadecimal, where the pack has a manifest of that kind
 * @is_whole: whether all bytes came, and as they were packed
 * @has_text: whether its bytes are kept, if they come
 * @text: (nullable): they; %NULL also for one that is too large
 *
 * A file of a pack, as it was read.
 */
typedef struct {
  const char *path;
  EmendBagFileKind kind;
  EmendDigest sha256;
  char *sha512;
  gboolean is_whole;
  gboolean has_text;
  GByteArray *text;
} EmendPackMember;

/**
 * EmendPackProof:
 * @sha256: of the whole archive, hexadecimal
 * @digests: (element-type utf8 EmendDigest): SHA-256 of stored files, by their names in the archive
 *
 * What emend_pack_prove() proved of an archive that was just written: these bytes are not read again.
 */
typedef struct {
  const char *sha256;
  GHashTable *digests;
} EmendPackProof;

/**
 * EmendPackCheck:
 * @fd: the archive
 * @facts: what was found out; the pack is sound when it has no problems
 * @top: (nullable): the top folder
 * @entries: (element-type EmendZipEntry): of the archive
 * @members: (element-type EmendPackMember): one for each of @entries
 * @by_path: (element-type utf8 EmendPackMember): files by path
 * @proof: (nullable): what is already proven
 *
 * A pack that was looked at from end to end.
 */
typedef struct {
  int fd;
  EmendPackFacts *facts;
  char *top;
  GPtrArray *entries;
  GPtrArray *members;
  GHashTable *by_path;
  const EmendPackProof *proof;
} EmendPackCheck;

EmendPackCheck *emend_pack_check_run (const char *path,
                                      const EmendPackProof *proof,
                                      EmendWork *work,
                                      GError **error);
void emend_pack_check_free (EmendPackCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendPackCheck, emend_pack_check_free)

void emend_pack_derive_uuid (const char *manifest,
                             gsize length,
                             char uuid[EMEND_UUID_TEXT_LENGTH + 1]);

/* emend-pack-bag.c */
gboolean emend_pack_check_bag (EmendPackCheck *check,
                               GError **error);
/* emend-pack-project.c */
gboolean emend_pack_check_project (EmendPackCheck *check,
                                   const char *path,
                                   EmendWork *work,
                                   GError **error);

G_END_DECLS
