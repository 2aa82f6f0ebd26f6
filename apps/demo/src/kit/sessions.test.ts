import { expect, test } from 'vitest';
import type { PendingSignIn, Person } from './open-id-connect.ts';
import { keepPending, sessionsInMemory, takePending } from './sessions.ts';

const MINUTE_MS = 60_000;
const person = { subject: 'somebody' } as Person;

function pendingSignIn(state: string): PendingSignIn {
  return { purpose: 'sign-in', state, nonce: 'n', codeVerifier: 'v', returnTo: '/' };
}

function storeWithClock() {
  let nowMs = 0;
  const sessions = sessionsInMemory(() => nowMs);
  return { sessions, advance: (ms: number) => (nowMs += ms) };
}

test('a session id is 256 random bits, and another one after signing in', () => {
  const { sessions } = storeWithClock();
  const session = sessions.open();
  const before = session.id;
  expect(Buffer.from(before, 'base64url')).toHaveLength(32);

  sessions.renew(session);
  expect(sessions.find(before)).toBeUndefined();
  expect(sessions.find(session.id)).toBe(session);
});

test('a session that was ended meanwhile does not come back with a new id', () => {
  const { sessions } = storeWithClock();
  const session = sessions.open();
  sessions.end(session);
  sessions.renew(session);
  expect(sessions.find(session.id)).toBeUndefined();
});

test('without a person a session lasts ten minutes, with one thirty, each visit counting anew', () => {
  const { sessions, advance } = storeWithClock();
  const anonymous = sessions.open();
  const known = sessions.open();
  known.person = person;

  advance(10 * MINUTE_MS);
  expect(sessions.find(anonymous.id)).toBeUndefined();
  expect(sessions.find(known.id)).toBe(known);
  advance(29 * MINUTE_MS);
  expect(sessions.find(known.id)).toBe(known);
  advance(30 * MINUTE_MS);
  expect(sessions.find(known.id)).toBeUndefined();
});

test('eight hours are the end, however busy', () => {
  const { sessions, advance } = storeWithClock();
  const session = sessions.open();
  session.person = person;
  for (let visit = 1; visit < 24; visit += 1) {
    advance(20 * MINUTE_MS);
    expect(sessions.find(session.id)).toBe(session);
  }
  advance(20 * MINUTE_MS);
  expect(sessions.find(session.id)).toBeUndefined();
});

test('the store never holds more than ten thousand; the oldest makes room', () => {
  const { sessions } = storeWithClock();
  const first = sessions.open();
  const second = sessions.open();
  for (let count = 2; count <= 10_000; count += 1) sessions.open();
  expect(sessions.find(first.id)).toBeUndefined();
  expect(sessions.find(second.id)).toBe(second);
});

test('a pending sign-in is found by its own state, once', () => {
  const { sessions } = storeWithClock();
  const session = sessions.open();
  keepPending(session, pendingSignIn('one'));
  keepPending(session, pendingSignIn('two'));

  expect(takePending(session, 'other')).toBeUndefined();
  expect(takePending(session, null)).toBeUndefined();
  expect(takePending(undefined, 'one')).toBeUndefined();
  expect(takePending(session, 'one')?.state).toBe('one');
  expect(takePending(session, 'one')).toBeUndefined();
  expect(takePending(session, 'two')?.state).toBe('two');
});

test('of more than eight sign-ins under way in one browser, the oldest is forgotten', () => {
  const { sessions } = storeWithClock();
  const session = sessions.open();
  for (let count = 1; count <= 9; count += 1) keepPending(session, pendingSignIn(`state ${count}`));
  expect(takePending(session, 'state 1')).toBeUndefined();
  expect(takePending(session, 'state 2')).toBeDefined();
});
