import { Anchor, Button, Group, NativeSelect, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, type Said, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listProfiles } from '../../../organisation/profiles/contract.ts';
import { RelationSection } from '../../relations/web/public.tsx';
import * as contract from '../contract.ts';
import { partnershipsWords } from '../words.ts';
import { PartnershipState } from './state.tsx';

type Shown = contract.PartnershipPage;
type Open = 'write' | 'review' | 'end' | 'hand';
type Asking = 'sign' | 'reopen' | 'discard';

export function PartnershipPage() {
  const w = useWords(partnershipsWords);
  const { partnership } = useParams({ strict: false }) as { partnership: string };
  const asked = useRead(contract.readPartnership, { params: { partnership } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} partnership={found} />}
    </FetchedPage>
  );
}

function Sheet({ partnership }: { partnership: Shown }) {
  const w = useWords(partnershipsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { can, company, owner, schools, texts, version } = partnership;
  const [text, ...earlier] = texts;
  if (text === undefined) return null;
  const holding = earlier.find(({ state }) => state === 'signed');
  const day = (of: string) => shortDay(language, of);
  const close = () => {
    setOpen(null);
    focusTitle();
  };
  const said = async (what: string) => {
    await refresh(queries, contract.readPartnership, contract.listPartnerships);
    setError(null);
    setDone(what);
    close();
  };
  const input = { params: { partnership: partnership.id } };
  const offer = () => call(contract.offerPartnership, input, { version }).then(() => said(w.offered), setError);
  const renew = () => call(contract.renewPartnership, input, { version }).then(() => said(w.renewed), setError);
  const questions = {
    sign: { text: w.signAsk, run: () => call(contract.signPartnership, input, { version }), said: w.signed },
    reopen: { text: w.reopenAsk, run: () => call(contract.reopenPartnership, input, { version }), said: w.reopened },
    discard: { text: w.discardAsk, run: () => call(contract.discardPartnershipText, input, { version }), said: w.discarded },
  } as const;
  const form = { partnership, onDone: said, onClose: close };
  const complete = text.missing.length === 0;
  const actions = open === null && (
    <>
      {can.end && (
        <Button variant="subtle" onClick={() => setOpen('end')}>
          {w.end}
        </Button>
      )}
      {can.discard && (
        <Button variant="subtle" onClick={() => setAsking('discard')}>
          {w.discard}
        </Button>
      )}
      {can.hand && (
        <Button variant="subtle" onClick={() => setOpen('hand')}>
          {w.hand}
        </Button>
      )}
      {can.reopen && <Button onClick={() => setAsking('reopen')}>{w.reopen}</Button>}
      {can.renew && <Button onClick={renew}>{w.renew}</Button>}
      {can.review && (
        <Button variant={partnership.reviewDue ? 'filled' : 'default'} onClick={() => setOpen('review')}>
          {w.review}
        </Button>
      )}
      {can.write && (
        <Button variant={complete ? 'default' : 'filled'} onClick={() => setOpen('write')}>
          {w.write}
        </Button>
      )}
      {can.offer && complete && (
        <Button variant="filled" onClick={offer}>
          {w.offer}
        </Button>
      )}
      {can.sign && (
        <Button variant="filled" onClick={() => setAsking('sign')}>
          {w.sign}
        </Button>
      )}
    </>
  );
  return (
    <Page title={company.name} lead={w.panel} path={<PathLink to="/partnerships">{w.title}</PathLink>} done={done} action={actions || undefined}>
      <Stack gap="xl">
        {error !== null && <ErrorNotice error={error} />}
        {open === 'review' && <Review {...form} />}
        {open === 'end' && <End {...form} />}
        {open === 'hand' && <Hand {...form} />}
        {open === 'write' ? (
          <Write {...form} text={text} />
        ) : (
          <Stack gap="xl" maw={720}>
            <Stack gap="sm">
              <PartnershipState partnership={partnership} />
              {text.state === 'draft' && !complete && <Text>{w.missing(text.missing.length)}</Text>}
              {text.state === 'awaiting' && text.companySigned === null && <Text>{w.companySignsOnPage}</Text>}
              {holding !== undefined && <Text>{w.holds(holding.no)}</Text>}
              <Facts
                facts={[
                  { label: w.company, value: <NameLink to={`/companies/${company.id}`}>{company.name}</NameLink> },
                  { label: w.owner, value: owner.name },
                  { label: w.schools, value: schools.length === 0 ? '–' : sideBySide(schools.map(({ name }) => name)) },
                  { label: w.text, value: w.textNo(text.no, w.states[text.state]) },
                  { label: w.term, value: w.period(day(text.validFrom), day(text.validTo)) },
                  text.state === 'signed' ? { label: w.nextReview, value: text.nextReview === null ? w.noReview : day(text.nextReview) } : { label: w.reviewOn, value: day(text.reviewOn) },
                  ...(text.ended === null ? [] : [{ label: w.endedOn(day(text.ended.on)), value: <Written text={text.ended.because} /> }]),
                ]}
              />
              <div>
                <Anchor href={`/api/partnerships/${partnership.id}/agreement.pdf`} download>
                  {w.pdf}
                </Anchor>
              </div>
            </Stack>
            <Side
              title={w.companyExpects}
              id="company-expects"
              prompts={[...w.companyPrompts, w.companyRole, w.companyDuties]}
              answers={[...text.companyExpects, text.companyRole, text.companyDuties]}
            />
            <Side title={w.centreExpects} id="centre-expects" prompts={[...w.centrePrompts, w.centreRole, w.centreDuties]} answers={[...text.centreExpects, text.centreRole, text.centreDuties]} />
            <Stack gap="sm" component="section" aria-labelledby="signatures">
              <Title order={2} id="signatures">
                {w.signatures}
              </Title>
              <Facts
                facts={(
                  [
                    [w.companySignature, text.companySigned],
                    [w.centreSignature, text.centreSigned],
                  ] as const
                ).map(([label, of]) => ({ label, value: of === null ? w.notSigned : w.signedBy(of.name, day(dayOf(zone, of.at))) }))}
              />
            </Stack>
            {earlier.length > 0 && (
              <Stack gap="sm" component="section" aria-labelledby="earlier">
                <Title order={2} id="earlier">
                  {w.earlier}
                </Title>
                <Ruled>
                  {earlier.map(({ no, state, validFrom, validTo }) => (
                    <Rule key={no}>
                      <div>
                        <Anchor href={`/api/partnerships/${partnership.id}/agreement.pdf?no=${no}`} download>
                          {w.versionPdf(no)}
                        </Anchor>
                        <Text size="sm" c="dimmed">
                          {sideBySide([w.states[state], w.period(day(validFrom), day(validTo))])}
                        </Text>
                      </div>
                    </Rule>
                  ))}
                </Ruled>
              </Stack>
            )}
          </Stack>
        )}
        {open !== 'write' && <RelationSection partnership={partnership.id} />}
      </Stack>
      {asking !== null && (
        <ConfirmDialog
          title={`${w[asking]}?`}
          text={questions[asking].text}
          yes={w[asking]}
          calm={asking === 'sign'}
          opened
          onClose={() => setAsking(null)}
          run={questions[asking].run}
          onDone={() => {
            setAsking(null);
            return said(questions[asking].said);
          }}
        />
      )}
    </Page>
  );
}

function Written({ text }: { text: string }) {
  const w = useWords(partnershipsWords);
  return text === '' ? <Text c="dimmed">{w.notWritten}</Text> : <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{text}</Text>;
}

function Side({ title, id, prompts, answers }: { title: string; id: string; prompts: readonly string[]; answers: readonly string[] }) {
  return (
    <Stack gap="sm" component="section" aria-labelledby={id}>
      <Title order={2} id={id}>
        {title}
      </Title>
      <Facts facts={prompts.map((label, at) => ({ label, value: <Written text={answers[at] ?? ''} /> }))} />
    </Stack>
  );
}

interface FormProps {
  partnership: Shown;
  onDone(text: string): Promise<void>;
  onClose(): void;
}

type Writing = Pick<contract.PartnershipText, 'companyExpects' | 'centreExpects' | 'companyRole' | 'centreRole' | 'companyDuties' | 'centreDuties' | 'validFrom' | 'validTo' | 'reviewOn'>;
const writingOf = ({ companyExpects, centreExpects, companyRole, centreRole, companyDuties, centreDuties, validFrom, validTo, reviewOn }: Writing): Writing => ({
  companyExpects,
  centreExpects,
  companyRole,
  centreRole,
  companyDuties,
  centreDuties,
  validFrom,
  validTo,
  reviewOn,
});

function Write({ partnership, text, onDone, onClose }: FormProps & { text: contract.PartnershipText }) {
  const w = useWords(partnershipsWords);
  const { language } = useLanguage();
  const on = useServerForm<Writing & Record<string, unknown>, Shown>({
    initial: { ...writingOf(text) },
    edits: { seen: partnership, valuesOf: ({ texts: [newest] }) => ({ ...writingOf(newest ?? text) }) },
    sentences: { validTo_days_reversed: w.reversed, reviewOn_outside_term: w.outside },
    async send(values, _key, version) {
      await call(contract.writePartnership, { params: { partnership: partnership.id }, body: writingOf(values) }, { version });
      await onDone(w.saved);
    },
  });
  const inWords = (values: Writing): Said[] => [
    ...w.companyPrompts.map((label, at) => ({ label, text: values.companyExpects[at] ?? '' })),
    ...w.centrePrompts.map((label, at) => ({ label, text: values.centreExpects[at] ?? '' })),
    { label: w.companyRole, text: values.companyRole },
    { label: w.centreRole, text: values.centreRole },
    { label: w.companyDuties, text: values.companyDuties },
    { label: w.centreDuties, text: values.centreDuties },
    { label: w.term, text: w.period(shortDay(language, values.validFrom), shortDay(language, values.validTo)) },
    { label: w.reviewOn, text: shortDay(language, values.reviewOn) },
  ];
  const area = { autosize: true, minRows: 2, maxLength: 1000 } as const;
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} opened onCancel={onClose} inWords={inWords} wide>
      <Title order={2}>{w.companyExpects}</Title>
      {w.companyPrompts.map((label, at) => (
        <Textarea key={label} {...on.field(`companyExpects.${at}`)} label={label} {...area} />
      ))}
      <Textarea {...on.field('companyRole')} label={w.companyRole} {...area} />
      <Textarea {...on.field('companyDuties')} label={w.companyDuties} {...area} />
      <Title order={2}>{w.centreExpects}</Title>
      {w.centrePrompts.map((label, at) => (
        <Textarea key={label} {...on.field(`centreExpects.${at}`)} label={label} {...area} />
      ))}
      <Textarea {...on.field('centreRole')} label={w.centreRole} {...area} />
      <Textarea {...on.field('centreDuties')} label={w.centreDuties} {...area} />
      <Title order={2}>{w.term}</Title>
      <DayInput {...on.field('validFrom')} label={w.validFrom} />
      <DayInput {...on.field('validTo')} label={w.validTo} />
      <DayInput {...on.field('reviewOn')} label={w.reviewOn} description={w.reviewHelp} />
    </FormBody>
  );
}

