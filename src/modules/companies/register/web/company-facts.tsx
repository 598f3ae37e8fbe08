import { Anchor, Badge, Button, Group, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconLock, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { employees, interval, monthOf } from '../../../../ui/figures.ts';
import { capital, cvr, dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { PhoneLink } from '../../../../ui/phone-link.tsx';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { Some } from '../../../../ui/some.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { registerWords } from '../words.ts';
import type { CompanySheet } from './call-notice.tsx';

/** CVR writes its states in capitals: "UNDER KONKURS" -> "Under konkurs". */
const calm = (text: string) => (text === text.toUpperCase() ? capital(text.toLowerCase()) : text);
/** The register's own words are Danish in every language. */
const Danish = ({ children }: { children: ReactNode }) => <span lang="da">{children}</span>;
const placeOf = ({ address, postcode, town }: Pick<CompanySheet, 'address' | 'postcode' | 'town'>) => [address, [postcode, town].filter(Boolean).join(' ')].filter(Boolean).join(', ');

/** "10–19 ansatte, fremstilling af metalkonstruktioner. Havnevej 4, 7621 Limvig. CVR 12 34 56 74" */
export function Sentence({ company }: { company: CompanySheet }) {
  const w = useWords(registerWords);
  const { language } = useLanguage();
  const { size, industry } = company;
  const staff = size === null ? null : employees(language, size);
  const text = industry?.text ?? null;
  const place = placeOf(company);
  return (
    <>
      {staff}
      {staff !== null && text !== null && ', '}
      {text !== null && <Danish>{staff === null ? text : text.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase())}</Danish>}
      {(staff !== null || text !== null) && '. '}
      {place !== '' && `${place}. `}
      <span style={{ whiteSpace: 'nowrap' }}>{w.cvrOf(cvr(company.cvr))}</span>
    </>
  );
}

/** What the register says, where it is from, and as of when. */
export function CompanyFacts({ company }: { company: CompanySheet }) {
  const w = useWords(registerWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const { industry, size } = company;
  const counted = () => {
    if (size?.asOf == null) return null;
    const [year = '', month = ''] = size.asOf.split('-');
    if (size.period === null) return w.countedInList(shortDay(language, size.asOf));
    return w.counted[size.period](size.period === 'month' ? monthOf(language, size.asOf) : size.period === 'quarter' ? w.quarter(Math.ceil(Number(month) / 3), year) : year);
  };
  const withHelp = (value: ReactNode, help: string | null) => (
    <>
      {value}
      {help !== null && (
        <Text size="sm" c="dimmed">
          {help}
        </Text>
      )}
    </>
  );
  const all: { label: string; value: ReactNode | null }[] = [
    { label: w.phone, value: company.phone === null ? null : <PhoneLink number={company.phone} may={company.call.may} /> },
    { label: w.email, value: company.email === null ? null : company.call.may ? <Anchor href={`mailto:${company.email}`}>{company.email}</Anchor> : company.email },
    { label: w.employees, value: size === null ? w.unknown : withHelp(interval(language, size), counted()) },
    {
      label: w.industry,
      value: industry === null ? w.unknown : withHelp(industry.text === null ? null : <Danish>{industry.text}</Danish>, `${industry.scheme} ${industry.code}`),
    },
    { label: w.sector, value: company.publicSector ? w.sectors.public : null },
    { label: w.municipality, value: company.municipality?.name ?? null },
    { label: w.form, value: company.form === null ? null : <Danish>{calm(company.form)}</Danish> },
    { label: w.registerStatus, value: company.statusText === null || company.status === 'active' ? null : <Danish>{calm(company.statusText)}</Danish> },
    { label: w.founded, value: company.started === null ? null : shortDay(language, company.started) },
    { label: w.ended, value: company.ended === null ? null : shortDay(language, company.ended) },
    { label: w.known, value: shortDay(language, dayOf(zone, company.since)) },
    { label: w.source, value: withHelp(w.sources[company.source], company.vanished ? w.vanishedText : null) },
  ];
  return (
    <Stack gap="sm" component="section" aria-labelledby="facts">
      <Title order={2} id="facts">
        {w.facts}
      </Title>
      <Facts narrow facts={all.filter(({ value }) => value !== null)} />
    </Stack>
  );
}

/** Where the company works; each place has its own protection. */
export function Units({ company }: { company: CompanySheet }) {
  const w = useWords(registerWords);
  const { language } = useLanguage();
  if (company.units.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="units">
      <Title order={2} id="units">
        {w.units}
      </Title>
      <Some rows={company.units} first={3} all={w.allUnits}>
        {(units) => (
          <Ruled>
            {units.map((unit) => (
              <Rule key={unit.id}>
                <div>
                  <Text fw={500} component="span">
                    {unit.name}
                  </Text>
                  <Text size="sm" c="var(--vn-ink-2)">
                    {placeOf(unit)}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {[w.pNumber(unit.pNumber), unit.head ? w.head : null, unit.size === null ? null : employees(language, unit.size)].filter(Boolean).join(' · ')}
                  </Text>
                  {unit.phone !== null && unit.phone !== company.phone && (
                    <Text size="sm">
                      <PhoneLink number={unit.phone} may={unit.available} />
                    </Text>
                  )}
                  {(unit.protected === true || (company.call.may && !unit.available) || unit.status === 'ceased') && (
                    <Group gap={6} mt={4}>
                      {unit.protected === true && <Badge leftSection={<IconLock size={16} stroke={1.75} />}>{w.protected}</Badge>}
                      {unit.protected === null && company.call.may && !unit.available && <Badge leftSection={<IconLock size={16} stroke={1.75} />}>{w.notAvailable}</Badge>}
                      {unit.status === 'ceased' && (
                        <Badge color="red" leftSection={<IconX size={16} stroke={1.75} />}>
                          {w.states.ceased}
                        </Badge>
                      )}
                    </Group>
                  )}
                  <UnitPast unit={unit} />
                </div>
              </Rule>
            ))}
          </Ruled>
        )}
      </Some>
    </Stack>
  );
}

/** Mostly what the company's own past says too, so it waits until somebody asks. */
function UnitPast({ unit }: { unit: CompanySheet['units'][number] }) {
  const w = useWords(registerWords);
  const [open, setOpen] = useState(false);
  if (unit.past.length === 0) return null;
  const Icon = open ? IconChevronUp : IconChevronDown;
  return (
    <>
      <Button size="xs" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)} leftSection={<Icon size={16} stroke={1.75} />} mt={4}>
        {w.unitPast(unit.past.length)}
        <VisuallyHidden>, {w.pNumber(unit.pNumber)}</VisuallyHidden>
      </Button>
      {open && <Was past={unit.past} />}
    </>
  );
}

