/* What a fair model would say of the documents: mostly right, and wrong in the ways that models are. */
#include "sample-extractor.h"

#include <math.h>
#include <string.h>

#include "sample-noise.h"

typedef enum {
  MISTAKE_SUBTOTAL, /* the net is taken for the total */
  MISTAKE_SWAPPED,  /* day and month */
  MISTAKE_LETTER,   /* the last 0 is read as O */
  MISTAKE_DIGIT,    /* the last 1 is read as 7 */
  MISTAKE_POINT,    /* the decimal sign is lost */
  MISTAKE_CUT,      /* the last characters are not in the box */
  MISTAKE_SHIFTED,  /* the words are right, the box is not */
  MISTAKE_MISSED,   /* nothing is proposed */
  MISTAKE_FALSE,    /* something else is taken for a field that the document does not have */
  MISTAKE_OTHER,    /* something else is taken for a field that it has */
} Mistake;

typedef struct {
  const char *file;
  SampleField field;
  int row;            /* of a cell */
  const char *column; /* of a cell */
  Mistake mistake;
  double score;
} Known;

static const Known mistakes[] = {
  { "02-receipt.jpg", SAMPLE_FIELD_TOTAL, -1, NULL, MISTAKE_SUBTOTAL, 0.71 },
  { "02-receipt.jpg", SAMPLE_FIELD_LINES, 3, "quantity", MISTAKE_MISSED, 0 },
  { "01-invoice.jpg", SAMPLE_FIELD_NUMBER, -1, NULL, MISTAKE_LETTER, 0.83 },
  { "01-invoice.jpg", SAMPLE_FIELD_EMAIL, -1, NULL, MISTAKE_MISSED, 0 },
  { "01-invoice.jpg", SAMPLE_FIELD_LINES, 1, "amount", MISTAKE_SHIFTED, 0.77 },
  { "03-receipt.jpg", SAMPLE_FIELD_TOTAL, -1, NULL, MISTAKE_POINT, 0.58 },
  { "04-statement.pdf", SAMPLE_FIELD_DATE, -1, NULL, MISTAKE_OTHER, 0.49 },
  { "05-invoice.png", SAMPLE_FIELD_DATE, -1, NULL, MISTAKE_SWAPPED, 0.66 },
  { "05-invoice.png", SAMPLE_FIELD_IBAN, -1, NULL, MISTAKE_LETTER, 0.72 },
  { "06-receipt.jpg", SAMPLE_FIELD_LINES, 5, "amount", MISTAKE_DIGIT, 0.62 },
  { "06-receipt.jpg", SAMPLE_FIELD_LINES, 9, "description", MISTAKE_CUT, 0.69 },
  { "06-receipt.jpg", SAMPLE_FIELD_DATE, -1, NULL, MISTAKE_SHIFTED, 0.81 },
  { "07-invoice.jpg", SAMPLE_FIELD_TOTAL, -1, NULL, MISTAKE_SUBTOTAL, 0.55 },
  { "07-invoice.jpg", SAMPLE_FIELD_LINES, 6, "unit", MISTAKE_DIGIT, 0.57 },
  { "08-order.pdf", SAMPLE_FIELD_LINES, 24, "amount", MISTAKE_MISSED, 0 },
  { "08-order.pdf", SAMPLE_FIELD_LINES, 31, "quantity", MISTAKE_DIGIT, 0.52 },
  { "08-order.pdf", SAMPLE_FIELD_LINES, 40, "description", MISTAKE_CUT, 0.64 },
  { "09-receipt.jpg", SAMPLE_FIELD_NUMBER, -1, NULL, MISTAKE_FALSE, 0.61 },
  { "09-receipt.jpg", SAMPLE_FIELD_COMPANY, -1, NULL, MISTAKE_SHIFTED, 0.88 },
  { "10-invoice.jpg", SAMPLE_FIELD_IBAN, -1, NULL, MISTAKE_CUT, 0.74 },
  { "10-invoice.jpg", SAMPLE_FIELD_NET, -1, NULL, MISTAKE_POINT, 0.47 },
  { "11-work.pdf", SAMPLE_FIELD_DUE, -1, NULL, MISTAKE_MISSED, 0 },
  { "12-receipt.jpg", SAMPLE_FIELD_NUMBER, -1, NULL, MISTAKE_LETTER, 0.44 },
  { "12-receipt.jpg", SAMPLE_FIELD_TAX, -1, NULL, MISTAKE_MISSED, 0 },
  { "12-receipt.jpg", SAMPLE_FIELD_LINES, 2, "amount", MISTAKE_POINT, 0.38 },
  { "13-invoice.png", SAMPLE_FIELD_PAID, -1, NULL, MISTAKE_OTHER, 0.59 },
  { "14-receipt.jpg", SAMPLE_FIELD_TOTAL, -1, NULL, MISTAKE_SUBTOTAL, 0.64 },
  { "14-receipt.jpg", SAMPLE_FIELD_PAYMENT, -1, NULL, MISTAKE_MISSED, 0 },
  { "16-invoice.jpg", SAMPLE_FIELD_LINES, 0, "unit", MISTAKE_SHIFTED, 0.7 },
  { "17-order.pdf", SAMPLE_FIELD_DATE, -1, NULL, MISTAKE_SWAPPED, 0.91 },
  { "18-receipt.jpg", SAMPLE_FIELD_LINES, 11, "unit", MISTAKE_DIGIT, 0.46 },
  { "18-receipt.jpg", SAMPLE_FIELD_NET, -1, NULL, MISTAKE_SHIFTED, 0.68 },
  { "19-invoice.jpg", SAMPLE_FIELD_PAYMENT, -1, NULL, MISTAKE_MISSED, 0 },
  { "22-joiner.pdf", SAMPLE_FIELD_DUE, -1, NULL, MISTAKE_FALSE, 0.53 },
  { "21-receipt.jpg", SAMPLE_FIELD_TAX, -1, NULL, MISTAKE_SHIFTED, 0.73 },
  { "23-ward.pdf", SAMPLE_FIELD_LINES, 4, "amount", MISTAKE_POINT, 0.6 },
  { "24-receipt.jpg", SAMPLE_FIELD_COMPANY, -1, NULL, MISTAKE_CUT, 0.76 },
};

