import { Badge, Button, Icon, type IconName, Notice } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView, SetUpView } from '../../api/contract.ts';
import { useLocalName } from '../../app/use-local-name.ts';
import { useStage } from '../stage.tsx';
import { offer, type SetUpChoice } from './set-up-plan.ts';

interface ChooseFactorsProps {
  ceremony: CeremonyView;
  setUp: SetUpView;
  before: ReactNode;
  choice: SetUpChoice;
  onChoose: (choice: SetUpChoice) => void;
  onNext: () => void;
}

/** Authenticator app, passkey, SMS, or app and SMS. The one the relying party prefers stands first, the others a press away. */
export function ChooseFactors(props: ChooseFactorsProps): ReactElement {
  const { ceremony, setUp, choice, onChoose } = props;
  const { t } = useTranslation('set-up');
  const lead = useLead(ceremony, setUp.required);
  const Stage = useStage();
  const { first, more } = offer(setUp);
  const radio = (option: SetUpChoice): ReactElement => (
    <FactorRadio key={option} option={option} checked={option === choice} onChoose={onChoose} />
  );

  return (
    <Stage title={t('set-up.title')} lead={lead} before={props.before}>
      <fieldset className="choices">
        <legend className="visually-hidden">{t('set-up.legend')}</legend>
        {radio(first)}
        {more.length > 0 && (
          <details className="disclosure" open={choice !== first}>
            <summary>
              {t('set-up.more-options')}
              <Icon name="chevron-down" />
            </summary>
            <div className="disclosure-body">{more.map(radio)}</div>
          </details>
        )}
      </fieldset>
      {(choice === 'sms-code' || choice === 'both') && <Notice tone="warning">{t('set-up.sms-risk')}</Notice>}
      <div className="actions">
        <Button look="primary" wide onClick={props.onNext}>
          {t('set-up.continue')}
        </Button>
      </div>
    </Stage>
  );
}

/** Why a second factor, and who asks for it. */
function useLead({ relyingParty, purpose }: CeremonyView, required: boolean): string {
  const { t } = useTranslation('set-up');
  const localName = useLocalName();
  if (purpose === 'recover-second-factor') return t('set-up.lead-recover');
  return relyingParty && required
    ? t('set-up.lead-asked', { name: localName(relyingParty.name) })
    : t('set-up.lead');
}

const ICONS: Record<SetUpChoice, IconName> = {
  totp: 'phone',
  'sms-code': 'message',
  passkey: 'passkey',
  'hardware-token': 'key',
  both: 'shield',
};

interface FactorRadioProps {
  option: SetUpChoice;
  checked: boolean;
  onChoose: (choice: SetUpChoice) => void;
}

function FactorRadio({ option, checked, onChoose }: FactorRadioProps): ReactElement {
  const { t } = useTranslation('set-up');
  return (
    <label className="choice">
      <span className="choice-icon">
        <Icon name={ICONS[option]} />
      </span>
      <span>
        <span className="choice-title">
          {t(`set-up.choice-${option}`)}
          {option === 'totp' && <Badge tone="success">{t('set-up.recommended')}</Badge>}
        </span>
        <span className="choice-text">{t(`set-up.choice-${option}-text`)}</span>
      </span>
      <input
        type="radio"
        name="second-factor"
        value={option}
        checked={checked}
        onChange={() => onChoose(option)}
      />
    </label>
  );
}
