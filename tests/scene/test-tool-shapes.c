#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-tool.h"

#include <math.h>

/* The view is 400 x 400 and shows a page of 200 x 200 at 2:1: a view point is twice an image point. */
typedef struct {
  EmendViewport viewport;
  EmendToolContext context;
  EmendOverlay *overlay;
  EmendTool *tool;
} Fixture;

enum {
  MARK_ROTATED, /* 100,100 center, 80 x 40, 30 degrees */
  MARK_POLYGON, /* 20,20 60,20 60,60 20,60 */
  MARK_LINE,    /* 120,20 160,20 */
  MARK_RINGS,   /* two triangles at 20,120 and 60,120 */
  N_MARKS,
};

static void
init_points (EmendShape *shape,
             EmendShapeKind kind,
             const double *coordinates,
             const guint32 *sizes,
             gsize n_rings)
{
  const EmendPoint *points = (const EmendPoint *) (gconstpointer) coordinates;

  g_assert_true (emend_shape_init_points (shape, kind, points, sizes, n_rings));
}

static void
fixture_init (Fixture *f,
              EmendToolKind kind)
{
  static const double square[] = { 20, 20, 60, 20, 60, 60, 20, 60 };
  static const double line[] = { 120, 20, 160, 20 };
  static const double rings[] = { 20, 120, 40, 120, 20, 140, 60, 120, 80, 120, 60, 140 };
  static const guint32 four[] = { 4 };
  static const guint32 two[] = { 2 };
  static const guint32 triangles[] = { 3, 3 };
  EmendOverlayMark marks[N_MARKS] = { { .score = 0.5 }, { .score = 0.5 }, { .score = 0.5 }, { .score = 0.5 } };

  emend_shape_init_rotated_box (&marks[MARK_ROTATED].shape, (EmendPoint){ 100, 100 }, 80, 40, 30);
  init_points (&marks[MARK_POLYGON].shape, EMEND_SHAPE_POLYGON, square, four, 1);
  init_points (&marks[MARK_LINE].shape, EMEND_SHAPE_POLYLINE, line, two, 1);
  init_points (&marks[MARK_RINGS].shape, EMEND_SHAPE_POLYGON, rings, triangles, 2);
  f->overlay = emend_overlay_new (marks, N_MARKS);
  for (int i = 0; i < N_MARKS; i++)
    emend_shape_clear (&marks[i].shape);
  emend_viewport_init (&f->viewport);
  emend_viewport_set_page (&f->viewport, 200, 200);
  emend_viewport_set_view_size (&f->viewport, 400, 400, 1);
  f->viewport.scale = 2;
  f->viewport.offset_x = f->viewport.offset_y = 0;
  f->context = (EmendToolContext){ &f->viewport, f->overlay, { 0, FALSE }, -1, 0, FALSE, 0x7fu };
  f->tool = emend_tool_new (kind);
}

static void
fixture_clear (Fixture *f)
{
  emend_overlay_unref (f->overlay);
  emend_tool_free (f->tool);
}

/* Sends an event at an image point. */
static EmendToolResult
send (Fixture *f,
      EmendPointerKind kind,
      double x,
      double y,
      EmendModifiers modifiers)
{
  EmendPointerEvent event = { kind, x * 2, y * 2, kind == EMEND_POINTER_MOTION ? 0 : 1, modifiers, 0 };

  return emend_tool_pointer (f->tool, &f->context, &event);
}

static EmendToolResult
click (Fixture *f,
       double x,
       double y,
       EmendModifiers modifiers)
{
  EmendToolResult result;

  send (f, EMEND_POINTER_MOTION, x, y, modifiers);
  result = send (f, EMEND_POINTER_PRESS, x, y, modifiers);
  if (result.action == EMEND_TOOL_ACTION_COMMIT_NEW || result.action == EMEND_TOOL_ACTION_COMMIT_SHAPE ||
      result.action == EMEND_TOOL_ACTION_TOO_FEW)
    return result;
  return send (f, EMEND_POINTER_RELEASE, x, y, modifiers);
}

