#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Size of the picture: 24 megapixels. */
#define WINDOW_INPUT_WIDTH 6000
#define WINDOW_INPUT_HEIGHT 4000

/* The colours of the picture, and of no theme. */
gboolean window_input_is_picture (guint8 red,
                                  guint8 green,
                                  guint8 blue);

/* A JPEG of that size, with enough noise to be as large as a photograph. */
void window_input_write_picture (const char *path);

/* A project @name in @folder with @n_items pictures, copies of @picture, each with @n_boxes proposals;
 * returns its path. */
char *window_input_make_project (const char *folder,
                                 const char *name,
                                 const char *picture,
                                 int n_items,
                                 int n_boxes);

/* A project @name in @folder with one page, a copy of @picture, with so many words on it and a proposal for each of so
 * many fields; with none of them there is one field without a proposal. Returns its path. */
char *window_input_make_document (const char *folder,
                                  const char *name,
                                  const char *picture,
                                  int n_words,
                                  int n_fields);

G_END_DECLS
