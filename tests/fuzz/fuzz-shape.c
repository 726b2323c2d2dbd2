#include "config.h"

#include "emend-fuzz.h"
#include "emend-shape.h"

/* The first byte is the kind, the rest the stored form. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr (GBytes) rest = NULL;
  g_auto (EmendShape) shape = { 0 };
  g_auto (EmendShape) copy = { 0 };
  EmendRect box = { 0, 0, 10, 10 };

  if (size == 0)
    return 0;
  rest = g_bytes_new (data + 1, size - 1);
  if (!emend_shape_init_stored (&shape, data[0] % 8, &box, rest))
    return 0;
  emend_shape_area (&shape);
  emend_shape_contains (&shape, (EmendPoint){ 5, 5 });
  emend_shape_copy (&shape, &copy);
  emend_shape_set_box (&copy, &(EmendRect){ 1, 2, 3, 4 });
  return 0;
}
