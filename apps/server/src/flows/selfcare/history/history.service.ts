import type { Gate } from '../../../gate/ports.ts';
import type { RelyingParties } from '../../../gate/relying-party.ts';
import { describeBrowser, placeOf } from '../../../platform/http/client-info.ts';
import type { AccessHistory, Count, HistoryFilter, Line } from './history.ports.ts';

export interface HistoryPorts {
  gate: Gate;
  relyingParties: RelyingParties;
  history: AccessHistory;
}

/** How the pages of the installation itself are named where a service is. */
export const OWN_PAGES = 'account';
const PER_PAGE = 25;

export interface Service {
  id: string;
  /** Null of the installation's own pages, and of a relying party that is gone. */
  name: { it: string; en: string } | null;
}

/**
 * A page of the account's accesses, the newest first.
 *
 * @param before id of the line it goes on from
 */
export async function readHistory(
  ports: HistoryPorts,
  accountId: string,
  filter: HistoryFilter,
  before: string | null,
) {
  const { gate, history } = ports;
  const limit = PER_PAGE + 1;
  const lines = await gate.single((tx) => history.page(tx, accountId, filter, { before, limit }));
  const shown = lines.slice(0, PER_PAGE);
  const names = await servicesOf(ports, shown);
  return {
    accesses: shown.map((line) => ({ ...describe(line), service: serviceOf(names, line.clientId) })),
    next: lines.length > PER_PAGE ? (shown.at(-1)?.id ?? null) : null,
  };
}

function describe({ id, at, kind, outcome, method, level, address, userAgent }: Line) {
  const place = placeOf(address);
  const { browser, system } = describeBrowser(userAgent);
  return {
    id,
    at: at.toISOString(),
    kind,
    outcome,
    method,
    level,
    address,
    browser,
    system,
    country: place.country ?? null,
    local: place.local,
  };
}

/** Totals, by month and by outcome, and which services there are. Reads no line of the history. */
export async function summarise(ports: HistoryPorts, accountId: string) {
  const { gate, history } = ports;
  const counts = await gate.single((tx) => history.counts(tx, accountId));
  const names = await servicesOf(ports, counts);
  const sumOf = (some: Count[], outcome: Count['outcome']) =>
    some.reduce((sum, one) => sum + (one.outcome === outcome ? one.lines : 0), 0);
  const months = Map.groupBy(counts, ({ monthMs }) => monthMs);
  const lastMs = Math.max(
    ...counts.filter(({ outcome }) => outcome === 'success').map(({ lastAt }) => lastAt.getTime()),
  );
  return {
    successes: sumOf(counts, 'success'),
    failures: sumOf(counts, 'failure'),
    lastAccessAt: Number.isFinite(lastMs) ? new Date(lastMs).toISOString() : null,
    months: [...months].map(([monthMs, some]) => ({
      month: new Date(monthMs).toISOString().slice(0, 7),
      successes: sumOf(some, 'success'),
      failures: sumOf(some, 'failure'),
    })),
    services: [...names.values()],
  };
}

/** The services that some lines are of, by client id. */
export async function servicesOf(
  { relyingParties }: Pick<HistoryPorts, 'relyingParties'>,
  some: readonly { clientId: string }[],
): Promise<Map<string, Service>> {
  const services = new Map<string, Service>();
  for (const clientId of new Set(some.map((one) => one.clientId))) {
    const party = clientId === '' ? undefined : await relyingParties.find(clientId);
    services.set(clientId, { id: clientId || OWN_PAGES, name: party?.name ?? null });
  }
  return services;
}

const serviceOf = (services: ReadonlyMap<string, Service>, clientId: string): Service =>
  services.get(clientId) ?? { id: clientId || OWN_PAGES, name: null };
