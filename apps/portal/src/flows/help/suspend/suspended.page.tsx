import { buttonClass, Outcome, readersLocale } from '@sigillo/ui';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation } from 'react-router';
import { refreshSession } from '../../../app/session.ts';
import { Task } from '../../../app/task.tsx';

/** What the suspension answered: who was signed in is also told what it ended. */
interface Receipt {
  until: string;
  ended?: { sessions: number; apps: number; identities: number };
}

/** The account rests: until when, what ended, and how to lift that. */
export default function SuspendedPage(): ReactElement {
  const { t } = useTranslation('suspend');
  const receipt = useLocation().state as Receipt | null;
  const date = useDate(receipt?.until);
  // The session of this browser may have ended as well; not before this page has taken the place of the area.
  useEffect(() => void refreshSession(), []);
  if (!receipt) return <Navigate to="/suspend" replace />;
  return (
    <Task
      title={t('suspend.done-title')}
      lead={t('suspend.done-lead', { date })}
      before={<Outcome tone="warning" icon="lock" />}
    >
      {receipt.ended && <Ended ended={receipt.ended} />}
      <div className="stack stack--tight">
        <h2>{t('suspend.lift-title')}</h2>
        <p>{t('suspend.lift-text')}</p>
      </div>
      <div className="actions">
        <Link className={buttonClass('secondary', { wide: true })} to="/sign-in">
          {t('suspend.lift-link')}
        </Link>
        <Link className={buttonClass('quiet', { wide: true })} to="/support">
          {t('suspend.support')}
        </Link>
      </div>
    </Task>
  );
}

function Ended({ ended }: { ended: NonNullable<Receipt['ended']> }): ReactElement {
  const { t } = useTranslation('suspend');
  const rows = (['identities', 'sessions', 'apps'] as const).filter((name) => ended[name] > 0);
  return (
    <div className="stack stack--tight">
      <h2>{t('suspend.ended-title')}</h2>
      <ul className="bullets">
        {rows.map((name) => (
          <li key={name}>{t(`suspend.ended-${name}`, { count: ended[name] })}</li>
        ))}
      </ul>
    </div>
  );
}

/** A day and hour in full; empty where there is none. */
function useDate(iso: string | undefined): string {
  const { i18n } = useTranslation('suspend');
  if (!iso) return '';
  const format = { dateStyle: 'full', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(readersLocale(i18n.language), format).format(new Date(iso));
}
