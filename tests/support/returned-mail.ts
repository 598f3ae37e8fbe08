import { rawMail } from './mailboxes.ts';

/** A report of delivery as Postfix writes it (RFC 3464): words, what happened in fields, and the mail it is about. */
export function deliveryReport(to: string, { action = 'failed', status = '5.1.1', said = '550 5.1.1 <inger@solhoj.example> User unknown' } = {}): string {
  const part = (type: string, text: string) => `--b\r\nContent-Type: ${type}\r\n\r\n${text}\r\n`;
  return rawMail(
    {
      'Return-Path': '<>',
      From: 'MAILER-DAEMON@mx.example (Mail Delivery System)',
      To: to,
      Subject: 'Undelivered Mail Returned to Sender',
      'Auto-Submitted': 'auto-replied',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
    },
    [
      part('text/plain', 'This is the mail system at host mx.example.'),
      part(
        'message/delivery-status',
        `Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; inger@solhoj.example\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; ${said}`,
      ),
      part('message/rfc822', 'From: vejnet@vejnet.example\r\nX-Vejnet: 1\r\nSubject: Aftale\r\n\r\nHej Inger'),
      '--b--\r\n',
    ].join(''),
  );
}
