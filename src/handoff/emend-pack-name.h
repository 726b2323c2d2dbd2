#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of a path in a pack, without the top folder, and folders above a file. The depth is that of
 * real collections: 8, as some advise, is less than people's own folders have. */
#define EMEND_PACK_NAME_MAX 240
#define EMEND_PACK_DEPTH_MAX 16

const char *emend_pack_name_check (const char *name);
char *emend_pack_name_make_safe (const char *text);

/**
 * EmendNameSet:
 *
 * Names of files of which no two may be one and the same on a file system that ignores case, and
 * none may be a folder of another.
 */
typedef struct _EmendNameSet EmendNameSet;

EmendNameSet *emend_name_set_new (void);
gboolean emend_name_set_add (EmendNameSet *set,
                             const char *name);
void emend_name_set_free (EmendNameSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendNameSet, emend_name_set_free)

G_END_DECLS
