#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-yolo-line.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-frame.h"
#include "emend-number.h"
#include "emend-outline.h"

#define BOX_COLUMNS 5
#define SPACES " \t\r\n\v\f"
#define MAX_TRAILING_TEXT 64

/**
 * emend_yolo_line_init:
 * @line: (out): memory for one line after the other
 */
void
emend_yolo_line_init (EmendYoloLine *line)
{
  *line = (EmendYoloLine){ .score = NAN };
  line->numbers = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
reset (EmendYoloLine *line)
{
  g_clear_pointer (&line->score_text, g_free);
  g_clear_pointer (&line->track, g_free);
  g_clear_pointer (&line->problem, g_free);
  g_clear_pointer (&line->remark, g_free);
  g_array_set_size (line->numbers, 0);
  line->score = NAN;
}

/**
 * emend_yolo_line_clear:
 * @line: what emend_yolo_line_init() made
 */
void
emend_yolo_line_clear (EmendYoloLine *line)
{
  reset (line);
  g_clear_pointer (&line->numbers, g_array_unref);
}

static gboolean
refuse (EmendYoloLine *line,
        const char *reason)
{
  line->problem = g_strdup (reason);
  return FALSE;
}

/* Cuts the text at blanks; tabs, several blanks and a carriage return are all the same. */
static GPtrArray *
split (char *text)
{
  GPtrArray *tokens = g_ptr_array_new ();
  char *rest = NULL;

  for (char *token = strtok_r (text, SPACES, &rest); token != NULL; token = strtok_r (NULL, SPACES, &rest))
    g_ptr_array_add (tokens, token);
  return tokens;
}

static gboolean
take_numbers (EmendYoloLine *line,
              GPtrArray *tokens,
              guint first,
              guint n_numbers)
{
  for (guint i = first; i < first + n_numbers; i++) {
    const char *token = g_ptr_array_index (tokens, i);
    double value;

    if (!emend_number_parse (token, strlen (token), &value)) {
      line->problem = g_strdup_printf (_ ("Column %u is no finite number."), i + 1);
      return FALSE;
    }
    g_array_append_val (line->numbers, value);
  }
  return TRUE;
}

static gboolean
take_confidence (EmendYoloLine *line,
                 const char *token)
{
  double value;
  gsize length = strlen (token);

  if (!emend_number_parse (token, length, &value))
    return refuse (line, _ ("The confidence is no finite number."));
  if (value >= 0 && value <= 1) {
    line->score = value;
    if (!emend_number_is_shortest (token, length, value))
      line->score_text = g_strndup (token, MIN (length, MAX_TRAILING_TEXT));
    return TRUE;
  }
  line->score_text = g_strndup (token, MIN (length, MAX_TRAILING_TEXT));
  line->remark = g_strdup_printf (_ ("The score %s is not between 0 and 1. The record is kept, without a confidence."),
                                  line->score_text);
  return TRUE;
}

static gboolean
take_track (EmendYoloLine *line,
            const char *token)
{
  gint64 number;

  if (!emend_number_parse_int (token, strlen (token), &number))
    return refuse (line, _ ("The number of the track is no whole number."));
  line->track = g_strdup_printf ("%" PRId64, number);
  return TRUE;
}

/*
 * What the columns behind the class are:
 *
 *   4        a box
 *   5        a box and one further column
 *   6        three points; where the further column is a track, a box, its confidence and its track
 *   even     points
 *   odd      points and one further column
 *
 * The further column is what the options say, else a question: five numbers between 0 and 1 are a box before its
 * confidence as well as a box behind it, and nothing on the line tells.
 */
static gboolean
take_columns (EmendYoloLine *line,
              GPtrArray *tokens,
              EmendTrailing trailing,
              gboolean *question)
{
  guint n = tokens->len;
  gboolean is_track = trailing == EMEND_TRAILING_TRACK;
  gboolean box_with_both = n == BOX_COLUMNS + 2 && is_track;
  gboolean is_box = n == BOX_COLUMNS || n == BOX_COLUMNS + 1 || box_with_both;
  gboolean has_trailing = is_box ? n > BOX_COLUMNS : n % 2 == 0;
  guint first = has_trailing && trailing == EMEND_TRAILING_CONFIDENCE_SECOND ? 2 : 1;

  line->shape_kind = is_box ? EMEND_SHAPE_BOX : EMEND_SHAPE_POLYGON;
  if (!take_numbers (line, tokens, first, is_box ? BOX_COLUMNS - 1 : n - 1 - (has_trailing ? 1 : 0)))
    return FALSE;
  if (!has_trailing)
    return TRUE;
  if (box_with_both && !take_confidence (line, g_ptr_array_index (tokens, n - 2)))
    return FALSE;
  if (is_track)
    return take_track (line, g_ptr_array_index (tokens, n - 1));
  if (trailing == EMEND_TRAILING_ASK) {
    *question = TRUE;
    return FALSE;
  }
  return take_confidence (line, g_ptr_array_index (tokens, first == 2 ? 1 : n - 1));
}

/**
 * emend_yolo_line_parse:
 * @line: forgets the line before
 * @text: the line, which is cut in pieces
 * @trailing: what a further column is
 * @question: (out): set when only a person knows what the further column is
 *
 * Returns: whether the line has a shape; else @line says why, or there is a question
 */
gboolean
emend_yolo_line_parse (EmendYoloLine *line,
                       char *text,
                       EmendTrailing trailing,
                       gboolean *question)
{
  g_autoptr (GPtrArray) tokens = split (text);
  const char *label;

  reset (line);
  if (tokens->len < BOX_COLUMNS)
    return refuse (line, _ ("The line has fewer than five columns."));
  label = g_ptr_array_index (tokens, 0);
  if (!emend_number_parse_int (label, strlen (label), &line->label) || line->label < 0)
    return refuse (line, _ ("The class is no whole number from 0."));
  return take_columns (line, tokens, trailing, question);
}

static void
check_range (EmendYoloLine *line)
{
  for (guint i = 0; i < line->numbers->len; i++) {
    double value = g_array_index (line->numbers, double, i);

    if ((value < 0 || value > 1) && line->remark == NULL)
      line->remark = g_strdup (_ ("A value is not between 0 and 1. The place is kept as it is."));
  }
}

static gboolean
place_box (EmendYoloLine *line,
           double width,
           double height,
           EmendShape *shape)
{
  const double *n = (const double *) (void *) line->numbers->data;
  EmendRect box = { (n[0] - n[2] / 2) * width, (n[1] - n[3] / 2) * height, n[2] * width, n[3] * height };

  emend_shape_init_box (shape, &box);
  return TRUE;
}

static gboolean
place_polygon (EmendYoloLine *line,
               double width,
               double height,
               EmendShape *shape)
{
  guint32 n_points = line->numbers->len / 2;
  g_autofree EmendPoint *points = g_new (EmendPoint, n_points);

  for (guint i = 0; i < n_points; i++)
    points[i] = (EmendPoint){ g_array_index (line->numbers, double, (gsize) 2 * i) * width,
                              g_array_index (line->numbers, double, (gsize) 2 * i + 1) * height };
  return emend_shape_init_points (shape, EMEND_SHAPE_POLYGON, points, &n_points, 1) ||
         refuse (line, _ ("The points are no polygon."));
}

/**
 * emend_yolo_line_place:
 * @line: a line with a shape
 * @image: its image
 * @frame: which frame the line's numbers are parts of; the upright one when it is not known
 * @proposal: (out): gets shape, score and attributes; empty and without score before
 *
 * Returns: whether it can be used; else @line says why
 */
gboolean
emend_yolo_line_place (EmendYoloLine *line,
                       const EmendSourceImage *image,
                       EmendFrame frame,
                       EmendProposal *proposal)
{
  int width = image->width;
  int height = image->height;
  gboolean turned = frame == EMEND_FRAME_STORED && image->orientation > 1;

  if (width <= 0 || height <= 0)
    return refuse (line, _ ("The size of the image is not known, and the line counts in parts of it."));
  if (turned)
    emend_frame_get_stored_size (image, &width, &height);
  check_range (line);
  if (!(line->shape_kind == EMEND_SHAPE_BOX ? place_box : place_polygon) (line, width, height, &proposal->shape))
    return FALSE;
  if (turned)
    emend_outline_turn (image, &proposal->shape);
  if (!emend_outline_check (&proposal->shape, image, &line->problem, &line->remark))
    return FALSE;
  proposal->score = line->score;
  proposal->score_text = g_steal_pointer (&line->score_text);
  if (line->track != NULL)
    proposal->attributes = g_strdup_printf ("{\"track_id\":%s}", line->track);
  return TRUE;
}
