import { expect, test } from 'vitest';
import { textOfHtml } from './html-text.ts';
import { headOf, mailLimits } from './read-mail.ts';
import { readMailApart } from './read-mail-apart.ts';

const zone = 'Europe/Copenhagen';
const read = (text: string, milliseconds?: number) => readMailApart({ raw: Buffer.from(text), zone }, milliseconds);

test('the head ends at the first empty line, whatever lines end with, and at its limit', () => {
  expect(headOf(Buffer.from('A: 1\r\nB: 2\r\n\r\nC: 3\n\nD')).toString()).toBe('A: 1\r\nB: 2\r\n\r\n');
  expect(headOf(Buffer.from('A: 1\n\nB: 2\r\n\r\nC')).toString()).toBe('A: 1\r\n\r\n');
  expect(headOf(Buffer.from('A: 1')).toString()).toBe('A: 1\r\n\r\n');
  expect(headOf(Buffer.alloc(1_000_000, 'x')).length).toBe(mailLimits.head + 4);
});

test.each([
  ['From: Anna <anna@x.example>', 'anna@x.example'],
  ['From: "anna@x.example" <evil@x.example>', 'evil@x.example'],
  ['From: a@x.example, b@x.example', null],
  ['From: a@x.example\r\nFrom: b@x.example', null],
  ['From: Alle: a@x.example, b@x.example;', null],
  ['From: <>', null],
  ['From: anna@x.example@y.example', null],
  ['Sender: anna@x.example', null],
  ['Subject: intet', null],
])('%j is from %s', async (head, from) => expect((await read(`${head}\r\n\r\nHej`))?.from).toBe(from));

test('a mail that hangs the reader is given up when its time is over, and the next one is read', async () => {
  expect(await read(`From: a@x.example\r\n\r\n${'Hej\r\n'.repeat(3_000_000)}`, 1)).toBeNull();
  expect((await read('From: a@x.example\r\n\r\nHej'))?.text.trim()).toBe('Hej');
});

test('a million parts, a million lines of head, and a page of a million open tags end within their time', async () => {
  const parts = `From: a@x.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n'.repeat(200_000)}`;
  const answer = await read(parts, 20_000);
  expect(answer === null || (answer.files.length === mailLimits.files && answer.refused.length === 50)).toBe(true);
  expect(await read('X: y\r\n'.repeat(1_000_000), 20_000)).toBeNull();
  expect(textOfHtml('<a '.repeat(1_000_000))).toBe('');
  expect(textOfHtml('<p>'.repeat(300_000))).toBe('');
  expect(textOfHtml('<blockquote>'.repeat(300_000))).toBe('');
}, 60_000);

test.each([
  ['<p>Hej &amp; &#230;&#xF8;å &eacute; &ukendt; 5 < 6</p>', 'Hej & æøå é &ukendt; 5 < 6'],
  ['A<br>B<br/>C<div>D</div>', 'A\nB\nC\nD'],
  ['<STYLE>x</STYLE><!-- <p>skjult</p> -->Synlig<script>alert("<p>")</script>', 'Synlig'],
  ['Mit<blockquote>hans<blockquote>ældre</blockquote>hans</blockquote>', 'Mit'],
  ['<blockquote>kun hans</blockquote>', 'kun hans'],
  ['a&#0;b&#xD800;c&#x110000;d', 'a b c d'],
  ['<img src=x onerror=alert(1)>', ''],
])('the words of %j are %j', (html, text) => expect(textOfHtml(html)).toBe(text));
