import type { Inventory, InventoryItem, ItemError, ItemField } from './claims.inventory.ts';
import { ROOMS, totalCents } from './claims.inventory.ts';
import { claimsWords } from './claims.words.ts';
import type { Html } from './kit/html.ts';
import { html } from './kit/html.ts';
import type { Language } from './kit/language.ts';
import { money } from './kit/moments.ts';
import { formButton, hiddenField } from './kit/page.ts';

/** An item that could not be added: what was typed, and what is wrong with it. */
export interface AddItemAttempt {
  errors: readonly ItemError[];
  typed: URLSearchParams;
}

/** The list of damaged things with its total, and the form that adds one. */
export function inventorySection(inventory: Inventory, language: Language, attempt?: AddItemAttempt): Html {
  const text = claimsWords[language];
  return html`<section class="card inventory" aria-labelledby="inventory">
<h2 id="inventory">${text.inventory}</h2>
<p>${text.inventoryWhy}</p>
${inventory.items.length === 0 ? html`<p class="empty">${text.empty}</p>` : itemTable(inventory, language)}
${addItemForm(language, attempt)}
</section>`;
}

/** A table that narrow screens show as cards; the roles keep it a table for screen readers there. */
function itemTable(inventory: Inventory, language: Language): Html {
  const { columns, total } = claimsWords[language];
  return html`<table role="table" aria-labelledby="inventory">
<thead role="rowgroup"><tr role="row">
<th role="columnheader" scope="col">${columns.name}</th>
<th role="columnheader" scope="col">${columns.room}</th>
<th role="columnheader" scope="col" class="number">${columns.quantity}</th>
<th role="columnheader" scope="col" class="number">${columns.value}</th>
<th role="columnheader" scope="col" class="number">${columns.sum}</th>
<th role="columnheader" scope="col"><span class="unseen">${columns.remove}</span></th>
</tr></thead>
<tbody role="rowgroup">${inventory.items.map((item) => itemRow(item, language))}</tbody>
<tfoot role="rowgroup"><tr role="row">
<th role="rowheader" scope="row" colspan="4">${total}</th>
<td role="cell" class="number total">${money(totalCents(inventory), language)}</td>
<td role="cell"></td>
</tr></tfoot>
</table>`;
}

function itemRow(item: InventoryItem, language: Language): Html {
  const { columns, rooms } = claimsWords[language];
  const name = typeof item.name === 'string' ? item.name : item.name[language];
  const removeFields = hiddenField('id', String(item.id));
  const removeLabel = html`${columns.remove}<span class="unseen"> ${name}</span>`;
  return html`<tr role="row">
<th role="rowheader" scope="row">${name}</th>
<td role="cell" data-label="${columns.room}">${rooms[item.room]}</td>
<td role="cell" data-label="${columns.quantity}" class="number">${item.quantity}</td>
<td role="cell" data-label="${columns.value}" class="number">${money(item.valueCents, language)}</td>
<td role="cell" data-label="${columns.sum}" class="number">${money(item.quantity * item.valueCents, language)}</td>
<td role="cell">${formButton('/items/remove', removeLabel, 'quiet', removeFields)}</td>
</tr>`;
}

function addItemForm(language: Language, attempt?: AddItemAttempt): Html {
  const text = claimsWords[language];
  const typed = attempt?.typed ?? new URLSearchParams({ quantity: '1' });
  const input = (name: ItemField, extra: Html) =>
    html`<input id="${name}" name="${name}" value="${typed.get(name) ?? ''}" autocomplete="off"${extra}${wrong(name, attempt)}>`;
  const rooms = ROOMS.map((room) => {
    const selected = typed.get('room') === room ? html` selected` : undefined;
    return html`<option value="${room}"${selected}>${text.rooms[room]}</option>`;
  });
  return html`<form class="add" method="post" action="/items" aria-labelledby="add">
<h3 id="add">${text.add}</h3>
${errorSummary(language, attempt)}
${field('name', language, attempt, input('name', html` maxlength="80"`), text.hints.name)}
${field('room', language, attempt, html`<select id="room" name="room"${wrong('room', attempt)}>${rooms}</select>`)}
${field('quantity', language, attempt, input('quantity', html` inputmode="numeric"`))}
${field('value', language, attempt, input('value', html` inputmode="decimal"`), text.hints.value)}
<button class="button primary">${text.addDo}</button>
</form>`;
}

function field(
  name: ItemField,
  language: Language,
  attempt: AddItemAttempt | undefined,
  control: Html,
  hint = '',
): Html {
  const { columns, errors } = claimsWords[language];
  const isWrong = attempt?.errors.includes(name);
  return html`<div class="field ${name}">
<label for="${name}">${columns[name]}</label>
${control}
<small id="${name}-note"${isWrong ? html` class="error"` : undefined}>${isWrong ? errors[name] : hint}</small>
</div>`;
}

/** Ties a field to the note below it, and tells screen readers when that note is an error. */
function wrong(name: ItemField, attempt: AddItemAttempt | undefined): Html {
  const invalid = attempt?.errors.includes(name) ? html` aria-invalid="true"` : undefined;
  return html` aria-describedby="${name}-note"${invalid}`;
}

function errorSummary(language: Language, attempt: AddItemAttempt | undefined): Html | undefined {
  if (!attempt) return undefined;
  const { errorTitle, errors, columns } = claimsWords[language];
  const items = attempt.errors.map((name) => {
    return name === 'full'
      ? html`<li>${errors.full}</li>`
      : html`<li><a href="#${name}">${columns[name]}</a>: ${errors[name]}</li>`;
  });
  // `autofocus` brings keyboard and screen reader here without a script.
  return html`<div class="error-summary" role="alert" tabindex="-1" autofocus><strong>${errorTitle}</strong><ul>${items}</ul></div>`;
}
