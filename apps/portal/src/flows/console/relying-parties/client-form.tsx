import { SelectField, TextArea, TextField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { type Form, useForm } from '../../../forms/use-form.ts';
import { type ClientValues, SCOPES, toClient, valuesOf } from './client-values.ts';
import { PolicyFields, Ticks } from './policy-fields.tsx';
import type { ClientView, NewClient } from './relying-parties.api.ts';

interface ClientFormProps {
  /** One that is there; its id and how it proves who it is stay as they are. */
  client?: ClientView;
  onSend: (wanted: NewClient) => Promise<void>;
}

/** Everything that the console changes of a relying party. */
export function ClientForm({ client, onSend }: ClientFormProps): ReactElement {
  const { t } = useTranslation('relying-parties');
  const form = useClientForm(client, onSend);
  return (
    <FormFrame form={form}>
      <fieldset className="form-whole" disabled={client?.isFixed ?? false}>
        {!client && <NewFields form={form} />}
        <TextField {...form.field('nameIt')} label={t('relying-parties.name-it')} />
        <TextField {...form.field('nameEn')} label={t('relying-parties.name-en')} />
        <TextField {...form.field('homeUrl')} label={t('relying-parties.home')} type="url" optional />
        <TextArea
          {...form.field('redirectUris')}
          label={t('relying-parties.redirect-uris')}
          hint={t('relying-parties.one-a-line')}
          spellCheck={false}
          rows={3}
        />
        <TextArea
          {...form.field('postLogoutRedirectUris')}
          label={t('relying-parties.signed-out-uris')}
          hint={t('relying-parties.one-a-line')}
          spellCheck={false}
          rows={2}
          optional
        />
        <Ticks form={form} legend={t('relying-parties.scopes')} prefix="scope" names={SCOPES} />
        <PolicyFields form={form} />
      </fieldset>
      {!client?.isFixed && (
        <SubmitButton state={form}>
          {t(client ? 'relying-parties.save' : 'relying-parties.register')}
        </SubmitButton>
      )}
    </FormFrame>
  );
}

function useClientForm(
  client: ClientView | undefined,
  onSend: ClientFormProps['onSend'],
): Form<ClientValues> {
  return useForm<ClientValues>({
    name: `client-${client?.clientId ?? 'new'}`,
    initial: valuesOf(client),
    checks: {
      clientId: (value) => (value.trim() === '' ? 'relying-parties.id-needed' : undefined),
      nameIt: (value) => (value.trim() === '' ? 'relying-parties.name-needed' : undefined),
      nameEn: (value) => (value.trim() === '' ? 'relying-parties.name-needed' : undefined),
    },
    send: (values) => onSend(toClient(values)),
  });
}

interface FormPart {
  form: Form<ClientValues>;
}

function NewFields({ form }: FormPart): ReactElement {
  const { t } = useTranslation('relying-parties');
  const { error: _error, ...method } = form.field('method');
  return (
    <>
      <TextField
        {...form.field('clientId')}
        label={t('relying-parties.id')}
        hint={t('relying-parties.id-hint')}
        autoComplete="off"
        spellCheck={false}
      />
      <SelectField<string>
        {...method}
        label={t('relying-parties.method')}
        options={['client_secret_basic', 'private_key_jwt', 'none'].map((value) => ({
          value,
          label: t(`relying-parties.method-${value}`),
        }))}
      />
      {form.values.method === 'private_key_jwt' && (
        <TextField {...form.field('jwksUri')} label={t('relying-parties.keys')} type="url" />
      )}
    </>
  );
}
