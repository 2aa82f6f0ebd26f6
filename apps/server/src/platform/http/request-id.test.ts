import { expect, test } from 'vitest';
import { OWN, testApp } from './app.fixture.ts';

const GIVEN = '0190a5c2-7f00-7abc-8def-0123456789ab';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

async function idsOf(given: string, remoteAddress: string) {
  const { app, lines } = await testApp({ trustedProxies: ['10.0.0.0/8'] });
  const headers = { ...OWN, 'x-request-id': given };
  const answer = await app.inject({ url: '/api/nothing', remoteAddress, headers });
  await app.close();
  const logged = lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'request');
  return [answer.headers['x-request-id'], answer.json().requestId, logged.requestId];
}

test('the id that a trusted proxy gave a request stands in header, problem and log', async () => {
  expect(await idsOf(GIVEN, '10.0.0.1')).toEqual([GIVEN, GIVEN, GIVEN]);
  expect(await idsOf(GIVEN.replaceAll('-', '').toUpperCase(), '10.0.0.1')).toEqual([GIVEN, GIVEN, GIVEN]);
});

test('[WEB-4] an id of anybody else, or one that is none, is replaced by our own', async () => {
  for (const [given, address] of [
    [GIVEN, '192.0.2.1'],
    ['canary', '10.0.0.1'],
    [`${GIVEN}\tcanary`, '10.0.0.1'],
    ['', '10.0.0.1'],
  ] as const) {
    const [header, inProblem, logged] = await idsOf(given, address);
    expect(header).toMatch(UUID);
    expect(header).not.toBe(GIVEN);
    expect([inProblem, logged]).toEqual([header, header]);
  }
});
