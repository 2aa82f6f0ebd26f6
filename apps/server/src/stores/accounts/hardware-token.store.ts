import type { OtpAlgorithm } from '@sigillo/otp';
import type { TokenRecord } from '@sigillo/pskc';
import type { HardwareTokens } from '../../factors/hardware-token/hardware-token.ports.ts';
import type { TokenStock } from '../../flows/operator/tokens/import-tokens.service.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { secretPlace } from './authenticator.store.ts';

const place = (serial: string) => ({ table: 'hardware_token', row: serial, column: 'seed_sealed' });

/** Parameters of a statement are limited to 65,535. */
const ROWS_AT_ONCE = 1000;

/** Hardware tokens on PostgreSQL: those in stock, and those that people have. Their seeds are sealed. */
export function hardwareTokenStore(keyring: Keyring): HardwareTokens & TokenStock {
  return {
    async find(tx, accountId, authenticatorId) {
      const row = await tx
        .selectFrom('held_token')
        .innerJoin('authenticator', (join) =>
          join
            .onRef('authenticator.account_id', '=', 'held_token.account_id')
            .onRef('authenticator.id', '=', 'held_token.authenticator_id'),
        )
        .selectAll('held_token')
        .select(['authenticator.secret_sealed', 'authenticator.used_step'])
        .where('held_token.account_id', '=', accountId)
        .where('held_token.authenticator_id', '=', authenticatorId)
        .where('authenticator.state', '=', 'active')
        .executeTakeFirst();
      if (!row?.secret_sealed) return undefined;
      const seed = keyring.open(row.secret_sealed, secretPlace(accountId, authenticatorId));
      return { ...describe(row), seed, used: row.used_step, driftSteps: row.drift_steps };
    },

    async hasFree(tx) {
      const row = await tx
        .selectFrom('hardware_token')
        .select('serial')
        .where('state', '=', 'imported')
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async findFree(tx, serial) {
      const row = await tx
        .selectFrom('hardware_token')
        .selectAll()
        .where('serial', '=', serial)
        .where('state', '=', 'imported')
        .executeTakeFirst();
      if (!row?.seed_sealed) return undefined;
      return { ...describe(row), seed: keyring.open(row.seed_sealed, place(serial)), used: row.counter - 1 };
    },

    async assign(tx, token, { accountId, authenticatorId, at, used, driftSteps }) {
      const { serial, seed } = token;
      const taken = await tx
        .updateTable('hardware_token')
        .set({ state: 'assigned', account_id: accountId, assigned_at: at, seed_sealed: null })
        .where('serial', '=', serial)
        .where('state', '=', 'imported')
        .executeTakeFirst();
      if (taken.numUpdatedRows !== 1n) return false;
      await tx
        .insertInto('held_token')
        .values({
          account_id: accountId,
          authenticator_id: authenticatorId,
          ...columnsOf(token),
          drift_steps: driftSteps,
        })
        .execute();
      const given = await tx
        .updateTable('authenticator')
        .set({
          secret_sealed: keyring.seal(seed, secretPlace(accountId, authenticatorId)),
          used_step: used,
        })
        .where('account_id', '=', accountId)
        .where('id', '=', authenticatorId)
        .where('state', '=', 'pending')
        .executeTakeFirst();
      return given.numUpdatedRows === 1n;
    },

    async spend(tx, accountId, authenticatorId, { used, driftSteps }) {
      const spent = await tx
        .updateTable('authenticator')
        .set({ used_step: used })
        .where('account_id', '=', accountId)
        .where('id', '=', authenticatorId)
        .where('state', '=', 'active')
        .where('used_step', '<', used)
        .executeTakeFirst();
      if (spent.numUpdatedRows !== 1n) return false;
      await tx
        .updateTable('held_token')
        .set({ drift_steps: driftSteps })
        .where('account_id', '=', accountId)
        .where('authenticator_id', '=', authenticatorId)
        .where('drift_steps', '!=', driftSteps)
        .execute();
      return true;
    },

    async add(tx, tokens, at) {
      const added = new Set<string>();
      for (let from = 0; from < tokens.length; from += ROWS_AT_ONCE) {
        const rows = tokens.slice(from, from + ROWS_AT_ONCE).map((token) => ({
          ...columnsOf(token),
          state: 'imported' as const,
          counter: token.counter,
          seed_sealed: keyring.seal(token.seed, place(token.serial)),
          account_id: null,
          imported_at: at,
          assigned_at: null,
        }));
        const inserted = await tx
          .insertInto('hardware_token')
          .values(rows)
          .onConflict((conflict) => conflict.column('serial').doNothing())
          .returning('serial')
          .execute();
        for (const { serial } of inserted) added.add(serial);
      }
      return tokens.map(({ serial }) => serial).filter((serial) => !added.has(serial));
    },
  };
}

type Described = Pick<TokenRecord, 'serial' | 'kind' | 'algorithm' | 'digits' | 'stepSeconds'>;

function describe(row: {
  serial: string;
  kind: 'hotp' | 'totp';
  algorithm: string;
  digits: number;
  step_seconds: number;
}): Described {
  const { serial, kind, digits } = row;
  return { serial, kind, digits, algorithm: row.algorithm as OtpAlgorithm, stepSeconds: row.step_seconds };
}

const columnsOf = ({ serial, kind, algorithm, digits, stepSeconds }: Described) => ({
  serial,
  kind,
  algorithm,
  digits,
  step_seconds: stepSeconds,
});
