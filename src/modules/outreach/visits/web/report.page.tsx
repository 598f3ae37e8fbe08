import { Anchor, Button, Group, NativeSelect, NumberInput, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconEye, IconLock } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { ChipsField } from '../../../../ui/chips.tsx';
import { address, call } from '../../../../ui/client.ts';
import { useEditing } from '../../../../ui/editing.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { longDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listNeeds, type NeedField, needFields, needFits, needTerms } from '../../../companies/needs/contract.ts';
import { useNeedFacts, useNeedWords } from '../../../companies/needs/web/public.tsx';
import { TaskList } from '../../tasks/web/public.tsx';
import { AgreementsPanel } from '../../training-agreements/web/public.tsx';
import { companyBarriers, correctReport, listReports, type Report, readReport, readVisitFile, visitKinds, visitTopics, writeReportNote } from '../contract.ts';
import { reportWords, visitsWords } from '../words.ts';
import { useTopics } from './topics.tsx';

export function ReportPage() {
  const v = useWords(visitsWords);
  const { report } = useParams({ strict: false }) as { report: string };
  const asked = useRead(readReport, { params: { report } });
  return (
    <FetchedPage asked={asked} title={v.title}>
      {(found) => <Sheet key={found.id} report={found} />}
    </FetchedPage>
  );
}

function Sheet({ report }: { report: Report }) {
  const w = useWords(reportWords);
  const v = useWords(visitsWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const { editing, done, close, opener } = useEditing();
  const corrected = async () => {
    await refresh(queries, readReport, listReports, listNeeds);
    close(w.corrected);
  };
  const { company } = report;
  return (
    <Page
      title={company.name}
      lead={w.visitOn(longDay(language, report.visitedOn), w.byOf(report.by.name, report.by.school))}
      done={done}
      path={<PathLink to="/reports">{v.title}</PathLink>}
      action={opener(report.can.correct, w.correct)}
    >
      {editing ? <Correct report={report} onDone={corrected} onClose={() => close(null)} /> : <Read report={report} />}
    </Page>
  );
}

function Read({ report }: { report: Report }) {
  const w = useWords(reportWords);
  const v = useWords(visitsWords);
  const factsOf = useNeedFacts();
  const { offers, needs, effort } = report;
  const needOf = (id: string) => needs.find((each) => each.id === id)?.what ?? '';
  return (
    <Columns
      aside={
        <>
          <About report={report} />
          {effort !== null && (effort.minutes !== null || effort.km !== null) && <Effort minutes={effort.minutes} km={effort.km} />}
          <Note key={report.note?.version ?? 0} report={report} />
          <Group gap="xs" wrap="nowrap" align="flex-start" c="dimmed">
            <IconEye size={20} stroke={1.75} style={{ flex: 'none' }} aria-hidden="true" />
            <Text size="sm">{w.whoReads}</Text>
          </Group>
        </>
      }
    >
      <Stack gap="xs" component="section" aria-labelledby="needs">
        <Title order={2} id="needs">
          {w.needs}
        </Title>
        {needs.length === 0 ? (
          <Text c="dimmed">{w.noNeeds}</Text>
        ) : (
          <Ruled>
            {needs.map((need) => (
              <Rule key={need.id}>
                <Text fw={500}>{need.what}</Text>
                <Text size="sm" c="dimmed">
                  {factsOf(need)}
                </Text>
              </Rule>
            ))}
          </Ruled>
        )}
      </Stack>
      {needs.length > 0 && (
        <Stack gap="xs" component="section" aria-labelledby="offers">
          <Title order={2} id="offers">
            {w.offers}
          </Title>
          {offers.length === 0 ? (
            <Text c="dimmed">{w.noOffers}</Text>
          ) : (
            <Ruled>
              {offers.map(({ need, school, what }) => (
                <Rule key={`${need} ${what}`}>
                  <Text>{w.offerFor(what, needOf(need))}</Text>
                  {school !== null && (
                    <Text size="sm" c="dimmed">
                      {school.name}
                    </Text>
                  )}
                </Rule>
              ))}
            </Ruled>
          )}
        </Stack>
      )}
      {(['about', 'agreed'] as const).map(
        (part) =>
          report[part] !== '' && (
            <Stack key={part} gap="xs" component="section" aria-labelledby={part}>
              <Title order={2} id={part}>
                {w[part]}
              </Title>
              <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }} maw="68ch">
                {report[part]}
              </Text>
            </Stack>
          ),
      )}
      <AgreementsPanel company={report.company.id} report={report} />
      {report.tasks.length > 0 && <TaskList tasks={report.tasks} onChanged={[readReport]} />}
      {report.files.length > 0 && (
        <Stack gap="xs" component="section" aria-labelledby="files">
          <Title order={2} id="files">
            {w.files}
          </Title>
          <Ruled>
            {report.files.map(({ id, name, bytes }) => (
              <Rule key={id}>
                <Anchor href={address(readVisitFile.path, { params: { file: id } })} download={name} style={{ overflowWrap: 'anywhere' }}>
                  {w.fetch(name)}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {w.size(Math.max(1, Math.round(bytes / 1024)).toLocaleString('da-DK'))}
                </Text>
              </Rule>
            ))}
          </Ruled>
        </Stack>
      )}
      {needs.length === 0 && report.about === '' && report.agreed === '' && <Text c="dimmed">{w.nothingSaid}</Text>}
      {report.barriers.length > 0 && (
        <Stack gap="xs" component="section" aria-labelledby="barriers">
          <Title order={2} id="barriers">
            {w.barriers}
          </Title>
          <Ruled>
            {report.barriers.map((code) => (
              <Rule key={code}>{v.barriers[code]}</Rule>
            ))}
          </Ruled>
        </Stack>
      )}
    </Columns>
  );
}

