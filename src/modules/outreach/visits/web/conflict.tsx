import { useState } from 'react';
import { figure } from '../../../../ui/figures.ts';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import type { Content, Draft } from '../contract.ts';
import { type Choice, differences, type Kept, mayKeepBoth, merge, type Part } from '../model.ts';
import { phoneWords, visitsWords } from '../words.ts';
import type { Form } from './report-parts.tsx';
import { useTopics } from './topics.tsx';

/** What one text says in one of its parts, for people. */
function useShown(form: Form | undefined) {
  const w = useWords(phoneWords);
  const v = useWords(visitsWords);
  const topics = useTopics();
  const n = useNeedWords();
  const { language } = useLanguage();
  const school = (id: string | null) => (id === null ? w.noSchool : (form?.schools.find((each) => each.id === id)?.name ?? w.offers));
  return (part: Part, content: Content, company: Draft['company']): string => {
    switch (part) {
      case 'company':
        return company?.name ?? '';
      case 'visitedOn':
        return shortDay(language, content.visitedOn);
      case 'kind':
        return v.kinds[content.kind];
      case 'topics':
        return content.topics.map((each) => topics[each]).join(', ');
      case 'barriers':
        return content.barriers.map((each) => v.barriers[each]).join('\n');
      case 'employeeBarriers':
        return content.employeeBarriers.map((each) => v.employeeBarriers[each]).join('\n');
      case 'needs':
        return [
          ...content.needs.map(({ what, term, people }) => [what, n.terms[term], people === null ? null : n.people(people)].filter(Boolean).join(', ')),
          ...content.offers.map((offer) => `${school(offer.school)}: ${offer.what}`),
        ].join('\n');
      case 'people':
        return content.people.map(({ name, role }) => [name, role].filter(Boolean).join(', ')).join('\n');
      case 'nextSteps':
        return content.nextSteps.map(({ what, due }) => [what, due === null ? null : shortDay(language, due)].filter(Boolean).join(', ')).join('\n');
      case 'minutes':
        return content.minutes === null ? '' : w.hoursOf(Math.floor(content.minutes / 60), content.minutes % 60);
      case 'km':
        return content.km === null ? '' : w.km(content.km).replace(String(content.km), figure(language, content.km));
      default:
        return content[part];
    }
  };
}

interface Props {
  mine: Kept;
  theirs: Draft;
  form: Form | undefined;
  onDone(content: Content, company: Draft['company']): void;
}

/** Two devices wrote one report: side by side, part by part, and nothing is overwritten. */
export function Conflict({ mine, theirs, form, onDone }: Props) {
  const w = useWords(phoneWords);
  const shown = useShown(form);
  const [choices, setChoices] = useState<Partial<Record<Part, Choice>>>({});
  const chosen = (part: Part): Choice => choices[part] ?? (mayKeepBoth(part) ? 'both' : 'mine');
  return (
    <section className="conflict" aria-labelledby="conflict">
      <h2 id="conflict">{w.conflictTitle}</h2>
      <p role="alert">{w.conflictText}</p>
      {differences(mine.content, theirs.content).map((part) => (
        <fieldset key={part}>
          <legend>{w.parts[part]}</legend>
          <dl>
            <div>
              <dt>{w.mine}</dt>
              <dd>{shown(part, mine.content, mine.company) || w.nothing}</dd>
            </div>
            <div>
              <dt>{w.theirs}</dt>
              <dd>{shown(part, theirs.content, theirs.company) || w.nothing}</dd>
            </div>
          </dl>
          <div className="segments">
            <div>
              {(['mine', 'theirs', ...(mayKeepBoth(part) ? (['both'] as const) : [])] as const).map((choice) => (
                <label key={choice}>
                  <input type="radio" name={`conflict-${part}`} checked={chosen(part) === choice} onChange={() => setChoices({ ...choices, [part]: choice })} />
                  <span>{choice === 'mine' ? w.keepMine : choice === 'theirs' ? w.keepTheirs : w.keepBoth}</span>
                </label>
              ))}
            </div>
          </div>
        </fieldset>
      ))}
      <button type="button" className="button first big" onClick={() => onDone(merge(mine.content, theirs.content, choices), chosen('company') === 'theirs' ? theirs.company : mine.company)}>
        {w.conflictDone}
      </button>
    </section>
  );
}
