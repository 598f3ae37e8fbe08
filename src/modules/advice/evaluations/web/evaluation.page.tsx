import { Anchor, Badge, Stack, Table, Text, Textarea, Title } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconEqual } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { useEditing } from '../../../../ui/editing.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { longDay, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { callOffEvaluation, type EvaluationFigures, listEvaluations, readEvaluation } from '../contract.ts';
import { leans } from '../rules.ts';
import { evaluationsWords } from '../words.ts';
import { EvaluationState } from './state.tsx';

type Found = OutputOf<typeof readEvaluation>;

export function EvaluationPage() {
  const w = useWords(evaluationsWords);
  const { evaluation } = useParams({ strict: false }) as { evaluation: string };
  const asked = useRead(readEvaluation, { params: { evaluation } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} evaluation={found} />}
    </FetchedPage>
  );
}

function Sheet({ evaluation }: { evaluation: Found }) {
  const w = useWords(evaluationsWords);
  const { language } = useLanguage();
  const { editing, done, close, opener } = useEditing();
  const { figures, from, to, usableOn, state } = evaluation;
  return (
    <Page
      title={w.of(shortDay(language, from), shortDay(language, to))}
      lead={evaluation.purpose}
      path={<PathLink to="/impartial">{w.title}</PathLink>}
      done={done}
      action={opener(evaluation.can.callOff, w.callOff)}
    >
      <Stack gap="xl">
        {editing && <CallOff evaluation={evaluation} onClose={close} />}
        <Stack gap="sm" maw={720}>
          <EvaluationState state={state} />
          <Facts
            facts={[
              { label: w.criteria, value: <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{evaluation.criteria}</Text> },
              { label: w.usable, value: longDay(language, usableOn) },
              ...(evaluation.calledOffBecause === null ? [] : [{ label: w.reason, value: evaluation.calledOffBecause }]),
            ]}
          />
          {state === 'announced' && <Text>{w.notYet(longDay(language, usableOn))}</Text>}
        </Stack>
        {figures !== null && <Figures evaluation={evaluation} figures={figures} />}
      </Stack>
    </Page>
  );
}

const useNumbers = () => {
  const { language } = useLanguage();
  const locale = language === 'da' ? 'da-DK' : 'en-GB';
  return {
    percent: (share: number) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share),
    times: (index: number) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(index),
  };
};

function Figures({ evaluation, figures }: { evaluation: Found; figures: EvaluationFigures }) {
  const w = useWords(evaluationsWords);
  const { may } = useActing();
  const { percent } = useNumbers();
  const { rows, schools, together, threshold } = figures;
  const own = rows.filter((row) => row.own !== null);
  return (
    <>
      <Stack gap="sm" component="section" aria-labelledby="own" maw={720}>
        <Title order={2} id="own">
          {w.ownSchool}
        </Title>
        <Ruled>
          <Rule>
            <Text fw={500}>{w.together}</Text>
            {together === null ? <Text c="dimmed">{w.togetherNone}</Text> : <OwnShare share={together} />}
          </Rule>
          {own.map(({ from, own: share }) => (
            <Rule key={from?.id}>
              <Text fw={500}>{from?.name}</Text>
              {share !== null && <OwnShare share={share} />}
            </Rule>
          ))}
        </Ruled>
      </Stack>
      {rows.length > 0 && (
        <Stack gap="sm" component="section" aria-labelledby="matrix">
          <Title order={2} id="matrix">
            {w.matrix}
          </Title>
          <Text maw={720}>{w.matrixLead}</Text>
          <Table.ScrollContainer minWidth={0}>
            <Rows
              label={w.matrix}
              rows={rows}
              keyOf={({ from }) => from?.id ?? 'centre'}
              name={{ head: w.fromHead, cell: ({ from }) => from?.name ?? w.centre }}
              columns={[
                ...schools.map(({ name }, at) => ({
                  head: name,
                  cell: ({ cells }: EvaluationFigures['rows'][number]): ReactNode => {
                    const cell = cells[at];
                    return (
                      <>
                        {cell?.companies ?? '–'}
                        {cell?.expected != null && (
                          <Text span size="sm" c="dimmed">
                            {` ${w.expectedPart(percent(cell.expected))}`}
                          </Text>
                        )}
                      </>
                    );
                  },
                })),
                { head: w.total, cell: ({ total }) => total ?? '–' },
              ]}
            />
          </Table.ScrollContainer>
          <Text size="sm" c="dimmed">
            {w.smallCells(threshold)}
          </Text>
          {may('manager', 'coordinator') && (
            <div>
              <Anchor href={`/api/evaluations/${evaluation.id}/figures.csv`} download>
                {w.download}
              </Anchor>
            </div>
          )}
        </Stack>
      )}
      {rows.length === 0 && (
        <Text c="dimmed" maw={720}>
          {w.noRows}
        </Text>
      )}
      <Stack gap="xs" component="section" aria-labelledby="how" maw={720}>
        <Title order={2} id="how">
          {w.how}
        </Title>
        <ul style={{ margin: 0, paddingInlineStart: '1.25rem' }}>
          {w.howText.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Stack>
    </>
  );
}

const marks = { own: IconArrowUp, others: IconArrowDown, even: IconEqual } as const;
const colors = { own: 'yellow', others: 'fjord', even: 'green' } as const;

/** A sentence first: what it says is as uncertain as it is. */
function OwnShare({ share }: { share: NonNullable<EvaluationFigures['rows'][number]['own']> }) {
  const w = useWords(evaluationsWords);
  const { percent, times } = useNumbers();
  const lean = leans(share);
  const Mark = marks[lean];
  return (
    <Stack gap={4} align="flex-start">
      <Badge color={colors[lean]} leftSection={<Mark size={16} stroke={1.75} />} maw="100%" h="auto" styles={{ label: { whiteSpace: 'normal' } }}>
        {lean === 'own' ? w.moreOften : lean === 'others' ? w.lessOften : w.asExpected}
      </Badge>
      <Text size="sm">{w.sentence(times(share.index), times(share.low), times(share.high))}</Text>
      <Text size="sm" c="dimmed">
        {w.observedExpected(percent(share.observed), percent(share.expected))}
      </Text>
    </Stack>
  );
}

function CallOff({ evaluation, onClose }: { evaluation: Found; onClose(said: string | null): void }) {
  const w = useWords(evaluationsWords);
  const queries = useQueryClient();
  const on = useServerForm<{ reason: string }>({
    initial: { reason: '' },
    async send(body) {
      await call(callOffEvaluation, { params: { evaluation: evaluation.id }, body }, { version: evaluation.version });
      await refresh(queries, readEvaluation, listEvaluations);
      onClose(w.calledOff);
    },
  });
  return (
    <FormBody on={on} notSaved={w.notCalledOff} save={w.callOffSave} opened onCancel={() => onClose(null)}>
      <Textarea label={w.reason} autosize minRows={2} maxLength={500} {...on.field('reason')} />
    </FormBody>
  );
}