function Review({ partnership, onDone, onClose }: FormProps) {
  const w = useWords(partnershipsWords);
  const on = useServerForm<{ next: string }>({
    initial: { next: '' },
    async send({ next }) {
      await call(contract.reviewPartnership, { params: { partnership: partnership.id }, body: { next: next === '' ? null : next } }, { version: partnership.version });
      await onDone(w.reviewed);
    },
  });
  return (
    <FormBody on={on} notSaved={w.notReviewed} save={w.reviewSave} opened onCancel={onClose}>
      <DayInput {...on.field('next')} label={w.reviewNext} description={w.reviewNextHelp} />
    </FormBody>
  );
}

function End({ partnership, onDone, onClose }: FormProps) {
  const w = useWords(partnershipsWords);
  const on = useServerForm<{ because: string }>({
    initial: { because: '' },
    async send({ because }) {
      await call(contract.endPartnership, { params: { partnership: partnership.id }, body: { because } }, { version: partnership.version });
      await onDone(w.ended);
    },
  });
  return (
    <FormBody on={on} notSaved={w.notEnded} save={w.endSave} opened onCancel={onClose}>
      <Textarea {...on.field('because')} label={w.because} autosize minRows={2} maxLength={500} />
    </FormBody>
  );
}

function Hand({ partnership, onDone, onClose }: FormProps) {
  const w = useWords(partnershipsWords);
  const consultants = useRead(listProfiles, { query: {} }).data ?? [];
  const on = useServerForm<{ owner: string }>({
    initial: { owner: '' },
    sentences: { owner_format: w.choose },
    async send({ owner }) {
      await call(contract.handPartnership, { params: { partnership: partnership.id }, body: { owner: owner as Shown['owner']['id'] } }, { version: partnership.version });
      await onDone(w.handed);
    },
  });
  return (
    <FormBody on={on} notSaved={w.notHanded} save={w.handSave} opened onCancel={onClose}>
      <NativeSelect
        {...on.field('owner')}
        label={w.owner}
        data={[{ value: '', label: w.choose }, ...consultants.map(({ personId, name, school }) => ({ value: String(personId), label: school === null ? name : `${name}, ${school}` }))]}
      />
      <Group gap={0}>
        <Text size="sm" c="dimmed">
          {w.schoolsHelp}
        </Text>
      </Group>
    </FormBody>
  );
}
