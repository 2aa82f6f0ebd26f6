import { expect, test } from 'vitest';
import { escapeHtml, html } from './html.ts';

test('text cannot leave its place in the markup', () => {
  const name = `<script>alert("1")</script> & 'co'`;
  const page = String(html`<p title="${name}">${name}</p>`);
  expect(page).not.toMatch(/<script|"1"|'co'/);
  expect(page).toContain('&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; &#39;co&#39;');
});

test('markup inside markup, lists and nothing at all are written as they are', () => {
  const items = ['a', 'b & c'].map((item) => html`<li>${item}</li>`);
  expect(String(html`<ul>${items}</ul>${undefined}${3}`)).toBe('<ul><li>a</li><li>b &#38; c</li></ul>3');
});

test('what looks like markup but comes from outside is text', () => {
  const fromOutside = JSON.parse('["<b>x</b>", {"toString": null}]') as string[];
  expect(String(html`${fromOutside[0]}`)).toBe('&#60;b&#62;x&#60;/b&#62;');
  expect(() => String(html`${fromOutside[1]}`)).toThrow(TypeError);
});

test('escaping leaves other letters alone', () => {
  expect(escapeHtml('perché “no” €')).toBe('perché “no” €');
});
