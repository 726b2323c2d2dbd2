#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-list-file.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "emend-engine-error.h"

/* As many as a schema takes, and a file with which they fit. */
#define MAX_ENTRIES 20000
#define MAX_CELLS 1000
#define MAX_CELL 1000 /* characters */
#define MAX_SIZE ((gsize) 64 * 1024 * 1024)

/* A file of comma-separated values while it is read. */
typedef struct {
  const char *at;
  guint line; /* of the row that is read, from 1 */
  guint next; /* of the row after it */
} Reader;

static gboolean
refuse (GError **error,
        guint line,
        const char *reason)
{
  g_set_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_LIST,
               /* TRANSLATORS: number of a line of a file, then what is wrong with it, a whole sentence. */
               _ ("Line %u: %s"), line, reason);
  return FALSE;
}

/* What stands between quotes, with the quotes that are doubled in it (RFC 4180, section 2). */
static gboolean
read_quoted (Reader *reader,
             GString *cell,
             GError **error)
{
  for (reader->at++; *reader->at != '\0'; reader->at++) {
    if (*reader->at == '"' && reader->at[1] == '"')
      reader->at++;
    else if (*reader->at == '"')
      break;
    if (*reader->at == '\n')
      reader->next++;
    g_string_append_c (cell, *reader->at);
  }
  if (*reader->at != '"')
    return refuse (error, reader->line, _ ("A quotation mark is opened and never closed."));
  reader->at++;
  if (*reader->at != '\0' && strchr (",\r\n", *reader->at) == NULL)
    return refuse (error, reader->line, _ ("There is something between a closing quotation mark and the next comma."));
  return TRUE;
}

static gboolean
read_cell (Reader *reader,
           GPtrArray *cells,
           GError **error)
{
  g_autoptr (GString) cell = g_string_new (NULL);

  if (*reader->at == '"') {
    if (!read_quoted (reader, cell, error))
      return FALSE;
  } else {
    gsize length = strcspn (reader->at, ",\r\n");

    g_string_append_len (cell, reader->at, (gssize) length);
    reader->at += length;
  }
  if (cells->len == MAX_CELLS || g_utf8_strlen (cell->str, (gssize) cell->len) > MAX_CELL)
    return refuse (error, reader->line, _ ("It has more than 1000 cells, or a cell of more than 1000 characters."));
  g_strstrip (cell->str);
  g_ptr_array_add (cells, g_strdup (cell->str));
  return TRUE;
}

/* Reads one row; a line end may be LF, CR or both. */
static gboolean
read_row (Reader *reader,
          GPtrArray *cells,
          GError **error)
{
  reader->line = reader->next;
  g_ptr_array_set_size (cells, 0);
  while (TRUE) {
    if (!read_cell (reader, cells, error))
      return FALSE;
    if (*reader->at != ',')
      break;
    reader->at++;
  }
  if (*reader->at == '\r')
    reader->at++;
  if (*reader->at == '\n')
    reader->at++;
  reader->next++;
  return TRUE;
}

static gboolean
is_heading (GPtrArray *cells)
{
  return g_ascii_strcasecmp (g_ptr_array_index (cells, 0), "value") == 0;
}

/* Cells of a row that are not empty: the name, then its other spellings. */
static gboolean
add_row (EmendList *list,
         GPtrArray *cells,
         GHashTable *seen,
         guint line,
         GError **error)
{
  const char *value = g_ptr_array_index (cells, 0);
  g_autoptr (GPtrArray) aliases = g_ptr_array_new ();

  for (guint i = 1; i < cells->len; i++) {
    if (*(const char *) g_ptr_array_index (cells, i) != '\0')
      g_ptr_array_add (aliases, g_ptr_array_index (cells, i));
  }
  if (*value == '\0')
    return aliases->len == 0 || refuse (error, line, _ ("It has other spellings, and no value that they stand for."));
  if (!g_hash_table_add (seen, g_strdup (value)))
    return refuse (error, line, _ ("Its value stands in the file twice."));
  if (list->entries->len == MAX_ENTRIES)
    return refuse (error, line, _ ("A look-up list cannot have more than 20000 values."));
  g_ptr_array_add (aliases, NULL);
  emend_list_add (list, value, (const char *const *) aliases->pdata);
  return TRUE;
}

static char *
read_file (const char *path,
           GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = g_try_malloc (MAX_SIZE + 1);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &problem);
  gsize size = 0;

  if (stream == NULL || text == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_SIZE + 1, &size, NULL, &problem)) {
    g_set_error_literal (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_IO,
                         problem != NULL ? problem->message : _ ("There is not enough memory to read the file."));
    return NULL;
  }
  if (size > MAX_SIZE || !g_utf8_validate_len (text, size, NULL)) {
    g_set_error_literal (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_LIST,
                         _ ("The file is not text in UTF-8, or larger than 64 MB. Save it as CSV in UTF-8."));
    return NULL;
  }
  return g_strndup (text, size);
}

/**
 * emend_list_file_load:
 * @path: of a file of comma-separated values (RFC 4180) in UTF-8
 * @name: of the list
 * @error: EMEND_ENGINE_ERROR_IO, or EMEND_ENGINE_ERROR_LIST with the number of the line that is wrong
 *
 * Each row is a value and, in further cells, other spellings of it. A first row whose first cell is "value" is a
 * heading; empty rows and cells are left out. Waits for the disk: not for the main thread.
 *
 * Returns: (transfer full) (nullable): the list
 */
EmendList *
emend_list_file_load (const char *path,
                      const char *name,
                      GError **error)
{
  g_autofree char *text = read_file (path, error);
  g_autoptr (EmendList) list = emend_list_new (name);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reader reader = { text, 1, 1 };

  if (text == NULL)
    return NULL;
  /* Spreadsheets write a byte order mark. */
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    reader.at += 3;
  while (*reader.at != '\0') {
    if (!read_row (&reader, cells, error))
      return NULL;
    if (reader.line == 1 && is_heading (cells))
      continue;
    if (!add_row (list, cells, seen, reader.line, error))
      return NULL;
  }
  if (list->entries->len == 0) {
    g_set_error_literal (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_LIST,
                         _ ("The file has no value: each line is a value, with its other spellings after commas."));
    return NULL;
  }
  return g_steal_pointer (&list);
}
