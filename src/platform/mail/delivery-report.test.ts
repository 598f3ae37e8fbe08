import { expect, test } from 'vitest';
import { readReport } from './delivery-report.ts';

const about = 'Reporting-MTA: dns; mx.example\r\nArrival-Date: Tue, 17 Nov 2026 08:30:00 +0100\r\n';
const block = (fields: Record<string, string>) =>
  `\r\n${Object.entries({ 'Final-Recipient': 'rfc822; x@y.example', ...fields })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}`;

test.each([
  ['failed', [{ Action: 'failed', Status: '5.1.1' }], { final: true, status: '5.1.1' }],
  ['given up after days', [{ Action: 'failed', Status: '4.4.7' }], { final: true, status: '4.4.7' }],
  ['late', [{ Action: 'delayed', Status: '4.4.1' }], { final: false, status: '4.4.1' }],
  ['delivered', [{ Action: 'delivered', Status: '2.1.5' }], null],
  ['passed on to where nobody tells of it', [{ Action: 'relayed', Status: '5.1.1' }], null],
  ['without an action, for good', [{ Status: '5.2.2 (mailbox full)' }], { final: true, status: '5.2.2' }],
  ['without an action, not for good', [{ Status: '4.2.2' }], { final: false, status: '4.2.2' }],
  [
    'of one of those it was passed on to',
    [
      { Action: 'delayed', Status: '4.4.1' },
      { Action: 'failed', Status: '5.7.1' },
    ],
    { final: true, status: '5.7.1' },
  ],
  ['with a folded line and a comment', [{ ACTION: 'Failed (bad destination)', STATUS: '\r\n 5.1.10' }], { final: true, status: '5.1.10' }],
  ['with a status that is none', [{ Action: 'failed', Status: '5.1.1111' }], null],
  ['with nothing', [{}], null],
] as const)('a report that it %s', (_what, blocks, meant) => expect(readReport(about + blocks.map((fields) => block(fields as Record<string, string>)).join(''))).toEqual(meant));

test('a report of a million blocks or of one endless line is read in a moment', () => {
  const began = performance.now();
  expect(readReport(block({ Status: '2.0.0' }).repeat(2000))).toBeNull();
  expect(readReport('Status:'.repeat(10_000))).toBeNull();
  expect(readReport('\n '.repeat(32_000))).toBeNull();
  expect(performance.now() - began).toBeLessThan(2000);
});
