import { Alert, Stack, Text, Title } from '@mantine/core';
import { IconUserX } from '@tabler/icons-react';
import { useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { listClassTeachers } from '../contract.ts';
import { teachersWords } from '../words.ts';

/** On a class's page: who teaches it, and that somebody cannot be there, for those who may know. Nothing where nobody is on it. */
export function ClassTeachers({ id }: { id: string }) {
  const w = useWords(teachersWords);
  const { data = [] } = useRead(listClassTeachers, { params: { class: id as never } });
  if (data.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-labelledby="teachers">
      <Title order={2} id="teachers">
        {w.onClass}
      </Title>
      {data.map(({ id: teacher, name, school, away, clash }) => (
        <div key={teacher}>
          <NameLink to={`/teachers/${teacher}`}>{name}</NameLink>
          <Text size="sm" c="var(--vn-ink-2)">
            {school}
          </Text>
          {(away === true || clash) && (
            <Alert role="none" color="red" mt="xs" icon={<IconUserX size={20} stroke={1.75} />}>
              {away === true ? w.awayFromClass(name) : w.clashOnClass(name)}
            </Alert>
          )}
        </div>
      ))}
    </Stack>
  );
}
