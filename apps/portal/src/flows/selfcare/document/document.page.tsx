import { Badge, Button, EmptyState, Notice, When } from '@sigillo/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../app/page.tsx';
import { shownLanguage } from '../../../app/texts.ts';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { getOwnDocument, type OwnDocument, withdraw } from './document.api.ts';
import { NewDocument } from './new-document.tsx';

const DOCUMENT = ['own-document'];

/** The identity document: how long it is good, and a new one. */
export function DocumentPage(): ReactElement {
  const { t } = useTranslation('document');
  const query = useQuery({ queryKey: DOCUMENT, queryFn: getOwnDocument });
  return (
    <Page title={t('document.title')} lead={t('document.lead')}>
      <Loaded query={query}>{(data) => <Standing document={data} />}</Loaded>
    </Page>
  );
}

function Standing({ document: { identity, review } }: { document: OwnDocument }): ReactElement {
  const { t } = useTranslation('document');
  const [uploads, setUploads] = useState(false);
  const queryClient = useQueryClient();
  const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: DOCUMENT });
  if (!identity)
    return (
      <section className="card">
        <EmptyState icon="id-card">{t('document.no-identity')}</EmptyState>
      </section>
    );
  const waits = review?.state === 'open';
  return (
    <>
      <section className="card stack">
        <h2>{t('document.current')}</h2>
        {identity.expiresOn && (
          <p className="row">
            <span>{t('document.expires', { day: dayText(identity.expiresOn) })}</span>
            <Expiry daysLeft={identity.daysLeft} />
          </p>
        )}
        {!identity.mayReplace && <p className="muted">{t('document.later')}</p>}
        {identity.mayReplace && !waits && !uploads && (
          <div className="actions">
            <Button look="primary" icon="upload" onClick={() => setUploads(true)}>
              {t('document.upload')}
            </Button>
          </div>
        )}
      </section>
      {review && <Review review={review} onChange={refresh} />}
      {uploads && !waits && (
        <NewDocument
          onCancel={() => setUploads(false)}
          onDone={async () => {
            setUploads(false);
            await refresh();
          }}
        />
      )}
    </>
  );
}

/** A day of the calendar, which no time zone moves. */
const dayText = (day: string): string =>
  new Intl.DateTimeFormat(shownLanguage(), { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

function Expiry({ daysLeft }: { daysLeft: number | null }): ReactElement | null {
  const { t } = useTranslation('document');
  if (daysLeft === null || daysLeft > 60) return null;
  return (
    <Badge tone="warning" icon="warning">
      {daysLeft < 0 ? t('document.expired') : t('document.days-left', { count: daysLeft })}
    </Badge>
  );
}

function Review({
  review,
  onChange,
}: {
  review: NonNullable<OwnDocument['review']>;
  onChange: () => Promise<void>;
}): ReactElement | null {
  const { t } = useTranslation('document');
  const withProof = useStepUp();
  const [asks, setAsks] = useState(false);
  const { state, reason } = review;
  if (state === 'withdrawn') return null;
  const take = async (): Promise<void> => {
    await withProof(() => withdraw());
    await onChange();
  };
  return (
    <section className="card stack">
      <h2>{t('document.review')}</h2>
      <Notice tone={TONES[state]} title={t(`document.review-${state}`)}>
        <p>{state === 'refused' ? reason : t(`document.review-${state}-text`)}</p>
      </Notice>
      <p className="muted">
        {t('document.handed-in')} <When iso={review.handedInAt} />
      </p>
      {state === 'open' && (
        <div>
          <Button look="quiet" className="button--start" onClick={() => setAsks(true)}>
            {t('document.withdraw')}
          </Button>
        </div>
      )}
      {asks && (
        <ConfirmDialog
          title={t('document.withdraw-title')}
          action={t('document.withdraw')}
          onConfirm={take}
          onClose={() => setAsks(false)}
        >
          <p>{t('document.withdraw-text')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

const TONES = { open: 'info', accepted: 'success', refused: 'warning' } as const;
