import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { sideBySide } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { listPooledNeeds, type PooledNeedSheet, readPooledNeed, withdrawPooledNeed } from '../contract.ts';
import { pooledNeedsWords } from '../words.ts';
import { useNeedLine } from './facts.tsx';
import { NeedForm } from './need-form.tsx';

export function PooledNeedPage() {
  const w = useWords(pooledNeedsWords);
  const { need } = useParams({ strict: false }) as { need: string };
  const asked = useRead(readPooledNeed, { params: { need } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} need={found} />}
    </FetchedPage>
  );
}

function Sheet({ need }: { need: PooledNeedSheet }) {
  const w = useWords(pooledNeedsWords);
  const n = useNeedWords();
  const line = useNeedLine();
  const queries = useQueryClient();
  const [editing, setEditing] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const said = async (sentence: string) => {
    await refresh(queries, readPooledNeed, listPooledNeeds);
    setEditing(false);
    setError(null);
    setDone(sentence);
    focusTitle();
  };
  const companies = new Set(need.others.map(({ company }) => company.id)).size;
  return (
    <Page
      title={need.what}
      lead={sideBySide([[need.company.name, need.company.town].filter(Boolean).join(', '), w.people(need.heads), line(need)])}
      path={<PathLink to="/needs">{w.title}</PathLink>}
      done={done}
      action={
        need.can.edit && !editing ? (
          <>
            <Button variant="default" onClick={() => call(withdrawPooledNeed, { params: { need: need.id } }, { version: need.version }).then(() => said(w.withdrawn), setError)}>
              {w.withdraw}
            </Button>
            <Button onClick={() => setEditing(true)}>{w.edit}</Button>
          </>
        ) : undefined
      }
    >
      <Columns
        aside={
          <Facts
            narrow
            facts={[
              { label: w.state, value: w.states[need.state] },
              { label: w.company, value: <NameLink to={`/companies/${need.company.id}`}>{need.company.name}</NameLink> },
              { label: w.course, value: need.course === null ? w.noCourse : <NameLink to={`/courses/${need.course.id}`}>{need.course.title}</NameLink> },
              { label: w.field, value: n.fields[need.field] },
              { label: w.fit, value: need.fit === null ? w.fitUnknown : w.fits[need.fit] },
              { label: w.urgency, value: w.urgencies[need.urgency] },
              { label: '', value: w.by[need.by] },
            ].map((fact) => (fact.label === '' ? { ...fact, label: w.need } : fact))}
          />
        }
      >
        {error !== null && <ErrorNotice error={error} />}
        {need.alone && need.state === 'open' && <Alert color="yellow">{w.alone}</Alert>}
        {editing && (
          <Stack gap="md" component="section" aria-labelledby="edit">
            <Title order={2} id="edit">
              {w.edit}
            </Title>
            <NeedForm need={need} company={need.company.id} onClose={() => setEditing(false)} onDone={() => said(w.saved)} />
          </Stack>
        )}
        {need.state === 'open' && (
          <Stack gap="sm" component="section" aria-labelledby="others">
            <Title order={2} id="others">
              {w.others}
            </Title>
            <Text>
              {need.others.length === 0
                ? w.nobody
                : w.othersAll(
                    companies,
                    need.others.reduce((sum, { heads }) => sum + heads, 0),
                  )}
            </Text>
            <Ruled>
              {need.others.map(({ id, company, heads }) => (
                <Rule key={id}>
                  <Text>
                    <NameLink to={`/needs/${id}`}>{company.name}</NameLink>
                  </Text>
                  <Text size="sm" c="var(--vn-ink-2)">
                    {sideBySide([...(company.town === null ? [] : [company.town]), w.people(heads)])}
                  </Text>
                </Rule>
              ))}
            </Ruled>
          </Stack>
        )}
      </Columns>
    </Page>
  );
}
