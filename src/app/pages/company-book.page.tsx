import { useNavigate, useParams } from '@tanstack/react-router';
import { listContacts } from '../../modules/companies/contacts/contract.ts';
import { readCompany } from '../../modules/companies/register/contract.ts';
import { BookForm } from '../../modules/outreach/meetings/web/public.tsx';
import { meetingsWords } from '../../modules/outreach/meetings/words.ts';
import { useActing } from '../../ui/acting.tsx';
import { useWords } from '../../ui/language.tsx';
import { FetchedPage } from '../../ui/layout/fetched.tsx';
import { Page, saying } from '../../ui/layout/page.tsx';
import { Loading, NoAccess } from '../../ui/layout/states.tsx';
import { PathLink } from '../../ui/links.tsx';
import { useRead } from '../../ui/read.ts';

/** Books a meeting from a company's page, with what the centre knows of its people. */
export function CompanyBookPage() {
  const w = useWords(meetingsWords);
  const { may } = useActing();
  const navigate = useNavigate();
  const { company } = useParams({ strict: false }) as { company: string };
  const asked = useRead(readCompany, { params: { company } });
  const contacts = useRead(listContacts, { params: { company } });
  return (
    <FetchedPage asked={asked} title={w.bookMeeting}>
      {(found) => (
        <Page title={w.bookTitle(found.name)} lead={w.bookLead} path={<PathLink to={`/companies/${company}`}>{found.name}</PathLink>}>
          {!may('consultant', 'coordinator') ? (
            <NoAccess />
          ) : contacts.isPending ? (
            <Loading lines={6} />
          ) : (
            <BookForm
              company={company}
              place={[found.address, found.town].filter(Boolean).join(', ')}
              contact={contacts.data?.[0] ?? null}
              onBooked={(meeting) => navigate({ to: `/meetings/${meeting}` as never, state: saying(w.meetingBooked) })}
            />
          )}
        </Page>
      )}
    </FetchedPage>
  );
}
