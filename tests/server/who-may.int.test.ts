import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROLES, type Role } from '../../apps/server/src/gate/operators.ts';
import { randomId } from '../../apps/server/src/platform/ids.ts';
import { apiOperations, isWrite, type Operation, pathOf } from '../setup/api-operations.ts';
import type { HttpBrowser } from '../setup/http-browser.ts';
import { signIn } from '../setup/journeys.ts';
import { giveOperator } from '../setup/operators.ts';
import { type Holder, type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';
import { SCENARIOS } from '../setup/scenarios.ts';
import { type Standing, stand } from '../setup/session-standing.ts';
import { type Access, WHO_MAY } from '../setup/who-may.ts';

/** Let in, or the refusal; what an app did not sign fails one way or another. */
type Outcome = 'let in' | 'sign-in-needed' | 'operator-needed' | 'proof-needed' | 'not signed';

let on: PopulatedInstallation;
let operations: Operation[];
let operators: [Role, HttpBrowser][];
let stranger: HttpBrowser;
beforeAll(async () => {
  on = await populatedInstallation();
  operations = await apiOperations(on.server.url);
  operators = [];
  for (const role of ROLES) operators.push([role, (await giveOperator(on, role)).browser]);
  stranger = await signIn(on, on.browser(), await on.holder({ totp: true }));
});
afterAll(() => on[Symbol.asyncDispose]());

/** A request as its owner's browser would send it; a write is ready to succeed. */
interface Wanted {
  owner: HttpBrowser;
  holder: Holder | null;
  path: string;
  body: Record<string, unknown> | undefined;
}

async function prepare(operation: Operation): Promise<Wanted> {
  const scenario = SCENARIOS[operation.id];
  // What an app signs lets it in wherever it is sent from: here without its signature.
  if (isWrite(operation) && scenario && WHO_MAY[operation.id] !== 'app') {
    const { browser: owner, ...prepared } = await scenario(on);
    return { owner, ...prepared };
  }
  const holder = await on.holder({ totp: true });
  const ids = Object.fromEntries(
    operation.parameters.map((name) => [name, name === 'part' ? 'front' : randomId()]),
  );
  const owner = await signIn(on, on.browser(), holder);
  return { owner, holder, path: pathOf(operation, ids), body: isWrite(operation) ? {} : undefined };
}

const REFUSED: Record<string, Outcome> = {
  'sign-in-needed': 'sign-in-needed',
  'operator-needed': 'operator-needed',
  'proof-needed': 'proof-needed',
};

async function send(
  browser: HttpBrowser,
  { id, method }: Operation,
  { path, body }: Pick<Wanted, 'path' | 'body'>,
): Promise<Outcome> {
  const response = await browser.request(method, path, body);
  const text = await response.text();
  if (response.ok || !text.startsWith('{')) return 'let in';
  if (WHO_MAY[id] === 'app') return 'not signed';
  const { type = '' } = JSON.parse(text) as { type?: string };
  return REFUSED[type.split('/').at(-1) ?? ''] ?? 'let in';
}

const isForOperators = (access: Access): access is readonly Role[] => typeof access !== 'string';

/** What somebody with no session of the right kind is told. */
function toOutsiders(access: Access): Outcome {
  if (access === 'anyone') return 'let in';
  if (access === 'app') return 'not signed';
  return isForOperators(access) ? 'operator-needed' : 'sign-in-needed';
}

/** What the holder is told. */
function toHolder(access: Access, standing: Standing): Outcome {
  const isEnough = standing === 'level 2' || standing === 'level 3';
  if (access === 'strong') return standing === 'level 1' ? 'proof-needed' : 'let in';
  if (access === 'fresh') return isEnough ? 'let in' : 'proof-needed';
  return access === 'holder' || access === 'approved' ? 'let in' : toOutsiders(access);
}

/** What came of every such operation, for each of those who asked; and what should have. */
async function matrix<Who extends string>(
  isWanted: (access: Access) => boolean,
  ask: (operation: Operation, access: Access) => Promise<[Who, Outcome][]>,
  right: (access: Access, who: Who) => Outcome,
): Promise<void> {
  const outcomes: Record<string, Outcome> = {};
  const expected: Record<string, Outcome> = {};
  for (const operation of operations) {
    const access = WHO_MAY[operation.id];
    if (!access || !isWanted(access)) continue;
    for (const [who, outcome] of await ask(operation, access)) {
      outcomes[`${operation.id}, ${who}`] = outcome;
      expected[`${operation.id}, ${who}`] = right(access, who);
    }
  }
  expect(Object.keys(expected).length).toBeGreaterThan(0);
  expect(outcomes).toEqual(expected);
}

test('every operation of the API says who may call it', () => {
  expect(operations.map(({ id }) => id).sort()).toEqual(Object.keys(WHO_MAY).sort());
});

test('[WEB-7] outsiders are let in nowhere: nobody, holders in the console, operators elsewhere', async () => {
  const ask = async (operation: Operation, access: Access) => {
    const wanted = await prepare(operation);
    const outsiders: [string, HttpBrowser][] = [['nobody', on.browser()]];
    if (isForOperators(access) || access === 'app') outsiders.push(['a holder', stranger]);
    if (!isForOperators(access)) outsiders.push(...operators);
    const outcomes: [string, Outcome][] = [];
    for (const [who, browser] of outsiders) outcomes.push([who, await send(browser, operation, wanted)]);
    return outcomes;
  };
  await matrix((access) => access !== 'anyone', ask, toOutsiders);
}, 90_000);

test('[WEB-7] in the console a role is let in to what it is for, and to nothing else', async () => {
  const ask = async (operation: Operation) => {
    const { body, ...wanted } = await prepare(operation);
    // An approval is of whoever gave it. To be asked for one's own is to be let in.
    const { approval: _, ...bare } = body ?? {};
    const outcomes: [Role, Outcome][] = [];
    for (const [role, browser] of operators) {
      const outcome = await send(browser, operation, { ...wanted, body: body && bare });
      outcomes.push([role, outcome === 'proof-needed' ? 'let in' : outcome]);
    }
    return outcomes;
  };
  const isTheirs = (access: Access, role: Role) => isForOperators(access) && access.includes(role);
  await matrix(isForOperators, ask, (access, role) =>
    isTheirs(access, role) ? 'let in' : 'operator-needed',
  );
}, 90_000);

/** Standings that are tried on one request: what the last one does, it may do only once. */
const TOGETHER: Standing[][] = [['level 1', 'level 2, long ago', 'level 2'], ['level 3']];

test.each(TOGETHER)(
  '[SES-4] [SPID-IDL-13] a holder’s own sessions: %s …',
  async (...standings) => {
    const ask = async (operation: Operation) => {
      const { owner, holder, ...wanted } = await prepare(operation);
      const outcomes: [Standing, Outcome][] = [];
      // Who has a password alone can prove nothing more: their sessions have one standing.
      for (const standing of standings)
        if (holder && (await stand(on, holder, standing)))
          outcomes.push([standing, await send(owner, operation, wanted)]);
      return outcomes;
    };
    const isOfHolders = (access: Access) =>
      ['holder', 'strong', 'fresh', 'approved'].includes(String(access));
    await matrix(isOfHolders, ask, toHolder);
  },
  90_000,
);

test('[SES-4] what has to be approved by itself is not done without its approval', async () => {
  const ask = async (operation: Operation) => {
    const { owner, body = {}, ...wanted } = await prepare(operation);
    const { operation: _, ...bare } = body;
    const outcome = await send(owner, operation, { ...wanted, body: bare });
    return [['without', outcome] as ['without', Outcome]];
  };
  await matrix(
    (access) => access === 'approved',
    ask,
    () => 'proof-needed',
  );
});
