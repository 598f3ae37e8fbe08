import { IconCheck, IconLock, IconPlus, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { capital, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { workingDaysOn } from '../../../../ui/moments.ts';
import { needFields, needFits, needTerms } from '../../../companies/needs/contract.ts';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { type Content, companyBarriers, employeeBarriers, type readVisitForm, visitKinds, visitTopics } from '../contract.ts';
import { withoutNeed } from '../model.ts';
import { fieldOf, mayOffer } from '../rules.ts';
import { phoneWords, visitsWords } from '../words.ts';
import { useTopics } from './topics.tsx';

export type Form = OutputOf<typeof readVisitForm>;
interface Part {
  content: Content;
  change(patch: Partial<Content>): void;
}

/** Where the summary of faults leads to. */
export const fieldId = (path: string) => `f-${path.replaceAll('.', '-')}`;

const replaced = <T,>(all: readonly T[], at: number, patch: Partial<T>): T[] => all.map((each, place) => (place === at ? { ...each, ...patch } : each));
const without = <T,>(all: readonly T[], at: number): T[] => all.filter((_, place) => place !== at);

/** What was just added is where the next word goes. */
const focusSoon = (id: string) => requestAnimationFrame(() => document.getElementById(id)?.focus());

/** One thing of a list, with what is asked about it and the way out. */
function Card({ label, remove, onRemove, children }: { label: string; remove: string; onRemove(): void; children: ReactNode }) {
  return (
    <li>
      <fieldset className="card">
        <legend className="hidden">{label}</legend>
        <button type="button" className="icon out" aria-label={remove} onClick={onRemove}>
          <IconX size={20} stroke={1.75} aria-hidden="true" />
        </button>
        {children}
      </fieldset>
    </li>
  );
}

const Add = ({ onAdd, children }: { onAdd(): void; children: ReactNode }) => (
  <button type="button" className="button wide" onClick={onAdd}>
    <IconPlus size={20} stroke={1.75} aria-hidden="true" />
    {children}
  </button>
);

/** One of a few, all of them in sight. */
export function Segments<T extends string>({
  label,
  name,
  options,
  value,
  onPick,
}: {
  label: string;
  name: string;
  options: readonly { value: T | null; label: string }[];
  value: T | null;
  onPick(value: T | null): void;
}) {
  return (
    <fieldset className={options.some((option) => option.label.length > 14) ? 'segments long' : 'segments'}>
      <legend>{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value ?? ''}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onPick(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Several of many; pressed ones have a tick beside their colour. */
export function Chips<T extends string>({ label, options, value, onPick }: { label: string; options: readonly { value: T; label: string }[]; value: readonly T[]; onPick(value: T[]): void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the heading above already names it; a legend would say it twice
    <div role="group" aria-label={label} className="chips">
      {options.map((option) => {
        const on = value.includes(option.value);
        return (
          <button key={option.value} type="button" className="chip" aria-pressed={on} onClick={() => onPick(on ? value.filter((each) => each !== option.value) : [...value, option.value])}>
            {on && <IconCheck size={16} stroke={2} aria-hidden="true" />}
            {option.label}
          </button>
        );
      })}
    </div>
  );
}

/** A number that may be missing. */
export function Figure({ id, label, value, most, onChange }: { id: string; label: string; value: number | null; most: number; onChange(value: number | null): void }) {
  return (
    <label className="field short" htmlFor={id}>
      <span>{label}</span>
      <input
        id={id}
        inputMode="numeric"
        autoComplete="off"
        value={value === null ? '' : String(value)}
        onChange={(event) => {
          const digits = event.target.value.replaceAll(/\D/g, '');
          onChange(digits === '' ? null : Math.min(most, Number(digits)));
        }}
      />
    </label>
  );
}

export function KindPart({ content, change }: Part) {
  const w = useWords(phoneWords);
  const { kinds } = useWords(visitsWords);
  return <Segments label={w.kind} name="kind" value={content.kind} options={visitKinds.map((value) => ({ value, label: kinds[value] }))} onPick={(kind) => kind !== null && change({ kind })} />;
}

export function TopicsPart({ content, change }: Part) {
  const w = useWords(phoneWords);
  const topics = useTopics();
  return (
    <section>
      <h2>{w.topics}</h2>
      <Chips label={w.topics} value={content.topics} options={visitTopics.map((value) => ({ value, label: topics[value] }))} onPick={(picked) => change({ topics: picked })} />
    </section>
  );
}

export function NeedsPart({ content, change }: Part) {
  const w = useWords(phoneWords);
  const n = useNeedWords();
  const [before, setBefore] = useState<Pick<Content, 'needs' | 'offers'> | null>(null);
  const { needs } = content;
  const set = (at: number, patch: Partial<Content['needs'][number]>) => change({ needs: replaced(needs, at, patch) });
  return (
    <section id="needs">
      <h2>{w.needs}</h2>
      <ul className="cards">
        {needs.map((need, at) => (
          <Card
            // biome-ignore lint/suspicious/noArrayIndexKey: a need is its place until it is sent
            key={at}
            label={w.need(at + 1)}
            remove={w.removeNeed(need.what || w.need(at + 1))}
            onRemove={() => {
              setBefore({ needs, offers: content.offers });
              change(withoutNeed(content, at));
            }}
          >
            <label className="field" htmlFor={fieldId(`needs.${at}.what`)}>
              <span className="hidden">{w.needWhat}</span>
              <input id={fieldId(`needs.${at}.what`)} className="strong" maxLength={200} value={need.what} onChange={(event) => set(at, { what: event.target.value })} />
            </label>
            <Segments
              label={w.needTerm}
              name={`term-${at}`}
              value={need.term}
              options={needTerms.map((value) => ({ value, label: n.terms[value] }))}
              onPick={(term) => term !== null && set(at, { term })}
            />
            <label className="field" htmlFor={`field-${at}`}>
              <span>{w.needField}</span>
              <select id={`field-${at}`} value={need.field ?? ''} onChange={(event) => set(at, { field: (event.target.value || null) as typeof need.field })}>
                <option value="">{n.fieldUnknown}</option>
                {needFields.map((field) => (
                  <option key={field} value={field}>
                    {n.fields[field]}
                  </option>
                ))}
              </select>
            </label>
            <div className="row">
              <label className="field" htmlFor={`fit-${at}`}>
                <span>{w.needFit}</span>
                <select id={`fit-${at}`} value={need.fit ?? ''} onChange={(event) => set(at, { fit: (event.target.value || null) as typeof need.fit })}>
                  <option value="">{n.fitUnknown}</option>
                  {needFits.map((fit) => (
                    <option key={fit} value={fit}>
                      {n.fits[fit]}
                    </option>
                  ))}
                </select>
              </label>
              <Figure id={`people-${at}`} label={w.needPeople} most={10_000} value={need.people} onChange={(people) => set(at, { people: people === 0 ? null : people })} />
            </div>
          </Card>
        ))}
      </ul>
      {before !== null && (
        <p role="status">
          {`${w.removedNeed} `}
          <button
            type="button"
            className="quiet"
            onClick={() => {
              change(before);
              setBefore(null);
            }}
          >
            {w.undo}
          </button>
        </p>
      )}
      {needs.length < 20 && (
        <Add
          onAdd={() => {
            setBefore(null);
            change({ needs: [...needs, { id: null, what: '', term: 'now', fit: null, field: fieldOf(content.topics), people: null }] });
            focusSoon(fieldId(`needs.${needs.length}.what`));
          }}
        >
          {w.addNeed}
        </Add>
      )}
    </section>
  );
}

export function OffersPart({ content, change, form }: Part & { form: Form | undefined }) {
  const w = useWords(phoneWords);
  const { offers, needs } = content;
  const set = (at: number, patch: Partial<Content['offers'][number]>) => change({ offers: replaced(offers, at, patch) });
  const nameOf = (school: string | null) => (school === null ? w.noSchool : (form?.schools.find(({ id }) => id === school)?.name ?? w.offers));
  const firstNeed = needs.findIndex(({ what }) => what.trim() !== '');
  const open = mayOffer(content);
  return (
    <section id="offers">
      <h2>{w.offers}</h2>
      {!open && offers.length === 0 && <p className="closed">{w.needFirst}</p>}
      {(open || offers.length > 0) && (
        <>
          <p className="small">{form?.schools.some(({ km }) => km !== null) ? w.offersLead : w.offersLeadNoWay}</p>
          <ul className="cards">
            {offers.map((offer, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an offer is its place until it is sent
              <Card key={at} label={nameOf(offer.school)} remove={w.removeOffer(nameOf(offer.school))} onRemove={() => change({ offers: without(offers, at) })}>
                <label className="field" htmlFor={fieldId(`offers.${at}.what`)}>
                  <span>{nameOf(offer.school)}</span>
                  <input
                    id={fieldId(`offers.${at}.what`)}
                    aria-label={`${nameOf(offer.school)}: ${w.offerWhat}`}
                    maxLength={200}
                    value={offer.what}
                    onChange={(event) => set(at, { what: event.target.value })}
                  />
                </label>
                {(needs.length > 1 || offer.need >= needs.length) && (
                  <label className="field" htmlFor={fieldId(`offers.${at}.need`)}>
                    <span>{w.offerNeed}</span>
                    <select id={fieldId(`offers.${at}.need`)} value={offer.need} onChange={(event) => set(at, { need: Number(event.target.value) })}>
                      {needs.map((need, place) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: a need is its place until it is sent
                        <option key={place} value={place}>
                          {need.what || w.need(place + 1)}
                        </option>
                      ))}
                    </select>
                  </label>
                )}
              </Card>
            ))}
          </ul>
          {form === undefined && <p className="small">{w.noSchools}</p>}
          {offers.length < 30 && open && (
            <ul className="schools">
              {[...(form?.schools ?? []), null].map((school) => (
                <li key={school?.id ?? ''}>
                  <button
                    type="button"
                    onClick={() => {
                      change({ offers: [...offers, { need: Math.max(0, firstNeed), school: school?.id ?? null, what: '' }] });
                      focusSoon(fieldId(`offers.${offers.length}.what`));
                    }}
                  >
                    <IconPlus size={20} stroke={1.75} aria-hidden="true" />
                    <span>
                      <span className="hidden">{`${w.addOffer}: `}</span>
                      {school?.name ?? w.noSchool}
                      {school !== null && (
                        <span className="small">{[school.town, school.km === null ? null : w.km(school.km), school.strengths.slice(0, 3).join(', ')].filter(Boolean).join(' · ')}</span>
                      )}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}

export function PeoplePart({ content: { people }, change }: Part) {
  const w = useWords(phoneWords);
  const set = (at: number, patch: Partial<Content['people'][number]>) => change({ people: replaced(people, at, patch) });
  return (
    <section>
      <h2>{w.people}</h2>
      <ul className="cards">
        {people.map((person, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <Card key={at} label={w.person(at + 1)} remove={w.removePerson(person.name || w.person(at + 1))} onRemove={() => change({ people: without(people, at) })}>
            <div className="row beside">
              <label className="field" htmlFor={`person-${at}`}>
                <span>{w.name}</span>
                <input id={`person-${at}`} autoComplete="off" maxLength={200} value={person.name} onChange={(event) => set(at, { name: event.target.value })} />
              </label>
              <label className="field" htmlFor={`role-${at}`}>
                <span>{w.role}</span>
                <input id={`role-${at}`} autoComplete="off" maxLength={100} value={person.role} onChange={(event) => set(at, { role: event.target.value })} />
              </label>
            </div>
          </Card>
        ))}
      </ul>
      {people.length < 20 && (
        <Add
          onAdd={() => {
            change({ people: [...people, { name: '', role: '' }] });
            focusSoon(`person-${people.length}`);
          }}
        >
          {w.addPerson}
        </Add>
      )}
    </section>
  );
}

export function BarriersPart({ content, change }: Part) {
  const w = useWords(phoneWords);
  const { barriers, employeeBarriers: employees } = useWords(visitsWords);
  const ticked = content.barriers.length + content.employeeBarriers.length;
  return (
    <details className="more">
      <summary>
        {`${w.barriers} ${w.optional}`}
        {ticked > 0 && <span className="count">{ticked}</span>}
      </summary>
      <h3>{w.companyBarriers}</h3>
      <Chips label={w.companyBarriers} value={content.barriers} options={companyBarriers.map((value) => ({ value, label: barriers[value] }))} onPick={(picked) => change({ barriers: picked })} />
      <h3>{w.employeeBarriers}</h3>
      <p className="small">
        <IconLock size={16} stroke={1.75} aria-hidden="true" /> {w.onlyCounted}
      </p>
      <Chips
        label={w.employeeBarriers}
        value={content.employeeBarriers}
        options={employeeBarriers.map((value) => ({ value, label: employees[value] }))}
        onPick={(picked) => change({ employeeBarriers: picked })}
      />
    </details>
  );
}

export function StepsPart({ content: { nextSteps }, change, form }: Part & { form: Form | undefined }) {
  const w = useWords(phoneWords);
  const { language } = useLanguage();
  const { personId, today } = useActing();
  const set = (at: number, patch: Partial<Content['nextSteps'][number]>) => change({ nextSteps: replaced(nextSteps, at, patch) });
  const weekday = (day: string) =>
    capital(
      `${new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`))} ${shortDay(language, day).replace(/.\d{4}$/, '')}`,
    );
  const days = [1, 3, 5, 10].map((count) => workingDaysOn(today, count));
  return (
    <section id="next">
      <h2>{w.next}</h2>
      <ul className="cards">
        {nextSteps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a task is its place until it is sent
          <Card key={at} label={w.step(at + 1)} remove={w.removeStep(step.what || w.step(at + 1))} onRemove={() => change({ nextSteps: without(nextSteps, at) })}>
            <label className="field" htmlFor={fieldId(`nextSteps.${at}.what`)}>
              <span className="hidden">{w.stepWhat}</span>
              <input id={fieldId(`nextSteps.${at}.what`)} className="strong" maxLength={500} value={step.what} onChange={(event) => set(at, { what: event.target.value })} />
            </label>
            <label className="field" htmlFor={fieldId(`nextSteps.${at}.owner`)}>
              <span>{w.stepOwner}</span>
              <select id={fieldId(`nextSteps.${at}.owner`)} value={step.owner ?? ''} onChange={(event) => set(at, { owner: (event.target.value || null) as typeof step.owner })}>
                <option value={personId}>{w.me}</option>
                <option value="">{w.itself}</option>
                {step.owner !== null && step.owner !== personId && form === undefined && <option value={step.owner}>…</option>}
                {form?.colleagues
                  .filter(({ id }) => id !== personId)
                  .map((colleague) => (
                    <option key={colleague.id} value={colleague.id}>
                      {[colleague.name, colleague.school].filter(Boolean).join(', ')}
                    </option>
                  ))}
              </select>
            </label>
            <fieldset className="due">
              <legend>{w.stepDue}</legend>
              <div className="chips">
                {days.map((day, place) => (
                  <button key={day} type="button" className="chip" aria-pressed={step.due === day} onClick={() => set(at, { due: day })}>
                    {step.due === day && <IconCheck size={16} stroke={2} aria-hidden="true" />}
                    {place === 0 && Date.parse(day) - Date.parse(today) === 86_400_000 ? w.tomorrow : weekday(day)}
                  </button>
                ))}
                <input
                  id={fieldId(`nextSteps.${at}.due`)}
                  type="date"
                  aria-label={w.stepDueDay}
                  value={step.due ?? ''}
                  onChange={(event) => set(at, { due: event.target.value === '' ? null : event.target.value })}
                />
              </div>
            </fieldset>
          </Card>
        ))}
      </ul>
      {nextSteps.length < 20 && (
        <Add
          onAdd={() => {
            change({ nextSteps: [...nextSteps, { what: '', owner: personId as Content['nextSteps'][number]['owner'], due: null }] });
            focusSoon(fieldId(`nextSteps.${nextSteps.length}.what`));
          }}
        >
          {w.addStep}
        </Add>
      )}
    </section>
  );
}

export function EffortPart({ content: { minutes, km }, change, way }: Part & { way: number | null }) {
  const w = useWords(phoneWords);
  const hours = minutes === null ? null : Math.floor(minutes / 60);
  const rest = minutes === null ? null : minutes % 60;
  const set = (h: number | null, m: number | null) => change({ minutes: h === null && m === null ? null : Math.min(6000, (h ?? 0) * 60 + (m ?? 0)) });
  return (
    <section>
      <h2>{w.effort}</h2>
      <p className="small">{w.effortHelp}</p>
      <div className="row three">
        <Figure id="hours" label={w.hours} most={100} value={hours} onChange={(value) => set(value, rest)} />
        <Figure id="minutes" label={w.minutes} most={59} value={rest} onChange={(value) => set(hours, value)} />
        <Figure id="km" label={w.kilometres} most={2000} value={km} onChange={(value) => change({ km: value })} />
      </div>
      {km === null && way !== null && (
        <button type="button" className="quiet" onClick={() => change({ km: way })}>
          {w.takeKm(way)}
        </button>
      )}
    </section>
  );
}

export function NotePart({ content: { note }, change }: Part) {
  const w = useWords(phoneWords);
  const [open, setOpen] = useState(note !== '');
  return (
    <section className="private">
      <label className="tick">
        <input
          type="checkbox"
          checked={open}
          disabled={note !== ''}
          onChange={(event) => {
            setOpen(event.target.checked);
            if (event.target.checked) focusSoon('note');
          }}
        />
        <span>
          {w.noteAdd}
          <span className="small">
            <IconLock size={16} stroke={1.75} aria-hidden="true" /> {w.noteHelp}
          </span>
        </span>
      </label>
      {open && <textarea id="note" aria-label={w.note} rows={3} maxLength={4000} value={note} onChange={(event) => change({ note: event.target.value })} />}
    </section>
  );
}
