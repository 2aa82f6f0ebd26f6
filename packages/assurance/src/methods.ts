/** Ways of proving, by the name that challenges, evidence and authenticators carry. */
export type Method = string;

export type Level = 1 | 2 | 3;

/** What one method is worth. Every row is held fast by a test. */
export interface MethodTraits {
  /** What a thief would have to get: something known, something held, both at once, or only a mailbox. */
  kind: 'knowledge' | 'possession' | 'both' | 'address';
  /** May count towards the level of a sign-in or step-up. */
  signsIn: boolean;
  /** May count as one of the ways that recover a lost factor. */
  recovers: boolean;
  /** Never above this level, however strongly it was bound. */
  levelCap: Level;
  /** Authentication method references (RFC 8176 §2). */
  amr: readonly string[];
  /** The enrolled method that gives this evidence and whose name policies use; its own when left out. */
  countsUnder?: Method;
}

export type MethodTable = Readonly<Record<Method, MethodTraits>>;

/**
 * Our own app is an authenticator app: whoever takes those (`totp`) takes it. Level 2 at most, since a browser's
 * keys can be copied together with its profile. The same holds for a token that shows codes, whose codes can be
 * passed on to whoever asks for them.
 */
const APP = { signsIn: true, recovers: true, levelCap: 2, countsUnder: 'totp' } as const;

/**
 * The methods there are. SMS reaches level 2 at most; an e-mail code confirms or recovers and never signs in
 * (NIST SP 800-63B-4 §3.1.3.1); a recovery code recovers. A passkey that verified its user is two factors at
 * once (§3.1.7), a synchronised one never above level 2; one that was only touched (`security-key`) is one
 * factor, and asked for after the password. Level 3 wants a method of kind `both` bound to the operation. A scanned
 * code (`app-qr`) signs in alone, since the app was unlocked for it; a push is only ever sent after the first factor
 * ([PUSH-2]).
 */
export const METHODS: MethodTable = {
  password: { kind: 'knowledge', signsIn: true, recovers: true, levelCap: 3, amr: ['pwd'] },
  totp: { kind: 'possession', signsIn: true, recovers: true, levelCap: 2, amr: ['otp'] },
  'sms-code': { kind: 'possession', signsIn: true, recovers: true, levelCap: 2, amr: ['sms'] },
  passkey: { kind: 'both', signsIn: true, recovers: true, levelCap: 3, amr: ['hwk', 'user'] },
  'synced-passkey': {
    kind: 'both',
    signsIn: true,
    recovers: true,
    levelCap: 2,
    amr: ['swk', 'user'],
    countsUnder: 'passkey',
  },
  'security-key': {
    kind: 'possession',
    signsIn: true,
    recovers: true,
    levelCap: 2,
    amr: ['pop', 'user'],
    countsUnder: 'passkey',
  },
  'app-push': { kind: 'possession', ...APP, amr: ['swk', 'user'] },
  'app-qr': { kind: 'both', ...APP, amr: ['swk', 'user'] },
  'app-code': { kind: 'possession', ...APP, amr: ['otp'] },
  'hardware-token': { kind: 'possession', ...APP, amr: ['otp'] },
  'email-code': { kind: 'address', signsIn: false, recovers: true, levelCap: 1, amr: [] },
  'email-link': { kind: 'address', signsIn: false, recovers: true, levelCap: 1, amr: [] },
  'recovery-code': { kind: 'possession', signsIn: false, recovers: true, levelCap: 1, amr: [] },
};

/** The name by which policies know a method. */
export const policyName = (method: Method, table: MethodTable): Method =>
  table[method]?.countsUnder ?? method;

/** Whether a method can be asked for after the first factor: something held, or both at once. */
export function isSecondFactor(method: Method, table: MethodTable): boolean {
  const traits = table[method];
  return traits?.signsIn === true && (traits.kind === 'possession' || traits.kind === 'both');
}

/** The authentication context class of a level, as OpenID Connect clients read it. */
export const acrOf = (level: Level): string => `urn:sigillo:level:${level}`;

/** The level an `acr` value names, or undefined if it is not ours. */
export function levelOfAcr(acr: string): Level | undefined {
  const match = /^urn:sigillo:level:([123])$/.exec(acr);
  return match ? (Number(match[1]) as Level) : undefined;
}
