/** Prices for reading: integer minor units and a currency in, the shopper's notation out. */

export function formatPrice(priceMinor: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  return format.format(toMajor(priceMinor, currency));
}

/** 1250 pence → 12.5; currencies without minor units (JPY) stay as they are. */
export function toMajor(priceMinor: number, currency: string): number {
  return priceMinor / 10 ** digitsOf(currency);
}

/** As one types it: 1600 pence → 16, 160 → 1.60. */
export function toTyped(priceMinor: number, currency: string): string {
  const major = toMajor(priceMinor, currency);
  return Number.isInteger(major) ? String(major) : major.toFixed(digitsOf(currency));
}

function digitsOf(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
