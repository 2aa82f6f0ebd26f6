import { type PublicJwk, type SignedPairing, thumbprint, verifyPairing } from '@sigillo/device-protocol';
import { z } from 'zod';

const Claim = z.object({ code: z.string(), issuerKey: z.string().nullable() });
export type Claim = z.infer<typeof Claim>;

/** What a pairing message says it is for; nothing of it is verified yet. */
export function claimOf({ byDevice }: SignedPairing): Claim | undefined {
  try {
    const payload = Buffer.from(byDevice.split('.')[1] ?? '', 'base64url').toString();
    return Claim.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}

/**
 * Both keys of an app whose message is for this code and signed by each of them; undefined when it is not, or when
 * its device key is another one than that which signed the request.
 */
export async function provenKeys(
  signed: SignedPairing,
  expected: Claim & { issuer: string },
  requestKey: PublicJwk,
): Promise<{ deviceKey: PublicJwk; approvalKey: PublicJwk } | undefined> {
  const read = await verifyPairing(signed, expected);
  if (!read.verified) return undefined;
  const { deviceKey, approvalKey } = read.message;
  const isSame = (await thumbprint(deviceKey)) === (await thumbprint(requestKey));
  return isSame ? { deviceKey, approvalKey } : undefined;
}
