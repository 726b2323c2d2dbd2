#pragma once

#include "emend-import.h"
#include "emend-project.h"

G_BEGIN_DECLS

/* How many documents the project of a test has. */
#define DOCUMENTS 48

/* Numbers of the fields; there are no labels. */
enum {
  FIELD_DATE = 1,
  FIELD_TOTAL,
  FIELD_LINES,
};

/* A project in a folder of its own of documents with a page of 400 x 600 pixels, whose files are not there, with the
 * fields date, total, and lines, a table with the column price. The reviewer is Ada. */
typedef struct {
  char *folder;
  char *path;
  EmendProject *project;
  gint64 items[DOCUMENTS];
} DocumentFixture;

void document_fixture_set_up (DocumentFixture *self,
                              gconstpointer data);
void document_fixture_tear_down (DocumentFixture *self,
                                 gconstpointer data);
/* What stands on the page of a document. */
EmendWords *document_fixture_words (int number);
char *document_fixture_date (int number);
char *document_fixture_total (int number);
/* Keeps the words of the documents from @first to before @end. */
void document_fixture_read (DocumentFixture *self,
                            int first,
                            int end);
/* A value of a field, added; the number is that of the document. */
void document_fixture_add (DocumentFixture *self,
                           int number,
                           int field,
                           const char *value);
void document_fixture_decide (DocumentFixture *self,
                              EmendDecisionKind kind,
                              int number,
                              int field,
                              EmendProposalId proposal);
void document_fixture_correct (DocumentFixture *self,
                               int number,
                               int field,
                               EmendProposalId proposal,
                               const char *value);
/* Adds what stands there to both fields of the documents from @first to before @end, and says that they are done. */
void document_fixture_finish (DocumentFixture *self,
                              int first,
                              int end);
EmendItemContent *document_fixture_content (DocumentFixture *self,
                                            int number);
/* One run that says of documents from @first to before @end what their total is: @n_right of them rightly. Returns its
 * number. */
int document_fixture_import (DocumentFixture *self,
                             int first,
                             int end,
                             int n_right);

G_END_DECLS
