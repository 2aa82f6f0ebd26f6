import { sql } from 'kysely';
import type { AccessHistory, Count, HistoryFilter, Line } from '../flows/selfcare/history/history.ports.ts';
import type { Tx } from '../platform/database/database.ts';
import { uuidBytes, uuidv7Floor } from '../platform/ids.ts';

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

interface Row {
  id: string;
  at: Date;
  kind: string;
  outcome: 'success' | 'failure';
  method: string | null;
  level: number | null;
  client_id: string;
  client_address: string;
  user_agent: string;
  salt: Buffer | null;
}

/** The access history of an account on PostgreSQL. Reads no more lines than it gives, whatever the filter. */
export const accessHistoryStore: AccessHistory = {
  async page(tx, accountId, filter, { before, limit }) {
    const [from, to] = rangeOf(filter, before);
    const rows = isWhole(filter)
      ? await newest(tx, accountId, from, to, limit)
      : await newestOf(tx, accountId, await groupsOf(tx, accountId, filter), { from, to, limit });
    return rows.map(toLine);
  },

  counts: (tx, accountId) => countsOf(tx, accountId),
};

const isWhole = ({ outcome, service }: HistoryFilter) => outcome === null && service === null;

function rangeOf({ from, to }: HistoryFilter, before: string | null): [string, string] {
  const upper = to === null ? LAST_ID : uuidv7Floor(to.getTime());
  const end = before !== null && before < upper ? before : upper;
  return [from === null ? FIRST_ID : uuidv7Floor(from.getTime()), end];
}

const COLUMNS = sql`id, at, kind, outcome, method, level, client_id, client_address, user_agent, salt`;

async function newest(tx: Tx, accountId: string, from: string, to: string, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from access_event
    where account_id = ${accountId} and id >= ${from} and id < ${to}
    order by id desc limit ${limit}`.execute(tx);
  return rows;
}

interface Group {
  clientId: string;
  outcome: 'success' | 'failure';
}

/** The services and outcomes that a filter means and that there are: each is one range of an index. */
async function groupsOf(
  tx: Tx,
  accountId: string,
  { outcome, service }: HistoryFilter,
): Promise<readonly Group[]> {
  const counts = await countsOf(tx, accountId);
  const isWanted = (one: Count) =>
    (outcome === null || one.outcome === outcome) && (service === null || one.clientId === service);
  return [...new Map(counts.filter(isWanted).map((one) => [`${one.outcome} ${one.clientId}`, one])).values()];
}

async function newestOf(
  tx: Tx,
  accountId: string,
  groups: readonly Group[],
  { from, to, limit }: { from: string; to: string; limit: number },
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select line.*
    from unnest(${groups.map((one) => one.clientId)}::text[], ${groups.map((one) => one.outcome)}::text[])
      as wanted (client_id, outcome)
    cross join lateral (
      select ${COLUMNS} from access_event
      where account_id = ${accountId} and access_event.client_id = wanted.client_id
        and access_event.outcome = wanted.outcome and id >= ${from} and id < ${to}
      order by id desc limit ${limit}
    ) line
    order by line.id desc limit ${limit}`.execute(tx);
  return rows;
}

async function countsOf(tx: Tx, accountId: string): Promise<Count[]> {
  const rows = await tx
    .selectFrom('access_count')
    .select(['month', 'client_id', 'outcome', 'lines', 'last_at'])
    .where('account_id', '=', accountId)
    .orderBy('month')
    .execute();
  return rows.map(({ month, client_id, outcome, lines, last_at }) => ({
    monthMs: uuidBytes(month).readUIntBE(0, 6),
    clientId: client_id,
    outcome,
    lines,
    lastAt: last_at,
  }));
}

const toLine = ({ client_id, client_address, user_agent, ...line }: Row): Line => ({
  ...line,
  clientId: client_id,
  address: client_address,
  userAgent: user_agent,
});
