import { Badge, buttonClass, EmptyState, Icon, SelectField, TextField } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { Page } from '../../../app/page.tsx';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { type Form, useForm } from '../../../forms/use-form.ts';
import { type FoundHolder, type SearchedBy, searchHolders } from './holders.api.ts';

const WAYS: readonly SearchedBy[] = ['user-id', 'email', 'phone', 'spid-code', 'fiscal-number'];
const LEAST_REASON = 10;

type SearchValues = Record<'by' | 'value' | 'reason', string>;

/** Finds one holder, by what they say of themselves; there is no list of them. */
export function SearchHoldersPage(): ReactElement {
  const { t } = useTranslation('holders');
  const [found, setFound] = useState<FoundHolder[]>();
  const form = useSearch(setFound);
  const { error: _error, ...by } = form.field('by');
  return (
    <Page title={t('holders.title')} lead={t('holders.lead')}>
      <section className="card">
        <FormFrame form={form}>
          <SelectField
            {...by}
            label={t('holders.by')}
            options={WAYS.map((value) => ({ value: value as string, label: t(`holders.by-${value}`) }))}
          />
          <TextField
            {...form.field('value')}
            label={t(`holders.by-${form.values.by}`)}
            hint={t('holders.value-hint')}
            autoComplete="off"
            spellCheck={false}
          />
          <TextField
            {...form.field('reason')}
            label={t('holders.reason')}
            hint={t('holders.reason-hint')}
            autoComplete="off"
          />
          <SubmitButton state={form}>{t('holders.search')}</SubmitButton>
        </FormFrame>
      </section>
      {found && <FoundList found={found} />}
    </Page>
  );
}

function useSearch(onFound: (found: FoundHolder[]) => void): Form<SearchValues> {
  const navigate = useNavigate();
  return useForm<SearchValues>({
    name: 'holders',
    initial: { by: 'email', value: '', reason: '' },
    checks: {
      value: (value) => (value.trim() === '' ? 'holders.value-needed' : undefined),
      reason: (reason) => (reason.trim().length < LEAST_REASON ? 'holders.reason-needed' : undefined),
    },
    async send({ by, value, reason }) {
      const found = await searchHolders({ by: by as SearchedBy, value, reason });
      const [only] = found;
      if (only && found.length === 1) return navigate(`/console/holders/${only.file}`);
      onFound(found);
    },
  });
}

function FoundList({ found }: { found: readonly FoundHolder[] }): ReactElement {
  const { t } = useTranslation('holders');
  return (
    <section className="card" aria-live="polite">
      {found.length === 0 ? (
        <EmptyState icon="info">{t('holders.nobody')}</EmptyState>
      ) : (
        <>
          <p className="muted">{t('holders.several')}</p>
          <ul className="items items--cards">
            {found.map((one) => (
              <FoundItem key={one.file} found={one} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function FoundItem({ found }: { found: FoundHolder }): ReactElement {
  const { t } = useTranslation('holders');
  return (
    <li className="item">
      <span className="choice-icon">
        <Icon name="user" />
      </span>
      <div>
        <p className="item-title">
          {found.userId}
          {found.status !== 'active' && <Badge tone="warning">{t(`holders.status-${found.status}`)}</Badge>}
        </p>
        <p className="muted small">{found.contacts.join(' · ')}</p>
      </div>
      <div className="item-actions">
        <Link className={buttonClass('secondary', { small: true })} to={`/console/holders/${found.file}`}>
          {t('holders.open')}
        </Link>
      </div>
    </li>
  );
}
