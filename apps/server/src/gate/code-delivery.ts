import type { Method } from '@sigillo/assurance';
import type { CodeDelivery, Prover } from './model.ts';

/** The methods by which codes arrive in each way, the most convenient first. */
const METHODS_OF: Record<CodeDelivery, readonly Method[]> = {
  app: ['app-push', 'app-code', 'totp'],
  sms: ['sms-code'],
  'hardware-token': ['hardware-token'],
};

/** Slots in which one is asked for by name, or for something that was not set up yet. */
const OWN_CHOICE: readonly string[] = ['first', 'second'];

/** Every way there is. */
export const CODE_DELIVERIES = Object.keys(METHODS_OF) as CodeDelivery[];

/** Whether the account has what codes of this way need. */
export function isSetUp({ authenticators }: Pick<Prover, 'authenticators'>, delivery: CodeDelivery): boolean {
  return authenticators.some(({ method }) => METHODS_OF[delivery].includes(method));
}

/** Of what is asked for next, what the holder chose to be asked for first; the others stay reachable. */
export function preferredOf<O extends { slot: string; method: Method }>(
  { codeDelivery }: Pick<Prover, 'codeDelivery'>,
  options: readonly O[],
): O | undefined {
  const methods = codeDelivery ? METHODS_OF[codeDelivery] : [];
  const own = options.filter(({ slot }) => OWN_CHOICE.includes(slot));
  return methods.flatMap((method) => own.filter((option) => option.method === method))[0];
}
