/** A pairing code: from a QR code, with the issuer's key that it names, or typed. */
export interface ScannedPairing {
  /** 24 symbols without dashes. */
  code: string;
  issuerKey: string | null;
  /** Undefined when it was typed: the app's own installation. */
  issuer?: string;
}

/** What another screen handed over with the address; undefined when it handed over something else, or nothing. */
export function readPairing(state: unknown): ScannedPairing | undefined {
  const { pairing } = { ...(state as { pairing?: ScannedPairing } | null) };
  return pairing;
}
