#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Length of the text form, without the terminating zero. */
#define EMEND_UUID_TEXT_LENGTH 36

/**
 * EmendUuid:
 * @bytes: the 16 bytes, most significant first
 *
 * A universally unique identifier. All zero is the nil value, which stands for "none".
 */
typedef struct {
  guint8 bytes[16];
} EmendUuid;

void emend_uuid_init_v7 (EmendUuid *uuid);
gboolean emend_uuid_parse (const char *text,
                           EmendUuid *uuid);
void emend_uuid_format (const EmendUuid *uuid,
                        char text[EMEND_UUID_TEXT_LENGTH + 1]);
char *emend_uuid_to_string (const EmendUuid *uuid);
gboolean emend_uuid_is_nil (const EmendUuid *uuid);
guint emend_uuid_hash (gconstpointer uuid);
gboolean emend_uuid_equal (gconstpointer a,
                           gconstpointer b);

G_END_DECLS
