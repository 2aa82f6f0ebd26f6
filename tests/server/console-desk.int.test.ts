import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hourOf, pay } from '../../apps/server/src/platform/messages/spending/spending.store.ts';
import { apiOperations } from '../setup/api-operations.ts';
import { giveClient, giveUp, openFile, someClient, stopPrefix } from '../setup/desk-scenarios.ts';
import { good, outcome, signIn } from '../setup/journeys.ts';
import { decide, giveOperator, type TestOperator } from '../setup/operators.ts';
import { type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';

/** What operators look up and put right: deliveries, spending, the record, relying parties. */
let on: PopulatedInstallation;
let desk: TestOperator;
let auditor: TestOperator;
let administrator: TestOperator;
beforeAll(async () => {
  on = await populatedInstallation(2);
  [desk, auditor, administrator] = [
    await giveOperator(on, 'help-desk'),
    await giveOperator(on, 'auditor'),
    await giveOperator(on, 'administrator'),
  ];
});
afterAll(() => on[Symbol.asyncDispose]());

/** Members of an object and of what is in it, at any depth. */
function* namesIn(schema: unknown): Iterable<string> {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [name, value] of Object.entries(schema)) {
    if (name === 'properties' && typeof value === 'object' && value !== null) yield* Object.keys(value);
    yield* namesIn(value);
  }
}

/** What an operation takes and gives, with every schema it names. */
function resolved(document: { components: { schemas: Record<string, unknown> } }, part: unknown): unknown {
  const text = JSON.stringify(part, (name, value) => {
    const reference = name === '' ? undefined : (value as { $ref?: string } | null)?.$ref;
    const schema = reference?.startsWith('#/components/schemas/') ? reference.split('/').at(-1) : undefined;
    return schema ? document.components.schemas[schema] : value;
  });
  return JSON.parse(text);
}

test('[REC-8] nothing that help desk calls takes or gives a secret of a holder', async () => {
  const response = await fetch(`${on.nodes[0]!.url}/openapi.json`, {
    headers: { host: new URL(on.server.issuer).host },
  });
  const document = (await response.json()) as {
    paths: Record<string, Record<string, unknown>>;
    components: { schemas: Record<string, unknown> };
  };
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/api/console/holders'));
  expect(paths.length).toBeGreaterThanOrEqual(6);
  const shapes = paths.flatMap(([, methods]) =>
    Object.values(methods).map((operation) => {
      const { requestBody, responses } = operation as { requestBody?: unknown; responses: object };
      const { 403: _asked, ...answers } = responses as Record<string, unknown>;
      return resolved(document, { requestBody, answers });
    }),
  );
  const names = new Set(shapes.flatMap((shape) => [...namesIn(shape)]));
  expect(names).toContain('lost');
  const secret = /password|secret|token|seed|pin|hash|code|key|link|answer$/i;
  expect([...names].filter((name) => secret.test(name))).toEqual([]);
  // The number that is read out is of the question, and proves nothing but that it was heard.
  expect(names).toContain('number');
});

test('every endpoint of the console is for its roles alone', async () => {
  const roles: Record<string, TestOperator> = { desk, auditor, administrator };
  const may: Record<string, string[]> = {
    listDeliveries: ['desk', 'administrator'],
    countDeliveries: ['desk', 'administrator'],
    readSpending: ['administrator'],
    readAudit: ['auditor'],
    readAuditState: ['auditor'],
    exportAudit: ['auditor'],
    listRelyingParties: ['administrator'],
    readRehearsal: ['administrator'],
  };
  const operations = await apiOperations(on.server.url);
  for (const [id, allowed] of Object.entries(may)) {
    const path = operations.find((one) => one.id === id)!.path.replace('{client}', 'claims');
    for (const [name, { browser }] of Object.entries(roles)) {
      const { status } = await browser.request('GET', path);
      expect([id, name, status]).toEqual([id, name, allowed.includes(name) ? 200 : 403]);
    }
    expect((await on.browser().request('GET', path)).status).toBe(403);
  }
});

