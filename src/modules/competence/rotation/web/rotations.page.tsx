import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { useFilters } from '../../../../ui/filters.tsx';
import { sideBySide } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listRotations, type Rotation, setRotationState } from '../contract.ts';
import { rotationWords } from '../words.ts';
import { useRotationLines } from './facts.tsx';
import { RotationForm } from './rotation-form.tsx';

/** Row 4.26: what companies agreed on job rotation, numbers without persons. */
export function RotationsPage() {
  const w = useWords(rotationWords);
  const { may } = useActing();
  const queries = useQueryClient();
  const filters = useFilters({ company: null });
  const list = useRows(listRotations, { query: filters.on as object } as never);
  const rows = list.data ?? [];
  const { editing: open, setEditing: setOpen, done, close, opener } = useEditing<Rotation>();
  const saved = async (said: string) => {
    await refresh(queries, listRotations);
    close(said);
  };
  return (
    <Page title={w.title} lead={w.lead} done={done} action={opener(may('consultant', 'coordinator'), w.add)}>
      <Stack gap="xl">
        {open !== false && (
          <FormOnTop id="rotation-form" title={open === true ? w.add : w.editOf(open.what)}>
            <RotationForm key={open === true ? 'new' : open.id} rotation={open === true ? null : open} company={filters.on.company ?? null} onClose={() => close(null)} onDone={() => saved(w.saved)} />
          </FormOnTop>
        )}
        <ListState list={list} count={rows.length} filters={filters} none={w.noneMatches} empty={open === false ? <Empty title={w.emptyTitle} text={w.emptyText} /> : null}>
          <Ruled>
            {rows.map((each) => (
              <Row key={each.id} rotation={each} onEdit={open === false ? () => setOpen(each) : null} onDone={saved} />
            ))}
          </Ruled>
        </ListState>
      </Stack>
    </Page>
  );
}

function Row({ rotation, onEdit, onDone }: { rotation: Rotation; onEdit: (() => void) | null; onDone(said: string): Promise<void> }) {
  const w = useWords(rotationWords);
  const lines = useRotationLines();
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { id, what, company, state, version, can } = rotation;
  const set = (next: 'agreed' | 'called_off') => {
    setError(null);
    call(setRotationState, { params: { rotation: id }, body: { state: next } }, { version }).then(() => onDone(next === 'agreed' ? w.agreedNow : w.calledOff), setError);
  };
  return (
    <Rule>
      <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
        {what}
      </Text>
      <NameLink to={`/companies/${company.id}`}>{[company.name, company.town].filter(Boolean).join(', ')}</NameLink>
      {[sideBySide([w.states[state], ...lines.who(rotation)]), ...lines.when(rotation)].map((line) => (
        <Text key={line} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {line}
        </Text>
      ))}
      {error !== null && <ErrorNotice error={error} />}
      {asking ? (
        <Stack gap="xs" mt="xs">
          <Text size="sm" role="alert">
            {w.sure}
          </Text>
          <Group gap="xs">
            <Button size="xs" onClick={() => set('called_off')}>
              {w.yes}
            </Button>
            <Button size="xs" variant="subtle" onClick={() => setAsking(false)}>
              {w.no}
            </Button>
          </Group>
        </Stack>
      ) : (
        onEdit !== null &&
        can.edit && (
          <Group gap="xs" mt="xs">
            {can.agree && (
              <Button size="xs" aria-label={w.agreeOf(what)} onClick={() => set('agreed')}>
                {w.agree}
              </Button>
            )}
            <Button size="xs" variant="subtle" aria-label={w.editOf(what)} onClick={onEdit}>
              {w.edit}
            </Button>
            {can.callOff && (
              <Button size="xs" variant="subtle" aria-label={w.callOffOf(what)} onClick={() => setAsking(true)}>
                {w.callOff}
              </Button>
            )}
          </Group>
        )
      )}
    </Rule>
  );
}
