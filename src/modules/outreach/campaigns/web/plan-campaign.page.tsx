import { Alert } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page, saying } from '../../../../ui/layout/page.tsx';
import { NoAccess } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { reading, refresh, useRead } from '../../../../ui/read.ts';
import { type Campaign, listCampaigns, readCampaign } from '../contract.ts';
import { campaignsWords } from '../words.ts';
import { PlanForm } from './plan-form.tsx';

/** After it was saved: to the campaign, which says so. */
function useSaved(said: (campaign: Campaign) => string) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async (saved: Campaign) => {
    queries.setQueryData(reading(readCampaign, { params: { campaign: saved.id } }).queryKey, saved);
    await refresh(queries, listCampaigns);
    await navigate({ to: `/campaigns/${saved.id}` as never, state: saying(said(saved)) });
  };
}

export function PlanCampaignPage() {
  const w = useWords(campaignsWords);
  const { may } = useActing();
  const navigate = useNavigate();
  const saved = useSaved(({ name }) => w.planned(name));
  return (
    <Page title={w.plan} path={<PathLink to="/campaigns">{w.title}</PathLink>}>
      {may('coordinator') ? <PlanForm campaign={null} onDone={saved} onClose={() => navigate({ to: '/campaigns' })} /> : <NoAccess />}
    </Page>
  );
}

export function EditCampaignPage() {
  const w = useWords(campaignsWords);
  const { campaign: id } = useParams({ strict: false }) as { campaign: string };
  const asked = useRead(readCampaign, { params: { campaign: id } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(campaign) => <Edit key={campaign.id} campaign={campaign} />}
    </FetchedPage>
  );
}

function Edit({ campaign }: { campaign: Campaign }) {
  const w = useWords(campaignsWords);
  const { may } = useActing();
  const navigate = useNavigate();
  const saved = useSaved(() => w.saved);
  // What is being written stays in sight when somebody freezes the list meanwhile.
  const [editable] = useState(campaign.can.edit);
  const back = `/campaigns/${campaign.id}`;
  return (
    <Page title={campaign.name} path={<PathLink to="/campaigns">{w.title}</PathLink>}>
      {!may('coordinator') ? (
        <NoAccess />
      ) : editable ? (
        <PlanForm campaign={campaign} onDone={saved} onClose={() => navigate({ to: back as never })} />
      ) : (
        <Alert color="gray" icon={<IconLock size={20} stroke={1.75} />}>
          {w.frozenAlready}
        </Alert>
      )}
    </Page>
  );
}
