/** Rules for the password of who has a digital identity, beside those for everybody ([SPID-CRD-4]). */

/** Why such a password is refused. */
export type IdentityRefusal =
  | 'needs-upper'
  | 'needs-lower'
  | 'needs-digit'
  | 'needs-special'
  | 'repeated'
  | 'personal'
  | 'used-before';

/** The kinds of characters that have to be there, in the order in which they are asked for. */
const KINDS: readonly [IdentityRefusal, RegExp][] = [
  ['needs-upper', /\p{Lu}/u],
  ['needs-lower', /\p{Ll}/u],
  ['needs-digit', /\p{Nd}/u],
  ['needs-special', /[^\p{L}\p{M}\p{N}\s]/u],
];
const THREE_IN_A_ROW = /(.)\1\1/u;
/** A name of two letters is in too many innocent words. */
const SHORTEST_FACT = 3;
/** So many digits of a number are enough to know it by. */
const SHORTEST_NUMBER = 5;
/** Two passwords that differ by fewer characters are alike. */
const ENOUGH_DIFFERENCES = 4;
/** What is left of a password without digits and signs is compared from this length on. */
const ENOUGH_LETTERS = 4;

/** What is public about a person: names, codes, numbers and days (`2001-12-31`), as they are written. */
export type Facts = readonly string[];

/**
 * Why a password is refused, or undefined when it is good ([SPID-CRD-1]).
 *
 * @param facts what is public about its holder
 */
export function refuseForIdentity(password: string, facts: Facts): IdentityRefusal | undefined {
  const missing = KINDS.find(([, kind]) => !kind.test(password));
  if (missing) return missing[0];
  if (THREE_IN_A_ROW.test(password.toLowerCase())) return 'repeated';
  return facts.some((fact) => says(password, fact)) ? 'personal' : undefined;
}

function says(password: string, fact: string): boolean {
  if (/^\d{4}-\d\d-\d\d$/.test(fact)) return saysDay(password, fact);
  const [text, digits] = [squash(fact), digitsOf(fact)];
  if (text === digits) return digits.length >= SHORTEST_NUMBER && digitsOf(password).includes(digits);
  return text.length >= SHORTEST_FACT && squash(password).includes(text);
}

/** A day in any usual order, with two digits of the year or four. */
function saysDay(password: string, day: string): boolean {
  const [year = '', month = '', date = ''] = day.split('-');
  const short = year.slice(2);
  const orders = [year, short].flatMap((y) => [
    `${date}${month}${y}`,
    `${month}${date}${y}`,
    `${y}${month}${date}`,
  ]);
  const digits = digitsOf(password);
  return orders.some((written) => digits.includes(written));
}

/** Lower case, without accents or anything that is neither letter nor digit. */
const squash = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/**
 * What two passwords that are alike have in common: their letters, without case, accents, digits and signs
 * ([SPID-CRD-3]). All of it where hardly a letter is left.
 */
export function normalForm(password: string): string {
  const letters = squash(password).replace(/\p{N}/gu, '');
  return letters.length >= ENOUGH_LETTERS ? letters : password.normalize('NFKC').toLowerCase();
}

/** Whether a new password is like the one in use, which is at hand when it is changed: the same but for little. */
export function isAlike(next: string, current: string): boolean {
  const [a, b] = [normalForm(next), normalForm(current)];
  if (
    a === b ||
    (b.length >= ENOUGH_LETTERS && a.includes(b)) ||
    (a.length >= ENOUGH_LETTERS && b.includes(a))
  )
    return true;
  return distance(next.toLowerCase(), current.toLowerCase()) < ENOUGH_DIFFERENCES;
}

/** Characters to insert, take away or replace to make one of the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries())
      next.push(
        Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** A password that was chosen earlier, by what it has in common with others. */
export interface PastPassword {
  likeness: Buffer;
  chosenAt: Date;
}

const CHANGES_BEFORE_REUSE = 5;
const MONTHS_BEFORE_REUSE = 15;

/**
 * Whether a password is one of those, or like one, that may not come back yet: before five changes, and before
 * fifteen months ([SPID-CRD-2]).
 */
export function comesBackTooSoon(likeness: Buffer, past: readonly PastPassword[], now: Date): boolean {
  return past.some((one) => {
    if (!one.likeness.equals(likeness)) return false;
    const changes = past.filter(({ chosenAt }) => chosenAt > one.chosenAt).length;
    return changes < CHANGES_BEFORE_REUSE || now < monthsAfter(one.chosenAt, MONTHS_BEFORE_REUSE);
  });
}

/** The same day and time so many months later (UTC); the last day of a shorter month. */
function monthsAfter(at: Date, months: number): Date {
  const later = new Date(at);
  later.setUTCMonth(at.getUTCMonth() + months);
  if (later.getUTCDate() !== at.getUTCDate()) later.setUTCDate(0);
  return later;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long such a password is good ([SPID-CRD-2]). */
const PASSWORD_DAYS = 180;

/** When a password that was chosen then is over. */
export const passwordEnd = (chosenAt: Date): Date => new Date(chosenAt.getTime() + PASSWORD_DAYS * DAY_MS);
