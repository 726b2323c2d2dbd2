#pragma once

#include "emend-hash.h"
#include "emend-types.h"

G_BEGIN_DECLS

/**
 * EmendPage:
 * @number: from 0
 * @width: upright width in pixels
 * @height: upright height in pixels
 * @orientation: how the stored pixels must be turned to be upright: EXIF 1 to 8
 *
 * A page or frame of an item.
 */
struct _EmendPage {
  int number;
  int width;
  int height;
  int orientation;
};

/**
 * EmendItem:
 * @id: number in this project file, from 1
 * @uuid: the same in every copy of the project
 * @position: place in the queue, from 0, without gaps
 * @path: of the file, relative to the project's folder, with `/`
 * @media_state: whether the file can be shown
 * @media_reason: (nullable): why not, a sentence
 * @sha256: of the file's bytes; nil when it could not be read
 * @size: of the file in bytes
 * @n_pages: how many pages
 * @width: of the first page, upright, in pixels
 * @height: of the first page, upright
 * @orientation: of the first page, EXIF 1 to 8
 * @n_proposals: how many proposals of role proposals it has
 * @n_undecided: how many of them wait for the active reviewer
 * @n_accepted: by the active reviewer, and so on
 * @n_corrected: see @n_accepted
 * @n_rejected: see @n_accepted
 * @n_added: see @n_accepted
 * @reading: how far the active reviewer is
 * @decision: (nullable): the active reviewer's item decision
 * @doubt: how doubtful the most doubtful undecided proposal is: 1 - 2 * |score - 0.5|, 1 when it
 *   has no score, -1 when nothing waits
 *
 * The unit of review, with the counts that the queue shows.
 */
struct _EmendItem {
  gint64 id;
  EmendUuid uuid;
  gint64 position;
  char *path;
  EmendMediaState media_state;
  char *media_reason;
  EmendDigest sha256;
  guint64 size;
  int n_pages;
  int width;
  int height;
  int orientation;
  int n_proposals;
  int n_undecided;
  int n_accepted;
  int n_corrected;
  int n_rejected;
  int n_added;
  EmendReadingState reading;
  char *decision;
  double doubt;
};

EmendItem *emend_item_new (void);
EmendItem *emend_item_copy (const EmendItem *item);
void emend_item_free (EmendItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendItem, emend_item_free)
char *emend_item_get_name (const EmendItem *item);

G_END_DECLS
