import type { SetUpMethod, SetUpView } from '../../api/contract.ts';

/** What the holder may decide: one factor, or both. */
export type SetUpChoice = SetUpMethod | 'both';

/** A screen of the wizard. */
export type SetUpScreen = 'choose' | 'sms-number' | 'sms-code' | 'totp' | 'passkey' | 'hardware-token';

/** Factors in the order they are set up. With both, SMS comes first, then the app (mission B4). */
function factorsOf(choice: SetUpChoice): SetUpMethod[] {
  return choice === 'both' ? ['sms-code', 'totp'] : [choice];
}

/** All screens of the wizard for a choice; the choice itself is one when there is something to choose. */
export function screensOf(choice: SetUpChoice, mayChoose: boolean): SetUpScreen[] {
  const screens = factorsOf(choice).flatMap<SetUpScreen>((factor) =>
    factor === 'sms-code' ? ['sms-number', 'sms-code'] : [factor],
  );
  return mayChoose ? ['choose', ...screens] : screens;
}

/** Methods this version of the pages can set up. */
const KNOWN: readonly string[] = ['totp', 'sms-code', 'passkey', 'hardware-token'] satisfies SetUpMethod[];
const isKnown = (method: string): method is SetUpMethod => KNOWN.includes(method);

/** A factor that is done is done: one goes back only within the one being set up, and to the choice before it. */
export function mayGoBack(screens: readonly SetUpScreen[], index: number): boolean {
  return screens[index] === 'sms-code' || (index > 0 && screens[index - 1] === 'choose');
}

/** The choice offered first and, under "More options", the others. */
export function offer(setUp: SetUpView): { first: SetUpChoice; more: SetUpChoice[] } {
  const [first = 'totp', ...others] = [
    setUp.first,
    ...setUp.methods.filter((one) => one !== setUp.first),
  ].filter(isKnown);
  const hasBoth = (['totp', 'sms-code'] as const).every((one) => one === first || others.includes(one));
  return { first, more: hasBoth ? [...others, 'both'] : others };
}
