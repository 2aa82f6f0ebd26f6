import { Waiting } from '@sigillo/ui';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView } from '../api/contract.ts';
import { useBrand } from '../app/session.ts';
import { canScan } from '../qr/can-scan.ts';
import { SameDevice } from '../qr/same-device.tsx';
import { OtherWays } from './other-ways.tsx';
import { useStage } from './stage.tsx';

const QrPanel = lazy(() => import('../qr/qr-panel.tsx'));

interface ScanStepProps {
  ceremony: CeremonyView;
  onProven: (ceremony: CeremonyView) => void;
  onAnother: (() => void) | undefined;
  onRecover: (() => void) | undefined;
}

/** Confirms by scanning this page with the app, or by the app on the same telephone. */
export function ScanStep({ ceremony, onProven, onAnother, onRecover }: ScanStepProps): ReactElement {
  const { t } = useTranslation('ceremony');
  const Stage = useStage();
  const [isScannable] = useState(canScan);
  const app = useBrand()?.name ?? '';
  const purpose = { ceremony: ceremony.id };
  return (
    <Stage
      title={t('ceremony.scan-title')}
      lead={isScannable ? t('ceremony.scan', { app }) : t('ceremony.scan-here', { app })}
    >
      {isScannable ? (
        <Suspense fallback={<Waiting>{t('ui.loading')}</Waiting>}>
          <QrPanel purpose={purpose} way="picture" onRedeemed={onProven} />
        </Suspense>
      ) : (
        <div className="actions">
          <SameDevice purpose={purpose} onRedeemed={onProven} />
        </div>
      )}
      <OtherWays onAnother={onAnother} onRecover={onRecover} />
    </Stage>
  );
}
