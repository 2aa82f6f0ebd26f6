import { Checkbox, SelectField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../../forms/use-form.ts';
import { type ClientValues, METHODS } from './client-values.ts';

interface FormPart {
  form: Pick<Form<ClientValues>, 'values' | 'field' | 'change'>;
}

/** What it asks of whoever signs in. */
export function PolicyFields({ form }: FormPart): ReactElement {
  const { t } = useTranslation('relying-parties');
  const { error: _second, ...second } = form.field('secondFactor');
  const { error: _phone, ...phone } = form.field('registrationPhone');
  return (
    <>
      <SelectField<string>
        {...second}
        label={t('relying-parties.second-factor')}
        options={['optional', 'required'].map((value) => ({
          value,
          label: t(`relying-parties.second-factor-${value}`),
        }))}
      />
      <Ticks form={form} legend={t('relying-parties.methods')} prefix="method" names={METHODS} />
      <Checkbox
        checked={form.values.smsAlone === 'yes'}
        onChange={(isOn) => form.change({ smsAlone: isOn ? 'yes' : '' })}
      >
        {t('relying-parties.sms-alone')}
      </Checkbox>
      <SelectField<string>
        {...phone}
        label={t('relying-parties.phone')}
        options={['none', 'optional', 'required'].map((value) => ({
          value,
          label: t(`relying-parties.phone-${value}`),
        }))}
      />
    </>
  );
}

interface TicksProps extends FormPart {
  legend: string;
  prefix: 'scope' | 'method';
  names: readonly string[];
}

/** Boxes for the names of a list, kept as one text. */
export function Ticks({ form, legend, prefix, names }: TicksProps): ReactElement {
  const { t } = useTranslation('relying-parties');
  const field = prefix === 'scope' ? 'scopes' : 'methods';
  const { id, error } = form.field(field);
  const chosen = form.values[field].split(' ').filter(Boolean);
  const toggle = (name: string, isOn: boolean): void => {
    const next = names.filter((one) => (one === name ? isOn : chosen.includes(one)));
    form.change({ [field]: next.join(' ') });
  };
  return (
    <fieldset className="ticks">
      <legend>{legend}</legend>
      {names.map((name, index) => (
        <Checkbox
          key={name}
          checked={chosen.includes(name)}
          onChange={(isOn) => toggle(name, isOn)}
          // What is wrong with all of them is told at the first.
          {...(index === 0 && { id, error })}
        >
          {t(`relying-parties.${prefix}-${name}`)}
        </Checkbox>
      ))}
    </fieldset>
  );
}
