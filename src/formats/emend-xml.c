#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-xml.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/parser.h>

#include "emend-document.h"
#include "emend-number.h"

#define MAX_DEPTH 200
#define MAX_ATTRIBUTES 256
#define CHUNK ((gsize) 64 * 1024)

/* What the parser's callbacks see. Once something is refused nothing more is told. */
typedef struct {
  const EmendXmlHandler *handler;
  gpointer data;
  xmlParserCtxtPtr parser;
  int depth;
  GPtrArray *attributes; /* (element-type utf8) */
  const char *refusal;   /* (nullable): why, translated */
} Reader;

static void
refuse (Reader *reader,
        const char *reason)
{
  if (reader->refusal == NULL)
    reader->refusal = reason;
  xmlStopParser (reader->parser);
}

static gboolean
enter (Reader *reader)
{
  if (reader->refusal != NULL)
    return FALSE;
  if (++reader->depth > MAX_DEPTH) {
    refuse (reader, _ ("Its elements are nested too deeply."));
    return FALSE;
  }
  g_ptr_array_set_size (reader->attributes, 0);
  return TRUE;
}

static void
begin (Reader *reader,
       const char *name)
{
  g_ptr_array_add (reader->attributes, NULL);
  reader->handler->start (reader->data, name, (const char *const *) reader->attributes->pdata);
}

/* Without substitution of entities the parser gives each ampersand of a value as "&#38;", however it was written. */
static char *
plain_value (const xmlChar *begin,
             const xmlChar *end)
{
  g_autofree char *value = g_strndup ((const char *) begin, (gsize) (end - begin));
  g_auto (GStrv) parts = NULL;

  if (strchr (value, '&') == NULL)
    return g_steal_pointer (&value);
  parts = g_strsplit (value, "&#38;", -1);
  return g_strjoinv ("&", parts);
}

/* Attributes come five by five: local name, prefix, namespace, begin and end of the value. The parser decides how many
 * parameters there are. */
static void
start_cb (/* NOLINT(readability-function-size) */
          void *data,
          const xmlChar *name,
          const xmlChar *prefix,
          const xmlChar *namespace,
          int n_namespaces,
          const xmlChar **namespaces,
          int n_attributes,
          int n_defaulted,
          const xmlChar **attributes)
{
  Reader *reader = data;

  if (!enter (reader))
    return;
  for (gsize i = 0; i < (gsize) MAX (0, n_attributes) && i < MAX_ATTRIBUTES; i++) {
    const xmlChar **attribute = attributes + 5 * i;

    if (attribute[1] != NULL && !g_str_equal (attribute[1], "xml"))
      continue;
    g_ptr_array_add (reader->attributes, g_strdup ((const char *) attribute[0]));
    g_ptr_array_add (reader->attributes, plain_value (attribute[3], attribute[4]));
  }
  begin (reader, (const char *) name);
}

static void
end_cb (void *data,
        const xmlChar *name,
        const xmlChar *prefix,
        const xmlChar *namespace)
{
  Reader *reader = data;

  reader->depth--;
  if (reader->refusal == NULL)
    reader->handler->end (reader->data, (const char *) name);
}

static void
html_start_cb (void *data,
               const xmlChar *name,
               const xmlChar **attributes)
{
  Reader *reader = data;

  if (!enter (reader))
    return;
  for (int i = 0; attributes != NULL && attributes[i] != NULL && i < 2 * MAX_ATTRIBUTES; i += 2) {
    g_ptr_array_add (reader->attributes, g_strdup ((const char *) attributes[i]));
    g_ptr_array_add (reader->attributes,
                     g_strdup (attributes[i + 1] != NULL ? (const char *) attributes[i + 1] : ""));
  }
  begin (reader, (const char *) name);
}

static void
html_end_cb (void *data,
             const xmlChar *name)
{
  end_cb (data, name, NULL, NULL);
}

static void
text_cb (void *data,
         const xmlChar *text,
         int length)
{
  Reader *reader = data;

  if (reader->refusal == NULL && reader->handler->text != NULL && length > 0)
    reader->handler->text (reader->data, (const char *) text, (gsize) length);
}