static const Known *
find_mistake (const SampleDocument *document,
              const EmendProposal *truth)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++) {
    const Known *known = &mistakes[i];

    if (g_str_equal (known->file, document->file) && (int) known->field == truth->label &&
        known->row == truth->value->row && g_strcmp0 (known->column, truth->value->column) == 0)
      return known;
  }
  return NULL;
}

static void
set_words (EmendProposal *proposal,
           char *words)
{
  g_free (proposal->value->text);
  g_free (proposal->value->value);
  proposal->value->text = words;
  proposal->value->value = g_strdup (words);
}

static void
replace_last (EmendProposal *proposal,
              char old,
              char new)
{
  char *words = g_strdup (proposal->value->text);
  char *at = strrchr (words, old);

  if (at != NULL)
    *at = new;
  set_words (proposal, words);
}

/* "12.50" as "1250". */
static void
remove_decimal (EmendProposal *proposal)
{
  char *words = g_strdup (proposal->value->text);
  char *at = words + strlen (words);

  while (at > words && *at != '.' && *at != ',')
    at--;
  memmove (at, at + 1, strlen (at));
  set_words (proposal, words);
}

/* "03/07/2024" as "07/03/2024": what stands there is read well, and taken for the other order. */
static void
swap_day (EmendProposal *proposal)
{
  char *value = proposal->value->value;

  for (int i = 0; i < 2; i++) {
    char digit = value[i];

    value[i] = value[i + 3];
    value[i + 3] = digit;
  }
}

static void
cut (EmendProposal *proposal)
{
  EmendRect *box = &proposal->shape.box;
  glong length = g_utf8_strlen (proposal->value->text, -1);
  glong kept = MAX (length - MAX (length / 4, 2), 1);

  box->width *= (double) kept / (double) length;
  set_words (proposal, g_strchomp (g_utf8_substring (proposal->value->text, 0, kept)));
}

/* Takes words and place of another value; the right one stays as a candidate. */
static void
take_other (EmendProposal *proposal,
            const EmendProposal *other)
{
  emend_value_add_candidate (proposal->value, proposal->value->value, proposal->page, &proposal->shape.box, 0.27);
  set_words (proposal, g_strdup (other->value->text));
  proposal->page = other->page;
  proposal->shape.box = other->shape.box;
}

static const EmendProposal *
find_other (SampleSheet *sheet,
            int field)
{
  for (guint i = 0; i < sheet->others->len; i++) {
    const EmendProposal *other = g_ptr_array_index (sheet->others, i);

    if (other->label == field)
      return other;
  }
  return NULL;
}

