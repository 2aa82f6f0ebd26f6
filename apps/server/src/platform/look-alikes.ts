import unhomoglyph from 'unhomoglyph';

/** Scripts that one name may be written in; Japanese and Korean mix theirs (UTS 39 §5.2, "highly restrictive"). */
const SCRIPTS: readonly RegExp[] = [
  /^[\p{scx=Latin}\p{scx=Common}\p{scx=Inherited}]*$/u,
  /^[\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Han}\p{scx=Common}\p{scx=Inherited}]*$/u,
  /^[\p{scx=Hangul}\p{scx=Han}\p{scx=Common}\p{scx=Inherited}]*$/u,
  ...[
    'Cyrillic',
    'Greek',
    'Arabic',
    'Hebrew',
    'Armenian',
    'Georgian',
    'Devanagari',
    'Bengali',
    'Tamil',
    'Thai',
  ].map((script) => new RegExp(`^[\\p{scx=${script}}\\p{scx=Common}\\p{scx=Inherited}]*$`, 'u')),
];
const ASCII = /^[\x20-\x7e]*$/;
const LATIN = /^\p{scx=Latin}$/u;

/** What a text looks like: equal for two that cannot be told apart (UTS 39 §4). */
const skeletonOf = (text: string): string => unhomoglyph(text.normalize('NFD')).normalize('NFD');

const looksLikeAscii = (text: string): boolean => !ASCII.test(text) && ASCII.test(skeletonOf(text));

/**
 * Whether a name may be taken for another one: it has another form under NFKC, mixes scripts, or looks like plain
 * ASCII and is not. Names in ASCII are never: among `l` and `1` whoever gives out the names must choose.
 *
 * @param name in NFC
 */
export function isLookAlike(name: string): boolean {
  if (ASCII.test(name)) return false;
  if (name !== name.normalize('NFKC') || !SCRIPTS.some((script) => script.test(name))) return true;
  const hidden = Array.from(name).some((character) => LATIN.test(character) && looksLikeAscii(character));
  return hidden || looksLikeAscii(name);
}
