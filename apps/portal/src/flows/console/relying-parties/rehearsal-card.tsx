import { type Bar, BarChart, EmptyState, Notice, readersLocale, When } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rehearsal, RehearsalResult, Rule } from './relying-parties.api.ts';

const FIGURES = ['asBefore', 'askedMore', 'lockedOut'] as const;
const NAMES = { asBefore: 'as-before', askedMore: 'asked-more', lockedOut: 'locked-out' } as const;
const TONES = { asBefore: 'brand', askedMore: 'muted', lockedOut: 'danger' } as const;

interface RehearsalCardProps {
  rehearsal: Rehearsal;
  /** What may be done once the figures are known. */
  children: ReactNode;
}

/** How far the last rehearsal is, or what came of it. */
export function RehearsalCard({ rehearsal, children }: RehearsalCardProps): ReactElement {
  const { t } = useTranslation('relying-parties');
  const { rule, days, startedAt, outcome } = rehearsal;
  return (
    <section className="card">
      <h2>{t('relying-parties.rehearsal')}</h2>
      <p className="muted">
        {t('relying-parties.rehearsed', { count: days })} <When iso={startedAt} />
      </p>
      <RuleFacts rule={rule} />
      {!outcome && <Progress rehearsal={rehearsal} />}
      {outcome?.kind === 'failed' && <Notice tone="warning">{t('relying-parties.rehearsal-failed')}</Notice>}
      {outcome?.kind === 'done' && (
        <>
          <Result result={outcome} />
          {children}
        </>
      )}
    </section>
  );
}

function RuleFacts({ rule }: { rule: Rule }): ReactElement {
  const { t } = useTranslation('relying-parties');
  const facts = {
    'second-factor': t(`relying-parties.second-factor-${rule.secondFactor}`),
    methods: rule.methods.map((one) => t(`relying-parties.method-${one}`)).join(', '),
    ...(rule.methods.includes('sms-code') && {
      'sms-alone': t(rule.smsAlone ? 'relying-parties.yes' : 'relying-parties.no'),
    }),
    phone: t(`relying-parties.phone-${rule.registrationPhone}`),
  };
  return (
    <dl className="facts">
      {Object.entries(facts).map(([name, words]) => (
        <div key={name}>
          <dt>{t(`relying-parties.${name}`)}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

function Progress({ rehearsal: { isStuck, people, peopleInAll } }: { rehearsal: Rehearsal }): ReactElement {
  const { t } = useTranslation('relying-parties');
  if (isStuck) return <Notice tone="warning">{t('relying-parties.rehearsal-stuck')}</Notice>;
  return (
    <div className="stack" role="status">
      <p>
        {peopleInAll === 0
          ? t('relying-parties.rehearsal-begun')
          : t('relying-parties.rehearsal-under-way', { people, of: peopleInAll })}
      </p>
      <progress value={people} max={Math.max(1, peopleInAll)} aria-label={t('relying-parties.rehearsal')} />
    </div>
  );
}

function Result({ result }: { result: RehearsalResult }): ReactElement {
  const { t, i18n } = useTranslation('relying-parties');
  if (sumOf(result.people) === 0)
    return <EmptyState icon="user">{t('relying-parties.nobody-yet')}</EmptyState>;
  const locale = readersLocale(i18n.language);
  const number = new Intl.NumberFormat(locale);
  return (
    <>
      <Verdict result={result} number={number} />
      <FiguresTable result={result} locale={locale} />
      <BarChart
        label={t('relying-parties.by-day')}
        series={FIGURES.map((name) => ({
          name: t(`relying-parties.figure-${NAMES[name]}`),
          tone: TONES[name],
        }))}
        bars={barsOf(result, locale)}
        format={(value) => number.format(value)}
      />
    </>
  );
}

const sumOf = ({ asBefore, askedMore, lockedOut }: RehearsalResult['people']): number =>
  asBefore + askedMore + lockedOut;

function Verdict({
  result: { people, isSample, estimatedPeople },
  number,
}: {
  result: RehearsalResult;
  number: Intl.NumberFormat;
}): ReactElement {
  const { t } = useTranslation('relying-parties');
  const { lockedOut } = people;
  const inAll = sumOf(people);
  return (
    <Notice
      tone={lockedOut === 0 ? 'success' : 'warning'}
      title={
        lockedOut === 0
          ? t('relying-parties.nobody-locked-out')
          : t('relying-parties.locked-out', { count: lockedOut })
      }
      live
    >
      <p>
        {isSample
          ? t('relying-parties.sample', { people: number.format(inAll), of: number.format(estimatedPeople) })
          : t('relying-parties.everybody', { count: inAll })}
      </p>
    </Notice>
  );
}

function FiguresTable({
  result: { people, signIns },
  locale,
}: {
  result: RehearsalResult;
  locale: string;
}): ReactElement {
  const { t } = useTranslation('relying-parties');
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const shareOf = (count: number): string => percent.format(count / sumOf(people));
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('relying-parties.what-follows')}</th>
          <th scope="col">{t('relying-parties.people')}</th>
          <th scope="col">{t('relying-parties.sign-ins')}</th>
        </tr>
      </thead>
      <tbody>
        {FIGURES.map((name) => (
          <tr key={name}>
            <th scope="row">{t(`relying-parties.figure-${NAMES[name]}`)}</th>
            <td data-name={t('relying-parties.people')}>
              {number.format(people[name])} ({shareOf(people[name])})
            </td>
            <td data-name={t('relying-parties.sign-ins')}>{number.format(signIns[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Below the bars, now and then: more would run into one another on a telephone. */
const MOST_LABELS = 6;

function barsOf({ days }: RehearsalResult, locale: string): Bar[] {
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', timeZone: 'UTC' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });
  const every = Math.ceil(days.length / MOST_LABELS);
  return days.map(({ day, ...figures }, index) => {
    const at = new Date(`${day}T00:00:00Z`);
    return {
      label: index % every === 0 ? short.format(at) : '',
      title: full.format(at),
      values: FIGURES.map((name) => figures[name]),
    };
  });
}
