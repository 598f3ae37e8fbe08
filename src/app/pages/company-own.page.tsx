import { OwnPartnershipSection } from '../../modules/advice/partnerships/web/own-agreements.tsx';
import { OwnRelationSection } from '../../modules/advice/relations/web/own-relation.tsx';
import { OwnPunchCardsSection } from '../../modules/catalogue/punch-cards/web/own-punch-cards.tsx';
import { OwnRecruitmentSection } from '../../modules/catalogue/recruitment/web/own-recruitment.tsx';
import { OwnNeedsSection } from '../../modules/idea-bank/needs/web/own-needs.tsx';
import { CompanyOwnPage } from '../../modules/outreach/company-page/web/company.page.tsx';
import { OwnAgreementsSection } from '../../modules/outreach/training-agreements/web/own-agreements.tsx';

/** What the other modules put on a company's own page. */
const More = ({ token }: { token: string }) => (
  <>
    <OwnAgreementsSection token={token} />
    <OwnPartnershipSection token={token} />
    <OwnNeedsSection token={token} />
    <OwnPunchCardsSection token={token} />
    <OwnRecruitmentSection token={token} />
    <OwnRelationSection token={token} />
  </>
);

/** What a company sees behind its link: whom it has, what happens next, what it has agreed and what it needs. */
export const CompanyOwn = () => <CompanyOwnPage More={More} />;
