import type { Operator, Operators, Role } from '../../gate/operators.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';

/** Operators on PostgreSQL; few, so that all of them are read at once. */
export const operatorStore: Operators = {
  async insert(tx, { accountId, name, state, roles, invitedBy, createdAt }) {
    await tx
      .insertInto('operator')
      .values({ account_id: accountId, name, state, invited_by: invitedBy, created_at: createdAt })
      .execute();
    await operatorStore.setRoles(tx, accountId, roles);
  },

  async find(tx, accountId) {
    const row = await rowOf(tx, accountId).executeTakeFirst();
    return row && toOperator(row, await rolesOf(tx, [accountId]));
  },

  async hold(tx, accountId) {
    const row = await rowOf(tx, accountId).forShare().executeTakeFirst();
    return row && toOperator(row, await rolesOf(tx, [accountId]));
  },

  async list(tx) {
    const rows = await tx.selectFrom('operator').selectAll().orderBy('created_at').execute();
    const ids = rows.map((row) => row.account_id);
    const roles = ids.length > 0 ? await rolesOf(tx, ids) : [];
    return rows.map((row) => toOperator(row, roles));
  },

  async setRoles(tx, accountId, roles) {
    await tx.deleteFrom('operator_role').where('account_id', '=', accountId).execute();
    if (roles.length === 0) return;
    const rows = roles.map((role) => ({ account_id: accountId, role }));
    await tx.insertInto('operator_role').values(rows).execute();
  },

  async activate(tx, accountId, name) {
    await change(tx, accountId, { state: 'active', name });
  },

  async reinvite(tx, accountId, by) {
    await change(tx, accountId, { state: 'invited', invited_by: by });
  },

  async remove(tx, accountId) {
    await change(tx, accountId, { state: 'removed' });
    await tx.deleteFrom('operator_role').where('account_id', '=', accountId).execute();
  },

  async lockAdministrators(tx) {
    // All rows in one order: two that change each other wait, and the second sees what the first did.
    const locked = await tx
      .selectFrom('operator')
      .select(['account_id', 'state'])
      .orderBy('account_id')
      .forNoKeyUpdate()
      .execute();
    const ids = locked.filter(({ state }) => state === 'active').map((row) => row.account_id);
    const roles = ids.length > 0 ? await rolesOf(tx, ids) : [];
    return roles.filter(({ role }) => role === 'administrator').map((row) => row.account_id);
  },
};

const rowOf = (tx: Tx, accountId: string) =>
  tx.selectFrom('operator').selectAll().where('account_id', '=', accountId);

const rolesOf = (tx: Tx, accountIds: readonly string[]) =>
  tx.selectFrom('operator_role').selectAll().where('account_id', 'in', accountIds).orderBy('role').execute();

async function change(tx: Tx, accountId: string, to: Partial<Tables['operator']>): Promise<void> {
  await tx.updateTable('operator').set(to).where('account_id', '=', accountId).execute();
}

function toOperator(row: Tables['operator'], roles: readonly Tables['operator_role'][]): Operator {
  return {
    accountId: row.account_id,
    name: row.name,
    state: row.state,
    roles: roles.filter((one) => one.account_id === row.account_id).map((one) => one.role as Role),
    invitedBy: row.invited_by,
    createdAt: row.created_at,
  };
}
