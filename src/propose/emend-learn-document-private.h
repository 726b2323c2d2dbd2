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
 * @regions: (element-type EmendRegion): where it stands; may be empty
 *
 * What a document says of a field.
 */
typedef struct {
  int field;
  EmendLearnState state;
  char *text;
  char *value;
  GArray *regions;
} EmendLearnValue;

struct _EmendLearnDocument {
  EmendUuid id;
  GPtrArray *pages;
  GPtrArray *values;
  EmendPrepared *prepared;
};

G_END_DECLS
