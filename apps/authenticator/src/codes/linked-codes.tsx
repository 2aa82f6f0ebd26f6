import type { Bytes, UnlockSecret } from '@sigillo/device-protocol';
import { hotp } from '@sigillo/otp';
import { Button, Icon } from '@sigillo/ui';
import { type ReactElement, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { seedOf } from '../linked/kept-seed.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { useLinkedAccounts, useLinkedStore } from '../linked/use-linked-accounts.ts';
import { passkeySecret } from '../unlock/passkey.ts';
import { shortMemory } from '../unlock/short-memory.ts';
import { UnlockSheet } from '../unlock/unlock-sheet.tsx';
import type { TryUnlock } from '../unlock/use-unlock-tries.ts';
import { CopyCode } from './copy-code.tsx';
import { Ring } from './ring.tsx';
import { secondsLeft, useUnixSecond } from './seconds.ts';

/** What the accounts' issuers make of a seed (RFC 6238): SHA-1, six digits, a new one every half minute. */
const STEP_SECONDS = 30;
const DIGITS = 6;

/** Seeds that the unlock secret has uncovered; of this tab. */
const seeds = shortMemory<Bytes>(document);

/** The codes of linked accounts. Their seeds are uncovered by the unlock secret alone, without any network. */
export function LinkedCodes(): ReactElement | null {
  const { t } = useTranslation();
  const linked = useLinkedAccounts()?.filter(({ state }) => state === 'ready') ?? [];
  const shown = useSyncExternalStore(seeds.onChange, seeds.ids);
  const [asked, setAsked] = useState<LinkedAccount[]>();
  if (linked.length === 0) return null;
  const covered = linked.filter(({ id }) => !shown.includes(id));
  const uncovered = linked.filter(({ id }) => shown.includes(id));
  return (
    <section className="stack" aria-labelledby="linked-codes">
      <h2 id="linked-codes">{t('linked.accounts')}</h2>
      {uncovered.length > 0 && (
        <ul className="code-list">
          {uncovered.map((account) => (
            <LinkedCode key={account.id} account={account} />
          ))}
        </ul>
      )}
      {groupsOf(covered).map((group) => (
        <Button key={group[0]?.id} wide icon="lock" onClick={() => setAsked(group)}>
          {t('linked.show-codes', { names: group.map(({ name }) => name).join(', ') })}
        </Button>
      ))}
      {uncovered.length > 0 && (
        <div className="stack stack--tight">
          <p className="muted">{t('linked.codes-hint')}</p>
          <Button small look="quiet" className="button--start" icon="lock" onClick={() => seeds.forget()}>
            {t('linked.hide-codes')}
          </Button>
        </div>
      )}
      {asked && <Uncover accounts={asked} onDone={() => setAsked(undefined)} />}
    </section>
  );
}

/** What one secret uncovers together: an account that kept an older code stands alone. */
function groupsOf(accounts: readonly LinkedAccount[]): LinkedAccount[][] {
  const groups = new Map<string, LinkedAccount[]>();
  for (const account of accounts) {
    const key = account.hasOldCode ? account.id : account.seed.by;
    groups.set(key, [...(groups.get(key) ?? []), account]);
  }
  return [...groups.values()];
}

/** Nothing here can tell a wrong code from the right one: it uncovers a seed all the same, and only its codes are refused. */
function Uncover({ accounts, onDone }: { accounts: LinkedAccount[]; onDone: () => void }): ReactElement {
  const { t } = useTranslation();
  const store = useLinkedStore();
  const attempt: TryUnlock<true> = async (given) => {
    const secret: UnlockSecret = given === 'passkey' ? { prf: await passkeySecret(store) } : given;
    for (const account of accounts) {
      const seed = await seedOf(account, secret);
      if (!seed) return { triesLeft: 0 };
      seeds.put(account.id, seed);
    }
    return { opened: true };
  };
  return (
    <UnlockSheet
      account={accounts[0]}
      by={accounts[0]?.seed.by ?? 'code'}
      lead={t('linked.codes-lead')}
      attempt={attempt}
      onOpen={onDone}
      onCancel={onDone}
    />
  );
}

function LinkedCode({ account }: { account: LinkedAccount }): ReactElement {
  const { t } = useTranslation();
  const second = useUnixSecond();
  const left = secondsLeft(second, STEP_SECONDS);
  const code = useLinkedCode(account.id, Math.floor(second / STEP_SECONDS));
  return (
    <li className="code-row">
      <CopyCode
        names={{ issuer: account.name, account: account.account.email }}
        code={code}
        secondsLeft={left}
      >
        <Ring seconds={left} of={STEP_SECONDS} />
      </CopyCode>
      <Link
        className="bar-button code-row-more"
        to={`/accounts/${account.id}`}
        aria-label={t('authenticator.edit-named', { name: account.name })}
      >
        <Icon name="pencil" />
      </Link>
    </li>
  );
}

function useLinkedCode(id: string, step: number): string | undefined {
  const [made, setMade] = useState<{ step: number; code: string }>();
  useEffect(() => {
    let isWanted = true;
    const make = async (): Promise<void> => {
      const seed = seeds.peek(id);
      const code = seed && (await hotp(seed, step, DIGITS, 'SHA-1'));
      if (isWanted && code) setMade({ step, code });
    };
    void make();
    return () => {
      isWanted = false;
    };
  }, [id, step]);
  return made?.step === step ? made.code : undefined;
}
