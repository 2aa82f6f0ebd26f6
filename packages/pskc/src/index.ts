export type { ContainerSecret } from './encrypted-value.ts';
export { readCsv } from './read-csv.ts';
export { readPskc } from './read-pskc.ts';
export { normaliseSerial, type TokenFault, type TokenFile, type TokenRecord } from './token-record.ts';
