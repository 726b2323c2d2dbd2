#pragma once

#include "emend-annotation.h"
#include "emend-item.h"
#include "emend-schema.h"

G_BEGIN_DECLS

const char *emend_phrase_verdict (EmendVerdict verdict);
const char *emend_phrase_verdict_icon (EmendVerdict verdict);
char *emend_phrase_item_state (const EmendItem *item);
const char *emend_phrase_item_icon (const EmendItem *item);
char *emend_phrase_score (double score);
char *emend_phrase_mark (const EmendMark *mark,
                         EmendSchema *schema);
const char *emend_phrase_field_type (EmendFieldType type);
const char *emend_phrase_field_type_icon (EmendFieldType type);

G_END_DECLS
