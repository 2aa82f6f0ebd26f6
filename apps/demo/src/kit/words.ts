import type { Translated } from './language.ts';

/** Why a sign-in, a step-up or a check did not end as hoped. Most are OAuth and OpenID Connect error codes. */
const PROBLEMS = [
  'access_denied',
  'login_required',
  'consent_required',
  'interaction_required',
  'unmet_authentication_requirements',
  'other_person',
  'sign_in_lost',
  'sign_in_over',
  'temporarily_unavailable',
  'unexpected',
] as const;

export type ProblemName = (typeof PROBLEMS)[number];

interface ProblemWords {
  title: string;
  text: string;
}

/** A problem out of text from outside; what has no words of its own is `unexpected`. */
export function parseProblem(text: string | null): ProblemName {
  return PROBLEMS.find((name) => name === text) ?? 'unexpected';
}

/** Good news shown once on top of a page, named in its address. */
export type NoticeName = 'stillSignedIn' | 'refreshed';

/** A notice out of text from outside, or undefined. */
export function parseNotice(text: string | null): NoticeName | undefined {
  return text === 'stillSignedIn' || text === 'refreshed' ? text : undefined;
}

const problemsInEnglish: Record<ProblemName, ProblemWords> = {
  access_denied: {
    title: 'You did not go on',
    text: 'You stopped, or chose not to share what this portal asks for. Nothing has changed, and you can start again whenever you like.',
  },
  login_required: {
    title: 'You are no longer signed in',
    text: 'Your session at Sigillo has ended, so we signed you out here as well. Sign in again to go on.',
  },
  consent_required: {
    title: 'Your permission is needed',
    text: 'You are signed in at Sigillo, but this portal no longer has your permission to see your details. Sign in again to decide.',
  },
  interaction_required: {
    title: 'Sigillo has a question for you',
    text: 'You are signed in, but Sigillo needs you to do something first. Sign in again and it will ask you.',
  },
  unmet_authentication_requirements: {
    title: 'One more proof is needed',
    text: 'This needs two proofs of who you are, such as your password and a code. Try again and add a second one when Sigillo offers it.',
  },
  other_person: {
    title: 'Someone else is signed in',
    text: 'Sigillo answered for another account than the one in use here. Sign out, then sign in with the account you want.',
  },
  sign_in_lost: {
    title: 'This sign-in can no longer be used',
    text: 'It was already used, took longer than ten minutes, or began in another browser. Start again from here.',
  },
  sign_in_over: {
    title: 'Your sign-in has ended',
    text: 'Sigillo no longer lets this portal see your details, for instance because you signed out everywhere. Sign in again to go on.',
  },
  temporarily_unavailable: {
    title: 'Sign-in is getting ready',
    text: 'Sigillo, which signs you in, does not answer yet. It usually takes a few seconds. Nothing you did is lost.',
  },
  unexpected: {
    title: 'That did not work',
    text: 'The answer from Sigillo was not one we can accept, so we did not sign you in. Try again; if it happens again, tell support.',
  },
};

const problemsInItalian: Record<ProblemName, ProblemWords> = {
  access_denied: {
    title: 'Non hai proseguito',
    text: 'Ti sei fermato, oppure hai scelto di non condividere i dati che il portale chiede. Non è cambiato nulla: puoi ricominciare quando vuoi.',
  },
  login_required: {
    title: 'Non hai più una sessione attiva',
    text: 'La tua sessione su Sigillo è terminata, quindi ti abbiamo fatto uscire anche da qui. Accedi di nuovo per continuare.',
  },
  consent_required: {
    title: 'Serve il tuo consenso',
    text: 'Hai una sessione su Sigillo, ma questo portale non ha più il permesso di vedere i tuoi dati. Accedi di nuovo per decidere.',
  },
  interaction_required: {
    title: 'Sigillo ha una domanda per te',
    text: 'Hai una sessione attiva, ma prima Sigillo ha bisogno di te. Accedi di nuovo e te lo chiederà.',
  },
  unmet_authentication_requirements: {
    title: 'Serve un’altra prova',
    text: 'Qui servono due prove della tua identità, per esempio la password e un codice. Riprova e aggiungi la seconda quando Sigillo la propone.',
  },
  other_person: {
    title: 'È in uso un altro account',
    text: 'Sigillo ha risposto per un account diverso da quello in uso qui. Esci, poi accedi con l’account che vuoi.',
  },
  sign_in_lost: {
    title: 'Questo accesso non si può più usare',
    text: 'È già stato usato, ha richiesto più di dieci minuti oppure è cominciato in un altro browser. Ricomincia da qui.',
  },
  sign_in_over: {
    title: 'Il tuo accesso è terminato',
    text: 'Sigillo non permette più a questo portale di vedere i tuoi dati, per esempio perché sei uscito da ogni sessione. Accedi di nuovo per continuare.',
  },
  temporarily_unavailable: {
    title: 'L’accesso è quasi pronto',
    text: 'Sigillo, che gestisce l’accesso, non risponde ancora. Di solito bastano pochi secondi. Non hai perso nulla.',
  },
  unexpected: {
    title: 'Non ha funzionato',
    text: 'La risposta di Sigillo non è accettabile, quindi non ti abbiamo fatto entrare. Riprova; se succede ancora, scrivi all’assistenza.',
  },
};

