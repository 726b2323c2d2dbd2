#pragma once

#include <sqlite3.h>

#include "emend-hash.h"
#include "emend-part-file.h"
#include "emend-project.h"

G_BEGIN_DECLS

/* "Emnd", in the header of every project file. */
#define EMEND_PROJECT_APPLICATION_ID 0x456d6e64
#define EMEND_PROJECT_VERSION 2

/**
 * EmendProject:
 * @db: the connection
 * @queries: (element-type utf8 EmendQuery): prepared once, by their text
 * @path: real path of the file, no link in it
 * @folder: of @path
 * @name: for people
 * @read_only_reason: (nullable): why nothing is written
 * @reviewer: (nullable): who decides
 * @uuid: the same in every copy
 * @copy: identity of this copy; new streams belong to it
 * @place: where this copy lies, as emend_project_place() makes it
 * @place_pending: whether @copy and @place must be written with the next transaction
 * @created_ms: Unix time in milliseconds
 * @schema: in use now
 * @view: number of the stream whose readings the counters of items speak of, 0 for none
 * @committed_view: @view before the transaction
 * @lock_path: (nullable): the sidecar that keeps a second writer out
 * @lock_fd: its descriptor, or -1
 * @in_transaction: between begin and commit
 */
struct _EmendProject {
  sqlite3 *db;
  GHashTable *queries;
  char *path;
  char *folder;
  char *name;
  char *read_only_reason;
  char *reviewer;
  EmendUuid uuid;
  EmendUuid copy;
  char *place;
  gboolean place_pending;
  gint64 created_ms;
  EmendSchema *schema;
  gint64 view;
  gint64 committed_view;
  char *lock_path;
  int lock_fd;
  gboolean in_transaction;
};

/* A prepared statement of the project's cache; going out of scope makes it free for the next use. */
typedef sqlite3_stmt EmendQuery;
void emend_query_release (EmendQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendQuery, emend_query_release)

typedef enum {
  EMEND_STEP_FAILED = -1,
  EMEND_STEP_DONE = 0,
  EMEND_STEP_ROW = 1,
} EmendStep;

/* emend-project-sql.c */
EmendQuery *emend_query_new (EmendProject *project,
                             const char *sql,
                             GError **error);
EmendStep emend_query_step (EmendProject *project,
                            EmendQuery *query,
                            GError **error);
gboolean emend_query_run (EmendProject *project,
                          EmendQuery *query,
                          GError **error);
void emend_query_bind_text (EmendQuery *query,
                            int index,
                            const char *text);
void emend_query_bind_uuid (EmendQuery *query,
                            int index,
                            const EmendUuid *uuid);
void emend_query_bind_digest (EmendQuery *query,
                              int index,
                              const EmendDigest *digest);
void emend_query_bind_bytes (EmendQuery *query,
                             int index,
                             GBytes *bytes);
void emend_query_bind_double (EmendQuery *query,
                              int index,
                              double value);
void emend_query_bind_shape (EmendQuery *query,
                             int index,
                             const EmendShape *shape);
char *emend_query_get_text (EmendQuery *query,
                            int column);
void emend_query_get_uuid (EmendQuery *query,
                           int column,
                           EmendUuid *uuid);
void emend_query_get_digest (EmendQuery *query,
                             int column,
                             EmendDigest *digest);
gboolean emend_query_get_shape (EmendQuery *query,
                                int column,
                                EmendShape *shape);
gboolean emend_query_get_value (EmendProject *project,
                                EmendQuery *query,
                                int column,
                                EmendValue **value,
                                GError **error);
gboolean emend_project_exec (EmendProject *project,
                             const char *sql,
                             GError **error);
gboolean emend_project_query_int (EmendProject *project,
                                  const char *sql,
                                  gint64 argument,
                                  gint64 *value,
                                  GError **error);
void emend_project_set_db_error (EmendProject *project,
                                 GError **error);
void emend_project_set_damaged (EmendProject *project,
                                const char *what,
                                GError **error);
gboolean emend_project_begin (EmendProject *project,
                              GError **error);
gboolean emend_project_commit (EmendProject *project,
                               GError **error);
void emend_project_rollback (EmendProject *project);
gboolean emend_project_begin_read (EmendProject *project,
                                   GError **error);
