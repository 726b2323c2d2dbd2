#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-field-draft-private.h"

#include <math.h>

#include "emend-text.h"

enum {
  PROP_0,
  PROP_REQUIRED,
  PROP_REPEATABLE,
  PROP_BLIND,
  PROP_RETIRED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendFieldDraft, emend_field_draft, G_TYPE_OBJECT)

static void
changed (EmendFieldDraft *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * emend_field_part_fits:
 * @type: type of a field
 * @part: something that can be said of fields
 *
 * Returns: whether it says something of a field of that type
 */
gboolean
emend_field_part_fits (EmendFieldType type,
                       EmendFieldPart part)
{
  gboolean written = type == EMEND_FIELD_TEXT || type == EMEND_FIELD_CODE || type == EMEND_FIELD_EMAIL;

  switch (part) {
  case EMEND_FIELD_PART_CURRENCY:
    return type == EMEND_FIELD_AMOUNT;
  case EMEND_FIELD_PART_PATTERN:
    return type != EMEND_FIELD_CHOICE && type != EMEND_FIELD_MARK && type != EMEND_FIELD_TABLE;
  case EMEND_FIELD_PART_MINIMUM:
  case EMEND_FIELD_PART_MAXIMUM:
    return type == EMEND_FIELD_NUMBER || type == EMEND_FIELD_INTEGER || type == EMEND_FIELD_AMOUNT;
  case EMEND_FIELD_PART_MIN_LENGTH:
  case EMEND_FIELD_PART_MAX_LENGTH:
    return written;
  case EMEND_FIELD_PART_CHOICES:
    return type == EMEND_FIELD_CHOICE;
  case EMEND_FIELD_PART_DATE_ORDER:
    return type == EMEND_FIELD_DATE;
  case EMEND_FIELD_PART_LIST:
    return written || type == EMEND_FIELD_CHOICE;
  case EMEND_FIELD_PART_REPEATABLE:
    return type != EMEND_FIELD_TABLE;
  case EMEND_FIELD_PART_COLUMNS:
    return type == EMEND_FIELD_TABLE;
  case EMEND_FIELD_PART_NAME:
  case EMEND_FIELD_PART_TITLE:
  case EMEND_FIELD_PART_TYPE:
  default:
    return TRUE;
  }
}

/**
 * emend_field_draft_get_table:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): the table that it is a column of
 */
EmendFieldDraft *
emend_field_draft_get_table (EmendFieldDraft *self)
{
  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self), NULL);

  return self->table;
}

/**
 * emend_field_draft_get_id:
 * @self: a draft
 *
 * Returns: the field's number in the project, 0 for a new one and for a column
 */
int
emend_field_draft_get_id (EmendFieldDraft *self)
{
  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self), 0);

  return self->id;
}

/**
 * emend_field_draft_set_siblings:
 * @self: a draft
 * @siblings: (element-type EmendFieldDraft): the list that it is in, among which its name must be its own; not kept
 */
void
emend_field_draft_set_siblings (EmendFieldDraft *self,
                                GListModel *siblings)
{
  g_return_if_fail (EMEND_IS_FIELD_DRAFT (self));

  g_set_weak_pointer (&self->siblings, siblings);
}

/**
 * emend_field_draft_get_text:
 * @self: a draft
 * @part: one that is typed
 *
 * Returns: (transfer none): what is typed there, possibly empty
 */
const char *
emend_field_draft_get_text (EmendFieldDraft *self,
                            EmendFieldPart part)
{
  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self) && part < EMEND_FIELD_N_TEXTS, NULL);

  return self->texts[part];
}

/**
 * emend_field_draft_set_text:
 * @self: a draft
 * @part: one that is typed
 * @text: what is typed there, valid or not
 */
void
emend_field_draft_set_text (EmendFieldDraft *self,
                            EmendFieldPart part,
                            const char *text)
{
  g_return_if_fail (EMEND_IS_FIELD_DRAFT (self) && part < EMEND_FIELD_N_TEXTS);

  if (g_str_equal (self->texts[part], text))
    return;
  g_free (self->texts[part]);
  self->texts[part] = g_strdup (text);
  changed (self);
}

