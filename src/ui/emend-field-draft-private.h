#pragma once

#include "emend-field-draft.h"

G_BEGIN_DECLS

struct _EmendFieldDraft {
  GObject parent_instance;

  int id;                 /* 0 for a column, and for a field that no project has yet */
  EmendFieldDraft *table; /* (nullable) (weak): of a column */
  GListModel *siblings;   /* (nullable) (weak): among which its name is unique */
  char *stored_name;      /* (nullable): that the project has */
  EmendFieldType stored_type;
  char *texts[EMEND_FIELD_N_TEXTS];
  EmendFieldType type;
  EmendDateOrder date_order;
  char *list; /* (nullable) */
  gboolean required;
  gboolean repeatable;
  gboolean blind;
  gboolean retired;
  gboolean used; /* documents have values of it, or nobody has looked yet */
  GListStore *columns;
};

char *emend_field_draft_get_name (EmendFieldDraft *self);
double emend_field_draft_get_number (EmendFieldDraft *self,
                                     EmendFieldPart part);
char **emend_field_draft_get_choices (EmendFieldDraft *self);

G_END_DECLS
