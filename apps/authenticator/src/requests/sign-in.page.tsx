import { Waiting } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { Screen } from '../app/screen.tsx';
import { touchFeedback } from '../app/touch-feedback.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { useLinkedAccounts } from '../linked/use-linked-accounts.ts';
import { AnswerRequest } from './answer-request.tsx';
import { ChooseAccount } from './choose-account.tsx';
import { ScanFailed } from './scan-failed.tsx';
import { isScanned, type Scanned } from './scanned.ts';
import { Unlinked } from './unlinked.tsx';
import { useScan } from './use-scan.ts';

/** A sign-in that was scanned, opened from a link, or whose code was typed: with which account, and shall it be. */
export default function SignInPage(): ReactElement | null {
  const { state, key } = useLocation();
  const accounts = useLinkedAccounts();
  if (!isScanned(state)) return <Navigate to="/scan" replace />;
  if (!accounts) return null;
  return <SignIn key={key} scanned={state} accounts={accounts} />;
}

interface SignInProps {
  scanned: Scanned;
  accounts: readonly LinkedAccount[];
}

function SignIn({ scanned, accounts }: SignInProps): ReactElement {
  const fitting = accounts.filter(({ state, issuer }) => {
    return state === 'ready' && (scanned.issuer === undefined || issuer === scanned.issuer);
  });
  const [chosen, setChosen] = useState<string>();
  const account = fitting.length > 1 ? fitting.find(({ id }) => id === chosen) : fitting[0];
  if (account) return <AskAndAnswer key={account.id} account={account} scanned={scanned} />;
  if (fitting.length === 0) return <Unlinked issuer={scanned.issuer} />;
  return <ChooseAccount accounts={fitting} issuer={scanned.issuer} onChoose={({ id }) => setChosen(id)} />;
}

function AskAndAnswer({ account, scanned }: { account: LinkedAccount; scanned: Scanned }): ReactElement {
  const { t } = useTranslation();
  const { request, problem, again } = useScan(account, scanned, touchFeedback);
  if (request) return <AnswerRequest account={account} request={request} />;
  if (problem) return <ScanFailed problem={problem} account={account} onAgain={again} />;
  return (
    <Screen title={t('requests.sign-in')} back="/">
      <Waiting>{t('requests.looking')}</Waiting>
    </Screen>
  );
}
