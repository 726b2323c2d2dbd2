/* Makes the sample's pictures, a model's proposals and the truth: shelves of goods, drawn with a fixed
 * seed, so that every build makes the same. Usage: emend-make-sample FOLDER */
#include "config.h"

#include <math.h>
#include <stdio.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#include "emend-json.h"
#include "sample-paint.h"

#define N_PICTURES 24
#define WIDTH 1600
#define HEIGHT 1200
#define SEED 20240229

typedef struct {
  SampleKind kind;
  SampleBox box;
  double score; /* of a proposal */
} Thing;

static const char *const kind_names[SAMPLE_N_KINDS] = { "bottle", "can", "jar", "box", "carton", "bag" };

static double
normal (GRand *random)
{
  return sqrt (-2 * log (1 - g_rand_double (random))) * cos (2 * G_PI * g_rand_double (random));
}

static void
keep_thing (GArray *things,
            SampleKind kind,
            SampleBox box)
{
  double x2 = MIN (box.x + box.width, WIDTH);
  double y2 = MIN (box.y + box.height, HEIGHT);

  box.x = MAX (box.x, 0);
  box.y = MAX (box.y, 0);
  box.width = x2 - box.x;
  box.height = y2 - box.y;
  if (box.width >= 24 && box.height >= 24) {
    Thing thing = { kind, box, 1 };
    g_array_append_val (things, thing);
  }
}

/* Goods stand in groups of one kind, some gaps between them. */
static void
fill_board (cairo_t *cr,
            GRand *random,
            double y,
            double room,
            GArray *things)
{
  static const double widths[SAMPLE_N_KINDS] = { 0.29, 0.36, 0.46, 0.55, 0.36, 0.62 };
  static const double heights[SAMPLE_N_KINDS] = { 0.90, 0.50, 0.52, 0.78, 0.80, 0.76 };
  double x = g_rand_double_range (random, -40, 30);

  while (x < WIDTH + 20) {
    SampleKind kind = (SampleKind) g_rand_int_range (random, 0, SAMPLE_N_KINDS);
    int n_things = g_rand_int_range (random, 1, kind == SAMPLE_CAN ? 6 : 4);
    double size = g_rand_double_range (random, 0.82, 1.04);
    double width = room * widths[kind] * size * 0.78;
    double height = room * heights[kind] * size * 0.92;

    for (int i = 0; i < n_things && x < WIDTH + 20; i++) {
      SampleBox box;

      sample_paint_thing (cr, random, kind, x + width / 2, y + g_rand_double_range (random, -3, 3), width,
                          height, &box);
      keep_thing (things, kind, box);
      x += width * g_rand_double_range (random, 0.99, 1.07) + 3;
    }
    x += g_rand_int_range (random, 0, 6) == 0 ? g_rand_double_range (random, 70, 190) :
                                                g_rand_double_range (random, 6, 26);
  }
}

static gboolean
save_picture (cairo_surface_t *surface,
              const char *path,
              GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, WIDTH, HEIGHT);
  guint8 *target = gdk_pixbuf_get_pixels (pixbuf);
  const guint8 *source = cairo_image_surface_get_data (surface);

  for (int y = 0; y < HEIGHT; y++) {
    const guint8 *from = source + y * cairo_image_surface_get_stride (surface);
    guint8 *to = target + y * gdk_pixbuf_get_rowstride (pixbuf);

    for (int x = 0; x < WIDTH; x++, from += 4, to += 3) {
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
    }
  }
  return gdk_pixbuf_save (pixbuf, path, "jpeg", error, "quality", "88", NULL);
}

