import type { IconName } from '@sigillo/ui';
import type { TFunction } from 'i18next';
import type { MethodOption } from '../api/contract.ts';

const ICONS: Record<string, IconName> = {
  password: 'lock',
  totp: 'phone',
  'sms-code': 'message',
  'email-code': 'mail',
  'recovery-code': 'key',
  passkey: 'passkey',
  'security-key': 'key',
  'hardware-token': 'key',
  'app-push': 'bell',
  'app-qr': 'scan',
  'app-code': 'phone',
};

/** Methods by which a device signs, so that there is nothing to type. */
export const isPasskey = (method: string): boolean => method === 'passkey' || method === 'security-key';

/** The picture of a way to confirm. */
export function methodIcon(method: string): IconName {
  return ICONS[method] ?? 'key';
}

/** Its name: the same on every page. */
export function methodName(t: TFunction, method: string): string {
  return t(`ceremony.method-${method}`);
}

/** What happens when it is chosen, with the number, the address or the name of the app. */
export function methodText(t: TFunction, option: MethodOption): string {
  return withLabel(t, `ceremony.method-${option.method}-text`, option.label);
}

/** The slot of a number that was given at registration and is confirmed now. */
export const CONFIRM_PHONE = 'confirm-phone';

/** Under which name the texts of a step stand: confirming one's number is not choosing a method. */
export function stepName(option: MethodOption): string {
  return option.slot === CONFIRM_PHONE ? CONFIRM_PHONE : option.method;
}

/** A sentence that names the number, the address or the app; without the name when it has none. */
export function withLabel(t: TFunction, key: string, label: string): string {
  return label ? t(key, { label: unbroken(label) }) : t([`${key}-nameless`, key], { label });
}

/** A masked number stays on one line. */
export function unbroken(label: string): string {
  return label.startsWith('+') ? label.replaceAll(' ', '\u00a0') : label;
}
