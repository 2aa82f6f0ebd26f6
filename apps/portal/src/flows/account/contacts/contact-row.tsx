import { Badge, buttonClass } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AccountView } from '../../../api/contract.ts';
import { ChangeableAt } from './changeable-at.tsx';

/** The e-mail address, or the number: whether it is confirmed, and how to confirm or change it. */
export function ContactRow({
  account,
  kind,
}: {
  account: AccountView;
  kind: 'email' | 'phone';
}): ReactElement {
  const { t } = useTranslation('contacts');
  const contact = account.contacts.find((one) => one.kind === kind);
  return (
    <div>
      <dt>{t(`contacts.${kind}`)}</dt>
      <dd className="row">
        <span>{contact?.address ?? t('contacts.none')}</span>
        {contact?.verified && (
          <Badge tone="success" icon="check">
            {t('contacts.verified')}
          </Badge>
        )}
        {contact && !contact.verified && (
          <Link className={buttonClass('secondary', { small: true })} to={`/account/verify-${kind}`}>
            {t('contacts.verify')}
            <span className="visually-hidden"> {t(`contacts.${kind}`)}</span>
          </Link>
        )}
        {!contact?.lockedUntil && (
          <Link className={buttonClass('quiet', { small: true })} to={`/account/change-${kind}`}>
            {contact ? t('contacts.change') : t('contacts.add')}
            <span className="visually-hidden"> {t(`contacts.${kind}`)}</span>
          </Link>
        )}
      </dd>
    </div>
  );
}

/** Below the facts: when a contact that was changed can be changed again. */
export function LockedContacts({ account }: { account: AccountView }): ReactElement {
  return (
    <>
      {account.contacts.map(
        ({ kind, lockedUntil }) => lockedUntil && <ChangeableAt key={kind} kind={kind} iso={lockedUntil} />,
      )}
    </>
  );
}
