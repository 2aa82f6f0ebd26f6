import { Icon, useHeadingFocus } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AnnouncementBar } from './announcements.tsx';

interface ScreenProps {
  title: string;
  lead?: ReactNode;
  /** Above the lead: the step of a wizard. */
  before?: ReactNode;
  /** Where the arrow leads. */
  back?: string;
  /** What the arrow does, where it leads to no other address. */
  onBack?: () => void;
  /** Right end of the bar. */
  tools?: ReactNode;
  /** At the bottom, within a thumb's reach. */
  actions?: ReactNode;
  children?: ReactNode;
}

/** One task on one screen: a bar with its title, the content, and what can be done at the bottom. */
export function Screen({
  title,
  lead,
  before,
  back,
  onBack,
  tools,
  actions,
  children,
}: ScreenProps): ReactElement {
  const { t } = useTranslation();
  const heading = useHeadingFocus();
  return (
    <main className="screen">
      <title>{title}</title>
      <div className="screen-bar">
        {back && (
          <Link className="bar-button" to={back} aria-label={t('authenticator.back')}>
            <Icon name="arrow-left" />
          </Link>
        )}
        {onBack && (
          <button className="bar-button" type="button" onClick={onBack} aria-label={t('authenticator.back')}>
            <Icon name="arrow-left" />
          </button>
        )}
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {tools}
      </div>
      <div className="screen-content">
        {before}
        {lead && <p className="lead">{lead}</p>}
        {children}
      </div>
      <div className="screen-foot">
        <AnnouncementBar />
        {actions && <div className="screen-actions">{actions}</div>}
      </div>
    </main>
  );
}
