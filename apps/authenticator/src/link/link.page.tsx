import { Button, buttonClass, Notice } from '@sigillo/ui';
import { type ReactElement, useEffect, useEffectEvent, useState } from 'react';
import { Link as RouterLink, useLocation, useNavigate } from 'react-router';
import { Screen } from '../app/screen.tsx';
import { BiometricStep } from './biometric-step.tsx';
import { ConfirmAccountStep } from './confirm-account-step.tsx';
import { CredentialsStep } from './credentials-step.tsx';
import { DoneStep } from './done-step.tsx';
import { NameStep } from './name-step.tsx';
import { NoticesStep } from './notices-step.tsx';
import { ProveSteps } from './prove-steps.tsx';
import { readPairing, type ScannedPairing } from './scanned-pairing.ts';
import { UnlockCodeStep } from './unlock-code-step.tsx';
import { type Link, useLink } from './use-link.ts';
import { useLinkTexts } from './use-link-texts.ts';

/** Links an account, one task a screen; left and opened again, it goes on where it was. */
export default function LinkPage(): ReactElement | null {
  const { t } = useLinkTexts();
  const link = useLink();
  if (link === 'reading') return null;
  if (link !== 'unreachable') return <LinkSteps link={link} />;
  return (
    <Screen
      title={t('linked.link-title')}
      back="/"
      actions={
        <Button look="primary" wide onClick={() => location.reload()}>
          {t('problems.try-again')}
        </Button>
      }
    >
      <Notice tone="warning">{t('linked.link-offline')}</Notice>
    </Screen>
  );
}

function LinkSteps({ link }: { link: Link }): ReactElement | null {
  const { state } = useLocation();
  const [scanned] = useState(() => readPairing(state));
  const isTaken = useScannedPairing(link, scanned);
  if (scanned && !isOwn(link, scanned)) return <OtherService link={link} scanned={scanned} />;
  if (!isTaken) return null;
  const { step } = link.draft;
  switch (step) {
    case 'credentials':
      return <CredentialsStep key={step} link={link} />;
    case 'prove':
      return <ProveSteps key={step} link={link} />;
    case 'confirm-account':
      return <ConfirmAccountStep key={link.draft.code} link={link} />;
    case 'name':
      return <NameStep key={step} link={link} />;
    case 'notices':
      return <NoticesStep key={step} link={link} />;
    case 'unlock-code':
      return <UnlockCodeStep key={step} link={link} />;
    case 'done':
      return <DoneStep key={step} link={link} />;
    case 'biometric':
      return <BiometricStep key={step} link={link} />;
  }
}

/** A pairing code that was scanned or typed begins the set-up anew. @returns false until it has */
function useScannedPairing(link: Link, scanned: ScannedPairing | undefined): boolean {
  const navigate = useNavigate();
  const [isTaken, setIsTaken] = useState(scanned === undefined);
  const take = useEffectEvent(async () => {
    if (!scanned || !isOwn(link, scanned)) return;
    const { code, issuerKey } = scanned;
    await link.restart({ way: 'pairing', step: 'confirm-account', code, issuerKey, name: '' });
    // Once: a reload goes on with what was kept.
    await navigate('/link', { replace: true, state: null });
    setIsTaken(true);
  });
  useEffect(() => void take(), []);
  return isTaken;
}

/** This app talks to its own installation alone. */
const isOwn = ({ draft }: Link, { issuer = draft.issuer }: ScannedPairing): boolean =>
  issuer === draft.issuer;

function OtherService({ link, scanned }: { link: Link; scanned: ScannedPairing }): ReactElement {
  const { t } = useLinkTexts();
  const host = new URL(scanned.issuer ?? link.draft.issuer).host;
  return (
    <Screen
      title={t('linked.link-title')}
      back="/"
      actions={
        <RouterLink className={buttonClass('primary', { wide: true })} to="/scan">
          {t('linked.another-code')}
        </RouterLink>
      }
    >
      <Notice tone="warning" title={t('linked.other-service-title')}>
        {t('linked.other-service', { host, own: new URL(link.draft.issuer).host })}
      </Notice>
    </Screen>
  );
}
