import { createHash } from 'node:crypto';
import type { Case, CaseFile } from '../../cases/case.ts';
import type { Cases } from '../../cases/cases.ports.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

type Key = Pick<Case, 'subjectId' | 'id'>;
type Files = 'parts' | 'file' | 'putAside' | 'takeAside' | 'forgetFiles' | 'forgetFilesAt' | 'forgetDueFiles';

const filePlace = ({ subjectId, id }: Key, part: string) => ({
  table: 'case_file',
  row: `${subjectId}/${id}/${part}`,
  column: 'content_sealed',
});

/** What is handed in with cases, on PostgreSQL: sealed. */
export function caseFileStore(keyring: Keyring): Pick<Cases, Files> {
  return {
    ...filesOf(keyring),
    ...asideOf(keyring),
    forgetFiles: deleteFiles,

    async forgetFilesAt(tx, key, at) {
      await tx
        .updateTable('case_file')
        .set({ forget_at: at })
        .where('subject_id', '=', key.subjectId)
        .where('case_id', '=', key.id)
        .execute();
    },

    async forgetDueFiles(tx, now) {
      await tx.deleteFrom('case_file').where('forget_at', '<=', now).execute();
    },
  };
}

/** Files that belong to no case yet stand under the account's own id. */
const aside = (accountId: string): Key => ({ subjectId: accountId, id: accountId });

function asideOf(keyring: Keyring): Pick<Cases, 'putAside' | 'takeAside'> {
  return {
    async putAside(tx, accountId, file, at, forgetAt) {
      const row = fileRow(keyring, { ...aside(accountId), createdAt: at }, file, forgetAt);
      const { subject_id, case_id, part, ...content } = row;
      await tx
        .insertInto('case_file')
        .values(row)
        .onConflict((conflict) => conflict.columns(['subject_id', 'case_id', 'part']).doUpdateSet(content))
        .execute();
    },

    async takeAside(tx, accountId) {
      const key = aside(accountId);
      const rows = await tx
        .deleteFrom('case_file')
        .where('subject_id', '=', key.subjectId)
        .where('case_id', '=', key.id)
        .returningAll()
        .execute();
      return rows.map(({ part, media_type, content_sealed }) => ({
        part,
        mediaType: media_type as CaseFile['mediaType'],
        content: keyring.open(content_sealed, filePlace(key, part)),
      }));
    },
  };
}

function filesOf(keyring: Keyring): Pick<Cases, 'parts' | 'file'> {
  return {
    async parts(tx, key) {
      const rows = await tx
        .selectFrom('case_file')
        .select(['part', 'media_type'])
        .where('subject_id', '=', key.subjectId)
        .where('case_id', '=', key.id)
        .orderBy('part', 'desc')
        .execute();
      return rows.map(({ part, media_type }) => ({ part, mediaType: media_type as CaseFile['mediaType'] }));
    },

    async file(tx, key, part) {
      const row = await tx
        .selectFrom('case_file')
        .selectAll()
        .where('subject_id', '=', key.subjectId)
        .where('case_id', '=', key.id)
        .where('part', '=', part)
        .executeTakeFirst();
      if (!row) return undefined;
      const content = keyring.open(row.content_sealed, filePlace(key, part));
      return { part, mediaType: row.media_type as CaseFile['mediaType'], content };
    },
  };
}

async function deleteFiles(tx: Tx, { subjectId, id }: Key): Promise<void> {
  await tx.deleteFrom('case_file').where('subject_id', '=', subjectId).where('case_id', '=', id).execute();
}

/** A file as its row holds it. */
export function fileRow(
  keyring: Keyring,
  key: Key & Pick<Case, 'createdAt'>,
  { part, mediaType, content }: CaseFile,
  forgetAt: Date | null = null,
): Tables['case_file'] {
  return {
    subject_id: key.subjectId,
    case_id: key.id,
    part,
    media_type: mediaType,
    size_bytes: content.length,
    digest: createHash('sha256').update(content).digest(),
    content_sealed: keyring.seal(content, filePlace(key, part)),
    created_at: key.createdAt,
    forget_at: forgetAt,
  };
}
