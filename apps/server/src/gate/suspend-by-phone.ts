import type { Policy } from '@sigillo/assurance';
import { Problem } from '../platform/http/problems.ts';
import type { Identifiers } from './account-ports.ts';
import { beginCeremony, draftCeremony, openCeremony } from './begin.ts';
import { sendChallenge } from './challenge.ts';
import { decoyProver } from './decoy.ts';
import { ceremonyGone, codeRejected } from './gate.problems.ts';
import { handleOf } from './handle.ts';
import { LONGEST_HOLD_DAYS, type Suspended, suspendAccount } from './holds.ts';
import type { Contact, Presenter, Prover } from './model.ts';
import { SUSPEND_BY_PHONE } from './policies.ts';
import type { Gate } from './ports.ts';
import { prove } from './prove.ts';
import { verdictOf } from './scene.ts';

/** A stranger's requests for one account: each is a message that somebody is charged for, and somebody reads. */
const PER_ACCOUNT = { count: 3, perSeconds: 86_400 } as const;
const PER_NETWORK = { count: 5, perSeconds: 3600 } as const;

const SLOT = 'registered-phone';
const NOTHING = { clientId: null, interaction: null, operationDigest: null };
/** What is given to the browser says nothing, not even to whom compares two of them. */
const PLACE = { table: 'ceremony', row: SUSPEND_BY_PHONE, column: 'handle' };

/**
 * Somebody who is not signed in asks that an account rests: a code goes to its registered number, if there is such an
 * account with one ([SPID-IDL-6]). Whoever asks is told nothing either way.
 *
 * @returns what the code is handed in with
 * @throws tooManyTries of one network
 */
export async function requestSuspension(
  gate: Gate,
  identifiers: Identifiers,
  identifier: string,
  presenter: Presenter,
): Promise<string> {
  gate.limits.take(`suspension-requests:${presenter.client.network}`, PER_NETWORK);
  const hmac = identifiers.hash(identifier);
  const prover = await gate.single(async (tx) => {
    const accountId = hmac && (await identifiers.find(tx, hmac));
    return accountId ? gate.accounts.load(tx, accountId) : undefined;
  });
  const phone = prover?.status === 'active' ? registeredPhone(gate, prover) : undefined;
  const sent = prover && phone && (await sendCode(gate, prover, phone, presenter));
  const handle = sent ?? decoyHandle(gate, hmac ?? identifier.normalize('NFKC').toLowerCase());
  return gate.keyring.seal(handle, PLACE).toString('base64url');
}

const registeredPhone = (gate: Gate, { contacts }: Prover): Contact | undefined =>
  gate.factors.has('sms-code')
    ? contacts.find(({ kind, verifiedAt }) => kind === 'phone' && verifiedAt !== null)
    : undefined;

const policyOf = (target: string): Policy => ({
  needs: [{ need: 'slot', slot: SLOT, methods: ['sms-code'], target }],
  bound: false,
});

/** Limits and budgets are not told: they would say that the account exists. */
async function sendCode(
  gate: Gate,
  prover: Prover,
  phone: Contact,
  presenter: Presenter,
): Promise<string | undefined> {
  const beginning = { prover, purpose: SUSPEND_BY_PHONE, policy: policyOf(phone.id), context: NOTHING };
  const ask = { slot: SLOT, method: 'sms-code', target: phone.id };
  try {
    gate.limits.take(`suspension-requests-for:${prover.id}`, PER_ACCOUNT);
    const scene = await beginCeremony(gate, beginning, presenter);
    await sendChallenge(gate, scene, ask, { authenticator: null, contact: phone }, presenter);
    return handleOf(scene.ceremony);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

function decoyHandle(gate: Gate, name: string | Buffer): string {
  const prover = decoyProver(gate.keyring, name);
  const policy = policyOf(prover.id);
  return handleOf(draftCeremony(gate, { prover, purpose: SUSPEND_BY_PHONE, policy, context: NOTHING }));
}

/**
 * Suspends the account whose registered number the code went to.
 *
 * @param request what asking for it gave
 * @returns undefined when it was suspended meanwhile for the same
 * @throws codeRejected whatever is wrong: the code, its age, the browser, or that there is no such account; tooManyTries
 */
export async function confirmSuspension(
  gate: Gate,
  request: string,
  code: string,
  presenter: Presenter,
): Promise<Suspended | undefined> {
  try {
    const scene = await openCeremony(gate, readRequest(gate, request), presenter);
    const { ceremony, prover } = scene;
    const sent = await gate.single((tx) => gate.challenges.newest(tx, ceremony, gate.clock.now()));
    const [need] = ceremony.policy.needs;
    if (ceremony.purpose !== SUSPEND_BY_PHONE || need?.need !== 'slot') throw ceremonyGone();
    const ask = { slot: SLOT, method: 'sms-code', target: need.target };
    const proof = { scene, ask, challengeId: sent?.id ?? null, response: { code }, presenter };
    const proven = await prove(gate, proof);
    if (!verdictOf(gate, proven).satisfied) throw ceremonyGone();
    return await gate.transaction(async (tx) => {
      const isClosed = await gate.ceremonies.close(tx, ceremony, 'admitted', gate.clock.now());
      if (!isClosed) throw ceremonyGone();
      const hold = {
        accountId: prover.id,
        cause: 'holder-request',
        by: 'holder',
        reason: 'by-phone',
      } as const;
      return suspendAccount(gate, tx, { ...hold, days: LONGEST_HOLD_DAYS }, presenter.client);
    });
  } catch (error) {
    if (error instanceof Problem && error.slug !== 'too-many-tries') throw codeRejected({ triesLeft: null });
    throw error;
  }
}

function readRequest(gate: Gate, request: string): string {
  try {
    return gate.keyring.openText(Buffer.from(request, 'base64url'), PLACE);
  } catch {
    throw ceremonyGone();
  }
}
