#pragma once

#include "emend-rule-draft.h"

G_BEGIN_DECLS

/**
 * EmendFieldsDraft:
 *
 * The fields, rules and look-up lists of a schema while they are being edited. Signal "changed" whenever anything of
 * them is another.
 */
#define EMEND_TYPE_FIELDS_DRAFT (emend_fields_draft_get_type ())
G_DECLARE_FINAL_TYPE (EmendFieldsDraft, emend_fields_draft, EMEND, FIELDS_DRAFT, GObject)

EmendFieldsDraft *emend_fields_draft_new (EmendSchema *schema);
GListStore *emend_fields_draft_get_fields (EmendFieldsDraft *self);
GListStore *emend_fields_draft_get_rules (EmendFieldsDraft *self);
EmendFieldDraft *emend_fields_draft_add_field (EmendFieldsDraft *self);
void emend_fields_draft_remove_field (EmendFieldsDraft *self,
                                      EmendFieldDraft *field);
void emend_fields_draft_set_used (EmendFieldsDraft *self,
                                  GArray *used);
EmendRuleDraft *emend_fields_draft_add_rule (EmendFieldsDraft *self);
void emend_fields_draft_remove_rule (EmendFieldsDraft *self,
                                     EmendRuleDraft *rule);
guint emend_fields_draft_get_n_lists (EmendFieldsDraft *self);
const EmendList *emend_fields_draft_get_list (EmendFieldsDraft *self,
                                              guint index);
const EmendList *emend_fields_draft_find_list (EmendFieldsDraft *self,
                                               const char *name);
void emend_fields_draft_set_list (EmendFieldsDraft *self,
                                  EmendList *list);
void emend_fields_draft_refuse_alias (EmendFieldsDraft *self,
                                      const char *name,
                                      const char *text);
void emend_fields_draft_take_learned (EmendFieldsDraft *self,
                                      EmendSchema *schema);
void emend_fields_draft_keep_learned (EmendFieldsDraft *self,
                                      EmendSchema *schema);
guint emend_fields_draft_merge (EmendFieldsDraft *self,
                                EmendSchema *schema);
gpointer emend_fields_draft_find_wrong (EmendFieldsDraft *self);
EmendSchema *emend_fields_draft_to_schema (EmendFieldsDraft *self,
                                           EmendSchema *base,
                                           GError **error);

G_END_DECLS
