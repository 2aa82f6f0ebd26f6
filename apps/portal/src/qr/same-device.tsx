import { Button, Waiting } from '@sigillo/ui';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView } from '../api/contract.ts';
import { handsLinksToApp } from './can-scan.ts';
import type { QrPurpose } from './qr.api.ts';
import type { QrWay } from './use-qr-ticket.ts';

const QrPanel = lazy(() => import('./qr-panel.tsx'));

interface SameDeviceProps {
  purpose: QrPurpose;
  onRedeemed: (ceremony: CeremonyView) => void;
}

/** The ways to the app on the telephone that shows this page. Nothing is made before one of them is taken. */
export function SameDevice({ purpose, onRedeemed }: SameDeviceProps): ReactElement {
  const { t } = useTranslation('qr');
  const [way, setWay] = useState<QrWay>();
  if (way) {
    return (
      <Suspense fallback={<Waiting>{t('qr.starting')}</Waiting>}>
        <QrPanel purpose={purpose} way={way} onRedeemed={onRedeemed} onLeave={() => setWay(undefined)} />
      </Suspense>
    );
  }
  return (
    <>
      {handsLinksToApp() && (
        <Button look="quiet" wide icon="external" onClick={() => setWay('link')}>
          {t('qr.open-app')}
        </Button>
      )}
      <Button look="quiet" wide icon="pencil" onClick={() => setWay('code')}>
        {t('qr.type-in-app')}
      </Button>
      <Button look="quiet" wide icon="scan" onClick={() => setWay('picture')}>
        {t('qr.show-picture')}
      </Button>
    </>
  );
}
