import { Badge, Button, Checkbox, Dialog, Icon, SelectField, TextField } from '@sigillo/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../../api/call-api.ts';
import type { Answer, OperatorRole } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { emailAddress } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { useStepUp } from '../../../step-up/step-up.tsx';

type Operator = Answer<'listOperators'>['operators'][number];

const ROLES: OperatorRole[] = ['reviewer', 'help-desk', 'auditor', 'administrator'];
const OPERATORS = ['operators'];
const list = (): Promise<Answer<'listOperators'>> => callApi('GET', '/console/operators');

/** A decision about operators, with the ceremony in which it was approved. */
const send = (path: string, body: object, approval?: string): Promise<void> =>
  callApi('POST', `/console/operators${path}`, { ...body, ...(approval && { approval }) });

/** Who may work here: invited, given roles, removed; each confirmed with one's own key. */
export function OperatorsPage(): ReactElement {
  const { t } = useTranslation('operators');
  const query = useQuery({ queryKey: OPERATORS, queryFn: list });
  const [invites, setInvites] = useState(false);
  return (
    <Page title={t('operators.title')} lead={t('operators.lead')}>
      <div>
        <Button look="primary" icon="plus" onClick={() => setInvites(true)}>
          {t('operators.invite')}
        </Button>
      </div>
      <Loaded query={query}>
        {({ operators }) => (
          <section className="card">
            <ul className="items items--cards">
              {operators.map((one) => (
                <OperatorItem key={one.id} operator={one} />
              ))}
            </ul>
          </section>
        )}
      </Loaded>
      {invites && <InviteDialog onClose={() => setInvites(false)} />}
    </Page>
  );
}

function OperatorItem({ operator }: { operator: Operator }): ReactElement {
  const { t } = useTranslation('operators');
  const [asks, setAsks] = useState<'roles' | 'remove'>();
  const decide = useDecision();
  const { id, name, email, state, roles, isSelf } = operator;
  return (
    <li className="item">
      <span className="choice-icon">
        <Icon name="user" />
      </span>
      <div>
        <p className="item-title">
          <span>{name || email}</span>
          {state !== 'active' && <Badge>{t(`operators.state-${state}`)}</Badge>}
          {isSelf && <Badge tone="brand">{t('operators.you')}</Badge>}
        </p>
        <ul className="item-facts">
          {name && <li>{email}</li>}
          <li>{roles.map((role) => t(`operators.role-${role}`)).join(', ') || t('operators.no-role')}</li>
        </ul>
      </div>
      <div className="item-actions">
        {!isSelf && state !== 'removed' && (
          <>
            <Button look="quiet" small onClick={() => setAsks('roles')}>
              {t('operators.change-roles')}
            </Button>
            <Button look="quiet" small onClick={() => setAsks('remove')}>
              {t('operators.remove')}
            </Button>
          </>
        )}
      </div>
      {asks === 'remove' && (
        <ConfirmDialog
          title={t('operators.remove-title', { name: name || email })}
          action={t('operators.remove')}
          onConfirm={() => decide((approval) => send(`/${id}/remove`, {}, approval))}
          onClose={() => setAsks(undefined)}
        >
          <p>{t('operators.remove-text')}</p>
        </ConfirmDialog>
      )}
      {asks === 'roles' && <RolesDialog operator={operator} onClose={() => setAsks(undefined)} />}
    </li>
  );
}

/** Makes a decision and shows the list as it is then. */
function useDecision(): (request: (approval?: string) => Promise<void>) => Promise<void> {
  const withProof = useStepUp();
  const queryClient = useQueryClient();
  return async (request) => {
    await withProof(request);
    await queryClient.invalidateQueries({ queryKey: OPERATORS });
  };
}

interface RolesFieldProps {
  roles: OperatorRole[];
  onChange: (roles: OperatorRole[]) => void;
}

function RolesField({ roles, onChange }: RolesFieldProps): ReactElement {
  const { t } = useTranslation('operators');
  return (
    <fieldset className="ticks">
      <legend>{t('operators.roles')}</legend>
      {ROLES.map((role) => (
        <Checkbox
          key={role}
          checked={roles.includes(role)}
          onChange={(on) => onChange(on ? [...roles, role] : roles.filter((one) => one !== role))}
        >
          {`${t(`operators.role-${role}`)}: ${t(`operators.does-${role}`)}`}
        </Checkbox>
      ))}
    </fieldset>
  );
}

function RolesDialog({ operator, onClose }: { operator: Operator; onClose: () => void }): ReactElement {
  const { t } = useTranslation('operators');
  const [roles, setRoles] = useState(operator.roles);
  const decide = useDecision();
  return (
    <ConfirmDialog
      title={t('operators.roles-title', { name: operator.name || operator.email })}
      action={t('operators.save-roles')}
      isHarmless
      onConfirm={() => decide((approval) => send(`/${operator.id}/roles`, { roles }, approval))}
      onClose={onClose}
    >
      <RolesField roles={roles} onChange={setRoles} />
    </ConfirmDialog>
  );
}

function InviteDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation('operators');
  const [roles, setRoles] = useState<OperatorRole[]>(['reviewer']);
  const decide = useDecision();
  const form = useForm({
    name: 'invite-operator',
    initial: { email: '', language: 'it' },
    checks: { email: emailAddress },
    send: async (values) => {
      await decide((approval) => send('', { ...values, roles }, approval));
      onClose();
    },
  });
  return (
    <Dialog title={t('operators.invite')} onClose={onClose}>
      <FormFrame form={form}>
        <TextField {...form.field('email')} label={t('operators.email')} type="email" autoComplete="off" />
        <SelectField
          id={form.field('language').id}
          label={t('operators.language')}
          value={form.values.language}
          options={[
            { value: 'it', label: 'Italiano' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(language) => form.change({ language })}
        />
        <RolesField roles={roles} onChange={setRoles} />
        <p className="muted small">{t('operators.invite-hint')}</p>
        <div className="actions">
          <SubmitButton state={form}>{t('operators.send')}</SubmitButton>
          <Button look="quiet" wide onClick={onClose}>
            {t('ui.cancel')}
          </Button>
        </div>
      </FormFrame>
    </Dialog>
  );
}