/**
 * emend_field_draft_get_title:
 * @self: a draft
 *
 * Returns: (transfer none): what people read: its title, or its name
 */
const char *
emend_field_draft_get_title (EmendFieldDraft *self)
{
  const char *title;

  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self), NULL);

  title = self->texts[EMEND_FIELD_PART_TITLE];
  return *title != '\0' ? title : self->texts[EMEND_FIELD_PART_NAME];
}

/**
 * emend_field_draft_get_name:
 * @self: a draft
 *
 * Returns: (transfer full): its name without spaces around it
 */
char *
emend_field_draft_get_name (EmendFieldDraft *self)
{
  return g_strstrip (g_strdup (self->texts[EMEND_FIELD_PART_NAME]));
}

/**
 * emend_field_draft_get_path:
 * @self: a draft
 *
 * Returns: (transfer full): how rules call it: its name, or "table.column"
 */
char *
emend_field_draft_get_path (EmendFieldDraft *self)
{
  g_autofree char *name = NULL;
  g_autofree char *table = NULL;

  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self), NULL);

  name = emend_field_draft_get_name (self);
  if (self->table == NULL)
    return g_steal_pointer (&name);
  table = emend_field_draft_get_name (self->table);
  return g_strconcat (table, ".", name, NULL);
}

/**
 * emend_field_draft_get_field_type:
 * @self: a draft
 *
 * Returns: what its values are
 */
EmendFieldType
emend_field_draft_get_field_type (EmendFieldDraft *self)
{
  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self), EMEND_FIELD_TEXT);

  return self->type;
}

/**
 * emend_field_draft_set_field_type:
 * @self: a draft
 * @type: what its values are; what was said for the type before is kept in case it comes back
 */
void
emend_field_draft_set_field_type (EmendFieldDraft *self,
                                  EmendFieldType type)
{
  g_return_if_fail (EMEND_IS_FIELD_DRAFT (self));

  if (self->type == type)
    return;
  self->type = type;
  changed (self);
}

/**
 * emend_field_draft_get_date_order:
 * @self: a draft
 *
 * Returns: how dates are read that can be read in several ways
 */
EmendDateOrder
emend_field_draft_get_date_order (EmendFieldDraft *self)
{
  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self), EMEND_DATE_DMY);

  return self->date_order;
}

/**
 * emend_field_draft_set_date_order:
 * @self: a draft
 * @order: how dates are read that can be read in several ways
 */
void
emend_field_draft_set_date_order (EmendFieldDraft *self,
                                  EmendDateOrder order)
{
  g_return_if_fail (EMEND_IS_FIELD_DRAFT (self));

  if (self->date_order == order)
    return;
  self->date_order = order;
  changed (self);
}

/**
 * emend_field_draft_get_list:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): name of the look-up list that its values come from
 */
const char *
emend_field_draft_get_list (EmendFieldDraft *self)
{
  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self), NULL);

  return self->list;
}

/**
 * emend_field_draft_set_list:
 * @self: a draft
 * @list: (nullable): name of a look-up list
 */
void
emend_field_draft_set_list (EmendFieldDraft *self,
                            const char *list)
{
  g_return_if_fail (EMEND_IS_FIELD_DRAFT (self));

  if (g_strcmp0 (self->list, list) == 0)
    return;
  g_free (self->list);
  self->list = g_strdup (list);
  changed (self);
}

static void
set_flag (EmendFieldDraft *self,
          gboolean *flag,
          gboolean value,
          guint property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
  changed (self);
}

/**
 * emend_field_draft_get_required:
 * @self: a draft
 *
 * Returns: whether a document without it breaks a rule
 */
gboolean
emend_field_draft_get_required (EmendFieldDraft *self)
{
  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self), FALSE);

  return self->required;
}

/**
 * emend_field_draft_get_retired:
 * @self: a draft
 *
 * Returns: whether it is no longer asked for
 */
gboolean
emend_field_draft_get_retired (EmendFieldDraft *self)
{
  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self), FALSE);

  return self->retired;
}

