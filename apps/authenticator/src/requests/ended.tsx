import { buttonClass, Outcome } from '@sigillo/ui';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Screen } from '../app/screen.tsx';

interface EndedProps {
  picture: ComponentProps<typeof Outcome>;
  title: string;
  lead: string;
  /** Above the way home. */
  actions?: ReactNode;
  children?: ReactNode;
}

/** The last screen of a request: what came of it in one sentence, and what is next. */
export function Ended({ picture, title, lead, actions, children }: EndedProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Screen
      title={title}
      actions={
        <>
          {actions}
          <Link className={buttonClass(actions ? 'quiet' : 'primary', { wide: true })} to="/">
            {t('authenticator.to-home')}
          </Link>
        </>
      }
    >
      <div className="ended">
        <Outcome {...picture} />
        <p className="lead">{lead}</p>
      </div>
      {children}
    </Screen>
  );
}
