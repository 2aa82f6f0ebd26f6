import { Badge, Button, Notice, When } from '@sigillo/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Page } from '../../../app/page.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { ProblemNotice } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { documentOf } from './arrived.ts';
import { CaseFacts } from './case-facts.tsx';
import { type CaseView, fileUrl, getCase, releaseCase, takeCase } from './cases.api.ts';
import { DecideCase } from './decide-case.tsx';
import { SuspendFirst } from './suspend-first.tsx';
import { TakeOverDialog } from './take-over-dialog.tsx';

/** One case: what is asked, what was handed in, what happened, and what becomes of it. */
export function CasePage(): ReactElement {
  const { t } = useTranslation('cases');
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['case', id], queryFn: () => getCase(id) });
  const kind = query.data?.kind;
  return (
    <Page title={kind ? t(`cases.kind-${kind}`) : t('cases.case')}>
      <Loaded query={query}>{(data) => <Whole one={data} />}</Loaded>
    </Page>
  );
}

function Whole({ one }: { one: CaseView }): ReactElement {
  const { t } = useTranslation('cases');
  const queryClient = useQueryClient();
  const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['case', one.id] });
  return (
    <>
      {one.state === 'open' ? (
        <Holding one={one} onChange={refresh} />
      ) : (
        <Notice tone={one.state === 'accepted' ? 'success' : 'info'}>{t(`cases.state-${one.state}`)}</Notice>
      )}
      <CaseFacts title={t('cases.asked')} facts={[...holderOf(one), ...Object.entries(one.payload)]} />
      {one.files.length > 0 && <Files one={one} />}
      {one.attributes && <CaseFacts title={t('cases.attributes')} facts={attributeFacts(one)} />}
      {one.isMine && one.maySuspend && <SuspendFirst one={one} onDone={refresh} />}
      {one.state === 'open' && one.isMine && !one.isFirstMine && <DecideCase one={one} onDone={refresh} />}
      <History one={one} />
    </>
  );
}

const holderOf = ({ holder }: CaseView): [string, string][] => [
  ['userId', holder.userId],
  ['email', holder.email],
  ['status', holder.status],
];

/** The place of birth by its name: attributes have its code. */
function attributeFacts({ attributes, birthPlace }: CaseView): [string, string][] {
  const named = birthPlace === null ? {} : { placeOfBirth: birthPlace };
  return Object.entries({ ...attributes, ...named });
}

/** Who is at it: nobody decides a case without having taken it. */
function Holding({ one, onChange }: { one: CaseView; onChange: () => Promise<void> }): ReactElement {
  const { t } = useTranslation('cases');
  const { run, busy, problem, attempt } = useAction();
  const [isAsked, setAsked] = useState(false);
  const act = (work: () => Promise<void>): void => void run(() => work().then(onChange));
  const { takenBy, isMine, isFirstMine, id } = one;
  return (
    <section className="card stack">
      <ProblemNotice problem={problem} attempt={attempt} />
      <div className="row">
        {one.waitsForSecond && <Badge tone="brand">{t('cases.second')}</Badge>}
        <span>
          {takenBy ? t(isMine ? 'cases.yours' : 'cases.taken-by', { name: takenBy.name }) : t('cases.free')}{' '}
          {isMine && one.takenUntil && <When iso={one.takenUntil} />}
        </span>
      </div>
      {isFirstMine && <p className="muted">{t('cases.wait-for-second')}</p>}
      <div className="button-row">
        {isMine ? (
          <Button busy={busy} onClick={() => act(() => releaseCase(id))}>
            {t('cases.release')}
          </Button>
        ) : (
          <Button
            look="primary"
            busy={busy}
            onClick={() => (takenBy ? setAsked(true) : act(() => takeCase(id)))}
          >
            {takenBy ? t('cases.take-over') : t('cases.take')}
          </Button>
        )}
      </div>
      {isAsked && takenBy && (
        <TakeOverDialog
          name={takenBy.name}
          onTake={(note) => takeCase(id, note).then(onChange)}
          onClose={() => setAsked(false)}
        />
      )}
    </section>
  );
}

/** What was handed in: pictures side by side, documents to open. */
function Files({ one }: { one: CaseView }): ReactElement {
  const { t } = useTranslation('cases');
  return (
    <section className="card stack">
      <h2>{t('cases.files')}</h2>
      <div className="case-files">
        {one.files.map(({ part, mediaType }) => (
          <figure key={part}>
            <figcaption>{t(`cases.file-${documentOf(one, part)}`)}</figcaption>
            <a href={fileUrl(one.id, part)} target="_blank" rel="noreferrer">
              {mediaType === 'application/pdf' ? (
                t('cases.open-file')
              ) : (
                <img src={fileUrl(one.id, part)} alt={t(`cases.file-${documentOf(one, part)}`)} />
              )}
            </a>
          </figure>
        ))}
      </div>
    </section>
  );
}

function History({ one }: { one: CaseView }): ReactElement {
  const { t } = useTranslation('cases');
  return (
    <section className="card">
      <h2>{t('cases.history')}</h2>
      <ul className="items">
        {one.history.map(({ at, by, what, note }) => (
          <li key={at + what} className="item">
            <div>
              <p className="item-title">
                {t(`cases.event-${what}`)} · {by ? by.name : t('cases.the-holder')}
              </p>
              <p className="muted small">
                <When iso={at} />
              </p>
              {note && <p>{note}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