/** "DB07 251100 Fremstilling af metalkonstruktioner" with the words first; "10-19" with a dash between figures. */
function wasInWords({ fact, value }: CompanySheet['past'][number]): ReactNode {
  const industry = fact === 'industry' ? /^(DB\d\d) (\d{1,6}) ?(.*)$/.exec(value) : null;
  if (industry !== null) {
    const [, scheme = '', code = '', text = ''] = industry;
    return text === '' ? (
      `${scheme} ${code}`
    ) : (
      <>
        <Danish>{text}</Danish> ({scheme} {code})
      </>
    );
  }
  if (fact === 'size') return value.replace('-', '–');
  return <Danish>{fact === 'status' || fact === 'form' ? calm(value) : value}</Danish>;
}

function Was({ past }: { past: readonly CompanySheet['past'][number][] }) {
  const w = useWords(registerWords);
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  return (
    <Ruled>
      {past.map((each) => (
        <Rule key={`${each.fact} ${each.from} ${each.value}`}>
          <div>
            <Text size="sm" c="dimmed">
              {w.pastFacts[each.fact] ?? w.otherFact}
            </Text>
            <Text>{wasInWords(each)}</Text>
            <Text size="sm" c="dimmed">
              {each.to === null ? shared.from(shortDay(language, each.from)) : shared.fromTo(shortDay(language, each.from), shortDay(language, each.to))}
            </Text>
          </div>
        </Rule>
      ))}
    </Ruled>
  );
}

/** What was true before, from when to when. */
export function Past({ company }: { company: CompanySheet }) {
  const w = useWords(registerWords);
  if (company.past.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="past">
      <Title order={2} id="past">
        {w.past}
      </Title>
      <Some rows={company.past} first={4} all={w.allPast}>
        {(past) => <Was past={past} />}
      </Some>
    </Stack>
  );
}
