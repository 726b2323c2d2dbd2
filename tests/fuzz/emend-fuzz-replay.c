/* Runs a fuzz target without libFuzzer: on every file below the folders that are named, then on seeded
 * mutations of them. Usage: fuzz-X ROUNDS FOLDER_OR_FILE... */
#define G_LOG_DOMAIN "emend-fuzz"

#include "config.h"

#include <string.h>

#include "emend-fuzz.h"

/* Larger files tell nothing more and take their time. */
#define MAX_SIZE ((gsize) 256 * 1024)

#define SEED 4711

static void
collect (GPtrArray *inputs,
         const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *text = NULL;
  const char *name;
  gsize size;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    collect (inputs, child);
  }
  if (dir == NULL && g_file_get_contents (path, &text, &size, NULL) && size <= MAX_SIZE)
    g_ptr_array_add (inputs, g_bytes_new_take (g_steal_pointer (&text), size));
}

static guint
below (GRand *random,
       gsize limit)
{
  return (guint) g_rand_int_range (random, 0, (gint32) MIN (limit, G_MAXINT32));
}

/* Flips, overwrites, cuts and doubles a few places. */
static GByteArray *
mutate (GRand *random,
        GBytes *input)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (input, &size);
  GByteArray *changed = g_byte_array_new ();

  g_byte_array_append (changed, data, (guint) size);
  for (guint i = 1 + below (random, 8); i > 0 && changed->len > 0; i--) {
    guint at = below (random, changed->len);
    guint length = 1 + below (random, MIN (changed->len - at, 64));

    switch (below (random, 4)) {
    case 0:
      changed->data[at] = (guint8) (changed->data[at] ^ (1u << below (random, 8)));
      break;
    case 1:
      changed->data[at] = (guint8) below (random, 256);
      break;
    case 2:
      g_byte_array_remove_range (changed, at, length);
      break;
    default: {
      g_autofree guint8 *piece = g_memdup2 (changed->data + at, length);
      g_byte_array_append (changed, piece, length);
      break;
    }
    }
  }
  return changed;
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GRand *random = g_rand_new_with_seed (SEED);
  guint64 rounds = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 0;

  for (int i = 2; i < argc; i++)
    collect (inputs, argv[i]);
  g_ptr_array_add (inputs, g_bytes_new_static ("", 0));
  for (guint i = 0; i < inputs->len; i++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (inputs->pdata[i], &size);
    g_autofree guint8 *copy = g_malloc (size + 1);

    if (size > 0)
      memcpy (copy, data, size);
    LLVMFuzzerTestOneInput (copy, size);
  }
  for (guint64 i = 0; i < rounds; i++) {
    GByteArray *changed = mutate (random, inputs->pdata[below (random, inputs->len)]);

    LLVMFuzzerTestOneInput (changed->data, changed->len);
    g_byte_array_unref (changed);
  }
  g_rand_free (random);
  return 0;
}
