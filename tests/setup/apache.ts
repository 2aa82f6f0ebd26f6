import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Apache with `mod_auth_openidc` in front of one page: a relying party that shares no code with us. */
export interface Apache {
  origin: string;
  /** What it logged. */
  log(): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface ApacheSettings {
  port: number;
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** `host:port` of a proxy that its own requests go through. */
  outgoingProxy: string;
}

/** Where Debian puts modules. */
const MODULES = '/usr/lib/apache2/modules';
const LOADED = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'dir', 'headers', 'auth_openidc'];
const START_TIMEOUT_MS = 20_000;

/** Starts it on loopback, with a folder and a configuration of its own. */
export async function startApache(program: string, settings: ApacheSettings): Promise<Apache> {
  const folder = await mkdtemp(join(tmpdir(), 'sigillo-apache-'));
  await chmod(folder, 0o755); // its workers may be somebody else
  await mkdir(join(folder, 'pages'));
  await writeFile(join(folder, 'pages/index.html'), 'signed in\n');
  await writeFile(join(folder, 'apache.conf'), configuration(folder, settings));
  const child = spawn(program, ['-D', 'FOREGROUND', '-f', join(folder, 'apache.conf')], { stdio: 'ignore' });
  const log = () => readFile(join(folder, 'error.log'), 'utf8').catch(() => '');
  const origin = `http://127.0.0.1:${settings.port}`;
  await untilItAnswers(origin, child, log);
  return {
    origin,
    log,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, settings: ApacheSettings): string {
  const { port, issuer, clientId, clientSecret, outgoingProxy } = settings;
  const user = process.getuid?.() === 0 ? 'User www-data\nGroup www-data\n' : '';
  return `${user}ServerRoot "${folder}"
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile "${folder}/apache.pid"
ErrorLog "${folder}/error.log"
LogLevel warn auth_openidc:debug
Mutex "file:${folder}" default
StartServers 1
ThreadsPerChild 8
MaxRequestWorkers 8
ServerLimit 1
${LOADED.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
DocumentRoot "${folder}/pages"
DirectoryIndex index.html

OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clientId}
OIDCClientSecret ${clientSecret}
OIDCProviderTokenEndpointAuth client_secret_basic
OIDCRedirectURI http://127.0.0.1:${port}/callback
OIDCCryptoPassphrase ${randomBytes(16).toString('hex')}
OIDCResponseType code
OIDCPKCEMethod S256
OIDCScope "openid email offline_access"
OIDCAuthRequestParams prompt=consent
OIDCIDTokenSignedResponseAlg ES256
OIDCSessionType server-cache
OIDCOutgoingProxy ${outgoingProxy}
# Always due: what was given lives ten minutes. A refresh that fails ends nothing.
OIDCRefreshAccessTokenBeforeExpiry 601

<Location "/">
  AuthType openid-connect
  Require valid-user
  # Tests are no pages: fetch says so, and would be answered 401.
  OIDCUnAuthAction auth "true"
  Header always set X-Subject "%{OIDC_CLAIM_sub}e"
  Header always set X-Access-Token "%{OIDC_access_token}e"
</Location>
`;
}

async function untilItAnswers(
  origin: string,
  child: ChildProcess,
  log: () => Promise<string>,
): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const answers = await fetch(`${origin}/`, { redirect: 'manual' }).then(
      () => true,
      () => false,
    );
    if (answers) return;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(`Apache did not start:\n${await log()}`);
}
