import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { call } from '../../../../ui/client.ts';
import { moment } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { listDemonstrationMails } from '../contract.ts';
import { signInWords } from '../words.ts';

type Page = OutputOf<typeof listDemonstrationMails>;

/** Addresses in a mail can be pressed, as a mail program does. */
function Text({ text }: { text: string }) {
  return (
    <p className="letter">
      {text.split(/(https?:\/\/\S+)/).map((part, index) =>
        /^https?:/.test(part) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text do not move
          <a key={index} href={part}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  );
}

/** What a calendar file says, as far as a person wants to know: folded lines joined, escapes undone. */
function readInvitation(file: string): { start: string; place: string; cancelled: boolean } | null {
  const lines = file.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const value = (name: string) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1) ?? '';
  const at = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(value('DTSTART'));
  if (at === null) return null;
  const [, year, month, day, hour, minute, second] = at;
  return { start: `${year}-${month}-${day}T${hour}:${minute}:${second}Z`, place: value('LOCATION').replaceAll(/\\([,;\\])/g, '$1'), cancelled: value('METHOD') === 'CANCEL' };
}

function CalendarFile({ file }: { file: string }) {
  const { language } = useLanguage();
  const w = useWords(signInWords);
  const invitation = readInvitation(file);
  return (
    <p className="letter">
      {invitation !== null && (
        <>
          {(invitation.cancelled ? w.calendarCancelled : w.calendarAt)(moment(language, invitation.start), invitation.place)}
          <br />
        </>
      )}
      <a href={`data:text/calendar;charset=utf-8,${encodeURIComponent(file)}`} download="invitation.ics">
        {w.calendar}
      </a>
    </p>
  );
}

export function MailboxPage() {
  const { language } = useLanguage();
  const w = useWords(signInWords);
  const shared = useWords(uiWords);
  const problemText = useProblemText();
  const [page, setPage] = useState<Page | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  useEffect(() => {
    document.title = `${w.mailbox} – Vejnet`;
    call(listDemonstrationMails, { query: {} }).then(setPage, setRefusal);
  }, [w]);
  const more = (cursor: string) =>
    call(listDemonstrationMails, { query: { cursor } }).then((next) => setPage((before) => ({ items: [...(before?.items ?? []), ...next.items], next: next.next })), setRefusal);
  return (
    <main className="plain" id="main">
      <h1>{w.mailbox}</h1>
      <p>{w.mailboxLead}</p>
      {refusal !== null && (
        <p className="notice" role="alert">
          {problemText(refusal)}
        </p>
      )}
      {page?.items.length === 0 && <p role="status">{w.mailboxEmpty}</p>}
      <ul className="mails">
        {page?.items.map((mail) => (
          <li key={mail.id}>
            <details>
              <summary>
                <b>{mail.subject}</b>
                <span>
                  {w.to} {mail.to} · {moment(language, mail.at)}
                </span>
              </summary>
              <Text text={mail.text} />
              {mail.calendar !== null && <CalendarFile file={mail.calendar} />}
            </details>
          </li>
        ))}
      </ul>
      {page?.next && (
        <button type="button" className="button" onClick={() => page.next !== null && more(page.next)}>
          {shared.more}
        </button>
      )}
    </main>
  );
}
