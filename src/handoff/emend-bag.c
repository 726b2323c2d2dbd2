#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include "emend-bag.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-handoff-types.h"

/* The text files of a bag: RFC 8493, sections 2.1.1, 2.1.3, 2.2.1 and 2.2.2. */

static const char declaration[] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/**
 * emend_bag_get_file_kind:
 * @path: of a file, below the top folder of the bag
 * @algorithm: (out) (transfer full) (nullable): for a manifest, the word for its algorithm
 *
 * Returns: what a file of that name is
 */
EmendBagFileKind
emend_bag_get_file_kind (const char *path,
                         char **algorithm)
{
  gboolean of_tags = g_str_has_prefix (path, "tagmanifest-");
  const char *word = path + (of_tags ? strlen ("tagmanifest-") : strlen ("manifest-"));

  *algorithm = NULL;
  if (g_str_has_prefix (path, "data/"))
    return EMEND_BAG_FILE_PAYLOAD;
  if (strchr (path, '/') != NULL || !g_str_has_suffix (path, ".txt") ||
      !(of_tags || g_str_has_prefix (path, "manifest-")))
    return EMEND_BAG_FILE_OTHER;
  *algorithm = g_strndup (word, strlen (word) - strlen (".txt"));
  return of_tags ? EMEND_BAG_FILE_TAG_MANIFEST : EMEND_BAG_FILE_MANIFEST;
}

/**
 * emend_bag_algorithm_to_kind:
 * @algorithm: the word in the name of a manifest
 * @kind: (out): what it means
 *
 * Returns: whether it is one that can be trusted: SHA-256 or SHA-512
 */
gboolean
emend_bag_algorithm_to_kind (const char *algorithm,
                             EmendHashKind *kind)
{
  if (strcmp (algorithm, "sha256") == 0)
    *kind = EMEND_HASH_SHA256;
  else if (strcmp (algorithm, "sha512") == 0)
    *kind = EMEND_HASH_SHA512;
  else
    return FALSE;
  return TRUE;
}

/**
 * emend_bag_write_declaration:
 * @text: gets the text of bagit.txt
 */
void
emend_bag_write_declaration (GString *text)
{
  g_string_append (text, declaration);
}

/* The next line of @text at *@position without its end (LF, CR or CR LF); %NULL at the end. */
static char *
next_line (const char *text,
           gsize length,
           gsize *position)
{
  gsize start = *position;
  gsize end = start;

  if (start >= length)
    return NULL;
  while (end < length && text[end] != '\n' && text[end] != '\r')
    end++;
  *position = end + 1;
  if (end + 1 < length && text[end] == '\r' && text[end + 1] == '\n')
    *position = end + 2;
  return g_strndup (text + start, end - start);
}

/**
 * emend_bag_check_declaration:
 * @text: (array length=length): of bagit.txt
 * @length: its bytes
 * @problems: (element-type utf8): gets what is wrong with it
 */
void
emend_bag_check_declaration (const char *text,
                             gsize length,
                             GPtrArray *problems)
{
  gsize position = 0;
  g_autofree char *version = next_line (text, length, &position);
  g_autofree char *encoding = next_line (text, length, &position);

  if (g_strcmp0 (version, "BagIt-Version: 1.0") != 0)
    emend_problems_add (problems, _ ("The file “bagit.txt” in the pack does not say that this is a BagIt 1.0 bag."));
  if (g_strcmp0 (encoding, "Tag-File-Character-Encoding: UTF-8") != 0)
    emend_problems_add (problems, _ ("The file “bagit.txt” in the pack does not say that its texts are in UTF-8."));
  if (position < length || memchr (text, '\0', length) != NULL)
    emend_problems_add (problems, _ ("The file “bagit.txt” in the pack has more than its two lines."));
}

/**
 * emend_bag_write_manifest_line:
 * @text: gets the line
 * @hex: the hash of a file
 * @path: the file, below the top folder
 *
 * In a path only line ends and the percent sign are encoded (RFC 8493, section 2.1.3).
 */
void
emend_bag_write_manifest_line (GString *text,
                               const char *hex,
                               const char *path)
{
  g_string_append_printf (text, "%s  ", hex);
  for (const char *p = path; *p != '\0'; p++)
    if (*p == '\n' || *p == '\r' || *p == '%')
      g_string_append_printf (text, "%%%02X", (guint) *p);
    else
      g_string_append_c (text, *p);
  g_string_append_c (text, '\n');
}