static gboolean
make_picture (GRand *random,
              const char *path,
              GArray *things,
              GError **error)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  int n_boards = g_rand_int_range (random, 3, 5);
  double room = (double) HEIGHT / n_boards;
  double boards[4];
  gboolean saved;

  cairo_translate (cr, WIDTH / 2.0, HEIGHT / 2.0);
  cairo_rotate (cr, g_rand_double_range (random, -0.022, 0.022));
  cairo_scale (cr, 1.03, 1.03);
  cairo_translate (cr, -WIDTH / 2.0, -HEIGHT / 2.0);
  for (int i = 0; i < n_boards; i++)
    boards[i] = room * (i + 1) - 46;
  sample_paint_shelf (cr, random, WIDTH, HEIGHT, boards, n_boards);
  for (int i = 0; i < n_boards; i++)
    fill_board (cr, random, boards[i] - 2, room - 52, things);
  cairo_destroy (cr);
  sample_paint_camera (surface, random);
  saved = save_picture (surface, path, error);
  cairo_surface_destroy (surface);
  return saved;
}

static SampleBox
shifted (GRand *random,
         SampleBox box,
         double amount)
{
  double dx = normal (random) * amount * box.width;
  double dy = normal (random) * amount * box.height;
  double width = box.width * (1 + normal (random) * amount);
  double height = box.height * (1 + normal (random) * amount);
  double x = CLAMP (box.x + dx, 0, WIDTH - 10);
  double y = CLAMP (box.y + dy, 0, HEIGHT - 10);

  return (SampleBox){ x, y, CLAMP (width, 8, WIDTH - x), CLAMP (height, 8, HEIGHT - y) };
}

static void
propose (GArray *proposals,
         GRand *random,
         SampleKind kind,
         SampleBox box,
         double mean,
         double spread)
{
  double score = mean + normal (random) * spread;
  Thing thing = { kind, box, CLAMP (score, 0.06, 0.995) };

  g_array_append_val (proposals, thing);
}

/* What a fair detector would say: most things nearly right, some loose boxes, wrong labels, doubles,
 * misses, and a few things that are not there. */
static void
propose_all (GRand *random,
             GArray *truth,
             GArray *proposals)
{
  for (guint i = 0; i < truth->len; i++) {
    const Thing *thing = &g_array_index (truth, Thing, i);
    double chance = g_rand_double (random);

    if (chance < 0.06)
      continue;
    if (chance < 0.13)
      propose (proposals, random,
               (SampleKind) (((int) thing->kind + g_rand_int_range (random, 1, SAMPLE_N_KINDS)) % SAMPLE_N_KINDS),
               shifted (random, thing->box, 0.02), 0.55, 0.13);
    else if (chance < 0.24)
      propose (proposals, random, thing->kind, shifted (random, thing->box, 0.13), 0.62, 0.14);
    else
      propose (proposals, random, thing->kind, shifted (random, thing->box, 0.012), 0.91, 0.06);
    if (chance > 0.965)
      propose (proposals, random, thing->kind, shifted (random, thing->box, 0.08), 0.44, 0.12);
  }
  for (int i = g_rand_int_range (random, 0, 3); i > 0; i--) {
    SampleBox box = { g_rand_double_range (random, 0, WIDTH - 200),
                      g_rand_double_range (random, 0, HEIGHT - 160),
                      g_rand_double_range (random, 50, 160), g_rand_double_range (random, 40, 130) };

    propose (proposals, random, (SampleKind) g_rand_int_range (random, 0, SAMPLE_N_KINDS), box, 0.3, 0.1);
  }
}

static double
rounded_number (double value,
                double step)
{
  return round (value / step) * step;
}

