#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include "emend-pack-name.h"

#include <string.h>

#include <glib/gi18n-lib.h>

struct _EmendNameSet {
  GHashTable *files;   /* folded name */
  GHashTable *folders; /* folded name, to the name as it was first spelled */
};

/* Longest stretch of a project's name in the name of a folder, in characters. */
#define SAFE_LENGTH 60

/* Characters that no file name may hold on one or another system, or that hide what a name says. */
static gboolean
is_forbidden_character (gunichar c)
{
  const guint forbidden = 1u << G_UNICODE_CONTROL | 1u << G_UNICODE_FORMAT | 1u << G_UNICODE_LINE_SEPARATOR |
                          1u << G_UNICODE_PARAGRAPH_SEPARATOR | 1u << G_UNICODE_SURROGATE | 1u << G_UNICODE_PRIVATE_USE;

  if (c < 0x20 || (c >= 0x7f && c < 0xa0))
    return TRUE;
  if (c < 0x80)
    return strchr ("\\:*?\"<>|", (int) c) != NULL;
  return (1u << g_unichar_type (c) & forbidden) != 0;
}

/* Names of devices on Windows, with any extension; also with superscript digits, which it folds. */
static gboolean
is_reserved (const char *part,
             gsize length)
{
  static const char *const names[] = { "con", "prn", "aux", "nul", "conin$", "conout$", "clock$" };
  g_autofree char *name = NULL;
  gsize stem = 0;

  while (stem < length && part[stem] != '.')
    stem++;
  while (stem > 0 && part[stem - 1] == ' ')
    stem--;
  name = g_ascii_strdown (part, (gssize) stem);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      return TRUE;
  if (!g_str_has_prefix (name, "com") && !g_str_has_prefix (name, "lpt"))
    return FALSE;
  return (strlen (name) == 4 && g_ascii_isdigit (name[3])) ||
         strcmp (name + 3, "¹") == 0 || strcmp (name + 3, "²") == 0 || strcmp (name + 3, "³") == 0;
}

static const char *
check_part (const char *part,
            gsize length)
{
  if (length == 0)
    return _ ("The name “%s” in the pack begins or ends with “/” or has an empty part.");
  if ((length == 1 && part[0] == '.') || (length == 2 && part[0] == '.' && part[1] == '.'))
    return _ ("The name “%s” in the pack could leave its folder.");
  if (part[length - 1] == '.' || part[length - 1] == ' ' || part[0] == ' ')
    return _ ("The name “%s” in the pack has a part that begins or ends with a space, or ends with a dot.");
  if (part[0] == '~')
    return _ ("The name “%s” in the pack has a part that begins with “~”.");
  if (is_reserved (part, length))
    return _ ("The name “%s” in the pack is reserved for a device on some systems.");
  return NULL;
}

static const char *
check_parts (const char *name)
{
  gsize depth = 0;

  for (const char *part = name;; depth++) {
    gsize length = strcspn (part, "/");
    const char *problem = check_part (part, length);

    if (problem != NULL)
      return problem;
    if (part[length] == '\0')
      break;
    part += length + 1;
  }
  return depth > EMEND_PACK_DEPTH_MAX ? _ ("The name “%s” in the pack has too many folders in it.") : NULL;
}

/**
 * emend_pack_name_check:
 * @name: path of a file in a pack, any bytes
 *
 * Says whether @name means the same file, inside the folder of the pack, on every system: UTF-8 in
 * normal form C; no absolute, empty, dot-dot or drive part; no control, direction or forbidden
 * character; no device; at most %EMEND_PACK_NAME_MAX bytes and %EMEND_PACK_DEPTH_MAX folders.
 * Any thread.
 *
 * Returns: (nullable): why not, a sentence with one %s for the name; %NULL when it does
 */
