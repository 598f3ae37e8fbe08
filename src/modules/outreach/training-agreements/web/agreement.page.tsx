import { Alert, Anchor, Badge, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { useCourseName } from '../../../catalogue/course-choices/web/public.tsx';
import { type AgreementSheet, listTrainingAgreements, readTrainingAgreement, readTrainingAgreementFigures, settleTrainingAgreement } from '../contract.ts';
import { agreementsWords } from '../words.ts';
import { CorrectAgreement } from './agreement-form.tsx';
import { stateColours } from './agreements.page.tsx';

export function AgreementPage() {
  const w = useWords(agreementsWords);
  const { agreement } = useParams({ strict: false }) as { agreement: AgreementSheet['id'] };
  const asked = useRead(readTrainingAgreement, { params: { agreement } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(it) => <Sheet key={it.id} it={it} />}
    </FetchedPage>
  );
}

type Open = 'edit' | 'keep' | 'fall';

function Sheet({ it }: { it: AgreementSheet }) {
  const w = useWords(agreementsWords);
  const { language } = useLanguage();
  const nameOf = useCourseName();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const close = (said: string | null) => {
    setOpen(null);
    setDone(said);
    focusTitle();
  };
  const said = async (text: string) => {
    await refresh(queries, readTrainingAgreement, listTrainingAgreements, readTrainingAgreementFigures);
    close(text);
  };
  const day = (of: string) => shortDay(language, of);
  return (
    <Page
      title={it.company.name}
      lead={sideBySide([it.school.name, day(it.agreedOn)])}
      path={<PathLink to="/training-agreements">{w.title}</PathLink>}
      done={done}
      action={
        it.can.edit && open === null ? (
          <Button variant="filled" onClick={() => setOpen('edit')}>
            {w.edit}
          </Button>
        ) : undefined
      }
    >
      <Stack gap="xl">
        {open === 'edit' && (
          <Part title={w.edit}>
            <CorrectAgreement it={it} onDone={() => said(w.saved)} onClose={() => close(null)} />
          </Part>
        )}
        {open === 'keep' && (
          <Part title={w.keep}>
            <KeepForm it={it} onDone={() => said(w.kept)} onClose={() => close(null)} />
          </Part>
        )}
        {open === 'fall' && (
          <Part title={w.fall}>
            <FallForm it={it} onDone={() => said(w.fallen)} onClose={() => close(null)} />
          </Part>
        )}
        <Stack gap="sm">
          <Group gap="sm">
            <Badge color={stateColours[it.state]}>{w.states[it.state]}</Badge>
            {it.stateOn !== null && <Text>{w.since(day(it.stateOn))}</Text>}
          </Group>
          {it.fallenBecause !== null && (
            <Alert role="none" color="gray" style={{ overflowWrap: 'anywhere' }}>
              {it.fallenBecause}
            </Alert>
          )}
          <Facts
            facts={[
              { label: w.company, value: <NameLink to={`/companies/${it.company.id}`}>{it.company.name}</NameLink> },
              { label: w.school, value: it.school.name },
              { label: w.agreedOn, value: day(it.agreedOn) },
              { label: w.source, value: it.report === null ? w.sources[it.source] : <NameLink to={`/reports/${it.report.id}`}>{w.visitOn(day(it.report.visitedOn))}</NameLink> },
              ...(it.campaign === null ? [] : [{ label: w.campaign, value: <NameLink to={`/campaigns/${it.campaign.id}`}>{it.campaign.name}</NameLink> }]),
              ...(it.note === '' ? [] : [{ label: w.note, value: it.note }]),
              ...(it.keptByWord === '' ? [] : [{ label: w.keepWord, value: it.keptByWord }]),
              ...(it.by === null ? [] : [{ label: w.by, value: it.by }]),
            ]}
          />
          <Group gap="sm">
            {it.can.keep && open === null && <Button onClick={() => setOpen('keep')}>{w.keep}</Button>}
            {it.can.fall && open === null && (
              <Button variant="subtle" onClick={() => setOpen('fall')}>
                {w.fall}
              </Button>
            )}
          </Group>
          <div>
            <Anchor href={`/api/training-agreements/${it.id}/agreement.pdf`} download>
              {w.pdf}
            </Anchor>
          </div>
        </Stack>
        <Part title={w.courses}>
          <Ruled>
            {it.courses.map(({ course, class: held, people, seats }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of an agreement have no other name, and stay in their order
              <Rule key={at}>
                <NameLink to={`/courses/${course.id}`}>{nameOf(course)}</NameLink>
                <Text size="sm">{held === null ? w.anyClass : <NameLink to={`/classes/${held.id}`}>{w.classOn(day(held.starts), held.town)}</NameLink>}</Text>
                <Text size="sm" c="var(--vn-ink-2)">
                  {sideBySide([w.counts(people, seats), w.taken(it.taken[at] ?? 0)])}
                </Text>
              </Rule>
            ))}
          </Ruled>
        </Part>
      </Stack>
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="sm" component="section" aria-label={title}>
      <Title order={2}>{title}</Title>
      {children}
    </Stack>
  );
}

interface Props {
  it: AgreementSheet;
  onDone(): Promise<void>;
  onClose(): void;
}
function KeepForm({ it, onDone, onClose }: Props) {
  const w = useWords(agreementsWords);
  const on = useServerForm<{ word: string }, AgreementSheet>({
    initial: { word: '' },
    edits: { seen: it, valuesOf: ({ keptByWord }) => ({ word: keptByWord }) },
    async send({ word }, _key, version) {
      await call(settleTrainingAgreement, { params: { agreement: it.id }, body: { state: 'kept', word } }, { version });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notKept} save={w.keepSave} onCancel={onClose} opened inWords={({ word }) => [{ label: w.keepWord, text: word }]}>
      <Textarea {...on.field('word')} label={w.keepWord} description={w.keepWordHelp} autosize minRows={2} maxLength={300} />
    </FormBody>
  );
}
function FallForm({ it, onDone, onClose }: Props) {
  const w = useWords(agreementsWords);
  const on = useServerForm<{ because: string }, AgreementSheet>({
    initial: { because: '' },
    edits: { seen: it, valuesOf: ({ fallenBecause }) => ({ because: fallenBecause ?? '' }) },
    async send({ because }, _key, version) {
      await call(settleTrainingAgreement, { params: { agreement: it.id }, body: { state: 'fallen', because } }, { version });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notFallen} save={w.fallSave} onCancel={onClose} opened inWords={({ because }) => [{ label: w.because, text: because }]}>
      <Textarea {...on.field('because')} label={w.because} description={w.fallHelp} autosize minRows={2} maxLength={300} />
    </FormBody>
  );
}
