import type { Translated } from './kit/language.ts';

const english = {
  welcome: 'How can we help?',
  lead: 'Your contract, your cases and the people who follow them, in one place.',
  firstTime: 'First time here? Sigillo takes you through registration in a few minutes.',
  offers: {
    cases: { title: 'Follow your cases', text: 'See where each one stands and what happens next.' },
    details: { title: 'Keep your details right', text: 'So that we reach you when it matters.' },
    talk: { title: 'Talk to a person', text: 'In chat on working days, in writing at any time.' },
  },
  hello: 'Hello',
  today: 'What would you like to do today?',
  tiles: {
    cases: { title: 'My cases', text: '1 answer is waiting for you.' },
    details: { title: 'My details', text: 'What we know about you, and how.' },
    talk: { title: 'Talk to a person', text: 'Tell us what you need.' },
  },
  sensitive: 'Something sensitive',
  sensitiveWhy:
    'Your full contract code opens many doors. We show it only after two proofs in the last five minutes.',
  sensitiveDo: 'Do something sensitive: show my contract code',
  contract: 'Your contract code',
  contractWhy: 'You proved it is you with two proofs, so here it is. Share it with nobody on the phone.',
  detailsLead: 'They come from your Sigillo account. Change them there, then refresh them here.',
  change: 'Change them in Sigillo',
  casesLead: 'Newest first. Every case has a number: support will ask for it.',
  contactAbout: 'Contact support about',
  states: {
    reply: 'Your turn',
    waiting: 'With us',
    done: 'Closed',
  },
  opened: 'Opened',
  chatTitle: 'Live chat',
  chatText:
    'People answer here on working days from 9 to 18. In this demonstration nobody does: write to support instead.',
};

const italian: typeof english = {
  welcome: 'Come possiamo aiutarti?',
  lead: 'Il tuo contratto, le tue pratiche e le persone che le seguono, in un posto solo.',
  firstTime: 'È la prima volta? Con Sigillo ti registri in pochi minuti.',
  offers: {
    cases: { title: 'Segui le tue pratiche', text: 'Vedi a che punto sono e che cosa succede dopo.' },
    details: { title: 'Tieni i dati aggiornati', text: 'Così ti troviamo quando serve.' },
    talk: { title: 'Parla con una persona', text: 'In chat nei giorni lavorativi, per iscritto sempre.' },
  },
  hello: 'Ciao',
  today: 'Che cosa vuoi fare oggi?',
  tiles: {
    cases: { title: 'Le mie pratiche', text: 'C’è 1 risposta per te.' },
    details: { title: 'I miei dati', text: 'Che cosa sappiamo di te, e come.' },
    talk: { title: 'Parla con una persona', text: 'Raccontaci che cosa ti serve.' },
  },
  sensitive: 'Qualcosa di delicato',
  sensitiveWhy:
    'Il codice completo del contratto apre molte porte. Lo mostriamo solo dopo due prove negli ultimi cinque minuti.',
  sensitiveDo: 'Fai qualcosa di delicato: mostra il codice del contratto',
  contract: 'Il codice del tuo contratto',
  contractWhy: 'Hai confermato chi sei con due prove, quindi eccolo. Non dirlo a nessuno al telefono.',
  detailsLead: 'Vengono dal tuo account Sigillo. Cambiali lì, poi aggiornali qui.',
  change: 'Cambiali in Sigillo',
  casesLead: 'Le più recenti per prime. Ogni pratica ha un numero: l’assistenza te lo chiederà.',
  contactAbout: 'Contatta l’assistenza per',
  states: {
    reply: 'Tocca a te',
    waiting: 'Tocca a noi',
    done: 'Conclusa',
  },
  opened: 'Aperta',
  chatTitle: 'Chat',
  chatText:
    'Qui rispondono persone nei giorni lavorativi dalle 9 alle 18. In questa dimostrazione non c’è nessuno: scrivi all’assistenza.',
};

/** What the Customer Care portal says. */
export const careWords: Translated<typeof english> = { it: italian, en: english };
