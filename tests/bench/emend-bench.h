#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One figure of the benchmark table. @reference and @target are NaN where there is none; the ratio is
 * value / reference. Each bench program prints one JSON object a line on standard output: name, value,
 * unit, reference, ratio, target; `./dev bench` makes the table of them. */
void emend_bench_report (const char *name,
                         double value,
                         const char *unit,
                         double reference,
                         double target);

/* Why a figure could not be measured here; shown in the table. */
void emend_bench_skip (const char *name,
                       const char *reason);

/* Wall time and CPU time of this process, in seconds. */
double emend_bench_wall (void);
double emend_bench_cpu (void);

/* Most memory that this process held so far, in bytes (VmHWM). */
double emend_bench_peak_memory (void);

/* Median of @n values; sorts them. */
double emend_bench_median (double *values,
                           gsize n);

G_END_DECLS
