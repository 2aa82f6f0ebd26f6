import { Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../app/screen.tsx';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { WhichAccount } from './which-account.tsx';

interface ChooseAccountProps {
  accounts: readonly LinkedAccount[];
  /** Whose page was scanned; unknown of a typed code. */
  issuer: string | undefined;
  onChoose: (account: LinkedAccount) => void;
}

/** Several accounts could be meant: the holder says which. */
export function ChooseAccount({ accounts, issuer, onChoose }: ChooseAccountProps): ReactElement {
  const { t } = useTranslation();
  const lead = issuer ? t('requests.choose-lead', { host: hostOf(issuer) }) : t('requests.choose-lead-code');
  return (
    <Screen title={t('requests.choose-title')} lead={lead} back="/">
      <ul className="account-choices">
        {accounts.map((account) => (
          <li key={account.id}>
            <button type="button" onClick={() => onChoose(account)}>
              <WhichAccount account={account} />
              <Icon name="chevron-right" />
            </button>
          </li>
        ))}
      </ul>
    </Screen>
  );
}

/** An origin as people say it. */
export const hostOf = (issuer: string): string => new URL(issuer).host;
