export { type AgendaFacts, type AnnouncedEnd, nextAgendaStep } from './agenda.ts';
export {
  type AttributeFault,
  attributeFaults,
  expiryOfIdCard,
  type IdentityType,
} from './attribute-faults.ts';
export { ATTRIBUTE_NAMES, type AttributeName, isAttribute, withCapitalInitials } from './attributes.ts';
export { evidenceKeptUntil } from './evidence-days.ts';
export { isFiscalCode, normaliseFiscalCode, withDigits } from './fiscal-code.ts';
export {
  type Actor,
  afterMove,
  endsByItself,
  type IdentityStanding,
  type IdentityState,
  type Move,
  mayLift,
  maySuspend,
  type RestoreFacts,
  type RevocationCause,
  type SuspensionCause,
} from './identity-life.ts';
export { type Day, daysLater, isDay, lastOfYears, romeDayOf, startOfRomeDay } from './rome-days.ts';
export { isSpidCode, spidCodeOf } from './spid-code.ts';
export { isVatNumber } from './vat-number.ts';