const english = {
  skip: 'Skip to content',
  navigation: 'Main',
  otherLanguage: 'Italiano',
  signedInAs: 'Signed in as',
  signIn: 'Sign in with Sigillo',
  signInAgain: 'Sign in again',
  signOut: 'Sign out',
  tryAgain: 'Try again',
  home: 'Back to the home page',
  goBack: 'Back',
  demonstration: 'A demonstration portal: people and figures are invented.',
  help: 'Help',
  contact: 'Contact support',
  error: 'Error',
  signOutTitle: 'Where do you want to sign out?',
  signOutHere: 'Sign out here only',
  signOutHereWhy: 'You stay signed in at Sigillo and can come back without a password.',
  signOutEverywhere: 'Sign out of Sigillo too',
  signOutEverywhereWhy: 'The right choice on a computer that others use.',
  signedOutTitle: 'You are signed out',
  signedOutText: 'You can close this page.',
  stillSignedIn: 'Yes, you are still signed in at Sigillo. We asked just now.',
  refreshed: 'Your details are up to date. We asked Sigillo just now.',
  pageMissing: {
    title: 'This page does not exist',
    text: 'The address may be mistyped, or the page has moved.',
  },
  pageRefused: {
    title: 'We could not accept that',
    text: 'Go back to the page you came from and try again.',
  },
  pageFailed: {
    title: 'Something broke on our side',
    text: 'Nothing you did is lost. Try again in a moment.',
  },
  problems: problemsInEnglish,
};

const italian: typeof english = {
  skip: 'Vai al contenuto',
  navigation: 'Principale',
  otherLanguage: 'English',
  signedInAs: 'Accesso eseguito come',
  signIn: 'Accedi con Sigillo',
  signInAgain: 'Accedi di nuovo',
  signOut: 'Esci',
  tryAgain: 'Riprova',
  home: 'Torna alla pagina iniziale',
  goBack: 'Indietro',
  demonstration: 'Portale dimostrativo: persone e cifre sono inventate.',
  help: 'Aiuto',
  contact: 'Contatta l’assistenza',
  error: 'Errore',
  signOutTitle: 'Da dove vuoi uscire?',
  signOutHere: 'Esci solo da qui',
  signOutHereWhy: 'La sessione su Sigillo resta attiva e puoi tornare senza password.',
  signOutEverywhere: 'Esci anche da Sigillo',
  signOutEverywhereWhy: 'La scelta giusta su un computer usato anche da altri.',
  signedOutTitle: 'Sei uscito',
  signedOutText: 'Puoi chiudere questa pagina.',
  stillSignedIn: 'Sì, la tua sessione su Sigillo è ancora attiva. L’abbiamo chiesto ora.',
  refreshed: 'I tuoi dati sono aggiornati. Li abbiamo chiesti ora a Sigillo.',
  pageMissing: {
    title: 'Questa pagina non esiste',
    text: 'Forse l’indirizzo è sbagliato, oppure la pagina è stata spostata.',
  },
  pageRefused: {
    title: 'Non possiamo accettare la richiesta',
    text: 'Torna alla pagina da cui vieni e riprova.',
  },
  pageFailed: {
    title: 'Qualcosa non ha funzionato da noi',
    text: 'Non hai perso nulla. Riprova tra un momento.',
  },
  problems: problemsInItalian,
};

/** What both portals say. */
export const words: Translated<typeof english> = { it: italian, en: english };
