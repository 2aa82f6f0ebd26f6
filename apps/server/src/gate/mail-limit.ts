import { foldEmailAddress } from '../platform/email-address.ts';
import { Problem } from '../platform/http/problems.ts';
import type { Gate } from './ports.ts';

/** Letters that anybody can cause, to one address: in a moment, in ten minutes, in a day. */
const MAILS = [
  { count: 1, perSeconds: 30 },
  { count: 4, perSeconds: 600 },
  { count: 10, perSeconds: 86_400 },
] as const;

/**
 * Counts a letter that a stranger may have caused: nobody's mailbox is flooded through us, whichever page asks.
 *
 * @returns false when the address had its share; the caller answers as if the letter had gone
 */
export function mayMail(gate: Gate, address: string): boolean {
  const key = gate.keyring.mac('mail-limit', foldEmailAddress(address)).toString('base64url');
  try {
    for (const rule of MAILS) gate.limits.take(`mail-${rule.perSeconds}:${key}`, rule);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.slug === 'too-many-tries') return false;
    throw error;
  }
}
