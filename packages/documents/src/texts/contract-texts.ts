import type { Language } from '../document-data.ts';

/** What an activation contract says. Whoever changes a sentence raises `edition` in activation-contract.ts. */
export interface ContractTexts {
  title: string;
  lead(provider: string, holder: string): string;
  identity: string;
  validFrom: string;
  validUntil: string;
  holder: string;
  document: string;
  contacts: string;
  provider: string;
  providerName: string;
  duties: { heading: string; items: readonly string[] };
  providerDuties: { heading: string; items: readonly string[] };
  ending: { heading: string; paragraphs: readonly string[]; help: string };
  privacy: { heading: string; paragraphs: readonly string[]; link: string };
  conclusion: { heading: string; paragraph(date: string, provider: string, holder: string): string };
  edition: string;
}

const it: ContractTexts = {
  title: 'Contratto di attivazione dell’identità digitale SPID',
  lead: (provider, holder) =>
    `${provider} ha rilasciato a ${holder} l’identità digitale descritta in questo contratto. Conservalo: dice che cosa puoi aspettarti da noi, che cosa chiediamo a te e come fermare l’identità se ne perdi il controllo.`,
  identity: 'La tua identità digitale',
  validFrom: 'Rilasciata il',
  validUntil: 'Valida fino al',
  holder: 'I tuoi dati',
  document: 'Il documento con cui ti abbiamo riconosciuto',
  contacts: 'I tuoi contatti',
  provider: 'Il gestore dell’identità',
  providerName: 'Nome',
  duties: {
    heading: 'I tuoi doveri',
    items: [
      'Usa l’identità solo tu e solo per te. Non cedere a nessuno password, codici, telefono sbloccato o app: non te li chiederemo mai.',
      'Comunica dati veri e completi, e dicci subito quando cambiano. I contatti si aggiornano nell’area personale.',
      'Carica un nuovo documento prima che scada quello indicato sopra: con un documento scaduto dobbiamo sospendere l’identità.',
      'Se perdi o ti rubano le credenziali, o se temi che qualcuno le usi al tuo posto, chiedi subito la sospensione.',
      'Controlla ogni tanto i tuoi accessi nell’area personale e segnala quelli che non riconosci.',
    ],
  },
  providerDuties: {
    heading: 'I nostri doveri',
    items: [
      'Rilascio, sospensione e revoca su richiesta sono gratuiti, e li eseguiamo senza ritardo.',
      'Passiamo i tuoi dati a un servizio solo quando lo autorizzi, e solo quelli che ti mostriamo.',
      'Ti avvisiamo quando cambiano i tuoi dati, i tuoi contatti o le tue credenziali, e se una violazione della sicurezza ti riguarda.',
      'Prima di una revoca che non hai chiesto tu, per mancato uso o fine del contratto, ti avvisiamo 90, 30, 10 e 1 giorno prima, con il motivo e la data.',
    ],
  },
  ending: {
    heading: 'Come sospendere o revocare l’identità',
    paragraphs: [
      'La sospensione ferma l’identità subito e dura al massimo 30 giorni. Puoi chiederla nell’area personale, con il link della tua scheda di emergenza o scrivendo ai recapiti del gestore. Puoi farla cessare prima. Se entro i 30 giorni ci mandi copia della denuncia presentata alle autorità, revochiamo l’identità; altrimenti la riattiviamo, se tutto ciò che la rendeva sicura vale ancora.',
      'La revoca chiude l’identità per sempre. Puoi chiederla quando vuoi con il modulo di revoca che trovi nell’area personale: compilalo, firmalo e invialo per posta certificata o ai recapiti del gestore.',
      'Dobbiamo revocare l’identità anche in caso di uso illecito, di decesso, di fine del contratto o se non la usi per più di 24 mesi.',
    ],
    help: 'Aiuto e modulo di revoca',
  },
  privacy: {
    heading: 'Dati personali',
    paragraphs: [
      'Il titolare del trattamento è il gestore indicato sopra. Trattiamo i tuoi dati per rilasciare e gestire l’identità digitale, come prevedono la normativa su SPID e il Regolamento (UE) 2016/679. Conserviamo la documentazione del rilascio per 20 anni dalla scadenza o dalla revoca dell’identità; poi la cancelliamo.',
      'Puoi chiedere di vedere, correggere, ricevere o cancellare i tuoi dati, di limitarne il trattamento o di opporti, e puoi presentare reclamo al Garante per la protezione dei dati personali. L’informativa completa si trova all’indirizzo qui sotto.',
    ],
    link: 'Informativa sui dati personali',
  },
  conclusion: {
    heading: 'Conclusione del contratto',
    paragraph: (date, provider, holder) =>
      `Contratto concluso il ${date} tra ${provider}, gestore dell’identità, e ${holder}, titolare.`,
  },
  edition: 'Testo del contratto: edizione',
};

