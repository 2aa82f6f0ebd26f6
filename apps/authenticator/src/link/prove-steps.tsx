import { Button, Icon, Notice } from '@sigillo/ui';
import { type ReactElement, useEffect, useEffectEvent, useState } from 'react';
import { DeviceProblem } from '../linked/device-problem.ts';
import { type LinkCeremony, type LinkOption, readLink, sendLinkCode } from './link-calls.ts';
import { LinkScreen } from './link-screen.tsx';
import { optionWords } from './option-words.ts';
import { ProblemNotice } from './problem-notice.tsx';
import { codeOptions, nextProof, optionKey } from './proof-options.ts';
import { TypeProof } from './type-proof.tsx';
import type { Link } from './use-link.ts';
import { useLinkTexts } from './use-link-texts.ts';
import { useTask } from './use-task.ts';

const ICONS: Record<string, 'message' | 'mail' | 'phone' | 'key'> = {
  'sms-code': 'message',
  'email-code': 'mail',
  totp: 'phone',
  'app-code': 'phone',
};

/** The second factor, whatever the account has that can be typed here: choose, send, type. */
export function ProveSteps({ link }: { link: Link }): ReactElement | null {
  const { draft } = link;
  const [ceremony, setCeremony] = useState<LinkCeremony>();
  const { run, ...task } = useTask();
  const follow = async (next: LinkCeremony): Promise<void> => {
    setCeremony(next);
    if (next.state === 'satisfied') await link.update({ step: 'name', chosen: null });
  };
  const read = useEffectEvent(() =>
    run(async () => {
      try {
        await follow(await readLink(draft, draft.code ?? ''));
      } catch (error) {
        if (!isOver(error)) throw error;
        await link.restart();
      }
    }),
  );
  useEffect(() => void read(), []);

  if (task.problem && !ceremony) return <Unread link={link} task={task} onAgain={read} />;
  if (!ceremony || ceremony.state === 'satisfied') return null;
  const proof = nextProof(ceremony, draft.chosen);
  const choose = (chosen: string | null) => link.update({ chosen });
  if (!proof) return <ChooseProof link={link} ceremony={ceremony} onChoose={choose} />;
  const onAnother = codeOptions(ceremony).length > 1 ? () => choose(null) : undefined;
  const send = async (): Promise<void> => {
    const challenge = await sendLinkCode(draft, ceremony.id, proof.option);
    setCeremony({ ...ceremony, challenge });
  };
  const key = optionKey(proof.option);
  if (proof.isSent) {
    return (
      <TypeProof
        key={key}
        {...{ link, ceremony, onAnother }}
        option={proof.option}
        onSend={send}
        onProven={follow}
      />
    );
  }
  return <SendProof key={key} link={link} option={proof.option} onSend={send} onAnother={onAnother} />;
}

const isOver = (error: unknown): boolean => error instanceof DeviceProblem && error.slug === 'ceremony-gone';

function Unread({
  link,
  task,
  onAgain,
}: {
  link: Link;
  task: Parameters<typeof ProblemNotice>[0] & { isBusy: boolean };
  onAgain: () => void;
}): ReactElement {
  const { t } = useLinkTexts();
  return (
    <LinkScreen
      draft={link.draft}
      title={t('linked.link-title')}
      onBack={() => link.restart()}
      actions={
        <Button look="primary" wide busy={task.isBusy} onClick={onAgain}>
          {t('problems.try-again')}
        </Button>
      }
    >
      <ProblemNotice {...task} />
    </LinkScreen>
  );
}

interface ChooseProofProps {
  link: Link;
  ceremony: LinkCeremony;
  onChoose: (key: string) => void;
}

function ChooseProof({ link, ceremony, onChoose }: ChooseProofProps): ReactElement {
  const { t } = useLinkTexts();
  const options = codeOptions(ceremony);
  const nothing = ceremony.renewal ? t('linked.password-over') : t('linked.nothing-to-prove');
  return (
    <LinkScreen
      draft={link.draft}
      title={ceremony.renewal ? t('linked.link-title') : t('ceremony.choose-title-sign-in')}
      lead={options.length > 0 ? t('ceremony.choose') : undefined}
      onBack={() => link.restart()}
    >
      {options.length === 0 && <Notice tone="warning">{nothing}</Notice>}
      <ul className="choices">
        {options.map((option) => (
          <li key={optionKey(option)}>
            <button type="button" className="choice" onClick={() => onChoose(optionKey(option))}>
              <span className="choice-icon">
                <Icon name={ICONS[option.method] ?? 'key'} />
              </span>
              <span>
                <span className="choice-title">{t(`ceremony.method-${option.method}`)}</span>
                <span className="choice-text">{optionWords(t, 'method', option, '-text')}</span>
              </span>
              <span className="choice-arrow">
                <Icon name="chevron-right" small />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </LinkScreen>
  );
}

interface SendProofProps {
  link: Link;
  option: LinkOption;
  onSend: () => Promise<void>;
  onAnother: (() => void) | undefined;
}

/** Asks before a code is sent: nobody is surprised by a message. */
function SendProof({ link, option, onSend, onAnother }: SendProofProps): ReactElement {
  const { t } = useLinkTexts();
  const { run, ...task } = useTask();
  return (
    <LinkScreen
      draft={link.draft}
      title={t(`ceremony.send-title-${option.method}`)}
      lead={optionWords(t, 'send', option)}
      onBack={() => link.restart()}
      actions={
        <>
          <Button look="primary" wide busy={task.isBusy} onClick={() => run(onSend)}>
            {t('ceremony.send')}
          </Button>
          {onAnother && (
            <Button look="quiet" wide onClick={onAnother}>
              {t('ceremony.another-way')}
            </Button>
          )}
        </>
      }
    >
      <ProblemNotice {...task} />
    </LinkScreen>
  );
}
