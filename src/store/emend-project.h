#pragma once

#include <gio/gio.h>

#include "emend-annotation.h"
#include "emend-decision.h"
#include "emend-error.h"
#include "emend-item.h"
#include "emend-schema.h"
#include "emend-store-error.h"
#include "emend-words.h"

G_BEGIN_DECLS

/**
 * EmendProject:
 *
 * An open project file. One thread at a time uses it, and every call may wait for the disk: the
 * window reaches it through #EmendStore, emendctl uses it directly.
 */
typedef struct _EmendProject EmendProject;

typedef enum {
  EMEND_PROJECT_READ_ONLY = 1 << 0, /* never write, even where it could be */
} EmendProjectFlags;

EmendProject *emend_project_create (const char *path,
                                    const char *name,
                                    EmendSchema *schema,
                                    const char *reviewer,
                                    GError **error);
EmendProject *emend_project_open (const char *path,
                                  EmendProjectFlags flags,
                                  const char *reviewer,
                                  GError **error);
void emend_project_close (EmendProject *project);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendProject, emend_project_close)

/**
 * EmendProjectInfo:
 * @uuid: the same in every copy
 * @name: for people
 * @path: of the file
 * @folder: against which item paths are resolved
 * @reviewer: (nullable): whose decisions are recorded now
 * @read_only_reason: (nullable): why it cannot be written, a sentence; %NULL when it can be
 * @created_ms: Unix time in milliseconds
 * @n_items: items
 * @n_items_done: of them done by the active reviewer
 * @n_items_waiting: with something undecided, or unread at all and not done
 * @n_proposals: of role proposals
 * @n_undecided: waiting for the active reviewer
 * @n_accepted: by the active reviewer, and so on
 * @n_corrected: see @n_accepted
 * @n_rejected: see @n_accepted
 * @n_added: see @n_accepted
 * @n_events: in all streams
 * @can_undo: (nullable): what undo would take back, a short sentence
 * @can_redo: (nullable): what redo would do again
 *
 * Facts of a project, kept as counters: asking costs the same for any size.
 */
typedef struct {
  EmendUuid uuid;
  char *name;
  char *path;
  char *folder;
  char *reviewer;
  char *read_only_reason;
  gint64 created_ms;
  gint64 n_items;
  gint64 n_items_done;
  gint64 n_items_waiting;
  gint64 n_proposals;
  gint64 n_undecided;
  gint64 n_accepted;
  gint64 n_corrected;
  gint64 n_rejected;
  gint64 n_added;
  gint64 n_events;
  char *can_undo;
  char *can_redo;
} EmendProjectInfo;

EmendProjectInfo *emend_project_get_info (EmendProject *project,
                                          GError **error);
void emend_project_info_free (EmendProjectInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendProjectInfo, emend_project_info_free)

gboolean emend_project_set_reviewer (EmendProject *project,
                                     const char *reviewer,
                                     GError **error);
EmendSchema *emend_project_get_schema (EmendProject *project);
gboolean emend_project_set_schema (EmendProject *project,
                                   EmendSchema *schema,
                                   GError **error);
GArray *emend_project_list_used (EmendProject *project,
                                 GError **error);
GPtrArray *emend_project_list_runs (EmendProject *project,
                                    GError **error);

/* Items. A new item needs path, media state and reason, hash, size, pages, width, height and
 * orientation; @pages may carry all pages of one with several, else %NULL. */
typedef struct {
  EmendItem *item;
  GArray *pages; /* (element-type EmendPage) (nullable) */
} EmendNewItem;

gint64 emend_project_add_items (EmendProject *project,
                                GPtrArray *new_items,
                                GCancellable *cancellable,
                                EmendProgressFunc progress,
                                gpointer progress_data,
                                GError **error);
gboolean emend_project_set_media (EmendProject *project,
                                  gint64 item,
                                  const char *path,
                                  EmendMediaState state,
                                  const char *reason,
                                  GError **error);

/**
 * EmendItemFilter:
 * @text: (nullable): part of the path, any case
 * @reading: bit n for #EmendReadingState n; 0 for all
 * @waiting: only those with something undecided
 * @verdicts: bit n for #EmendVerdict n: only those where at least one is so; 0 for all
 * @label: only those with a proposal or annotation of this label; 0 for all
 * @media: bit n for #EmendMediaState n; 0 for all
 * @score_below: only those with an undecided proposal below this confidence; NaN for all
 */
typedef struct {
  char *text;
  guint reading;
  gboolean waiting;
  guint verdicts;
  int label;
  guint media;
  double score_below;
} EmendItemFilter;

typedef enum {
  EMEND_ITEM_ORDER_POSITION = 0,
  EMEND_ITEM_ORDER_NAME,
  EMEND_ITEM_ORDER_DOUBT,     /* most doubtful first */
  EMEND_ITEM_ORDER_UNDECIDED, /* most undecided first */
} EmendItemOrder;