/* Takes back the three encodings in place; FALSE when there is another percent sign. */
static gboolean
decode_path (char *path)
{
  char *out = path;

  for (const char *p = path; *p != '\0'; p++) {
    if (*p != '%') {
      *out++ = *p;
      continue;
    }
    if (g_ascii_strncasecmp (p, "%0a", 3) == 0)
      *out++ = '\n';
    else if (g_ascii_strncasecmp (p, "%0d", 3) == 0)
      *out++ = '\r';
    else if (strncmp (p, "%25", 3) == 0)
      *out++ = '%';
    else
      return FALSE;
    p += 2;
  }
  *out = '\0';
  return TRUE;
}

/* Adds what one line says to @hashes; returns whether the line is one. */
static gboolean
parse_manifest_line (const char *line,
                     gsize hex_length,
                     GHashTable *hashes)
{
  gsize digits = strspn (line, "0123456789abcdefABCDEF");
  const char *gap = line + digits;
  gsize blanks = strspn (gap, " \t");
  g_autofree char *path = NULL;

  if (digits != hex_length || blanks == 0 || gap[blanks] == '\0')
    return FALSE;
  path = g_strdup (gap + blanks);
  if (!decode_path (path) || g_hash_table_contains (hashes, path))
    return FALSE;
  g_hash_table_insert (hashes, g_steal_pointer (&path), g_ascii_strdown (line, (gssize) digits));
  return TRUE;
}

/**
 * emend_bag_parse_manifest:
 * @name: of the manifest, for messages
 * @text: (array length=length): its text
 * @length: its bytes
 * @kind: the algorithm
 * @problems: (element-type utf8): gets what is wrong with it
 *
 * Returns: (transfer full) (element-type utf8 utf8): hash in lower case by path. The paths may be
 *   anything: they only say something about files whose names were checked.
 */
GHashTable *
emend_bag_parse_manifest (const char *name,
                          const char *text,
                          gsize length,
                          EmendHashKind kind,
                          GPtrArray *problems)
{
  GHashTable *hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gsize hex_length = kind == EMEND_HASH_SHA512 ? 128 : 64;
  gsize position = 0;
  guint number = 0;
  char *next;

  if (!g_utf8_validate_len (text, length, NULL)) {
    emend_problems_add_for (problems, name, _ ("The manifest “%s” in the pack is not valid UTF-8."));
    return hashes;
  }
  while ((next = next_line (text, length, &position)) != NULL) {
    g_autofree char *line = next;

    number++;
    if (!parse_manifest_line (line, hex_length, hashes))
      /* TRANSLATORS: a number, then a file name. */
      emend_problems_add (problems,
                          _ ("Line %u of the manifest “%s” in the pack is no hash and path, or names a path again."),
                          number, name);
  }
  return hashes;
}

/**
 * emend_bag_write_info_line:
 * @text: gets the line
 * @label: a word
 * @value: what is said; a line end in it is written as a space
 */
void
emend_bag_write_info_line (GString *text,
                           const char *label,
                           const char *value)
{
  g_autofree char *line = g_strdelimit (g_strdup (value), "\r\n", ' ');

  g_string_append_printf (text, "%s: %s\n", label, line);
}

/**
 * emend_bag_parse_info:
 * @text: (array length=length): of bag-info.txt
 * @length: its bytes
 * @problems: (element-type utf8): gets what is wrong with it
 *
 * Returns: (transfer full) (element-type utf8 utf8): what is said, by label in lower case; of a
 *   label that is there more than once the first
 */
GHashTable *
emend_bag_parse_info (const char *text,
                      gsize length,
                      GPtrArray *problems)
{
  GHashTable *info = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gsize position = 0;
  guint number = 0;
  char *next;

  if (!g_utf8_validate_len (text, length, NULL)) {
    emend_problems_add (problems, _ ("The file “bag-info.txt” in the pack is not valid UTF-8."));
    return info;
  }
  while ((next = next_line (text, length, &position)) != NULL) {
    g_autofree char *line = next;
    char *colon = strchr (line, ':');
    gboolean continues = line[0] == ' ' || line[0] == '\t';

    number++;
    if (continues && number > 1)
      continue;
    if (continues || colon == NULL || colon == line || (colon[1] != ' ' && colon[1] != '\t')) {
      emend_problems_add (problems, _ ("Line %u of the file “bag-info.txt” in the pack is no label and value."),
                          number);
      continue;
    }
    g_autofree char *label = g_ascii_strdown (line, colon - line);

    if (!g_hash_table_contains (info, label))
      g_hash_table_insert (info, g_steal_pointer (&label), g_strdup (colon + 2));
    else if (strcmp (label, "payload-oxum") == 0)
      emend_problems_add (problems,
                          _ ("The file “bag-info.txt” in the pack says more than once how large the pack is."));
  }
  return info;
}
