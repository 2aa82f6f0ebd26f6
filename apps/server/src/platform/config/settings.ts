import { z } from 'zod';
import { addressSet } from '../http/addresses.ts';
import { identitySettings } from './identity-settings.ts';
import { messageSettings, outgoingSettings } from './message-settings.ts';
import { observabilitySettings } from './observability-settings.ts';
import { providerSettings } from './provider-settings.ts';
import {
  byProfile,
  choice,
  flag,
  integer,
  list,
  optional,
  origin,
  path,
  setting,
  text,
  url,
} from './setting.ts';

const network = {
  accepts: 'addresses and networks such as 10.0.0.0/8',
  schema: z.string().refine((entry) => {
    try {
      return Boolean(addressSet([entry]));
    } catch {
      return false;
    }
  }),
};

/** The server itself and how it is reached. */
const serverSettings = {
  profile: setting(
    { env: 'SIGILLO_PROFILE', says: 'Production refuses development hooks and weak secrets.' },
    choice(['production', 'development', 'test']),
    'production',
  ),
  issuer: optional(
    {
      env: 'SIGILLO_ISSUER',
      says: 'The address people and relying parties see; outside production http://localhost and the port.',
    },
    origin,
  ),
  host: setting({ env: 'SIGILLO_HOST', says: 'The address this node listens on.' }, text, 'localhost'),
  port: setting({ env: 'SIGILLO_PORT', says: 'The port this node listens on.' }, integer(0, 65_535), 8080),
  drainSeconds: setting(
    {
      env: 'SIGILLO_DRAIN_SECONDS',
      says: 'How long a node that is told to stop goes on while /readyz sends requests elsewhere, in seconds.',
    },
    integer(0, 300),
    { production: 5, development: 0, test: 0 },
  ),
  pidFile: optional({ env: 'SIGILLO_PID_FILE', says: 'Where the process writes its number.' }, path),
  trustedProxies: setting(
    {
      env: 'SIGILLO_TRUSTED_PROXIES',
      says: 'The reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.',
    },
    list(network),
    [],
  ),
  logLevel: setting(
    { env: 'SIGILLO_LOG_LEVEL', says: 'How much the log tells.' },
    choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    { production: 'info', development: 'info', test: 'warn' },
  ),
  developmentHooks: setting(
    {
      env: 'SIGILLO_DEVELOPMENT_HOOKS',
      says: 'Whether /dev shows messages and moves the clock; never in production.',
    },
    flag,
    byProfile(false, true),
  ),
  demonstrationData: setting(
    {
      env: 'SIGILLO_DEMONSTRATION_DATA',
      says: 'Whether accounts with known passwords are made; never in production.',
    },
    flag,
    { production: false, development: true, test: false },
  ),
};

/** The authenticator app: static files on an origin of their own. */
const authenticatorSettings = {
  authenticator: {
    port: setting<number | undefined>(
      {
        env: 'SIGILLO_AUTHENTICATOR_PORT',
        says: 'The port on which this node also serves the authenticator app; unset, it does not.',
      },
      integer(1, 65_535),
      { production: undefined, development: 8081, test: undefined },
    ),
    origin: optional(
      {
        env: 'SIGILLO_AUTHENTICATOR_ORIGIN',
        says: 'The address at which people open the authenticator app; outside production http://localhost and its port.',
      },
      origin,
    ),
    numbers: setting<'usual' | 'strict'>(
      {
        env: 'SIGILLO_PUSH_NUMBERS',
        says: 'What people type into the app to approve a request: three digits and one try, or strict: six and three.',
      },
      choice(['usual', 'strict']),
      'usual',
    ),
  },
};

