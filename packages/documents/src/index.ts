import type { ActivationContractData, EmergencyCardData, RevocationFormData } from './document-data.ts';

export type {
  ActivationContractData,
  CalendarDate,
  Contacts,
  EmergencyCardData,
  Holder,
  IdentityDocument,
  IdentityDocumentType,
  Language,
  Provider,
  RevocationFormData,
} from './document-data.ts';
export { DocumentDataRefused, type RefusedReason } from './document-data-refused.ts';

// What draws them takes a tenth of a second and 30 MiB to load: a node on which nobody asks for one does without.

/** `activation-contract.ts`, loaded when the first is asked for. */
export const activationContract = async (data: ActivationContractData): Promise<Uint8Array> =>
  (await import('./activation-contract.ts')).activationContract(data);

/** `emergency-card.ts`, likewise. */
export const emergencyCard = async (data: EmergencyCardData): Promise<Uint8Array> =>
  (await import('./emergency-card.ts')).emergencyCard(data);

/** `revocation-form.ts`, likewise. */
export const revocationForm = async (data: RevocationFormData): Promise<Uint8Array> =>
  (await import('./revocation-form.ts')).revocationForm(data);
