import { Badge, buttonClass, Notice } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { AccountView, ResidenceView } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { useResidence } from '../residence/use-residence.ts';
import { useOwnAccount } from '../use-own-account.ts';

/** How the holder is reached: each with its way to change it. */
export function ContactsPage(): ReactElement {
  const { t } = useTranslation('selfcare-contacts');
  const account = useOwnAccount();
  const residence = useResidence();
  const saved = useLocation().state === 'residence-saved';
  return (
    <Page title={t('selfcare-contacts.title')} lead={t('selfcare-contacts.lead')}>
      {saved && (
        <Notice tone="success" live>
          {t('selfcare-contacts.residence-saved')}
        </Notice>
      )}
      <Loaded query={account}>{(data) => <Reached account={data} />}</Loaded>
      <Loaded query={residence}>{(known) => <ResidenceCard residence={known} />}</Loaded>
    </Page>
  );
}

function Reached({ account }: { account: AccountView }): ReactElement {
  const { t } = useTranslation('selfcare-contacts');
  const { email, emailVerified, phone, phoneVerified } = account;
  return (
    <>
      <ContactCard
        title={t('selfcare-contacts.email')}
        action={<Change to="/account/change-email" what={t('selfcare-contacts.email')} isThere />}
      >
        <Address verified={emailVerified}>{email}</Address>
      </ContactCard>
      <ContactCard
        title={t('selfcare-contacts.phone')}
        action={phone && <Change to="/account/change-phone" what={t('selfcare-contacts.phone')} isThere />}
      >
        {phone ? (
          <Address verified={phoneVerified}>{phone}</Address>
        ) : (
          <p className="muted">{t('selfcare-contacts.no-phone')}</p>
        )}
      </ContactCard>
    </>
  );
}

function ResidenceCard({ residence }: { residence: ResidenceView | null }): ReactElement {
  const { t, i18n } = useTranslation('selfcare-contacts');
  const what = t('selfcare-contacts.residence');
  const edit = <Change to="/selfcare/contacts/residence" what={what} isThere={residence !== null} />;
  return (
    <ContactCard title={t('selfcare-contacts.residence')} action={edit}>
      {residence ? (
        <address>{linesOf(residence, i18n.language).join('\n')}</address>
      ) : (
        <p className="muted">{t('selfcare-contacts.no-residence')}</p>
      )}
    </ContactCard>
  );
}

/** The way to change a contact, or to add it. */
function Change({ to, what, isThere }: { to: string; what: string; isThere: boolean }): ReactElement {
  const { t } = useTranslation('selfcare-contacts');
  return (
    <Link className={buttonClass('secondary', { small: true })} to={to}>
      {isThere ? t('selfcare-contacts.edit') : t('selfcare-contacts.add')}
      <span className="visually-hidden"> {what}</span>
    </Link>
  );
}

/** As it is written on a letter. */
function linesOf(residence: ResidenceView, language: string): string[] {
  const { country, street, postalCode, municipality, province } = residence;
  const nation = new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
  const town = province ? `${municipality} ${province}` : municipality;
  return [street, `${postalCode} ${town}`, nation];
}

function ContactCard(props: { title: string; action?: ReactNode; children: ReactNode }): ReactElement {
  return (
    <section className="card">
      <div className="card-head">
        <h2>{props.title}</h2>
        {props.action}
      </div>
      {props.children}
    </section>
  );
}

function Address({ verified, children }: { verified: boolean; children: string }): ReactElement {
  const { t } = useTranslation('selfcare-contacts');
  return (
    <p className="row">
      <strong>{children}</strong>
      {verified ? (
        <Badge tone="success" icon="check">
          {t('selfcare-contacts.verified')}
        </Badge>
      ) : (
        <Badge>{t('selfcare-contacts.not-verified')}</Badge>
      )}
    </p>
  );
}