function About({ report }: { report: Report }) {
  const w = useWords(reportWords);
  const v = useWords(visitsWords);
  const said = useTopics();
  const { company, people, topics, meeting, partner } = report;
  return (
    <Stack gap="xs">
      <Facts
        narrow
        facts={[
          { label: w.kind, value: v.kinds[report.kind] },
          ...(topics.length === 0 ? [] : [{ label: w.topics, value: sideBySide(topics.map((each) => said[each])) }]),
          ...(people.length === 0 ? [] : [{ label: w.people, value: sideBySide(people.map(({ name, role }) => [name, role].filter((part) => part !== '').join(', '))) }]),
          ...(partner === null ? [] : [{ label: w.partner, value: partner }]),
        ]}
      />
      <NameLink to={`/companies/${company.id}`}>{w.openCompany}</NameLink>
      {meeting !== null && report.can.correct && <NameLink to={`/meetings/${meeting}`}>{w.openMeeting}</NameLink>}
    </Stack>
  );
}

function Effort({ minutes, km }: { minutes: number | null; km: number | null }) {
  const w = useWords(reportWords);
  const { language } = useLanguage();
  const figure = (value: number) => new Intl.NumberFormat(language === 'da' ? 'da-DK' : 'en-GB', { maximumFractionDigits: 1 }).format(value);
  return (
    <Stack gap={0}>
      <Facts narrow facts={[{ label: w.effort, value: w.effortOf(minutes === null ? '' : w.hours(figure(minutes / 60)), km === null ? '' : w.km(figure(km))) }]} />
      <Text size="sm" c="dimmed">
        {w.effortAlone}
      </Text>
    </Stack>
  );
}

/** What the own school keeps to itself; nothing of it is there for anybody else. */
function Note({ report }: { report: Report }) {
  const w = useWords(reportWords);
  const queries = useQueryClient();
  const { schoolId } = useActing();
  const [open, setOpen] = useState(false);
  const { note } = report;
  const form = useServerForm<{ text: string }, Report>({
    initial: { text: note?.text ?? '' },
    edits: { seen: { ...report, version: note?.version ?? 0 }, valuesOf: (row) => ({ text: row.note?.text ?? '' }) },
    async send({ text }, _key, version) {
      await call(writeReportNote, { params: { report: report.id }, body: { text } }, { version });
      await refresh(queries, readReport);
      setOpen(false);
    },
  });
  if (schoolId === null || (note === null && !report.can.note)) return null;
  return (
    <Stack gap="xs" component="section" aria-labelledby="note">
      <Group gap="xs" wrap="nowrap">
        <IconLock size={20} stroke={1.75} aria-hidden="true" />
        <Title order={2} size="h3" id="note">
          {w.note}
        </Title>
      </Group>
      {open ? (
        <FormBody on={form} notSaved={w.noteNotSaved} save={w.noteSave} quiet opened onCancel={() => setOpen(false)} inWords={({ text }) => [{ label: w.note, text }]}>
          <Textarea label={w.note} description={w.noteReaders} autosize minRows={3} maxLength={4000} {...form.field('text')} />
        </FormBody>
      ) : (
        <>
          <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }} {...(note === null ? { c: 'dimmed' } : {})}>
            {note?.text ?? w.noteNone}
          </Text>
          <Text size="sm" c="dimmed">
            {w.noteReaders}
          </Text>
          {report.can.note && (
            <Button size="xs" style={{ alignSelf: 'flex-start' }} onClick={() => setOpen(true)}>
              {note === null ? w.noteWrite : w.noteEdit}
            </Button>
          )}
        </>
      )}
    </Stack>
  );
}

