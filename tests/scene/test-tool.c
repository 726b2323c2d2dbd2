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

#define SHIFT EMEND_MODIFIER_SHIFT
#define ALL_SHAPES 0x7fu

enum {
  MARK_LARGE,   /* 10,10 100x100 */
  MARK_SMALL,   /* 40,40 20x20, on the large one */
  MARK_LOCKED,  /* 150,10 30x30 */
  MARK_HIDDEN,  /* 150,60 30x30 */
  MARK_ROTATED, /* 165,165 center, 40x10 */
  MARK_MASK,
  N_MARKS,
};

static void
fixture_init (Fixture *f,
              EmendToolKind kind)
{
  static const EmendRect boxes[] = {
    { 10, 10, 100, 100 },
    { 40, 40, 20, 20 },
    { 150, 10, 30, 30 },
    { 150, 60, 30, 30 }
  };
  const guint32 counts[] = { 200 * 20 + 160, 20, 180, 20, 40000 - 4380 };
  EmendOverlayMark marks[N_MARKS];

  for (int i = 0; i < N_MARKS; i++) {
    marks[i] = (EmendOverlayMark){ .score = 0.5 };
    if (i < MARK_ROTATED)
      emend_shape_init_box (&marks[i].shape, &boxes[i]);
  }
  marks[MARK_LOCKED].locked = TRUE;
  marks[MARK_HIDDEN].hidden = TRUE;
  emend_shape_init_rotated_box (&marks[MARK_ROTATED].shape, (EmendPoint){ 165, 165 }, 40, 10, 30);
  g_assert_true (emend_shape_init_mask (&marks[MARK_MASK].shape, 200, 200, counts, G_N_ELEMENTS (counts), FALSE));
  f->overlay = emend_overlay_new (marks, N_MARKS);
  for (int i = 0; i < N_MARKS; i++)
    emend_shape_clear (&marks[i].shape);
  emend_viewport_init (&f->viewport);
  emend_viewport_set_page (&f->viewport, 200, 200);
  emend_viewport_set_view_size (&f->viewport, 400, 400, 1);
  f->viewport.scale = 2;
  f->viewport.offset_x = f->viewport.offset_y = 0;
  f->context = (EmendToolContext){ &f->viewport, f->overlay, { 0, FALSE }, -1, 0, FALSE, ALL_SHAPES };
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
drag_with (Fixture *f,
           EmendPoint from,
           EmendPoint to,
           EmendModifiers modifiers)
{
  EmendToolResult result;

  send (f, EMEND_POINTER_MOTION, from.x, from.y, modifiers);
  result = send (f, EMEND_POINTER_PRESS, from.x, from.y, modifiers);
  if (result.action == EMEND_TOOL_ACTION_SELECT)
    f->context.selected = result.index;
  g_assert_true (emend_tool_is_busy (f->tool));
  result = send (f, EMEND_POINTER_MOTION, (from.x + to.x) / 2, (from.y + to.y) / 2, modifiers);
  if (result.action == EMEND_TOOL_ACTION_PREVIEW)
    g_assert_nonnull (result.shape);
  send (f, EMEND_POINTER_MOTION, to.x, to.y, modifiers);
  result = send (f, EMEND_POINTER_RELEASE, to.x, to.y, modifiers);
  g_assert_false (emend_tool_is_busy (f->tool));
  return result;
}

static void
assert_result (const EmendToolResult *result,
               EmendToolAction action,
               int index)
{
  g_assert_cmpint (result->action, ==, action);
  g_assert_cmpint (result->index, ==, index);
  g_assert_nonnull (result->cursor);
}

static void
assert_rect (const EmendRect *rect,
             double x,
             double y,
             double width,
             double height)
{
  g_assert_cmpfloat_with_epsilon (rect->x, x, 1e-9);
  g_assert_cmpfloat_with_epsilon (rect->y, y, 1e-9);
  g_assert_cmpfloat_with_epsilon (rect->width, width, 1e-9);
  g_assert_cmpfloat_with_epsilon (rect->height, height, 1e-9);
}

static void
test_click (void)
{
  Fixture f;
  EmendToolResult result;

  fixture_init (&f, EMEND_TOOL_SELECT);
  result = send (&f, EMEND_POINTER_PRESS, 50, 50, 0);
  assert_result (&result, EMEND_TOOL_ACTION_SELECT, MARK_SMALL);
  f.context.selected = MARK_SMALL;
  result = send (&f, EMEND_POINTER_RELEASE, 50, 50, 0);
  assert_result (&result, EMEND_TOOL_ACTION_NONE, MARK_SMALL);
  /* With the large one selected, the small one on it can still be clicked. */
  f.context.selected = MARK_LARGE;
  result = send (&f, EMEND_POINTER_PRESS, 50, 50, 0);
  assert_result (&result, EMEND_TOOL_ACTION_NONE, MARK_LARGE);
  result = send (&f, EMEND_POINTER_RELEASE, 50.5, 50.5, 0);
  assert_result (&result, EMEND_TOOL_ACTION_SELECT, MARK_SMALL);
  /* Beside everything: nothing is selected. */
  send (&f, EMEND_POINTER_PRESS, 130, 130, 0);
  result = send (&f, EMEND_POINTER_RELEASE, 130, 130, 0);
  assert_result (&result, EMEND_TOOL_ACTION_SELECT, -1);
  /* What is hidden is not there. */
  f.context.selected = -1;
  send (&f, EMEND_POINTER_PRESS, 160, 70, 0);
  result = send (&f, EMEND_POINTER_RELEASE, 160, 70, 0);
  assert_result (&result, EMEND_TOOL_ACTION_NONE, -1);
  fixture_clear (&f);
}

static void
test_cycle (void)
{
  static const int expected[] = { MARK_SMALL, MARK_LARGE, MARK_SMALL };
  Fixture f;

  fixture_init (&f, EMEND_TOOL_SELECT);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    EmendToolResult result = send (&f, EMEND_POINTER_PRESS, 50, 50, EMEND_MODIFIER_ALT);

    assert_result (&result, EMEND_TOOL_ACTION_CYCLE_BELOW, expected[i]);
    f.context.selected = result.index;
    result = send (&f, EMEND_POINTER_RELEASE, 50, 50, EMEND_MODIFIER_ALT);
    assert_result (&result, EMEND_TOOL_ACTION_NONE, expected[i]);
  }
  fixture_clear (&f);
}

