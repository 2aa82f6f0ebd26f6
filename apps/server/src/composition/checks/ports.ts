import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../../platform/config/config.ts';
import type { Finding } from './finding.ts';

/** Opens each port that the server would, and closes it again. */
export async function checkPorts({ host, port, authenticator }: Config): Promise<Finding[]> {
  const ports = [
    { port, setting: 'SIGILLO_PORT' },
    ...(authenticator.port ? [{ port: authenticator.port, setting: 'SIGILLO_AUTHENTICATOR_PORT' }] : []),
  ];
  return Promise.all(ports.map((one) => checkPort(host, one)));
}

async function checkPort(
  host: string,
  { port, setting }: { port: number; setting: string },
): Promise<Finding> {
  const subject = `Port ${port}`;
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
    return { subject, state: 'ok', says: `free on ${host}` };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      return { subject, state: 'warning', says: 'is taken: by this server, if it runs; else choose another' };
    const says = code === 'EADDRNOTAVAIL' ? `this machine has no address ${host}. Check SIGILLO_HOST.` : '';
    return { subject, state: 'fault', says: says || `cannot be opened (${code}). Check ${setting}.` };
  } finally {
    probe.close();
  }
}
