import { randomBytes } from 'node:crypto';
import { testAccount as makeAccount, type TestAccount } from '../../../../../tests/setup/gate.ts';
import { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { freePort } from '../../../../../tests/setup/server.ts';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { buildGate, openStores, queueOn } from '../../composition/gate.ts';
import { spendingFor } from '../../composition/messages.ts';
import { DEFAULT_PARAMETERS } from '../../factors/password/argon2id.ts';
import { createHasher } from '../../factors/password/password-hashing.ts';
import { consentsRoutes } from '../../flows/account/consents/consents.route.ts';
import { consentRoutes } from '../../flows/sign-in/consent/consent.route.ts';
import type { Presenter, Session, SessionEvidence } from '../../gate/model.ts';
import type { Gate } from '../../gate/ports.ts';
import { newSessionToken, sha256 } from '../../gate/sessions.ts';
import { systemClock } from '../../platform/clock/clock.ts';
import { setClockOffset } from '../../platform/clock/shift-date.ts';
import { loadConfig } from '../../platform/config/config.ts';
import {
  connect,
  type Db,
  inSingleStatements,
  inTransaction,
  type Tx,
} from '../../platform/database/database.ts';
import { waitersHere } from '../../platform/events/events.ts';
import type { App } from '../../platform/http/app.ts';
import { buildApp } from '../../platform/http/build-app.ts';
import { COOKIES } from '../../platform/http/cookies.ts';
import { outgoingRequests } from '../../platform/http/outgoing-request.ts';
import { randomId, uuidv7 } from '../../platform/ids.ts';
import { type KeyEncryptionKey, keyEncryptionKeyOf } from '../../platform/keyring/kek.ts';
import { loadKeyring, type RefreshableKeyring } from '../../platform/keyring/keyring.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import { openLog } from '../../platform/log/log.ts';
import { unwatched } from '../../platform/metrics/unwatched.fixture.ts';
import { sessionClientStore } from '../../stores/gate/session-client.store.ts';
import { artifactStore } from '../../stores/oidc/artifact.store.ts';
import { consentStore } from '../../stores/oidc/consent.store.ts';
import { logoutStore } from '../../stores/oidc/logout.store.ts';
import { replayStore } from '../../stores/oidc/replay.store.ts';
import { signingKeyStore } from '../../stores/oidc/signing-key.store.ts';
import { relyingPartyStore } from '../../stores/relying-party.store.ts';
import { CLIENTS } from './clients.fixture.ts';
import { applyClientsFile, parseClients } from './clients-file.ts';
import { createOidc, type Oidc } from './create-oidc.ts';
import type { RelyingPartyStore } from './relying-party-ports.ts';

/** One node: the real server around this protocol, without the portal's pages. */
export interface OidcNode {
  url: string;
  db: Db;
  gate: Gate;
  oidc: Oidc;
  app: App;
  relyingParties: RelyingPartyStore;
  keyring: RefreshableKeyring;
}

export interface OidcInstallation extends OidcNode {
  issuer: string;
  database: TestDatabase;
  nodes: OidcNode[];
  /** What the nodes logged. */
  lines: string[];
  account(wanted?: { totp?: boolean; sms?: boolean; phone?: boolean }): Promise<TestAccount>;
  /** A browser with the session of an account. */
  signedIn(account: TestAccount, methods?: Proven[]): Promise<{ browser: HttpBrowser; session: Session }>;
  /** Moves the time of every node. */
  advance(seconds: number): void;
  [Symbol.asyncDispose](): Promise<void>;
}

export type Proven = 'password' | 'totp' | 'sms-code';

/** What is counted is tested by itself. */
const NO_LIMITS: Limits = { take: () => undefined };

interface InstallationOptions {
  limits?: Limits;
  /** Its relying parties. */
  clients?: readonly object[];
  /** Where keys of clients may be read although nobody else could. */
  allowedHosts?: readonly string[];
}

/** An installation with its relying parties, on a database of its own. */
export async function oidcInstallation(
  nodeCount = 1,
  { limits = NO_LIMITS, clients = CLIENTS, allowedHosts = [] }: InstallationOptions = {},
): Promise<OidcInstallation> {
  const database = await testDatabase();
  const kek = keyEncryptionKeyOf(randomBytes(32));
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const lines: string[] = [];
  let offsetMs = 0;
  const open = (at: number) => openNode(database, kek, issuer, at, lines, { limits, allowedHosts });
  const nodes = [await open(port)];
  while (nodes.length < nodeCount) nodes.push(await open(0));
  const [first] = nodes;
  if (!first) throw new Error('no node');
  const entries = parseClients(clients, 'in this test');
  await applyClientsFile(
    { db: database.db, relyingParties: first.relyingParties, clock: systemClock },
    entries,
  );
  const stores = openStores({ keyring: first.keyring });
  const hasher = createHasher({ parameters: DEFAULT_PARAMETERS, concurrency: 2, queueLength: 100 });
  const makers = { gate: first.gate, stores, hasher } as Parameters<typeof makeAccount>[0];
  return {
    ...first,
    issuer,
    database,
    nodes,
    lines,
    account: (wanted) => makeAccount(makers, wanted),
    signedIn: (account, methods) => signedIn(first, issuer, account, methods),
    advance: (seconds) => {
      offsetMs += seconds * 1000;
      setClockOffset(offsetMs);
    },
    [Symbol.asyncDispose]: async () => {
      setClockOffset(0);
      for (const node of nodes) {
        await node.app.close();
        if (node.db !== database.db) await node.db.destroy();
      }
      await database[Symbol.asyncDispose]();
    },
  };
}

async function openNode(
  database: TestDatabase,
  kek: KeyEncryptionKey,
  issuer: string,
  port: number,
  lines: string[],
  { limits, allowedHosts }: { limits: Limits; allowedHosts: readonly string[] },
): Promise<OidcNode> {
  const db = connect(database.address, { poolSize: 20, onError: () => undefined });
  const clock = systemClock;
  const keyring = await loadKeyring(db, kek, clock.nowMs());
  const log = openLog('info', (line) => lines.push(line));
  const transaction = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);
  const single = <T>(work: (tx: Tx) => Promise<T>) => inSingleStatements(db, work);
  const config = loadConfig({ SIGILLO_PROFILE: 'test', SIGILLO_ISSUER: issuer });
  const platform = {
    config,
    db,
    address: database.address,
    keyring,
    clock,
    log,
    ...unwatched(),
    transaction,
    single,
    close: async () => undefined,
  };
  const stores = openStores(platform);
  const hasher = createHasher({ parameters: DEFAULT_PARAMETERS, concurrency: 2, queueLength: 100 });
  const gate = buildGate({
    platform,
    stores,
    limits,
    events: waitersHere(),
    hasher,
    queue: queueOn(platform),
    spending: spendingFor(platform),
    brand: { name: 'Sigillo' },
  });
  const relyingParties = relyingPartyStore(db, keyring);
  const oidc = await createOidc({
    issuer,
    db,
    gate,
    limits,
    log,
    outgoing: outgoingRequests(allowedHosts),
    brand: { name: 'Sigillo', hasLogo: true },
    artifacts: artifactStore(keyring),
    consents: consentStore,
    replays: replayStore,
    sessionClients: sessionClientStore,
    signingKeys: signingKeyStore(db, keyring),
    relyingParties,
    notices: logoutStore(db),
  });
  const app = await buildApp({
    issuer,
    acceptLoopback: true,
    trustedProxies: ['127.0.0.1', '::1'],
    clock,
    log,
  });
  oidc.mount(app);
  consentRoutes(app, { gate, interactions: oidc.interactions });
  consentsRoutes(app, { gate, relyingParties, consents: consentStore });
  const url = (await app.listen({ host: 'localhost', port })).replace('[::1]', 'localhost');
  return { url, db, gate, oidc, app, relyingParties, keyring };
}

