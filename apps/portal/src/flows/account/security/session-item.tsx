import { Badge, Button, Icon, When } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionEntry } from '../../../api/contract.ts';
import { useLocalName } from '../../../app/use-local-name.ts';
import { kindIcon } from '../kind-icon.ts';
import { countryName } from '../place-name.ts';

/** One place where the account is signed in: with what, where, since when. */
export function SessionItem({ session, onEnd }: { session: SessionEntry; onEnd: () => void }): ReactElement {
  const { t } = useTranslation('security');
  const name = t('security.browser-on', { browser: session.browser, system: session.system });
  return (
    <li className="item">
      <span className="choice-icon">
        <Icon name={kindIcon(session.kind)} />
      </span>
      <div>
        <p className="item-title">
          {name}
          {session.current && (
            <Badge tone="success" icon="check">
              {t('security.this-device')}
            </Badge>
          )}
        </p>
        <SessionFacts session={session} />
      </div>
      <div className="item-actions">
        <Button look="danger-quiet" small aria-label={t('security.end-named', { name })} onClick={onEnd}>
          {t('security.end')}
        </Button>
      </div>
    </li>
  );
}

/** Where, when, for what. */
function SessionFacts({ session }: { session: SessionEntry }): ReactElement {
  const { t, i18n } = useTranslation('security');
  const localName = useLocalName();
  const portals = new Intl.ListFormat(i18n.language).format(session.relyingParties.map(localName));
  return (
    <>
      <ul className="item-facts">
        <li>{session.local ? t('security.this-network') : placeName(session, i18n.language)}</li>
        <li>
          {t('security.last-seen')} <When iso={session.lastSeenAt} />
        </li>
        <li>
          {t('security.since')} <When iso={session.createdAt} />
        </li>
      </ul>
      {portals && <p className="muted small">{t('security.portals', { portals })}</p>}
    </>
  );
}

/** "Italy (93.45.0.1)". */
function placeName({ country, address }: SessionEntry, language: string): string {
  const name = countryName(country, language);
  return name ? `${name} (${address})` : address;
}
