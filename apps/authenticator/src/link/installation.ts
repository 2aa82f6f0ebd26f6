import { DeviceProblem } from '../linked/device-problem.ts';

/** The installation that this app belongs to: the one origin it may talk to. */
export interface Installation {
  issuer: string;
  name: string;
}

/** Asks the app's own origin; what it said last is kept for when there is no network. @throws DeviceProblem `unreachable` */
export async function readInstallation(): Promise<Installation> {
  const response = await fetch('/installation.json').catch(() => undefined);
  if (!response?.ok) throw new DeviceProblem('unreachable', 0);
  return response.json();
}
