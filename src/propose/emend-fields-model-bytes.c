#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-fields-model-private.h"
#include "emend-propose-error.h"

/*
 * The stored form, little endian: "EFM1", the version of the features, the identities of the documents (their number,
 * then 16 bytes each), the number of fields, then each field: whole numbers (32 bit), real ones (double), for each
 * scorer the number of weights, their scale and the weights (32 bit), the number of remembered texts and the texts with
 * their lengths.
 */
static const char magic[4] = { 'E', 'F', 'M', '1' };

#define MAX_SIZE ((gsize) 512 * 1024 * 1024)
#define MAX_FIELDS 10000u
#define MAX_TEXT (1024u * 1024u)
#define MAX_WEIGHT 1e6

/* The same bits for each NaN, so that equal models are equal bytes. */
#define NAN_BITS G_GUINT64_CONSTANT (0x7ff8000000000000)

static void
put_int (GByteArray *bytes,
         gint64 value)
{
  guint32 stored = GUINT32_TO_LE ((guint32) value);

  g_byte_array_append (bytes, (const guint8 *) &stored, sizeof stored);
}

static void
put_double (GByteArray *bytes,
            double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  bits = GUINT64_TO_LE (isnan (value) ? NAN_BITS : bits);
  g_byte_array_append (bytes, (const guint8 *) &bits, sizeof bits);
}

static void
put_text (GByteArray *bytes,
          const char *text)
{
  put_int (bytes, (gint64) strlen (text));
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}

static void
put_statistics (GByteArray *bytes,
                const EmendFieldStatistics *statistics)
{
  put_int (bytes, statistics->field);
  put_int (bytes, statistics->n_present);
  put_int (bytes, statistics->n_absent);
  put_int (bytes, statistics->is_learning);
  put_int (bytes, statistics->n_tested);
  put_int (bytes, statistics->n_right);
  put_int (bytes, statistics->n_absent_tested);
  put_int (bytes, statistics->n_absent_right);
  put_double (bytes, statistics->accuracy);
  put_double (bytes, statistics->low);
  put_double (bytes, statistics->high);
  put_double (bytes, statistics->recall);
  put_double (bytes, statistics->coverage);
  put_double (bytes, statistics->threshold);
  for (guint i = 0; i < EMEND_FIELDS_MODEL_CURVE; i++)
    put_double (bytes, statistics->curve[i]);
}

static void
put_memory (GByteArray *bytes,
            GHashTable *memory)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (memory), (GCompareFunc) strcmp);

  put_int (bytes, g_hash_table_size (memory));
  for (GList *at = keys; at != NULL; at = at->next) {
    put_text (bytes, at->data);
    put_text (bytes, g_hash_table_lookup (memory, at->data));
  }
}

static void
put_field (GByteArray *bytes,
           const EmendFieldModel *field)
{
  put_statistics (bytes, &field->statistics);
  put_int (bytes, field->use_rule);
  put_double (bytes, field->rule_score);
  put_double (bytes, field->platt.a);
  put_double (bytes, field->platt.b);
  put_double (bytes, field->absent_below);
  put_double (bytes, field->absent_score);
  for (guint i = 0; i < EMEND_N_SCORERS; i++) {
    gsize n = 0;
    double scale = 0;
    const guint32 *packed = NULL;

    put_int (bytes, field->weights[i] != NULL);
    if (field->weights[i] == NULL)
      continue;
    packed = emend_weights_get_packed (field->weights[i], &n, &scale);
    put_int (bytes, (gint64) n);
    put_double (bytes, scale);
    for (gsize j = 0; j < n; j++)
      put_int (bytes, packed[j]);
  }
  put_memory (bytes, field->memory);
}

/**
 * emend_fields_model_to_bytes:
 * @model: a model
 *
 * Returns: (transfer full): the form to keep it in; equal models are equal bytes. Any thread.
 */
