#pragma once

#include "emend-normal.h"

G_BEGIN_DECLS

/* More characters than this are no number, date, time, code, address, choice or mark. */
#define EMEND_NORMAL_MAX_LENGTH 1000

/* Bytes for a word of a date or time; longer words are cut. */
#define EMEND_TOKEN_WORD_SIZE 24

/* A text that goes for a date or a time, piece by piece. */
typedef struct {
  int value;                        /* of a number; -1 of a word */
  int n_digits;                     /* of a number */
  char word[EMEND_TOKEN_WORD_SIZE]; /* of a word: plain letters */
  char before;                      /* the mark before it, 0 when it follows directly */
  gboolean crowded;                 /* whether there was more than one mark before it */
} EmendToken;

#define EMEND_NORMAL_MAX_TOKENS 24

/* A time as it stands, which may be none that clocks show. */
typedef struct {
  int hour;
  int minute;
  int second; /* -1 when there is none */
  char half;  /* 'a' before noon, 'p' after noon, 0 of 24 hours */
} EmendTime;

void emend_normal_refuse (EmendNormal *result,
                          const char *format,
                          const char *text);
char *emend_normal_simplify (const char *text);
char *emend_normal_plain (const char *text);
gsize emend_normal_tokens (const char *text,
                           EmendToken tokens[EMEND_NORMAL_MAX_TOKENS]);
gsize emend_normal_read_time (const EmendToken *tokens,
                              gsize n_tokens,
                              EmendTime *time);

const char *emend_currency_find_mark (const char *text,
                                      gsize *length);
gboolean emend_currency_is_code (const char *text,
                                 gsize length);
guint emend_currency_get_decimals (const char *code);

void emend_normal_parse_text (const char *text,
                              EmendNormal *result);
void emend_normal_parse_email (const char *text,
                               EmendNormal *result);
void emend_normal_parse_choice (const EmendField *field,
                                const char *text,
                                EmendNormal *result);
void emend_normal_parse_mark (const char *text,
                              EmendNormal *result);
void emend_normal_parse_number (const EmendField *field,
                                const char *text,
                                EmendNormal *result);
void emend_normal_parse_date (const EmendField *field,
                              const char *text,
                              EmendNormal *result);
void emend_normal_parse_time (const char *text,
                              EmendNormal *result);

GRegex *emend_field_compile_pattern (const char *pattern,
                                     GError **error);

G_END_DECLS
