import type { LinkOption } from './link-calls.ts';
import type { useLinkTexts } from './use-link-texts.ts';

/** A sentence that names the number, the address or the app; without the name when it has none. */
export function optionWords(
  t: ReturnType<typeof useLinkTexts>['t'],
  verb: 'method' | 'send' | 'prove',
  { method, label }: LinkOption,
  end = '',
): string {
  const key = `ceremony.${verb}-${method}${end}`;
  // A masked number stays on one line.
  return label ? t(key, { label: label.replaceAll(' ', '\u00a0') }) : t([`${key}-nameless`, key], { label });
}
