#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-document-format.h"
#include "emend-document-json.h"
#include "emend-entities.h"
#include "emend-formats-private.h"
#include "emend-funsd-write.h"

/* FUNSD: one JSON for each form, with its entities, their words and links, in pixels. */
EMEND_DEFINE_FORMAT (EmendFunsd, emend_funsd)

static int
detect (const char *path,
        const char *text)
{
  g_auto (EmendJsonHead) head = { 0 };

  emend_json_head_init (&head, text);
  if (head.first != '{' || !emend_json_head_has (&head, 1, "form"))
    return 0;
  return emend_json_head_has (&head, 3, "linking") || emend_json_head_has (&head, 3, "words") ? 95 : 0;
}

static gboolean
is_next_line (const EmendRect *before,
              const EmendRect *box)
{
  double middle = box->y + box->height / 2;

  return middle < before->y || middle > before->y + before->height || box->x < before->x;
}

/* The format has no lines: a new one begins where a word is not beside the one before it. */
static void
add_words (EmendDocument *document,
           const json_t *words,
           guint *line)
{
  EmendRect before = { 0, 0, 0, 0 };
  gsize i;
  json_t *word;

  json_array_foreach (words, i, word)
  {
    const char *text = emend_json_get_text (word, "text");
    EmendRect box;

    if (text == NULL || !emend_json_to_rect (json_object_get (word, "box"), &box))
      continue;
    if (is_next_line (&before, &box))
      (*line)++;
    before = box;
    emend_document_add_word (document, 0, text, &box, NAN, *line);
  }
  (*line)++;
}

static gboolean
read_document (EmendDocument *document,
               char *text,
               gsize length,
               GError **error)
{
  g_autoptr (json_t) tree = emend_document_parse_json (document->path, text, length, error);
  const json_t *form = json_object_get (tree, "form");
  g_auto (EmendEntities) entities = { 0 };
  guint line = 0;
  gsize i;
  json_t *entity;

  if (tree == NULL)
    return FALSE;
  if (!json_is_array (form))
    return emend_document_refuse (document->path, EMEND_FORMATS_ERROR_INVALID, _ ("It has no list “form”."), error);
  emend_document_find (document, NULL);
  emend_document_use_pixels (document, 0);
  emend_entities_init (&entities);
  json_array_foreach (form, i, entity)
  {
    emend_entities_add (&entities, entity, emend_json_get_text (entity, "text"), json_object_get (entity, "box"));
    add_words (document, json_object_get (entity, "words"), &line);
  }
  return emend_entities_give (&entities, document, 0, error) &&
         emend_document_give_words (document, "funsd", NULL, error);
}

static const char *const suffixes[] = { ".json", NULL };
static const EmendDocumentReader reader = { suffixes, detect, read_document };

static void
emend_funsd_format_init (EmendFormatInterface *iface)
{
  iface->id = "funsd";
  iface->name = "FUNSD";
  iface->writes_folder = TRUE;
  iface->write = emend_funsd_write;
  emend_document_format_init (iface, &reader, TRUE);
}
