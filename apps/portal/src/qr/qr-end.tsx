import { Button } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { QrSign } from './qr-sign.tsx';
import type { QrStage } from './qr-stage.ts';

interface QrEndProps {
  stage: Extract<QrStage, 'refused' | 'void' | 'expired' | 'check-failed'>;
  busy: boolean;
  onAgain: () => void;
}

/** Why this code leads nowhere any more, and another one. */
export function QrEnd({ stage, busy, onAgain }: QrEndProps): ReactElement {
  const { t } = useTranslation('qr');
  return (
    <>
      <QrSign
        icon={stage === 'expired' ? 'clock' : 'warning'}
        title={t(`qr.end-${stage}-title`)}
        text={t(`qr.end-${stage}`)}
      />
      <Button look="secondary" wide icon="refresh" busy={busy} onClick={onAgain}>
        {t('qr.new-code')}
      </Button>
    </>
  );
}
