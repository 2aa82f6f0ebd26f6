/** Digests are hex in the gate and bytes in the tables. */
export const toHex = (bytes: Buffer | null): string | null => bytes?.toString('hex') ?? null;
export const fromHex = (hex: string | null): Buffer | null => (hex === null ? null : Buffer.from(hex, 'hex'));