const char *
emend_pack_name_check (const char *name)
{
  g_autofree char *normal = NULL;

  if (!g_utf8_validate (name, -1, NULL))
    return _ ("The name “%s” in the pack is not valid UTF-8.");
  if (strlen (name) > EMEND_PACK_NAME_MAX)
    return _ ("The name “%s” in the pack is too long.");
  if (name[0] == '/')
    return _ ("The name “%s” in the pack begins at the root of the file system.");
  if (g_ascii_isalpha (name[0]) && name[1] == ':')
    return _ ("The name “%s” in the pack begins with a drive.");
  if (strchr (name, '\\') != NULL)
    return _ ("The name “%s” in the pack has a backslash in it.");
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (is_forbidden_character (g_utf8_get_char (p)))
      return _ ("The name “%s” in the pack has a character that is not allowed in it.");
  normal = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);
  if (strcmp (normal, name) != 0)
    return _ ("The name “%s” in the pack is not in Unicode normal form C.");
  return check_parts (name);
}

/**
 * emend_pack_name_make_safe:
 * @text: any text, such as the name of a project or of a file
 *
 * Makes a name of one part for which emend_pack_name_check() has no objection, the same in every
 * locale. Any thread.
 *
 * Returns: (transfer full): the name, never empty
 */
char *
emend_pack_name_make_safe (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  g_autoptr (GString) safe = g_string_new (NULL);
  g_autofree char *again = NULL;
  glong count = 0;

  for (const char *p = normal; *p != '\0' && count < SAFE_LENGTH; p = g_utf8_next_char (p), count++) {
    gunichar c = g_utf8_get_char (p);

    if (c == '/' || c == '~' || c == 0xfffd || is_forbidden_character (c))
      c = '-';
    if (safe->len > 0 || (c != ' ' && c != '.' && c != '-'))
      g_string_append_unichar (safe, c);
  }
  while (safe->len > 0 && strchr (" .-", safe->str[safe->len - 1]) != NULL)
    g_string_truncate (safe, safe->len - 1);
  if (safe->len == 0 || is_reserved (safe->str, safe->len))
    g_string_prepend (safe, "emend-");
  while (strchr (" .-", safe->str[safe->len - 1]) != NULL)
    g_string_truncate (safe, safe->len - 1);
  /* A cut between a letter and its accent can leave something that is not normal. */
  again = g_utf8_normalize (safe->str, -1, G_NORMALIZE_NFC);
  return emend_pack_name_check (again) == NULL ? g_steal_pointer (&again) : g_strdup ("emend");
}

/**
 * emend_name_set_new:
 *
 * Returns: (transfer full): an empty set
 */
EmendNameSet *
emend_name_set_new (void)
{
  EmendNameSet *set = g_new0 (EmendNameSet, 1);

  set->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  set->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return set;
}

/* How a name looks to a file system that ignores case and normal forms. */
static char *
fold (const char *name,
      gsize length)
{
  g_autofree char *decomposed = g_utf8_normalize (name, (gssize) length, G_NORMALIZE_NFD);
  g_autofree char *folded = g_utf8_casefold (decomposed, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFC);
}

/* Whether the folders of @name are spelled as before and none of them is a file. */
static gboolean
add_folders (EmendNameSet *set,
             const char *name)
{
  for (const char *slash = strchr (name, '/'); slash != NULL; slash = strchr (slash + 1, '/')) {
    gsize length = (gsize) (slash - name);
    g_autofree char *folded = fold (name, length);
    const char *spelled = g_hash_table_lookup (set->folders, folded);

    if (g_hash_table_contains (set->files, folded))
      return FALSE;
    if (spelled != NULL && (strncmp (spelled, name, length) != 0 || spelled[length] != '\0'))
      return FALSE;
    if (spelled == NULL)
      g_hash_table_insert (set->folders, g_steal_pointer (&folded), g_strndup (name, length));
  }
  return TRUE;
}

/**
 * emend_name_set_add:
 * @set: names of files
 * @name: one more, valid UTF-8
 *
 * Returns: whether @name differs from all others on any file system; else it was not added
 */
gboolean
emend_name_set_add (EmendNameSet *set,
                    const char *name)
{
  g_autofree char *folded = fold (name, strlen (name));

  if (g_hash_table_contains (set->files, folded) || g_hash_table_contains (set->folders, folded))
    return FALSE;
  if (!add_folders (set, name))
    return FALSE;
  g_hash_table_add (set->files, g_steal_pointer (&folded));
  return TRUE;
}

/**
 * emend_name_set_free:
 * @set: (transfer full): a set
 */
void
emend_name_set_free (EmendNameSet *set)
{
  g_hash_table_unref (set->files);
  g_hash_table_unref (set->folders);
  g_free (set);
}
