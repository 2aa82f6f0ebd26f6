import { Day } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdentityView } from '../../../api/contract.ts';
import { StateBadge } from '../identity-state.tsx';

type Attributes = IdentityView['attributes'];

/** Everything of one identity that only a new verification changes. */
export function IdentityData({ identity }: { identity: IdentityView }): ReactElement {
  const { t } = useTranslation('selfcare-data');
  const { attributes, spidCode, state, issuedOn, expiresOn } = identity;
  return (
    <>
      <FactsCard title={t('selfcare-data.identity')} badge={<StateBadge state={state} />}>
        <Fact name="type">{t(`selfcare-data.type-${identity.type}`)}</Fact>
        <Fact name="spid-code">{spidCode}</Fact>
        <Fact name="issued-on">{issuedOn && <Day iso={issuedOn} />}</Fact>
        <Fact name="expires-on">{expiresOn && <Day iso={expiresOn} />}</Fact>
      </FactsCard>
      {attributes.familyName && <PersonCard attributes={attributes} birthPlace={identity.birthPlace} />}
      {attributes.companyName && <CompanyCard attributes={attributes} />}
      <DocumentCard identity={identity} />
    </>
  );
}

interface PersonCardProps {
  attributes: Attributes;
  /** In words. */
  birthPlace: string | null;
}

function PersonCard({ attributes, birthPlace }: PersonCardProps): ReactElement {
  const { t } = useTranslation('selfcare-data');
  const { name, familyName, gender, dateOfBirth, countyOfBirth, fiscalNumber } = attributes;
  const county = countyOfBirth && countyOfBirth !== 'EE' ? ` (${countyOfBirth})` : '';
  return (
    <FactsCard title={t('selfcare-data.person')}>
      <Fact name="name">{name}</Fact>
      <Fact name="family-name">{familyName}</Fact>
      <Fact name="gender">{gender && t(`selfcare-data.gender-${gender.toLowerCase()}`)}</Fact>
      <Fact name="date-of-birth">{dateOfBirth && <Day iso={dateOfBirth} />}</Fact>
      <Fact name="place-of-birth">{birthPlace && `${birthPlace}${county}`}</Fact>
      <Fact name="fiscal-number">{withoutTag(fiscalNumber)}</Fact>
    </FactsCard>
  );
}

function CompanyCard({ attributes }: { attributes: Attributes }): ReactElement {
  const { t } = useTranslation('selfcare-data');
  const { companyName, companyFiscalNumber, ivaCode, registeredOffice } = attributes;
  return (
    <FactsCard title={t('selfcare-data.company')}>
      <Fact name="company-name">{companyName}</Fact>
      <Fact name="company-fiscal-number">{withoutTag(companyFiscalNumber)}</Fact>
      <Fact name="vat-number">{withoutTag(ivaCode)}</Fact>
      <Fact name="registered-office">{registeredOffice}</Fact>
    </FactsCard>
  );
}

/** The document that proved who the holder is. */
function DocumentCard({ identity }: { identity: IdentityView }): ReactElement | null {
  const { t } = useTranslation('selfcare-data');
  const { document, documentExpiresOn } = identity;
  if (!document) return null;
  return (
    <FactsCard title={t('selfcare-data.document')}>
      <Fact name="document-type">{t(`selfcare-data.document-${document.type.toLowerCase()}`)}</Fact>
      <Fact name="document-number">{document.number}</Fact>
      <Fact name="document-issuer">{document.issuer}</Fact>
      <Fact name="issued-on">
        <Day iso={document.issuedOn} />
      </Fact>
      <Fact name="expires-on">
        <Day iso={documentExpiresOn ?? document.expiresOn} />
      </Fact>
    </FactsCard>
  );
}

function FactsCard(props: { title: string; badge?: ReactNode; children: ReactNode }): ReactElement {
  return (
    <section className="card">
      <div className="card-head">
        <h2>{props.title}</h2>
        {props.badge}
      </div>
      <dl className="facts">{props.children}</dl>
    </section>
  );
}

/** One line, left out where nothing is known. */
function Fact({ name, children }: { name: string; children: ReactNode }): ReactElement | null {
  const { t } = useTranslation('selfcare-data');
  if (!children) return null;
  return (
    <div>
      <dt>{t(`selfcare-data.${name}`)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Codes carry whose they are before a dash: `TINIT-RSSMRA85T10A562S`. */
function withoutTag(code: string | undefined): string | undefined {
  return code?.replace(/^[A-Z]+-/, '');
}
