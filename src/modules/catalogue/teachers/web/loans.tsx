import { Badge, Button, Group, Text, Textarea } from '@mantine/core';
import { IconCheck, IconHourglass, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { useCourseName } from '../../course-choices/web/public.tsx';
import { answerTeacherLoan, endTeacherLoan, type Loan, listTeacherClasses, listTeacherLoans, readTeacher, type Teacher } from '../contract.ts';
import { teachersWords } from '../words.ts';

const looks = {
  asked: { color: 'yellow', Icon: IconHourglass },
  agreed: { color: 'green', Icon: IconCheck },
  declined: { color: 'red', Icon: IconX },
  ended: { color: 'gray', Icon: IconX },
} as const;

export const teacherAnswers = [readTeacher, listTeacherLoans, listTeacherClasses] as const;

/** "man, tir" */
export function useDaysOfWeek(): (weekdays: readonly number[]) => string {
  const w = useWords(teachersWords);
  return (weekdays) => weekdays.map((each) => w.weekdays[each - 1]).join(', ');
}

/** When a teacher can be lent, in words. */
export function useLending(): (teacher: Pick<Teacher, 'daysAWeek' | 'lendable'>) => string {
  const w = useWords(teachersWords);
  const { language } = useLanguage();
  const day = (of: string) => shortDay(language, of);
  return ({ daysAWeek, lendable }) => (lendable === null ? w.notLent : sideBySide([w.lend(daysAWeek), w.period(day(lendable.from), lendable.to === null ? null : day(lendable.to))]));
}

/** Loans between schools, with the answer that each waits for. */
export function Loans({ rows, onDone }: { rows: readonly Loan[]; onDone(said: string): void }) {
  return (
    <Ruled>
      {rows.map((each) => (
        <One key={each.id} loan={each} onDone={onDone} />
      ))}
    </Ruled>
  );
}

function One({ loan, onDone }: { loan: Loan; onDone(said: string): void }) {
  const w = useWords(teachersWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const nameOf = useCourseName();
  const daysOfWeek = useDaysOfWeek();
  const [open, setOpen] = useState<'decline' | 'end' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { color, Icon } = looks[loan.state];
  const name = w.loanOf(loan.teacher.name, loan.from.name, loan.to.name);
  const day = (of: string) => shortDay(language, of);
  const said = async (text: string) => {
    setOpen(null);
    await refresh(queries, ...teacherAnswers);
    onDone(text);
  };
  const { params } = { params: { loan: loan.id } };
  const now = { version: loan.version };
  return (
    <Rule>
      <Group gap="xs">
        <Text fw={500}>
          <NameLink to={`/teachers/${loan.teacher.id}`}>{loan.teacher.name}</NameLink>
          {`: ${loan.from.name} → ${loan.to.name}`}
        </Text>
        <Badge color={color} leftSection={<Icon size={16} stroke={1.75} />}>
          {w.states[loan.state]}
        </Badge>
      </Group>
      <Text size="sm">
        {sideBySide([`${day(loan.first)} – ${day(loan.last)}`, daysOfWeek(loan.weekdays), ...(loan.course === null ? [] : [nameOf(loan.course)]), ...(loan.class === null ? [] : [loan.class.title])])}
      </Text>
      {loan.about !== '' && <Text size="sm">{loan.about}</Text>}
      {loan.because !== '' && <Text size="sm">{`${w.because}: ${loan.because}`}</Text>}
      {error !== null && <ErrorNotice error={error} />}
      {open === null && (loan.can.answer || loan.can.end) && (
        <Group gap="xs">
          {loan.can.answer && (
            <>
              <Button size="xs" aria-label={w.agreeOf(name)} onClick={() => call(answerTeacherLoan, { params, body: { agree: true } }, now).then(() => said(w.agreed), setError)}>
                {w.agree}
              </Button>
              <Button size="xs" variant="subtle" aria-label={w.declineOf(name)} onClick={() => setOpen('decline')}>
                {w.decline}
              </Button>
            </>
          )}
          {loan.can.end &&
            (loan.state === 'asked' ? (
              <Button size="xs" variant="subtle" aria-label={w.withdrawOf(name)} onClick={() => call(endTeacherLoan, { params, body: { last: loan.last } }, now).then(() => said(w.ended), setError)}>
                {w.withdraw}
              </Button>
            ) : (
              <Button size="xs" variant="subtle" aria-label={w.endOf(name)} onClick={() => setOpen('end')}>
                {w.end}
              </Button>
            ))}
        </Group>
      )}
      {open === 'decline' && <Decline loan={loan} onDone={() => said(w.declined)} onClose={() => setOpen(null)} />}
      {open === 'end' && <End loan={loan} onDone={() => said(w.ended)} onClose={() => setOpen(null)} />}
    </Rule>
  );
}

interface FormProps {
  loan: Loan;
  onDone(): Promise<void>;
  onClose(): void;
}

function Decline({ loan, onDone, onClose }: FormProps) {
  const w = useWords(teachersWords);
  const { optional } = useWords(uiWords);
  const on = useServerForm({
    initial: { because: '' },
    async send({ because }) {
      await call(answerTeacherLoan, { params: { loan: loan.id }, body: { agree: false, because } }, { version: loan.version });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notDeclined} save={w.declineSave} quiet opened onCancel={onClose}>
      <Textarea {...on.field('because')} label={`${w.because} ${optional}`} autosize minRows={2} maxLength={300} />
    </FormBody>
  );
}

function End({ loan, onDone, onClose }: FormProps) {
  const w = useWords(teachersWords);
  const { today } = useActing();
  const on = useServerForm({
    initial: { last: today },
    async send({ last }) {
      await call(endTeacherLoan, { params: { loan: loan.id }, body: { last } }, { version: loan.version });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notEnded} save={w.endSave} quiet opened onCancel={onClose}>
      <DayInput {...on.field('last')} label={w.lastDay} />
    </FormBody>
  );
}
