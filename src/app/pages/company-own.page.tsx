import { OwnNeedsSection } from '../../modules/idea-bank/needs/web/own-needs.tsx';
import { CompanyOwnPage } from '../../modules/outreach/company-page/web/company.page.tsx';

/** What a company sees behind its link: whom it has, what happens next, and what it needs. */
export const CompanyOwn = () => <CompanyOwnPage More={OwnNeedsSection} />;
