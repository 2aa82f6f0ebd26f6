/** What the API speaks about the authenticator app. Times are ISO 8601; ids are opaque. */

/** What a challenge has when it went to the app as a notification. */
export interface AppChallenge {
  /** The digits to type in the app; only of an open one. */
  number?: string | null;
  /** Only a notification is ever anything but open; `void`: a wrong number, or replaced, or too late. */
  state?: 'open' | 'refused' | 'void';
}

/** A QR code that somebody scans with the app to sign in here. */
export interface QrTicket {
  id: string;
  state: 'pending' | 'scanned' | 'approved' | 'used' | 'refused' | 'void' | 'expired';
  /** For the picture; only in the answer that made it. */
  text: string | null;
  /** To be typed in the app; only in the answer that made it. */
  code: string | null;
  redrawsLeft: number;
  /** Six digits that the app shows have to be typed here. */
  needsCheck: boolean;
  expiresAt: string;
}

/** One app on one telephone or computer. */
export interface DeviceView {
  id: string;
  name: string;
  kind: 'phone' | 'tablet' | 'computer' | 'unknown';
  browser: string;
  system: string;
  place: { country?: string; local: boolean };
  state: 'active' | 'frozen';
  createdAt: string;
  lastSeenAt: string;
  wantsPush: boolean;
}

/** A code that links one more app. */
export interface PairingView {
  id: string;
  state: 'waiting' | 'linked' | 'void' | 'expired';
  /** For the picture; only in the answer that made it. */
  text: string | null;
  /** To be typed in the app; only in the answer that made it. */
  code: string | null;
  device: { id: string; name: string } | null;
  expiresAt: string;
}
