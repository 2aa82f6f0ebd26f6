import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import { chooseTheme, currentTheme } from './theme-choice.ts';

/** Light or dark, remembered in this browser. */
export function ThemeSwitch(): ReactElement {
  const { t } = useTranslation('ui');
  const [theme, setTheme] = useState(currentTheme);
  // Systems change by themselves, at dusk for example.
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const follow = (): void => setTheme(currentTheme());
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, []);
  const other = theme === 'light' ? 'dark' : 'light';
  const label = other === 'dark' ? t('ui.use-dark') : t('ui.use-light');

  const toggle = (): void => {
    chooseTheme(other);
    setTheme(other);
  };
  return (
    <button type="button" className="header-button" aria-label={label} title={label} onClick={toggle}>
      <Icon name={other === 'dark' ? 'moon' : 'sun'} />
    </button>
  );
}
