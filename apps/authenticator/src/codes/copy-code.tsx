import { Icon, useCopy } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { touchFeedback } from '../app/touch-feedback.ts';
import type { AccountNames } from '../vault/code-account.ts';
import { Monogram } from './monogram.tsx';
import { inGroups } from './use-code.ts';

interface CopyCodeProps {
  names: AccountNames;
  code: string | undefined;
  secondsLeft?: number;
  children?: ReactElement;
}

/**
 * The name and the code, one large button. A screen reader is told code and seconds when it comes by, and that
 * the code was copied; a countdown that spoke by itself would leave no room for anything else.
 */
export function CopyCode({ names, code, secondsLeft, children }: CopyCodeProps): ReactElement {
  const { t } = useTranslation();
  const { copied, copy } = useCopy(code ?? '');
  const { issuer, account: login } = names;
  const press = async (): Promise<void> => {
    if (!code) return;
    await copy();
    touchFeedback();
  };
  return (
    <button className="code-button" type="button" onClick={press}>
      <Monogram name={issuer || login} />
      <span className="code-words">
        <span className="names">
          <strong>{issuer || login}</strong>
          {issuer && login && <span className="muted">{login}</span>}
        </span>
        <span className="code-digits">{code ? inGroups(code) : '••• •••'}</span>
        <span className="visually-hidden">
          {secondsLeft !== undefined && t('authenticator.seconds-left', { count: secondsLeft })}{' '}
          {code && t('authenticator.copy')}
        </span>
      </span>
      {copied ? <Icon name="check-circle" /> : children}
      <span className={copied ? 'code-copied' : 'visually-hidden'} role="status">
        {copied ? t('ui.copied') : ''}
      </span>
    </button>
  );
}
