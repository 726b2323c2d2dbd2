#include "config.h"

#include "emend-fuzz-documents.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  static const char *const formats[] = { "azure .json", "textract .json", "funsd .json", "docile .json",
                                         "ppocrlabel .txt", "sroie .txt", "values .json", "values .jsonl",
                                         "values .csv", NULL };

  emend_fuzz_documents (formats, data, size);
  return 0;
}
