import { buttonClass, CopyButton, Day, Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { IdentityView } from '../../../api/contract.ts';
import { StateBadge, StateReasons } from '../identity-state.tsx';

/** Whose identity it is, its code, until when it is good, and whether it can be used. */
export function IdentityCard({ identity }: { identity: IdentityView }): ReactElement {
  const { t } = useTranslation('selfcare');
  const { spidCode, issuedOn, expiresOn, state } = identity;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{nameOf(identity)}</h2>
        <StateBadge state={state} />
      </div>
      <StateReasons identity={identity} />
      <dl className="facts">
        <div>
          <dt>{t('selfcare.spid-code')}</dt>
          <dd className="row">
            <span>{spidCode}</span>
            <CopyButton text={spidCode} label={t('selfcare.copy-spid-code')} />
          </dd>
        </div>
        {issuedOn && (
          <div>
            <dt>{t('selfcare.issued-on')}</dt>
            <dd>
              <Day iso={issuedOn} />
            </dd>
          </div>
        )}
        {expiresOn && (
          <div>
            <dt>{t('selfcare.expires-on')}</dt>
            <dd>
              <Day iso={expiresOn} />
            </dd>
          </div>
        )}
      </dl>
      <IdentityPapers identity={identity} />
    </section>
  );
}

/** The contract to keep, and the way to end it, of one that was issued and has not ended. */
function IdentityPapers({ identity: { id, state } }: { identity: IdentityView }): ReactElement | null {
  const { t } = useTranslation('selfcare');
  if (state === 'requested') return null;
  return (
    <div className="row">
      <a
        className={buttonClass('secondary', { small: true })}
        href={`/api/selfcare/identities/${encodeURIComponent(id)}/contract`}
        download
      >
        <Icon name="download" />
        <span>{t('selfcare.contract')}</span>
      </a>
      {state !== 'revoked' && (
        <Link className={buttonClass('quiet', { small: true })} to="/selfcare/revoke">
          {t('selfcare.revoke')}
        </Link>
      )}
    </div>
  );
}

/** Of the person, or of the company where no person is named. */
function nameOf({ attributes: { name, familyName, companyName }, spidCode }: IdentityView): string {
  const person = [name, familyName].filter(Boolean).join(' ');
  return person || companyName || spidCode;
}
