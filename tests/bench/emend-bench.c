#define G_LOG_DOMAIN "emend-bench"

#include "config.h"

#include "emend-bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "emend-json.h"

static void
print_line (GString *line)
{
  g_string_append_c (line, '\n');
  fputs (line->str, stdout);
  fflush (stdout);
}

void
emend_bench_report (const char *name,
                    double value,
                    const char *unit,
                    double reference,
                    double target)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (line, FALSE);

  emend_json_begin_object (writer);
  emend_json_key (writer, "name");
  emend_json_string (writer, name);
  emend_json_key (writer, "value");
  emend_json_double (writer, value);
  emend_json_key (writer, "unit");
  emend_json_string (writer, unit);
  emend_json_key (writer, "reference");
  emend_json_double (writer, reference);
  emend_json_key (writer, "ratio");
  emend_json_double (writer, reference > 0 ? value / reference : NAN);
  emend_json_key (writer, "target");
  emend_json_double (writer, target);
  emend_json_end_object (writer);
  print_line (line);
}

void
emend_bench_skip (const char *name,
                  const char *reason)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (line, FALSE);

  emend_json_begin_object (writer);
  emend_json_key (writer, "name");
  emend_json_string (writer, name);
  emend_json_key (writer, "skipped");
  emend_json_string (writer, reason);
  emend_json_end_object (writer);
  print_line (line);
}

static double
clock_seconds (clockid_t clock)
{
  struct timespec now;

  if (clock_gettime (clock, &now) != 0)
    return 0;
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

double
emend_bench_wall (void)
{
  return clock_seconds (CLOCK_MONOTONIC);
}

double
emend_bench_cpu (void)
{
  return clock_seconds (CLOCK_PROCESS_CPUTIME_ID);
}

double
emend_bench_peak_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return NAN;
  line = strstr (status, "VmHWM:");
  return line != NULL ? g_ascii_strtod (line + strlen ("VmHWM:"), NULL) * 1024 : NAN;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

double
emend_bench_median (double *values,
                    gsize n)
{
  g_return_val_if_fail (n > 0, NAN);

  qsort (values, n, sizeof *values, compare_doubles);
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}
