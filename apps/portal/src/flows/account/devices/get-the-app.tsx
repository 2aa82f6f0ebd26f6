import { CopyButton, Waiting } from '@sigillo/ui';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBrand } from '../../../app/session.ts';
import { canScan } from '../../../qr/can-scan.ts';

const QrCode = lazy(() => import('@sigillo/ui/qr-code'));

/** Where the app is, for the telephone: an address to scan with its camera, or to open. */
export function GetTheApp(): ReactElement | null {
  const { t } = useTranslation('devices');
  const [isScannable] = useState(canScan);
  const brand = useBrand();
  const address = brand?.authenticatorUrl;
  if (!address) return null;
  return (
    <section className="card">
      <h2>{t('devices.get-title', { app: brand.name })}</h2>
      <p className="muted">{isScannable ? t('devices.get') : t('devices.get-here')}</p>
      {isScannable && (
        <Suspense fallback={<Waiting>{t('ui.loading')}</Waiting>}>
          <QrCode text={address} label={t('devices.get-picture', { app: brand.name })} />
        </Suspense>
      )}
      <AppAddress address={address} />
      <p className="muted small">{t('devices.get-install')}</p>
    </section>
  );
}

/** The address of the app, to open here or to take elsewhere. */
export function AppAddress({ address }: { address: string }): ReactElement {
  const { t } = useTranslation('devices');
  return (
    <div className="secret">
      <a href={address} target="_blank" rel="noreferrer">
        {address}
      </a>
      <CopyButton text={address} label={t('devices.copy-address')} />
    </div>
  );
}
