import type { Language } from '../document-data.ts';

/** What an emergency card says. */
export interface CardTexts {
  title: string;
  lead: string;
  code: string;
  link: string;
  steps: { heading: string; items: readonly string[] };
  effect: { heading: string; items: readonly string[] };
  keeping: { heading: string; items: readonly string[] };
  help: string;
  contacts(contacts: string): string;
  madeOn(date: string): string;
}

const it: CardTexts = {
  title: 'Scheda di emergenza',
  lead: 'Hai perso il telefono, la password o entrambi? Con questo foglio puoi fermare subito la tua identità digitale, da qualsiasi dispositivo e senza accedere.',
  code: 'Codice QR con il link che sospende l’identità. Lo stesso link è scritto qui accanto.',
  link: 'Link di sospensione',
  steps: {
    heading: 'Che cosa fare',
    items: [
      'Inquadra il codice con la fotocamera di un telefono, oppure scrivi il link in un browser.',
      'Controlla che l’indirizzo sia proprio quello scritto qui, poi conferma la sospensione.',
    ],
  },
  effect: {
    heading: 'Che cosa succede',
    items: [
      'L’identità si ferma subito: nessuno può più usarla, nemmeno tu.',
      'La sospensione dura al massimo 30 giorni. Puoi farla cessare prima dimostrando che sei tu.',
      'Il link può solo sospendere: non mostra dati, non fa accedere, non cambia e non cancella nulla.',
    ],
  },
  keeping: {
    heading: 'Dove tenere questo foglio',
    items: [
      'A casa, con i documenti importanti: non nel portafoglio e non insieme al telefono.',
      'Chi lo trova può fermare la tua identità, ma non usarla. Se lo perdi, creane un altro nell’area personale: il link di questo smette di funzionare.',
    ],
  },
  help: 'Aiuto',
  contacts: (contacts) => `Se il link non funziona, contattaci: ${contacts}.`,
  madeOn: (date) => `Scheda creata il ${date}`,
};

const en: CardTexts = {
  title: 'Emergency card',
  lead: 'Have you lost your phone, your password or both? With this sheet you can stop your digital identity at once, from any device and without signing in.',
  code: 'QR code with the link that suspends the identity. The same link is written beside it.',
  link: 'Suspension link',
  steps: {
    heading: 'What to do',
    items: [
      'Point a phone’s camera at the code, or type the link into a browser.',
      'Check that the address is exactly the one written here, then confirm the suspension.',
    ],
  },
  effect: {
    heading: 'What happens',
    items: [
      'The identity stops at once: nobody can use it any more, not even you.',
      'The suspension lasts 30 days at most. You may end it earlier by proving that it is you.',
      'The link can suspend and nothing else: it shows no data, signs nobody in, changes and deletes nothing.',
    ],
  },
  keeping: {
    heading: 'Where to keep this sheet',
    items: [
      'At home, with your important papers: not in your wallet, and not with your phone.',
      'Whoever finds it can stop your identity but not use it. If you lose it, make another in your personal area: the link on this one stops working.',
    ],
  },
  help: 'Help',
  contacts: (contacts) => `If the link does not work, contact us: ${contacts}.`,
  madeOn: (date) => `Card made on ${date}`,
};

/** The card's texts in each language. */
export const cardTexts: Record<Language, CardTexts> = { it, en };