void emend_project_end_read (EmendProject *project);

/* Takes a transaction back when it goes out of scope without having been committed. */
typedef EmendProject EmendTransaction;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendTransaction, emend_project_rollback)

/* emend-project-schema-sql.c */
const char *const *emend_project_schema_sql (gsize *n_statements);
const char *const *emend_project_schema_shadows (gsize *n_statements);

/* emend-project-open.c */
EmendProject *emend_project_new_connection (const char *path,
                                            int flags,
                                            GError **error);
gboolean emend_project_create_tables (EmendProject *project,
                                      GError **error);
gboolean emend_project_check_identity (EmendProject *project,
                                       gint64 *version,
                                       GError **error);
gboolean emend_project_check_tables (EmendProject *project,
                                     GError **error);
gboolean emend_project_check_content (EmendProject *project,
                                      GError **error);
gboolean emend_project_load (EmendProject *project,
                             GError **error);
char *emend_project_place (const char *path);
gboolean emend_project_settle_copy (EmendProject *project,
                                    GError **error);
gboolean emend_project_write_place (EmendProject *project,
                                    GError **error);

/**
 * EmendMigration:
 * @from: the version that the step starts from; it leads to the next
 * @sql: what it does
 *
 * A step from one version of project files to the next.
 */
typedef struct {
  int from;
  const char *sql;
} EmendMigration;

/* emend-project-migrate.c */
const EmendMigration *emend_project_migrations (void);
gboolean emend_project_migrate (const char *path,
                                const EmendMigration *steps,
                                int target,
                                GError **error);

/* emend-project-normal.c */
gboolean emend_project_normalise (EmendProject *project,
                                  EmendSchema *next,
                                  GError **error);

/* emend-project-snapshot.c */
EmendPartFile *emend_store_new_part (const char *path,
                                     GError **error);
gboolean emend_store_commit_part (EmendPartFile *part,
                                  const char *path,
                                  gboolean replace,
                                  GError **error);

/* emend-project-lock.c */
char *emend_project_lock (EmendProject *project);
void emend_project_unlock (EmendProject *project);

/* emend-project.c */
char *emend_project_get_meta (EmendProject *project,
                              const char *key,
                              GError **error);
gboolean emend_project_set_meta (EmendProject *project,
                                 const char *key,
                                 const char *value,
                                 GError **error);

/* emend-project-stream.c */
gboolean emend_stream_view_reviewer (EmendProject *project,
                                     GError **error);
gint64 emend_stream_ensure (EmendProject *project,
                            gint64 at_ms,
                            GError **error);
gboolean emend_stream_copy_state (EmendProject *project,
                                  gint64 from,
                                  gint64 to,
                                  GError **error);
gboolean emend_stream_require_reviewer (EmendProject *project,
                                        GError **error);

/* emend-project-journal.c */
gint64 emend_journal_now (void);
void emend_journal_begin_body (EmendProject *project,
                               EmendJsonWriter *writer,
                               const char *action,
                               gint64 at_ms);
void emend_journal_hash (const EmendDigest *previous,
                         const EmendUuid *stream,
                         gint64 seq,
                         const char *body,
                         gsize length,
                         EmendDigest *digest);
gint64 emend_journal_append (EmendProject *project,
                             gint64 stream,
                             const char *action,
                             GArray *items,
                             gint64 at_ms,
                             const char *body,
                             GError **error);

gboolean emend_journal_note_items (EmendProject *project,
                                   gint64 event,
                                   GArray *items,
                                   GError **error);

/* Number of an event row: the stream's number above, the event's number in it below. */
#define EMEND_EVENT_ID(stream, seq) (((gint64) (stream) << 40) | (gint64) (seq))
#define EMEND_EVENT_SEQ(id) ((gint64) ((id) &0xffffffffff))
#define EMEND_EVENT_STREAM(id) ((gint64) ((id) >> 40))

/**
 * EmendReading:
 * @state: how far; %EMEND_READING_NONE means that there is no reading
 * @decision: (nullable): of the whole item
 * @ms: time spent on the item in milliseconds
 * @decided_ms: Unix time of the latest decision
 * @done_ms: Unix time of being done, or 0
 *
 * One stream's review of one item.
 */
