import type { ReactElement } from 'react';

/** The first letter of a service in a coloured disc, the same one each time, to find it by. */
export function Monogram({ name }: { name: string }): ReactElement {
  const letter = [...new Intl.Segmenter().segment(name.trim())][0]?.segment ?? '•';
  return (
    <span className="monogram" data-hue={hueOf(name)} aria-hidden="true">
      {letter.toLocaleUpperCase()}
    </span>
  );
}

/** One of six, by the letters of the name. */
function hueOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 6007, 7) % 6;
}
