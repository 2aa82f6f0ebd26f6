import { buttonClass, Notice, Outcome, readersLocale, Waiting } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { callApi } from '../../../api/call-api.ts';
import type { Answer, CeremonyView } from '../../../api/contract.ts';
import { queryString } from '../../../api/query-string.ts';
import { ProblemPage } from '../../../app/problem-page.tsx';
import { Task } from '../../../app/task.tsx';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';

type HoldView = Answer<'getSuspension'>['holds'][number];

interface LiftSuspensionProps {
  ceremony: CeremonyView;
  /** The proofs that the ceremony still asks for. */
  children: ReactNode;
}

/** The account rests: why, then what proves that it is its holder, then it is active again. Nothing else is here. */
export function LiftSuspension({ ceremony, children }: LiftSuspensionProps): ReactElement {
  const { t } = useTranslation('lift-suspension');
  const [begun, setBegun] = useState(ceremony.proven.length > 1);
  const [lifted, setLifted] = useState<Answer<'liftSuspension'>>();
  const query = useQuery({
    queryKey: ['suspension', ceremony.id],
    queryFn: () => callApi<Answer<'getSuspension'>>('GET', `/ceremonies/${ceremony.id}/suspension`),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (lifted?.active) return <Lifted />;
  if (query.error) return <ProblemPage error={query.error} retry={() => query.refetch()} />;
  if (!query.data) return <Waiting>{t('ui.loading')}</Waiting>;
  const holds = lifted?.left ?? query.data.holds;
  const mayLift = holds.some(({ lifts }) => lifts === 'holder');
  const leadOf = ceremony.state === 'satisfied' ? 'lead-proven' : 'lead';
  if (begun && mayLift && ceremony.state === 'open') return <>{children}</>;
  return (
    <Task
      key={ceremony.state}
      title={t('lift-suspension.title')}
      lead={t(`lift-suspension.${mayLift ? leadOf : 'lead-others'}`)}
      before={<Outcome tone="warning" icon="lock" />}
    >
      {holds.map((hold) => (
        <Hold key={hold.cause} hold={hold} />
      ))}
      {mayLift ? (
        <GoOn ceremony={ceremony} onBegin={() => setBegun(true)} onLifted={setLifted} />
      ) : (
        <div className="actions">
          <Link className={buttonClass('primary', { wide: true })} to="/support">
            {t('lift-suspension.support')}
          </Link>
        </div>
      )}
    </Task>
  );
}

/** One cause: what happened, until when, and who ends it. */
function Hold({ hold }: { hold: HoldView }): ReactElement {
  const { t, i18n } = useTranslation('lift-suspension');
  const format = new Intl.DateTimeFormat(readersLocale(i18n.language), { dateStyle: 'long' });
  const day = (iso: string): string => format.format(new Date(iso));
  return (
    <div className="stack stack--tight">
      <p>{t(`lift-suspension.cause-${hold.cause}`, { since: day(hold.since) })}</p>
      {hold.lifts === 'holder' && hold.until && (
        <p className="muted">{t('lift-suspension.until', { until: day(hold.until) })}</p>
      )}
      {hold.lifts === 'new-proofing' && (
        <Notice tone="warning">
          <p>{t('lift-suspension.new-proofing')}</p>
          <ul className="bullets">
            {hold.doubts.map((doubt) => (
              <li key={doubt}>{t(`lift-suspension.doubt-${doubt}`)}</li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}

interface GoOnProps {
  ceremony: CeremonyView;
  onBegin: () => void;
  onLifted: (lifted: Answer<'liftSuspension'>) => void;
}

/** To the proofs; once they are given, the button that makes the account active again. */
function GoOn({ ceremony, onBegin, onLifted }: GoOnProps): ReactElement {
  const { t } = useTranslation('lift-suspension');
  const isProven = ceremony.state === 'satisfied';
  const form = useForm({
    name: 'lift-suspension',
    initial: {},
    checks: {},
    send: async () => {
      if (isProven) onLifted(await callApi('POST', `/ceremonies/${ceremony.id}/lift`));
      else onBegin();
    },
  });
  return (
    <FormFrame form={form}>
      <SubmitButton state={form}>
        {isProven ? t('lift-suspension.submit') : t('lift-suspension.prove')}
      </SubmitButton>
    </FormFrame>
  );
}

/** Active again: every session stays ended, so that one signs in. */
function Lifted(): ReactElement {
  const { t } = useTranslation('lift-suspension');
  const [params] = useSearchParams();
  const again = queryString({ interaction: params.get('interaction'), returnTo: params.get('returnTo') });
  return (
    <Task
      title={t('lift-suspension.done-title')}
      lead={t('lift-suspension.done')}
      before={<Outcome icon="check" />}
    >
      <div className="actions">
        <Link className={buttonClass('primary', { wide: true })} to={`/sign-in${again}`}>
          {t('lift-suspension.sign-in')}
        </Link>
      </div>
    </Task>
  );
}
