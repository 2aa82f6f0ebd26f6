import { Button, Icon } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type CodeAccount, nameOf } from '../vault/code-account.ts';
import { useVault } from '../vault/use-accounts.ts';
import { CopyCode } from './copy-code.tsx';
import { Ring } from './ring.tsx';
import { secondsLeft, useUnixSecond } from './seconds.ts';
import { useCode } from './use-code.ts';

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
    <CopyCode names={account} code={code} secondsLeft={left}>
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
      <CopyCode names={account} code={code} />
      <Button small icon="refresh" onClick={next}>
        {t('authenticator.next-code')}
      </Button>
    </div>
  );
}
