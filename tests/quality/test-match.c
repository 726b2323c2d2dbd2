#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-match.h"

static EmendMatchThing
thing (int label,
       double x,
       double width,
       double score)
{
  return (EmendMatchThing){ label, 0, { x, 0, width, 10 }, score };
}

static void
test_empty (void)
{
  EmendMatchThing one = thing (1, 0, 10, 1);
  gint partner = 7;

  g_assert_cmpuint (emend_match (NULL, 0, NULL, 0, 0.5, NULL), ==, 0);
  g_assert_cmpuint (emend_match (NULL, 0, &one, 1, 0.5, NULL), ==, 0);
  g_assert_cmpuint (emend_match (&one, 1, NULL, 0, 0.5, &partner), ==, 0);
  g_assert_cmpint (partner, ==, -1);
}

/* A second find of the same thing is a false positive, whichever was given first. */
static void
test_double_find (void)
{
  EmendMatchThing found[] = { thing (1, 0, 9, 0.5), thing (1, 0, 10, 0.4), thing (1, 1, 9, 0.9) };
  EmendMatchThing truth[] = { thing (1, 0, 10, 1) };
  gint partner[3];

  g_assert_cmpuint (emend_match (found, 3, truth, 1, 0.5, partner), ==, 1);
  g_assert_cmpint (partner[0], ==, -1);
  g_assert_cmpint (partner[1], ==, -1);
  g_assert_cmpint (partner[2], ==, 0);
}

/* Label and page separate; so does what is just below the threshold, and not what is just at it. */
static void
test_kept_apart (void)
{
  EmendMatchThing found[] = { thing (1, 0, 10, 1), thing (2, 0, 5, 1), thing (3, 0, 4.99, 1), thing (4, 0, 10, 1) };
  EmendMatchThing truth[] = { thing (5, 0, 10, 1), thing (2, 0, 10, 1), thing (3, 0, 10, 1), thing (4, 0, 10, 1) };
  gint partner[4];

  truth[3].page = 1;
  g_assert_cmpuint (emend_match (found, 4, truth, 4, 0.5, partner), ==, 1);
  g_assert_cmpint (partner[0], ==, -1);
  g_assert_cmpint (partner[1], ==, 1);
  g_assert_cmpint (partner[2], ==, -1);
  g_assert_cmpint (partner[3], ==, -1);
}

/* Whose best truth is taken gets the next best one that is good enough. */
static void
test_next_best (void)
{
  EmendMatchThing found[] = { thing (1, 0, 10, 0.9), thing (1, 0, 10, 0.8) };
  EmendMatchThing truth[] = { thing (1, 2, 10, 1), thing (1, 0, 10, 1) };
  gint partner[2];

  g_assert_cmpuint (emend_match (found, 2, truth, 2, 0.5, partner), ==, 2);
  g_assert_cmpint (partner[0], ==, 1);
  g_assert_cmpint (partner[1], ==, 0);
}

static void
test_order_of_equals (void)
{
  EmendMatchThing found[] = { thing (1, 0, 10, 0.5), thing (1, 0, 10, 0.5), thing (1, 0, 10, NAN) };
  EmendMatchThing truth[] = { thing (1, 0, 10, 1), thing (1, 0, 10, 1), thing (1, 0, 10, 1) };
  gint partner[3];

  g_assert_cmpuint (emend_match (found, 3, truth, 3, 1, partner), ==, 3);
  g_assert_cmpint (partner[2], ==, 0);
  g_assert_cmpint (partner[0], ==, 1);
  g_assert_cmpint (partner[1], ==, 2);
}

