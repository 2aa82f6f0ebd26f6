export { evaluate, type Situation } from './evaluate.ts';
export {
  acrOf,
  isSecondFactor,
  type Level,
  levelOfAcr,
  METHODS,
  type Method,
  type MethodTable,
  type MethodTraits,
  policyName,
} from './methods.ts';
export {
  type Authenticator,
  type ChannelsNeed,
  type Evidence,
  FIRST,
  type FreshNeed,
  type LevelNeed,
  type Need,
  type Option,
  type Policy,
  RECOVERY,
  type RenewedNeed,
  SECOND,
  type SlotNeed,
  type Verdict,
} from './policy.ts';
export { type Door, type Holding, reach } from './reach.ts';
