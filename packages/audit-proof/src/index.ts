export { type Access, accessBytes } from './access.ts';
export {
  type ExportedAccess,
  type ExportedBlock,
  HISTORY_FORMAT,
  type HistoryExport,
  type LineProof,
} from './history-export.ts';
export type { AuditKey } from './signed.ts';
export { type ExportFault, type VerifiedExport, verifyExport } from './verify-export.ts';
