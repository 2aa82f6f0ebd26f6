export { activationContract } from './activation-contract.ts';
