import { Button, buttonClass } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { CeremonyView } from '../api/contract.ts';
import { queryString } from '../api/query-string.ts';
import { useStage } from './stage.tsx';

interface StuckProps {
  ceremony: CeremonyView;
  /** Where the holder, and not the ceremony, gave up. */
  onBack?: () => void;
}

/** There is nothing left that this holder could prove here: a person has to help. */
export function Stuck({ ceremony, onBack }: StuckProps): ReactElement {
  const { t } = useTranslation('ceremony');
  const interaction = useSearchParams()[0].get('interaction');
  const Stage = useStage();
  const recovering = ceremony.purpose === 'recover-second-factor';
  return (
    <Stage
      title={t('ceremony.stuck-title')}
      lead={recovering ? t('ceremony.stuck-recover') : t('ceremony.stuck')}
    >
      <div className="actions">
        <Link
          className={buttonClass('primary', { wide: true })}
          to={`/support${queryString({ interaction })}`}
        >
          {t('ceremony.contact-support')}
        </Link>
        {onBack && (
          <Button look="quiet" wide onClick={onBack}>
            {t('ceremony.back')}
          </Button>
        )}
      </div>
    </Stage>
  );
}
