import { buttonClass } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CeremonyView } from '../api/contract.ts';
import { useStage } from './stage.tsx';

/** There is nothing left that this holder could prove here: a person has to help. */
export function Stuck({ ceremony }: { ceremony: CeremonyView }): ReactElement {
  const { t } = useTranslation('ceremony');
  const Stage = useStage();
  const recovering = ceremony.purpose === 'recover-second-factor';
  return (
    <Stage
      title={t('ceremony.stuck-title')}
      lead={recovering ? t('ceremony.stuck-recover') : t('ceremony.stuck')}
    >
      <div className="actions">
        <Link className={buttonClass('primary', { wide: true })} to="/support">
          {t('ceremony.contact-support')}
        </Link>
      </div>
    </Stage>
  );
}
