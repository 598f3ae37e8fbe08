import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../../../../ui/language.tsx';
import { PeriodBadge } from '../../../../ui/period-badge.tsx';
import type { Person } from '../contract.ts';
import { peopleWords } from '../words.ts';

export type Membership = Person['memberships'][number];

/** What somebody is, where, and from when to when. */
export function MembershipLine({ membership, children }: { membership: Membership; children?: ReactNode }) {
  const w = useWords(peopleWords);
  return (
    <Group gap="xs" wrap="wrap">
      <span>
        {w.roleNames[membership.role]}
        {membership.place !== null && `, ${membership.place}`}
      </span>
      <PeriodBadge {...membership} />
      {children}
    </Group>
  );
}

/** What is now stands before what comes, and that before what was. */
export const inOrder = (memberships: readonly Membership[]) => (['now', 'ahead', 'past'] as const).flatMap((state) => memberships.filter((each) => each.state === state));

export function Memberships({ memberships }: { memberships: readonly Membership[] }) {
  const w = useWords(peopleWords);
  if (memberships.length === 0) return <Text span>{w.noRoles}</Text>;
  return (
    <Stack gap={4}>
      {inOrder(memberships).map((each) => (
        <MembershipLine key={each.id} membership={each} />
      ))}
    </Stack>
  );
}
