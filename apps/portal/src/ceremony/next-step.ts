import type { CeremonyView, ChallengeView, MethodOption, SetUpView } from '../api/contract.ts';

/** What the holder should see next. */
export type NextStep =
  | { kind: 'satisfied' }
  | { kind: 'choose'; options: MethodOption[] }
  | { kind: 'send'; option: MethodOption }
  | { kind: 'prove'; option: MethodOption; challenge: ChallengeView | null }
  | { kind: 'push'; option: MethodOption; challenge: ChallengeView | null }
  | { kind: 'scan'; option: MethodOption }
  | { kind: 'set-up'; setUp: SetUpView }
  | { kind: 'stuck' };

/**
 * The step a ceremony asks for.
 *
 * @param chosen key of the option the holder picked (`optionKey`), if they picked one
 */
export function nextStep(ceremony: CeremonyView, chosen: string | undefined): NextStep {
  if (ceremony.state === 'satisfied') return { kind: 'satisfied' };
  const { setUp, options } = ceremony;
  if (setUp && (setUp.required || options.length === 0)) return { kind: 'set-up', setUp };

  const option = pickOption(ceremony, chosen);
  if (option) return proofOf(option, ceremony.challenge);
  return options.length > 0 ? { kind: 'choose', options } : { kind: 'stuck' };
}

/** Names an option among those of one ceremony. */
export function optionKey(option: MethodOption): string {
  return option.target ? `${option.method}.${option.target}` : option.method;
}

/** In the place of an option's key: all of them are shown, also where one is preferred. */
export const EVERY_WAY = 'every-way';

/** Picked by the holder, else the only one there is, else the one they prefer. A code already sent does not decide for the holder. */
function pickOption(ceremony: CeremonyView, chosen: string | undefined): MethodOption | undefined {
  const { options } = ceremony;
  const picked = options.find((option) => optionKey(option) === chosen);
  if (picked) return picked;
  if (options.length === 1) return options[0];
  return chosen === EVERY_WAY ? undefined : options.find(({ preferred }) => preferred);
}

function proofOf(option: MethodOption, challenge: ChallengeView | null): NextStep {
  if (option.method === 'app-qr') return { kind: 'scan', option };
  // How a notification ended matters too: a refusal is told, not forgotten.
  if (option.method === 'app-push')
    return { kind: 'push', option, challenge: challenge && isFor(challenge, option) ? challenge : null };
  if (!option.needsSend) return { kind: 'prove', option, challenge: null };
  const sent = challenge && isFor(challenge, option) ? challenge : null;
  return sent ? { kind: 'prove', option, challenge: sent } : { kind: 'send', option };
}

function isFor(challenge: ChallengeView, option: MethodOption): boolean {
  return (
    challenge.slot === option.slot && challenge.method === option.method && challenge.target === option.target
  );
}
