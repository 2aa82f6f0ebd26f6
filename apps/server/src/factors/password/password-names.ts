/** What an attacker who knows the account would try first. */
export interface KnownNames {
  userId?: string;
  email?: string;
  /** Name of the installation, as pages show it. */
  brand?: string;
}

const PRODUCT = 'Sigillo';
/** Shorter names occur in too many innocent words. */
const SHORTEST_NAME = 3;
/** A name with fewer other letters than this around it is a name with decoration. */
const ENOUGH_OTHER_LETTERS = 4;

/**
 * Whether a password is made of the account's or the installation's names and little else: as they are,
 * reversed, repeated, joined, in another case, with digits or punctuation added ([PW-3]). A passphrase that
 * merely mentions a name passes.
 */
export function isMadeOfNames(password: string, known: KnownNames): boolean {
  const squashed = squash(password);
  const rest = namesToRemove(known).reduce((text, name) => text.replaceAll(name, ' '), squashed);
  const otherLetters = rest.match(/\p{L}/gu)?.length ?? 0;
  return rest !== squashed && otherLetters < ENOUGH_OTHER_LETTERS;
}

/** Longest first, so that a part of a name does not break the whole before it is found. */
function namesToRemove({ userId, email, brand }: KnownNames): string[] {
  const localPart = email?.slice(0, email.lastIndexOf('@'));
  const whole = [PRODUCT, brand, userId, email, localPart].filter((name) => name !== undefined);
  const parts = [brand, localPart].flatMap((name) => name?.split(/[^\p{L}\p{M}\p{N}]+/u) ?? []);
  const names = [...whole, ...parts].map(squash).filter((name) => name.length >= SHORTEST_NAME);
  const bothWays = new Set(names.flatMap((name) => [name, Array.from(name).reverse().join('')]));
  return [...bothWays].sort((a, b) => b.length - a.length);
}

/** Lower case, without accents or anything that is neither letter nor digit. */
function squash(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
