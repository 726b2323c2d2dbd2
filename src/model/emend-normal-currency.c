#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-normal-private.h"

#include <string.h>

/* ISO 4217 as of 2024, and the currencies that the euro replaced and documents still name. */
static const char codes[] =
  "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD "
  "CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF "
  "GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP "
  "LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB "
  "PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL "
  "THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL "
  "ATS BEF CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MTL NLG PTE SIT SKK ";

typedef struct {
  const char *mark;
  const char *code; /* empty when several currencies use the mark */
} CurrencyMark;

/* As emend_normal_plain() writes them; longer ones stand before those that they begin with. */
static const CurrencyMark marks[] = {
  { "us$", "USD" },
  { "usd$", "USD" },
  { "u$s", "USD" },
  { "au$", "AUD" },
  { "a$", "AUD" },
  { "ca$", "CAD" },
  { "can$", "CAD" },
  { "c$", "CAD" },
  { "nz$", "NZD" },
  { "hk$", "HKD" },
  { "sg$", "SGD" },
  { "s$", "SGD" },
  { "nt$", "TWD" },
  { "r$", "BRL" },
  { "mx$", "MXN" },
  { "$", "" },
  { "€", "EUR" },
  { "euros", "EUR" },
  { "euro", "EUR" },
  { "eur", "EUR" },
  { "£", "GBP" },
  { "gbp", "GBP" },
  { "usd", "USD" },
  { "円", "JPY" },
  { "元", "CNY" },
  { "rmb", "CNY" },
  { "¥", "" },
  { "₹", "INR" },
  { "inr", "INR" },
  { "rs", "" },
  { "rm", "MYR" },
  { "rp", "IDR" },
  { "₽", "RUB" },
  { "руб", "RUB" },
  { "₩", "KRW" },
  { "원", "KRW" },
  { "₪", "ILS" },
  { "₫", "VND" },
  { "฿", "THB" },
  { "₱", "PHP" },
  { "₺", "TRY" },
  { "tl", "TRY" },
  { "₴", "UAH" },
  { "грн", "UAH" },
  { "₸", "KZT" },
  { "₦", "NGN" },
  { "₵", "GHS" },
  { "₡", "CRC" },
  { "₲", "PYG" },
  { "₭", "LAK" },
  { "₮", "MNT" },
  { "₾", "GEL" },
  { "₼", "AZN" },
  { "֏", "AMD" },
  { "৳", "BDT" },
  { "៛", "KHR" },
  { "zl", "PLN" },
  { "kc", "CZK" },
  { "ft", "HUF" },
  { "lei", "RON" },
  { "лв", "BGN" },
  { "sfr", "CHF" },
  { "fr", "" },
  { "kr", "" },
  { "ksh", "KES" },
  { "tsh", "TZS" },
  { "ush", "UGX" },
  { "s/", "PEN" },
  { "dm", "DEM" },
  { "د.إ", "AED" },
  { "ر.س", "SAR" },
  { "ج.م", "EGP" },
};

static gboolean
letter_at (const char *text)
{
  return g_unichar_isalpha (g_utf8_get_char (text));
}

/**
 * emend_currency_find_mark:
 * @text: as emend_normal_plain() writes it
 * @length: (out): bytes of the mark
 *
 * Returns: (transfer none) (nullable): the code of the currency whose mark @text begins with; "" when several
 *   currencies use it ("$", "¥", "kr"); %NULL when there is no mark. A mark of letters must not go on as a longer
 *   word.
 */
const char *
emend_currency_find_mark (const char *text,
                          gsize *length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++) {
    gsize n = strlen (marks[i].mark);

    if (strncmp (text, marks[i].mark, n) != 0)
      continue;
    if (letter_at (text + n) && letter_at (g_utf8_prev_char (text + n)))
      continue;
    *length = n;
    return marks[i].code;
  }
  return NULL;
}

/**
 * emend_currency_is_code:
 * @text: UTF-8
 * @length: its bytes
 *
 * Returns: whether @text is a code of ISO 4217, in capital letters
 */
gboolean
emend_currency_is_code (const char *text,
                        gsize length)
{
  if (length != 3)
    return FALSE;
  for (const char *code = codes; *code != '\0'; code += 4) {
    if (strncmp (code, text, 3) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_currency_get_decimals:
 * @code: of ISO 4217
 *
 * Returns: how many digits its minor unit has, where that is three or none; otherwise 2 (ISO 4217, list one)
 */
guint
emend_currency_get_decimals (const char *code)
{
  static const char three[] = "BHD IQD JOD KWD LYD OMR TND";
  static const char none[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";

  if (strstr (three, code) != NULL)
    return 3;
  return strstr (none, code) != NULL ? 0 : 2;
}
