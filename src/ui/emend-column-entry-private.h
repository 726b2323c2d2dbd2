#pragma once

#include "emend-column-model.h"
#include "emend-normal.h"

G_BEGIN_DECLS

/**
 * EmendColumnEntry:
 * @proposal: (nullable): as last committed; %NULL until it was read
 * @schema: (nullable): how it is read; %NULL until it was read
 * @index: its place in the list
 * @n_pending: decisions of it that are not committed yet
 * @ahead: what it is decided as while some are
 * @ahead_text: (nullable): its value then
 * @ahead_order: in which order its date is read then, or 0 for as its field says
 * @draft: (nullable): what is typed over it and not confirmed
 * @left_out: accepting a part of the column leaves it as it is
 * @spelled: (nullable): how its text is read, where that says more
 * @problem: (nullable): what is wrong with its text
 */
struct _EmendColumnEntry {
  GObject parent_instance;
  EmendFieldMark *proposal;
  EmendSchema *schema;
  guint index;
  guint n_pending;
  EmendVerdict ahead;
  char *ahead_text;
  EmendDateOrder ahead_order;
  char *draft;
  gboolean left_out;
  char *spelled;
  char *problem;
};

void emend_column_entry_set_proposal (EmendColumnEntry *self,
                                      EmendFieldMark *proposal,
                                      EmendSchema *schema);
gboolean emend_column_entry_parse (EmendColumnEntry *self,
                                   const char *text,
                                   EmendNormal *normal);
EmendDateOrder emend_column_entry_get_date_order (EmendColumnEntry *self);
void emend_column_entry_set_annotation (EmendColumnEntry *self,
                                        const EmendAnnotation *annotation);
void emend_column_entry_foresee (EmendColumnEntry *self,
                                 const EmendDecision *decision);
void emend_column_entry_forget_foreseen (EmendColumnEntry *self);
void emend_column_entry_set_left_out (EmendColumnEntry *self,
                                      gboolean left_out);

G_END_DECLS