static EmendToolResult
drag (Fixture *f,
      EmendPoint from,
      EmendPoint to,
      EmendModifiers modifiers)
{
  send (f, EMEND_POINTER_PRESS, from.x, from.y, EMEND_MODIFIER_NONE);
  send (f, EMEND_POINTER_MOTION, (from.x + to.x) / 2, (from.y + to.y) / 2, modifiers);
  send (f, EMEND_POINTER_MOTION, to.x, to.y, modifiers);
  return send (f, EMEND_POINTER_RELEASE, to.x, to.y, modifiers);
}

static EmendToolResult
press_key (Fixture *f,
           EmendToolKey key,
           EmendModifiers modifiers)
{
  return emend_tool_key (f->tool, &f->context, key, modifiers);
}

/* What was committed is on the page now. */
static void
take (Fixture *f,
      const EmendToolResult *result)
{
  EmendOverlayMark mark = *emend_overlay_get_mark (f->overlay, (gsize) result->index);
  EmendOverlay *changed;

  g_assert_cmpint (result->action, ==, EMEND_TOOL_ACTION_COMMIT_SHAPE);
  mark.shape = *result->shape;
  changed = emend_overlay_with_mark (f->overlay, (gsize) result->index, &mark);
  emend_overlay_unref (f->overlay);
  f->context.overlay = f->overlay = changed;
}

static void
assert_frame (const EmendShape *shape,
              double x,
              double y,
              double width,
              double height,
              double degrees)
{
  EmendFrame frame = emend_frame_from_shape (shape);

  g_assert_cmpint (shape->kind, ==, EMEND_SHAPE_ROTATED_BOX);
  g_assert_cmpfloat_with_epsilon (frame.box.x + frame.box.width / 2, x, 0.02);
  g_assert_cmpfloat_with_epsilon (frame.box.y + frame.box.height / 2, y, 0.02);
  g_assert_cmpfloat_with_epsilon (frame.box.width, width, 0.051);
  g_assert_cmpfloat_with_epsilon (frame.box.height, height, 0.051);
  g_assert_cmpfloat_with_epsilon (frame.degrees, degrees, 0.051);
}