/** Where things are kept and what seals them. */
const storageSettings = {
  dataDirectory: setting(
    {
      env: 'SIGILLO_DATA_DIRECTORY',
      says: 'The folder of the embedded database and of keys made at first start.',
    },
    path,
    '.sigillo',
  ),
  database: {
    url: optional(
      {
        env: 'DATABASE_URL',
        says: 'A PostgreSQL, 15 or newer; unset, the server runs its own.',
        isSecret: true,
      },
      url('postgres', 'postgresql'),
    ),
    poolSize: setting(
      { env: 'SIGILLO_DATABASE_POOL_SIZE', says: 'How many connections this node may open.' },
      integer(2, 500),
      10,
    ),
    postgresBin: optional(
      {
        env: 'SIGILLO_POSTGRES_BIN',
        says: 'The folder of a PostgreSQL to run instead of the one in the package.',
      },
      path,
    ),
  },
  masterKey: optional(
    {
      env: 'SIGILLO_MASTER_KEY',
      says: 'Wraps the keys that seal the database: 32 random bytes in base64url.',
      isSecret: true,
    },
    text,
  ),
  masterKeyFile: optional(
    { env: 'SIGILLO_MASTER_KEY_FILE', says: 'A file with the master key, readable by its owner alone.' },
    path,
  ),
  previousMasterKey: optional(
    {
      env: 'SIGILLO_PREVIOUS_MASTER_KEY',
      says: 'The master key before, until all data keys are wrapped anew.',
      isSecret: true,
    },
    text,
  ),
  previousMasterKeyFile: optional(
    { env: 'SIGILLO_PREVIOUS_MASTER_KEY_FILE', says: 'A file with the master key before.' },
    path,
  ),
};

/** What is on record. */
const auditSettings = {
  audit: {
    checkpointFile: optional(
      {
        env: 'SIGILLO_AUDIT_CHECKPOINT_FILE',
        says: 'The file to which this node appends signed checkpoints of the audit, best where nobody who administers the database can write; unset, audit-checkpoints.txt in the data directory.',
      },
      path,
    ),
    revocationFile: optional(
      {
        env: 'SIGILLO_REVOCATION_FILE',
        says: 'The file to which this node appends what must stay revoked whatever backup is restored; unset, revocations.txt in the data directory.',
      },
      path,
    ),
  },
};

/** Who signs in, where and how. */
const signInSettings = {
  clientsFile: optional(
    { env: 'SIGILLO_CLIENTS_FILE', says: 'A JSON file of relying parties, read at every start.' },
    path,
  ),
  brandFile: optional({ env: 'SIGILLO_BRAND_FILE', says: 'A JSON file with name, logo and colours.' }, path),
  passwords: {
    memoryKib: setting(
      {
        env: 'SIGILLO_PASSWORD_MEMORY_KIB',
        says: 'Memory of one Argon2id hash, in KiB: 19456 with two passes, 47104 with one, at least.',
      },
      integer(19 * 1024, 512 * 1024),
      19 * 1024,
    ),
    passes: setting(
      { env: 'SIGILLO_PASSWORD_PASSES', says: 'Passes of one Argon2id hash.' },
      integer(1, 64),
      2,
    ),
    lanes: setting({ env: 'SIGILLO_PASSWORD_LANES', says: 'Lanes of one Argon2id hash.' }, integer(1, 16), 1),
    queueLength: setting(
      {
        env: 'SIGILLO_PASSWORD_QUEUE',
        says: 'How many hashes may wait on a node before sign-ins are turned away.',
      },
      integer(1, 10_000),
      100,
    ),
  },
  monitoring: setting(
    {
      env: 'SIGILLO_MONITORING',
      says: 'Whom the platform suspends when it notices a copied app or passkey: who holds a digital identity; everybody, also on “It wasn’t me”; or nobody, who is only told.',
    },
    choice(['identities', 'everybody', 'notify']),
    'identities',
  ),
  sessions: {
    idleSeconds: setting(
      { env: 'SIGILLO_SESSION_IDLE_SECONDS', says: 'When a session ends that nobody uses.' },
      integer(60, 60 * 60),
      15 * 60,
    ),
    absoluteSeconds: setting(
      { env: 'SIGILLO_SESSION_SECONDS', says: 'When a session ends in any case.' },
      integer(5 * 60, 24 * 60 * 60),
      12 * 60 * 60,
    ),
  },
};

/** Everything that can be set; the shape of this is the shape of the configuration and of its file. */
export const SETTINGS = {
  ...serverSettings,
  ...authenticatorSettings,
  ...storageSettings,
  ...auditSettings,
  ...messageSettings,
  ...signInSettings,
  ...identitySettings,
  ...providerSettings,
  ...outgoingSettings,
  ...observabilitySettings,
};
