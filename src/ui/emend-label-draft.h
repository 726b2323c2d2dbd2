#pragma once

#include <gio/gio.h>

#include "emend-schema.h"

G_BEGIN_DECLS

/**
 * EmendLabelDraft:
 *
 * A label while it is being edited. Properties: "name" (text), "color" (0xRRGGBB), "key" (a
 * character or 0), "retired".
 */
#define EMEND_TYPE_LABEL_DRAFT (emend_label_draft_get_type ())
G_DECLARE_FINAL_TYPE (EmendLabelDraft, emend_label_draft, EMEND, LABEL_DRAFT, GObject)

EmendLabelDraft *emend_label_draft_new (const char *name,
                                        guint32 color,
                                        gunichar key);
int emend_label_draft_get_id (EmendLabelDraft *self);
const char *emend_label_draft_get_name (EmendLabelDraft *self);
void emend_label_draft_set_name (EmendLabelDraft *self,
                                 const char *name);
guint32 emend_label_draft_get_color (EmendLabelDraft *self);
void emend_label_draft_set_color (EmendLabelDraft *self,
                                  guint32 color);
gunichar emend_label_draft_get_key (EmendLabelDraft *self);
void emend_label_draft_set_key (EmendLabelDraft *self,
                                gunichar key);
gboolean emend_label_draft_get_retired (EmendLabelDraft *self);
void emend_label_draft_set_retired (EmendLabelDraft *self,
                                    gboolean retired);
GPtrArray *emend_label_draft_get_attributes (EmendLabelDraft *self);
void emend_label_draft_set_attributes (EmendLabelDraft *self,
                                       GPtrArray *attributes);

EmendAttribute *emend_label_attribute_new (const char *name,
                                           EmendAttributeKind kind,
                                           const char *const *choices);
GStrv emend_label_names_parse (const char *text);

GListStore *emend_label_drafts_from_schema (EmendSchema *schema);
guint emend_label_drafts_add_names (GListStore *drafts,
                                    const char *const *names);
void emend_label_drafts_merge (GListStore *drafts,
                               EmendSchema *schema);
void emend_label_drafts_move (GListStore *drafts,
                              guint position,
                              guint target);
void emend_label_drafts_claim_key (GListModel *drafts,
                                   EmendLabelDraft *draft,
                                   gunichar key);
EmendSchema *emend_label_drafts_to_schema (GListModel *drafts,
                                           EmendSchema *base,
                                           const char *const *item_decisions,
                                           GError **error);

G_END_DECLS
