import { Alert, Button, Group, NumberInput, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { longDay, shortDay, shownTime } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { readTime } from '../../../../ui/moments.ts';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { readClass } from '../../classes/contract.ts';
import { useClassDays } from '../../classes/web/public.tsx';
import { ParticipantsSection } from '../../participants/web/public.tsx';
import { type Brief, markSession, moveSession, readTeacherBrief } from '../contract.ts';
import { runningWords } from '../words.ts';

type Session = Brief['sessions'][number];
type ClassId = Parameters<typeof call<typeof readTeacherBrief>>[1]['params']['class'];

export function BriefPage() {
  const w = useWords(runningWords);
  const { class: id } = useParams({ strict: false }) as { class: ClassId };
  const asked = useRead(readTeacherBrief, { params: { class: id } });
  return (
    <FetchedPage asked={asked} title={w.brief}>
      {(it) => <Sheet id={id} it={it} />}
    </FetchedPage>
  );
}

function Sheet({ id, it }: { id: ClassId; it: Brief }) {
  const w = useWords(runningWords);
  const { language } = useLanguage();
  const days = useClassDays();
  const queries = useQueryClient();
  const { may } = useActing();
  const [moving, setMoving] = useState<Session | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const said = async (sentence: string) => {
    await refresh(queries, readTeacherBrief, readClass);
    setMoving(null);
    setDone(sentence);
    focusTitle();
  };
  const when = ({ day, starts, ends }: Pick<Session, 'day' | 'starts' | 'ends'>) => `${longDay(language, day)} ${shownTime(language, starts)}–${shownTime(language, ends)}`;
  return (
    <Page
      title={w.brief}
      lead={w.lead(`${it.title} · ${days(it)}`, it.school)}
      path={<PathLink to={`/classes/${id}`}>{it.title}</PathLink>}
      done={done}
      action={
        <Button leftSection={<IconPrinter size={20} stroke={1.75} />} onClick={() => print()}>
          {w.print}
        </Button>
      }
    >
      <Stack gap="xl" maw="var(--vn-read)">
        <Stack gap={4}>
          <Text>
            {w.where}: {it.place}
          </Text>
          {it.goal !== '' && (
            <Text>
              {w.goal}: {it.goal}
            </Text>
          )}
        </Stack>
        <Stack gap="sm" component="section" aria-labelledby="groups">
          <Title order={2} id="groups">
            {w.groups}
          </Title>
          {it.groups.length === 0 && <Text>{w.none}</Text>}
          {it.groups.length > 0 && (
            <Ruled>
              {it.groups.map(({ company, heads, needs }) => (
                <Rule key={company}>
                  <Text fw={500}>
                    {company}: {w.people(heads)}
                  </Text>
                  {needs !== '' && <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{needs}</Text>}
                </Rule>
              ))}
            </Ruled>
          )}
          {it.elsewhere > 0 && <Text c="var(--vn-ink-2)">{w.elsewhere(it.elsewhere)}</Text>}
        </Stack>
        <Stack gap="sm" component="section" aria-labelledby="sessions">
          <Title order={2} id="sessions">
            {w.sessions}
          </Title>
          {moving !== null && <MoveForm key={moving.no} id={id} session={moving} version={it.version} day={longDay(language, moving.day)} onClose={() => setMoving(null)} onDone={said} />}
          {it.sessions.length === 0 && <Text>{w.noSessions}</Text>}
          {it.sessions.length > 0 && (
            <Ruled>
              {it.sessions.map((each) => (
                <Rule
                  key={`${each.no} ${each.present ?? ''}`}
                  action={
                    it.can.move && !each.begun && moving === null ? (
                      <Button variant="subtle" onClick={() => setMoving(each)} aria-label={w.moveThis(longDay(language, each.day))}>
                        {w.move}
                      </Button>
                    ) : undefined
                  }
                >
                  <Text fw={500}>{when(each)}</Text>
                  {each.present !== null && <Text size="sm">{w.were(each.present)}</Text>}
                  {it.can.mark && each.begun && <Mark id={id} session={each} onDone={said} />}
                </Rule>
              ))}
            </Ruled>
          )}
        </Stack>
        {!may('coordinator') && <ParticipantsSection id={id} />}
        {it.moves.length > 0 && (
          <Stack gap="sm" component="section" aria-labelledby="moves">
            <Title order={2} id="moves">
              {w.moves}
            </Title>
            {it.moves.map(({ at, was, became, because }) => (
              <Text key={at}>
                {w.from(`${shortDay(language, was.day)} ${shownTime(language, was.starts)}`, `${shortDay(language, became.day)} ${shownTime(language, became.starts)}`)}: {because}
              </Text>
            ))}
          </Stack>
        )}
      </Stack>
    </Page>
  );
}

function Mark({ id, session, onDone }: { id: ClassId; session: Session; onDone(said: string): Promise<void> }) {
  const w = useWords(runningWords);
  const { language } = useLanguage();
  const [present, setPresent] = useState<string | number>(session.present ?? '');
  const [failed, setFailed] = useState(false);
  return (
    <Group gap="xs" align="end" mt="xs">
      <NumberInput label={w.present} aria-label={w.presentOn(longDay(language, session.day))} value={present} onChange={setPresent} min={0} max={500} allowDecimal={false} maw={160} error={failed} />
      <Button
        onClick={() => {
          setFailed(false);
          call(markSession, { params: { class: id, no: session.no }, body: { present: present === '' ? (null as never) : Number(present) } }).then(
            () => onDone(w.saved),
            () => setFailed(true),
          );
        }}
      >
        {w.save}
      </Button>
    </Group>
  );
}

function MoveForm({ id, session, version, day, onDone, onClose }: { id: ClassId; session: Session; version: number; day: string; onDone(said: string): Promise<void>; onClose(): void }) {
  const w = useWords(runningWords);
  const { language } = useLanguage();
  const on = useServerForm({
    initial: { day: session.day as string, starts: shownTime(language, session.starts), ends: shownTime(language, session.ends), because: '' },
    async send(values) {
      const body = { ...values, day: values.day as Session['day'], starts: readTime(values.starts) ?? values.starts, ends: readTime(values.ends) ?? values.ends };
      await call(moveSession, { params: { class: id, no: session.no }, body }, { version });
      await onDone(w.movedNow);
    },
  });
  return (
    <Alert color="gray" title={w.moveThis(day)}>
      <FormBody on={on} notSaved={w.notMoved} save={w.moveSave} onCancel={onClose} opened>
        <DayInput {...on.field('day')} label={w.day} />
        <Group gap="sm">
          <TextInput {...on.field('starts')} label={w.starts} autoComplete="off" maw={120} />
          <TextInput {...on.field('ends')} label={w.ends} autoComplete="off" maw={120} />
        </Group>
        <Textarea {...on.field('because')} label={w.because} autosize minRows={2} maxLength={300} />
      </FormBody>
    </Alert>
  );
}