static void
test_hover (void)
{
  Fixture f;
  EmendToolResult result;

  fixture_init (&f, EMEND_TOOL_SELECT);
  result = send (&f, EMEND_POINTER_MOTION, 50, 50, 0);
  assert_result (&result, EMEND_TOOL_ACTION_HOVER, MARK_SMALL);
  result = send (&f, EMEND_POINTER_MOTION, 51, 51, 0);
  assert_result (&result, EMEND_TOOL_ACTION_NONE, MARK_SMALL);
  result = send (&f, EMEND_POINTER_MOTION, 130, 130, 0);
  assert_result (&result, EMEND_TOOL_ACTION_HOVER, -1);
  g_assert_cmpstr (result.cursor, ==, "crosshair");
  f.context.selected = MARK_LARGE;
  result = send (&f, EMEND_POINTER_MOTION, 10, 10, 0);
  g_assert_cmpstr (result.cursor, ==, "nw-resize");
  result = send (&f, EMEND_POINTER_LEAVE, 0, 0, 0);
  assert_result (&result, EMEND_TOOL_ACTION_HOVER, -1);
  f.context.read_only = TRUE;
  result = send (&f, EMEND_POINTER_MOTION, 10, 10, 0);
  g_assert_cmpstr (result.cursor, ==, "default");
  fixture_clear (&f);
}

typedef struct {
  int selected;
  EmendPoint from;
  EmendPoint to;
  EmendModifiers modifiers;
  EmendToolAction action;
  int index;
  EmendRect rect;
} DragCase;

