import { Button, Icon, useCopy } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { touchFeedback } from '../app/touch-feedback.ts';
import { type CodeAccount, nameOf } from '../vault/code-account.ts';
import { useVault } from '../vault/use-accounts.ts';
import { Monogram } from './monogram.tsx';
import { Ring } from './ring.tsx';
import { secondsLeft, useUnixSecond } from './seconds.ts';
import { inGroups, useCode } from './use-code.ts';

/** An account with its code: pressing copies it. */
export function CodeRow({ account }: { account: CodeAccount }): ReactElement {
  const { t } = useTranslation();
  const name = nameOf(account);
  return (
    <li className="code-row">
      {account.type === 'totp' ? (
        <ClockCode account={account} stepSeconds={account.stepSeconds} />
      ) : (
        <CountedCode account={account} />
      )}
      <Link
        className="bar-button code-row-more"
        to={`/codes/${account.id}`}
        aria-label={t('authenticator.edit-named', { name })}
      >
        <Icon name="pencil" />
      </Link>
    </li>
  );
}

/** A code that follows the clock, with the seconds it still lasts. */
function ClockCode({ account, stepSeconds }: { account: CodeAccount; stepSeconds: number }): ReactElement {
  const second = useUnixSecond();
  const code = useCode(account, Math.floor(second / stepSeconds));
  const left = secondsLeft(second, stepSeconds);
  return (
    <CopyCode account={account} code={code} secondsLeft={left}>
      <Ring seconds={left} of={stepSeconds} />
    </CopyCode>
  );
}

/** A code that is counted: there is one only when it is asked for, and each is shown once. */
function CountedCode({ account }: { account: CodeAccount }): ReactElement {
  const { t } = useTranslation();
  const vault = useVault();
  const [counter, setCounter] = useState<number>();
  const code = useCode(account, counter);
  const next = async (): Promise<void> => setCounter(await vault.takeCounter(account.id));
  return (
    <div className="counted">
      <CopyCode account={account} code={code} />
      <Button small icon="refresh" onClick={next}>
        {t('authenticator.next-code')}
      </Button>
    </div>
  );
}

interface CopyCodeProps {
  account: CodeAccount;
  code: string | undefined;
  secondsLeft?: number;
  children?: ReactElement;
}

/**
 * The name and the code, one large button. A screen reader is told code and seconds when it comes by, and that
 * the code was copied; a countdown that spoke by itself would leave no room for anything else.
 */
function CopyCode({ account, code, secondsLeft, children }: CopyCodeProps): ReactElement {
  const { t } = useTranslation();
  const { copied, copy } = useCopy(code ?? '');
  const { issuer, account: login } = account;
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
