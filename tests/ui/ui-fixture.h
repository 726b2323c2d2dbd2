#pragma once

#include "emend-form.h"

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
/* Lets everything that waits for the main loop happen. */
void ui_fixture_settle (UiFixture *fixture);

/* For a project that a test made at @path in @folder: opens it, with the work on it not started. */
void ui_fixture_open (UiFixture *fixture);
/* Shows a form over it in the window that is given back, and starts the work; ui_fixture_hide_form() ends all. */
GtkWidget *ui_fixture_show_form (UiFixture *fixture,
                                 EmendForm **form,
                                 EmendDocument **document);
void ui_fixture_hide_form (UiFixture *fixture,
                           GtkWidget *window,
                           EmendDocument *document);

G_END_DECLS