/* An entity that only a document type could define: the space that some XHTML has, or nothing. */
static void
reference_cb (void *data,
              const xmlChar *name)
{
  Reader *reader = data;

  if (!g_str_equal (name, "nbsp") && !g_str_equal (name, "shy"))
    refuse (reader, _ ("It refers to an entity, which is not looked up."));
  else if (reader->refusal == NULL && reader->handler->text != NULL)
    reader->handler->text (reader->data, " ", 1);
}

static void
entity_decl_cb (void *data,
                const xmlChar *name,
                int type,
                const xmlChar *public_id,
                const xmlChar *system_id,
                xmlChar *content)
{
  refuse (data, _ ("It defines entities of its own, which is not allowed here."));
}

static void
init_parser (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once)) {
    xmlInitParser ();
    g_once_init_leave (&once, 1);
  }
}

static gboolean
report (const char *path,
        const Reader *reader,
        GError **error)
{
  const xmlError *problem = xmlCtxtGetLastError (reader->parser);
  g_autofree char *words = NULL;
  g_autofree char *reason = NULL;

  if (reader->refusal != NULL)
    return emend_document_refuse (path, EMEND_FORMATS_ERROR_LIMIT, reader->refusal, error);
  words = problem != NULL && problem->message != NULL ? g_utf8_make_valid (problem->message, -1) : g_strdup ("");
  g_strstrip (words);
  /* TRANSLATORS: a line, and the parser's own words. */
  reason = g_strdup_printf (_ ("It is no well-formed XML at line %d: %s."), problem != NULL ? problem->line : 0, words);
  return emend_document_refuse (path, EMEND_FORMATS_ERROR_INVALID, reason, error);
}

static gboolean
feed (Reader *reader,
      const char *text,
      gsize length,
      gboolean html,
      GCancellable *cancellable,
      GError **error)
{
  for (gsize at = 0; at < length && reader->refusal == NULL; at += CHUNK) {
    int size = (int) MIN (CHUNK, length - at);

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if ((html ? htmlParseChunk (reader->parser, text + at, size, FALSE) :
                xmlParseChunk (reader->parser, text + at, size, FALSE)) != 0 &&
        !html)
      return TRUE;
  }
  if (reader->refusal == NULL) {
    if (html)
      htmlParseChunk (reader->parser, NULL, 0, TRUE);
    else
      xmlParseChunk (reader->parser, NULL, 0, TRUE);
  }
  return TRUE;
}

static void
free_parser (xmlParserCtxtPtr parser)
{
  /* The parser makes a document to keep what a document type says, even when nobody wants one. */
  if (parser->myDoc != NULL)
    xmlFreeDoc (parser->myDoc);
  parser->myDoc = NULL;
  xmlFreeParserCtxt (parser);
}

/**
 * emend_xml_parse:
 * @path: of the file, for errors
 * @text: (array length=length): its content
 * @length: its bytes
 * @handler: told what is in it
 * @data: for @handler
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_INVALID, EMEND_FORMATS_ERROR_LIMIT or G_IO_ERROR_CANCELLED
 *
 * Reads well-formed XML in any encoding that it declares. No document type is loaded, no entity but the five of XML is
 * known, nothing is fetched; at most 200 elements deep. Not for the main thread.
 *
 * Returns: whether the whole was well-formed
 */
gboolean
emend_xml_parse (const char *path,
                 const char *text,
                 gsize length,
                 const EmendXmlHandler *handler,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC };
  g_autoptr (GPtrArray) attributes = g_ptr_array_new_with_free_func (g_free);
  Reader reader = { .handler = handler, .data = data, .attributes = attributes };
  gboolean done;

  init_parser ();
  sax.startElementNs = start_cb;
  sax.endElementNs = end_cb;
  sax.characters = text_cb;
  sax.cdataBlock = text_cb;
  sax.ignorableWhitespace = text_cb;
  sax.reference = reference_cb;
  sax.entityDecl = entity_decl_cb;
  reader.parser = xmlCreatePushParserCtxt (&sax, &reader, NULL, 0, NULL);
  if (reader.parser == NULL)
    g_error ("out of memory");
  xmlCtxtUseOptions (reader.parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  done = feed (&reader, text, length, FALSE, cancellable, error);
  if (done && (reader.refusal != NULL || !reader.parser->wellFormed))
    done = report (path, &reader, error);
  free_parser (reader.parser);
  return done;
}

