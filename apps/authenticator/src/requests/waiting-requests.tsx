import { buttonClass, Notice, useSecondsLeft } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useIsOnline } from '../home/use-is-online.ts';
import { readText } from './request.ts';
import { RequestClock } from './request-clock.tsx';
import { useRequests, type Waiting } from './requests.tsx';
import { WhichAccount } from './which-account.tsx';

/** What waits for an answer, one card each; nothing where nothing waits. */
export function WaitingRequests(): ReactElement {
  const { t } = useTranslation();
  const { waiting, unreachable } = useRequests();
  const isOnline = useIsOnline();
  return (
    <>
      {waiting.length > 0 && (
        <section className="waiting-requests" aria-labelledby="waiting-requests">
          <h2 id="waiting-requests">{t('requests.waiting-title', { count: waiting.length })}</h2>
          <ul>
            {waiting.map((one) => (
              <li key={one.request.id}>
                <RequestCard {...one} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {isOnline && unreachable > 0 && <Notice>{t('requests.unreachable', { count: unreachable })}</Notice>}
    </>
  );
}

function RequestCard({ account, request }: Waiting): ReactElement {
  const { t } = useTranslation();
  const seconds = useSecondsLeft(Date.parse(request.expiresAt));
  const { question } = readText(request.text);
  return (
    <article className="request-card" aria-labelledby={`question-${request.id}`}>
      <div className="request-card-head">
        <WhichAccount account={account} />
        <RequestClock seconds={seconds} />
      </div>
      <h3 id={`question-${request.id}`}>{question}</h3>
      <Link
        className={buttonClass('primary', { wide: true })}
        to={`/requests/${request.id}`}
        aria-describedby={`question-${request.id}`}
      >
        {t('requests.look')}
      </Link>
    </article>
  );
}
