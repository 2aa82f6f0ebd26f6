import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelyingPartyView } from '../api/contract.ts';
import { useLocalName } from './use-local-name.ts';

/** Who is asking: "You are signing in to Claims portal". */
export function Asker({ relyingParty }: { relyingParty: RelyingPartyView | null }): ReactElement | null {
  const { t } = useTranslation('shell');
  const localName = useLocalName();
  if (!relyingParty) return null;
  const { logoUrl } = relyingParty;
  const name = localName(relyingParty.name);
  return (
    <p className="asker">
      {logoUrl && isOurs(logoUrl) ? (
        <img className="asker-logo" src={logoUrl} alt="" width="44" height="44" />
      ) : (
        <span className="asker-logo" aria-hidden="true">
          {name.charAt(0)}
        </span>
      )}
      <span>
        {t('shell.signing-in-to')} <strong>{name}</strong>
      </span>
    </p>
  );
}

/** Pages ask no other origin for anything: a logo elsewhere is not shown. */
function isOurs(url: string): boolean {
  return new URL(url, location.href).origin === location.origin;
}
