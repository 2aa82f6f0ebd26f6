import { Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView, MethodOption } from '../api/contract.ts';
import { methodIcon, methodName, methodText } from './method-words.ts';
import { optionKey } from './next-step.ts';
import { OtherWays } from './other-ways.tsx';
import { useStage } from './stage.tsx';

interface ChooseMethodProps {
  ceremony: CeremonyView;
  onChoose: (key: string) => void;
  onRecover: (() => void) | undefined;
}

/** The ways to confirm that the holder has, one press each. */
export function ChooseMethod({ ceremony, onChoose, onRecover }: ChooseMethodProps): ReactElement {
  const { t } = useTranslation('ceremony');
  const Stage = useStage();
  return (
    <Stage title={t(`ceremony.choose-title-${ceremony.purpose}`)} lead={leadOf(ceremony)}>
      <ul className="choices">
        {ceremony.options.map((option) => (
          <li key={optionKey(option)}>
            <MethodChoice option={option} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      <OtherWays many onRecover={onRecover} />
    </Stage>
  );

  function leadOf({ purpose, proven }: CeremonyView): string {
    if (purpose === 'approve-operation') return t('ceremony.choose-operation');
    if (purpose !== 'recover-second-factor') return t('ceremony.choose');
    return proven.length > 0 ? t('ceremony.choose-recover-more') : t('ceremony.choose-recover');
  }
}

function MethodChoice({
  option,
  onChoose,
}: {
  option: MethodOption;
  onChoose: (key: string) => void;
}): ReactElement {
  const { t } = useTranslation('ceremony');
  return (
    <button type="button" className="choice" onClick={() => onChoose(optionKey(option))}>
      <span className="choice-icon">
        <Icon name={methodIcon(option.method)} />
      </span>
      <span>
        <span className="choice-title">{methodName(t, option.method)}</span>
        <span className="choice-text">{methodText(t, option)}</span>
      </span>
      <span className="choice-arrow">
        <Icon name="chevron-right" small />
      </span>
    </button>
  );
}
