import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideBranding, someBranding } from '../../../../../../tests/setup/desk-scenarios.ts';
import { good, outcome } from '../../../../../../tests/setup/journeys.ts';
import {
  ceremonyOf,
  decide,
  giveOperator,
  type TestOperator,
} from '../../../../../../tests/setup/operators.ts';
import { provePasskey } from '../../../../../../tests/setup/passkeys.ts';
import {
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { readAudit } from '../../../platform/audit/audit.ts';

const PATH = '/api/console/branding';
/** One transparent pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let on: PopulatedInstallation;
let administrator: TestOperator;
beforeAll(async () => {
  on = await populatedInstallation(2);
  administrator = await giveOperator(on, 'administrator');
});
afterAll(() => on[Symbol.asyncDispose]());

const nameAt = async (node: number) => good(await on.browser(node).get<{ name: string }>('/api/brand')).name;
const put = (body: object) => administrator.browser.request('PUT', PATH, body);
const refusalOf = async (body: object) => {
  const answer = await put(body);
  return outcome({ status: answer.status, body: await answer.json() });
};
const fileAt = async (node: number, path: string, headers: Record<string, string> = {}) => {
  const { host } = new URL(on.server.issuer);
  return fetch(new URL(path, on.nodes[node]!.url), { headers: { host, ...headers } });
};

test('what an administrator chose holds at every node within seconds, in pages, colours and messages; and is on record', async () => {
  await decideBranding(administrator, { ...someBranding('Comune di Borgo'), logo: PIXEL });
  expect(await nameAt(0)).toBe('Comune di Borgo');
  await expect.poll(() => nameAt(1), { timeout: 15_000 }).toBe('Comune di Borgo');
  const css = await fileAt(1, '/brand.css');
  expect(await css.text()).toContain('--brand-primary:#7a1f5c;');
  const etag = css.headers.get('etag') ?? '';
  expect((await fileAt(1, '/brand.css', { 'if-none-match': etag })).status).toBe(304);
  const logo = await fileAt(1, '/brand/logo.svg');
  expect(await logo.text()).toContain(PIXEL);
  expect(logo.headers.get('content-security-policy')).toContain("default-src 'none'");

  const { email } = await on.holder();
  await on.browser(1).post('/api/password-resets', { identifier: email });
  const texts = async () => (await on.dev.outbox(email)).map(({ text }) => text).join();
  await expect.poll(texts).toContain('Sent by Comune di Borgo');
  const records = await readAudit(on.database.db, on.keyring, administrator.id);
  expect(records.filter(({ type }) => type === 'branding-changed')).toMatchObject([
    {
      actor: 'operator',
      details: { name: 'Comune di Borgo', primary: '#7a1f5c', operator: administrator.id },
    },
  ]);

  expect(outcome(await decide(administrator, `${PATH}/reset`))).toBe('204');
  for (const node of [0, 1]) await expect.poll(() => nameAt(node), { timeout: 15_000 }).toBe('Sigillo');
});

test('[ACC-1] [WEB-1] colours that cannot be read, pictures that can run and names that are code are refused', async () => {
  const chosen = someBranding('Comune di Borgo');
  const faint = { ...chosen, colours: { primary: '#7cb8ff', header: '#3d0f2e' } };
  expect(await refusalOf(faint)).toBe('422 colours-unreadable');
  const script = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  expect(await refusalOf({ ...chosen, logo: script.toString('base64') })).toBe('422 logo-refused');
  const wrong = [
    { name: '<b>Borgo</b>' },
    { chatUrl: 'javascript:alert(1)' },
    { colours: { primary: 'red', header: '#000000' } },
  ];
  for (const part of wrong) expect(await refusalOf({ ...chosen, ...part })).toBe('400 bad-input');
});

test('a proof for one look is none for another', async () => {
  const answer = await put(someBranding('Comune di Borgo'));
  const ceremony = ceremonyOf({ status: answer.status, body: await answer.json() });
  good(await provePasskey(administrator.browser, ceremony, administrator.device));
  expect(await refusalOf({ ...someBranding('Comune di Riva'), approval: ceremony.id })).toBe(
    '409 operation-gone',
  );
  expect(await nameAt(0)).toBe('Sigillo');
});
