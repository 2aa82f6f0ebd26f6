import type { Selectable } from 'kysely';
import {
  QR_REDRAWS,
  type QrCode,
  type QrHolder,
  type QrTicket,
  type QrTicketStore,
  type Scanner,
  type TypedTickets,
} from '../../gate/qr-ticket.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';

/** Sign-ins that wait to be scanned, on PostgreSQL. */
export const qrTicketStore: QrTicketStore = {
  async insert(tx, ticket, codeHash, browserHash) {
    await tx
      .insertInto('qr_ticket')
      .values({
        id: ticket.id,
        code_hash: codeHash,
        browser_hash: browserHash,
        context: JSON.stringify(ticket.context),
        client: JSON.stringify(ticket.client),
        state: ticket.state,
        redraws: ticket.redraws,
        account_id: null,
        device_id: null,
        check_hash: null,
        check_tries: 0,
        approval: null,
        created_at: ticket.createdAt,
        expires_at: ticket.expiresAt,
      })
      .execute();
  },

  async find(tx, { id, browserHash }) {
    const row = await tx
      .selectFrom('qr_ticket')
      .selectAll()
      .where('id', '=', id)
      .where('browser_hash', '=', browserHash)
      .executeTakeFirst();
    return row && toTicket(row);
  },

  async findScanned(tx, id, scanner) {
    const row = await tx
      .selectFrom('qr_ticket')
      .selectAll()
      .where('id', '=', id)
      .where('account_id', '=', scanner.accountId)
      .where('device_id', '=', scanner.deviceId)
      .executeTakeFirst();
    return row && toTicket(row);
  },

  async redraw(tx, holder, codeHash, { now, expiresAt }) {
    const { numUpdatedRows } = await shownBy(tx, holder)
      .set((eb) => ({ code_hash: codeHash, expires_at: expiresAt, redraws: eb('redraws', '+', 1) }))
      .where('state', '=', 'pending')
      .where('redraws', '<', QR_REDRAWS)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  },

  async scan(tx, code, scanner, { now, expiresAt }) {
    const row = await withCode(tx, code)
      .set({
        state: 'scanned',
        account_id: scanner.accountId,
        device_id: scanner.deviceId,
        expires_at: expiresAt,
      })
      .where('state', '=', 'pending')
      .where('expires_at', '>', now)
      .returningAll()
      .executeTakeFirst();
    return row && toTicket(row);
  },

  async voidScannedTwice(tx, code, second) {
    const { numUpdatedRows } = await withCode(tx, code)
      .set({ state: 'void' })
      .where('state', 'in', ['scanned', 'approved'])
      .where((eb) =>
        eb.or([eb('account_id', '<>', second.accountId), eb('device_id', '<>', second.deviceId)]),
      )
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  },

  async approve(tx, id, scanner, { approval, checkHash, now, expiresAt }) {
    const { numUpdatedRows } = await scannedBy(tx, id, scanner)
      .set({ state: 'approved', approval, check_hash: checkHash, expires_at: expiresAt })
      .where('state', '=', 'scanned')
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  },

  async refuse(tx, id, scanner, now) {
    const { numUpdatedRows } = await scannedBy(tx, id, scanner)
      .set({ state: 'refused' })
      .where('state', '=', 'scanned')
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  },

  async takeCheckTry(tx, holder, limit, now) {
    const row = await shownBy(tx, holder)
      .set((eb) => ({ check_tries: eb('check_tries', '+', 1) }))
      .where('state', '=', 'approved')
      .where('check_tries', '<', limit)
      .where('expires_at', '>', now)
      .returning('check_tries as checkTries')
      .executeTakeFirst();
    return row;
  },

  async redeem(tx, holder, now) {
    const row = await shownBy(tx, holder)
      .set({ state: 'used' })
      .where('state', '=', 'approved')
      .where('expires_at', '>', now)
      .returningAll()
      .executeTakeFirst();
    return row && toTicket(row);
  },

  async cancel(tx, holder) {
    const { numUpdatedRows } = await shownBy(tx, holder)
      .set({ state: 'void' })
      .where('state', 'in', ['pending', 'scanned', 'approved'])
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  },
};

/** Codes to be typed, on PostgreSQL. */
export const typedTicketStore: TypedTickets = {
  async insert(tx, { id, codeHash, ticketId, expiresAt }) {
    const row = { code_hash: codeHash, id, ticket_id: ticketId, expires_at: expiresAt };
    await tx.insertInto('typed_ticket').values(row).execute();
  },

  async find(tx, codeHash, now) {
    const row = await tx
      .selectFrom('typed_ticket')
      .select('ticket_id')
      .where('code_hash', '=', codeHash)
      .where('expires_at', '>', now)
      .orderBy('id', 'desc')
      .executeTakeFirst();
    return row?.ticket_id;
  },
};

const shownBy = (tx: Tx, { id, browserHash }: QrHolder) =>
  tx.updateTable('qr_ticket').where('id', '=', id).where('browser_hash', '=', browserHash);

const withCode = (tx: Tx, { id, codeHash }: QrCode) =>
  tx.updateTable('qr_ticket').where('id', '=', id).where('code_hash', '=', codeHash);

const scannedBy = (tx: Tx, id: string, scanner: Scanner) =>
  tx
    .updateTable('qr_ticket')
    .where('id', '=', id)
    .where('account_id', '=', scanner.accountId)
    .where('device_id', '=', scanner.deviceId);

function toTicket(row: Selectable<Tables['qr_ticket']>): QrTicket {
  const { account_id: accountId, device_id: deviceId } = row;
  return {
    id: row.id,
    context: row.context as QrTicket['context'],
    client: row.client as QrTicket['client'],
    state: row.state,
    redraws: row.redraws,
    scanner: accountId && deviceId ? { accountId, deviceId } : null,
    checkHash: row.check_hash,
    checkTries: row.check_tries,
    approval: row.approval,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