/* The definition once more, without any index: what emend_match() must give for any input. */
static gsize
match_plainly (const EmendMatchThing *found,
               gsize n_found,
               const EmendMatchThing *truth,
               gsize n_truth,
               double threshold,
               gint *partner)
{
  g_autofree gboolean *done = g_new0 (gboolean, n_found);
  g_autofree gboolean *taken = g_new0 (gboolean, n_truth);
  gsize n_matched = 0;

  for (gsize round = 0; round < n_found; round++) {
    gsize next = n_found;
    double best = 0;

    for (gsize i = 0; i < n_found; i++) {
      if (!done[i] && (next == n_found || found[i].score > found[next].score))
        next = i;
    }
    done[next] = TRUE;
    partner[next] = -1;
    for (gsize i = 0; i < n_truth; i++) {
      double iou = emend_rect_iou (&found[next].box, &truth[i].box);

      if (!taken[i] && truth[i].label == found[next].label && truth[i].page == found[next].page &&
          iou >= threshold && iou > best) {
        best = iou;
        partner[next] = (gint) i;
      }
    }
    if (partner[next] >= 0) {
      taken[partner[next]] = TRUE;
      n_matched++;
    }
  }
  return n_matched;
}

static void
make_random (GRand *random,
             EmendMatchThing *things,
             gsize n)
{
  for (gsize i = 0; i < n; i++) {
    things[i].label = g_rand_int_range (random, 1, 4);
    things[i].page = g_rand_int_range (random, 0, 2);
    things[i].box = (EmendRect){ g_rand_int_range (random, 0, 30), g_rand_int_range (random, 0, 30),
                                 g_rand_int_range (random, 0, 25), g_rand_int_range (random, 1, 25) };
    things[i].score = g_rand_int_range (random, 0, 8) / 8.0;
  }
}

static void
test_against_definition (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260101);
  gsize n_matched = 0;

  for (int round = 0; round < 400; round++) {
    EmendMatchThing found[60];
    EmendMatchThing truth[60];
    gint partner[60];
    gint expected[60];
    gsize n_found = (gsize) g_rand_int_range (random, 1, 60);
    gsize n_truth = (gsize) g_rand_int_range (random, 1, 60);
    double threshold = g_rand_int_range (random, 1, 11) / 10.0;
    gsize n;

    make_random (random, found, n_found);
    make_random (random, truth, n_truth);
    n = emend_match (found, n_found, truth, n_truth, threshold, partner);
    g_assert_cmpuint (n, ==, match_plainly (found, n_found, truth, n_truth, threshold, expected));
    g_assert_cmpint (memcmp (partner, expected, n_found * sizeof *partner), ==, 0);
    n_matched += n;
  }
  g_assert_cmpuint (n_matched, >, 1000);
}

/* 20,000 against 20,000 must not take the time of 400 million comparisons. */
static void
test_many (void)
{
  enum {
    N = 20000
  };
  g_autofree EmendMatchThing *found = g_new0 (EmendMatchThing, N);
  g_autofree EmendMatchThing *truth = g_new0 (EmendMatchThing, N);
  g_autofree gint *partner = g_new0 (gint, N);

  for (int i = 0; i < N; i++) {
    truth[i] = thing (1, 20.0 * i, 10, 1);
    found[N - 1 - i] = thing (1, 20.0 * i + 1, 10, i / (double) N);
  }
  g_test_timer_start ();
  g_assert_cmpuint (emend_match (found, N, truth, N, 0.5, partner), ==, N);
  g_assert_cmpfloat (g_test_timer_elapsed (), <, 2);
  for (int i = 0; i < N; i++)
    g_assert_cmpint (partner[i], ==, N - 1 - i);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quality/match/match/empty", test_empty);
  g_test_add_func ("/quality/match/match/double-find", test_double_find);
  g_test_add_func ("/quality/match/match/kept-apart", test_kept_apart);
  g_test_add_func ("/quality/match/match/next-best", test_next_best);
  g_test_add_func ("/quality/match/match/order-of-equals", test_order_of_equals);
  g_test_add_func ("/quality/match/match/against-definition", test_against_definition);
  g_test_add_func ("/quality/match/match/many", test_many);
  return g_test_run ();
}
