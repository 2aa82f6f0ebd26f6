import type {
  ActivationContractData,
  EmergencyCardData,
  Provider,
  RevocationFormData,
} from './document-data.ts';

const provider: Provider = {
  name: 'Identità Alpina S.p.A.',
  address: 'Via dei Mille 12, 38122 Trento TN',
  email: 'assistenza@identita.example',
  certifiedMail: 'spid@pec.identita.example',
  phone: '+39 0461 000000',
  privacyUrl: 'https://id.identita.example/privacy',
  helpUrl: 'https://id.identita.example/aiuto',
  colour: '#0066cc',
};

/** The holder, identity and provider that the tests print. */
export const contractData: ActivationContractData = {
  language: 'it',
  provider,
  holder: {
    name: 'Maria Łucja',
    familyName: 'Müller D’Angelo',
    gender: 'F',
    dateOfBirth: '1980-03-01',
    placeOfBirth: 'Bolzano/Bozen',
    countyOfBirth: 'BZ',
    fiscalNumber: 'MLLMLC80C41A952K',
  },
  identity: { spidCode: 'ALPI0000000001', issuedOn: '2026-11-20', expiresOn: '2028-11-19' },
  document: {
    type: 'cartaIdentita',
    number: 'CA00000AA',
    issuer: 'Comune di Bolzano',
    issuedOn: '2022-05-10',
    expiresOn: '2032-03-01',
  },
  contacts: {
    email: 'maria.mueller@posta.example',
    mobilePhone: '+39 333 000 0000',
    certifiedMail: 'maria.mueller@pec.posta.example',
    domicile: 'Via Portici 1, 39100 Bolzano BZ, Italia',
  },
  concludedOn: '2026-11-20',
};

export const formData: RevocationFormData = {
  language: 'it',
  provider,
  madeOn: '2026-11-22',
  holder: contractData.holder,
  spidCode: contractData.identity.spidCode,
  document: contractData.document,
  contacts: contractData.contacts,
};

export const cardData: EmergencyCardData = {
  language: 'it',
  provider,
  madeOn: '2026-11-22',
  suspensionLink: 'https://id.identita.example/sos/7Q4K-M2XD-9RTB-VH6W-3JNC-8PAF',
};
