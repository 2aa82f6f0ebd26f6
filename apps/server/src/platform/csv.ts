/** What a spreadsheet takes for a formula, also behind blanks that it skips (OWASP, CSV injection). */
const FORMULA = /^[\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/** One line of a CSV file (RFC 4180); no value becomes a formula in a spreadsheet ([WEB-6]). */
export const csvLine = (values: readonly (string | number)[]): string =>
  `${values.map((value) => cell(value)).join(',')}\r\n`;

/** Numbers are ours and stay numbers; every text is quoted. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
