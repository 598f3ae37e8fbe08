export { SchoolPage } from './school.page.tsx';