static void
take_decoy (EmendProposal *proposal,
            SampleSheet *sheet)
{
  const EmendProposal *other = find_other (sheet, proposal->label);

  if (other != NULL) {
    take_other (proposal, other);
  } else { /* a box that is not ticked, taken for one that is */
    g_free (proposal->value->value);
    proposal->value->value = g_strdup ("yes");
  }
}

static void
spoil (EmendProposal *proposal,
       const Known *known,
       SampleSheet *sheet)
{
  EmendRect *box = &proposal->shape.box;

  proposal->score = known->score;
  switch (known->mistake) {
  case MISTAKE_SUBTOTAL:
    take_other (proposal, sample_sheet_find (sheet, SAMPLE_FIELD_NET));
    break;
  case MISTAKE_SWAPPED:
    swap_day (proposal);
    break;
  case MISTAKE_LETTER:
    replace_last (proposal, '0', 'O');
    break;
  case MISTAKE_DIGIT:
    replace_last (proposal, strchr (proposal->value->text, '1') != NULL ? '1' : proposal->value->text[0], '7');
    break;
  case MISTAKE_POINT:
    remove_decimal (proposal);
    break;
  case MISTAKE_CUT:
    cut (proposal);
    break;
  case MISTAKE_SHIFTED:
    box->x -= box->width * 0.34;
    box->y += box->height * 0.62;
    break;
  case MISTAKE_OTHER:
    take_decoy (proposal, sheet);
    break;
  case MISTAKE_MISSED:
  case MISTAKE_FALSE:
  default:
    break;
  }
}

/* Boxes of models are never quite those of people. */
static void
loosen (EmendProposal *proposal,
        guint32 *noise,
        int page_width,
        int page_height)
{
  EmendRect *box = &proposal->shape.box;
  double slack = box->height * 0.09;
  double x1 = floor (MAX (box->x - slack * (1 + sample_noise_white (noise)), 0));
  double y1 = floor (MAX (box->y - slack * (1 + sample_noise_white (noise)), 0));
  double x2 = ceil (MIN (box->x + box->width + slack * (1 + sample_noise_white (noise)), page_width));
  double y2 = ceil (MIN (box->y + box->height + slack * (1 + sample_noise_white (noise)), page_height));

  *box = (EmendRect){ x1, y1, x2 - x1, y2 - y1 };
}

/* Sure of what is printed clearly, less so of faded paper and of cells. */
static double
likely_score (const SampleDocument *document,
              const EmendProposal *truth,
              guint32 *noise)
{
  double mean = document->medium == SAMPLE_MEDIUM_PDF ? 0.975 : 0.945;

  if (document->wear & SAMPLE_WEAR_FADED)
    mean -= 0.10;
  if (truth->label == SAMPLE_FIELD_LINES)
    mean -= 0.03;
  return CLAMP (mean - 0.11 * fabs (sample_noise_white (noise)), 0.05, 0.998);
}

/**
 * sample_extractor_run:
 * @sheet: what stands on the document, and where
 * @document: the document
 * @page_width: in pixels
 * @page_height: in pixels
 *
 * Returns: (transfer full) (element-type EmendProposal): what the model proposes, without the item
 */
GPtrArray *
sample_extractor_run (SampleSheet *sheet,
                      const SampleDocument *document,
                      int page_width,
                      int page_height)
{
  GPtrArray *proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_proposal_free);
  guint32 noise = document->seed | 1;

  for (guint i = 0; i < sheet->values->len; i++) {
    const EmendProposal *truth = g_ptr_array_index (sheet->values, i);
    const Known *known = find_mistake (document, truth);
    EmendProposal *proposal;

    if (known != NULL && known->mistake == MISTAKE_MISSED)
      continue;
    proposal = emend_proposal_copy (truth);
    proposal->score = likely_score (document, truth, &noise);
    if (known != NULL)
      spoil (proposal, known, sheet);
    loosen (proposal, &noise, page_width, page_height);
    proposal->score = floor (proposal->score * 1000 + 0.5) / 1000;
    g_ptr_array_add (proposals, proposal);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++) {
    const Known *known = &mistakes[i];

    if (known->mistake == MISTAKE_FALSE && g_str_equal (known->file, document->file)) {
      EmendProposal *proposal = emend_proposal_copy (find_other (sheet, (int) known->field));

      proposal->score = known->score;
      g_ptr_array_add (proposals, proposal);
    }
  }
  return proposals;
}
