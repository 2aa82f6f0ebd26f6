import type { Selectable } from 'kysely';
import type { Pairing, PairingRef, PairingStore } from '../../gate/pairing.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

const place = ({ id }: PairingRef) => ({ table: 'pairing', row: id, column: 'capability_sealed' });

/** Codes by which apps are linked, on PostgreSQL; found by their SHA-256, the capability sealed. */
export function pairingStore(keyring: Keyring): PairingStore {
  return {
    async insert(tx, pairing, { codeHash, capability }) {
      await tx
        .insertInto('pairing')
        .values({
          code_hash: codeHash,
          id: pairing.id,
          account_id: pairing.accountId,
          operation_id: pairing.operationId,
          capability_sealed: keyring.seal(capability, place(pairing)),
          session_id: pairing.sessionId,
          state: pairing.state,
          device_id: pairing.deviceId,
          created_at: pairing.createdAt,
          expires_at: pairing.expiresAt,
        })
        .execute();
    },

    async find(tx, { accountId, id }) {
      const row = await tx
        .selectFrom('pairing')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && toPairing(row);
    },

    async findWaiting(tx, codeHash, now) {
      const row = await tx
        .selectFrom('pairing')
        .selectAll()
        .where('code_hash', '=', codeHash)
        .where('state', '=', 'waiting')
        .where('expires_at', '>', now)
        .executeTakeFirst();
      if (!row) return undefined;
      const pairing = toPairing(row);
      return { pairing, capability: keyring.openText(row.capability_sealed, place(pairing)) };
    },

    async findLinked(tx, codeHash) {
      const row = await tx
        .selectFrom('pairing')
        .selectAll()
        .where('code_hash', '=', codeHash)
        .where('state', '=', 'linked')
        .executeTakeFirst();
      return row && toPairing(row);
    },

    async link(tx, { accountId, id }, deviceId, now) {
      const { numUpdatedRows } = await tx
        .updateTable('pairing')
        .set({ state: 'linked', device_id: deviceId })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async cancel(tx, { accountId, id }) {
      const { numUpdatedRows } = await tx
        .updateTable('pairing')
        .set({ state: 'void' })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

function toPairing(row: Selectable<Tables['pairing']>): Pairing {
  return {
    accountId: row.account_id,
    id: row.id,
    operationId: row.operation_id,
    sessionId: row.session_id,
    state: row.state,
    deviceId: row.device_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
