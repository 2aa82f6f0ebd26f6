import { createHash, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { ContactChanges } from '../../../gate/account-ports.ts';
import type { Presenter, Prover } from '../../../gate/model.ts';
import { notifyHolder } from '../../../gate/notices.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { uuidBytes, uuidFromBytes, uuidv7 } from '../../../platform/ids.ts';
import type { Message } from '../../../platform/messages/messages.ts';
import type { DataExports, PersonalData } from './privacy.ports.ts';
import { exportGone } from './privacy.problems.ts';
import { EXPORT_MS } from './times.ts';

export interface ExportPorts {
  gate: Gate;
  exports: DataExports;
  personal: PersonalData;
  queue: (tx: Tx, message: Message) => Promise<string>;
  settings: { issuer: string };
  /** Whoever has just changed a contact of the account may not be its holder. */
  changes: Pick<ContactChanges, 'changedAt'>;
}

const zip = promisify(gzip);
const unzip = promisify(gunzip);
const sha256 = (secret: Uint8Array): Buffer => createHash('sha256').update(secret).digest();
const SECRET_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{64}$/;

/** Asks for the account's data, unless they are being made already. */
export async function requestExport(
  { gate, exports }: ExportPorts,
  tx: Tx,
  prover: Prover,
  presenter: Presenter,
): Promise<void> {
  const now = gate.clock.now();
  const known = await exports.list(tx, prover.id, now);
  if (known.some(({ state }) => state === 'waiting')) return;
  await exports.insert(tx, prover.id, uuidv7(now.getTime()), now);
  await notifyHolder(gate, tx, prover, presenter, { template: 'data-export-requested' });
}

/**
 * Makes what was asked for, one after the other, each in a transaction: it is there and its link is sent, or it is
 * made again by whoever comes next.
 */
export async function makeExports(ports: ExportPorts): Promise<void> {
  const { gate, exports } = ports;
  const makeOne = () =>
    gate.transaction(async (tx) => {
      const due = await exports.nextDue(tx, gate.clock.now());
      if (due) await make(ports, tx, due);
      return due !== undefined;
    });
  while (await makeOne());
}

async function make(
  { gate, exports, personal, queue, settings }: ExportPorts,
  tx: Tx,
  due: { id: string; accountId: string },
): Promise<void> {
  const at = gate.clock.now();
  const prover = await gate.accounts.load(tx, due.accountId);
  if (prover?.status !== 'active') return exports.drop(tx, due);
  const data = await personal.read(tx, due.accountId);
  const document = { format: 'sigillo-account-data', version: 1, issuer: settings.issuer, madeAt: at, data };
  const content = await zip(JSON.stringify(document, null, 1));
  const secret = randomBytes(SECRET_BYTES);
  const expiresAt = new Date(at.getTime() + EXPORT_MS);
  await exports.keep(tx, { ...due, secretHash: sha256(secret), content, at, expiresAt });
  const token = Buffer.concat([uuidBytes(due.id), secret]).toString('base64url');
  for (const to of confirmedEmails(prover))
    await queue(tx, {
      channel: 'email',
      template: 'data-export-ready',
      to,
      language: prover.language,
      accountId: prover.id,
      params: { link: `${settings.issuer}/data-export#${token}`, untilWhen: expiresAt.toISOString() },
    });
}

export const confirmedEmails = ({ contacts }: Pick<Prover, 'contacts'>): string[] =>
  contacts.filter(({ kind, verifiedAt }) => kind === 'email' && verifiedAt).map(({ address }) => address);

/**
 * The data that a link is for: to its holder, once.
 *
 * @throws exportGone
 */
export async function takeExport(
  { gate, exports }: ExportPorts,
  tx: Tx,
  accountId: string,
  token: string,
): Promise<Record<string, unknown>> {
  const bytes = TOKEN.test(token) ? Buffer.from(token, 'base64url') : undefined;
  if (!bytes) throw exportGone();
  const [id, secretHash] = [uuidFromBytes(bytes.subarray(0, 16)), sha256(bytes.subarray(16))];
  const content = await exports.take(tx, { id, accountId, secretHash, now: gate.clock.now() });
  if (!content) throw exportGone();
  return JSON.parse((await unzip(content)).toString('utf8'));
}
