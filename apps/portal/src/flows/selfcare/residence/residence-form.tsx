import { buttonClass, SelectField, TextField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { PlacesView, ResidenceView } from '../../../api/contract.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { type Check, type Form, useForm } from '../../../forms/use-form.ts';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { MunicipalityField } from './municipality-field.tsx';
import { changeResidence } from './residence.api.ts';
import { refreshResidence } from './use-residence.ts';

type Values = { country: string; street: string; postalCode: string; municipality: string; province: string };
type ResidenceFields = Form<Values>;

const NOWHERE: Values = { country: 'IT', street: '', postalCode: '', municipality: '', province: '' };

const written: Check<Values> = (value) => (value.trim() === '' ? 'problems.rule-required' : undefined);

const CHECKS = {
  street: written,
  municipality: written,
  postalCode: (value: string, values: Values) =>
    written(value, values) ??
    (values.country === 'IT' && !/^\d{5}$/.test(value.trim()) ? 'problems.rule-postal-code' : undefined),
  province: (value: string, values: Values) => (values.country === 'IT' ? written(value, values) : undefined),
};

/** Country, street, postal code, and municipality with its province or the town abroad. */
export function ResidenceForm(props: { known: ResidenceView | null; places: PlacesView }): ReactElement {
  const { known, places } = props;
  const { t } = useTranslation('residence');
  const withProof = useStepUp();
  const navigate = useNavigate();
  const form = useForm<Values>({
    name: 'residence',
    initial: known ? { ...known, province: known.province ?? '' } : NOWHERE,
    checks: CHECKS,
    async send({ province, ...values }) {
      const inItaly = values.country === 'IT';
      await withProof(() => changeResidence({ ...values, province: inItaly ? province : null }));
      await refreshResidence();
      navigate('/selfcare/contacts', { state: 'residence-saved' });
    },
  });
  return (
    <FormFrame form={form}>
      <CountrySelect form={form} places={places} />
      <TextField {...form.field('street')} label={t('residence.street')} autoComplete="street-address" />
      <TextField
        {...form.field('postalCode')}
        label={t('residence.postal-code')}
        autoComplete="postal-code"
        maxLength={12}
      />
      {form.values.country === 'IT' ? (
        <InItaly form={form} places={places} />
      ) : (
        <TextField
          {...form.field('municipality')}
          label={t('residence.town')}
          autoComplete="address-level2"
        />
      )}
      <div className="actions">
        <SubmitButton state={form}>{t('residence.save')}</SubmitButton>
        <Link className={buttonClass('quiet', { wide: true })} to="/selfcare/contacts">
          {t('ui.cancel')}
        </Link>
      </div>
    </FormFrame>
  );
}

interface PartProps {
  form: ResidenceFields;
  places: PlacesView;
}

function CountrySelect({ form, places }: PartProps): ReactElement {
  const { t, i18n } = useTranslation('residence');
  const names = new Intl.DisplayNames([i18n.language], { type: 'region' });
  const options = places.countries
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, i18n.language));
  const { id, value, error } = form.field('country');
  // What was typed for one country says nothing about another.
  const choose = (country: string): void =>
    form.change({ country, municipality: '', province: '', postalCode: '' });
  return (
    <SelectField
      id={id}
      value={value}
      error={error}
      label={t('residence.country')}
      options={options}
      onChange={choose}
    />
  );
}

function InItaly({ form, places }: PartProps): ReactElement {
  const { t } = useTranslation('residence');
  const { id, value, error, onChange } = form.field('province');
  const provinces = places.provinces.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }));
  return (
    <>
      <MunicipalityField
        field={form.field('municipality')}
        places={places}
        onChange={(municipality, province) => form.change({ municipality, ...(province && { province }) })}
      />
      <SelectField
        id={id}
        value={value}
        error={error}
        label={t('residence.province')}
        options={[{ value: '', label: t('residence.choose-province') }, ...provinces]}
        onChange={onChange}
      />
    </>
  );
}