static const DragCase drags[] = {
  /* Moves: by whole pixels, held on the page. */
  { MARK_LARGE, { 80, 80 }, { 90.3, 70.4 }, 0, EMEND_TOOL_ACTION_COMMIT_SHAPE, MARK_LARGE, { 20, 0, 100, 100 } },
  { MARK_LARGE, { 50, 50 }, { 55, 50 }, 0, EMEND_TOOL_ACTION_COMMIT_SHAPE, MARK_LARGE, { 15, 10, 100, 100 } },
  { MARK_LARGE, { 80, 80 }, { 199, 199 }, 0, EMEND_TOOL_ACTION_COMMIT_SHAPE, MARK_LARGE, { 100, 100, 100, 100 } },
  { -1, { 50, 50 }, { 60, 45 }, 0, EMEND_TOOL_ACTION_COMMIT_SHAPE, MARK_SMALL, { 50, 35, 20, 20 } },
  { MARK_LARGE, { 80, 80 }, { 80.2, 82 }, 0, EMEND_TOOL_ACTION_COMMIT_SHAPE, MARK_LARGE, { 10, 12, 100, 100 } },
  /* Resizes: the edge that is taken hold of goes to a whole pixel. */
  { MARK_LARGE, { 10, 10 }, { 20.4, 5.7 }, 0, EMEND_TOOL_ACTION_COMMIT_SHAPE, MARK_LARGE, { 20, 6, 90, 104 } },
  { MARK_LARGE, { 110, 60 }, { 130, 90 }, 0, EMEND_TOOL_ACTION_COMMIT_SHAPE, MARK_LARGE, { 10, 10, 120, 100 } },
  { MARK_LARGE, { 60, 10 }, { 60, 199 }, 0, EMEND_TOOL_ACTION_COMMIT_SHAPE, MARK_LARGE, { 10, 109, 100, 1 } },
  { MARK_LARGE, { 110, 110 }, { 300, 300 }, 0, EMEND_TOOL_ACTION_COMMIT_SHAPE, MARK_LARGE, { 10, 10, 190, 190 } },
  { MARK_SMALL, { 60, 60 }, { 70, 61 }, SHIFT, EMEND_TOOL_ACTION_COMMIT_SHAPE, MARK_SMALL, { 40, 40, 30, 30 } },
  { MARK_SMALL, { 60, 50 }, { 70, 50 }, SHIFT, EMEND_TOOL_ACTION_COMMIT_SHAPE, MARK_SMALL, { 40, 35, 30, 30 } },
  { MARK_SMALL, { 40, 40 }, { -90, 40 }, SHIFT, EMEND_TOOL_ACTION_COMMIT_SHAPE, MARK_SMALL, { 0, 0, 60, 60 } },
  /* Back to where it was is no change. */
  { MARK_LARGE, { 80, 80 }, { 80.1, 80.1 }, 0, EMEND_TOOL_ACTION_SELECT, -2, { 0, 0, 0, 0 } },
  /* A locked one, and a mask, stay where they are. */
  { MARK_LOCKED, { 160, 20 }, { 170, 30 }, 0, EMEND_TOOL_ACTION_NONE, -1, { 0, 0, 0, 0 } },
  { MARK_MASK, { 20.9, 170 }, { 60, 175 }, 0, EMEND_TOOL_ACTION_NONE, -1, { 0, 0, 0, 0 } },
  /* New ones. */
  { -1, { 120, 120 }, { 140.2, 130.4 }, 0, EMEND_TOOL_ACTION_COMMIT_NEW, -1, { 120, 120, 20, 10 } },
  { MARK_LARGE, { 140, 130 }, { 119.6, 119.8 }, 0, EMEND_TOOL_ACTION_COMMIT_NEW, -1, { 120, 120, 20, 10 } },
  { -1, { 120, 120 }, { 999, 130 }, 0, EMEND_TOOL_ACTION_COMMIT_NEW, -1, { 120, 120, 80, 10 } },
  { -1, { 120, 120 }, { 999, 130 }, EMEND_MODIFIER_SHIFT, EMEND_TOOL_ACTION_COMMIT_NEW, -1, { 120, 120, 80, 80 } },
  { -1, { 120, 120 }, { 140, 120.2 }, 0, EMEND_TOOL_ACTION_CANCEL, -1, { 120, 120, 20, 0 } },
};

