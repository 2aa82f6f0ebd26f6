import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestGate, testGate } from '../../../../../tests/setup/gate.ts';
import type { AuditEventType } from '../../platform/audit/event-types.ts';
import type { Tx } from '../../platform/database/database.ts';

let at: TestGate;
beforeAll(async () => {
  at = await testGate();
});
afterAll(() => at[Symbol.asyncDispose]());

const put = (tx: Tx, type: AuditEventType) =>
  at.gate.audit(tx, {
    type,
    accountId: '00000000-0000-0000-0000-000000000000',
    actor: 'system',
    at: at.clock.now(),
    details: { method: 'password' },
  });
const counted = async (type: string) => {
  const line = new RegExp(`^sigillo_events_total\\{event="${type}"\\} (\\d+)$`, 'm');
  return Number(line.exec(await at.platform.metrics.read())?.[1] ?? 0);
};

test('what was undone is not counted, and what was tried again is counted once', async () => {
  const undone = at.gate.transaction(async (tx) => {
    await put(tx, 'device-renamed');
    throw new Error('for this test');
  });
  await expect(undone).rejects.toThrow('for this test');
  let tries = 0;
  await at.gate.transaction(async (tx) => {
    await put(tx, 'factor-renamed');
    expect(await counted('factor-renamed')).toBe(0);
    if (++tries === 1)
      await sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`.execute(tx);
  });
  expect([tries, await counted('factor-renamed'), await counted('device-renamed')]).toEqual([2, 1, 0]);
});

test('what is put on record in a transaction of somebody else’s is counted too', async () => {
  await at.platform.transaction((tx) => put(tx, 'tokens-issued'));
  expect(await counted('tokens-issued')).toBe(1);
});
