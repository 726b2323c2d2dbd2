#pragma once

#include "emend-format.h"

G_BEGIN_DECLS

/* One line for each format; emend-format.c lists them. */
#define EMEND_TYPE_COCO (emend_coco_get_type ())
G_DECLARE_FINAL_TYPE (EmendCoco, emend_coco, EMEND, COCO, GObject)

#define EMEND_TYPE_COCO_RESULTS (emend_coco_results_get_type ())
G_DECLARE_FINAL_TYPE (EmendCocoResults, emend_coco_results, EMEND, COCO_RESULTS, GObject)

#define EMEND_TYPE_YOLO (emend_yolo_get_type ())
G_DECLARE_FINAL_TYPE (EmendYolo, emend_yolo, EMEND, YOLO, GObject)

#define EMEND_TYPE_ALTO (emend_alto_get_type ())
G_DECLARE_FINAL_TYPE (EmendAlto, emend_alto, EMEND, ALTO, GObject)

#define EMEND_TYPE_AZURE (emend_azure_get_type ())
G_DECLARE_FINAL_TYPE (EmendAzure, emend_azure, EMEND, AZURE, GObject)

#define EMEND_TYPE_AZURE_LABELS (emend_azure_labels_get_type ())
G_DECLARE_FINAL_TYPE (EmendAzureLabels, emend_azure_labels, EMEND, AZURE_LABELS, GObject)

#define EMEND_TYPE_DOCILE (emend_docile_get_type ())
G_DECLARE_FINAL_TYPE (EmendDocile, emend_docile, EMEND, DOCILE, GObject)

#define EMEND_TYPE_DOCUMENT_CSV (emend_document_csv_get_type ())
G_DECLARE_FINAL_TYPE (EmendDocumentCsv, emend_document_csv, EMEND, DOCUMENT_CSV, GObject)

#define EMEND_TYPE_FUNSD (emend_funsd_get_type ())
G_DECLARE_FINAL_TYPE (EmendFunsd, emend_funsd, EMEND, FUNSD, GObject)

#define EMEND_TYPE_HOCR (emend_hocr_get_type ())
G_DECLARE_FINAL_TYPE (EmendHocr, emend_hocr, EMEND, HOCR, GObject)

#define EMEND_TYPE_JSONL (emend_jsonl_get_type ())
G_DECLARE_FINAL_TYPE (EmendJsonl, emend_jsonl, EMEND, JSONL, GObject)

#define EMEND_TYPE_PAGE_XML (emend_page_xml_get_type ())
G_DECLARE_FINAL_TYPE (EmendPageXml, emend_page_xml, EMEND, PAGE_XML, GObject)

#define EMEND_TYPE_PPOCRLABEL (emend_ppocrlabel_get_type ())
G_DECLARE_FINAL_TYPE (EmendPpocrlabel, emend_ppocrlabel, EMEND, PPOCRLABEL, GObject)

#define EMEND_TYPE_SROIE (emend_sroie_get_type ())
G_DECLARE_FINAL_TYPE (EmendSroie, emend_sroie, EMEND, SROIE, GObject)

#define EMEND_TYPE_TEXTRACT (emend_textract_format_get_type ())
G_DECLARE_FINAL_TYPE (EmendTextractFormat, emend_textract_format, EMEND, TEXTRACT_FORMAT, GObject)

#define EMEND_TYPE_VALUES (emend_values_format_get_type ())
G_DECLARE_FINAL_TYPE (EmendValuesFormat, emend_values_format, EMEND, VALUES_FORMAT, GObject)

#define EMEND_TYPE_VALUES_CSV (emend_values_csv_get_type ())
G_DECLARE_FINAL_TYPE (EmendValuesCsv, emend_values_csv, EMEND, VALUES_CSV, GObject)

G_END_DECLS