static void
assert_ring (const EmendShape *shape,
             gsize ring,
             const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_points;
  const EmendPoint *points = emend_shape_get_ring (shape, ring, &n_points);

  for (gsize i = 0; i < n_points; i++)
    g_string_append_printf (text, "%s%g,%g", i > 0 ? " " : "", points[i].x, points[i].y);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_rotated_by_drag (void)
{
  Fixture f;
  EmendToolResult result;
  EmendToolSketch sketch;

  fixture_init (&f, EMEND_TOOL_ROTATED_BOX);
  /* One side from 10,10 three right and four down of every five; the width to its left as it goes. */
  result = drag (&f, (EmendPoint){ 10, 10 }, (EmendPoint){ 40, 50 }, 0);
  g_assert_cmpint (result.action, ==, EMEND_TOOL_ACTION_PREVIEW);
  g_assert_true (emend_tool_get_sketch (f.tool, &sketch));
  g_assert_cmpuint (sketch.n_points, ==, 2);
  result = send (&f, EMEND_POINTER_MOTION, 60, 30, 0);
  g_assert_cmpint (result.shape->kind, ==, EMEND_SHAPE_ROTATED_BOX);
  result = click (&f, 10 + 16, 10 - 12, 0);
  g_assert_cmpint (result.action, ==, EMEND_TOOL_ACTION_COMMIT_NEW);
  /* The pointer was above the page, so it counted as 26,0, which is 18.8 away from the side. */
  assert_frame (result.shape, 25 + 0.8 * 18.8 / 2, 30 - 0.6 * 18.8 / 2, 50, 18.8, 53.13);
  g_assert_false (emend_tool_is_busy (f.tool));
  fixture_clear (&f);
}

static void
test_rotated_by_clicks (void)
{
  Fixture f;
  EmendToolResult result;

  fixture_init (&f, EMEND_TOOL_ROTATED_BOX);
  click (&f, 100, 100, 0);
  g_assert_true (emend_tool_is_busy (f.tool));
  /* With Shift the side goes to the next 15 degrees. */
  click (&f, 150, 102, EMEND_MODIFIER_SHIFT);
  /* A click on the side itself gives no width and changes nothing. */
  result = click (&f, 120, 100, 0);
  g_assert_cmpint (result.action, ==, EMEND_TOOL_ACTION_PREVIEW);
  send (&f, EMEND_POINTER_MOTION, 125, 120, 0);
  result = press_key (&f, EMEND_TOOL_KEY_ENTER, 0);
  g_assert_cmpint (result.action, ==, EMEND_TOOL_ACTION_COMMIT_NEW);
  assert_frame (result.shape, 125, 110, 50, 20, 0);
  fixture_clear (&f);
}

static void
test_rotated_escape (void)
{
  Fixture f;
  EmendToolSketch sketch;

  fixture_init (&f, EMEND_TOOL_ROTATED_BOX);
  drag (&f, (EmendPoint){ 100, 100 }, (EmendPoint){ 150, 100 }, 0);
  g_assert_cmpint (press_key (&f, EMEND_TOOL_KEY_ESCAPE, 0).action, ==, EMEND_TOOL_ACTION_PREVIEW);
  g_assert_true (emend_tool_get_sketch (f.tool, &sketch));
  g_assert_cmpuint (sketch.n_points, ==, 1);
  g_assert_cmpint (press_key (&f, EMEND_TOOL_KEY_ESCAPE, 0).action, ==, EMEND_TOOL_ACTION_CANCEL);
  g_assert_false (emend_tool_is_busy (f.tool));
  fixture_clear (&f);
}

static void
test_polygon_clicks (void)
{
  static const EmendPoint corners[] = { { 100, 10 }, { 140.26, 20 }, { 130, 50 }, { 90, 40 } };
  Fixture f;
  EmendToolResult result;
  EmendToolSketch sketch;

  for (int way = 0; way < 3; way++) {
    fixture_init (&f, EMEND_TOOL_POLYGON);
    for (gsize i = 0; i < G_N_ELEMENTS (corners); i++)
      click (&f, corners[i].x, corners[i].y, 0);
    click (&f, 60, 60, 0);
    press_key (&f, EMEND_TOOL_KEY_BACKSPACE, 0);
    g_assert_true (emend_tool_get_sketch (f.tool, &sketch));
    g_assert_cmpuint (sketch.n_points, ==, 4);
    result = send (&f, EMEND_POINTER_MOTION, 101, 11, 0);
    g_assert_cmpstr (result.cursor, ==, "pointer");
    if (way == 0)
      result = click (&f, 101, 11, 0);
    else if (way == 1)
      result = press_key (&f, EMEND_TOOL_KEY_ENTER, 0);
    else
      result = send (&f, EMEND_POINTER_DOUBLE, 90, 40, 0);
    g_assert_cmpint (result.action, ==, EMEND_TOOL_ACTION_COMMIT_NEW);
    g_assert_cmpint (result.shape->kind, ==, EMEND_SHAPE_POLYGON);
    assert_ring (result.shape, 0, "100,10 140.3,20 130,50 90,40");
    fixture_clear (&f);
  }
}

static void
test_polygon_refused (void)
{
  Fixture f;

  fixture_init (&f, EMEND_TOOL_POLYGON);
  click (&f, 10, 10, 0);
  click (&f, 50, 10, 0);
  g_assert_cmpint (press_key (&f, EMEND_TOOL_KEY_ENTER, 0).action, ==, EMEND_TOOL_ACTION_TOO_FEW);
  click (&f, 90, 10, 0);
  g_assert_cmpint (press_key (&f, EMEND_TOOL_KEY_ENTER, 0).action, ==, EMEND_TOOL_ACTION_TOO_FEW);
  g_assert_true (emend_tool_is_busy (f.tool));
  /* Moving the page does not lose it; Escape does. */
  g_assert_cmpint (drag (&f, (EmendPoint){ 50, 50 }, (EmendPoint){ 60, 60 }, EMEND_MODIFIER_NONE).action, ==,
                   EMEND_TOOL_ACTION_PREVIEW);
  emend_tool_end_drag (f.tool);
  g_assert_true (emend_tool_is_busy (f.tool));
  g_assert_cmpint (press_key (&f, EMEND_TOOL_KEY_ESCAPE, 0).action, ==, EMEND_TOOL_ACTION_CANCEL);
  g_assert_false (emend_tool_is_busy (f.tool));
  fixture_clear (&f);
}

static void
test_pan_while_drawing (void)
{
  Fixture f;
  EmendToolSketch sketch;

  fixture_init (&f, EMEND_TOOL_POLYGON);
  click (&f, 10, 10, 0);
  click (&f, 50, 10, 0);
  send (&f, EMEND_POINTER_PRESS, 100, 100, EMEND_MODIFIER_SPACE);
  g_assert_cmpint (send (&f, EMEND_POINTER_MOTION, 110, 100, EMEND_MODIFIER_SPACE).action, ==, EMEND_TOOL_ACTION_PAN);
  send (&f, EMEND_POINTER_RELEASE, 110, 100, EMEND_MODIFIER_SPACE);
  g_assert_true (emend_tool_get_sketch (f.tool, &sketch));
  g_assert_cmpuint (sketch.n_points, ==, 2);
  fixture_clear (&f);
}

static void
test_freehand (void)
{
  Fixture f;
  EmendToolResult result = { 0 };
  gsize n_points;

  fixture_init (&f, EMEND_TOOL_POLYGON);
  send (&f, EMEND_POINTER_PRESS, 150, 100, 0);
  for (int i = 1; i < 360; i++)
    send (&f, EMEND_POINTER_MOTION, 100 + 50 * cos (i * G_PI / 180), 100 + 50 * sin (i * G_PI / 180), 0);
  result = send (&f, EMEND_POINTER_RELEASE, 150, 100, 0);
  g_assert_cmpint (result.action, ==, EMEND_TOOL_ACTION_COMMIT_NEW);
  g_assert_cmpfloat_with_epsilon (emend_shape_area (result.shape), G_PI * 50 * 50, 150);
  emend_shape_get_ring (result.shape, 0, &n_points);
  g_assert_cmpuint (n_points, >, 20);
  g_assert_cmpuint (n_points, <, 60);
  fixture_clear (&f);
}

static void
test_line_point (void)
{
  Fixture f;
  EmendToolResult result;

  fixture_init (&f, EMEND_TOOL_POLYLINE);
  click (&f, 10, 10, 0);
  g_assert_cmpint (press_key (&f, EMEND_TOOL_KEY_ENTER, 0).action, ==, EMEND_TOOL_ACTION_TOO_FEW);
  click (&f, 50, 30, 0);
  result = send (&f, EMEND_POINTER_DOUBLE, 50, 30, 0);
  g_assert_cmpint (result.action, ==, EMEND_TOOL_ACTION_COMMIT_NEW);
  g_assert_cmpint (result.shape->kind, ==, EMEND_SHAPE_POLYLINE);
  assert_ring (result.shape, 0, "10,10 50,30");
  fixture_clear (&f);
  fixture_init (&f, EMEND_TOOL_POINT);
  result = click (&f, 33.33, 44.44, 0);
  g_assert_cmpint (result.action, ==, EMEND_TOOL_ACTION_COMMIT_NEW);
  g_assert_cmpint (result.shape->kind, ==, EMEND_SHAPE_POINT);
  g_assert_cmpfloat (result.rect.x, ==, 33.3);
  g_assert_cmpfloat (result.rect.y, ==, 44.4);
  fixture_clear (&f);
}

/* A label that does not allow a shape cannot be drawn as one. */
static void
test_not_allowed (void)
{
  static const EmendToolKind kinds[] = { EMEND_TOOL_SELECT, EMEND_TOOL_BOX, EMEND_TOOL_POLYGON, EMEND_TOOL_POINT };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    Fixture f;

    fixture_init (&f, kinds[i]);
    f.context.shapes = 1u << EMEND_SHAPE_POLYLINE;
    g_assert_cmpstr (send (&f, EMEND_POINTER_MOTION, 150, 150, 0).cursor, ==, "default");
    g_assert_cmpint (drag (&f, (EmendPoint){ 150, 150 }, (EmendPoint){ 190, 190 }, 0).action, ==,
                     EMEND_TOOL_ACTION_NONE);
    g_assert_false (emend_tool_is_busy (f.tool));
    fixture_clear (&f);
  }
}

