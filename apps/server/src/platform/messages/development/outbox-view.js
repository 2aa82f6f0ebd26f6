/** How the development outbox draws a message. Texts are set as text, never as markup. */

const SVG = 'http://www.w3.org/2000/svg';
const ICONS = {
  sms: 'M4 4h16v12H9l-5 4z',
  email: 'M3 5h18v14H3z M3 6l9 7 9-7',
  push: 'M5 17h14l-2-3V10a5 5 0 0 0-10 0v4z M10 20h4',
};
const CODE = /\b\d{6,8}\b/;
const VIEWS = [
  ['wide', 'Wide'],
  ['narrow', 'Phone'],
  ['text', 'Text'],
];
let chosenView = 'wide';

/** An element with properties, `data` and children. */
function element(name, { data = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  Object.assign(made.dataset, data);
  made.append(...children);
  return made;
}

function icon(channel) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  const attributes = {
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.8',
    'stroke-linejoin': 'round',
  };
  for (const [name, value] of Object.entries({ d: ICONS[channel], ...attributes }))
    path.setAttribute(name, value);
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(path);
  return svg;
}

/** A line of the list. */
export function messageRow(message, { isChosen, now, choose }) {
  const button = element(
    'button',
    { type: 'button', className: 'message', data: { id: message.id } },
    icon(message.channel),
    element('span', { className: 'to' }, message.to),
    moment(message.sentAt, now),
    element('span', { className: 'gist' }, message.subject ?? message.text),
  );
  button.ariaCurrent = String(isChosen);
  button.addEventListener('click', () => choose(message.id));
  return element('li', {}, button);
}

/** The chosen message, as its reader sees it. */
export function messageView(message, goBack) {
  const back = element('button', { type: 'button', className: 'back', onclick: goBack }, '‹ All messages');
  const view = document.createDocumentFragment();
  view.append(back, ...(message.channel === 'email' ? email(message) : [phone(message)]));
  return view;
}

/** What stands there while no message is chosen. */
export function nothingYet(hasMessages) {
  return element(
    'div',
    { className: 'empty' },
    icon('email'),
    element('h2', {}, hasMessages ? 'Choose a message' : 'Nothing was sent yet'),
    element(
      'p',
      {},
      hasMessages ? '' : 'Codes and e-mails appear here by themselves as soon as they are sent.',
    ),
  );
}

function phone({ to, subject, text: body, sentAt }) {
  const text = subject ?? body;
  const code = CODE.exec(text)?.[0];
  const [before, after] = code
    ? [text.slice(0, text.indexOf(code)), text.slice(text.indexOf(code) + code.length)]
    : [text, ''];
  const bubble = element(
    'p',
    { className: 'bubble' },
    before,
    ...(code ? [element('mark', {}, code)] : []),
    after,
  );
  const screen = element(
    'div',
    { className: 'screen' },
    element('p', { className: 'sender' }, `To ${to}`),
    moment(sentAt),
    bubble,
  );
  if (code) screen.append(copyButton(code));
  return element('div', { className: 'phone' }, screen);
}

function copyButton(code) {
  const button = element('button', { type: 'button', className: 'copy' }, `Copy ${code}`);
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(code);
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = `Copy ${code}`;
    }, 1_500);
  });
  return button;
}

function email(message) {
  const body = element('div');
  const buttons = VIEWS.map(([view, label]) => element('button', { type: 'button', data: { view } }, label));
  const show = (view) => {
    chosenView = view;
    for (const button of buttons) button.ariaPressed = String(button.dataset.view === view);
    body.replaceChildren(
      view === 'text' ? element('pre', { className: 'plain' }, message.text) : frame(message, view),
    );
  };
  for (const button of buttons) button.addEventListener('click', () => show(button.dataset.view));
  show(chosenView);

  const title = element(
    'div',
    {},
    element('h2', {}, message.subject),
    element('p', {}, `To ${message.to} · `, moment(message.sentAt)),
  );
  return [
    element('header', { className: 'head' }, title, element('div', { className: 'views' }, ...buttons)),
    body,
  ];
}

/** The e-mail in a frame that runs nothing; its links open beside this page. */
function frame({ id, subject }, view) {
  const made = element('iframe', {
    className: `email ${view}`,
    title: subject,
    src: `/dev/outbox/${id}/html`,
  });
  made.sandbox.add('allow-same-origin', 'allow-popups', 'allow-popups-to-escape-sandbox');
  made.addEventListener('load', () => {
    const { body, links } = made.contentDocument;
    for (const link of links) Object.assign(link, { target: '_blank', rel: 'noopener' });
    const fit = () => {
      made.style.height = `${body.scrollHeight + 2}px`;
    };
    new ResizeObserver(fit).observe(body);
    fit();
  });
  return made;
}

function moment(instant, now = 0) {
  const date = new Date(instant);
  const isToday = date.toDateString() === new Date(now).toDateString();
  const day = isToday ? {} : { day: 'numeric', month: 'short' };
  const written = date.toLocaleString('en-GB', { ...day, hour: '2-digit', minute: '2-digit' });
  return element('time', { dateTime: instant, title: date.toLocaleString('en-GB') }, written);
}
