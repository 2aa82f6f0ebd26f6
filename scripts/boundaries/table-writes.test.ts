import { expect, test } from 'vitest';
import { findTableWrites } from './table-writes.ts';

const ELSEWHERE = 'apps/server/src/flows/sign-in/x/x.service.ts';

const offending = {
  'the builder inserts': `db.insertInto('session').values({})`,
  'the builder updates': `await tx\n  .updateTable('challenge')\n  .set({})`,
  'the builder updates under an alias': `tx.updateTable('challenge as c').set({})`,
  'the builder deletes': `db.deleteFrom('recognised_browser')`,
  'the builder merges': `db.mergeInto('approval')`,
  'the builder in a common table expression': `db.with('x', (q) => q.insertInto('capability').values({}))`,
  'the builder is given a variable': `for (const name of tables) db.deleteFrom(name)`,
  'many rows are inserted': `insertMany(tx, 'session', TYPES, rows)`,
  'SQL inserts': 'sql`insert into evidence (slot) values (1)`',
  'SQL inserts, with odd spacing and case': 'sql`INSERT\n  INTO public."evidence" values (1)`',
  'SQL updates': 'sql`update session set ended_at = $1 where id = $2`',
  'SQL updates under an alias': 'sql`update only session as s set epoch = 1`',
  'SQL deletes': `pool.query('delete from operation_unit')`,
  'SQL truncates': `pool.query("truncate table attempt_bucket")`,
  'SQL copies in': `pool.query('copy ceremony (id) from stdin')`,
  'SQL merges': 'sql`merge into party using x on true`',
  'SQL in a common table expression': 'sql`with gone as (delete from challenge returning *) select 1`',
  'SQL is given its table': `sql\`insert into \${sql.table('session')} values (1)\``,
  'SQL is put together': `pool.query('insert into ' + name)`,
};

for (const [what, source] of Object.entries(offending)) {
  test(`a write of a gate's table is found when ${what}`, () => {
    expect(findTableWrites(ELSEWHERE, source)).toHaveLength(1);
  });
}

const innocent = {
  'reads the table': `db.selectFrom('session').selectAll()`,
  'reads by SQL': 'sql`select * from session where id = $1 for update`',
  'writes another table': `db.insertInto('account').values({}).onConflict((c) => c.doUpdateSet({}))`,
  'writes a table whose name begins alike': `db.insertInto('operation_log'); sql\`update sessions set x = 1\``,
  'speaks of it in a comment': `// db.insertInto('session')\n/* delete from session */`,
  'speaks of it in a message': `throw new Error('Could not update session; please update the challenge')`,
};

for (const [what, source] of Object.entries(innocent)) {
  test(`no write is found where code ${what}`, () => {
    expect(findTableWrites(ELSEWHERE, source)).toEqual([]);
  });
}

test('the gate’s own stores may write; a folder that merely sounds like them may not', () => {
  const source = `db.insertInto('session')`;
  expect(findTableWrites('apps/server/src/stores/gate/session.store.ts', source)).toEqual([]);
  expect(findTableWrites('apps/server/src/stores/gate-like/session.store.ts', source)).toHaveLength(1);
});

test('a finding names the file, the line and the table', () => {
  expect(findTableWrites(ELSEWHERE, `\n\ndb\n  .insertInto('session')`)).toEqual([
    {
      rule: 'only-the-gate-writes-its-tables',
      path: ELSEWHERE,
      line: 3,
      message: 'writes session; ask the gate (apps/server/src/gate) to do it',
    },
  ]);
});