static void
test_drags (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (drags); i++) {
    const DragCase *c = &drags[i];
    Fixture f;
    EmendToolResult result;

    g_test_message ("drag %d", (int) i);
    fixture_init (&f, EMEND_TOOL_SELECT);
    f.context.selected = c->selected;
    result = drag_with (&f, c->from, c->to, c->modifiers);
    if (c->index == -2) {
      /* Less than a drag: a click on the selected one that changes nothing. */
      assert_result (&result, EMEND_TOOL_ACTION_NONE, MARK_LARGE);
    } else {
      assert_result (&result, c->action, c->index);
      assert_rect (&result.rect, c->rect.x, c->rect.y, c->rect.width, c->rect.height);
    }
    fixture_clear (&f);
  }
}

static void
test_rotated (void)
{
  Fixture f;
  EmendToolResult result;

  fixture_init (&f, EMEND_TOOL_SELECT);
  f.context.selected = MARK_ROTATED;
  result = drag_with (&f, (EmendPoint){ 165, 165 }, (EmendPoint){ 160, 155 }, 0);
  assert_result (&result, EMEND_TOOL_ACTION_COMMIT_SHAPE, MARK_ROTATED);
  g_assert_cmpint (result.shape->kind, ==, EMEND_SHAPE_ROTATED_BOX);
  g_assert_cmpfloat_with_epsilon (emend_shape_get_rotation (result.shape), 30, 1e-9);
  g_assert_cmpfloat_with_epsilon (result.rect.x + result.rect.width / 2, 160, 1e-6);
  g_assert_cmpfloat_with_epsilon (result.rect.y + result.rect.height / 2, 155, 1e-6);
  fixture_clear (&f);
}

static void
test_escape (void)
{
  Fixture f;
  EmendToolResult result;

  fixture_init (&f, EMEND_TOOL_SELECT);
  send (&f, EMEND_POINTER_PRESS, 120, 120, 0);
  result = send (&f, EMEND_POINTER_MOTION, 150, 150, 0);
  assert_result (&result, EMEND_TOOL_ACTION_PREVIEW, -1);
  result = emend_tool_key (f.tool, &f.context, EMEND_TOOL_KEY_ESCAPE, 0);
  assert_result (&result, EMEND_TOOL_ACTION_CANCEL, -1);
  result = send (&f, EMEND_POINTER_RELEASE, 150, 150, 0);
  assert_result (&result, EMEND_TOOL_ACTION_NONE, -1);
  f.context.selected = MARK_LARGE;
  result = emend_tool_key (f.tool, &f.context, EMEND_TOOL_KEY_ESCAPE, 0);
  assert_result (&result, EMEND_TOOL_ACTION_SELECT, -1);
  f.context.selected = -1;
  result = emend_tool_key (f.tool, &f.context, EMEND_TOOL_KEY_ESCAPE, 0);
  assert_result (&result, EMEND_TOOL_ACTION_NONE, -1);
  fixture_clear (&f);
}

