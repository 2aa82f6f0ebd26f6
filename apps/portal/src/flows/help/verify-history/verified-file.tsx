import type { VerifiedExport } from '@sigillo/audit-proof';
import { Notice, readersLocale, When } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** What came out, in plain words. @param issuer of this installation */
export function VerifiedFile({
  verified,
  issuer,
}: {
  verified: VerifiedExport;
  issuer: string;
}): ReactElement {
  const { t } = useTranslation('verify-history');
  const { faults, broken, file } = verified;
  const isGood = faults.length === 0;
  return (
    <>
      <Notice
        tone={isGood ? 'success' : 'danger'}
        title={t(isGood ? 'verify-history.good' : 'verify-history.broken')}
        live
      >
        {isGood ? (
          t('verify-history.good-text')
        ) : (
          <ul className="notice-list">
            {faults.map((fault) => (
              <li key={fault}>{t(`verify-history.${fault}`, { count: broken.length })}</li>
            ))}
            {file && file.issuer !== issuer && (
              <li>{t('verify-history.elsewhere', { issuer: file.issuer })}</li>
            )}
          </ul>
        )}
      </Notice>
      {isGood && <Proven verified={verified} />}
      {file && <Facts verified={verified} file={file} />}
    </>
  );
}

/** How much of it stands where. */
function Proven({ verified }: { verified: VerifiedExport }): ReactElement {
  const { t } = useTranslation('verify-history');
  return (
    <ul className="notice-list">
      {(['proven', 'pending', 'unbound'] as const)
        .filter((part) => part === 'proven' || verified[part] > 0)
        .map((part) => (
          <li key={part}>{t(`verify-history.${part}`, { count: verified[part] })}</li>
        ))}
    </ul>
  );
}

/** What the file says of itself: true where it is genuine. */
function Facts({
  verified,
  file,
}: {
  verified: VerifiedExport;
  file: NonNullable<VerifiedExport['file']>;
}): ReactElement {
  const { t, i18n } = useTranslation('verify-history');
  const isFiltered = Object.values(file.filter ?? {}).some((one) => one !== null);
  return (
    <>
      <h2>{t('verify-history.facts')}</h2>
      <dl className="facts">
        <Fact name="issuer">{String(file.issuer)}</Fact>
        <Fact name="account">{String(file.account)}</Fact>
        <Fact name="made">
          {Number.isNaN(Date.parse(file.exportedAt)) ? '' : <When iso={file.exportedAt} />}
        </Fact>
        <Fact name="lines">{new Intl.NumberFormat(readersLocale(i18n.language)).format(verified.lines)}</Fact>
        <Fact name="filter">
          {t(isFiltered ? 'verify-history.filtered-yes' : 'verify-history.filtered-no')}
        </Fact>
      </dl>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactElement | string }): ReactElement {
  const { t } = useTranslation('verify-history');
  return (
    <div>
      <dt>{t(`verify-history.fact-${name}`)}</dt>
      <dd>{children}</dd>
    </div>
  );
}
