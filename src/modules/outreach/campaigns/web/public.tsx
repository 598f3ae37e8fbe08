import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useWords } from '../../../../ui/language.tsx';
import { Empty, ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listCampaigns } from '../contract.ts';
import { campaignsWords } from '../words.ts';
import { CampaignBadge, useNext } from './campaign-words.tsx';

/** On the coordinator's Today: the campaigns that are on their way, each with the nearest thing to do. */
export function CampaignsToday() {
  const w = useWords(campaignsWords);
  const next = useNext();
  const asked = useRead(listCampaigns, { query: { limit: 20 } });
  const campaigns = asked.data?.items ?? [];
  if (asked.isPending) return <Loading lines={5} />;
  if (asked.isError) return <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />;
  if (campaigns.length === 0) {
    return (
      <Empty
        title={w.emptyTitle}
        text={w.emptyText}
        action={
          <Button variant="filled" component={Link} to="/campaigns/new">
            {w.plan}
          </Button>
        }
      />
    );
  }
  return (
    <Stack gap="sm" component="section" aria-labelledby="campaigns-today" maw={720}>
      <Title order={2} id="campaigns-today">
        {w.title}
      </Title>
      <Ruled>
        {campaigns.map((campaign) => (
          <Rule
            key={campaign.id}
            action={
              <Button component={Link} to={`/campaigns/${campaign.id}`} aria-label={w.seeNamed(campaign.name)}>
                {w.see}
              </Button>
            }
          >
            <Group gap="xs">
              <Text fw={500}>{campaign.name}</Text>
              <CampaignBadge state={campaign.state} />
            </Group>
            <Text size="sm" c="var(--vn-ink-2)">
              {next(campaign)}
            </Text>
          </Rule>
        ))}
      </Ruled>
    </Stack>
  );
}
