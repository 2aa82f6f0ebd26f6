import { Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { passwordLength } from './checks.ts';

/**
 * What makes a password good enough, answered while it is typed. Length is the only rule a page can judge;
 * common passwords and one's own name are refused by the server. There are no composition rules.
 */
export function PasswordRules({
  password,
  minLength,
}: {
  password: string;
  minLength: number;
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
        <li>
          <Icon name="info" />
          <span>{t('problems.password-advice')}</span>
        </li>
      </ul>
      <span className="visually-hidden" role="status">
        {met ? t('problems.password-long-enough') : ''}
      </span>
    </>
  );
}
