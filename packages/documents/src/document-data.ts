/** The languages a document can be made in. Each document is whole in one of them. */
export type Language = 'it' | 'en';

/** A day of the calendar, `YYYY-MM-DD`. The caller knows in which time zone; documents know no clock. */
export type CalendarDate = string;

/** Who issues identities, as its letters say it. */
export interface Provider {
  name: string;
  /** Street, postcode and town, in one line. */
  address: string;
  /** Where holders write. */
  email: string;
  /** Certified mail (PEC), where requests with legal weight are sent. */
  certifiedMail?: string;
  phone?: string;
  privacyUrl: string;
  helpUrl: string;
  /** The colour of the brand file, `#rrggbb`, dark enough for text on white. */
  colour: string;
}

/** A natural person (SPID: identifying attributes), written as people read them. */
export interface Holder {
  name: string;
  familyName: string;
  gender: 'F' | 'M';
  dateOfBirth: CalendarDate;
  /** The town or country in words, not its Belfiore code. */
  placeOfBirth: string;
  /** Two letters; absent for who was born abroad. */
  countyOfBirth?: string;
  /** Without the `TINIT-` prefix. */
  fiscalNumber: string;
}

/** What an identity document may be (SPID attribute `idCard`). */
export type IdentityDocumentType =
  | 'cartaIdentita'
  | 'passaporto'
  | 'patenteGuida'
  | 'patenteNautica'
  | 'librettoPensione'
  | 'patentinoImpTermici'
  | 'portoArmi'
  | 'tesseraRiconoscimento';

/** The document that proved who the holder is. */
export interface IdentityDocument {
  type: IdentityDocumentType;
  number: string;
  issuer: string;
  issuedOn: CalendarDate;
  expiresOn: CalendarDate;
}

/** How the holder is reached. */
export interface Contacts {
  email: string;
  mobilePhone: string;
  certifiedMail?: string;
  /** Street, postcode, town and country, in one line. */
  domicile?: string;
}

/** What an activation contract is made of; the same data give the same bytes. */
export interface ActivationContractData {
  language: Language;
  provider: Provider;
  holder: Holder;
  identity: { spidCode: string; issuedOn: CalendarDate; expiresOn: CalendarDate };
  document: IdentityDocument;
  contacts: Contacts;
  concludedOn: CalendarDate;
}

/** What a revocation form is made of; whatever is not known stays for the holder to fill in. */
export interface RevocationFormData {
  language: Language;
  provider: Provider;
  /** The day the form was made. */
  madeOn: CalendarDate;
  holder?: Partial<Omit<Holder, 'gender' | 'countyOfBirth'>>;
  spidCode?: string;
  document?: IdentityDocument;
  contacts?: Partial<Pick<Contacts, 'email' | 'mobilePhone'>>;
}

/** What an emergency card is made of. It names nobody: who finds it learns nothing but how to suspend. */
export interface EmergencyCardData {
  language: Language;
  provider: Provider;
  madeOn: CalendarDate;
  /** The link that suspends; a secret, 200 characters at most. */
  suspensionLink: string;
}
