import { Button, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { announceEvaluation, listEvaluations } from '../contract.ts';
import { evaluationsWords } from '../words.ts';
import { EvaluationState } from './state.tsx';

/** Rows 3.01 to 3.09: everything about impartial advice is found from here. */
export function ImpartialPage() {
  const w = useWords(evaluationsWords);
  const { language } = useLanguage();
  const { may } = useActing();
  const queries = useQueryClient();
  const list = useRows(listEvaluations, {});
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const rows = list.data ?? [];
  const close = (said: string | null) => {
    setOpen(false);
    setDone(said);
    focusTitle();
  };
  return (
    <Page
      title={w.title}
      lead={w.lead}
      done={done}
      action={
        !open && may('coordinator') ? (
          <Button variant="filled" onClick={() => setOpen(true)}>
            {w.announce}
          </Button>
        ) : undefined
      }
    >
      <Stack gap="xl">
        {open && (
          <Announce
            onClose={() => close(null)}
            onDone={async () => {
              await refresh(queries, listEvaluations);
              close(w.announced);
            }}
          />
        )}
        <Stack gap="sm" component="section" aria-labelledby="evaluations">
          <Title order={2} id="evaluations">
            {w.evaluations}
          </Title>
          <ListState list={list} count={rows.length} empty={<Empty title={w.emptyTitle} text={w.emptyText} />}>
            <Rows
              label={w.evaluations}
              rows={rows}
              keyOf={({ id }) => id}
              name={{ head: w.period, cell: ({ id, from, to }) => <NameLink to={`/impartial/${id}`}>{w.of(shortDay(language, from), shortDay(language, to))}</NameLink> }}
              columns={[
                { head: w.purpose, plain: true, width: '45%', cell: ({ purpose }) => purpose },
                { head: w.usable, cell: ({ usableOn }) => shortDay(language, usableOn) },
                { head: w.state, plain: true, cell: (row) => <EvaluationState state={row.state} /> },
              ]}
            />
          </ListState>
        </Stack>
        <Stack gap="xs" component="section" aria-labelledby="more">
          <Title order={2} id="more">
            {w.more}
          </Title>
          <NameLink to="/overlap">{w.overlap}</NameLink>
          <NameLink to="/measures">{w.measures}</NameLink>
          <NameLink to="/referrals/credits">{w.credits}</NameLink>
          <NameLink to="/provision">{w.provision}</NameLink>
        </Stack>
      </Stack>
    </Page>
  );
}

type Values = { purpose: string; criteria: string; from: string; to: string; usableOn: string };

function Announce({ onDone, onClose }: { onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(evaluationsWords);
  const on = useServerForm<Values>({
    initial: { purpose: '', criteria: '', from: '', to: '', usableOn: '' },
    async send(body, key) {
      await call(announceEvaluation, { body }, { key });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notAnnounced} save={w.announceSave} opened onCancel={onClose}>
      <Textarea label={w.purpose} description={w.purposeHelp} autosize minRows={2} maxLength={1000} {...on.field('purpose')} />
      <Textarea label={w.criteria} description={w.criteriaHelp} autosize minRows={2} maxLength={2000} {...on.field('criteria')} />
      <DayInput label={w.fromDay} {...on.field('from')} />
      <DayInput label={w.toDay} {...on.field('to')} />
      <DayInput label={w.usableOn} description={w.usableHelp} {...on.field('usableOn')} />
      <Text size="sm" c="dimmed">
        {w.stays}
      </Text>
    </FormBody>
  );
}