/**
 * emend_field_draft_set_retired:
 * @self: a draft
 * @retired: whether it is no longer asked for
 */
void
emend_field_draft_set_retired (EmendFieldDraft *self,
                               gboolean retired)
{
  g_return_if_fail (EMEND_IS_FIELD_DRAFT (self));

  set_flag (self, &self->retired, retired, PROP_RETIRED);
}

/**
 * emend_field_draft_get_used:
 * @self: a draft
 *
 * Returns: whether documents may have values of it, so that it can be retired but not removed; of a column: whether
 *   its table has, and the column is not new
 */
gboolean
emend_field_draft_get_used (EmendFieldDraft *self)
{
  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self), FALSE);

  if (self->table != NULL)
    return self->stored_name != NULL && self->table->used;
  return self->used;
}

/**
 * emend_field_draft_set_used:
 * @self: a draft of a field that the project has
 * @used: whether documents have values of it
 */
void
emend_field_draft_set_used (EmendFieldDraft *self,
                            gboolean used)
{
  g_return_if_fail (EMEND_IS_FIELD_DRAFT (self));

  if (self->used == used)
    return;
  self->used = used;
  changed (self);
}

/**
 * emend_field_draft_get_columns:
 * @self: a draft
 *
 * Returns: (transfer none) (element-type EmendFieldDraft): the columns of a table, a #GListStore
 */
GListModel *
emend_field_draft_get_columns (EmendFieldDraft *self)
{
  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self), NULL);

  return G_LIST_MODEL (self->columns);
}

