import type { Language } from '../document-data.ts';

/** What a revocation form says. */
export interface FormTexts {
  title: string;
  lead: string;
  request: { heading: string; tip: string; revocation: string; suspension: string; days: string };
  holder: { heading: string; note: string };
  reason: { heading: string; unused: string; lost: string; abused: string; other: string; more: string };
  document: { heading: string; note: string; report: string };
  signature: {
    heading: string;
    declaration: string;
    place: string;
    date: string;
    signature: string;
    tip: string;
  };
  instructions: { heading: string; items(addresses: string): readonly string[] };
  next: { heading: string; items: readonly string[]; help: string };
  /** Between the addresses of the provider. */
  or: string;
  dateHint: string;
  madeOn(date: string): string;
}

const it: FormTexts = {
  title: 'Richiesta di revoca o sospensione',
  lead: 'Con questo modulo chiedi, gratis, di revocare o sospendere la tua identità digitale SPID. Compilalo al computer o a penna, firmalo e invialo come spiegato in fondo. Per fermare l’identità subito usa invece l’area personale o la tua scheda di emergenza.',
  request: {
    heading: 'Che cosa chiedi',
    tip: 'Che cosa chiedi',
    revocation:
      'Revoca: l’identità si chiude per sempre. Per averne un’altra dovrai farti riconoscere di nuovo.',
    suspension:
      'Sospensione: l’identità si ferma per i giorni che indichi, al massimo 30. Puoi farla cessare prima.',
    days: 'Giorni di sospensione (da 1 a 30)',
  },
  holder: { heading: 'I tuoi dati', note: 'Controlla i dati già scritti e correggi quelli cambiati.' },
  reason: {
    heading: 'Motivo (facoltativo)',
    unused: 'Non mi serve più.',
    lost: 'Ho perso le credenziali, o me le hanno rubate.',
    abused: 'Temo che qualcuno l’abbia usata, o l’abbia ottenuta, al mio posto.',
    other: 'Altro, che spiego qui sotto.',
    more: 'Spiegazione',
  },
  document: {
    heading: 'Documento che alleghi',
    note: 'Serve la copia, fronte e retro, di un documento d’identità valido. Se firmi con firma digitale qualificata non serve.',
    report: 'Allego anche la copia della denuncia presentata alle autorità.',
  },
  signature: {
    heading: 'Firma',
    declaration:
      'Dichiaro che i dati sono veri e che l’identità indicata è la mia. So che dichiarare il falso è punito dalla legge (articolo 76 del D.P.R. 445/2000).',
    place: 'Luogo',
    date: 'Data (gg/mm/aaaa)',
    signature: 'Firma',
    tip: 'Firma: firma digitale qualificata, o firma a mano sul foglio stampato',
  },
  instructions: {
    heading: 'Come inviare la richiesta',
    items: (addresses) => [
      'Firma a mano sul foglio stampato, oppure firma il file con una firma digitale qualificata.',
      'Se hai firmato a mano, fai una copia o una foto leggibile del modulo e del documento, fronte e retro.',
      `Invia tutto a: ${addresses}. La posta certificata e la firma digitale rendono la richiesta più rapida.`,
      'Tieni una copia del modulo. Non inviarci mai password, codici o PIN.',
    ],
  },
  next: {
    heading: 'Che cosa succede dopo',
    items: [
      'Ti confermiamo di aver ricevuto la richiesta.',
      'Se non arriva da posta certificata e non ha una firma digitale, controlliamo che venga da te attraverso uno dei tuoi contatti verificati.',
      'Per prudenza possiamo sospendere l’identità mentre controlliamo.',
      'Ti scriviamo l’esito. Con la revoca smettono di funzionare anche credenziali, app collegate e accessi aperti. Una sospensione finisce da sola nel giorno indicato, o prima se lo chiedi.',
    ],
    help: 'Aiuto',
  },
  or: ' oppure ',
  dateHint: '(gg/mm/aaaa)',
  madeOn: (date) => `Modulo preparato il ${date}`,
};

const en: FormTexts = {
  title: 'Request for revocation or suspension',
  lead: 'With this form you ask, free of charge, to revoke or suspend your SPID digital identity. Fill it in on a computer or by hand, sign it and send it as explained at the end. To stop the identity at once, use your personal area or your emergency card instead.',
  request: {
    heading: 'What you ask for',
    tip: 'What you ask for',
    revocation:
      'Revocation: the identity ends for ever. To have another, you will have to be recognised again.',
    suspension:
      'Suspension: the identity stops for the days that you give, 30 at most. You may end it earlier.',
    days: 'Days of suspension (1 to 30)',
  },
  holder: { heading: 'Your data', note: 'Check what is filled in, and correct what has changed.' },
  reason: {
    heading: 'Reason (optional)',
    unused: 'I no longer need it.',
    lost: 'I have lost the credentials, or they were stolen.',
    abused: 'I fear that somebody has used it, or obtained it, in my place.',
    other: 'Something else, as I explain below.',
    more: 'Explanation',
  },
  document: {
    heading: 'The document that you add',
    note: 'We need a copy, front and back, of a valid identity document. With a qualified electronic signature it is not needed.',
    report: 'I also add a copy of the report made to the authorities.',
  },
  signature: {
    heading: 'Signature',
    declaration:
      'I declare that the data are true and that the identity is mine. I know that false declarations are punished by law (article 76 of Italian Presidential Decree 445/2000).',
    place: 'Place',
    date: 'Date (dd/mm/yyyy)',
    signature: 'Signature',
    tip: 'Signature: a qualified electronic signature, or by hand on the printed sheet',
  },
  instructions: {
    heading: 'How to send the request',
    items: (addresses) => [
      'Sign by hand on the printed sheet, or sign the file with a qualified electronic signature.',
      'If you signed by hand, make a legible copy or photograph of the form and of the document, front and back.',
      `Send everything to: ${addresses}. Certified mail and a qualified signature make the request quicker.`,
      'Keep a copy of the form. Never send us passwords, codes or PINs.',
    ],
  },
  next: {
    heading: 'What happens next',
    items: [
      'We confirm that the request has reached us.',
      'If it comes neither by certified mail nor with a qualified signature, we check through one of your verified contacts that it comes from you.',
      'As a precaution we may suspend the identity while we check.',
      'We write to you what was decided. Revocation also ends credentials, linked apps and open sessions. A suspension ends by itself on the day that was given, or earlier if you ask.',
    ],
    help: 'Help',
  },
  or: ' or ',
  dateHint: '(dd/mm/yyyy)',
  madeOn: (date) => `Form made on ${date}`,
};

/** The form's texts in each language. */
export const formTexts: Record<Language, FormTexts> = { it, en };
