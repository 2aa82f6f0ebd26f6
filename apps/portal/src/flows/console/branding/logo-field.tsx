import { Button, buttonClass, Icon } from '@sigillo/ui';
import { type ChangeEvent, type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { logoSource } from './logo-source.ts';

const MOST_BYTES = 64 * 1024;

interface LogoFieldProps {
  /** A PNG in base64; null for the installation's own. */
  logo: string | null;
  own: string | null;
  onChange: (logo: string | null) => void;
}

/** A small PNG, read here and kept with the rest; the server looks at it again. */
export function LogoField({ logo, own, onChange }: LogoFieldProps): ReactElement {
  const { t } = useTranslation('branding');
  const id = useId();
  const [isWrong, setWrong] = useState(false);
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = target.files ?? [];
    if (!file) return;
    const isGood = file.type === 'image/png' && file.size <= MOST_BYTES;
    setWrong(!isGood);
    if (isGood) onChange(base64Of(new Uint8Array(await file.arrayBuffer())));
    target.value = '';
  };
  return (
    <div className="field">
      <span className="field-label">{t('branding.logo')}</span>
      <div className="row">
        <img
          className="logo-shown"
          src={logoSource(logo, own)}
          alt={t(logo === null ? 'branding.logo-own' : 'branding.logo-chosen')}
        />
        <label className={buttonClass('secondary', { small: true })} htmlFor={id}>
          <Icon name="upload" />
          <span>{t('branding.logo-choose')}</span>
          <input
            id={id}
            className="visually-hidden"
            type="file"
            aria-label={t('branding.logo-choose')}
            accept="image/png"
            onChange={(event) => void choose(event)}
          />
        </label>
        {logo !== null && (
          <Button small look="quiet" onClick={() => onChange(null)}>
            {t('branding.logo-remove')}
          </Button>
        )}
      </div>
      {isWrong && (
        <p className="field-error" role="alert">
          <Icon name="warning" />
          <span>{t('branding.logo-wrong')}</span>
        </p>
      )}
      <p className="field-hint">{t('branding.logo-hint')}</p>
    </div>
  );
}

const base64Of = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
