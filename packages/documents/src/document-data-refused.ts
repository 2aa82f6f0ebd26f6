/** Why a text cannot be printed as it is. */
export type RefusedReason =
  | 'empty'
  | 'too-long'
  | 'unprintable'
  | 'no-glyph'
  | 'not-a-date'
  | 'not-a-link'
  | 'not-a-colour';

/** The data cannot become a document: `field` says where (`holder.familyName`), `reason` why. Never holds the value. */
export class DocumentDataRefused extends Error {
  override name = 'DocumentDataRefused';
  readonly field: string;
  readonly reason: RefusedReason;

  constructor(field: string, reason: RefusedReason) {
    super(`${field}: ${reason}`);
    this.field = field;
    this.reason = reason;
  }
}