/* The corner at the end of both axes, where it is on the page. */
static EmendPoint
get_corner (double side_x,
            double side_y)
{
  double radians = 30 * G_PI / 180;

  return (EmendPoint){ 100 + cos (radians) * 40 * side_x - sin (radians) * 20 * side_y,
                       100 + sin (radians) * 40 * side_x + cos (radians) * 20 * side_y };
}

static void
test_resize_rotated (void)
{
  double radians = 30 * G_PI / 180;
  EmendPoint from = get_corner (1, 1);
  EmendPoint along = { cos (radians) * 10, sin (radians) * 10 };
  Fixture f;
  EmendToolResult result;

  fixture_init (&f, EMEND_TOOL_SELECT);
  f.context.selected = MARK_ROTATED;
  /* Its cursors turn with it: 30 degrees is nearer to 45 than to 0. */
  g_assert_cmpstr (send (&f, EMEND_POINTER_MOTION, from.x, from.y, 0).cursor, ==, "s-resize");
  result = drag (&f, from, (EmendPoint){ from.x + along.x, from.y + along.y }, 0);
  g_assert_cmpint (result.action, ==, EMEND_TOOL_ACTION_COMMIT_SHAPE);
  assert_frame (result.shape, 100 + along.x / 2, 100 + along.y / 2, 90, 40, 30);
  /* The other corner stays: it is where it was. */
  result = drag (&f, from, (EmendPoint){ from.x + along.x, from.y + along.y }, EMEND_MODIFIER_SHIFT);
  assert_frame (result.shape, 100 + along.x / 2 - sin (radians) * 2.5, 100 + along.y / 2 + cos (radians) * 2.5, 90, 45,
                30);
  result = press_key (&f, EMEND_TOOL_KEY_DOWN, EMEND_MODIFIER_CONTROL | EMEND_MODIFIER_SHIFT);
  assert_frame (result.shape, 100 - sin (radians) * 5, 100 + cos (radians) * 5, 80, 50, 30);
  g_assert_true (result.is_step);
  fixture_clear (&f);
}

