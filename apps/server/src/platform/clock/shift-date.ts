/**
 * Replaces the global `Date` by one that can be moved, so that libraries that read `Date.now()` follow the
 * development clock too. Imported first, and only by the entry of the development and test profiles:
 * importing it is what replaces `Date`. Timers and `performance.now()` are not moved.
 */
const RealDate = Date;
let offsetMs = 0;

const shiftedNow = () => RealDate.now() + offsetMs;

const ShiftedDate = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [shiftedNow()] : args, newTarget),
  // `Date()` without `new` is the present as a string, whatever the arguments (ECMA-262 §21.4.2.1).
  apply: () => new RealDate(shiftedNow()).toString(),
  get: (target, property, receiver) =>
    property === 'now' ? shiftedNow : Reflect.get(target, property, receiver),
});

globalThis.Date = ShiftedDate;
// `new date.constructor()` must be the moved one as well.
Object.defineProperty(RealDate.prototype, 'constructor', { value: ShiftedDate });

/**
 * Moves the present.
 *
 * @param ms how far `Date` is ahead of the computer's clock, in milliseconds; 0 is the computer's time
 */
export function setClockOffset(ms: number): void {
  offsetMs = ms;
}

/** What the computer's clock says, however far `Date` was moved. */
export const computerNowMs = (): number => RealDate.now();
