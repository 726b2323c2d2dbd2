#pragma once

#include <glib.h>

#include "emend-geometry.h"
#include "emend-uuid.h"

G_BEGIN_DECLS

typedef struct _EmendAnnotation EmendAnnotation;
typedef struct _EmendAttribute EmendAttribute;
typedef struct _EmendDecision EmendDecision;
typedef struct _EmendField EmendField;
typedef struct _EmendItem EmendItem;
typedef struct _EmendLabel EmendLabel;
typedef struct _EmendMark EmendMark;
typedef struct _EmendPage EmendPage;
typedef struct _EmendProposal EmendProposal;
typedef struct _EmendRule EmendRule;
typedef struct _EmendRun EmendRun;
typedef struct _EmendSchema EmendSchema;
typedef struct _EmendShape EmendShape;
typedef struct _EmendValue EmendValue;

/**
 * EmendProposalId:
 *
 * Run number * 2^32 + ordinal within the run, from 0. 0 stands for "none": runs count from 1.
 */
typedef gint64 EmendProposalId;

#define EMEND_PROPOSAL_ID(run, ordinal) (((gint64) (run) << 32) | (gint64) (ordinal))
#define EMEND_PROPOSAL_RUN(id) ((gint32) ((id) >> 32))
#define EMEND_PROPOSAL_ORDINAL(id) ((guint32) ((id) &0xffffffff))

/**
 * EmendVerdict:
 * @EMEND_VERDICT_NONE: not decided
 * @EMEND_VERDICT_ACCEPTED: the proposal is right as it is
 * @EMEND_VERDICT_CORRECTED: the proposal was right in part; label, shape or attributes differ now
 * @EMEND_VERDICT_REJECTED: there is no such thing
 * @EMEND_VERDICT_ADDED: the model missed it
 * @EMEND_VERDICT_ABSENT: the document does not have this field
 * @EMEND_VERDICT_ILLEGIBLE: the field is there and cannot be read
 *
 * What a person said about a proposal or a field. The numbers are stored in project files.
 */
typedef enum {
  EMEND_VERDICT_NONE = 0,
  EMEND_VERDICT_ACCEPTED = 1,
  EMEND_VERDICT_CORRECTED = 2,
  EMEND_VERDICT_REJECTED = 3,
  EMEND_VERDICT_ADDED = 4,
  EMEND_VERDICT_ABSENT = 5,
  EMEND_VERDICT_ILLEGIBLE = 6,
} EmendVerdict;

/**
 * EmendReadingState:
 * @EMEND_READING_NONE: the reviewer has not touched the item
 * @EMEND_READING_OPEN: something is decided, the item is not done
 * @EMEND_READING_DONE: the reviewer said that the item is done
 *
 * How far a reading is. The numbers are stored in project files.
 */
typedef enum {
  EMEND_READING_NONE = 0,
  EMEND_READING_OPEN = 1,
  EMEND_READING_DONE = 2,
} EmendReadingState;

/**
 * EmendMediaState:
 * @EMEND_MEDIA_OK: the file was there and could be read
 * @EMEND_MEDIA_MISSING: the file was not found
 * @EMEND_MEDIA_UNREADABLE: the file is there and cannot be decoded
 *
 * The numbers are stored in project files.
 */
typedef enum {
  EMEND_MEDIA_OK = 0,
  EMEND_MEDIA_MISSING = 1,
  EMEND_MEDIA_UNREADABLE = 2,
} EmendMediaState;

const char *emend_verdict_to_name (EmendVerdict verdict);
EmendVerdict emend_verdict_from_name (const char *name);
const char *emend_reading_state_to_name (EmendReadingState state);
const char *emend_media_state_to_name (EmendMediaState state);

G_END_DECLS
