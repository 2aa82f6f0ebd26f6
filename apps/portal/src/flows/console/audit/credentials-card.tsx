import { Badge, Button, EmptyState, Icon, When } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../../area/loaded.tsx';
import { methodIcon, methodName } from '../../../ceremony/method-words.ts';
import { type CredentialLife, readCredentials } from './audit.api.ts';

/** What an account proved with, from beginning to end; opened by choice, since that it was read is on record. */
export function CredentialsCard({ account }: { account: string }): ReactElement {
  const { t } = useTranslation('audit');
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="card">
      <h2>{t('audit.credentials')}</h2>
      <p className="muted">{t('audit.credentials-text')}</p>
      {isOpen ? (
        <Lives account={account} />
      ) : (
        <div>
          <Button icon="key" onClick={() => setOpen(true)}>
            {t('audit.credentials-open')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Lives({ account }: { account: string }): ReactElement {
  const { t } = useTranslation('audit');
  const query = useQuery({
    queryKey: ['credentials', account],
    queryFn: () => readCredentials(account),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Loaded query={query}>
      {(lives) =>
        lives.length === 0 ? (
          <EmptyState icon="key">{t('audit.no-credentials')}</EmptyState>
        ) : (
          <ul className="items items--cards">
            {lives.map((life) => (
              <Life key={life.id} life={life} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function Life({ life: { id, method, state, events } }: { life: CredentialLife }): ReactElement {
  const { t } = useTranslation('audit');
  const tone = state === 'active' ? 'success' : 'warning';
  return (
    <li className="item">
      <span className="choice-icon">
        <Icon name={methodIcon(method)} />
      </span>
      <div>
        <p className="item-title">
          {methodName(t, method)}{' '}
          <Badge tone={state === 'revoked' ? 'neutral' : tone}>{t(`audit.credential-${state}`)}</Badge>
        </p>
        <ol className="item-facts">
          {events.map(({ event, at }) => (
            <li key={event + at}>
              {t(`audit.event-${event}`)} <When iso={at} />
            </li>
          ))}
        </ol>
        <p className="details">
          <code>{id}</code>
        </p>
      </div>
    </li>
  );
}
