import { Button, Icon, type IconName, Notice, Outcome } from '@sigillo/ui';
import { type ReactElement, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { Screen } from '../app/screen.tsx';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { useLinkedAccounts } from '../linked/use-linked-accounts.ts';
import { canUseBiometric } from '../unlock/passkey.ts';
import { deviceName, isOnComputer } from './device-name.ts';
import type { Link } from './use-link.ts';
import { useLinkTexts } from './use-link-texts.ts';

/** Which account is linked to which device, and what can be done from now on. */
export function DoneStep({ link }: { link: Link }): ReactElement | null {
  const { t } = useLinkTexts();
  const navigate = useNavigate();
  const account = useLinkedAccounts()?.find(({ id }) => id === link.draft.linked);
  const offersBiometric = useOffersBiometric(account);
  if (!account || offersBiometric === undefined) return null;
  const goOn = async (): Promise<void> => {
    if (offersBiometric) return link.update({ step: 'biometric' });
    await link.end();
    await navigate('/', { replace: true });
  };
  const points: [IconName, string][] = [
    ['scan', t('linked.can-scan')],
    ['shield', t('linked.can-approve')],
    ['key', t('linked.can-codes')],
  ];
  return (
    <Screen
      title={t('linked.done-title')}
      lead={t('linked.done-lead', { email: account.account.email, service: account.account.service })}
      actions={
        <Button look="primary" wide onClick={goOn}>
          {t('linked.next')}
        </Button>
      }
    >
      <Outcome icon="check-circle" />
      <p>{t(isOnComputer() ? 'linked.done-computer' : 'linked.done-device', { device: deviceName(t) })}</p>
      <ul className="points">
        {points.map(([icon, text]) => (
          <li key={icon}>
            <Icon name={icon} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
      {link.draft.noticesFailed && <Notice tone="warning">{t('linked.notices-failed')}</Notice>}
    </Screen>
  );
}

/** Only where the code opens the account, and the device has a lock of its own. */
function useOffersBiometric(account: LinkedAccount | undefined): boolean | undefined {
  const [can, setCan] = useState<boolean>();
  useEffect(() => void canUseBiometric().then(setCan), []);
  return can === undefined ? undefined : can && account?.seed.by === 'code';
}
