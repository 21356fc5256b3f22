const cents = new Intl.NumberFormat('en', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const fractions = new Intl.NumberFormat('en', {
  style: 'currency',
  currency: 'USD',
  maximumSignificantDigits: 2,
});

/** US dollars: `$12.40`; below a cent with two significant digits, `$0.00042`. */
export const formatCost = (usd: number): string =>
  usd === 0 || Math.abs(usd) >= 0.01 ? cents.format(usd) : fractions.format(usd);
