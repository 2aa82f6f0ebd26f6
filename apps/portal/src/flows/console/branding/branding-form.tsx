import { Button, TextField } from '@sigillo/ui';
import { colourFaults } from '@sigillo/ui/brand-colours';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { type Form, useForm } from '../../../forms/use-form.ts';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { type Branding, type ChosenBranding, setBranding } from './branding.api.ts';
import { BrandingPreview } from './branding-preview.tsx';
import { LogoField } from './logo-field.tsx';
import { logoSource } from './logo-source.ts';

type Values = Record<'name' | 'primary' | 'header' | 'supportEmail' | 'chatUrl', string>;

const COLOUR = /^#[0-9a-f]{6}$/i;

interface BrandingFormProps {
  branding: Branding;
  onSaved: () => void;
}

/** What is chosen, and beside it what it looks like; nothing is changed before the operator's key says so. */
export function BrandingForm({ branding, onSaved }: BrandingFormProps): ReactElement {
  const { t } = useTranslation('branding');
  const [logo, setLogo] = useState(branding.chosen?.logo ?? null);
  const form = useBrandingForm(branding, logo, onSaved);
  const { name, primary, header } = form.values;
  return (
    <section className="card stack stack--loose">
      <FormFrame form={form}>
        <TextField {...form.field('name')} label={t('branding.name')} maxLength={40} autoComplete="off" />
        <LogoField logo={logo} own={branding.own.logo} onChange={setLogo} />
        <ColourField form={form} name="primary" />
        <ColourField form={form} name="header" />
        <TextField
          {...form.field('supportEmail')}
          label={t('branding.support-email')}
          hint={t('branding.support-email-hint')}
          type="email"
          optional
          autoComplete="off"
        />
        <TextField
          {...form.field('chatUrl')}
          label={t('branding.chat-url')}
          hint={t('branding.chat-url-hint')}
          type="url"
          optional
          autoComplete="off"
        />
        {isReadable({ primary, header }) && (
          <BrandingPreview
            name={name}
            logo={logoSource(logo, branding.own.logo)}
            colours={{ primary, header }}
          />
        )}
        <SubmitButton state={form}>{t('branding.save')}</SubmitButton>
      </FormFrame>
    </section>
  );
}

interface ColourFieldProps {
  form: Form<Values>;
  name: 'primary' | 'header';
}

/** A colour, picked or written; one that could not be read offers the nearest that can. */
function ColourField({ form, name }: ColourFieldProps): ReactElement {
  const { t, i18n } = useTranslation('branding');
  const { value, ...field } = form.field(name);
  const fault = faultOf(form.values, name);
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 });
  const unreadable =
    fault &&
    t('branding.unreadable', { ratio: number.format(fault.ratio), needed: number.format(fault.needed) });
  return (
    <div className="stack stack--tight">
      <div className="colour-field">
        <TextField
          {...field}
          value={value}
          label={t(`branding.${name}`)}
          hint={t(`branding.${name}-hint`)}
          error={unreadable ?? field.error}
          maxLength={7}
          spellCheck={false}
          autoComplete="off"
        />
        <input
          type="color"
          className="colour-pick"
          aria-label={t('branding.pick', { name: t(`branding.${name}`) })}
          value={COLOUR.test(value) ? value.toLowerCase() : '#000000'}
          onChange={(event) => form.change({ [name]: event.currentTarget.value })}
        />
      </div>
      {fault && (
        <div>
          <Button small onClick={() => form.change({ [name]: fault.better })}>
            {t('branding.use-better', { colour: fault.better })}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Whether they are colours, and of the kind that would be taken. */
const isReadable = (colours: Pick<Values, 'primary' | 'header'>): boolean =>
  COLOUR.test(colours.primary) && COLOUR.test(colours.header) && colourFaults(colours).length === 0;

const faultOf = ({ primary, header }: Values, name: 'primary' | 'header') =>
  COLOUR.test(primary) && COLOUR.test(header)
    ? colourFaults({ primary, header }).find((fault) => fault.name === name)
    : undefined;

const colourCheck =
  (name: 'primary' | 'header') =>
  (value: string, values: Values): string | undefined => {
    if (!COLOUR.test(value)) return 'branding.colour-wrong';
    return faultOf(values, name) ? 'branding.colour-unreadable' : undefined;
  };

function useBrandingForm(branding: Branding, logo: string | null, onSaved: () => void): Form<Values> {
  const withProof = useStepUp();
  const { chosen, own } = branding;
  const now = chosen ?? own;
  return useForm<Values>({
    name: 'branding',
    initial: {
      name: now.name,
      ...(chosen?.colours ?? own.colours),
      supportEmail: now.supportEmail ?? '',
      chatUrl: now.chatUrl ?? '',
    },
    checks: {
      name: (value) => (value.trim().length < 2 ? 'branding.name-needed' : undefined),
      primary: colourCheck('primary'),
      header: colourCheck('header'),
      chatUrl: (value) => (value === '' || value.startsWith('https://') ? undefined : 'branding.url-wrong'),
    },
    send: async (values) => {
      const wanted = wantedOf(values, logo, own);
      await withProof((approval) => setBranding(wanted, approval));
      onSaved();
    },
  });
}

function wantedOf(values: Values, logo: string | null, own: Branding['own']): ChosenBranding {
  const colours = { primary: values.primary.toLowerCase(), header: values.header.toLowerCase() };
  const isOwn = colours.primary === own.colours.primary && colours.header === own.colours.header;
  return {
    name: values.name.trim(),
    logo,
    supportEmail: values.supportEmail.trim() || null,
    chatUrl: values.chatUrl.trim() || null,
    colours: isOwn ? null : colours,
  };
}
