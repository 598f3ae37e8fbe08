import { OwnPartnershipSection } from '../../modules/advice/partnerships/web/own-agreements.tsx';
import { OwnRelationSection } from '../../modules/advice/relations/web/own-relation.tsx';
import { OwnNeedsSection } from '../../modules/idea-bank/needs/web/own-needs.tsx';
import { CompanyOwnPage } from '../../modules/outreach/company-page/web/company.page.tsx';

function Sections({ token }: { token: string }) {
  return (
    <>
      <OwnPartnershipSection token={token} />
      <OwnRelationSection token={token} />
      <OwnNeedsSection token={token} />
    </>
  );
}

/** What a company sees behind its link: whom it has, what happens next, what was agreed, and what it needs. */
export const CompanyOwn = () => <CompanyOwnPage More={Sections} />;
