/**
 * Whether a text is an Italian VAT number: eleven digits, the last one of control (Ministerial Decree of 23 December
 * 1976, by the formula of Luhn). Fiscal codes of legal persons have the same form.
 */
export function isVatNumber(text: string): boolean {
  if (!/^\d{11}$/.test(text) || /^0+$/.test(text)) return false;
  const sum = [...text].reduce((total, digit, index) => total + counted(Number(digit), index), 0);
  return sum % 10 === 0;
}

/** Every second digit counts twice, and what has two digits then, their sum. */
function counted(digit: number, index: number): number {
  if (index % 2 === 0) return digit;
  return digit > 4 ? 2 * digit - 9 : 2 * digit;
}
