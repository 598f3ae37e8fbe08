import { Button, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { sideBySide } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Some } from '../../../../ui/some.tsx';
import { type Campaign, compareList } from '../contract.ts';
import { campaignsWords } from '../words.ts';

/** What the same criteria would bring today; the frozen list stays. */
export function Difference({ campaign }: { campaign: Campaign }) {
  const w = useWords(campaignsWords);
  const [wanted, setWanted] = useState(false);
  const asked = useRead(compareList, { params: { campaign: campaign.id } }, { enabled: wanted });
  const found = asked.data;
  return (
    <Stack gap="sm" component="section" aria-labelledby="difference" align="flex-start">
      <Title order={2} id="difference">
        {w.compare}
      </Title>
      {!wanted && <Button onClick={() => setWanted(true)}>{w.compareNow}</Button>}
      {wanted && asked.isPending && <Loading lines={2} />}
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      <div role="status">
        {found !== undefined && <Text>{found.comeCount + found.goneCount === 0 ? w.compareSame(found.same) : w.compareDiffers(found.same, found.comeCount, found.goneCount)}</Text>}
      </div>
      {found !== undefined && found.comeCount > 0 && <Names title={w.come(found.comeCount)} names={found.come} all={found.comeCount} />}
      {found !== undefined && found.goneCount > 0 && <Names title={w.gone(found.goneCount)} names={found.gone} all={found.goneCount} />}
    </Stack>
  );
}

function Names({ title, names, all }: { title: string; names: OutputOf<typeof compareList>['come']; all: number }) {
  const w = useWords(campaignsWords);
  return (
    <Stack gap={4} align="flex-start">
      <Title order={3}>{title}</Title>
      {all > names.length && (
        <Text size="sm" c="dimmed">
          {w.firstOf(names.length)}
        </Text>
      )}
      <Some rows={names} first={10} all={w.showAll}>
        {(rows) => (
          <Text size="sm">
            {rows.map(({ company, name, town }) => (
              <span key={company} style={{ display: 'block', overflowWrap: 'anywhere' }}>
                <NameLink to={`/companies/${company}`}>{name}</NameLink>
                {town !== null && ` · ${sideBySide([town])}`}
              </span>
            ))}
          </Text>
        )}
      </Some>
    </Stack>
  );
}