/** A session as `admitSession` makes it, of proofs given now. */
async function signedIn(
  { gate }: OidcNode,
  issuer: string,
  account: TestAccount,
  methods: Proven[] = ['password'],
): Promise<{ browser: HttpBrowser; session: Session }> {
  const browser = new HttpBrowser(issuer);
  browser.cookies.set(COOKIES.browser, randomBytes(32).toString('base64url'));
  const session = newSession(gate, account, methods);
  const { token, hash } = newSessionToken(session);
  await gate.transaction((tx) => gate.sessions.insert(tx, session, hash));
  browser.cookies.set(COOKIES.session, token);
  return { browser, session };
}

function newSession(gate: Gate, account: TestAccount, methods: Proven[]): Session {
  const createdAt = gate.clock.now();
  return {
    accountId: account.id,
    accountKind: 'holder',
    id: uuidv7(createdAt.getTime()),
    epoch: 0,
    evidence: methods.map((method) => proof(account, method, createdAt.getTime())),
    clientAddress: '192.0.2.7',
    userAgent: 'Test browser',
    createdAt,
    lastSeenAt: createdAt,
    expiresAt: new Date(createdAt.getTime() + gate.settings.sessionSeconds * 1000),
  };
}

export function proof(account: TestAccount, method: Proven, provenAtMs: number): SessionEvidence {
  const target = { password: account.passwordId, totp: account.totpId, 'sms-code': account.smsId }[method];
  const slot = method === 'password' ? 'first' : 'second';
  const levelCap = method === 'password' ? 3 : 2;
  return {
    slot,
    method,
    target,
    channelId: method === 'password' ? target : randomId(),
    levelCap,
    provenAtMs,
  };
}

/** The browser as the gate knows it. */
export function presenterOfBrowser(browser: HttpBrowser): Presenter {
  const secret = Buffer.from(browser.cookies.get(COOKIES.browser) ?? '', 'base64url');
  const client = { address: browser.address, network: browser.address, userAgent: 'Test browser' };
  return { kind: 'browser', bindingHash: sha256(secret), client, recognisedHash: null };
}