static void
append_column (EmendFieldDraft *self,
               EmendFieldDraft *column)
{
  emend_field_draft_set_siblings (column, G_LIST_MODEL (self->columns));
  g_signal_connect_object (column, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_list_store_append (self->columns, column);
}

/**
 * emend_field_draft_add_column:
 * @self: a draft of a table
 *
 * Adds a column of text under a name that is free.
 *
 * Returns: (transfer none): the column
 */
EmendFieldDraft *
emend_field_draft_add_column (EmendFieldDraft *self)
{
  g_autofree char *name = NULL;
  g_autoptr (EmendField) field = NULL;
  g_autoptr (EmendFieldDraft) column = NULL;

  g_return_val_if_fail (EMEND_IS_FIELD_DRAFT (self), NULL);

  /* It becomes a name in files, so that it is not translated. */
  name = emend_draft_free_name (G_LIST_MODEL (self->columns), "column");
  field = emend_field_new (0, name, EMEND_FIELD_TEXT);
  column = emend_field_draft_new (field, self);
  g_clear_pointer (&column->stored_name, g_free);
  append_column (self, column);
  return column;
}

/**
 * emend_field_draft_remove_column:
 * @self: a draft of a table
 * @column: one of its columns
 *
 * Retires a column that is in use, or takes that back; another one goes.
 */
void
emend_field_draft_remove_column (EmendFieldDraft *self,
                                 EmendFieldDraft *column)
{
  guint position;

  g_return_if_fail (EMEND_IS_FIELD_DRAFT (self));

  if (emend_field_draft_get_used (column))
    emend_field_draft_set_retired (column, !column->retired);
  else if (g_list_store_find (self->columns, column, &position))
    g_list_store_remove (self->columns, position);
}

static void
set_number (EmendFieldDraft *self,
            EmendFieldPart part,
            double number)
{
  char text[EMEND_TEXT_DOUBLE_SIZE];

  if (isnan (number))
    return;
  g_free (self->texts[part]);
  self->texts[part] = g_strdup (emend_text_from_double (text, number));
}

static void
set_string (EmendFieldDraft *self,
            EmendFieldPart part,
            const char *text)
{
  g_free (self->texts[part]);
  self->texts[part] = g_strdup (text != NULL ? text : "");
}

static void
set_from_field (EmendFieldDraft *self,
                const EmendField *field)
{
  g_autofree char *choices = field->choices != NULL ? g_strjoinv ("\n", field->choices) : NULL;

  set_string (self, EMEND_FIELD_PART_NAME, field->name);
  set_string (self, EMEND_FIELD_PART_TITLE, field->title);
  set_string (self, EMEND_FIELD_PART_CURRENCY, field->currency);
  set_string (self, EMEND_FIELD_PART_PATTERN, field->pattern);
  set_string (self, EMEND_FIELD_PART_CHOICES, choices);
  set_number (self, EMEND_FIELD_PART_MINIMUM, field->minimum);
  set_number (self, EMEND_FIELD_PART_MAXIMUM, field->maximum);
  set_number (self, EMEND_FIELD_PART_MIN_LENGTH, field->min_length > 0 ? (double) field->min_length : (double) NAN);
  set_number (self, EMEND_FIELD_PART_MAX_LENGTH, field->max_length > 0 ? (double) field->max_length : (double) NAN);
  self->type = field->type;
  self->date_order = field->date_order;
  self->list = g_strdup (field->list);
  self->required = field->required;
  self->repeatable = field->repeatable;
  self->blind = field->blind;
  self->retired = field->retired;
  for (guint i = 0; field->columns != NULL && i < field->columns->len; i++) {
    g_autoptr (EmendFieldDraft) column = emend_field_draft_new (g_ptr_array_index (field->columns, i), self);
    append_column (self, column);
  }
}

static gboolean *
find_flag (EmendFieldDraft *self,
           guint property)
{
  switch (property) {
  case PROP_REQUIRED:
    return &self->required;
  case PROP_REPEATABLE:
    return &self->repeatable;
  case PROP_BLIND:
    return &self->blind;
  case PROP_RETIRED:
    return &self->retired;
  default:
    return NULL;
  }
}

static void
emend_field_draft_get_property (GObject *object,
                                guint prop_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  const gboolean *flag = find_flag (EMEND_FIELD_DRAFT (object), prop_id);

  if (flag != NULL)
    g_value_set_boolean (value, *flag);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
emend_field_draft_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  gboolean *flag = find_flag (EMEND_FIELD_DRAFT (object), prop_id);

  if (flag != NULL)
    set_flag (EMEND_FIELD_DRAFT (object), flag, g_value_get_boolean (value), prop_id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
emend_field_draft_finalize (GObject *object)
{
  EmendFieldDraft *self = EMEND_FIELD_DRAFT (object);

  g_clear_weak_pointer (&self->table);
  g_clear_weak_pointer (&self->siblings);
  g_object_unref (self->columns);
  for (gsize i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_free (self->texts[i]);
  g_free (self->list);
  g_free (self->stored_name);
  G_OBJECT_CLASS (emend_field_draft_parent_class)->finalize (object);
}

static void
emend_field_draft_class_init (EmendFieldDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = emend_field_draft_get_property;
  object_class->set_property = emend_field_draft_set_property;
  object_class->finalize = emend_field_draft_finalize;

  properties[PROP_REQUIRED] = g_param_spec_boolean ("required", NULL, NULL, FALSE, flags);
  properties[PROP_REPEATABLE] = g_param_spec_boolean ("repeatable", NULL, NULL, FALSE, flags);
  properties[PROP_BLIND] = g_param_spec_boolean ("blind", NULL, NULL, FALSE, flags);
  properties[PROP_RETIRED] = g_param_spec_boolean ("retired", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * EmendFieldDraft::changed:
   *
   * Something of it, or of its columns, is another.
   */
  signals[CHANGED] = g_signal_new ("changed", EMEND_TYPE_FIELD_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
emend_field_draft_init (EmendFieldDraft *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->texts); i++)
    self->texts[i] = g_strdup ("");
  self->columns = g_list_store_new (EMEND_TYPE_FIELD_DRAFT);
  g_signal_connect_object (self->columns, "items-changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
}

/**
 * emend_field_draft_new:
 * @field: what to start from; with a number it is one that the project has, and in use until
 *   emend_field_draft_set_used() says otherwise
 * @table: (nullable): the table that it is a column of; not kept
 *
 * Returns: (transfer full): a draft
 */
EmendFieldDraft *
emend_field_draft_new (const EmendField *field,
                       EmendFieldDraft *table)
{
  EmendFieldDraft *self = g_object_new (EMEND_TYPE_FIELD_DRAFT, NULL);

  self->id = field->id;
  self->used = field->id != 0;
  self->stored_name = g_strdup (field->name);
  self->stored_type = field->type;
  g_set_weak_pointer (&self->table, table);
  set_from_field (self, field);
  return self;
}

/**
 * emend_field_draft_get_number:
 * @self: a draft
 * @part: one that is a number
 *
 * Returns: the number, NaN when there is none, or none that can be read
 */
double
emend_field_draft_get_number (EmendFieldDraft *self,
                              EmendFieldPart part)
{
  double number = NAN;

  return emend_field_part_fits (self->type, part) && emend_draft_parse_number (self->texts[part], &number) ? number :
                                                                                                             NAN;
}

static int
get_length (EmendFieldDraft *self,
            EmendFieldPart part)
{
  double number = emend_field_draft_get_number (self, part);

  return number >= 1 && number < G_MAXINT ? (int) number : 0;
}

/* What is typed, NULL when that is nothing or says nothing of this type. */
static char *
get_string (EmendFieldDraft *self,
            EmendFieldPart part)
{
  g_autofree char *text = g_strstrip (g_strdup (self->texts[part]));

  return *text != '\0' && emend_field_part_fits (self->type, part) ? g_steal_pointer (&text) : NULL;
}

/**
 * emend_field_draft_get_choices:
 * @self: a draft
 *
 * Takes a line for a choice; empty ones are none.
 *
 * Returns: (transfer full) (nullable): the choices, %NULL when there are none
 */
char **
emend_field_draft_get_choices (EmendFieldDraft *self)
{
  g_auto (GStrv) lines = g_strsplit (self->texts[EMEND_FIELD_PART_CHOICES], "\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean any = FALSE;

  for (gsize i = 0; lines[i] != NULL; i++) {
    g_strstrip (lines[i]);
    if (*lines[i] == '\0')
      continue;
    g_strv_builder_add (builder, lines[i]);
    any = TRUE;
  }
  return any && emend_field_part_fits (self->type, EMEND_FIELD_PART_CHOICES) ? g_strv_builder_end (builder) : NULL;
}

/**
 * emend_field_draft_to_field:
 * @self: a draft
 *
 * What says nothing of the field's type, or cannot be read, is left out: see emend_field_draft_find_any_problem().
 *
 * Returns: (transfer full): the field
 */
EmendField *
emend_field_draft_to_field (EmendFieldDraft *self)
{
  g_autofree char *name = emend_field_draft_get_name (self);
  EmendField *field = emend_field_new (self->id, name, self->type);

  field->title = get_string (self, EMEND_FIELD_PART_TITLE);
  field->pattern = get_string (self, EMEND_FIELD_PART_PATTERN);
  field->currency = get_string (self, EMEND_FIELD_PART_CURRENCY);
  for (char *p = field->currency; p != NULL && *p != '\0'; p++)
    *p = g_ascii_toupper (*p);
  field->minimum = emend_field_draft_get_number (self, EMEND_FIELD_PART_MINIMUM);
  field->maximum = emend_field_draft_get_number (self, EMEND_FIELD_PART_MAXIMUM);
  field->min_length = get_length (self, EMEND_FIELD_PART_MIN_LENGTH);
  field->max_length = get_length (self, EMEND_FIELD_PART_MAX_LENGTH);
  field->choices = emend_field_draft_get_choices (self);
  field->list = emend_field_part_fits (self->type, EMEND_FIELD_PART_LIST) ? g_strdup (self->list) : NULL;
  field->date_order = self->date_order;
  field->required = self->required;
  field->repeatable = self->repeatable && emend_field_part_fits (self->type, EMEND_FIELD_PART_REPEATABLE);
  field->blind = self->blind;
  field->retired = self->retired;
  for (guint i = 0; field->columns != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->columns)); i++) {
    g_autoptr (EmendFieldDraft) column = g_list_model_get_item (G_LIST_MODEL (self->columns), i);
    g_ptr_array_add (field->columns, emend_field_draft_to_field (column));
  }
  return field;
}