typedef struct {
  EmendReadingState state;
  char *decision;
  gint64 ms;
  gint64 decided_ms;
  gint64 done_ms;
} EmendReading;

typedef struct {
  gint64 item;
  EmendReading before;
  EmendReading after;
} EmendReadingChange;

/**
 * EmendAction:
 * @changes: (element-type EmendChange): in order
 * @sources: (element-type EmendDecisionSource): how each change was made
 * @readings: (element-type EmendReadingChange): one for each touched item, in order
 * @what: name of what was done, one of emend-project-action.c
 * @n: how many decisions it is
 *
 * What one event does to annotations and readings.
 */
typedef struct {
  GPtrArray *changes;
  GArray *sources;
  GPtrArray *readings;
  const char *what;
  gint64 n;
} EmendAction;

/* emend-project-action.c */
EmendAction *emend_action_new (void);
void emend_action_free (EmendAction *action);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendAction, emend_action_free)
void emend_action_add (EmendAction *action,
                       gint64 item,
                       EmendAnnotation *before,
                       EmendAnnotation *after,
                       EmendDecisionSource source);
EmendReadingChange *emend_action_touch (EmendAction *action,
                                        EmendProject *project,
                                        gint64 stream,
                                        gint64 item,
                                        GError **error);
EmendAction *emend_action_reverse (const EmendAction *action);
void emend_action_normalise (EmendAction *action,
                             EmendSchema *schema);
GArray *emend_action_items (const EmendAction *action);
const char *emend_action_what (const char *name);
char *emend_action_summary (const char *what,
                            gint64 n);
gboolean emend_action_write (const EmendAction *action,
                             EmendProject *project,
                             EmendJsonWriter *writer,
                             GError **error);
EmendAction *emend_action_read (EmendProject *project,
                                const json_t *body,
                                GError **error);
gboolean emend_action_apply (const EmendAction *action,
                             EmendProject *project,
                             gint64 stream,
                             GError **error);
EmendOutcome *emend_action_outcome (const EmendAction *action,
                                    EmendProject *project,
                                    gint64 seq,
                                    GError **error);
void emend_reading_clear (EmendReading *reading);
EmendChange *emend_change_new (gint64 item,
                               EmendAnnotation *before,
                               EmendAnnotation *after);
void emend_change_free (EmendChange *change);

/* emend-project-undo.c */
gboolean emend_undo_push (EmendProject *project,
                          gint64 stream,
                          gint64 seq,
                          const EmendAction *action,
                          GError **error);
gboolean emend_undo_clear (EmendProject *project,
                           gint64 stream,
                           GError **error);
gboolean emend_undo_mark (EmendProject *project,
                          gint64 stream,
                          gint64 seq,
                          gboolean undone,
                          GError **error);

/* emend-project-annotation.c */
#define EMEND_ANNOTATION_COLUMNS \
  "uuid, item, proposal, verdict, page, label, kind, x, y, w, h, shape, attributes, comment, ms, decided, value"
EmendAnnotation *emend_annotation_from_query (EmendProject *project,
                                              EmendQuery *query,
                                              GError **error);
gboolean emend_annotation_store (EmendProject *project,
                                 gint64 stream,
                                 const EmendAnnotation *annotation,
                                 GError **error);
gboolean emend_annotation_remove (EmendProject *project,
                                  gint64 stream,
                                  const EmendAnnotation *annotation,
                                  GError **error);
gboolean emend_annotation_find (EmendProject *project,
                                gint64 stream,
                                gint64 item,
                                EmendProposalId proposal,
                                const EmendUuid *uuid,
                                EmendAnnotation **annotation,
                                GError **error);
gboolean emend_reading_load (EmendProject *project,
                             gint64 stream,
                             gint64 item,
                             EmendReading *reading,
                             GError **error);
gboolean emend_reading_store (EmendProject *project,
                              gint64 stream,
                              gint64 item,
                              const EmendReading *reading,
                              GError **error);
gboolean emend_project_run_uuid (EmendProject *project,
                                 int run,
                                 EmendUuid *uuid,
                                 GError **error);
gboolean emend_project_run_number (EmendProject *project,
                                   const EmendUuid *uuid,
                                   int *run,
                                   GError **error);
