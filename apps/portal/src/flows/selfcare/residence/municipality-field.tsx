import { Waiting } from '@sigillo/ui';
import { lazy, type ReactElement, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlacesView } from '../../../api/contract.ts';
import type { FieldBinding } from '../../../forms/use-form.ts';
import { findMunicipalities, municipalitiesOf, municipalityNamed } from './find-municipalities.ts';

const ComboField = lazy(async () => ({ default: (await import('@sigillo/ui/pickers')).ComboField }));

interface MunicipalityFieldProps {
  field: FieldBinding;
  places: PlacesView;
  /** A municipality was typed; with its province where there is no doubt. */
  onChange: (municipality: string, province?: string) => void;
}

/** A municipality of Italy, found by typing; one that is new, or named otherwise, is typed whole. */
export function MunicipalityField({ field, places, onChange }: MunicipalityFieldProps): ReactElement {
  const { t } = useTranslation('residence');
  const all = useMemo(() => municipalitiesOf(places), [places]);
  const items = useMemo(() => findMunicipalities(all, field.value), [all, field.value]);
  return (
    <Suspense fallback={<Waiting>{t('ui.loading')}</Waiting>}>
      <ComboField
        {...field}
        label={t('residence.municipality')}
        hint={t('residence.municipality-hint')}
        items={items}
        empty={t('residence.no-municipality')}
        onType={(text) => onChange(text, municipalityNamed(all, text)?.detail)}
        onChoose={({ text, detail }) => onChange(text, detail)}
      />
    </Suspense>
  );
}
