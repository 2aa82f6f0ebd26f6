/** `node scripts/settings-reference.ts`: writes docs/operations/settings.md from what the modules declare. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { settingsPage } from './settings/settings-page.ts';

await writeFile(join(import.meta.dirname, '../docs/operations/settings.md'), settingsPage());
