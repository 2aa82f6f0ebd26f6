import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AccessEntry, HistoryServiceView } from '../../../api/contract.ts';
import { useLocalName } from '../../../app/use-local-name.ts';
import { methodName } from '../../../ceremony/method-words.ts';

/** Purposes that have words of their own; other ones are operations that were confirmed. */
const KINDS = [
  'sign-in',
  'single-sign-on',
  'step-up',
  'add-authenticator',
  'recover-second-factor',
  'reset-password',
  'link-app',
];

export const kindWords = (t: TFunction, { kind }: AccessEntry): string =>
  t(`history.kind-${KINDS.includes(kind) ? kind : 'other'}`);

export function methodWords(t: TFunction, { method }: AccessEntry): string {
  if (method === null) return t('history.method-none');
  return method === 'email-link' ? t('history.method-email-link') : methodName(t, method);
}

/** What writes the name of a service; of one that is gone, its identifier. */
export function useServiceName(): (service: HistoryServiceView) => string {
  const { t } = useTranslation('history');
  const localName = useLocalName();
  return ({ id, name }) => (name ? localName(name) : id === 'account' ? t('history.own-pages') : id);
}

/** Where from: "Italy", "This network". */
export function placeWords(t: TFunction, { local, country }: AccessEntry, language: string): string {
  if (local) return t('history.place-local');
  const names = new Intl.DisplayNames([language], { type: 'region' });
  return (country && names.of(country)) || t('history.place-unknown');
}
