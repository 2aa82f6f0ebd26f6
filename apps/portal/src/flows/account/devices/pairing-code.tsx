import { buttonClass, Icon, Waiting } from '@sigillo/ui';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PairingView } from '../../../api/contract.ts';
import { Disclosure } from '../../../app/disclosure.tsx';
import { useBrand } from '../../../app/session.ts';
import { canScan, handsLinksToApp } from '../../../qr/can-scan.ts';
import { TypedCode } from '../../../qr/typed-code.tsx';
import { AppAddress } from './get-the-app.tsx';

const QrCode = lazy(() => import('@sigillo/ui/qr-code'));

interface PairingCodeProps {
  pairing: PairingView;
  app: string;
}

/** First the app, then the code: to scan from here, or to open and type where this page is on the telephone. */
export function PairingCode({ pairing, app }: PairingCodeProps): ReactElement {
  const { t } = useTranslation('devices');
  const [isScannable] = useState(canScan);
  const address = useBrand()?.authenticatorUrl;
  const code = pairing.code ?? '';
  return (
    <ol className="steps-list">
      <li>
        <div className="stack stack--tight">
          <strong>{t('devices.step-get', { app })}</strong>
          <p className="muted small">{t('devices.get-install')}</p>
          {address && <AppAddress address={address} />}
        </div>
      </li>
      <li>
        {isScannable && pairing.text ? (
          <div className="stack">
            <strong>{t('devices.step-scan')}</strong>
            <Picture text={pairing.text} />
            <Disclosure summary={t('devices.cannot-scan')}>
              <TypedCode code={code}>{t('devices.type', { app })}</TypedCode>
            </Disclosure>
          </div>
        ) : (
          <Here pairing={pairing} app={app} />
        )}
      </li>
    </ol>
  );
}

/** On the telephone that shows this page. */
function Here({ pairing, app }: PairingCodeProps): ReactElement {
  const { t } = useTranslation('devices');
  return (
    <div className="stack">
      <strong>{t('devices.step-type')}</strong>
      {handsLinksToApp() && pairing.text && (
        <a
          className={buttonClass('secondary', { wide: true })}
          href={pairing.text}
          target="_blank"
          rel="noreferrer"
        >
          <Icon name="external" />
          <span>{t('devices.open-app')}</span>
        </a>
      )}
      <TypedCode code={pairing.code ?? ''}>{t('devices.type', { app })}</TypedCode>
      {pairing.text && (
        <Disclosure summary={t('devices.other-device')}>
          <Picture text={pairing.text} />
        </Disclosure>
      )}
    </div>
  );
}

function Picture({ text }: { text: string }): ReactElement {
  const { t } = useTranslation('devices');
  return (
    <Suspense fallback={<Waiting>{t('ui.loading')}</Waiting>}>
      <QrCode text={text} label={t('devices.picture')} />
    </Suspense>
  );
}
