#pragma once

#include "emend-features-private.h"
#include "emend-learn-document.h"

G_BEGIN_DECLS

/**
 * EmendLearnValue:
 * @field: id of the field
 * @state: what is known of it
 * @text: (nullable): as printed
 * @value: (nullable): what a person decided
 * @date_order: how a person read a date whose day and month can be swapped; 0 for as the field says
 * @regions: (element-type EmendRegion): where it stands; may be empty
 *
 * What a document says of a field.
 */
typedef struct {
  int field;
  EmendLearnState state;
  char *text;
  char *value;
  EmendDateOrder date_order;
  GArray *regions;
} EmendLearnValue;

struct _EmendLearnDocument {
  EmendUuid id;
  GPtrArray *pages;
  GPtrArray *values;
  EmendPrepared *prepared;
};

G_END_DECLS