const en: ContractTexts = {
  title: 'Activation contract of the SPID digital identity',
  lead: (provider, holder) =>
    `${provider} has issued to ${holder} the digital identity described in this contract. Keep it: it says what you can expect of us, what we ask of you, and how to stop the identity when it is no longer in your hands alone. Where this translation and the Italian text differ, the Italian text holds.`,
  identity: 'Your digital identity',
  validFrom: 'Issued on',
  validUntil: 'Valid until',
  holder: 'Your data',
  document: 'The document by which we recognised you',
  contacts: 'Your contacts',
  provider: 'The identity provider',
  providerName: 'Name',
  duties: {
    heading: 'Your duties',
    items: [
      'Only you use the identity, and only for yourself. Give nobody your password, codes, unlocked phone or app: we will never ask for them.',
      'Give true and complete data, and tell us at once when they change. Contacts are updated in your personal area.',
      'Upload a new document before the one above expires: with an expired document we have to suspend the identity.',
      'If your credentials are lost or stolen, or you fear that somebody uses them in your place, ask for suspension at once.',
      'Look at your accesses in your personal area now and then, and tell us of any that you do not recognise.',
    ],
  },
  providerDuties: {
    heading: 'Our duties',
    items: [
      'Issue, suspension and revocation on request are free, and are carried out without delay.',
      'We give your data to a service only when you authorise it, and only those that we show you.',
      'We tell you when your data, contacts or credentials change, and when a breach of security concerns you.',
      'Before a revocation that you did not ask for, because of disuse or the end of the contract, we tell you 90, 30, 10 days and 1 day ahead, with the reason and the date.',
    ],
  },
  ending: {
    heading: 'How to suspend or revoke the identity',
    paragraphs: [
      'Suspension stops the identity at once and lasts at most 30 days. Ask for it in your personal area, with the link of your emergency card, or by writing to the provider. You may end it earlier. If you send us, within the 30 days, a copy of the report made to the authorities, we revoke the identity; otherwise we restore it, if all that made it safe still holds.',
      'Revocation ends the identity for ever. Ask for it whenever you like with the revocation form of your personal area: fill it in, sign it, and send it by certified mail or to the provider’s addresses.',
      'We also have to revoke the identity in case of unlawful use, of death, at the end of the contract, or when it has not been used for more than 24 months.',
    ],
    help: 'Help and revocation form',
  },
  privacy: {
    heading: 'Personal data',
    paragraphs: [
      'The controller of your data is the provider named above. We process them to issue and manage the digital identity, as the rules on SPID and Regulation (EU) 2016/679 provide. The records of the issue are kept for 20 years from the expiry or revocation of the identity, and are then erased.',
      'You may ask to see, correct, receive or erase your data, to restrict their processing or to object to it, and you may complain to the Italian data protection authority (Garante per la protezione dei dati personali). The full notice is at the address below.',
    ],
    link: 'Privacy notice',
  },
  conclusion: {
    heading: 'Conclusion of the contract',
    paragraph: (date, provider, holder) =>
      `Contract concluded on ${date} between ${provider}, identity provider, and ${holder}, holder.`,
  },
  edition: 'Text of the contract: edition',
};

/** The contract's texts in each language. */
export const contractTexts: Record<Language, ContractTexts> = { it, en };