static void
test_turn (void)
{
  double out = 20 + EMEND_HANDLE_ROTATE_DISTANCE / 2;
  EmendPoint handle = { 100 + out * sin (30 * G_PI / 180), 100 - out * cos (30 * G_PI / 180) };
  Fixture f;
  EmendToolResult result;

  fixture_init (&f, EMEND_TOOL_SELECT);
  f.context.selected = MARK_ROTATED;
  g_assert_cmpstr (send (&f, EMEND_POINTER_MOTION, handle.x, handle.y, 0).cursor, ==, EMEND_HANDLE_ROTATE_CURSOR);
  result = drag (&f, handle, (EmendPoint){ 100 + out, 100 }, 0);
  g_assert_cmpint (result.action, ==, EMEND_TOOL_ACTION_COMMIT_SHAPE);
  assert_frame (result.shape, 100, 100, 80, 40, 90);
  result = drag (&f, handle, (EmendPoint){ 100 + out, 106 }, EMEND_MODIFIER_SHIFT);
  assert_frame (result.shape, 100, 100, 80, 40, 105);
  result = press_key (&f, EMEND_TOOL_KEY_LEFT, EMEND_MODIFIER_ALT);
  assert_frame (result.shape, 100, 100, 80, 40, 29);
  take (&f, &result);
  for (int i = 0; i < 4; i++) {
    result = press_key (&f, EMEND_TOOL_KEY_LEFT, EMEND_MODIFIER_ALT | EMEND_MODIFIER_SHIFT);
    take (&f, &result);
  }
  assert_frame (&emend_overlay_get_mark (f.overlay, MARK_ROTATED)->shape, 100, 100, 80, 40, 349);
  g_assert_cmpint (press_key (&f, EMEND_TOOL_KEY_UP, EMEND_MODIFIER_ALT).action, ==, EMEND_TOOL_ACTION_NONE);
  fixture_clear (&f);
}

