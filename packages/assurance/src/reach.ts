import { evaluate } from './evaluate.ts';
import { METHODS, type MethodTable } from './methods.ts';
import type { Authenticator, Evidence, Option, Policy } from './policy.ts';

/** What somebody controls: channels (a mailbox, a phone number, a phone) and so every factor bound to them. */
export interface Holding {
  channels: ReadonlySet<string>;
}

/** A policy by name, and the factor that who satisfies it gains (a reset password, a replaced authenticator). */
export interface Door {
  name: string;
  policy: Policy;
  gains?: (provenChannels: readonly string[]) => Authenticator;
}

interface House {
  authenticators: readonly Authenticator[];
  doors: readonly Door[];
  methods?: MethodTable;
}

/**
 * The doors that somebody with this holding and nothing else could open, one after another: what a door
 * yields may open the next. Answers "what could a thief of the mailbox reach?" for a test or an administrator.
 */
export function reach(house: House, holding: Holding): string[] {
  const opened = new Set<string>();
  const gained: Authenticator[] = [];
  for (let last = -1; last !== opened.size; ) {
    last = opened.size;
    for (const door of house.doors) {
      if (opened.has(door.name)) continue;
      const proven = tryDoor(house, holding, door, gained);
      if (!proven) continue;
      opened.add(door.name);
      if (door.gains) gained.push(door.gains(proven));
    }
  }
  return [...opened];
}

/** The channels proven on the way through the door, or undefined when it stays shut. */
function tryDoor(
  house: House,
  holding: Holding,
  door: Door,
  gained: readonly Authenticator[],
): string[] | undefined {
  const replaced = new Set(gained.map((one) => one.method));
  const authenticators = [...gained, ...house.authenticators.filter((one) => !replaced.has(one.method))];
  const methods = house.methods ?? METHODS;
  const evidence: Evidence[] = [];
  const nowMs = 0;
  for (let step = 0; step <= authenticators.length; step++) {
    const verdict = evaluate({
      policy: door.policy,
      evidence,
      authenticators,
      nowMs,
      operationDigest: 'digest',
      methods,
    });
    if (verdict.satisfied) return evidence.map((piece) => piece.channelId);
    const next = firstHeld(verdict.options, authenticators, holding, gained);
    if (!next) return undefined;
    evidence.push({
      slot: next.option.slot,
      method: next.authenticator.method,
      target: next.authenticator.id,
      channelId: next.authenticator.channelId,
      levelCap: next.authenticator.bindingLevel,
      operationDigest: 'digest',
      provenAtMs: nowMs,
    });
  }
  return undefined;
}

function firstHeld(
  options: readonly Option[],
  authenticators: readonly Authenticator[],
  holding: Holding,
  gained: readonly Authenticator[],
) {
  for (const option of options) {
    const authenticator = authenticators.find((one) => one.id === option.target);
    if (!authenticator) continue;
    if (gained.includes(authenticator) || holding.channels.has(authenticator.channelId))
      return { option, authenticator };
  }
  return undefined;
}
