import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn } from '../setup/journeys.ts';
import { type Holder, type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';
import { type ReceivedSpan, type TraceReceiver, traceReceiver } from '../setup/trace-receiver.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

let receiver: TraceReceiver;
let on: PopulatedInstallation;
let holder: Holder;
const typed: string[] = [];
beforeAll(async () => {
  receiver = await traceReceiver();
  on = await populatedInstallation(1, {
    SIGILLO_TRACES_URL: receiver.url,
    SIGILLO_TRACES_HEADERS: '{"x-collector":"canary"}',
  });
  holder = await on.holder({ totp: true });
  const browser = await signIn(on, on.browser(), holder);
  typed.push(...browser.cookies.values());
  const traceparent = `00-${TRACE}-${PARENT}-01`;
  await on.browser().request('GET', '/api/session', undefined, { traceparent });
  await on.browser().request('GET', '/oidc/auth?client_id=canary-client&state=canary-state');
  await on.browser().post('/api/password-resets', { identifier: holder.email });
  await on.dev.newest(holder.email);
  // The node sends what is left when it stops.
  await on.server.stop();
});
afterAll(async () => {
  await on[Symbol.asyncDispose]();
  await receiver.close();
});

const attributesOf = ({ attributes }: ReceivedSpan) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
const named = (name: string) => receiver.spans.filter((span) => span.name === name);
const below = (parent: ReceivedSpan | undefined) =>
  receiver.spans.filter((span) => span.parentSpanId === parent?.spanId);

test('a request is a span with its route, and what the gate and the database did for it below', () => {
  const [request] = named('POST /api/sign-in/password');
  expect(attributesOf(request!)).toMatchObject({
    'http.request.method': 'POST',
    'http.route': '/api/sign-in/password',
    'http.response.status_code': 200,
  });
  const parts = below(request);
  const judged = parts.find(({ name }) => name === 'gate.judge');
  expect(attributesOf(judged!)).toEqual({ 'sigillo.factor': 'password' });
  const settled = parts.findLast(({ name }) => name === 'gate.transaction');
  expect(attributesOf(settled!)).toEqual({ 'sigillo.events': 'proof-accepted' });
  const [statement] = below(settled).filter(({ name }) => name === 'insert');
  expect(attributesOf(statement!)).toMatchObject({ 'db.system.name': 'postgresql' });
  expect(BigInt(judged!.startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(request!.startTimeUnixNano));
  expect(BigInt(judged!.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(request!.endTimeUnixNano));
});

test('a trace that a trusted proxy began is gone on with (W3C Trace Context)', () => {
  const [request] = named('GET /api/session');
  expect([request?.traceId, request?.parentSpanId]).toEqual([TRACE, PARENT]);
  const others = receiver.spans.filter(({ name }) => name === 'POST /api/sign-in/password');
  expect(others.every(({ traceId, parentSpanId }) => traceId !== TRACE && !parentSpanId)).toBe(true);
});

test('statements that belong to nothing, and work repeated every moment, make no traces', () => {
  const ids = new Set(receiver.spans.map(({ spanId }) => spanId));
  const roots = receiver.spans.filter(({ parentSpanId }) => !parentSpanId || !ids.has(parentSpanId));
  expect(roots.map(({ name }) => name).filter((name) => !/^(GET|POST|job|send) /.test(name))).toEqual([]);
  expect(named('job deliver-messages')).toEqual([]);
});

test('a message is a trace of its own, whenever it is sent', () => {
  const [sent] = named('send email');
  expect([sent?.parentSpanId, sent?.attributes]).toEqual([undefined, []]);
});

test('[AUD-3] no trace says whose it is, or what was typed', () => {
  const text = receiver.text();
  expect(receiver.spans.length).toBeGreaterThan(20);
  const secrets = [holder.id, holder.userId, holder.email, holder.phone, holder.password, ...typed];
  for (const secret of [...secrets, 'canary', '198.51.', 'Mozilla']) expect(text).not.toContain(secret);
  expect(receiver.headers[0]).toMatchObject({ 'x-collector': 'canary' });
});
