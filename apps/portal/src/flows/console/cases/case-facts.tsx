import { Day } from '@sigillo/ui';
import type { TFunction } from 'i18next';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** What a case says of one subject, each with its name; days and codes in the reader's words. */
export function CaseFacts({ title, facts }: { title: string; facts: [string, string][] }): ReactElement {
  const { t, i18n } = useTranslation(['cases', 'selfcare-data']);
  return (
    <section className="card">
      <h2>{title}</h2>
      <dl className="facts">
        {facts
          .filter(([name]) => name !== 'identity')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{t(`cases.fact-${name.toLowerCase()}`, { defaultValue: name })}</dt>
              <dd>{valueWords(t, i18n.language, name, value)}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function valueWords(t: TFunction, language: string, name: string, value: string): ReactNode {
  if (DAY.test(value)) return <Day iso={value} />;
  switch (name) {
    case 'cause':
    case 'status':
    case 'receivedBy':
      return t(`cases.value-${value}`, { defaultValue: value });
    case 'type':
      return documentName(t, value);
    case 'issuer':
      return spaced(value);
    case 'gender':
      return t(`selfcare-data.gender-${value.toLowerCase()}`, { defaultValue: value });
    case 'fiscalNumber':
    case 'companyFiscalNumber':
    case 'ivaCode':
      return value.slice(value.indexOf('-') + 1);
    case 'domicileNation':
      return new Intl.DisplayNames([language], { type: 'region' }).of(value) ?? value;
    case 'idCard':
      return <DocumentWords idCard={value} />;
    default:
      return value;
  }
}

const documentName = (t: TFunction, type: string): string =>
  t(`selfcare-data.document-${type.toLowerCase()}`, { defaultValue: type });

/** `ComuneRoma`, as the table of attributes wants it, is two words for a reader. */
const spaced = (issuer: string): string => issuer.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');

/** Type, number, issuer, when it was issued, when it expires: one line of an attribute, in words. */
function DocumentWords({ idCard }: { idCard: string }): ReactElement {
  const { t } = useTranslation(['cases', 'selfcare-data']);
  const [type = '', number = '', issuer = '', issuedOn = '', expiresOn = ''] = idCard.split(' ');
  if (!DAY.test(issuedOn) || !DAY.test(expiresOn)) return <>{idCard}</>;
  return (
    <>
      {`${documentName(t, type)} ${number}, ${spaced(issuer)}`}
      <br />
      <Day iso={issuedOn} /> – <Day iso={expiresOn} />
    </>
  );
}