GBytes *
emend_fields_model_to_bytes (EmendFieldsModel *model)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) magic, sizeof magic);
  put_int (bytes, EMEND_FEATURE_VERSION);
  put_int (bytes, model->ids->len);
  g_byte_array_append (bytes, (const guint8 *) model->ids->data, model->ids->len * (guint) sizeof (EmendUuid));
  put_int (bytes, model->fields->len);
  for (guint i = 0; i < model->fields->len; i++)
    put_field (bytes, model->fields->pdata[i]);
  return g_byte_array_free_to_bytes (bytes);
}

/* After a failure nothing more is read, and all reads give zero. */
typedef struct {
  const guint8 *at;
  gsize left;
  gboolean is_bad;
} Reader;

static const guint8 *
take (Reader *reader,
      gsize n)
{
  const guint8 *at = reader->at;

  if (reader->is_bad || n > reader->left) {
    reader->is_bad = TRUE;
    return NULL;
  }
  reader->at += n;
  reader->left -= n;
  return at;
}

static guint32
get_int (Reader *reader)
{
  const guint8 *at = take (reader, sizeof (guint32));
  guint32 value = 0;

  if (at != NULL)
    memcpy (&value, at, sizeof value);
  return GUINT32_FROM_LE (value);
}

/* A count of things that take at least @size bytes each. */
static guint32
get_count (Reader *reader,
           gsize size,
           guint32 most)
{
  guint32 n = get_int (reader);

  if (n > most || n > reader->left / size)
    reader->is_bad = TRUE;
  return reader->is_bad ? 0 : n;
}

static double
get_double (Reader *reader)
{
  const guint8 *at = take (reader, sizeof (guint64));
  guint64 bits = 0;
  double value;

  if (at != NULL)
    memcpy (&bits, at, sizeof bits);
  bits = GUINT64_FROM_LE (bits);
  memcpy (&value, &bits, sizeof value);
  return value;
}

static double
get_finite (Reader *reader)
{
  double value = get_double (reader);

  if (!isfinite (value))
    reader->is_bad = TRUE;
  return reader->is_bad ? 0 : value;
}

/* A share, or NaN where none is known. */
static double
get_share (Reader *reader)
{
  double value = get_double (reader);

  if (!isnan (value) && (value < 0 || value > 1))
    reader->is_bad = TRUE;
  return value;
}

static char *
get_text (Reader *reader)
{
  guint32 n = get_count (reader, 1, MAX_TEXT);
  const guint8 *at = take (reader, n);

  if (at == NULL || memchr (at, '\0', n) != NULL || !g_utf8_validate ((const char *) at, n, NULL)) {
    reader->is_bad = TRUE;
    return NULL;
  }
  return g_strndup ((const char *) at, n);
}

static void
get_statistics (Reader *reader,
                EmendFieldStatistics *statistics)
{
  statistics->field = (int) get_int (reader);
  statistics->n_present = (int) (get_int (reader) & G_MAXINT);
  statistics->n_absent = (int) (get_int (reader) & G_MAXINT);
  statistics->is_learning = get_int (reader) != 0;
  statistics->n_tested = (int) (get_int (reader) & G_MAXINT);
  statistics->n_right = (int) (get_int (reader) & G_MAXINT);
  statistics->n_absent_tested = (int) (get_int (reader) & G_MAXINT);
  statistics->n_absent_right = (int) (get_int (reader) & G_MAXINT);
  statistics->accuracy = get_share (reader);
  statistics->low = get_share (reader);
  statistics->high = get_share (reader);
  statistics->recall = get_share (reader);
  statistics->coverage = get_share (reader);
  statistics->threshold = get_share (reader);
  for (guint i = 0; i < EMEND_FIELDS_MODEL_CURVE; i++)
    statistics->curve[i] = get_share (reader);
}

