import type { LinkCeremony, LinkOption } from './link-calls.ts';

/** What can be typed into this app; a passkey of the service's pages cannot be used at this address. */
const TYPED = ['sms-code', 'email-code', 'totp', 'app-code', 'recovery-code'];

/** The options that this app can offer. */
export function codeOptions({ options }: LinkCeremony): LinkOption[] {
  return options.filter(({ method }) => TYPED.includes(method));
}

/** Names an option among those of one ceremony. */
export function optionKey({ method, target }: LinkOption): string {
  return target ? `${method}.${target}` : method;
}

/**
 * The option that is proven next: picked by the holder, else the only one; undefined when there is a choice to
 * make, or nothing. `isSent` when there is something to type already.
 */
export function nextProof(
  ceremony: LinkCeremony,
  chosen: string | null,
): { option: LinkOption; isSent: boolean } | undefined {
  const options = codeOptions(ceremony);
  const only = options.length === 1 ? options[0] : undefined;
  const option = options.find((candidate) => optionKey(candidate) === chosen) ?? only;
  if (!option) return undefined;
  const { challenge } = ceremony;
  const isFor = challenge?.method === option.method && challenge.target === option.target;
  return { option, isSent: !option.needsSend || isFor };
}