/**
 * emend_xml_parse_html:
 * @path: of the file, for errors
 * @text: (array length=length): its content
 * @length: its bytes
 * @handler: told what is in it, names in lower case
 * @data: for @handler
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_LIMIT or G_IO_ERROR_CANCELLED
 *
 * Reads HTML as browsers of old did: what is not closed is closed. Nothing is fetched; at most 200 elements deep. Not
 * for the main thread.
 *
 * Returns: whether it was read
 */
gboolean
emend_xml_parse_html (const char *path,
                      const char *text,
                      gsize length,
                      const EmendXmlHandler *handler,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error)
{
  xmlSAXHandler sax = { .initialized = 1 };
  g_autoptr (GPtrArray) attributes = g_ptr_array_new_with_free_func (g_free);
  Reader reader = { .handler = handler, .data = data, .attributes = attributes };
  gboolean done;

  init_parser ();
  sax.startElement = html_start_cb;
  sax.endElement = html_end_cb;
  sax.characters = text_cb;
  sax.ignorableWhitespace = text_cb;
  reader.parser = htmlCreatePushParserCtxt (&sax, &reader, NULL, 0, NULL, XML_CHAR_ENCODING_NONE);
  if (reader.parser == NULL)
    g_error ("out of memory");
  htmlCtxtUseOptions (reader.parser, HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
  if (g_utf8_validate_len (text, length, NULL))
    xmlSwitchEncoding (reader.parser, XML_CHAR_ENCODING_UTF8);
  done = feed (&reader, text, length, TRUE, cancellable, error);
  if (done && reader.refusal != NULL)
    done = report (path, &reader, error);
  free_parser (reader.parser);
  return done;
}

/**
 * emend_xml_get:
 * @attributes: of an element
 * @name: of one
 *
 * Returns: (nullable): its value
 */
const char *
emend_xml_get (const char *const *attributes,
               const char *name)
{
  for (gsize i = 0; attributes[i] != NULL; i += 2) {
    if (g_str_equal (attributes[i], name))
      return attributes[i + 1];
  }
  return NULL;
}

/**
 * emend_xml_get_number:
 * @attributes: of an element
 * @name: of one
 * @number: (out): untouched on failure
 *
 * Returns: whether its value is a finite number that can be a coordinate or a confidence
 */
gboolean
emend_xml_get_number (const char *const *attributes,
                      const char *name,
                      double *number)
{
  const char *text = emend_xml_get (attributes, name);
  double found;

  if (text == NULL || !emend_number_parse (text, strlen (text), &found) || !isfinite (found) || fabs (found) > 1e9)
    return FALSE;
  *number = found;
  return TRUE;
}

/**
 * emend_xml_find_root:
 * @head: the beginning of a file
 * @name: local name of an element
 *
 * Returns: whether the first element in it is called so, in any namespace; letters count the same in either case
 */
gboolean
emend_xml_find_root (const char *head,
                     const char *name)
{
  for (const char *at = strchr (head, '<'); at != NULL; at = strchr (at + 1, '<')) {
    gsize length;
    const char *colon;

    if (g_str_has_prefix (at, "<!--")) {
      at = strstr (at, "-->");
      if (at == NULL)
        return FALSE;
    }
    if (!g_ascii_isalpha (at[1]) && at[1] != '_')
      continue;
    at++;
    length = strcspn (at, " \t\r\n/>");
    colon = memchr (at, ':', length);
    if (colon != NULL) {
      length -= (gsize) (colon + 1 - at);
      at = colon + 1;
    }
    return length == strlen (name) && g_ascii_strncasecmp (at, name, length) == 0;
  }
  return FALSE;
}