static void
test_drag_vertex (void)
{
  Fixture f;
  EmendToolResult result;
  EmendGrip active;

  fixture_init (&f, EMEND_TOOL_SELECT);
  f.context.selected = MARK_POLYGON;
  g_assert_cmpstr (send (&f, EMEND_POINTER_MOTION, 60, 20, 0).cursor, ==, "crosshair");
  result = drag (&f, (EmendPoint){ 60, 20 }, (EmendPoint){ 70.52, -10 }, 0);
  assert_ring (result.shape, 0, "20,20 70.5,0 60,60 20,60");
  take (&f, &result);
  /* That corner has the keys. */
  g_assert_true (emend_tool_get_active (f.tool, &f.context, &active));
  g_assert_cmpuint (active.vertex, ==, 1);
  result = press_key (&f, EMEND_TOOL_KEY_DOWN, EMEND_MODIFIER_SHIFT);
  assert_ring (result.shape, 0, "20,20 70.5,10 60,60 20,60");
  g_assert_true (result.is_step);
  /* A middle makes a new corner, which has the keys then. */
  g_assert_cmpstr (send (&f, EMEND_POINTER_MOTION, 40, 60, 0).cursor, ==, "copy");
  result = drag (&f, (EmendPoint){ 40, 60 }, (EmendPoint){ 40, 75 }, 0);
  assert_ring (result.shape, 0, "20,20 70.5,0 60,60 40,75 20,60");
  take (&f, &result);
  g_assert_true (emend_tool_get_active (f.tool, &f.context, &active));
  g_assert_cmpuint (active.vertex, ==, 3);
  /* Its inside moves it whole. */
  g_assert_cmpstr (send (&f, EMEND_POINTER_MOTION, 35, 40, 0).cursor, ==, "move");
  result = drag (&f, (EmendPoint){ 35, 40 }, (EmendPoint){ 45, 45 }, 0);
  assert_ring (result.shape, 0, "30,25 80.5,5 70,65 50,80 30,65");
  g_assert_false (emend_tool_get_active (f.tool, &f.context, &active));
  fixture_clear (&f);
}

static void
test_remove_vertex (void)
{
  Fixture f;
  EmendToolResult result;

  fixture_init (&f, EMEND_TOOL_SELECT);
  f.context.selected = MARK_POLYGON;
  result = click (&f, 60, 60, EMEND_MODIFIER_ALT);
  assert_ring (result.shape, 0, "20,20 60,20 20,60");
  g_assert_false (result.is_step);
  take (&f, &result);
  send (&f, EMEND_POINTER_RELEASE, 60, 60, 0);
  result = click (&f, 60, 20, EMEND_MODIFIER_ALT);
  g_assert_cmpint (result.action, ==, EMEND_TOOL_ACTION_TOO_FEW);
  send (&f, EMEND_POINTER_RELEASE, 60, 20, 0);
  f.context.selected = MARK_LINE;
  press_key (&f, EMEND_TOOL_KEY_NEXT_VERTEX, 0);
  g_assert_cmpint (press_key (&f, EMEND_TOOL_KEY_DELETE, 0).action, ==, EMEND_TOOL_ACTION_TOO_FEW);
  /* Without a corner that has the keys Delete is for others. */
  press_key (&f, EMEND_TOOL_KEY_ESCAPE, 0);
  g_assert_cmpint (press_key (&f, EMEND_TOOL_KEY_DELETE, 0).action, ==, EMEND_TOOL_ACTION_NONE);
  fixture_clear (&f);
}

