import { bestLanguage, LanguageSwitch, PageShell, ThemeSwitch, Waiting } from '@sigillo/ui';
import { type ReactElement, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { ErrorBoundary } from './error-boundary.tsx';
import { askedLanguage } from './language-choice.ts';
import { changeLanguage, useBrand, useSession } from './session.ts';
import { SessionWarning } from './session-warning.tsx';
import { showLanguage, shownLanguage } from './texts.ts';
import { UserMenu } from './user-menu.tsx';

/** Header, footer and what every page has in common; the page itself comes in the middle. */
export function Frame({ kind }: { kind: 'task' | 'reading' | 'wide' }): ReactElement {
  const { t } = useTranslation('shell');
  const { pathname } = useLocation();
  const session = useSession().data;
  useAccountLanguage(session?.account?.language);

  return (
    <PageShell
      kind={kind}
      brand={<BrandLink />}
      tools={
        <>
          <ThemeSwitch />
          <LanguageSwitch current={shownLanguage()} onChange={changeLanguage} />
          {session?.account && <UserMenu account={session.account} />}
        </>
      }
      footer={<FooterLinks />}
    >
      <ErrorBoundary place={pathname}>
        <Suspense fallback={<Waiting>{t('shell.loading')}</Waiting>}>
          <Outlet />
        </Suspense>
      </ErrorBoundary>
      {session?.signedIn && <SessionWarning expiresAt={session.expiresAt} />}
    </PageShell>
  );
}

/** After signing in the account's language counts, unless the relying party asked for one in this tab. */
function useAccountLanguage(language: string | undefined): void {
  useEffect(() => {
    if (language && !askedLanguage() && language !== shownLanguage())
      void showLanguage(bestLanguage([language]));
  }, [language]);
}

function BrandLink(): ReactElement {
  const brand = useBrand();
  return (
    <Link className="brand" to="/">
      {brand?.logoUrl && <img className="brand-logo" src={brand.logoUrl} alt="" width="32" height="32" />}
      <span>{brand?.name}</span>
    </Link>
  );
}

function FooterLinks(): ReactElement {
  const { t } = useTranslation('shell');
  return (
    <>
      <li>
        <Link to="/help">{t('shell.help')}</Link>
      </li>
      <li>
        <Link to="/accessibility">{t('shell.accessibility')}</Link>
      </li>
      <li>
        <Link to="/privacy">{t('shell.privacy')}</Link>
      </li>
    </>
  );
}
