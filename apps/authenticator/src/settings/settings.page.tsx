import {
  bestLanguage,
  chooseTheme,
  chosenTheme,
  Icon,
  type IconName,
  nameOfLanguage,
  SelectField,
  type Theme,
} from '@sigillo/ui';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Screen } from '../app/screen.tsx';
import { chooseLanguage } from '../app/texts.ts';
import { useLinkedAccounts } from '../linked/use-linked-accounts.ts';
import { canUseBiometric } from '../unlock/passkey.ts';
import { InstallHint } from '../welcome/install-hint.tsx';

const LANGUAGES = (['it', 'en'] as const).map((value) => ({ value, label: nameOfLanguage(value) }));

/** Language, theme, copies, and what this app is. */
export default function SettingsPage(): ReactElement {
  const { t } = useTranslation();
  return (
    <Screen title={t('authenticator.settings')} back="/">
      <div className="form">
        <LanguageField />
        <ThemeField />
      </div>
      <UnlockLinks />
      <ul className="settings-links">
        <SettingsLink to="/export" icon="download" text={t('authenticator.export-title')} />
        <SettingsLink to="/import" icon="upload" text={t('authenticator.import-title')} />
        <SettingsLink to="/about" icon="info" text={t('authenticator.about-title')} />
      </ul>
      <InstallHint />
    </Screen>
  );
}

/** How the app is unlocked; nothing before an account is linked. */
function UnlockLinks(): ReactElement | null {
  const { t } = useTranslation();
  const ready = (useLinkedAccounts() ?? []).filter(({ state }) => state === 'ready');
  const [canBiometric, setCanBiometric] = useState(false);
  useEffect(() => void canUseBiometric().then(setCanBiometric), []);
  if (ready.length === 0) return null;
  const isBiometric = ready.some(({ seed }) => seed.by === 'prf');
  const isWhole = ready.every(({ seed }) => seed.by === 'prf');
  return (
    <ul className="settings-links">
      <SettingsLink
        to="/unlock-code"
        icon="lock"
        text={t(isBiometric ? 'linked.biometric-off-title' : 'linked.change-title')}
      />
      {canBiometric && !isWhole && (
        <SettingsLink to="/biometric" icon="passkey" text={t('linked.biometric-on')} />
      )}
    </ul>
  );
}

function LanguageField(): ReactElement {
  const { t, i18n } = useTranslation();
  return (
    <SelectField
      label={t('authenticator.language')}
      value={bestLanguage([i18n.language])}
      options={LANGUAGES}
      onChange={chooseLanguage}
    />
  );
}

function ThemeField(): ReactElement {
  const { t } = useTranslation();
  const [theme, setTheme] = useState<Theme | 'system'>(chosenTheme() ?? 'system');
  const options = (['system', 'light', 'dark'] as const).map((value) => ({
    value,
    label: t(`authenticator.theme-${value}`),
  }));
  return (
    <SelectField
      label={t('authenticator.theme')}
      value={theme}
      options={options}
      onChange={(chosen) => {
        chooseTheme(chosen === 'system' ? undefined : chosen);
        setTheme(chosen);
      }}
    />
  );
}

function SettingsLink({ to, icon, text }: { to: string; icon: IconName; text: string }): ReactElement {
  return (
    <li>
      <Link to={to}>
        <Icon name={icon} />
        <span>{text}</span>
        <Icon name="chevron-right" />
      </Link>
    </li>
  );
}
