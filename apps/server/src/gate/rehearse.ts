import type { Method, Option } from '@sigillo/assurance';
import type { Prover, SessionEvidence } from './model.ts';
import type { RelyingPartyPolicy } from './policies.ts';
import type { Gate } from './ports.ts';
import { judgeSession } from './sign-in.ts';

/**
 * What another rule would have made of a sign-in:
 *
 * - `as-before`: what was given would have been enough
 * - `asked-more`: something else would have been asked for, that its holder has
 * - `locked-out`: nothing they have reaches the rule; they would have had to set something up first
 */
export type Rehearsed = 'as-before' | 'asked-more' | 'locked-out';

/** The rule of a relying party as it is, and as it might become. */
export interface RulesCompared {
  now: RelyingPartyPolicy;
  wished: RelyingPartyPolicy;
}

/** Nothing that a request itself asks for. */
const NO_WISH = { level: null, maxAgeSeconds: null };

/** More proofs than any rule takes. */
const MOST_PROOFS = 8;

/**
 * Signs somebody in once more, with what they have today: first by the rule as it is, then by the other one. Nothing is
 * sent or asked: every proof that the verdict offers and the account can give counts as given. Who would not come in
 * today by the rule as it is (since then they have lost something) is not locked out by the other one.
 *
 * @param used what the sign-in ended with, chosen again wherever it is offered; null where nobody knows
 */
export function rehearseSignIn(
  gate: Gate,
  prover: Prover,
  rules: RulesCompared,
  used: Method | null,
): Rehearsed {
  const before = giveAll(gate, prover, rules.now, used, []);
  if (!before.isIn || isEnough(gate, prover, rules.wished, before.given)) return 'as-before';
  return giveAll(gate, prover, rules.wished, used, before.given).isIn ? 'asked-more' : 'locked-out';
}

const isEnough = (
  gate: Gate,
  prover: Prover,
  policy: RelyingPartyPolicy,
  given: readonly SessionEvidence[],
) => judgeSession(gate, prover, given, { policy, wish: NO_WISH }).satisfied;

function giveAll(
  gate: Gate,
  prover: Prover,
  policy: RelyingPartyPolicy,
  used: Method | null,
  before: readonly SessionEvidence[],
): { isIn: boolean; given: readonly SessionEvidence[] } {
  let given = before;
  for (let proofs = 0; proofs < MOST_PROOFS; proofs += 1) {
    const verdict = judgeSession(gate, prover, given, { policy, wish: NO_WISH });
    if (verdict.satisfied) return { isIn: true, given };
    const next = choose(verdict.options, used);
    const proof = next && proofOf(prover, next);
    if (!proof) return { isIn: false, given };
    given = [...given, proof];
  }
  return { isIn: false, given };
}

/** What was used then; else the password, which nobody signs in without who used nothing better; else the first. */
const choose = (options: readonly Option[], used: Method | null): Option | undefined =>
  options.find(({ method }) => method === used) ??
  options.find(({ method }) => method === 'password') ??
  options[0];

/** As if it had been given; when plays no part, so that nothing is too old, and no password over. */
function proofOf(prover: Prover, { slot, method, target }: Option): SessionEvidence | undefined {
  const authenticator = prover.authenticators.find(({ id }) => id === target);
  const contact = prover.contacts.find(({ id }) => id === target);
  const channelId = authenticator?.channelId ?? contact?.channelId;
  if (channelId === undefined) return undefined;
  return { slot, method, target, channelId, levelCap: authenticator?.bindingLevel ?? 1, provenAtMs: 0 };
}
