import { matchHotp, matchTotp, normaliseCode, resynchronise, timeStepAt } from '@sigillo/otp';
import { GUESSABLE } from '../../gate/attempts.ts';
import { type Factor, type JudgeContext, type Judgement, refused } from '../../gate/factor.ts';
import { NEW_FACTOR } from '../../gate/policies.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { FreeToken, HardwareTokens, HeldToken, TokenPlace } from './hardware-token.ports.ts';

interface Ports {
  tokens: HardwareTokens;
  clock: Clock;
  single<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/**
 * A code that a token shows: counter-based (RFC 4226) or time-based (RFC 6238), spent once ([OTP-2]). Its holder sets
 * it up with the serial number and two consecutive codes, and types two consecutive codes as well, one after the
 * other in the same field, when it is too far ahead or its clock too far off ([OTP-3]).
 */
export function hardwareTokenFactor(ports: Ports): Factor {
  return {
    method: 'hardware-token',
    lock: GUESSABLE,
    countedPer: 'account',
    isOffered: () => ports.single((tx) => ports.tokens.hasFree(tx)),
    judge: (context) => {
      const code = normaliseCode(context.response.code);
      if (code === undefined) return Promise.resolve(refused);
      return context.challenge.slot === NEW_FACTOR
        ? judgeNew(ports, context, code)
        : judgeHeld(ports, context, code);
    },
  };
}

/** Does the work of a token for a serial number that nobody may have: the time must not tell them apart. */
const NO_TOKEN: FreeToken = {
  serial: '',
  kind: 'hotp',
  seed: Buffer.alloc(20),
  algorithm: 'SHA-1',
  digits: 6,
  stepSeconds: 30,
  used: -1,
};

/** The serial number stands in the label of what is being set up. */
async function judgeNew(
  { tokens, clock, single }: Ports,
  { prover, target }: JudgeContext,
  code: string,
): Promise<Judgement> {
  const { authenticator } = target;
  const free = authenticator && (await single((tx) => tokens.findFree(tx, authenticator.label)));
  const place = await placeByPair(free ?? NO_TOKEN, code, clock.nowMs(), 0);
  if (!free || !place) return refused;
  const to = { accountId: prover.id, authenticatorId: authenticator.id, at: clock.now(), ...place };
  return { accepted: true, by: free.serial, spend: (tx) => tokens.assign(tx, free, to) };
}

async function judgeHeld(
  { tokens, clock, single }: Ports,
  { prover, challenge }: JudgeContext,
  code: string,
): Promise<Judgement> {
  const id = challenge.target;
  const token = id === null ? undefined : await single((tx) => tokens.find(tx, prover.id, id));
  if (id === null || !token) return refused;
  const place =
    code.length === token.digits
      ? await placeByCode(token, code, clock.nowMs())
      : await placeByPair(token, code, clock.nowMs(), token.driftSteps);
  if (!place) return refused;
  return { accepted: true, by: token.serial, spend: (tx) => tokens.spend(tx, prover.id, id, place) };
}

/** Within the ten codes ahead, or one time step around where the token's clock was last (RFC 6238 §6). */
async function placeByCode(token: HeldToken, code: string, nowMs: number): Promise<TokenPlace | undefined> {
  if (token.kind === 'hotp') {
    const used = await matchHotp(token.seed, code, token.used, token);
    return used === undefined ? undefined : { used, driftSteps: 0 };
  }
  const itsNowMs = nowMs + token.driftSteps * token.stepSeconds * 1000;
  const used = await matchTotp(token.seed, code, itsNowMs, token.used, token);
  return used === undefined ? undefined : placeAt(token, used, nowMs);
}

/** Far ahead, or hours around where the token's clock was last, by two consecutive codes. */
async function placeByPair(
  token: FreeToken,
  code: string,
  nowMs: number,
  driftSteps: number,
): Promise<TokenPlace | undefined> {
  const half = code.length / 2;
  const codes = [code.slice(0, half), code.slice(half)] as const;
  const nowStep = timeStepAt(nowMs, token.stepSeconds) + driftSteps;
  const { kind, digits, algorithm } = token;
  const used = await resynchronise(token.seed, codes, token.used, { kind, nowStep, digits, algorithm });
  return used === undefined ? undefined : placeAt(token, used, nowMs);
}

function placeAt({ kind, stepSeconds }: FreeToken, used: number, nowMs: number): TokenPlace {
  return { used, driftSteps: kind === 'totp' ? used - timeStepAt(nowMs, stepSeconds) : 0 };
}
