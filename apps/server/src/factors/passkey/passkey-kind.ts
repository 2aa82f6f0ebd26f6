import type { Method } from '@sigillo/assurance';
import type { NewPasskey } from './passkey.ports.ts';

/**
 * What the answer of a passkey is worth, by the table of methods: both factors where the device verified its user,
 * one when it was only touched ([WA-3]).
 */
export function kindOf({
  userVerified,
  backupEligible,
}: Pick<NewPasskey, 'userVerified' | 'backupEligible'>): Method {
  if (!userVerified) return 'security-key';
  return backupEligible ? 'synced-passkey' : 'passkey';
}

/** Whether the page that asked was inside one of another site (`crossOrigin`, WebAuthn Level 3 §5.8.1). */
export function isFramed(clientDataJSON: string): boolean {
  try {
    const data = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString());
    return data?.crossOrigin === true || data?.topOrigin !== undefined;
  } catch {
    return true;
  }
}
