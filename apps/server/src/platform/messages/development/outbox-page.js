/** The page of the development outbox: asks for new messages while somebody looks, and shows them. */
import { messageRow, messageView, nothingYet } from '/dev/outbox-view.js';

const POLL_MS = 1_500;

const byId = (id) => document.getElementById(id);
const [panes, list, reading, status] = ['panes', 'messages', 'reading', 'status'].map(byId);

/** Newest last, as the server answers. */
let messages = [];
let chosenId = location.hash.slice(1);
/** Until somebody chooses a message, the newest one is shown. */
let followsNewest = chosenId === '';
let shownId;
let clockMs = 0;
let isOutdated = true;

byId('filters').addEventListener('submit', (event) => event.preventDefault());
byId('filters').addEventListener('input', show);
document.addEventListener('visibilitychange', poll);
for (const button of document.querySelectorAll('.clock button')) button.addEventListener('click', moveClock);
setInterval(poll, POLL_MS);
poll();

async function poll() {
  if (document.hidden) return;
  try {
    const last = messages.at(-1);
    const response = await fetch(last ? `/dev/outbox?after=${last.id}` : '/dev/outbox');
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    showClock(response.headers.get('x-clock'));
    const fresh = await response.json();
    // Two answers may have crossed.
    const known = new Set(messages.map(({ id }) => id));
    messages = [...messages, ...fresh.filter(({ id }) => !known.has(id))];
    if (fresh.length > 0 || isOutdated) show();
    isOutdated = false;
  } catch {
    isOutdated = true;
    status.classList.add('failed');
    status.textContent = 'The installation does not answer. Trying again…';
  }
}

function show() {
  const shown = messages.filter(isWanted).reverse();
  if (followsNewest && !matchMedia('(max-width: 800px)').matches) chosenId = shown[0]?.id ?? '';
  const rows = shown.map((message) =>
    messageRow(message, { isChosen: message.id === chosenId, now: clockMs, choose }),
  );
  keepFocus(() => list.replaceChildren(...rows));
  status.classList.remove('failed');
  status.textContent = shown.length === 1 ? '1 message' : `${shown.length} messages`;
  showChosen();
}

function isWanted({ to, channel }) {
  const recipient = byId('recipient').value.trim().toLowerCase();
  const wanted = document.querySelector('input[name="channel"]:checked').value;
  return to.toLowerCase().includes(recipient) && (wanted === '' || wanted === channel);
}

function showChosen() {
  const message = messages.find(({ id }) => id === chosenId);
  panes.classList.toggle('is-reading', message !== undefined);
  if (shownId !== undefined && shownId === message?.id) return;
  shownId = message?.id;
  reading.replaceChildren(message ? messageView(message, goBack) : nothingYet(messages.length > 0));
}

function choose(id) {
  followsNewest = false;
  chosenId = id;
  history.replaceState(null, '', `#${id}`);
  show();
  if (matchMedia('(max-width: 800px)').matches) reading.focus();
}

function goBack() {
  const id = chosenId;
  chosenId = '';
  history.replaceState(null, '', location.pathname);
  show();
  list.querySelector(`[data-id="${id}"]`)?.focus();
}

/** The rows are made anew at every poll; whoever walks through them by keyboard must not notice. */
function keepFocus(change) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
  change();
  if (focused) list.querySelector(`[data-id="${focused}"]`)?.focus();
}

async function moveClock({ currentTarget: button }) {
  const { advance } = button.dataset;
  const body = advance === undefined ? { reset: true } : { advanceSeconds: Number(advance) };
  button.disabled = true;
  await fetch('/dev/clock', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  button.disabled = false;
  await poll();
}

function showClock(instant) {
  clockMs = Date.parse(instant);
  byId('clock-time').textContent = new Date(clockMs).toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const seconds = Math.round((clockMs - Date.now()) / 1_000);
  const badge = byId('clock-offset');
  badge.hidden = Math.abs(seconds) < 10;
  badge.textContent = offsetInWords(seconds);
}

function offsetInWords(seconds) {
  const units = [
    ['day', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ];
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['s', 1];
  const count = Math.round((Math.abs(seconds) / size) * 10) / 10;
  return `${count} ${unit === 'day' && count !== 1 ? 'days' : unit} ${seconds > 0 ? 'ahead' : 'behind'}`;
}
