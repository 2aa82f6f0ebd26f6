import { expect, test } from 'vitest';
import { acrToState, ageAllowed, isReadableAcrClaim, readDemand } from './sign-in-demand.ts';

const acr = (...levels: number[]) => levels.map((level) => `urn:sigillo:level:${level}`).join(' ');
const claims = (claim: object) => JSON.stringify({ id_token: { acr: claim } });

test('[OIDC-6] a request that names no level asks for none', () => {
  expect(readDemand({})).toEqual({ level: null, maxAgeSeconds: null, essential: null });
});

test('[OIDC-6] of several acr values the lowest is enough', () => {
  expect(readDemand({ acr_values: acr(2, 1) })?.level).toBe(1);
  expect(readDemand({ acr_values: acr(3, 2) })?.level).toBe(2);
});

test('[OIDC-6] what no sign-in reaches is told from what it does', () => {
  expect(readDemand({ acr_values: acr(3) })).toBeUndefined();
  expect(readDemand({ acr_values: 'urn:example:loa4' })).toBeUndefined();
  expect(readDemand({ claims: claims({ essential: true, value: acr(3) }) })).toBeUndefined();
  expect(readDemand({ acr_values: `urn:example:loa4 ${acr(2)}` })?.level).toBe(2);
});

test('[OIDC-6] acr_values and an acr claim have to be met both', () => {
  const demand = readDemand({ acr_values: acr(1), claims: claims({ essential: true, values: [acr(2)] }) });
  expect(demand).toMatchObject({ level: 2, essential: [2] });
  expect(readDemand({ acr_values: acr(2), claims: claims({ value: acr(1) }) })).toMatchObject({
    level: 2,
    essential: null,
  });
  expect(readDemand({ claims: claims({ essential: true }) })?.level).toBeNull();
});

test('[OIDC-6] prompt=login wants everything anew, whatever max_age says', () => {
  expect(readDemand({ max_age: '300' })?.maxAgeSeconds).toBe(300);
  expect(readDemand({ max_age: '300', prompt: 'login consent' })?.maxAgeSeconds).toBe(0);
});

test('[OIDC-6] what is proven while the request waits is young enough, what was proven before is not', () => {
  const demand = { level: null, maxAgeSeconds: 0, essential: null };
  expect(ageAllowed(demand, null, 90_000)).toBe(0);
  expect(ageAllowed(demand, 60_000, 90_000)).toBe(30);
  expect(ageAllowed({ ...demand, maxAgeSeconds: 300 }, 60_000, 90_000)).toBe(300);
  expect(ageAllowed({ ...demand, maxAgeSeconds: null }, 60_000, 90_000)).toBeNull();
});

test('[OIDC-6] a client that insists on values is told one of them that is true', () => {
  expect(acrToState(2, null)).toBe(acr(2));
  expect(acrToState(2, [1])).toBe(acr(1));
  expect(acrToState(2, [1, 2])).toBe(acr(2));
});

test('acr claims of another form are noticed', () => {
  for (const claim of [null, undefined, {}, { value: 'x' }, { values: ['x'], essential: true }])
    expect(isReadableAcrClaim(claim)).toBe(true);
  for (const claim of ['x', { value: 1 }, { values: 'x' }, { values: [1] }])
    expect(isReadableAcrClaim(claim)).toBe(false);
});
