import { Button } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView } from '../api/contract.ts';
import { useStage } from './stage.tsx';
import { SupportLink } from './support-link.tsx';

interface StuckProps {
  ceremony: CeremonyView;
  /** Where the holder, and not the ceremony, gave up. */
  onBack?: () => void;
}

/** There is nothing left that this holder could prove here: a person has to help. */
export function Stuck({ ceremony, onBack }: StuckProps): ReactElement {
  const { t } = useTranslation('ceremony');
  const Stage = useStage();
  const recovering = ceremony.purpose === 'recover-second-factor';
  return (
    <Stage
      title={t('ceremony.stuck-title')}
      lead={recovering ? t('ceremony.stuck-recover') : t('ceremony.stuck')}
    >
      <div className="actions">
        <SupportLink look="primary" />
        {onBack && (
          <Button look="quiet" wide onClick={onBack}>
            {t('ceremony.back')}
          </Button>
        )}
      </div>
    </Stage>
  );
}
