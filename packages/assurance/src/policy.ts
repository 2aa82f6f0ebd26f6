import type { Level, Method } from './methods.ts';

/** The level the evidence must reach together. */
export interface LevelNeed {
  need: 'level';
  level: Level;
  /** Which methods may be the second factor; null: every one. */
  secondFactors: readonly Method[] | null;
  /** Whether SMS may be the only second factor an account has. */
  smsAlone: boolean;
  /** No piece of evidence that carries the level may be older (OpenID Connect Core §3.1.2.1, `max_age`). */
  maxAgeSeconds: number | null;
}

/** Something was proven lately: the second factor of who has one, else the password. */
export interface FreshNeed {
  need: 'fresh';
  withinSeconds: number;
}

/** So many different channels were proven (recovery): a mailbox that reset a password is still one channel. */
export interface ChannelsNeed {
  need: 'channels';
  count: number;
}

/** One named proof: a code to this very contact, from this very authenticator. */
export interface SlotNeed {
  need: 'slot';
  slot: string;
  methods: readonly Method[];
  target: string | null;
}

/** A password whose time was over when it was given has another one in its place by now. */
export interface RenewedNeed {
  need: 'renewed';
  /** In which the one that is over is given once more, beside the new one. */
  slot: string;
  /** What is asked for before that; null where nothing is. */
  after: SlotNeed | null;
}

export type Need = LevelNeed | FreshNeed | ChannelsNeed | SlotNeed | RenewedNeed;

/** What must have been proven: every need, in this order. Frozen into the ceremony when it starts. */
export interface Policy {
  needs: readonly Need[];
  /** Only evidence given for this very operation counts. */
  bound: boolean;
}

/** Proofs of a level are given in these slots; any other slot is a named one and counts for itself alone. */
export const FIRST = 'first';
export const SECOND = 'second';
export const RECOVERY = 'recovery';

export interface Evidence {
  slot: string;
  method: Method;
  /** The contact or authenticator that answered, when the slot names one. */
  target: string | null;
  channelId: string;
  levelCap: Level;
  /** Hex digest of the operation it was given for; null if for none. */
  operationDigest: string | null;
  provenAtMs: number;
  /** Of a password: its time was over when it was given, and it is still the one in use. */
  isOver?: boolean;
}

/** An enrolled, usable factor. */
export interface Authenticator {
  id: string;
  method: Method;
  channelId: string;
  bindingLevel: Level;
}

/** A proof that may be given next. */
export interface Option {
  slot: string;
  method: Method;
  target: string | null;
}

export type Verdict =
  | { satisfied: true; level: 0 | Level; acr: string | null; amr: string[]; authTimeMs: number | null }
  | { satisfied: false; level: 0 | Level; unmet: Need; options: Option[]; setUp: Method[] };
