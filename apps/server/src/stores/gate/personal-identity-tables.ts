import { INNER, inAccount, type PersonalTable } from './personal-table.ts';

const SOMEBODY_ELSE = 'is somebody else';

/** Digital identities, and what belongs to them. */
export const IDENTITY_TABLES: Readonly<Record<string, PersonalTable>> = {
  identity: {
    by: 'account_id',
    exported: [
      'id',
      'type',
      'state',
      'spid_code',
      'document_expires_on',
      'issued_on',
      'expires_on',
      'last_used_at',
      'created_at',
    ],
    opened: { attributes_sealed: inAccount('identity', 'attributes_sealed') },
    withheld: { version: INNER },
    erased: 'deleted',
  },
  identity_name: {
    by: 'account_id',
    exported: 'keyed hashes of what identity says',
    erased: { stays: 'the keyed hash of the SPID code, so that nobody is ever given it again' },
  },
  past_number: {
    by: 'account_id',
    exported: 'a keyed hash of what identity says',
    erased: {
      stays: 'the keyed hash of the fiscal number, by which what is kept is found, until its last day',
    },
  },
  identity_cause: {
    by: 'account_id',
    exported: ['identity_id', 'cause', 'since', 'until'],
    erased: 'deleted',
  },
  identity_move: {
    by: 'account_id',
    exported: ['identity_id', 'version', 'at', 'move', 'cause', 'actor', 'from_state', 'to_state'],
    erased: 'deleted',
  },
  identity_agenda: {
    by: 'account_id',
    exported: ['identity_id', 'due_at', 'reminded_of', 'end_cause', 'ends_on', 'told_days'],
    erased: 'deleted',
  },
  activation_contract: {
    by: 'account_id',
    exported: ['identity_id', 'created_at'],
    withheld: { pdf_sealed: 'a document, which SelfCare hands out', digest: INNER },
    erased: 'deleted',
  },
  residence: {
    by: 'account_id',
    exported: ['version', 'saved_at'],
    opened: {
      address_sealed: ({ account_id, version }) => ({
        table: 'residence',
        row: `${account_id}/${version}`,
        column: 'address_sealed',
      }),
    },
    erased: 'deleted',
  },
  operator_case: {
    by: 'subject_id',
    exported: ['id', 'kind', 'state', 'created_at', 'decided_at'],
    opened: {
      payload_sealed: ({ subject_id, id }) => ({
        table: 'operator_case',
        row: `${subject_id}/${id}`,
        column: 'payload_sealed',
      }),
    },
    withheld: {
      opened_by: SOMEBODY_ELSE,
      operation_id: INNER,
      first_by: SOMEBODY_ELSE,
      locked_by: SOMEBODY_ELSE,
      locked_until: INNER,
    },
    erased: 'deleted',
  },
  case_event: {
    by: 'subject_id',
    exported: ['case_id', 'id', 'at', 'what'],
    withheld: { by_id: SOMEBODY_ELSE, note_sealed: 'what operators wrote for one another' },
    erased: 'deleted',
  },
  case_file: {
    by: 'subject_id',
    exported: ['case_id', 'part', 'media_type', 'size_bytes', 'created_at', 'forget_at'],
    withheld: { digest: INNER, content_sealed: 'a picture or form that its holder has handed in' },
    erased: 'deleted',
  },
  credential_event: {
    by: 'account_id',
    exported: ['id', 'credential_id', 'method', 'event', 'at'],
    erased: 'deleted',
  },
};
