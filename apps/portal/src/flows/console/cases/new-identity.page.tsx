import { SelectField, TextField } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import { Page } from '../../../app/page.tsx';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { type Form, useForm } from '../../../forms/use-form.ts';
import { requestIdentity } from './cases.api.ts';
import { attributesOf, DOCUMENTS, fieldOf, NO_PERSON, type PersonValues } from './identity-values.ts';

type Field = keyof PersonValues;

const PERSON: Field[] = ['dateOfBirth', 'placeOfBirth', 'countyOfBirth', 'fiscalNumber'];
const DOCUMENT: Field[] = ['documentNumber', 'documentIssuer', 'documentIssuedOn', 'documentExpiresOn'];
const DOMICILE: Field[] = [
  'domicileStreetAddress',
  'domicilePostalCode',
  'domicileMunicipality',
  'domicileProvince',
  'domicileNation',
];
const HINTED: readonly Field[] = ['placeOfBirth', 'countyOfBirth', 'documentIssuer', 'domicileNation'];
const DAYS: readonly Field[] = ['dateOfBirth', 'documentIssuedOn', 'documentExpiresOn'];

const present = (value: string): string | undefined =>
  value.trim() === '' ? 'problems.rule-required' : undefined;
const CHECKS = Object.fromEntries(Object.keys(NO_PERSON).map((name) => [name, present]));

/** A digital identity for a holder: two operators issue it. */
export function NewIdentityPage(): ReactElement {
  const { t } = useTranslation(['cases', 'selfcare-data']);
  const navigate = useNavigate();
  const form = useForm<PersonValues>({
    name: 'new-identity',
    initial: NO_PERSON,
    checks: CHECKS,
    send: async (values) => {
      const { holder, documentExpiresOn } = values;
      const wanted = { holder, documentExpiresOn, type: 1, attributes: attributesOf(values) };
      const { id } = await requestIdentity(wanted);
      navigate(`/console/cases/${id}`);
    },
  });
  const genders = ['F', 'M'].map((value) => ({
    value,
    label: t(`selfcare-data.gender-${value.toLowerCase()}`),
  }));
  const documents = DOCUMENTS.map((value) => ({
    value: value as string,
    label: t(`selfcare-data.document-${value.toLowerCase()}`),
  }));
  return (
    <Page title={t('cases.new-identity')} lead={t('cases.new-identity-lead')}>
      <section className="card">
        <FormFrame form={form}>
          <Fields form={form} names={['holder']} />
          <Part title={t('cases.part-person')}>
            <Fields form={form} names={['name', 'familyName']} />
            <Choice form={form} name="gender" options={genders} />
            <Fields form={form} names={PERSON} />
          </Part>
          <Part title={t('cases.part-document')}>
            <Choice form={form} name="documentType" options={documents} />
            <Fields form={form} names={DOCUMENT} />
          </Part>
          <Part title={t('cases.part-domicile')}>
            <Fields form={form} names={DOMICILE} />
          </Part>
          <SubmitButton state={form}>{t('cases.open-case')}</SubmitButton>
        </FormFrame>
      </section>
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <fieldset className="form-part">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

interface FieldsProps {
  form: Form<PersonValues>;
  names: readonly Field[];
}

function Fields({ form, names }: FieldsProps): ReactElement {
  const { t } = useTranslation('cases');
  const refused = refusedFields(form);
  return (
    <>
      {names.map((name) => (
        <TextField
          key={name}
          {...form.field(name)}
          error={refused.includes(name) ? t('problems.rule-other') : form.field(name).error}
          label={t(`cases.fact-${name.toLowerCase()}`)}
          type={DAYS.includes(name) ? 'date' : 'text'}
          autoComplete="off"
          {...(HINTED.includes(name) && { hint: t(`cases.hint-${name.toLowerCase()}`) })}
        />
      ))}
    </>
  );
}

/** Where the server found something wrong with an attribute. */
function refusedFields({ problem, values }: Form<PersonValues>): string[] {
  if (!isProblem(problem, 'identity-attributes-wrong')) return [];
  return (problem.extension.faults as { name: string }[]).map(({ name }) => fieldOf(name, values));
}

interface ChoiceProps {
  form: Form<PersonValues>;
  name: Field;
  options: readonly { value: string; label: string }[];
}

function Choice({ form, name, options }: ChoiceProps): ReactElement {
  const { t } = useTranslation('cases');
  const { id, value, onChange } = form.field(name);
  return (
    <SelectField
      id={id}
      label={t(`cases.fact-${name.toLowerCase()}`)}
      value={value}
      options={options}
      onChange={onChange}
    />
  );
}
