import { Button, Notice } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { toClient, valuesOf } from './client-values.ts';
import { type ClientView, editClient, type Rehearsal, type Rule } from './relying-parties.api.ts';

interface ApplyRuleProps {
  client: ClientView;
  rehearsal: Rehearsal;
  onApplied: () => Promise<void>;
}

/** Makes the rehearsed rule the one that counts: a change of the relying party like any other. */
export function ApplyRule({ client, rehearsal, onApplied }: ApplyRuleProps): ReactElement | null {
  const { t } = useTranslation('relying-parties');
  const withProof = useStepUp();
  const [isAsked, setAsked] = useState(false);
  const { rule, outcome } = rehearsal;
  if (client.isFixed) return <Notice tone="info">{t('relying-parties.fixed')}</Notice>;
  if (outcome?.kind !== 'done' || isSame(rule, client.policy)) return null;
  const { people, isSample } = outcome;
  const apply = async (): Promise<void> => {
    const { clientId, tokenEndpointAuthMethod: _, jwksUri: __, ...kept } = toClient(valuesOf(client));
    await withProof((approval) => editClient(clientId, { ...kept, policy: rule }, approval));
    await onApplied();
  };
  return (
    <>
      <div>
        <Button look="primary" onClick={() => setAsked(true)}>
          {t('relying-parties.apply')}
        </Button>
      </div>
      {isAsked && (
        <ConfirmDialog
          title={t('relying-parties.apply-title')}
          action={t('relying-parties.apply')}
          isHarmless={people.lockedOut === 0}
          onConfirm={apply}
          onClose={() => setAsked(false)}
        >
          <ul className="notice-list">
            <li>{t('relying-parties.apply-locked-out', { count: people.lockedOut })}</li>
            <li>{t('relying-parties.apply-asked-more', { count: people.askedMore })}</li>
            {isSample && <li>{t('relying-parties.apply-sample')}</li>}
            <li>{t('relying-parties.apply-recorded')}</li>
          </ul>
        </ConfirmDialog>
      )}
    </>
  );
}

function isSame(one: Rule, other: Rule): boolean {
  const textOf = ({ secondFactor, methods, registrationPhone, smsAlone }: Rule): string =>
    JSON.stringify([secondFactor, methods.toSorted(), registrationPhone, smsAlone]);
  return textOf(one) === textOf(other);
}
