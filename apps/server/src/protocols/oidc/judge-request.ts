import type { Verdict } from '@sigillo/assurance';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Prover, Session } from '../../gate/model.ts';
import type { Gate } from '../../gate/ports.ts';
import { judgeSession } from '../../gate/sign-in.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { RelyingPartyStore } from './relying-party-ports.ts';
import { currentRequest, proverIn } from './request-context.ts';
import {
  acrToState,
  ageAllowed,
  type DemandParams,
  readDemand,
  type SignInDemand,
} from './sign-in-demand.ts';

export interface JudgeDeps {
  gate: Gate;
  relyingParties: RelyingPartyStore;
}

/** What the library is told of a sign-in: all of it computed from evidence. Times in Unix seconds. */
interface ProvenLogin {
  accountId: string;
  acr: string;
  amr: string[];
  ts: number;
}

export type Judged =
  | { outcome: 'unreachable' }
  | { outcome: 'no-session' }
  | { outcome: 'insufficient'; verdict: Extract<Verdict, { satisfied: false }> }
  | { outcome: 'satisfied'; login: ProvenLogin };

/** What the gate's session amounts to for the request at hand; the same answer however often it is asked. */
export function judgeRequest(deps: JudgeDeps, ctx: KoaContextWithOIDC): Promise<Judged> {
  const known = judged.get(ctx);
  if (known) return known;
  const answer = judge(deps, ctx);
  judged.set(ctx, answer);
  return answer;
}

const judged = new WeakMap<KoaContextWithOIDC, Promise<Judged>>();

async function judge(deps: JudgeDeps, { oidc }: KoaContextWithOIDC): Promise<Judged> {
  const demand = readDemand((oidc.params ?? {}) as DemandParams);
  if (!demand) return { outcome: 'unreachable' };
  const request = currentRequest();
  const { session } = request;
  const clientId = oidc.client?.clientId;
  if (!session || clientId === undefined) return { outcome: 'no-session' };
  const prover = await proverIn(request, deps.gate, session.accountId);
  const since = oidc.result?.login?.since;
  const sinceMs = typeof since === 'number' ? since : null;
  const tx = await request.transaction.begin();
  return judgeDemand(deps, tx, { session, prover, clientId, demand, sinceMs });
}

export interface Demanded {
  session: Session;
  /** Whose session it is. */
  prover: Prover | undefined;
  clientId: string;
  demand: SignInDemand;
  /** When the request began to wait for the holder, if this session was handed over for it. */
  sinceMs: number | null;
}

/** What a session amounts to for what a relying party demands. */
export async function judgeDemand(
  { gate, relyingParties }: JudgeDeps,
  tx: Tx,
  { session, prover, clientId, demand, sinceMs }: Demanded,
): Promise<Judged> {
  const party = await relyingParties.findIn(tx, clientId);
  if (prover?.status !== 'active' || !party) return { outcome: 'no-session' };
  const maxAgeSeconds = ageAllowed(demand, sinceMs, gate.clock.nowMs());
  const wish = { level: demand.level, maxAgeSeconds };
  const verdict = judgeSession(gate, prover, session.evidence, { policy: party.policy, wish });
  if (!verdict.satisfied) return { outcome: 'insufficient', verdict };
  const { level, amr, authTimeMs } = verdict;
  if (level === 0 || authTimeMs === null) return { outcome: 'no-session' };
  const acr = acrToState(level, demand.essential);
  const login = { accountId: session.accountId, acr, amr, ts: Math.floor(authTimeMs / 1000) };
  return { outcome: 'satisfied', login };
}
