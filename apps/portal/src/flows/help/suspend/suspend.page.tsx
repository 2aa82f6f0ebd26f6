import { Button } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { Task } from '../../../app/task.tsx';
import { SuspendByCard } from './suspend-by-card.tsx';
import { SuspendByPhone } from './suspend-by-phone.tsx';

type Way = 'card' | 'phone';

/** Suspending without signing in: by the emergency card, or by a code to the registered number. Looking does nothing. */
export default function PublicSuspendPage(): ReactElement {
  const { t } = useTranslation('suspend');
  const code = useLocation().hash.slice(1);
  const navigate = useNavigate();
  const [way, setWay] = useState<Way>('card');
  const finish = async (until: string): Promise<void> => {
    // The card is in the address: it must not stay in the history of a browser that belongs to somebody else.
    await navigate('/suspended', { state: { until }, replace: true });
  };

  return (
    <Task
      key={way}
      title={t('suspend.public-title')}
      lead={
        way === 'phone' ? t('suspend.phone-lead') : code ? t('suspend.card-found') : t('suspend.public-lead')
      }
    >
      <div className="stack stack--tight">
        <h2>{t('suspend.consequences')}</h2>
        <ul className="bullets">
          {['sessions', 'sign-in', 'identity', 'end-card'].map((name) => (
            <li key={name}>{t(`suspend.consequence-${name}`)}</li>
          ))}
        </ul>
      </div>
      {way === 'card' ? <SuspendByCard code={code} onDone={finish} /> : <SuspendByPhone onDone={finish} />}
      <div className="task-foot">
        <Button look="quiet" wide onClick={() => setWay(way === 'card' ? 'phone' : 'card')}>
          {way === 'card' ? t('suspend.no-card') : t('suspend.have-card')}
        </Button>
      </div>
    </Task>
  );
}
