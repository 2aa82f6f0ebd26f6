import { Button, Day, EmptyState, Icon, type IconName, SelectField, TextField } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../app/page.tsx';
import { saveFile } from '../../../area/save-file.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { ProblemNotice } from '../../../forms/problem-notice.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { useForm } from '../../../forms/use-form.ts';
import {
  type EvidenceBy,
  type EvidenceItem,
  type FoundEvidence,
  openEvidence,
  searchEvidence,
} from './evidence.api.ts';

const WAYS: readonly EvidenceBy[] = ['fiscal-number', 'spid-code', 'account'];
const LEAST_REASON = 10;
const ICONS: Record<EvidenceItem['kind'], IconName> = {
  record: 'id-card',
  contract: 'pencil',
  'case-file': 'eye',
  'access-log': 'clock',
};

interface Found {
  accounts: readonly FoundEvidence[];
  /** For which they were looked for, and are opened. */
  reason: string;
}

/** What is kept of identities, for a reason: of holders as of who is one no more. */
export function EvidencePage(): ReactElement {
  const { t } = useTranslation('evidence');
  const [found, setFound] = useState<Found>();
  const form = useForm<Record<'by' | 'value' | 'reason', string>>({
    name: 'evidence',
    initial: { by: 'fiscal-number', value: '', reason: '' },
    checks: {
      value: (value) => (value.trim() === '' ? 'evidence.value-needed' : undefined),
      reason: (reason) => (reason.trim().length < LEAST_REASON ? 'evidence.reason-needed' : undefined),
    },
    async send({ by, value, reason }) {
      setFound({ accounts: await searchEvidence({ by: by as EvidenceBy, value, reason }), reason });
    },
  });
  const { error: _error, ...by } = form.field('by');
  return (
    <Page title={t('evidence.title')} lead={t('evidence.lead')}>
      <section className="card">
        <FormFrame form={form}>
          <SelectField
            {...by}
            label={t('evidence.by')}
            options={WAYS.map((value) => ({ value: value as string, label: t(`evidence.by-${value}`) }))}
          />
          <TextField
            {...form.field('value')}
            label={t(`evidence.by-${form.values.by}`)}
            hint={t('evidence.value-hint')}
            autoComplete="off"
            spellCheck={false}
          />
          <TextField
            {...form.field('reason')}
            label={t('evidence.reason')}
            hint={t('evidence.reason-hint')}
            autoComplete="off"
          />
          <SubmitButton state={form}>{t('evidence.search')}</SubmitButton>
        </FormFrame>
      </section>
      <div aria-live="polite">{found && <FoundList found={found} />}</div>
    </Page>
  );
}

function FoundList({ found: { accounts, reason } }: { found: Found }): ReactElement {
  const { t } = useTranslation('evidence');
  if (accounts.length === 0)
    return (
      <section className="card">
        <EmptyState icon="info">{t('evidence.nobody')}</EmptyState>
      </section>
    );
  return (
    <>
      {accounts.map(({ account, items }) => (
        <section className="card" key={account}>
          <h2>{t('evidence.kept')}</h2>
          <p className="muted small">
            {t('evidence.account')} <code>{account}</code>
          </p>
          <ul className="items">
            {items.map((item) => (
              <Item key={item.ref} item={item} account={account} reason={reason} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Item({
  item: { ref, kind, name, endsOn },
  account,
  reason,
}: {
  item: EvidenceItem;
  account: string;
  reason: string;
}): ReactElement {
  const { t } = useTranslation('evidence');
  const { run, busy, problem, attempt } = useAction();
  const open = () => run(async () => saveFile(await openEvidence({ account, ref, reason })));
  return (
    <li className="item">
      <span className="choice-icon">
        <Icon name={ICONS[kind]} />
      </span>
      <div>
        <p className="item-title">{t(`evidence.kind-${kind}`)}</p>
        <p className="muted small">{name}</p>
        <p className="muted small">
          {endsOn ? (
            <>
              {t('evidence.until')} <Day iso={endsOn} />
            </>
          ) : (
            t('evidence.in-use')
          )}
        </p>
        <ProblemNotice problem={problem} attempt={attempt} />
      </div>
      <div className="item-actions">
        <Button
          look="quiet"
          small
          icon="download"
          busy={busy}
          aria-label={t('evidence.open-named', { what: `${t(`evidence.kind-${kind}`)}, ${name}` })}
          onClick={() => void open()}
        >
          {t('evidence.open')}
        </Button>
      </div>
    </li>
  );
}
