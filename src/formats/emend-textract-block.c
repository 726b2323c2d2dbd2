#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-document-json.h"
#include "emend-text.h"
#include "emend-textract-private.h"

/* Children of one block. */
#define MAX_CHILDREN 100000

/**
 * emend_textract_get_type:
 * @block: (nullable): a block
 *
 * Returns: what it is, "" when it does not say
 */
const char *
emend_textract_get_type (const json_t *block)
{
  const char *type = emend_json_get_text (block, "BlockType");

  return type != NULL ? type : "";
}

/**
 * emend_textract_get_page:
 * @block: a block
 *
 * Returns: its page from 0; results of one page do not name it
 */
int
emend_textract_get_page (const json_t *block)
{
  return emend_json_get_page (block, "Page", 1);
}

/**
 * emend_textract_has_entity:
 * @block: a block
 * @name: one of its roles
 *
 * Returns: whether it has that role
 */
gboolean
emend_textract_has_entity (const json_t *block,
                           const char *name)
{
  gsize i;
  json_t *entity;

  json_array_foreach (json_object_get (block, "EntityTypes"), i, entity)
  {
    if (g_strcmp0 (json_string_value (entity), name) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_textract_each:
 * @textract: the blocks
 * @block: one of them
 * @relation: kind of its relationships
 * @func: told each related block that is there; returns %FALSE to stop
 * @data: its data
 *
 * Returns: whether @func never stopped
 */
gboolean
emend_textract_each (const EmendTextract *textract,
                     const json_t *block,
                     const char *relation,
                     EmendTextractFunc func,
                     gpointer data)
{
  gsize i;
  json_t *related;

  json_array_foreach (json_object_get (block, "Relationships"), i, related)
  {
    gsize j;
    json_t *id;

    if (g_strcmp0 (emend_json_get_text (related, "Type"), relation) != 0)
      continue;
    json_array_foreach (json_object_get (related, "Ids"), j, id)
    {
      const char *name = json_string_value (id);
      const json_t *other = name != NULL ? g_hash_table_lookup (textract->blocks, name) : NULL;

      if (j >= MAX_CHILDREN)
        break;
      if (other != NULL && !func (data, other))
        return FALSE;
    }
  }
  return TRUE;
}

/**
 * emend_textract_get_box:
 * @thing: (nullable): anything with a `Geometry`
 * @box: (out): in fractions of the page
 *
 * Returns: whether it has a place
 */
gboolean
emend_textract_get_box (const json_t *thing,
                        EmendRect *box)
{
  const json_t *bounds = json_object_get (json_object_get (thing, "Geometry"), "BoundingBox");
  EmendRect found;

  if (!emend_json_get_number (bounds, "Left", &found.x) || !emend_json_get_number (bounds, "Top", &found.y) ||
      !emend_json_get_number (bounds, "Width", &found.width) ||
      !emend_json_get_number (bounds, "Height", &found.height) || found.width < 0 || found.height < 0)
    return FALSE;
  *box = found;
  return TRUE;
}

/**
 * emend_textract_get_confidence:
 * @thing: (nullable): anything with a `Confidence`
 *
 * Returns: it, in percent, or NaN
 */
double
emend_textract_get_confidence (const json_t *thing)
{
  double confidence = NAN;

  emend_json_get_number (thing, "Confidence", &confidence);
  return confidence;
}

/**
 * emend_textract_add_region:
 * @regions: (element-type EmendRegion): places
 * @page: from 0, -1 for none
 * @thing: (nullable): anything with a `Geometry`
 *
 * Appends its place when it has one.
 */
void
emend_textract_add_region (GArray *regions,
                           int page,
                           const json_t *thing)
{
  EmendRegion region = { .page = page };

  if (page >= 0 && emend_textract_get_box (thing, &region.box))
    g_array_append_val (regions, region);
}

/**
 * emend_textract_text_init:
 * @text: (out caller-allocates): nothing
 */
void
emend_textract_text_init (EmendTextractText *text)
{
  *text = (EmendTextractText){ .text = g_string_new (NULL), .confidence = NAN };
}

/**
 * emend_textract_text_clear:
 * @text: a text
 */
void
emend_textract_text_clear (EmendTextractText *text)
{
  if (text->text != NULL)
    g_string_free (text->text, TRUE);
  text->text = NULL;
}

static gboolean
take_child (gpointer data,
            const json_t *child)
{
  EmendTextractText *text = data;
  const char *type = emend_textract_get_type (child);
  const char *word = emend_json_get_text (child, "Text");

  if (g_str_equal (type, "SELECTION_ELEMENT")) {
    text->n_marks++;
    if (g_strcmp0 (emend_json_get_text (child, "SelectionStatus"), "SELECTED") == 0)
      text->ticked = TRUE;
  } else if (word == NULL)
    return TRUE;
  else {
    g_string_append_printf (text->text, "%s%s", text->n_words > 0 ? " " : "", word);
    text->n_words++;
  }
  text->confidence = fmin (text->confidence, emend_textract_get_confidence (child));
  return TRUE;
}

/**
 * emend_textract_text_collect:
 * @text: a text
 * @textract: the blocks
 * @block: one of them
 *
 * Appends the words and boxes to tick that are children of the block.
 */
void
emend_textract_text_collect (EmendTextractText *text,
                             const EmendTextract *textract,
                             const json_t *block)
{
  emend_textract_each (textract, block, "CHILD", take_child, text);
}

static void
append_member (GString *json,
               const char *key,
               double value)
{
  char buffer[EMEND_TEXT_DOUBLE_SIZE];

  if (isfinite (value))
    g_string_append_printf (json, "%s\"%s\":%s", json->len > 1 ? "," : "", key,
                            emend_text_from_double (buffer, value));
}

/**
 * emend_textract_give:
 * @document: where it goes
 * @value: a value without score
 * @structure: how sure it is that this is the field's place, in percent, or NaN
 * @text: how sure it is that the words are right, in percent, or NaN
 * @error: what the sink said
 *
 * The score is the smaller of the two, as both must be right; both are kept as attributes.
 *
 * Returns: whether to go on
 */
gboolean
emend_textract_give (EmendDocument *document,
                     EmendDocumentValue *value,
                     double structure,
                     double text,
                     GError **error)
{
  double percent = fmin (structure, text);
  char buffer[EMEND_TEXT_DOUBLE_SIZE];
  g_autoptr (GString) attributes = g_string_new ("{");

  value->score = percent / 100;
  if (isfinite (percent))
    value->score_text = emend_text_from_double (buffer, percent);
  append_member (attributes, "structure_confidence", structure);
  append_member (attributes, "text_confidence", text);
  g_string_append_c (attributes, '}');
  value->attributes = attributes->len > 2 ? attributes->str : NULL;
  return emend_document_add_value (document, value, error);
}
