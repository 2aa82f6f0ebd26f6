import type { KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  browser,
  load,
  type TestAccount,
  type TestGate,
  testAccount,
  testGate,
} from '../../../../tests/setup/gate.ts';
import { inTransaction } from '../platform/database/database.ts';
import { admitSession } from './admit.ts';
import { beginCeremony } from './begin.ts';
import { level, nothing, slug, stepsOn } from './gate.fixture.ts';
import type { UseNotices } from './model.ts';
import type { Gate } from './ports.ts';

let on: TestGate;
const steps = stepsOn(() => on);
beforeAll(async () => {
  on = await testGate();
});
afterAll(() => on[Symbol.asyncDispose]());

/** Somebody who chose. */
async function whoWants(by: UseNotices['by'], failures = false): Promise<TestAccount> {
  const holder = await testAccount(on, { phone: true });
  await inTransaction(on.database.db, (tx) =>
    on.stores.accounts.setUseNotices(tx, holder.id, { by, failures }),
  );
  return holder;
}

/** What was queued for an account, as `channel template`. */
async function told({ id }: TestAccount): Promise<string[]> {
  const { db, keyring } = on.platform;
  const rows = await db.selectFrom('outbox').selectAll().where('account_id', '=', id).orderBy('id').execute();
  return rows.map(({ id: row, channel, content_sealed }) => {
    const place = { table: 'outbox', row, column: 'content_sealed' };
    const { template, params } = JSON.parse(keyring.openText(content_sealed ?? Buffer.alloc(0), place));
    expect(params.when).toMatch(/^\d{4}-/);
    return `${channel} ${template} ${params.provider}`;
  });
}

test('[SPID-NTF-1] who asked for it is told of every use, by e-mail or by SMS; who did not is not', async () => {
  const [off, email, sms] = [await whoWants('off', true), await whoWants('email'), await whoWants('sms')];
  for (const holder of [off, email, sms]) await steps.signedIn(holder, browser());
  expect(await told(off)).toEqual([]);
  expect(await told(email)).toEqual(['email credential-used ']);
  expect(await told(sms)).toEqual(['sms credential-used ']);
  await inTransaction(on.database.db, (tx) =>
    on.stores.accounts.setUseNotices(tx, email.id, { by: 'off', failures: false }),
  );
  await steps.signedIn(email, browser());
  expect(await told(email)).toHaveLength(1);
});

test('[SPID-NTF-1] the provider is named', async () => {
  const holder = await whoWants('email');
  const me = browser();
  const prover = await load(on, holder.id);
  const context = { ...nothing, clientId: 'claims' };
  const gate = { ...on.gate, nameOfClient: async () => ({ it: 'Pratiche', en: 'Claims' }) };
  const beginning = { prover, purpose: 'sign-in', policy: level(1), context };
  const scene = await beginCeremony(gate, beginning, me, [steps.passwordOf(holder)]);
  await admitSession(gate, scene, me);
  const name = prover.language === 'it' ? 'Pratiche' : 'Claims';
  expect(await told(holder)).toEqual([`email credential-used ${name}`]);
});

test('[SPID-NTF-1] failed tries are told where the holder wants that', async () => {
  const [with_, without] = [await whoWants('email', true), await whoWants('email')];
  for (const holder of [with_, without]) {
    const me = browser();
    const scene = await steps.begin(holder, me, level(1));
    const ask = { slot: 'first', method: 'password' as const, target: holder.passwordId };
    expect(await slug(steps.give(scene, ask, 'not the password', me))).toBe('code-rejected');
  }
  expect(await told(with_)).toEqual(['email credential-refused ']);
  expect(await told(without)).toEqual([]);
});

test('[SPID-NTF-1] who did not ask costs a sign-in no statement', async () => {
  const count = async (by: UseNotices['by'] | 'unknown') => {
    const holder = await whoWants(by === 'unknown' ? 'off' : by);
    const me = browser();
    const { useNotices, ...rest } = await load(on, holder.id);
    const prover = by === 'unknown' ? rest : { ...rest, ...(useNotices ? { useNotices } : {}) };
    const beginning = { prover, purpose: 'sign-in', policy: level(1), context: nothing };
    const scene = await beginCeremony(on.gate, beginning, me, [steps.passwordOf(holder)]);
    let statements = 0;
    const counter: KyselyPlugin = {
      transformQuery: ({ node }) => {
        statements += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    const transaction: Gate['transaction'] = (work) =>
      inTransaction(on.database.db, (tx) => work(tx.withPlugin(counter) as typeof tx));
    await admitSession({ ...on.gate, transaction }, scene, me);
    return statements;
  };
  const [unknown, off, email] = [await count('unknown'), await count('off'), await count('email')];
  expect(off).toBe(unknown);
  expect(email).toBeGreaterThan(off);
});
