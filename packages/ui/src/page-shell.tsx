import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface PageShellProps {
  /** Name and logo, as a link to the start of the portal. */
  brand: ReactNode;
  /** Right end of the header: language, theme, the signed-in name. */
  tools: ReactNode;
  /** Links of the footer, each inside a list item. */
  footer: ReactNode;
  /** `task`: one card in the middle; `reading`: a column of text; `wide`: a portal with its own menu. */
  kind: 'task' | 'reading' | 'wide';
  children: ReactNode;
}

/** The anatomy of every page: slim header, content, footer. */
export function PageShell({ brand, tools, footer, kind, children }: PageShellProps): ReactElement {
  const { t } = useTranslation('ui');
  const className = kind === 'wide' ? 'shell-main' : `shell-main shell-main--${kind}`;
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        {t('ui.skip-to-content')}
      </a>
      <header className="shell-header">
        <div className="shell-header-inner">
          {brand}
          <div className="shell-header-tools">{tools}</div>
        </div>
      </header>
      <main className="shell-page" id="content" tabIndex={-1}>
        <div className={className}>{children}</div>
      </main>
      <footer className="shell-footer">
        <div className="shell-footer-inner">
          <ul className="shell-footer-links">{footer}</ul>
        </div>
      </footer>
    </div>
  );
}