static EmendWeights *
get_weights (Reader *reader)
{
  guint32 n = get_count (reader, sizeof (guint32), EMEND_FEATURES);
  double scale = get_finite (reader);
  g_autofree guint32 *packed = g_new (guint32, MAX (n, 1));

  if (scale < 0 || scale > MAX_WEIGHT)
    reader->is_bad = TRUE;
  for (guint32 i = 0; i < n; i++) {
    packed[i] = get_int (reader);
    if (i > 0 && packed[i] >> EMEND_FEATURE_VALUE_BITS <= packed[i - 1] >> EMEND_FEATURE_VALUE_BITS)
      reader->is_bad = TRUE;
  }
  return reader->is_bad ? NULL : emend_weights_new (packed, n, scale);
}

static EmendFieldModel *
get_field (Reader *reader)
{
  EmendFieldModel *field = emend_field_model_new (0);
  guint32 n;

  get_statistics (reader, &field->statistics);
  field->use_rule = get_int (reader) != 0;
  field->rule_score = get_share (reader);
  field->platt.a = get_finite (reader);
  field->platt.b = get_finite (reader);
  field->absent_below = get_double (reader);
  field->absent_score = get_share (reader);
  for (guint i = 0; i < EMEND_N_SCORERS; i++)
    if (get_int (reader) != 0)
      field->weights[i] = get_weights (reader);
  n = get_count (reader, 2 * sizeof (guint32), G_MAXUINT32);
  for (guint32 i = 0; i < n && !reader->is_bad; i++) {
    g_autofree char *printed = get_text (reader);
    g_autofree char *value = get_text (reader);

    if (printed != NULL && value != NULL)
      g_hash_table_insert (field->memory, g_steal_pointer (&printed), g_steal_pointer (&value));
  }
  if (isnan (field->absent_below) || isnan (field->rule_score) || isnan (field->absent_score))
    reader->is_bad = TRUE;
  return field;
}

static gboolean
get_ids (Reader *reader,
         GArray *ids)
{
  guint32 n = get_count (reader, sizeof (EmendUuid), G_MAXUINT32);
  const guint8 *at = take (reader, (gsize) n * sizeof (EmendUuid));

  for (guint32 i = 0; at != NULL && i + 1 < n; i++)
    if (memcmp (at + i * sizeof (EmendUuid), at + (i + 1) * sizeof (EmendUuid), sizeof (EmendUuid)) >= 0)
      reader->is_bad = TRUE;
  if (!reader->is_bad && at != NULL)
    g_array_append_vals (ids, at, n);
  return !reader->is_bad;
}

/**
 * emend_fields_model_from_bytes:
 * @bytes: what emend_fields_model_to_bytes() made
 * @error: EMEND_PROPOSE_ERROR_MODEL
 *
 * Trusts nothing in @bytes. A model of another feature version is refused: it is learned again from the documents.
 *
 * Returns: (transfer full) (nullable): the model. Any thread.
 */
EmendFieldsModel *
emend_fields_model_from_bytes (GBytes *bytes,
                               GError **error)
{
  g_autoptr (EmendFieldsModel) model = emend_fields_model_new ();
  Reader reader = { NULL, 0, FALSE };
  const guint8 *head;
  guint32 n;

  reader.at = g_bytes_get_data (bytes, &reader.left);
  head = take (&reader, sizeof magic);
  if (head == NULL || memcmp (head, magic, sizeof magic) != 0 || reader.left > MAX_SIZE ||
      get_int (&reader) != EMEND_FEATURE_VERSION)
    reader.is_bad = TRUE;
  if (!reader.is_bad && get_ids (&reader, model->ids)) {
    n = get_count (&reader, sizeof (guint32), MAX_FIELDS);
    for (guint32 i = 0; i < n && !reader.is_bad; i++)
      g_ptr_array_add (model->fields, get_field (&reader));
  }
  if (reader.is_bad || reader.left > 0) {
    g_set_error_literal (error, EMEND_PROPOSE_ERROR, EMEND_PROPOSE_ERROR_MODEL,
                         _ ("The stored model of the fields is damaged or of another version. It can be learned again "
                            "from the documents that are done."));
    return NULL;
  }
  return g_steal_pointer (&model);
}
