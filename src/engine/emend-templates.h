#pragma once

#include "emend-schema.h"

G_BEGIN_DECLS

/**
 * EmendTemplate:
 * @name: on the command line
 * @title: for people, to be translated when it is shown
 * @summary: what it is for, one sentence, likewise
 *
 * A schema to begin with.
 */
typedef struct {
  const char *name;
  const char *title;
  const char *summary;
} EmendTemplate;

const EmendTemplate *emend_templates_list (gsize *n_templates);
EmendSchema *emend_templates_load (const char *name,
                                   GError **error);

G_END_DECLS
