import type { IdentityDocumentType, Language } from '../document-data.ts';

/** Names of data, the same in every document. */
export interface Labels {
  familyName: string;
  name: string;
  gender: string;
  genders: Record<'F' | 'M', string>;
  dateOfBirth: string;
  placeOfBirth: string;
  fiscalNumber: string;
  spidCode: string;
  issuedOn: string;
  expiresOn: string;
  issuedBy: string;
  documentType: string;
  documentTypes: Record<IdentityDocumentType, string>;
  documentNumber: string;
  email: string;
  mobilePhone: string;
  certifiedMail: string;
  phone: string;
  address: string;
  domicile: string;
  pageOf(page: number, pages: number): string;
}

const it: Labels = {
  familyName: 'Cognome',
  name: 'Nome',
  gender: 'Sesso',
  genders: { F: 'Femminile', M: 'Maschile' },
  dateOfBirth: 'Data di nascita',
  placeOfBirth: 'Luogo di nascita',
  fiscalNumber: 'Codice fiscale',
  spidCode: 'Codice SPID',
  issuedOn: 'Data di rilascio',
  expiresOn: 'Data di scadenza',
  issuedBy: 'Rilasciato da',
  documentType: 'Tipo di documento',
  documentTypes: {
    cartaIdentita: 'Carta d’identità',
    passaporto: 'Passaporto',
    patenteGuida: 'Patente di guida',
    patenteNautica: 'Patente nautica',
    librettoPensione: 'Libretto di pensione',
    patentinoImpTermici: 'Patentino per impianti termici',
    portoArmi: 'Porto d’armi',
    tesseraRiconoscimento: 'Tessera di riconoscimento',
  },
  documentNumber: 'Numero del documento',
  email: 'Indirizzo e-mail',
  mobilePhone: 'Telefono cellulare',
  certifiedMail: 'Posta certificata (PEC)',
  phone: 'Telefono',
  address: 'Indirizzo',
  domicile: 'Domicilio',
  pageOf: (page, pages) => `Pagina ${page} di ${pages}`,
};

const en: Labels = {
  familyName: 'Family name',
  name: 'First name',
  gender: 'Sex',
  genders: { F: 'Female', M: 'Male' },
  dateOfBirth: 'Date of birth',
  placeOfBirth: 'Place of birth',
  fiscalNumber: 'Fiscal code (codice fiscale)',
  spidCode: 'SPID code',
  issuedOn: 'Issued on',
  expiresOn: 'Expires on',
  issuedBy: 'Issued by',
  documentType: 'Kind of document',
  documentTypes: {
    cartaIdentita: 'Identity card',
    passaporto: 'Passport',
    patenteGuida: 'Driving licence',
    patenteNautica: 'Boating licence',
    librettoPensione: 'Pension book',
    patentinoImpTermici: 'Heating plant licence',
    portoArmi: 'Firearms licence',
    tesseraRiconoscimento: 'Identification card',
  },
  documentNumber: 'Document number',
  email: 'E-mail address',
  mobilePhone: 'Mobile phone',
  certifiedMail: 'Certified mail (PEC)',
  phone: 'Phone',
  address: 'Address',
  domicile: 'Domicile',
  pageOf: (page, pages) => `Page ${page} of ${pages}`,
};

/** The labels in each language. */
export const labels: Record<Language, Labels> = { it, en };
