import { Badge, Button, Group, Text, Textarea } from '@mantine/core';
import { IconCheck, IconHourglass, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { readClass } from '../../classes/contract.ts';
import { listClassSeats } from '../../seats/contract.ts';
import { answerSeatMove, listSeatMoves, type SeatMove, withdrawSeatMove } from '../contract.ts';
import { seatMovesWords } from '../words.ts';

const looks = {
  asked: { color: 'yellow', Icon: IconHourglass },
  done: { color: 'green', Icon: IconCheck },
  declined: { color: 'red', Icon: IconX },
  withdrawn: { color: 'gray', Icon: IconX },
  lapsed: { color: 'gray', Icon: IconX },
} as const;

/** Moves between classes, with the answer that each waits for. */
export function Moves({ rows, onDone }: { rows: readonly SeatMove[]; onDone(said: string): void }) {
  return (
    <Ruled>
      {rows.map((each) => (
        <One key={each.id} move={each} onDone={onDone} />
      ))}
    </Ruled>
  );
}

function One({ move, onDone }: { move: SeatMove; onDone(said: string): void }) {
  const w = useWords(seatMovesWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const [declining, setDeclining] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { color, Icon } = looks[move.state];
  const { from, to } = move;
  const what = w.one(move.heads, move.title);
  const said = async (text: string) => {
    setDeclining(false);
    await refresh(queries, listSeatMoves, listClassSeats, readClass);
    onDone(text);
  };
  const where = ({ school, town, starts }: SeatMove['from']) => w.end(school.name, town, shortDay(language, starts));
  const answers = [from, to].map(({ yes, school }) => (yes === null ? w.notYet(school.name) : w.saidYes(school.name)));
  const agree = () =>
    call(answerSeatMove, { params: { move: move.id }, body: { agree: true } }, { version: move.version }).then(
      (now) => said(now.state === 'done' ? w.moved : now.state === 'asked' ? w.agreed : w.states[now.state]),
      setError,
    );
  return (
    <Rule>
      <Group gap="xs">
        <Text fw={500}>{move.company === null ? what : `${move.company.name}: ${what}`}</Text>
        <Badge color={color} leftSection={<Icon size={16} stroke={1.75} />}>
          {w.states[move.state]}
        </Badge>
      </Group>
      <Text size="sm">
        {`${w.from}: `}
        <NameLink to={`/classes/${from.id}`}>{where(from)}</NameLink>
      </Text>
      <Text size="sm">
        {`${w.to}: `}
        <NameLink to={`/classes/${to.id}`}>{where(to)}</NameLink>
      </Text>
      {move.state === 'asked' && (
        <Text size="sm" c="var(--vn-ink-2)">
          {[...answers, w.answerBefore(shortDay(language, move.until))].join(' · ')}
        </Text>
      )}
      {move.company === null && move.state === 'asked' && (
        <Text size="sm" c="var(--vn-ink-2)">
          {w.companyLater}
        </Text>
      )}
      {move.because !== '' && <Text size="sm">{move.because}</Text>}
      {error !== null && <ErrorNotice error={error} />}
      {!declining && (move.can.answer || move.can.withdraw) && (
        <Group gap="xs">
          {move.can.answer && (
            <>
              <Button size="xs" aria-label={w.named(w.agree, what)} onClick={agree}>
                {w.agree}
              </Button>
              <Button size="xs" variant="subtle" aria-label={w.named(w.decline, what)} onClick={() => setDeclining(true)}>
                {w.decline}
              </Button>
            </>
          )}
          {move.can.withdraw && (
            <Button size="xs" variant="subtle" aria-label={w.named(w.withdraw, what)} onClick={() => call(withdrawSeatMove, { params: { move: move.id } }).then(() => said(w.withdrawn), setError)}>
              {w.withdraw}
            </Button>
          )}
        </Group>
      )}
      {declining && <Decline move={move} onDone={() => said(w.declined)} onClose={() => setDeclining(false)} />}
    </Rule>
  );
}

function Decline({ move, onDone, onClose }: { move: SeatMove; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(seatMovesWords);
  const on = useServerForm({
    initial: { because: '' },
    async send({ because }) {
      await call(answerSeatMove, { params: { move: move.id }, body: { agree: false, because } }, { version: move.version });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notDeclined} save={w.declineSave} quiet opened onCancel={onClose}>
      <Textarea {...on.field('because')} label={w.because} required autosize minRows={2} maxLength={300} />
    </FormBody>
  );
}
