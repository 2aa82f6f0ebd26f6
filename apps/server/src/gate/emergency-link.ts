import { base32Decode, base32Encode } from '@sigillo/otp';
import type { Tx } from '../platform/database/database.ts';
import type { ClientInfo } from '../platform/http/client-info.ts';
import { newSecret } from '../platform/ids.ts';
import { LONGEST_HOLD_DAYS, suspendAccount } from './holds.ts';
import type { Gate } from './ports.ts';

/** 160 bits: nobody guesses it, and 32 letters and digits can be typed from paper. */
const SECRET_BYTES = 20;
/** As it is printed: `ABCD-EFGH-…`. */
const GROUP = /.{4}(?=.)/g;

/**
 * Makes an account's emergency link, in the caller's transaction; the one before is worth nothing from then on.
 *
 * @returns its secret as it is printed; only its keyed hash is stored
 */
export async function makeEmergencyLink(gate: Gate, tx: Tx, accountId: string): Promise<string> {
  const secret = newSecret(SECRET_BYTES);
  await gate.emergencyLinks.replace(tx, accountId, hashOf(gate, secret), gate.clock.now());
  return base32Encode(secret).replaceAll(GROUP, '$&-');
}

const hashOf = (gate: Gate, secret: Uint8Array): Buffer =>
  gate.keyring.mac('emergency-link', Buffer.from(secret));

/**
 * Suspends the account whose link it is, and does nothing else: it proves nothing about whoever has it.
 *
 * @param text the secret as somebody typed it
 * @returns the account, and until when it rests; undefined when it is nobody's link, or the account was closed
 */
export async function suspendByLink(
  gate: Gate,
  text: string,
  client: ClientInfo,
): Promise<{ accountId: string; until: Date } | undefined> {
  const secret = base32Decode(text);
  if (secret?.length !== SECRET_BYTES) return undefined;
  return gate.transaction(async (tx) => {
    const accountId = await gate.emergencyLinks.find(tx, hashOf(gate, secret));
    if (accountId === undefined) return undefined;
    const wanted = { accountId, cause: 'emergency-link', by: 'emergency-link' } as const;
    await suspendAccount(gate, tx, { ...wanted, days: LONGEST_HOLD_DAYS }, client);
    const holds = await gate.holds.list(tx, accountId);
    const until = holds.find(({ cause }) => cause === 'emergency-link')?.until;
    return until ? { accountId, until } : undefined;
  });
}
