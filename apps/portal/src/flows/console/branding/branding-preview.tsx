import type { BrandColours } from '@sigillo/ui';
import { type ChosenColours, coloursFrom } from '@sigillo/ui/brand-colours';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

interface BrandingPreviewProps {
  name: string;
  /** Of an image; undefined where there is no logo. */
  logo: string | undefined;
  colours: ChosenColours;
}

/** Of the theme: what is around the brand's colours. */
const SURFACES = {
  light: { page: '#f3f6fa', surface: '#ffffff', text: '#17293b' },
  dark: { page: '#0d1722', surface: '#142231', text: '#e9eff5' },
} as const;

/** What a page would look like, light and dark; nobody else sees it yet. */
export function BrandingPreview({ name, logo, colours }: BrandingPreviewProps): ReactElement {
  const { t } = useTranslation('branding');
  const made = coloursFrom(colours);
  return (
    <div className="stack stack--tight">
      <h2>{t('branding.preview')}</h2>
      <div className="brand-previews">
        {(['light', 'dark'] as const).map((theme) => (
          <Preview key={theme} theme={theme} colours={made[theme]} name={name} logo={logo} />
        ))}
      </div>
    </div>
  );
}

interface PreviewProps extends Omit<BrandingPreviewProps, 'colours'> {
  theme: 'light' | 'dark';
  colours: BrandColours;
}

function Preview({ theme, colours, name, logo }: PreviewProps): ReactElement {
  const { t } = useTranslation('branding');
  const { page, surface, text } = SURFACES[theme];
  return (
    <figure className="brand-preview" style={{ background: page, color: text }}>
      <div className="brand-preview-bar" style={{ background: colours.header, color: colours.onHeader }}>
        {logo && <img src={logo} alt="" width="24" height="24" />}
        <span>{name}</span>
      </div>
      <div className="brand-preview-card" style={{ background: surface }}>
        <span className="brand-preview-tint" style={{ background: colours.tint, color: colours.primary }}>
          {t('branding.preview-chosen')}
        </span>
        <span style={{ color: colours.primary }}>{t('branding.preview-link')}</span>
        <span
          className="brand-preview-button"
          style={{ background: colours.primary, color: colours.onPrimary }}
        >
          {t('branding.preview-button')}
        </span>
      </div>
      <figcaption>{t(`branding.preview-${theme}`)}</figcaption>
    </figure>
  );
}