static void
test_pan (void)
{
  static const struct {
    EmendToolKind kind;
    int button;
    EmendModifiers modifiers;
  } ways[] = {
    { EMEND_TOOL_SELECT, 2, 0 },
    { EMEND_TOOL_SELECT, 1, EMEND_MODIFIER_SPACE },
    { EMEND_TOOL_BOX, 2, 0 },
    { EMEND_TOOL_PAN, 1, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    Fixture f;
    EmendPointerEvent event = { EMEND_POINTER_PRESS, 100, 100, ways[i].button, ways[i].modifiers, 0 };
    EmendToolResult result;

    fixture_init (&f, ways[i].kind);
    result = emend_tool_pointer (f.tool, &f.context, &event);
    assert_result (&result, EMEND_TOOL_ACTION_NONE, -1);
    g_assert_cmpstr (result.cursor, ==, "grabbing");
    event = (EmendPointerEvent){ EMEND_POINTER_MOTION, 110, 95, 0, 0, 0 };
    result = emend_tool_pointer (f.tool, &f.context, &event);
    assert_result (&result, EMEND_TOOL_ACTION_PAN, -1);
    g_assert_cmpfloat (result.dx, ==, 10);
    g_assert_cmpfloat (result.dy, ==, -5);
    event = (EmendPointerEvent){ EMEND_POINTER_RELEASE, 111, 95, ways[i].button, 0, 0 };
    result = emend_tool_pointer (f.tool, &f.context, &event);
    assert_result (&result, EMEND_TOOL_ACTION_PAN, -1);
    g_assert_cmpfloat (result.dx, ==, 1);
    g_assert_false (emend_tool_is_busy (f.tool));
    fixture_clear (&f);
  }
}

static void
test_box_tool (void)
{
  Fixture f;
  EmendToolResult result;

  fixture_init (&f, EMEND_TOOL_BOX);
  result = drag_with (&f, (EmendPoint){ 20, 20 }, (EmendPoint){ 35, 40 }, 0);
  assert_result (&result, EMEND_TOOL_ACTION_COMMIT_NEW, -1);
  assert_rect (&result.rect, 20, 20, 15, 20);
  g_assert_cmpint (emend_tool_get_kind (f.tool), ==, EMEND_TOOL_BOX);
  f.context.label = -1;
  result = drag_with (&f, (EmendPoint){ 20, 20 }, (EmendPoint){ 35, 40 }, 0);
  assert_result (&result, EMEND_TOOL_ACTION_NONE, -1);
  f.context.label = 1;
  f.context.read_only = TRUE;
  result = drag_with (&f, (EmendPoint){ 20, 20 }, (EmendPoint){ 35, 40 }, 0);
  assert_result (&result, EMEND_TOOL_ACTION_NONE, -1);
  fixture_clear (&f);
  fixture_init (&f, EMEND_TOOL_ELLIPSE);
  result = drag_with (&f, (EmendPoint){ 20, 20 }, (EmendPoint){ 35, 40 }, 0);
  assert_result (&result, EMEND_TOOL_ACTION_COMMIT_NEW, -1);
  g_assert_cmpint (result.shape->kind, ==, EMEND_SHAPE_ELLIPSE);
  fixture_clear (&f);
}

static void
test_keys (void)
{
  static const struct {
    int selected;
    EmendToolKey key;
    EmendModifiers modifiers;
    gboolean moves;
    EmendRect rect;
  } cases[] = {
    { MARK_LARGE, EMEND_TOOL_KEY_LEFT, 0, TRUE, { 9, 10, 100, 100 } },
    { MARK_LARGE, EMEND_TOOL_KEY_DOWN, EMEND_MODIFIER_SHIFT, TRUE, { 10, 20, 100, 100 } },
    { MARK_LARGE, EMEND_TOOL_KEY_RIGHT, EMEND_MODIFIER_CONTROL, TRUE, { 10, 10, 101, 100 } },
    { MARK_LARGE, EMEND_TOOL_KEY_UP, EMEND_MODIFIER_CONTROL | EMEND_MODIFIER_SHIFT, TRUE, { 10, 10, 100, 90 } },
    { MARK_LOCKED, EMEND_TOOL_KEY_LEFT, 0, FALSE, { 0, 0, 0, 0 } },
    { MARK_MASK, EMEND_TOOL_KEY_LEFT, 0, FALSE, { 0, 0, 0, 0 } },
    { MARK_LARGE, EMEND_TOOL_KEY_LEFT, EMEND_MODIFIER_ALT, FALSE, { 0, 0, 0, 0 } },
    { MARK_LARGE, EMEND_TOOL_KEY_NEXT_VERTEX, 0, FALSE, { 0, 0, 0, 0 } },
    { MARK_LARGE, EMEND_TOOL_KEY_DELETE, 0, FALSE, { 0, 0, 0, 0 } },
    { -1, EMEND_TOOL_KEY_LEFT, 0, FALSE, { 0, 0, 0, 0 } },
    { 77, EMEND_TOOL_KEY_LEFT, 0, FALSE, { 0, 0, 0, 0 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    Fixture f;
    EmendToolResult result;

    fixture_init (&f, EMEND_TOOL_SELECT);
    f.context.selected = cases[i].selected;
    result = emend_tool_key (f.tool, &f.context, cases[i].key, cases[i].modifiers);
    assert_result (&result, cases[i].moves ? EMEND_TOOL_ACTION_COMMIT_SHAPE : EMEND_TOOL_ACTION_NONE,
                   cases[i].selected);
    if (cases[i].moves)
      assert_rect (&result.rect, cases[i].rect.x, cases[i].rect.y, cases[i].rect.width, cases[i].rect.height);
    fixture_clear (&f);
  }
}

static void
test_other_buttons (void)
{
  Fixture f;
  EmendPointerEvent event = { EMEND_POINTER_PRESS, 100, 100, 3, 0, 0 };
  EmendToolResult result;

  fixture_init (&f, EMEND_TOOL_SELECT);
  result = emend_tool_pointer (f.tool, &f.context, &event);
  assert_result (&result, EMEND_TOOL_ACTION_SELECT, MARK_SMALL);
  g_assert_false (emend_tool_is_busy (f.tool));
  result = send (&f, EMEND_POINTER_DOUBLE, 50, 50, 0);
  assert_result (&result, EMEND_TOOL_ACTION_OPEN, MARK_SMALL);
  result = send (&f, EMEND_POINTER_RELEASE, 50, 50, 0);
  assert_result (&result, EMEND_TOOL_ACTION_NONE, -1);
  fixture_clear (&f);
}

/* Whatever comes in whatever order, what is committed is a shape, and nothing upright lies beside the page. */
static void
check_random (EmendToolKind kind)
{
  Fixture f;

  fixture_init (&f, kind);
  for (int i = 0; i < 20000; i++) {
    EmendPointerEvent event = { (EmendPointerKind) g_test_rand_int_range (0, 5), g_test_rand_double_range (-50, 450),
                                g_test_rand_double_range (-50, 450), g_test_rand_int_range (0, 4),
                                (EmendModifiers) g_test_rand_int_range (0, 16), i };
    EmendToolResult result = emend_tool_pointer (f.tool, &f.context, &event);

    if (g_test_rand_int_range (0, 20) == 0)
      result = emend_tool_key (f.tool, &f.context, (EmendToolKey) g_test_rand_int_range (0, EMEND_N_TOOL_KEYS),
                               event.modifiers);
    if (result.action == EMEND_TOOL_ACTION_SELECT || result.action == EMEND_TOOL_ACTION_CYCLE_BELOW)
      f.context.selected = result.index;
    g_assert_cmpint (result.index, >=, -1);
    g_assert_cmpint (result.index, <, N_MARKS);
    if (result.shape == NULL)
      continue;
    g_assert_true (emend_rect_is_finite (&result.rect));
    if (result.shape->kind == EMEND_SHAPE_ROTATED_BOX || kind == EMEND_TOOL_ROTATED_BOX)
      continue; /* its corners may lie beside the page */
    g_assert_cmpfloat (result.rect.x, >=, -1e-9);
    g_assert_cmpfloat (result.rect.y, >=, -1e-9);
    g_assert_cmpfloat (result.rect.x + result.rect.width, <=, 200 + 1e-9);
    g_assert_cmpfloat (result.rect.y + result.rect.height, <=, 200 + 1e-9);
    if ((result.action == EMEND_TOOL_ACTION_COMMIT_NEW || result.action == EMEND_TOOL_ACTION_COMMIT_SHAPE) &&
        (result.shape->kind == EMEND_SHAPE_BOX || result.shape->kind == EMEND_SHAPE_ELLIPSE))
      g_assert_cmpfloat (fmin (result.rect.width, result.rect.height), >=, 1);
  }
  fixture_clear (&f);
}

static void
test_random_events (void)
{
  for (int kind = 0; kind < EMEND_N_TOOL_KINDS; kind++)
    check_random ((EmendToolKind) kind);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/tool/pointer/click", test_click);
  g_test_add_func ("/scene/tool/pointer/cycle", test_cycle);
  g_test_add_func ("/scene/tool/pointer/hover", test_hover);
  g_test_add_func ("/scene/tool/pointer/drags", test_drags);
  g_test_add_func ("/scene/tool/pointer/rotated", test_rotated);
  g_test_add_func ("/scene/tool/pointer/pan", test_pan);
  g_test_add_func ("/scene/tool/pointer/box-tool", test_box_tool);
  g_test_add_func ("/scene/tool/pointer/other-buttons", test_other_buttons);
  g_test_add_func ("/scene/tool/pointer/random", test_random_events);
  g_test_add_func ("/scene/tool/key/escape", test_escape);
  g_test_add_func ("/scene/tool/key/nudge", test_keys);
  return g_test_run ();
}
