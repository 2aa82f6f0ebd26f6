import { Badge, Button, When } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccessEntry } from '../../../api/contract.ts';
import { kindWords, methodWords, placeWords, useServiceName } from './access-words.ts';

/** One access: when, what and where, how it ended, by what, from where. */
export function AccessRow({
  access,
  onNotMine,
}: {
  access: AccessEntry;
  onNotMine: () => void;
}): ReactElement {
  const { t, i18n } = useTranslation(['history', 'ceremony']);
  const nameOf = useServiceName();
  const service = nameOf(access.service);
  const { browser, system, level, outcome } = access;
  return (
    <tr>
      <td className="access-when">
        <When iso={access.at} />
      </td>
      <td className="access-what">
        <strong>{service}</strong>
        <span className="access-detail">{kindWords(t, access)}</span>
      </td>
      <td className="access-outcome">
        <Outcome outcome={outcome} />
      </td>
      <td>
        {methodWords(t, access)}
        {level !== null && <span className="access-detail">{t('history.level', { level })}</span>}
      </td>
      <td>
        {placeWords(t, access, i18n.language)}
        <span className="access-detail">{t('history.on', { browser, system })}</span>
      </td>
      <td className="access-action">
        <Button
          look="danger-quiet"
          small
          aria-label={t('history.not-me-named', { what: service, when: access.at })}
          onClick={onNotMine}
        >
          {t('history.not-me')}
        </Button>
      </td>
    </tr>
  );
}

/** An icon and a word. */
function Outcome({ outcome }: Pick<AccessEntry, 'outcome'>): ReactElement {
  const { t } = useTranslation('history');
  return outcome === 'success' ? (
    <Badge tone="success" icon="check">
      {t('history.outcome-success')}
    </Badge>
  ) : (
    <Badge tone="warning" icon="warning">
      {t('history.outcome-failure')}
    </Badge>
  );
}
