#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-column-field.h"

#include <glib/gi18n-lib.h>

#include "emend-count-text.h"

struct _EmendColumnField {
  GObject parent_instance;
  EmendField *field;
  gint64 n_left; /* -1 while it is not known */
};

enum {
  PROP_TITLE = 1,
  PROP_LEFT,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (EmendColumnField, emend_column_field, G_TYPE_OBJECT)

static void
emend_column_field_finalize (GObject *object)
{
  g_clear_pointer (&EMEND_COLUMN_FIELD (object)->field, emend_field_free);
  G_OBJECT_CLASS (emend_column_field_parent_class)->finalize (object);
}

static char *
left_text (EmendColumnField *self)
{
  if (self->field->blind)
    return g_strdup (_ ("typed blind"));
  return self->n_left < 0 ? g_strdup ("…") : emend_count_to_text ((guint64) self->n_left);
}

static void
emend_column_field_get_property (GObject *object,
                                 guint id,
                                 GValue *value,
                                 GParamSpec *spec)
{
  EmendColumnField *self = EMEND_COLUMN_FIELD (object);

  switch (id) {
  case PROP_TITLE:
    g_value_set_string (value, emend_field_get_title (self->field));
    break;
  case PROP_LEFT:
    g_value_take_string (value, left_text (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
emend_column_field_class_init (EmendColumnFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = emend_column_field_finalize;
  object_class->get_property = emend_column_field_get_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LEFT] = g_param_spec_string ("left", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
emend_column_field_init (EmendColumnField *self)
{
  self->n_left = -1;
}

/**
 * emend_column_field_new:
 * @field: a field of the schema; copied
 *
 * Returns: (transfer full): it, of which nobody knows yet how much is left
 */
EmendColumnField *
emend_column_field_new (const EmendField *field)
{
  EmendColumnField *self = g_object_new (EMEND_TYPE_COLUMN_FIELD, NULL);

  self->field = emend_field_copy (field);
  return self;
}

/**
 * emend_column_field_get_field:
 * @self: a field in the list
 *
 * Returns: (transfer none): the field
 */
const EmendField *
emend_column_field_get_field (EmendColumnField *self)
{
  return self->field;
}

/**
 * emend_column_field_get_left:
 * @self: a field in the list
 *
 * Returns: how many of its values wait, -1 while that is not known
 */
gint64
emend_column_field_get_left (EmendColumnField *self)
{
  return self->n_left;
}

/**
 * emend_column_field_set_left:
 * @self: a field in the list
 * @n_left: how many of its values wait
 */
void
emend_column_field_set_left (EmendColumnField *self,
                             gint64 n_left)
{
  if (self->n_left == n_left)
    return;
  self->n_left = n_left;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEFT]);
}
