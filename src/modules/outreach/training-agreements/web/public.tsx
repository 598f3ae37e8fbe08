import { Button, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { type Agreement, listTrainingAgreements, readTrainingAgreementFigures } from '../contract.ts';
import { agreementsWords } from '../words.ts';

// The form comes when somebody opens it.
const AddAgreement = lazy(() => import('./agreement-form.tsx').then((all) => ({ default: all.AddAgreement })));

/** Training agreements of a company, or of one visit to it, to stand beside it; and the way to write one down. */
export function AgreementsPanel({ company, report = null }: { company: string; report?: { id: string; visitedOn: string } | null }) {
  const w = useWords(agreementsWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [done, setDone] = useState(false);
  const list = useRows(listTrainingAgreements, { query: report === null ? { company: company as Agreement['company']['id'] } : { report: report.id as never } });
  const rows = list.data ?? [];
  return (
    <Stack gap="xs" component="section" aria-labelledby="agreements">
      <Title order={2} id="agreements">
        {w.title}
      </Title>
      <div role="status">{done && <Text size="sm">{w.added}</Text>}</div>
      {list.isPending && <Loading lines={2} />}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
      {list.data !== undefined && rows.length === 0 && <Text>{w.panelNone}</Text>}
      {rows.slice(0, 5).map(({ id, agreedOn, school, state, courses }) => (
        <div key={id}>
          <NameLink to={`/training-agreements/${id}`}>{sideBySide([shortDay(language, agreedOn), school.name])}</NameLink>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {sideBySide([w.states[state], courses.map(({ course }) => course.title).join(', ')])}
          </Text>
        </div>
      ))}
      {rows.length > 5 && <NameLink to={`/training-agreements?company=${company}`}>{w.all}</NameLink>}
      {adding ? (
        <Suspense fallback={<Loading lines={4} />}>
          <AddAgreement
            company={company}
            report={report}
            onClose={() => setAdding(false)}
            onDone={async () => {
              await refresh(queries, listTrainingAgreements, readTrainingAgreementFigures);
              setAdding(false);
              setDone(true);
            }}
          />
        </Suspense>
      ) : (
        <Button
          style={{ alignSelf: 'flex-start' }}
          onClick={() => {
            setDone(false);
            setAdding(true);
          }}
        >
          {w.add}
        </Button>
      )}
    </Stack>
  );
}
