import {
  type Environment,
  examineEnvironment,
  settingsIn,
  unknownVariables,
} from '../../platform/config/config.ts';
import { weakSettings } from '../../platform/config/weak-settings.ts';
import { checkDatabase } from './database.ts';
import { checkFiles } from './files.ts';
import type { Finding } from './finding.ts';
import { checkPorts } from './ports.ts';

/**
 * Everything that can be said of an installation without starting it. Nothing is changed; the database is asked, and
 * nobody else.
 */
export async function checkInstallation(env: Environment): Promise<Finding[]> {
  const { config, faults } = examineEnvironment(env);
  const says = `profile ${config.profile}${config.issuer ? `, issuer ${config.issuer}` : ''}`;
  const settings: Finding[] =
    faults.length === 0
      ? [{ subject: 'Settings', state: 'ok', says }]
      : faults.map((fault) => ({ subject: 'Settings', state: 'fault', says: fault }));
  const found = [...checkFiles(config), ...(await checkDatabase(config)), ...(await checkPorts(config))];

  // What hangs on a setting that is at fault is judged once that is mended.
  const told = new Set(faults.flatMap(settingsIn));
  const rest = found.filter(
    ({ state, says }) => state !== 'fault' || !settingsIn(says).some((name) => told.has(name)),
  );
  const unknown = unknownVariables(env).map((name) => `${name} is no setting: a misspelling?`);
  const weak = [...unknown, ...weakSettings(config)].map(
    (sentence): Finding => ({ subject: 'Settings', state: 'warning', says: sentence }),
  );
  return [...settings, ...weak, ...rest];
}