static void
test_vertex_keys (void)
{
  static const guint rings[] = { 0, 0, 0, 1, 1, 1, 0 };
  Fixture f;
  EmendToolResult result;
  EmendGrip active;

  fixture_init (&f, EMEND_TOOL_SELECT);
  f.context.selected = MARK_RINGS;
  for (gsize i = 0; i < G_N_ELEMENTS (rings); i++) {
    g_assert_cmpint (press_key (&f, EMEND_TOOL_KEY_NEXT_VERTEX, 0).action, ==, EMEND_TOOL_ACTION_REDRAW);
    g_assert_true (emend_tool_get_active (f.tool, &f.context, &active));
    g_assert_cmpuint (active.ring, ==, rings[i]);
    g_assert_cmpuint (active.vertex, ==, i % 3);
  }
  press_key (&f, EMEND_TOOL_KEY_PREVIOUS_VERTEX, 0);
  result = press_key (&f, EMEND_TOOL_KEY_RIGHT, 0);
  assert_ring (result.shape, 1, "60,120 80,120 61,140");
  assert_ring (result.shape, 0, "20,120 40,120 20,140");
  take (&f, &result);
  result = press_key (&f, EMEND_TOOL_KEY_INSERT, 0);
  assert_ring (result.shape, 1, "60,120 80,120 61,140 60.5,130");
  take (&f, &result);
  result = press_key (&f, EMEND_TOOL_KEY_DELETE, 0);
  assert_ring (result.shape, 1, "60,120 80,120 61,140");
  take (&f, &result);
  g_assert_true (emend_tool_get_active (f.tool, &f.context, &active));
  g_assert_cmpuint (active.vertex, ==, 2);
  /* Escape leaves the corner, then the mark. */
  g_assert_cmpint (press_key (&f, EMEND_TOOL_KEY_ESCAPE, 0).action, ==, EMEND_TOOL_ACTION_REDRAW);
  g_assert_cmpint (press_key (&f, EMEND_TOOL_KEY_ESCAPE, 0).action, ==, EMEND_TOOL_ACTION_SELECT);
  /* Another mark has no corner with the keys until it is asked for. */
  press_key (&f, EMEND_TOOL_KEY_NEXT_VERTEX, 0);
  f.context.selected = MARK_POLYGON;
  g_assert_false (emend_tool_get_active (f.tool, &f.context, &active));
  f.context.read_only = TRUE;
  g_assert_cmpint (press_key (&f, EMEND_TOOL_KEY_NEXT_VERTEX, 0).action, ==, EMEND_TOOL_ACTION_NONE);
  fixture_clear (&f);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/tool/rotated/drag", test_rotated_by_drag);
  g_test_add_func ("/scene/tool/rotated/clicks", test_rotated_by_clicks);
  g_test_add_func ("/scene/tool/rotated/escape", test_rotated_escape);
  g_test_add_func ("/scene/tool/rotated/resize", test_resize_rotated);
  g_test_add_func ("/scene/tool/rotated/turn", test_turn);
  g_test_add_func ("/scene/tool/polygon/clicks", test_polygon_clicks);
  g_test_add_func ("/scene/tool/polygon/refused", test_polygon_refused);
  g_test_add_func ("/scene/tool/polygon/pan", test_pan_while_drawing);
  g_test_add_func ("/scene/tool/polygon/freehand", test_freehand);
  g_test_add_func ("/scene/tool/line-point", test_line_point);
  g_test_add_func ("/scene/tool/not-allowed", test_not_allowed);
  g_test_add_func ("/scene/tool/vertex/drag", test_drag_vertex);
  g_test_add_func ("/scene/tool/vertex/remove", test_remove_vertex);
  g_test_add_func ("/scene/tool/vertex/keys", test_vertex_keys);
  return g_test_run ();
}
