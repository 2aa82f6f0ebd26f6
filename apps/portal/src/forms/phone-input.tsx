import { type PhoneValue, Waiting } from '@sigillo/ui';
import { lazy, type ReactElement, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldBinding } from './use-form.ts';

const PhoneField = lazy(async () => ({ default: (await import('@sigillo/ui/pickers')).PhoneField }));

/** Values of a form that asks for a telephone number: `phone` is E.164, the others are what was typed. */
export type PhoneValues = { phone: string; phoneTyped: string; phoneCountry: string };

/** An empty number, in the country this browser is set to. */
export function emptyPhone(): PhoneValues {
  const region = new Intl.Locale(navigator.language).region;
  return { phone: '', phoneTyped: '', phoneCountry: region ?? 'IT' };
}

/** There is a number, and it is a possible one. */
export function possiblePhone(e164: string): string | undefined {
  return e164 === '' ? 'problems.rule-phone' : undefined;
}

interface PhoneInputProps {
  field: FieldBinding;
  values: PhoneValues;
  onChange: (changes: PhoneValues) => void;
  label: string;
  hint?: ReactNode;
  optional?: boolean;
}

/** Country and number, fetched when the form is shown. */
export function PhoneInput({ field, values, onChange, ...frame }: PhoneInputProps): ReactElement {
  const { t } = useTranslation('ui');
  const value: PhoneValue = {
    country: values.phoneCountry,
    typed: values.phoneTyped,
    e164: values.phone || undefined,
  };
  return (
    <Suspense fallback={<Waiting>{t('ui.loading')}</Waiting>}>
      <PhoneField
        {...frame}
        id={field.id}
        error={field.error}
        value={value}
        onChange={(phone) =>
          onChange({ phone: phone.e164 ?? '', phoneTyped: phone.typed, phoneCountry: phone.country })
        }
      />
    </Suspense>
  );
}
