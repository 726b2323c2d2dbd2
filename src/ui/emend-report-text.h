#pragma once

#include "emend-report.h"

G_BEGIN_DECLS

char *emend_report_to_csv (const EmendReport *report);
char *emend_report_format_share (double share);
char *emend_report_format_number (double value,
                                  int digits);
char *emend_report_format_ms (double ms);

G_END_DECLS