gboolean emend_project_item_uuid (EmendProject *project,
                                  gint64 item,
                                  EmendUuid *uuid,
                                  GError **error);
gint64 emend_project_item_number (EmendProject *project,
                                  const EmendUuid *uuid,
                                  GError **error);

/* emend-project-items.c */
#define EMEND_ITEM_COLUMNS                                                                       \
  "id, uuid, position, path, media, reason, sha256, size, n_pages, width, height, orientation, " \
  "n_proposals, n_undecided, n_accepted, n_corrected, n_rejected, n_added, reading, decision, doubt"
EmendItem *emend_item_from_query (EmendQuery *query);
EmendItem *emend_project_load_item (EmendProject *project,
                                    gint64 id,
                                    GError **error);

gboolean emend_project_hash_items (EmendProject *project,
                                   gint64 first,
                                   gint64 count,
                                   EmendDigest *digest,
                                   GError **error);

/* emend-project-words.c */
gboolean emend_words_write (EmendProject *project,
                            const EmendDigest *sha256,
                            int page,
                            EmendWords *words,
                            GError **error);
gboolean emend_words_index_all (EmendProject *project,
                                GError **error);

/* emend-project-query.c */
void emend_project_add_functions (EmendProject *project);

/*
 * Whether proposal `p` of run `r`, a field's, does not wait in stream ?2 although it is undecided: a later run speaks
 * of the field, or the field was decided by something that is not of this run.
 */
#define EMEND_SUPERSEDED                                                                                       \
  "p.value IS NOT NULL AND (EXISTS (SELECT 1 FROM proposal q JOIN run s ON s.id = q.id >> 32 AND s.role = 0 "  \
  "WHERE q.item = p.item AND q.label = p.label AND q.value IS NOT NULL AND q.id >= ((p.id >> 32) + 1) << 32) " \
  "OR EXISTS (SELECT 1 FROM annotation b WHERE b.item = p.item AND b.stream = ?2 AND b.label = p.label AND "   \
  "b.value IS NOT NULL AND b.proposal >> 32 <> p.id >> 32 AND (b.proposal <> 0 OR b.decided < r.created)))"

/* emend-project-count.c */
gboolean emend_project_refresh_item (EmendProject *project,
                                     gint64 item,
                                     GError **error);
gboolean emend_project_refresh_totals (EmendProject *project,
                                       GError **error);
gboolean emend_project_add_totals (EmendProject *project,
                                   gint64 items,
                                   gint64 waiting,
                                   gint64 proposals,
                                   gint64 events,
                                   GError **error);

gboolean emend_project_compare_item (EmendProject *project,
                                     gint64 item,
                                     gboolean *same,
                                     GError **error);
gboolean emend_project_compare_totals (EmendProject *project,
                                       gboolean *same,
                                       GError **error);

/* emend-project-content.c */
#define EMEND_PROPOSAL_COLUMNS "id, item, page, label, kind, x, y, w, h, shape, score, score_text, attributes, value"
EmendProposal *emend_proposal_from_query (EmendProject *project,
                                          EmendQuery *query,
                                          GError **error);

/* emend-project-run.c */
void emend_run_hash_record (EmendHasher *hasher,
                            const EmendUuid *item,
                            const EmendProposal *record);
gboolean emend_run_hash_stored (EmendProject *project,
                                int run,
                                GCancellable *cancellable,
                                EmendDigest *digest,
                                gint64 *count,
                                GError **error);
gboolean emend_run_settle (EmendProject *project,
                           int run,
                           gint64 count,
                           const EmendDigest *digest,
                           GError **error);
gboolean emend_project_take_over (EmendProject *project,
                                  const EmendRun *run,
                                  GArray *empty,
                                  GError **error);

/* emend-project-aliases.c */
gboolean emend_project_learn_aliases (EmendProject *project,
                                      EmendSchema *schema,
                                      GError **error);
gboolean emend_project_update_aliases (EmendProject *project,
                                       const EmendAction *action,
                                       EmendSchema **next,
                                       GError **error);
gboolean emend_project_take_schema (EmendProject *project,
                                    EmendSchema **next);

G_END_DECLS
