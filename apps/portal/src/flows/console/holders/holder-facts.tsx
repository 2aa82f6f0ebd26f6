import { Badge, Day, Icon, type IconName, When } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { methodIcon, methodName } from '../../../ceremony/method-words.ts';
import { channelIcon, stateTone } from '../deliveries/delivery-words.ts';
import type { HolderFileView } from './holders.api.ts';

interface CardProps {
  holder: HolderFileView;
}

/** By what the holder confirms sign-ins. */
export function FactorsCard({ holder }: CardProps): ReactElement {
  const { t } = useTranslation(['holders', 'ceremony']);
  return (
    <Items title={t('holders.factors')} none={t('holders.no-factors')}>
      {holder.factors.map(({ type, label, createdAt, lastUsedAt }) => (
        <Item key={type + createdAt} icon={methodIcon(type)} title={methodName(t, type)}>
          {label && <li>{label}</li>}
          <li>
            {t('holders.added')} <When iso={createdAt} />
          </li>
          {lastUsedAt && (
            <li>
              {t('holders.last-used')} <When iso={lastUsedAt} />
            </li>
          )}
        </Item>
      ))}
    </Items>
  );
}

/** Where the app is linked. */
export function DevicesCard({ holder }: CardProps): ReactElement {
  const { t } = useTranslation('holders');
  return (
    <Items title={t('holders.devices')} none={t('holders.no-devices')}>
      {holder.devices.map(({ name, state, createdAt, lastSeenAt }) => (
        <Item
          key={name + createdAt}
          icon="phone"
          title={name}
          badge={
            state === 'active' ? undefined : <Badge tone="warning">{t(`holders.device-${state}`)}</Badge>
          }
        >
          <li>
            {t('holders.added')} <When iso={createdAt} />
          </li>
          <li>
            {t('holders.last-seen')} <When iso={lastSeenAt} />
          </li>
        </Item>
      ))}
    </Items>
  );
}

/** Digital identities: their state and why they rest, without what they say of the person. */
export function IdentitiesCard({ holder }: CardProps): ReactElement {
  const { t } = useTranslation('holders');
  return (
    <Items title={t('holders.identities')} none={t('holders.no-identities')}>
      {holder.identities.map((one) => (
        <Item
          key={`${one.type} ${one.issuedOn} ${one.state}`}
          icon="user"
          title={t(`holders.identity-type-${one.type}`)}
          badge={
            <Badge tone={one.state === 'active' ? 'success' : 'warning'}>
              {t(`holders.identity-${one.state}`)}
            </Badge>
          }
        >
          {one.causes.map((cause) => (
            <li key={cause}>{t([`holders.cause-${cause}`, 'holders.cause-other'], { cause })}</li>
          ))}
          {one.expiresOn && (
            <li>
              {t('holders.expires-on')} <Day iso={one.expiresOn} />
            </li>
          )}
          {one.documentExpiresOn && (
            <li>
              {t('holders.document-expires-on')} <Day iso={one.documentExpiresOn} />
            </li>
          )}
        </Item>
      ))}
    </Items>
  );
}

/** What was sent to the holder lately and what became of it; never what it says. */
export function MessagesCard({ holder }: CardProps): ReactElement {
  const { t } = useTranslation(['holders', 'deliveries']);
  return (
    <Items title={t('holders.messages')} none={t('holders.no-messages')}>
      {holder.messages.map(({ id, channel, state, reason, createdAt }) => (
        <Item
          key={id}
          icon={channelIcon(channel)}
          title={t(`deliveries.channel-${channel}`)}
          badge={<Badge tone={stateTone(state)}>{t(`deliveries.state-${state}`)}</Badge>}
        >
          <li>
            <When iso={createdAt} />
          </li>
          {reason && <li>{reason}</li>}
        </Item>
      ))}
    </Items>
  );
}

interface ItemsProps {
  title: string;
  none: string;
  children: ReactElement[];
}

function Items({ title, none, children }: ItemsProps): ReactElement {
  return (
    <section className="card">
      <h2>{title}</h2>
      {children.length === 0 ? (
        <p className="muted">{none}</p>
      ) : (
        <ul className="items items--cards">{children}</ul>
      )}
    </section>
  );
}

interface ItemProps {
  icon: IconName;
  title: string;
  badge?: ReactNode;
  children: ReactNode;
}

function Item({ icon, title, badge, children }: ItemProps): ReactElement {
  return (
    <li className="item">
      <span className="choice-icon">
        <Icon name={icon} />
      </span>
      <div>
        <p className="item-title">
          {title} {badge}
        </p>
        <ul className="item-facts">{children}</ul>
      </div>
    </li>
  );
}
