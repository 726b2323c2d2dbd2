#pragma once

#include "emend-review.h"

G_BEGIN_DECLS

/**
 * UiFixture:
 * @folder: of the test
 * @path: of a project with three items: "a.png" with three proposals of scores 0.9, 0.8 and 0.2, "b.png"
 *   with one, "gone.png" whose file is missing, with none; labels "cell" and "nucleus"
 * @store: it, open
 * @review: the work on it, started
 */
typedef struct {
  char *folder;
  char *path;
  EmendStore *store;
  EmendReview *review;
} UiFixture;

void ui_fixture_set_up (UiFixture *fixture,
                        gconstpointer data);
void ui_fixture_tear_down (UiFixture *fixture,
                           gconstpointer data);
/* Runs the main context until @check holds; fails the test after a minute. */
void ui_fixture_wait (UiFixture *fixture,
                      gboolean (*check) (UiFixture *fixture));
gboolean ui_fixture_is_saved (UiFixture *fixture);

G_END_DECLS