interface Values extends Record<string, unknown> {
  kind: Report['kind'];
  topics: string[];
  barriers: string[];
  needs: { id: string; what: string; term: string; fit: string; field: string }[];
  about: string;
  agreed: string;
  minutes: number | '';
  km: number | '';
}
const valuesOf = (report: Report): Values => ({
  kind: report.kind,
  topics: report.topics,
  barriers: report.barriers,
  needs: report.needs.map(({ id, what, term, fit, field }) => ({ id, what, term, fit: fit ?? '', field: field ?? '' })),
  about: report.about,
  agreed: report.agreed,
  minutes: report.effort?.minutes ?? '',
  km: report.effort?.km ?? '',
});

function Correct({ report, onDone, onClose }: { report: Report; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(reportWords);
  const v = useWords(visitsWords);
  const n = useNeedWords();
  const said = useTopics();
  const form = useServerForm<Values, Report>({
    initial: valuesOf(report),
    edits: { seen: report, valuesOf },
    async send(values, _key, version) {
      const people = new Map(report.needs.map((need) => [String(need.id), need.people]));
      await call(
        correctReport,
        {
          params: { report: report.id },
          body: {
            company: report.company.id,
            meeting: report.meeting,
            visitedOn: report.visitedOn,
            kind: values.kind,
            topics: values.topics as Report['topics'],
            barriers: values.barriers as Report['barriers'],
            people: report.people,
            partner: report.partner ?? '',
            needs: values.needs.map(({ id, what, term, fit, field }) => ({
              id,
              what,
              term: term as 'now',
              fit: fit === '' ? null : (fit as 'shelf'),
              field: field === '' ? null : (field as NeedField),
              people: people.get(id) ?? null,
            })),
            offers: report.offers
              .map(({ need, school, what }) => ({ need: values.needs.findIndex(({ id }) => id === String(need)), school: school?.id ?? null, what }))
              .filter(({ need }) => (values.needs[need]?.what ?? '').trim() !== ''),
            about: values.about,
            agreed: values.agreed,
            minutes: values.minutes === '' ? null : values.minutes,
            km: values.km === '' ? null : values.km,
          },
        },
        { version },
      );
      await onDone();
    },
  });
  const inWords = (values: Values) => [
    { label: w.kind, text: v.kinds[values.kind] },
    { label: w.topics, text: sideBySide(values.topics.map((each) => said[each as Report['topics'][number]])) },
    {
      label: w.needs,
      text: sideBySide(
        values.needs.map(({ what, term, fit, field }) =>
          [what, field === '' ? n.fieldUnknown : n.fields[field as NeedField], n.terms[term as 'now'], fit === '' ? n.fitUnknown : n.fits[fit as 'shelf']].join(', '),
        ),
      ),
    },
    { label: w.about, text: values.about },
    { label: w.agreed, text: values.agreed },
    { label: w.barriers, text: sideBySide(values.barriers.map((each) => v.barriers[each as Report['barriers'][number]])) },
    { label: w.minutes, text: String(values.minutes) },
    { label: w.kmField, text: String(values.km) },
  ];
  return (
    <FormBody on={form} notSaved={w.notCorrected} save={w.correctSave} onCancel={onClose} opened wide inWords={inWords}>
      <NativeSelect label={w.kind} data={visitKinds.map((value) => ({ value, label: v.kinds[value] }))} {...form.field('kind')} />
      <ChipsField label={w.topics} choices={visitTopics.map((value) => ({ value, label: said[value] }))} {...form.field('topics')} />
      {report.needs.map((need, at) => (
        <Group key={need.id} gap="sm" align="flex-end">
          <TextInput label={w.need(at + 1)} description={w.emptyTakesAway} maxLength={200} style={{ flex: '1 1 16rem' }} {...form.field(`needs.${at}.what`)} />
          <NativeSelect label={w.field(at + 1)} data={[{ value: '', label: n.fieldUnknown }, ...needFields.map((value) => ({ value, label: n.fields[value] }))]} {...form.field(`needs.${at}.field`)} />
          <NativeSelect label={w.term(at + 1)} data={needTerms.map((value) => ({ value, label: n.terms[value] }))} {...form.field(`needs.${at}.term`)} />
          <NativeSelect label={w.fit(at + 1)} data={[{ value: '', label: n.fitUnknown }, ...needFits.map((value) => ({ value, label: n.fits[value] }))]} {...form.field(`needs.${at}.fit`)} />
        </Group>
      ))}
      <Textarea label={w.about} autosize minRows={4} maxLength={4000} {...form.field('about')} />
      <Textarea label={w.agreed} autosize minRows={3} maxLength={4000} {...form.field('agreed')} />
      <ChipsField label={w.barriers} choices={companyBarriers.map((value) => ({ value, label: v.barriers[value] }))} {...form.field('barriers')} />
      <Group gap="sm">
        <NumberInput label={w.minutes} min={0} max={6000} {...form.field('minutes')} />
        <NumberInput label={w.kmField} min={0} max={2000} {...form.field('km')} />
      </Group>
    </FormBody>
  );
}
