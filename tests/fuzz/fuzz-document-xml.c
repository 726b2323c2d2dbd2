#include "config.h"

#include "emend-fuzz-documents.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  static const char *const formats[] = { "alto .xml", "page .xml", "hocr .hocr", NULL };

  emend_fuzz_documents (formats, data, size);
  return 0;
}
