import { Button, TextField } from '@sigillo/ui';
import { type FormEvent, type ReactElement, useState } from 'react';
import { LinkScreen } from './link-screen.tsx';
import type { Link } from './use-link.ts';
import { useLinkTexts } from './use-link-texts.ts';

const LONGEST = 60;

/** How the holder calls the account in this app; the service's name is proposed. */
export function NameStep({ link }: { link: Link }): ReactElement {
  const { t } = useLinkTexts();
  const { draft } = link;
  const [name, setName] = useState(draft.name || draft.service);
  const [hasTried, setHasTried] = useState(false);
  const isEmpty = name.trim() === '';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setHasTried(true);
    if (isEmpty) return document.getElementById('name')?.focus();
    await link.update({ name: name.trim(), step: 'notices' });
  };
  const before = draft.way === 'pairing' ? 'confirm-account' : 'credentials';
  return (
    <LinkScreen
      draft={draft}
      title={t('linked.name-title')}
      lead={t('linked.name-lead')}
      onBack={() => (before === 'credentials' ? link.restart() : link.update({ step: 'confirm-account' }))}
      actions={
        <Button look="primary" wide type="submit" form="name-form">
          {t('linked.next')}
        </Button>
      }
    >
      <form className="form" id="name-form" onSubmit={submit} noValidate>
        <TextField
          id="name"
          label={t('linked.name')}
          hint={t('linked.name-hint')}
          value={name}
          maxLength={LONGEST}
          autoComplete="off"
          error={hasTried && isEmpty ? t('problems.need-name') : undefined}
          onBlur={() => void link.update({ name: name.trim() })}
          onChange={setName}
        />
      </form>
    </LinkScreen>
  );
}
