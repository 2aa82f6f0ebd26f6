import {
  evidenceKeptUntil,
  type IdentityType,
  romeDayOf,
  type SuspensionCause,
  startOfRomeDay,
} from '@sigillo/identity';
import { sql } from 'kysely';
import {
  type Identities,
  type IdentityDetails,
  IdentityTaken,
  type LifeEvent,
} from '../../identities/identities.ports.ts';
import type { Attributes, Identity } from '../../identities/identity.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { lookAtOnce } from './agenda.store.ts';

const place = (accountId: string, id: string) => ({
  table: 'identity',
  row: `${accountId}/${id}`,
  column: 'attributes_sealed',
});

/** Identities on PostgreSQL: attributes sealed, what is unique as keyed hashes. */
export function identityStore(keyring: Keyring): Identities {
  return {
    insert: (tx, identity) => insert(tx, keyring, identity),
    find: async (tx, accountId, id) => (await read(tx, keyring, accountId, id))[0],
    ofAccount: (tx, accountId) => read(tx, keyring, accountId),
    move,
    change: (tx, judged, changes, at) => change(tx, keyring, judged, changes, at),
    noteUse,
    life,
    forget,
  };
}

async function insert(tx: Tx, keyring: Keyring, identity: Identity): Promise<void> {
  const owner = { account_id: identity.accountId, identity_id: identity.id };
  const names = namesOf(keyring, identity).map((name) => ({ ...name, ...owner }));
  const taken = await tx
    .insertInto('identity_name')
    .values(names)
    .onConflict((conflict) => conflict.doNothing())
    .returning('kind')
    .execute();
  if (taken.length !== names.length) throw new IdentityTaken();
  await tx.insertInto('identity').values(identityRow(keyring, identity)).execute();
}

/** What makes an identity unique: its code, if it has one, and the fiscal number of its type. */
export function namesOf(
  keyring: Keyring,
  { type, attributes, spidCode }: Pick<Identity, 'type' | 'attributes'> & { spidCode?: string | undefined },
): Pick<Tables['identity_name'], 'hmac' | 'kind'>[] {
  const number = attributes.fiscalNumber ?? attributes.companyFiscalNumber;
  const names: Pick<Tables['identity_name'], 'hmac' | 'kind'>[] = [];
  if (spidCode !== undefined) names.push({ hmac: keyring.mac('spid-code', spidCode), kind: 'spid-code' });
  if (number) names.push({ hmac: keyring.mac('fiscal-number', String(type), number), kind: 'fiscal-number' });
  return names;
}

/** A new identity as its row holds it. */
export function identityRow(keyring: Keyring, identity: Identity): Tables['identity'] {
  return {
    account_id: identity.accountId,
    id: identity.id,
    type: identity.type,
    state: identity.state,
    version: identity.version,
    spid_code: identity.spidCode,
    attributes_sealed: sealed(keyring, identity.accountId, identity.id, identity.attributes),
    document_expires_on: identity.documentExpiresOn,
    issued_on: identity.issuedOn,
    expires_on: identity.expiresOn,
    last_used_at: identity.lastUsedAt,
    created_at: identity.createdAt,
  };
}

const sealed = (keyring: Keyring, accountId: string, id: string, attributes: Attributes): Buffer =>
  keyring.seal(JSON.stringify(attributes), place(accountId, id));

async function read(tx: Tx, keyring: Keyring, accountId: string, id?: string): Promise<Identity[]> {
  let wanted = tx.selectFrom('identity').selectAll().where('account_id', '=', accountId);
  let why = tx.selectFrom('identity_cause').selectAll().where('account_id', '=', accountId);
  if (id !== undefined) {
    wanted = wanted.where('id', '=', id);
    why = why.where('identity_id', '=', id);
  }
  const [rows, causes] = await Promise.all([wanted.orderBy('id', 'desc').execute(), why.execute()]);
  return rows.map((row) => identityOf(keyring, row, causes));
}

function identityOf(
  keyring: Keyring,
  row: Tables['identity'],
  causes: readonly Tables['identity_cause'][],
): Identity {
  const its = causes.filter(({ identity_id }) => identity_id === row.id);
  const ends = its.flatMap(({ cause, until }) => (until ? [[cause as SuspensionCause, until] as const] : []));
  const text = keyring.openText(row.attributes_sealed, place(row.account_id, row.id));
  return {
    accountId: row.account_id,
    id: row.id,
    type: row.type as IdentityType,
    state: row.state,
    causes: new Set(its.map(({ cause }) => cause as SuspensionCause)),
    until: new Map(ends),
    version: row.version,
    spidCode: row.spid_code,
    attributes: JSON.parse(text) as Attributes,
    documentExpiresOn: row.document_expires_on,
    issuedOn: row.issued_on,
    expiresOn: row.expires_on,
    lastUsedAt: row.last_used_at,
    createdAt: row.created_at,
  };
}