static void
write_things (EmendJsonWriter *writer,
              GPtrArray *all,
              gboolean with_score)
{
  gint64 id = 1;

  emend_json_key (writer, "annotations");
  emend_json_begin_array (writer);
  for (guint i = 0; i < all->len; i++) {
    GArray *things = g_ptr_array_index (all, i);

    for (guint j = 0; j < things->len; j++) {
      const Thing *thing = &g_array_index (things, Thing, j);
      double values[] = { thing->box.x, thing->box.y, thing->box.width, thing->box.height };

      emend_json_begin_object (writer);
      emend_json_key (writer, "id");
      emend_json_int (writer, id++);
      emend_json_key (writer, "image_id");
      emend_json_int (writer, i + 1);
      emend_json_key (writer, "category_id");
      emend_json_int (writer, (gint64) thing->kind + 1);
      emend_json_key (writer, "bbox");
      emend_json_begin_array (writer);
      for (int k = 0; k < 4; k++)
        emend_json_double (writer, floor (values[k] * 10 + 0.5) / 10);
      emend_json_end_array (writer);
      emend_json_key (writer, "area");
      emend_json_double (writer, rounded_number (thing->box.width * thing->box.height, 1));
      emend_json_key (writer, "iscrowd");
      emend_json_int (writer, 0);
      if (with_score) {
        emend_json_key (writer, "score");
        emend_json_double (writer, floor (thing->score * 1000 + 0.5) / 1000);
      }
      emend_json_end_object (writer);
    }
  }
  emend_json_end_array (writer);
}

static void
write_images (EmendJsonWriter *writer)
{
  emend_json_key (writer, "images");
  emend_json_begin_array (writer);
  for (int i = 0; i < N_PICTURES; i++) {
    g_autofree char *name = g_strdup_printf ("pictures/shelf-%02d.jpg", i + 1);

    emend_json_begin_object (writer);
    emend_json_key (writer, "id");
    emend_json_int (writer, i + 1);
    emend_json_key (writer, "file_name");
    emend_json_string (writer, name);
    emend_json_key (writer, "width");
    emend_json_int (writer, WIDTH);
    emend_json_key (writer, "height");
    emend_json_int (writer, HEIGHT);
    emend_json_end_object (writer);
  }
  emend_json_end_array (writer);
}

static gboolean
write_coco (const char *folder,
            const char *name,
            GPtrArray *all,
            gboolean with_score,
            GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (text, FALSE);

  emend_json_begin_object (writer);
  write_images (writer);
  emend_json_key (writer, "categories");
  emend_json_begin_array (writer);
  for (int i = 0; i < SAMPLE_N_KINDS; i++) {
    emend_json_begin_object (writer);
    emend_json_key (writer, "id");
    emend_json_int (writer, i + 1);
    emend_json_key (writer, "name");
    emend_json_string (writer, kind_names[i]);
    emend_json_end_object (writer);
  }
  emend_json_end_array (writer);
  write_things (writer, all, with_score);
  emend_json_end_object (writer);
  return g_file_set_contents (path, text->str, (gssize) text->len, error);
}

static gboolean
make_sample (const char *folder,
             GError **error)
{
  g_autofree char *pictures = g_build_filename (folder, "pictures", NULL);
  g_autoptr (GPtrArray) truth = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GPtrArray) proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  GRand *random = g_rand_new_with_seed (SEED);
  gboolean made = g_mkdir_with_parents (pictures, 0777) == 0;

  for (int i = 0; made && i < N_PICTURES; i++) {
    g_autofree char *name = g_strdup_printf ("shelf-%02d.jpg", i + 1);
    g_autofree char *path = g_build_filename (pictures, name, NULL);
    GArray *true_things = g_array_new (FALSE, FALSE, sizeof (Thing));
    GArray *proposed = g_array_new (FALSE, FALSE, sizeof (Thing));

    g_ptr_array_add (truth, true_things);
    g_ptr_array_add (proposals, proposed);
    made = make_picture (random, path, true_things, error);
    propose_all (random, true_things, proposed);
  }
  g_rand_free (random);
  return made && write_coco (folder, "proposals.json", proposals, TRUE, error) &&
         write_coco (folder, "truth.json", truth, FALSE, error);
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;

  if (argc != 2) {
    g_printerr ("usage: emend-make-sample FOLDER\n");
    return 2;
  }
  if (!make_sample (argv[1], &error)) {
    g_printerr ("emend-make-sample: %s: %s\n", argv[1], error ? error->message : "could not be made");
    return 1;
  }
  return 0;
}
