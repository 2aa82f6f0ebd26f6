import type { PublicJwk } from '@sigillo/device-protocol';
import type { Selectable } from 'kysely';
import type { Device, DeviceRef, DeviceState, DeviceStore } from '../../gate/devices.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

/** A share belongs to its device and generation, in whichever of the two columns it stands. */
const sharePlace = ({ id }: DeviceRef, generation: number) => ({
  table: 'device',
  row: `${id}/${generation}`,
  column: 'share_sealed',
});
const seedPlace = ({ id }: DeviceRef) => ({ table: 'device', row: id, column: 'seed_sealed' });
const pushPlace = ({ id }: DeviceRef) => ({ table: 'device', row: id, column: 'push_sealed' });

/** Devices on PostgreSQL. */
export function deviceStore(keyring: Keyring): DeviceStore {
  return {
    async insert(tx, device, { share, seed }) {
      await tx
        .insertInto('device')
        .values({
          account_id: device.accountId,
          id: device.id,
          state: device.state,
          name: device.name,
          channel_id: device.channelId,
          binding_level: device.bindingLevel,
          device_key: JSON.stringify(device.deviceKey),
          approval_key: JSON.stringify(device.approvalKey),
          generation: device.generation,
          share_sealed: keyring.seal(share, sharePlace(device, device.generation)),
          next_share_sealed: null,
          failures: device.failures,
          lifetime_failures: device.lifetimeFailures,
          push_sealed: null,
          seed_sealed: keyring.seal(seed, seedPlace(device)),
          used_step: 0,
          client_address: device.clientAddress,
          user_agent: device.userAgent,
          created_at: device.createdAt,
          last_seen_at: device.lastSeenAt,
        })
        .execute();
    },

    async replaceSecrets(tx, ref, approvalKey, { share, seed }) {
      const { numUpdatedRows } = await changed(tx, ref)
        .set({
          approval_key: JSON.stringify(approvalKey),
          share_sealed: keyring.seal(share, sharePlace(ref, 0)),
          seed_sealed: keyring.seal(seed, seedPlace(ref)),
          used_step: 0,
        })
        .where('state', '=', 'active')
        .where('generation', '=', 0)
        .where('lifetime_failures', '=', 0)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async find(tx, ref) {
      const row = await rowOf(tx, ref).selectAll().executeTakeFirst();
      return row && toDevice(row);
    },

    async list(tx, accountId) {
      const rows = await tx
        .selectFrom('device')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('state', '<>', 'removed')
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(toDevice);
    },

    async burnNonce(tx, ref, nonce) {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('device_nonce')
        .values({ account_id: ref.accountId, device_id: ref.id, nonce })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async takeUnlockTry(tx, ref, { deviceGeneration, limits, freshShare }) {
      // Sealed for each generation that the device may name: which one is the server's is known afterwards.
      const generations = [deviceGeneration, deviceGeneration - 1].filter((one) => one >= 0);
      for (const generation of generations) {
        const fresh = keyring.seal(freshShare, sharePlace(ref, generation + 1));
        const row = await changed(tx, ref)
          .set((eb) => ({
            failures: eb('failures', '+', 1),
            lifetime_failures: eb('lifetime_failures', '+', 1),
            next_share_sealed: eb.fn.coalesce('next_share_sealed', eb.val(fresh)),
          }))
          .where('state', '=', 'active')
          .where('generation', '=', generation)
          .where('failures', '<', limits.inARow)
          .where('lifetime_failures', '<', limits.forLife)
          .returning(['share_sealed', 'next_share_sealed'])
          .executeTakeFirst();
        if (row?.share_sealed && row.next_share_sealed)
          return {
            generation,
            share: keyring.open(row.share_sealed, sharePlace(ref, generation)),
            nextShare: keyring.open(row.next_share_sealed, sharePlace(ref, generation + 1)),
          };
      }
      return undefined;
    },

    async confirmUnlock(tx, ref, generation) {
      const { numUpdatedRows } = await changed(tx, ref)
        .set((eb) => ({
          generation: generation + 1,
          share_sealed: eb.ref('next_share_sealed'),
          next_share_sealed: null,
          failures: 0,
          lifetime_failures: eb('lifetime_failures', '-', 1),
        }))
        .where('state', '=', 'active')
        .where('generation', '=', generation)
        .where('next_share_sealed', 'is not', null)
        .where('failures', '>', 0)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async freeze(tx, ref) {
      const { numUpdatedRows } = await changed(tx, ref)
        .set({ state: 'frozen' })
        .where('state', '=', 'active')
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async lock(tx, ref) {
      const { numUpdatedRows } = await changed(tx, ref)
        .set({ state: 'locked', ...NOTHING_KEPT })
        .where('state', '=', 'active')
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async remove(tx, ref) {
      const { numUpdatedRows } = await changed(tx, ref)
        .set({ state: 'removed', ...NOTHING_KEPT })
        .where('state', '<>', 'removed')
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async rename(tx, ref, name) {
      const { numUpdatedRows } = await changed(tx, ref)
        .set({ name })
        .where('state', '<>', 'removed')
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async setPush(tx, ref, subscription) {
      const sealed = subscription === null ? null : keyring.seal(subscription, pushPlace(ref));
      const { numUpdatedRows } = await changed(tx, ref)
        .set({ push_sealed: sealed })
        .where('state', '=', 'active')
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async pushOf(tx, ref) {
      const row = await rowOf(tx, ref).select('push_sealed').where('state', '=', 'active').executeTakeFirst();
      return row?.push_sealed ? keyring.openText(row.push_sealed, pushPlace(ref)) : undefined;
    },

    async codesOf(tx, accountId) {
      const rows = await tx
        .selectFrom('device')
        .select(['id', 'binding_level', 'seed_sealed', 'used_step'])
        .where('account_id', '=', accountId)
        .where('state', '=', 'active')
        .orderBy('id')
        .execute();
      return rows.flatMap((row) => {
        const ref = { accountId, id: row.id };
        const seed = row.seed_sealed && keyring.open(row.seed_sealed, seedPlace(ref));
        return seed ? [{ ...ref, bindingLevel: row.binding_level, seed, usedStep: row.used_step }] : [];
      });
    },

    async spendStep(tx, ref, step) {
      const { numUpdatedRows } = await changed(tx, ref)
        .set({ used_step: step })
        .where('state', '=', 'active')
        .where('used_step', '<', step)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async touch(tx, ref, { address, userAgent, at }) {
      await changed(tx, ref)
        .set({ client_address: address, user_agent: userAgent, last_seen_at: at })
        .execute();
    },

    async forgetPush(tx, ref, subscription) {
      // Locked, since what is sealed cannot be compared by a condition.
      const row = await rowOf(tx, ref).select('push_sealed').forUpdate().executeTakeFirst();
      if (!row?.push_sealed || keyring.openText(row.push_sealed, pushPlace(ref)) !== subscription)
        return false;
      await changed(tx, ref).set({ push_sealed: null }).execute();
      return true;
    },
  };
}

/** A stolen copy of its storage opens nothing without these. */
const NOTHING_KEPT = { share_sealed: null, next_share_sealed: null, push_sealed: null, seed_sealed: null };

const rowOf = (tx: Tx, { accountId, id }: DeviceRef) =>
  tx.selectFrom('device').where('account_id', '=', accountId).where('id', '=', id);

const changed = (tx: Tx, { accountId, id }: DeviceRef) =>
  tx.updateTable('device').where('account_id', '=', accountId).where('id', '=', id);

function toDevice(row: Selectable<Tables['device']>): Device {
  return {
    accountId: row.account_id,
    id: row.id,
    state: row.state as DeviceState,
    name: row.name,
    channelId: row.channel_id,
    bindingLevel: row.binding_level,
    deviceKey: row.device_key as PublicJwk,
    approvalKey: row.approval_key as PublicJwk,
    generation: row.generation,
    failures: row.failures,
    lifetimeFailures: row.lifetime_failures,
    wantsPush: row.push_sealed !== null,
    clientAddress: row.client_address,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
  };
}
