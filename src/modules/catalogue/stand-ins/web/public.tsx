import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { sideBySide } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listStandIns } from '../contract.ts';
import { standInsWords } from '../words.ts';

/** For a class whose teacher cannot come: who could instead, and for the coordinator the way to other classes for its people. */
export function StandIns({ id, title }: { id: string; title: string }) {
  const w = useWords(standInsWords);
  const { may } = useActing();
  const [open, setOpen] = useState(false);
  const asked = useRead(listStandIns, { params: { class: id as never } }, { enabled: open });
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button size="xs" variant="default" aria-expanded={open} aria-label={w.whoOf(title)} onClick={() => setOpen(!open)}>
          {w.who}
        </Button>
        {may('coordinator') && (
          <Button size="xs" variant="subtle" component={Link} to={`/idea-bank?about=${id}` as never} aria-label={w.othersOf(title)}>
            {w.others}
          </Button>
        )}
      </Group>
      {open && asked.isPending && <Loading lines={2} />}
      {open && asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {open && asked.data?.length === 0 && <Text size="sm">{w.nobody}</Text>}
      {open && (asked.data?.length ?? 0) > 0 && (
        <Ruled>
          {asked.data?.map(({ teacher, school, way }) => (
            <Rule key={teacher.id}>
              <NameLink to={`/teachers/${teacher.id}`}>{teacher.name}</NameLink>
              <Text size="sm" c="var(--vn-ink-2)">
                {sideBySide([w.ways[way], school.name])}
              </Text>
            </Rule>
          ))}
        </Ruled>
      )}
    </Stack>
  );
}