void emend_item_filter_init (EmendItemFilter *filter);
void emend_item_filter_clear (EmendItemFilter *filter);
gboolean emend_item_filter_parse (EmendItemFilter *filter,
                                  EmendSchema *schema,
                                  const char *text,
                                  GError **error);
gboolean emend_item_filter_is_empty (const EmendItemFilter *filter);

GArray *emend_project_query_items (EmendProject *project,
                                   const EmendItemFilter *filter,
                                   EmendItemOrder order,
                                   gint64 limit,
                                   GError **error);
GPtrArray *emend_project_load_items (EmendProject *project,
                                     const gint64 *ids,
                                     gsize n_ids,
                                     GError **error);
GPtrArray *emend_project_load_items_at (EmendProject *project,
                                        gint64 position,
                                        gsize count,
                                        GError **error);
EmendItem *emend_project_find_item (EmendProject *project,
                                    const char *path,
                                    GError **error);
EmendItem *emend_project_next_waiting (EmendProject *project,
                                       gint64 after_position,
                                       EmendItemOrder order,
                                       GError **error);

/**
 * EmendItemContent:
 * @item: the item
 * @pages: (element-type EmendPage): all pages
 * @marks: (element-type EmendMark): proposals of role proposals with the active reviewer's
 *   annotations, and what the reviewer added; proposals in the order of run and ordinal first
 * @superseded: (element-type EmendProposal): undecided proposals for fields of which a later run speaks, or that were
 *   decided otherwise; they do not wait for anybody
 */
typedef struct {
  EmendItem *item;
  GArray *pages;
  GPtrArray *marks;
  GPtrArray *superseded;
} EmendItemContent;

EmendItemContent *emend_project_load_content (EmendProject *project,
                                              gint64 item,
                                              GError **error);
void emend_item_content_free (EmendItemContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendItemContent, emend_item_content_free)
GPtrArray *emend_project_load_reference (EmendProject *project,
                                         gint64 item,
                                         GError **error);
EmendProposal *emend_project_find_proposal (EmendProject *project,
                                            EmendProposalId id,
                                            GError **error);

/* Final state of one item, for exports, reports and hand-off: the reading that counts is the
 * done one with the latest end, else the one with the latest decision, of any stream. */
EmendItemContent *emend_project_load_final (EmendProject *project,
                                            gint64 item,
                                            char **reviewer,
                                            GError **error);

/**
 * EmendChange:
 * @item: the item's number
 * @before: (nullable): the annotation as it was
 * @after: (nullable): the annotation as it is now; %NULL when it is no more
 */
typedef struct {
  gint64 item;
  EmendAnnotation *before;
  EmendAnnotation *after;
} EmendChange;

/**
 * EmendOutcome:
 * @changes: (element-type EmendChange): what became of the annotations, in the order of the decisions
 * @items: (element-type EmendItem): the touched items with their new counts
 * @info: the project's new counters
 * @seq: number of the last event in its stream
 * @summary: what was done, for "Undo: …", a short translated phrase
 * @learned: whether the look-up lists know other spellings than before: emend_project_get_schema() is another
 *
 * What a committed action changed. It exists only after the commit.
 */
typedef struct {
  GPtrArray *changes;
  GPtrArray *items;
  EmendProjectInfo *info;
  gint64 seq;
  char *summary;
  gboolean learned;
} EmendOutcome;

EmendOutcome *emend_project_decide (EmendProject *project,
                                    const EmendDecision *const *decisions,
                                    gsize n_decisions,
                                    GError **error);
EmendOutcome *emend_project_undo (EmendProject *project,
                                  GError **error);
EmendOutcome *emend_project_redo (EmendProject *project,
                                  GError **error);
void emend_outcome_free (EmendOutcome *outcome);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendOutcome, emend_outcome_free)

/* Words of pages, kept by the hash of the file: the same file is never read twice. They are no decision of anybody,
 * so that they have no event. */
gboolean emend_project_has_words (EmendProject *project,
                                  const EmendDigest *sha256,
                                  int page,
                                  const char *engine,
                                  const char *language,
                                  gboolean *has,
                                  GError **error);
gboolean emend_project_store_words (EmendProject *project,
                                    const EmendDigest *sha256,
                                    int page,
                                    EmendWords *words,
                                    GError **error);
gboolean emend_project_load_words (EmendProject *project,
                                   const EmendDigest *sha256,
                                   int page,
                                   EmendWords **words,
                                   GError **error);

/**
 * EmendWordsHit:
 * @item: the item's number
 * @page: from 0
 *
 * A page on which all words that were looked for stand.
 */
typedef struct {
  gint64 item;
  int page;
} EmendWordsHit;

gboolean emend_project_get_page (EmendProject *project,
                                 gint64 item,
                                 int number,
                                 EmendPage *page,
                                 GError **error);

