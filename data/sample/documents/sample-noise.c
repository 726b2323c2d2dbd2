#include "sample-noise.h"

#include <math.h>

static guint32
scramble (guint32 value)
{
  value ^= value >> 16;
  value *= 0x7feb352dU;
  value ^= value >> 15;
  value *= 0x846ca68bU;
  return value ^ (value >> 16);
}

static double
lattice (guint32 seed,
         int x,
         int y)
{
  return scramble (seed ^ scramble ((guint32) x * 0x9e3779b1U ^ scramble ((guint32) y))) / (double) G_MAXUINT32;
}

static double
smooth (double t)
{
  return t * t * (3 - 2 * t);
}

/**
 * sample_noise_at:
 * @seed: another one gives another noise
 * @x: anywhere
 * @y: anywhere
 *
 * Returns: noise that changes slowly, over a distance of about 1: 0..1
 */
double
sample_noise_at (guint32 seed,
                 double x,
                 double y)
{
  int left = (int) floor (x);
  int top = (int) floor (y);
  double u = smooth (x - left);
  double v = smooth (y - top);
  double above = lattice (seed, left, top) * (1 - u) + lattice (seed, left + 1, top) * u;
  double below = lattice (seed, left, top + 1) * (1 - u) + lattice (seed, left + 1, top + 1) * u;

  return above * (1 - v) + below * v;
}

/**
 * sample_noise_white:
 * @state: (inout): not 0
 *
 * Returns: a number -1..1 that has nothing to do with the last one; small ones are more likely
 */
double
sample_noise_white (guint32 *state)
{
  guint32 bits = *state;

  bits ^= bits << 13;
  bits ^= bits >> 17;
  bits ^= bits << 5;
  *state = bits;
  return ((bits & 0xffff) + (bits >> 16)) / 65535.0 - 1;
}
