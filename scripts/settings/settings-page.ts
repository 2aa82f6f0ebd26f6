import { settingsReference } from '../../apps/server/src/platform/config/config.ts';

const HEAD = `# Settings

Every setting is an environment variable, or a key of the JSON file that \`SIGILLO_CONFIG\` names; the variable wins.
All are read once, at start, and checked together: the server lists every fault and does not start with one.
Where one standard value is given it holds for every profile, else for production / development / test.

This page is made from the sources by \`node scripts/settings-reference.ts\`.

`;

const cell = (text: string): string => text.replaceAll('|', '\\|') || '–';

/** The reference of all settings, as Markdown. */
export function settingsPage(): string {
  const rows = settingsReference().map(({ env, key, accepts, standard, says, isSecret }) => {
    const values = [...new Set(Object.values(standard))];
    const shown = values.length === 1 ? (values[0] ?? '') : Object.values(standard).map(cell).join(' / ');
    return `### \`${env}\`\n\n${says}${isSecret ? ' Secret.' : ''}\n\n- accepts: ${cell(accepts)}\n- standard: ${shown ? `\`${shown}\`` : 'none'}\n- in the file: \`${key}\`\n`;
  });
  return HEAD + rows.join('\n');
}