GArray *emend_project_search_words (EmendProject *project,
                                    const char *text,
                                    gint64 limit,
                                    GError **error);
gboolean emend_project_count_read_pages (EmendProject *project,
                                         gint64 *n_read,
                                         gint64 *n_all,
                                         GError **error);

/**
 * EmendFieldCount:
 * @field: number of the field
 * @n_undecided: values of it that wait for the active reviewer
 *
 * How much of one field is left in the whole project.
 */
typedef struct {
  int field;
  gint64 n_undecided;
} EmendFieldCount;

/**
 * EmendFieldMark:
 * @mark: what was proposed, and what the active reviewer decided of it
 * @path: of its item, relative to the project's folder
 *
 * One value of one field, for a list that goes over all items.
 */
typedef struct {
  EmendMark *mark;
  char *path;
} EmendFieldMark;

GArray *emend_project_count_fields (EmendProject *project,
                                    GError **error);
GArray *emend_project_list_field (EmendProject *project,
                                  int field,
                                  GError **error);
GPtrArray *emend_project_load_field (EmendProject *project,
                                     const EmendProposalId *ids,
                                     gsize n_ids,
                                     GError **error);
void emend_field_mark_free (EmendFieldMark *proposal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendFieldMark, emend_field_mark_free)

/**
 * EmendDoneItem:
 * @item: the item's number
 * @stamp: changes whenever the reading that counts does: Unix time of its latest decision or end in milliseconds
 *
 * An item that somebody said is done.
 */
typedef struct {
  gint64 item;
  gint64 stamp;
} EmendDoneItem;

GArray *emend_project_list_done (EmendProject *project,
                                 GError **error);

/* What was learned of the fields; it travels in packs that are not blind. */
gboolean emend_project_get_learned (EmendProject *project,
                                    GBytes **learned,
                                    GError **error);
gboolean emend_project_set_learned (EmendProject *project,
                                    GBytes *learned,
                                    GError **error);

/* Appends an event that changes no annotation: an export, a pack. @body is one JSON object. */
gboolean emend_project_record (EmendProject *project,
                               const char *action,
                               const char *body,
                               GError **error);

/**
 * EmendEvent:
 * @stream: identity of the stream
 * @reviewer: the stream's reviewer
 * @seq: from 1 in its stream
 * @at_ms: Unix time in milliseconds
 * @action: what happened: "project-created", "items-added", "run-imported", "schema-changed",
 *   "decided", "undone", "redone", "exported", "packed", …
 * @item_path: (nullable): of the item it is about
 * @body: the event as it was hashed, one JSON object
 */
typedef struct {
  EmendUuid stream;
  char *reviewer;
  gint64 seq;
  gint64 at_ms;
  char *action;
  char *item_path;
  char *body;
} EmendEvent;

GPtrArray *emend_project_list_events (EmendProject *project,
                                      gint64 item,
                                      gint64 limit,
                                      GError **error);
void emend_event_free (EmendEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendEvent, emend_event_free)

typedef gboolean (*EmendEventFunc) (const EmendEvent *event,
                                    gpointer data,
                                    GError **error);
gboolean emend_project_foreach_event (EmendProject *project,
                                      EmendEventFunc func,
                                      gpointer data,
                                      GError **error);

/* A small value that belongs to the project file and to no event: the last item, the zoom. */
char *emend_project_get_setting (EmendProject *project,
                                 const char *key);
gboolean emend_project_set_setting (EmendProject *project,
                                    const char *key,
                                    const char *value,
                                    GError **error);

/**
 * EmendCheck:
 * @problems: (element-type utf8): what is not sound, whole sentences; empty when all is well
 * @n_events: events whose chain was followed
 * @n_annotations: annotations compared with the journal
 * @n_streams: streams
 * @rebuilt: whether the state was rebuilt and compared
 */
typedef struct {
  GPtrArray *problems;
  gint64 n_events;
  gint64 n_annotations;
  gint64 n_streams;
  gboolean rebuilt;
} EmendCheck;

EmendCheck *emend_project_check (EmendProject *project,
                                 gboolean rebuild,
                                 GCancellable *cancellable,
                                 EmendProgressFunc progress,
                                 gpointer progress_data,
                                 GError **error);
void emend_check_free (EmendCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendCheck, emend_check_free)

typedef struct {
  const gint64 *items; /* (nullable): the items to keep; NULL for all */
  gsize n_items;
  gboolean blind;    /* leaves out all readings, their journal and the reference runs */
  GHashTable *paths; /* (nullable) (element-type gint64 utf8): items whose file has another path beside the snapshot */
} EmendSnapshotOptions;

gboolean emend_project_snapshot (EmendProject *project,
                                 const char *path,
                                 const EmendSnapshotOptions *options,
                                 GError **error);
gboolean emend_project_save_copy (EmendProject *project,
                                  const char *path,
                                  GError **error);

G_END_DECLS
