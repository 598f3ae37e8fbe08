import { useWords } from '../../../../ui/language.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { callsWords } from '../words.ts';
import { CallCampaigns } from './public.tsx';

/** The campaigns that one may call in. */
export function CallsPage() {
  const w = useWords(callsWords);
  return (
    <Page title={w.title} lead={w.lead}>
      <CallCampaigns />
    </Page>
  );
}
