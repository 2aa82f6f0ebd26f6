import type { Translated } from './kit/language.ts';

const english = {
  welcome: 'Your claim, item by item',
  lead: 'List what was damaged, see what it adds up to, follow the payment.',
  proofs:
    'This portal asks for two proofs: your password, and a code from an app or by SMS. Sigillo helps you set up the second one.',
  offers: {
    list: { title: 'List your things', text: 'Room by room, at your own pace.' },
    sum: { title: 'See the total', text: 'It grows as you write.' },
    lock: { title: 'Kept for you alone', text: 'Nobody gets in with a password only.' },
  },
  claim: 'Claim',
  event: 'Burst pipe in the bathroom, flat on the third floor',
  happened: 'Happened',
  state: 'State',
  stateNow: 'List open: add what is missing',
  total: 'Total value',
  items: 'items',
  inventory: 'Damaged household items',
  inventoryWhy: 'Examples to start with. What you change here is kept until you sign out.',
  columns: {
    name: 'Item',
    room: 'Room',
    quantity: 'Quantity',
    value: 'Value of one',
    sum: 'Value',
    remove: 'Remove',
  },
  empty: 'Nothing is listed yet. Add the first item below.',
  add: 'Add an item',
  addDo: 'Add to the list',
  hints: { name: 'For example: oak table', value: 'In euro, for example 120 or 89.90' },
  errorTitle: 'Please check the item',
  errors: {
    name: 'Write what it is, in 1 to 80 characters.',
    room: 'Choose a room of the list.',
    quantity: 'Write a whole number from 1 to 99.',
    value: 'Write an amount in euro from 0.01 to 99,999.99, such as 89.90.',
    full: 'The list holds 60 items. Remove one to add another.',
  },
  rooms: {
    living: 'Living room',
    kitchen: 'Kitchen',
    bedroom: 'Bedroom',
    bathroom: 'Bathroom',
    other: 'Elsewhere',
  },
  payment: 'Payment',
  paymentWhy: 'The account we pay into is shown only after two proofs in the last five minutes.',
  paymentDo: 'Do something sensitive: show my bank account',
  account: 'The account we pay into',
  accountWhy:
    'You proved it is you with two proofs, so here it is in full. If it is not yours, contact support before we pay.',
  contact: 'Contact support about claim',
};

const italian: typeof english = {
  welcome: 'Il tuo sinistro, un oggetto alla volta',
  lead: 'Elenca che cosa si è danneggiato, vedi quanto vale in tutto, segui il pagamento.',
  proofs:
    'Questo portale chiede due prove: la password e un codice, da un’app o via SMS. Sigillo ti aiuta a configurare la seconda.',
  offers: {
    list: { title: 'Elenca le tue cose', text: 'Stanza per stanza, con calma.' },
    sum: { title: 'Guarda il totale', text: 'Cresce mentre scrivi.' },
    lock: { title: 'Riservato a te', text: 'Nessuno entra con la sola password.' },
  },
  claim: 'Sinistro',
  event: 'Tubo rotto nel bagno, appartamento al terzo piano',
  happened: 'Accaduto',
  state: 'Stato',
  stateNow: 'Elenco aperto: aggiungi ciò che manca',
  total: 'Valore totale',
  items: 'oggetti',
  inventory: 'Oggetti danneggiati della casa',
  inventoryWhy: 'Qualche esempio per cominciare. Ciò che cambi qui resta finché non esci.',
  columns: {
    name: 'Oggetto',
    room: 'Stanza',
    quantity: 'Quantità',
    value: 'Valore di uno',
    sum: 'Valore',
    remove: 'Togli',
  },
  empty: 'L’elenco è vuoto. Aggiungi qui sotto il primo oggetto.',
  add: 'Aggiungi un oggetto',
  addDo: 'Aggiungi all’elenco',
  hints: { name: 'Per esempio: tavolo di rovere', value: 'In euro, per esempio 120 o 89,90' },
  errorTitle: 'Controlla l’oggetto',
  errors: {
    name: 'Scrivi che cos’è, da 1 a 80 caratteri.',
    room: 'Scegli una stanza dell’elenco.',
    quantity: 'Scrivi un numero intero da 1 a 99.',
    value: 'Scrivi un importo in euro da 0,01 a 99.999,99, per esempio 89,90.',
    full: 'L’elenco contiene 60 oggetti. Togline uno per aggiungerne un altro.',
  },
  rooms: { living: 'Soggiorno', kitchen: 'Cucina', bedroom: 'Camera', bathroom: 'Bagno', other: 'Altrove' },
  payment: 'Pagamento',
  paymentWhy: 'Il conto su cui paghiamo si vede solo dopo due prove negli ultimi cinque minuti.',
  paymentDo: 'Fai qualcosa di delicato: mostra il mio conto',
  account: 'Il conto su cui paghiamo',
  accountWhy:
    'Hai confermato chi sei con due prove, quindi eccolo per intero. Se non è il tuo, contatta l’assistenza prima del pagamento.',
  contact: 'Contatta l’assistenza per il sinistro',
};

/** What the Claims portal says. */
export const claimsWords: Translated<typeof english> = { it: italian, en: english };