describe('deliveries', () => {
  interface Listed {
    deliveries: {
      id: string;
      state: string;
      recipient: string | null;
      isRetriable: boolean;
      reason: string;
    }[];
    next: string | null;
  }
  const list = async (query: string) =>
    good(await desk.browser.get<Listed>(`/api/console/deliveries${query}`));

  test('what was given up is shown with its reason and a masked address, and is sent again once', async () => {
    const id = await giveUp(on, 'anna.bianchi@example.org');
    const { deliveries } = await list('?state=dead&channel=email');
    const one = deliveries.find((found) => found.id === id)!;
    expect(one).toMatchObject({ isRetriable: true, reason: 'the mailbox is full' });
    expect(JSON.stringify(deliveries)).not.toContain('anna.bianchi');
    expect(one.recipient).toMatch(/@example\.org$/);
    const retry = `/api/console/deliveries/${id}/retry`;
    const outcomes = await Promise.all(Array.from({ length: 16 }, () => desk.browser.post(retry)));
    expect(outcomes.map(outcome).sort()).toEqual(['204', ...Array(15).fill('404 not-found')]);
    const state = async () =>
      good(await desk.browser.get<{ state: string }>(`/api/console/deliveries/${id}`)).state;
    await expect.poll(state, { timeout: 15_000 }).toBe('sent');
  });

  test('pages lead on to one another, each message once, and hours are counted', async () => {
    const holder = await on.holder();
    await openFile(desk, holder);
    for (let made = 0; made < 55; made++) await giveUp(on, holder.email);
    const first = await list('?state=dead');
    expect(first.deliveries).toHaveLength(50);
    const second = await list(`?state=dead&before=${first.next}`);
    const ids = [...first.deliveries, ...second.deliveries].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted().reverse()).toEqual(ids);
    const { counts } = good(
      await desk.browser.get<{ counts: { state: string; count: number }[] }>('/api/console/delivery-counts'),
    );
    const dead = counts.filter(({ state }) => state === 'dead').reduce((sum, { count }) => sum + count, 0);
    expect(dead).toBe(ids.length);
  });
});

describe('spending', () => {
  interface Spending {
    hourlyBudget: number;
    hours: { hour: string; spent: number; byPrefix: Record<string, number> }[];
    stopped: { prefix: string }[];
  }
  const read = async () => good(await administrator.browser.get<Spending>('/api/console/spending?hours=24'));

  test('what an hour has cost stands under its hour, in the currency’s unit', async () => {
    const quote = { price: 500, prefix: '+39', range: '+39333', budget: 1_000_000, prefixBudget: 1_000_000 };
    for (let sent = 0; sent < 3; sent++) await pay(on.database.db, quote, on.nowMs());
    const { hours } = await read();
    expect(hours).toHaveLength(24);
    expect(hours.at(-1)).toEqual({
      hour: new Date(hourOf(on.nowMs())).toISOString(),
      spent: 0.15,
      byPrefix: { '+39': 0.15 },
    });
  });

  test('a stopped prefix is released by a decision of its own, once', async () => {
    await stopPrefix(on, '+39355');
    expect((await read()).stopped).toMatchObject([{ prefix: '+39355' }]);
    const path = '/api/console/spending/release';
    expect(outcome(await decide(administrator, path, { prefix: '+39355' }))).toBe('204');
    expect((await read()).stopped).toEqual([]);
    expect(outcome(await decide(administrator, path, { prefix: '+39355' }))).toBe('404 not-found');
  });
});

