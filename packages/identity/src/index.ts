export { ATTRIBUTE_NAMES, type AttributeName, isAttribute, withCapitalInitials } from './attributes.ts';
export { isFiscalCode, normaliseFiscalCode, withDigits } from './fiscal-code.ts';
export {
  type Actor,
  afterMove,
  endsByItself,
  type IdentityStanding,
  type IdentityState,
  type Move,
  type RestoreFacts,
  type RevocationCause,
  type SuspensionCause,
} from './identity-life.ts';
export { type Day, daysLater, isDay, romeDayOf, startOfRomeDay } from './rome-days.ts';
export { isSpidCode, spidCodeOf } from './spid-code.ts';
export { isVatNumber } from './vat-number.ts';
