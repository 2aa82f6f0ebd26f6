import { Button, nowMs, SelectField, TextField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { FileField } from '../../../files/file-field.tsx';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { handIn } from './document.api.ts';

const KINDS = ['cartaIdentita', 'passaporto', 'patenteGuida'] as const;
const SIDES = ['front', 'back'] as const;
/** The value of a side that was sent. */
const SENT = 'sent';
const present = (value: string): string | undefined =>
  value.trim() === '' ? 'problems.rule-required' : undefined;

/** In Italy, as the server counts. */
const today = (): string =>
  new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: 'Europe/Rome' }).format(nowMs());

interface NewDocumentProps {
  onDone: () => Promise<void>;
  onCancel: () => void;
}

/** What is written on the new document, and both of its sides. */
export function NewDocument({ onDone, onCancel }: NewDocumentProps): ReactElement {
  const { t } = useTranslation('document');
  const withProof = useStepUp();
  const form = useForm({
    name: 'document',
    initial: {
      type: 'cartaIdentita',
      number: '',
      issuer: '',
      issuedOn: '',
      expiresOn: '',
      front: '',
      back: '',
    },
    checks: {
      number: present,
      issuer: present,
      issuedOn: (day) => present(day) ?? (day > today() ? 'document.issued-later' : undefined),
      expiresOn: (day) => present(day) ?? (day < today() ? 'document.expires-before' : undefined),
      front: (front) => (front === SENT ? undefined : 'document.front-missing'),
      back: (back) => (back === SENT ? undefined : 'document.back-missing'),
    },
    send: async ({ front: _, back: __, ...values }) => {
      await withProof(() => handIn(values));
      await onDone();
    },
  });
  const { id, value, onChange } = form.field('type');
  return (
    <section className="card stack">
      <h2>{t('document.new')}</h2>
      <FormFrame form={form}>
        <SelectField
          id={id}
          label={t('document.type')}
          value={value as (typeof KINDS)[number]}
          options={KINDS.map((kind) => ({ value: kind, label: t(`document.type-${kind.toLowerCase()}`) }))}
          onChange={onChange}
        />
        <TextField
          {...form.field('number')}
          label={t('document.number')}
          autoComplete="off"
          autoCapitalize="characters"
        />
        <TextField
          {...form.field('issuer')}
          label={t('document.issuer')}
          hint={t('document.issuer-hint')}
          autoComplete="off"
        />
        <TextField {...form.field('issuedOn')} label={t('document.issued-on')} type="date" />
        <TextField {...form.field('expiresOn')} label={t('document.expires-on')} type="date" />
        <p className="muted">{t('document.photos')}</p>
        {SIDES.map((side) => {
          const { id: fieldId, error } = form.field(side);
          return (
            <FileField
              key={side}
              id={fieldId}
              label={t(`document.${side}`)}
              error={error}
              path={`/selfcare/document/files/${side}`}
              onDone={(isThere) => form.change({ [side]: isThere ? SENT : '' })}
            />
          );
        })}
        <div className="actions">
          <SubmitButton state={form}>{t('document.submit')}</SubmitButton>
          <Button look="quiet" wide onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
        </div>
      </FormFrame>
    </section>
  );
}
