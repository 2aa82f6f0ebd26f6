import { type FocusEvent, type ReactElement, useLayoutEffect, useMemo, useState } from 'react';
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
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
  const shown =
    typed === undefined ? countries : countries.filter((country) => matchesCountry(country, typed));

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
      <CountryList />
    </ComboBox>
  );
}

/**
 * So that typing begins anew. React Aria plays focus and blur when another entry of the list becomes the active one: then
 * somebody is in the middle of a word.
 */
function selectAll({ nativeEvent, currentTarget }: FocusEvent<HTMLInputElement>): void {
  if (nativeEvent.isTrusted) currentTarget.select();
}

/** What was found, inside the page's landmark rather than beside it. */
function CountryList(): ReactElement {
  const { t } = useTranslation('ui');
  const container = document.querySelector('main') ?? document.body;
  return (
    <Popover className="combo-list" UNSTABLE_portalContainer={container}>
      <ListBox<Country>
        ref={keepInPlace}
        renderEmptyState={() => <p className="combo-empty">{t('ui.no-country')}</p>}
      >
        {(country) => (
          <ListBoxItem id={country.code} className="combo-option" textValue={describe(country)}>
            <span>{country.name}</span>
            <span className="combo-prefix">{country.prefix}</span>
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}

/** React Aria brings the open list to the middle of the window, and then closes it because the page moved. */
function keepInPlace(list: HTMLDivElement | null): void {
  if (list) list.scrollIntoView = () => undefined;
}

function describe(country: Country | undefined): string {
  return country ? `${country.name} (${country.prefix})` : '';
}
