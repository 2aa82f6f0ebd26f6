import { type Call, literalText, readSource } from './source-text.ts';
import type { Violation } from './violation.ts';

/**
 * HMAC-SHA-1 is what RFC 6238 §1.2 and every authenticator app use, and what one provider of SMS signs its
 * callbacks with; the weakness of SHA-1 is not HMAC's.
 */
const MAY_HASH_BY_SHA1 = ['packages/otp/', 'apps/server/src/platform/messages/twilio-signature.'];

/** Where the time comes from. */
const CLOCK = 'apps/server/src/platform/clock/';
const SERVER = 'apps/server/src/';

const HASH_CALLS = new Set(['createHash', 'createHmac', 'createSign', 'createVerify', 'hash', 'digest']);
const WEAK_HASH = /^(rsa-)?(md5|sha-?1)$/i;
const DATABASE_CLOCK =
  /\bnow\s*\(\s*\)|\b(current|local)_?(timestamp|date|time)\b|\b\w+_timestamp\s*\(\s*\)/i;

/**
 * Calls that no code of the product may make: randomness that can be guessed, broken hashes, and times that
 * do not come from the clock.
 */
export function findForbiddenCalls(path: string, source: string): Violation[] {
  const { calls, texts } = readSource(path, source);
  const found = calls.flatMap((call) => {
    const broken = judgeCall(path, call);
    return broken ? [{ ...broken, path, line: call.line }] : [];
  });
  const isTold = path.startsWith(SERVER) && !path.startsWith(CLOCK);
  const sql = isTold ? texts.filter(({ text }) => readsDatabaseClock(text)) : [];
  return [...found, ...sql.map(({ line }) => ({ ...DATABASE_CLOCK_READ, path, line }))];
}

/** The same for a migration: SQL never reads the database's clock. */
export function findDatabaseClock(path: string, sql: string): Violation[] {
  return sql.split('\n').flatMap((text, index) => {
    const statement = text.replace(/--.*/, '');
    return readsDatabaseClock(statement) ? [{ ...DATABASE_CLOCK_READ, path, line: index + 1 }] : [];
  });
}

const DATABASE_CLOCK_READ = {
  rule: 'time-comes-from-the-clock',
  message: 'SQL reads the clock of the database; pass the time of platform/clock',
};

function judgeCall(path: string, call: Call): { rule: string; message: string } | undefined {
  if (call.receiver === 'Math' && call.name === 'random') {
    return {
      rule: 'unguessable-randomness',
      message: 'Math.random can be predicted; use node:crypto or Web Crypto',
    };
  }
  if (
    HASH_CALLS.has(call.name) &&
    !MAY_HASH_BY_SHA1.some((start) => path.startsWith(start)) &&
    usesWeakHash(call)
  ) {
    return { rule: 'sound-hashes', message: `${call.name} with MD5 or SHA-1; use SHA-256` };
  }
  if (path.startsWith(SERVER) && !path.startsWith(CLOCK) && readsSystemClock(call)) {
    return { rule: 'time-comes-from-the-clock', message: 'reads the time; take a Clock of platform/clock' };
  }
  return undefined;
}

function usesWeakHash(call: Call): boolean {
  return WEAK_HASH.test(literalText(call.arguments[0]) ?? '');
}

function readsSystemClock(call: Call): boolean {
  if (call.receiver === 'Date') return call.name === 'now';
  return call.receiver === '' && call.name === 'Date' && (!call.isNew || call.arguments.length === 0);
}

/** Whether a text is SQL that asks the database for the time. */
function readsDatabaseClock(text: string): boolean {
  const isSql = /\b(select|insert|update|delete|default|where|values|set)\b/i.test(text);
  return isSql && DATABASE_CLOCK.test(text);
}