describe('the record', () => {
  interface Page {
    records: { id: string; type: string; account: string; details: Record<string, unknown> }[];
    next: string | null;
  }
  const read = async (query: string) => good(await auditor.browser.get<Page>(`/api/console/audit?${query}`));

  test('is read by type, account and operator, the newest first, and reading it is recorded', async () => {
    const holder = await on.holder();
    await signIn(on, on.browser(), holder);
    await openFile(desk, holder);
    const all = await read(`account=${holder.id}`);
    expect(all.records[0]).toMatchObject({ type: 'holder-found', details: { operator: desk.id } });
    expect(new Set(all.records.map(({ account }) => account))).toEqual(new Set([holder.id]));
    const signIns = await read(`account=${holder.id}&type=signed-in`);
    expect(signIns.records.map(({ type }) => type)).toEqual(['signed-in']);
    const byDesk = await read(`account=${holder.id}&operator=${desk.id}`);
    expect(byDesk.records.map(({ type }) => type)).toEqual(['holder-found']);
    const reading = await read(`account=${auditor.id}&type=audit-read`);
    expect(reading.records[0]?.details).toMatchObject({ account: auditor.id, ofType: 'audit-read' });
  });

  test('pages lead through all of it, each row once', async () => {
    const seen: string[] = [];
    let before = '';
    for (;;) {
      const { records, next } = await read(`type=holder-found${before}`);
      seen.push(...records.map(({ id }) => id));
      if (next === null) break;
      before = `&before=${next}`;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.toSorted().reverse()).toEqual(seen);
    expect(seen.length).toBeGreaterThan(0);
  });

  test('a file of it has a line for each row', async () => {
    const response = await auditor.browser.request('GET', '/api/console/audit/export?type=holder-found');
    expect(response.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = (await response.text()).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(Array(lines.length).fill('holder-found'));
    const [exported] = (await read('type=audit-exported')).records;
    expect(exported?.details).toMatchObject({ operator: auditor.id, ofType: 'holder-found' });
  });

  test('[AUD-2] is checked as a whole, one check at a time, and says which row was changed', async () => {
    interface State {
      records: number;
      check: { outcome: { kind: string; faultsInAll: number; faults: { rows?: string[] }[] } | null } | null;
    }
    const state = async () => good(await auditor.browser.get<State>('/api/console/audit/state'));
    const check = async () => {
      const begun = await Promise.all(
        Array.from({ length: 4 }, () => auditor.browser.post('/api/console/audit/checks')),
      );
      expect(begun.map(outcome)).toContain('202');
      const isOver = async () => (await state()).check?.outcome !== null;
      await expect.poll(isOver, { timeout: 15_000 }).toBe(true);
      return (await state()).check?.outcome;
    };
    await on.advance(60);
    await expect.poll(async () => (await state()).records, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(await check()).toMatchObject({ kind: 'done', faultsInAll: 0 });
    const { rows } = await sql<{ id: string; account_id: string }>`
      select id, account_id from audit
      where id = (select audit_id from audit_position order by audit_id limit 1)`.execute(on.database.db);
    const [row] = rows;
    await sql`update audit set account_id = gen_random_uuid() where id = ${row?.id}`.execute(on.database.db);
    expect(await check()).toMatchObject({ kind: 'done', faultsInAll: 1, faults: [{ rows: [row?.id] }] });
    await sql`update audit set account_id = ${row?.account_id} where id = ${row?.id}`.execute(on.database.db);
    expect(await check()).toMatchObject({ kind: 'done', faultsInAll: 0 });
  });
});

describe('relying parties', () => {
  const at = (path: string) => administrator.browser.get<Record<string, unknown>>(path);

  test('one is registered by the rules of all, its secret shown once and never again', async () => {
    const { path, clientSecret, clientId } = await giveClient(administrator);
    expect(clientSecret).toMatch(/^[\w-]{43}$/);
    const shown = good(await at(path));
    expect(shown).toMatchObject({ clientId, hasSecret: true, isFixed: false, isEnabled: true });
    expect(JSON.stringify(shown)).not.toContain(clientSecret);
    const again = { ...someClient(), clientId };
    expect(outcome(await decide(administrator, '/api/console/relying-parties', again))).toBe(
      '409 relying-party-exists',
    );
    const wrong = { ...someClient(), redirectUris: ['http://portal.example.org/callback'] };
    const refused = await decide(administrator, '/api/console/relying-parties', wrong);
    expect(outcome(refused)).toBe('400 bad-input');
    expect(refused.body).toMatchObject({ fields: [{ path: 'redirectUris' }] });
  });

  test('another secret, a change and switching off each take a decision; what is not named stays', async () => {
    const { path, clientSecret } = await giveClient(administrator);
    const before = good(await at(path));
    const rotated = good(await decide<{ clientSecret: string }>(administrator, `${path}/secret`));
    expect(rotated.clientSecret).not.toBe(clientSecret);
    expect(good(await at(path))).toEqual(before);
    expect(outcome(await decide(administrator, `${path}/switch`, { isOn: false }))).toBe('204');
    expect(good(await at(path))).toMatchObject({ ...before, isEnabled: false });
    expect(outcome(await decide(administrator, `${path}/switch`, { isOn: true }))).toBe('204');
    expect(good(await at(path))).toEqual(before);
  });

  test('what stands in the clients file is changed there', async () => {
    const fixed = '/api/console/relying-parties/claims';
    expect(good(await at(fixed))).toMatchObject({ isFixed: true, source: 'config' });
    for (const [action, body] of [
      ['secret', {}],
      ['switch', { isOn: false }],
    ] as const)
      expect(outcome(await decide(administrator, `${fixed}/${action}`, body))).toBe(
        '409 relying-party-fixed',
      );
  });

  test('a proof for one change is none for another', async () => {
    const [one, other] = [await giveClient(administrator), await giveClient(administrator)];
    const asked = await administrator.browser.post<{ ceremony: { id: string } }>(`${one.path}/secret`);
    const approval = asked.body.ceremony.id;
    const answer = await administrator.browser.post(`${other.path}/secret`, { approval });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });
});