const move: Identities['move'] = async (tx, judged, after, { move: made, actor, at, until }) => {
  const { accountId, id, version } = judged;
  const { numUpdatedRows } = await tx
    .updateTable('identity')
    .set({ state: after.state, version: version + 1 })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  const cause = 'cause' in made ? made.cause : null;
  const key = { account_id: accountId, identity_id: id };
  if (made.type === 'suspend')
    await tx
      .insertInto('identity_cause')
      .values({ ...key, cause: made.cause, since: at, until })
      .execute();
  else await forgetCauses(tx, key, made.type === 'lift' ? made.cause : undefined);
  if (made.type === 'revoke') await freeNumber(tx, key, judged, at);
  if (made.type !== 'suspend') await lookAtOnce(tx, { accountId, id }, at);
  await tx
    .insertInto('identity_move')
    .values({
      ...key,
      version: version + 1,
      at,
      move: made.type,
      cause,
      actor,
      from_state: judged.state,
      to_state: after.state,
    })
    .execute();
  return true;
};

async function change(
  tx: Tx,
  keyring: Keyring,
  { accountId, id, version }: Identity,
  { attributes, documentExpiresOn, issuedOn, expiresOn }: Partial<IdentityDetails>,
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity')
    .set({
      version: version + 1,
      ...(attributes && { attributes_sealed: sealed(keyring, accountId, id, attributes) }),
      ...(documentExpiresOn !== undefined && { document_expires_on: documentExpiresOn }),
      ...(issuedOn !== undefined && { issued_on: issuedOn }),
      ...(expiresOn !== undefined && { expires_on: expiresOn }),
    })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await lookAtOnce(tx, { accountId, id }, at);
  return true;
}

const noteUse: Identities['noteUse'] = async (tx, accountId, at) => {
  const today = new Date(startOfRomeDay(romeDayOf(at.getTime())));
  await tx
    .updateTable('identity')
    .set({ last_used_at: at })
    .where('account_id', '=', accountId)
    .where('state', '=', 'active')
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', today)]))
    .execute();
};

type Key = Pick<Tables['identity_cause'], 'account_id' | 'identity_id'>;

/** @param cause all of them when none is named */
async function forgetCauses(tx: Tx, key: Key, cause?: string): Promise<void> {
  let gone = tx
    .deleteFrom('identity_cause')
    .where('account_id', '=', key.account_id)
    .where('identity_id', '=', key.identity_id);
  if (cause !== undefined) gone = gone.where('cause', '=', cause);
  await gone.execute();
}

/**
 * The same person may have another identity of this type; its code is never given again. While it is kept what the
 * identity was, it is found by the number.
 */
async function freeNumber(tx: Tx, key: Key, { issuedOn }: Identity, at: Date): Promise<void> {
  const freed = await tx
    .deleteFrom('identity_name')
    .where('account_id', '=', key.account_id)
    .where('identity_id', '=', key.identity_id)
    .where('kind', '=', 'fiscal-number')
    .returning('hmac')
    .execute();
  const ends_on = evidenceKeptUntil(romeDayOf(at.getTime()), { wasIssued: issuedOn !== null });
  for (const { hmac } of freed)
    await tx
      .insertInto('past_number')
      .values({ hmac, ...key, ends_on })
      .execute();
}

const forget: Identities['forget'] = async (tx, accountId, id) => {
  const of = { account_id: accountId, identity_id: id };
  await tx.deleteFrom('identity_cause').where(isOf(of)).execute();
  await tx.deleteFrom('identity_move').where(isOf(of)).execute();
  await tx.deleteFrom('activation_contract').where(isOf(of)).execute();
  await tx.deleteFrom('past_number').where(isOf(of)).execute();
  await tx.deleteFrom('identity').where('account_id', '=', accountId).where('id', '=', id).execute();
};

const isOf = (key: Key) => sql<boolean>`account_id = ${key.account_id} and identity_id = ${key.identity_id}`;

const life: Identities['life'] = async (tx, accountId, id) => {
  const rows = await tx
    .selectFrom('identity_move')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('identity_id', '=', id)
    .orderBy('version')
    .execute();
  return rows.map(
    (row): LifeEvent => ({
      at: row.at,
      move: row.move as LifeEvent['move'],
      cause: row.cause,
      actor: row.actor as LifeEvent['actor'],
      from: row.from_state,
      to: row.to_state,
    }),
  );
};
