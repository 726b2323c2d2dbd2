#pragma once

#include "emend-handoff-types.h"

G_BEGIN_DECLS

/**
 * EmendPackProver:
 *
 * Reads an archive back from the disk while it is still being written, and compares every byte with what was meant.
 */
typedef struct _EmendPackProver EmendPackProver;

EmendPackProver *emend_pack_prover_new (int fd,
                                        const char *path);
void emend_pack_prover_allow (EmendPackProver *prover,
                              GPtrArray *entries,
                              guint64 size);
gboolean emend_pack_prover_has_failed (EmendPackProver *prover);
guint64 emend_pack_prover_take_progress (EmendPackProver *prover);
gboolean emend_pack_prover_get_damaged (EmendPackProver *prover,
                                        guint *index);
char *emend_pack_prover_finish (EmendPackProver *prover,
                                GPtrArray *entries,
                                guint64 size,
                                EmendWork *work,
                                GError **error);
void emend_pack_prover_free (EmendPackProver *prover);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendPackProver, emend_pack_prover_free)

G_END_DECLS
