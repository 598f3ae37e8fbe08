import { IconPencil, IconPhone } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { Refusal } from '../../../../ui/client.ts';
import { dial, employees, phoneNumber } from '../../../../ui/figures.ts';
import { capital, dayOf, languageName, longDay, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { readMeeting } from '../../meetings/contract.ts';
import { listIntroductions } from '../../suppliers/contract.ts';
import { listReports, readVisitForm } from '../contract.ts';
import { phoneWords } from '../words.ts';
import { LastFetched, useAnswer, useOwner } from './answer.tsx';
import { readKept } from './device.tsx';
import { Nothing, PhonePage } from './frame.tsx';

/** How the answers are called that the brief and the report show without coverage. */
export const kept = {
  meeting: (id: string) => `meeting ${id}`,
  earlier: (company: string) => `earlier ${company}`,
  introductions: (company: string) => `introductions ${company}`,
  form: (company: string | null) => `form ${company ?? ''}`,
};

/** All that somebody wants to know before the door, on one screen. `roles`: those that the desk chooses among, in words. */
export function BriefPage({ meeting, roles }: { meeting: string; roles: Record<string, string> }) {
  const w = useWords(phoneWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const owner = useOwner();
  const asked = useAnswer(kept.meeting(meeting), readMeeting, { params: { meeting } });
  const brief = asked.data;
  const earlier = useAnswer(brief === undefined ? null : kept.earlier(brief.company.id), listReports, { query: { company: brief?.company.id, limit: 3 } });
  const introduced = useAnswer(brief === undefined ? null : kept.introductions(brief.company.id), listIntroductions, { params: { company: brief?.company.id ?? '' } });
  // For the report that follows: its choices are to be here when there is no coverage.
  useAnswer(brief === undefined ? null : kept.form(brief.company.id), readVisitForm, { query: { company: brief?.company.id } });
  const [begun, setBegun] = useState(false);
  useEffect(() => {
    readKept(owner, meeting).then((found) => setBegun(found !== null));
  }, [owner, meeting]);
  if (brief === undefined) {
    if (asked.error === null) return <PhonePage title={w.brief}>{null}</PhonePage>;
    const gone = asked.error instanceof Refusal && asked.error.problem.status === 404;
    return (
      <Nothing title={gone ? w.notFound : w.notHere} text={gone ? w.notFoundText : w.notHereText}>
        {!gone && (
          <button type="button" className="button" onClick={asked.again}>
            {w.tryAgain}
          </button>
        )}
        <a className="button" href="/phone/reports/new">
          {w.loose}
        </a>
      </Nothing>
    );
  }
  const { company, contact } = brief;
  const number = contact.phone ?? company.phone;
  const size = company.sizeFrom === null ? null : employees(language, { from: company.sizeFrom, to: company.sizeTo });
  return (
    <PhonePage title={company.name} sub={[company.industry, size, company.town].filter(Boolean).join(' · ')}>
      <dl className="facts">
        <dt>{w.when}</dt>
        <dd>
          <b>{`${capital(longDay(language, dayOf(zone, brief.start)))} ${w.span(timeOf(language, zone, brief.start), timeOf(language, zone, brief.end))}`}</b>
        </dd>
        <dt>{w.where}</dt>
        <dd>{`${brief.place} · ${w.drive(brief.travelMinutes)}`}</dd>
        <dt>{w.who}</dt>
        <dd>
          {[contact.name, roles[contact.role] ?? contact.role, contact.language === 'da' ? null : w.speaks(languageName(language, contact.language))].filter(Boolean).join(', ')}
          {number !== null && (
            <a className="call" href={dial(number)} aria-label={`${w.ringTo(contact.name)}, ${phoneNumber(number)}`}>
              <IconPhone size={20} stroke={1.75} aria-hidden="true" />
              {phoneNumber(number)}
            </a>
          )}
        </dd>
        {(introduced.data ?? []).length > 0 && (
          <>
            <dt>{w.sentBy}</dt>
            <dd className="written">{introduced.data?.map(({ text }) => text).join('\n')}</dd>
          </>
        )}
        <dt>{w.said}</dt>
        <dd className="written">{brief.said}</dd>
        {brief.wishes !== '' && (
          <>
            <dt>{w.wishes}</dt>
            <dd className="written">{brief.wishes}</dd>
          </>
        )}
        <dt>{w.earlier}</dt>
        <dd>
          {earlier.data?.items.length === 0 && w.earlierNone}
          {earlier.data?.items.map((report) => (
            <p key={report.id}>
              <a href={`/reports/${report.id}`}>{shortDay(language, report.visitedOn)}</a>
              {`, ${[report.by.name, report.by.school].filter(Boolean).join(', ')}. ${report.needs.length > 0 ? w.needed(report.needs.join(', ')) : report.about}`}
            </p>
          ))}
        </dd>
      </dl>
      <section className="ask" aria-labelledby="ask">
        <h2 id="ask">{w.askFirst}</h2>
        <ol>
          {w.questions.map((question) => (
            <li key={question}>{question}</li>
          ))}
        </ol>
      </section>
      <LastFetched at={asked.at} error={asked.error} />
      <footer className="act">
        <a className="button first big" href={`/phone/reports/${meeting}`}>
          <IconPencil size={20} stroke={1.75} aria-hidden="true" />
          {begun ? w.goOn : w.write}
        </a>
      </footer>
    </PhonePage>
  );
}
