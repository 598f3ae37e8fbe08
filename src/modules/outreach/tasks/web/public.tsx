export { OwnTasks } from './own-tasks.tsx';
export { TaskList } from './task-list.tsx';
