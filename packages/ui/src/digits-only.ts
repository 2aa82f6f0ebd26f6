/** The first `count` digits of what was typed or pasted: "123 456" and "123-456" are "123456". */
export function digitsOnly(text: string, count: number): string {
  return text
    .normalize('NFKC')
    .replace(/[^0-9]/g, '')
    .slice(0, count);
}
