export { activationContract } from './activation-contract.ts';
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
export { emergencyCard } from './emergency-card.ts';
export { revocationForm } from './revocation-form.ts';
