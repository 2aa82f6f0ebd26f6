import { bestLanguage, LanguageSwitch, PageShell, ThemeSwitch, Waiting } from '@sigillo/ui';
import { type ReactElement, type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { ConsoleMenu } from './console-menu.tsx';
import { CONSOLE, useConsoleSession } from './console-session.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { askedLanguage } from './language-choice.ts';
import { changeLanguage, useBrand, useSession } from './session.ts';
import { SessionWarning } from './session-warning.tsx';
import { showLanguage, shownLanguage } from './texts.ts';
import { UserMenu } from './user-menu.tsx';

type FrameKind = 'task' | 'reading' | 'wide';

/** The pages of holders: header, footer and what every page has in common; the page itself comes in the middle. */
export function Frame({ kind }: { kind: FrameKind }): ReactElement {
  const session = useSession().data;
  useAccountLanguage(session?.account?.language);
  return (
    <Shell
      kind={kind}
      home="/"
      menu={session?.account && <UserMenu account={session.account} />}
      warning={session?.signedIn && <SessionWarning expiresAt={session.expiresAt} />}
    />
  );
}

/** The pages of operators, who are somebody else than whoever is signed in as a holder here. */
export function ConsoleFrame({ kind }: { kind: FrameKind }): ReactElement {
  const session = useConsoleSession().data;
  useAccountLanguage(session?.language ?? undefined);
  return (
    <Shell
      kind={kind}
      home="/console"
      menu={session?.operator && <ConsoleMenu operator={session.operator} />}
      warning={session?.signedIn && <SessionWarning expiresAt={session.expiresAt} of={CONSOLE} />}
    />
  );
}

interface ShellProps {
  kind: FrameKind;
  /** Where the installation's name leads. */
  home: string;
  menu: ReactNode;
  warning: ReactNode;
}

function Shell({ kind, home, menu, warning }: ShellProps): ReactElement {
  const { t } = useTranslation('shell');
  const { pathname } = useLocation();
  return (
    <PageShell
      kind={kind}
      brand={<BrandLink to={home} />}
      tools={
        <>
          <ThemeSwitch />
          <LanguageSwitch current={shownLanguage()} onChange={changeLanguage} />
          {menu}
        </>
      }
      footer={<FooterLinks />}
    >
      <ErrorBoundary place={pathname}>
        <Suspense fallback={<Waiting>{t('shell.loading')}</Waiting>}>
          <Outlet />
        </Suspense>
      </ErrorBoundary>
      {warning}
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

function BrandLink({ to }: { to: string }): ReactElement {
  const brand = useBrand();
  return (
    <Link className="brand" to={to}>
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
