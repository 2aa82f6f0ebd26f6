import { type ReactElement, useLayoutEffect, useMemo, useState } from 'react';
import { Button, ComboBox, Input, Label } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ComboList, selectAll } from './combo-list.tsx';
import { type Country, listCountries, matchesCountry } from './countries.ts';
import { Icon } from './icon.tsx';
import { suitReactAria } from './suit-react-aria.ts';

interface CountryPickerProps {
  value: string;
  onChange: (country: Country) => void;
}

/** Finds a country by its name in any of our languages, by its prefix or by its code. */
export function CountryPicker({ value, onChange }: CountryPickerProps): ReactElement {
  const { t, i18n } = useTranslation('ui');
  // Before its own effects run.
  useLayoutEffect(suitReactAria, []);
  const countries = useMemo(() => listCountries(i18n.language), [i18n.language]);
  const chosen = countries.find((country) => country.code === value);
  const [typed, setTyped] = useState<string>();
  const shown = useMemo(() => {
    const found = typed === undefined ? countries : countries.filter((one) => matchesCountry(one, typed));
    return found.map(({ code, name, prefix }) => ({ id: code, text: name, detail: prefix }));
  }, [countries, typed]);

  const choose = (code: unknown): void => {
    const country = countries.find((candidate) => candidate.code === code);
    setTyped(undefined);
    if (country) onChange(country);
  };

  return (
    <ComboBox
      className="combo"
      items={shown}
      inputValue={typed ?? describe(chosen)}
      selectedKey={value}
      allowsEmptyCollection
      menuTrigger="focus"
      onInputChange={(text) => setTyped(text === describe(chosen) ? undefined : text)}
      onSelectionChange={choose}
      // Not when the list closes, which can be in the middle of a word.
      onBlur={(event) => event.nativeEvent.isTrusted && setTyped(undefined)}
    >
      <Label className="field-label">{t('ui.country')}</Label>
      <div className="combo-box">
        <Input className="input" autoComplete="off" onFocus={selectAll} />
        <Button className="input-button" aria-label={t('ui.show-countries')}>
          <Icon name="chevron-down" />
        </Button>
      </div>
      <ComboList empty={t('ui.no-country')} />
    </ComboBox>
  );
}

function describe(country: Country | undefined): string {
  return country ? `${country.name} (${country.prefix})` : '';
}
