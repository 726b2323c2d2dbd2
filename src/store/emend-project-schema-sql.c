#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

/*
 * The text of a project file's schema, exactly as SQLite keeps it in sqlite_schema: a file whose text is
 * another is not opened, so nothing here may change without a new version and a step to it.
 *
 *   meta        identity of the project and of this copy, and which stream the counters speak of
 *   total       one row of counters, so that a dashboard never scans
 *   item        with the counters of the stream that is in view; `waiting` is what the queue offers
 *   page        only of items with several pages
 *   proposal    id = run * 2^32 + ordinal; of every role, the run tells which
 *   stream      one reviewer in one copy; seq and hash are those of its last event
 *   event       id = stream * 2^40 + seq; body is the text that was hashed
 *   event_item  which events speak of an item
 *   undo        what a stream can take back (undone = 0) or do again (undone = 1)
 *   words       what stands on a page, by the hash of the file, so that the same file is never read twice
 *   word_text   the same words for searching, by the number of the row in words; its tables come with FTS5
 *   learned     what was learned of the fields from confirmed documents: at most one row
 */
static const char *const statements[] = {
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
  "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
  "CREATE TABLE total (id INTEGER PRIMARY KEY CHECK (id = 1), n_items INTEGER NOT NULL, "
  "n_done INTEGER NOT NULL, n_waiting INTEGER NOT NULL, n_proposals INTEGER NOT NULL, "
  "n_undecided INTEGER NOT NULL, n_accepted INTEGER NOT NULL, n_corrected INTEGER NOT NULL, "
  "n_rejected INTEGER NOT NULL, n_added INTEGER NOT NULL, n_events INTEGER NOT NULL) STRICT",
  "CREATE TABLE schema_version (version INTEGER PRIMARY KEY, json TEXT NOT NULL, created INTEGER NOT NULL) STRICT",
  "CREATE TABLE item (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, position INTEGER NOT NULL UNIQUE, "
  "path TEXT NOT NULL UNIQUE, media INTEGER NOT NULL, reason TEXT, sha256 BLOB NOT NULL, size INTEGER NOT NULL, "
  "n_pages INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, orientation INTEGER NOT NULL, "
  "n_proposals INTEGER NOT NULL, n_undecided INTEGER NOT NULL, n_accepted INTEGER NOT NULL, "
  "n_corrected INTEGER NOT NULL, n_rejected INTEGER NOT NULL, n_added INTEGER NOT NULL, "
  "reading INTEGER NOT NULL, decision TEXT, doubt REAL NOT NULL, waiting INTEGER NOT NULL) STRICT",
  "CREATE INDEX item_waiting ON item (position) WHERE waiting = 1",
  "CREATE INDEX item_doubt ON item (doubt DESC, position) WHERE waiting = 1",
  "CREATE TABLE page (item INTEGER NOT NULL REFERENCES item (id), number INTEGER NOT NULL, "
  "width INTEGER NOT NULL, height INTEGER NOT NULL, orientation INTEGER NOT NULL, "
  "PRIMARY KEY (item, number)) STRICT, WITHOUT ROWID",
  "CREATE TABLE run (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, role INTEGER NOT NULL, name TEXT NOT NULL, "
  "model TEXT, version TEXT, source TEXT, source_sha256 TEXT, params TEXT, created INTEGER NOT NULL, "
  "count INTEGER NOT NULL, sha256 BLOB NOT NULL) STRICT",
  "CREATE TABLE proposal (id INTEGER PRIMARY KEY, item INTEGER NOT NULL, page INTEGER NOT NULL, "
  "label INTEGER NOT NULL, kind INTEGER NOT NULL, x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL, h REAL NOT NULL, "
  "shape BLOB, score REAL, score_text TEXT, attributes TEXT, value TEXT) STRICT",
  "CREATE INDEX proposal_item ON proposal (item)",
  "CREATE INDEX proposal_field ON proposal (item, label, id) WHERE value IS NOT NULL",
  "CREATE TABLE stream (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, reviewer TEXT NOT NULL, "
  "copy BLOB NOT NULL, parent BLOB, created INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL) STRICT",
  "CREATE TABLE reading (item INTEGER NOT NULL REFERENCES item (id), stream INTEGER NOT NULL REFERENCES stream (id), "
  "state INTEGER NOT NULL, decision TEXT, ms INTEGER NOT NULL, decided INTEGER NOT NULL, done INTEGER NOT NULL, "
  "PRIMARY KEY (item, stream)) STRICT, WITHOUT ROWID",
  "CREATE TABLE annotation (item INTEGER NOT NULL REFERENCES item (id), "
  "stream INTEGER NOT NULL REFERENCES stream (id), proposal INTEGER NOT NULL, uuid BLOB NOT NULL, "
  "verdict INTEGER NOT NULL, page INTEGER NOT NULL, label INTEGER NOT NULL, kind INTEGER NOT NULL, "
  "x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL, h REAL NOT NULL, shape BLOB, attributes TEXT, comment TEXT, "
  "ms INTEGER NOT NULL, decided INTEGER NOT NULL, value TEXT, "
  "PRIMARY KEY (item, stream, proposal, uuid)) STRICT, WITHOUT ROWID",
  "CREATE TABLE event (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, at INTEGER NOT NULL, action TEXT NOT NULL, "
  "body TEXT NOT NULL) STRICT",
  "CREATE TABLE event_item (item INTEGER NOT NULL, event INTEGER NOT NULL, PRIMARY KEY (item, event)) STRICT, WITHOUT "
  "ROWID",
  "CREATE TABLE undo (stream INTEGER NOT NULL REFERENCES stream (id), depth INTEGER NOT NULL, seq INTEGER NOT NULL, "
  "undone INTEGER NOT NULL, what TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (stream, depth)) STRICT, WITHOUT ROWID",
  "CREATE INDEX item_sha256 ON item (sha256)",
  "CREATE TABLE words (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL, page INTEGER NOT NULL, engine TEXT NOT NULL, "
  "language TEXT NOT NULL, created INTEGER NOT NULL, n INTEGER NOT NULL, data BLOB NOT NULL, "
  "UNIQUE (sha256, page, engine, language)) STRICT",
  "CREATE VIRTUAL TABLE word_text USING fts5(text, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2')",
  "CREATE TABLE learned (id INTEGER PRIMARY KEY CHECK (id = 1), created INTEGER NOT NULL, data BLOB NOT NULL) STRICT",
};

/* What FTS5 makes beside word_text. */
static const char *const shadows[] = {
  "CREATE TABLE 'word_text_data'(id INTEGER PRIMARY KEY, block BLOB)",
  "CREATE TABLE 'word_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
  "CREATE TABLE 'word_text_config'(k PRIMARY KEY, v) WITHOUT ROWID",
};

/**
 * emend_project_schema_sql:
 * @n_statements: (out): how many
 *
 * Returns: (transfer none) (array length=n_statements): the statements that make the tables, in order,
 *   each as sqlite_schema keeps it. Any thread.
 */
const char *const *
emend_project_schema_sql (gsize *n_statements)
{
  *n_statements = G_N_ELEMENTS (statements);
  return statements;
}

/**
 * emend_project_schema_shadows:
 * @n_statements: (out): how many
 *
 * Returns: (transfer none) (array length=n_statements): what sqlite_schema holds besides, made by SQLite itself for
 *   the statements of emend_project_schema_sql(). Any thread.
 */
const char *const *
emend_project_schema_shadows (gsize *n_statements)
{
  *n_statements = G_N_ELEMENTS (shadows);
  return shadows;
}
