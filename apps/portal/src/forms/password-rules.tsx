import { Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { passwordLength } from './checks.ts';

const GENERAL_RULES = ['problems.password-advice'] as const;
const IDENTITY_RULES = [
  'problems.password-identity-kinds',
  'problems.password-identity-personal',
  'problems.password-identity-past',
] as const;

/**
 * What makes a password good enough, answered while it is typed. Length is the only rule a page can judge;
 * common passwords and one's own name are refused by the server. Who has a digital identity is told the stricter rules
 * that hold for it ([SPID-CRD-4]).
 */
export function PasswordRules({
  password,
  minLength,
  identity = false,
}: {
  password: string;
  minLength: number;
  /** The account holds a digital identity. */
  identity?: boolean;
}): ReactElement {
  const { t } = useTranslation('problems');
  const length = passwordLength(password);
  const met = length >= minLength;
  const missing = minLength - length;
  return (
    <>
      <ul className="rules">
        <li className={met ? 'is-met' : ''}>
          <Icon name={met ? 'check-circle' : 'info'} />
          <span>
            {length === 0 || met
              ? t('problems.password-length', { minLength })
              : t('problems.password-missing', { minLength, count: missing })}
          </span>
        </li>
        {(identity ? IDENTITY_RULES : GENERAL_RULES).map((rule) => (
          <li key={rule}>
            <Icon name="info" />
            <span>{t(rule)}</span>
          </li>
        ))}
      </ul>
      <span className="visually-hidden" role="status">
        {met ? t('problems.password-long-enough') : ''}
      </span>
    </>
  );
}
