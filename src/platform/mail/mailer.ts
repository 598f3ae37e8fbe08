import nodemailer from 'nodemailer';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** An iCalendar file that goes along. */
  calendar?: string;
  /** The sender on the envelope: where it comes back to. Without it, the address it is from. */
  returnTo?: string;
}

/** How mail leaves the house. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/** Keeps every mail in the database and sends none: a demonstration's mailbox, and tests. */
export const keptMail: Mailer = { send: async () => undefined };

/** Says to programs that nobody sat at a keyboard (RFC 3834), so that none answers; and by the second one Vejnet knows its own mail again, wherever it comes back from. */
const headers = { 'Auto-Submitted': 'auto-generated', 'X-Vejnet': '1' };

/** Through the server of VEJNET_SMTP_URL, from the address of VEJNET_MAIL_FROM. */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = nodemailer.createTransport(url);
  return {
    async send({ to, subject, text, calendar, returnTo }) {
      const mail = {
        from,
        to,
        subject,
        text,
        headers,
        ...(calendar === undefined ? {} : { icalEvent: { method: /^METHOD:(\w+)/m.exec(calendar)?.[1] ?? 'REQUEST', content: calendar } }),
      };
      if (returnTo === undefined) return void (await transport.sendMail(mail));
      try {
        await transport.sendMail({ ...mail, envelope: { from: returnTo, to } });
      } catch (error) {
        // Some servers let a login send under its own address only, and say so at any step. A mail that can leave is worth more than hearing of it when it comes back.
        if (!(Number((error as { responseCode?: unknown }).responseCode) >= 500)) throw error;
        await transport.sendMail(mail);
      }
    },
  };
}
